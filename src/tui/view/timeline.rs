//! The timeline: facts by date.

use ratatui::style::Style;

use super::facts::short_date;
use super::groups::{self, Drawing, Head};
use super::paint::Painter;
use crate::app::facts::thousands;
use crate::app::regions::Area;
use crate::app::state::State;
use crate::app::timeline::{Grain, Timeline, is_vague};
use crate::model::FactAt;

/// Draws the view.
pub(super) fn draw(state: &State, painter: &mut Painter<'_>, timeline: &Timeline) {
    let (title, body) = state.overview_parts();
    let grain = timeline.grain;
    let choices = [Grain::Day, Grain::Month, Grain::Year].map(|other| (other.words(), other == grain));
    let about = if timeline.query.is_empty() {
        "of the whole desk".to_owned()
    } else {
        format!("of the filter: {}", timeline.query)
    };
    let sum = sum(state, timeline, painter.theme.glyphs.dot);
    groups::head(painter, title, &Head { name: "Timeline", sum: &sum, choices: &choices, about: &about });
    if timeline.groups.list.is_empty() {
        let text = match &timeline.error {
            Some(reason) => format!("The filter does not read: {reason}"),
            None if timeline.awaited.is_some() || state.loading.files.is_some() => "Searching the facts".to_owned(),
            None => "No facts".to_owned(),
        };
        return groups::draw_empty(painter, body, &text);
    }
    let fact = |painter: &mut Painter<'_>, row: Area, at: FactAt| draw_fact(state, painter, row, (at, grain));
    let gap = |n: usize| grain.counted(n);
    groups::draw(painter, body, &Drawing { groups: &timeline.groups, scaled: true, gap: &gap, fact: &fact });
}

/// `48 facts · 12 used`
fn sum(state: &State, timeline: &Timeline, dot: &str) -> String {
    let loading = timeline.awaited.is_some() || state.loading.files.is_some();
    let mut parts = Vec::new();
    if !(loading && timeline.facts.is_empty()) {
        let facts = if timeline.facts.len() == 1 { "fact" } else { "facts" };
        parts.push(format!("{} {facts}", thousands(timeline.facts.len())));
        if state.document.is_some() {
            parts.push(format!("{} used", thousands(timeline.used)));
        }
    }
    if loading {
        parts.push("loading".to_owned());
    }
    parts.join(dot)
}

/// `✓ ~2024-08 Li visits Russia`
fn draw_fact(state: &State, painter: &mut Painter<'_>, row: Area, (at, grain): (FactAt, Grain)) {
    let Some((_, fact)) = state.desk.get(at) else { return };
    let theme = painter.theme;
    let end = row.x.saturating_add(row.width);
    groups::draw_mark(state, painter, row, at);
    if is_vague(fact, grain) {
        painter.text(row.x.saturating_add(1), row.y, 1, "~", theme.dim());
    }
    let x = row.x.saturating_add(2);
    let dates = if row.width >= 48 { 10 } else { 5 };
    let date = fact.when().map(|date| short_date(date, dates)).unwrap_or_default();
    painter.text(x, row.y, dates.min(end.saturating_sub(x)), &date, theme.dim());
    let x = x.saturating_add(dates).saturating_add(1);
    painter.cut(x, row.y, end.saturating_sub(x), &fact.headline(), Style::new());
}
