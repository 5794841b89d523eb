//! Whether a text names a speaker.

use crate::model::{Actor, ActorKind, Event, Fact};

/// Parts of a name that are words of the calendar too name nobody by themselves.
const MONTHS: &[&str] = &["March", "April", "May", "June", "July", "August"];

/// Whether a house sentence says itself who speaks: by name, alias, a part of a person's name, role,
/// or the country or organisation that the speaker belongs to.
pub(in crate::draft) fn names_speaker(event: &Event, fact: &Fact) -> bool {
    let Some(key) = fact.speaker.as_deref() else { return false };
    event.actors.get(key).is_some_and(|actor| tells_of(event, actor, &fact.text))
}

/// Whether a text names an actor, or tells the role or affiliation.
pub fn tells_of(event: &Event, actor: &Actor, text: &str) -> bool {
    let roles = actor.role.iter().chain(actor.roles.iter().map(|r| &r.title));
    by_name(actor, text) || roles.into_iter().any(|role| holds_folded(text, role)) || of(event, actor, text)
}

/// Whether a text names an actor: the name, an alias, or a part of a person's name.
pub(super) fn by_name(actor: &Actor, text: &str) -> bool {
    if std::iter::once(&actor.name).chain(&actor.aliases).any(|name| holds(text, name)) {
        return true;
    }
    let is_part = |word: &&str| word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 1;
    actor.kind == ActorKind::Person
        && actor.name.split_whitespace().filter(is_part).any(|word| !MONTHS.contains(&word) && holds(text, word))
}

/// Whether a text names what the actor belongs to: as written, and for a code the state or
/// organisation of the event that has it.
fn of(event: &Event, actor: &Actor, text: &str) -> bool {
    let Some(of) = actor.of.as_deref() else { return false };
    let is_code = of.chars().count() < 4;
    let named = |other: &&Actor| {
        *other.key == *of || (is_code && other.kind == ActorKind::State && other.of.as_deref() == Some(of))
    };
    let others = event.actors.values().filter(named);
    (!is_code && holds(text, of))
        || others.flat_map(|a| std::iter::once(&a.name).chain(&a.aliases)).any(|n| holds(text, n))
}

/// Whether a text says `according to` already, in English or in the note's language.
pub(super) fn says_according_to(text: &str, frame: &str) -> bool {
    let phrase = frame.trim_end_matches("{}").trim();
    ["according to", phrase].iter().any(|phrase| holds_folded(text, phrase))
}

/// Whether `name` stands in `text` as whole words. Letters without case, as in Chinese, end no word.
pub(super) fn holds(text: &str, name: &str) -> bool {
    let name = name.trim();
    let part = |c: char| c.is_lowercase() || c.is_uppercase() || c.is_numeric();
    !name.is_empty()
        && text.match_indices(name).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let behind = text[at + name.len()..].chars().next();
            let joins =
                |outside: Option<char>, inside: Option<char>| outside.is_some_and(part) && inside.is_some_and(part);
            !joins(before, name.chars().next()) && !joins(behind, name.chars().next_back())
        })
}

/// As [`holds`], whatever the case.
fn holds_folded(text: &str, phrase: &str) -> bool {
    holds(&text.to_lowercase(), &phrase.to_lowercase())
}
