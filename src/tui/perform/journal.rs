//! The thread that keeps the journal: what comes is written at once, and synced as soon as there is
//! nothing more, at the latest after a fifth of a second. Keys and saves never wait for it, and it does not
//! wait for the sync, which a busy disk may take seconds for: another thread does.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{draft_file, guarded};
use crate::app::effect::JournalWork;
use crate::app::message::Message;
use crate::disk::Folder;
use crate::disk::journal::{Ours, Session, Sync};
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
    /// A sync has come to its end, well or not.
    Synced(Sync, bool),
    /// Put everything on disk and end.
    End,
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
            syncs: start_syncing(orders.clone(), post.clone()),
            due: None,
            begun: None,
            waiting: Vec::new(),
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
        if let Some(orders) = self.orders.take() {
            let _ = orders.send(Order::End);
        }
        // An error says that the thread has ended.
        let _ = self.ended.recv_timeout(END);
    }
}

/// Starts the thread that waits for syncs.
fn start_syncing(orders: Sender<Order>, post: Post) -> Sender<Sync> {
    let (begin, begun) = channel::<Sync>();
    thread::spawn(move || {
        let wait = move || {
            for sync in begun {
                let well = sync.wait();
                // A keeper that has ended needs no word.
                let _ = orders.send(Order::Synced(sync, well));
            }
        };
        guarded(&post, Box::new(wait));
    });
    begin
}

/// What the thread knows.
struct Keeper {
    folder: Arc<Folder>,
    ours: Ours,
    post: Post,
    sessions: BTreeMap<u64, Session>,
    /// To the thread that waits for syncs.
    syncs: Sender<Sync>,
    /// What was written, and since when the first of it waits.
    due: Option<(Due, Instant)>,
    /// What is being synced: one at a time.
    begun: Option<Due>,
    /// Who waits until all is on disk.
    waiting: Vec<Sender<()>>,
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
        let mut ending = false;
        loop {
            // While a sync is under way the next one waits for it.
            let wait = self.due.as_ref().filter(|_| self.begun.is_none());
            let wait = wait.map(|(_, since)| QUIET.min(LATEST.saturating_sub(since.elapsed())));
            let order = match wait {
                None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
                // More and more comes.
                Some(Duration::ZERO) => Err(RecvTimeoutError::Timeout),
                Some(wait) => orders.recv_timeout(wait),
            };
            match order {
                Ok(Order::Work(work)) => {
                    if self.due.as_ref().is_some_and(|(due, _)| due.journal != work.journal) {
                        self.settle();
                    }
                    let before = self.due.take();
                    let since = before.as_ref().map_or_else(Instant::now, |(_, since)| *since);
                    let leaves = before.and_then(|(due, _)| due.leaves).or(work.leaves);
                    self.due = Some((self.write(*work, leaves), since));
                }
                Ok(Order::Finish(done)) => self.waiting.push(done),
                Ok(Order::Synced(sync, well)) => self.end_sync(sync, well),
                Ok(Order::End) | Err(RecvTimeoutError::Disconnected) => ending = true,
                Err(RecvTimeoutError::Timeout) => self.begin_sync(),
            }
            // A sync that fails is told to one of two who ask at once: nobody asks beside one under way.
            if self.begun.is_none() && (ending || !self.waiting.is_empty()) {
                self.settle();
                for done in self.waiting.drain(..) {
                    let _ = done.send(());
                }
                if ending {
                    return;
                }
            }
        }
    }

    /// Has what was written synced by the other thread.
    fn begin_sync(&mut self) {
        let Some((due, since)) = self.due.take() else { return };
        let sync = match self.sessions.get_mut(&due.journal).filter(|_| due.result.is_ok()) {
            Some(session) => session.begin_sync(),
            None => None,
        };
        match sync.map(|sync| self.syncs.send(sync)) {
            Some(Ok(())) => self.begun = Some(due),
            Some(Err(back)) => {
                // The thread has ended: as if it could not be synced there.
                self.begun = Some(due);
                self.end_sync(back.0, false);
            }
            None => {
                self.due = Some((due, since));
                self.settle();
            }
        }
    }

    fn end_sync(&mut self, sync: Sync, well: bool) {
        let Some(mut due) = self.begun.take() else { return };
        match self.sessions.get_mut(&due.journal) {
            Some(session) => due.result = session.end_sync(sync, well),
            None if well => {}
            None => due.result = Err("the journal could not be synced".to_owned()),
        }
        self.answer(due);
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

    /// Syncs what was written, here and now.
    fn settle(&mut self) {
        let Some((mut due, _)) = self.due.take() else { return };
        if let (Ok(()), Some(session)) = (&due.result, self.sessions.get_mut(&due.journal)) {
            due.result = session.sync();
        }
        self.answer(due);
    }

    fn answer(&mut self, due: Due) {
        let Due { journal, upto, result, leaves } = due;
        let elsewhere = self.sessions.get_mut(&journal).and_then(Session::news);
        if let (Ok(()), Some(mut left)) = (&result, leaves.and_then(|number| self.sessions.remove(&number))) {
            // If this cannot be written, words are only offered once too often.
            let _ = left.leave();
        }
        let warning = elsewhere.map(|where_| format!("The journal cannot be in the desk: {where_}"));
        self.post.send(Incoming::Answer(Message::Journalled { journal, upto, result, warning }));
    }
}
