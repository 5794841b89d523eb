//! Inline text as a run of characters, each knowing where it stands and whether it is syntax.
//!
//! Citations are not CommonMark, so they have to be found in what the parser calls text, and only
//! there: not in code, HTML, links, entities or escapes. A run is the inline content of one leaf
//! block, with line prefixes (`> `, indentation) left out.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::parser::parse;

/// What the Markdown parser made of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Ordinary text: it may be citation syntax.
    Plain,
    /// A delimiter such as `*`: text for our purposes, but no citation syntax.
    Delimiter,
    /// Code, HTML, a link, an entity or an escaped character.
    Opaque,
}

/// A character of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Byte offset in the text.
    pub at: usize,
    /// The character; a line break is a space.
    pub ch: char,
    /// What the parser made of it.
    pub class: Class,
}

impl Token {
    /// Is this the given character as syntax?
    pub(super) fn is(&self, ch: char) -> bool {
        self.class == Class::Plain && self.ch == ch
    }
}

/// The inline runs of a text, one for each leaf block, in order.
pub(super) fn runs(text: &str) -> Vec<Vec<Token>> {
    let mut reader = Reader { text, runs: Vec::new(), run: Vec::new(), cursor: None, after_break: false };
    let mut raw_blocks = 0usize;
    let mut links = 0usize;
    for (event, range) in parse(text) {
        match event {
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) if links == 0 => reader.gap(range.start),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) if links == 0 => {
                reader.gap(range.end);
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                if links == 0 {
                    reader.push(range, Class::Opaque);
                }
                links += 1;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => links = links.saturating_sub(1),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            Event::Start(tag) => {
                raw_blocks += usize::from(matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock));
                reader.flush();
            }
            Event::End(tag) => {
                raw_blocks =
                    raw_blocks.saturating_sub(usize::from(matches!(tag, TagEnd::CodeBlock | TagEnd::HtmlBlock)));
                reader.flush();
            }
            _ if links > 0 || raw_blocks > 0 => {}
            Event::Text(content) => reader.text(&content, range),
            Event::SoftBreak | Event::HardBreak => reader.line_break(range),
            Event::Rule => reader.flush(),
            _ => reader.push(range, Class::Opaque),
        }
    }
    reader.flush();
    reader.runs
}

struct Reader<'a> {
    text: &'a str,
    runs: Vec<Vec<Token>>,
    run: Vec<Token>,
    /// End of what was read of the current run.
    cursor: Option<usize>,
    /// What follows a line break, up to the next event, is a line prefix.
    after_break: bool,
}

impl Reader<'_> {
    fn flush(&mut self) {
        if !self.run.is_empty() {
            self.runs.push(std::mem::take(&mut self.run));
        }
        self.cursor = None;
        self.after_break = false;
    }

    /// Takes the bytes no event covers: delimiters and the backslashes of escapes.
    fn gap(&mut self, to: usize) {
        if let Some(from) = self.cursor
            && !self.after_break
            && let Some(between) = self.text.get(from..to)
        {
            self.run.extend(between.char_indices().map(|(i, ch)| Token {
                at: from + i,
                ch,
                class: if ch == '\\' { Class::Opaque } else { Class::Delimiter },
            }));
        }
        self.after_break = false;
        self.cursor = Some(self.cursor.map_or(to, |from| from.max(to)));
    }

    fn push(&mut self, range: Range<usize>, class: Class) {
        self.gap(range.start);
        if let Some(slice) = self.text.get(range.clone()) {
            self.run.extend(slice.char_indices().map(|(i, ch)| Token { at: range.start + i, ch, class }));
        }
        self.cursor = Some(range.end);
    }

    fn text(&mut self, content: &str, range: Range<usize>) {
        // An escaped character's backslash is in no event: it is the byte before, not yet read.
        let escaped = range.start > self.cursor.unwrap_or(0)
            && !self.after_break
            && self.text.as_bytes().get(range.start.wrapping_sub(1)) == Some(&b'\\');
        let verbatim = self.text.get(range.clone()) == Some(content);
        self.push(range, if verbatim { Class::Plain } else { Class::Opaque });
        if escaped && verbatim {
            let first = self.run.len().saturating_sub(content.chars().count());
            if let Some(token) = self.run.get_mut(first) {
                token.class = Class::Opaque;
            }
        }
    }

    fn line_break(&mut self, range: Range<usize>) {
        self.gap(range.start);
        self.run.push(Token { at: range.start, ch: ' ', class: Class::Plain });
        self.cursor = Some(range.end);
        self.after_break = true;
    }
}
