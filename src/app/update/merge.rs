//! Merging, as answer to the question about a draft that somebody else changed on disk.

use crate::app::action::Action;
use crate::app::document::Document;
use crate::app::effect::{Effect, Theirs};
use crate::app::findings::place_of;
use crate::app::state::{Dialog, Mode, State};
use crate::draft::Draft;
use crate::draft::merge::{FRONT_MARK, MARK, Merged};

use super::{compose, results, settle};

/// Asks for their text, and merges it once it is there; the question stays until then.
pub(super) fn ask(state: &mut State) {
    let Some(document) = &state.document else { return };
    if !document.can_merge() {
        return state.say("Not merged: the two were not made from one text. d shows how they differ");
    }
    let path = document.path.clone();
    let request = state.request();
    state.notice = None;
    state.merging = Some(request);
    state.perform(Effect::ReadTheirs { request, file: Theirs::Draft(path) });
}

/// Their text was read, or why not: then the question stays. Says whether it was asked for here.
pub(super) fn read(state: &mut State, request: u64, result: &Result<String, String>) -> bool {
    if state.merging.take_if(|id| *id == request).is_none() {
        return false;
    }
    if matches!(state.mode, Mode::Dialog(Dialog::Draft)) {
        match result {
            Ok(theirs) => merge(state, theirs),
            Err(reason) => state.warn(format!("Not merged: what is on disk cannot be read: {reason}")),
        }
    }
    true
}

fn merge(state: &mut State, theirs: &str) {
    let templates = &state.templates;
    let Some(document) = &mut state.document else { return };
    let before = document.draft().clone();
    let alike = before.text() == theirs;
    let mut wrong = None;
    let merged = document.merge_in(theirs, |text| {
        let (template, why) = results::named_template(templates, text);
        wrong = why;
        template
    });
    let Some(merged) = merged else { return };
    let after = document.draft().clone();
    state.mode = Mode::Browse;
    // What was heard of the file before is in what was read; a note that waited was to be of mine alone.
    state.draft_news = None;
    state.pending_note = None;
    settle::refresh(state);
    let stay = state.facts.focused();
    state.facts.rebuild(&state.desk, stay);
    show(state, &before, &after);
    match wrong {
        Some(text) => state.warn(text),
        None if alike => state.say("Both texts are the same: there was nothing to merge"),
        None => tell(state, &before, &merged),
    }
}

/// Goes to the first block that stands in both wordings, else to where the draft has changed.
fn show(state: &mut State, before: &Draft, after: &Draft) {
    match after.text().find(MARK) {
        Some(at) => {
            state.brief.cursor = state.item_of(place_of(after, at));
            state.follow_brief();
        }
        None => compose::show_change(state, before, after),
    }
}

/// `2 changes of theirs came in, 1 stands in both wordings: ] goes there`.
fn tell(state: &mut State, before: &Draft, merged: &Merged) {
    let twofold = marks(&merged.text).saturating_sub(marks(before.text())).min(merged.conflicts);
    let mut parts = Vec::new();
    if merged.taken > 0 {
        parts.push(format!("{} of theirs came in", compose::counted(merged.taken, "change")));
    }
    match merged.conflicts - twofold {
        0 => {}
        n => parts.push(format!("{n} that one of you took out and the other changed stayed")),
    }
    match twofold {
        0 => {}
        n => parts.push(format!("{n} in both wordings: {} goes there", state.key(Action::NextFinding))),
    }
    let undo = state.key(Action::Undo);
    state.say(match parts.as_slice() {
        [] => "Nothing of theirs was missing here: the next save writes yours".to_owned(),
        parts if twofold == 0 => format!("{}: {undo} takes back", parts.join(", ")),
        parts => parts.join(", "),
    });
}

/// How many blocks and keys of a text stand under or behind a mark of theirs.
fn marks(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let is_front = |line: &str| line.starts_with(FRONT_MARK);
    let keys = lines.iter().enumerate().filter(|(at, line)| is_front(line) && !(*at > 0 && is_front(lines[at - 1])));
    text.matches(MARK).count() + keys.count()
}

/// What is to be said when a merge was taken back: theirs is on disk, or what was merged, and neither is
/// written over unasked.
pub(super) fn taken_back(state: &State) -> String {
    let asks = state.document.as_ref().is_some_and(Document::is_in_question);
    if asks { format!(". {} asks what to do with theirs", state.key(Action::Write)) } else { String::new() }
}
