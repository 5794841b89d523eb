//! The thread that keeps the journal: what comes is written at once, and synced as soon as there is
//! nothing more, at the latest after a fifth of a second. Keys and saves never wait for it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{draft_file, guarded};
use crate::app::effect::JournalWork;
use crate::app::message::Message;
use crate::disk::Folder;
use crate::disk::journal::{Ours, Session};
use crate::draft::journal::Past;
use crate::tui::Incoming;
use crate::tui::inbox::Post;

/// How long nothing must come before what was written is synced.
const QUIET: Duration = Duration::from_millis(60);
/// How long it may wait when more and more comes: with the sync itself, below 300 ms.
const LATEST: Duration = Duration::from_millis(200);
/// How long the end of the program waits for the last sync; everything is written by then.
const END: Duration = Duration::from_millis(250);

enum Order {
    Work(Box<JournalWork>),
    /// Answer once everything before is on disk.
    Finish(Sender<()>),
}

/// The way to the thread.
pub(super) struct Journals {
    orders: Option<Sender<Order>>,
    ended: Receiver<()>,
    ours: Ours,
    folder: Arc<Folder>,
    post: Post,
}

/// What reads journals, or waits for them, on another thread.
pub(super) struct Access {
    orders: Option<Sender<Order>>,
    ours: Ours,
    folder: Arc<Folder>,
}

impl Journals {
    /// Starts the thread.
    pub(super) fn start(folder: Arc<Folder>, post: Post) -> Self {
        let (orders, receiver) = channel();
        let (end, ended) = channel();
        let ours = Ours::default();
        let mut keeper = Keeper {
            folder: Arc::clone(&folder),
            ours: Arc::clone(&ours),
            post: post.clone(),
            sessions: BTreeMap::new(),
        };
        let reports = post.clone();
        thread::spawn(move || {
            guarded(&reports, Box::new(move || keeper.run(&receiver)));
            drop(end);
        });
        Self { orders: Some(orders), ended, ours, folder, post }
    }

    /// Has something put into the journal.
    pub(super) fn keep(&self, work: Box<JournalWork>) {
        let (journal, upto) = (work.journal, work.upto);
        if self.orders.as_ref().is_none_or(|orders| orders.send(Order::Work(work)).is_err()) {
            let result = Err("the thread that keeps the journal has ended".to_owned());
            let failed = Message::Journalled { journal, upto, result, warning: None };
            self.post.send(Incoming::Answer(failed));
        }
    }

    /// For another thread.
    pub(super) fn access(&self) -> Access {
        let (ours, folder) = (Arc::clone(&self.ours), Arc::clone(&self.folder));
        Access { orders: self.orders.clone(), ours, folder }
    }
}

impl Access {
    /// Waits until everything before is on disk, or cannot be.
    pub(super) fn finish(&self) {
        let (done, wait) = channel();
        if self.orders.as_ref().is_some_and(|orders| orders.send(Order::Finish(done)).is_ok()) {
            let _ = wait.recv();
        }
    }

    /// What the journals know of a draft that holds this text.
    pub(super) fn past(&self, path: &Path, text: &str) -> Past {
        self.finish();
        self.folder.past(path, Some(text), &self.ours)
    }
}

impl Drop for Journals {
    fn drop(&mut self) {
        self.orders = None;
        // An error says that the thread has ended.
        let _ = self.ended.recv_timeout(END);
    }
}

/// What the thread knows.
struct Keeper {
    folder: Arc<Folder>,
    ours: Ours,
    post: Post,
    sessions: BTreeMap<u64, Session>,
}

/// What is to be synced and answered.
struct Due {
    journal: u64,
    upto: u64,
    result: Result<(), String>,
    /// The journal whose words go on in this one.
    leaves: Option<u64>,
}

impl Keeper {
    fn run(&mut self, orders: &Receiver<Order>) {
        while let Ok(order) = orders.recv() {
            let begun = Instant::now();
            let mut due: Option<Due> = None;
            let mut next = Some(order);
            while let Some(order) = next.take() {
                match order {
                    Order::Finish(done) => {
                        self.settle(due.take());
                        let _ = done.send(());
                    }
                    Order::Work(work) => {
                        if due.as_ref().is_some_and(|due| due.journal != work.journal) {
                            self.settle(due.take());
                        }
                        let leaves = due.and_then(|due| due.leaves).or(work.leaves);
                        due = Some(self.write(*work, leaves));
                    }
                }
                let left = LATEST.saturating_sub(begun.elapsed());
                if due.is_some() && !left.is_zero() {
                    next = orders.recv_timeout(QUIET.min(left)).ok();
                }
            }
            self.settle(due);
        }
    }

    /// Writes what happened.
    fn write(&mut self, work: JournalWork, leaves: Option<u64>) -> Due {
        let JournalWork { journal, path, begin, entries, spent, upto, .. } = work;
        if let Some(begin) = begin {
            // The one before, if this one is not its continuation, has nothing more to say.
            self.sessions.retain(|number, _| Some(*number) == leaves);
            let path = draft_file(&self.folder, &path);
            self.sessions.insert(journal, Session::new(&self.folder, &path, begin, Arc::clone(&self.ours)));
        }
        let result = match self.sessions.get_mut(&journal) {
            Some(session) => session.take(&entries, spent),
            None => Err("the journal was never begun".to_owned()),
        };
        Due { journal, upto, result, leaves }
    }

    /// Syncs and post.
    fn settle(&mut self, due: Option<Due>) {
        let Some(Due { journal, upto, mut result, leaves }) = due else { return };
        let session = self.sessions.get_mut(&journal);
        if let (Ok(()), Some(session)) = (&result, session) {
            result = session.sync();
        }
        let elsewhere = self.sessions.get_mut(&journal).and_then(Session::news);
        if let (Ok(()), Some(mut left)) = (&result, leaves.and_then(|number| self.sessions.remove(&number))) {
            // If this cannot be written, words are only offered once too often.
            let _ = left.leave();
        }
        let warning = elsewhere.map(|where_| format!("The journal cannot be in the desk: {where_}"));
        self.post.send(Incoming::Answer(Message::Journalled { journal, upto, result, warning }));
    }
}
