//! Which sentences are the desk's own judgements. Shared by the rules on them.

use std::ops::Range;

use crate::check::case::BlockCase;
use crate::check::text::words::{Word, words};
use crate::model::FactKind;

/// Who judges.
const WE: &[&str] = &["desk", "i", "we"];
/// Verbs of judging, in the forms in which they follow.
const JUDGE: &[&str] = &[
    "assess",
    "assessed",
    "assesses",
    "believe",
    "believes",
    "conclude",
    "concludes",
    "consider",
    "considers",
    "estimate",
    "estimates",
    "expect",
    "expects",
    "judge",
    "judged",
    "judges",
    "think",
    "thinks",
];
/// What a sentence may name as ours: `in our judgement`.
const OURS: &[&str] =
    &["assessment", "assessments", "estimate", "judgement", "judgements", "judgment", "judgments", "opinion", "view"];

/// Beginnings of words by which a sentence gives somebody else's words or views.
const REPORTS: &[&str] = &[
    "according",
    "accus",
    "alleg",
    "announc",
    "argu",
    "assert",
    "assess",
    "believ",
    "claim",
    "conced",
    "declar",
    "describ",
    "estimat",
    "expect",
    "forecast",
    "insist",
    "maintain",
    "predict",
    "project",
    "promis",
    "reckon",
    "report",
    "suggest",
    "tell",
    "warn",
];
/// Whole words that do the same.
const REPORT_WORDS: &[&str] = &[
    "called", "calls", "denied", "denies", "deny", "put", "puts", "said", "saw", "say", "saying", "says", "sees",
    "think", "thinks", "thought", "told", "view", "views", "vowed", "vows", "wrote",
];

/// Whether the words give somebody's words or views, other than our own: `China says`, `according to`.
pub(super) fn reports(words: &[&Word]) -> bool {
    let ours = |i: usize| i.checked_sub(1).and_then(|b| words.get(b)).is_some_and(|w| WE.contains(&w.text.as_str()));
    words.iter().enumerate().any(|(i, word)| {
        let word = word.text.as_str();
        (REPORT_WORDS.contains(&word) || REPORTS.iter().any(|start| word.starts_with(start))) && !ours(i)
    })
}

/// Whether the words say whose judgement it is, ours: `we judge`, `is, we assess,`, `in our judgement`.
pub(super) fn is_labelled(words: &[Word]) -> bool {
    let is = |i: usize, list: &[&str]| words.get(i).is_some_and(|w| list.contains(&w.text.as_str()));
    (0..words.len()).any(|i| {
        (is(i, WE) && (is(i + 1, JUDGE) || is(i + 2, JUDGE)))
            || (is(i, &["our", "my", "desk", "s"]) && (is(i + 1, OURS) || is(i + 2, OURS)))
            || (is(i, &["is", "are"]) && is(i + 1, &["assessed", "judged"]))
    })
}

/// The sentences of a block, in its prose, in which the desk judges: they cite an assessment, are
/// labelled, or stand in a block that is opinion.
pub(super) fn judging(case: &BlockCase<'_>) -> Vec<Range<usize>> {
    let prose = case.prose();
    let assessments: Vec<usize> = case
        .facts()
        .filter(|(item, _, fact)| fact.kind == FactKind::Assessment && item.prefix.is_empty())
        .map(|(item, _, _)| item.range.start)
        .collect();
    let all = case.sentences();
    let starts: Vec<usize> = all.iter().map(|s| prose.offset(s.start)).collect();
    let opinion = case.is_opinion();
    let mut kept = Vec::new();
    for (i, sentence) in all.iter().enumerate() {
        // A citation stands before the full stop or behind it, in any case before the next sentence.
        let start = starts.get(i).copied().unwrap_or_default();
        let end = starts.get(i + 1).copied().unwrap_or(case.block.range.end);
        let cites = assessments.iter().any(|at| (start..end).contains(at));
        let labelled = || is_labelled(&words(case.plain().get(sentence.clone()).unwrap_or_default()));
        if opinion || cites || labelled() {
            kept.push(sentence.clone());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_judgement_says_whose_it_is() {
        for (text, labelled) in [
            ("We judge that it will rain.", true),
            ("Rain is, we assess, unlikely.", true),
            ("We still judge so.", true),
            ("In our judgement it rains.", true),
            ("In the desk’s view it rains.", true),
            ("It is judged that it rains.", true),
            ("The judge we met left.", false),
            ("They believe that it rains.", false),
            ("Their assessment is ours to read.", false),
        ] {
            assert_eq!(is_labelled(&words(text)), labelled, "{text}");
        }
    }
}
