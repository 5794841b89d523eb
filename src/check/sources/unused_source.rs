//! `unused-source`: a source that bears nothing.

use std::collections::HashSet;

use crate::check::Rule;
use crate::check::case::{EventCase, key};
use crate::finding::{Finding, Severity};
use crate::model::SourceStatus;

pub(super) const RULE: Rule = Rule {
    id: "unused-source",
    severity: Severity::Info,
    what: "a source of an event that no fact of it uses",
    why: "A fact may have lost it, or its facts were never written. Shared sources are a library and are left out, and so is a \
          retracted one, which may stand as a record.",
    bad: "sources: { afp: …, xinhua: … }\nfacts:\n  - { id: visit, text: …, sources: afp }",
    good: "sources: { afp: …, xinhua: … }\nfacts:\n  - { id: visit, text: …, sources: [afp, xinhua] }",
    event: Some(check),
    ..Rule::BASE
};

fn check(case: &EventCase<'_>, found: &mut Vec<Finding>) {
    let event = case.event;
    if event.sources.is_empty() {
        return;
    }
    let used: HashSet<&str> = event.facts.iter().flat_map(|f| &f.sources).map(|used| &*used.source).collect();
    for source in event.sources.values().filter(|s| s.status != SourceStatus::Retracted) {
        if !used.contains(&*source.key) {
            let route = vec![key("sources"), key(&source.key)];
            let finding = case.finding(&RULE, route, format!("no fact uses the source `{}`", source.key));
            found.push(finding.help("name it at the facts that rest on it, or take it out"));
        }
    }
}
