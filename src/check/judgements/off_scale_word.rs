//! `off-scale-word`: an assessment that says may, might, could or possibly.

use super::judging::{judging, reports};
use crate::check::Rule;
use crate::check::case::{BlockCase, FactCase, key};
use crate::check::text::likelihood::terms;
use crate::check::text::sentences::sentences;
use crate::check::text::spans::without_quoted;
use crate::check::text::words::{Word, is_english, words};
use crate::finding::{Finding, Severity};
use crate::model::FactKind;

pub(super) const RULE: Rule = Rule {
    id: "off-scale-word",
    severity: Severity::Warning,
    what: "may, might, could or possibly in an assessment, or in a sentence of the draft that is one",
    why: "Nearly everything may happen: such a word states no likelihood, and readers take it for anything from 5 to 95 % \
          (ICD 203 and the PHIA yardstick have terms with ranges). Left out are conditions (if, whether), reported words, what \
          could not be, could have been, and what follows a term of the scale in its sentence. English alone is looked at.",
    bad: "We judge that Minsk might use the visit to show independence [@talks-2024#judge].",
    good: "We judge that Minsk is likely to use the visit to show independence [@talks-2024#judge].",
    fact: Some(fact),
    block: Some(block),
    ..Rule::BASE
};

/// Behind these `might` is strength.
const MIGHT_OF: &[&str] = &[
    "and",
    "armed",
    "combined",
    "economic",
    "financial",
    "full",
    "his",
    "industrial",
    "its",
    "military",
    "naval",
    "nuclear",
    "of",
    "our",
    "political",
    "s",
    "the",
    "their",
    "whose",
    "with",
];
/// Before these it is strength, too, or `might have been`.
const NOUN_BEFORE: &[&str] =
    &["against", "and", "can", "has", "have", "in", "is", "of", "remains", "to", "was", "will", "would"];
/// Behind these a sentence speaks of a case and not of what will be.
const CONDITIONS: &[&str] = &["although", "if", "lest", "unless", "whatever", "wherever", "whether", "whoever"];
/// Values of `likelihood` that no scale has.
const NO_TERMS: &[&str] = &["conceivable", "could", "may", "maybe", "might", "perhaps", "possible", "possibly"];

const HELP: &str = "say how likely it is, in a term of the note’s scale";

fn fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let fact = case.fact;
    if fact.kind != FactKind::Assessment || !is_english(case.event.language.as_deref().unwrap_or("en")) {
        return;
    }
    let likelihood = fact.assessment.as_ref().and_then(|a| a.likelihood.as_deref());
    if let Some(value) = likelihood.filter(|value| NO_TERMS.iter().any(|no| value.trim().eq_ignore_ascii_case(no))) {
        let message = format!("“{}” is a term of no scale", value.trim());
        found.push(case.finding(&RULE, [key("likelihood")], message).help(HELP));
    }
    let text = without_quoted(&fact.text, false);
    let all = words(&text);
    for sentence in sentences(&fact.text) {
        let words: Vec<&Word> = all.iter().filter(|w| sentence.contains(&w.at)).collect();
        if let Some(word) = off_scale(&words, &text) {
            let message = format!("“{}” tells the reader no likelihood", word.text);
            found.push(case.finding(&RULE, [key("text")], message).help(HELP));
            return;
        }
    }
}

fn block(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.is_prose() || !is_english(case.section.draft.language()) {
        return;
    }
    let has = ["may", "might", "could", "ossibly"].iter().any(|word| case.markdown().contains(word));
    if !has {
        return;
    }
    let text = case.plain();
    let all = words(text);
    for sentence in judging(case) {
        let words: Vec<&Word> = all.iter().filter(|w| sentence.contains(&w.at)).collect();
        if let Some(word) = off_scale(&words, text) {
            let range = word.at..word.at + word.text.len();
            let message = format!("“{}” tells the reader no likelihood", word.text);
            found.push(case.finding_in_prose(&RULE, range, message).help(HELP));
        }
    }
}

/// The first word of a sentence that states a likelihood which no scale has.
fn off_scale<'w>(words: &[&'w Word], text: &str) -> Option<&'w Word> {
    let is = |i: usize, list: &[&str]| words.get(i).is_some_and(|w| list.contains(&w.text.as_str()));
    let at = (0..words.len()).find(|i| {
        let before = |list: &[&str]| i.checked_sub(1).is_some_and(|b| is(b, list));
        let word = words.get(*i).map_or("", |w| w.text.as_str());
        let lower = words.get(*i).and_then(|w| text.get(w.at..)?.chars().next()).is_some_and(char::is_lowercase);
        match word {
            // `May` is a month.
            "may" => lower,
            "might" => lower && !before(MIGHT_OF) && !is(*i + 1, NOUN_BEFORE),
            "could" => lower && !is(*i + 1, &["not", "have", "no", "only"]) && !before(&["so", "as"]),
            "possibly" => !before(&["not", "cannot", "t"]),
            _ => false,
        }
    })?;
    let earlier = words.get(..at).unwrap_or_default();
    let conditional = earlier.iter().any(|w| CONDITIONS.contains(&w.text.as_str()));
    let excused = conditional || reports(earlier) || !terms(earlier).is_empty();
    if excused { None } else { words.get(at).copied() }
}
