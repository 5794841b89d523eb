//! Drawing: reads the state, changes nothing.

mod brief;
mod coverage;
mod detail;
mod facts;
mod field;
mod findings;
mod full;
mod groups;
mod lists;
mod paint;
mod preview;
mod status;
mod timeline;

use ratatui::Frame;
use ratatui::layout::Position;

use super::theme::Theme;
use crate::app::list::ListKind;
use crate::app::overview::View;
use crate::app::regions::Area;
use crate::app::state::{Mode, Pane, State};
use paint::Painter;

/// A cell.
type Cell = (u16, u16);

/// Draws everything.
pub fn view(state: &State, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    let mut painter = Painter::new(frame.buffer_mut(), theme.dressed(state.theme));
    painter.style(Area { x: area.x, y: area.y, width: area.width, height: area.height }, painter.theme.text());
    let mut caret = None;
    if state.size.width <= 2 && state.size.height <= 1 {
        painter.text(area.x, area.y, area.width, "·", theme.dim());
    } else if matches!(&state.mode, Mode::List(list) if list.kind != ListKind::Palette) {
        caret = lists::draw(state, &mut painter);
        status::draw(state, &mut painter, &mut caret);
    } else {
        caret = draw_main(state, &mut painter);
        status::draw(state, &mut painter, &mut caret);
        lists::draw_above_status(state, &mut painter);
    }
    // The real cursor stands at the caret, for input methods and screen readers.
    if let Some((x, y)) = caret.filter(|(x, y)| *x < area.right() && *y < area.bottom()) {
        frame.set_cursor_position(Position { x, y });
    }
}

/// The panes, or the view that covers them.
fn draw_main(state: &State, painter: &mut Painter<'_>) -> Option<Cell> {
    match state.overview().map(|overview| &overview.view) {
        None => return draw_panes(state, painter),
        Some(View::Coverage(coverage)) => coverage::draw(state, painter, coverage),
        Some(View::Timeline(timeline)) => timeline::draw(state, painter, timeline),
        Some(View::Full(full)) => full::draw(state, painter, full),
    }
    None
}

fn draw_panes(state: &State, painter: &mut Painter<'_>) -> Option<Cell> {
    tabs(state, painter);
    let filter = facts::draw(state, painter);
    let caret = brief::draw(state, painter);
    preview::draw(state, painter);
    for line in &state.regions.separators {
        let (glyph, style) = (painter.theme.glyphs.separator, painter.theme.dim());
        painter.column(*line, glyph, style);
    }
    filter.or(caret)
}

/// The row that names the panes where only one fits.
fn tabs(state: &State, painter: &mut Painter<'_>) {
    let row = state.regions.tabs;
    if row.is_empty() {
        return;
    }
    let theme = painter.theme;
    let end = row.x.saturating_add(row.width).saturating_sub(1);
    let mut x = row.x;
    for (pane, text, area) in state.tabs() {
        let style = if pane == state.focus { theme.title(true) } else { theme.dim() };
        x = painter.text(area.x, row.y, end.saturating_sub(area.x), text, style).saturating_add(1);
    }
    let text = match state.focus {
        Pane::Facts if state.facts.query.is_empty() => facts::count(state),
        Pane::Facts => format!("{}  /{}", facts::count(state), state.facts.query),
        _ => state.document.as_ref().map(|d| d.title().to_owned()).unwrap_or_default(),
    };
    x = x.saturating_add(1);
    painter.cut(x, row.y, end.saturating_sub(x), &text, theme.dim());
}
