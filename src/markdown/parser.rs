//! The one set-up of pulldown-cmark.

use pulldown_cmark::{OffsetIter, Options, Parser};

/// The events of a text, each with its byte range.
pub type Events<'a> = OffsetIter<'a>;

/// What Attaché understands beyond CommonMark: tables, footnotes, strikethrough and heading attributes.
///
/// Smart punctuation is off because a quotation must keep its characters; mathematics because `$` is
/// money here; metadata blocks because the front matter is cut off before the body is parsed.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// Parses a text into events with byte ranges.
pub fn parse(text: &str) -> Events<'_> {
    Parser::new_ext(text, options()).into_offset_iter()
}

/// The same, with boxes to tick told from text, as a reader of the note sees them.
pub fn parse_with_boxes(text: &str) -> Events<'_> {
    Parser::new_ext(text, options() | Options::ENABLE_TASKLISTS).into_offset_iter()
}
