//! `weak-source`: doubtful information, told without a doubt.

use std::ops::Range;

use crate::check::Rule;
use crate::check::case::{BlockCase, FactCase, key};
use crate::check::consistency::disputed_unmarked::shows_dispute;
use crate::check::text::spans::without_quoted;
use crate::check::text::words::words;
use crate::draft::attribution::is_claim;
use crate::finding::{Finding, Severity};
use crate::model::{Desk, Event, Fact, FactKind, FactStatus, Reliability};

pub(super) const RULE: Rule = Rule {
    id: "weak-source",
    severity: Severity::Warning,
    what: "a fact whose sources are all of reliability D to F, or of credibility 4 to 6, in a sentence without a word of doubt or attribution",
    why: "The reader cannot see a grade in a plain statement: what is doubtful has to sound so (ICD 203: uncertainty is \
          expressed; Admiralty system, NATO AJP-2.1). A word such as `reportedly`, `may`, `says` or `according to` tells it. A \
          sentence without one is told at the fact; a draft is told only where it drops the word that the fact has. A source \
          without a grade may be a good one. Assessments, which have a confidence, are not looked at, nor languages other \
          than English, French, German and Spanish.",
    bad: "- id: closed\n  text: The port is closed.\n  credibility: 4\n  sources: blog",
    good: "- id: closed\n  text: The port is closed, according to a local blog.\n  credibility: 4\n  sources: blog",
    fact: Some(fact),
    block: Some(block),
    ..Rule::BASE
};

/// Words of doubt, folded, beside those of dispute and attribution.
const ENGLISH: &[&str] = &[
    "allegedly",
    "apparent",
    "apparently",
    "appear",
    "appeared",
    "appears",
    "assumed",
    "believed",
    "conceivably",
    "could",
    "doubt",
    "doubtful",
    "doubts",
    "hearsay",
    "if",
    "indicate",
    "indicated",
    "indicates",
    "likely",
    "may",
    "maybe",
    "might",
    "ostensibly",
    "perhaps",
    "plausible",
    "possible",
    "possibly",
    "presumably",
    "probable",
    "probably",
    "purported",
    "purportedly",
    "questionable",
    "report",
    "reportedly",
    "reports",
    "rumor",
    "rumors",
    "rumour",
    "rumoured",
    "rumours",
    "seem",
    "seemed",
    "seemingly",
    "seems",
    "suggest",
    "suggested",
    "suggests",
    "supposed",
    "supposedly",
    "suspected",
    "thought",
    "uncertain",
    "unclear",
    "unlikely",
    "unproven",
    "unsigned",
    "unsubstantiated",
    "words",
];
const FRENCH: &[&str] = &[
    "affirme",
    "affirment",
    "apparemment",
    "assure",
    "aurait",
    "auraient",
    "conteste",
    "declare",
    "declarent",
    "dement",
    "disent",
    "dit",
    "eventuel",
    "eventuellement",
    "indique",
    "peut",
    "possible",
    "possiblement",
    "pourrait",
    "pourraient",
    "pretend",
    "pretendent",
    "pretendu",
    "presume",
    "probable",
    "probablement",
    "rapporte",
    "rumeur",
    "rumeurs",
    "selon",
    "semble",
    "semblent",
    "serait",
    "seraient",
    "soutient",
    "supposement",
    "apres",
];
const GERMAN: &[&str] = &[
    "angeblich",
    "angebliche",
    "anscheinend",
    "behauptet",
    "behaupten",
    "berichte",
    "berichten",
    "berichtet",
    "bestreitet",
    "demnach",
    "durfte",
    "erklart",
    "erklarte",
    "gerucht",
    "geruchte",
    "konnte",
    "konnten",
    "laut",
    "moglich",
    "moglicherweise",
    "mutmasslich",
    "mutmaßlich",
    "nach",
    "offenbar",
    "sagen",
    "sagt",
    "sagte",
    "scheint",
    "soll",
    "sollen",
    "umstritten",
    "unbestatigt",
    "vermutlich",
    "vielleicht",
    "wahrscheinlich",
    "will",
    "wohl",
    "wollen",
    "zufolge",
];
const SPANISH: &[&str] = &[
    "afirma",
    "afirman",
    "alega",
    "aparentemente",
    "asegura",
    "cree",
    "declara",
    "dice",
    "dicen",
    "dijo",
    "habria",
    "habrian",
    "informa",
    "informan",
    "niega",
    "parece",
    "podria",
    "podrian",
    "posible",
    "posiblemente",
    "presunta",
    "presuntamente",
    "presunto",
    "probable",
    "probablemente",
    "quiza",
    "quizas",
    "rumor",
    "rumores",
    "segun",
    "seria",
    "serian",
    "sostiene",
    "supuestamente",
    "supuesta",
    "supuesto",
    "supuestos",
    "puede",
    "pueden",
];

