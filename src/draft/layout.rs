//! What has to stand between two blocks, and splicing with the fewest bytes changed.

use std::ops::Range;
use std::sync::Arc;

use crate::markdown::{BlockKind, split};

use super::Draft;

/// What stands before or behind a place in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge<'a> {
    /// Its end if before, its start if behind.
    pub at: usize,
    pub what: What<'a>,
}

/// The kind of a neighbour.
#[derive(Debug, Clone, Copy)]
pub(super) enum What<'a> {
    /// The start or the end of the text.
    Nothing,
    /// A section's heading or the front matter.
    Solid,
    /// A block.
    Block(&'a BlockKind),
}

/// What has to separate two neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// Nothing: one of them is an end of the text.
    Free,
    /// One line end: both are items of one tight list.
    Tight,
    /// A blank line.
    Blank,
}

impl Joint {
    pub(super) fn between(before: What<'_>, behind: What<'_>) -> Self {
        match (before, behind) {
            (What::Nothing, _) | (_, What::Nothing) => Self::Free,
            (What::Block(before), What::Block(behind)) if in_tight_list(before, behind) => Self::Tight,
            _ => Self::Blank,
        }
    }

    fn is_met_by(self, gap: &str) -> bool {
        let lines = gap.matches('\n').count() + gap.replace("\r\n", "\n").matches('\r').count();
        match self {
            Self::Free => true,
            Self::Tight => lines == 1,
            Self::Blank => lines > 1,
        }
    }

    pub(super) fn text(self, eol: &str) -> String {
        match self {
            Self::Free => String::new(),
            Self::Tight => eol.to_owned(),
            Self::Blank => eol.repeat(2),
        }
    }
}

fn in_tight_list(before: &BlockKind, behind: &BlockKind) -> bool {
    match (before, behind) {
        (BlockKind::Item { marker: a, loose: false, .. }, BlockKind::Item { marker: b, loose: false, .. }) => {
            list_sign(a) == list_sign(b)
        }
        _ => false,
    }
}

/// What makes two items neighbours in one list: the bullet, or the mark behind the number.
fn list_sign(marker: &str) -> Option<(bool, char)> {
    let sign = marker.trim().chars().last()?;
    Some((marker.trim().starts_with(|c: char| c.is_ascii_digit()), sign))
}

/// Markdown to be put into a draft: its text in the draft's line ends, and its first and last block.
#[derive(Debug)]
pub(super) struct Piece {
    pub text: String,
    pub first: Option<BlockKind>,
    pub last: Option<BlockKind>,
}

impl Piece {
    /// Takes Markdown without blank lines around it; `None` if nothing is left.
    pub(super) fn new(markdown: &str, eol: &str) -> Option<Self> {
        let markdown = markdown.replace("\r\n", "\n");
        let mut blocks = split(&markdown);
        let range = blocks.first()?.range.start..blocks.last()?.range.end;
        let text = markdown[range].trim_end_matches([' ', '\t']).replace('\n', eol);
        let last = blocks.pop().map(|block| block.kind);
        let first = if blocks.is_empty() { last.clone() } else { Some(blocks.swap_remove(0).kind) };
        Some(Self { text, first, last })
    }

    fn first(&self) -> What<'_> {
        self.first.as_ref().map_or(What::Solid, What::Block)
    }

    fn last(&self) -> What<'_> {
        self.last.as_ref().map_or(What::Solid, What::Block)
    }
}

impl Draft {
    /// The line end of this text.
    pub(super) fn eol(&self) -> &'static str {
        match memchr::memchr(b'\n', self.text().as_bytes()) {
            Some(at) if self.text()[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }

    /// What stands before the block `index` of a section.
    pub(super) fn edge_before(&self, section: usize, index: usize) -> Edge<'_> {
        let place = self.sections().get(section);
        let block = place.and_then(|place| place.blocks.get(index.checked_sub(1)?));
        if let Some(block) = block {
            return Edge { at: block.range.end, what: What::Block(&block.kind) };
        }
        if let Some(heading) = place.and_then(|place| place.heading.as_ref()) {
            return Edge { at: heading.end, what: What::Solid };
        }
        let front = &self.front().range;
        Edge { at: front.end, what: if front.start == front.end { What::Nothing } else { What::Solid } }
    }

