//! `mixed-speakers`: a paragraph in which two people speak.

use super::quoting::{Quotation, WORDS, line_at};
use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::finding::{Finding, Severity};
use crate::model::provenance::{named_speaker, same_origin_key};

pub(super) const RULE: Rule = Rule {
    id: "mixed-speakers",
    severity: Severity::Warning,
    what: "quotations of three words or more by two speakers in one paragraph or item",
    why: "Readers take all that is quoted in a paragraph for one speaker's; a new speaker begins a new paragraph (news agencies' \
          rule). Words that two facts have are either's, and one name in two events is one speaker.",
    bad: "“We send no weapons,” said Mao Ning. “They send dual-use goods,” said Jens Stoltenberg [@a#arms; @b#goods].",
    good: "“We send no weapons,” said Mao Ning [@a#arms].\n\n“They send dual-use goods,” said Jens Stoltenberg [@b#goods].",
    block: Some(check),
    ..Rule::BASE
};

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    let mut long = case.quotations().iter().filter(|q| q.words >= WORDS);
    let Some(mut first) = long.next() else { return };
    let text = &case.prose().text;
    let mut line = line_at(text, first.range.start);
    let mut told = false;
    for quotation in long {
        if quotation.range.start >= line.end {
            (first, told) = (quotation, false);
            line = line_at(text, first.range.start);
            continue;
        }
        if told || !are_others(first, quotation) {
            continue;
        }
        told = true;
        let message = match (name(case, first), name(case, quotation)) {
            (Some(a), Some(b)) => format!("{b} is quoted in the same paragraph as {a}"),
            _ => "another speaker is quoted in the same paragraph".to_owned(),
        };
        let finding = case.finding_in_prose(&RULE, quotation.range.clone(), message);
        let finding = finding.help("begin a new paragraph with the second speaker");
        found.extend(quotation.facts.first().map(|said| finding.on_fact(said.address())));
    }
}

/// Whether two quotations cannot be one speaker's.
fn are_others(a: &Quotation<'_>, b: &Quotation<'_>) -> bool {
    let (a, b) = (speakers(a), speakers(b));
    !a.is_empty()
        && !b.is_empty()
        && a.iter().all(|names| b.iter().all(|others| names.iter().all(|n| !others.contains(n))))
}

/// The names of each who may have said it; none if one is not known.
fn speakers(quotation: &Quotation<'_>) -> Vec<Vec<String>> {
    let names = quotation.facts.iter().map(|said| {
        let actor = said.event.actors.get(said.fact.speaker.as_deref()?)?;
        Some(std::iter::once(&actor.name).chain(&actor.aliases).map(|n| same_origin_key(n)).collect())
    });
    names.collect::<Option<_>>().unwrap_or_default()
}

fn name<'a>(case: &BlockCase<'a>, quotation: &Quotation<'a>) -> Option<&'a str> {
    let said = quotation.facts.first()?;
    named_speaker(case.request().desk, said.event, said.fact).map(|actor| &*actor.name)
}
