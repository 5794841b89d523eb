//! A journal replayed is the history it was written from.

use std::path::PathBuf;

use proptest::prelude::*;

use super::*;

/// A draft and its history as the program has them, and the journal beside.
struct Writer {
    text: Arc<str>,
    history: History,
    scribe: Scribe,
    bytes: Vec<u8>,
}

/// What a writer can do.
#[derive(Clone, Debug)]
enum Deed {
    Type(String),
    Cut(usize, usize),
    Pause,
    Undo,
    Redo,
    Save,
    Anew,
}

const SESSION: [u8; 16] = [7; 16];

impl Writer {
    fn new(text: &str) -> Self {
        let journal = Journal { text: text.into(), history: History::new(), saved: Some(hash(text)) };
        let mut scribe = Scribe::new(journal, SESSION, "briefs/drafts/x.md".to_owned());
        let bytes = scribe.anew(1);
        Self { text: text.into(), history: History::new(), scribe, bytes }
    }

    fn tell(&mut self, entry: &Entry) {
        self.bytes.extend(self.scribe.take(entry, 2));
    }

    fn change(&mut self, label: &str, run: bool, text: String) {
        if *text == *self.text {
            return;
        }
        let recorded = self.history.recorded();
        if run {
            self.history.record_run(label, Arc::clone(&self.text));
        } else {
            self.history.record(label, Arc::clone(&self.text));
        }
        self.text = text.into();
        let joins = self.history.recorded() == recorded;
        self.tell(&Entry::Change { label: label.to_owned(), joins, text: Arc::clone(&self.text) });
    }

    fn does(&mut self, deed: &Deed) {
        match deed {
            Deed::Type(more) => {
                let text = format!("{}{more}", self.text);
                self.change("write", true, text);
            }
            Deed::Cut(from, to) => {
                let chars: Vec<char> = self.text.chars().collect();
                let (from, to) = (from % (chars.len() + 1), to % (chars.len() + 1));
                let text = chars[..from.min(to)].iter().chain(&chars[from.max(to)..]).collect();
                self.change("take out", false, text);
            }
            Deed::Pause => self.history.seal(),
            Deed::Undo => {
                if let Some((_, text)) = self.history.undo(&self.text) {
                    self.text = text;
                    self.tell(&Entry::Undo);
                }
            }
            Deed::Redo => {
                if let Some((_, text)) = self.history.redo(&self.text) {
                    self.text = text;
                    self.tell(&Entry::Redo);
                }
            }
            Deed::Save => {
                let saved = hash(&self.text);
                self.tell(&Entry::Saved(saved));
            }
            Deed::Anew => self.bytes = self.scribe.anew(3),
        }
    }

    fn found(&self) -> Vec<Found> {
        vec![Found { file: PathBuf::from("a"), bytes: self.bytes.clone() }]
    }
}

/// Labels and texts.
type Steps = Vec<(String, String)>;

/// The steps to take back from a text, oldest first with the text before each; and those to do again, with the text
/// behind each.
fn steps(history: &History, text: &str) -> (Steps, Steps) {
    let walk = |undo: bool| {
        let (mut history, mut text, mut steps) = (history.clone(), Arc::from(text), Vec::new());
        while let Some((label, other)) = if undo { history.undo(&text) } else { history.redo(&text) } {
            steps.push((label, other.to_string()));
            text = other;
        }
        steps
    };
    let mut undo = walk(true);
    undo.reverse();
    (undo, walk(false))
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => "[a-zäß€ \n]{1,4}".prop_map(Deed::Type),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Deed::Cut(a, b)),
        1 => Just(Deed::Pause),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
        1 => Just(Deed::Save),
        1 => Just(Deed::Anew),
    ]
}

proptest! {
    #[test]
    fn a_journal_replayed_is_the_text_and_the_history(
        start in "[a-zäß€ \n]{0,12}",
        deeds in proptest::collection::vec(deed(), 0..40),
    ) {
        let mut writer = Writer::new(&start);
        for deed in &deeds {
            writer.does(deed);
            let replayed = replay(&writer.bytes, None).unwrap();
            prop_assert_eq!(&*replayed.journal.text, &*writer.text);
            prop_assert_eq!(steps(&replayed.journal.history, &writer.text), steps(&writer.history, &writer.text));
            prop_assert!(!replayed.cut);
        }
        let mut journal = replay(&writer.bytes, None).unwrap().journal;
        while journal.undo() {}
        while writer.history.undo(&writer.text).map(|(_, text)| writer.text = text).is_some() {}
        prop_assert_eq!(&*journal.text, &*writer.text);
    }

    #[test]
    fn a_journal_cut_anywhere_gives_an_earlier_text(
        deeds in proptest::collection::vec("[a-z€]{1,3}", 1..12),
        cut in any::<proptest::sample::Index>(),
    ) {
        let mut writer = Writer::new("start");
        for more in &deeds {
            writer.does(&Deed::Type(more.clone()));
        }
        let first = Writer::new("start").bytes.len();
        let at = first + cut.index(writer.bytes.len() - first + 1);
        let replayed = replay(&writer.bytes[..at], None).unwrap();
        prop_assert!(writer.text.starts_with(&*replayed.journal.text));
    }

    #[test]
    fn what_differs_is_put_in_whole(before in "[aä€ ]{0,8}", after in "[aä€ ]{0,8}") {
        let (at, removed, inserted) = difference(&before, &after);
        let mut text = before.clone();
        text.replace_range(at..at + removed, inserted);
        prop_assert_eq!(text, after);
    }
}

