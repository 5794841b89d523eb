//! `acronym-unexpanded`: letters that the reader has to know already.

use std::collections::HashSet;
use std::ops::Range;

use super::names::raw_words;
use crate::check::Rule;
use crate::check::case::{BlockCase, DraftCase};
use crate::check::text::words::places;
use crate::finding::{Edit, Finding, Severity};
use crate::markdown::BlockKind;
use crate::model::{Actor, Event, Fact};

pub(super) const RULE: Rule = Rule {
    id: "acronym-unexpanded",
    severity: Severity::Warning,
    what: "an acronym of two to six capitals that is used before it is written out",
    why: "A reader from another desk does not know it (GOV.UK style; US Government Publishing Office Style Manual: spell out at the first \
          mention). `Full Name (ABC)` writes it out, and so does `ABC (Full Name)`. What everybody writes short is left out, and so are the \
          names and publishers of the facts cited beside it, markings, codes with digits, Roman numerals and words in capitals side by side.",
    bad: "Belarus joined the SCO in 2024 [@li-qiang-2024#sco-10].",
    good: "Belarus joined the Shanghai Cooperation Organisation (SCO) in 2024 [@li-qiang-2024#sco-10].",
    fixable: true,
    has_words: true,
    draft: Some(check),
    ..Rule::BASE
};

/// What everybody writes short: organisations, titles, technology, units of time and money, agencies of the press, markings, and
/// little words in capitals.
const COMMON: &str = "ABC ADN AFP AI AIDS ALL AM AMBER AND AP BBC BRICS BST CBC CEO CEST CET CFO CIA CLEAR CNN CO COVID CTV CV DC DDR DNA DO \
    DPA DVD EDT EEUU EFE ELINT EN EST ET EU EUR FAQ FAX FBI FIFA FVEY GBP GDP GIF GMT GPS GREEN GSM HIV HR HTML HTTP HUMINT ID IMF IN INR \
    IOC IP IS ISBN IT ITV JPEG JPG JPY JSON KGB LGBT LLC LTD MIDI MP MPS MSN NATO NGO NHS NO NOFORN NOT NPR OK ON ONU OPEN OR ORCON OTAN PBS PC \
    PDF PHD PIN PIB PM PO POW PR PRESS PS QA RAF RED REL RMB RNA RSS RTL RUB SBU SECRET SIM SMS SOS SS STRICT SUV TBC TBD TLP TO TRT TS TV \
    UAE UE UEFA UFO UK UN UNESCO UNICEF UNO URL US USA USB USD USSR UTC VAT VIP VPN WHO WIFI WTO WWW XML YES ZDF";

/// An acronym where it stands.
struct Use<'t> {
    range: Range<usize>,
    letters: &'t str,
    /// Whether it is written out here.
    expanded: bool,
}

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let mut known: HashSet<String> = COMMON.split_ascii_whitespace().map(ToOwned::to_owned).collect();
    for section in case.sections() {
        for block in section.blocks().filter(|b| b.is_prose() && !matches!(b.block.kind, BlockKind::Table)) {
            // It may be written out between quotation marks; what is only quoted is the speaker’s.
            let plain = block.plain();
            for used in uses(&block.prose().text) {
                let settings = case.request.desk.settings();
                if settings.lists(RULE.id, used.letters, known.contains(used.letters)) {
                    continue;
                }
                if used.expanded {
                    known.insert(used.letters.to_owned());
                } else if plain.get(used.range.clone()) == Some(used.letters) && !is_named(&block, used.letters) {
                    known.insert(used.letters.to_owned());
                    found.push(finding(&block, used));
                }
            }
        }
    }
}

fn finding(block: &BlockCase<'_>, used: Use<'_>) -> Finding {
    let letters = used.letters.to_owned();
    let full = block.facts().find_map(|(_, event, _)| expansion(event, &letters));
    let message = format!("“{letters}” is used before it is written out");
    let finding = block.finding_in_prose(&RULE, used.range.clone(), message);
    match full {
        Some(full) => {
            let words = block.prose().span(&used.range);
            let label = format!("write “{full} ({letters})”");
            finding.help(label.clone()).fix(label, Edit::Bytes(words, format!("{full} ({letters})")))
        }
        None => finding.help(format!("write it out at the first mention: “Full Name ({letters})”")),
    }
}

/// The name of the actor of which the acronym is an alias.
fn expansion<'a>(event: &'a Event, letters: &str) -> Option<&'a str> {
    let actor = event.actors.values().find(|a| a.aliases.iter().any(|alias| **alias == *letters))?;
    (actor.name.contains(' ') && !actor.unnamed).then_some(&*actor.name)
}

