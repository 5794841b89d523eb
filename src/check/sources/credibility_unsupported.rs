//! `credibility-unsupported`: “confirmed by other sources”, and there are none.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::finding::{Finding, Severity};
use crate::model::FactStatus;
use crate::model::provenance::{self, Backing, backing};

pub(super) const RULE: Rule = Rule {
    id: "credibility-unsupported",
    severity: Severity::Error,
    what: "credibility 1 with fewer than two independent origins",
    why: "1 means confirmed by other, independent sources (Admiralty system, NATO AJP-2.1). Two papers that carry one agency \
          text are one origin, and a source used as a `variant` has not the words.",
    bad: "- id: visit\n  text: Premier Li will visit Russia.\n  credibility: 1\n  sources: afp",
    good: "- id: visit\n  text: Premier Li will visit Russia.\n  credibility: 1\n  sources: [afp, xinhua]",
    fact: Some(check),
    ..Rule::BASE
};

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let fact = case.fact;
    if fact.credibility != Some(1) || fact.status == FactStatus::Retracted {
        return;
    }
    // A fact without any source is told by `unsourced-fact`.
    if !matches!(backing(case.desk, case.event, fact), Backing::OneSource(_) | Backing::OneOrigin(_)) {
        return;
    }
    let summary = provenance::of(case.desk, case.event, fact).summary();
    let message = format!("credibility 1 means confirmed by other sources, and the fact `{}` has {summary}", fact.id);
    let help = "add a source of another origin, or write 2 (probably true)";
    found.push(case.finding(&RULE, [key("credibility")], message).help(help));
}
