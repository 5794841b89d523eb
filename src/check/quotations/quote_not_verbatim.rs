//! `quote-not-verbatim`: a quotation that differs from what its sources have.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::check::text::wording::{Near, Wording};
use crate::finding::{Finding, Severity};

pub(super) const RULE: Rule = Rule {
    id: "quote-not-verbatim",
    severity: Severity::Error,
    what: "words of a quotation that stand in no excerpt of its sources",
    why: "Words in quotation marks are the speaker's own. Marks, dashes, spacing, a closing comma and the case of the first \
          letter may differ; what is left out is marked `…` or `[…]`, what is put in stands in brackets. A quotation whose \
          sources have no excerpt cannot be compared and is left to `no-excerpt`; words in the language spoken (`original`) \
          may stand in the excerpt instead of their translation.",
    bad: "words: have overcome external interference\nsources:\n  - { source: afp, excerpt: have eliminated external interference }",
    good: "words: have eliminated external interference\nsources:\n  - { source: afp, excerpt: have eliminated external interference }",
    fact: Some(check),
    ..Rule::BASE
};

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let Some(quote) = &case.fact.quote else { return };
    if case.fact.sources.iter().any(|used| used.excerpt.as_deref().is_some_and(|e| stands_plainly(&quote.words, e))) {
        return;
    }
    let excerpts: Vec<(&str, Wording)> = case
        .fact
        .sources
        .iter()
        .filter_map(|used| Some((&*used.source, Wording::of(used.excerpt.as_deref()?))))
        .collect();
    let words = Wording::of(&quote.words);
    if excerpts.is_empty() || words.is_empty() {
        return;
    }
    let stands = |wording: &Wording| !wording.is_empty() && excerpts.iter().any(|(_, e)| wording.is_in(e));
    if stands(&words) || quote.original.as_deref().is_some_and(|original| stands(&Wording::of(original))) {
        return;
    }
    let nearest = excerpts.iter().filter_map(|(source, e)| Some((*source, words.nearest_in(e)?)));
    let nearest = nearest.max_by(|(_, a), (_, b)| a.likeness.total_cmp(&b.likeness));
    let finding = case.finding(&RULE, [key("words")], "these words stand in no excerpt of the fact's sources");
    found.push(finding.help(match nearest {
        Some((source, near)) => shown(source, &near),
        None => "no excerpt has anything like them; quote the source's own words".to_owned(),
    }));
}

/// Whether the words stand in the excerpt letter by letter, which most do and which is cheap to see.
pub(super) fn stands_plainly(words: &str, excerpt: &str) -> bool {
    let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    // Brackets and ellipses have a meaning of their own.
    !words.contains(['[', ']', '…'])
        && !words.contains("...")
        && excerpt.split_once(words).is_some_and(|(before, after)| {
            !before.contains('[') && !joins(before.chars().next_back()) && !joins(after.chars().next())
        })
}

/// The nearest wording, and where it differs.
pub(super) fn shown(of: &str, near: &Near) -> String {
    let differences: Vec<String> = near
        .differences
        .iter()
        .take(4)
        .map(|(here, there)| match (here.is_empty(), there.is_empty()) {
            (true, _) => format!("“{there}” is missing"),
            (_, true) => format!("“{here}” is not there"),
            _ => format!("“{there}”, not “{here}”"),
        })
        .collect();
    let words = near.words.trim_matches(['\'', ',', ' ']);
    let mut text = format!("nearest in `{of}`: “{words}”");
    if !differences.is_empty() {
        text.push_str(&format!(" ({})", differences.join("; ")));
    }
    text
}
