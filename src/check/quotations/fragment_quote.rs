//! `fragment-quote`: a word or two in quotation marks, and nobody who says them.

use super::quoting::{Speech, lead, line_at, sentences_of, stands_apart};
use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::finding::{Finding, Severity};
use crate::model::provenance::named_speaker;

pub(super) const RULE: Rule = Rule {
    id: "fragment-quote",
    severity: Severity::Warning,
    what: "fewer than four words of a quotation in a sentence that does not tell who says them",
    why: "A word in quotation marks without its speaker reads as the desk's own irony, or as everybody's term (news agencies' \
          rule on fragmentary quotes). A pronoun, a role, an affiliation or a word of saying tells enough. Terms that stand in \
          no quotation cited in the block are not looked at, nor speakers who may not be named.",
    bad: "Its role as a “decisive enabler” is contested [@nato-2024#enabler].",
    good: "Its role as what NATO leaders called a “decisive enabler” is contested [@nato-2024#enabler].",
    block: Some(check),
    ..Rule::BASE
};

/// From how many words on it is no fragment.
const WORDS: usize = 4;

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    let all = case.quotations();
    let Some(speech) = Speech::of(case.section.draft.language()) else { return };
    if all.is_empty() || stands_apart(case) {
        return;
    }
    let (text, desk) = (&case.prose().text, case.request().desk);
    for quotation in all.iter().filter(|q| q.words < WORDS) {
        if !quotation.facts.iter().all(|said| named_speaker(desk, said.event, said.fact).is_some()) {
            continue;
        }
        // A short quotation may end its own sentence: what closes it belongs to it.
        let line = line_at(text, quotation.range.start);
        let sentences = sentences_of(text, line.clone());
        let touching = sentences.iter().filter(|s| s.start <= quotation.range.end && quotation.range.start < s.end);
        let said: String = touching.filter_map(|s| case.plain().get(s.clone())).collect::<Vec<_>>().join(" ");
        // “Mao Ning called them:” and a list of words.
        let is_led =
            || lead(case, &line).iter().any(|l| l.trim_end().ends_with(':') && quotation.speaker_is_named_in(l));
        let tells = quotation.speaker_is_named_in(&said) || speech.refers(&said) || speech.says(&said);
        if !tells && !is_led() && !case.is_as_placed() {
            let words = text.get(quotation.range.clone()).unwrap_or_default();
            let message = format!("“{words}” is quoted in a sentence that does not tell who says it");
            let help = "name the speaker in the sentence, or say it in your own words without the marks";
            let finding = case.finding_in_prose(&RULE, quotation.range.clone(), message).help(help);
            found.extend(quotation.facts.first().map(|said| finding.on_fact(said.address())));
        }
    }
}
