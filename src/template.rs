//! Briefing templates: a Markdown document that describes a kind of note.
//!
//! Its front matter says what the note needs, its headings are the sections, the block quote
//! under a heading is guidance. `docs/template-format.md` is the format's contract.

mod attributes;
mod page;
mod parse;

use crate::model::marking::Scheme;
use crate::model::{FactKind, FactUse, Priority};

pub(crate) use attributes::labels;
pub use page::page;
pub use parse::{TemplateShape, parse};

/// The date format of a template that names none.
pub const DATE_FORMAT: &str = "%-d %B %Y";
/// The citation style of a template that names none.
pub const CITATIONS: &str = "chicago-notes";

/// A kind of briefing note.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Template {
    /// The name by which drafts call it: the file's stem.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// What it is for, one line.
    pub description: String,
    /// The file it came from, relative to the desk; built-in ones have a path too.
    pub path: String,
    /// A CSL style id, or `none`.
    pub citations: String,
    /// How dates are printed, in strftime's terms.
    pub date_format: String,
    /// The language of notes made from it (BCP 47).
    pub language: Option<String>,
    /// After how many days the information is stale.
    pub stale_after: Option<u32>,
    /// Whether footnotes tell the Admiralty grade of their sources.
    pub grades: bool,
    /// What the writer is asked for.
    pub fields: Vec<Field>,
    /// How many words a note may have.
    pub max_words: Option<u32>,
    /// Whether each part of a note leads with its marking.
    pub portion_marks: PortionMarks,
    /// The public guidance it is modelled on.
    pub based_on: Vec<String>,
    /// MiniJinja text before the first section.
    pub masthead: String,
    /// The sections, in order.
    pub sections: Vec<SectionSpec>,
    /// MiniJinja text after the last thematic break.
    pub colophon: String,
}

impl Template {
    /// The section with this id.
    pub fn section(&self, id: &str) -> Option<&SectionSpec> {
        self.sections.iter().find(|s| s.id == id)
    }

    /// The ids and heading levels of all sections, which is what a draft is read with.
    pub fn outline(&self) -> Vec<(String, u8)> {
        self.sections.iter().map(|s| (s.id.clone(), s.level)).collect()
    }
}

/// A value that the writer is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Field {
    /// The key in the draft's front matter.
    pub id: String,
    /// The label shown.
    pub label: String,
    /// Whether the note is incomplete without it.
    pub required: bool,
    /// Whether it is a list: one text is then taken apart at `;`.
    pub list: bool,
}

/// Whether each part of a note leads with its marking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PortionMarks {
    /// No.
    #[default]
    None,
    /// In the scheme of the note's own marking.
    OfTheNote,
    /// In this scheme.
    Of(&'static Scheme),
}

/// One section of a template.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SectionSpec {
    /// The id: of the heading, else the slug of its text.
    pub id: String,
    /// The heading's Markdown without attributes.
    pub title: String,
    /// The heading's level, 1 to 6.
    pub level: u8,
    /// The form its blocks take.
    pub form: Form,
    /// What its blocks are for, where the form alone does not say it.
    pub role: Role,
    /// The boxes to tick under each recommendation.
    pub boxes: Vec<String>,
    /// Whether its heading stays in the draft and does not print.
    pub untitled: bool,
    /// Whether the note is incomplete without it.
    pub required: bool,
    /// The kinds of fact that filling by rule may put here; `None` when the rule names none.
    pub accepts: Option<Accepts>,
    /// Tags of which a fact must have one.
    pub tags: Vec<String>,
    /// Only facts of this priority.
    pub priority: Option<Priority>,
    /// Only facts of this use.
    pub usage: Option<FactUse>,
    /// The order in which filling places facts.
    pub order: Order,
    /// How many facts filling places at most.
    pub limit: Option<u32>,
    /// How many words the section may have.
    pub max_words: Option<u32>,
    /// What the writer should know, Markdown.
    pub guidance: String,
}

