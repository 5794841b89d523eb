//! `late-attribution`: the reader learns too late, or not at all, who speaks.

use std::ops::Range;

use super::quoting::{Quotation, Speech, WORDS, lead, line_at, sentences_of, stands_apart};
use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::finding::{Finding, Severity};
use crate::model::provenance::named_speaker;

pub(super) const RULE: Rule = Rule {
    id: "late-attribution",
    severity: Severity::Warning,
    what: "a quotation of three words or more whose speaker is named neither in its first sentence nor in one beside it",
    why: "The reader weighs words by who says them, and must not have to wait for the end of a long quotation (news agencies' \
          rule: attribute after the first sentence). A pronoun counts as a name, and so do role and affiliation. Where nobody is \
          named at all, the rule speaks only if no word of saying stands there either. Block quotes and tables, which have a place of their \
          own, and speakers who may not be named are not looked at, nor languages other than English, French, German and Spanish.",
    bad: "“We have met. We have talked. We have agreed,” said Mao Ning [@li-qiang-2024#met].",
    good: "“We have met,” said Mao Ning. “We have talked. We have agreed” [@li-qiang-2024#met].",
    block: Some(check),
    ..Rule::BASE
};

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    let all = case.quotations();
    let Some(speech) = Speech::of(case.section.draft.language()) else { return };
    if all.is_empty() || stands_apart(case) {
        return;
    }
    let text = &case.prose().text;
    let mut told: Vec<Range<usize>> = Vec::new();
    for quotation in all.iter().filter(|q| q.words >= WORDS) {
        let line = line_at(text, quotation.range.start);
        // What follows in a paragraph is the first quotation's speaker, or another's, whom `mixed-speakers` tells.
        if told.contains(&line) {
            continue;
        }
        told.push(line.clone());
        let desk = case.request().desk;
        if !quotation.facts.iter().all(|said| named_speaker(desk, said.event, said.fact).is_some()) {
            continue;
        }
        if let Some(message) = late(case, quotation, line, speech)
            && !case.is_as_placed()
        {
            let help = "name the speaker in the first sentence of the quotation, or right before it";
            let finding = case.finding_in_prose(&RULE, quotation.range.clone(), message).help(help);
            found.push(match quotation.facts.first() {
                Some(said) => finding.on_fact(said.address()),
                None => finding,
            });
        }
    }
}

/// What is wrong with the attribution of a quotation, if something is.
fn late(case: &BlockCase<'_>, quotation: &Quotation<'_>, line: Range<usize>, speech: &Speech) -> Option<String> {
    let plain = case.plain();
    let said = |part: Range<usize>| plain.get(part).unwrap_or_default();
    let sentences = sentences_of(&case.prose().text, line.clone());
    let first = sentences.iter().position(|s| quotation.range.start < s.end)?;
    let end = |i: usize| sentences.get(i).map_or(line.end, |s| s.end);
    let beside = sentences.get(first.saturating_sub(1))?.start..end(first + 1);
    let tells = |part: &str| quotation.speaker_is_named_in(part) || speech.refers(part);
    if tells(said(beside.clone())) || (first == 0 && is_introduced(case, quotation, &line)) {
        return None;
    }
    let behind = said(beside.end..line.end);
    if quotation.speaker_is_named_in(behind) {
        return Some("the speaker is named only after the second sentence of the quotation".to_owned());
    }
    (!speech.refers(behind) && !speech.says(said(line)))
        .then(|| "nothing beside these words tells who says them".to_owned())
}

/// Whether what leads to the paragraph, or its section's heading, names the speaker.
fn is_introduced(case: &BlockCase<'_>, quotation: &Quotation<'_>, line: &Range<usize>) -> bool {
    let heading = &case.section.section.title;
    quotation.speaker_is_named_in(heading) || lead(case, line).iter().any(|text| quotation.speaker_is_named_in(text))
}
