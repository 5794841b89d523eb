//! Where a fact comes from as a whole: its origins, its grade, its terms and its age.
//!
//! Two papers that print one agency text are one origin, so what counts is [`Provenance::independent`]
//! and not the number of sources. Grades are those of the Admiralty system (NATO AJP-2.1): the
//! reliability of a source and the credibility of what it says are judged apart and printed together.

use std::collections::HashSet;

use super::text::{fold, one_line};
use super::{
    Actor, Attribution, Desk, Directness, Edtf, Event, Fact, FactKind, FactRef, Reliability, Source, SourceUse,
};

/// What a fact stands on; see [`of`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Provenance<'a> {
    /// The sources, each once, in the order in which they are named; an assessment's own before its
    /// basis'. A key that names no source is left out.
    pub sources: Vec<&'a Source>,
    /// The distinct origins of these sources, in the same order.
    pub origins: Vec<&'a str>,
    /// How many distinct origins there are when uses marked `variant` are left out.
    pub independent: usize,
    /// How many sources are used as variants only.
    pub variants: usize,
}

impl Provenance<'_> {
    /// How many of the sources stand as near as this to what happened.
    pub fn count_of(&self, directness: Directness) -> usize {
        self.sources.iter().filter(|s| s.directness == Some(directness)).count()
    }

    /// The date of the latest source that is dated: how old the information is.
    pub fn newest(&self) -> Option<Edtf> {
        self.sources.iter().filter_map(|s| s.published_on()).max_by_key(Edtf::latest)
    }

    /// The support in a few words: `2 independent origins`, `3 sources, 1 origin`.
    pub fn summary(&self) -> String {
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let sources = self.sources.len();
        if sources == 0 {
            return "no source".to_owned();
        }
        let mut text = match (sources, self.independent) {
            (1, _) => count(1, "source"),
            (n, m) if n == m => count(n, "independent origin"),
            (n, m) if m < 2 => format!("{}, {}", count(n, "source"), count(m, "origin")),
            (n, m) => format!("{}, {}", count(n, "source"), count(m, "independent origin")),
        };
        if self.variants > 0 {
            text.push_str(&format!(" ({} worded otherwise)", self.variants));
        }
        text
    }
}

/// What a fact stands on: for an assessment its own sources and those of its basis, which is
/// followed through further assessments.
pub fn of<'a>(desk: &'a Desk, event: &'a Event, fact: &'a Fact) -> Provenance<'a> {
    let mut gathered = Gathered::default();
    each_use(desk, event, fact, &mut |source, used| gathered.take(source, used));
    gathered.finish()
}

/// What several facts stand on together, and sources that are cited without a fact. Two sources with
/// the same bibliographic content and origin, as two events may have them, are one.
pub fn of_all<'a>(
    desk: &'a Desk,
    facts: impl IntoIterator<Item = (&'a Event, &'a Fact)>,
    cited: impl IntoIterator<Item = &'a Source>,
) -> Provenance<'a> {
    let mut gathered = Gathered::default();
    for (event, fact) in facts {
        each_use(desk, event, fact, &mut |source, used| gathered.take(source, used));
    }
    let plain = SourceUse::default();
    cited.into_iter().for_each(|source| gathered.take(source, &plain));
    gathered.finish()
}

/// How far the sources of a fact bear each other out; uses marked `variant` do not count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Backing<'a> {
    /// No source.
    None,
    /// One source.
    OneSource(&'a Source),
    /// Several sources, all of one origin.
    OneOrigin(&'a Source),
    /// Sources of two origins or more.
    Several,
}

/// The [`Backing`] of a fact, by what [`of`] counts and without gathering it: for an assessment that of
/// its own sources and those of its basis together.
pub fn backing<'a>(desk: &'a Desk, event: &'a Event, fact: &'a Fact) -> Backing<'a> {
    let mut backing = Backing::None;
    let mut take = |source: &'a Source, used: &SourceUse| {
        if used.variant {
            return;
        }
        backing = match backing {
            Backing::None => Backing::OneSource(source),
            Backing::OneSource(first) if is_same(first, source) => backing,
            Backing::OneSource(first) | Backing::OneOrigin(first) if is_one_origin(first, source) => {
                Backing::OneOrigin(first)
            }
            _ => Backing::Several,
        };
    };
    if fact.kind == FactKind::Assessment {
        each_use(desk, event, fact, &mut take);
    } else {
        for used in &fact.sources {
            if let Some(source) = desk.source(event, &used.source) {
                take(source, used);
            }
        }
    }
    backing
}

/// Whether two sources have one origin.
pub fn is_one_origin(a: &Source, b: &Source) -> bool {
    let (a, b) = (origin(a), origin(b));
    a == b || same_origin_key(a) == same_origin_key(b)
}

/// Whether two entries are one source: two events may have the same.
fn is_same(a: &Source, b: &Source) -> bool {
    std::ptr::eq(a, b) || (a.record == b.record && a.origin == b.origin)
}

/// The speaker of a fact if a named official on the record: one with an office, who may be named and
/// whose words were not given on background or under the Chatham House Rule.
pub fn named_official<'a>(desk: &Desk, event: &'a Event, fact: &Fact) -> Option<&'a Actor> {
    let speaker = named_speaker(desk, event, fact)?;
    speaker.role_on(fact.said.as_ref().or(fact.date.as_ref())).map(|_| speaker)
}

