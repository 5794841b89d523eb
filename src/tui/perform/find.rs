//! Searching the facts, off the input thread. A stand-in for `crate::search` until that is there:
//! words that all must occur, and `event:`, `tag:`, `kind:` with an exact word.

use std::collections::HashSet;

use crate::model::text::fold;
use crate::model::{Desk, Event, Fact, FactAt, FactRef};

/// What is prepared for searching one desk.
#[derive(Debug, Default)]
pub(super) struct Library;

impl Library {
    /// The facts that match, in the order of the files.
    pub(super) fn search(&self, desk: &Desk, query: &str, placed: &HashSet<FactRef>) -> Result<Vec<FactAt>, String> {
        let terms: Vec<String> = query.split_whitespace().map(|t| fold(t.trim_matches('"'))).collect();
        let matches = |at: &FactAt| {
            let Some((event, fact)) = desk.get(*at) else { return false };
            terms.iter().all(|term| holds(event, fact, term, placed))
        };
        Ok(desk.facts().filter(matches).collect())
    }
}

fn holds(event: &Event, fact: &Fact, term: &str, placed: &HashSet<FactRef>) -> bool {
    match term.split_once(':') {
        Some(("event", id)) => match id.strip_suffix('*') {
            Some(start) => fold(&event.id).starts_with(start),
            None => fold(&event.id) == id,
        },
        Some(("tag", tag)) => event.tags.iter().chain(&fact.tags).any(|t| fold(t) == tag),
        Some(("kind", kind)) => fact.kind.as_str() == kind,
        Some(("used", "no")) => !placed.contains(&FactRef::new(&*event.id, &*fact.id)),
        Some(("used", "yes")) => placed.contains(&FactRef::new(&*event.id, &*fact.id)),
        _ => fold(&fact.headline()).contains(term) || fold(&event.title).contains(term),
    }
}
