//! `buried-lead`: what the note must say stands further down.

use std::collections::HashSet;

use crate::check::Rule;
use crate::check::case::{BlockCase, DraftCase, SectionCase};
use crate::finding::{Finding, Severity};
use crate::markdown::BlockKind;
use crate::model::{Event, Fact, FactRef, Priority};
use crate::template::SectionSpec;

pub(super) const RULE: Rule = Rule {
    id: "buried-lead",
    severity: Severity::Warning,
    what: "a fact of priority must that the note cites, but not in its first section",
    why: "Many readers stop after the first lines; what they must know stands there (bottom line up front: US Army AR 25-50; the inverted \
          pyramid of the press). It counts only where the template’s first section takes such a fact and has room for it.",
    bad: "## Background {#background}\n\nPremier Li will visit Minsk [@li-qiang-2024#visit].    (priority: must)",
    good: "## Issue {#issue}\n\nPremier Li will visit Minsk [@li-qiang-2024#visit].",
    draft: Some(check),
    ..Rule::BASE
};

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let sections: Vec<_> = case.sections().collect();
    let Some(first) = sections.iter().position(has_content) else { return };
    let Some(lead) = sections.get(first) else { return };
    let Some(spec) = lead.spec.filter(|s| s.fills()) else { return };
    let mut known: HashSet<FactRef> = HashSet::new();
    for block in lead.blocks() {
        known.extend(block.facts().map(|(_, event, fact)| address(event, fact)));
    }
    if spec.limit.is_some_and(|limit| known.len() >= limit as usize) {
        return;
    }
    for block in sections.iter().skip(first + 1).flat_map(|s| s.blocks()).filter(BlockCase::is_prose) {
        for (item, event, fact) in block.facts().filter(|(_, event, fact)| belongs(spec, event, fact)) {
            if known.insert(address(event, fact)) {
                let message = format!("`{}` must be in the note and stands only below its first section", item.key);
                let finding = block.finding(&RULE, item.range.clone(), message).on_fact(&item.key);
                found.push(finding.help(format!("say it under “{}”, too", lead.section.title)));
            }
        }
    }
}

fn address(event: &Event, fact: &Fact) -> FactRef {
    FactRef::new(&*event.id, &*fact.id)
}

fn has_content(section: &SectionCase<'_>) -> bool {
    section.blocks().any(|b| {
        b.is_prose() && !matches!(b.block.kind, BlockKind::Heading { .. }) && !b.prose().text.trim().is_empty()
    })
}

/// Whether a section takes a fact by its own rule, and the fact must be in the note.
fn belongs(spec: &SectionSpec, event: &Event, fact: &Fact) -> bool {
    let tagged = || event.tags.iter().chain(&fact.tags).any(|tag| spec.tags.iter().any(|t| **t == **tag));
    fact.priority == Some(Priority::Must)
        && spec.takes(fact.kind)
        && spec.allows(fact.usage)
        && spec.priority.is_none_or(|p| p == Priority::Must)
        && (spec.tags.is_empty() || tagged())
}
