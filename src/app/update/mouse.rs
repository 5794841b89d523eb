//! The mouse: what a click, a turn of the wheel or a drag means. Each does what keys do, and no more.

use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::hit::Drag;
use crate::app::list::{Pick, entries};
use crate::app::message::{Mouse, MouseKind};
use crate::app::outline::Item;
use crate::app::state::{Line, LineKind, Mode, Notice, Pane, State};

use super::{Pressed, compose, difference, list, overview, text};

/// By how many rows a turn of the wheel goes.
const TURN: isize = 3;

/// Mouse on or off.
pub(super) fn toggle(state: &mut State) {
    state.mouse = !state.mouse;
    state.drag = None;
    state.perform(Effect::Mouse(state.mouse));
    state.say(if state.mouse {
        "Mouse on: the terminal's own selection needs Shift now. % turns it off"
    } else {
        "Mouse off: the terminal selects again"
    });
}

/// Something was done with the mouse; what was on its way when it was turned off is dropped.
pub(super) fn mouse(state: &mut State, event: Mouse) {
    if !state.mouse {
        return;
    }
    let (column, row) = (event.column, event.row);
    match event.kind {
        MouseKind::Down => {
            state.notice = state.notice.take().filter(|n| n.warning);
            state.drag = None;
            down(state, column, row);
        }
        MouseKind::Drag => drag(state, column, row),
        MouseKind::Up => up(state, column, row),
        MouseKind::WheelUp => wheel(state, column, row, -TURN),
        MouseKind::WheelDown => wheel(state, column, row, TURN),
    }
}

fn down(state: &mut State, column: u16, row: u16) {
    match &state.mode {
        Mode::Browse => down_in_panes(state, column, row),
        Mode::Type(_) => down_while_typing(state, column, row),
        Mode::Line(Line { kind: LineKind::Filter, .. }) => {
            if let Some(at) = state.fact_at(column, row) {
                go_to_fact(state, at);
            }
        }
        Mode::List(_) => down_in_list(state, column, row),
        Mode::View(_) => overview::click(state, column, row),
        Mode::Line(_) | Mode::Dialog(_) | Mode::Difference(_) => {}
    }
}

/// In the text being typed the caret goes there; elsewhere the text is done, and kept.
fn down_while_typing(state: &mut State, column: u16, row: u16) {
    if let Some((line, at)) = state.typed_at(column, row) {
        let width = state.block_width();
        text::end_run(state);
        if let Mode::Type(editor) = &mut state.mode {
            editor.field.set_caret_at(width, line, at);
        }
        return;
    }
    text::done(state);
    // Brief has other rows now than those that were aimed at.
    if state.pane_at(column, row).is_some_and(|pane| pane != Pane::Brief) || state.tab_at(column, row).is_some() {
        down_in_panes(state, column, row);
    }
}

fn down_in_panes(state: &mut State, column: u16, row: u16) {
    if let Some(pane) = state.tab_at(column, row) {
        state.focus = pane;
        return;
    }
    if state.is_separator(column, row) {
        state.drag = Some(Drag::Separator);
        return;
    }
    let Some(pane) = state.pane_at(column, row) else { return };
    let item = match pane {
        Pane::Facts => state.fact_at(column, row),
        Pane::Brief => state.item_at(column, row),
        Pane::Preview => None,
    };
    state.focus = pane;
    // Brief unfolds what is clicked, and its rows move: the same cell still means the same item.
    let before = state.clicked.take().filter(|(other, ..)| *other == pane);
    let there = before.filter(|(.., cell)| *cell == (column, row)).map(|(_, item, _)| item);
    let Some(item) = there.or(item) else { return };
    let again = before.is_some_and(|(_, other, _)| other == item);
    state.clicked = Some((pane, item, (column, row)));
    match pane {
        Pane::Facts => go_to_fact(state, item),
        Pane::Brief => {
            state.brief.cursor = item;
            state.follow_brief();
            let revision = state.document.as_ref().map_or(0, |d| d.revision);
            if matches!(state.brief.item(), Some(Item::Block(..))) {
                state.drag = Some(Drag::Block { from: item, over: item, revision });
            }
        }
        Pane::Preview => {}
    }
    if again {
        state.clicked = None;
        state.drag = None;
        super::run(state, Action::Enter, None);
    }
}

fn go_to_fact(state: &mut State, at: usize) {
    state.facts.cursor = at;
    state.facts.moved = true;
}

/// A click chooses the entry there.
fn down_in_list(state: &mut State, column: u16, row: u16) {
    let Mode::List(view) = &state.mode else { return };
    let entries = entries(state, view);
    let (rows, _) = state.list_rows(view, entries.len());
    let at = view.top + usize::from(row.saturating_sub(rows.y));
    let there = entries.get(at).filter(|entry| rows.holds(column, row) && !matches!(entry.pick, Pick::Heading));
    if there.is_none() {
        return;
    }
    if let Mode::List(view) = &mut state.mode {
        view.cursor = at;
    }
    list::key(state, Pressed::of(Action::Enter));
}

