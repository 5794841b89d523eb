//! `uncited`: a block that states something and names no fact.

use std::ops::Range;

use crate::check::Rule;
use crate::check::case::{BlockCase, SectionCase, cited_fact};
use crate::check::text::dates::{Lexicon, written};
use crate::check::text::questions::{Label, labelled};
use crate::check::text::spans::quoted;
use crate::draft::DraftBlock;
use crate::finding::{Finding, Severity};
use crate::model::Event;
use crate::template::Form;

pub(super) const RULE: Rule = Rule {
    id: "uncited",
    severity: Severity::Warning,
    what: "a block with a number, date, quotation or proper name and no citation",
    why: "Every claim is to be traced to its facts (ICD 206). Headings, code, questions and what is marked `Comment:` or \
          `Assessment:` are left out. A proper name is an actor or place of an event that the draft cites, or two \
          capitalised words inside a sentence.",
    bad: "Belarus joined the organisation in July 2024.",
    good: "Belarus joined the organisation in July 2024 [@li-qiang-2024#sco-10].",
    block: Some(check),
    ..Rule::BASE
};

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.block.citations.is_empty() || !case.is_prose() {
        return;
    }
    let text = &case.prose().text;
    if case.is_opinion() || is_question(case.section, text) {
        return;
    }
    let spans = quoted(text);
    let (unquoted, what, at) = match spans.first() {
        // A longer quotation without its fact is altered or lost, which `quote-altered` tells.
        Some(span) if crate::markdown::word_count(text.get(span.range.clone()).unwrap_or_default()) >= 3 => return,
        Some(span) => (String::new(), Some("a quotation"), span.range.clone()),
        None => (text.clone(), None, 0..0),
    };
    let lexicon = Lexicon::of(case.section.draft.language());
    let claim = what.map(|what| (what, at)).or_else(|| number(&unquoted, lexicon)).or_else(|| {
        let name = name(case.section, &unquoted)?;
        Some(("a proper name", name))
    });
    if let Some((what, at)) = claim {
        let message = format!("this block has {what} and cites no fact");
        let help = "cite the fact it rests on, or begin it with “Comment:” or “Assessment:”";
        found.push(case.finding_in_prose(&RULE, at, message).help(help));
    }
}

fn is_question(section: &SectionCase<'_>, text: &str) -> bool {
    section.spec.is_some_and(|s| s.form == Form::Qa)
        && labelled(text.trim_start(), section.draft.language()).is_some_and(|(label, _)| label == Label::Question)
}

/// The first number or month.
fn number(text: &str, lexicon: &Lexicon) -> Option<(&'static str, Range<usize>)> {
    let digit = text.find(|c: char| c.is_numeric()).map(|at| ("a number", at..number_end(text, at)));
    let month = words(text)
        .filter(|(at, word)| {
            // May is a verb, too, and March a noun, mostly at the start of a sentence.
            MONTHS.contains(word) && (!matches!(*word, "May" | "March") || !starts_sentence(text, *at))
        })
        .map(|(at, word)| ("a date", at..at + word.len()))
        .next();
    let other = (!lexicon.is_english()).then(|| written(text, lexicon).into_iter().next()).flatten();
    let other = other.map(|date| ("a date", date.range));
    [digit, month, other].into_iter().flatten().min_by_key(|(_, at)| at.start)
}

/// Where a number ends: the last of its digits, with what separates them.
fn number_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let number = rest.find(|c: char| !(c.is_numeric() || matches!(c, '.' | ','))).map_or(rest, |end| &rest[..end]);
    at + number.trim_end_matches(['.', ',']).len()
}

/// Words with the bytes at which they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '’' | '\'' | '-')))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr().addr() - text.as_ptr().addr(), word))
}

fn starts_sentence(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let before = before.trim_end_matches([' ', '“', '‘', '"', '(', '*']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '\n', '\u{2028}', '—', '–'])
}

fn name(section: &SectionCase<'_>, text: &str) -> Option<Range<usize>> {
    // Every noun of German has a capital.
    let german = section.draft.language().get(..2).is_some_and(|l| l.eq_ignore_ascii_case("de"));
    two_capitals(text).filter(|_| !german).or_else(|| known_name(section, text))
}

/// Two capitalised words side by side, neither of them the first of a sentence.
fn two_capitals(text: &str) -> Option<Range<usize>> {
    let all: Vec<(usize, &str)> = words(text).collect();
    all.windows(2).find_map(|pair| match pair {
        [(at, a), (next, b)] => {
            let beside = text.get(at + a.len()..*next).is_some_and(|gap| gap == " ");
            let capital = |w: &str| w.chars().count() > 1 && w.starts_with(char::is_uppercase);
            let lower = |w: &str| w.contains(char::is_lowercase);
            (beside && capital(a) && capital(b) && (lower(a) || lower(b)) && !starts_sentence(text, *at))
                .then(|| *at..next + b.len())
        }
        _ => None,
    })
}

/// An actor or place of an event that the draft cites.
fn known_name(section: &SectionCase<'_>, text: &str) -> Option<Range<usize>> {
    let request = section.draft.request;
    let blocks = request.draft.sections().iter().flat_map(|s| &s.blocks);
    let mut events: Vec<&Event> = Vec::new();
    for event in blocks
        .flat_map(|b: &DraftBlock| &b.citations)
        .flat_map(|c| &c.items)
        .filter_map(|i| cited_fact(request.desk, &i.key))
    {
        if !events.iter().any(|e| std::ptr::eq(*e, event.0)) {
            events.push(event.0);
        }
    }
    events.into_iter().find_map(|event| {
        let actors = event.actors.values().flat_map(|a| std::iter::once(&a.name).chain(&a.aliases));
        let places = event.places.iter().chain(event.facts.iter().flat_map(|f| &f.places)).map(|p| &p.name);
        actors.chain(places).find_map(|name| {
            let at = text.match_indices(&**name).map(|(at, _)| at).find(|at| {
                let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                !name.is_empty()
                    && !joins(text.get(..*at).and_then(|t| t.chars().next_back()))
                    && !joins(text.get(at + name.len()..).and_then(|t| t.chars().next()))
            })?;
            Some(at..at + name.len())
        })
    })
}
