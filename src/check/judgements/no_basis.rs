//! `no-basis`: a judgement with nothing under it.

use crate::check::Rule;
use crate::check::case::{DraftCase, FactCase, cited_fact, key};
use crate::finding::{Finding, Severity};
use crate::model::{Desk, Event, Fact, FactKind, FactRef, RelationKind};

pub(super) const RULE: Rule = Rule {
    id: "no-basis",
    severity: Severity::Error,
    what: "an assessment that names no fact as its basis, or is cited in a note that cites none of its basis",
    why: "A judgement is kept apart from what it rests on, and the reader is given both (ICD 203: distinguish underlying information from \
          assumptions and judgements). A basis that is itself a judgement counts, and so does a fact that corroborates one of the \
          basis.",
    bad: "- id: judge\n  kind: assessment\n  text: The visit is likely to go ahead.",
    good: "- id: judge\n  kind: assessment\n  text: The visit is likely to go ahead.\n  basis: [invitation, flights]",
    fact: Some(fact),
    draft: Some(draft),
    ..Rule::BASE
};

fn basis(fact: &Fact) -> &[Box<str>] {
    fact.assessment.as_ref().map_or(&[], |assessment| &assessment.basis)
}

fn fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    if case.fact.kind == FactKind::Assessment && basis(case.fact).is_empty() {
        let message = format!("the assessment `{}` rests on no fact", case.fact.id);
        found
            .push(case.finding(&RULE, [key("id")], message).help("name what it rests on: `basis: [fact, event#fact]`"));
    }
}

/// Whether a cited fact is this one, or says the same: either corroborates, supersedes or is derived from the other.
fn tells(desk: &Desk, (event, fact): &(&Event, &Fact), basis: &FactRef) -> bool {
    let Some((basis_event, basis_fact)) = desk.fact(basis) else { return false };
    let leads = |from: &Event, fact: &Fact, to: &Fact| {
        let same = fact.relations.iter().filter(|r| r.kind != RelationKind::Contradicts);
        same.filter_map(|r| desk.fact(&FactRef::within(&from.id, &r.to))).any(|(_, found)| std::ptr::eq(found, to))
    };
    std::ptr::eq(*fact, basis_fact) || leads(event, fact, basis_fact) || leads(basis_event, basis_fact, fact)
}

fn draft(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let request = case.request;
    let sections = request.draft.sections().iter();
    let citations = sections.flat_map(|s| s.heading_citations.iter().chain(s.blocks.iter().flat_map(|b| &b.citations)));
    let items: Vec<_> = citations.flat_map(|c| &c.items).collect();
    let cited: Vec<_> = items.iter().filter_map(|item| cited_fact(request.desk, &item.key)).collect();
    let mut told: Vec<&Fact> = Vec::new();
    for item in items {
        let Some((event, fact)) = cited_fact(request.desk, &item.key) else { continue };
        if fact.kind != FactKind::Assessment || told.iter().any(|t| std::ptr::eq(*t, fact)) {
            continue;
        }
        told.push(fact);
        if crate::check::sources::retracted::of_basis(request.desk, event, fact).is_some() {
            // It must not be brought in, and `retracted` says so.
            continue;
        }
        let addresses: Vec<FactRef> = basis(fact).iter().map(|written| FactRef::within(&event.id, written)).collect();
        let known: Vec<&FactRef> = addresses.iter().filter(|address| request.desk.fact(address).is_some()).collect();
        let there = |address: &&FactRef| cited.iter().any(|c| tells(request.desk, c, address));
        if let Some(first) = known.first().filter(|_| !known.iter().any(there)) {
            let message = format!("the note cites the assessment `{}` and nothing that it rests on", item.key);
            let finding = case.finding(&RULE, item.range.clone(), message).on_fact(&item.key);
            found.push(finding.help(format!("tell what it rests on, such as `[@{first}]`")));
        }
    }
}
