//! Rows of which each cell holds one character a column wide, which nearly all are: their cells are eight bytes each
//! and quickly compared. What is wide or made of several characters is left to the terminal library's own cells.

use ratatui::buffer::Cell;
use ratatui::style::Style;

use super::{Piece, Row, Stroke, pieces};
use crate::app::wrap;

/// A cell: what it shows, and which of the looks it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Plain {
    c: char,
    look: Look,
}

/// Compares simple rows.
#[derive(Debug, Default)]
pub(super) struct Simple {
    /// A row, as it is and as it is to be.
    old: Vec<Plain>,
    new: Vec<Plain>,
    looks: Looks,
    /// The text of cells beside each other.
    run: String,
}

/// So many cells that stay are sent along between two that change: to move the cursor takes about as many bytes.
const BRIDGED: usize = 6;

impl Simple {
    /// Tells which cells of a row change. Where one of the two rows is not simple it tells nothing, and says so.
    pub(super) fn differences(&mut self, old: &Row, new: &Row, width: u16, change: impl FnMut(u16, Cell)) -> bool {
        self.looks.keep_few();
        let Self { old: before, new: after, looks, .. } = self;
        before.clear();
        before.resize(usize::from(width), Plain { c: ' ', look: looks.none() });
        // Rows mostly begin alike: with what the panes to the left show.
        let alike = old.strokes().zip(new.strokes()).take_while(|(old, new)| old == new).count();
        if !fill(before, old.strokes().take(alike), looks) {
            return false;
        }
        after.clone_from(before);
        if !fill(before, old.strokes().skip(alike), looks) || !fill(after, new.strokes().skip(alike), looks) {
            return false;
        }
        self.tell_runs(change);
        true
    }

    /// Tells the cells that differ, those beside each other that look the same as one with the text of all: a terminal that is
    /// sent a text goes on by itself.
    fn tell_runs(&mut self, mut change: impl FnMut(u16, Cell)) {
        let Self { old, new, looks, run } = self;
        let differs = |at: usize| old.get(at) != new.get(at);
        let mut at = 0;
        while let Some(first) = (at..new.len()).find(|at| differs(*at)) {
            let look = new[first].look;
            let mut end = first + 1;
            for (next, cell) in new.iter().enumerate().skip(end) {
                if cell.look != look || next - end >= BRIDGED {
                    break;
                }
                if differs(next) {
                    end = next + 1;
                }
            }
            run.clear();
            run.extend(new[first..end].iter().map(|cell| cell.c));
            let mut cell = looks.cell(look);
            cell.set_symbol(run);
            change(u16::try_from(first).unwrap_or(u16::MAX), cell);
            at = end;
        }
    }
}

/// Puts strokes into cells; whether they can hold them.
fn fill<'a>(cells: &mut [Plain], mut strokes: impl Iterator<Item = Stroke<'a>>, looks: &mut Looks) -> bool {
    strokes.all(|Stroke { x, end, text, style }| {
        let cells = cells.get_mut(usize::from(x)..usize::from(end)).unwrap_or_default();
        match text {
            Some(text) => write(cells, text, style, looks),
            None => {
                restyle(cells, style, looks);
                true
            }
        }
    })
}

/// Writes a text into cells, from the first on; whether they can hold it.
fn write(cells: &mut [Plain], text: &str, style: Style, looks: &mut Looks) -> bool {
    let mut simple = true;
    let mut at = 0;
    pieces(text, |piece| {
        let room = cells.get_mut(at..).unwrap_or_default();
        let mut put = 0;
        match piece {
            Piece::Plain(plain) => {
                for (byte, cell) in plain.bytes().zip(&mut *room) {
                    cell.c = char::from(byte);
                }
                put = plain.len().min(room.len());
            }
            Piece::Odd(odd) => {
                for (glyph, cell) in wrap::glyphs(odd).zip(&mut *room) {
                    let mut characters = glyph.chars();
                    match (characters.next(), characters.next()) {
                        (Some(c), None) if wrap::grapheme_width(glyph) == 1 => cell.c = c,
                        _ => simple = false,
                    }
                    put += 1;
                }
            }
        }
        at += put;
        restyle(&mut room[..put], style, looks);
        simple && at < cells.len()
    });
    simple
}

/// Puts a style upon cells.
fn restyle(cells: &mut [Plain], style: Style, looks: &mut Looks) {
    // Cells beside each other mostly look the same.
    for same in cells.chunk_by_mut(|a, b| a.look == b.look) {
        let look = same.first().map_or(0, |cell| looks.with(cell.look, style));
        for cell in same {
            cell.look = look;
        }
    }
}

/// Which of the looks.
type Look = u32;

/// The looks met so far: colours and modifiers, each in an empty cell.
#[derive(Debug, Default)]
struct Looks {
    all: Vec<Cell>,
    /// What a look became with a style put upon it.
    known: Vec<(Look, Style, Look)>,
}

impl Looks {
    /// Forgets them all where other themes have left many.
    fn keep_few(&mut self) {
        if self.all.len() > 200 {
            *self = Self::default();
        }
    }

    /// That of a cell on which nothing was painted.
    fn none(&mut self) -> Look {
        if self.all.is_empty() { self.of(Cell::EMPTY) } else { 0 }
    }

    /// A look with a style put upon it.
    fn with(&mut self, look: Look, style: Style) -> Look {
        if let Some((.., to)) = self.known.iter().find(|(from, with, _)| *from == look && *with == style) {
            return *to;
        }
        let mut cell = self.cell(look);
        cell.set_style(style);
        let to = self.of(cell);
        self.known.push((look, style, to));
        to
    }

    fn of(&mut self, cell: Cell) -> Look {
        let at = self.all.iter().position(|known| *known == cell).unwrap_or_else(|| {
            self.all.push(cell);
            self.all.len() - 1
        });
        Look::try_from(at).unwrap_or_default()
    }

    /// An empty cell that looks so.
    fn cell(&self, look: Look) -> Cell {
        usize::try_from(look).ok().and_then(|at| self.all.get(at)).cloned().unwrap_or_default()
    }
}
