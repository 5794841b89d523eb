//! Moving, marking, ordering and looking: what changes no draft.

use crate::app::facts::PlacedView;
use crate::app::outline::Item;
use crate::app::state::{Pane, Spot, State};
use crate::model::settings::ThemeName;

use super::{journal, settle};

const PANES: [Pane; 3] = [Pane::Facts, Pane::Brief, Pane::Preview];

/// Moves by items, in Preview by rows.
pub(super) fn step(state: &mut State, by: isize) {
    match state.focus {
        Pane::Facts => {
            state.facts.cursor = state.facts.cursor.saturating_add_signed(by);
            state.facts.moved = true;
        }
        Pane::Brief => {
            let last = state.brief.outline.items.len().saturating_sub(1);
            state.brief.cursor = state.brief.cursor.saturating_add_signed(by).min(last);
            state.follow_brief();
        }
        Pane::Preview => state.preview.top = state.preview.top.saturating_add_signed(by),
    }
}

/// Takes the next theme for this session.
pub(super) fn theme(state: &mut State) {
    state.theme = state.theme.next();
    state.say(match state.theme {
        ThemeName::Terminal => "Theme: the terminal's own colours".to_owned(),
        other => format!("Theme: {other}. theme: {other} in attache.yaml keeps it"),
    });
}

/// Moves by a screenful.
pub(super) fn page(state: &mut State, direction: isize) {
    let height = match state.focus {
        Pane::Facts => state.regions.facts_parts().0.height,
        Pane::Brief => state.brief_parts().0.height,
        Pane::Preview => state.regions.preview_body().height,
    };
    step(state, direction * isize::from(i16::try_from(height).unwrap_or(i16::MAX)).saturating_sub(1).max(1));
}

/// Goes to the first or last item.
pub(super) fn end(state: &mut State, last: bool) {
    let to = if last { isize::MAX / 2 } else { isize::MIN / 2 };
    step(state, to);
}

/// Goes to a neighbouring pane; `around` also from the last to the first.
pub(super) fn pane(state: &mut State, by: isize, around: bool) {
    let one_pane = !state.regions.tabs.is_empty() || state.zoom || state.regions.separators.is_empty();
    let mut shown: Vec<Pane> = PANES.into_iter().filter(|p| one_pane || !state.regions.pane(*p).is_empty()).collect();
    if !state.regions.preview.is_empty() && state.regions.facts.is_empty() && !one_pane {
        // Preview stands in the place of Facts, on the left.
        shown.sort_by_key(|p| u8::from(*p != Pane::Preview));
    }
    let here = shown.iter().position(|p| *p == state.focus).unwrap_or(0);
    let count = isize::try_from(shown.len()).unwrap_or(1).max(1);
    let to = isize::try_from(here).unwrap_or(0) + by;
    let to = if around { to.rem_euclid(count) } else { to.clamp(0, count - 1) };
    if let Some(pane) = usize::try_from(to).ok().and_then(|to| shown.get(to)) {
        state.focus = *pane;
    }
}

/// Marks or unmarks the item here and moves down.
pub(super) fn mark(state: &mut State) {
    match state.focus {
        Pane::Facts => mark_fact(state),
        Pane::Brief => {
            let cursor = state.brief.cursor;
            if matches!(state.brief.item(), Some(Item::Block(..))) && !state.brief.marks.remove(&cursor) {
                state.brief.marks.insert(cursor);
            }
            step(state, 1);
        }
        Pane::Preview => {}
    }
}

fn mark_fact(state: &mut State) {
    let Some(fact) = state.facts.focused() else { return };
    // Marked facts move to the top: go on with the line that comes next in what is left.
    let next = state.facts.visible.get(state.facts.cursor + 1).copied();
    state.facts.moved = true;
    if !state.facts.marks.shift_remove(&fact) {
        state.facts.marks.insert(fact);
    }
    state.facts.rebuild(&state.desk, next.or(Some(fact)));
}

/// Marks all shown, or none if all are marked.
pub(super) fn mark_all(state: &mut State) {
    match state.focus {
        Pane::Facts => {
            let stay = state.facts.focused();
            if state.facts.visible.iter().all(|at| state.facts.marks.contains(at)) {
                state.facts.marks.clear();
            } else {
                let shown = state.facts.visible.clone();
                state.facts.marks.extend(shown);
            }
            state.facts.rebuild(&state.desk, stay);
        }
        Pane::Brief => {
            let items = state.brief.outline.items.iter().enumerate();
            let blocks: Vec<usize> = items.filter(|(_, i)| matches!(i, Item::Block(..))).map(|(n, _)| n).collect();
            if blocks.iter().all(|n| state.brief.marks.contains(n)) {
                state.brief.marks.clear();
            } else {
                state.brief.marks.extend(blocks);
            }
        }
        Pane::Preview => {}
    }
}

