//! Markdown's events one by one into lines: margins, spacing, marks.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::numbers::{Digits, is_number, raised};
use super::table::Table;
use super::{Face, RenderedLine, Span, joined, slice, trimmed};
use crate::app::wrap;

/// What stands left of a block's lines: once, then as often as needed.
struct Margin {
    first: Option<Span>,
    rest: Span,
    /// Of an item of a list.
    item: bool,
}

/// A list that has begun.
struct List {
    next: Option<u64>,
    digits: usize,
    /// Its items stand apart.
    loose: bool,
}

/// A link that has begun.
struct Link {
    address: String,
    /// The first piece of its text.
    from: usize,
}

/// Makes the lines.
pub(super) struct Renderer {
    width: usize,
    ascii: bool,
    digits: Digits,
    lists_begun: usize,
    lines: Vec<RenderedLine>,
    inline: Vec<Span>,
    /// Markers for which the margin has no room: they stand before the text.
    markers: Vec<Span>,
    face: Face,
    /// The faces around the one in force.
    faces: Vec<Face>,
    links: Vec<Link>,
    margins: Vec<Margin>,
    lists: Vec<List>,
    table: Option<Table>,
    code: bool,
    offset: usize,
    /// A blank line is due before the next block.
    blank: bool,
    /// The last block was a footnote.
    after_note: bool,
}

impl Renderer {
    pub(super) fn new(width: usize, ascii: bool, digits: Digits) -> Self {
        Self {
            width,
            ascii,
            digits,
            lists_begun: 0,
            lines: Vec::new(),
            inline: Vec::new(),
            markers: Vec::new(),
            face: Face::default(),
            faces: Vec::new(),
            links: Vec::new(),
            margins: Vec::new(),
            lists: Vec::new(),
            table: None,
            code: false,
            offset: 0,
            blank: false,
            after_note: false,
        }
    }

