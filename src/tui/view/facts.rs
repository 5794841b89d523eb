//! The Facts pane.

use ratatui::style::Style;

use super::paint::{Painter, rows};
use super::{Cell, detail, field};
use crate::app::action::{Action, Contexts};
use crate::app::facts::{Order, PlacedView, thousands};
use crate::app::regions::Area;
use crate::app::state::{Line, LineKind, Mode, Pane, State};
use crate::app::update::skipped_files;
use crate::model::date::Precision;
use crate::model::{Edtf, FactAt, FactStatus};
use crate::search::Query;

/// From this width on dates are shown with their year.
const FULL_DATES: u16 = 48;

/// Draws the pane; gives the caret if the filter is typed here.
pub(super) fn draw(state: &State, painter: &mut Painter<'_>) -> Option<Cell> {
    let (title, _) = state.regions.titled(Pane::Facts);
    let (list, below) = state.regions.facts_parts();
    if list.is_empty() {
        return None;
    }
    let caret = draw_title(state, painter, title);
    if state.facts.visible.is_empty() {
        let (text, style) = (empty(state), painter.theme.dim());
        painter.paragraph(list.inset(1, 1), &text, style);
    }
    let query = sought(state);
    for (n, y) in rows(list) {
        let at = state.facts.top + n;
        if let Some(fact) = state.facts.visible.get(at) {
            draw_row(state, painter, Area { y, height: 1, ..list }, (*fact, at == state.facts.cursor, &query));
        }
    }
    if !below.is_empty() {
        let (rule, body) = below.inset(1, 1).split_top(1);
        let (glyph, style) = (painter.theme.glyphs.rule, painter.theme.dim());
        painter.row(rule, glyph, style);
        if let Some(fact) = state.facts.focused() {
            detail::draw(state, painter, body, (fact, &query));
        }
    }
    caret
}

/// `212`, `41/212`, `3,120/10,000 loading`.
pub(super) fn count(state: &State) -> String {
    if let Some((done, total)) = state.loading.files {
        return match total {
            0 => "loading".to_owned(),
            _ => format!("{}/{} loading", thousands(done), thousands(total)),
        };
    }
    let fresh = match state.facts.fresh.len() {
        0 => String::new(),
        n => format!("  +{} new", thousands(n)),
    };
    let all = thousands(state.desk.fact_count());
    let hidden = state.facts.placed_view == PlacedView::Hidden && !state.facts.placed.is_empty();
    if state.facts.query.trim().is_empty() && !hidden {
        return all + &fresh;
    }
    let shown = thousands(state.facts.visible.len());
    // The first rows of a search that goes on.
    let more = if state.facts.partial { "+" } else { "" };
    format!("{shown}{more}/{all}{fresh}")
}

fn draw_title(state: &State, painter: &mut Painter<'_>, row: Area) -> Option<Cell> {
    if row.is_empty() {
        return None;
    }
    let theme = painter.theme;
    let end = row.x.saturating_add(row.width).saturating_sub(1);
    let x = row.x.saturating_add(1);
    let x = painter.text(x, row.y, end.saturating_sub(x), "Facts", theme.title(state.focus == Pane::Facts));
    let x = x.saturating_add(1);
    let x = painter.text(x, row.y, end.saturating_sub(x), &count(state), Style::new()).saturating_add(2);
    if let Mode::Line(Line { kind: LineKind::Filter, field }) = &state.mode {
        return Some(field::draw(painter, (x, row.y), end.saturating_sub(x), "/", field));
    }
    let text = match (state.facts.query.as_str(), state.facts.order) {
        ("", Order::Newest) => String::new(),
        ("", order) => order.words().to_owned(),
        (query, Order::Newest) => format!("/{query}"),
        (query, _) if state.facts.keeps_ranking() => format!("/{query}"),
        (query, order) => format!("/{query}  {}", order.words()),
    };
    let style = if state.facts.error.is_some() { theme.finding() } else { theme.dim() };
    painter.cut(x, row.y, end.saturating_sub(x), &text, style);
    None
}

