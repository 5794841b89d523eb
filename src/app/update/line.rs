//! The last line as a text field: filter, search, and values that a command asks for.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::action::{Action, Contexts};
use crate::app::document::Document;
use crate::app::state::{Line, LineKind, Mode, NewBrief, Pane, Spot, State};
use crate::app::text_field::{Edited, TextField};
use crate::draft::{Start, outline_text};
use crate::template::Template;

use super::{Pressed, browse, compose, findings, results, save, settle};

/// Opens the filter of the facts, or the search of the other panes.
pub(super) fn open_filter(state: &mut State) {
    let line = if state.focus == Pane::Facts {
        // What is typed narrows the query in force; Ctrl-U begins anew.
        let query = state.facts.query.trim_end();
        let text = if query.is_empty() { String::new() } else { format!("{query} ") };
        Line { kind: LineKind::Filter, field: TextField::new(text) }
    } else {
        Line { kind: LineKind::Search(state.brief.cursor), field: TextField::default() }
    };
    state.mode = Mode::Line(line);
}

/// Asks for something in the last line.
pub(super) fn ask(state: &mut State, kind: LineKind, text: &str) {
    state.mode = Mode::Line(Line { kind, field: TextField::new(text) });
}

/// A key in the last line.
pub(super) fn key(state: &mut State, pressed: Pressed) {
    match pressed.action {
        Some(Action::Enter) => return accept(state),
        // The list stays in reach while the filter is typed.
        Some(Action::Previous) if is_filter(state) => return browse::step(state, -1),
        Some(Action::Next) if is_filter(state) => return browse::step(state, 1),
        Some(Action::PageUp) if is_filter(state) => return browse::page(state, -1),
        Some(Action::PageDown) if is_filter(state) => return browse::page(state, 1),
        _ => {}
    }
    let Mode::Line(line) = &mut state.mode else { return };
    if pressed.edit(&mut line.field, usize::MAX, &mut state.killed) == Edited::Text {
        changed(state);
    }
}

fn is_filter(state: &State) -> bool {
    matches!(&state.mode, Mode::Line(Line { kind: LineKind::Filter, .. }))
}

/// Pasted text in the last line: one line of it.
pub(super) fn paste(state: &mut State, pasted: &str) {
    let Mode::Line(line) = &mut state.mode else { return };
    line.field.paste(&crate::model::text::one_line(pasted));
    changed(state);
}

/// The text changed: filter and search follow at once.
fn changed(state: &mut State) {
    let Mode::Line(line) = &state.mode else { return };
    let text = line.field.text().to_owned();
    match line.kind {
        LineKind::Filter => {
            state.facts.query = text;
            state.facts.sorted = false;
            state.facts.cursor = 0;
            state.facts.moved = false;
            settle::search(state);
        }
        LineKind::Search(from) => find(state, from, &text),
        _ => {}
    }
}

/// Puts the cursor on the first block from `from` on that holds the words.
fn find(state: &mut State, from: usize, text: &str) {
    let wanted = crate::model::text::fold(text);
    let Some(document) = &state.document else { return };
    let outline = &state.brief.outline;
    let count = outline.items.len();
    let holds = |n: &usize| {
        let Some(item) = outline.items.get(*n).copied() else { return false };
        let text = match outline.position(item) {
            Some(at) => document.draft().block_text(at).unwrap_or_default(),
            None => outline.sections[item.section()].title.as_str(),
        };
        crate::model::text::fold(text).contains(&wanted)
    };
    let found = (from..count).chain(0..from.min(count)).find(holds);
    if let Some(item) = found {
        state.brief.cursor = item;
        state.follow_brief();
    }
}

/// Esc: the filter is cleared, a question is dropped.
pub(super) fn cancel(state: &mut State) {
    let Mode::Line(line) = std::mem::replace(&mut state.mode, Mode::Browse) else { return };
    match line.kind {
        LineKind::Filter => {
            state.facts.query.clear();
            settle::search(state);
        }
        LineKind::Search(from) => state.brief.cursor = from,
        LineKind::DraftName | LineKind::NoteName => state.say("Nothing was written"),
        _ => {}
    }
}