/// Whether a fact cited in the block has it for a name, or for part of one: of an actor, a place or a publisher.
fn is_named(block: &BlockCase<'_>, letters: &str) -> bool {
    let holds = |text: &str| places(text, letters).next().is_some();
    let desk = block.request().desk;
    block.facts().any(|(_, event, fact): (_, &Event, &Fact)| {
        let keys = fact.actors.iter().chain(&fact.speaker);
        let actors = keys.filter_map(|key| event.actors.get(key));
        let by_actor = |actor: &Actor| holds(&actor.name) || actor.of.as_deref().is_some_and(holds);
        let places = fact.places.iter().chain(&event.places);
        let mut sources = fact.sources.iter().filter_map(|used| desk.source(event, &used.source));
        actors.into_iter().any(by_actor)
            || places.into_iter().any(|p| holds(&p.name) || p.country.as_deref().is_some_and(holds))
            || sources.any(|s| [s.origin_name(), s.publisher(), s.parent_title()].into_iter().flatten().any(holds))
    })
}

/// The acronyms of a text, by place.
fn uses(text: &str) -> Vec<Use<'_>> {
    if !text.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase)) {
        return Vec::new();
    }
    let all: Vec<(usize, &str)> = raw_words(text).collect();
    let mut found = Vec::new();
    for (i, (at, word)) in all.iter().enumerate() {
        // `NGOs` is the plural of one.
        let letters = word.strip_suffix('s').filter(|w| w.len() > 1).unwrap_or(word);
        let is_acronym = (2..=6).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase());
        if !is_acronym || is_roman(letters) || is_code(text, *at, at + word.len()) || beside_capitals(text, &all, i) {
            continue;
        }
        let range = *at..at + letters.len();
        let expanded = is_expanded(text, &range, letters);
        found.push(Use { range, letters, expanded });
    }
    found
}

fn is_roman(letters: &str) -> bool {
    letters.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'))
}

/// Whether digits, a slash or an underscore touch it, or it is part of an address, or of a portion mark.
fn is_code(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let joint = |c: char| matches!(c, '-' | '‑' | '–' | '/' | '_' | '.' | '@' | '+' | ':' | '&' | ' ' | '\u{a0}');
    let digit_after =
        after.trim_start_matches(joint).starts_with(|c: char| c.is_ascii_digit()) && !after.starts_with(". ");
    let digit_before = before.trim_end_matches(|c: char| joint(c) && c != ' ').ends_with(|c: char| c.is_ascii_digit());
    let glued = after.starts_with(['/', '_', '@', '&']) || before.ends_with(['/', '_', '@', '.', '&', '#']);
    let line = before.rsplit(['\n', '\u{2028}']).next().unwrap_or_default().trim_start();
    let portion = line.starts_with('(') && !line.contains(')');
    let marking = after.starts_with(':') && after.get(1..).is_some_and(|a| a.starts_with(char::is_uppercase));
    digit_after || digit_before || glued || portion || marking
}

/// Whether the word before or behind is in capitals, too: an order, a label or a name in capitals.
fn beside_capitals(text: &str, all: &[(usize, &str)], i: usize) -> bool {
    let shouts = |j: usize, from: usize, to: usize| {
        let near = text.get(from..to).is_some_and(|gap| gap == " " || gap == "-");
        let other = all.get(j).map_or("", |(_, word)| word);
        let common = COMMON.split_ascii_whitespace().any(|c| c == other)
            && other.len() > 1
            && !matches!(other, "OPEN" | "PRESS" | "NOT" | "NO");
        near && other.len() > 1 && other.bytes().all(|b| b.is_ascii_uppercase()) && !common
    };
    let Some((at, word)) = all.get(i) else { return false };
    let before =
        i.checked_sub(1).and_then(|j| Some((j, all.get(j)?))).is_some_and(|(j, (b, w))| shouts(j, b + w.len(), *at));
    before || all.get(i + 1).is_some_and(|(next, _)| shouts(i + 1, at + word.len(), *next))
}

/// Whether it is written out here: in brackets behind words, or with words in brackets behind it.
fn is_expanded(text: &str, range: &Range<usize>, letters: &str) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let first = letters.chars().next();
    let begins = |words: &str| raw_words(words).any(|(_, w)| w.chars().next().map(|c| c.to_ascii_uppercase()) == first);
    // `Full Name (ABC)`, also `(ABC, …)` and `(“ABC”)`.
    let opened = before.trim_end_matches(['“', '"', '‘', '«', ' ', '\u{a0}', '\u{202f}']);
    let closes = after.trim_start_matches(['”', '"', '’', '»', ' ', '\u{a0}', '\u{202f}']).starts_with([')', ',', ';']);
    if let Some(name) = opened.strip_suffix('(').filter(|_| closes) {
        let words: Vec<(usize, &str)> = raw_words(name).collect();
        let from = words.iter().rev().nth(letters.len() + 2).map_or(0, |(at, _)| *at);
        return begins(name.get(from..).unwrap_or_default());
    }
    // `ABC (Full Name)`, `ABC, the Full Name`.
    let inside = after.trim_start().strip_prefix('(').and_then(|rest| rest.split(')').next());
    inside.is_some_and(|words| raw_words(words).nth(1).is_some() && begins(words))
}
