//! What keys mean at the moment, and what each meaning holds.

use super::cite::CitePicker;
use super::difference::Part;
use super::events::FactAsk;
use super::findings::Place;
use super::list::ListView;
use super::outline::{Outline, Typing};
use super::overview::Overview;
use super::questions::Questions;
use super::text_field::TextField;
use crate::draft::Draft;

/// What keys mean at the moment.
#[derive(Clone, Debug)]
pub enum Mode {
    /// Letters are commands.
    Browse,
    /// Letters are text of a block.
    Type(Box<Editor>),
    /// Letters are text of the last line.
    Line(Line),
    /// A list covers the panes or stands above the last line.
    List(ListView),
    /// A view covers the panes: coverage, the timeline, a fact in full.
    View(Box<Overview>),
    /// A question that needs an answer.
    Dialog(Dialog),
    /// What differs, seen from a question.
    Difference(Box<DifferenceView>),
}

/// The block being typed.
#[derive(Clone, Debug)]
pub struct Editor {
    /// The draft before the typing, without a heading that the new block needs.
    pub origin: Draft,
    /// The draft that the text goes into; every change is made to it anew, so that no state in between
    /// can move the block.
    pub base: Draft,
    /// The list of that draft.
    pub outline: Outline,
    /// Which block.
    pub at: Typing,
    /// Its text.
    pub field: TextField,
    /// What the history calls it.
    pub label: String,
    /// The field before each step of the draft's history that was typed here, oldest first.
    pub past: Vec<TextField>,
    /// The field behind each of them that was taken back, the last one first to come again.
    pub future: Vec<TextField>,
    /// The field before the run of typing that goes on; none after a pause.
    pub run: Option<TextField>,
    /// The facts offered behind an `@`.
    pub cite: Option<CitePicker>,
    /// The caret behind a bracket that a citation closed by itself: whoever opened it may close it too.
    pub closed: Option<usize>,
    /// Where the line begins whose list marker was written by itself.
    pub item: Option<usize>,
    /// The text that counts as nothing: the marker of a new item.
    pub blank: String,
}

/// The last line as a text field.
#[derive(Clone, Debug)]
pub struct Line {
    /// What is asked.
    pub kind: LineKind,
    /// The answer so far.
    pub field: TextField,
}

/// What the last line asks for.
#[derive(Clone, Debug)]
pub enum LineKind {
    /// A filter of the facts; Esc clears it.
    Filter,
    /// Words to find in Brief or Preview; where the search began.
    Search(usize),
    /// The number of a section.
    Section,
    /// The title, the date or a field of a brief.
    Question(Box<Questions>),
    /// A value of facts in their event files.
    Fact(Box<FactAsk>),
    /// Another name for the draft.
    DraftName,
    /// Another name for the note.
    NoteName,
    /// Why a finding is to be ignored.
    Reason {
        /// The rule.
        rule: &'static str,
        /// Where it is silenced.
        place: Place,
    },
}

/// A question: about a file that changed on disk, or before one is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// The draft.
    Draft,
    /// The note.
    Note,
    /// The draft, which another run of the program has.
    Held,
    /// Whether the draft is to be deleted for good.
    Delete,
}

/// How what is on disk differs from what is here.
#[derive(Clone, Debug)]
pub struct DifferenceView {
    /// The question it was seen from.
    pub which: Dialog,
    /// The request for the other side's text.
    pub request: u64,
    /// The difference, once that text is read.
    pub parts: Option<Vec<Part>>,
    /// The first row shown.
    pub top: usize,
}
