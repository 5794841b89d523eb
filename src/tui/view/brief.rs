//! The Brief pane.

use ratatui::style::Style;

use super::paint::{Painter, cells, rows};
use super::{Cell, findings};
use crate::app::action::Action;
use crate::app::blocks::BlockSort;
use crate::app::hit::BLOCK_TEXT as TEXT;
use crate::app::outline::{self, Outline, Row, RowKind, SectionRow};
use crate::app::regions::Area;
use crate::app::state::{Mode, Pane, State};
use crate::app::wrap;
use crate::finding::Severity;

/// Draws the pane; gives the caret while typing.
pub(super) fn draw(state: &State, painter: &mut Painter<'_>) -> Option<Cell> {
    let (title, _) = state.regions.titled(Pane::Brief);
    let (body, _) = state.brief_parts();
    if body.is_empty() {
        return None;
    }
    draw_title(state, painter, title);
    let Some(outline) = state.shown_brief() else {
        let opening = !state.listed || state.reading.is_some();
        let (new, open) = (state.key(Action::NewBrief), state.key(Action::OpenBrief));
        let none = format!("No brief is open. {new} starts one from a template, {open} opens one");
        let style = painter.theme.dim();
        painter.paragraph(body.inset(1, 1), if opening { "Opening" } else { &none }, style);
        return None;
    };
    let shown = &state.brief.rows;
    for (n, y) in rows(body) {
        let Some(row) = shown.get(state.brief.top + n) else { break };
        draw_row(state, outline, painter, Area { y, height: 1, ..body }, row);
    }
    findings::draw(state, painter);
    caret(state, shown, body)
}

/// The mark of the gravest finding at an item, in the margin.
fn draw_severity(state: &State, painter: &mut Painter<'_>, (x, y): (u16, u16), item: Option<usize>) {
    let theme = painter.theme;
    match item.and_then(|item| state.severity_at(item)) {
        Some(severity @ Severity::Error) => painter.text(x, y, 1, theme.glyphs.error, theme.severity(severity)),
        Some(severity) => painter.text(x, y, 1, theme.glyphs.finding, theme.severity(severity)),
        None => x,
    };
}

/// The caret's cell while typing.
fn caret(state: &State, shown: &[Row], body: Area) -> Option<Cell> {
    let Mode::Type(editor) = &state.mode else { return None };
    let (line, column) = outline::caret(shown, &editor.field)?;
    let first = shown.iter().position(|r| matches!(r.kind, RowKind::Field(_)))?;
    let row = (first + line).checked_sub(state.brief.top)?;
    if row >= usize::from(body.height) {
        return None;
    }
    let x = body.x.saturating_add(TEXT).saturating_add(cells(column));
    let last = body.x.saturating_add(body.width).saturating_sub(1);
    Some((x.min(last), body.y.saturating_add(cells(row))))
}

fn draw_title(state: &State, painter: &mut Painter<'_>, row: Area) {
    if row.is_empty() {
        return;
    }
    let theme = painter.theme;
    let x = row.x.saturating_add(1);
    let end = row.x.saturating_add(row.width).saturating_sub(1);
    let x = painter.text(x, row.y, end.saturating_sub(x), "Brief", theme.title(state.focus == Pane::Brief));
    let x = x.saturating_add(2);
    if let Some(document) = &state.document {
        painter.cut(x, row.y, end.saturating_sub(x), document.title(), Style::new());
    }
}

fn draw_row(state: &State, outline: &Outline, painter: &mut Painter<'_>, area: Area, row: &Row) {
    let theme = painter.theme;
    let end = area.x.saturating_add(area.width).saturating_sub(1);
    let x = area.x.saturating_add(TEXT);
    let room = end.saturating_sub(x);
    match row.kind {
        RowKind::Heading(section) => {
            if let Some(heading) = outline.sections.get(section) {
                draw_severity(state, painter, (end.saturating_sub(1), area.y), row.item);
                // The count makes room for the mark.
                let marked = row.item.is_some_and(|item| state.severity_at(item).is_some());
                let area = Area { width: area.width.saturating_sub(if marked { 2 } else { 0 }), ..area };
                let words = state.words_in(section);
                draw_heading(painter, area, heading, words, section == state.brief.section());
            }
        }
        RowKind::Guidance => {
            painter.cut(x, area.y, room, &row.text, theme.guidance());
        }
        RowKind::Empty => {
            let (enter, write) = (state.key(Action::Enter), state.key(Action::WriteBelow));
            let full = format!("(empty) {enter} on a fact, or {write} to write");
            let short = || format!("(empty) {enter}, or {write} to write");
            let text = if usize::from(room) >= wrap::width(&full) { full } else { short() };
            painter.cut(x, area.y, room, &text, theme.dim());
        }
        RowKind::Folded | RowKind::Block => draw_block(state, outline, painter, area, row),
        RowKind::More => {
            painter.text(x, area.y, room, &row.text, Style::new());
        }
        RowKind::Field(start) => draw_field(state, painter, Area { x, width: room, ..area }, &row.text, start),
    }
    if row.item == Some(state.brief.cursor) && !matches!(state.mode, Mode::Type(_)) {
        if row.kind != RowKind::More {
            painter.text(area.x, area.y, 1, theme.glyphs.cursor, Style::new());
            if state.focus == Pane::Brief {
                painter.focus = Some((area.x, area.y));
            }
        }
        painter.style(area, theme.cursor_row(state.focus == Pane::Brief));
    }
}

