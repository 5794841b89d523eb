//! Effects: what the state machine wants done, as data.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::app::hold::Wish;
use crate::app::preview::Look;
use crate::draft::Draft;
use crate::draft::journal::{Entry, Journal};
use crate::event_file::edit::{Doing, EventEdit};
use crate::model::{Desk, FactRef};
use crate::template::Template;

/// The hash of a file's bytes, by which a change behind our back is told.
pub type Stamp = blake3::Hash;

/// Something to do outside the state machine. Answers come back as messages with the same number.
#[derive(Clone, Debug)]
pub enum Effect {
    /// List templates and drafts.
    List,
    /// Read every event.
    Load {
        /// Number of the load; news of older loads is dropped.
        generation: u64,
    },
    /// Read a draft.
    ReadDraft {
        /// Number of the request.
        request: u64,
        /// Slug or path.
        name: String,
        /// Whether its journals are wanted too.
        past: bool,
    },
    /// Put what happened to the draft into its journal.
    Journal(Box<JournalWork>),
    /// Write the draft, whole or not at all.
    SaveDraft(SaveDraft),
    /// Ask who has a draft, or for its lock; any other draft's is let go.
    Hold {
        /// The draft's file; relative ones are a slug's file on the desk.
        path: PathBuf,
        /// What is wanted.
        wish: Wish,
    },
    /// Keep a text that cannot be saved where it belongs, in a file of its own.
    KeepText {
        /// The draft's name.
        slug: String,
        /// The text.
        text: Arc<str>,
    },
    /// Delete the draft for good.
    DeleteDraft {
        /// Number of the request.
        request: u64,
        /// The file; relative ones are a slug's file on the desk.
        path: PathBuf,
        /// What is believed to be on disk; nothing else is deleted.
        expected: Stamp,
    },
    /// Write the finished note.
    WriteNote {
        /// Number of the request.
        request: u64,
        /// The note's name.
        slug: String,
        /// The note.
        text: Arc<str>,
        /// Write over a note edited by hand, keeping it as `.bak`.
        force: bool,
    },
    /// Read what somebody else left in the file that we were to write.
    ReadTheirs {
        /// Number of the request.
        request: u64,
        /// Which file.
        file: Theirs,
    },
    /// Compose the note and check the draft.
    Compose(Box<Compose>),
    /// Edit event files: all edits are worked out before the first file is written.
    EditEvents {
        /// Number of the request.
        request: u64,
        /// What they are, for a later run that takes them back.
        doing: Doing,
        /// The files, relative to the desk, and what is to become of each.
        edits: Vec<(String, EventEdit)>,
    },
    /// Look for edits of event files that earlier runs made and that can be taken back.
    PastEdits,
    /// Search the facts.
    Search {
        /// What for.
        purpose: Purpose,
        /// Number of the search; older answers are dropped.
        generation: u64,
        /// The facts.
        desk: Arc<Desk>,
        /// The query as typed.
        query: String,
        /// The facts in the brief, for `used:`.
        placed: Arc<HashSet<FactRef>>,
    },
    /// Read what every draft cites.
    FindCitations {
        /// Number of the request; older answers are dropped.
        request: u64,
    },
    /// Hand the terminal to the writer's editor.
    OpenEditor {
        /// Number of the request.
        request: u64,
        /// The text to edit.
        text: String,
    },
    /// Put text on the clipboard; the answer says how.
    Copy {
        /// The text.
        text: String,
        /// What it is, for people: `2 facts`.
        what: String,
    },
    /// Have the terminal tell of the mouse, or no longer.
    Mouse(bool),
    /// Send [`Message::Timer`](super::message::Message::Timer) after a while; a later one with
    /// the same id takes its place.
    Timer {
        /// Which timer.
        id: TimerId,
        /// How long from now.
        after: Duration,
    },
    /// Suspend to the shell.
    Suspend,
    /// Draw everything again.
    Redraw,
    /// End with this exit status.
    Quit(u8),
}

impl Effect {
    /// Whether it is performed without a terminal.
    pub fn is_for_disk(&self) -> bool {
        !matches!(self, Self::OpenEditor { .. } | Self::Copy { .. } | Self::Mouse(_) | Self::Suspend | Self::Redraw)
    }
}

/// What facts are searched for. A new search takes the place of one for the same purpose that has not begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The list.
    List,
    /// A citation that is being typed.
    Citation,
    /// The sections that fill themselves.
    Fill,
    /// A view that covers the panes.
    View,
}

/// A note to be composed and a draft to be checked.
#[derive(Clone, Debug)]
pub struct Compose {
    /// The draft's revision; older answers are dropped.
    pub generation: u64,
    /// The facts.
    pub desk: Arc<Desk>,
    /// The kind of note.
    pub template: Arc<Template>,
    /// The text.
    pub draft: Draft,
    /// The draft's file, for findings.
    pub path: String,
    /// The note's name, if the draft is as it is on disk: a note that equals what it gives was
    /// not edited by hand, and may be written over later.
    pub on_disk_as: Option<String>,
    /// How the note is shown beside, if it is.
    pub look: Option<Look>,
}

/// What is to be put into a draft's journal.
#[derive(Clone, Debug)]
pub struct JournalWork {
    /// Number of the journal.
    pub journal: u64,
    /// The draft's file; relative ones are a slug's file on the desk.
    pub path: PathBuf,
    /// What the journal begins with, if it does.
    pub begin: Option<Journal>,
    /// The journal whose words go on in this one.
    pub leaves: Option<u64>,
    /// What happened.
    pub entries: Vec<Entry>,
    /// Journals that can go once this is on disk.
    pub spent: Vec<PathBuf>,
    /// How many states of the text the journal then holds; the answer gives it back.
    pub upto: u64,
}

/// A draft to be written.
#[derive(Clone, Debug)]
pub struct SaveDraft {
    /// Number of the request.
    pub request: u64,
    /// The file; relative ones are a slug's file on the desk.
    pub path: PathBuf,
    /// The text.
    pub text: Arc<str>,
    /// What is believed to be on disk; `None` for a new file.
    pub expected: Option<Stamp>,
    /// Write over what is there, keeping it as `.bak`.
    pub force: bool,
}

/// A file that holds somebody else's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Theirs {
    /// A draft; relative paths are a slug's file on the desk.
    Draft(PathBuf),
    /// The note of this name.
    Note(String),
}

/// The timers, by what they end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimerId {
    /// Idle long enough to save the draft.
    Save,
    /// Unsaved for so long that the draft is saved in the midst of typing.
    SaveAtLatest,
    /// A notice has been shown long enough.
    Notice,
    /// A pause in typing, which ends an undo step.
    Run,
    /// Two Ctrl-C are no longer one wish.
    Interrupt,
    /// A last save takes too long to wait for.
    Leave,
}
