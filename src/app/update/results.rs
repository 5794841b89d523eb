//! Answers from outside: lists, events, drafts, notes, searches. Old ones are dropped by number.

use std::collections::HashSet;
use std::sync::Arc;

use crate::app::action::Action;
use crate::app::document::Document;
use crate::app::effect::Effect;
use crate::app::facts::{Loading, SortedDesk};
use crate::app::findings::{Found, Places};
use crate::app::list::ListKind;
use crate::app::message::{DraftText, Hits, Listing};
use crate::app::preview::LaidOut;
use crate::app::state::{Line, LineKind, Mode, State};
use crate::app::trail::Trail;
use crate::finding::Finding;
use crate::model::{FactAt, FactRef};
use crate::note::Note;
use crate::template::Template;

use super::{cite, compose, hold, journal, list, outside, overview, save, settle};

/// The program has begun: list, and read the events.
pub(super) fn start(state: &mut State) {
    if let Some(greeting) = state.setup.greeting.take() {
        state.say(greeting);
    }
    state.perform(Effect::List);
    load(state);
}

/// Reads everything again.
pub(super) fn reload(state: &mut State) {
    state.perform(Effect::List);
    load(state);
    // A draft with unsaved text is not read again: what is on disk is asked about when it is saved.
    if let Some(document) = state.document.as_ref().filter(|d| !d.is_changed()) {
        let name = document.path.to_string_lossy().into_owned();
        read(state, &name);
    }
    state.say("Reading the desk again");
}

fn load(state: &mut State) {
    let generation = state.request();
    state.facts.fresh.clear();
    state.loading = Loading { generation, files: Some((0, 0)), running: true, ..Loading::default() };
    state.perform(Effect::Load { generation });
}

/// Reads the events again while the list stays as it is; one load at a time, or files that change
/// without end would never be read to the end.
pub(super) fn load_quietly(state: &mut State) {
    if state.loading.running {
        state.loading.again = true;
        return;
    }
    let generation = state.request();
    state.loading = Loading { generation, running: true, ..Loading::default() };
    state.perform(Effect::Load { generation });
}

/// Templates and drafts are listed; at first, the draft to open is chosen.
pub(super) fn listed(state: &mut State, listing: Listing) {
    let same = |new: Template| {
        let old = state.templates.iter().find(|old| ***old == new);
        old.map_or_else(|| Arc::new(new), Arc::clone)
    };
    state.templates = listing.templates.into_iter().map(same).collect();
    state.drafts = listing.drafts;
    state.today = listing.today;
    state.problems.retain(|f| !f.path.starts_with("templates/"));
    let unsound = !listing.findings.is_empty();
    state.problems.extend(listing.findings);
    if std::mem::replace(&mut state.listed, true) {
        return;
    }
    if unsound && state.loading.files.is_none() {
        tell_of_problems(state);
    }
    let newest = || state.drafts.iter().max_by_key(|d| d.changed).map(|d| d.slug.clone());
    match state.setup.draft.clone().or_else(newest) {
        Some(name) => read(state, &name),
        None if state.setup.new_brief => list::open(state, ListKind::Templates),
        None => {
            let text = format!("No brief yet: {} starts one from a template", state.key(Action::NewBrief));
            state.warn(text);
        }
    }
}

/// Asks for a draft.
pub(super) fn read(state: &mut State, name: &str) {
    let request = state.request();
    state.reading = Some(request);
    state.perform(Effect::ReadDraft { request, name: name.to_owned(), past: true });
}

/// A draft was read: it is shown, and Facts open with its query.
pub(super) fn draft_read(state: &mut State, request: u64, result: Result<DraftText, String>) {
    if state.reading.take_if(|id| *id == request).is_none() {
        return;
    }
    match result {
        Err(reason) => state.warn(reason),
        Ok(file) => {
            let other = state.document.as_ref().filter(|d| d.shown != file.shown);
            if other.is_some_and(Document::is_changed) {
                return state.warn("The open brief is not saved yet; try again once it is");
            }
            let same = |d: &Document| d.shown == file.shown && d.stamp() == Some(file.stamp);
            if state.document.as_ref().is_some_and(same) {
                return;
            }
            let template = template_of(state, &file);
            if state.document.as_ref().is_some_and(|d| d.shown == file.shown) {
                return outside::read_again(state, &file, template);
            }
            journal::tell_of_foreign(state, &file.past.foreign);
            show(state, Document::open(file, template));
        }
    }
}

fn template_of(state: &mut State, file: &DraftText) -> Arc<Template> {
    let (template, wrong) = named_template(&state.templates, &file.text);
    if let Some(text) = wrong {
        state.warn(text);
    }
    template
}

/// The template that a draft names; one without sections, and what to say, if there is none.
pub(in crate::app) fn named_template(templates: &[Arc<Template>], draft: &str) -> (Arc<Template>, Option<String>) {
    let front = crate::draft::Draft::parse(draft, &[]);
    let id = front.front().template.clone().unwrap_or_default();
    if let Some(template) = templates.iter().find(|t| t.id == id) {
        return (Arc::clone(template), None);
    }
    let near = crate::model::text::nearest(&id, templates.iter().map(|t| t.id.as_str()));
    let near = near.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
    let text = if id.is_empty() {
        "This draft names no template".to_owned()
    } else {
        format!("There is no template `{id}`{near}")
    };
    (Arc::new(Template { id, ..Template::default() }), Some(text))
}

