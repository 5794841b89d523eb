//! What the open draft tells its journal, and what the journal has answered.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::effect::JournalWork;
use crate::draft::journal::{Entry, Hash, Journal, Kept};

/// The draft's side of its journal.
#[derive(Clone, Debug, Default)]
pub(super) struct Diary {
    /// The journal's number, once it was told something.
    number: Option<u64>,
    /// What it is not told yet.
    entries: Vec<Entry>,
    /// How many states of the text it was told, or is about to be.
    told: u64,
    /// How many of them are on disk.
    kept: u64,
    /// Why the last ones are not.
    fault: Option<String>,
    /// It is wanted although nothing has changed.
    wanted: bool,
    /// The draft goes on in another file.
    moved: bool,
    /// Journals that can go.
    spent: Vec<PathBuf>,
    /// What earlier journals hold and the file did not, oldest first.
    pub(super) offered: Vec<Kept>,
    /// Whether the writer has seen the offer and put it away.
    pub(super) seen: bool,
}

impl Diary {
    /// The journal of a draft with these earlier ones.
    pub(super) fn new(offered: Vec<Kept>, spent: Vec<PathBuf>) -> Self {
        Self { offered, spent, ..Self::default() }
    }

    /// The text has changed.
    pub(super) fn changed(&mut self, entry: Entry) {
        self.told += 1;
        self.entries.push(entry);
    }

    /// The file holds a text.
    pub(super) fn saved(&mut self, hash: Hash) {
        self.entries.push(Entry::Saved(hash));
    }

    /// The draft goes on in another file.
    pub(super) fn moved(&mut self) {
        self.moved = true;
        self.want();
    }

    /// A journal is wanted even if nothing changes.
    pub(super) fn want(&mut self) {
        self.wanted = true;
        if self.number.is_none() || self.moved {
            self.told += 1;
        }
    }

    /// A journal can go as soon as this one is on disk.
    pub(super) fn spend(&mut self, file: PathBuf) {
        self.spent.push(file);
    }

    /// Whether the journal holds the text as it stands, on disk.
    pub(super) fn holds(&self) -> bool {
        self.number.is_some() && self.kept == self.told && self.fault.is_none()
    }

    /// Why the journal does not hold it, if it failed.
    pub(super) fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// What the journal is to be told now; a draft that was only opened has none.
    pub(super) fn work(
        &mut self,
        number: impl FnOnce() -> u64,
        path: PathBuf,
        journal: impl FnOnce() -> Journal,
    ) -> Option<JournalWork> {
        let wanted = std::mem::take(&mut self.wanted);
        let mut entries = std::mem::take(&mut self.entries);
        let begins = self.number.is_none() || self.moved;
        let changes = |entry: &Entry| !matches!(entry, Entry::Saved(_));
        if self.number.is_none() && !wanted && !entries.iter().any(changes) {
            return None;
        }
        if !begins && entries.is_empty() && self.spent.is_empty() {
            return None;
        }
        let leaves = self.number.filter(|_| self.moved);
        self.moved = false;
        let number = match self.number.filter(|_| !begins) {
            Some(number) => number,
            None => number(),
        };
        self.number = Some(number);
        let begin = begins.then(|| {
            // It is told the draft as it stands, past included.
            entries.clear();
            journal()
        });
        let spent = std::mem::take(&mut self.spent);
        Some(JournalWork { journal: number, path, begin, leaves, entries, spent, upto: self.told })
    }

    /// The journal has answered: what it was told so far is on disk, or why not.
    pub(super) fn answered(&mut self, number: u64, upto: u64, result: Result<(), String>) {
        if self.number != Some(number) {
            return;
        }
        match result {
            Ok(()) => {
                self.kept = upto;
                self.fault = None;
            }
            Err(reason) => self.fault = Some(reason),
        }
    }
}

/// A change as the journal is told it.
pub(super) fn change(label: &str, joins: bool, text: Arc<str>) -> Entry {
    Entry::Change { label: label.to_owned(), joins, text }
}
