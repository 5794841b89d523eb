//! The state: everything that is shown, and everything that decides what a key does.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::action::Action;
use super::blocks::BlockMemo;
use super::document::Document;
use super::effect::{Effect, TimerId};
use super::events::EventEdits;
use super::facts::{FactsPane, Loading};
use super::findings::Found;
use super::hit::Drag;
use super::hold::Hold;
use super::keymap::{self, Key, Keymap};
use super::message::{DraftItem, SaveFault};
pub use super::mode::{Dialog, DifferenceView, Editor, Line, LineKind, Mode};
use super::outline::{Item, Outline, Row};
use super::preview::PreviewPane;
use super::regions::{Area, Regions, Size, Wishes};
use super::text_field::Killed;
use super::trail::Trail;
use crate::finding::{Finding, Severity};
use crate::model::settings::{Binding, ThemeName};
use crate::model::{Desk, FactAt};
use crate::note::Note;
use crate::template::Template;

/// How many notices the log holds.
const LOG: usize = 1_000;

/// The panes, left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The desk's facts.
    #[default]
    Facts,
    /// The brief's sections and blocks.
    Brief,
    /// The composed note.
    Preview,
}

/// A line shown in the place of the hints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it says.
    pub text: String,
    /// Warnings stay until Esc.
    pub warning: bool,
}

/// An entry of the message log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// What it says.
    pub text: String,
    /// How much it matters.
    pub severity: Severity,
}

/// The Brief pane.
#[derive(Clone, Debug, Default)]
pub struct BriefPane {
    /// The list.
    pub outline: Outline,
    /// The revision of the draft that is listed.
    pub listed: u64,
    /// The blocks as last listed.
    pub memo: BlockMemo,
    /// The item at which each of the findings stands, in their order.
    pub found: Vec<usize>,
    /// The gravest of what is found at each item, of findings that count.
    pub severities: Vec<Option<Severity>>,
    /// The item under the cursor.
    pub cursor: usize,
    /// The rows of the list as it is shown; none where there is no room for it.
    pub rows: Vec<Row>,
    /// The first row shown.
    pub top: usize,
    /// Marked blocks, by item.
    pub marks: BTreeSet<usize>,
    /// Where the caret last stood: the draft's revision, the item, the byte.
    pub caret: Option<(u64, usize, usize)>,
}

impl BriefPane {
    /// The item under the cursor.
    pub fn item(&self) -> Option<Item> {
        self.outline.items.get(self.cursor).copied()
    }

    /// The listed section that the cursor is in.
    pub fn section(&self) -> usize {
        self.item().map_or(0, Item::section)
    }
}

/// The note of a revision of the draft.
#[derive(Clone, Debug, Default)]
pub struct Composed {
    /// Which revision was checked last.
    pub revision: u64,
    /// Which the note is of: that, or one that is still being checked.
    pub note_of: u64,
    /// The note.
    pub note: Arc<Note>,
    /// What was found in it, with where each finding stands.
    pub findings: Vec<Found>,
}

/// A place to come back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The pane.
    pub pane: Pane,
    /// The fact under the cursor of Facts.
    pub fact: Option<FactAt>,
    /// The item under the cursor of Brief.
    pub item: usize,
}

/// A note to be written, or one that waits for an answer.
#[derive(Clone, Debug)]
pub struct PendingNote {
    /// The note's name.
    pub slug: String,
    /// The text, once composed.
    pub text: Option<Arc<str>>,
    /// The request that is under way.
    pub request: Option<u64>,
}

/// What a deletion waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleting {
    /// The draft is to be saved first, so that what is deleted is what was last seen.
    Save,
    /// The answer to this request.
    Answer(u64),
}

/// What the program was started with.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// The draft to open: a slug or a path.
    pub draft: Option<String>,
    /// ASCII glyphs only.
    pub ascii: bool,
    /// The cursor is shown on the row under hand, for those who follow it.
    pub cursor: bool,
    /// The desk's own keys.
    pub keys: Vec<Binding>,
    /// The colours that the desk has settled.
    pub theme: ThemeName,
    /// Whether a desk without drafts begins with the list of templates.
    pub new_brief: bool,
    /// What is said first.
    pub greeting: Option<String>,
}

