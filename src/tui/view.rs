//! Drawing: reads the state, changes nothing.

mod brief;
mod coverage;
mod detail;
mod difference;
mod facts;
mod field;
mod findings;
mod first_run;
mod full;
mod groups;
mod lists;
mod live;
mod paint;
mod preview;
mod status;
mod timeline;

use ratatui::layout::Position;

use super::canvas::{Canvas, Cursor};
use super::theme::Theme;
use crate::app::list::ListKind;
use crate::app::overview::View;
use crate::app::state::{Mode, Pane, State};
pub(super) use first_run::first_run;
use paint::Painter;

pub(super) use live::live;

/// A cell.
type Cell = (u16, u16);

/// Draws everything.
pub fn view(state: &State, theme: &Theme, canvas: &mut Canvas) {
    let area = canvas.area();
    let mut painter = Painter::new(canvas, theme.dressed(state.theme));
    painter.style(area, painter.theme.text());
    let mut caret = None;
    if state.size.width <= 2 && state.size.height <= 1 {
        painter.text(area.x, area.y, area.width, "·", theme.dim());
    } else if let Mode::Difference(shown) = &state.mode {
        difference::draw(state, shown, &mut painter);
        status::draw(state, &mut painter, &mut caret);
    } else if matches!(&state.mode, Mode::List(list) if list.kind != ListKind::Palette) {
        caret = lists::draw(state, &mut painter);
        status::draw(state, &mut painter, &mut caret);
    } else {
        caret = draw_main(state, &mut painter);
        status::draw(state, &mut painter, &mut caret);
        lists::draw_above_status(state, &mut painter);
    }
    // The real cursor stands at the caret, for input methods and screen readers; where nothing is typed,
    // at the row under hand.
    let focus = painter.focus;
    if state.setup.cursor && is_choosing(state) {
        caret = focus.or(caret);
    }
    place(canvas, caret, focus, state.setup.cursor);
}

/// Whether a row of a list is being chosen, with nothing typed to find it.
fn is_choosing(state: &State) -> bool {
    matches!(&state.mode, Mode::List(list) if list.filter.text().is_empty())
}

/// Shows the cursor at the caret, or if it is wanted there at the focus; else leaves it hidden there.
fn place(canvas: &mut Canvas, caret: Option<Cell>, focus: Option<Cell>, shown: bool) {
    let area = canvas.area();
    let inside =
        |cell: Option<Cell>| cell.filter(|(x, y)| *x < area.width && *y < area.height).map(|(x, y)| Position { x, y });
    let focus = inside(focus);
    canvas.cursor = match inside(caret).or(focus.filter(|_| shown)) {
        Some(at) => Cursor::Shown(at),
        None => focus.map_or(Cursor::Anywhere, Cursor::Hidden),
    };
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
    // The place of the cursor where the pane has no row to put it on.
    painter.focus = Some(state.regions.titled(state.focus).1).filter(|body| !body.is_empty()).map(|b| (b.x, b.y));
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
