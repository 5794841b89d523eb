//! What was last read or written of each file of the desk, by hash. So a change that changes nothing,
//! or that is our own, is told from news; and an event file that stayed the same is not parsed again.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::cache::EventFile;
use super::lock::LOCKS;
use super::stamp::Stamp;
use super::{BRIEFS, DRAFTS, EVENTS, Folder, Hash, TEMPLATES, hash, read};
use crate::finding::Finding;
use crate::model::Event;
use crate::model::settings::SETTINGS_PATH;
use crate::source_file;

/// What came of reading an event file.
pub(super) type EventReading = (Option<Arc<Event>>, Vec<Finding>);

/// An event file as it was read.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// By what it is known to have stayed the same, if the system can tell.
    pub(super) stamp: Option<Stamp>,
    /// The hash of its bytes; `None` for a file that cannot be read.
    pub(super) hash: Option<Hash>,
    /// What was in it.
    pub(super) reading: EventReading,
}

/// Every event file as a load found it, and what was read of each, in the order of their paths.
#[derive(Debug, Default)]
pub(super) struct EventFiles {
    pub(super) files: Vec<EventFile>,
    pub(super) read: Vec<Option<Kept>>,
}

/// A file as last read or written.
#[derive(Debug, Default)]
struct Seen {
    /// The hash of its bytes; `None` for a file that cannot be read.
    hash: Option<Hash>,
    /// Of an opened draft, its name for people.
    shown: Option<String>,
    /// The hash of what we last wrote there.
    ours: Option<Hash>,
}

/// All files as last read or written.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<Files>);

/// Files by absolute path; event files as the last load left them, unless they stand among the others.
#[derive(Debug, Default)]
struct Files {
    seen: HashMap<PathBuf, Seen>,
    events: Arc<EventFiles>,
    /// The desk's folder as the paths of events have it, and as an absolute path.
    root: (PathBuf, PathBuf),
}

impl Known {
    fn files(&self) -> MutexGuard<'_, Files> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files {
    /// What was read of an event file, unless it has been written since.
    fn event(&self, path: &Path) -> Option<&Kept> {
        let written = self.seen.get(path).map(|seen| seen.hash);
        self.event_as_loaded(path).filter(|kept| written.is_none_or(|hash| hash == kept.hash))
    }

    fn event_as_loaded(&self, path: &Path) -> Option<&Kept> {
        let (ours, whole) = &self.root;
        let path = ours.join(path.strip_prefix(whole).ok()?);
        let order = |file: &EventFile| file.path.as_os_str().cmp(path.as_os_str());
        let place = self.events.files.binary_search_by(order).ok()?;
        self.events.read.get(place)?.as_ref()
    }

    /// The hash of what a file last held; `None` if it was not there or could not be read.
    fn hash(&self, path: &Path) -> Option<Hash> {
        self.seen.get(path).map_or_else(|| self.event_as_loaded(path)?.hash, |seen| seen.hash)
    }

    /// Every known file below a folder.
    fn below(&self, folder: &Path) -> Vec<PathBuf> {
        let (ours, whole) = &self.root;
        let mut files: Vec<PathBuf> = self.seen.keys().filter(|file| file.starts_with(folder)).cloned().collect();
        if let Ok(inside) = folder.strip_prefix(whole) {
            let folder = ours.join(inside);
            let events = self.events.files.iter().filter(|file| file.path.starts_with(&folder));
            files.extend(events.filter_map(|file| Some(whole.join(file.path.strip_prefix(ours).ok()?))));
        }
        files
    }
}

/// What is on disk and was not when it was last read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Events, shared sources, styles or settings are others.
    pub facts: bool,
    /// Templates or the list of drafts are others.
    pub lists: bool,
    /// Drafts that are others, by name for people, with the hash of what is there now; `None` if nothing is.
    pub drafts: Vec<(String, Option<Hash>)>,
}

impl News {
    /// Whether nothing is new.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a file is to the desk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Facts,
    Template,
    Draft,
}

