//! Coverage: the facts in scope that are not in the brief.

use ratatui::style::Style;

use super::facts::short_date;
use super::groups::{self, Drawing, Head};
use super::paint::Painter;
use crate::app::coverage::{Coverage, Grouping};
use crate::app::facts::thousands;
use crate::app::regions::Area;
use crate::app::state::State;
use crate::model::{FactAt, Priority, provenance};

/// From this width on a fact has its grade and its whole date.
const ROOMY: u16 = 60;

/// Draws the view.
pub(super) fn draw(state: &State, painter: &mut Painter<'_>, coverage: &Coverage) {
    let (title, body) = state.overview_parts();
    let choices = Grouping::ALL.map(|grouping| (grouping.words(), grouping == coverage.grouping));
    let sum = sum(state, coverage, painter.theme.glyphs.dot);
    let about = coverage.scope.words();
    groups::head(painter, title, &Head { name: "Coverage", sum: &sum, choices: &choices, about: &about });
    if coverage.groups.list.is_empty() {
        let text = match &coverage.error {
            Some(reason) => format!("The query of the scope does not read: {reason}"),
            None if coverage.awaited.is_some() || state.loading.files.is_some() => {
                "Searching the facts in scope".to_owned()
            }
            None => "No fact is in scope".to_owned(),
        };
        return groups::draw_empty(painter, body, &text);
    }
    let fact = |painter: &mut Painter<'_>, row: Area, at: FactAt| draw_fact(state, painter, row, at);
    let drawing = Drawing { groups: &coverage.groups, scaled: false, gap: &|_| String::new(), fact: &fact };
    groups::draw(painter, body, &drawing);
}

/// `12 of 48 facts in scope used · 2 must left out`
fn sum(state: &State, coverage: &Coverage, dot: &str) -> String {
    let loading = coverage.awaited.is_some() || state.loading.files.is_some();
    let mut parts = Vec::new();
    if !(loading && coverage.facts.is_empty()) {
        let facts = if coverage.facts.len() == 1 { "fact" } else { "facts" };
        parts.push(format!(
            "{} of {} {facts} in scope used",
            thousands(coverage.used),
            thousands(coverage.facts.len())
        ));
        if coverage.must > 0 {
            parts.push(format!("{} must left out", thousands(coverage.must)));
        }
    }
    if loading {
        parts.push("loading".to_owned());
    }
    parts.join(dot)
}

/// `● must 2024-08-20 B2 Li visits Russia`
fn draw_fact(state: &State, painter: &mut Painter<'_>, row: Area, at: FactAt) {
    let Some((event, fact)) = state.desk.get(at) else { return };
    let theme = painter.theme;
    let roomy = row.width >= ROOMY;
    let end = row.x.saturating_add(row.width);
    groups::draw_mark(state, painter, row, at);
    let mut x = row.x.saturating_add(2);
    let mut column = |painter: &mut Painter<'_>, width: u16, text: &str, style: Style| {
        painter.text(x, row.y, width.min(end.saturating_sub(x)), text, style);
        x = x.saturating_add(width).saturating_add(1);
    };
    let style = if fact.priority == Some(Priority::Must) { theme.finding() } else { theme.dim() };
    column(painter, 6, fact.priority.map_or("", Priority::as_str), style);
    let dates = if roomy { 10 } else { 5 };
    let date = fact.when().map(|date| short_date(date, dates)).unwrap_or_default();
    column(painter, dates, &date, theme.dim());
    if roomy {
        column(painter, 2, &provenance::grade(&state.desk, event, fact), theme.accent());
    }
    painter.cut(x, row.y, end.saturating_sub(x), &fact.headline(), Style::new());
}
