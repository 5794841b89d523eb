//! Edits: each gives a new draft and changes only the bytes it has to.
//!
//! Positions are those of [`Draft::sections`] and their blocks. What is put in gets the draft's line
//! ends and the right distance to its neighbours: items of a tight list stand on the next line, all
//! else behind a blank line. An item takes the marker of the list it comes into, and numbered lists
//! are counted again.

use crate::markdown::BlockKind;

use super::form::{Form, inner, is_formable, prefixed, reformed};
use super::layout::{Edge, Piece, What};
use super::numbers::dressed;
use super::{Draft, DraftBlock};

/// A block's place: the section's index and the block's index in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BlockPosition {
    /// Index into [`Draft::sections`].
    pub section: usize,
    /// Index into the section's blocks.
    pub index: usize,
}

impl BlockPosition {
    /// The position of a section's block.
    pub fn new(section: usize, index: usize) -> Self {
        Self { section, index }
    }
}

impl Draft {
    /// Puts Markdown before the block at `at`, or behind the section's last block.
    ///
    /// `None` if there is no such place, nothing to put in, or front matter would come of it. A draft without sections has the place
    /// `0, 0`.
    pub fn insert_block(&self, at: BlockPosition, markdown: &str) -> Option<Self> {
        let length = match self.sections().get(at.section) {
            Some(section) => section.blocks.len(),
            None if self.sections().is_empty() && at.section == 0 => 0,
            None => return None,
        };
        if at.index > length {
            return None;
        }
        let counting = self.counting(at.section, at.index);
        let (before, behind) = (self.edge_before(at.section, at.index), self.edge_behind(at.section, at.index));
        let piece = Piece::new(&dressed(markdown, before.what, behind.what), self.eol())?;
        self.with_same_front(self.inserted(before, behind, &piece).recounted(at.section, at.index, counting))
    }

    /// Takes a block out.
    pub fn remove_block(&self, at: BlockPosition) -> Option<Self> {
        let block = self.block(at)?;
        let counting = self.counting(at.section, at.index);
        let (before, behind) = self.edges_around(at);
        self.with_same_front(
            self.removed(before, behind, block.range.clone()).recounted(at.section, at.index, counting),
        )
    }

    /// Moves a block into the form of another place. `to.index` is the index it will have there.
    ///
    /// The block's words and citations stay; only its markers change.
    pub fn move_block(&self, from: BlockPosition, to: BlockPosition, form: Form) -> Option<Self> {
        let block = self.block(from)?;
        let target = self.sections().get(to.section)?;
        let moved_up = from.section == to.section && to.index > from.index;
        let insert_at = BlockPosition { section: to.section, index: to.index + usize::from(moved_up) };
        if insert_at.index > target.blocks.len() {
            return None;
        }
        let markdown = reformed(&self.text()[block.range.clone()], &block.kind, form);
        if from == to {
            return if form.fits(&block.kind) { Some(self.clone()) } else { self.replace_block(from, &markdown) };
        }
        // Putting in first keeps the section indices valid: an untitled first section ends with its last block.
        let there = self.insert_block(insert_at, &markdown)?;
        let before_target = from.section == to.section && to.index <= from.index;
        let added = there.sections().get(to.section)?.blocks.len().saturating_sub(target.blocks.len());
        there.remove_block(BlockPosition {
            section: from.section,
            index: from.index + if before_target { added } else { 0 },
        })
    }

    /// Puts other Markdown in the place of a block. Nothing removes it; several blocks split it. In
    /// a list, the paragraphs of the new text become items.
    pub fn replace_block(&self, at: BlockPosition, markdown: &str) -> Option<Self> {
        let block = self.block(at)?;
        // What is typed back stays to the byte: trailing blanks and its own line ends, too.
        let same = |old: &str| markdown == old || markdown == old.replace("\r\n", "\n");
        if self.text().get(block.range.clone()).is_some_and(same) {
            return Some(self.clone());
        }
        let (before, behind) = self.edges_around(at);
        let Some(piece) = Piece::new(&in_list(block, markdown), self.eol()) else {
            return self.remove_block(at);
        };
        if piece.text == self.text()[block.range.clone()] {
            return Some(self.clone());
        }
        let counting = self.counting(at.section, at.index);
        self.with_same_front(
            self.replaced(before, behind, block.range.clone(), &piece).recounted(at.section, at.index, counting),
        )
    }