/// A path in the one form by which files are known.
fn key(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// By what the file at a path is known, if there is one.
pub(super) fn stamp_of(path: &Path, now: SystemTime) -> Option<Stamp> {
    Stamp::of(&path.metadata().ok()?, now)
}

/// The hash of what a file holds; `None` if it cannot be read.
fn hash_of(path: &Path) -> Option<Hash> {
    read::read_bytes(path).ok().map(|bytes| hash(&bytes))
}

impl Folder {
    /// The same desk, which remembers from now on what it reads and writes.
    #[must_use]
    pub fn remembering(self) -> Self {
        Self { known: Some(Arc::default()), ..self }
    }

    /// Reads a file and remembers what it held.
    pub(super) fn text(&self, path: &Path) -> Result<String, String> {
        let bytes = read::read_bytes(path);
        if let Some(known) = &self.known {
            let found = bytes.as_ref().ok().map(|bytes| hash(bytes));
            known.files().seen.entry(key(path)).or_default().hash = found;
        }
        read::decode(bytes?)
    }

    /// Reads a file without noticing that it changed, so that a later look still tells of the change.
    pub(super) fn text_in_passing(&self, path: &Path) -> Result<String, String> {
        let bytes = read::read_bytes(path);
        if let Some(known) = &self.known {
            let found = bytes.as_ref().ok().map(|bytes| hash(bytes));
            known.files().seen.entry(key(path)).or_insert_with(|| Seen { hash: found, ..Seen::default() });
        }
        read::decode(bytes?)
    }

    /// Whether it is remembered what event files held.
    pub(super) fn has_read(&self) -> bool {
        self.known.as_ref().is_some_and(|known| !known.files().events.files.is_empty())
    }

    /// Event files that were read before and have stayed the same since, by their stamps.
    pub(super) fn remembered(&self, files: &[EventFile]) -> Vec<Option<Kept>> {
        let Some(known) = &self.known else { return vec![None; files.len()] };
        if !self.has_read() {
            return vec![None; files.len()];
        }
        let known = known.files();
        let same = |file: &EventFile| {
            let kept = known.event(&key(&file.path))?;
            kept.stamp.is_some_and(|stamp| Some(stamp) == file.stamp).then(|| kept.clone())
        };
        files.iter().map(same).collect()
    }

    /// Reads an event file by `parse`, unless it holds what it held when it was last parsed.
    pub(super) fn read_event(&self, file: &EventFile, parse: impl Fn(Result<String, String>) -> EventReading) -> Kept {
        let bytes = read::read_bytes(&file.path);
        let found = bytes.as_ref().ok().map(|bytes| hash(bytes));
        let stamp = file.stamp.filter(|_| found.is_some());
        let before = self.known.as_ref().filter(|_| found.is_some()).and_then(|known| {
            let known = known.files();
            if known.events.files.is_empty() {
                return None;
            }
            known.event(&key(&file.path)).filter(|kept| kept.hash == found).map(|kept| kept.reading.clone())
        });
        let reading = before.unwrap_or_else(|| parse(bytes.and_then(read::decode)));
        Kept { stamp, hash: found, reading }
    }

    /// Remembers event files as they were read.
    pub(super) fn remember_events(&self, events: &Arc<EventFiles>) {
        let Some(known) = &self.known else { return };
        let mut known = known.files();
        known.events = Arc::clone(events);
        known.root = (self.root.clone(), key(&self.root));
        let known = &mut *known;
        let written: Vec<PathBuf> = known.seen.keys().cloned().collect();
        for path in written {
            let Some(hash) = known.event_as_loaded(&path).map(|kept| kept.hash) else { continue };
            known.seen.entry(path).or_default().hash = hash;
        }
    }

    /// Remembers under which name an opened draft is known.
    pub(super) fn opened(&self, path: &Path) {
        if let Some(known) = &self.known {
            known.files().seen.entry(key(path)).or_default().shown = Some(self.relative(path));
        }
    }

    /// Whether a file's text is what was last read or written, as far as that is remembered.
    pub(super) fn is_as_read(&self, path: &Path, text: &str) -> bool {
        let Some(known) = &self.known else { return true };
        let found = Some(hash(text.as_bytes()));
        // A load that began before our last write may have told of what was there then.
        let (known, path) = (known.files(), key(path));
        let (last, ours) = (known.hash(&path), known.seen.get(&path).and_then(|seen| seen.ours));
        last.is_none() || last == found || ours == found
    }

    /// Remembers what is about to be written, so that it is no news.
    pub(super) fn writing(&self, path: &Path, text: &str) {
        if let Some(known) = &self.known {
            let mut files = known.files();
            let seen = files.seen.entry(key(path)).or_default();
            seen.hash = Some(hash(text.as_bytes()));
            seen.ours = seen.hash;
        }
    }

    /// The folders whose changes matter, those that are there; and whether all below them does too.
    pub fn watched(&self) -> Vec<(PathBuf, bool)> {
        let root = key(&self.root);
        let wanted =
            [("", false), (BRIEFS, false), (DRAFTS, false), (TEMPLATES, false), (LOCKS, false), (EVENTS, true)];
        let at = |name: &str| if name.is_empty() { root.clone() } else { root.join(name) };
        wanted.into_iter().map(|(name, deep)| (at(name), deep)).filter(|(path, _)| path.is_dir()).collect()
    }

    /// The folder to watch for a draft that was opened by its path; `None` if it is watched already.
    pub fn watched_for(&self, draft: &Path) -> Option<PathBuf> {
        let folder = key(draft).parent()?.to_path_buf();
        (folder != key(&self.root).join(DRAFTS)).then_some(folder)
    }

    /// Of paths that something happened to, what is new there. Files count by what they hold, folders by
    /// the files below them.
    pub fn news(&self, paths: &BTreeSet<PathBuf>) -> News {
        let mut news = News::default();
        let Some(known) = &self.known else { return news };
        let (root, now) = (key(&self.root), SystemTime::now());
        let mut files = BTreeSet::new();
        for path in paths {
            let path = self.as_watched(&root, path);
            if root.starts_with(&path) {
                // The desk's own folder, or one above: everything may be another.
                [BRIEFS, TEMPLATES, SETTINGS_PATH].iter().for_each(|name| gather(known, &root.join(name), &mut files));
            } else {
                gather(known, &path, &mut files);
            }
        }
        for path in files {
            let Some(sort) = self.sort(known, &root, &path) else { continue };
            let stamp = known.files().event(&path).and_then(|kept| kept.stamp);
            if stamp.is_some() && stamp == stamp_of(&path, now) {
                continue;
            }
            let found = hash_of(&path);
            if known.files().hash(&path) == found {
                continue;
            }
            match sort {
                Sort::Facts => news.facts = true,
                Sort::Template => news.lists = true,
                Sort::Draft => {
                    news.lists = true;
                    let mut files = known.files();
                    let seen = files.seen.entry(path.clone()).or_default();
                    seen.hash = found;
                    let shown = seen.shown.clone();
                    drop(files);
                    news.drafts.push((shown.unwrap_or_else(|| super::relative_to(&root, &path)), found));
                }
            }
            if found.is_none() && sort != Sort::Draft {
                known.files().seen.entry(path).or_default().hash = None;
            }
        }
        news
    }

    /// A path as the desk names it: some systems tell of changes by the real path, links followed.
    fn as_watched(&self, root: &Path, path: &Path) -> PathBuf {
        if path.starts_with(root) {
            return path.to_path_buf();
        }
        let real = root.canonicalize().ok();
        let inside = real.and_then(|real| path.strip_prefix(real).ok().map(|inside| root.join(inside)));
        inside.unwrap_or_else(|| path.to_path_buf())
    }

    fn sort(&self, known: &Known, root: &Path, path: &Path) -> Option<Sort> {
        let ends_with = |ending: &str| path.extension().is_some_and(|e| e == ending);
        let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if known.files().seen.get(path).is_some_and(|seen| seen.shown.is_some()) {
            return Some(Sort::Draft);
        }
        let inside = path.strip_prefix(root).ok().filter(|_| !hidden)?;
        let folder = inside.parent()?;
        if inside == Path::new(SETTINGS_PATH) {
            Some(Sort::Facts)
        } else if inside.starts_with(EVENTS) {
            (ends_with("yaml") || ends_with("yml")).then_some(Sort::Facts)
        } else if folder == Path::new(BRIEFS) {
            let name = path.file_name()?.to_string_lossy();
            (ends_with("csl") || source_file::is_shared(&format!("{BRIEFS}/{name}"))).then_some(Sort::Facts)
        } else if folder == Path::new(TEMPLATES) && ends_with("csl") {
            Some(Sort::Facts)
        } else if folder == Path::new(TEMPLATES) && ends_with("md") {
            Some(Sort::Template)
        } else {
            (folder == Path::new(DRAFTS) && ends_with("md")).then_some(Sort::Draft)
        }
    }
}

/// Adds a file, or the files below a folder; and the known ones that were there.
fn gather(known: &Known, path: &Path, files: &mut BTreeSet<PathBuf>) {
    if path.is_dir() {
        let found = walkdir::WalkDir::new(path).follow_links(true).max_depth(32).into_iter().filter_map(Result::ok);
        files.extend(found.filter(|entry| !entry.file_type().is_dir()).map(walkdir::DirEntry::into_path));
    } else {
        files.insert(path.to_path_buf());
    }
    // Nothing was known below what is known as a file: no need to look through a large desk for it.
    let known = known.files();
    if !known.seen.contains_key(path) && known.event_as_loaded(path).is_none() {
        files.extend(known.below(path));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk() -> (tempfile::TempDir, Folder) {
        let dir = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("briefs/events/a/one.yaml", "title: One\nfacts:\n  - id: x\n    text: X.\n"),
            ("briefs/drafts/d.md", "---\ntemplate: t\n---\n"),
            ("templates/t.md", "# {{ title }}\n"),
        ] {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let folder = Folder::at(dir.path()).remembering();
        folder.load(&|_| ());
        folder.templates();
        folder.drafts();
        (dir, folder)
    }

    fn news(folder: &Folder, path: &str) -> News {
        folder.news(&BTreeSet::from([folder.root().join(path)]))
    }

    #[test]
    fn a_file_written_with_the_same_bytes_is_no_news() {
        let (dir, folder) = desk();
        for path in ["briefs/events/a/one.yaml", "briefs/drafts/d.md", "templates/t.md"] {
            let file = dir.path().join(path);
            std::fs::write(&file, std::fs::read(&file).unwrap()).unwrap();
            assert!(news(&folder, path).is_empty(), "{path}");
        }
        assert!(news(&folder, "").is_empty(), "nor is the whole desk");
    }

    #[test]
    fn what_changed_is_told_by_what_it_is_to_the_desk() {
        let (dir, folder) = desk();
        let write = |path: &str, text: &str| std::fs::write(dir.path().join(path), text).unwrap();
        write("briefs/events/a/one.yaml", "title: Two\n");
        assert_eq!(news(&folder, "briefs/events/a/one.yaml"), News { facts: true, ..News::default() });
        write("templates/t.md", "# other\n");
        assert_eq!(news(&folder, "templates/t.md"), News { lists: true, ..News::default() });
        write("briefs/drafts/d.md", "other");
        let told = news(&folder, "briefs/drafts/d.md");
        assert_eq!(told.drafts, [("briefs/drafts/d.md".to_owned(), Some(hash(b"other")))]);
        assert!(news(&folder, "briefs/drafts/d.md").is_empty(), "a draft is told of once");
        write("attache.yaml", "date: off\n");
        assert!(news(&folder, "attache.yaml").facts);
        write("briefs/notes.txt", "x");
        write("briefs/drafts/.d.md.swp", "x");
        assert!(news(&folder, "briefs/notes.txt").is_empty() && news(&folder, "briefs/drafts/.d.md.swp").is_empty());
    }

    #[test]
    fn folders_that_come_and_go_count_by_their_files() {
        let (dir, folder) = desk();
        let (from, to) = (dir.path().join("briefs/events/a"), dir.path().join("elsewhere"));
        std::fs::rename(&from, &to).unwrap();
        assert!(news(&folder, "briefs/events/a").facts);
        assert_eq!(folder.load(&|_| ()).desk.fact_count(), 0);
        assert!(news(&folder, "briefs/events/a").is_empty());
        std::fs::rename(&to, &from).unwrap();
        assert!(news(&folder, "briefs/events/a").facts);
    }

    #[test]
    fn our_own_writes_are_no_news() {
        let (_dir, folder) = desk();
        let path = folder.draft_path("d");
        let file = folder.read_draft("d").unwrap();
        folder.save(&path, "ours", Some(file.hash)).unwrap();
        assert!(news(&folder, "briefs/drafts/d.md").is_empty());
        folder.save(&folder.draft_path("new"), "new", None).unwrap();
        assert!(news(&folder, "briefs/drafts").is_empty());
    }

    #[test]
    fn listing_the_drafts_does_not_hide_that_the_open_one_changed() {
        let (dir, folder) = desk();
        folder.read_draft("d").unwrap();
        std::fs::write(dir.path().join("briefs/drafts/d.md"), "theirs").unwrap();
        folder.drafts();
        assert_eq!(news(&folder, "briefs/drafts/d.md").drafts.len(), 1);
        std::fs::remove_file(dir.path().join("briefs/drafts/d.md")).unwrap();
        assert_eq!(news(&folder, "briefs/drafts/d.md").drafts, [("briefs/drafts/d.md".to_owned(), None)]);
    }

    #[test]
    fn an_event_file_that_we_wrote_is_parsed_again() {
        let (_dir, folder) = desk();
        let path = folder.root().join("briefs/events/a/one.yaml");
        folder.overwrite(&path, "title: Ours\n").unwrap();
        assert_eq!(&*folder.load(&|_| ()).desk.events()[0].title, "Ours");
    }

    #[test]
    fn an_event_file_that_stayed_the_same_is_not_parsed_again() {
        let (dir, folder) = desk();
        std::fs::write(dir.path().join("briefs/events/two.yaml"), "title: Two\nfacts:\n  - id: y\n    text: Y.\n")
            .unwrap();
        let first = folder.load(&|_| ()).desk;
        std::fs::write(dir.path().join("briefs/events/two.yaml"), "title: Three\n").unwrap();
        let second = folder.load(&|_| ()).desk;
        assert!(Arc::ptr_eq(&first.events()[0], &second.events()[0]));
        assert_eq!(&*second.events()[1].title, "Three");
    }
}
