//! Citing while typing: `@`, a few words, Enter.

use crate::app::action::Action;
use crate::app::cite::{self, CitePicker, MOST};
use crate::app::effect::Purpose;
use crate::app::list::Pick;
use crate::app::message::Hits;
use crate::app::state::{Mode, State};
use crate::model::FactAt;

use super::{settle, text};

/// After the text or the caret changed: offers facts behind a new `@`, or goes on with the words there.
pub(super) fn follow(state: &mut State, typed: bool) {
    let Mode::Type(editor) = &mut state.mode else { return };
    let (text, caret) = (editor.field.text(), editor.field.caret());
    if editor.cite.is_none() {
        editor.cite = cite::asks(text, caret).filter(|_| typed).map(CitePicker::new);
        if editor.cite.is_some() {
            offer(state, "");
        }
        return;
    }
    let words = editor.cite.as_ref().and_then(|picker| cite::words(text, picker.at, caret)).map(str::to_owned);
    match words {
        None => editor.cite = None,
        Some(words) if editor.cite.as_ref().is_some_and(|picker| picker.query == words) => {}
        Some(words) => offer(state, &words),
    }
}

/// Looks for facts by the words; without words those of the Facts pane are offered.
fn offer(state: &mut State, words: &str) {
    let generation = state.request();
    let shown: Vec<FactAt> = state.facts.visible.iter().take(MOST).copied().collect();
    let Mode::Type(editor) = &mut state.mode else { return };
    let Some(picker) = &mut editor.cite else { return };
    picker.query = words.to_owned();
    picker.generation = generation;
    if words.trim().is_empty() {
        picker.hits = shown;
        picker.list.cursor = 0;
        picker.list.top = 0;
        return;
    }
    settle::search_for(state, Purpose::Citation, generation, words.to_owned());
}

/// The answer of a search that was made for an `@`; gives back what was not.
pub(super) fn found(state: &mut State, generation: u64, result: Result<Hits, String>) -> Option<Result<Hits, String>> {
    let Mode::Type(editor) = &mut state.mode else { return Some(result) };
    let Some(picker) = editor.cite.as_mut().filter(|picker| picker.generation == generation) else {
        return Some(result);
    };
    // Words that do not read as a query yet leave what was offered before.
    if let Ok(hits) = result {
        picker.hits = hits.facts.into_iter().take(MOST).collect();
        picker.list.cursor = 0;
        picker.list.top = 0;
        // Whoever goes on typing a sentence behind an `@` did not ask.
        if picker.hits.is_empty() && picker.query.contains(' ') {
            editor.cite = None;
        }
    }
    None
}

/// An action while facts are offered; false if it is one for the text.
pub(super) fn run(state: &mut State, action: Action) -> bool {
    let rows = state.cite_rows();
    let Mode::Type(editor) = &mut state.mode else { return false };
    let Some(picker) = &mut editor.cite else { return false };
    let last = picker.hits.len().saturating_sub(1);
    let list = &mut picker.list;
    match action {
        Action::Previous => list.cursor = list.cursor.saturating_sub(1),
        Action::Next => list.cursor = (list.cursor + 1).min(last),
        Action::PageUp => list.cursor = list.cursor.saturating_sub(rows),
        Action::PageDown => list.cursor = (list.cursor + rows).min(last),
        Action::Leave => {
            editor.cite = None;
            return true;
        }
        Action::NewLine if picker.hits.is_empty() => {
            editor.cite = None;
            return false;
        }
        Action::NewLine => {
            pick(state);
            return true;
        }
        _ => return false,
    }
    list.top = list.top.min(list.cursor).max((list.cursor + 1).saturating_sub(rows.max(1)));
    true
}

/// Takes the offered fact under the list's cursor.
fn pick(state: &mut State) {
    let picked = state.citing().and_then(|(editor, picker)| {
        let entries = cite::entries(state);
        let Pick::Cite(fact) = entries.get(picker.list.cursor)?.pick else { return None };
        let address = state.desk.address(fact)?;
        let (text, caret) = (editor.field.text(), editor.field.caret());
        Some((picker.at..caret, cite::citation(text, picker.at, caret, &address)))
    });
    let Mode::Type(editor) = &mut state.mode else { return };
    editor.cite = None;
    let Some((range, citation)) = picked else { return };
    let before = editor.field.clone();
    editor.field.replace(range, &citation);
    editor.closed = Some(editor.field.caret()).filter(|_| !citation.starts_with('[') && citation.ends_with(']'));
    text::changed(state, before);
}
