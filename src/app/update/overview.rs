//! Keys in the views that cover the panes.

mod current;

use crate::app::action::Action;
use crate::app::blocks::cited;
use crate::app::coverage::Coverage;
use crate::app::full::Full;
use crate::app::groups::Line;
use crate::app::overview::{Overview, View};
use crate::app::state::{Mode, Pane, State};
use crate::app::timeline::Timeline;
use crate::model::FactAt;

use current::{ask_for_drafts, freshen};
pub(super) use current::{cited_in, desk_replaced, drafts_changed, found, hold};

use super::{Pressed, browse, compose, line, settle};

/// Opens coverage, or closes it.
pub(super) fn coverage(state: &mut State) {
    let is_open = |view: &View| matches!(view, View::Coverage(_));
    open(state, is_open, |_| Some(View::Coverage(Coverage::default())));
}

/// Opens the timeline, or closes it.
pub(super) fn timeline(state: &mut State) {
    let is_open = |view: &View| matches!(view, View::Timeline(_));
    open(state, is_open, |_| Some(View::Timeline(Timeline::default())));
}

/// Opens a view in the place of all that are open; the same view is closed by its own key.
fn open(state: &mut State, is_open: impl Fn(&View) -> bool, make: impl Fn(&mut State) -> Option<View>) {
    if matches!(&state.mode, Mode::View(overview) if is_open(&overview.view)) {
        return close(state);
    }
    if let Some(view) = make(state) {
        state.mode = Mode::View(Box::new(Overview { view, beneath: None }));
        freshen(state);
    }
}

/// Opens the fact here in full; over another view, to go back there.
pub(super) fn full(state: &mut State) {
    let beneath = match std::mem::replace(&mut state.mode, Mode::Browse) {
        Mode::View(overview) if matches!(overview.view, View::Full(_)) => {
            state.mode = Mode::View(overview);
            return close(state);
        }
        Mode::View(overview) => Some(overview),
        _ => None,
    };
    let (at, among) = match &beneath {
        Some(overview) => {
            let among = overview.view.groups().and_then(|groups| groups.here()).map(|group| group.facts.clone());
            (overview.view.focused().or_else(|| among.as_ref()?.first().copied()), among)
        }
        None if state.focus == Pane::Brief => {
            let cited = cited_here(state);
            (cited.first().copied(), Some(cited))
        }
        None => (state.facts.focused(), None),
    };
    let Some(at) = at else {
        state.mode = beneath.map_or(Mode::Browse, Mode::View);
        let brief = state.focus == Pane::Brief && matches!(state.mode, Mode::Browse);
        return state.say(if brief { "No fact is cited here" } else { "No fact is here" });
    };
    let view = View::Full(Full { at, among, top: 0, drafts: None, request: 0 });
    state.mode = Mode::View(Box::new(Overview { view, beneath }));
    ask_for_drafts(state);
}

/// The facts that the block under the cursor of Brief cites.
fn cited_here(state: &State) -> Vec<FactAt> {
    let block = state.brief.item().and_then(|item| {
        let at = state.brief.outline.position(item)?;
        state.document.as_ref()?.draft().block(at)
    });
    block.map(cited).unwrap_or_default().iter().filter_map(|address| state.desk.find(address)).collect()
}

/// Closes the view: what it lay over is back.
pub(super) fn close(state: &mut State) {
    match std::mem::replace(&mut state.mode, Mode::Browse) {
        Mode::View(overview) => state.mode = overview.beneath.map_or(Mode::Browse, Mode::View),
        mode => state.mode = mode,
    }
}

/// A key in a view.
pub(super) fn key(state: &mut State, pressed: Pressed) {
    match (pressed.action, pressed.key.text()) {
        (Some(action), _) => act(state, action, pressed.key.digit()),
        (None, Some('+')) => change_grain(state, false),
        (None, Some('-')) => change_grain(state, true),
        (None, _) => {}
    }
}

