//! What the facts that a block cites name, in any of the forms in which a note may write it.

use std::cell::OnceCell;
use std::ops::Range;

use super::names::{self, is_capital, is_joined, raw_words};
use super::states;
use crate::check::case::BlockCase;
use crate::check::text::words::places;
use crate::markdown::CitationItem;
use crate::model::text::fold;
use crate::model::{Actor, Event, Fact, FactRef, Source};
use crate::yaml::View;

/// Words in a name that are written small, folded.
pub(super) const PARTICLES: &[&str] = &[
    "of", "the", "de", "del", "della", "di", "da", "du", "la", "le", "van", "der", "den", "von", "bin", "ibn", "al",
    "el", "and",
];
/// From how many equal letters at their beginnings two words count as one name in two forms.
const STEM: usize = 5;
/// By how many letters they may differ behind them.
const ENDING: usize = 4;

/// What the facts of a block name.
pub(super) struct Support<'c, 'a> {
    texts: Vec<&'a str>,
    /// Codes of countries.
    codes: Vec<&'a str>,
    events: Vec<&'a Event>,
    /// The folded words of the note itself.
    own: [&'c str; 2],
    /// All texts, one a line.
    joined: OnceCell<String>,
    folded: OnceCell<String>,
}

impl<'c, 'a> Support<'c, 'a> {
    pub(super) fn of(
        case: &BlockCase<'a>,
        facts: &[(&'a CitationItem, &'a Event, &'a Fact)],
        own: [&'c str; 2],
    ) -> Self {
        let mut support = Self {
            texts: Vec::new(),
            codes: Vec::new(),
            events: Vec::new(),
            own,
            joined: OnceCell::new(),
            folded: OnceCell::new(),
        };
        for (_, event, fact) in facts {
            support.add(case, event, fact);
            for written in fact.assessment.iter().flat_map(|a| &a.basis) {
                if let Some((event, fact)) = case.request().desk.fact(&FactRef::within(&event.id, written)) {
                    support.add(case, event, fact);
                }
            }
        }
        support
    }

    fn add(&mut self, case: &BlockCase<'a>, event: &'a Event, fact: &'a Fact) {
        if !self.events.iter().any(|known| std::ptr::eq(*known, event)) {
            self.events.push(event);
            self.texts.push(&event.title);
        }
        self.texts.push(&fact.text);
        self.texts.extend(fact.via.as_deref());
        if let Some(quote) = &fact.quote {
            self.texts.push(&quote.words);
            self.texts.extend([quote.original.as_deref(), quote.translation.as_deref()].into_iter().flatten());
        }
        if let Some(figure) = &fact.figure {
            self.texts.extend([figure.unit.as_deref(), figure.measure.as_deref()].into_iter().flatten());
        }
        if let Some(assessment) = &fact.assessment {
            let texts = assessment.assumptions.iter().chain(&assessment.alternatives).chain(&assessment.author);
            self.texts.extend(texts.map(|text| &**text));
        }
        for actor in fact.actors.iter().chain(&fact.speaker).filter_map(|key| event.actors.get(key)) {
            let roles = actor.role.iter().chain(actor.roles.iter().map(|r| &r.title));
            self.texts.extend(std::iter::once(&actor.name).chain(&actor.aliases).chain(roles).map(|text| &**text));
            self.texts.extend(actor.of.as_deref());
            self.codes.extend(actor.of.as_deref());
        }
        for place in event.places.iter().chain(&fact.places) {
            self.texts.push(&place.name);
            self.texts.extend(place.country.as_deref());
            self.codes.extend(place.country.as_deref());
        }
        for used in &fact.sources {
            self.texts.extend(used.excerpt.as_deref());
            if let Some(source) = case.request().desk.source(event, &used.source) {
                let texts = [
                    source.title(),
                    source.parent_title(),
                    source.publisher(),
                    source.origin_name(),
                    source.origin.as_deref(),
                ];
                self.texts.extend(texts.into_iter().flatten());
                self.add_people(source);
            }
        }
    }

    /// Who wrote a source, and whom else its record names.
    fn add_people(&mut self, source: &'a Source) {
        for key in ["author", "editor", "organization", "affiliated"] {
            if let Some(value) = source.record.get(key) {
                self.add_value(&value);
            }
        }
    }

    fn add_value(&mut self, value: &View<'a>) {
        match value {
            View::Text(text) => self.texts.push(text),
            View::List(items) => items.iter().for_each(|item| self.add_value(item)),
            View::Map(entries) => entries.iter().for_each(|(_, value)| self.add_value(value)),
        }
    }

    /// Whether it stands in a text, as whole words as they are written.
    fn stands(&self, name: &str) -> bool {
        let joined = self.joined.get_or_init(|| self.texts.join("\n"));
        joined.contains(name) && places(joined, name).next().is_some()
    }

    fn folded(&self) -> &str {
        self.folded.get_or_init(|| {
            let mut line = String::new();
            self.texts.iter().for_each(|text| names::folded_line(text, &mut line));
            line
        })
    }

    /// Whether something names it: as written, in another form, by a state's or actor's other names.
    pub(super) fn has(&self, name: &str) -> bool {
        if self.stands(name) {
            return true;
        }
        let mut phrase = String::new();
        names::folded_line(name, &mut phrase);
        let phrase = phrase.trim_end_matches("| ");
        let folded = phrase.trim();
        let single = folded.strip_suffix('s').unwrap_or(folded);
        let lines = || std::iter::once(self.folded()).chain(self.own);
        lines().any(|line| line.contains(phrase) || line.contains(&format!(" {single} ")))
            || states::with_word(folded)
                .chain(states::with_word(single))
                .any(|s| lines().any(|line| s.is_named(line, &self.codes)))
            || lines().any(|line| line.split(' ').any(|word| is_same_stem(word, folded)))
            || self.knows_actor(folded)
    }

    /// Whether an actor of the events has the word in its name, and the facts name that actor in another way: by
    /// a whole name, or by a part of it that no other actor has.
    fn knows_actor(&self, folded: &str) -> bool {
        let line = self.folded();
        let actors = || self.events.iter().flat_map(|event| event.actors.values()).filter(|a| !a.unnamed);
        let has_part =
            |actor: &Actor, part: &str| names_of(actor).any(|n| raw_words(n).any(|(_, word)| fold(word) == part));
        actors().filter(|actor| has_part(actor, folded)).any(|actor| {
            let others = || actors().filter(|other| other.name != actor.name);
            names_of(actor).any(|name| {
                let mut phrase = String::new();
                names::folded_line(name, &mut phrase);
                let mut parts = raw_words(name).filter(|(_, w)| is_capital(w)).map(|(_, word)| fold(word));
                line.contains(phrase.trim_end_matches("| "))
                    || parts.any(|part| {
                        part != folded && line.contains(&format!(" {part} ")) && !others().any(|o| has_part(o, &part))
                    })
            })
        })
    }

    /// Whether the facts abbreviate the name that these words are of: `SCO` for `Shanghai Cooperation Organisation`.
    pub(super) fn abbreviates(&self, text: &str, run: &Range<usize>) -> bool {
        let all: Vec<(usize, &str)> = raw_words(text).collect();
        let Some(at) = all.iter().position(|(at, _)| *at == run.start) else { return false };
        let small = |j: usize| all.get(j).is_some_and(|(_, w)| PARTICLES.contains(&w.to_lowercase().as_str()));
        let capital = |j: usize| all.get(j).is_some_and(|(_, w)| is_capital(w));
        let (mut first, mut last) = (at, at);
        while first > 0 && is_joined(text, &all, first) && (capital(first - 1) || small(first - 1)) {
            first -= 1;
        }
        while is_joined(text, &all, last + 1) && (capital(last + 1) || small(last + 1)) {
            last += 1;
        }
        let initials: String = all
            .get(first..=last)
            .unwrap_or_default()
            .iter()
            .filter(|(_, w)| is_capital(w))
            .filter_map(|(_, w)| w.chars().next())
            .collect();
        let count = initials.chars().count();
        count > 1
            && (0..count - 1).any(|skip| {
                let short: String = initials.chars().skip(skip).collect();
                self.stands(&short)
            })
    }
}

/// The name and the aliases of an actor.
fn names_of(actor: &Actor) -> impl Iterator<Item = &str> {
    std::iter::once(&*actor.name).chain(actor.aliases.iter().map(|alias| &**alias))
}

/// Whether two folded words are forms of one name: `ukraine` and `ukrainians`.
fn is_same_stem(a: &str, b: &str) -> bool {
    if a.as_bytes().first() != b.as_bytes().first() || a.len() < STEM || b.len() < STEM {
        return false;
    }
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    common >= STEM && a.chars().count().max(b.chars().count()) - common <= ENDING
}
