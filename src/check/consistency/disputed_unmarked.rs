//! `disputed-unmarked`: what somebody contradicts, told as if it were settled.

use crate::check::Rule;
use crate::check::case::{BlockCase, FactCase, key};
use crate::finding::{Finding, Severity};
use crate::model::text::fold;
use crate::model::{Desk, Fact, FactStatus};

pub(super) const RULE: Rule = Rule {
    id: "disputed-unmarked",
    severity: Severity::Warning,
    what: "a disputed fact whose sentence, in the event or in the draft, has no word of dispute or attribution",
    why: "The reader must see that it is contested, and by whom (ICD 203: uncertainty is expressed and explained). \
          Sentences before it that cite nothing belong to it. Words of English, French, German and Spanish count; in another language nothing is looked at.",
    bad: "China sends no lethal aid to either side.",
    good: "China says it sends no lethal aid to either side.",
    fact: Some(fact),
    has_words: true,
    block: Some(block),
    ..Rule::BASE
};

/// The same in other languages, with whole phrases behind the beginnings.
const OTHER_LANGUAGES: &[(&str, &[&str], &[&str])] = &[
    (
        "fr",
        &[
            "affirm", "assur", "accus", "contest", "declar", "dement", "denonc", "invoqu", "reproch", "dit", "disent",
            "disait", "estim", "nie", "nient", "niait", "pretend", "refut", "rejet", "selon", "soutien", "soutenu",
            "suivant",
        ],
        &["d'apres", "aux dires de"],
    ),
    (
        "de",
        &[
            "angeblich",
            "beruft",
            "beziffer",
            "behaupt",
            "darstellung",
            "vermut",
            "wertet",
            "bestreit",
            "bestritt",
            "dement",
            "erklar",
            "laut",
            "nach angaben",
            "sag",
            "strittig",
            "umstritten",
            "verneint",
            "vorw",
            "zufolge",
            "zuruckweis",
            "zuruckgewies",
        ],
        &["nach angaben", "weist", "wies"],
    ),
    (
        "es",
        &[
            "acus", "afirm", "aleg", "asegur", "declar", "desmient", "desmint", "dice", "dicho", "dijo", "disput",
            "niega", "neg", "rechaz", "refut", "segun", "sosten", "sostien",
        ],
        &["de acuerdo con"],
    ),
];
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

/// Whether a text shows it; one in a language without a list always does.
pub(in crate::check) fn shows_dispute(text: &str, language: &str) -> bool {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    let other = OTHER_LANGUAGES.iter().find(|(tag, ..)| primary.eq_ignore_ascii_case(tag));
    let (starts, phrases, not) = match other {
        Some((_, starts, phrases)) => (*starts, *phrases, &[] as &[&str]),
        None if primary.eq_ignore_ascii_case("en") => (DISPUTE, &["according to", "in the words of"] as _, NOT_DISPUTE),
        None => return true,
    };
    let text = fold(text);
    phrases.iter().any(|phrase| text.contains(phrase))
        || text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| !not.contains(&word) && starts.iter().any(|start| word.starts_with(start)))
}

/// Whether a text has one of the words that the desk has added.
fn has_word_of(desk: &Desk, text: &str) -> bool {
    let Some(own) = desk.settings().words.get(RULE.id) else { return false };
    let text = fold(text);
    text.split(|c: char| !c.is_alphanumeric()).any(|word| own.added.iter().any(|added| fold(added) == word))
}

fn is_disputed(fact: &Fact) -> bool {
    fact.status == FactStatus::Disputed
}

fn fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    // A quotation without a sentence of its own is attributed when it is placed.
    if is_disputed(case.fact)
        && !case.fact.text.is_empty()
        && !shows_dispute(&case.fact.text, case.event.language.as_deref().unwrap_or("en"))
        && !has_word_of(case.desk, &case.fact.text)
    {
        let message = format!("the fact `{}` is disputed and its sentence does not show it", case.fact.id);
        found.push(case.finding(&RULE, [key("text")], message).help("say who claims or disputes it"));
    }
}

fn block(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.is_prose() {
        return;
    }
    let mut told: Vec<std::ops::Range<usize>> = Vec::new();
    for (item, ..) in case.facts().filter(|(_, _, fact)| is_disputed(fact)) {
        let passage = case.passage(item.range.start).unwrap_or(0..case.prose().text.len());
        let text = case.prose().text.get(passage.clone()).unwrap_or_default();
        let shown = shows_dispute(text, case.section.draft.language()) || has_word_of(case.request().desk, text);
        // Several in one sentence are one fault.
        if shown || told.contains(&passage) {
            continue;
        }
        let message = format!("`{}` is disputed and its sentence does not show it", item.key);
        let finding = case.finding(&RULE, item.range.clone(), message);
        found.push(finding.help("say who claims or disputes it").on_fact(&item.key));
        told.push(passage);
    }
}
