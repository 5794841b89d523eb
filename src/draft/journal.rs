//! The journal of a draft: what happened to it, so that words and steps outlive the program.
//!
//! A journal holds the text that the steps begin from and every change since. Replayed, it gives the
//! text as it was last, and what undo and redo know. Nothing here touches the disk.

mod judge;
mod record;

use std::sync::Arc;

use super::history::{History, Step};
use crate::splice::{Splice, difference};
pub use judge::{Found, Kept, Past, judge, words_beyond};
pub use record::Unreadable;
use record::{Begin, Printer, Reader, Record, What};

/// The hash of a text (BLAKE3).
pub type Hash = blake3::Hash;

/// The hash of a text.
pub fn hash(text: &str) -> Hash {
    blake3::hash(text.as_bytes())
}

/// What the program tells the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The text became another.
    Change {
        /// What was done.
        label: String,
        /// Whether it belongs to the step before, as letters of one run do.
        joins: bool,
        /// The whole text since.
        text: Arc<str>,
    },
    /// A step was taken back.
    Undo,
    /// A step was done again.
    Redo,
    /// The file holds a text with this hash.
    Saved(Hash),
}

/// A draft's text and past as a journal knows them.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// The text.
    pub text: Arc<str>,
    /// What can be undone and redone.
    pub history: History,
    /// The hash of what the draft's file holds; `None` where there is none.
    pub saved: Option<Hash>,
}

/// The draft's text and past, and the journal that says so as it is written: each piece of bytes goes
/// behind the one before.
#[derive(Clone, Debug)]
pub struct Scribe {
    journal: Journal,
    session: [u8; 16],
    generation: u32,
    path: String,
    printer: Printer,
}

impl Scribe {
    /// Begins; [`Self::anew`] gives the first bytes.
    pub fn new(journal: Journal, session: [u8; 16], path: String) -> Self {
        Self { journal, session, generation: 0, path, printer: Printer::default() }
    }

    /// The text as it stands.
    pub fn text(&self) -> &Arc<str> {
        &self.journal.text
    }

    /// Whether a journal was written before.
    pub fn is_begun(&self) -> bool {
        self.generation > 0
    }

    /// Whether the file holds the text as it stands.
    pub fn is_saved(&self) -> bool {
        self.journal.saved == Some(hash(&self.journal.text))
    }

    /// Takes an entry in; the bytes that say so.
    pub fn take(&mut self, entry: &Entry, time: u64) -> Vec<u8> {
        let mut out = Vec::new();
        let journal = &mut self.journal;
        let what = match entry {
            Entry::Change { label, joins, text } => {
                let before = Arc::clone(&journal.text);
                let (at, removed, inserted) = difference(&before, text);
                let what = What::Change { joins: *joins, at: at as u64, removed: removed as u64, label, inserted };
                self.printer.print(&Record { time, what }, &mut out);
                if !(*joins && journal.history.go_on(&before)) {
                    journal.history.record(label, before);
                }
                journal.text = Arc::clone(text);
                return out;
            }
            Entry::Undo => {
                journal.undo();
                What::Undo
            }
            Entry::Redo => {
                journal.redo();
                What::Redo
            }
            Entry::Saved(hash) => {
                journal.saved = Some(*hash);
                What::Saved(*hash)
            }
        };
        self.printer.print(&Record { time, what }, &mut out);
        out
    }

    /// The bytes that say that the words go on elsewhere.
    pub fn leave(&mut self, time: u64) -> Vec<u8> {
        let mut out = Vec::new();
        self.printer.print(&Record { time, what: What::Left }, &mut out);
        out
    }

    /// The whole journal written anew, with the steps that are still known.
    pub fn anew(&mut self, time: u64) -> Vec<u8> {
        self.generation += 1;
        let mut out = Vec::new();
        self.printer = Printer::start(&mut out);
        let journal = &mut self.journal;
        let redo: Vec<Step> = journal.history.undone().cloned().collect();
        let mut first = Arc::clone(&journal.text);
        let mut steps: Vec<&Step> = Vec::new();
        for step in journal.history.steps(&journal.text).rev() {
            let Some(before) = step.splice.back(&first) else { break };
            first = before;
            steps.push(step);
        }
        let (session, generation, path) = (self.session, self.generation, self.path.as_str());
        let begin = Begin { session, generation, saved: journal.saved, path, text: &first };
        let mut print = |what| self.printer.print(&Record { time, what }, &mut out);
        print(What::Begin(begin));
        steps.into_iter().rev().chain(&redo).for_each(|step| print(change(step)));
        redo.iter().for_each(|_| print(What::Undo));
        out
    }
}

