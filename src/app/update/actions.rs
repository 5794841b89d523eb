//! Actions, from keys in Browse and from lists: whether they can be run now, and which handler runs them.

use crate::app::action::{Action, Contexts};
use crate::app::effect::Effect;
use crate::app::events::FactAsk;
use crate::app::keymap::Key;
use crate::app::list::ListKind;
use crate::app::state::{Mode, State};
use crate::event_file::edit::Wording;

use super::keys::{Pressed, context, context_of, interrupt, leave, pane_context};
use super::{
    browse, compose, delete, events, findings, hold, journal, line, list, mouse, new_fact, overview, questions,
    results, save, text,
};

/// Runs an action chosen from a list: where the list was opened if the action belongs there, else in
/// Browse, with all in between left as by Esc.
pub(super) fn run_from_list(state: &mut State, action: Action, value: Option<String>) {
    list::close(state);
    let acts_here = action.info().is_some_and(|info| info.contexts.holds(context(state)));
    if !matches!(state.mode, Mode::Browse) && acts_here {
        return match (action, &state.mode) {
            (Action::Leave, _) => leave(state),
            (Action::Interrupt, _) => interrupt(state),
            (Action::Redraw, _) => state.perform(Effect::Redraw),
            (Action::Suspend, _) => save::suspend(state),
            (_, Mode::Type(_)) => text::key(state, Pressed::of(action)),
            (_, Mode::View(_)) => overview::act(state, action, value.and_then(|value| value.parse().ok())),
            _ => {}
        };
    }
    while !matches!(state.mode, Mode::Browse) {
        if state.deleting.is_some() {
            // The question about the draft stays until the answer is there.
            return;
        }
        leave(state);
    }
    match value {
        Some(value) => run_with(state, action, &value),
        None => run(state, action, None),
    }
}

/// Runs an action whose value is known.
fn run_with(state: &mut State, action: Action, value: &str) {
    if let Some(reason) = unavailable(state, action) {
        return state.say(format!("Not now: {reason}"));
    }
    match action {
        Action::ToSection => line::section(state, value),
        Action::Filter => line::filter_by(state, value),
        Action::SaveAs => save::save_as(state, value),
        Action::TagFacts => events::ask(state, FactAsk::Tags, Some(value)),
        Action::FactStatus => events::ask(state, FactAsk::Status, Some(value)),
        Action::FactPriority => events::ask(state, FactAsk::Priority, Some(value)),
        _ => run(state, action, None),
    }
}

/// Why an action cannot be run now; the palette shows it, a key says it.
pub fn unavailable(state: &State, action: Action) -> Option<String> {
    let info = action.info()?;
    let always = matches!(action, Action::Quit | Action::Redraw | Action::Suspend | Action::Interrupt | Action::Leave);
    let changes = info.edits || info.action.edits_events();
    if changes && state.is_tiny() && !always {
        return Some("the window is too small for this".to_owned());
    }
    let here = info.contexts.holds(context_of(state.beneath(), state.focus));
    if !here && !info.contexts.holds(pane_context(state.focus)) {
        let place = if info.contexts.holds(Contexts::BRIEF) {
            "in Brief"
        } else if info.contexts.holds(Contexts::FACTS) {
            "in Facts"
        } else {
            "while typing"
        };
        return Some(place.to_owned());
    }
    if let Some(reason) = hold::read_only(state).filter(|_| info.edits && hold::changes_draft(state, action)) {
        return Some(reason);
    }
    let offered = state.document.as_ref().and_then(crate::app::document::Document::offered);
    if action == Action::Recover && state.document.is_some() && offered.is_none() {
        return Some("nothing was left unsaved here".to_owned());
    }
    let wants_brief = info.edits
        || action == Action::TakeOver
        || matches!(action, Action::NextFinding | Action::PreviousFinding | Action::Coverage);
    (wants_brief && state.document.is_none()).then(|| {
        let (new, open) = (state.key(Action::NewBrief), state.key(Action::OpenBrief));
        format!("no brief is open: {new} makes one, {open} opens one")
    })
}

