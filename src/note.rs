//! The note: what goes out, composed from the desk, a template and a draft.
//!
//! [`compose`] is a pure function: the same inputs give the same bytes, whatever the clock, the
//! locale, the folder or the order of files. The [`Formatter`] only remembers what it formatted.

mod cite;
mod compose;
mod csl;
mod flavour;
pub mod furniture;
mod inline;
mod item;
mod numbered;
mod pandoc;
mod plain;
mod polish;
mod portion;
mod recommendations;
mod reference;
mod source_summary;
mod table;
mod variables;
mod words;

use crate::draft::Draft;
use crate::finding::Finding;
use crate::model::{Desk, Edtf};
use crate::template::Template;

pub use compose::compose;
pub(crate) use csl::warm_up;
pub use csl::{Formatter, StyleError, check_style, find_style, style_names, style_text};
pub use flavour::Flavour;
pub use reference::{Reference, reference};

/// What a note is made from.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The facts and their sources.
    pub desk: &'a Desk,
    /// The kind of note.
    pub template: &'a Template,
    /// The writer's text.
    pub draft: &'a Draft,
    /// The draft's file, relative to the desk, for findings.
    pub path: &'a str,
    /// A citation style in place of the draft's and the template's.
    pub style: Option<&'a str>,
    /// The text format.
    pub flavour: Flavour,
}

/// A composed note.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    /// The Markdown or plain text, ready to go out.
    pub text: String,
    /// What could not be done as the draft asks: unknown references, styles, sources.
    pub findings: Vec<Finding>,
    /// Words of prose, without masthead, footnotes and bibliography.
    pub words: usize,
    /// For each section of the draft that printed, its id and the byte where it starts in `text`; not
    /// in plain text.
    pub sections: Vec<(String, usize)>,
}

/// What a required section or field that is still empty prints.
pub const TO_BE_COMPLETED: &str = "*[to be completed]*";

impl Request<'_> {
    /// The language of the note: the draft's, else the template's, else the desk's, else English.
    pub fn language(&self) -> &str {
        self.draft.language(self.template, self.desk.settings())
    }

    /// The citation style: asked for, else the draft's, else the template's.
    pub fn style_name(&self) -> &str {
        self.style.or(self.draft.front().citations.as_deref()).unwrap_or(&self.template.citations)
    }

    /// A date of the front matter as it prints; as written if it is no date.
    pub fn print_date(&self, written: &str) -> String {
        match written.trim().parse::<Edtf>() {
            Ok(date) => date.format(&self.template.date_format, self.language()),
            Err(_) => written.trim().to_owned(),
        }
    }

    /// The information cut-off: the draft's, else the latest of the events in use.
    pub fn as_of(&self) -> Option<String> {
        if let Some(written) = &self.draft.front().as_of {
            return Some(written.clone());
        }
        let cited = self.draft.sections().iter().flat_map(|s| &s.blocks).flat_map(|b| &b.citations);
        let events = cited.flat_map(|c| &c.items).filter_map(|item| match &item.key {
            crate::markdown::CitationKey::Fact { event, .. } => self.desk.event(event),
            crate::markdown::CitationKey::Source(_) => None,
        });
        events.filter_map(|e| e.as_of).max_by_key(Edtf::latest).map(|date| date.to_string())
    }
}
