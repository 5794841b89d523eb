//! The top-level blocks of a Markdown text.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::parser::parse;

/// A top-level block, or one item of a top-level list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// From the first byte of the block's first line to the end of its last line, without the line end.
    pub range: Range<usize>,
    /// What it is.
    pub kind: BlockKind,
}

/// The kind of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading, `#` or underlined.
    Heading {
        /// 1 to 6.
        level: u8,
        /// `{#id}`.
        id: Option<String>,
        /// `{.class}`, in order.
        classes: Vec<String>,
        /// `{key=value}` and `{key}`, in order.
        attributes: Vec<(String, Option<String>)>,
        /// The visible text.
        title: String,
        /// The heading's inline Markdown, without markers and attributes.
        source: Range<usize>,
    },
    /// A paragraph.
    Paragraph,
    /// An item of a top-level list, with all that is nested in it.
    Item {
        /// Which list of the text it belongs to, from 0.
        list: usize,
        /// Numbered?
        ordered: bool,
        /// The marker as written with its indentation and the space behind it: `- `, ` 3. `.
        marker: String,
        /// Is the list loose (its items are paragraphs with space between)?
        loose: bool,
    },
    /// A block quote.
    Quote,
    /// A fenced or indented code block.
    Code,
    /// An HTML block, comments included.
    Html,
    /// A table.
    Table,
    /// A thematic break.
    Rule,
    /// A footnote's definition.
    FootnoteDefinition {
        /// `1` in `[^1]: …`.
        label: String,
    },
    /// Link reference definitions; consecutive ones are one block.
    LinkDefinition,
}

/// Splits a Markdown text into its top-level blocks, in order.
///
/// Every byte that is not a space, tab or line end is in exactly one block. Each item of a top-level
/// list is a block of its own. Text that the parser reports no event for becomes a
/// [`BlockKind::LinkDefinition`], or a paragraph if it does not look like one.
pub fn split(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut covered = 0;
    for found in found(text) {
        let start = found.range.start.max(covered).min(text.len());
        let start = line_indent_start(text, start, covered);
        let start = after_blank_lines(text, start);
        let end = trimmed_end(text, start, found.range.end.clamp(start, text.len()));
        if end <= start || is_blank(&text[start..end]) {
            continue;
        }
        fill_gap(text, covered..start, &mut blocks);
        let block = Block { range: start..end, kind: found.kind };
        add(text, &mut blocks, block);
        covered = end;
    }
    fill_gap(text, covered..text.len(), &mut blocks);
    for block in &mut blocks {
        match &mut block.kind {
            BlockKind::Item { marker, .. } => *marker = marker_of(&text[block.range.clone()]),
            BlockKind::Heading { source, .. } => {
                // An empty heading has no inline event; an escape's event begins behind its backslash.
                if source.start >= source.end {
                    *source = block.range.end..block.range.end;
                } else if text[..source.start].ends_with('\\') && source.start > block.range.start {
                    source.start -= 1;
                }
                // The parser counts a lone carriage return to the text before it.
                source.end = source.end.clamp(block.range.start, block.range.end);
                source.start = source.start.clamp(block.range.start, source.end);
            }
            _ => {}
        }
    }
    blocks
}

/// Reads the top level of the parser's events.
fn found(text: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut depth = 0usize;
    let mut in_list = false;
    let mut lists = 0usize;
    let mut first_of_list = 0;
    let mut loose = false;
    for (event, range) in parse(text) {
        match event {
            Event::Start(tag) => {
                match (&tag, depth) {
                    (Tag::List(_), 0) => {
                        in_list = true;
                        loose = false;
                        first_of_list = found.len();
                    }
                    (Tag::Item, 1) if in_list => {
                        found.push(Block { range, kind: item(lists) });
                    }
                    (Tag::Paragraph, 2) if in_list => loose = true,
                    (_, 0) => found.push(Block { kind: kind_of(tag), range }),
                    _ => widen_heading(&mut found, &range),
                }
                depth += 1;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                if let (TagEnd::List(numbered), 0) = (tag, depth) {
                    for block in found.iter_mut().skip(first_of_list) {
                        if let BlockKind::Item { ordered, loose: is_loose, .. } = &mut block.kind {
                            (*ordered, *is_loose) = (numbered, loose);
                        }
                    }
                    in_list = false;
                    lists += 1;
                }
            }
            Event::Rule if depth == 0 => found.push(Block { range, kind: BlockKind::Rule }),
            _ if depth == 0 => found.push(Block { range, kind: BlockKind::Paragraph }),
            event => {
                widen_heading(&mut found, &range);
                extend_title(&mut found, &event);
            }
        }
    }
    found
}

