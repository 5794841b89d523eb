//! A draft: the writer's text, and an index into it.
//!
//! The text is the truth. A [`Draft`] never changes and never prints from its index, so reading and
//! writing a file keeps every byte; an edit splices bytes and reads the new text again.

pub mod attribution;
mod edit;
mod field;
mod fill;
mod form;
mod front;
mod history;
pub mod journal;
mod layout;
pub mod merge;
mod numbers;
mod parse;
pub mod place;
mod restructure;
mod start;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::markdown::{BlockKind, Citation};

pub use edit::BlockPosition;
pub use field::FieldValue;
pub use fill::{Filled, fill};
pub use form::Form;
pub use front::{DraftShape, FrontMatter, FrontMatterProblem};
pub use history::{History, Step};
pub use place::cited_facts;
pub use start::{Start, outline_text};

/// A text with front matter and sections.
#[derive(Debug, Clone)]
pub struct Draft {
    text: Arc<str>,
    template: Arc<[(String, u8)]>,
    front: Arc<FrontMatter>,
    /// Read when they are first asked for, and once for all copies: while a writer types, that is
    /// somebody else's work.
    sections: Arc<OnceLock<Vec<Section>>>,
}

impl Draft {
    /// The text, byte for byte as it was read or edited.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, to be kept without copying it.
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// What the front matter says.
    pub fn front(&self) -> &FrontMatter {
        &self.front
    }

    /// The sections in the text's order.
    pub fn sections(&self) -> &[Section] {
        self.sections.get_or_init(|| parse::sections(&self.text, self.front.range.end, &self.template))
    }

    /// The block at a position.
    pub fn block(&self, at: BlockPosition) -> Option<&DraftBlock> {
        self.sections().get(at.section)?.blocks.get(at.index)
    }

    /// The Markdown of the block at a position.
    pub fn block_text(&self, at: BlockPosition) -> Option<&str> {
        self.text.get(self.block(at)?.range.clone())
    }

    /// Reads another text by the same template.
    pub fn with_text(&self, text: &str) -> Self {
        Self::read(text.into(), Arc::clone(&self.template))
    }
}

/// A part of a draft under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The template's id, the heading's own id, or the slug of its title; empty before the first heading.
    pub id: String,
    /// The heading; `None` for what stands before the first one.
    pub heading: Option<Range<usize>>,
    /// The heading's level, 0 without a heading.
    pub level: u8,
    /// The heading's visible text.
    pub title: String,
    /// Is it one of the template's sections?
    pub known: bool,
    /// Citations in the heading.
    pub heading_citations: Vec<Citation>,
    /// The blocks under the heading, deeper headings that are not the template's included.
    pub blocks: Vec<DraftBlock>,
    /// From the heading to the next section or the end of the text.
    pub range: Range<usize>,
}

/// A block of a draft; all ranges are in the draft's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftBlock {
    /// The block's lines, without the last line end.
    pub range: Range<usize>,
    /// What it is.
    pub kind: BlockKind,
    /// Its citations, in order.
    pub citations: Vec<Citation>,
}

#[cfg(test)]
mod edit_props;
#[cfg(test)]
mod edit_tests;
#[cfg(test)]
mod front_tests;
#[cfg(test)]
mod parse_tests;
#[cfg(test)]
mod restructure_tests;
