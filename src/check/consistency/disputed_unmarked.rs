//! `disputed-unmarked`: what somebody contradicts, told as if it were settled.

use crate::check::Rule;
use crate::check::case::{BlockCase, FactCase, key};
use crate::finding::{Finding, Severity};
use crate::model::text::fold;
use crate::model::{Fact, FactStatus};

pub(super) const RULE: Rule = Rule {
    id: "disputed-unmarked",
    severity: Severity::Warning,
    what: "a disputed fact whose sentence, or the block that cites it, has no word of dispute or attribution",
    why: "The reader must see that it is contested, and by whom (ICD 203: uncertainty is expressed and explained).",
    bad: "China sends no lethal aid to either side.",
    good: "China says it sends no lethal aid to either side.",
    fact: Some(fact),
    block: Some(block),
    ..Rule::BASE
};

/// Beginnings of words, folded, by which a sentence shows that its matter is contested or somebody's.
const DISPUTE: &[&str] = &[
    "disput",
    "claim",
    "say",
    "said",
    "den",
    "alleg",
    "maintain",
    "insist",
    "contest",
    "reject",
    "reported",
    "contradict",
    "accus",
    "assert",
    "argu",
    "refut",
    "told",
    "tell",
    "call",
    "unverified",
    "unconfirmed",
];
/// Words that begin like one of these and are none.
const NOT_DISPUTE: &[&str] =
    &["den", "dens", "dense", "density", "dent", "dental", "dentist", "denmark", "denominator", "callous"];

/// Whether a text has a word of dispute or attribution.
pub(super) fn shows_dispute(text: &str) -> bool {
    let text = fold(text);
    let text_has = |phrase: &str| text.contains(phrase);
    text_has("according to")
        || text_has("in the words of")
        || text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| !NOT_DISPUTE.contains(&word) && DISPUTE.iter().any(|start| word.starts_with(start)))
}

fn is_disputed(fact: &Fact) -> bool {
    fact.status == FactStatus::Disputed
}

fn fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    // A quotation without a sentence of its own is attributed when it is placed.
    if is_disputed(case.fact) && !case.fact.text.is_empty() && !shows_dispute(&case.fact.text) {
        let message = format!("the fact `{}` is disputed and its sentence does not show it", case.fact.id);
        found.push(case.finding(&RULE, [key("text")], message).help("say who claims or disputes it"));
    }
}

fn block(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.is_prose() {
        return;
    }
    let disputed = case.facts().find(|(_, _, fact)| is_disputed(fact));
    if let Some((item, _, _)) = disputed
        && !shows_dispute(&case.prose().text)
    {
        let finding = case.finding(
            &RULE,
            item.range.start,
            format!("`{}` is disputed and this block does not show it", item.key),
        );
        found.push(finding.help("say who claims or disputes it").on_fact(&item.key));
    }
}
