//! `no-excerpt`: a source is named, and not what it says.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::finding::{Finding, Severity};
use crate::model::{Desk, Event, FactKind, FactStatus, SourceUse};

pub(super) const RULE: Rule = Rule {
    id: "no-excerpt",
    severity: Severity::Warning,
    what: "a fact none of whose sources has an excerpt",
    why: "The source's own words let a reader check the claim when the page has changed or gone, and a quotation can be held to \
          nothing else. One excerpt is enough. Pictures, maps and data, which have no words, need none, nor do assessments.",
    bad: "- id: visit\n  text: Premier Li will visit Russia.\n  sources: afp",
    good: "- id: visit\n  text: Premier Li will visit Russia.\n  sources: { source: afp, excerpt: Li will visit Russia this week }",
    fact: Some(check),
    ..Rule::BASE
};

/// Types that have no words of their own.
const WORDLESS: &[&str] = &[
    "artwork",
    "dataset",
    "figure",
    "graphic",
    "map",
    "musical_score",
    "performance",
    "photograph",
    "repository",
    "software",
];

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let fact = case.fact;
    let has_one = || fact.sources.iter().any(|used| used.excerpt.is_some());
    if fact.kind == FactKind::Assessment || fact.status == FactStatus::Retracted || has_one() {
        return;
    }
    if fact.sources.iter().any(|used| has_words(case.desk, case.event, used)) && !case.is_only_counted(&RULE) {
        let finding = case.finding(&RULE, [key("id")], format!("no source of the fact `{}` has an excerpt", fact.id));
        found.push(finding.help("add the source's own words as `excerpt:`"));
    }
}

fn has_words(desk: &Desk, event: &Event, used: &SourceUse) -> bool {
    desk.source(event, &used.source).is_some_and(|source| {
        let kind = source.record.get("type").and_then(|v| v.text()).unwrap_or_default();
        !WORDLESS.iter().any(|w| kind.eq_ignore_ascii_case(w))
    })
}
