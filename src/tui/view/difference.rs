//! The difference between what is on disk and what is here.

use ratatui::style::Style;

use super::paint::{Painter, rows};
use crate::app::difference::{Side, is_none};
use crate::app::state::{Dialog, DifferenceView, State};

/// Draws it over the panes.
pub(super) fn draw(state: &State, view: &DifferenceView, painter: &mut Painter<'_>) {
    let theme = painter.theme;
    let main = state.regions.main;
    let (title, body) = main.split_top(if main.height > 2 { 2 } else { 0 });
    if !title.is_empty() {
        let what = if view.which == Dialog::Note { "note" } else { "draft" };
        let end = title.x.saturating_add(title.width).saturating_sub(1);
        let x = title.x.saturating_add(1);
        let x = painter.cut(x, title.y, end.saturating_sub(x), "Difference", theme.title(true));
        let words = format!("  - only in the {what} on disk   + only in yours   ~ other words");
        painter.cut(x, title.y, end.saturating_sub(x), &words, theme.dim());
    }
    let x = body.x.saturating_add(1);
    let end = body.x.saturating_add(body.width);
    let plain = match &view.parts {
        None => Some("Reading what is on disk"),
        Some(parts) if is_none(parts) => Some("There is no difference any more"),
        Some(_) => None,
    };
    if let Some(text) = plain {
        painter.cut(x, body.y, end.saturating_sub(x), text, theme.dim());
        return;
    }
    let shown = state.difference_rows();
    let top = view.top.min(shown.len().saturating_sub(1));
    for ((_, y), row) in rows(body).zip(shown.iter().skip(top)) {
        painter.text(x, y, 1, row.sign, theme.bold());
        let mut x = x.saturating_add(2);
        for piece in &row.pieces {
            let style = match piece.side {
                _ if row.is_furniture => theme.dim(),
                Side::Both => Style::new(),
                Side::Theirs => theme.removed(),
                Side::Mine => theme.added(),
            };
            x = painter.text(x, y, end.saturating_sub(x), &piece.text, style);
        }
    }
}
