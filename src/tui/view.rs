//! Drawing: reads the state, changes nothing.

mod brief;
mod detail;
mod facts;
mod lists;
mod paint;
mod preview;
mod status;

use ratatui::Frame;
use ratatui::layout::Position;

use super::theme::Theme;
use crate::app::state::{Mode, Pane, State};
use paint::Painter;

/// Draws everything.
pub fn view(state: &State, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    let mut painter = Painter::new(frame.buffer_mut(), *theme);
    let mut caret = None;
    if state.size.width <= 2 && state.size.height <= 1 {
        painter.text(area.x, area.y, area.width, "·", theme.dim());
    } else if covers(state) {
        caret = lists::draw(state, &mut painter);
        status::draw(state, &mut painter, &mut caret);
    } else {
        tabs(state, &mut painter);
        caret = facts::draw(state, &mut painter);
        caret = brief::draw(state, &mut painter).or(caret);
        preview::draw(state, &mut painter);
        for line in &state.regions.separators {
            painter.column(*line, theme.glyphs.separator, theme.dim());
        }
        status::draw(state, &mut painter, &mut caret);
        caret = lists::draw_above_status(state, &mut painter).or(caret);
    }
    // The real cursor stands at the caret, for input methods and screen readers.
    if let Some((x, y)) = caret.filter(|(x, y)| *x < area.right() && *y < area.bottom()) {
        frame.set_cursor_position(Position { x, y });
    }
}

/// Whether a list covers the panes.
fn covers(state: &State) -> bool {
    use crate::app::list::ListKind;
    matches!(&state.mode, Mode::List(list) if list.kind != ListKind::Palette)
}

/// The row that names the panes where only one fits.
fn tabs(state: &State, painter: &mut Painter<'_>) {
    let row = state.regions.tabs;
    if row.is_empty() {
        return;
    }
    let theme = painter.theme;
    let mut x = row.x.saturating_add(1);
    for (pane, name) in [(Pane::Facts, "Facts"), (Pane::Brief, "Brief"), (Pane::Preview, "Preview")] {
        let here = pane == state.focus;
        let text = if here { format!("[{name}]") } else { name.to_owned() };
        let room = row.width.saturating_sub(x.saturating_sub(row.x));
        x = painter.text(x, row.y, room, &text, if here { theme.title(true) } else { theme.dim() });
        x = x.saturating_add(1);
    }
    let room = row.width.saturating_sub(x.saturating_sub(row.x)).saturating_sub(2);
    let text = match state.focus {
        Pane::Facts => facts::count(state),
        _ => state.document.as_ref().map(|d| d.title().to_owned()).unwrap_or_default(),
    };
    painter.cut(x.saturating_add(1), row.y, room, &text, theme.dim());
}
