//! Keys and text from the terminal: what a key is bound to where it was pressed, and who takes it.

use crate::app::action::{Action, Contexts};
use crate::app::effect::{Effect, TimerId};
use crate::app::keymap::{Code, Key};
use crate::app::list::ListKind;
use crate::app::state::{Dialog, Mode, Pane, State};
use crate::app::text_field::{Edited, Killed, TextField};

use super::actions::run;
use super::{browse, dialog, difference, hold, line, list, overview, save, text};

/// How many bytes behind an `@` may be words to look for a fact by.
const ASKED: usize = 60;

/// A key, and what it is bound to where it was pressed.
#[derive(Clone, Copy)]
pub(super) struct Pressed {
    pub(super) key: Key,
    pub(super) action: Option<Action>,
    /// Whether, where text is typed, the motion selects.
    pub(super) select: bool,
}

impl Pressed {
    /// An action without its key, as chosen from a list.
    pub(super) fn of(action: Action) -> Self {
        Self { key: Key::plain(Code::Other), action: Some(action), select: false }
    }

    /// What it does to a text field: what it is bound to there, else it types its character.
    pub(super) fn edit(self, field: &mut TextField, room: usize, killed: &mut Killed) -> Edited {
        match (self.action, self.key.text()) {
            (Some(action), _) => field.run(action, self.select, room, killed),
            (None, Some(c)) => {
                field.type_in(c);
                Edited::Text
            }
            (None, None) => Edited::Unknown,
        }
    }
}

/// The context in which a key is looked up.
pub fn context(state: &State) -> Contexts {
    context_of(&state.mode, state.focus)
}

/// The context of a mode; in Browse that of the pane.
pub fn context_of(mode: &Mode, focus: Pane) -> Contexts {
    match mode {
        Mode::Browse => pane_context(focus),
        Mode::Type(_) => Contexts::TYPE,
        Mode::Line(_) => Contexts::LINE,
        Mode::List(_) | Mode::Dialog(_) | Mode::Difference(_) => Contexts::LIST,
        Mode::View(_) => Contexts::VIEW,
    }
}

/// The context of a pane in Browse.
pub fn pane_context(pane: Pane) -> Contexts {
    match pane {
        Pane::Facts => Contexts::FACTS,
        Pane::Brief => Contexts::BRIEF,
        Pane::Preview => Contexts::PREVIEW,
    }
}

pub(super) fn key(state: &mut State, key: Key) {
    state.notice = state.notice.take().filter(|n| n.warning);
    state.clicked = None;
    let bound = state.keymap.text_action(context(state), key);
    let action = bound.map(|(action, _)| action);
    let pressed = Pressed { key, action, select: bound.is_some_and(|(_, select)| select) };
    if action != Some(Action::Interrupt) {
        state.interrupted = false;
    }
    if action != Some(Action::Quit) {
        state.leave_anyway = false;
    }
    if waits_for_facts(state, action) {
        return state.held.push(key);
    }
    // What waits for the checks is no wish any more once something else is done.
    if !matches!(action, Some(Action::NextFinding | Action::PreviousFinding | Action::Fix | Action::Ignore)) {
        state.when_checked.clear();
    }
    match action {
        Some(Action::Redraw) => return state.perform(Effect::Redraw),
        Some(Action::Suspend) => return save::suspend(state),
        Some(Action::Interrupt) => return interrupt(state),
        // Typing knows what there is to leave first.
        Some(Action::Leave) if !matches!(state.mode, Mode::Type(_)) => return leave(state),
        Some(Action::Help) => return list::open(state, ListKind::Help),
        _ => {}
    }
    match &state.mode {
        Mode::Browse => {
            if let Some(action) = action {
                run(state, action, Some(key));
            }
        }
        Mode::Type(_) => text::key(state, pressed),
        Mode::Line(_) => line::key(state, pressed),
        Mode::List(_) => list::key(state, pressed),
        Mode::View(_) => overview::key(state, pressed),
        Mode::Dialog(Dialog::Held) => hold::key(state, key),
        Mode::Dialog(which) => dialog::key(state, *which, key),
        Mode::Difference(_) => difference::key(state, pressed),
    }
}