impl Journal {
    fn undo(&mut self) -> bool {
        let went = self.history.undo(&self.text);
        let went = went.map(|(_, text)| self.text = text);
        went.is_some()
    }

    fn redo(&mut self) -> bool {
        let went = self.history.redo(&self.text);
        let went = went.map(|(_, text)| self.text = text);
        went.is_some()
    }
}

fn change(step: &Step) -> What<'_> {
    let Splice { at, removed, inserted } = &step.splice;
    What::Change { joins: false, at: *at as u64, removed: removed.len() as u64, label: &step.label, inserted }
}

/// A journal as it was left.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// The last text, and its past.
    pub journal: Journal,
    /// The past of the text that the draft's file holds, if that text was ever in the journal.
    pub at_file: Option<History>,
    /// The draft's file as the journal names it.
    pub path: String,
    /// When the text last changed: seconds since 1970.
    pub changed: u64,
    /// Whether the words went on elsewhere.
    pub left: bool,
    /// Whether the end was torn or did not check, and was cut.
    pub cut: bool,
    session: [u8; 16],
    generation: u32,
}

/// The draft's file as a journal names it, if that much of it can be read.
pub fn path_of(bytes: &[u8]) -> Option<String> {
    match Reader::new(bytes).ok()?.next()?.what {
        What::Begin(begin) => Some(begin.path.to_owned()),
        _ => None,
    }
}

/// Replays a journal; `file` is what the draft's file holds now.
///
/// # Errors
/// The bytes are no journal, one of another version, or not even its beginning is whole.
pub fn replay(bytes: &[u8], file: Option<&str>) -> Result<Replayed, Unreadable> {
    let mut reader = Reader::new(bytes)?;
    let Some(Record { time, what: What::Begin(begin) }) = reader.next() else { return Err(Unreadable::NoJournal) };
    let mut out = Replayed {
        journal: Journal { text: Arc::default(), history: History::new(), saved: begin.saved },
        at_file: None,
        path: begin.path.to_owned(),
        changed: time,
        left: false,
        cut: false,
        session: begin.session,
        generation: begin.generation,
    };
    let mut text = begin.text.to_owned();
    let mut sound = true;
    out.look(&text, file);
    for Record { time, what } in reader.by_ref() {
        sound = out.take(&mut text, time, what);
        if !sound {
            break;
        }
        out.look(&text, file);
    }
    out.cut = !sound || reader.is_cut();
    out.journal.text = text.into();
    Ok(out)
}

impl Replayed {
    /// Keeps the past of the text if it is the file's. Most texts differ in length, so this is quick.
    fn look(&mut self, text: &str, file: Option<&str>) {
        if file == Some(text) {
            self.at_file = Some(self.journal.history.clone());
        }
    }

    /// Takes one record in; says whether it can be what happened.
    fn take(&mut self, text: &mut String, time: u64, what: What<'_>) -> bool {
        match what {
            What::Begin(_) => return false,
            What::Change { joins, at, removed, label, inserted } => {
                let range = usize::try_from(at).ok().zip(usize::try_from(removed).ok());
                let range = range.and_then(|(at, removed)| Some(at..at.checked_add(removed)?));
                let Some(range) = range.filter(|range| text.get(range.clone()).is_some()) else { return false };
                if !(joins && self.journal.history.go_on(text)) {
                    self.journal.history.record(label, Arc::from(text.as_str()));
                }
                text.replace_range(range, inserted);
                self.changed = time;
                self.left = false;
            }
            What::Undo | What::Redo => {
                self.journal.text = Arc::from(text.as_str());
                let went = if what == What::Undo { self.journal.undo() } else { self.journal.redo() };
                str::clone_into(&self.journal.text, text);
                self.changed = time;
                return went;
            }
            What::Saved(hash) => self.journal.saved = Some(hash),
            What::Left => self.left = true,
        }
        true
    }
}

#[cfg(test)]
mod tests;