    /// Drops an item of a citation, or with its only one the whole citation and the space before it.
    /// A block that held nothing else goes too.
    pub fn remove_citation(&self, at: BlockPosition, citation: usize, item: usize) -> Option<Self> {
        let block = self.block(at)?;
        let cited = block.citations.get(citation)?;
        cited.items.get(item)?;
        if cited.items.len() > 1 {
            let mut left = cited.clone();
            left.items.remove(item);
            return Some(self.spliced(cited.range.clone(), &left.to_string()));
        }
        let text = self.text();
        let start = self.space_before(block, cited.range.start);
        let left = format!("{}{}", &text[block.range.start..start], &text[cited.range.end..block.range.end]);
        if is_formable(&block.kind) && inner(&left, &block.kind).is_empty() {
            return self.remove_block(at);
        }
        Some(self.spliced(start..cited.range.end, ""))
    }

    /// Adds a section's heading if it is not there, in the order of the template, and gives its index.
    pub fn ensure_section(&self, id: &str, title: &str, level: u8, order: &[String]) -> (Self, usize) {
        if let Some(index) = self.sections().iter().position(|section| section.id == id && section.heading.is_some()) {
            return (self.clone(), index);
        }
        let rank = |id: &str| order.iter().position(|known| known == id);
        let next = rank(id).and_then(|mine| {
            self.sections()
                .iter()
                .position(|section| section.heading.is_some() && rank(&section.id).is_some_and(|its| its > mine))
        });
        let place = next.unwrap_or(self.sections().len());
        let before = match place.checked_sub(1) {
            Some(last) => self.edge_before(last, self.sections().get(last).map_or(0, |section| section.blocks.len())),
            None => self.edge_before(usize::MAX, 0),
        };
        let behind = match self.sections().get(place).and_then(|section| section.heading.as_ref()) {
            Some(heading) => Edge { at: heading.start, what: What::Solid },
            None => Edge { at: self.text().len(), what: What::Nothing },
        };
        let marks = "#".repeat(usize::from(level.clamp(1, 6)));
        let text = format!("{marks} {title} {{#{id}}}");
        let draft = self.inserted(before, behind, &Piece { text, first: None, last: None });
        let index = draft.sections().iter().position(|section| section.id == id && section.heading.is_some());
        let index = index.unwrap_or(place.min(draft.sections().len().saturating_sub(1)));
        (draft, index)
    }

    /// Refuses an edit that would make front matter of the body: a `---` that comes to stand at the
    /// start of the text, or closes one there.
    fn with_same_front(&self, new: Self) -> Option<Self> {
        (new.front().range == self.front().range).then_some(new)
    }

    pub(super) fn edges_around(&self, at: BlockPosition) -> (Edge<'_>, Edge<'_>) {
        (self.edge_before(at.section, at.index), self.edge_behind(at.section, at.index + 1))
    }

    /// The start of the space before a citation: in its line, or with the line end if it begins the line.
    fn space_before(&self, block: &DraftBlock, at: usize) -> usize {
        let floor = match &block.kind {
            BlockKind::Item { marker, .. } => (block.range.start + marker.len()).min(at),
            _ => block.range.start,
        };
        let before = &self.text()[floor..at];
        let line = before.trim_end_matches([' ', '\t', '>']);
        if line.ends_with('\n') {
            return floor + line.trim_end_matches(['\r', '\n']).trim_end_matches([' ', '\t']).len();
        }
        floor + before.trim_end_matches([' ', '\t']).len()
    }
}

/// The text for the place of an item: its paragraphs as items, without blank lines between in a tight list.
fn in_list(block: &DraftBlock, markdown: &str) -> String {
    let BlockKind::Item { marker, .. } = &block.kind else {
        return markdown.to_owned();
    };
    let markdown = markdown.replace("\r\n", "\n");
    let blocks = crate::markdown::split(&markdown);
    if !blocks.first().is_some_and(|first| matches!(first.kind, BlockKind::Item { .. })) || blocks.len() == 1 {
        return markdown;
    }
    let mut out = String::new();
    let mut end = 0;
    for part in &blocks {
        out.push_str(&markdown[end..part.range.start]);
        let text = &markdown[part.range.clone()];
        end = part.range.end;
        if part.kind == BlockKind::Paragraph {
            out.push_str(&prefixed(text.trim_start_matches([' ', '\t']), marker, &" ".repeat(marker.chars().count())));
        } else {
            out.push_str(text);
        }
    }
    dressed(&out, What::Block(&block.kind), What::Nothing)
}
