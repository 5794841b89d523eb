//! What a frame paints, row by row, before it becomes cells. Most keys change a few rows of sixty: only
//! those are made into cells and compared with what is shown. A whole screen of cells is some megabytes
//! to go through, which a processor that has just woken up does slowly.

mod shown;
mod simple;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::app::regions::{Area, Size};
use crate::app::wrap;
pub use shown::Shown;

/// Where the terminal's cursor stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cursor {
    /// Wherever drawing left it, hidden.
    #[default]
    Anywhere,
    /// Here, hidden: screen readers and braille displays follow it all the same.
    Hidden(Position),
    /// Here, for all to see.
    Shown(Position),
}

/// A frame as it is painted.
#[derive(Debug, Default)]
pub struct Canvas {
    size: Size,
    rows: Vec<Row>,
    /// Where the cursor stands.
    pub cursor: Cursor,
}

/// One row: what was painted on it, in order.
#[derive(Debug, Default, PartialEq)]
struct Row {
    marks: Vec<Mark>,
    /// The texts of all strokes, one behind the other.
    text: String,
}

/// A stroke as a row keeps it.
#[derive(Debug, PartialEq)]
struct Mark {
    x: u16,
    end: u16,
    /// How many bytes of the row's text it is.
    bytes: Option<usize>,
    style: Style,
}

/// What was painted at once, from a column to before another.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stroke<'a> {
    x: u16,
    end: u16,
    /// A text that may be shorter, or else all cells are given the style alone.
    text: Option<&'a str>,
    style: Style,
}

impl Canvas {
    /// An empty frame.
    pub fn new(size: Size) -> Self {
        let mut canvas = Self::default();
        canvas.begin(size);
        canvas
    }

    /// Takes everything off.
    fn begin(&mut self, size: Size) {
        self.size = size;
        self.cursor = Cursor::Anywhere;
        self.rows.resize_with(usize::from(size.height), Row::default);
        for row in &mut self.rows {
            row.marks.clear();
            row.text.clear();
        }
    }

    /// The whole frame.
    pub(super) fn area(&self) -> Area {
        Area { x: 0, y: 0, width: self.size.width, height: self.size.height }
    }

    /// Writes text that is fit for cells, at most up to a column; gives the column behind it.
    pub(super) fn text(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let end = end.min(self.size.width);
        let Some(row) = self.rows.get_mut(usize::from(y)).filter(|_| x < end && !text.is_empty()) else {
            return x;
        };
        let mut behind = x;
        let shown = pieces(text, |piece| {
            let whole = match piece {
                Piece::Plain(plain) => {
                    behind = behind.saturating_add(cells(plain.len())).min(end);
                    true
                }
                Piece::Odd(odd) => {
                    let (columns, whole) = wrap::fitting(odd, usize::from(end - behind));
                    behind += cells(columns);
                    whole
                }
            };
            whole && behind < end
        });
        row.text.push_str(&text[..shown]);
        row.marks.push(Mark { x, end, bytes: Some(shown), style });
        behind
    }

    /// Changes the style of cells.
    pub(super) fn style(&mut self, area: Area, style: Style) {
        let end = area.x.saturating_add(area.width).min(self.size.width);
        let rows = self.rows.iter_mut().skip(usize::from(area.y)).take(usize::from(area.height));
        for row in rows.filter(|_| area.x < end) {
            row.marks.push(Mark { x: area.x, end, bytes: None, style });
        }
    }

    /// The frame as cells.
    pub fn cells(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.width, self.size.height));
        for (row, y) in self.rows.iter().zip(0..) {
            row.paint(y, &mut buffer);
        }
        buffer
    }
}

impl Row {
    /// What was painted, in order.
    fn strokes(&self) -> impl Iterator<Item = Stroke<'_>> {
        let mut text = &*self.text;
        self.marks.iter().map(move |Mark { x, end, bytes, style }| {
            let (now, later) = text.split_at(bytes.unwrap_or_default());
            text = later;
            Stroke { x: *x, end: *end, text: bytes.map(|_| now), style: *style }
        })
    }

    /// Puts the row into cells.
    fn paint(&self, y: u16, buffer: &mut Buffer) {
        for Stroke { x, end, text, style } in self.strokes() {
            match text {
                Some(text) => write(buffer, (x, y), end, text, style),
                None => buffer.set_style(Rect { x, y, width: end - x, height: 1 }, style),
            }
        }
    }
}

