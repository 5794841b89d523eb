//! Journals on a real disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::*;
use crate::draft::History;
use crate::draft::journal::{Past, hash};

struct Desk {
    dir: tempfile::TempDir,
    folder: Folder,
    ours: Ours,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("briefs/drafts")).unwrap();
        let folder = Folder::at(dir.path());
        Self { dir, folder, ours: Ours::default() }
    }

    fn places(&self) -> Vec<PathBuf> {
        vec![self.dir.path().join(".attache/journal"), self.dir.path().join("state/attache/journal/desk")]
    }

    fn draft(&self) -> PathBuf {
        self.folder.draft_path("x")
    }

    fn session(&self, text: &str) -> Session {
        let journal = Journal { text: text.into(), history: History::new(), saved: Some(hash(text)) };
        Session::within(self.places(), &self.folder, &self.draft(), journal, Arc::clone(&self.ours))
    }

    fn past(&self, text: &str) -> Past {
        let (found, _) = find::find(&self.places(), &find::key(&self.folder, &self.draft()), Some(&self.ours));
        crate::draft::journal::judge(found, Some(text))
    }

    fn files(&self) -> Vec<PathBuf> {
        let all = self.places().into_iter().flat_map(fs::read_dir).flatten();
        let mut files: Vec<PathBuf> = all.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }
}

fn change(text: &str, joins: bool) -> Entry {
    Entry::Change { label: "write".to_owned(), joins, text: text.into() }
}

#[test]
fn what_is_taken_is_there_for_the_next_session() {
    let desk = Desk::new();
    let mut session = desk.session("one");
    session.take(&[change("one two", false), change("one two three", true)], Vec::new()).unwrap();
    session.sync().unwrap();
    assert_eq!(&*desk.past("one").kept[0].text, "one two three");
    let saved = hash("one two three");
    session.take(&[Entry::Saved(saved)], Vec::new()).unwrap();
    session.sync().unwrap();
    let past = desk.past("one two three");
    assert!(past.kept.is_empty());
    assert_eq!(past.history.unwrap().steps("one two three").count(), 1);
    assert_eq!(past.spent, desk.files());
    assert_eq!(fs::read_to_string(desk.dir.path().join(".attache/.gitignore")).unwrap(), "*\n");
}

#[test]
#[cfg(unix)]
fn only_the_owner_reads_a_journal() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let mut session = desk.session("one");
    session.take(&[change("two", false)], Vec::new()).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(desk.files().iter().map(|file| mode(file)).collect::<Vec<_>>(), [0o600]);
    assert_eq!(mode(&desk.places()[0]), 0o700);
}

#[test]
fn another_sessions_journal_is_neither_written_over_nor_offered_while_it_lives() {
    let desk = Desk::new();
    let mut first = desk.session("one");
    first.take(&[change("one first", false)], Vec::new()).unwrap();
    // Another process: it knows no file as its own.
    let other = Desk { dir: tempfile::tempdir().unwrap(), folder: desk.folder.clone(), ours: Ours::default() };
    let (found, busy) = find::find(&desk.places(), &find::key(&desk.folder, &desk.draft()), Some(&other.ours));
    assert!(found.is_empty() && busy);
    let mut second = desk.session("one");
    second.take(&[change("one second", false)], Vec::new()).unwrap();
    assert_eq!(desk.files().len(), 2);
    first.take(&[change("one first more", true)], Vec::new()).unwrap();
    drop((first, second));
    let (found, busy) = find::find(&desk.places(), &find::key(&desk.folder, &desk.draft()), Some(&other.ours));
    assert!(found.len() == 2 && !busy);
    let texts: Vec<_> = desk.past("one").kept.iter().map(|kept| kept.text.to_string()).collect();
    assert!(texts.contains(&"one first more".to_owned()) && texts.contains(&"one second".to_owned()));
}

#[test]
fn what_is_spent_goes_once_the_new_one_is_there() {
    let desk = Desk::new();
    let mut first = desk.session("one");
    first.take(&[change("one two", false)], Vec::new()).unwrap();
    drop(first);
    let past = desk.past("one two");
    let mut second = desk.session("one two");
    second.take(&[change("one two three", false)], past.spent).unwrap();
    second.sync().unwrap();
    assert_eq!(desk.files().len(), 1);
    assert_eq!(&*desk.past("one two").kept[0].text, "one two three");
}

#[test]
fn writing_goes_on_while_another_thread_syncs() {
    let desk = Desk::new();
    let mut first = desk.session("one");
    first.take(&[change("one two", false)], Vec::new()).unwrap();
    drop(first);
    let spent = desk.past("one two").spent;
    let mut session = desk.session("one two");
    session.take(&[change("one two three", false)], spent).unwrap();
    session.take(&[change("one two three four", true)], Vec::new()).unwrap();
    let sync = session.begin_sync().unwrap();
    assert!(session.begin_sync().is_none(), "all that is written is being synced");
    session.take(&[change("one two three four five", true)], Vec::new()).unwrap();
    assert_eq!(&*desk.past("one two").kept[0].text, "one two three four five");
    let well = sync.wait();
    session.end_sync(sync, well).unwrap();
    assert!(session.begin_sync().is_some(), "what came since is not");
    assert_eq!(desk.files().len(), 1);
}

