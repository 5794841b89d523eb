//! Which facts the drafts of a desk stand on.

use std::collections::HashSet;

use super::case::cited_fact;
use crate::draft::Draft;
use crate::model::{Desk, Event, Fact, FactRef};

/// The facts in use: cited by a draft, or the basis of an assessment that is.
#[derive(Clone, Debug, Default)]
pub struct InUse(HashSet<String>);

impl InUse {
    /// Adds what a draft cites.
    pub fn add(&mut self, desk: &Desk, draft: &Draft) {
        let blocks = draft.sections().iter().flat_map(|s| &s.blocks);
        for item in blocks.flat_map(|b| &b.citations).flat_map(|c| &c.items) {
            if let Some((event, fact)) = cited_fact(desk, &item.key) {
                self.add_fact(desk, event, fact);
            }
        }
    }

    fn add_fact(&mut self, desk: &Desk, event: &Event, fact: &Fact) {
        if !self.0.insert(FactRef::new(&*event.id, &*fact.id).to_string()) {
            return;
        }
        for key in fact.assessment.iter().flat_map(|a| &a.basis) {
            if let Some((event, fact)) = desk.fact(&FactRef::within(&event.id, key)) {
                self.add_fact(desk, event, fact);
            }
        }
    }

    /// Whether a fact, `event#fact`, is in use.
    pub fn has(&self, fact: &str) -> bool {
        self.0.contains(fact)
    }
}
