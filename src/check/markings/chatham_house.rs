//! `chatham-house`: who spoke under the Chatham House Rule can be told from the note.

use std::ops::Range;

use crate::check::Rule;
use crate::check::case::{BlockCase, DraftCase, cited_fact};
use crate::check::text::words::{places, words};
use crate::finding::{Finding, Severity};
use crate::model::{Actor, Attribution, Desk, Event, Fact, FactRef, provenance};

pub(super) const RULE: Rule = Rule {
    id: "chatham-house",
    severity: Severity::Error,
    what: "the name, an alias or the affiliation of who said a fact under the Chatham House Rule, in the prose of a note that cites it",
    why: "Under the Rule what was said may be used, but neither the identity nor the affiliation of the speaker may be revealed \
          (Chatham House Rule, 2002). An affiliation counts in the block that cites the fact, beside a word for a person \
          (`official`, `adviser` …). A name counts everywhere but beside a fact that names the person openly.",
    bad: "Anna Weber said that the bank will not lend [@talks-2024#bank].    (attribution: chatham-house)",
    good: "A participant said that the bank will not lend [@talks-2024#bank].",
    draft: Some(check),
    ..Rule::BASE
};

/// Words for a person, folded, by which an affiliation tells who spoke.
const PEOPLE: &str = "adviser advisers advisor advisors aide aides ambassador analyst analysts banker chair chairman chairwoman \
    chief commander delegate delegates delegation deputy diplomat diplomats director economist employee \
    executive executives expert experts figure general head insider lawmaker lawyer leader member minister \
    ministers negotiator negotiators officer officers official officials participant participants president \
    professor representative representatives researcher researchers scholar scientist secretary source sources \
    speaker spokesman spokesperson spokeswoman staffer staffers";
/// How many words before an affiliation may lead to it: `an official of the`.
const BEFORE: usize = 3;
/// How many may follow: `deputy minister`.
const AFTER: usize = 2;

/// Who is protected, and by which fact.
struct Protected<'a> {
    event: &'a Event,
    fact: &'a Fact,
    actor: &'a Actor,
}

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let protected = protected(case);
    if protected.is_empty() {
        return;
    }
    for section in case.sections() {
        for block in section.blocks().filter(BlockCase::is_prose) {
            let mut told: Vec<Range<usize>> = Vec::new();
            for one in &protected {
                let Some((at, name)) = named(&block, one) else { continue };
                if told.iter().any(|other| other.start == at.start) {
                    continue;
                }
                told.push(at.clone());
                let address = FactRef::new(&*one.event.id, &*one.fact.id);
                let message =
                    format!("“{name}” tells who said `{address}`, which was said under the Chatham House Rule");
                let finding = block.finding_in_prose(&RULE, at, message).on_fact(address);
                found.push(finding.help("write “a participant”, and name neither person nor affiliation"));
            }
        }
    }
}

fn protected<'a>(case: &DraftCase<'a>) -> Vec<Protected<'a>> {
    let request = case.request;
    let sections = request.draft.sections().iter();
    let citations = sections.flat_map(|s| s.heading_citations.iter().chain(s.blocks.iter().flat_map(|b| &b.citations)));
    let mut all: Vec<Protected<'a>> = Vec::new();
    for (event, fact) in citations.flat_map(|c| &c.items).filter_map(|item| cited_fact(request.desk, &item.key)) {
        let speaker = fact.speaker.as_ref().and_then(|key| event.actors.get(key));
        if let Some(actor) = speaker.filter(|_| is_protected(request.desk, event, fact))
            && !all.iter().any(|p| std::ptr::eq(p.fact, fact))
        {
            all.push(Protected { event, fact, actor });
        }
    }
    all
}

fn is_protected(desk: &Desk, event: &Event, fact: &Fact) -> bool {
    provenance::terms(desk, event, fact) == Some(Attribution::ChathamHouse)
}

/// The first place in the block that tells who it was, and by which name.
fn named<'a>(block: &BlockCase<'_>, one: &Protected<'a>) -> Option<(Range<usize>, &'a str)> {
    let text = &block.prose().text;
    let cites = block.facts().any(|(_, _, fact)| std::ptr::eq(fact, one.fact));
    // Who may not be named has a description for a name, such as “a senior official”.
    let name = Some(&*one.actor.name).filter(|_| !one.actor.unnamed);
    let names = name.into_iter().chain(one.actor.aliases.iter().map(|a| &**a));
    let by_name = names.filter(|name| cites || !is_open(block, name));
    let by_name = by_name.filter_map(|name| Some((place(text, name)?, name)));
    let of = one.actor.of.as_deref().filter(|of| cites && !is_open(block, of));
    let by_affiliation = of.and_then(|of| {
        let at = places(text, of).find(|at| is_of_a_person(text, *at, of))?;
        Some((at..at + of.trim().len(), of))
    });
    by_name.chain(by_affiliation).min_by_key(|(at, _)| at.start)
}

/// The first place of a name; one that begins with a small letter may begin a sentence.
fn place(text: &str, name: &str) -> Option<Range<usize>> {
    let name = name.trim();
    let mut letters = name.chars();
    let first = letters.next().filter(|c| c.is_lowercase());
    let at_start = first.map(|c| c.to_uppercase().chain(letters).collect::<String>());
    let find = |name: &str| places(text, name).next().map(|at| at..at + name.len());
    let all = [find(name), at_start.and_then(|name| find(&name))];
    all.into_iter().flatten().min_by_key(|range| range.start)
}

/// Whether a fact cited in the block has the name and was not told under the Rule.
fn is_open(block: &BlockCase<'_>, name: &str) -> bool {
    let desk = block.request().desk;
    block.facts().filter(|(_, event, fact)| !is_protected(desk, event, fact)).any(|(_, event, fact)| {
        let actors = fact.speaker.iter().chain(&fact.actors).filter_map(|key| event.actors.get(key));
        let mut names = actors.flat_map(|a| std::iter::once(&a.name).chain(&a.aliases));
        let quote = fact.quote.iter().map(|q| &*q.words);
        let excerpts = fact.sources.iter().filter_map(|s| s.excerpt.as_deref());
        let mut texts = [&*fact.text, &*event.title].into_iter().chain(quote).chain(excerpts);
        names.any(|n| **n == *name) || texts.any(|text| places(text, name).next().is_some())
    })
}

fn is_of_a_person(text: &str, at: usize, of: &str) -> bool {
    let sentence = |t: &str, end: bool| -> String {
        let stops = ['.', '!', '?', ';', '\n', '\u{2028}'];
        let part = if end { t.rsplit(stops).next() } else { t.split(stops).next() };
        part.unwrap_or_default().to_owned()
    };
    let before = sentence(text.get(..at).unwrap_or_default(), true);
    let after = sentence(text.get(at + of.trim().len()..).unwrap_or_default(), false);
    let is_person = |word: &crate::check::text::words::Word| PEOPLE.split(' ').any(|person| person == word.text);
    words(&before).iter().rev().take(BEFORE).any(is_person) || words(&after).iter().take(AFTER).any(is_person)
}
