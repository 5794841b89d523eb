//! Numbered paragraphs: one count through all `.paragraphs` sections of a note.
//!
//! A number is the marker of an ordered list that starts with it, so that CommonMark, GFM and Pandoc
//! go on counting behind a heading. What follows a paragraph (bullets, a quotation) is indented under
//! it. A note with one such paragraph needs no numbers.

use super::polish::item_with_marker;
use crate::draft::Draft;
use crate::markdown::BlockKind;
use crate::template::{Role, Template};

/// A block or list as it prints.
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    pub(super) text: String,
}

/// What numbering needs to know of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// It takes a number.
    Paragraph,
    /// It stands between paragraphs and takes none.
    Heading,
    /// It belongs to the paragraph above.
    Other,
}

impl Piece {
    /// The piece that a block of this kind is.
    pub(super) fn of(kind: &BlockKind, text: String) -> Self {
        let kind = match kind {
            BlockKind::Paragraph => PieceKind::Paragraph,
            BlockKind::Heading { .. } | BlockKind::Rule | BlockKind::Html => PieceKind::Heading,
            _ => PieceKind::Other,
        };
        Self { kind, text }
    }
}

/// The count through a note.
#[derive(Default)]
pub(super) struct Count {
    next: usize,
}

impl Count {
    /// The count of a draft, from 1; it counts nothing if there is one paragraph only.
    pub(super) fn of(template: &Template, draft: &Draft) -> Self {
        let numbered = draft
            .sections()
            .iter()
            .filter(|s| s.known && template.section(&s.id).is_some_and(|spec| spec.role == Role::Paragraphs));
        let paragraphs = numbered.flat_map(|s| &s.blocks).filter(|b| b.kind == BlockKind::Paragraph).count();
        Self { next: usize::from(paragraphs > 1) }
    }

    /// The pieces of a section, each paragraph numbered and all that follows it under it.
    pub(super) fn number(&mut self, pieces: Vec<Piece>) -> Vec<Piece> {
        if self.next == 0 {
            return pieces;
        }
        let mut numbered: Vec<Piece> = Vec::new();
        for piece in pieces.into_iter().filter(|p| !p.text.is_empty()) {
            match (piece.kind, numbered.last_mut()) {
                (PieceKind::Other, Some(Piece { kind: PieceKind::Paragraph, text })) => {
                    text.push_str("\n\n");
                    text.push_str(&piece.text);
                }
                _ => numbered.push(piece),
            }
        }
        for piece in numbered.iter_mut().filter(|p| p.kind == PieceKind::Paragraph) {
            piece.text = item_with_marker(&piece.text, &format!("{}. ", self.next));
            self.next += 1;
        }
        numbered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_goes_on_behind_headings_and_holds_what_follows() {
        let piece = |kind, text: &str| Piece { kind, text: text.into() };
        let mut count = Count { next: 9 };
        let pieces = vec![
            piece(PieceKind::Paragraph, "One\ntwo."),
            piece(PieceKind::Heading, "### H"),
            piece(PieceKind::Other, "- loose"),
            piece(PieceKind::Paragraph, "Three:"),
            piece(PieceKind::Other, "- a\n- b"),
        ];
        let texts: Vec<String> = count.number(pieces).into_iter().map(|p| p.text).collect();
        assert_eq!(texts, ["9. One\n   two.", "### H", "- loose", "10. Three:\n\n    - a\n    - b"]);
        let lone = Count { next: 0 }.number(vec![piece(PieceKind::Paragraph, "Alone.")]);
        assert_eq!(lone[0].text, "Alone.");
    }
}