/// Runs an action in Browse; `key` is the one pressed, if one was.
pub(super) fn run(state: &mut State, action: Action, key: Option<Key>) {
    if let Some(reason) = unavailable(state, action) {
        return state.say(format!("Not now: {reason}"));
    }
    match action {
        Action::Previous => browse::step(state, -1),
        Action::Next => browse::step(state, 1),
        Action::PageUp => browse::page(state, -1),
        Action::PageDown => browse::page(state, 1),
        Action::First => browse::end(state, false),
        Action::Last => browse::end(state, true),
        Action::PaneLeft => browse::pane(state, -1, false),
        Action::PaneRight => browse::pane(state, 1, false),
        Action::PaneNext => browse::pane(state, 1, true),
        Action::PanePrevious => browse::pane(state, -1, true),
        Action::Mark => browse::mark(state),
        Action::MarkAll => browse::mark_all(state),
        Action::Filter => line::open_filter(state),
        Action::Sort => browse::sort(state),
        Action::ShowPlaced => browse::show_placed(state),
        Action::Back => browse::back(state),
        Action::Forward => browse::forward(state),
        Action::NextFinding => findings::walk(state, true),
        Action::PreviousFinding => findings::walk(state, false),
        Action::Fix => findings::fix(state),
        Action::Ignore => findings::ignore(state),
        Action::Preview => browse::preview(state),
        Action::Raw => state.preview.raw = !state.preview.raw,
        Action::Zoom => state.zoom = !state.zoom,
        Action::Narrower => browse::resize(state, -2),
        Action::Wider => browse::resize(state, 2),
        Action::Enter => compose::enter(state),
        Action::ToSection => compose::to_section(state, key.and_then(Key::digit)),
        Action::TakeOut => compose::take_out(state),
        Action::Fill => compose::fill(state),
        Action::MoveDown => compose::move_block(state, true),
        Action::MoveUp => compose::move_block(state, false),
        Action::Merge => compose::merge(state),
        Action::Split => compose::split(state),
        Action::Mouse => mouse::toggle(state),
        Action::Undo if events::undo(state) => {}
        Action::Redo if events::redo(state) => {}
        Action::Undo => compose::undo(state),
        Action::Redo => compose::redo(state),
        Action::Recover => journal::recover(state),
        Action::TagFacts => events::ask(state, FactAsk::Tags, None),
        Action::FactStatus => events::ask(state, FactAsk::Status, None),
        Action::FactPriority => events::ask(state, FactAsk::Priority, None),
        Action::Correct => events::correct(state, None, false),
        Action::CorrectWords => events::correct(state, Some(Wording::Words), false),
        Action::CorrectOutside => events::correct(state, None, true),
        Action::NewFact => new_fact::begin(state),
        Action::TakeBackEvent => events::take_back(state),
        Action::Edit => text::edit(state),
        Action::EditOutside => text::edit_outside(state),
        Action::WriteBelow => text::write(state, false),
        Action::WriteAbove => text::write(state, true),
        Action::Write => save::write_note(state),
        Action::Copy => save::copy(state),
        Action::Details => questions::details(state),
        Action::NewBrief => list::open(state, ListKind::Templates),
        Action::OpenBrief => list::open(state, ListKind::Drafts),
        Action::Problems => list::open(state, ListKind::Messages),
        Action::Coverage => overview::coverage(state),
        Action::Timeline => overview::timeline(state),
        Action::InFull => overview::full(state),
        Action::Theme => browse::theme(state),
        Action::Palette => list::open(state, ListKind::Palette),
        Action::Help => list::open(state, ListKind::Help),
        Action::Reload => results::reload(state),
        Action::Quit => save::quit(state),
        Action::Leave => browse::leave(state),
        Action::Redraw => state.perform(Effect::Redraw),
        Action::Suspend => save::suspend(state),
        Action::Interrupt => interrupt(state),
        Action::PlaceAgain => compose::place_again(state),
        Action::SaveAs => save::ask_name(state),
        Action::TakeOver => hold::take_over(state),
        Action::DeleteDraft => delete::ask(state),
        Action::Messages => list::open(state, ListKind::Log),
        // These are for text alone, and no pane is a context of theirs.
        _ => {}
    }
}
