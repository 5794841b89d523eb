//! The focused fact in full, with its sources and their grades.

use ratatui::style::Style;

use super::paint::{Painter, rows};
use crate::app::fact_words::{about, dotted, said, sources, support, words, wrapped};
use crate::app::regions::Area;
use crate::app::state::State;
use crate::model::{Desk, Event, Fact, FactAt};
use crate::search::Query;

/// Draws the fact: two rows are kept for sources and what they amount to, the text has what else there is.
pub(super) fn draw(state: &State, painter: &mut Painter<'_>, area: Area, (at, query): (FactAt, &Query)) {
    let Some((event, fact)) = state.desk.get(at) else { return };
    let theme = painter.theme;
    let width = usize::from(area.width);
    let tail = tail(state, painter, event, fact, width);
    let text: Vec<String> = wrapped(&words(fact), width).collect();
    let room = usize::from(area.height).saturating_sub(tail.len().min(2)).max(1);
    let more = text.len() > room;
    let mut lines: Vec<(String, Style)> = text.into_iter().take(room).map(|l| (l, Style::new())).collect();
    if let Some((last, _)) = lines.last_mut().filter(|_| more) {
        *last = format!("{last} {}", theme.glyphs.ellipsis);
    }
    lines.extend(tail);
    for ((_, y), (line, style)) in rows(area).zip(lines) {
        painter.sought((area.x, y), area.width, &line, (style, query));
    }
}

/// What stands below the text, most important first.
fn tail(state: &State, painter: &Painter<'_>, event: &Event, fact: &Fact, width: usize) -> Vec<(String, Style)> {
    let theme = painter.theme;
    let dot = theme.glyphs.dot;
    let mut tail: Vec<(String, Style)> = Vec::new();
    tail.extend(dotted(&sources(&state.desk, event, fact), dot, width).into_iter().map(|l| (l, theme.accent())));
    tail.extend(dotted(&support(&state.desk, event, fact), dot, width).into_iter().map(|l| (l, Style::new())));
    tail.extend(said(event, fact).map(|l| (l, Style::new())));
    tail.extend(dotted(&about(event, fact), dot, width).into_iter().map(|l| (l, theme.dim())));
    tail.extend(fact.note.iter().flat_map(|n| wrapped(&format!("Note: {n}"), width)).map(|l| (l, theme.guidance())));
    let excerpts = fact.sources.iter().filter_map(|used| used.excerpt.as_deref());
    tail.extend(excerpts.flat_map(|e| wrapped(&format!("“{e}”"), width)).map(|l| (l, theme.dim())));
    let descriptors = descriptors(&state.desk, event, fact);
    tail.extend(descriptors.iter().flat_map(|d| wrapped(d, width)).map(|l| (l, theme.dim())));
    tail
}

/// What speaks for and against each source, with its name where there are several.
fn descriptors(desk: &Desk, event: &Event, fact: &Fact) -> Vec<String> {
    let sources: Vec<_> = fact.sources.iter().filter_map(|used| desk.source(event, &used.source)).collect();
    let described = sources.iter().filter_map(|source| {
        let descriptor = source.descriptor.as_deref()?;
        let name = if sources.len() > 1 { format!("{}: ", source.short_name()) } else { String::new() };
        Some(format!("{name}{descriptor}"))
    });
    described.collect()
}
