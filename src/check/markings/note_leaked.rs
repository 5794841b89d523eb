//! `note-leaked`: what the desk wrote to itself, in the note.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
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

/// The runs of notes, each with the facts whose notes have it.
type Secrets = HashMap<u64, Vec<usize>>;

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let (noted, secrets) = noted(case);
    if secrets.is_empty() {
        return;
    }
    // What may be printed of a fact is gathered only where a run of its note stands in the prose.
    let mut printed: HashMap<usize, HashSet<u64>> = HashMap::new();
    for section in case.sections() {
        for block in section.blocks().filter(BlockCase::is_prose) {
            let prose = block.words();
            let runs: Vec<u64> = runs(prose).collect();
            let mut hits: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for (at, run) in runs.iter().enumerate() {
                secrets.get(run).into_iter().flatten().for_each(|of| hits.entry(*of).or_default().push(at));
            }
            if hits.is_empty() {
                continue;
            }
            // What a fact cited here says in public may be said.
            let texts = block.facts().flat_map(|(_, _, fact)| public_words(fact));
            let public: HashSet<u64> = texts.flat_map(|t| self::runs(&words(t)).collect::<Vec<_>>()).collect();
            for (of, mut hits) in hits {
                hits.retain(|at| runs.get(*at).is_some_and(|run| !public.contains(run)));
                let Some((event, fact)) = noted.get(of) else { continue };
                let printed = printed.entry(of).or_insert_with(|| gather(case, event, fact));
                hits.retain(|at| runs.get(*at).is_some_and(|run| !printed.contains(run)));
                let Some(at) = leak(prose, &hits) else { continue };
                let address = FactRef::new(&*event.id, &*fact.id);
                let message = format!("these words are from the internal note of `{address}`");
                let finding = block.finding_in_prose(&RULE, at, message).on_fact(&address);
                found.push(finding.help("say it in words that may leave the desk, or take it out"));
            }
        }
    }
}

/// The facts cited that have a note, and the secrets of their notes.
fn noted<'a>(case: &DraftCase<'a>) -> (Vec<(&'a Event, &'a Fact)>, Secrets) {
    let request = case.request;
    let sections = request.draft.sections().iter();
    let citations = sections.flat_map(|s| s.heading_citations.iter().chain(s.blocks.iter().flat_map(|b| &b.citations)));
    let (mut noted, mut secrets): (Vec<(&Event, &Fact)>, Secrets) = Default::default();
    let mut seen = HashSet::new();
    for (event, fact) in citations.flat_map(|c| &c.items).filter_map(|item| cited_fact(request.desk, &item.key)) {
        let Some(note) = fact.note.as_ref().filter(|_| seen.insert(std::ptr::from_ref(fact))) else { continue };
        for run in runs(&words(note)) {
            let of = secrets.entry(run).or_default();
            if of.last() != Some(&noted.len()) {
                of.push(noted.len());
            }
        }
        noted.push((event, fact));
    }
    (noted, secrets)
}

/// The runs of all that may be printed of a fact.
fn gather(case: &DraftCase<'_>, event: &Event, fact: &Fact) -> HashSet<u64> {
    let mut public = HashSet::new();
    let mut take = |text: &str| public.extend(runs(&words(text)));
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
    public
}

/// Each run of words, as a hash: two of them are taken for equal when their hashes are.
fn runs(words: &[Word]) -> impl Iterator<Item = u64> {
    words.windows(RUN).map(|run| {
        let mut hasher = DefaultHasher::new();
        run.iter().for_each(|word| word.text.hash(&mut hasher));
        hasher.finish()
    })
}

/// The words of the first stretch of runs that has substance.
fn leak(prose: &[Word], hits: &[usize]) -> Option<Range<usize>> {
    // Runs that overlap are one.
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
