//! The journal of the open draft: what it is told, and words of an earlier one that were not saved.

use std::path::PathBuf;

use crate::app::action::Action;
use crate::app::document::Document;
use crate::app::effect::Effect;
use crate::app::state::{Mode, Notice, State};
use crate::draft::journal::{Kept, Unreadable};

use super::{compose, settle};

/// Tells the journal what happened in this update, before anything else is done.
pub(super) fn tell(state: &mut State) {
    let Some(document) = &mut state.document else { return };
    let requests = &mut state.requests;
    let number = || {
        *requests += 1;
        *requests
    };
    if let Some(work) = document.journal_work(number) {
        state.effects.insert(0, Effect::Journal(Box::new(work)));
    }
}

/// The journal has answered.
pub(super) fn answered(
    state: &mut State,
    (journal, upto): (u64, u64),
    result: Result<(), String>,
    warning: Option<String>,
) {
    if let Some(document) = &mut state.document {
        document.journal_answered(journal, upto, result);
    }
    if let Some(text) = warning {
        state.warn(text);
    }
}

/// Says that words were not saved, as long as the writer has not put that away.
pub(super) fn offer(state: &mut State) {
    if state.notice.is_some() || !matches!(state.mode, Mode::Browse | Mode::Type(_)) {
        return;
    }
    let Some(text) = offer_words(state) else { return };
    let Some(document) = &mut state.document else { return };
    if *document.offer_seen() {
        return;
    }
    if state.log.iter().any(|logged| logged.text == text) {
        // It comes back from behind another notice.
        state.notice = Some(Notice { text, warning: true });
    } else {
        state.warn(text);
    }
}

/// `Words from 25 Nov 14:03 were not saved: R brings them back`.
fn offer_words(state: &State) -> Option<String> {
    let kept = state.document.as_ref().and_then(Document::offered)?;
    let what = if kept.words == 0 { "Changes" } else { "Words" };
    Some(format!("{what} from {} were not saved: {} brings them back", kept.when, state.key(Action::Recover)))
}

/// The writer puts a notice away: the offer too, if that was it.
pub(super) fn put_away(state: &mut State, notice: &Notice) {
    if offer_words(state).is_some_and(|text| text == notice.text)
        && let Some(document) = &mut state.document
    {
        *document.offer_seen() = true;
    }
}

/// Brings the words back as one step.
pub(super) fn recover(state: &mut State) {
    let Some(before) = compose::draft(state) else { return };
    let Some(Kept { when, words, cut, .. }) = state.document.as_mut().and_then(Document::recover) else {
        return state.say("Nothing was left unsaved here");
    };
    state.notice = None;
    settle::refresh(state);
    let stay = state.facts.focused();
    state.facts.rebuild(&state.desk, stay);
    if let Some(after) = compose::draft(state) {
        compose::show_change(state, &before, &after);
    }
    let what = if words == 0 { "Changes".to_owned() } else { compose::counted(words, "word") };
    let text = format!("{what} from {when} brought back: {} takes back", state.key(Action::Undo));
    if cut {
        return state.warn(format!("{text}. The end of the journal was damaged and is missing"));
    }
    state.say(text);
}

/// Says that a journal was left alone.
pub(super) fn tell_of_foreign(state: &mut State, foreign: &[(PathBuf, Unreadable)]) {
    let Some((_, reason)) = foreign.first() else { return };
    let why = match reason {
        Unreadable::Version(_) => "another version of Attaché wrote it",
        Unreadable::NoJournal => "it is damaged",
    };
    state.warn(format!("A journal of this draft cannot be read and is left alone: {why}"));
}