/// Everything.
#[derive(Debug)]
pub struct State {
    /// What the program was started with.
    pub setup: Setup,
    /// The colours in force: those of the desk until the writer takes others for the session.
    pub theme: ThemeName,
    /// Which key does what.
    pub keymap: Keymap,
    /// The terminal's size.
    pub size: Size,
    /// The layout at that size.
    pub regions: Regions,
    /// The pane with the focus.
    pub focus: Pane,
    /// Only that pane.
    pub zoom: bool,
    /// Preview on wide screens.
    pub preview_wide: bool,
    /// Preview in the place of Facts.
    pub preview_narrow: bool,
    /// Columns by which the first separator is moved.
    pub shift: i16,
    /// What keys mean.
    pub mode: Mode,
    /// The facts.
    pub desk: Arc<Desk>,
    /// How far they are read.
    pub loading: Loading,
    /// Every template.
    pub templates: Vec<Arc<Template>>,
    /// Every draft.
    pub drafts: Vec<DraftItem>,
    /// Today, for new drafts.
    pub today: String,
    /// Whether templates and drafts have been listed.
    pub listed: bool,
    /// The open draft.
    pub document: Option<Document>,
    /// The Facts pane.
    pub facts: FactsPane,
    /// The Brief pane.
    pub brief: BriefPane,
    /// The Preview pane.
    pub preview: PreviewPane,
    /// The note as last composed.
    pub composed: Composed,
    /// The revision for which a note has been asked.
    pub composing: u64,
    /// A note to be written.
    pub pending_note: Option<PendingNote>,
    /// What was killed last in a text field.
    pub killed: Killed,
    /// The line in the place of the hints.
    pub notice: Option<Notice>,
    /// The last notices, oldest first.
    pub log: Vec<Logged>,
    /// What is wrong with the desk's files.
    pub problems: Vec<Finding>,
    /// Where the writer was, for `'` and `"`.
    pub trail: Trail,
    /// Who has the open draft.
    pub hold: Hold,
    /// What is said once the terminal is given back.
    pub farewell: Option<String>,
    /// The open draft is to be deleted: what the deletion waits for.
    pub deleting: Option<Deleting>,
    /// The editor outside that has the terminal, and the block it edits (`None`: all).
    pub outside: Option<(u64, Option<crate::draft::BlockPosition>)>,
    /// Edits of event files.
    pub events: EventEdits,
    /// Whether the terminal tells of the mouse.
    pub mouse: bool,
    /// The item clicked last, and the cell: a second click on either is Enter.
    pub clicked: Option<(Pane, usize, (u16, u16))>,
    /// What the mouse drags.
    pub drag: Option<Drag>,
    /// The open draft's file is another since: the hash of what is there, `None` if nothing is.
    pub draft_news: Option<Option<super::effect::Stamp>>,
    /// The search whose facts will fill the sections.
    pub filling: Option<u64>,
    /// The draft that is being read.
    pub reading: Option<u64>,
    /// The request for the text that is to be merged into the draft.
    pub merging: Option<u64>,
    /// Keys for facts that are still sought.
    pub held: Vec<Key>,
    /// What is to be done as soon as the brief is checked as it stands.
    pub when_checked: Vec<Action>,
    /// Ctrl-C was pressed just now.
    pub interrupted: bool,
    /// The exit status to end with as soon as the draft is saved.
    pub leaving: Option<u8>,
    /// Whether quitting failed for want of a save, so that the next `q` leaves anyway.
    pub leave_anyway: bool,
    /// Whether the latest moment for the next save is set.
    pub save_due: bool,
    /// Whether the writer asked for the save, so that a question may come up at once.
    pub asking: bool,
    /// The last number given to a request.
    pub requests: u64,
    /// Effects gathered during one update.
    pub(super) effects: Vec<Effect>,
}

impl State {
    /// The state before anything has happened.
    pub fn new(size: Size, setup: Setup) -> Self {
        let mut state = Self {
            theme: setup.theme,
            setup,
            keymap: Keymap::default(),
            size,
            regions: Regions::default(),
            focus: Pane::Facts,
            zoom: false,
            preview_wide: true,
            preview_narrow: false,
            shift: 0,
            mode: Mode::Browse,
            desk: Arc::default(),
            loading: Loading::default(),
            templates: Vec::new(),
            drafts: Vec::new(),
            today: String::new(),
            listed: false,
            document: None,
            facts: FactsPane::default(),
            brief: BriefPane::default(),
            preview: PreviewPane::default(),
            composed: Composed::default(),
            composing: 0,
            pending_note: None,
            killed: Killed::default(),
            notice: None,
            log: Vec::new(),
            problems: Vec::new(),
            trail: Trail::default(),
            hold: Hold::default(),
            farewell: None,
            deleting: None,
            outside: None,
            events: EventEdits::default(),
            mouse: false,
            clicked: None,
            drag: None,
            draft_news: None,
            filling: None,
            reading: None,
            merging: None,
            held: Vec::new(),
            when_checked: Vec::new(),
            interrupted: false,
            leaving: None,
            leave_anyway: false,
            save_due: false,
            asking: false,
            requests: 0,
            effects: Vec::new(),
        };
        let own = std::mem::take(&mut state.setup.keys);
        let found = state.bind(&own);
        if !found.is_empty() {
            state.problems = found;
            super::update::tell_of_problems(&mut state);
        }
        state.lay_out();
        state
    }

