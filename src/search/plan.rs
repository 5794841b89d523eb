//! A query made ready for one search, and how well a text fits it.

use std::collections::HashSet;

use memchr::memmem::Finder;

use super::filter::Filters;
use super::fuzzy::Guess;
use super::query::{Query, What};
use super::text::{Fit, best_hit, has_words};
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
}

pub(super) struct Form {
    finder: Finder<'static>,
    /// What a guess costs; one counts only at the start of a word.
    guess: Option<u32>,
}

impl Form {
    pub(super) fn guess(guess: Guess) -> Self {
        let cost = u32::try_from(guess.cost).unwrap_or(u32::MAX);
        Self { finder: Finder::new(&guess.word).into_owned(), guess: Some(cost) }
    }
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
                (What::Word(word), false) => words.push(Word {
                    typed: word.folded.to_string(),
                    forms: vec![Form { finder: Finder::new(&*word.folded).into_owned(), guess: None }],
                }),
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

    /// How well the text fits; `None` when it does not.
    pub(super) fn score(&self, says: &str, about: &str, event: &str) -> Option<u32> {
        if self.without.iter().any(|(f, open)| [says, about, event].iter().any(|t| has_words(f, t, *open))) {
            return None;
        }
        let mut score = 0;
        for word in &self.words {
            score += word.forms.iter().filter_map(|form| form.score(says, about, event)).max()?;
        }
        for (finder, open) in &self.phrases {
            score += if has_words(finder, says, *open) {
                60 + finder.find(says.as_bytes()).map_or(0, early)
            } else if has_words(finder, about, *open) || has_words(finder, event, *open) {
                20
            } else {
                return None;
            };
        }
        score += self.neighbours.iter().filter(|pair| pair.find(says.as_bytes()).is_some()).map(|_| 40).sum::<u32>();
        Some(score)
    }
}

impl Form {
    fn score(&self, says: &str, about: &str, event: &str) -> Option<u32> {
        let places = [(says, [30, 50, 60]), (about, [10, 20, 24]), (event, [6, 14, 18])];
        places.into_iter().enumerate().find_map(|(i, (text, [inside, start, whole]))| {
            let (fit, at) = best_hit(&self.finder, text)?;
            if self.guess.is_some() && fit == Fit::Inside {
                return None;
            }
            let score = match fit {
                Fit::Inside => inside,
                Fit::Start => start,
                Fit::Whole => whole,
            };
            let early = if i == 0 { early(at) } else { 0 };
            Some((score + early).saturating_sub(self.guess.map_or(0, |cost| 4 * cost)).max(1))
        })
    }
}

/// What an early place in a text is worth.
fn early(at: usize) -> u32 {
    15 - u32::try_from(at / 8).map_or(15, |n| n.min(15))
}