/// Makes a document the open one.
pub(super) fn show(state: &mut State, document: Document) {
    let query = document.draft().front().facts.clone().unwrap_or_default();
    state.document = Some(document);
    state.composing = 0;
    state.composed = crate::app::state::Composed::default();
    state.brief = crate::app::state::BriefPane::default();
    state.preview.top = 0;
    state.facts.marks.clear();
    state.facts.query = query;
    state.facts.sorted = false;
    state.facts.cursor = 0;
    state.facts.moved = false;
    state.trail = Trail::default();
    state.pending_note = None;
    state.draft_news = None;
    hold::opened(state);
    settle::refresh(state);
    settle::search(state);
}

/// Some events were read. Each time they have doubled the list is made anew, so that the work of
/// listing stays in proportion to the desk.
pub(super) fn loading(state: &mut State, generation: u64, facts: Option<SortedDesk>, files: (usize, usize)) {
    if state.loading.generation != generation || state.loading.files.is_none() {
        return;
    }
    state.loading.files = Some(files);
    if let Some(facts) = facts {
        replace_desk(state, facts, true);
    }
}

/// Every event was read.
pub(super) fn loaded(state: &mut State, generation: u64, facts: SortedDesk, findings: Vec<Finding>) {
    if state.loading.generation != generation {
        return;
    }
    let quiet = state.loading.files.is_none();
    let again = state.loading.again;
    state.loading = Loading { generation, ..Loading::default() };
    // A desk that is read again by itself tells of what is new.
    let before = if quiet { bad_files(state) } else { 0 };
    state.problems.retain(|f| f.path.starts_with("templates/"));
    state.problems.extend(findings);
    // Only other settings undo what the writer has chosen for the session.
    let theme = facts.desk.settings().theme;
    if std::mem::replace(&mut state.setup.theme, theme) != theme {
        state.theme = theme;
    }
    let fresh = if quiet { outside::new_facts(&state.desk, &facts.desk) } else { Default::default() };
    replace_desk(state, facts, !quiet);
    let desk = Arc::clone(&state.desk);
    state.facts.fresh.extend(fresh);
    state.facts.fresh.retain(|address| desk.find(address).is_some());
    let wrong_keys = state.bind(&desk.settings().keys);
    state.problems.extend(wrong_keys);
    if bad_files(state) > before {
        tell_of_problems(state);
    }
    if again {
        load_quietly(state);
    }
    super::events::arrived(state);
}

/// How many errors the desk's files have.
fn bad_files(state: &State) -> usize {
    state.problems.iter().filter(|f| f.severity == crate::finding::Severity::Error).count()
}

/// Says how many files the desk goes without, and how many other errors its files have: those of
/// events and, once listed, of templates.
pub(in crate::app) fn tell_of_problems(state: &mut State) {
    let skipped = skipped(state);
    let errors = state.problems.iter().filter(|f| f.severity == crate::finding::Severity::Error);
    let bad = errors.filter(|f| !skipped.contains(&*f.path)).count();
    let show = state.key(Action::Problems);
    let text = match (skipped.len(), bad) {
        (0, 0) => return,
        (files, 0) => skipped_words(files, &show),
        (0, bad) => format!("{} in the desk's files. {show} shows where", compose::counted(bad, "problem")),
        (files, bad) => {
            let (files, bad) = (compose::counted(files, "file"), compose::counted(bad, "problem"));
            format!("{files} skipped, {bad} in others. {show} shows where")
        }
    };
    state.warn(text);
}

/// `3 files skipped. ! shows where`.
fn skipped_words(files: usize, key: &str) -> String {
    format!("{} skipped. {key} shows where", compose::counted(files, "file"))
}

/// The same for an empty list of facts, if there are such files.
pub(crate) fn skipped_files(state: &State) -> Option<String> {
    let files = skipped(state).len();
    (files > 0).then(|| skipped_words(files, &state.key(Action::Problems)))
}

/// The files that the desk goes without: events that gave none, and whatever could not be read.
fn skipped(state: &State) -> HashSet<&str> {
    let read: HashSet<&str> = state.desk.events().iter().map(|event| &*event.path).collect();
    let errors = state.problems.iter().filter(|f| f.severity == crate::finding::Severity::Error);
    let whole = |f: &Finding| f.rule == "unreadable" && f.anchor == crate::finding::Anchor::File;
    let lost = errors.filter(|f| whole(f) || f.path.starts_with("briefs/events/") && !read.contains(&*f.path));
    lost.map(|f| &*f.path).collect()
}

