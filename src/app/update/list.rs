//! Keys in lists: moving, filtering, choosing.

use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::list::{Entry, ListKind, ListView, Pick, entries};
use crate::app::state::{Mode, State};
use crate::app::text_field::{Edited, TextField};

use super::{Pressed, browse, findings, questions, results, save, text};

/// Opens a list.
pub(super) fn open(state: &mut State, kind: ListKind) {
    if matches!(kind, ListKind::Templates | ListKind::Drafts) {
        // What is on disk may have changed since.
        state.perform(Effect::List);
    }
    if matches!(&state.mode, Mode::List(view) if view.kind == kind) {
        return;
    }
    // What is typed so far is a step of its own; what comes after the list begins another.
    text::end_run(state);
    let beneath = match std::mem::replace(&mut state.mode, Mode::Browse) {
        Mode::Browse => None,
        mode => Some(Box::new(mode)),
    };
    let mut view = ListView { kind, filter: TextField::default(), cursor: 0, top: 0, beneath };
    let entries = entries(state, &view);
    view.cursor = nearest(&entries, 0, true);
    state.mode = Mode::List(view);
}

/// Closes the list: what was beneath it is back as it was.
pub(super) fn close(state: &mut State) {
    match std::mem::replace(&mut state.mode, Mode::Browse) {
        Mode::List(view) => state.mode = view.beneath.map_or(Mode::Browse, |mode| *mode),
        mode => state.mode = mode,
    }
}

/// The entry at or after `at` (or before, going up) that can be stood on.
fn nearest(entries: &[Entry], at: usize, down: bool) -> usize {
    let stands = |n: &usize| entries.get(*n).is_some_and(|e| !matches!(e.pick, Pick::Heading));
    let last = entries.len().saturating_sub(1);
    let at = at.min(last);
    let below = (at..entries.len()).find(stands);
    let above = (0..=at).rev().find(stands);
    if down { below.or(above) } else { above.or(below) }.unwrap_or(0)
}

/// A key in a list.
pub(super) fn key(state: &mut State, pressed: Pressed) {
    let Mode::List(view) = &state.mode else { return };
    let entries = entries(state, view);
    let page = list_height(state).saturating_sub(1).max(1);
    let Mode::List(view) = &mut state.mode else { return };
    // Without anything typed, the ends of the line are those of the list.
    let bare = view.filter.text().is_empty();
    let (to, down) = match pressed.action {
        Some(Action::Enter) => return choose(state, &entries),
        Some(Action::Previous) => (view.cursor.saturating_sub(1), false),
        Some(Action::Next) => (view.cursor + 1, true),
        Some(Action::PageUp) => (view.cursor.saturating_sub(page), false),
        Some(Action::PageDown) => (view.cursor + page, true),
        Some(Action::LineStart) if bare => (0, true),
        Some(Action::LineEnd) if bare => (entries.len(), false),
        None if matches!(view.kind, ListKind::Fixes | ListKind::Ignore) => {
            let Some(digit) = pressed.key.text() else { return };
            let wanted = entries.iter().position(|entry| entry.key.starts_with(digit));
            let Some(at) = wanted else { return };
            view.cursor = at;
            return choose(state, &entries);
        }
        _ => {
            if pressed.edit(&mut view.filter, usize::MAX, &mut state.killed) == Edited::Text {
                refiltered(state);
            }
            return;
        }
    };
    view.cursor = nearest(&entries, to, down);
    scroll(state);
}

/// Pasted text filters.
pub(super) fn paste(state: &mut State, pasted: &str) {
    let Mode::List(view) = &mut state.mode else { return };
    view.filter.paste(&crate::model::text::one_line(pasted));
    refiltered(state);
}

fn refiltered(state: &mut State) {
    let Mode::List(view) = &state.mode else { return };
    let first = nearest(&entries(state, view), 0, true);
    let Mode::List(view) = &mut state.mode else { return };
    view.cursor = first;
    view.top = 0;
    scroll(state);
}

/// How many rows a list has on the screen.
pub(in crate::app) fn list_height(state: &State) -> usize {
    let main = usize::from(state.regions.main.height);
    match &state.mode {
        Mode::List(view) if view.kind == ListKind::Palette => main.min(8),
        // The title takes two rows, the entry in full three where there is room.
        _ if main >= 11 => main - 5,
        _ => main.saturating_sub(2).max(1),
    }
}

pub(super) fn scroll(state: &mut State) {
    let height = list_height(state).max(1);
    let Mode::List(view) = &mut state.mode else { return };
    // The heading above the first entry comes along.
    let first = if view.cursor <= 1 { 0 } else { view.cursor };
    view.top = view.top.min(first).max((view.cursor + 1).saturating_sub(height));
}

fn choose(state: &mut State, entries: &[Entry]) {
    let Mode::List(view) = &state.mode else { return };
    let Some(entry) = entries.get(view.cursor) else { return };
    if let Some(reason) = &entry.reason {
        let text = format!("Not now: {reason}");
        return state.say(text);
    }
    match &entry.pick {
        // A fact is cited in the text being typed, which takes its own keys.
        Pick::Nothing | Pick::Heading | Pick::Cite(_) => {}
        Pick::Action(action, value) => super::run_from_list(state, *action, value.clone()),
        Pick::Template(template) => {
            save::save(state, false);
            questions::new_brief(state, std::sync::Arc::clone(template));
        }
        Pick::Draft(slug) => {
            state.mode = Mode::Browse;
            save::save(state, false);
            results::read(state, slug);
        }
        Pick::Fix(finding, fix) => {
            state.mode = Mode::Browse;
            findings::apply(state, *finding, *fix);
        }
        Pick::Ignore(finding) => {
            state.mode = Mode::Browse;
            findings::ask_reason(state, *finding);
        }
        Pick::Item(item) => {
            state.mode = Mode::Browse;
            browse::go_to_item(state, *item);
        }
    }
}
