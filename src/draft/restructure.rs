//! Edits that join and cut blocks.

use crate::markdown::BlockKind;

use super::edit::BlockPosition;
use super::form::{inner, is_formable, is_one_paragraph, prefixed};
use super::layout::Piece;
use super::{Draft, DraftBlock};

impl Draft {
    /// Joins a block and the next one of its section into one of the first one's form, with one space
    /// between. Paragraphs, items and block quotes of one paragraph can be joined.
    pub fn merge_with_next(&self, at: BlockPosition) -> Option<Self> {
        let first = self.block(at)?;
        let second = self.block(BlockPosition { index: at.index + 1, ..at })?;
        if !is_formable(&first.kind) || !is_formable(&second.kind) {
            return None;
        }
        let (first_text, second_text) = (&self.text()[first.range.clone()], &self.text()[second.range.clone()]);
        let tail = inner(second_text, &second.kind);
        if !is_one_paragraph(&inner(first_text, &first.kind)) || !is_one_paragraph(&tail) {
            return None;
        }
        let tail = prefixed(&tail, "", &continuation(&first.kind));
        let head = first_text.trim_end_matches([' ', '\t']);
        let merged = format!("{head} {}", tail.replace('\n', self.eol()));
        let before = self.edge_before(at.section, at.index);
        let behind = self.edge_behind(at.section, at.index + 2);
        let counting = self.counting(at.section, at.index);
        let piece = Piece { text: merged, first: Some(first.kind.clone()), last: Some(first.kind.clone()) };
        let draft = self.replaced(before, behind, first.range.start..second.range.end, &piece);
        Some(draft.recounted(at.section, at.index, counting))
    }

    /// Cuts a block in two at a byte offset in its text; the second part takes the block's form.
    /// `None` if one part would be empty, or the block is no paragraph, item or block quote.
    pub fn split_block(&self, at: BlockPosition, offset_in_block: usize) -> Option<Self> {
        let block = self.block(at)?;
        if !is_formable(&block.kind) || cuts_a_citation(block, block.range.start + offset_in_block) {
            return None;
        }
        let text = &self.text()[block.range.clone()];
        let (left, right) = text.split_at_checked(offset_in_block)?;
        // A cut at a line's end or start leaves space, and in a quote the next line's own mark.
        let space: &[char] =
            if block.kind == BlockKind::Quote { &[' ', '\t', '\r', '\n', '>'] } else { &[' ', '\t', '\r', '\n'] };
        let (left, right) = (left.trim_end_matches(space), right.trim_start_matches(space));
        let (first_prefix, between) = match &block.kind {
            BlockKind::Item { marker, loose, .. } => (marker.clone(), if *loose { 2 } else { 1 }),
            BlockKind::Quote => ("> ".to_owned(), 2),
            _ => (String::new(), 2),
        };
        if right.is_empty() || inner(left, &block.kind).is_empty() {
            return None;
        }
        let cut = format!("{left}{}{first_prefix}{right}", self.eol().repeat(between));
        let piece = Piece::new(&cut, self.eol())?;
        let counting = self.counting(at.section, at.index);
        let (before, behind) = self.edges_around(at);
        Some(self.replaced(before, behind, block.range.clone(), &piece).recounted(at.section, at.index, counting))
    }
}

/// Is the place inside a citation?
fn cuts_a_citation(block: &DraftBlock, at: usize) -> bool {
    block.citations.iter().any(|citation| citation.range.start < at && at < citation.range.end)
}

/// What a further line of a block begins with.
fn continuation(kind: &BlockKind) -> String {
    match kind {
        BlockKind::Item { marker, .. } => " ".repeat(marker.chars().count()),
        BlockKind::Quote => "> ".to_owned(),
        _ => String::new(),
    }
}