/// Whether a text has a word of doubt or attribution; `None` in a language of which we have none.
fn is_hedged(text: &str, language: &str) -> Option<bool> {
    let list = match language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "en" => ENGLISH,
        "fr" => FRENCH,
        "de" => GERMAN,
        "es" => SPANISH,
        _ => return None,
    };
    let has_one = || words(text).iter().any(|word| list.contains(&word.text.as_str()));
    Some(has_one() || shows_dispute(text, language))
}

/// What makes a fact doubtful.
fn weakness(desk: &Desk, event: &Event, fact: &Fact) -> Option<String> {
    if fact.kind == FactKind::Assessment || fact.status == FactStatus::Retracted || fact.sources.is_empty() {
        return None;
    }
    if let Some(credibility @ 4..) = fact.credibility {
        return Some(format!("credibility {credibility}"));
    }
    let mut best = Reliability::F;
    for used in &fact.sources {
        best = best.min(desk.source(event, &used.source)?.reliability?);
    }
    (best >= Reliability::D).then(|| format!("no source above reliability {best}"))
}

/// Whether the fact's own sentence lets the reader see the doubt, or placing adds whose word it is.
fn shows_it(event: &Event, fact: &Fact) -> bool {
    let language = event.language.as_deref().unwrap_or("en");
    // A quotation without a sentence is attributed when it is placed.
    fact.text.is_empty()
        || is_claim(event, fact)
        || is_hedged(&without_quoted(&fact.text, false), language) != Some(false)
}

fn fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    if let Some(weakness) = weakness(case.desk, case.event, case.fact)
        && !shows_it(case.event, case.fact)
        && !case.is_only_counted(&RULE)
    {
        let message = format!("the fact `{}` has {weakness}, and its sentence does not show a doubt", case.fact.id);
        let help = "say whose word it is, or how doubtful: “according to”, “reportedly”, “may”";
        found.push(case.finding(&RULE, [key("text")], message).help(help));
    }
}

fn block(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.is_prose() || case.is_opinion() {
        return;
    }
    let desk = case.request().desk;
    let mut told: Vec<Range<usize>> = Vec::new();
    for (item, event, fact) in case.facts() {
        let Some(weakness) = weakness(desk, event, fact).filter(|_| shows_it(event, fact)) else { continue };
        let Some(sentence) = case.passage(item.range.start) else { continue };
        let said = case.plain().get(sentence.clone()).unwrap_or_default();
        if told.contains(&sentence)
            || is_hedged(said, case.section.draft.language()) != Some(false)
            || case.is_as_placed()
        {
            continue;
        }
        let message = format!("`{}` has {weakness}, and this sentence does not show a doubt", item.key);
        let help = "say whose word it is, or how doubtful: “according to”, “reportedly”, “may”";
        found.push(case.finding_in_prose(&RULE, sentence.clone(), message).help(help).on_fact(&item.key));
        told.push(sentence);
    }
}
