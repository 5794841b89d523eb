//! Filling a draft by its template's rules.

use std::collections::HashSet;

use super::attribution::Before;
use super::place::{Dates, before, placed, placed_behind};
use super::{BlockPosition, Draft};
use crate::markdown::{CitationKey, word_count};
use crate::model::{Desk, Event, Fact, FactAt, FactRef, FactStatus};
use crate::template::{Order, SectionSpec, Template};

/// What came of filling.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The draft with the facts placed.
    pub draft: Draft,
    /// The facts placed, in the order of placing.
    pub placed: Vec<FactRef>,
}

/// Fills every section that has a rule from `facts`, each fact once.
///
/// What is there already stays and counts towards a section's limits; a fact that the draft cites
/// anywhere is not placed again. Retracted facts are never placed, nor are facts that are not for use
/// where somebody will say them aloud. A section that would not stand as such, behind a comment that
/// nothing closes, is left alone. A section that asks for tags chooses before those that take whatever is of a kind, or a summary would
/// leave it without. Where a limit makes a choice, priority decides; what was chosen then stands in the section's order, by
/// date also among what was there.
pub fn fill(desk: &Desk, template: &Template, draft: &Draft, facts: &[FactAt]) -> Filled {
    let mut used: HashSet<FactRef> = placed(draft).into_keys().collect();
    let mut filled = Filled { draft: draft.clone(), placed: Vec::new() };
    let order: Vec<String> = template.sections.iter().map(|s| s.id.clone()).collect();
    let mut specs: Vec<(usize, &SectionSpec)> = template.sections.iter().filter(|s| s.fills()).enumerate().collect();
    specs.sort_by_key(|(_, spec)| spec.tags.is_empty());
    let mut chosen = Vec::new();
    for (i, spec) in specs {
        let (with_section, section) = draft.ensure_section(&spec.id, &spec.title, spec.level, &order);
        let facts = choose(desk, spec, &with_section, section, facts, &used, Dates::of(desk, template, draft));
        used.extend(facts.iter().filter_map(|at| desk.address(*at)));
        chosen.push((i, spec, facts));
    }
    // What comes first in the draft is placed first: who was introduced above is told by name alone.
    chosen.sort_by_key(|(i, ..)| *i);
    for (_, spec, chosen) in chosen.into_iter().filter(|(.., facts)| !facts.is_empty()) {
        let (mut current, section) = filled.draft.ensure_section(&spec.id, &spec.title, spec.level, &order);
        let mut addresses = Vec::new();
        for at in chosen {
            let Some(address) = desk.address(at) else { continue };
            let index = place_for(desk, spec, &current, section, at);
            let to = BlockPosition { section, index };
            let read = before(desk, at, &current, to);
            let block = placed_behind(desk, at, spec.form, Dates::of(desk, template, draft), &read);
            let Some(with_block) = current.insert_block(to, &block) else { continue };
            current = with_block;
            addresses.push(address);
        }
        // Behind a comment or a block of HTML that nothing closes, what is added would be part of it.
        let stands = placed(&current);
        if !addresses.iter().all(|address| stands.contains_key(address)) {
            continue;
        }
        filled.placed.extend(addresses);
        filled.draft = current;
    }
    filled
}

/// Where a fact goes among the blocks of its section: at the end, but in a section that is ordered
/// by date before the first block whose fact is later.
fn place_for(desk: &Desk, spec: &SectionSpec, draft: &Draft, section: usize, at: FactAt) -> usize {
    let Some(existing) = draft.sections().get(section) else { return 0 };
    let end = existing.blocks.len();
    let when = |at: FactAt| desk.get(at).and_then(|(_, fact)| fact.when()).map(crate::model::Edtf::sort_key);
    let (Order::Date, Some(date)) = (spec.order, when(at)) else { return end };
    let is_later = |block: &super::DraftBlock| {
        let facts = block.citations.iter().flat_map(|c| &c.items).filter_map(|item| match &item.key {
            CitationKey::Fact { event, fact } => desk.find(&FactRef::new(event.as_str(), fact.as_str())),
            CitationKey::Source(_) => None,
        });
        facts.filter_map(when).next().is_some_and(|other| other > date)
    };
    existing.blocks.iter().position(is_later).unwrap_or(end)
}