/// The speaker of a fact, if one who may be named.
pub fn named_speaker<'a>(desk: &Desk, event: &'a Event, fact: &Fact) -> Option<&'a Actor> {
    let speaker = event.actors.get(fact.speaker.as_deref()?).filter(|actor| !actor.unnamed)?;
    let hidden = matches!(terms(desk, event, fact), Some(Attribution::Background | Attribution::ChathamHouse));
    (!hidden).then_some(speaker)
}

/// Calls `seen` for every use of a source that a fact rests on, an assessment's basis included.
fn each_use<'a>(desk: &'a Desk, event: &'a Event, fact: &'a Fact, seen: &mut dyn FnMut(&'a Source, &'a SourceUse)) {
    let mut visited = HashSet::from([FactRef::new(&*event.id, &*fact.id)]);
    let mut open = vec![(event, fact)];
    while let Some((event, fact)) = open.pop() {
        for used in &fact.sources {
            if let Some(source) = desk.source(event, &used.source) {
                seen(source, used);
            }
        }
        let basis = fact.assessment.iter().filter(|_| fact.kind == FactKind::Assessment).flat_map(|a| &a.basis);
        let basis: Vec<FactRef> = basis.map(|written| FactRef::within(&event.id, written)).collect();
        // From the back, so that the first of the basis is taken next.
        for address in basis.into_iter().rev() {
            if let Some(next) = desk.fact(&address).filter(|_| visited.insert(address)) {
                open.push(next);
            }
        }
    }
}

#[derive(Default)]
struct Gathered<'a> {
    /// Each source, and whether some use of it is no variant.
    sources: Vec<(&'a Source, bool)>,
}

impl<'a> Gathered<'a> {
    fn take(&mut self, source: &'a Source, used: &SourceUse) {
        match self.sources.iter_mut().find(|(known, _)| is_same(known, source)) {
            Some((_, counts)) => *counts |= !used.variant,
            None => self.sources.push((source, !used.variant)),
        }
    }

    fn finish(self) -> Provenance<'a> {
        let mut provenance = Provenance::default();
        let (mut all, mut independent) = (HashSet::new(), HashSet::new());
        for (source, counts) in self.sources {
            let origin = origin(source);
            let same = same_origin_key(origin);
            if counts {
                independent.insert(same.clone());
            } else {
                provenance.variants += 1;
            }
            if all.insert(same) {
                provenance.origins.push(origin);
            }
            provenance.sources.push(source);
        }
        provenance.independent = independent.len();
        provenance
    }
}

/// Who gathered a source. One of which nothing is known is an origin of its own, by title or key.
pub fn origin(source: &Source) -> &str {
    source.origin_name().or_else(|| source.title()).unwrap_or(&source.key)
}

/// What two names of one origin have in common: case, accents and spaces do not tell them apart.
pub fn same_origin_key(origin: &str) -> String {
    fold(&one_line(origin))
}

/// The best Admiralty reliability among a fact's own sources.
pub fn reliability(desk: &Desk, event: &Event, fact: &Fact) -> Option<Reliability> {
    fact.sources.iter().filter_map(|used| desk.source(event, &used.source)?.reliability).min()
}

/// The Admiralty grade of a fact: the best reliability of its own sources and its credibility, `B2`,
/// `B`, `2` or nothing.
pub fn grade(desk: &Desk, event: &Event, fact: &Fact) -> String {
    graded(reliability(desk, event, fact), fact.credibility)
}

/// The Admiralty grade of what one source says: `B2`, `B`, `2` or nothing.
pub fn graded(reliability: Option<Reliability>, credibility: Option<u8>) -> String {
    let letter = reliability.map(|r| r.to_string()).unwrap_or_default();
    let number = credibility.map(|n| n.to_string()).unwrap_or_default();
    letter + &number
}

/// The words by which a footnote tells the Admiralty grade of a source and of what it says: `graded
/// B2`. Without a reliability nothing: a credibility alone is no grade of the source that is cited.
///
/// French, German and Spanish have words of their own; other languages print English.
pub fn grade_label(source: &Source, fact: Option<&Fact>, language: &str) -> Option<String> {
    source.reliability?;
    let word = match language.split(['-', '_']).next().unwrap_or_default() {
        "fr" => "cote",
        "de" => "Bewertung",
        "es" => "calificación",
        _ => "graded",
    };
    Some(format!("{word} {}", graded(source.reliability, fact.and_then(|f| f.credibility))))
}

/// The terms on which a fact was given: the strictest of its sources' (`chatham-house` before
/// `background` before `on-record`), for who is protected in one source is protected in all.
pub fn terms(desk: &Desk, event: &Event, fact: &Fact) -> Option<Attribution> {
    let strictness = |terms: &Attribution| match terms {
        Attribution::OnRecord => 0,
        Attribution::Background => 1,
        Attribution::ChathamHouse => 2,
    };
    let terms = fact.sources.iter().filter_map(|used| desk.source(event, &used.source)?.attribution);
    terms.max_by_key(strictness)
}

/// Who reported the words of a fact that no primary source has: the origin of its first source.
///
/// Sources that word it otherwise (`variant`) have not these words, so they count only where there
/// are no others.
pub fn second_hand<'a>(desk: &'a Desk, event: &'a Event, fact: &Fact) -> Option<&'a str> {
    let exact = fact.sources.iter().any(|used| !used.variant);
    let used = fact.sources.iter().filter(|used| !(exact && used.variant));
    let sources: Vec<&Source> = used.filter_map(|used| desk.source(event, &used.source)).collect();
    if sources.iter().any(|s| s.directness == Some(Directness::Primary)) {
        return None;
    }
    sources.into_iter().find_map(Source::origin_name)
}

#[cfg(test)]
#[path = "provenance_tests.rs"]
mod tests;
