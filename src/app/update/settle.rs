//! What must hold after every message: lists follow the draft, cursors are inside them and seen.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use crate::app::blocks::Basis;
use crate::app::document::Document;
use crate::app::effect::{Compose, Effect, Purpose, TimerId};
use crate::app::outline::{self, Outline, Row, RowKind, Showing};
use crate::app::state::{Mode, Pane, State};
use crate::draft::place;
use crate::model::FactRef;

/// How long the writer must pause before the draft is saved.
const SAVE_AFTER: Duration = Duration::from_secs(2);
/// How long a writer who never pauses goes unsaved.
const SAVE_AT_LATEST: Duration = Duration::from_secs(5);

pub(super) fn settle(state: &mut State) {
    refresh(state);
    show_focus(state);
    state.lay_out();
    state.lay_out_preview();
    let last = state.brief.outline.items.len().saturating_sub(1);
    state.brief.cursor = state.brief.cursor.min(last);
    state.facts.go_to(None);
    scroll_facts(state);
    scroll_brief(state);
}

/// Brings everything that depends on the draft up to date after a change.
pub(super) fn refresh(state: &mut State) {
    let Some(revision) = state.document.as_ref().map(|document| document.revision) else { return };
    // While text is typed, Brief shows the list from before; reading the draft anew for each letter
    // would only keep the next one waiting.
    let typing = matches!(state.beneath(), Mode::Type(_));
    if !typing && state.brief.listed != revision {
        list_anew(state, revision);
    }
    if state.composing == revision {
        return;
    }
    state.composing = revision;
    compose(state);
    if state.document.as_ref().is_some_and(Document::is_changed) {
        state.perform(Effect::Timer { id: TimerId::Save, after: SAVE_AFTER });
        if !std::mem::replace(&mut state.save_due, true) {
            state.perform(Effect::Timer { id: TimerId::SaveAtLatest, after: SAVE_AT_LATEST });
        }
    }
}

/// Lists the draft, and marks the facts that are in it.
fn list_anew(state: &mut State, revision: u64) {
    state.brief.listed = revision;
    list_brief(state);
    state.brief.marks.clear();
    place_marks(state);
    if state.facts.query.contains("used:") {
        search(state);
    }
    if state.facts.placed_view == crate::app::facts::PlacedView::Hidden {
        let stay = state.facts.focused();
        state.facts.rebuild(&state.desk, stay);
    }
}

/// Lists the draft's sections and blocks.
pub(super) fn list_brief(state: &mut State) {
    let Some(document) = &state.document else { return };
    let basis = Basis { desk: &state.desk, template: &document.template, draft: document.draft() };
    state.brief.outline = Outline::new(basis, &mut state.brief.memo);
    state.judge_items();
}

/// Works out which facts are in the brief.
pub(super) fn place_marks(state: &mut State) {
    let Some(document) = &state.document else { return };
    let mut placed = HashMap::new();
    for (address, positions) in place::placed(document.draft()) {
        if let Some(at) = state.desk.find(&address) {
            placed.insert(at, positions);
        }
    }
    state.facts.placed = placed;
}

/// Asks for the note of the draft as it stands. While the desk loads there is none: its references
/// would be broken, and the work would slow the loading.
pub(super) fn compose(state: &mut State) {
    if state.loading.files.is_some() {
        return;
    }
    let Some(document) = &state.document else { return };
    let wanted = Compose {
        generation: document.revision,
        desk: Arc::clone(&state.desk),
        template: Arc::clone(&document.template),
        draft: document.draft().clone(),
        path: document.shown.clone(),
        look: state.preview_look(),
        on_disk_as: (!document.is_changed()).then(|| document.slug.clone()),
    };
    state.perform(Effect::Compose(Box::new(wanted)));
}

/// Searches the facts by the query in force, or lists all of them.
pub(super) fn search(state: &mut State) {
    state.facts.generation = state.request();
    state.facts.awaited = !state.facts.query.trim().is_empty();
    if !state.facts.awaited {
        let stay = state.facts.stay();
        state.facts.found = None;
        state.facts.partial = false;
        state.facts.error = None;
        return state.facts.rebuild(&state.desk, stay);
    }
    let (generation, query) = (state.facts.generation, state.facts.query.clone());
    search_for(state, Purpose::List, generation, query);
}

