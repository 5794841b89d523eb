//! Lists: help, messages and pickers over the panes; the palette and questions above the last row.

use ratatui::style::Style;

use super::paint::{Painter, cells, rows};
use super::{Cell, field};
use crate::app::action::{Action, Contexts};
use crate::app::document::Document;
use crate::app::list::{Entry, ListKind, ListView, Pick, entries};
use crate::app::regions::Area;
use crate::app::state::{Dialog, Mode, State};
use crate::app::wrap;

/// Draws a list that covers the panes; gives the caret of its filter.
pub(super) fn draw(state: &State, painter: &mut Painter<'_>) -> Option<Cell> {
    let Mode::List(list) = &state.mode else { return None };
    let theme = painter.theme;
    let entries = entries(state, list);
    let main = state.regions.main;
    let (title, _) = main.split_top(if main.height > 2 { 2 } else { 0 });
    let mut caret = None;
    if !title.is_empty() {
        let end = title.x.saturating_add(title.width).saturating_sub(1);
        let x = title.x.saturating_add(1);
        let x = painter.text(x, title.y, end.saturating_sub(x), list.kind.title(), theme.title(true));
        let x = x.saturating_add(2);
        caret = Some(field::draw(painter, (x, title.y), end.saturating_sub(x), "/", &list.filter));
    }
    let (body, full) = state.list_rows(list, entries.len());
    draw_entries(painter, body, list, &entries);
    draw_full(painter, full, entries.get(list.cursor));
    if entries.is_empty() {
        let text = match list.filter.text() {
            "" => "Nothing here".to_owned(),
            _ => format!("Nothing matches. {} closes", state.key_in(Contexts::LIST, Action::Leave)),
        };
        painter.cut(body.x.saturating_add(1), body.y, body.width.saturating_sub(2), &text, theme.dim());
    }
    caret
}

/// The entry under the cursor in full, beneath the list.
fn draw_full(painter: &mut Painter<'_>, area: Area, entry: Option<&Entry>) {
    let Some(entry) = entry.filter(|_| !area.is_empty()) else { return };
    let (rule, text) = area.inset(1, 1).split_top(1);
    let (glyph, dim) = (painter.theme.glyphs.rule, painter.theme.dim());
    painter.row(rule, glyph, dim);
    let full = if entry.note.is_empty() { entry.name.clone() } else { format!("{}: {}", entry.name, entry.note) };
    painter.paragraph(text, &full, Style::new());
}

/// Draws the palette's rows or a question above the status row.
pub(super) fn draw_above_status(state: &State, painter: &mut Painter<'_>) {
    match &state.mode {
        Mode::List(list) => {
            let entries = entries(state, list);
            let body = above_status(state, painter, cells(entries.len().clamp(1, 8)));
            draw_entries(painter, body, list, &entries);
        }
        Mode::Dialog(which) => draw_dialog(state, painter, *which),
        Mode::Type(editor) => {
            if let Some(picker) = &editor.cite {
                let body = above_status(state, painter, cells(state.cite_rows()));
                if picker.hits.is_empty() {
                    let (text, style) = ("No fact matches", painter.theme.dim());
                    painter.cut(body.x.saturating_add(1), body.y, body.width.saturating_sub(1), text, style);
                }
                draw_entries(painter, body, &picker.list, &entries(state, &picker.list));
            }
        }
        _ => {}
    }
}

/// Blanks rows above the status row, under a rule.
fn above_status(state: &State, painter: &mut Painter<'_>, height: u16) -> Area {
    let (rule, body) = state.above_status(height);
    painter.clear(rule);
    painter.clear(body);
    let (glyph, style) = (painter.theme.glyphs.rule, painter.theme.dim());
    painter.row(rule, glyph, style);
    body
}

/// The choice that lets nothing go, where it is known what both were made from.
const MERGE: (&str, &str) = ("m", "merge: what each of you changed, in one text");
/// The choice of another name.
const OTHER_NAME: (&str, &str) = ("n", "write under a new name");
/// The choice that only looks.
const DIFFERENCE: (&str, &str) = ("d", "see the difference");

