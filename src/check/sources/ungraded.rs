//! `ungraded`: nobody has judged the source, or what it says.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::finding::{Finding, Severity};
use crate::model::provenance::reliability;
use crate::model::{FactKind, FactStatus};

pub(super) const RULE: Rule = Rule {
    id: "ungraded",
    severity: Severity::Info,
    what: "a fact with no credibility, or none of whose sources has a reliability",
    why: "The source and what it says are judged apart, and a grade needs both (Admiralty system, NATO AJP-2.1). One graded \
          source is enough. Assessments have a confidence instead.",
    bad: "- id: visit\n  text: Premier Li will visit Russia.\n  sources: afp",
    good: "- id: visit\n  text: Premier Li will visit Russia.\n  credibility: 2\n  sources: afp    # reliability: B",
    fact: Some(check),
    ..Rule::BASE
};

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let fact = case.fact;
    let known = fact.sources.iter().any(|used| case.desk.source(case.event, &used.source).is_some());
    if fact.kind == FactKind::Assessment || fact.status == FactStatus::Retracted || !known {
        return;
    }
    let (missing, help) = match (reliability(case.desk, case.event, fact), fact.credibility) {
        (Some(_), Some(_)) => return,
        (Some(_), None) => ("no credibility", "add `credibility:` 1 to 6 to the fact"),
        (None, Some(_)) => ("a credibility and no graded source", "add `reliability:` A to F to its sources"),
        (None, None) => ("no grade", "add `credibility:` 1 to 6 to the fact, and `reliability:` A to F to its sources"),
    };
    if case.is_only_counted(&RULE) {
        return;
    }
    found.push(case.finding(&RULE, [key("id")], format!("the fact `{}` has {missing}", fact.id)).help(help));
}
