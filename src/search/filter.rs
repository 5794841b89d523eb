//! Whether a fact has the properties that a query's filters ask for.
//!
//! What depends on the event alone (its tags, which of its actors and sources are meant) is worked
//! out once an event, so that a fact costs a few comparisons and no folding of names.

use std::collections::HashSet;

use super::query::{Filter, Key};
use super::value::{DateTest, Pattern};
use crate::model::text::without_tags;
use crate::model::{Actor, Desk, Event, Fact, FactAt, Place, Source, provenance};

/// The filters of a query, made ready for one desk.
pub(super) struct Filters<'q> {
    terms: Vec<(bool, &'q Filter)>,
    /// For each term, which shared sources are meant.
    shared: Vec<Vec<bool>>,
    placed: HashSet<FactAt>,
}

/// What a term comes to for one event.
enum InEvent {
    /// The same for all its facts.
    Settled(bool),
    /// Which of its actors or sources are meant, in the event's order.
    Members(Vec<bool>),
    /// To be seen on each fact.
    Open,
}

/// The filters, made ready for one event.
pub(super) struct EventFilters<'a> {
    filters: &'a Filters<'a>,
    desk: &'a Desk,
    event: &'a Event,
    terms: Vec<InEvent>,
}

impl<'q> Filters<'q> {
    pub(super) fn new(terms: Vec<(bool, &'q Filter)>, desk: &Desk, placed: HashSet<FactAt>) -> Self {
        let shared = terms
            .iter()
            .map(|(_, filter)| match filter {
                Filter::Text(key @ (Key::Source | Key::Origin), patterns) => {
                    desk.shared().values().map(|s| is_source(*key, patterns, s)).collect()
                }
                _ => Vec::new(),
            })
            .collect();
        Self { terms, shared, placed }
    }

    /// The filters for one event; `None` when none of its facts can pass.
    pub(super) fn for_event<'a>(&'a self, desk: &'a Desk, event: &'a Event) -> Option<EventFilters<'a>> {
        let mut terms = Vec::with_capacity(self.terms.len());
        for (negated, filter) in &self.terms {
            let term = in_event(filter, event);
            if let InEvent::Settled(holds) = term
                && holds == *negated
            {
                return None;
            }
            terms.push(term);
        }
        Some(EventFilters { filters: self, desk, event, terms })
    }
}

fn in_event(filter: &Filter, event: &Event) -> InEvent {
    let Filter::Text(key, patterns) = filter else { return InEvent::Open };
    let any = |is: &dyn Fn(&Pattern) -> bool| patterns.iter().any(is);
    // A tag or place of the event holds for all its facts; one that it lacks a fact may have.
    let or_open = |holds: bool| if holds { InEvent::Settled(true) } else { InEvent::Open };
    match key {
        Key::Event => InEvent::Settled(any(&|p| p.is_whole(&event.id))),
        Key::Title => InEvent::Settled(any(&|p| p.is_in(&event.title))),
        Key::Tag => or_open(any(&|p| event.tags.iter().any(|t| p.is_whole(t)))),
        Key::Place => or_open(any(&|p| event.places.iter().any(|x| is_place(p, x)))),
        Key::By | Key::Actor => {
            InEvent::Members(event.actors.iter().map(|(key, a)| any(&|p| is_actor(p, key, a))).collect())
        }
        Key::Source | Key::Origin => {
            InEvent::Members(event.sources.values().map(|s| is_source(*key, patterns, s)).collect())
        }
        _ => InEvent::Open,
    }
}

fn is_place(pattern: &Pattern, place: &Place) -> bool {
    pattern.is_in(&place.name) || place.country.as_deref().is_some_and(|c| pattern.is_in(c))
}

fn is_actor(pattern: &Pattern, key: &str, actor: &Actor) -> bool {
    pattern.is_whole(key) || pattern.is_in(&actor.name) || actor.aliases.iter().any(|a| pattern.is_in(a))
}