#[test]
fn a_journal_that_never_reached_the_disk_is_nothing_to_tell_of() {
    let desk = Desk::new();
    drop(desk.session("one"));
    fs::create_dir_all(&desk.places()[0]).unwrap();
    let name = format!("{}.1{ENDING}", find::key(&desk.folder, &desk.draft()));
    fs::write(desk.places()[0].join(name), b"").unwrap();
    let past = desk.past("one");
    assert!(past.kept.is_empty() && past.foreign.is_empty());
    assert_eq!(past.spent, desk.files());
}

#[test]
fn after_a_sync_that_failed_elsewhere_everything_is_written_anew() {
    let desk = Desk::new();
    let mut session = desk.session("one");
    session.take(&[change("one two", false)], Vec::new()).unwrap();
    session.take(&[change("one two three", true)], Vec::new()).unwrap();
    let before = desk.files();
    let sync = session.begin_sync().unwrap();
    session.take(&[change("one two three four", true)], Vec::new()).unwrap();
    session.end_sync(sync, false).unwrap();
    let after = desk.files();
    assert!(after.len() == 1 && after != before, "{before:?} {after:?}");
    assert_eq!(&*desk.past("one").kept[0].text, "one two three four");
    // A late word of a file that is no longer the journal's changes nothing.
    session.take(&[change("one two three four five", true)], Vec::new()).unwrap();
    let sync = session.begin_sync().unwrap();
    session.anew().unwrap();
    let anew = desk.files();
    session.end_sync(sync, false).unwrap();
    assert_eq!(desk.files(), anew);
}

#[test]
fn where_the_desk_cannot_be_written_the_state_folder_has_it() {
    let desk = Desk::new();
    // A file in the place of the folder refuses everybody, whoever runs the test.
    fs::write(desk.dir.path().join(".attache"), "").unwrap();
    let mut session = desk.session("one");
    session.take(&[change("one two", false)], Vec::new()).unwrap();
    assert!(session.news().unwrap().contains("state/attache/journal"));
    assert_eq!(session.news(), None, "it is said once");
    assert_eq!(&*desk.past("one").kept[0].text, "one two");
    // If there is no place at all it fails, and the next change tries again with everything.
    let desk = Desk::new();
    fs::write(desk.dir.path().join(".attache"), "").unwrap();
    fs::write(desk.dir.path().join("state"), "").unwrap();
    let mut session = desk.session("one");
    assert!(session.take(&[change("one two", false)], Vec::new()).is_err());
    assert!(session.sync().is_err());
    fs::remove_file(desk.dir.path().join(".attache")).unwrap();
    session.take(&[change("one two three", true)], Vec::new()).unwrap();
    let past = desk.past("one");
    assert_eq!(&*past.kept[0].text, "one two three");
}

#[test]
fn a_file_that_failed_is_written_anew_under_another_name() {
    let desk = Desk::new();
    let mut session = desk.session("one");
    session.take(&[change("one two", false)], Vec::new()).unwrap();
    let first = session.open.as_ref().unwrap().path.clone();
    // From now on nothing can be written into it.
    session.open.as_mut().unwrap().file = File::open(&first).unwrap();
    session.take(&[change("one two three", true)], Vec::new()).unwrap();
    assert_ne!(session.open.as_ref().unwrap().path, first);
    assert_eq!(desk.past("one").kept.iter().map(|kept| &*kept.text).collect::<Vec<_>>(), ["one two three"]);
    assert!(!first.exists());
}

#[test]
fn a_long_journal_is_written_anew_with_its_steps() {
    let desk = Desk::new();
    let mut session = desk.session("one");
    session.long = 2_000;
    let mut text = String::from("one");
    for n in 0..100 {
        text.push_str(&format!(" {n}"));
        session.take(&[change(&text, n % 10 != 0)], Vec::new()).unwrap();
        let saved = hash(&text);
        session.take(&[Entry::Saved(saved)], Vec::new()).unwrap();
    }
    assert_eq!(desk.files().len(), 1);
    assert!(session.open.as_ref().unwrap().length < 6_000);
    let past = desk.past(&text);
    assert!(past.kept.is_empty());
    let mut history = past.history.unwrap();
    assert_eq!(history.steps(&text).count(), 10);
    let mut text = Arc::from(text);
    while let Some((_, before)) = history.undo(&text) {
        text = before;
    }
    assert_eq!(&*text, "one");
}

#[test]
fn drafts_of_one_name_in_other_places_have_their_own_journals() {
    let desk = Desk::new();
    let key = |path: &Path| find::key(&desk.folder, path);
    let inside = key(&desk.draft());
    assert!(inside.starts_with("x-"), "{inside}");
    assert_ne!(inside, key(&desk.dir.path().join("elsewhere/x.md")));
    assert_ne!(inside, key(Path::new("/x.md")));
    // A desk that is moved, or named by another way, keeps them.
    let other = Desk::new();
    assert_eq!(inside, find::key(&other.folder, &other.draft()));
    let way = desk.dir.path().join("briefs/../briefs/drafts/x.md");
    assert_eq!(inside, key(&way));
}

#[test]
fn a_torn_end_is_cut_and_the_rest_is_there() {
    let desk = Desk::new();
    let mut session = desk.session("one");
    session.take(&[change("one two", false)], Vec::new()).unwrap();
    session.take(&[change("one two three", true)], Vec::new()).unwrap();
    drop(session);
    let file = desk.files().remove(0);
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() - 3]).unwrap();
    let past = desk.past("one");
    assert_eq!((&*past.kept[0].text, past.kept[0].cut), ("one two", true));
}