/// The query by which the list was found; of one that is half typed nothing is marked.
fn sought(state: &State) -> Query {
    Query::parse(&state.facts.query).unwrap_or_default()
}

/// What an empty list says: why, and the key that helps.
fn empty(state: &State) -> String {
    let query = state.facts.query.trim();
    if state.loading.files.is_some() {
        "Reading the desk".to_owned()
    } else if let (0, Some(skipped)) = (state.desk.fact_count(), skipped_files(state)) {
        skipped
    } else if state.desk.fact_count() == 0 {
        let show = state.key(Action::Problems);
        format!("No facts yet. Event files go into briefs/events and appear here by themselves. {show} shows problems")
    } else if !query.is_empty() {
        format!("No fact matches \"{query}\". {} clears", state.key_in(Contexts::FACTS, Action::Leave))
    } else {
        format!("All {} placed. {} shows them", thousands(state.facts.placed.len()), state.key(Action::ShowPlaced))
    }
}

fn draw_row(state: &State, painter: &mut Painter<'_>, row: Area, (at, here, query): (FactAt, bool, &Query)) {
    let Some((_, fact)) = state.desk.get(at) else { return };
    let theme = painter.theme;
    let glyphs = theme.glyphs;
    let placed = state.facts.placed.contains_key(&at);
    let end = row.x.saturating_add(row.width).saturating_sub(1);
    let dimmed = placed && state.facts.placed_view == PlacedView::Dimmed;
    let base = if dimmed { theme.dim() } else { Style::new() };
    let (mark, style) = match (state.facts.marks.contains(&at), placed) {
        (true, _) => (glyphs.marked, theme.accent()),
        (false, true) => (glyphs.placed, theme.placed()),
        (false, false) => ("", Style::new()),
    };
    painter.text(row.x.saturating_add(1), row.y, 1, mark, style);
    let flag = match fact.status {
        FactStatus::Disputed => Some(glyphs.disputed),
        FactStatus::Retracted => Some(glyphs.retracted),
        FactStatus::Confirmed | FactStatus::Reported => None,
    };
    let columns = if row.width >= FULL_DATES { 10 } else { 5 };
    let x = row.x.saturating_add(3);
    let date = fact.when().map(|date| short_date(date, columns)).unwrap_or_default();
    painter.text(x, row.y, end.saturating_sub(x).min(columns), &date, base.patch(theme.dim()));
    let x = x.saturating_add(columns).saturating_add(1);
    let text_end = if flag.is_some() { end.saturating_sub(2) } else { end };
    painter.sought((x, row.y), text_end.saturating_sub(x), &fact.headline(), (base, query));
    if let Some(flag) = flag {
        painter.text(end.saturating_sub(1), row.y, 1, flag, theme.finding());
    }
    if here {
        painter.text(row.x, row.y, 1, glyphs.cursor, Style::new());
        painter.style(row, theme.cursor_row(state.focus == Pane::Facts));
        if state.focus == Pane::Facts {
            painter.focus = Some((row.x, row.y));
        }
    }
}

/// A date in a column: where there is no room for ten, `08-20` for a day, `08/24` for a month,
/// `2024` for a year; of an interval its start.
pub(super) fn short_date(date: &Edtf, columns: u16) -> String {
    let point = date.start().or_else(|| date.end()).unwrap_or(*date);
    let text = point.to_string();
    if columns >= 10 {
        return if text.len() <= 10 { text } else { point.column() };
    }
    match (point.precision(), text.get(2..4), text.get(5..7), text.get(5..10)) {
        (Precision::Day | Precision::Time, _, _, Some(day)) => day.to_owned(),
        (Precision::Month, Some(year), Some(month), _) => format!("{month}/{year}"),
        _ => text,
    }
}
