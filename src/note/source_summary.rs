//! The source summary: a paragraph on the sources of a note as a whole (ICD 206 source summary statement).
//!
//! It tells how many sources there are and of how many independent origins, how near they stand, how
//! old they are, how they are graded and on what terms they were given, and how much rests on a single
//! origin. It is made from what the note cites and from nothing else. It is in English whatever the
//! note's language: the agreement of numbers in another would have to be right in every case.

use super::Request;
use crate::markdown::{CitationKey, escape};
use crate::model::date::{Precision, default_pattern};
use crate::model::provenance::{self, Provenance};
use crate::model::{
    Attribution, Desk, Directness, Edtf, Event, Fact, FactKind, FactRef, FactStatus, Reliability, Source, SourceStatus,
};

/// The paragraph as Markdown; empty if nothing on the desk is cited.
pub(super) fn paragraph(request: &Request<'_>) -> String {
    let base = Base::of(request);
    if base.facts.is_empty() && base.all.sources.is_empty() {
        return String::new();
    }
    let sources = &base.all.sources;
    let mut sentences = vec![base.extent()];
    if !sources.is_empty() {
        sentences.extend(base.single());
        sentences.push(kinds(&base.all));
        sentences.push(age(sources, &Dates::of(request)));
        sentences.push(grades(sources));
        sentences.push(terms(sources));
    }
    sentences.extend(base.retracted());
    escape(&sentences.join(" "))
}

/// What a note cites.
struct Base<'a> {
    desk: &'a Desk,
    facts: Vec<(&'a Event, &'a Fact)>,
    all: Provenance<'a>,
}

impl<'a> Base<'a> {
    fn of(request: &Request<'a>) -> Self {
        let desk = request.desk;
        let cited = request.draft.sections().iter().flat_map(|s| &s.blocks).flat_map(|b| &b.citations);
        let (mut facts, mut sources) = (Vec::<(&Event, &Fact)>::new(), Vec::new());
        for item in cited.flat_map(|c| &c.items) {
            match &item.key {
                CitationKey::Source(key) => sources.extend(desk.shared().get(key.as_str())),
                CitationKey::Fact { event, fact } => {
                    let found = desk.fact(&FactRef::new(event.as_str(), fact.as_str()));
                    facts.extend(found.filter(|(_, f)| !facts.iter().any(|(_, known)| std::ptr::eq(*known, *f))));
                }
            }
        }
        let all = provenance::of_all(desk, facts.iter().copied(), sources);
        Self { desk, facts, all }
    }

    /// How many facts, sources and origins.
    fn extent(&self) -> String {
        let judged = self.facts.iter().filter(|(_, f)| f.kind == FactKind::Assessment).count();
        let facts = self.facts.len() - judged;
        let sources = of_origins(self.all.sources.len(), self.all.independent.max(1));
        let cited = match (facts, judged) {
            (0, 0) => return format!("This note cites {sources}."),
            (facts, 0) => many(facts, "fact"),
            (0, judged) => many(judged, "assessment"),
            (facts, judged) => format!("{} and {}", many(facts, "fact"), many(judged, "assessment")),
        };
        let one = self.facts.len() == 1;
        match self.all.sources.len() {
            0 if one => format!("This note cites {cited}, for which no source is named."),
            0 => format!("This note cites {cited}, for none of which a source is named."),
            _ => format!("This note cites {cited}, resting on {sources}."),
        }
    }

    /// How much rests on a single origin, and how much on none.
    fn single(&self) -> Option<String> {
        let counts: Vec<usize> =
            self.facts.iter().map(|(event, fact)| provenance::of(self.desk, event, fact).independent).collect();
        let all = counts.len();
        let single = counts.iter().filter(|n| **n == 1).count();
        // What only rests on sources that word it otherwise has a source, but none that says the same.
        let none = counts.iter().filter(|n| **n == 0).count();
        let unnamed = format!("for {} no origin is known", number(none));
        Some(match (all, single, none) {
            (0, ..) => return None,
            (1, 1, _) => "What is cited rests on a single origin.".to_owned(),
            (1, _, 1) => return None,
            (1, ..) => format!("What is cited rests on {}.", many(counts[0], "independent origin")),
            (all, single, 0) if single == all => format!("Each of the {} rests on a single origin.", number(all)),
            (all, 0, 0) => format!("Each of the {} rests on two or more independent origins.", number(all)),
            (all, 0, _) => format!("Of the {}, none rests on a single origin, but {unnamed}.", number(all)),
            (all, single, none) => {
                let tail = if none == 0 { String::new() } else { format!(", and {unnamed}") };
                let rests = if single == 1 { "rests" } else { "rest" };
                format!("Of the {}, {} {rests} on a single origin{tail}.", number(all), number(single))
            }
        })
    }