/// An action in a view; `number` is that of a section.
pub(super) fn act(state: &mut State, action: Action, number: Option<usize>) {
    let height = usize::from(state.overview_parts().1.height);
    let page = isize::try_from(height.saturating_sub(1).max(1)).unwrap_or(1);
    match action {
        Action::Previous => step(state, -1),
        Action::Next => step(state, 1),
        Action::PageUp => step(state, -page),
        Action::PageDown => step(state, page),
        Action::First => end(state, false),
        Action::Last => end(state, true),
        Action::PaneLeft | Action::PanePrevious => turn(state, false),
        Action::PaneRight | Action::PaneNext => turn(state, true),
        Action::Narrower => change_grain(state, false),
        Action::Wider => change_grain(state, true),
        Action::Enter => enter(state),
        Action::Mark => mark(state),
        Action::ToSection => send(state, number),
        Action::Quit | Action::Leave => close(state),
        // The others do here what they do in the panes.
        _ => super::run(state, action, None),
    }
}

fn view_mut(state: &mut State) -> Option<&mut View> {
    match &mut state.mode {
        Mode::View(overview) => Some(&mut overview.view),
        _ => None,
    }
}

fn step(state: &mut State, by: isize) {
    match view_mut(state) {
        Some(View::Full(full)) => full.top = full.top.saturating_add_signed(by),
        Some(view) => view.groups_mut().into_iter().for_each(|groups| groups.step(by)),
        None => {}
    }
}

fn end(state: &mut State, last: bool) {
    match view_mut(state) {
        Some(View::Full(full)) => full.top = if last { usize::MAX } else { 0 },
        Some(view) => view.groups_mut().into_iter().for_each(|groups| groups.end(last)),
        None => {}
    }
}

/// Left and right: another grouping, another grain, the fact before or after.
fn turn(state: &mut State, forward: bool) {
    match view_mut(state) {
        Some(View::Coverage(coverage)) => {
            coverage.grouping = coverage.grouping.next(forward);
            coverage.groups = Default::default();
            coverage.made_for = None;
        }
        Some(View::Timeline(_)) => change_grain(state, forward),
        Some(View::Full(_)) => walk(state, forward),
        None => {}
    }
}

fn change_grain(state: &mut State, coarser: bool) {
    let Some(View::Timeline(timeline)) = view_mut(state) else { return };
    let next = timeline.grain.next(coarser);
    if next == timeline.grain {
        return;
    }
    let stay = timeline.groups.here().and_then(|group| group.facts.get(timeline.groups.fact.unwrap_or(0))).copied();
    (timeline.grain, timeline.chosen, timeline.made_for) = (next, true, None);
    hold(state);
    // The row of the same fact: rows have other names now.
    if let (Some(groups), Some(stay)) = (view_mut(state).and_then(View::groups_mut), stay) {
        let row = groups.list.iter().position(|group| group.facts.contains(&stay));
        groups.go_to(Line::Group(row.unwrap_or(0)));
    }
}

/// The fact before or after in the list that the view was opened from. In Facts the cursor goes along.
fn walk(state: &mut State, forward: bool) {
    let by = if forward { 1 } else { -1 };
    let Some(View::Full(full)) = view_mut(state) else { return };
    let next = match &full.among {
        Some(among) => {
            let here = among.iter().position(|at| *at == full.at).unwrap_or(0);
            here.checked_add_signed(by).and_then(|n| among.get(n)).copied()
        }
        None => {
            let next = state.facts.cursor.checked_add_signed(by);
            let at = next.and_then(|n| state.facts.visible.get(n)).copied();
            if let (Some(n), Some(_)) = (next, at) {
                state.facts.cursor = n;
                state.facts.moved = true;
            }
            at
        }
    };
    let Some(next) = next else { return state.say(if forward { "This is the last" } else { "This is the first" }) };
    if let Some(View::Full(full)) = view_mut(state) {
        (full.at, full.top) = (next, 0);
    }
}