fn accept(state: &mut State) {
    let Mode::Line(Line { kind, field }) = std::mem::replace(&mut state.mode, Mode::Browse) else { return };
    let text = crate::model::text::one_line(field.text());
    match kind {
        LineKind::Filter => {}
        LineKind::Search(from) => found(state, from),
        LineKind::Section => section(state, &text),
        LineKind::Title(template) => title(state, template, text),
        LineKind::Field(brief) => field_value(state, *brief, text),
        LineKind::DraftName => save::save_as(state, &text),
        LineKind::NoteName => save::write_note_as(state, &text),
        LineKind::Reason { rule, place } => findings::silence(state, rule, place, &text),
    }
}

/// A search is done: where it led away from is where `'` goes.
fn found(state: &mut State, from: usize) {
    if from != state.brief.cursor {
        let here = state.spot();
        state.trail.leave(Spot { item: from, ..here });
    }
}

/// Sends what is chosen to the section of that number.
pub(super) fn section(state: &mut State, number: &str) {
    match number.parse() {
        Ok(number) => compose::to_section(state, Some(number)),
        Err(_) => state.say(format!("{number:?} is no number of a section")),
    }
}

/// Filters the facts by a query, or searches the other panes, as if it were typed and taken.
pub(super) fn filter_by(state: &mut State, query: &str) {
    open_filter(state);
    if let Mode::Line(line) = &mut state.mode {
        line.field.set_text(query);
    }
    changed(state);
    accept(state);
}

/// Asks for the title of a new brief.
pub(super) fn ask_title(state: &mut State, template: Arc<Template>) {
    ask(state, LineKind::Title(template), "");
}

fn title(state: &mut State, template: Arc<Template>, title: String) {
    if title.is_empty() {
        state.say(format!("A brief needs a title; {} leaves", state.key_in(Contexts::LINE, Action::Leave)));
        return ask_title(state, template);
    }
    next_field(state, NewBrief { template, title, values: Vec::new() });
}

fn field_value(state: &mut State, mut brief: NewBrief, value: String) {
    brief.values.push(value);
    next_field(state, brief);
}

/// Asks for the next field, or makes the brief when all have been asked for.
fn next_field(state: &mut State, brief: NewBrief) {
    if brief.values.len() < brief.template.fields.len() {
        return ask(state, LineKind::Field(Box::new(brief)), "");
    }
    if state.document.as_ref().is_some_and(|d| d.is_changed() || d.is_saving()) {
        let write = state.key(Action::Write);
        return state.warn(format!("No new brief yet: the open one is not saved. {write} says why"));
    }
    let slug = free_slug(state, &crate::markdown::slug(&brief.title));
    let fields = brief.template.fields.iter().map(|f| f.id.clone()).zip(brief.values).collect();
    let start = Start { title: brief.title, date: state.today.clone(), fields, facts: None };
    let text = outline_text(&brief.template, &start);
    let document = Document::new(slug.clone(), PathBuf::from(&slug), &text, brief.template);
    results::show(state, document);
    save::save(state, false);
    state.say(format!("New brief {slug}. {} fills it by the template's rules", state.key(Action::Fill)));
}

/// A name that no draft has: `slug`, else `slug-2`, `slug-3`, …
pub(super) fn free_slug(state: &State, slug: &str) -> String {
    let slug: String = slug.chars().take(80).collect();
    let slug = if slug.is_empty() { "brief".to_owned() } else { slug };
    let open = state.document.as_ref().map(|d| d.slug.as_str());
    let taken = |name: &str| open == Some(name) || state.drafts.iter().any(|d| d.slug == name);
    let numbered = (2..).map(|n| format!("{slug}-{n}"));
    std::iter::once(slug.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(slug)
}

/// What the last line asks.
pub(crate) fn prompt(kind: &LineKind) -> String {
    match kind {
        LineKind::Filter | LineKind::Search(_) => "/".to_owned(),
        LineKind::Section => "To section: ".to_owned(),
        LineKind::Title(template) => format!("{} · Title: ", template.name),
        LineKind::Field(brief) => {
            let field = brief.template.fields.get(brief.values.len());
            let label = field.map_or("", |f| if f.label.is_empty() { f.id.as_str() } else { f.label.as_str() });
            let optional = if field.is_some_and(|f| f.required) { "" } else { " (optional)" };
            format!("{label}{optional}: ")
        }
        LineKind::DraftName => "Save the draft as: ".to_owned(),
        LineKind::NoteName => "Write the note as: ".to_owned(),
        LineKind::Reason { rule, .. } => format!("Ignore {rule} here, because: "),
    }
}
