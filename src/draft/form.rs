//! The form of a block: paragraph, item or block quote around the same words.

use crate::markdown::{BlockKind, split};

/// The form a section gives to its blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Paragraphs.
    Paragraph,
    /// Items of a bullet list.
    Bullet,
    /// Items of a numbered list.
    Numbered,
    /// Block quotes.
    Quote,
    /// Whatever they are.
    AsIs,
}

impl Form {
    /// Does a block of this kind have this form?
    pub fn fits(self, kind: &BlockKind) -> bool {
        match (self, kind) {
            (Self::AsIs, _) | (Self::Paragraph, BlockKind::Paragraph) | (Self::Quote, BlockKind::Quote) => true,
            (Self::Bullet, BlockKind::Item { ordered, .. }) => !ordered,
            (Self::Numbered, BlockKind::Item { ordered, .. }) => *ordered,
            _ => false,
        }
    }
}

/// Can the block take another form? Code, tables, headings and the like cannot.
pub(super) fn is_formable(kind: &BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Quote)
}

/// The block's text in another form, with `\n` as line end. Its words and citations stay.
pub(super) fn reformed(text: &str, kind: &BlockKind, form: Form) -> String {
    if form.fits(kind) || !is_formable(kind) {
        return text.replace("\r\n", "\n");
    }
    let inner = inner(text, kind);
    if inner.is_empty() {
        return text.replace("\r\n", "\n");
    }
    match form {
        Form::Bullet => prefixed(&inner, "- ", "  "),
        Form::Numbered => prefixed(&inner, "1. ", "   "),
        Form::Quote => prefixed(&inner, "> ", "> "),
        Form::Paragraph | Form::AsIs => inner,
    }
}

/// What the block holds, without its own markers, with `\n` as line end and no blank lines around.
pub(super) fn inner(text: &str, kind: &BlockKind) -> String {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<&str> = match kind {
        BlockKind::Item { marker, .. } => item_lines(&text, marker),
        BlockKind::Quote => text.split('\n').map(without_quote_mark).collect(),
        _ => return text.trim_start_matches([' ', '\t']).to_owned(),
    };
    let joined = lines.join("\n");
    let blank = joined.len() - joined.trim_start_matches([' ', '\t', '\n']).len();
    let start = joined[..blank].rfind('\n').map_or(0, |at| at + 1);
    joined[start..].trim_end_matches([' ', '\t', '\n']).to_owned()
}

/// An item's lines without its marker and indentation.
pub(super) fn item_lines<'a>(text: &'a str, marker: &str) -> Vec<&'a str> {
    let width = marker.chars().count();
    text.split('\n')
        .enumerate()
        .map(
            |(index, line)| {
                if index == 0 { line.get(marker.len()..).unwrap_or_default() } else { dedented(line, width) }
            },
        )
        .collect()
}

/// A line without up to `width` columns of indentation.
fn dedented(line: &str, width: usize) -> &str {
    if let Some(rest) = line.strip_prefix('\t') {
        return rest;
    }
    let spaces = line.len() - line.trim_start_matches(' ').len();
    &line[spaces.min(width)..]
}

fn without_quote_mark(line: &str) -> &str {
    let trimmed = line.trim_start_matches(' ');
    match trimmed.strip_prefix('>') {
        Some(rest) if line.len() - trimmed.len() < 4 => rest.strip_prefix(' ').unwrap_or(rest),
        // A lazy line continues the quote's paragraph.
        _ => trimmed,
    }
}

/// Puts `first` before the first line and `rest` before the others; blank lines get no trailing space.
pub(super) fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .enumerate()
        .map(|(index, line)| {
            let prefix = if index == 0 { first } else { rest };
            if line.is_empty() { prefix.trim_end().to_owned() } else { format!("{prefix}{line}") }
        })
        .collect();
    lines.join("\n")
}

/// Is the text one paragraph?
pub(super) fn is_one_paragraph(text: &str) -> bool {
    let blocks = split(text);
    matches!(blocks.as_slice(), [block] if block.kind == BlockKind::Paragraph)
}
