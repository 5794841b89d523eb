//! Watching the desk: the system tells of changes, and a thread makes news of them.
//!
//! Folders are watched, not files, since many programs save by putting another file in the place of
//! the old one. Nothing is polled: while nothing changes the thread sleeps.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::Incoming;
use super::inbox::Post;
use crate::app::message::{Changes, Message};
use crate::disk::Folder;
use crate::turns;

/// How long it must be quiet before changes are looked at.
const QUIET: Duration = Duration::from_millis(250);
/// How long changes wait at most while more come.
const CEILING: Duration = Duration::from_secs(2);

/// What the thread hears.
enum Heard {
    Event(notify::Result<notify::Event>),
    /// A draft was opened; its folder may lie outside the desk.
    Opened(PathBuf),
    /// A draft was locked: there may be a folder of locks now.
    Locked,
    /// The events were read.
    Loaded,
}

/// The way to the thread.
#[derive(Clone)]
pub(super) struct Watch {
    heard: Sender<Heard>,
}

impl Watch {
    /// Starts the thread. Nobody waits for it: what was read before a folder was watched is looked at once more behind
    /// [`Watch::loaded`]. The events are not watched before that: the system would wake the thread for each file that is opened.
    pub(super) fn start(folder: Arc<Folder>, post: Post) -> Self {
        let (heard, hears) = channel();
        let events = heard.clone();
        thread::spawn(move || {
            turns::after_keys();
            let made = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                // Files are opened by us above all; only what may have changed something wakes the thread.
                if !matches!(&event, Ok(event) if is_idle(event)) {
                    let _ = events.send(Heard::Event(event));
                }
            });
            match made {
                Ok(watcher) => {
                    let mut watching =
                        Watching { folder, post, watcher, folders: BTreeSet::new(), events: false, failed: false };
                    watching.watch_folders();
                    watching.run(&hears);
                }
                Err(error) => tell(&post, &error),
            }
        });
        Self { heard }
    }

    /// A draft was opened or written at this path.
    pub(super) fn opened(&self, path: &Path) {
        // A thread that has ended for want of a watcher needs no word.
        let _ = self.heard.send(Heard::Opened(path.to_path_buf()));
    }

    /// The events were read; what has changed meanwhile is told of.
    pub(super) fn loaded(&self) {
        let _ = self.heard.send(Heard::Loaded);
    }

    /// A draft was locked, by us or by others.
    pub(super) fn locked(&self) {
        let _ = self.heard.send(Heard::Locked);
    }
}

/// How much longer to wait for more changes, if any, after so long.
fn patience(waited: Duration) -> Option<Duration> {
    Some(QUIET.min(CEILING.saturating_sub(waited))).filter(|left| !left.is_zero())
}

/// Whether an event tells of no change: a file was opened, read, closed.
fn is_idle(event: &notify::Event) -> bool {
    matches!(event.kind, EventKind::Access(kind) if kind != CLOSED_AFTER_WRITING) && !event.need_rescan()
}

const CLOSED_AFTER_WRITING: notify::event::AccessKind =
    notify::event::AccessKind::Close(notify::event::AccessMode::Write);

fn tell(post: &Post, error: &notify::Error) {
    let reason = match error.kind {
        notify::ErrorKind::MaxFilesWatch => "the system's limit of watched folders is reached".to_owned(),
        _ => error.to_string(),
    };
    post.send(Incoming::Answer(Message::Unwatched(reason)));
}

struct Watching {
    folder: Arc<Folder>,
    post: Post,
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
    /// Whether the events are to be watched.
    events: bool,
    /// Whether it was said that something cannot be watched.
    failed: bool,
}

impl Watching {
    fn run(&mut self, hears: &Receiver<Heard>) {
        while let Ok(first) = hears.recv() {
            let begun = Instant::now();
            let mut paths = BTreeSet::new();
            self.take(first, &mut paths);
            while !paths.is_empty() {
                let Some(patience) = patience(begun.elapsed()) else { break };
                match hears.recv_timeout(patience) {
                    Ok(next) => self.take(next, &mut paths),
                    Err(_) => break,
                }
            }
            if !paths.is_empty() {
                self.look(&paths);
            }
        }
    }

    fn take(&mut self, heard: Heard, paths: &mut BTreeSet<PathBuf>) {
        match heard {
            Heard::Event(Ok(event)) if event.need_rescan() => {
                paths.insert(self.folder.root().to_path_buf());
            }
            Heard::Event(Ok(event)) => {
                let moved = matches!(
                    event.kind,
                    EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
                );
                for path in &event.paths {
                    if moved && self.folders.remove(path) {
                        // What is watched is the old folder, not its name: another may stand there now.
                        let _ = self.watcher.unwatch(path);
                    }
                }
                paths.extend(event.paths);
            }
            Heard::Event(Err(error)) => self.fail(&error),
            Heard::Locked => {
                self.watch_folders();
            }
            Heard::Loaded => {
                let first = !std::mem::replace(&mut self.events, true);
                // They may have changed since they were read, and so may all that was read meanwhile.
                paths.extend(self.watch_folders());
                if first {
                    paths.extend(self.folders.iter().cloned());
                }
            }
            Heard::Opened(path) => {
                let path = std::path::absolute(&path).unwrap_or(path);
                if let Some(folder) = self.folder.watched_for(&path)
                    && self.watch(folder, false)
                {
                    // It may have changed between its reading and now.
                    paths.insert(path);
                }
            }
        }
    }

