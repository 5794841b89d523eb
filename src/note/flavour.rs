//! In which text format a note goes out.

use super::words;
use crate::model::fact::words;

/// The text formats of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum Flavour {
    /// GitHub-flavoured Markdown: footnotes and tables.
    #[default]
    Gfm,
    /// CommonMark alone: numbered notes at the end, tables as lists.
    CommonMark,
    /// Pandoc's Markdown: citations kept for `pandoc --citeproc`, with their references.
    Pandoc,
    /// Plain text for e-mail, wrapped.
    Plain,
}

words! { Flavour "format of a note" {
    Gfm = "gfm", CommonMark = "commonmark", Pandoc = "pandoc", Plain = "plain",
} }

impl Flavour {
    /// What a note's file is called after its draft's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Gfm => ".md",
            Self::CommonMark => ".commonmark.md",
            Self::Pandoc => ".pandoc.md",
            Self::Plain => ".txt",
        }
    }

    /// Whether the format has syntax for footnotes.
    pub(super) fn has_footnotes(self) -> bool {
        matches!(self, Self::Gfm | Self::Pandoc)
    }

    /// Whether the format has syntax for tables.
    pub(super) fn has_tables(self) -> bool {
        matches!(self, Self::Gfm | Self::Pandoc)
    }

    /// The mark of a note in the text.
    pub(super) fn mark(self, number: usize) -> String {
        if self.has_footnotes() { format!("[^{number}]") } else { format!("\\[{number}\\]") }
    }

    /// The notes as they stand at the end; empty without any.
    pub(super) fn notes(self, notes: &[String], language: &str) -> Vec<String> {
        if notes.is_empty() {
            return Vec::new();
        }
        let one = |(number, text): (usize, &String)| {
            if self.has_footnotes() { format!("[^{number}]: {text}") } else { format!("{number}. {text}") }
        };
        let list = (1..).zip(notes).map(one).collect::<Vec<_>>().join("\n");
        if self.has_footnotes() { vec![list] } else { vec![format!("## {}", words::of(language).notes), list] }
    }
}
