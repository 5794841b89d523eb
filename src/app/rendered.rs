//! A note's Markdown as lines of styled text, wrapped at a width; no terminal named.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::wrap;

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
    /// A heading.
    pub heading: bool,
    /// A link or a footnote's number.
    pub link: bool,
    /// Furniture: markers, rules, raw HTML.
    pub dim: bool,
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
    /// The pieces.
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

/// The Markdown rendered.
pub fn render(markdown: &str, width: usize, ascii: bool) -> Vec<RenderedLine> {
    let mut renderer = Renderer::new(width.max(1), ascii);
    for (event, range) in crate::markdown::parse(markdown) {
        renderer.event(event, range);
    }
    renderer.flush();
    while renderer.lines.last().is_some_and(|l| l.spans.is_empty()) {
        renderer.lines.pop();
    }
    renderer.lines
}

/// What stands left of a block's lines: once, then as often as needed.
struct Margin {
    first: Option<Span>,
    rest: String,
    dim: bool,
}

#[derive(Default)]
struct TableState {
    rows: Vec<Vec<Vec<Span>>>,
    aligned: Vec<Alignment>,
}

struct Renderer {
    width: usize,
    ascii: bool,
    lines: Vec<RenderedLine>,
    inline: Vec<Span>,
    face: Face,
    margins: Vec<Margin>,
    lists: Vec<Option<u64>>,
    table: Option<TableState>,
    code: bool,
    offset: usize,
    blank: bool,
    tight: bool,
}

