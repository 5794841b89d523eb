//! Deleting the open draft for good: asked, saved, deleted, and another one opened.

use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::message::SaveFault;
use crate::app::state::{BriefPane, Composed, Deleting, Dialog, Mode, State, fault_words};
use crate::app::trail::Trail;

use super::{results, save};

/// Asks whether the draft is to go.
pub(super) fn ask(state: &mut State) {
    state.mode = Mode::Dialog(Dialog::Delete);
}

/// It is to go: as soon as what is on disk is what the writer last saw.
pub(super) fn confirmed(state: &mut State) {
    if state.deleting.is_some() {
        return;
    }
    state.deleting = Some(Deleting::Save);
    state.asking = true;
    // A draft still being read would take the place of the one that is asked about.
    state.reading = None;
    save::save(state, false);
    go_on(state);
}

/// Deletes the file once nothing waits to be saved.
pub(super) fn go_on(state: &mut State) {
    let Some(document) = state.document.as_ref().filter(|d| !d.is_changed() && !d.is_saving()) else { return };
    if state.deleting != Some(Deleting::Save) {
        return;
    }
    let (path, stamp) = (document.path.clone(), document.stamp());
    // What is deleted by mistake is still in the journal.
    if let Some(document) = &mut state.document {
        document.want_journal();
    }
    let request = state.request();
    state.deleting = Some(Deleting::Answer(request));
    match stamp {
        Some(expected) => state.perform(Effect::DeleteDraft { request, path, expected }),
        // An empty one that was never written has no file.
        None => deleted(state, request, Ok(())),
    }
}

/// The draft could not be saved, so it is not deleted either.
pub(super) fn give_up(state: &mut State) {
    if state.deleting.take().is_some() && matches!(state.mode, Mode::Dialog(Dialog::Delete)) {
        state.mode = Mode::Browse;
    }
}

/// The file is gone, or why not.
pub(super) fn deleted(state: &mut State, request: u64, result: Result<(), SaveFault>) {
    if state.deleting.take_if(|waits| *waits == Deleting::Answer(request)).is_none() {
        return;
    }
    state.mode = Mode::Browse;
    if let Err(fault) = result {
        return state.warn(format!("Not deleted: {}", fault_words(&fault)));
    }
    let Some(gone) = state.document.take() else { return };
    state.brief = BriefPane::default();
    state.composed = Composed::default();
    state.preview.stale(0, None);
    state.pending_note = None;
    state.trail = Trail::default();
    state.facts.placed.clear();
    let stay = state.facts.focused();
    state.facts.rebuild(&state.desk, stay);
    state.drafts.retain(|draft| draft.slug != gone.slug);
    let inside = gone.shown == format!("briefs/drafts/{}.md", gone.slug);
    let name = if inside { &gone.slug } else { &gone.shown };
    state.say(format!("{} is deleted; attache recover {name} --print still has it", gone.shown));
    let newest = state.drafts.iter().max_by_key(|draft| draft.changed).map(|draft| draft.slug.clone());
    match newest {
        Some(slug) => results::read(state, &slug),
        None => {
            let text = format!("No brief is left: {} starts one from a template", state.key(Action::NewBrief));
            state.warn(text);
        }
    }
}
