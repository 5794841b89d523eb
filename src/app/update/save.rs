//! Saving the draft, writing the note, copying, suspending, leaving.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::app::action::Action;
use crate::app::document::SaveState;
use crate::app::effect::{Effect, SaveDraft, Stamp, TimerId};
use crate::app::message::{Copied, SaveFault};
use crate::app::state::{Dialog, LineKind, Mode, Pane, PendingNote, State, fault_words};

use super::{compose, delete, hold, line};

/// How long a signal may wait for the last save.
const LAST_SAVE: Duration = Duration::from_millis(700);
/// From this exit status on, a signal has asked to end.
const SIGNALLED: u8 = 128;

/// Writes the draft if it differs from what is on disk.
pub(super) fn save(state: &mut State, force: bool) {
    if let Some(fault) = hold::refusal(state) {
        return not_saved(state, fault);
    }
    let request = state.request();
    let Some(document) = &mut state.document else { return };
    let Some(text) = document.begin_save(request) else { return };
    let effect = SaveDraft { request, path: document.path.clone(), text, expected: document.stamp(), force };
    state.perform(Effect::SaveDraft(effect));
}

/// A write of the draft has ended.
pub(super) fn saved(state: &mut State, request: u64, result: Result<Stamp, SaveFault>) {
    let Some(document) = &mut state.document else { return };
    let failed = result.as_ref().err().cloned();
    if !document.end_save(request, result.map_err(|fault| fault_words(&fault))) {
        return;
    }
    let changed = document.is_changed();
    if let Some(fault) = failed {
        // A file that was gone for a while, and is back as it was, is no change.
        if fault == SaveFault::Changed && document.believe_it_is_back() {
            return save(state, false);
        }
        return not_saved(state, fault);
    }
    state.asking = false;
    if changed && (state.leaving.is_some() || state.deleting.is_some()) {
        save(state, false);
    } else if state.deleting.is_some() && state.leaving.is_none() {
        delete::go_on(state);
    } else if let Some(status) = state.leaving {
        state.perform(Effect::Quit(status));
    } else if changed {
        state.perform(Effect::Timer { id: TimerId::Save, after: Duration::from_secs(2) });
    }
}

/// The draft is not on disk, and the writer is told why.
fn not_saved(state: &mut State, fault: SaveFault) {
    let asking = std::mem::take(&mut state.asking);
    delete::give_up(state);
    if let Some(status) = state.leaving.filter(|status| *status >= SIGNALLED) {
        return keep_text(state, status);
    }
    match fault {
        SaveFault::Changed => {
            state.leaving = None;
            if asking && matches!(state.mode, Mode::Browse) {
                state.mode = Mode::Dialog(Dialog::Draft);
            } else if !matches!(state.mode, Mode::Dialog(Dialog::Draft) | Mode::Difference(_)) {
                // A question out of the blue would take keys that were meant for something else.
                let write = state.key(Action::Write);
                state.warn(format!("Not saved: the draft was changed on disk. {write} asks what to do"));
            }
        }
        SaveFault::Failed(reason) => {
            let leave = state.leaving.take().is_some();
            state.leave_anyway = leave;
            let [quit, outside, copy] = [Action::Quit, Action::EditOutside, Action::Copy].map(|a| state.key(a));
            let more = format!(". {quit} again leaves without saving; {outside} and {copy} still have the text");
            let other = format!(". {} saves it elsewhere", state.key(Action::SaveAs));
            state.warn(format!("Not saved: {reason}{}", if leave { more } else { other }));
        }
    }
}

/// There is no time to ask, and the draft's own file is not to be had: the text goes where nothing is lost.
fn keep_text(state: &mut State, status: u8) {
    let Some(document) = &state.document else { return state.perform(Effect::Quit(status)) };
    let (slug, text) = (document.slug.clone(), document.draft().shared_text());
    state.perform(Effect::KeepText { slug, text });
}

