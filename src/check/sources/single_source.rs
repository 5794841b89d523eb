//! `single-source`: a claim that stands or falls with one report.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::finding::{Finding, Severity};
use crate::model::provenance::{Backing, backing, named_official};
use crate::model::{FactStatus, Source};

pub(super) const RULE: Rule = Rule {
    id: "single-source",
    severity: Severity::Warning,
    what: "a fact with one source, unless it quotes a named official on the record; an assessment whose own sources and basis are one source",
    why: "One report may be wrong, and nothing else would show it (ICD 206 asks for the strength of the sources; news desks ask \
          for a second). A source used as a `variant` does not count. Several sources of one origin are told by `echo`, and a \
          claim to be confirmed by `credibility-unsupported`.",
    bad: "- id: launchpad\n  text: The port was closed.\n  sources: afp",
    good: "- id: launchpad\n  text: The port was closed.\n  sources: [afp, port-authority]",
    fact: Some(check),
    ..Rule::BASE
};

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let fact = case.fact;
    // What was taken back needs no second source.
    if fact.status == FactStatus::Retracted || fact.credibility == Some(1) {
        return;
    }
    let Backing::OneSource(source) = backing(case.desk, case.event, fact) else { return };
    if fact.quote.is_some() && named_official(case.desk, case.event, fact).is_some() {
        return;
    }
    let at = if fact.sources.is_empty() { "basis" } else { "sources" };
    let message = format!("the fact `{}` rests on {} alone", fact.id, named(source));
    let help = "add a source of another origin, or allow the rule on the fact and say why one is enough";
    found.push(case.finding(&RULE, [key(at)], message).help(help));
}

/// A source by its key and origin.
fn named(source: &Source) -> String {
    match source.origin_name() {
        Some(origin) => format!("the source `{}` ({origin})", source.key),
        None => format!("the source `{}`", source.key),
    }
}
