//! The journal: words and steps that outlive the program. The journals here are in memory, in the format of
//! those on disk.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::harness::{App, DRAFT};
use crate::app::document::SaveState;
use crate::app::effect::{JournalWork, TimerId};
use crate::app::message::Message;
use crate::draft::journal::{Found, Past, Scribe, judge};

/// Journals in memory, by name.
pub(super) struct Journals {
    files: BTreeMap<String, Vec<u8>>,
    open: BTreeMap<u64, (String, Scribe)>,
    begun: u64,
    /// They cannot be written, for this reason.
    failing: Option<String>,
    /// When words were last changed, as told.
    pub(super) when: String,
}

impl Default for Journals {
    fn default() -> Self {
        let when = "25 Nov 14:03".to_owned();
        Self { files: BTreeMap::new(), open: BTreeMap::new(), begun: 0, failing: None, when }
    }
}

impl Journals {
    /// Nothing can be written any more, for this reason.
    pub(super) fn fails(&mut self, reason: &str) {
        self.failing = Some(reason.to_owned());
    }

    /// The program that wrote them is gone.
    pub(super) fn forget(&mut self) {
        self.open.clear();
    }

    pub(super) fn keep(&mut self, work: JournalWork) -> Message {
        let JournalWork { journal, path, begin, leaves, entries, spent, upto } = work;
        if let Some(begin) = begin {
            self.begun += 1;
            let name = format!("{}.{}", path.display(), self.begun);
            let mut session = [0; 16];
            session[..8].copy_from_slice(&self.begun.to_le_bytes());
            let mut scribe = Scribe::new(begin, session, path.display().to_string());
            self.files.insert(name.clone(), scribe.anew(self.begun));
            self.open.insert(journal, (name, scribe));
        }
        let (name, scribe) = self.open.get_mut(&journal).unwrap();
        let bytes: Vec<u8> = entries.iter().flat_map(|entry| scribe.take(entry, self.begun)).collect();
        if let Some(reason) = &self.failing {
            return Message::Journalled { journal, upto, result: Err(reason.clone()), warning: None };
        }
        self.files.get_mut(name).unwrap().extend(bytes);
        for file in spent {
            self.files.remove(&*file.to_string_lossy());
        }
        if let Some((name, mut scribe)) = leaves.and_then(|number| self.open.remove(&number)) {
            self.files.get_mut(&name).unwrap().extend(scribe.leave(self.begun));
        }
        Message::Journalled { journal, upto, result: Ok(()), warning: None }
    }

    fn found(&self, slug: &str) -> Vec<Found> {
        let files = self.files.iter().filter(|(name, _)| name.strip_prefix(slug).is_some_and(|r| r.starts_with('.')));
        files.map(|(name, bytes)| Found { file: PathBuf::from(name), bytes: bytes.clone() }).collect()
    }

    pub(super) fn past(&self, slug: &str, text: &str) -> Past {
        let mut past = judge(self.found(slug), Some(text));
        past.kept.iter_mut().for_each(|kept| kept.when.clone_from(&self.when));
        past
    }
}

const OFFER: &str = "from 25 Nov 14:03 were not saved: R brings them back";

/// Types words behind the first block.
fn typed(app: &mut App, words: &str) {
    app.press("Tab down e").type_in(words).press("Esc");
}

/// Takes everything back.
fn undo_all(app: &mut App) {
    for _ in 0..20 {
        app.press("u");
        if app.notice() == "Nothing to undo" {
            return;
        }
    }
    panic!("no end of steps");
}

#[test]
fn after_a_crash_the_draft_is_as_on_disk_and_the_words_are_offered() {
    let mut app = App::new();
    typed(&mut app, " It is early");
    assert_eq!(app.files["li"], DRAFT, "nothing was saved yet");
    let typed = app.draft().to_owned();
    app.crash();
    assert_eq!(app.draft(), DRAFT);
    app.shows(OFFER);
    // The offer stays until Esc, and comes back from behind notices.
    app.press("j k p p");
    app.shows(OFFER);
    app.press("Esc j");
    assert_eq!(app.notice(), "");
    app.press("R");
    assert_eq!(app.draft(), typed);
    assert_eq!(app.notice(), "3 words from 25 Nov 14:03 brought back: u takes back");
    app.press("u");
    assert_eq!(app.draft(), DRAFT);
    app.press("U");
    assert_eq!(app.draft(), typed);
    app.press("R");
    assert_eq!(app.notice(), "Not now: nothing was left unsaved here");
    // Taken back, saved, and never offered again.
    app.press("q").crash();
    assert_eq!(app.draft(), typed);
    assert_eq!(app.notice(), "");
}

