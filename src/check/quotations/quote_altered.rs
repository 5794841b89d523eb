//! `quote-altered`: a quotation in a draft that no fact cited there has.

use std::ops::Range;

use super::quote_not_verbatim::shown;
use crate::check::Rule;
use crate::check::case::{BlockCase, SectionCase, cited_fact};
use crate::check::text::spans::{Quoted, quoted, unmarked};
use crate::check::text::wording::Wording;
use crate::finding::{Finding, Severity};
use crate::markdown::{BlockKind, CitationKey};
use crate::model::text::without_tags;
use crate::model::{Event, Fact};

pub(super) const RULE: Rule = Rule {
    id: "quote-altered",
    severity: Severity::Error,
    what: "a quoted span of three words or more that stands neither in the words nor in an excerpt of a fact cited in that block",
    why: "Never misquote. The comparison forgives what `quote-not-verbatim` forgives. Block quotes count even without \
          marks; the title of a source cited there is no quotation.",
    bad: "Ties “have overcome external interference” [@li-qiang-2024#guidance].",
    good: "Ties “have eliminated external interference” [@li-qiang-2024#guidance].",
    block: Some(check),
    ..Rule::BASE
};

/// From how many words on a span must stand in a fact.
const WORDS: usize = 3;

struct Cited {
    name: String,
    wordings: Vec<Wording>,
}

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.is_prose() {
        return;
    }
    let text = &case.prose().text;
    let mut spans = quoted(text);
    if spans.is_empty() && case.block.kind == BlockKind::Quote {
        spans = unmarked(text);
    }
    // Where the first mark that can close it leaves less, the span needs no fact.
    spans.retain(|span| words(text, &span.range) >= WORDS);
    if spans.is_empty() {
        return;
    }
    let cited = cited(case);
    let titles = titles(case);
    for span in spans {
        let stands = |range: Range<usize>| {
            let wording = Wording::of(text.get(range).unwrap_or_default());
            cited.iter().flat_map(|c| &c.wordings).chain(&titles).any(|w| wording.is_in(w))
        };
        if !ends(&span).any(stands) {
            found.push(finding(case, &span, &cited));
        }
    }
}

pub(super) fn ends(span: &Quoted) -> impl Iterator<Item = Range<usize>> {
    std::iter::once(span.range.end).chain(span.or_ends.iter().copied()).map(|end| span.range.start..end)
}

fn words(text: &str, range: &Range<usize>) -> usize {
    crate::markdown::word_count(text.get(range.clone()).unwrap_or_default())
}

fn cited(case: &BlockCase<'_>) -> Vec<Cited> {
    case.facts().map(|(item, _, fact)| Cited { name: item.key.to_string(), wordings: wordings(fact) }).collect()
}

/// What may be quoted of a fact.
fn wordings(fact: &Fact) -> Vec<Wording> {
    let quote = fact.quote.iter().flat_map(|q| [Some(&*q.words), q.original.as_deref()]).flatten();
    let excerpts = fact.sources.iter().filter_map(|s| s.excerpt.as_deref());
    quote.chain(excerpts).map(Wording::of).collect()
}

fn titles(case: &BlockCase<'_>) -> Vec<Wording> {
    let desk = case.request().desk;
    let of_facts = case.facts().flat_map(|(_, event, fact)| {
        let sources = fact.sources.iter().filter_map(move |used| desk.source(event, &used.source));
        sources.filter_map(|s| s.title()).chain(std::iter::once(&*event.title))
    });
    let shared = case.items().filter_map(|item| match &item.key {
        CitationKey::Source(key) => desk.shared().get(key.as_str())?.title(),
        CitationKey::Fact { .. } => None,
    });
    of_facts.chain(shared).map(|title| Wording::of(&without_tags(title))).collect()
}

fn finding(case: &BlockCase<'_>, span: &Quoted, cited: &[Cited]) -> Finding {
    let prose = case.prose();
    let wording = Wording::of(prose.text.get(span.range.clone()).unwrap_or_default());
    let at = prose.offset(span.range.start);
    if let Some(elsewhere) = elsewhere(case.section, &wording) {
        let finding = case.finding(&RULE, at, "the fact that has these words is not cited in this block");
        return finding.help(format!("cite it: `[@{elsewhere}]`")).on_fact(elsewhere);
    }
    let nearest = cited
        .iter()
        .flat_map(|c| c.wordings.iter().filter_map(|w| Some((c.name.as_str(), wording.nearest_in(w)?))))
        .max_by(|(_, a), (_, b)| a.likeness.total_cmp(&b.likeness));
    let finding = case.finding(&RULE, at, "this quotation stands in no fact cited in its block");
    match nearest {
        Some((name, near)) => finding.help(shown(name, &near)).on_fact(name),
        None => finding.help("quote a fact's own words and cite it, or take the quotation marks off"),
    }
}

/// A fact cited elsewhere in the draft, or of an event cited there, that has the words.
fn elsewhere(section: &SectionCase<'_>, wording: &Wording) -> Option<String> {
    let request = section.draft.request;
    let mut events: Vec<&Event> = Vec::new();
    let items =
        request.draft.sections().iter().flat_map(|s| &s.blocks).flat_map(|b| &b.citations).flat_map(|c| &c.items);
    for (event, _) in items.filter_map(|item| cited_fact(request.desk, &item.key)) {
        if !events.iter().any(|e| std::ptr::eq(*e, event)) {
            events.push(event);
        }
    }
    let facts = events.into_iter().flat_map(|e| e.facts.iter().map(move |f| (e, f)));
    facts
        .filter(|(_, fact)| fact.quote.is_some())
        .find(|(_, fact)| wordings(fact).iter().any(|w| wording.is_in(w)))
        .map(|(event, fact)| format!("{}#{}", event.id, fact.id))
}
