//! Putting text into cells. Everything that comes from files passes through here and is made safe
//! once more: no control character and no bidi control reaches a cell.

use ratatui::style::Style;

use super::Cell;
use crate::app::regions::Area;
use crate::app::wrap;
use crate::search::Query;
use crate::tui::canvas::Canvas;
pub(super) use crate::tui::canvas::cells;
use crate::tui::theme::Theme;

/// A frame and the way to write into it.
pub(super) struct Painter<'a> {
    canvas: &'a mut Canvas,
    /// How everything looks.
    pub(super) theme: Theme,
    /// The start of the row under hand, as far as drawn.
    pub(super) focus: Option<Cell>,
}

impl<'a> Painter<'a> {
    pub(super) fn new(canvas: &'a mut Canvas, theme: Theme) -> Self {
        Self { canvas, theme, focus: None }
    }

    /// Writes text in at most `width` columns; gives the column behind it.
    pub(super) fn text(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        self.fit((x, y), width, &wrap::display(text), style)
    }

    /// Writes text in at most `width` columns, `…` at the end when it goes on.
    pub(super) fn cut(&mut self, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
        let shown = wrap::display(text);
        let cut = wrap::truncate(&shown, usize::from(width), self.theme.glyphs.ellipsis);
        self.fit((x, y), width, &cut, style)
    }

    /// Writes what is fit for cells.
    fn fit(&mut self, (x, y): Cell, width: u16, text: &str, style: Style) -> u16 {
        self.canvas.text(x, y, x.saturating_add(width), text, style)
    }

    /// As [`Self::cut`], with the words of a query marked.
    pub(super) fn sought(&mut self, (x, y): Cell, width: u16, text: &str, (style, query): (Style, &Query)) {
        let shown = wrap::display(text);
        let cut = wrap::truncate(&shown, usize::from(width), self.theme.glyphs.ellipsis);
        self.fit((x, y), width, &cut, style);
        for mark in query.marks(&cut) {
            let before = cells(wrap::width(cut.get(..mark.start).unwrap_or_default()));
            let marked = cells(wrap::width(cut.get(mark).unwrap_or_default()));
            let area = Area { x: x.saturating_add(before), y, width: marked, height: 1 };
            self.style(area, style.patch(self.theme.sought()));
        }
    }

    /// Writes text so that it ends before `right`.
    pub(super) fn right(&mut self, right: u16, y: u16, text: &str, style: Style) {
        let width = cells(wrap::width(&wrap::display(text)));
        self.text(right.saturating_sub(width), y, width, text, style);
    }

    /// Changes the style of cells.
    pub(super) fn style(&mut self, area: Area, style: Style) {
        self.canvas.style(area, style);
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