/// Enter: to the fact in Facts; on a row of the timeline its date becomes the filter.
fn enter(state: &mut State) {
    let Some(view) = view_mut(state) else { return };
    if let Some(at) = view.focused() {
        return go_to_fact(state, at);
    }
    let filter = if let View::Timeline(timeline) = view { timeline.filter() } else { None };
    match (filter, view.groups_mut()) {
        (Some(filter), _) => {
            state.mode = Mode::Browse;
            browse::leave_trail(state);
            show_facts(state);
            line::filter_by(state, &filter);
        }
        // A group whose facts no query finds leads to the first of them.
        (None, Some(groups)) if groups.here().is_some_and(|group| !group.facts.is_empty()) => groups.step(1),
        _ => {}
    }
}

fn show_facts(state: &mut State) {
    state.preview_narrow = false;
    state.focus = Pane::Facts;
}

/// Goes to a fact in Facts; what hides it there gives way.
fn go_to_fact(state: &mut State, at: FactAt) {
    state.mode = Mode::Browse;
    browse::leave_trail(state);
    show_facts(state);
    let hidden = |state: &State| !state.facts.visible.contains(&at);
    if hidden(state) && state.facts.placed.contains_key(&at) {
        state.facts.placed_view = crate::app::facts::PlacedView::Shown;
        state.facts.rebuild(&state.desk, Some(at));
    }
    if hidden(state) {
        state.facts.query.clear();
        state.facts.sorted = false;
        settle::search(state);
        state.say("The filter did not show it and is cleared");
    }
    state.facts.moved = true;
    state.facts.go_to(Some(at));
}

/// Marks the fact here and moves down; on a group marks all its facts, or none.
fn mark(state: &mut State) {
    let Some(view) = view_mut(state) else { return };
    let group = view.groups().and_then(|groups| groups.here()).map(|group| group.facts.clone());
    let chosen = match (view.focused(), group) {
        (Some(at), _) => vec![at],
        (None, group) => group.unwrap_or_default(),
    };
    if matches!(view, View::Coverage(_) | View::Timeline(_)) && view.focused().is_some() {
        step(state, 1);
    }
    let stay = state.facts.focused();
    let marks = &mut state.facts.marks;
    if chosen.iter().all(|at| marks.contains(at)) {
        marks.retain(|at| !chosen.contains(at));
    } else {
        marks.extend(chosen);
    }
    state.facts.rebuild(&state.desk, stay);
}

/// Sends what is marked, or the fact here, to a section; the cursor of Facts stays where it is.
fn send(state: &mut State, number: Option<usize>) {
    if let Some(reason) = super::unavailable(state, Action::ToSection) {
        return state.say(format!("Not now: {reason}"));
    }
    let Some(number) = number else { return state.say("Press the number of a section") };
    let Some(section) = state.brief.outline.numbered(number) else {
        return state.say(format!("There is no section {number}"));
    };
    let mut chosen: Vec<FactAt> = state.facts.marks.iter().copied().collect();
    if chosen.is_empty() {
        chosen.extend(state.overview().and_then(|overview| overview.view.focused()));
    }
    let stay = state.facts.focused();
    compose::send(state, &chosen, section, false);
    state.facts.go_to(stay);
}

/// A click moves the cursor to a line; on the line under the cursor it is Enter.
pub(super) fn click(state: &mut State, column: u16, row: u16) {
    let (_, body) = state.overview_parts();
    if !body.holds(column, row) {
        return;
    }
    let Some(groups) = view_mut(state).and_then(View::groups_mut) else { return };
    let below = usize::from(row.saturating_sub(body.y));
    let there = groups.lines(groups.top).nth(below);
    let here = groups.fact.map_or(Line::Group(groups.open), |n| Line::Fact(groups.open, n));
    match there {
        Some(line) if line == here => enter(state),
        Some(line) => groups.go_to(line),
        None => {}
    }
}