/// Adds an inline event's range to the source of the heading it is in.
fn widen_heading(found: &mut [Block], range: &Range<usize>) {
    if let Some(BlockKind::Heading { source, .. }) = found.last_mut().map(|block| &mut block.kind) {
        *source = if source.start >= source.end {
            range.clone()
        } else {
            source.start.min(range.start)..source.end.max(range.end)
        };
    }
}

/// Adds an inline event's text to the title of the heading it is in.
fn extend_title(found: &mut [Block], event: &Event<'_>) {
    let Some(BlockKind::Heading { title, .. }) = found.last_mut().map(|block| &mut block.kind) else {
        return;
    };
    match event {
        Event::Text(content) | Event::Code(content) => title.push_str(content),
        Event::SoftBreak | Event::HardBreak => title.push(' '),
        _ => {}
    }
}

fn item(list: usize) -> BlockKind {
    BlockKind::Item { list, ordered: false, marker: String::new(), loose: false }
}

fn kind_of(tag: Tag<'_>) -> BlockKind {
    match tag {
        Tag::Heading { level, id, classes, attrs } => BlockKind::Heading {
            level: level as u8,
            id: id.map(|id| id.to_string()),
            classes: classes.iter().map(ToString::to_string).collect(),
            attributes: attrs
                .into_iter()
                .map(|(key, value)| (key.to_string(), value.map(|value| value.to_string())))
                .collect(),
            title: String::new(),
            source: 0..0,
        },
        Tag::BlockQuote(_) => BlockKind::Quote,
        Tag::CodeBlock(_) => BlockKind::Code,
        Tag::HtmlBlock => BlockKind::Html,
        Tag::Table(_) => BlockKind::Table,
        Tag::FootnoteDefinition(label) => BlockKind::FootnoteDefinition { label: label.to_string() },
        _ => BlockKind::Paragraph,
    }
}

/// Covers what lies between blocks and is not blank.
fn fill_gap(text: &str, gap: Range<usize>, blocks: &mut Vec<Block>) {
    let mut open: Option<Range<usize>> = None;
    let mut at = gap.start;
    for line in text[gap].split_inclusive('\n') {
        let start = at;
        at += line.len();
        if is_blank(line) {
            if let Some(range) = open.take() {
                add(text, blocks, leftover(text, range));
            }
        } else {
            open = Some(open.map_or(start, |range| range.start)..at);
        }
    }
    if let Some(range) = open {
        add(text, blocks, leftover(text, range));
    }
}

/// Adds a block. What begins in the last block's line, as in `[^a]:[^b]: x`, belongs to that block:
/// edits take whole lines.
fn add(text: &str, blocks: &mut Vec<Block>, block: Block) {
    match blocks.last_mut() {
        Some(last) if !text[last.range.end..block.range.start].contains(['\r', '\n']) => {
            last.range.end = block.range.end;
        }
        _ => blocks.push(block),
    }
}

fn leftover(text: &str, mut range: Range<usize>) -> Block {
    range.start = after_blank_lines(text, range.start);
    let end = trimmed_end(text, range.start, range.end);
    let kind = if text[range.start..end].trim_start().starts_with('[') {
        BlockKind::LinkDefinition
    } else {
        BlockKind::Paragraph
    };
    Block { range: range.start..end, kind }
}

/// Moves `start` back over the indentation of its line, but not before `floor`.
fn line_indent_start(text: &str, start: usize, floor: usize) -> usize {
    let before = &text[floor..start];
    let trimmed = before.trim_end_matches([' ', '\t']);
    if trimmed.is_empty() || trimmed.ends_with(['\n', '\r']) { floor + trimmed.len() } else { start }
}

/// Moves `start` on over blank lines, which the parser counts to a block in rare cases.
fn after_blank_lines(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    rest[..blank].rfind(['\r', '\n']).map_or(start, |last| start + last + 1)
}

/// Moves `end` back over line ends and blank lines; spaces behind the last text stay in its line.
fn trimmed_end(text: &str, start: usize, end: usize) -> usize {
    let inner = &text[start..end];
    let solid = inner.trim_end_matches([' ', '\t', '\r', '\n']).len();
    let trailing = inner[solid..].find(['\r', '\n']).unwrap_or(inner.len() - solid);
    start + solid + trailing
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
}

/// The list marker at the start of an item's text.
fn marker_of(item: &str) -> String {
    let line = item.split(['\r', '\n']).next().unwrap_or_default();
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    let digits = line[indent..].bytes().take_while(u8::is_ascii_digit).count();
    let head = (indent + digits + 1).min(line.len());
    let Some(rest) = line.get(head..) else {
        return line.to_owned();
    };
    let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    // Five spaces or more begin an indented code block, one column behind the marker.
    if spaces == rest.len() || spaces > 4 {
        return format!("{} ", &line[..head]);
    }
    line[..head + spaces].to_owned()
}

#[cfg(test)]
#[path = "blocks_tests.rs"]
pub(super) mod tests;
