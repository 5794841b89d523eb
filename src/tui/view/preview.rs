//! The Preview pane: the composed note.

use super::paint::{Painter, rows};
use crate::app::state::{Pane, State};

/// Draws the pane.
pub(super) fn draw(state: &State, painter: &mut Painter<'_>) {
    let (title, body) = state.regions.titled(Pane::Preview);
    if body.is_empty() {
        return;
    }
    let theme = painter.theme;
    if !title.is_empty() {
        let x = title.x.saturating_add(1);
        let end = title.x.saturating_add(title.width).saturating_sub(1);
        let x = painter.text(x, title.y, end.saturating_sub(x), "Preview", theme.title(state.focus == Pane::Preview));
        let x = x.saturating_add(2);
        let text = if state.preview.raw { "raw Markdown" } else { "" };
        painter.text(x, title.y, end.saturating_sub(x), text, theme.dim());
    }
    let body = state.regions.preview_body();
    if state.preview.lines.is_empty() {
        painter.cut(body.x, body.y, body.width, "Nothing to show yet", theme.dim());
    }
    let end = body.x.saturating_add(body.width);
    for (n, y) in rows(body) {
        let Some(line) = state.preview.lines.get(state.preview.top + n) else { break };
        let mut x = body.x;
        for span in &line.spans {
            x = painter.text(x, y, end.saturating_sub(x), &span.text, theme.face(span.face));
        }
    }
}
