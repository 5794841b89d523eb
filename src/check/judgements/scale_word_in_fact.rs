//! `scale-word-in-fact`: a likelihood in what is stored as a fact.

use super::judging::reports;
use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::check::text::likelihood::{may_stand, terms};
use crate::check::text::sentences::sentences;
use crate::check::text::spans::without_quoted;
use crate::check::text::words::{Word, is_english, words};
use crate::finding::{Finding, Severity};
use crate::model::FactKind;

pub(super) const RULE: Rule = Rule {
    id: "scale-word-in-fact",
    severity: Severity::Error,
    what: "a word of likelihood in the sentence of a fact that is no assessment, outside quotation marks and reported words",
    why: "What is likely somebody has judged, and the reader must see who (ICD 203: judgements are told apart from the \
          information beneath them). The words are those of ICD 203 and the PHIA yardstick. Left out are sentences that say \
          whose view it is, quotations, and statistics such as twice as likely or probable cases. English facts alone are \
          looked at.",
    bad: "- id: visit\n  text: The visit is very likely to go ahead.",
    good: "- id: visit\n  text: The visit is very likely to go ahead, the ministry said.",
    fact: Some(check),
    ..Rule::BASE
};

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let fact = case.fact;
    if matches!(fact.kind, FactKind::Assessment | FactKind::Quote) || fact.speaker.is_some() || !may_stand(&fact.text) {
        return;
    }
    if !is_english(case.event.language.as_deref().unwrap_or("en")) {
        return;
    }
    let text = without_quoted(&fact.text, false);
    let all = words(&text);
    for sentence in sentences(&text) {
        let words: Vec<&Word> = all.iter().filter(|w| sentence.contains(&w.at)).collect();
        let Some(term) = terms(&words).into_iter().find(|found| found.term.is_of_a_scale() && found.states(&words))
        else {
            continue;
        };
        if reports(&words) {
            continue;
        }
        let term = text.get(term.range).unwrap_or_default();
        let message = format!("“{term}” judges, and `{}` is no assessment", fact.id);
        let help = "say whose view it is, or make it `kind: assessment` with its `basis`";
        found.push(case.finding(&RULE, [key("text")], message).help(help));
        return;
    }
}
