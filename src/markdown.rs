//! Markdown as Attaché reads and writes it.
//!
//! One parser set-up ([`options`]) serves the whole program, so that every part agrees on what is a
//! block, a heading attribute, a code span or a citation. All ranges are byte ranges into the text
//! that was given, which is never copied or normalised.

mod blocks;
mod citation;
mod escape;
mod inline;
mod locator;
mod parser;
mod slug;
mod words;

pub use blocks::{Block, BlockKind, split};
pub use citation::{Citation, CitationItem, CitationKey, InvalidKey, citations};
pub use escape::{escape, escape_cell, escape_within};
pub use parser::{Events, options, parse, parse_with_boxes};
pub use slug::slug;
pub use words::{plain_text, word_count};

#[cfg(test)]
pub(crate) mod tests {
    pub(crate) use super::blocks::tests::markdown_like;
}