    /// Looks at what changed and tells of it.
    fn look(&mut self, paths: &BTreeSet<PathBuf>) {
        // First, so that nothing slips through between the look and the watch.
        let mut paths = paths.clone();
        paths.extend(self.watch_folders());
        let news = self.folder.news(&paths);
        if !news.is_empty() {
            let changes = Changes { facts: news.facts, lists: news.lists, drafts: news.drafts };
            self.post.send(Incoming::Answer(Message::ChangedOnDisk(changes)));
        }
        // Who leaves saves first: what was saved is read before it is said who left.
        if paths.iter().any(|path| self.folder.is_lock(path)) {
            self.post.send(Incoming::Answer(Message::LocksChanged));
        }
    }

    /// Watches the desk's folders that are not watched yet; gives those.
    fn watch_folders(&mut self) -> Vec<PathBuf> {
        // Of the desk's folders only that of the events is watched to its depth.
        let mut folders = self.folder.watched();
        folders.retain(|(_, deep)| self.events || !deep);
        folders.into_iter().filter_map(|(path, deep)| self.watch(path.clone(), deep).then_some(path)).collect()
    }

    /// Watches a folder unless it is watched; tells whether it is new.
    fn watch(&mut self, folder: PathBuf, deep: bool) -> bool {
        if self.folders.contains(&folder) {
            return false;
        }
        let mode = if deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        if let Err(error) = self.watcher.watch(&folder, mode) {
            self.fail(&error);
        }
        // A folder that cannot be watched is not tried again and again.
        self.folders.insert(folder)
    }

    fn fail(&mut self, error: &notify::Error) {
        if !std::mem::replace(&mut self.failed, true) {
            tell(&self.post, error);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn watched(files: &[(&str, &str)]) -> (tempfile::TempDir, Arc<Folder>, Receiver<Incoming>, Watch) {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("briefs/drafts")).unwrap();
        for (path, text) in files {
            write(dir.path(), path, text);
        }
        let folder = Arc::new(Folder::at(dir.path()).remembering());
        let (post, receiver, _bell) = Post::new().unwrap();
        let watch = Watch::start(Arc::clone(&folder), post);
        folder.load(&|_| ());
        folder.drafts();
        watch.loaded();
        (dir, folder, receiver, watch)
    }

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// The next news; the limit only ends a test that would otherwise hang.
    fn next(receiver: &Receiver<Incoming>) -> Changes {
        match receiver.recv_timeout(Duration::from_secs(60)) {
            Ok(Incoming::Answer(Message::ChangedOnDisk(changes))) => changes,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn new_folders_of_events_are_seen_even_where_there_was_none() {
        let (dir, folder, receiver, _watch) = watched(&[]);
        write(dir.path(), "briefs/events/deep/one.yaml", "title: One\nfacts:\n  - id: x\n    text: X.\n");
        assert!(next(&receiver).facts);
        assert_eq!(folder.load(&|_| ()).desk.fact_count(), 1);
        write(dir.path(), "briefs/events/deep/er/two.yaml", "title: Two\nfacts:\n  - id: x\n    text: X.\n");
        assert!(next(&receiver).facts);
        assert_eq!(folder.load(&|_| ()).desk.fact_count(), 2);
    }

    #[test]
    fn what_changed_between_the_reading_and_the_watch_is_told() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "briefs/events/one.yaml", "title: One\n");
        let folder = Arc::new(Folder::at(dir.path()).remembering());
        let (post, receiver, _bell) = Post::new().unwrap();
        let watch = Watch::start(Arc::clone(&folder), post);
        folder.load(&|_| ());
        write(dir.path(), "briefs/events/one.yaml", "title: Two\n");
        watch.loaded();
        assert!(next(&receiver).facts);
    }

    #[test]
    fn a_touch_and_our_own_write_are_silent_and_the_next_change_is_not() {
        let (dir, folder, receiver, _watch) =
            watched(&[("briefs/events/one.yaml", "title: One\n"), ("briefs/drafts/d.md", "old")]);
        write(dir.path(), "briefs/events/one.yaml", "title: One\n");
        let file = folder.read_draft("d").unwrap();
        folder.save(&file.path, "ours", Some(file.hash)).unwrap();
        // An editor that saves by another file in the place of the old one.
        write(dir.path(), "briefs/drafts/tmp", "theirs");
        std::fs::rename(dir.path().join("briefs/drafts/tmp"), &file.path).unwrap();
        let told = next(&receiver);
        assert!(!told.facts && told.lists);
        assert_eq!(told.drafts, [("briefs/drafts/d.md".to_owned(), Some(crate::disk::hash(b"theirs")))]);
    }

    #[test]
    fn changes_come_in_batches_and_never_wait_for_ever() {
        assert_eq!(patience(Duration::ZERO), Some(QUIET));
        assert_eq!(patience(CEILING - Duration::from_millis(10)), Some(Duration::from_millis(10)));
        assert_eq!(patience(CEILING), None);
        let (dir, _folder, receiver, _watch) = watched(&[]);
        for n in 0..50 {
            write(dir.path(), &format!("briefs/drafts/d{n}.md"), "new");
        }
        // However they were batched, each is told of.
        let mut told = std::collections::BTreeSet::new();
        while told.len() < 50 {
            told.extend(next(&receiver).drafts.into_iter().map(|(shown, _)| shown));
        }
    }

    #[test]
    fn a_draft_opened_by_its_path_is_watched_where_it_lies() {
        let (_dir, folder, receiver, watch) = watched(&[]);
        let elsewhere = tempfile::tempdir().unwrap();
        write(elsewhere.path(), "far.md", "old");
        let path = elsewhere.path().join("far.md");
        folder.read_draft(path.to_str().unwrap()).unwrap();
        watch.opened(&path);
        write(elsewhere.path(), "far.md", "new");
        let changes = next(&receiver);
        assert_eq!(changes.drafts.len(), 1);
        assert!(changes.drafts[0].0.ends_with("far.md"));
    }
}