/// Whether a key is for facts that are still sought: what is typed quickly behind a filter is meant for
/// what that finds, not for what stood there before. What comes after such a key waits with it.
fn waits_for_facts(state: &State, action: Option<Action>) -> bool {
    let here = matches!(state.mode, Mode::Browse) && state.focus == Pane::Facts && state.facts.awaited;
    let acts = |action| {
        matches!(
            action,
            Action::Enter
                | Action::ToSection
                | Action::TakeOut
                | Action::Mark
                | Action::MarkAll
                | Action::Edit
                | Action::EditOutside
                | Action::Copy
                | Action::PlaceAgain
                | Action::TagFacts
                | Action::FactStatus
                | Action::FactPriority
                | Action::Correct
                | Action::CorrectWords
                | Action::CorrectOutside
                | Action::NewFact
        )
    };
    let always = |action| matches!(action, Action::Quit | Action::Redraw | Action::Suspend | Action::Interrupt);
    let waiting = !state.held.is_empty();
    // A letter that means nothing here may be text for what such a key opens.
    here && action.map_or(waiting, |action| !always(action) && (acts(action) || waiting))
}

/// The facts are there: takes the keys that waited for them.
pub(super) fn take_held(state: &mut State) {
    for held in std::mem::take(&mut state.held) {
        key(state, held);
    }
}

pub(super) fn paste(state: &mut State, pasted: &str) {
    match &state.mode {
        Mode::Browse | Mode::View(_) | Mode::Dialog(_) | Mode::Difference(_) => {
            let (edit, write) = (state.key(Action::Edit), state.key(Action::WriteBelow));
            state.say(format!("Pasted text is not run as keys: {edit} or {write} to write, then paste"));
        }
        Mode::Type(_) => text::paste(state, pasted),
        Mode::Line(_) => line::paste(state, pasted),
        Mode::List(_) => list::paste(state, pasted),
    }
}

/// Many characters at once: where text is typed they go in together, as they would one by one; each alone
/// would cost a reading of the block. They were pasted, or typed far ahead of a slow line, so nothing in them
/// takes an offered fact or leaves the field; an `@` with words at their end offers facts, as when typed.
pub(super) fn burst(state: &mut State, text: &str) {
    let in_type = matches!(state.mode, Mode::Type(_)) && state.held.is_empty();
    // A key of the writer's own may mean something else here.
    let types = |c: char| match state.keymap.text_action(context(state), Key::of(c)) {
        None => true,
        Some((action, _)) => matches!((c, action), ('\n', Action::NewLine) | ('\t', _)),
    };
    if in_type && text.chars().all(types) {
        let asked = text.rfind('@').filter(|at| text.len() - at <= ASKED && !text[*at..].contains(['\n', '\t']));
        let (literal, asked) = text.split_at(asked.unwrap_or(text.len()));
        text::type_all(state, literal);
        asked.chars().for_each(|c| key(state, Key::of(c)));
    } else {
        text.chars().for_each(|c| key(state, Key::of(c)));
    }
}

/// Ctrl-C: leaves what can be left, as Esc; in Browse two within 2 seconds quit.
pub(super) fn interrupt(state: &mut State) {
    if !matches!(state.mode, Mode::Browse) {
        return leave(state);
    }
    if state.interrupted {
        return save::leave(state, 0, false);
    }
    state.interrupted = true;
    state.say(format!("{} again quits; the draft is saved", state.key(Action::Interrupt)));
    state.perform(Effect::Timer { id: TimerId::Interrupt, after: std::time::Duration::from_secs(2) });
}

/// Esc: leaves the present mode, and keeps.
pub(super) fn leave(state: &mut State) {
    match &state.mode {
        Mode::Browse => browse::leave(state),
        Mode::Type(_) => text::key(state, Pressed::of(Action::Leave)),
        Mode::Line(_) => line::cancel(state),
        Mode::List(_) => list::close(state),
        Mode::View(_) => overview::close(state),
        Mode::Dialog(Dialog::Held) => hold::leave(state),
        Mode::Dialog(which) => dialog::leave(state, *which),
        Mode::Difference(_) => difference::leave(state),
    }
}