/// The facts for one section, in the order in which they go in.
fn choose(
    desk: &Desk,
    spec: &SectionSpec,
    draft: &Draft,
    section: usize,
    facts: &[FactAt],
    used: &HashSet<FactRef>,
    dates: Dates<'_>,
) -> Vec<FactAt> {
    let Some(existing) = draft.sections().get(section) else { return Vec::new() };
    let there = existing.blocks.iter().filter(|b| !b.citations.is_empty()).count();
    let room = spec.limit.map_or(usize::MAX, |limit| (limit as usize).saturating_sub(there));
    let words_there: usize = existing.blocks.iter().map(|b| word_count(&draft.text()[b.range.clone()])).sum();
    let mut words_left = spec.max_words.map_or(usize::MAX, |max| (max as usize).saturating_sub(words_there));
    let fits = |at: &&FactAt| {
        desk.get(**at).is_some_and(|(event, fact)| {
            spec.takes(fact.kind)
                && fact.status != FactStatus::Retracted
                && spec.allows(fact.usage)
                && spec.priority.is_none_or(|p| fact.priority == Some(p))
                && has_tag(spec, event, fact)
                && !used.contains(&FactRef::new(&*event.id, &*fact.id))
        })
    };
    let mut chosen: Vec<FactAt> = facts.iter().filter(fits).copied().collect();
    sort(desk, spec.order, &mut chosen);
    // Stable: within a priority the section's order stands.
    chosen.sort_by_key(|at| desk.get(*at).map(|(_, f)| f.priority.map_or(u8::MAX, |p| p as u8)));
    let mut read = Before::of(draft, BlockPosition { section, index: existing.blocks.len() });
    let mut taken = 0;
    chosen.retain(|at| {
        let mut take = taken < room;
        if take && spec.max_words.is_some() {
            let block = placed_behind(desk, *at, spec.form, dates, &read);
            let words = word_count(&block);
            take = words <= words_left;
            if take {
                words_left -= words;
                read.read(&block);
            }
        }
        taken += usize::from(take);
        take
    });
    sort(desk, spec.order, &mut chosen);
    chosen
}

fn has_tag(spec: &SectionSpec, event: &Event, fact: &Fact) -> bool {
    spec.tags.is_empty() || spec.tags.iter().any(|t| fact.tags.iter().chain(&event.tags).any(|own| **own == **t))
}

/// Puts facts in a section's order; `as-placed` is the order of files.
fn sort(desk: &Desk, order: Order, facts: &mut [FactAt]) {
    facts.sort();
    match order {
        Order::AsPlaced => {}
        Order::Date => facts.sort_by_key(|at| {
            let when = desk.get(*at).and_then(|(_, f)| f.when());
            (when.is_none(), when.map(crate::model::Edtf::sort_key))
        }),
        Order::Priority => {
            facts.sort_by_key(|at| desk.get(*at).map(|(_, f)| f.priority.map_or(u8::MAX, |p| p as u8)));
        }
        Order::Source => facts.sort_by_key(|at| {
            desk.get(*at).and_then(|(e, f)| Some(desk.source(e, &f.sources.first()?.source)?.short_name()))
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::Priority;

    #[test]
    fn a_section_that_asks_for_tags_chooses_before_one_that_takes_a_kind() {
        let fact = |id: &str, tag: &str, priority| Fact {
            id: id.into(),
            text: format!("Fact {id}.").into(),
            tags: [tag.into()].into(),
            priority: Some(priority),
            ..Fact::default()
        };
        let facts = vec![fact("news", "lead", Priority::Must), fact("more", "x", Priority::Should)];
        let event = Event { id: "e".into(), facts, ..Event::default() };
        let desk = Desk::new(vec![Arc::new(event)], Arc::default());
        let text =
            "---\nname: T\n---\n## Summary {#summary accepts=statement limit=1}\n\n## Issue {#issue tags=lead}\n";
        let (template, _) = crate::template::parse("t", "t.md", text);
        let facts: Vec<FactAt> = desk.facts().collect();
        let filled = fill(&desk, &template, &Draft::parse("", &template.outline()), &facts);
        let placed: Vec<&str> = filled.placed.iter().map(|address| &*address.fact).collect();
        assert_eq!(placed, ["more", "news"], "as the draft has them");
        let text = filled.draft.text();
        assert!(
            text.find("[@e#more]") < text.find("{#issue}") && text.find("{#issue}") < text.find("[@e#news]"),
            "{text}"
        );
    }
}