    /// What was taken back.
    fn retracted(&self) -> Option<String> {
        let part = |n: usize, all: usize, what: &str| match n {
            0 => None,
            _ if n == all && n == 1 => Some(format!("the {what}")),
            _ => Some(format!("{} of the {what}s", number(n))),
        };
        let sources = self.all.sources.iter().filter(|s| s.status == SourceStatus::Retracted).count();
        let facts = self.facts.iter().filter(|(_, f)| f.status == FactStatus::Retracted).count();
        let parts = [part(sources, self.all.sources.len(), "source"), part(facts, self.facts.len(), "fact")];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let has = if sources + facts == 1 { "has" } else { "have" };
        (!parts.is_empty()).then(|| format!("{} {has} been retracted.", capital(&parts.join(" and "))))
    }
}

/// `nine sources of six independent origins`, `two sources, each of a different origin`
fn of_origins(sources: usize, origins: usize) -> String {
    let counted = many(sources, "source");
    match (sources, origins) {
        (1, _) => counted,
        (_, 1) => format!("{counted}, all of one origin"),
        (n, m) if n == m => format!("{counted}, each of a different origin"),
        (_, m) => format!("{counted} of {}", many(m, "independent origin")),
    }
}

/// How near the sources stand to what happened.
fn kinds(all: &Provenance<'_>) -> String {
    let total = all.sources.len();
    let kinds: Vec<(usize, &str)> =
        Directness::ALL.iter().map(|d| (all.count_of(*d), d.as_str())).filter(|(n, _)| *n > 0).collect();
    let unknown = total - kinds.iter().map(|(n, _)| n).sum::<usize>();
    match kinds.as_slice() {
        [] if total == 1 => "Whether the source is primary or secondary is not recorded.".to_owned(),
        [] => "Which of the sources are primary and which secondary is not recorded.".to_owned(),
        [(1, kind)] if total == 1 => format!("The source is {kind}."),
        [(n, kind)] if *n == total => format!("{} sources are {kind}.", everyone(total)),
        [(first, kind), rest @ ..] => {
            let mut parts =
                vec![format!("{} of the sources {} {kind}", number(*first), if *first == 1 { "is" } else { "are" })];
            parts.extend(rest.iter().map(|(n, kind)| format!("{} {kind}", number(*n))));
            let tail = if unknown == 0 {
                String::new()
            } else {
                format!("; for {} this is not recorded", the_rest(unknown, total))
            };
            format!("{}{tail}.", capital(&listed(&parts)))
        }
    }
}

/// How dates print, and the day from which age is counted.
struct Dates<'a> {
    pattern: &'a str,
    note: Option<Edtf>,
}

impl<'a> Dates<'a> {
    fn of(request: &Request<'a>) -> Self {
        let english = request.language().split(['-', '_']).next().is_some_and(|tag| tag.eq_ignore_ascii_case("en"));
        let pattern = if english { &*request.template.date_format } else { default_pattern("en") };
        Self { pattern, note: request.draft.front().date.as_deref().and_then(|d| d.trim().parse().ok()) }
    }

    fn print(&self, date: Edtf) -> String {
        date.format(self.pattern, "en")
    }

    /// `19 August 2024, one day before the date of this note`
    fn with_distance(&self, date: Edtf) -> String {
        let exact = |date: &Edtf| {
            let fine = matches!(date.precision(), Precision::Day | Precision::Time) && !date.is_interval();
            date.earliest().filter(|_| fine && !date.is_approximate())
        };
        let printed = self.print(date);
        let (Some(day), Some(note)) = (exact(&date), self.note.as_ref().and_then(exact)) else { return printed };
        match day.days_until(note) {
            0 => format!("{printed}, the date of this note"),
            days => {
                let way = if days > 0 { "before" } else { "after" };
                let days = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
                format!("{printed}, {} {way} the date of this note", many(days, "day"))
            }
        }
    }
}

/// The oldest and the newest, against the note's date.
fn age(sources: &[&Source], dates: &Dates<'_>) -> String {
    let total = sources.len();
    let dated: Vec<Edtf> = sources.iter().filter_map(|s| s.published_on()).collect();
    let oldest = dated.iter().min_by_key(|d| d.sort_key());
    let newest = dated.iter().max_by_key(|d| (d.latest(), d.sort_key()));
    let undated = total - dated.len();
    let (Some(oldest), Some(newest)) = (oldest, newest) else {
        return if total == 1 { "It is undated.".to_owned() } else { format!("{} dated.", none_is(total)) };
    };
    let tail = match undated {
        0 => String::new(),
        n => format!("; {} undated", the_rest_is(n, total)),
    };
    let newest_printed = dates.with_distance(*newest);
    if total == 1 {
        format!("It is dated {newest_printed}.")
    } else if dated.len() == 1 {
        format!("One is dated {newest_printed}{tail}.")
    } else if oldest == newest {
        let who = if undated == 0 { everyone(total).to_owned() } else { capital(&number(dated.len())) };
        format!("{who} are dated {newest_printed}{tail}.")
    } else {
        format!("The oldest is dated {} and the newest {newest_printed}{tail}.", dates.print(*oldest))
    }
}

