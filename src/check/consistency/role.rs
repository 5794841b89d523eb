//! `role-missing` and `role-expired`: who somebody is, told at the first mention, and as it was at the time.

use std::ops::Range;

use super::names::{self, Known, is_joined, raw_words};
use crate::check::Rule;
use crate::check::case::{BlockCase, DraftCase, FactCase, key};
use crate::check::text::sentences::sentences;
use crate::check::text::spans::without_quoted;
use crate::check::text::words::{places, words};
use crate::finding::{Finding, Severity};
use crate::markdown::BlockKind;
use crate::model::text::fold;
use crate::model::{Actor, ActorKind, Edtf, Event, Fact, Role};

pub(super) const MISSING_RULE: Rule = Rule {
    id: "role-missing",
    severity: Severity::Warning,
    what: "the first mention of a person who has a role, without a role or title in that sentence or the one before it",
    why: "A name alone tells a busy reader nothing; press and ministry style introduce a person once by name and office. The note’s \
          title introduces, too. Notes in another language than the event, quotations, headings and lines to take are left out.",
    bad: "Lukashenko visited China twice in 2023 [@li-qiang-2024#luka-visits].",
    good: "President Alexander Lukashenko visited China twice in 2023 [@li-qiang-2024#luka-visits].",
    draft: Some(missing),
    ..Rule::BASE
};

pub(super) const EXPIRED_RULE: Rule = Rule {
    id: "role-expired",
    severity: Severity::Error,
    what: "an office beside a name that the person did not hold on the date of the fact",
    why: "An office that somebody has left, or has not yet taken, says that another spoke. It is held to the dated `roles` of the actor; \
          `former`, `then` and the like before it tell that it is known.",
    bad: "Foreign Minister Qin Gang said on 1 September 2023 …    (roles: [{ title: Foreign Minister, to: 2023-07-25 }])",
    good: "Foreign Minister Wang Yi said on 1 September 2023 …",
    fact: Some(expired_in_fact),
    block: Some(expired_in_block),
    ..Rule::BASE
};

/// Words before an office that tell that it is not held, or not yet, folded: English, then French, German and Spanish.
const FORMERLY: &[&str] = &[
    "acting",
    "caretaker",
    "designate",
    "elect",
    "emeritus",
    "ex",
    "former",
    "formerly",
    "future",
    "incoming",
    "interim",
    "late",
    "later",
    "next",
    "onetime",
    "ousted",
    "outgoing",
    "previous",
    "then",
    "ancien",
    "ancienne",
    "alors",
    "futur",
    "damalige",
    "damaliger",
    "ehemalige",
    "ehemaliger",
    "fruhere",
    "fruherer",
    "kunftige",
    "antiguo",
    "entonces",
    "exministro",
    "expresidente",
    "futuro",
];
/// From how many letters on a word of a role tells it.
const TELLING: usize = 4;

fn missing(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let known = Known::of(case);
    let mut seen: Vec<usize> = known.introduced(case.request.draft.front().title.as_deref().unwrap_or_default());
    for section in case.sections() {
        let spoken = section.spec.is_some_and(|s| s.is_spoken());
        for block in section.blocks().filter(|b| b.is_prose()) {
            if matches!(block.block.kind, BlockKind::Table) {
                continue;
            }
            let text = block.plain();
            let mut parts: Option<Vec<Range<usize>>> = None;
            for mention in known.mentions(text) {
                let Some(named) = known.named(mention.named).filter(|n| n.is_person()) else { continue };
                if seen.contains(&mention.named) {
                    continue;
                }
                seen.push(mention.named);
                let with_role = || named.actors.iter().filter(|(_, a)| role_titles(a).next().is_some());
                let parts = parts.get_or_insert_with(|| sentences(text));
                if spoken || with_role().next().is_none() || !with_role().all(|(event, _)| same_language(&block, event))
                {
                    continue;
                }
                let at = parts.iter().position(|s| s.contains(&mention.range.start)).unwrap_or(0);
                let from = parts.get(at.saturating_sub(1)).map_or(0, |s| s.start);
                let to = parts.get(at).map_or(text.len(), |s| s.end);
                let beside = text.get(from..to).unwrap_or_default();
                if with_role().any(|(_, actor)| tells_role(beside, actor)) {
                    continue;
                }
                let role = with_role().find_map(|(_, a)| role_titles(a).next()).unwrap_or_default();
                let words = text.get(mention.range.clone()).unwrap_or_default();
                let message = format!("the first mention of {} does not say who “{words}” is", named.name);
                let finding = block.finding_in_prose(&MISSING_RULE, mention.range, message);
                found.push(finding.help(format!("put the office beside the name: “{role}”")));
            }
        }
    }
}

