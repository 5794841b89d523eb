//! `quote-altered`: a quotation in a draft that no fact cited there has.

use std::ops::Range;

use super::quote_not_verbatim::shown;
use crate::check::Rule;
use crate::check::case::{BlockCase, SectionCase, cited_fact};
use crate::check::text::spans::{Quoted, quoted, unmarked};
use crate::check::text::wording::{Near, Wording, verbatim};
use crate::finding::{Edit, Finding, Severity};
use crate::markdown::{BlockKind, CitationKey, escape, escape_within};
use crate::model::text::{one_line, without_tags};
use crate::model::{Event, Fact};

pub(super) const RULE: Rule = Rule {
    id: "quote-altered",
    severity: Severity::Error,
    what: "a quoted span of three words or more that stands neither in the words nor in an excerpt of a fact cited in that block",
    why: "Never misquote. The comparison forgives what `quote-not-verbatim` forgives. Block quotes count even without \
          marks; the title of a source cited there is no quotation.",
    bad: "Ties “have overcome external interference” [@li-qiang-2024#guidance].",
    good: "Ties “have eliminated external interference” [@li-qiang-2024#guidance].",
    fixable: true,
    block: Some(check),
    ..Rule::BASE
};

/// From how many words on a span must stand in a fact.
const WORDS: usize = 3;

struct Cited<'a> {
    name: String,
    wordings: Vec<(&'a str, Wording)>,
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
            cited.iter().flat_map(|c| &c.wordings).map(|(_, w)| w).chain(&titles).any(|w| wording.is_in(w))
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

fn cited<'a>(case: &BlockCase<'a>) -> Vec<Cited<'a>> {
    case.facts().map(|(item, _, fact)| Cited { name: item.key.to_string(), wordings: wordings(fact) }).collect()
}

/// What may be quoted of a fact.
fn wordings(fact: &Fact) -> Vec<(&str, Wording)> {
    let quote = fact.quote.iter().flat_map(|q| [Some(&*q.words), q.original.as_deref()]).flatten();
    let excerpts = fact.sources.iter().filter_map(|s| s.excerpt.as_deref());
    quote.chain(excerpts).map(|text| (text, Wording::of(text))).collect()
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

fn finding(case: &BlockCase<'_>, span: &Quoted, cited: &[Cited<'_>]) -> Finding {
    let prose = case.prose();
    let wording = Wording::of(prose.text.get(span.range.clone()).unwrap_or_default());
    if let Some(elsewhere) = elsewhere(case.section, &wording) {
        let message = "the fact that has these words is not cited in this block";
        let finding = case.finding_in_prose(&RULE, span.range.clone(), message);
        return finding.help(format!("cite it: `[@{elsewhere}]`")).on_fact(elsewhere);
    }
    let all = cited.iter().flat_map(|c| c.wordings.iter().map(|(text, w)| (c.name.as_str(), *text, w)));
    let nearest = all
        .filter_map(|(name, text, w)| Some((name, text, wording.nearest_in(w)?)))
        .max_by(|(_, _, a), (_, _, b)| a.likeness.total_cmp(&b.likeness));
    let message = "this quotation stands in no fact cited in its block";
    let finding = case.finding_in_prose(&RULE, span.range.clone(), message);
    let Some((name, text, near)) = nearest else {
        return finding.help("quote a fact's own words and cite it, or take the quotation marks off");
    };
    let finding = finding.help(shown(name, &near)).on_fact(name);
    match restored(case, span, text, &near).or_else(|| one_word(case, span, &near)) {
        Some((words, edit)) => finding.fix(format!("write “{words}”"), edit),
        None => finding,
    }
}

/// The fact's own words in place of the altered ones, where both are one plain run.
fn restored(case: &BlockCase<'_>, span: &Quoted, text: &str, near: &Near) -> Option<(String, Edit)> {
    let prose = &case.prose().text;
    let quoted = prose.get(span.range.clone())?;
    let range = case.prose().span(&span.range);
    let draft = case.request().draft.text().get(range.clone())?;
    // Another first or last word may mean another length; words left out or put in, emphasis, escapes and what might be an apostrophe are for the writer to mend.
    let is_plain = one_line(draft) == one_line(quoted) && span.or_ends.is_empty();
    if !is_plain || !near.ends_agree || quoted.contains(['…', '[', '\u{2028}']) || quoted.contains("...") {
        return None;
    }
    let words = one_line(verbatim(text, near)?);
    let before = prose.get(..span.range.start).and_then(|t| t.chars().next_back());
    let marks: &[char] = match before {
        Some('‘' | '‹') => &['‘', '’', '‹', '›'],
        _ => &['"', '“', '”', '„', '«', '»', '「', '」', '『', '』'],
    };
    if words.contains(marks) {
        return None;
    }
    let (bare, range) = (draft.trim(), range.start + draft.len() - draft.trim_start().len());
    let closing = bare.get(bare.trim_end_matches([',', '.']).len()..)?;
    let begins_line = before.is_none_or(char::is_whitespace);
    let escaped = if begins_line { escape(&words) } else { escape_within(&words) };
    Some((words, Edit::Bytes(range..range + bare.len(), format!("{escaped}{closing}"))))
}

/// The one word that differs, where the run is broken by lines or marks but the word stands in it once.
fn one_word(case: &BlockCase<'_>, span: &Quoted, near: &Near) -> Option<(String, Edit)> {
    let [(here, there)] = near.differences.as_slice() else { return None };
    let is_word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | ' '));
    if !is_word(here) || !is_word(there) || !near.ends_agree || !span.or_ends.is_empty() {
        return None;
    }
    let range = case.prose().span(&span.range);
    let draft = case.request().draft.text().get(range.clone())?;
    let mut places = draft.match_indices(here.as_str()).filter(|(at, _)| {
        let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !joins(draft.get(..*at).and_then(|t| t.chars().next_back()))
            && !joins(draft.get(at + here.len()..).and_then(|t| t.chars().next()))
    });
    let (Some((at, _)), None) = (places.next(), places.next()) else { return None };
    let start = range.start + at;
    Some((there.clone(), Edit::Bytes(start..start + here.len(), there.clone())))
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
        .find(|(_, fact)| wordings(fact).iter().any(|(_, w)| wording.is_in(w)))
        .map(|(event, fact)| format!("{}#{}", event.id, fact.id))
}
