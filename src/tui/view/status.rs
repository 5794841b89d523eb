//! The status row: state, brief, saved or not, words, findings; hints or a notice on the right.

use ratatui::style::Style;

use super::paint::{Painter, cells};
use super::{Cell, field};
use crate::app::document::SaveState;
use crate::app::hints::hints;
use crate::app::list::ListKind;
use crate::app::regions::Area;
use crate::app::state::{LineKind, Mode, State};
use crate::app::update::{brief_words, prompt};
use crate::app::wrap;

/// A piece of the row.
pub(super) type Part = (String, Style);

/// Draws the row; sets the caret if a value is asked for here.
pub(super) fn draw(state: &State, painter: &mut Painter<'_>, caret: &mut Option<Cell>) {
    let row = state.regions.status;
    if row.is_empty() {
        return;
    }
    let at = (row.x.saturating_add(1), row.y);
    let room = row.width.saturating_sub(2);
    match &state.mode {
        // The filter is typed in the title of Facts where there is one.
        Mode::Line(line) if !(matches!(line.kind, LineKind::Filter) && caret.is_some()) => {
            let room = draw_notice_beside(state, painter, at, room);
            *caret = Some(field::draw(painter, at, room, &prompt(&line.kind), &line.field));
        }
        Mode::List(list) if list.kind == ListKind::Palette => {
            *caret = Some(field::draw(painter, at, room, ":", &list.filter));
        }
        _ => draw_status(state, painter, row),
    }
}

/// What is said while a value is asked for stands at the right of it, in at most half of the row; the
/// room that is left.
fn draw_notice_beside(state: &State, painter: &mut Painter<'_>, (x, y): Cell, room: u16) -> u16 {
    let Some(notice) = &state.notice else { return room };
    let text = wrap::display(&crate::model::text::one_line(&notice.text)).into_owned();
    let wanted = cells(wrap::width(&text)).min(room / 2);
    let style = if notice.warning { painter.theme.finding() } else { painter.theme.dim() };
    painter.cut(x.saturating_add(room).saturating_sub(wanted), y, wanted, &text, style);
    room.saturating_sub(wanted).saturating_sub(2)
}

fn draw_status(state: &State, painter: &mut Painter<'_>, row: Area) {
    let left = left_side(state, painter);
    let right = right_side(state, painter);
    draw_parts(painter, row, left, &right, state.notice.is_some());
}

/// Draws the two sides of a status row, what matters most first.
pub(super) fn draw_parts(painter: &mut Painter<'_>, row: Area, mut left: Vec<Part>, right: &[Part], is_notice: bool) {
    let theme = painter.theme;
    let room = usize::from(row.width.saturating_sub(2));
    let gap = wrap::width(theme.glyphs.dot);
    let left_width = |left: &[Part]| width(left) + gap * left.len().saturating_sub(1);
    // What matters least goes first. A notice, which soon goes, is worth more than all but the
    // state; hints only push out what does not fit beside `? help`.
    let wanted = if is_notice { width(right).min(room) } else { 6 };
    while left.len() > 1 && left_width(&left) + 2 + wanted > room {
        left.pop();
    }
    let end = row.x.saturating_add(row.width).saturating_sub(1);
    let mut x = row.x.saturating_add(1);
    for (n, (text, style)) in left.iter().enumerate() {
        let before = ["", " "].get(n).copied().unwrap_or(theme.glyphs.dot);
        x = painter.text(x, row.y, end.saturating_sub(x), before, theme.dim());
        x = painter.cut(x, row.y, end.saturating_sub(x), text, *style);
    }
    draw_right(painter, row.y, x.saturating_add(2), end, right);
}

fn width(parts: &[Part]) -> usize {
    parts.iter().map(|(text, _)| wrap::width(text)).sum()
}

/// The left side, most important first: state, saved or not with the brief's name, words, findings.
fn left_side(state: &State, painter: &Painter<'_>) -> Vec<Part> {
    let theme = painter.theme;
    let (word, typing) = match &state.mode {
        Mode::Browse => ("BROWSE", false),
        Mode::Type(_) => ("TYPE", true),
        Mode::Line(_) => ("FILTER", true),
        Mode::List(_) => ("LIST", false),
        Mode::View(_) => ("VIEW", false),
        Mode::Dialog(_) => ("ASK", true),
        Mode::Difference(_) => ("DIFF", false),
    };
    let short = state.size.width <= 40;
    let word = if short { word.get(..1).unwrap_or(word) } else { word };
    let mouse = match (state.mouse, short) {
        (false, _) => "",
        (true, false) => " MOUSE",
        (true, true) => " M",
    };
    let mut out = vec![(format!("{word}{mouse}"), theme.state_word(typing))];
    let Some(document) = &state.document else { return out };
    let (saved, style) = match document.save_state() {
        _ if state.hold.is_read_only() => ("read only".to_owned(), theme.finding()),
        SaveState::Saved => ("saved".to_owned(), Style::new()),
        SaveState::Changed | SaveState::Saving => ("saving".to_owned(), Style::new()),
        SaveState::Failed(reason) => (format!("not saved: {}", wrap::display(&reason)), theme.finding()),
    };
    let name = wrap::display(&document.slug).into_owned();
    let name = wrap::truncate(&name, 22, theme.glyphs.ellipsis);
    let saved = if short { saved } else { format!("{name}{}{saved}", theme.glyphs.dot) };
    out.push((saved, style));
    // Until the note is composed for the first time its words are not known.
    if !state.composed.note.text.is_empty() {
        out.push((brief_words(state), Style::new()));
    }
    match state.finding_count() {
        0 => {}
        1 => out.push(("1 finding".to_owned(), theme.finding())),
        n => out.push((format!("{n} findings"), theme.finding())),
    }
    out
}

/// The right side: a notice, what is wrong with the query, or hints.
fn right_side(state: &State, painter: &Painter<'_>) -> Vec<Part> {
    let theme = painter.theme;
    if let Some(notice) = &state.notice {
        let style = if notice.warning { theme.finding() } else { Style::new() };
        let line = crate::model::text::one_line(&notice.text);
        return vec![(wrap::display(&line).into_owned(), style)];
    }
    if let (Some(error), Mode::Line(_)) = (&state.facts.error, &state.mode) {
        return vec![(wrap::display(error).into_owned(), theme.finding())];
    }
    hint_parts(hints(state), painter)
}

/// Hints as pieces of the row.
pub(super) fn hint_parts(hints: Vec<(String, String)>, painter: &Painter<'_>) -> Vec<Part> {
    let theme = painter.theme;
    let parts = |(key, words)| [(key, theme.accent()), (format!(" {words}  "), theme.dim())];
    let mut right: Vec<Part> = hints.into_iter().flat_map(parts).collect();
    if let Some((last, _)) = right.last_mut() {
        last.truncate(last.trim_end().len());
    }
    right
}

fn draw_right(painter: &mut Painter<'_>, y: u16, start: u16, end: u16, right: &[Part]) {
    let room = end.saturating_sub(start);
    let mut parts = right.to_vec();
    // Hints go from the right, a key and its words each: the most useful stand on the left. Help, at the very end, is
    // last to go.
    while cells(width(&parts)) > room && parts.len() > 2 {
        let before_help = parts.len().saturating_sub(4)..parts.len().saturating_sub(2);
        parts.drain(before_help);
    }
    let mut x = end.saturating_sub(cells(width(&parts)).min(room));
    for (text, style) in &parts {
        x = painter.cut(x, y, end.saturating_sub(x), text, *style);
    }
}
