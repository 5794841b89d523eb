//! `said-after-source`: words said later than the source that carries them.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::finding::{Finding, Severity};
use crate::yaml::Step;

pub(super) const RULE: Rule = Rule {
    id: "said-after-source",
    severity: Severity::Error,
    what: "a fact said later than every dated source of it",
    why: "Nothing can be reported before it is said; one of the dates is wrong (ICD 206: sources are dated).",
    bad: "said: 2024-08-20    (its one source is of 2024-08-19)",
    good: "said: 2024-08-19",
    fact: Some(check),
    ..Rule::BASE
};

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let Some(said) = case.fact.said.and_then(|d| d.earliest()) else { return };
    let sources = case.fact.sources.iter().filter_map(|used| case.desk.source(case.event, &used.source));
    let Some(last) = sources.filter_map(|s| s.published_on()?.latest()).max().filter(|last| *last < said) else {
        return;
    };
    let message = format!("said on {said}, and its latest source is of {last}");
    let way: [Step; 1] = [key("said")];
    found.push(case.finding(&RULE, way, message).help("correct the date, or name the source that reports the words"));
}