#[test]
fn a_thousand_steps_are_kept_when_it_is_written_anew() {
    let mut writer = Writer::new("0");
    for n in 1..1_200 {
        writer.change("x", false, n.to_string());
    }
    let long = writer.bytes.len();
    writer.does(&Deed::Anew);
    assert!(writer.bytes.len() < long);
    let replayed = replay(&writer.bytes, None).unwrap();
    let replayed = steps(&replayed.journal.history, &writer.text);
    assert_eq!(replayed.0.len(), 1_000);
    assert_eq!(replayed, steps(&writer.history, &writer.text));
}

#[test]
fn after_a_clean_end_the_history_is_there_and_nothing_is_offered() {
    let mut writer = Writer::new("one");
    writer.does(&Deed::Type(" two".into()));
    writer.does(&Deed::Save);
    let past = judge(writer.found(), Some("one two"));
    assert!(past.kept.is_empty());
    assert_eq!(past.spent, [PathBuf::from("a")]);
    assert_eq!(steps(&past.history.unwrap(), "one two"), steps(&writer.history, "one two"));
}

#[test]
fn after_a_crash_the_words_are_kept_and_the_file_has_its_history() {
    let mut writer = Writer::new("one");
    writer.does(&Deed::Type(" two".into()));
    writer.does(&Deed::Pause);
    // The file was written here, but the answer never came.
    writer.does(&Deed::Type(" three four".into()));
    let past = judge(writer.found(), Some("one two"));
    let [kept] = past.kept.as_slice() else { panic!("{past:?}") };
    assert_eq!((&*kept.text, kept.words, kept.cut), ("one two three four", 2, false));
    assert_eq!(steps(&past.history.unwrap(), "one two").0, [("write".to_owned(), "one".to_owned())]);
    assert!(past.spent.is_empty());
    // The file as it was when the journal began.
    let past = judge(writer.found(), Some("one"));
    assert_eq!(past.kept[0].words, 3);
    assert_eq!(steps(&past.history.unwrap(), "one").0, []);
}

#[test]
fn a_file_that_others_changed_has_no_history_but_words_that_were_not_saved_stay() {
    let mut writer = Writer::new("one");
    writer.does(&Deed::Type(" two".into()));
    writer.does(&Deed::Save);
    let past = judge(writer.found(), Some("theirs"));
    assert!(past.history.is_none() && past.kept.is_empty() && past.spent.len() == 1);
    writer.does(&Deed::Type(" three".into()));
    let past = judge(writer.found(), Some("theirs"));
    assert!(past.history.is_none());
    assert_eq!(&*past.kept[0].text, "one two three");
}

#[test]
fn a_draft_whose_file_is_gone_is_kept_whole() {
    let mut writer = Writer::new("one");
    writer.does(&Deed::Type(" two".into()));
    writer.does(&Deed::Save);
    let past = judge(writer.found(), None);
    assert_eq!((&*past.kept[0].text, past.kept[0].words), ("one two", 2));
}

#[test]
fn words_that_went_on_elsewhere_are_not_offered() {
    let mut writer = Writer::new("one");
    writer.does(&Deed::Type(" two".into()));
    writer.bytes.extend(writer.scribe.leave(4));
    let past = judge(writer.found(), Some("one"));
    assert!(past.kept.is_empty() && past.spent.len() == 1);
}

#[test]
fn of_a_session_that_wrote_its_journal_anew_only_the_last_one_counts() {
    let mut writer = Writer::new("one");
    writer.does(&Deed::Type(" two".into()));
    let old = Found { file: PathBuf::from("a"), bytes: writer.bytes.clone() };
    writer.does(&Deed::Anew);
    writer.does(&Deed::Type(" three".into()));
    let new = Found { file: PathBuf::from("b"), bytes: writer.bytes.clone() };
    for found in [vec![old.clone(), new.clone()], vec![new, old]] {
        let past = judge(found, Some("one"));
        assert_eq!(past.kept.iter().map(|kept| &*kept.text).collect::<Vec<_>>(), ["one two three"]);
        assert_eq!(past.spent, [PathBuf::from("a")]);
    }
}

#[test]
fn another_versions_journal_is_left_alone() {
    let bytes = b"attache journal 2\nwho knows".to_vec();
    let past = judge(vec![Found { file: PathBuf::from("a"), bytes }], Some("one"));
    assert_eq!(past.foreign, [(PathBuf::from("a"), Unreadable::Version("2".to_owned()))]);
    assert!(past.spent.is_empty() && past.kept.is_empty());
}

#[test]
fn words_are_counted_where_the_texts_differ() {
    assert_eq!(words_beyond("a b c", "a x y c"), 2);
    assert_eq!(words_beyond("a b c", "a c"), 0);
    assert_eq!(words_beyond("", "a b"), 2);
    assert_eq!(words_beyond("a a", "a a a"), 1);
}