/// Handles are valid for one desk only: cursor and marks are found again by address. While it is loaded
/// for the writer, a cursor that was never moved stays at the top of the list, which grows.
fn replace_desk(state: &mut State, facts: SortedDesk, loading: bool) {
    let typing = is_filtering(state);
    let desk = state.facts.take_order(facts);
    let old = std::mem::replace(&mut state.desk, desk);
    let desk = Arc::clone(&state.desk);
    let again = |at: FactAt| -> Option<FactAt> {
        let address: FactRef = old.address(at)?;
        desk.find(&address)
    };
    // A desk read again leaves the cursor on its fact, even where the writer never moved it: what a key
    // acts on must not change under the fingers.
    let known = state.facts.focused().and_then(again).filter(|_| !loading && !typing);
    state.facts.moved |= known.is_some();
    let stay = known.or_else(|| state.facts.stay().and_then(again));
    state.facts.marks = state.facts.marks.iter().copied().filter_map(again).collect();
    let found = state.facts.found.take().map(|found| found.into_iter().filter_map(again).collect());
    for spot in state.trail.spots() {
        spot.fact = spot.fact.and_then(again);
    }
    state.facts.found = found;
    if let Some(picker) = state.picker_mut() {
        picker.hits = std::mem::take(&mut picker.hits).into_iter().filter_map(again).collect();
    }
    state.brief.memo.judge_anew();
    if matches!(state.beneath(), Mode::Type(_)) {
        // Brief shows the list from before until the text is done: the next letter must not wait for this.
        state.brief.listed = 0;
        let placed = std::mem::take(&mut state.facts.placed).into_iter();
        state.facts.placed = placed.filter_map(|(at, places)| Some((again(at)?, places))).collect();
    } else {
        settle::list_brief(state);
        settle::place_marks(state);
    }
    state.facts.rebuild_in_place(&state.desk, stay);
    overview::desk_replaced(state, again);
    settle::compose(state);
    if state.filling.take().is_some() {
        // What that search finds are facts of the desk that was.
        compose::fill(state);
    }
    if !state.facts.query.trim().is_empty() {
        settle::search(state);
    }
}

/// Whether the filter of Facts is being typed.
fn is_filtering(state: &State) -> bool {
    matches!(state.beneath(), Mode::Line(Line { kind: LineKind::Filter, .. }))
}

/// The note of a revision is composed, and can be shown while it is checked.
pub(super) fn previewed(state: &mut State, generation: u64, note: Arc<Note>, laid_out: Option<LaidOut>) {
    let newest = state.document.as_ref().map_or(0, |d| d.revision);
    if (state.composed.note_of..=newest).contains(&generation) {
        (state.composed.note_of, state.composed.note) = (generation, note);
        state.preview.stale(generation, laid_out);
    }
}

/// The note of a revision is composed and checked.
pub(super) fn composed(
    state: &mut State,
    generation: u64,
    (note, findings): (Arc<Note>, Vec<Finding>),
    laid_out: Option<LaidOut>,
) {
    let Some(document) = state.document.as_ref().filter(|d| d.revision >= generation) else { return };
    if generation < state.composed.note_of {
        return;
    }
    let draft = document.draft();
    let places = Places::new(draft, &document.shown);
    let findings = findings.into_iter().map(|finding| Found { place: places.of(&finding), finding }).collect();
    let shown = Arc::ptr_eq(&state.composed.note, &note);
    state.composed = crate::app::state::Composed { revision: generation, note_of: generation, note, findings };
    state.judge_items();
    if !shown {
        state.preview.stale(generation, laid_out);
    }
    save::send_note(state);
    super::findings::checked(state);
}

/// A search has ended.
pub(super) fn found(state: &mut State, generation: u64, result: Result<Hits, String>) {
    if state.filling.take_if(|id| *id == generation).is_some() {
        match result {
            Ok(hits) => compose::fill_from(state, &hits.facts),
            Err(reason) => state.warn(format!("The draft's own query does not read: {reason}")),
        }
        // Nothing may have been placed, and then no other note comes.
        return save::send_note(state);
    }
    let Some(result) = overview::found(state, generation, result) else { return };
    let Some(result) = cite::found(state, generation, result) else { return };
    if state.facts.generation != generation {
        return;
    }
    state.facts.awaited = false;
    match result {
        Ok(hits) => list_hits(state, hits, false),
        // The list stays as it was while a query is half typed.
        Err(reason) => state.facts.error = Some(reason),
    }
    super::events::arrived(state);
    super::take_held(state);
}

/// The first rows of a search that goes on: they are shown, and keys for facts wait for the rest. Where the
/// writer has put the cursor on a fact, nothing moves under it before all is known.
pub(super) fn first_found(state: &mut State, generation: u64, hits: Hits) {
    let facts = &state.facts;
    if facts.generation == generation && facts.awaited && !facts.moved {
        list_hits(state, hits, true);
    }
}

fn list_hits(state: &mut State, Hits { facts, ranked }: Hits, partial: bool) {
    let stay = state.facts.stay();
    state.facts.error = None;
    state.facts.found = Some(facts);
    state.facts.partial = partial;
    state.facts.ranked = ranked;
    state.facts.rebuild_in_place(&state.desk, stay);
    if is_filtering(state) && !state.facts.moved {
        // While the filter is typed, its best match is at hand, below the marked facts.
        state.facts.cursor = state.facts.kept;
    }
}
