//! `quote-without-speaker`: words that nobody said.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::finding::{Finding, Severity};
use crate::model::FactKind;

pub(super) const RULE: Rule = Rule {
    id: "quote-without-speaker",
    severity: Severity::Error,
    what: "a fact of kind quote with no speaker",
    why: "A quotation that cannot be attributed cannot be used: the reader has to know whose words these are.",
    bad: "- id: partners\n  kind: quote\n  words: all-weather partners",
    good: "- id: partners\n  kind: quote\n  words: all-weather partners\n  speaker: mao",
    fact: Some(check),
    ..Rule::BASE
};

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    if case.fact.kind == FactKind::Quote && case.fact.speaker.is_none() {
        let message = format!("the quotation `{}` has no speaker", case.fact.id);
        let help = "add `speaker:` with a key of `actors`; one who may not be named is an actor with `unnamed: true`";
        found.push(case.finding(&RULE, [key("id")], message).help(help));
    }
}
