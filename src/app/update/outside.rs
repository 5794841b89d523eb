//! What others do to the desk's files while we have it open: facts, templates and drafts are read
//! again, and nothing that the writer has under hand is lost or moved by it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::app::document::Document;
use crate::app::effect::{Effect, Stamp};
use crate::app::list::ListKind;
use crate::app::message::{Changes, DraftText, SaveFault};
use crate::app::outline::Item;
use crate::app::state::{Line, LineKind, Mode, State, fault_words};
use crate::draft::BlockPosition;
use crate::finding::Severity;
use crate::model::{Desk, FactRef};
use crate::template::Template;

use super::{overview, results, settle};

/// Files are others than those that were read.
pub(super) fn changed(state: &mut State, changes: Changes) {
    if changes.facts {
        results::load_quietly(state);
    }
    if changes.lists {
        state.perform(Effect::List);
    }
    if changes.lists || !changes.drafts.is_empty() {
        overview::drafts_changed(state);
    }
    let open = state.document.as_ref().map(|d| d.shown.as_str());
    if let Some((_, found)) = changes.drafts.into_iter().find(|(shown, _)| Some(shown.as_str()) == open) {
        state.draft_news = Some(found);
    }
}

/// The desk cannot be watched: `r` still reads it again. No notice: nothing is wrong with the desk.
pub(super) fn unwatched(state: &mut State, reason: &str) {
    let text = format!("Changes by other programs are not seen by themselves: {reason}. r reads the desk again");
    state.log_down(text, Severity::Warning);
}

/// Takes what is known to have changed, as soon as nothing under hand refers to the draft as it is.
pub(super) fn settle(state: &mut State) {
    if !is_calm(state) {
        return;
    }
    adopt_template(state);
    // The answer to a save under way says what the file holds.
    if state.document.as_ref().is_some_and(Document::is_saving) {
        return;
    }
    if let Some(found) = state.draft_news.take() {
        draft_changed(state, found);
    }
}

/// Whether no list or question is open that counts blocks or findings of the draft as it is.
fn is_calm(state: &State) -> bool {
    match &state.mode {
        Mode::Browse | Mode::Type(_) | Mode::View(_) => true,
        Mode::Line(Line { kind, .. }) => matches!(kind, LineKind::Filter),
        Mode::List(view) => !matches!(view.kind, ListKind::Fixes | ListKind::Ignore | ListKind::Messages),
        Mode::Dialog(_) | Mode::Difference(_) => false,
    }
}

/// The open draft's file holds something else, or is gone.
fn draft_changed(state: &mut State, found: Option<Stamp>) {
    let busy = is_busy(state);
    let Some(document) = &mut state.document else { return };
    if document.stamp() == found {
        return;
    }
    let Some(stamp) = found else {
        document.lost();
        return state.warn("The draft is gone from the disk. The text stays; the next save writes it anew");
    };
    if busy || document.is_changed() {
        if document.written_over(stamp, &fault_words(&SaveFault::Changed)) {
            state.warn("The draft changed on disk. w asks what to do");
        }
        return;
    }
    let name = document.path.to_string_lossy().into_owned();
    results::read(state, &name);
}

/// Whether the draft's text is in somebody's hands: being typed, or in the writer's own editor.
fn is_busy(state: &State) -> bool {
    matches!(state.mode, Mode::Type(_)) || state.outside.is_some()
}

/// The file of the open draft was read again: its text comes in as one step.
pub(super) fn read_again(state: &mut State, file: &DraftText, template: Arc<Template>) {
    let busy = is_busy(state);
    let stay = here(state);
    let Some(document) = &mut state.document else { return };
    if busy || document.is_changed() {
        if document.written_over(file.stamp, &fault_words(&SaveFault::Changed)) {
            state.warn("The draft changed on disk. w asks what to do");
        }
        return;
    }
    document.read_again(&file.text, file.stamp, template);
    settle::refresh(state);
    go_back_to(state, stay);
    let undo = if state.hold.is_read_only() { "" } else { ": u takes back" };
    state.say(format!("The draft was read again from disk{undo}"));
}

/// What Brief's cursor stands on: a section by its id, a block by its text, else by its place.
struct Here {
    section: String,
    text: Option<String>,
    index: usize,
}

fn here(state: &State) -> Option<Here> {
    let item = state.brief.item()?;
    let section = state.brief.outline.sections.get(item.section())?.id.clone();
    let position = state.brief.outline.position(item);
    let draft = state.document.as_ref()?.draft();
    let text = position.and_then(|at| draft.block_text(at)).map(str::to_owned);
    let index = if let Item::Block(_, index) = item { index } else { 0 };
    Some(Here { section, text, index })
}

/// Puts Brief's cursor on what it stood on; a block that is no more leaves it at its place.
fn go_back_to(state: &mut State, here: Option<Here>) {
    let (Some(here), Some(document)) = (here, &state.document) else { return };
    let (draft, outline) = (document.draft(), &state.brief.outline);
    let text_of = |at: BlockPosition| draft.block_text(at);
    let Some(section) = outline.sections.iter().position(|s| s.id == here.section) else { return };
    let Some(wanted) = here.text.as_deref() else {
        state.brief.cursor = outline.heading(section).unwrap_or(state.brief.cursor);
        return;
    };
    let same = |item: &Item| outline.position(*item).and_then(text_of) == Some(wanted);
    // The same words may stand in more than one section.
    let inside = outline.items.iter().position(|item| item.section() == section && same(item));
    let found = inside.or_else(|| outline.items.iter().position(same)).or_else(|| {
        let last = outline.sections.get(section)?.blocks.len().checked_sub(1)?;
        outline.items.iter().position(|item| *item == Item::Block(section, here.index.min(last)))
    });
    state.brief.cursor = found.or_else(|| outline.heading(section)).unwrap_or(state.brief.cursor);
}

/// Gives the open draft its template as it reads now. While somebody types, the list of sections
/// must stay what it is.
fn adopt_template(state: &mut State) {
    let Some(document) = &mut state.document else { return };
    if matches!(state.mode, Mode::Type(_)) || state.outside.is_some() {
        return;
    }
    let named = state.templates.iter().find(|t| t.id == document.template.id);
    let Some(new) = named.filter(|t| !Arc::ptr_eq(t, &document.template)) else { return };
    let new = Arc::clone(new);
    let stay = if *new == *document.template { None } else { here(state) };
    let Some(document) = &mut state.document else { return };
    if *new == *document.template {
        document.template = new;
        return;
    }
    document.retemplate(new);
    settle::refresh(state);
    go_back_to(state, stay);
}

/// The addresses of facts that the old desk did not have. Events that did not change are the same
/// ones in both.
pub(super) fn new_facts(old: &Desk, new: &Desk) -> BTreeSet<FactRef> {
    let mut before = old.events().iter().peekable();
    let mut found = BTreeSet::new();
    for event in new.events() {
        // Both stand in the order of their paths.
        while before.next_if(|other| other.path < event.path).is_some() {}
        if before.peek().is_some_and(|other| Arc::ptr_eq(other, event)) {
            continue;
        }
        let addresses = event.facts.iter().map(|fact| FactRef::new(&*event.id, &*fact.id));
        found.extend(addresses.filter(|address| old.find(address).is_none()));
    }
    found
}