impl Known<'_> {
    /// The persons whom a title names with their role.
    fn introduced(&self, title: &str) -> Vec<usize> {
        let told = |index: usize| self.named(index).is_some_and(|n| n.actors.iter().any(|(_, a)| tells_role(title, a)));
        self.mentions(title).into_iter().map(|m| m.named).filter(|index| told(*index)).collect()
    }
}

fn same_language(block: &BlockCase<'_>, event: &Event) -> bool {
    let primary = |l: &str| l.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    primary(block.section.draft.language()) == primary(event.language.as_deref().unwrap_or("en"))
}

/// The offices that an actor is known to hold or to have held.
fn role_titles(actor: &Actor) -> impl Iterator<Item = &str> {
    actor
        .role
        .as_deref()
        .into_iter()
        .chain(actor.roles.iter().map(|r| &*r.title))
        .filter(|title| !title.trim().is_empty())
}

/// Whether a text has an office, or a word of the actor's own.
fn tells_role(text: &str, actor: &Actor) -> bool {
    let own: Vec<String> =
        role_titles(actor).flat_map(words).map(|w| w.text).filter(|w| w.chars().count() >= TELLING).collect();
    let names: Vec<String> = words(&actor.name).into_iter().map(|w| w.text).collect();
    words(text).iter().any(|word| {
        let singular = word.text.strip_suffix('s').unwrap_or(&word.text);
        !names.contains(&word.text)
            && (names::is_office(&word.text)
                || names::is_office(singular)
                || own.iter().any(|o| *o == word.text || o == singular))
    })
}

fn expired_in_block(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.is_prose() {
        return;
    }
    let facts: Vec<_> = case.facts().collect();
    let mut told: Vec<usize> = Vec::new();
    for (item, event, fact) in &facts {
        for actor in dated_actors(event, fact) {
            // Another fact about the actor may be of the time of the office.
            let about = facts.iter().filter(|(_, e, f)| {
                dated_actors(e, f).any(|other| other.name == actor.name)
                    || places(&f.text, &actor.name).next().is_some()
            });
            let dates: Vec<Edtf> = about.flat_map(|(_, _, f)| dates_of(f)).collect();
            for (range, role) in expired(case.plain(), actor, &dates) {
                if !told.contains(&range.start) {
                    told.push(range.start);
                    let message = told_of(actor, &role);
                    let finding = case.finding_in_prose(&EXPIRED_RULE, range, message).on_fact(&item.key);
                    found.push(finding.help(way_out(actor, &dates)));
                }
            }
        }
    }
}

fn expired_in_fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    for actor in dated_actors(case.event, case.fact) {
        let dates: Vec<Edtf> = dates_of(case.fact).collect();
        let text = without_quoted(&case.fact.text, false);
        if let Some((_, role)) = expired(&text, actor, &dates).into_iter().next() {
            let finding = case.finding(&EXPIRED_RULE, [key("text")], told_of(actor, &role));
            found.push(finding.help(way_out(actor, &dates)));
        }
    }
}

fn told_of(actor: &Actor, role: &str) -> String {
    format!("{} was not “{role}” at the time of this fact", actor.name)
}

fn way_out(actor: &Actor, dates: &[Edtf]) -> String {
    let held = dates.first().and_then(|date| {
        let day = date.earliest()?;
        let at = actor.roles.iter().find(|r| {
            r.from.is_none_or(|f| f.earliest() <= Some(day)) && r.to.is_none_or(|t| t.latest() >= Some(day))
        })?;
        Some(format!("write the office held at the time: “{}”", at.title))
    });
    held.unwrap_or_else(|| "name who held the office, or write “former” or “later” before it".to_owned())
}

