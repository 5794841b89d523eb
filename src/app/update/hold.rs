//! One draft, one writer: the lock is taken at the first change, and who comes second is told at once.

use std::path::Path;

use crate::app::action::Action;
use crate::app::document::Document;
use crate::app::effect::Effect;
use crate::app::hold::{Held, Hold, Holder, Wish};
use crate::app::keymap::{Code, Key};
use crate::app::message::SaveFault;
use crate::app::outline::Item;
use crate::app::state::{Dialog, Mode, Pane, State};

use super::{compose, results, save};

/// A draft was opened: who has it?
pub(super) fn opened(state: &mut State) {
    state.hold = Hold::Opening;
    wish(state, Wish::Look);
}

/// The draft has another file now, which is locked when it is written.
pub(super) fn moved(state: &mut State) {
    state.hold = Hold::Free;
    if let Some(document) = &mut state.document {
        document.read_only = false;
    }
}

/// The locks on disk changed: somebody came, took over, or left.
pub(super) fn changed_on_disk(state: &mut State) {
    if state.hold != Hold::Opening {
        wish(state, Wish::Look);
    }
}

fn wish(state: &mut State, wish: Wish) {
    let Some(document) = &state.document else { return };
    let path = document.path.clone();
    state.perform(Effect::Hold { path, wish });
}

/// Asks for the lock at the first change.
pub(super) fn settle(state: &mut State) {
    let changed = state.document.as_ref().is_some_and(Document::is_changed);
    if changed && state.hold == Hold::Free {
        state.hold = Hold::Asked;
        wish(state, Wish::Take);
    }
}

/// Takes the draft from whoever has it.
pub(super) fn take_over(state: &mut State) {
    match state.hold.other() {
        Some(_) => wish(state, Wish::TakeOver),
        None => state.say("Nobody else has this draft"),
    }
}

/// Why the draft cannot be changed, if another run has it.
pub(super) fn read_only(state: &State) -> Option<String> {
    let holder = state.hold.other().filter(|_| state.hold.is_read_only())?;
    let take = state.key(Action::TakeOver);
    Some(format!("read only, {holder} has this draft. {take} takes it over"))
}

/// Whether an action changes the draft where it is pressed: some keys only move in places, and some write
/// other files.
pub(super) fn changes_draft(state: &State, action: Action) -> bool {
    let heading = matches!(state.brief.item(), Some(Item::Heading(_))) && state.brief.marks.is_empty();
    match (action, state.focus) {
        (Action::Write | Action::SaveAs, _) | (Action::Enter, Pane::Preview) => false,
        (Action::Enter, _) if matches!(state.beneath(), Mode::View(_)) => false,
        (Action::Enter, Pane::Facts) => !compose::goes_to_block(state),
        (Action::Enter | Action::ToSection, Pane::Brief) => !heading,
        _ => true,
    }
}

/// What is known of who has a draft.
pub(super) fn held(state: &mut State, path: &Path, held: Held) {
    let Some(document) = state.document.as_ref().filter(|d| d.path == path) else { return };
    let changed = document.is_changed() || matches!(state.mode, Mode::Type(_));
    let before = std::mem::take(&mut state.hold);
    state.hold = match (before, held) {
        (Hold::Theirs(_) | Hold::Taken(_), Held::Ours) => return mine(state),
        (_, Held::Ours) => Hold::Ours,
        (before @ (Hold::Theirs(_) | Hold::Taken(_)), Held::Nobody) => {
            left(state, &before);
            before
        }
        (Hold::Asked, Held::Nobody) => Hold::Asked,
        (_, Held::Nobody) => Hold::Free,
        (Hold::Theirs(_), Held::Theirs(holder)) => Hold::Theirs(holder),
        (Hold::Taken(_), Held::Theirs(holder)) => Hold::Taken(holder),
        (Hold::Opening, Held::Theirs(holder)) if !changed => return second(state, holder),
        (Hold::Free, Held::Theirs(holder)) if !changed => return beaten(state, holder),
        (before, Held::Theirs(holder)) => return lost(state, holder, before == Hold::Ours),
    };
    if let Some(document) = &mut state.document {
        document.read_only = state.hold.is_read_only();
    }
}

/// The draft is ours now: what is in the file is read again, unless we have a text of our own.
fn mine(state: &mut State) {
    state.hold = Hold::Ours;
    let Some(document) = &mut state.document else { return };
    document.read_only = false;
    document.refuse(None);
    let unsaved = document.is_changed();
    let name = document.path.to_string_lossy().into_owned();
    if unsaved {
        save::save(state, false);
    } else {
        results::read(state, &name);
    }
    state.say("The draft is yours now");
}

/// The one who had it has closed it.
fn left(state: &mut State, before: &Hold) {
    let Some(holder) = before.other() else { return };
    let text = format!("{holder} has closed this draft. {} takes it over", state.key(Action::TakeOver));
    state.warn(text);
}

/// The draft is opened while somebody else has it: the writer is asked.
fn second(state: &mut State, holder: Holder) {
    read(state, holder);
    if matches!(state.mode, Mode::Browse) {
        state.mode = Mode::Dialog(Dialog::Held);
    } else {
        tell_read_only(state);
    }
}

/// Somebody else was the first to change a draft that was only looked at.
fn beaten(state: &mut State, holder: Holder) {
    read(state, holder);
    tell_read_only(state);
}

fn read(state: &mut State, holder: Holder) {
    state.hold = Hold::Theirs(holder);
    if let Some(document) = &mut state.document {
        document.read_only = true;
    }
}

fn tell_read_only(state: &mut State) {
    if let Some(reason) = read_only(state) {
        state.warn(format!("Now {reason}"));
    }
}

/// Somebody else has a draft that was changed here: the text stays, and is not written over theirs.
fn lost(state: &mut State, holder: Holder, was_ours: bool) {
    let [other, back] = [Action::SaveAs, Action::TakeOver].map(|action| state.key(action));
    let what = if was_ours { "took this draft over" } else { "has this draft" };
    state.hold = Hold::Taken(holder.clone());
    if let Some(document) = &mut state.document {
        document.refuse(Some(format!("{} has it", holder.user)));
    }
    state.warn(format!("{holder} {what}: your text stays here. {other} saves it elsewhere, {back} takes over"));
}

/// Why a save is not to be tried, while somebody else has the draft.
pub(super) fn refusal(state: &State) -> Option<SaveFault> {
    let holder = state.hold.other()?;
    state.document.as_ref().filter(|d| d.is_changed())?;
    Some(SaveFault::Failed(format!("{holder} has this draft")))
}

/// A key in the question: read only, or take over.
pub(super) fn key(state: &mut State, key: Key) {
    match key.code {
        Code::Char('r') => leave(state),
        Code::Char('t') => {
            state.mode = Mode::Browse;
            take_over(state);
        }
        _ => {}
    }
}

/// Read only: nothing is changed by looking.
pub(super) fn leave(state: &mut State) {
    state.mode = Mode::Browse;
    if state.hold.is_read_only() {
        let take = state.key(Action::TakeOver);
        state.say(format!("Read only. {take} takes the draft over"));
    }
}
