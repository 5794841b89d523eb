//! A text field in one row.

use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation as _;

use super::Cell;
use super::paint::{Painter, cells};
use crate::app::text_field::TextField;
use crate::app::wrap;

/// Draws a prompt and a field that scrolls with its caret; gives the caret's cell.
pub(super) fn draw(painter: &mut Painter<'_>, at: Cell, room: u16, prompt: &str, field: &TextField) -> Cell {
    let (x, y) = at;
    let style = painter.theme.accent();
    let start = painter.text(x, y, room, prompt, style);
    let room = usize::from(room.saturating_sub(start.saturating_sub(x))).max(1);
    let (_, column) = field.caret_at(usize::MAX);
    let shown = wrap::display(field.text()).into_owned();
    // What lies left of the window is skipped by columns.
    let skip = (column + 1).saturating_sub(room);
    let mut used = 0;
    let mut from = 0;
    for (at, grapheme) in shown.grapheme_indices(true) {
        if used >= skip {
            break;
        }
        used += wrap::grapheme_width(grapheme);
        from = at + grapheme.len();
    }
    painter.text(start, y, cells(room), shown.get(from..).unwrap_or_default(), Style::new());
    (start.saturating_add(cells(column.saturating_sub(used))), y)
}
