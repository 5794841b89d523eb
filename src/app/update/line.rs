//! The last line as a text field: filter, search, and values that a command asks for.

use crate::app::action::Action;
use crate::app::questions::{Purpose, Questions};
use crate::app::state::{Line, LineKind, Mode, Pane, Spot, State};
use crate::app::text_field::{Edited, TextField};

use super::{Pressed, browse, compose, events, findings, new_fact, questions, save, settle};

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
        Some(Action::Previous) if is_question(state) => return question_before(state),
        // The list stays in reach while the filter is typed.
        Some(Action::Previous) if is_filter(state) => return browse::step(state, -1),
        Some(Action::Next) if is_filter(state) => return browse::step(state, 1),
        Some(Action::PageUp) if is_filter(state) => return browse::page(state, -1),
        Some(Action::PageDown) if is_filter(state) => return browse::page(state, 1),
        Some(Action::Complete) => return new_fact::complete(state),
        _ => {}
    }
    let Mode::Line(line) = &mut state.mode else { return };
    if pressed.edit(&mut line.field, usize::MAX, &mut state.killed) == Edited::Text {
        changed(state);
    }
}

fn is_question(state: &State) -> bool {
    matches!(&state.mode, Mode::Line(Line { kind: LineKind::Question(_), .. }))
}

fn question_before(state: &mut State) {
    let Mode::Line(Line { kind: LineKind::Question(brief), field }) = &state.mode else { return };
    let (brief, typed) = (Questions::clone(brief), field.text().to_owned());
    questions::back(state, brief, typed);
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
        LineKind::Fact(_) => state.say("Nothing is changed"),
        LineKind::Question(questions) => match questions.purpose {
            Purpose::New(_) => state.say(format!("No brief was made. {} asks again", state.key(Action::NewBrief))),
            Purpose::NewFact => state.say("No fact was made"),
            // As everywhere, done keeps; undo takes it back.
            Purpose::Details => questions::keep(state, *questions, line.field.text()),
        },
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
        LineKind::Question(brief) => questions::answered(state, *brief, text),
        LineKind::Fact(ask) => events::take(state, *ask, &text),
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
        LineKind::Question(brief) => brief.prompt(),
        LineKind::Fact(ask) => events::prompt(ask),
        LineKind::DraftName => "Save the draft as: ".to_owned(),
        LineKind::NoteName => "Write the note as: ".to_owned(),
        LineKind::Reason { rule, .. } => format!("Ignore {rule} here, because: "),
    }
}
