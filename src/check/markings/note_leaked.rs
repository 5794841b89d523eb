//! `note-leaked`: what the desk wrote to itself, in the note.

use std::collections::HashSet;
use std::ops::Range;

use crate::check::Rule;
use crate::check::case::{BlockCase, DraftCase, cited_fact};
use crate::check::text::words::{Word, words};
use crate::finding::{Finding, Severity};
use crate::model::text::without_tags;
use crate::model::{Event, Fact, FactRef};

pub(super) const RULE: Rule = Rule {
    id: "note-leaked",
    severity: Severity::Error,
    what: "five words or more in a row of the internal `note` of a fact that the draft cites, in the note’s prose",
    why: "A fact’s `note` is for the desk alone: doubts, contacts, what was left out and why. Words that are also the fact’s own, or those \
          of a fact cited in that block, leak nothing; nor does a run without three words of substance, such as a date.",
    bad: "The envoy left early; our contact asked not to be quoted on this [@talks-2024#left].",
    good: "The envoy left early [@talks-2024#left].",
    draft: Some(check),
    ..Rule::BASE
};

/// From how many words on a run gives the note away.
const RUN: usize = 5;
/// How many of them must have substance.
const SUBSTANCE: usize = 3;
/// A word with substance has this many letters, and is not one of [`EMPTY`].
const LETTERS: usize = 3;
/// Words of three letters and more that say little by themselves.
const EMPTY: &str = "all and any are but can day days did due end few for had has her him his how its may month months nor not \
    now off one our out own per she the too two was way week weeks who why yet you your about after again \
    against also although among another around because been before being between both could does during each \
    even every first from have having here into itself just last less many more most much next once only other \
    others over same second several shall should since some such than that their them themselves then there \
    these they third this those through under until upon very well were what when where whether which while \
    will with within without would year years \
    les des une dans par pour sur avec aux est sont pas que qui ont ete son ses leur leurs cette ces mais plus comme sous entre \
    apres avant der die das den dem ein eine einen einem einer und von mit auf fur bei aus nach vor uber unter durch ist \
    sind wird werden nicht auch als wie dass sich zur zum los las del una para con sus como son fue han desde hasta \
    january february march april june july august september october \
    november december monday tuesday wednesday thursday friday saturday sunday";

/// A fact with a note, and the runs of its note that stand in nothing public of it.
struct Noted<'a> {
    address: FactRef,
    note: Vec<Word>,
    public: HashSet<String>,
    fact: &'a Fact,
}

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let noted = noted(case);
    if noted.is_empty() {
        return;
    }
    for section in case.sections() {
        for block in section.blocks().filter(BlockCase::is_prose) {
            let prose = words(&block.prose().text);
            let cited = || block.facts().map(|(_, event, fact)| (event, fact));
            for noted in &noted {
                if let Some(at) = leak(&prose, noted, cited()) {
                    let message = format!("these words are from the internal note of `{}`", noted.address);
                    let finding = block.finding_in_prose(&RULE, at, message).on_fact(&noted.address);
                    found.push(finding.help("say it in words that may leave the desk, or take it out"));
                }
            }
        }
    }
}

fn noted<'a>(case: &DraftCase<'a>) -> Vec<Noted<'a>> {
    let request = case.request;
    let sections = request.draft.sections().iter();
    let citations = sections.flat_map(|s| s.heading_citations.iter().chain(s.blocks.iter().flat_map(|b| &b.citations)));
    let mut noted: Vec<Noted<'a>> = Vec::new();
    for (event, fact) in citations.flat_map(|c| &c.items).filter_map(|item| cited_fact(request.desk, &item.key)) {
        let Some(note) = &fact.note else { continue };
        if noted.iter().any(|n| std::ptr::eq(n.fact, fact)) {
            continue;
        }
        let mut public = HashSet::new();
        gather(case, event, fact, &mut public);
        noted.push(Noted { address: FactRef::new(&*event.id, &*fact.id), note: words(note), public, fact });
    }
    noted.retain(|n| n.note.len() >= RUN);
    noted
}

/// The runs of all that may be printed of a fact.
fn gather(case: &DraftCase<'_>, event: &Event, fact: &Fact, runs: &mut HashSet<String>) {
    let mut take = |text: &str| runs.extend(words(text).windows(RUN).map(run));
    take(&fact.text);
    if let Some(quote) = &fact.quote {
        take(&quote.words);
        quote.original.iter().for_each(|t| take(t));
    }
    fact.via.iter().for_each(|t| take(t));
    take(&event.title);
    event.summary.iter().for_each(|t| take(t));
    for used in &fact.sources {
        used.excerpt.iter().for_each(|t| take(t));
        if let Some(source) = case.request.desk.source(event, &used.source) {
            source.title().iter().for_each(|t| take(&without_tags(t)));
        }
    }
    if let Some(assessment) = &fact.assessment {
        assessment.assumptions.iter().chain(&assessment.alternatives).for_each(|t| take(t));
    }
}

fn run(words: &[Word]) -> String {
    words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The first run of the prose that only the note has.
fn leak<'f>(
    prose: &[Word],
    noted: &Noted<'_>,
    cited: impl Iterator<Item = (&'f Event, &'f Fact)>,
) -> Option<Range<usize>> {
    let secret: HashSet<String> = noted.note.windows(RUN).map(run).filter(|r| !noted.public.contains(r)).collect();
    let mut hits: Vec<usize> =
        (0..).zip(prose.windows(RUN)).filter(|(_, w)| secret.contains(&run(w))).map(|(i, _)| i).collect();
    if hits.is_empty() {
        return None;
    }
    let texts: Vec<&str> = cited.flat_map(|(_, fact)| public_words(fact)).collect();
    let others: HashSet<String> =
        texts.iter().flat_map(|t| words(t).windows(RUN).map(run).collect::<Vec<_>>()).collect();
    hits.retain(|i| prose.get(*i..i + RUN).is_some_and(|w| !others.contains(&run(w))));
    // Runs that overlap are one; it counts if it has substance.
    hits.chunk_by(|a, b| a + 1 == *b).find_map(|chunk| {
        let (first, last) = (chunk.first()?, chunk.last()?);
        let words = prose.get(*first..last + RUN)?;
        (words.iter().filter(|w| has_substance(w)).count() >= SUBSTANCE)
            .then(|| Some(words.first()?.at..words.last()?.end))?
    })
}

fn public_words(fact: &Fact) -> impl Iterator<Item = &str> {
    let quote = fact.quote.iter().map(|q| &*q.words);
    let excerpts = fact.sources.iter().filter_map(|s| s.excerpt.as_deref());
    std::iter::once(&*fact.text).chain(quote).chain(excerpts)
}

fn has_substance(word: &Word) -> bool {
    let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= LETTERS && EMPTY.split(' ').all(|empty| empty != word.text)
}