/// The persons of a fact whose offices are dated.
fn dated_actors<'a>(event: &'a Event, fact: &'a Fact) -> impl Iterator<Item = &'a Actor> {
    let keys = fact.speaker.iter().chain(fact.actors.iter().filter(|key| fact.speaker.as_ref() != Some(*key)));
    keys.filter_map(|key| event.actors.get(key))
        .filter(|a| !a.roles.is_empty() && a.kind == ActorKind::Person && !a.unnamed)
}

fn dates_of(fact: &Fact) -> impl Iterator<Item = Edtf> {
    [fact.said, fact.date].into_iter().flatten()
}

/// Where a text prints an office beside the actor's name that was held on none of the dates, and the office.
fn expired(text: &str, actor: &Actor, dates: &[Edtf]) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    if dates.is_empty() {
        return found;
    }
    let held = |role: &Role| dates.iter().any(|date| was_held(role, date));
    for role in actor.roles.iter().filter(|r| !held(r)) {
        // An office may be held twice.
        if actor.roles.iter().any(|other| fold(&other.title) == fold(&role.title) && held(other)) {
            continue;
        }
        for title in places_folded(text, &role.title) {
            if is_beside(text, &title, actor) && !is_formerly(text, title.start) {
                found.push((title, role.title.to_string()));
            }
        }
    }
    found
}

fn was_held(role: &Role, date: &Edtf) -> bool {
    let begun = role.from.and_then(|f| f.earliest()).zip(date.latest()).is_none_or(|(from, day)| from <= day);
    let over = role.to.and_then(|t| t.latest()).zip(date.earliest()).is_some_and(|(to, day)| to < day);
    begun && !over
}

/// Where a title stands as whole words, whatever its case.
fn places_folded(text: &str, title: &str) -> Vec<Range<usize>> {
    let sought: Vec<String> = raw_words(title).map(|(_, word)| fold(word)).collect();
    let all: Vec<(usize, &str)> = raw_words(text).collect();
    if sought.is_empty() {
        return Vec::new();
    }
    let stands = |w: &[(usize, &str)]| w.iter().zip(&sought).all(|((_, word), s)| fold(word) == *s);
    let range = |w: &[(usize, &str)]| Some(w.first()?.0..w.last().map(|(at, word)| at + word.len())?);
    all.windows(sought.len()).filter(|w| stands(w)).filter_map(range).collect()
}

/// Whether the name, or a part of it, follows the title, or stands before it behind a comma.
fn is_beside(text: &str, title: &Range<usize>, actor: &Actor) -> bool {
    let names: Vec<String> = raw_words(&actor.name).map(|(_, word)| fold(word)).collect();
    let all: Vec<(usize, &str)> = raw_words(text).collect();
    let named = |i: usize| all.get(i).is_some_and(|(_, word)| names::is_capital(word) && names.contains(&fold(word)));
    let Some(after) = all.iter().position(|(at, _)| *at >= title.end) else { return is_behind(text, title, &names) };
    (named(after) && is_joined(text, &all, after)) || is_behind(text, title, &names)
}

/// Whether the title stands behind the name: `Qin Gang, Foreign Minister`, `Qin Gang, the Chinese Foreign Minister`.
fn is_behind(text: &str, title: &Range<usize>, names: &[String]) -> bool {
    let before = text.get(..title.start).unwrap_or_default();
    let Some((name, between)) = before.rsplit_once(',') else { return false };
    let last = raw_words(name).last().filter(|(at, word)| at + word.len() == name.trim_end().len());
    let is_short = raw_words(between).count() <= 2 && !between.contains(['.', ';', '\n']);
    is_short && last.is_some_and(|(_, word)| names::is_capital(word) && names.contains(&fold(word)))
}

/// Whether one of the two words before says that the office is not held at the time.
fn is_formerly(text: &str, at: usize) -> bool {
    let before: Vec<&str> = raw_words(text.get(..at).unwrap_or_default()).map(|(_, word)| word).collect();
    before.iter().rev().take(2).any(|word| FORMERLY.contains(&fold(word).as_str()))
        || text
            .get(at..)
            .is_some_and(|rest| raw_words(rest).take(4).any(|(_, word)| matches!(word, "elect" | "designate")))
}