fn write(buffer: &mut Buffer, (mut x, y): (u16, u16), end: u16, text: &str, style: Style) {
    pieces(text, |piece| {
        match piece {
            Piece::Plain(plain) => {
                for (byte, column) in plain.bytes().zip(x..end) {
                    if let Some(cell) = buffer.cell_mut((column, y)) {
                        cell.set_char(char::from(byte)).set_style(style);
                    }
                }
                x = x.saturating_add(cells(plain.len())).min(end);
            }
            Piece::Odd(odd) => {
                let (behind, _) = buffer.set_stringn(x, y, odd, usize::from(end - x), style);
                // A terminal gives both halves of a wide character its style, and keeps it in the one that
                // is left when the other is written over.
                buffer.set_style(Rect { x, y, width: behind - x, height: 1 }, style);
                x = behind;
            }
        }
        x < end
    });
}

/// A stretch of a text.
enum Piece<'a> {
    /// One cell for each byte.
    Plain(&'a str),
    /// Its clusters have to be found and measured.
    Odd(&'a str),
}

/// Goes through a text for as long as there is room; how many bytes that was.
fn pieces<'a>(text: &'a str, mut take: impl FnMut(Piece<'a>) -> bool) -> usize {
    let mut rest = text;
    while !rest.is_empty() {
        let (plain, other) = rest.split_at(wrap::plain_length(rest));
        rest = other;
        if !plain.is_empty() && !take(Piece::Plain(plain)) {
            break;
        }
        let (odd, after) = other.split_at(wrap::odd_length(other));
        if odd.is_empty() {
            continue;
        }
        rest = after;
        if !take(Piece::Odd(odd)) {
            break;
        }
    }
    text.len() - rest.len()
}

/// A count as cells.
pub(super) fn cells(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Modifier;

    use super::*;

    const SIZE: Size = Size { width: 20, height: 3 };

    /// Texts of letters, wide and combining characters, and what else a cell may hold.
    fn texts() -> impl Strategy<Value = String> {
        proptest::collection::vec(
            prop_oneof![
                Just("a"),
                Just(" word "),
                Just("é"),
                Just("e\u{301}"),
                Just("李"),
                Just("👩‍🚀"),
                Just("ｶﾞ"),
                Just("\u{200d}"),
                Just("\u{ff9e}"),
                Just("ש"),
                Just("…")
            ],
            0..12,
        )
        .prop_map(|parts| parts.concat())
    }

    fn bold(canvas: &mut Canvas, x: u16, width: u16) {
        canvas.style(Area { x, y: 1, width, height: 1 }, Style::new().add_modifier(Modifier::BOLD));
    }

    proptest! {
        /// A frame is what the library's own buffer makes of the same calls, and the column behind a text too.
        #[test]
        fn texts_fill_the_cells_that_the_library_fills(text in texts(), x in 0_u16..25, end in 0_u16..25) {
            let mut canvas = Canvas::new(SIZE);
            let style = Style::new().add_modifier(Modifier::UNDERLINED);
            let behind = canvas.text(x, 1, end, &text, style);
            let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
            let end = end.min(SIZE.width);
            if x < end {
                let (expected, _) = buffer.set_stringn(x, 1, &text, usize::from(end - x), style);
                prop_assert_eq!(behind, expected);
                buffer.set_style(Rect { x, y: 1, width: expected - x, height: 1 }, style);
            }
            prop_assert_eq!(canvas.cells(), buffer);
        }
    }

    #[test]
    fn what_is_painted_later_lies_over_what_was_there() {
        let mut canvas = Canvas::new(SIZE);
        canvas.text(0, 1, 20, "李李 and more", Style::new());
        bold(&mut canvas, 4, 30);
        canvas.text(1, 1, 20, "x", Style::new());
        let cells = canvas.cells();
        let row: String = (0..20).map(|x| cells[(x, 1)].symbol()).collect();
        assert_eq!(row, "李x李  and more       ");
        assert!(cells[(19, 1)].modifier.contains(Modifier::BOLD) && !cells[(3, 1)].modifier.contains(Modifier::BOLD));
    }

    #[test]
    fn nothing_is_painted_outside() {
        let mut canvas = Canvas::new(SIZE);
        assert_eq!(canvas.text(19, 3, 30, "below", Style::new()), 19);
        assert_eq!(canvas.text(20, 0, 30, "beside", Style::new()), 20);
        bold(&mut canvas, 25, 30);
        assert_eq!(canvas.cells(), Buffer::empty(Rect::new(0, 0, 20, 3)));
    }
}
