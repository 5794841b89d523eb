//! What is found at the item under the cursor of Brief, beneath the pane.

use ratatui::style::Style;

use super::paint::{Painter, rows};
use crate::app::findings::Told;
use crate::app::regions::Area;
use crate::app::state::State;
use crate::finding::Severity;

/// Draws the rows under a rule; what does not fit ends with an ellipsis.
pub(super) fn draw(state: &State, painter: &mut Painter<'_>) {
    let (_, area) = state.brief_parts();
    if area.is_empty() {
        return;
    }
    let theme = painter.theme;
    let (rule, body) = area.inset(1, 1).split_top(1);
    painter.row(rule, theme.glyphs.rule, theme.dim());
    draw_told(painter, body, &state.told(usize::from(body.width)));
}

/// Draws what is told, as far as it fits.
pub(super) fn draw_told(painter: &mut Painter<'_>, body: Area, told: &[Told]) {
    let theme = painter.theme;
    let more = told.len() > usize::from(body.height);
    for ((n, y), told) in rows(body).zip(told) {
        let style = if told.is_help { theme.dim() } else { Style::new() };
        if let Some(severity) = told.head {
            let glyph = match severity {
                Severity::Error => theme.glyphs.error,
                Severity::Warning => theme.glyphs.finding,
                Severity::Info => theme.glyphs.info,
            };
            painter.text(body.x, y, 1, glyph, theme.severity(severity));
        }
        let x = body.x.saturating_add(2);
        let room = body.width.saturating_sub(2);
        let last = more && n + 1 == usize::from(body.height);
        let text = if last { format!("{} {}", told.text, theme.glyphs.ellipsis) } else { told.text.clone() };
        painter.cut(x, y, room, &text, style);
    }
}
