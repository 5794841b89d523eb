//! The desk's contents: every event, and the sources they share.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexMap;
use rayon::prelude::*;

use super::settings::Settings;
use super::{Event, Fact, FactRef, Marking, RelationKind, Source, StyleFile};
use crate::turns;

/// A handle on a fact of one [`Desk`]: cheap to copy, valid for that desk only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactAt {
    /// The event's place in [`Desk::events`].
    pub event: u32,
    /// The fact's place in [`Event::facts`].
    pub fact: u32,
}

/// The path of the shared sources in every desk.
pub const SHARED_PATH: &str = "briefs/sources.yaml";

/// All events of a desk in the order of their paths, and the shared sources.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    events: Vec<Arc<Event>>,
    shared: Arc<IndexMap<Box<str>, Source>>,
    styles: Arc<Vec<StyleFile>>,
    settings: Arc<Settings>,
    by_id: HashMap<Box<str>, u32>,
    facts: usize,
    /// By the address of a fact, the facts that name it in a relation.
    related: HashMap<FactRef, Vec<(RelationKind, FactAt)>>,
}

impl Desk {
    /// Builds the desk; of two events with one id the first by path is reachable by that id.
    pub fn new(mut events: Vec<Arc<Event>>, shared: Arc<IndexMap<Box<str>, Source>>) -> Self {
        events.sort_by(|a, b| a.path.cmp(&b.path));
        let by_id = || {
            let mut by_id = HashMap::with_capacity(events.len());
            for (i, event) in (0_u32..).zip(&events) {
                by_id.entry(event.id.clone()).or_insert(i);
            }
            by_id
        };
        let (by_id, related) = rayon::join(by_id, || related(&events));
        let facts = events.iter().map(|e| e.facts.len()).sum();
        Self { events, shared, styles: Arc::default(), settings: Arc::default(), by_id, facts, related }
    }

    /// The same desk with citation styles of its own.
    #[must_use]
    pub fn with_styles(mut self, styles: Vec<StyleFile>) -> Self {
        self.styles = Arc::new(styles);
        self
    }

    /// The citation styles that the desk brings with it, by path.
    pub fn styles(&self) -> &[StyleFile] {
        &self.styles
    }

    /// The same desk with its settings.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> Self {
        self.settings = Arc::new(settings);
        self
    }

    /// What the desk has settled for itself.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Every event, by path.
    pub fn events(&self) -> &[Arc<Event>] {
        &self.events
    }

    /// The sources that all events and drafts may cite.
    pub fn shared(&self) -> &IndexMap<Box<str>, Source> {
        &self.shared
    }

    /// How many facts there are.
    pub fn fact_count(&self) -> usize {
        self.facts
    }

    /// A handle on every fact, by path and order in the file.
    pub fn facts(&self) -> impl Iterator<Item = FactAt> + '_ {
        (0_u32..)
            .zip(&self.events)
            .flat_map(|(event, e)| (0_u32..).take(e.facts.len()).map(move |fact| FactAt { event, fact }))
    }

    /// The event and fact behind a handle of this desk.
    pub fn get(&self, at: FactAt) -> Option<(&Event, &Fact)> {
        let event = self.events.get(at.event as usize)?;
        Some((event, event.facts.get(at.fact as usize)?))
    }

    /// The event with this id.
    pub fn event(&self, id: &str) -> Option<&Event> {
        self.by_id.get(id).and_then(|i| self.events.get(*i as usize)).map(|e| &**e)
    }

    /// The fact with this address.
    pub fn fact(&self, address: &FactRef) -> Option<(&Event, &Fact)> {
        self.get(self.find(address)?)
    }

    /// The handle of the fact with this address.
    pub fn find(&self, address: &FactRef) -> Option<FactAt> {
        let event = *self.by_id.get(address.event.as_str())?;
        let facts = &self.events.get(event as usize)?.facts;
        let fact = facts.iter().position(|f| *f.id == *address.fact)?;
        Some(FactAt { event, fact: u32::try_from(fact).ok()? })
    }

    /// The facts that name this one in a relation, and in which, by path and order in the file.
    pub fn related<'a>(
        &'a self,
        address: &FactRef,
    ) -> impl Iterator<Item = (RelationKind, &'a Event, &'a Fact)> + use<'a> {
        let known = self.related.get(address).into_iter().flatten();
        known.filter_map(|(kind, at)| self.get(*at).map(|(event, fact)| (*kind, event, fact)))
    }

    /// The address of the fact behind a handle.
    pub fn address(&self, at: FactAt) -> Option<FactRef> {
        self.get(at).map(|(e, f)| FactRef::new(&*e.id, &*f.id))
    }

    /// The source that `key` names inside `event`: its own, else a shared one.
    pub fn source<'a>(&'a self, event: &'a Event, key: &str) -> Option<&'a Source> {
        event.sources.get(key).or_else(|| self.shared.get(key))
    }

    /// The marking that holds for a fact: its own, else its event's.
    pub fn marking<'a>(event: &'a Event, fact: &'a Fact) -> Option<&'a Marking> {
        fact.marking.as_ref().or(event.marking.as_ref())
    }
}

/// What facts name in their relations.
fn related(events: &[Arc<Event>]) -> HashMap<FactRef, Vec<(RelationKind, FactAt)>> {
    let of_event = |(event, e): (u32, &Arc<Event>)| {
        turns::give_way(1);
        let mut named = Vec::new();
        for (fact, f) in (0_u32..).zip(&e.facts) {
            for relation in &f.relations {
                named.push((FactRef::within(&e.id, &relation.to), (relation.kind, FactAt { event, fact })));
            }
        }
        named
    };
    // Few facts name others, and to find them all have to be looked at.
    let named: Vec<_> = (0..u32::MAX).into_par_iter().zip(events).flat_map_iter(of_event).collect();
    let mut related: HashMap<FactRef, Vec<(RelationKind, FactAt)>> = HashMap::new();
    for (to, by) in named {
        related.entry(to).or_default().push(by);
    }
    related
}