    /// What stands at or behind the block `index` of a section.
    pub(super) fn edge_behind(&self, section: usize, index: usize) -> Edge<'_> {
        if let Some(block) = self.sections().get(section).and_then(|place| place.blocks.get(index)) {
            return Edge { at: block.range.start, what: What::Block(&block.kind) };
        }
        match self.sections().get(section + 1).and_then(|next| next.heading.as_ref()) {
            Some(heading) => Edge { at: heading.start, what: What::Solid },
            None => Edge { at: self.text().len(), what: What::Nothing },
        }
    }

    /// Puts a piece between two neighbours, as an insertion where what separates them serves.
    pub(super) fn inserted(&self, before: Edge<'_>, behind: Edge<'_>, piece: &Piece) -> Self {
        let eol = self.eol();
        let text = self.text();
        let gap = &text[before.at..behind.at];
        let upper = Joint::between(before.what, piece.first());
        let lower = Joint::between(piece.last(), behind.what);
        let (upper_text, lower_text) = (upper.text(eol), lower.text(eol));
        let (from, to, middle) = match (before.what, behind.what) {
            (What::Nothing, What::Nothing) => {
                (before.at, before.at, format!("{}{}", piece.text, if gap.contains(['\r', '\n']) { "" } else { eol }))
            }
            (_, What::Nothing) => (before.at, before.at, format!("{upper_text}{}", piece.text)),
            _ if upper.is_met_by(gap) => (behind.at, behind.at, format!("{}{lower_text}", piece.text)),
            _ if lower.is_met_by(gap) => (before.at, before.at, format!("{upper_text}{}", piece.text)),
            _ => (before.at, behind.at, format!("{upper_text}{}{lower_text}", piece.text)),
        };
        self.spliced(from..to, &middle)
    }

    /// Puts a piece in the place of what stands between two neighbours.
    pub(super) fn replaced(&self, before: Edge<'_>, behind: Edge<'_>, old: Range<usize>, piece: &Piece) -> Self {
        let eol = self.eol();
        let (mut range, mut middle) = (old.clone(), piece.text.clone());
        let upper = Joint::between(before.what, piece.first());
        if !upper.is_met_by(&self.text()[before.at..old.start]) {
            range.start = before.at;
            middle.insert_str(0, &upper.text(eol));
        }
        let lower = Joint::between(piece.last(), behind.what);
        if !lower.is_met_by(&self.text()[old.end..behind.at]) {
            range.end = behind.at;
            middle.push_str(&lower.text(eol));
        }
        self.spliced(range, &middle)
    }

    /// Takes out what stands between two neighbours, with one of the two gaps.
    pub(super) fn removed(&self, before: Edge<'_>, behind: Edge<'_>, old: Range<usize>) -> Self {
        let text = self.text();
        let joint = Joint::between(before.what, behind.what);
        match (before.what, behind.what) {
            (What::Nothing, What::Nothing) => self.spliced(old, ""),
            (What::Nothing, _) => self.spliced(old.start..behind.at, ""),
            (_, What::Nothing) => self.spliced(before.at..old.end, ""),
            _ if joint.is_met_by(&text[before.at..old.start]) => self.spliced(old.start..behind.at, ""),
            _ if joint.is_met_by(&text[old.end..behind.at]) => self.spliced(before.at..old.end, ""),
            _ => self.spliced(before.at..behind.at, &joint.text(self.eol())),
        }
    }

    /// Replaces bytes and reads the text again.
    pub(super) fn spliced(&self, range: Range<usize>, with: &str) -> Self {
        let text = self.text();
        let mut new = String::with_capacity(text.len() + with.len());
        new.push_str(&text[..range.start]);
        new.push_str(with);
        new.push_str(&text[range.end..]);
        if self.front().stays(text, range.start) {
            // A letter in the body costs no reading of the front matter.
            let (template, front) = (Arc::clone(&self.template), Arc::clone(&self.front));
            return Self { text: new.into(), template, front, sections: Arc::default() };
        }
        self.with_text(&new)
    }
}
