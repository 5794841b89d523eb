//! The words of a block as they print, each knowing where it stands in the draft.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::markdown::{Citation, parse};

/// Visible text without citations, code, HTML and footnote marks. Paragraphs, items and cells end
/// with a line feed, a soft line break is a space, a hard one U+2028 (white space too).
#[derive(Debug, Default)]
pub(in crate::check) struct Prose {
    pub(in crate::check) text: String,
    pieces: Vec<Piece>,
}

/// The source of a piece that only marks where a code block begins.
const CODE: Range<usize> = usize::MAX..usize::MAX;

/// A run of text that stands in the draft, character by character if `verbatim`.
#[derive(Debug)]
struct Piece {
    start: usize,
    source: Range<usize>,
    verbatim: bool,
}

impl Prose {
    /// Reads a block that begins at byte `base` of the draft; `citations` have the draft's ranges.
    pub(in crate::check) fn of(markdown: &str, base: usize, citations: &[Citation]) -> Self {
        let mut prose = Self::default();
        for (event, range) in parse(markdown) {
            let (start, end) = (range.start + base, range.end + base);
            match event {
                Event::Text(content) => prose.push_outside(&content, start, end, citations),
                Event::SoftBreak => prose.space(),
                Event::HardBreak => prose.text.push('\u{2028}'),
                Event::Code(_) => prose.text.push(' '),
                Event::Start(Tag::CodeBlock(_)) => {
                    // The text events of a code block are no prose; see below.
                    prose.pieces.push(Piece { start: prose.text.len(), source: CODE, verbatim: false });
                }
                Event::End(TagEnd::CodeBlock) => prose.drop_code(),
                Event::Start(Tag::Paragraph | Tag::Item | Tag::BlockQuote(_) | Tag::List(_)) => prose.end_line(),
                Event::End(tag) if !is_inline(tag) => prose.end_line(),
                _ => {}
            }
        }
        prose
    }

    /// The byte of the draft at which a byte of the text stands; of what stands for a line end, where that is.
    pub(in crate::check) fn offset(&self, at: usize) -> usize {
        let Some(piece) = self.piece(at) else { return 0 };
        if piece.verbatim {
            (piece.source.start + (at - piece.start)).min(piece.source.end)
        } else {
            piece.source.start
        }
    }

    /// The bytes of the draft in which a part of the text stands.
    pub(in crate::check) fn span(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.offset(range.start);
        let words = self.text.get(range.clone()).unwrap_or_default();
        let last = words.char_indices().next_back().map(|(at, c)| (range.start + at, c));
        let end = last.and_then(|(at, c)| {
            let piece = self.piece(at)?;
            let end = if piece.verbatim { piece.source.start + (at - piece.start) + c.len_utf8() } else { usize::MAX };
            Some(end.min(piece.source.end))
        });
        start..end.unwrap_or(start).max(start)
    }

    /// The piece in which a byte of the text stands, or behind which.
    fn piece(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|p| p.start <= at);
        after.checked_sub(1).and_then(|i| self.pieces.get(i))
    }

    fn push_outside(&mut self, content: &str, start: usize, end: usize, citations: &[Citation]) {
        let verbatim = content.len() == end - start;
        if !verbatim {
            let inside = citations.iter().any(|c| c.range.start <= start && end <= c.range.end);
            if !inside {
                self.push(content, start..end, false);
            }
            return;
        }
        let mut at = start;
        for citation in citations.iter().filter(|c| c.range.start < end && start < c.range.end) {
            if let Some(before) = content.get(at - start..citation.range.start.max(at) - start) {
                self.push(before, at..citation.range.start.max(at), true);
            }
            if citation.range.start >= start {
                self.text.truncate(self.text.trim_end_matches(' ').len());
            }
            at = citation.range.end.clamp(at, end);
        }
        self.push(content.get(at - start..).unwrap_or_default(), at..end, true);
    }

    fn push(&mut self, text: &str, source: Range<usize>, verbatim: bool) {
        if !text.is_empty() {
            self.pieces.push(Piece { start: self.text.len(), source, verbatim });
            self.text.push_str(text);
        }
    }

    fn space(&mut self) {
        if !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn drop_code(&mut self) {
        if let Some(i) = self.pieces.iter().rposition(|p| p.source == CODE)
            && let Some(piece) = self.pieces.get(i)
        {
            self.text.truncate(piece.start);
            self.pieces.truncate(i);
        }
        self.end_line();
    }
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::citations;

    fn prose(markdown: &str) -> Prose {
        Prose::of(markdown, 0, &citations(markdown))
    }

    #[test]
    fn citations_and_code_are_left_out_and_places_are_kept() {
        let markdown = "- Said “one\n  two” [@e#f], *not* `x y` &amp; more\n\n      code\n";
        let p = prose(markdown);
        assert_eq!(p.text, "Said “one two”, not   & more\ncode\n".replace("code\n", ""));
        for word in ["Said", "two", "not", "more"] {
            assert_eq!(p.offset(p.text.find(word).unwrap()), markdown.find(word).unwrap(), "{word}");
        }
    }

    #[test]
    fn quotes_are_lines() {
        assert_eq!(prose("> “a\n> b”\n>\n> Mao\\\n> Ning [@e#f]").text, "“a b”\nMao\u{2028}Ning\n");
    }
}