/// A row of the text being typed, which begins at a byte of it; what is selected is reversed.
fn draw_field(state: &State, painter: &mut Painter<'_>, area: Area, text: &str, start: usize) {
    let Mode::Type(editor) = &state.mode else { return };
    let selected = editor.field.selection();
    let cut = |at: usize| at.saturating_sub(start).min(text.len());
    let (from, to) = (cut(selected.start), cut(selected.end));
    let style = painter.theme.cursor_row(true);
    let mut x = area.x;
    for (part, style) in [(0..from, Style::new()), (from..to, style), (to..text.len(), Style::new())] {
        let room = area.x.saturating_add(area.width).saturating_sub(x);
        x = painter.text(x, area.y, room, text.get(part).unwrap_or_default(), style);
    }
}

fn draw_heading(painter: &mut Painter<'_>, area: Area, row: &SectionRow, words: usize, current: bool) {
    let theme = painter.theme;
    let end = area.x.saturating_add(area.width).saturating_sub(1);
    let number = row.number.map(|n| format!("{n:>2}")).unwrap_or_default();
    painter.text(area.x, area.y, 2, &number, theme.accent());
    if current {
        painter.text(area.x.saturating_add(2), area.y, 1, theme.glyphs.current, theme.accent());
    }
    let dash = theme.glyphs.dash;
    let empty = row.blocks.is_empty() && words == 0;
    let count = match row.target {
        _ if row.form.is_automatic() => "automatic".to_owned(),
        None if empty => format!("{dash}   (empty)"),
        Some(target) if empty => format!("{dash}/{target}   (empty)"),
        Some(target) => format!("{words}/{target}"),
        None => words.to_string(),
    };
    let over = row.target.is_some_and(|t| words > t as usize);
    let x = area.x.saturating_add(3);
    let room = end.saturating_sub(x);
    let wanted = cells(wrap::width(&count)).saturating_add(1);
    let shows_count = room > wanted.saturating_add(6);
    let title_room = if shows_count { room.saturating_sub(wanted) } else { room };
    painter.cut(x, area.y, title_room, &row.title, theme.bold());
    if shows_count {
        painter.right(end, area.y, &count, if over { theme.finding() } else { theme.dim() });
    }
}

fn draw_block(state: &State, outline: &Outline, painter: &mut Painter<'_>, area: Area, row: &Row) {
    let theme = painter.theme;
    let end = area.x.saturating_add(area.width).saturating_sub(1);
    let view = row.item.and_then(|n| outline.block(*outline.items.get(n)?));
    if row.item.is_some_and(|n| state.brief.marks.contains(&n)) {
        painter.text(area.x.saturating_add(1), area.y, 1, theme.glyphs.marked, theme.accent());
    }
    let (glyph, style) = match view.map(|view| view.sort) {
        Some(BlockSort::Reworded) => (theme.glyphs.reworded, theme.accent()),
        Some(BlockSort::Prose) => (theme.glyphs.prose, theme.dim()),
        _ => ("", Style::new()),
    };
    painter.text(area.x.saturating_add(2), area.y, 1, glyph, style);
    let x = area.x.saturating_add(TEXT);
    let text = view.filter(|_| row.kind == RowKind::Folded).map_or(&*row.text, |view| &view.line);
    painter.cut(x, area.y, end.saturating_sub(x).saturating_sub(2), text, Style::new());
    draw_severity(state, painter, (end.saturating_sub(1), area.y), row.item);
}
