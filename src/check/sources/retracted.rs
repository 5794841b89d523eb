//! `retracted`: something that was taken back is in use.

use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::finding::{Finding, Severity};
use crate::markdown::CitationKey;
use crate::model::{Desk, Event, Fact, FactRef, FactStatus, SourceStatus};

pub(super) const RULE: Rule = Rule {
    id: "retracted",
    severity: Severity::Error,
    what: "a citation of a retracted fact or source, or of an assessment that rests on one",
    why: "What its source has taken back must not be repeated as if it stood (COPE retraction guidelines; recall of \
          intelligence reports).",
    bad: "The port was closed [@port-2024#closed].    (status: retracted)",
    good: "The agency withdrew its report on the port [@port-2024#withdrawal].",
    block: Some(check),
    ..Rule::BASE
};

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    let desk = case.request().desk;
    for (item, event, fact) in case.facts() {
        if let Some(message) = of_fact(desk, event, fact).or_else(|| of_basis(desk, event, fact)) {
            let finding = case.finding(&RULE, item.range.clone(), message).on_fact(&item.key);
            found.push(finding.help("take it out, or say that it was withdrawn and allow the rule on the fact"));
        }
    }
    for item in case.items() {
        if let CitationKey::Source(key) = &item.key
            && desk.shared().get(key.as_str()).is_some_and(|s| s.status == SourceStatus::Retracted)
        {
            found.push(case.finding(&RULE, item.range.clone(), format!("the source `{key}` is retracted")));
        }
    }
}

fn of_fact(desk: &Desk, event: &Event, fact: &Fact) -> Option<String> {
    if fact.status == FactStatus::Retracted {
        return Some(format!("the fact `{}` is retracted", fact.id));
    }
    let source = fact.sources.iter().filter_map(|used| desk.source(event, &used.source));
    let source = source.into_iter().find(|s| s.status == SourceStatus::Retracted)?;
    Some(format!("the source `{}` of the fact `{}` is retracted", source.key, fact.id))
}

/// What is wrong with the basis of an assessment.
pub(in crate::check) fn of_basis(desk: &Desk, event: &Event, fact: &Fact) -> Option<String> {
    fact.assessment.iter().flat_map(|a| &a.basis).find_map(|written| {
        let (its_event, basis) = desk.fact(&FactRef::within(&event.id, written))?;
        of_fact(desk, its_event, basis).map(|why| format!("the assessment `{}` rests on what is gone: {why}", fact.id))
    })
}