impl SectionSpec {
    /// Whether filling by rule touches this section.
    pub fn fills(&self) -> bool {
        !self.form.is_automatic() && (self.accepts.is_some() || !self.tags.is_empty() || self.priority.is_some())
    }

    /// Whether what stands here may be said in public: lines to take, and answers.
    pub fn is_spoken(&self) -> bool {
        self.role == Role::Lines || self.form == Form::Qa
    }

    /// Whether a fact of this use may be filled in here.
    pub fn allows(&self, usage: FactUse) -> bool {
        self.usage.is_none_or(|only| only == usage) && !(self.is_spoken() && usage == FactUse::NotForUse)
    }

    /// Whether a fact of this kind belongs here by the section's own rule.
    pub fn takes(&self, kind: FactKind) -> bool {
        match &self.accepts {
            None | Some(Accepts::Any) => true,
            Some(Accepts::Kinds(kinds)) => kinds.contains(&kind),
        }
    }
}

/// The kinds of fact a section accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepts {
    /// All.
    Any,
    /// These.
    Kinds(Vec<FactKind>),
}

/// The form that a section's blocks take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum Form {
    /// Paragraphs.
    #[default]
    Prose,
    /// A bulleted list.
    Bullets,
    /// A numbered list.
    Numbered,
    /// Block quotes with attribution.
    Quotes,
    /// A chronology: list items in the draft, a table in the note.
    Table,
    /// Questions with answers.
    Qa,
    /// The bibliography.
    Sources,
    /// A paragraph on the sources as a whole (ICD 206 source summary statement).
    SourceSummary,
}

impl Form {
    /// The form that a heading class names.
    pub fn of_class(class: &str) -> Option<Self> {
        Some(match class {
            "prose" => Self::Prose,
            "bullets" => Self::Bullets,
            "numbered" => Self::Numbered,
            "quotes" => Self::Quotes,
            "table" => Self::Table,
            "qa" => Self::Qa,
            "sources" => Self::Sources,
            "source-summary" => Self::SourceSummary,
            _ => return None,
        })
    }

    /// Whether the section writes itself, so that it takes no facts.
    pub fn is_automatic(self) -> bool {
        matches!(self, Self::Sources | Self::SourceSummary)
    }
}

/// What the blocks of a section are for, where their form alone does not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum Role {
    /// No more than the form says.
    #[default]
    Plain,
    /// Numbered asks with boxes to tick.
    Recommendations,
    /// Paragraphs numbered through the note.
    Paragraphs,
    /// Lines to take: bullets that may be said in public.
    Lines,
}

impl Role {
    /// The role that a heading class names, and the form that comes with it.
    pub fn of_class(class: &str) -> Option<(Self, Form)> {
        Some(match class {
            "recommendations" => (Self::Recommendations, Form::Numbered),
            "paragraphs" => (Self::Paragraphs, Form::Prose),
            "lines" => (Self::Lines, Form::Bullets),
            _ => return None,
        })
    }
}

/// Every class a section heading may have.
pub const CLASSES: &[&str] = &[
    "prose",
    "paragraphs",
    "bullets",
    "lines",
    "numbered",
    "recommendations",
    "quotes",
    "table",
    "qa",
    "sources",
    "source-summary",
    "untitled",
    "required",
];
/// Every option a section heading may have.
pub const OPTIONS: &[&str] = &["accepts", "tags", "priority", "order", "limit", "max-words", "boxes", "use"];

/// The order in which filling places facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Order {
    /// As found: by priority where a limit makes a choice, else by file.
    #[default]
    AsPlaced,
    /// Oldest first.
    Date,
    /// Must before should before could.
    Priority,
    /// By the name of the source.
    Source,
}

crate::model::fact::words! { Order "order" {
    AsPlaced = "as-placed", Date = "date", Priority = "priority", Source = "source",
} }
