//! The facts offered behind an `@` in the text being typed.

use super::list::{Entry, ListKind, ListView, Pick};
use super::state::{Editor, Mode, State};
use super::text_field::TextField;
use crate::markdown::{CitationItem, CitationKey};
use crate::model::{FactAt, FactRef};

/// How many facts are offered at most.
pub const MOST: usize = 200;

/// An `@` with words behind it, and the facts that they find.
#[derive(Clone, Debug)]
pub struct CitePicker {
    /// The byte of the `@` in the field's text.
    pub at: usize,
    /// The words behind it when they were last sought.
    pub query: String,
    /// The search that will answer.
    pub generation: u64,
    /// The facts found, best first.
    pub hits: Vec<FactAt>,
    /// The list of them.
    pub list: ListView,
}

impl CitePicker {
    /// A picker for an `@` at this byte.
    pub fn new(at: usize) -> Self {
        let list = ListView { kind: ListKind::Cite, filter: TextField::default(), cursor: 0, top: 0, beneath: None };
        Self { at, query: String::new(), generation: 0, hits: Vec::new(), list }
    }
}

/// The byte of an `@` behind which the caret stands, if it is one that asks for a fact: at the start
/// of a word, as citations are written.
pub fn asks(text: &str, caret: usize) -> Option<usize> {
    let before = text.get(..caret)?.strip_suffix('@')?;
    let opens = |c: char| c.is_whitespace() || "[(;-—“\"'".contains(c);
    before.chars().next_back().is_none_or(opens).then_some(before.len())
}

/// The words between the `@` and the caret, while they can still be a search.
pub fn words(text: &str, at: usize, caret: usize) -> Option<&str> {
    let words = text.get(at..caret)?.strip_prefix('@')?;
    let over = words.starts_with(' ') || words.contains(['\n', ']', ';']);
    (!over).then_some(words)
}

/// What takes the place of `@words`: inside brackets the key, elsewhere a whole citation.
pub fn citation(text: &str, at: usize, caret: usize, fact: &FactRef) -> String {
    let key = CitationKey::Fact { event: fact.event.clone(), fact: fact.fact.clone() };
    let item = CitationItem::new(key).to_string();
    let inside = |text: &str| text.rfind('[').is_some_and(|open| !text[open..].contains(']'));
    if !inside(text.get(..at).unwrap_or_default()) {
        return format!("[{item}]");
    }
    let after = text.get(caret..).unwrap_or_default();
    let closes = after.find(']').is_some_and(|close| !after[..close].contains('['));
    if closes { item } else { format!("{item}]") }
}

impl State {
    /// The editor and its picker, while facts are offered.
    pub fn citing(&self) -> Option<(&Editor, &CitePicker)> {
        match &self.mode {
            Mode::Type(editor) => Some((editor, editor.cite.as_ref()?)),
            _ => None,
        }
    }

    /// The picker, wherever the writer is at the moment: help may lie over the text being typed.
    pub(super) fn picker_mut(&mut self) -> Option<&mut CitePicker> {
        let mut mode = &mut self.mode;
        while let Mode::List(list) = mode {
            mode = list.beneath.as_deref_mut()?;
        }
        match mode {
            Mode::Type(editor) => editor.cite.as_mut(),
            _ => None,
        }
    }

    /// How many rows the offered facts take above the status row, without the rule over them.
    pub fn cite_rows(&self) -> usize {
        self.citing().map_or(0, |(_, picker)| picker.hits.len().clamp(1, 8).min(self.cite_room()))
    }

    /// Rows that may be covered: the block being typed must stay in sight.
    fn cite_room(&self) -> usize {
        usize::from(self.regions.main.height / 2).max(1)
    }
}

/// The offered facts as entries of a list.
pub fn entries(state: &State) -> Vec<Entry> {
    let Some((_, picker)) = state.citing() else { return Vec::new() };
    let entry = |at: &FactAt| {
        let (event, fact) = state.desk.get(*at)?;
        Some(Entry {
            key: fact.when().map(ToString::to_string).unwrap_or_default(),
            name: fact.headline().into_owned(),
            note: format!("{}#{}", event.id, fact.id),
            reason: None,
            pick: Pick::Cite(*at),
        })
    };
    picker.hits.iter().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_at_asks_for_facts_where_a_citation_can_begin() {
        for (text, at) in [("@", Some(0)), ("see @", Some(4)), ("[@", Some(1)), ("[@a; @", Some(5)), ("[-@", Some(2))] {
            assert_eq!(asks(text, text.len()), at, "{text}");
        }
        for text in ["name@", "a", "", "@@"] {
            assert_eq!(asks(text, text.len()), None, "{text}");
        }
    }

    #[test]
    fn words_end_with_the_line_the_bracket_or_at_once() {
        assert_eq!(words("x @sco min", 2, 10), Some("sco min"));
        assert_eq!(words("x @", 2, 3), Some(""));
        for text in ["x @ noon", "x @sco\n", "x @sco]", "x @sco;"] {
            assert_eq!(words(text, 2, text.len()), None, "{text}");
        }
        assert_eq!(words("x @sco", 2, 1), None);
    }

    #[test]
    fn a_citation_gets_the_brackets_that_are_missing() {
        let fact = FactRef::new("li", "visit");
        let cite = |text: &str| {
            let caret = text.find('|').unwrap();
            let text = text.replace('|', "");
            let at = text[..caret].rfind('@').unwrap();
            format!("{}{}{}", &text[..at], citation(&text, at, caret, &fact), &text[caret..])
        };
        assert_eq!(cite("So @vis| it is."), "So [@li#visit] it is.");
        assert_eq!(cite("So [@vis|"), "So [@li#visit]");
        assert_eq!(cite("So [@vis|]."), "So [@li#visit].");
        assert_eq!(cite("So [@a#b; @vis|] and [@c#d]."), "So [@a#b; @li#visit] and [@c#d].");
        assert_eq!(cite("So [@vis| and [@c#d]."), "So [@li#visit] and [@c#d].");
        assert_eq!(cite("[@a#b] and @vis|"), "[@a#b] and [@li#visit]");
    }
}
