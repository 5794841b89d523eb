//! `variant-wording`: two sources give one quotation in other words.

use super::quote_not_verbatim::{shown, stands_plainly};
use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::check::text::spans::quoted;
use crate::check::text::wording::{Near, Wording};
use crate::finding::{Finding, Severity};
use crate::yaml::Step;

pub(super) const RULE: Rule = Rule {
    id: "variant-wording",
    severity: Severity::Warning,
    what: "two excerpts of one quotation that are at least 60 % alike and not equal; an info where the other is marked `variant: true`",
    why: "One agency had “eliminated”, another “overcome”: where reports differ, the wording is in doubt, and the reader must not \
          take it for verbatim. Excerpts are held to the quotation's words, which one of them must have \
          (`quote-not-verbatim`). An excerpt that has only a part of the words, unchanged, does not differ.",
    bad: "words: have eliminated external interference\nsources:\n  - { source: afp, excerpt: have eliminated external interference }\n  - { source: xinhua, excerpt: have overcome external interference }",
    good: "words: have eliminated external interference\nsources:\n  - { source: afp, excerpt: have eliminated external interference }\n  - { source: xinhua, excerpt: have overcome external interference, variant: true }",
    fact: Some(check),
    ..Rule::BASE
};

/// The share of words from which on two wordings are of one quotation.
const ALIKE: f64 = 0.6;
/// The fewest words of which that can be said.
const WORDS: usize = 4;

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let fact = case.fact;
    let Some(quote) = fact.quote.as_deref().filter(|_| fact.sources.len() > 1) else { return };
    let excerpts = || (0..).zip(&fact.sources).filter_map(|(i, used)| Some((i, used, used.excerpt.as_deref()?)));
    let others: Vec<_> = excerpts().filter(|(_, _, e)| !stands_plainly(&quote.words, e)).collect();
    if others.is_empty() || excerpts().count() < 2 {
        return;
    }
    let words = Wording::of(&quote.words);
    if crate::markdown::word_count(&quote.words) < WORDS {
        return;
    }
    let (have, differ): (Vec<_>, Vec<_>) = excerpts().partition(|(_, _, excerpt)| words.is_in(&Wording::of(excerpt)));
    let Some((_, first, _)) = have.first() else { return };
    for (i, used, excerpt) in &differ {
        let Some(near) = words.nearest_in(&Wording::of(excerpt)).filter(|near| near.likeness >= ALIKE) else {
            continue;
        };
        if is_part(excerpt, &near, &words) {
            continue;
        }
        let way = [key("sources"), Step::Index(*i), key("excerpt")];
        let message = format!("`{}` and `{}` word this quotation differently", first.source, used.source);
        let mut finding = case.finding(&RULE, way, message).help(help(&used.source, &near, used.variant));
        if used.variant {
            finding.severity = Severity::Info;
        }
        found.push(finding);
    }
}

fn help(of: &str, near: &Near, is_marked: bool) -> String {
    let shown = shown(of, near);
    if is_marked {
        shown
    } else {
        format!("{shown}: compare with the source; if it has it so, mark it `variant: true`")
    }
}

/// Whether the excerpt has no more than a part of the words, as they stand.
fn is_part(excerpt: &str, near: &Near, words: &Wording) -> bool {
    let stands = |text: &str| {
        let wording = Wording::of(text);
        !wording.is_empty() && wording.is_in(words)
    };
    // What a report quotes of them may be followed by its own words.
    stands(excerpt)
        || stands(&near.words)
        || quoted(excerpt).into_iter().any(|q| stands(excerpt.get(q.range).unwrap_or_default()))
}