fn is_source(key: Key, patterns: &[Pattern], source: &Source) -> bool {
    patterns.iter().any(|p| match key {
        Key::Origin => source.origin_name().is_some_and(|o| p.is_in(&without_tags(o))),
        _ => {
            // The parts of the short name, and the title.
            let names = [source.origin_name(), source.parent_title(), source.title()];
            p.is_whole(&source.key) || names.into_iter().flatten().any(|name| p.is_in(&without_tags(name)))
        }
    })
}

impl EventFilters<'_> {
    /// Whether the fact passes every filter.
    pub(super) fn pass(&self, at: FactAt, fact: &Fact) -> bool {
        (0..self.terms.len()).all(|i| match self.filters.terms.get(i) {
            Some((negated, filter)) => self.holds(i, filter, at, fact) != *negated,
            None => true,
        })
    }

    fn holds(&self, i: usize, filter: &Filter, at: FactAt, fact: &Fact) -> bool {
        match filter {
            Filter::Text(key, patterns) => self.text(i, *key, patterns, fact),
            Filter::Kind(kinds) => kinds.contains(&fact.kind),
            Filter::Status(states) => states.contains(&fact.status),
            Filter::Priority(spans) => fact.priority.is_some_and(|p| spans.iter().any(|s| s.holds(&p))),
            Filter::Credibility(spans) => fact.credibility.is_some_and(|c| spans.iter().any(|s| s.holds(&c))),
            Filter::Grade(spans) => {
                let best = provenance::reliability(self.desk, self.event, fact);
                best.is_some_and(|r| spans.iter().any(|s| s.holds(&r)))
            }
            Filter::Date(tests) => is_date(tests, fact.when().or(self.event.date.as_ref())),
            Filter::Said(tests) => is_date(tests, fact.said.as_ref()),
            Filter::Marking(tests) => {
                let marking = Desk::marking(self.event, fact);
                tests.iter().any(|t| t.holds(marking))
            }
            Filter::Used(used) => self.filters.placed.contains(&at) == *used,
        }
    }

    fn text(&self, i: usize, key: Key, patterns: &[Pattern], fact: &Fact) -> bool {
        let members = match self.terms.get(i) {
            Some(InEvent::Settled(holds)) => return *holds,
            Some(InEvent::Members(members)) => members.as_slice(),
            _ => &[],
        };
        let any = |is: &dyn Fn(&Pattern) -> bool| patterns.iter().any(is);
        let is_meant = |i: usize| members.get(i).copied().unwrap_or_default();
        // A key that the event does not define may still be asked for by what it is.
        let actor = |key: &str| match self.event.actors.get_index_of(key) {
            Some(i) => is_meant(i),
            None => any(&|p| p.is_whole(key)),
        };
        match key {
            Key::Tag => any(&|p| fact.tags.iter().any(|t| p.is_whole(t))),
            Key::Place => any(&|p| fact.places.iter().any(|x| is_place(p, x))),
            Key::Id => any(&|p| {
                if p.is_address() {
                    p.is_whole(&format!("{}#{}", self.event.id, fact.id))
                } else {
                    p.is_whole(&fact.id)
                }
            }),
            Key::By => fact.speaker.as_deref().is_some_and(actor),
            Key::Actor => fact.actors.iter().map(|a| &**a).chain(fact.speaker.as_deref()).any(actor),
            Key::Source | Key::Origin => fact.sources.iter().any(|s| {
                if let Some(i) = self.event.sources.get_index_of(&*s.source) {
                    is_meant(i)
                } else if let Some(shared) = self.desk.shared().get_index_of(&*s.source) {
                    self.filters.shared.get(i).and_then(|meant| meant.get(shared)).copied().unwrap_or_default()
                } else {
                    key == Key::Source && any(&|p| p.is_whole(&s.source))
                }
            }),
            _ => false,
        }
    }
}

fn is_date(tests: &[DateTest], date: Option<&crate::model::Edtf>) -> bool {
    date.is_some_and(|date| tests.iter().any(|t| t.holds(date)))
}