fn draw_dialog(state: &State, painter: &mut Painter<'_>, which: Dialog) {
    let theme = painter.theme;
    let draft = state.document.as_ref().map(|d| d.slug.as_str()).unwrap_or_default();
    let merge = state.document.as_ref().is_some_and(Document::can_merge).then_some(MERGE);
    let (what, choices): (String, Vec<_>) = match which {
        Dialog::Draft => (
            format!("The draft {draft} was changed on disk by somebody else"),
            merge.into_iter().chain([("o", "write over it; theirs is kept as .bak"), OTHER_NAME, DIFFERENCE]).collect(),
        ),
        Dialog::Note => {
            let note = state.pending_note.as_ref().map_or(draft, |n| n.slug.as_str());
            let over = ("o", "write over it; the old one is kept as .bak");
            (format!("The note {note} was edited by hand"), vec![over, OTHER_NAME, DIFFERENCE])
        }
        Dialog::Held => {
            let holder = state.hold.other().cloned().unwrap_or_default();
            let take = ("t", "take it over; whoever has it keeps their text and saves it no more");
            (format!("The draft {draft} is open elsewhere: {holder}"), vec![("r", "read only"), take])
        }
        Dialog::Delete => (
            format!("Delete the draft {draft}? Its note, if there is one, stays"),
            vec![("d", "delete it; its journal still has it")],
        ),
    };
    let leave = state.key_in(Contexts::LIST, Action::Leave);
    let last = (leave.as_str(), if which == Dialog::Held { "read only" } else { "leave it as it is" });
    // The question in full, but never at the cost of a choice; beside both there are two rules and the status.
    let room = usize::from(state.size.height).saturating_sub(choices.len() + 4);
    let lines = wrap::wrap(&wrap::display(&what), usize::from(state.size.width).saturating_sub(2)).len();
    let lines = lines.min(room).max(1);
    let body = above_status(state, painter, cells(choices.len() + 1 + lines)).inset(1, 1);
    let (asked, below) = body.split_top(cells(lines));
    painter.paragraph(asked, &what, theme.finding());
    painter.focus = Some((body.x, body.y));
    for ((key, words), (_, y)) in choices.iter().chain([&last]).zip(rows(below)) {
        painter.text(body.x, y, body.width, key, theme.accent());
        let x = body.x.saturating_add(5);
        painter.cut(x, y, body.width.saturating_sub(5), words, Style::new());
    }
}

/// The columns of a list.
#[derive(Clone, Copy)]
struct Columns {
    keys: u16,
    /// 0 where names are sentences and what follows comes right behind.
    names: u16,
}

fn draw_entries(painter: &mut Painter<'_>, area: Area, list: &ListView, entries: &[Entry]) {
    let items = || entries.iter().filter(|e| !matches!(e.pick, Pick::Heading));
    let widest = |part: fn(&Entry) -> &str| cells(items().map(|e| wrap::width(part(e))).max().unwrap_or(0));
    let names = if matches!(list.kind, ListKind::Messages | ListKind::Cite) {
        0
    } else {
        widest(|e| &e.name).min(area.width / 3)
    };
    let columns = Columns { keys: widest(|e| &e.key).min(area.width / 3).min(26), names };
    for (n, y) in rows(area) {
        let Some(entry) = entries.get(list.top + n) else { break };
        let row = Area { y, height: 1, ..area };
        draw_entry(painter, row, entry, columns);
        if list.top + n == list.cursor && !matches!(entry.pick, Pick::Heading) {
            let (glyph, style) = (painter.theme.glyphs.cursor, painter.theme.cursor_row(true));
            painter.text(row.x, y, 1, glyph, Style::new());
            painter.style(row, style);
            painter.focus = Some((row.x, y));
        }
    }
}

fn draw_entry(painter: &mut Painter<'_>, row: Area, entry: &Entry, columns: Columns) {
    let theme = painter.theme;
    let end = row.x.saturating_add(row.width).saturating_sub(1);
    let x = row.x.saturating_add(1);
    if matches!(entry.pick, Pick::Heading) {
        painter.cut(x, row.y, end.saturating_sub(x), &entry.name, theme.bold());
        return;
    }
    let faint = if entry.reason.is_some() { theme.dim() } else { Style::new() };
    painter.cut(x, row.y, columns.keys, &entry.key, theme.accent().patch(faint));
    let x = if columns.keys == 0 { x } else { x.saturating_add(columns.keys).saturating_add(2) };
    let rest = end.saturating_sub(x);
    let room = if columns.names == 0 { rest } else { columns.names.min(rest) };
    let after = painter.cut(x, row.y, room, &entry.name, faint);
    let x = if columns.names == 0 { after } else { x.saturating_add(columns.names) }.saturating_add(2);
    painter.cut(x, row.y, end.saturating_sub(x), entry.reason.as_deref().unwrap_or(&entry.note), theme.dim());
}
