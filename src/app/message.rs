//! Messages: everything that can happen to the state machine.

use std::path::PathBuf;
use std::sync::Arc;

use super::effect::{Stamp, TimerId};
use super::facts::SortedDesk;
use super::full::CitedIn;
use super::hold::Held;
use super::keymap::Key;
use super::regions::Size;
use crate::app::preview::LaidOut;
use crate::draft::journal::Past;
use crate::event_file::edit::{EventsWritten, PastEdit};
use crate::finding::Finding;
use crate::model::FactAt;
use crate::note::Note;
use crate::template::Template;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Message {
    /// The program has begun; the first effects are wanted.
    Start,
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// Characters that came at once, faster than a hand types, `\n` for Enter.
    Burst(String),
    /// The terminal has another size.
    Resize(Size),
    /// Templates and drafts were listed.
    Listed(Listing),
    /// Events were read; more will come.
    Loading {
        /// Which load.
        generation: u64,
        /// All facts so far, when they have doubled since they were last sent.
        facts: Option<SortedDesk>,
        /// Files read.
        done: usize,
        /// Files in all.
        total: usize,
    },
    /// Every event was read.
    Loaded {
        /// Which load.
        generation: u64,
        /// The facts.
        facts: SortedDesk,
        /// What is wrong with the files.
        findings: Vec<Finding>,
    },
    /// A draft was read, or why not.
    DraftRead {
        /// Which request.
        request: u64,
        /// The draft.
        result: Result<DraftText, String>,
    },
    /// What the journal was told is on disk, or why not.
    Journalled {
        /// Which journal.
        journal: u64,
        /// How many states of the text.
        upto: u64,
        /// Nothing, or why it failed.
        result: Result<(), String>,
        /// Something to say: the journal is not where it should be.
        warning: Option<String>,
    },
    /// A draft was written, or why not.
    Saved {
        /// Which request.
        request: u64,
        /// The hash of what is on disk now.
        result: Result<Stamp, SaveFault>,
    },
    /// Who has a draft.
    Held {
        /// The draft's file, as it was asked about.
        path: PathBuf,
        /// Who.
        held: Held,
    },
    /// Locks of drafts came or went.
    LocksChanged,
    /// A text that could not be saved was kept elsewhere: the file, or why not.
    Kept(Result<String, String>),
    /// Something worth knowing about a file that was written.
    Remark(String),
    /// The system asks to stop, as Ctrl-Z does.
    Stop,
    /// A note was written, or why not.
    NoteWritten {
        /// Which request.
        request: u64,
        /// The file, relative to the desk.
        result: Result<String, SaveFault>,
    },
    /// The open draft was deleted, or why not.
    Deleted {
        /// Which request.
        request: u64,
        /// Nothing, or why it is still there.
        result: Result<(), SaveFault>,
    },
    /// The note of a revision of the draft; what is found in it comes later.
    Previewed {
        /// Which revision.
        generation: u64,
        /// The note.
        note: Arc<Note>,
        /// The note's lines, if they were asked for.
        laid_out: Option<LaidOut>,
    },
    /// A note is composed and checked.
    Composed {
        /// Which revision.
        generation: u64,
        /// The note.
        note: Arc<Note>,
        /// What the checks and the composition found.
        findings: Vec<Finding>,
        /// The note's lines, if they were asked for.
        laid_out: Option<LaidOut>,
    },
    /// The best of what a search for the list has found so far; the rest comes.
    FirstFound {
        /// Which search.
        generation: u64,
        /// The facts.
        hits: Hits,
    },
    /// What a search found, or what is wrong with the query.
    Found {
        /// Which search.
        generation: u64,
        /// The facts.
        result: Result<Hits, String>,
    },
    /// The text of a file that somebody else changed was read.
    TheirsRead {
        /// Which request.
        request: u64,
        /// The text, or why it could not be read.
        result: Result<String, String>,
    },
    /// What every draft cites.
    Cited {
        /// Which request.
        request: u64,
        /// Each draft.
        drafts: Vec<CitedIn>,
    },
    /// Event files were edited, or why not.
    EventsEdited {
        /// Which request.
        request: u64,
        /// What is written, and why the rest is not.
        result: EventsWritten,
    },
    /// The edits of event files that earlier runs made and that stand, the last one last.
    PastEdits(Vec<PastEdit>),
    /// The writer's editor is done, or failed.
    Edited {
        /// Which request.
        request: u64,
        /// The text as left in the editor.
        result: Result<String, String>,
    },
    /// Files of the desk are others than those that were read.
    ChangedOnDisk(Changes),
    /// The desk cannot be watched, or not all of it; the text says why.
    Unwatched(String),
    /// A text was copied, or not.
    Copied(Copied),
    /// Something was done with the mouse.
    Mouse(Mouse),
    /// A timer is up.
    Timer(TimerId),
    /// The system asks to end: SIGTERM, SIGHUP, SIGINT.
    Signal(u8),
    /// Something outside failed; the text says what.
    Failed(String),
}

/// What the desk holds besides events.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Every template.
    pub templates: Vec<Template>,
    /// Every draft.
    pub drafts: Vec<DraftItem>,
    /// What is wrong with templates.
    pub findings: Vec<Finding>,
    /// Today, as `2024-08-20`, for new drafts.
    pub today: String,
}

/// What came of copying a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// What it is, for people: `2 facts`.
    pub what: String,
    /// What took it.
    pub took: Vec<String>,
    /// Whether it was too long for the terminal.
    pub too_long: bool,
    /// What did not take it, and why.
    pub failed: Vec<String>,
}

/// Something done with the mouse, at a cell of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What was done.
    pub kind: MouseKind,
    /// The column, from 0.
    pub column: u16,
    /// The row, from 0.
    pub row: u16,
}

/// What can be done with the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The main button went down.
    Down,
    /// The pointer moved with the main button down.
    Drag,
    /// The main button went up.
    Up,
    /// The wheel turned towards the top.
    WheelUp,
    /// The wheel turned towards the end.
    WheelDown,
}

/// What changed on disk behind our back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Events, shared sources, styles or settings.
    pub facts: bool,
    /// Templates, or the list of drafts.
    pub lists: bool,
    /// Drafts, as [`DraftText::shown`], with the hash of what is there now; `None` if nothing is.
    pub drafts: Vec<(String, Option<Stamp>)>,
}

/// A draft that can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftItem {
    /// Its name.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// When it was changed, as a count; the greatest is the newest.
    pub changed: u64,
}

/// A draft as read.
#[derive(Clone, Debug)]
pub struct DraftText {
    /// Its name.
    pub slug: String,
    /// The file.
    pub path: PathBuf,
    /// The file relative to the desk.
    pub shown: String,
    /// What is in it.
    pub text: String,
    /// The hash of its bytes.
    pub stamp: Stamp,
    /// What its journals know of its past, if that was asked for.
    pub past: Past,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The facts, best first if they are ranked.
    pub facts: Vec<FactAt>,
    /// Whether their order says how well they match; else the list's own order holds.
    pub ranked: bool,
}

/// Why a file was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveFault {
    /// Something else is there; the writer decides.
    Changed,
    /// It failed.
    Failed(String),
}