#[test]
fn undo_goes_on_after_a_crash_and_after_a_clean_end_back_to_the_first_bytes() {
    let mut app = App::new();
    typed(&mut app, " One");
    app.send(Message::Timer(TimerId::Save));
    app.press("J u x");
    app.send(Message::Timer(TimerId::Save));
    let saved = app.draft().to_owned();
    assert_eq!(app.files["li"], saved);
    app.press("q").crash();
    assert_eq!(app.draft(), saved);
    app.press("u");
    assert_eq!(app.notice(), "Undone: take out");
    app.press("U");
    assert_eq!(app.draft(), saved);
    app.press("Tab down down e").type_in(" Lost").crash();
    app.shows(OFFER);
    app.press("R");
    assert!(app.draft().contains(" Lost"));
    undo_all(&mut app);
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn words_that_are_not_wanted_at_once_stay_until_they_are() {
    let mut app = App::new();
    typed(&mut app, " First crash");
    let first = app.draft().to_owned();
    app.crash();
    // The writer types on first, saves and quits.
    typed(&mut app, " Other words");
    app.press("q").crash();
    app.shows(OFFER);
    typed(&mut app, " Third");
    app.crash();
    app.shows(OFFER);
    app.press("R");
    assert!(app.draft().contains("Third"), "the newest first: {}", app.draft());
    app.press("Esc");
    app.shows(OFFER);
    app.press("R");
    assert_eq!(app.draft(), first);
    app.press("q").crash();
    assert_eq!(app.draft(), first);
    assert_eq!(app.notice(), "");
}

#[test]
fn saved_is_said_once_the_journal_or_the_file_has_the_words() {
    let mut app = App::new();
    app.press("Tab down e").type_in("!");
    assert_eq!(app.state.document.as_ref().unwrap().save_state(), SaveState::Saved);
    assert_eq!(app.files["li"], DRAFT);
    app.journals.failing = Some("no space left".to_owned());
    app.type_in("?");
    app.shows("not saved: no space left");
    app.send(Message::Timer(TimerId::Save));
    app.shows("li · saved");
    app.type_in("!").shows("not saved: no space left");
    // The next change tries again.
    app.journals.failing = None;
    app.type_in("?").shows("li · saved");
}

#[test]
fn a_file_that_others_changed_keeps_no_steps_and_still_offers_what_was_not_saved() {
    let mut app = App::new();
    typed(&mut app, " Lost");
    app.files.insert("li".to_owned(), DRAFT.replace("Moscow", "Minsk"));
    app.crash();
    app.shows(OFFER);
    app.press("u");
    assert_eq!(app.notice(), "Nothing to undo");
    app.press("R");
    assert!(app.draft().contains("Lost") && app.draft().contains("Moscow"));
    app.press("u");
    assert!(app.draft().contains("Minsk"));
    // What was saved, and then changed by others, is not offered.
    let mut app = App::new();
    typed(&mut app, " Saved");
    app.press("q");
    app.files.insert("li".to_owned(), DRAFT.replace("Moscow", "Minsk"));
    app.crash();
    assert_eq!(app.notice(), "");
}

#[test]
fn a_draft_that_goes_on_under_another_name_leaves_no_words_behind() {
    let mut app = App::new();
    typed(&mut app, " Mine");
    app.files.insert("li".to_owned(), DRAFT.replace("Moscow", "Minsk"));
    app.press("w n Enter");
    assert!(app.files["li-2"].contains("Mine"));
    assert!(app.journals.past("li", &app.files["li"]).kept.is_empty());
    typed(&mut app, " More");
    assert_eq!(app.journals.past("li-2", &app.files["li-2"]).kept.len(), 1);
    app.press("q").crash();
    // The draft listed last is opened: the steps came along.
    assert!(app.draft().contains("More"));
    undo_all(&mut app);
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn a_deleted_draft_is_still_in_its_journal() {
    let mut app = App::new();
    app.press(":").type_in("delete the draft").press("Enter d");
    assert!(!app.files.contains_key("li"));
    assert!(app.state.log.iter().any(|logged| logged.text.contains("attache recover li --print still has it")));
    let past = judge(app.journals.found("li"), None);
    assert_eq!(&*past.kept[0].text, DRAFT);
}

#[test]
fn a_draft_that_was_only_opened_has_no_journal() {
    let mut app = App::new();
    app.press("j k Tab j / x Esc p p ? Esc z z q");
    assert!(app.journals.files.is_empty());
}

/// What takes words away or puts others in their place: the name, and the keys from the start.
const ACTS: &[(&str, &str)] = &[
    ("a block taken out", "Tab down x"),
    ("marked blocks taken out", "Tab a x"),
    ("a fact taken out", "0"),
    ("a fill", "F"),
    ("blocks merged", "Tab down m"),
    ("a block split", "Tab down e Ctrl-A Ctrl-right Esc S"),
    ("a block moved", "Tab down J"),
    ("a block sent to another section", "Tab down 2"),
    ("a text typed over", "Tab down e Ctrl-A Ctrl-K Z Esc"),
    ("a block emptied", "Tab down e Ctrl-A Ctrl-K Ctrl-D Esc"),
    ("a block from the editor", "Tab down E"),
    ("the draft from the editor", "p Tab Tab E"),
    ("the title", "D Ctrl-U Z Enter Esc"),
];

#[test]
fn every_act_on_the_draft_is_undone_also_after_an_end_and_after_a_crash() {
    for (name, keys) in ACTS {
        let mut app = App::new();
        app.press(keys);
        let after = app.draft().to_owned();
        assert_ne!(after, DRAFT, "{name}: {}", app.notice());
        undo_all(&mut app);
        assert_eq!(app.draft(), DRAFT, "{name}, at once");

        // Saved and left.
        let mut app = App::new();
        app.press(keys).press("q").crash();
        assert_eq!((app.draft(), app.files["li"].as_str()), (after.as_str(), after.as_str()), "{name}, after an end");
        undo_all(&mut app);
        assert_eq!(app.draft(), DRAFT, "{name}, after an end");

        // Killed after a save, and before one.
        let mut app = App::new();
        app.press(keys);
        app.send(Message::Timer(TimerId::Save));
        app.crash();
        assert_eq!(app.draft(), after, "{name}, after a crash");
        undo_all(&mut app);
        assert_eq!(app.draft(), DRAFT, "{name}, after a crash");
        let mut app = App::new();
        app.press(keys).crash();
        assert_eq!(app.draft(), DRAFT, "{name}, not saved");
        app.press("R");
        assert_eq!(app.draft(), after, "{name}, brought back");
        undo_all(&mut app);
        assert_eq!(app.draft(), DRAFT, "{name}, brought back");
    }
}

#[test]
fn a_draft_taken_anew_from_disk_is_given_back_also_after_a_restart() {
    let theirs = DRAFT.replace("Moscow", "Minsk");
    let mut app = App::new();
    typed(&mut app, " Mine");
    app.send(Message::Timer(TimerId::Save));
    let mine = app.draft().to_owned();
    app.others_write(Some(&theirs));
    assert_eq!(app.draft(), theirs, "{}", app.notice());
    app.press("u");
    assert_eq!(app.draft(), mine);
    app.press("U q").crash();
    assert_eq!((app.draft(), app.files["li"].as_str()), (theirs.as_str(), theirs.as_str()));
    app.press("u");
    assert_eq!(app.draft(), mine);
    undo_all(&mut app);
    assert_eq!(app.draft(), DRAFT);
    // The same without a word of ours before it: what is known of the file is all there is to go back to.
    let mut app = App::new();
    app.others_write(Some(&theirs));
    app.press("q").crash();
    app.press("u");
    assert_eq!(app.draft(), DRAFT);
}
