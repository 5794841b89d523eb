//! Putting text into cells. Everything that comes from files passes through here and is made safe
//! once more: no control character and no bidi control reaches a cell.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Cell;
use crate::app::regions::Area;
use crate::app::wrap;
use crate::tui::theme::Theme;

/// A buffer and the way to write into it.
pub(super) struct Painter<'a> {
    buffer: &'a mut Buffer,
    /// How everything looks.
    pub(super) theme: Theme,
    /// The start of the row under hand, as far as drawn.
    pub(super) focus: Option<Cell>,
}

impl<'a> Painter<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, theme: Theme) -> Self {
        Self { buffer, theme, focus: None }
    }

    /// Writes text in at most `width` columns; gives the column behind it.
    pub(super) fn text(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y < area.top() || y >= area.bottom() || x >= area.right() || width == 0 {
            return x;
        }
        let shown = wrap::display(text);
        let end = x.saturating_add(width).min(area.right());
        let (mut x, mut rest) = (x, &*shown);
        while !rest.is_empty() && x < end {
            let (plain, other) = rest.split_at(wrap::plain_length(rest));
            for (byte, column) in plain.bytes().zip(x..end) {
                if let Some(cell) = self.buffer.cell_mut((column, y)) {
                    cell.set_char(char::from(byte)).set_style(style);
                }
            }
            x = x.saturating_add(cells(plain.len())).min(end);
            // What is not plain needs its clusters found and measured.
            let (odd, after) = other.split_at(wrap::odd_length(other));
            if x < end && !odd.is_empty() {
                x = self.buffer.set_stringn(x, y, odd, usize::from(end - x), style).0;
            }
            rest = after;
        }
        x
    }

    /// Writes text in at most `width` columns, `…` at the end when it goes on.
    pub(super) fn cut(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let shown = wrap::display(text);
        let cut = wrap::truncate(&shown, usize::from(width), self.theme.glyphs.ellipsis);
        self.text(x, y, width, &cut, style)
    }

    /// Writes text so that it ends before `right`.
    pub(super) fn right(&mut self, right: u16, y: u16, text: &str, style: Style) {
        let width = cells(wrap::width(&wrap::display(text)));
        self.text(right.saturating_sub(width), y, width, text, style);
    }

    /// Changes the style of cells.
    pub(super) fn style(&mut self, area: Area, style: Style) {
        let rect = Rect { x: area.x, y: area.y, width: area.width, height: area.height };
        self.buffer.set_style(rect.intersection(self.buffer.area), style);
    }

    /// Fills a row with a glyph.
    pub(super) fn row(&mut self, area: Area, glyph: &str, style: Style) {
        self.text(area.x, area.y, area.width, &glyph.repeat(usize::from(area.width)), style);
    }

    /// Fills a column with a glyph.
    pub(super) fn column(&mut self, area: Area, glyph: &str, style: Style) {
        for (_, y) in rows(area) {
            self.text(area.x, y, 1, glyph, style);
        }
    }

    /// Blanks what something lies over.
    pub(super) fn clear(&mut self, area: Area) {
        for (_, y) in rows(area) {
            self.row(Area { y, ..area }, " ", Style::reset().patch(self.theme.text()));
        }
    }

    /// Wrapped text from the top of an area.
    pub(super) fn paragraph(&mut self, area: Area, text: &str, style: Style) {
        let shown = wrap::display(text).into_owned();
        for ((_, y), line) in rows(area).zip(wrap::wrap(&shown, usize::from(area.width))) {
            self.text(area.x, y, area.width, shown.get(line).unwrap_or_default(), style);
        }
    }
}

/// The rows of an area, numbered from 0.
pub(super) fn rows(area: Area) -> impl Iterator<Item = (usize, u16)> {
    (0..usize::from(area.height)).zip(area.y..)
}

/// A count as cells.
pub(super) fn cells(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