/// Goes on to the next order.
pub(super) fn sort(state: &mut State) {
    let stay = state.facts.focused();
    if state.facts.keeps_ranking() {
        // The first press leaves the search's own ranking for the order that was in force.
        state.facts.sorted = true;
    } else {
        state.facts.order = state.facts.order.next();
    }
    state.facts.rebuild(&state.desk, stay);
    state.say(format!("Facts {}", state.facts.order.words()));
}

/// Placed facts: shown, dimmed, hidden.
pub(super) fn show_placed(state: &mut State) {
    let (view, words) = match state.facts.placed_view {
        PlacedView::Shown => (PlacedView::Dimmed, "dimmed"),
        PlacedView::Dimmed => (PlacedView::Hidden, "hidden"),
        PlacedView::Hidden => (PlacedView::Shown, "shown"),
    };
    let stay = state.facts.focused();
    state.facts.placed_view = view;
    state.facts.rebuild(&state.desk, stay);
    state.say(format!("Placed facts {words}"));
}

/// Remembers this place for `'`.
pub(super) fn leave_trail(state: &mut State) {
    let here = state.spot();
    state.trail.leave(here);
}

/// Goes back to where the last jump began; again, further back.
pub(super) fn back(state: &mut State) {
    let here = state.spot();
    match state.trail.back(here) {
        Some(spot) => go_to(state, spot),
        None => state.say("Nowhere to go back to"),
    }
}

/// Goes forward to where `'` came from.
pub(super) fn forward(state: &mut State) {
    let here = state.spot();
    match state.trail.forward(here) {
        Some(spot) => go_to(state, spot),
        None => state.say("Nowhere to go forward to"),
    }
}

fn go_to(state: &mut State, Spot { pane, fact, item }: Spot) {
    state.focus = pane;
    state.facts.go_to(fact);
    state.brief.cursor = item;
    state.follow_brief();
}

/// Goes to an item of Brief.
pub(super) fn go_to_item(state: &mut State, item: usize) {
    leave_trail(state);
    state.focus = Pane::Brief;
    state.brief.cursor = item;
    state.follow_brief();
}

/// Preview on or off; where there is no room beside Facts, in its place.
pub(super) fn preview(state: &mut State) {
    let wide = state.size.width >= 140;
    if !state.regions.tabs.is_empty() || state.regions.separators.is_empty() {
        // One pane only: go there and back.
        state.focus = if state.focus == Pane::Preview { Pane::Facts } else { Pane::Preview };
        return;
    }
    if wide {
        state.preview_wide = !state.preview_wide;
    } else {
        state.preview_narrow = !state.preview_narrow;
    }
    state.lay_out();
    if state.regions.pane(state.focus).is_empty() {
        state.focus = match state.focus {
            Pane::Facts => Pane::Preview,
            Pane::Preview if wide => Pane::Brief,
            _ => Pane::Facts,
        };
    }
    settle::settle(state);
    state.follow_brief();
}

/// Moves the first separator so that the focused pane grows or shrinks.
pub(super) fn resize(state: &mut State, by: i16) {
    let left = state.focus == Pane::Facts || !state.regions.preview.is_empty() && state.regions.preview.x == 0;
    let by = if left { by } else { -by };
    let most = i16::try_from(state.size.width / 2).unwrap_or(i16::MAX);
    state.shift = state.shift.saturating_add(by).clamp(-most, most);
}

/// Esc in Browse: first a warning goes, then marks, then the filter.
pub(super) fn leave(state: &mut State) {
    if let Some(notice) = state.notice.take() {
        return journal::put_away(state, &notice);
    }
    if state.focus == Pane::Brief && !state.brief.marks.is_empty() {
        return state.brief.marks.clear();
    }
    let stay = state.facts.focused();
    if state.focus == Pane::Facts && !state.facts.query.is_empty() {
        state.facts.query.clear();
        state.facts.sorted = false;
        return settle::search(state);
    }
    if state.focus == Pane::Facts && !state.facts.marks.is_empty() {
        state.facts.marks.clear();
        return state.facts.rebuild(&state.desk, stay);
    }
    if state.zoom {
        state.zoom = false;
    }
}