/// Best and worst reliability by the Admiralty system, and how many have none.
fn grades(sources: &[&Source]) -> String {
    let total = sources.len();
    let judged: Vec<Reliability> =
        sources.iter().filter_map(|s| s.reliability).filter(|r| *r != Reliability::F).collect();
    let ungraded = sources.iter().filter(|s| s.reliability.is_none()).count();
    let unjudged = total - judged.len() - ungraded;
    if total == 1 {
        return match judged.first() {
            Some(grade) => format!("It is graded {}.", named(*grade)),
            None if unjudged == 1 => "Its reliability cannot be judged (F).".to_owned(),
            None => "It is ungraded.".to_owned(),
        };
    }
    let mut parts = Vec::new();
    match (judged.iter().min(), judged.iter().max()) {
        (Some(best), Some(worst)) if best == worst && judged.len() == total => {
            return format!("{} are graded {}.", everyone(total), named(*best));
        }
        (Some(best), Some(worst)) if best == worst => {
            parts.push(format!("{} graded {}", number_is(judged.len()), named(*best)));
        }
        (Some(best), Some(worst)) => {
            parts.push(format!("reliability ranges from {} to {}", named(*best), named(*worst)));
        }
        _ if unjudged == total => {
            return format!("The reliability of {} cannot be judged (F).", if total == 2 { "both" } else { "all" });
        }
        _ if ungraded == total => return format!("{} graded for reliability.", none_is(total)),
        _ => {}
    }
    if unjudged > 0 {
        let who = if parts.is_empty() { number(unjudged) } else { the_rest(unjudged, total) };
        parts.push(format!("the reliability of {who} cannot be judged (F)"));
    }
    if ungraded > 0 {
        parts.push(format!("{} ungraded", the_rest_is(ungraded, total)));
    }
    format!("{}.", capital(&parts.join("; ")))
}

fn named(reliability: Reliability) -> &'static str {
    match reliability {
        Reliability::A => "A (completely reliable)",
        Reliability::B => "B (usually reliable)",
        Reliability::C => "C (fairly reliable)",
        Reliability::D => "D (not usually reliable)",
        Reliability::E => "E (unreliable)",
        Reliability::F => "F (cannot be judged)",
    }
}

/// On what terms the sources were given.
fn terms(sources: &[&Source]) -> String {
    let total = sources.len();
    let of = |terms: Attribution| sources.iter().filter(|s| s.attribution == Some(terms)).count();
    let (record, background) = (of(Attribution::OnRecord), of(Attribution::Background));
    let house = of(Attribution::ChathamHouse);
    let unknown = total - record - background - house;
    let ways = [(record, "on the record"), (background, "on background"), (house, "under the Chatham House Rule")];
    let ways: Vec<(usize, &str)> = ways.into_iter().filter(|(n, _)| *n > 0).collect();
    match ways.as_slice() {
        [] if total == 1 => "The terms on which it was given are not recorded.".to_owned(),
        [] => "The terms on which they were given are not recorded.".to_owned(),
        [(1, way)] if total == 1 => format!("It was given {way}."),
        [(n, way)] if *n == total => format!("{} were given {way}.", everyone(total)),
        [(first, way), rest @ ..] => {
            let was = if *first == 1 { "was" } else { "were" };
            let mut parts = vec![format!("{} {was} given {way}", number(*first))];
            parts.extend(rest.iter().map(|(n, way)| format!("{} {way}", number(*n))));
            let tail = match unknown {
                0 => String::new(),
                n => format!("; for {} no terms are recorded", the_rest(n, total)),
            };
            format!("{}{tail}.", capital(&listed(&parts)))
        }
    }
}

/// Numbers up to nine in words.
fn number(n: usize) -> String {
    const WORDS: [&str; 10] = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// `one fact`, `12 facts`
fn many(n: usize, what: &str) -> String {
    format!("{} {what}{}", number(n), if n == 1 { "" } else { "s" })
}

/// `one is`, `two are`
fn number_is(n: usize) -> String {
    format!("{} {}", number(n), if n == 1 { "is" } else { "are" })
}

/// `All`, and of two `Both`.
fn everyone(total: usize) -> &'static str {
    if total == 2 { "Both" } else { "All" }
}

/// `None is`, and of two `Neither is`.
fn none_is(total: usize) -> &'static str {
    if total == 2 { "Neither is" } else { "None is" }
}

/// The others of a whole: `the other` of two, else their number.
fn the_rest(n: usize, total: usize) -> String {
    if n == 1 && total == 2 { "the other".to_owned() } else { number(n) }
}

fn the_rest_is(n: usize, total: usize) -> String {
    format!("{} {}", the_rest(n, total), if n == 1 { "is" } else { "are" })
}

/// `a, b and c`
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}

#[cfg(test)]
#[path = "source_summary_tests.rs"]
mod tests;