/// The text was kept elsewhere, or could not be: the end, which no more can be done about.
pub(super) fn kept(state: &mut State, result: Result<String, String>) {
    state.farewell = Some(match result {
        Ok(file) => format!("The draft could not be saved; its text is in {file}"),
        Err(reason) => format!("The draft could not be saved, nor kept elsewhere: {reason}"),
    });
    if let Some(status) = state.leaving {
        state.perform(Effect::Quit(status));
    }
}

/// Something about a file that was written; once is enough.
pub(super) fn remark(state: &mut State, text: String) {
    if !state.log.iter().any(|said| said.text == text) {
        state.warn(text);
    }
}

/// Asks for another name of the draft.
pub(super) fn ask_name(state: &mut State) {
    let slug = state.document.as_ref().map(|d| d.slug.clone()).unwrap_or_default();
    let name = line::free_slug(state, &slug);
    line::ask(state, LineKind::DraftName, &name);
}

/// Saves the draft under another name and goes on with that one.
pub(super) fn save_as(state: &mut State, name: &str) {
    let (slug, path) = match elsewhere(state, name) {
        Some(found) => found,
        None => {
            let slug = line::free_slug(state, &crate::markdown::slug(name));
            (slug.clone(), PathBuf::from(slug))
        }
    };
    if let Some(document) = &mut state.document {
        document.rename(slug.clone(), path);
    }
    hold::moved(state);
    save(state, false);
    state.say(format!("This brief is {slug} now; the file on disk is left as it is"));
}

/// A path from the root or from home as a draft's name and file; a folder takes the draft under its name.
fn elsewhere(state: &State, name: &str) -> Option<(String, PathBuf)> {
    let mut path = PathBuf::from(name);
    if !path.is_absolute() && !path.starts_with("~") {
        return None;
    }
    if name.ends_with('/') || path.file_name().is_none() {
        path.push(state.document.as_ref().map_or("brief", |document| document.slug.as_str()));
    }
    if path.extension().is_none_or(|ending| ending != "md") {
        path.as_mut_os_string().push(".md");
    }
    let slug = crate::markdown::slug(&path.file_stem()?.to_string_lossy());
    Some((if slug.is_empty() { "brief".to_owned() } else { slug }, path))
}

/// Writes the note as soon as it is composed from the draft as it stands.
pub(super) fn write_note(state: &mut State) {
    let Some(document) = &state.document else { return };
    if matches!(document.save_state(), SaveState::Failed(reason) if reason == fault_words(&SaveFault::Changed)) {
        state.mode = Mode::Dialog(Dialog::Draft);
        return;
    }
    let slug = document.slug.clone();
    state.asking = true;
    save(state, false);
    state.pending_note = Some(PendingNote { slug, text: None, request: None });
    send_note(state);
}

/// Sends the waiting note if the composition is of the draft as it stands.
pub(super) fn send_note(state: &mut State) {
    // A fill that still looks for its facts belongs to the note.
    let composed = state.document.as_ref().is_some_and(|d| d.revision == state.composed.revision);
    let ready = composed && state.filling.is_none();
    if !ready || state.pending_note.as_ref().is_none_or(|note| note.text.is_some()) {
        return;
    }
    let text: Arc<str> = Arc::from(state.composed.note.text.as_str());
    if let Some(note) = &mut state.pending_note {
        note.text = Some(text);
    }
    write_pending(state, false);
}

fn write_pending(state: &mut State, force: bool) {
    let request = state.request();
    let Some(note) = &mut state.pending_note else { return };
    note.request = Some(request);
    let (slug, text) = (note.slug.clone(), note.text.clone().unwrap_or_default());
    state.perform(Effect::WriteNote { request, slug, text, force });
}

/// Writes over the note that was edited by hand; the old one is kept as `.bak`.
pub(super) fn write_over(state: &mut State) {
    write_pending(state, true);
}

/// Writes the note under another name.
pub(super) fn write_note_as(state: &mut State, name: &str) {
    let slug = crate::markdown::slug(name);
    let Some(note) = &mut state.pending_note else { return };
    if !slug.is_empty() {
        note.slug = slug;
    }
    write_pending(state, false);
}