/// Searches the facts by any query.
pub(super) fn search_for(state: &mut State, purpose: Purpose, generation: u64, query: String) {
    let placed = Arc::new(placed_addresses(state));
    let desk = Arc::clone(&state.desk);
    state.perform(Effect::Search { purpose, generation, desk, query, placed });
}

/// The addresses of the facts in the brief.
pub(super) fn placed_addresses(state: &State) -> HashSet<FactRef> {
    let placed = state.document.as_ref().map(|document| place::placed(document.draft()));
    placed.unwrap_or_default().into_keys().collect()
}

/// The focus is on a pane that the layout shows.
fn show_focus(state: &mut State) {
    if state.focus == Pane::Preview {
        return;
    }
    state.lay_out();
    if state.regions.pane(state.focus).is_empty() && !state.regions.main.is_empty() {
        let swapped = !state.regions.preview.is_empty() && state.focus == Pane::Facts;
        state.focus = if swapped { Pane::Preview } else { Pane::Brief };
    }
}

fn scroll_facts(state: &mut State) {
    let (list, _) = state.regions.facts_parts();
    state.facts.top =
        scrolled(state.facts.top, state.facts.cursor..state.facts.cursor + 1, list.height, state.facts.visible.len());
}

/// The rows that Brief has now.
fn brief_rows(state: &State) -> Vec<Row> {
    let Some(outline) = state.shown_brief() else { return Vec::new() };
    let typing = match state.beneath() {
        Mode::Type(editor) => Some((&editor.at, editor.field.text())),
        _ => None,
    };
    let showing =
        Showing { cursor: state.brief.cursor, unfold: state.focus == Pane::Brief, typing, width: state.block_width() };
    outline::rows(outline, showing)
}

fn scroll_brief(state: &mut State) {
    let body = state.brief_parts().0;
    if body.width == 0 || body.height == 0 {
        // Nothing of it is seen; the next size that shows it scrolls it.
        state.brief.rows = Vec::new();
        return;
    }
    state.brief.rows = brief_rows(state);
    let rows = &state.brief.rows;
    let cursor = state.brief.cursor;
    let focus = match state.beneath() {
        Mode::Type(editor) => {
            let first = rows.iter().position(|r| matches!(r.kind, RowKind::Field(_))).unwrap_or(0);
            let row = first + outline::caret(rows, &editor.field).map_or(0, |(row, _)| row);
            row..row + 1
        }
        _ => {
            let first = rows.iter().position(|r| r.item == Some(cursor)).unwrap_or(0);
            let last = rows.iter().rposition(|r| r.item == Some(cursor)).unwrap_or(first);
            // What a section wants is read with its heading.
            let more = rows.iter().skip(last + 1).take_while(|r| r.item.is_none()).count();
            first..last + 1 + more
        }
    };
    let height = body.height;
    state.brief.top = scrolled(state.brief.top, focus, height, rows.len());
}

/// The first row to show so that `focus` is seen, moving as little as possible.
fn scrolled(top: usize, focus: std::ops::Range<usize>, height: u16, rows: usize) -> usize {
    let height = usize::from(height).max(1);
    let mut top = top.min(rows.saturating_sub(height));
    if focus.end > top + height {
        top = focus.end - height;
    }
    top.min(focus.start)
}

/// The words of the note so far, and how many it may have: `134w`, `134/400w`.
pub(crate) fn brief_words(state: &State) -> String {
    let most = state.document.as_ref().and_then(|d| d.template.max_words);
    words_of(state.composed.note.words, most)
}

/// `485/900w`, or `485w` where there is no limit.
pub(in crate::app) fn words_of(words: usize, most: Option<u32>) -> String {
    let words = crate::app::facts::thousands(words);
    most.map_or_else(|| format!("{words}w"), |most| format!("{words}/{most}w"))
}
