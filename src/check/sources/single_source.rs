//! `single-source`: a claim that stands or falls with one report.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::finding::{Finding, Severity};
use crate::model::provenance::{Backing, backing, is_one_origin, named_official};
use crate::model::{FactRef, FactStatus, RelationKind, Source};
use crate::yaml::Step;

pub(super) const RULE: Rule = Rule {
    id: "single-source",
    severity: Severity::Warning,
    what: "a fact with one source, unless it quotes a named official on the record; an assessment whose own sources and basis are one source",
    why: "One report may be wrong, and nothing else would show it (ICD 206 asks for the strength of the sources; news desks ask \
          for a second). A fact that corroborates it from another origin is a second source. A source used as a `variant` does not count. Several sources of one origin are told by `echo`, and a \
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
    if fact.quote.is_some() && named_official(case.desk, case.event, fact).is_some() || is_corroborated(case, source) {
        return;
    }
    if case.is_only_counted(&RULE) {
        return;
    }
    let way =
        if fact.sources.is_empty() { vec![key("basis")] } else { vec![key("sources"), Step::Index(0), key("source")] };
    let message = format!("the fact `{}` rests on {} alone", fact.id, named(source));
    let help = "add a source of another origin, or allow the rule on the fact and say why one is enough";
    found.push(case.finding(&RULE, way, message).help(help));
}

/// Whether a fact that corroborates this one, or is corroborated by it, has a source of another origin.
fn is_corroborated(case: &FactCase<'_>, source: &Source) -> bool {
    let own = case.fact.relations.iter().filter(|r| r.kind == RelationKind::Corroborates);
    let own = own.filter_map(|r| case.desk.fact(&FactRef::within(&case.event.id, &r.to)));
    let address = case.address();
    let others = case.desk.related(&address).filter(|(kind, ..)| *kind == RelationKind::Corroborates);
    own.chain(others.map(|(_, event, fact)| (event, fact))).any(|(event, fact)| {
        let sources = fact.sources.iter().filter(|used| !used.variant);
        sources.filter_map(|used| case.desk.source(event, &used.source)).any(|other| !is_one_origin(source, other))
    })
}

/// A source by its key and origin.
fn named(source: &Source) -> String {
    match source.origin_name() {
        Some(origin) => format!("the source `{}` ({origin})", source.key),
        None => format!("the source `{}`", source.key),
    }
}