fn drag(state: &mut State, column: u16, row: u16) {
    match state.drag {
        Some(Drag::Separator) => {
            let Some(line) = state.regions.separators.first() else { return };
            let by = i32::from(column) - i32::from(line.x);
            let most = i32::from(state.size.width / 2);
            let shift = (i32::from(state.shift) + by).clamp(-most, most);
            state.shift = i16::try_from(shift).unwrap_or(state.shift);
        }
        Some(Drag::Block { from, over, revision }) => {
            let Some(now) = state.item_at(column, row).filter(|now| *now != over) else { return };
            state.clicked = None;
            state.drag = Some(Drag::Block { from, over: now, revision });
            state.notice = target(state, now).map(|text| Notice { text, warning: false });
        }
        None => {}
    }
}

/// What letting go over an item would do, in words.
fn target(state: &State, item: usize) -> Option<String> {
    let outline = &state.brief.outline;
    let item = outline.items.get(item)?;
    let section = outline.sections.get(item.section())?;
    let place = match item {
        Item::Heading(_) => "to the end of".to_owned(),
        Item::Block(_, index) => format!("to place {} in", index + 1),
    };
    Some(format!("Let go: {place} {} {}", section.number.unwrap_or_default(), section.title))
}

fn up(state: &mut State, column: u16, row: u16) {
    let Some(Drag::Block { from, revision, .. }) = state.drag.take() else { return };
    let Some(to) = state.item_at(column, row).filter(|to| *to != from) else { return };
    // The draft may have been read again from disk meanwhile: then the items are others.
    let same = state.document.as_ref().is_some_and(|d| d.revision == revision);
    if !same || !matches!(state.mode, Mode::Browse) {
        return state.say("Not moved: the brief has changed meanwhile");
    }
    if let Some(reason) = super::unavailable(state, Action::MoveDown) {
        return state.say(format!("Not now: {reason}"));
    }
    state.notice = None;
    drop_block(state, from, to);
}

/// Drops a block on another item: it takes a block's place, or goes to the end of a heading's section.
fn drop_block(state: &mut State, from: usize, to: usize) {
    let item = |n: usize| state.brief.outline.items.get(n).copied();
    let (Some(Item::Block(section, index)), Some(to)) = (item(from), item(to)) else { return };
    if !compose::takes(state, to.section()) {
        return;
    }
    let Some(before) = compose::draft(state) else { return };
    let blocks = state.brief.outline.sections.get(to.section()).map_or(0, |row| row.blocks.len());
    let place = match to {
        Item::Block(_, index) => index,
        Item::Heading(own) if own == section => blocks.saturating_sub(1),
        Item::Heading(_) => blocks,
    };
    compose::move_to(state, &before, (section, index), (to.section(), place));
}

/// The wheel scrolls the pane under the pointer; the cursor follows when it would go out of sight.
fn wheel(state: &mut State, column: u16, row: u16, by: isize) {
    if let Mode::List(_) = &state.mode {
        let step = Pressed::of(if by < 0 { Action::Previous } else { Action::Next });
        return (0..by.unsigned_abs()).for_each(|_| list::key(state, step));
    }
    match &state.mode {
        Mode::View(_) => {
            let step = if by < 0 { Action::Previous } else { Action::Next };
            return (0..by.unsigned_abs()).for_each(|_| overview::act(state, step, None));
        }
        Mode::Dialog(_) => return,
        Mode::Difference(_) => return difference::scroll(state, by),
        _ => {}
    }
    match state.pane_at(column, row) {
        Some(Pane::Facts) => wheel_facts(state, by),
        // While typing the caret stays in sight.
        Some(Pane::Brief) if !matches!(state.mode, Mode::Type(_)) => wheel_brief(state, by),
        Some(Pane::Preview) => state.preview.top = state.preview.top.saturating_add_signed(by),
        _ => {}
    }
}

fn wheel_facts(state: &mut State, by: isize) {
    let height = usize::from(state.regions.facts_parts().0.height).max(1);
    let most = state.facts.visible.len().saturating_sub(height);
    state.facts.top = state.facts.top.saturating_add_signed(by).min(most);
    let (top, cursor) = (state.facts.top, state.facts.cursor);
    go_to_fact(state, cursor.clamp(top, top + height - 1));
}

fn wheel_brief(state: &mut State, by: isize) {
    let rows = &state.brief.rows;
    let height = usize::from(state.brief_parts().0.height).max(1);
    let top = state.brief.top.saturating_add_signed(by).min(rows.len().saturating_sub(height));
    state.brief.top = top;
    let shown: Vec<usize> = rows.iter().skip(top).take(height).filter_map(|row| row.item).collect();
    if let (Some(first), Some(last)) = (shown.first().copied(), shown.last().copied()) {
        // An item that is cut off at the edge would be scrolled back into sight.
        let cut = |item: usize| rows.get(..top).is_some_and(|above| above.iter().any(|row| row.item == Some(item)));
        let first = if cut(first) && first < last { first + 1 } else { first };
        state.brief.cursor = state.brief.cursor.clamp(first, last.max(first));
    }
}
