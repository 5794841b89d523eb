//! `plural-sources`: “officials say”, and it was one.

use std::ops::Range;

use crate::check::Rule;
use crate::check::case::{BlockCase, FactCase, key};
use crate::check::text::spans::without_quoted;
use crate::check::text::words::{Word, words};
use crate::finding::{Finding, Severity};
use crate::model::{Actor, ActorKind, Event, Fact, FactStatus};

pub(super) const RULE: Rule = Rule {
    id: "plural-sources",
    severity: Severity::Warning,
    what: "“sources say”, “officials said”, “according to diplomats” and the like of what one person said",
    why: "The plural makes one voice a chorus (news agencies' rules on sourcing). A speaker of another kind than person may be \
          several, and so may those whom an excerpt has in the plural; facts without a speaker are not looked at. A sentence of \
          a fact is told at the fact, and not once more in the draft. English only.",
    bad: "Officials said that the port is closed [@port-2024#closed].    (speaker: the harbour master)",
    good: "An official said that the port is closed [@port-2024#closed].",
    fact: Some(fact),
    block: Some(block),
    ..Rule::BASE
};

const PEOPLE: &[&str] = &[
    "advisers",
    "advisors",
    "aides",
    "analysts",
    "diplomats",
    "experts",
    "insiders",
    "officers",
    "officials",
    "representatives",
    "sources",
    "spokesmen",
    "spokespeople",
    "spokespersons",
    "spokeswomen",
];
const SAYING: &[&str] = &[
    "add",
    "added",
    "admit",
    "admitted",
    "argue",
    "argued",
    "believe",
    "believed",
    "claim",
    "claimed",
    "confirm",
    "confirmed",
    "deny",
    "denied",
    "disclosed",
    "expect",
    "insist",
    "insisted",
    "report",
    "reported",
    "revealed",
    "say",
    "said",
    "suggest",
    "suggested",
    "tell",
    "told",
    "warn",
    "warned",
];
/// Words that may stand between the two: `officials have also said`.
const BETWEEN: &[&str] = &["also", "had", "have", "now", "later", "repeatedly", "privately"];
/// How many words may stand between `according to` and the people.
const BEFORE: usize = 3;

/// The first place at which several people are said to speak.
fn plural(text: &str) -> Option<Range<usize>> {
    let all = words(text);
    let joined = |a: &Word, b: &Word| {
        text.get(a.at..b.at).is_some_and(|gap| !gap.contains(['.', '!', '?', ';', ':', ',', '\n']))
    };
    all.iter().enumerate().filter(|(_, w)| PEOPLE.contains(&w.text.as_str())).find_map(|(i, word)| {
        let rest = all.get(i + 1..).unwrap_or_default();
        let verb = rest.iter().take(3).find(|w| !BETWEEN.contains(&w.text.as_str()));
        if let Some(verb) = verb.filter(|v| SAYING.contains(&v.text.as_str()) && joined(word, v)) {
            return Some(word.at..end(text, verb));
        }
        let before = all.get(i.saturating_sub(BEFORE + 2)..i).unwrap_or_default();
        let lead =
            before.windows(2).rev().find(|pair| matches!(pair, [a, b] if a.text == "according" && b.text == "to"))?;
        let lead = lead.first().filter(|lead| joined(lead, word))?;
        Some(lead.at..end(text, word))
    })
}

/// Where a word ends.
fn end(text: &str, word: &Word) -> usize {
    let rest = text.get(word.at..).unwrap_or_default();
    word.at + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
}

/// The one person who said a fact; none if there is no speaker or it may be several.
fn one_person<'a>(event: &'a Event, fact: &Fact) -> Option<&'a Actor> {
    let actor = event.actors.get(fact.speaker.as_deref()?).filter(|actor| actor.kind == ActorKind::Person)?;
    let has_people = |text: &str| words(text).iter().any(|w| PEOPLE.contains(&w.text.as_str()));
    let mut texts = std::iter::once(&*actor.name).chain(actor.role.as_deref());
    let mut excerpts = fact.sources.iter().filter_map(|used| used.excerpt.as_deref());
    (!texts.any(has_people) && !excerpts.any(has_people)).then_some(actor)
}

fn is_english(language: &str) -> bool {
    language.get(..2).is_some_and(|l| l.eq_ignore_ascii_case("en"))
}

fn in_fact(event: &Event, fact: &Fact) -> Option<Range<usize>> {
    // Most texts are told by a search for letters alone.
    if !has_plural(&fact.text) || !is_english(event.language.as_deref().unwrap_or("en")) {
        return None;
    }
    plural(&without_quoted(&fact.text, false))
}

/// Whether a text may have one of the words, capital or not, without reading it word by word.
fn has_plural(text: &str) -> bool {
    PEOPLE.iter().filter_map(|word| word.get(1..)).any(|tail| text.contains(tail))
}

fn fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let fact = case.fact;
    if fact.speaker.is_none() || fact.status == FactStatus::Retracted {
        return;
    }
    let Some(range) = in_fact(case.event, fact) else { return };
    if let Some(actor) = one_person(case.event, fact) {
        let words = fact.text.get(range).unwrap_or_default();
        let message = format!("“{words}”, and the fact `{}` has one speaker, `{}`", fact.id, actor.key);
        found.push(case.finding(&RULE, [key("text")], message).help(HELP));
    }
}

const HELP: &str = "write the singular, or cite the others who said so";

fn block(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.is_prose() || case.block.citations.is_empty() || !is_english(case.section.draft.language()) {
        return;
    }
    let mut facts = case.facts().peekable();
    if facts.peek().is_none() || !has_plural(case.markdown()) {
        return;
    }
    let mut speakers: Vec<(&Event, &str)> = Vec::new();
    let mut first = None;
    for (item, event, fact) in facts {
        if in_fact(event, fact).is_some() {
            return;
        }
        let Some(actor) = one_person(event, fact) else { return };
        first.get_or_insert(item);
        if !speakers.iter().any(|(_, name)| *name == &*actor.name) {
            speakers.push((event, &actor.name));
        }
    }
    let (Some(item), true) = (first, speakers.len() == 1) else { return };
    let Some(range) = plural(case.plain()) else { return };
    let words = case.plain().get(range.clone()).unwrap_or_default().to_owned();
    let message = format!("“{words}”, and what is cited here has one speaker");
    found.push(case.finding_in_prose(&RULE, range, message).help(HELP).on_fact(&item.key));
}
