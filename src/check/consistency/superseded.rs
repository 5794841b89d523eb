//! `superseded`: a fact whose place another has taken.

use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::finding::{Finding, Severity};
use crate::model::{Desk, Event, Fact, FactRef, FactStatus, RelationKind};

pub(super) const RULE: Rule = Rule {
    id: "superseded",
    severity: Severity::Error,
    what: "a citation of a fact that another fact supersedes, or of an assessment that rests on one",
    why: "The reader gets the last word on a matter, not the one before it (ICD 206: currency of the information). A block that cites the \
          newer fact beside it tells how things changed and may keep both.",
    bad: "Twelve people are missing [@flood-2024#missing].    (the fact `missing-2` supersedes it)",
    good: "Nine people are missing [@flood-2024#missing-2].",
    block: Some(check),
    ..Rule::BASE
};

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    let desk = case.request().desk;
    for (item, event, fact) in case.facts() {
        let beside = |newer: &Fact| case.facts().any(|(_, _, cited)| std::ptr::eq(cited, newer));
        if let Some((newer_event, newer)) = newer(desk, event, fact) {
            if beside(newer) {
                continue;
            }
            let address = FactRef::new(&*newer_event.id, &*newer.id);
            let message = format!("the fact `{}` is superseded by `{address}`", fact.id);
            let finding = case.finding(&RULE, item.range.clone(), message).on_fact(&item.key);
            found.push(finding.help(format!("say what the newer fact says and cite it: `[@{address}]`")));
        } else if let Some((basis, address)) = of_basis(desk, event, fact) {
            let message =
                format!("the assessment `{}` rests on `{}`, which is superseded by `{address}`", fact.id, basis.id);
            let finding = case.finding(&RULE, item.range.clone(), message).on_fact(&item.key);
            found.push(finding.help("judge again on the newer fact, and name it in `basis`"));
        }
    }
}

/// The fact that has taken the place of this one, the last of a chain.
fn newer<'a>(desk: &'a Desk, event: &'a Event, fact: &'a Fact) -> Option<(&'a Event, &'a Fact)> {
    let mut last = None;
    let (mut event, mut fact) = (event, fact);
    // A chain may run in a circle.
    for _ in 0..16 {
        let address = FactRef::new(&*event.id, &*fact.id);
        let next = desk.related(&address).find(|(kind, _, newer)| {
            *kind == RelationKind::Supersedes && newer.status != FactStatus::Retracted && !std::ptr::eq(*newer, fact)
        });
        let Some((_, e, f)) = next else { break };
        (event, fact) = (e, f);
        last = Some((e, f));
    }
    last
}

/// A superseded fact on which an assessment rests, and what supersedes it.
fn of_basis<'a>(desk: &'a Desk, event: &'a Event, fact: &'a Fact) -> Option<(&'a Fact, FactRef)> {
    fact.assessment.iter().flat_map(|a| &a.basis).find_map(|written| {
        let (event, basis) = desk.fact(&FactRef::within(&event.id, written))?;
        let (newer_event, newer) = newer(desk, event, basis)?;
        Some((basis, FactRef::new(&*newer_event.id, &*newer.id)))
    })
}