    /// The lines, once all events are taken.
    pub(super) fn finish(mut self) -> Vec<RenderedLine> {
        self.flush();
        while self.lines.last().is_some_and(|l| l.spans.is_empty()) {
            self.lines.pop();
        }
        self.lines
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => self.code_lines(&text),
            Event::Text(text) => self.push(&text, self.face),
            Event::Code(text) => self.push(&text, Face { code: true, ..self.face }),
            Event::InlineHtml(text) => self.push(&text, Face { dim: true, ..self.face }),
            Event::Html(text) => {
                if !self.inline.is_empty() {
                    self.break_line();
                }
                self.push(text.trim_end(), Face { dim: true, ..self.face });
            }
            Event::FootnoteReference(label) => self.mark(&label),
            Event::TaskListMarker(done) => self.tick_box(done),
            Event::SoftBreak => self.push(" ", self.face),
            Event::HardBreak => self.break_line(),
            Event::Rule => self.rule(range.start),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                if self.margins.last().is_some_and(|m| m.item)
                    && let Some(list) = self.lists.last_mut()
                {
                    list.loose = true;
                }
                self.begin(range.start);
            }
            Tag::HtmlBlock => self.begin(range.start),
            Tag::Heading { level, .. } => {
                self.begin(range.start);
                self.within(Face { heading: *level as u8, ..Face::default() });
            }
            Tag::BlockQuote(_) => {
                self.begin(range.start);
                self.margin(None, if self.ascii { "| " } else { "▎ " }, false);
            }
            Tag::CodeBlock(_) => {
                self.begin(range.start);
                self.margin(None, "  ", false);
                self.code = true;
            }
            Tag::List(first) => {
                self.flush();
                if self.lists.is_empty() {
                    self.separate();
                }
                let digits = self.digits.lists.get(self.lists_begun).copied().unwrap_or(0);
                self.lists_begun += 1;
                self.lists.push(List { next: *first, digits, loose: false });
            }
            Tag::Item => self.item(range.start),
            Tag::FootnoteDefinition(label) => self.footnote(label, range.start),
            Tag::Table(aligned) => {
                self.begin(range.start);
                self.flush_markers();
                self.table = Some(Table { rows: Vec::new(), aligned: aligned.clone() });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::Emphasis => self.within(Face { italic: true, ..self.face }),
            Tag::Strong => self.within(Face { bold: true, ..self.face }),
            Tag::Strikethrough => self.within(Face { strike: true, ..self.face }),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.links.push(Link { address: wrap::display(dest_url).into_owned(), from: self.inline.len() });
                self.within(Face { link: true, ..self.face });
            }
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
                self.without();
                self.flush();
                self.blank = true;
            }
            TagEnd::BlockQuote(_) | TagEnd::CodeBlock => {
                self.flush();
                self.code = false;
                self.margins.pop();
                self.blank = true;
            }
            TagEnd::FootnoteDefinition => {
                self.end_marked();
                self.blank = true;
                self.after_note = true;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
                self.blank = self.lists.last().is_none_or(|outer| outer.loose);
            }
            TagEnd::Item => self.end_marked(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.inline);
                if let Some(row) = self.table.as_mut().and_then(|t| t.rows.last_mut()) {
                    row.push(cell);
                }
            }
            TagEnd::Table => {
                let Some(table) = self.table.take() else { return };
                for line in table.lines(self.room(), self.ascii) {
                    self.line(line);
                }
                self.blank = true;
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.without(),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => {}
        }
    }

    fn within(&mut self, face: Face) {
        self.faces.push(std::mem::replace(&mut self.face, face));
    }

    fn without(&mut self) {
        self.face = self.faces.pop().unwrap_or_default();
    }

    /// Begins a block: writes what is pending, and a blank line if one is due.
    fn begin(&mut self, offset: usize) {
        self.flush();
        self.separate();
        self.offset = offset;
    }

    fn separate(&mut self) {
        // A marker that waits for its text wants it on its own line.
        let waiting = !self.markers.is_empty() || self.margins.last().is_some_and(|m| m.first.is_some());
        if self.blank && !waiting && !self.lines.is_empty() {
            let spans = self.margins.iter().map(|m| m.rest.clone()).collect();
            self.lines.push(RenderedLine { spans: trimmed(spans), offset: self.offset });
        }
        self.blank = false;
        self.after_note = false;
    }

    /// Adds a margin; at most half of the width is margin, so that text always has room.
    fn margin(&mut self, first: Option<Span>, rest: &str, item: bool) {
        let used: usize = self.margins.iter().map(|m| wrap::width(&m.rest.text)).sum();
        if used.saturating_add(wrap::width(rest)) <= self.width / 2 {
            self.margins.push(Margin { first, rest: Span { text: rest.to_owned(), face: Face::DIM }, item });
        } else {
            self.markers.extend(first);
            let rest = Span { text: String::new(), face: Face::DIM };
            self.margins.push(Margin { first: None, rest, item });
        }
    }

    fn item(&mut self, offset: usize) {
        self.begin(offset);
        let (marker, face) = match self.lists.last_mut() {
            Some(List { next: Some(number), digits, .. }) => {
                let text = format!("{number:>digits$}. ");
                *number = number.saturating_add(1);
                (text, Face::default())
            }
            _ if self.ascii => ("* ".to_owned(), Face::DIM),
            _ => ("• ".to_owned(), Face::DIM),
        };
        let rest = " ".repeat(wrap::width(&marker));
        self.margin(Some(Span { text: marker, face }), &rest, true);
    }

    /// A box to tick takes the bullet's place.
    fn tick_box(&mut self, done: bool) {
        let text = if done { "[x] " } else { "[ ] " };
        let used: usize = self.margins.iter().map(|m| wrap::width(&m.rest.text)).sum();
        let has_room = used.saturating_add(2) <= self.width / 2;
        let bullet = self.margins.last_mut().filter(|m| has_room && m.first.as_ref().is_some_and(|f| f.face.dim));
        match bullet {
            Some(margin) => {
                margin.first = Some(Span { text: text.to_owned(), face: Face::DIM });
                margin.rest.text = " ".repeat(text.len());
            }
            None => self.push(text, Face::DIM),
        }
    }

    fn footnote(&mut self, label: &str, offset: usize) {
        self.flush();
        // Footnotes follow one another as the items of a list do.
        self.blank &= !self.after_note;
        self.begin(offset);
        let digits = self.digits.notes;
        let text = format!("{:>digits$}. ", wrap::display(label));
        let rest = " ".repeat(wrap::width(&text));
        self.margin(Some(Span { text, face: Face { mark: true, ..Face::default() } }), &rest, false);
    }

    /// Ends an item or a footnote; one without text leaves its marker.
    fn end_marked(&mut self) {
        self.flush();
        self.flush_markers();
        if self.margins.last().is_some_and(|m| m.first.is_some()) {
            self.line(Vec::new());
        }
        self.margins.pop();
    }

    fn end_link(&mut self) {
        self.without();
        let Some(Link { address, from }) = self.links.pop() else { return };
        let text = joined(self.inline.get(from..).unwrap_or_default());
        let plain = |text: &str| {
            let text = text.trim().trim_end_matches('/').to_lowercase();
            let without = ["mailto:", "https://", "http://"].iter().find_map(|start| text.strip_prefix(start));
            without.map(str::to_owned).unwrap_or(text)
        };
        let fits = wrap::width(&address).saturating_add(3) <= self.room() && self.table.is_none();
        if fits && !address.is_empty() && plain(&text) != plain(&address) {
            self.push(&format!(" <{address}>"), Face::DIM);
        }
    }

    /// A footnote's mark; a comma keeps two of them from reading as one number.
    fn mark(&mut self, label: &str) {
        let face = Face { mark: true, ..self.face };
        if self.ascii || !is_number(label) {
            return self.push(&format!("[{label}]"), face);
        }
        if self.inline.last().is_some_and(|last| last.face.mark) {
            self.push(",", face);
        }
        self.push(&raised(label), face);
    }

    fn rule(&mut self, offset: usize) {
        self.begin(offset);
        self.flush_markers();
        let glyph = if self.ascii { "-" } else { "─" };
        let text = glyph.repeat(self.room());
        self.line(vec![Span { text, face: Face::DIM }]);
        self.blank = true;
    }

    fn code_lines(&mut self, text: &str) {
        for line in text.lines() {
            self.push(&line.replace('\t', "    "), Face { code: true, ..Face::default() });
            self.flush_line();
        }
    }

    fn push(&mut self, text: &str, face: Face) {
        self.inline.push(Span { text: wrap::display(text).into_owned(), face });
    }

    fn break_line(&mut self) {
        self.inline.push(Span { text: "\n".to_owned(), face: self.face });
    }

    fn room(&self) -> usize {
        let margin: usize = self.margins.iter().map(|m| wrap::width(&m.rest.text)).sum();
        self.width.saturating_sub(margin).max(1)
    }

    /// Writes the pending text as wrapped lines. The text of a cell waits for its table.
    fn flush(&mut self) {
        if self.table.is_none() && !self.inline.is_empty() {
            self.flush_line();
        }
    }

    fn flush_markers(&mut self) {
        if !self.markers.is_empty() {
            self.flush_line();
        }
    }

    fn flush_line(&mut self) {
        let mut inline = std::mem::take(&mut self.markers);
        inline.append(&mut self.inline);
        for range in wrap::wrap(&joined(&inline), self.room()) {
            self.line(slice(&inline, range));
        }
    }

    /// Writes one line behind its margin.
    fn line(&mut self, text: Vec<Span>) {
        let margins = self.margins.iter_mut().map(|m| m.first.take().unwrap_or_else(|| m.rest.clone()));
        let spans: Vec<Span> = margins.chain(text).filter(|s| !s.text.is_empty()).collect();
        self.lines.push(RenderedLine { spans: trimmed(spans), offset: self.offset });
    }
}
