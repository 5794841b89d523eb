//! `likelihood-with-confidence`: both in one sentence.

use std::ops::Range;

use crate::check::Rule;
use crate::check::case::{BlockCase, FactCase, key};
use crate::check::text::likelihood::terms;
use crate::check::text::sentences::sentences;
use crate::check::text::spans::quoted;
use crate::check::text::words::{Word, words};
use crate::finding::{Finding, Severity};
use crate::model::FactKind;

pub(super) const RULE: Rule = Rule {
    id: "likelihood-with-confidence",
    severity: Severity::Error,
    what: "a degree of likelihood and a level of confidence in one sentence of an assessment or of the draft",
    why: "Products “must not combine a confidence level and a degree of likelihood, which refers to an event or development, in the same \
          sentence” (ICD 203): the two blur into one. In a draft the sentence is one in which we judge, or of a \
          block that cites an assessment; quotations are left out.",
    bad: "We have high confidence that the visit is likely to go ahead [@talks-2024#judge].",
    good: "We judge that the visit is likely to go ahead [@talks-2024#judge]. Our confidence is high.",
    fact: Some(fact),
    block: Some(block),
    ..Rule::BASE
};

/// Levels of confidence.
const LEVELS: &[&str] = &["low", "moderate", "medium", "high"];
/// What makes of `high confidence` another thing.
const NOT_OURS: &[&str] = &["building", "vote", "votes", "motion", "interval", "intervals"];
/// Who judges.
const WE: &[&str] = &["we", "our", "us", "i", "my", "desk", "assess", "judge", "assessment", "judgement", "judgment"];

fn fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    if case.fact.kind == FactKind::Assessment && fault(&case.fact.text, true).is_some() {
        let message = format!("the assessment `{}` combines likelihood and confidence in one sentence", case.fact.id);
        found.push(
            case.finding(&RULE, [key("text")], message).help("keep the likelihood here, and the level in `confidence`"),
        );
    }
}

fn block(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.is_prose() {
        return;
    }
    let judges = case.facts().any(|(_, _, fact)| fact.kind == FactKind::Assessment);
    if let Some(at) = fault(&case.prose().text, judges) {
        let finding = case.finding_in_prose(&RULE, at, "likelihood and confidence are in one sentence");
        found.push(finding.help("say how likely it is, and in the next sentence how sure you are"));
    }
}

/// The words that give the confidence in the first sentence that has both.
fn fault(text: &str, judges: bool) -> Option<Range<usize>> {
    // Most texts say nothing of it, which is seen at a glance.
    if !text.contains("onfidence") && !text.contains("ONFIDENCE") {
        return None;
    }
    let quotes = quoted(text);
    let all = words(text);
    sentences(text).into_iter().find_map(|sentence| {
        let outside = |w: &&Word| sentence.contains(&w.at) && !quotes.iter().any(|q| q.range.contains(&w.at));
        let words: Vec<&Word> = all.iter().filter(outside).collect();
        let at = confidence(&words, judges)?;
        (!terms(&words).is_empty()).then_some(at)
    })
}

/// The words of a level of our confidence: `high confidence`, `confidence in this is low`.
fn confidence(words: &[&Word], judges: bool) -> Option<Range<usize>> {
    let text = |i: usize| words.get(i).map_or("", |w| w.text.as_str());
    let is_level = |i: usize| LEVELS.contains(&text(i));
    let ours = judges || words.iter().any(|w| WE.contains(&w.text.as_str()));
    (0..words.len()).filter(|i| text(*i) == "confidence" && !NOT_OURS.contains(&text(i + 1))).find_map(|i| {
        let before = i.checked_sub(1).filter(|level| is_level(*level) && (ours || *level == 0)).map(|level| (level, i));
        let owned = i.checked_sub(1).is_some_and(|j| matches!(text(j), "our" | "my"));
        let is_there = |j: usize| (i + 1..j).any(|k| matches!(text(k), "is" | "remains" | "stays"));
        let behind = || (i + 2..i + 7).filter(|_| owned).find(|j| is_level(*j) && is_there(*j)).map(|level| (i, level));
        let (first, last) = before.or_else(behind)?;
        Some(words.get(first)?.at..words.get(last)?.end)
    })
}
