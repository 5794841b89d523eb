//! Lines and columns of many byte offsets in one text.

use crate::yaml::Position;

/// How many bytes lie between two remembered places.
const STRIDE: usize = 128;

/// Finds the place of a byte quickly, also in a text of one long line.
pub(super) struct Places<'t> {
    text: &'t str,
    /// Offsets of characters with their places, one for each stride.
    known: Vec<(usize, Position)>,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut at = Position { line: 1, column: 1 };
        let mut known = vec![(0, at)];
        let mut next = STRIDE;
        for (offset, c) in text.char_indices() {
            if offset >= next {
                known.push((offset, at));
                next = offset + STRIDE;
            }
            step(&mut at, c);
        }
        Self { text, known }
    }

    /// The place of the character that holds byte `offset`.
    pub(super) fn at(&self, offset: usize) -> Position {
        let index = self.known.partition_point(|(known, _)| *known <= offset).saturating_sub(1);
        let Some((start, mut at)) = self.known.get(index).copied() else { return Position { line: 1, column: 1 } };
        for (i, c) in self.text.get(start..).unwrap_or_default().char_indices() {
            if start + i + c.len_utf8() > offset {
                break;
            }
            step(&mut at, c);
        }
        at
    }
}

fn step(at: &mut Position, c: char) {
    if c == '\n' {
        *at = Position { line: at.line + 1, column: 1 };
    } else {
        at.column += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_that_of_counting_from_the_start() {
        let text = format!("{}\nñandú {}\n\nend", "é".repeat(3000), "x".repeat(5000));
        let places = Places::new(&text);
        for offset in (0..text.len() + 3).step_by(7) {
            assert_eq!(places.at(offset), Position::of_offset(&text, offset), "{offset}");
        }
    }
}
