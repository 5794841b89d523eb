//! A query made ready for one search, and how well a text fits it.

use std::collections::HashSet;

use memchr::memmem::Finder;

use super::filter::Filters;
use super::fuzzy::Guess;
use super::query::{Query, What};
use super::text::{Fit, best_hit, has_words, spellings};
use crate::model::{Desk, FactAt};

/// A query made ready for one search.
pub(super) struct Plan<'q> {
    pub(super) filters: Filters<'q>,
    pub(super) words: Vec<Word>,
    phrases: Vec<(Finder<'q>, bool)>,
    /// Negated words and phrases; a word is open at its end.
    without: Vec<(Finder<'q>, bool)>,
    /// Each two words that follow one another, joined.
    pub(super) neighbours: Vec<Finder<'static>>,
}

/// A free word and the forms in which it may occur.
pub(super) struct Word {
    pub(super) typed: String,
    pub(super) forms: Vec<Form>,
    /// Whether it looks like an id.
    is_id: bool,
    /// Whether it looks like `event#fact`.
    is_address: bool,
}

pub(super) struct Form {
    finder: Finder<'static>,
    /// What is taken off because it is not what was typed.
    less: u32,
    /// Whether it is a guess, which counts only at the start of a word.
    guess: bool,
}

impl Form {
    pub(super) fn guess(guess: Guess) -> Self {
        let cost = u32::try_from(guess.cost).unwrap_or(u32::MAX);
        Self { finder: Finder::new(&guess.word).into_owned(), less: cost.saturating_mul(4), guess: true }
    }
}

impl Word {
    fn new(typed: &str) -> Self {
        let form = |(i, way): (usize, String)| {
            let less = if i == 0 { 0 } else { 4 };
            Form { finder: Finder::new(&way).into_owned(), less, guess: false }
        };
        let forms = spellings(typed).into_iter().enumerate().map(form).collect();
        // A plain word may happen to be an id; one like `sco-10` is meant as one.
        let is_id = typed.bytes().any(|b| matches!(b, b'-' | b'_') || b.is_ascii_digit());
        Self { typed: typed.to_owned(), forms, is_id, is_address: typed.contains('#') }
    }

    /// How well the word fits, and where it stands in what the fact says.
    fn score(&self, says: &str, about: &str, event: &str) -> Option<(u32, Option<usize>)> {
        if self.is_id && is_first_line(about, &self.typed) {
            return Some((IS_ID, None));
        }
        let found = self.forms.iter().filter_map(|form| form.score(says, about, event)).max_by_key(|(score, _)| *score);
        if found.is_none() && self.is_address { Some((self.address(about, event)?, None)) } else { found }
    }

    /// How well the word fits as an address, `event#fact`.
    fn address(&self, about: &str, event: &str) -> Option<u32> {
        let (its_event, its_fact) = self.typed.split_once('#')?;
        if event.split('\n').nth(1) != Some(its_event) || !about.starts_with(its_fact) {
            return None;
        }
        Some(if is_first_line(about, its_fact) { IS_ID } else { IS_ID / 2 })
    }
}

/// What a word is worth that is the fact's id.
const IS_ID: u32 = 70;

/// Whether a fact's id, which stands first of what is about it, is this.
fn is_first_line(about: &str, id: &str) -> bool {
    about.strip_prefix(id).is_some_and(|rest| rest.starts_with('\n'))
}

impl<'q> Plan<'q> {
    pub(super) fn new(query: &'q Query, desk: &Desk, placed: HashSet<FactAt>) -> Self {
        let (mut filters, mut words, mut phrases, mut without) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for term in &query.terms {
            match (&term.what, term.negated) {
                (What::Filter(filter), negated) => filters.push((negated, filter)),
                (What::Word(word), true) => without.push((Finder::new(&*word.folded), true)),
                (What::Phrase(words, open), true) => without.push((Finder::new(&*words.folded), *open)),
                (What::Phrase(words, open), false) => phrases.push((Finder::new(&*words.folded), *open)),
                (What::Word(word), false) => words.push(Word::new(&word.folded)),
            }
        }
        let neighbours = words
            .windows(2)
            .filter_map(|pair| match pair {
                [a, b] => Some(Finder::new(&format!("{} {}", a.typed, b.typed)).into_owned()),
                _ => None,
            })
            .collect();
        let filters = Filters::new(filters, desk, placed);
        Self { filters, words, phrases, without, neighbours }
    }

    pub(super) fn is_ranked(&self) -> bool {
        !self.words.is_empty() || !self.phrases.is_empty()
    }

    pub(super) fn has_text(&self) -> bool {
        self.is_ranked() || !self.without.is_empty()
    }

    /// Whether a fact in this text may fit: each word and phrase stands somewhere in it.
    pub(super) fn may_fit(&self, text: &str) -> bool {
        let stands = |form: &Form| form.finder.find(text.as_bytes()).is_some();
        self.words.iter().all(|word| word.is_address || word.forms.iter().any(stands))
            && self.phrases.iter().all(|(finder, _)| finder.find(text.as_bytes()).is_some())
    }

    /// How well the text fits, and where its first hit is in what the fact says; `None` when it does not.
    pub(super) fn score(&self, says: &str, about: &str, event: &str) -> Option<(u32, usize)> {
        if self.without.iter().any(|(f, open)| [says, about, event].iter().any(|t| has_words(f, t, *open))) {
            return None;
        }
        let mut score = 0;
        let (mut before, mut first) = (None, usize::MAX);
        for (i, word) in self.words.iter().enumerate() {
            let (fits, at) = word.score(says, about, event)?;
            let pair = i.checked_sub(1).and_then(|i| self.neighbours.get(i));
            if pair.is_some_and(|pair| has_words(pair, says, true)) {
                score += 40;
            } else if let (Some(before), Some(at)) = (before, at) {
                score += near(before, at);
            }
            score += fits;
            before = at;
            first = first.min(at.unwrap_or(usize::MAX));
        }
        for (finder, open) in &self.phrases {
            score += if has_words(finder, says, *open) {
                first = first.min(finder.find(says.as_bytes()).unwrap_or(usize::MAX));
                60
            } else if has_words(finder, about, *open) || has_words(finder, event, *open) {
                20
            } else {
                return None;
            };
        }
        Some((score, first))
    }
}

impl Form {
    /// How well it fits, and where in what the fact says.
    fn score(&self, says: &str, about: &str, event: &str) -> Option<(u32, Option<usize>)> {
        let places = [(says, [30_u32, 50, 60]), (about, [10, 20, 24]), (event, [6, 14, 18])];
        places.into_iter().enumerate().find_map(|(i, (text, [inside, start, whole]))| {
            let (fit, at) = best_hit(&self.finder, text)?;
            if self.guess && fit == Fit::Inside {
                return None;
            }
            let score = match fit {
                Fit::Inside => inside,
                Fit::Start => start,
                Fit::Whole => whole,
            };
            Some((score.saturating_sub(self.less).max(1), (i == 0).then_some(at)))
        })
    }
}

/// What it is worth that two words stand near each other.
fn near(a: usize, b: usize) -> u32 {
    match a.abs_diff(b) {
        0..=24 => 24,
        25..=48 => 12,
        _ => 0,
    }
}