impl Renderer {
    fn new(width: usize, ascii: bool) -> Self {
        Self {
            width,
            ascii,
            lines: Vec::new(),
            inline: Vec::new(),
            face: Face::default(),
            margins: Vec::new(),
            lists: Vec::new(),
            table: None,
            code: false,
            offset: 0,
            blank: false,
            tight: false,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => self.code_lines(&text),
            Event::Text(text) => self.push(&text),
            Event::Code(text) => self.push_with(&text, Face { code: true, ..self.face }),
            Event::Html(text) | Event::InlineHtml(text) => {
                self.push_with(text.trim_end(), Face { dim: true, ..self.face });
            }
            Event::FootnoteReference(label) => {
                self.push_with(&format!("[{label}]"), Face { link: true, ..self.face });
            }
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.inline.push(Span { text: "\n".to_owned(), face: self.face }),
            Event::Rule => self.rule(range.start),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.begin(range.start),
            Tag::Heading { level, .. } => self.heading(*level, range.start),
            Tag::BlockQuote(_) => {
                self.separate();
                let bar = if self.ascii { "| " } else { "▎ " };
                self.margins.push(Margin { first: None, rest: bar.to_owned(), dim: true });
            }
            Tag::CodeBlock(kind) => self.code_block(kind, range.start),
            Tag::HtmlBlock => self.begin(range.start),
            Tag::List(first) => {
                self.flush();
                if self.lists.is_empty() {
                    self.separate();
                }
                self.lists.push(*first);
            }
            Tag::Item => self.item(range.start),
            Tag::FootnoteDefinition(label) => self.footnote(label, range.start),
            Tag::Table(aligned) => {
                self.begin(range.start);
                self.table = Some(TableState { rows: Vec::new(), aligned: aligned.clone() });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::Emphasis => self.face.italic = true,
            Tag::Strong => self.face.bold = true,
            Tag::Strikethrough => self.face.strike = true,
            Tag::Link { .. } | Tag::Image { .. } => self.face.link = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => {
                self.flush();
                self.blank = true;
            }
            TagEnd::Heading(_) => {
                self.face = Face::default();
                self.flush();
                self.blank = true;
            }
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                self.flush();
                self.margins.pop();
                self.blank = true;
            }
            TagEnd::CodeBlock => {
                self.code = false;
                self.margins.pop();
                self.blank = true;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
                self.blank = self.lists.is_empty();
            }
            TagEnd::Item => {
                self.flush();
                self.margins.pop();
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.inline);
                if let Some(row) = self.table.as_mut().and_then(|t| t.rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.end_table(),
            TagEnd::Emphasis => self.face.italic = false,
            TagEnd::Strong => self.face.bold = false,
            TagEnd::Strikethrough => self.face.strike = false,
            TagEnd::Link | TagEnd::Image => self.face.link = false,
            _ => {}
        }
    }

    /// Begins a block: writes what is pending, and a blank line if one is due.
    fn begin(&mut self, offset: usize) {
        self.flush();
        self.separate();
        self.offset = offset;
    }

    fn separate(&mut self) {
        // A marker that waits for its text wants it on its own line.
        let waiting = self.margins.last().is_some_and(|m| m.first.is_some());
        if self.blank && !waiting && !self.lines.is_empty() {
            let mut line = RenderedLine { spans: Vec::new(), offset: self.offset };
            line.spans.extend(self.margin(false));
            self.lines.push(line);
        }
        self.blank = false;
    }

    fn heading(&mut self, level: HeadingLevel, offset: usize) {
        self.begin(offset);
        self.face = Face { heading: true, bold: level <= HeadingLevel::H2, ..Face::default() };
        if level == HeadingLevel::H3 {
            self.face.bold = true;
        }
    }

    fn rule(&mut self, offset: usize) {
        self.begin(offset);
        let glyph = if self.ascii { "-" } else { "─" };
        self.push_with(&glyph.repeat(self.room()), Face { dim: true, ..Face::default() });
        self.flush();
        self.blank = true;
    }

    fn code_block(&mut self, _: &CodeBlockKind<'_>, offset: usize) {
        self.begin(offset);
        self.margins.push(Margin { first: None, rest: "    ".to_owned(), dim: true });
        self.code = true;
    }

    fn code_lines(&mut self, text: &str) {
        for line in text.lines() {
            self.push_with(line, Face { code: true, ..Face::default() });
            self.flush_line();
        }
    }

    fn item(&mut self, offset: usize) {
        self.flush();
        self.separate();
        self.offset = offset;
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let text = format!("{number}. ");
                *number += 1;
                text
            }
            _ if self.ascii => "* ".to_owned(),
            _ => "• ".to_owned(),
        };
        let rest = " ".repeat(wrap::width(&marker));
        let first = Some(Span { text: marker, face: Face { dim: true, ..Face::default() } });
        self.margins.push(Margin { first, rest, dim: false });
        self.tight = true;
    }

    fn footnote(&mut self, label: &str, offset: usize) {
        self.begin(offset);
        let text = format!("{}. ", wrap::display(label));
        let rest = " ".repeat(wrap::width(&text));
        let first = Some(Span { text, face: Face { link: true, ..Face::default() } });
        self.margins.push(Margin { first, rest, dim: false });
    }

    fn push(&mut self, text: &str) {
        self.push_with(text, self.face);
    }

    fn push_with(&mut self, text: &str, face: Face) {
        self.inline.push(Span { text: wrap::display(text).into_owned(), face });
    }

    fn room(&self) -> usize {
        let margin: usize = self.margins.iter().map(|m| wrap::width(&m.rest)).sum();
        self.width.saturating_sub(margin).max(1)
    }

    fn margin(&mut self, with_marker: bool) -> Vec<Span> {
        let mut spans = Vec::new();
        for margin in &mut self.margins {
            match margin.first.take_if(|_| with_marker) {
                Some(first) => spans.push(first),
                None => {
                    let face = Face { dim: margin.dim, ..Face::default() };
                    spans.push(Span { text: margin.rest.clone(), face });
                }
            }
        }
        spans
    }

    /// Writes the pending text as wrapped lines.
    fn flush(&mut self) {
        if self.table.is_some() {
            return;
        }
        if !self.inline.is_empty() {
            self.flush_line();
        }
    }

    fn flush_line(&mut self) {
        let inline = std::mem::take(&mut self.inline);
        let text: String = inline.iter().map(|s| s.text.as_str()).collect();
        for range in wrap::wrap(&text, self.room()) {
            let mut spans = self.margin(true);
            spans.extend(slice(&inline, range));
            self.lines.push(RenderedLine { spans, offset: self.offset });
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.table.take() else { return };
        let widths = column_widths(&table.rows, self.room());
        for (n, row) in table.rows.iter().enumerate() {
            self.table_row(row, &widths, &table.aligned, n == 0);
            if n == 0 {
                let glyph = if self.ascii { "-" } else { "─" };
                let cells: Vec<String> = widths.iter().map(|w| glyph.repeat(*w)).collect();
                let mut spans = self.margin(true);
                spans.push(Span { text: cells.join("  "), face: Face { dim: true, ..Face::default() } });
                self.lines.push(RenderedLine { spans, offset: self.offset });
            }
        }
        self.blank = true;
    }

    fn table_row(&mut self, row: &[Vec<Span>], widths: &[usize], aligned: &[Alignment], head: bool) {
        let cells: Vec<Vec<Vec<Span>>> = widths
            .iter()
            .enumerate()
            .map(|(column, width)| {
                let empty = Vec::new();
                let cell = row.get(column).unwrap_or(&empty);
                let text: String = cell.iter().map(|s| s.text.as_str()).collect();
                wrap::wrap(&text, *width).into_iter().map(|range| slice(cell, range)).collect()
            })
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let mut spans = self.margin(true);
            for (column, width) in widths.iter().enumerate() {
                let mut cell = cells[column].get(line).cloned().unwrap_or_default();
                trim_end(&mut cell);
                for span in &mut cell {
                    span.face.bold |= head;
                }
                let used: usize = cell.iter().map(|s| wrap::width(&s.text)).sum();
                let pad = width.saturating_sub(used);
                let left = match aligned.get(column) {
                    Some(Alignment::Right) => pad,
                    Some(Alignment::Center) => pad / 2,
                    _ => 0,
                };
                let gap = if column + 1 < widths.len() { 2 } else { 0 };
                spans.push(Span { text: " ".repeat(left), face: Face::default() });
                spans.extend(cell);
                spans.push(Span { text: " ".repeat(pad - left + gap), face: Face::default() });
            }
            self.lines.push(RenderedLine { spans, offset: self.offset });
        }
    }
}

