//! Edits of event files: what is asked for, what is under way, and what can be taken back.

use std::collections::BTreeSet;

use crate::event_file::edit::{Doing, PastEdit, Wording, WrittenEvent};
use crate::model::FactRef;

/// How many edits can be taken back.
const KEPT: usize = 50;

/// What the last line asks about facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactAsk {
    /// Tags to add, and with `-` to take out.
    Tags(Vec<FactRef>),
    /// How far they are established.
    Status(Vec<FactRef>),
    /// How much a note needs them.
    Priority(Vec<FactRef>),
    /// Other words.
    Correct(Correction),
}

/// A text of a fact that is being corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The fact.
    pub fact: FactRef,
    /// Which text.
    pub field: Wording,
    /// The text as it was shown.
    pub was: String,
}

/// An edit that was made: it can be taken back as long as its files are as it left them.
#[derive(Clone, Debug)]
pub struct EventStep {
    /// What it did: `tags of 2 facts`.
    pub what: String,
    /// What was written.
    pub files: Vec<WrittenEvent>,
    /// The number by which it was written down for later runs, if it was.
    pub number: Option<u64>,
    /// When it was made, if that was in an earlier run: `25 Nov 14:03`.
    pub when: Option<String>,
    /// The open brief at that time, and its revision: until the brief changes, undo means this edit.
    pub brief: Option<(String, u64)>,
}

/// What an edit under way is.
#[derive(Clone, Debug)]
pub enum Sent {
    /// A new edit, by what it does.
    New(String),
    /// One that is taken back.
    Back(EventStep),
    /// One that is made again.
    Again(EventStep),
}

impl Sent {
    /// As it is written down.
    pub fn doing(&self) -> Doing {
        match self {
            Self::New(what) => Doing::New(what.clone()),
            Self::Back(step) => Doing::Back(step.number),
            Self::Again(step) => Doing::Again(step.number),
        }
    }
}

/// The edits of event files: of this session, and of earlier ones once those of this one are taken back.
#[derive(Clone, Debug, Default)]
pub struct EventEdits {
    /// What can be taken back, the last one last.
    pub done: Vec<EventStep>,
    /// What can be made again.
    pub undone: Vec<EventStep>,
    /// What is under way, by its request.
    pub sent: Vec<(u64, Sent)>,
    /// The fact to go to as soon as it is read.
    pub arriving: Option<FactRef>,
    /// The numbers of those made in this session.
    pub ours: BTreeSet<u64>,
    /// Whether earlier runs' edits were asked for.
    pub looked: bool,
    /// The text that the writer's editor has.
    pub outside: Option<(u64, Correction)>,
}

impl EventEdits {
    /// Takes in what earlier runs did, behind which this one's stand.
    pub fn recall(&mut self, past: Vec<PastEdit>) {
        let earlier = past.into_iter().filter(|edit| !self.ours.contains(&edit.number));
        let steps = earlier.map(|PastEdit { number, what, when, files }| EventStep {
            what,
            files,
            number: Some(number),
            when: Some(when),
            brief: None,
        });
        let steps: Vec<EventStep> = steps.collect();
        self.done.splice(0..0, steps);
    }

    /// Keeps an edit to be taken back.
    pub fn keep(&mut self, step: EventStep) {
        self.done.push(step);
        if self.done.len() > KEPT {
            self.done.remove(0);
        }
    }
}

/// The words of a line: apart by blanks or commas, those in quotation marks together.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            c if !quoted && (c == ',' || c.is_whitespace()) => words.push(std::mem::take(&mut word)),
            c => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.trim().is_empty());
    words
}

/// A word as [`words`] reads it back.
pub fn as_word(word: &str) -> String {
    let apart = word.contains(|c: char| c == ',' || c.is_whitespace());
    if apart && !word.contains('"') { format!("\"{word}\"") } else { word.to_owned() }
}

/// The line with its last word completed, and the candidates if there are several.
pub fn completed(line: &str, candidates: &[String]) -> (String, Vec<String>) {
    let mut quoted = false;
    let mut start = 0;
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            c if !quoted && (c == ',' || c.is_whitespace()) => start = at + c.len_utf8(),
            _ => {}
        }
    }
    let (before, last) = line.split_at(start);
    let typed = last.trim_start_matches(['+', '-']);
    let sign = &last[..last.len() - typed.len()];
    let bare = typed.trim_matches('"');
    let wanted = crate::model::text::fold(bare);
    let mut found: Vec<String> =
        candidates.iter().filter(|c| crate::model::text::fold(c).starts_with(&wanted)).cloned().collect();
    found.sort();
    found.dedup();
    match found.as_slice() {
        [] => (line.to_owned(), Vec::new()),
        [only] => (format!("{before}{sign}{}", as_word(only)), Vec::new()),
        [first, rest @ ..] => {
            let mut common = first.as_str();
            for other in rest {
                let same: usize =
                    common.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
                common = &common[..same];
            }
            let longer = if common.len() > bare.len() && !common.contains(' ') { common } else { typed };
            (format!("{before}{sign}{longer}"), found)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_words_apart_by_blanks_or_commas() {
        assert_eq!(words("sco, -old  \"eastern europe\",x"), ["sco", "-old", "eastern europe", "x"]);
        assert_eq!(words(" , "), [""; 0]);
        assert_eq!(words(&as_word("a, b")), ["a, b"]);
    }

    #[test]
    fn the_last_word_is_completed_as_far_as_it_is_clear() {
        let known: Vec<String> = ["sco", "summit", "summary", "eastern europe", "Énergie"].map(Into::into).into();
        let complete = |line: &str| completed(line, &known);
        assert_eq!(complete("x, sc"), ("x, sco".into(), vec![]));
        assert_eq!(complete("-ea"), ("-\"eastern europe\"".into(), vec![]));
        assert_eq!(complete("su"), ("summ".into(), vec!["summary".to_owned(), "summit".into()]));
        assert_eq!(complete("en"), ("Énergie".into(), vec![]));
        assert_eq!(complete("q"), ("q".into(), vec![]));
        assert_eq!(complete("").1.len(), 5);
    }
}
