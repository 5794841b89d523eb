//! A note's Markdown as lines of styled text, wrapped at a width; no terminal named.

mod numbers;
mod renderer;
mod table;

use std::ops::Range;

use super::wrap;
use renderer::Renderer;

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Face {
    /// Strong.
    pub bold: bool,
    /// Emphasis.
    pub italic: bool,
    /// Struck out.
    pub strike: bool,
    /// Code.
    pub code: bool,
    /// A heading of this level; 0 for none.
    pub heading: u8,
    /// A link.
    pub link: bool,
    /// A footnote's mark.
    pub mark: bool,
    /// Furniture: markers, rules, addresses, raw HTML.
    pub dim: bool,
}

impl Face {
    /// The look of furniture.
    const DIM: Self = Self {
        dim: true,
        bold: false,
        italic: false,
        strike: false,
        code: false,
        heading: 0,
        link: false,
        mark: false,
    };
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The text, safe to draw.
    pub text: String,
    /// How it looks.
    pub face: Face,
}

/// A line, and the byte of the Markdown at which its block begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenderedLine {
    /// The pieces; none in a blank line.
    pub spans: Vec<Span>,
    /// Where it comes from.
    pub offset: usize,
}

impl RenderedLine {
    /// The text of the line.
    pub fn text(&self) -> String {
        self.spans.iter().map(|s| s.text.as_str()).collect()
    }
}

/// The Markdown itself, wrapped.
pub fn raw(markdown: &str, width: usize) -> Vec<RenderedLine> {
    let mut lines = Vec::new();
    let mut offset = 0;
    for line in markdown.lines() {
        let shown = wrap::display(line).into_owned();
        for range in wrap::wrap(&shown, width) {
            let text = shown.get(range).unwrap_or_default().to_owned();
            lines.push(RenderedLine { spans: vec![Span { text, face: Face::default() }], offset });
        }
        offset += line.len() + 1;
    }
    lines
}

/// The Markdown rendered. No line is wider than `width`, but for a glyph that is wider by itself.
pub fn render(markdown: &str, width: usize, ascii: bool) -> Vec<RenderedLine> {
    let events: Vec<_> = crate::markdown::parse_with_boxes(markdown).collect();
    let mut renderer = Renderer::new(width.max(1), ascii, numbers::widest(&events));
    for (event, range) in events {
        renderer.event(event, range);
    }
    renderer.finish()
}

/// The columns of styled text.
fn width(spans: &[Span]) -> usize {
    spans.iter().map(|s| wrap::width(&s.text)).sum()
}

/// The text of its pieces, joined.
fn joined(spans: &[Span]) -> String {
    spans.iter().map(|s| s.text.as_str()).collect()
}

/// Styled text in lines of at most `room` columns.
fn wrapped(spans: &[Span], room: usize) -> Vec<Vec<Span>> {
    wrap::wrap(&joined(spans), room).into_iter().map(|range| trimmed(slice(spans, range))).collect()
}

/// Without spaces at the end, which would be underlined with a link or hang over the edge.
fn trimmed(mut spans: Vec<Span>) -> Vec<Span> {
    while let Some(last) = spans.last_mut() {
        last.text.truncate(last.text.trim_end_matches(' ').len());
        if !last.text.is_empty() {
            break;
        }
        spans.pop();
    }
    spans
}

/// The part of styled text that lies in a byte range of its joined text.
fn slice(spans: &[Span], range: Range<usize>) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    for span in spans {
        let end = start + span.text.len();
        let from = range.start.max(start);
        let to = range.end.min(end);
        if let Some(text) = span.text.get(from.saturating_sub(start)..to.saturating_sub(start)).filter(|_| from < to) {
            out.push(Span { text: text.to_owned(), face: span.face });
        }
        start = end;
    }
    out
}

#[cfg(test)]
mod tests;