    /// Takes a desk's own keys into force; what is wrong with them.
    pub(super) fn bind(&mut self, own: &[Binding]) -> Vec<Finding> {
        let (keymap, found) = keymap::read(own);
        self.keymap = keymap;
        found
    }

    /// The mode, or beneath a list the one it goes back to.
    pub fn beneath(&self) -> &Mode {
        let mut mode = &self.mode;
        while let Mode::List(list) = mode {
            mode = list.beneath.as_deref().unwrap_or(&Mode::Browse);
        }
        mode
    }

    /// Works out the layout from size, focus and wishes.
    pub fn lay_out(&mut self) {
        self.regions = Regions::new(
            self.size,
            Wishes {
                focus: self.focus,
                zoom: self.zoom,
                preview_wide: self.preview_wide,
                preview_narrow: self.preview_narrow,
                shift: self.shift,
            },
        );
    }

    /// Whether the window is too small for commands that change the brief.
    pub fn is_tiny(&self) -> bool {
        self.size.width < 20 || self.size.height < 4
    }

    /// Columns for the text of blocks in Brief; where there are hardly any, lines are cut instead of
    /// wrapped letter by letter.
    pub fn block_width(&self) -> usize {
        usize::from(self.regions.brief_body().width.saturating_sub(7)).clamp(8, 80)
    }

    /// The list that Brief shows: the one before the typing while typing.
    pub fn shown_brief(&self) -> Option<&Outline> {
        if let Mode::Type(editor) = self.beneath() {
            return Some(&editor.outline);
        }
        self.document.as_ref().map(|_| &self.brief.outline)
    }

    /// A number for a new request.
    pub(super) fn request(&mut self) -> u64 {
        self.requests += 1;
        self.requests
    }

    /// Adds an effect.
    pub(super) fn perform(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Puts something into the log, which a long day must not fill without end.
    pub(super) fn log_down(&mut self, text: String, severity: Severity) {
        if self.log.len() >= LOG {
            self.log.drain(..LOG / 4);
        }
        self.log.push(Logged { text, severity });
    }

    /// Shows a notice for a few seconds.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.log_down(text.clone(), Severity::Info);
        self.notice = Some(Notice { text, warning: false });
        self.perform(Effect::Timer { id: TimerId::Notice, after: std::time::Duration::from_secs(4) });
    }

    /// Shows a warning until Esc.
    pub(super) fn warn(&mut self, text: impl Into<String>) {
        let text = text.into();
        if self.notice.as_ref().is_some_and(|notice| notice.warning && notice.text == text) {
            // It stands there still: the log has it.
            return;
        }
        self.log_down(text.clone(), Severity::Warning);
        self.notice = Some(Notice { text, warning: true });
    }

    /// Brief beneath its title: the list, and the rows on what is found under the cursor, if anything is
    /// and there is room.
    pub fn brief_parts(&self) -> (Area, Area) {
        let body = self.regions.brief_body();
        if self.citing().is_some() {
            // What is offered lies over the lowest rows.
            let covered = u16::try_from(self.cite_rows() + 1).unwrap_or(u16::MAX);
            return (body.split_bottom(covered.min(body.height.saturating_sub(1))).0, Area::default());
        }
        if body.height < 9 || self.focus != Pane::Brief || !matches!(self.mode, Mode::Browse | Mode::Line(_)) {
            return (body, Area::default());
        }
        let rows = u16::try_from(self.told(usize::from(body.width.saturating_sub(2))).len()).unwrap_or(u16::MAX);
        if rows == 0 {
            return (body, Area::default());
        }
        body.split_bottom(rows.saturating_add(1).min((body.height / 3).clamp(4, 9)))
    }

    /// Where the cursors are now.
    pub fn spot(&self) -> Spot {
        Spot { pane: self.focus, fact: self.facts.focused(), item: self.brief.cursor }
    }
}

/// The words for a failed write.
pub(super) fn fault_words(fault: &SaveFault) -> String {
    match fault {
        SaveFault::Changed => "changed on disk".to_owned(),
        SaveFault::Failed(reason) => reason.clone(),
    }
}