/// A write of the note has ended.
pub(super) fn note_written(state: &mut State, request: u64, result: Result<String, SaveFault>) {
    if state.pending_note.as_ref().is_none_or(|note| note.request != Some(request)) {
        return;
    }
    match result {
        Ok(path) => {
            state.pending_note = None;
            let words = crate::app::facts::thousands(state.composed.note.words);
            let left = match state.finding_count() {
                0 => String::new(),
                n => format!(" · {} left", compose::counted(n, "finding")),
            };
            state.say(format!("written {path} · {words} words{left}"));
        }
        Err(SaveFault::Changed) => state.mode = Mode::Dialog(Dialog::Note),
        Err(SaveFault::Failed(reason)) => {
            state.pending_note = None;
            state.warn(format!("Note not written: {reason}"));
        }
    }
}

/// Copies what is marked, the item here, or in Preview the whole note.
pub(super) fn copy(state: &mut State) {
    match state.focus {
        Pane::Preview => {
            let text = state.composed.note.text.clone();
            compose::copy_text(state, text, "the note");
        }
        Pane::Brief => copy_blocks(state),
        Pane::Facts => {
            let chosen = state.facts.chosen();
            let lines: Vec<String> = chosen.iter().map(|at| compose::headline(state, *at)).collect();
            match lines.len() {
                0 => state.say("No fact here"),
                n => compose::copy_text(state, lines.join("\n"), &compose::counted(n, "fact")),
            }
        }
    }
}

fn copy_blocks(state: &mut State) {
    let Some(document) = &state.document else { return };
    let outline = &state.brief.outline;
    let items: Vec<usize> = if state.brief.marks.is_empty() {
        vec![state.brief.cursor]
    } else {
        state.brief.marks.iter().copied().collect()
    };
    let texts: Vec<&str> = items
        .iter()
        .filter_map(|n| outline.position(*outline.items.get(*n)?))
        .filter_map(|at| document.draft().block_text(at))
        .collect();
    match texts.len() {
        0 => state.say("Go to a block to copy it"),
        n => {
            let (text, what) = (texts.join("\n\n"), compose::counted(n, "block"));
            compose::copy_text(state, text, &what);
        }
    }
}

/// Says what came of copying.
pub(super) fn copied(state: &mut State, copied: &Copied) {
    let mut why = copied.failed.clone();
    if copied.too_long {
        why.insert(0, "too long for the terminal".to_owned());
    }
    if copied.took.is_empty() {
        return state.warn(format!("Not copied: {}", why.join("; ")));
    }
    let but = if why.is_empty() { String::new() } else { format!("; {}", why.join("; ")) };
    state.say(format!("Copied {} by {}{but}", copied.what, copied.took.join(" and ")));
}

/// Saves and suspends to the shell.
pub(super) fn suspend(state: &mut State) {
    save(state, false);
    state.perform(Effect::Suspend);
}

/// `q`: saves and leaves; after a save that failed, leaves anyway.
pub(super) fn quit(state: &mut State) {
    if state.leave_anyway {
        return state.perform(Effect::Quit(0));
    }
    leave(state, 0, false);
}

/// Leaves as soon as the draft is on disk; a signal does not wait for long.
pub(super) fn leave(state: &mut State, status: u8, signal: bool) {
    let busy = state.document.as_ref().is_some_and(|d| d.is_changed() || d.is_saving());
    if !busy {
        return state.perform(Effect::Quit(status));
    }
    state.leaving = Some(status);
    state.asking = !signal;
    save(state, false);
    if signal {
        state.perform(Effect::Timer { id: TimerId::Leave, after: LAST_SAVE });
    }
}

/// The last save took too long.
pub(super) fn give_up_waiting(state: &mut State) {
    if let Some(status) = state.leaving.filter(|status| *status >= SIGNALLED) {
        state.perform(Effect::Quit(status));
    }
}