fn trim_end(spans: &mut [Span]) {
    if let Some(last) = spans.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
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

/// Widths that fit: the natural ones, the widest cut down until all have room.
fn column_widths(rows: &[Vec<Vec<Span>>], room: usize) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cell_width = |cell: &Vec<Span>| cell.iter().map(|s| wrap::width(&s.text)).sum::<usize>();
    let mut widths: Vec<usize> = (0..columns)
        .map(|c| rows.iter().filter_map(|row| row.get(c)).map(cell_width).max().unwrap_or(0).max(1))
        .collect();
    let room = room.saturating_sub(2 * columns.saturating_sub(1)).max(columns);
    let mut over = widths.iter().sum::<usize>().saturating_sub(room);
    while over > 0 {
        let Some(widest) = (0..columns).max_by_key(|c| widths[*c]) else { break };
        let second = widths.iter().enumerate().filter(|(c, _)| *c != widest).map(|(_, w)| *w).max().unwrap_or(1);
        let cut = widths[widest].saturating_sub(second).clamp(1, over);
        if widths[widest] <= 1 {
            break;
        }
        widths[widest] = widths[widest].saturating_sub(cut).max(1);
        over = widths.iter().sum::<usize>().saturating_sub(room);
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(markdown: &str, width: usize) -> Vec<String> {
        render(markdown, width, false).iter().map(|l| l.text().trim_end().to_owned()).collect()
    }

    #[test]
    fn blocks_stand_apart_and_lists_stay_together() {
        let lines = text("# Title\n\nOne *two* **three**.\n\n- a\n- b\n  - c\n\n> said\n>\n> who\n", 40);
        assert_eq!(lines, ["Title", "", "One two three.", "", "• a", "• b", "  • c", "", "▎ said", "▎", "▎ who"]);
    }

    #[test]
    fn tables_fit_and_wrap() {
        let lines = text("| Date | What |\n| --- | --- |\n| 1 May | a very long cell indeed |\n", 20);
        assert_eq!(lines, ["Date   What", "─────  ─────────────", "1 May  a very long", "       cell indeed"]);
    }

    #[test]
    fn footnotes_and_breaks() {
        let lines = text("**To:** a\\\n**From:** b[^1]\n\n[^1]: Reuters, 1 May.\n", 40);
        assert_eq!(lines, ["To: a", "From: b[1]", "", "1. Reuters, 1 May."]);
    }

    #[test]
    fn no_width_and_no_text_breaks_it() {
        for width in 0..6 {
            render("> - 東京 `x`\n\n| 東京 | b |\n|-|-|\n| 1 | 👩‍🚀 |\n\n```\n東京\n```\n***\n", width, true);
        }
    }
}
