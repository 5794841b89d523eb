//! `long-quote`: more words than a reader of a brief wants from one speaker.

use crate::check::Rule;
use crate::check::case::{BlockCase, FactCase, key};
use crate::check::text::spans::{quoted, unmarked};
use crate::check::text::wording::Wording;
use crate::finding::{Finding, Severity};
use crate::markdown::{BlockKind, word_count};

pub(super) const RULE: Rule = Rule {
    id: "long-quote",
    severity: Severity::Info,
    what: "a quotation of more than 60 words, in a fact or in a draft",
    why: "A brief tells what was meant and quotes what must be heard in the speaker's words; an excerpt keeps the rest. A \
          quotation that is placed as it stands in its fact is told at the fact, not once more in the draft.",
    bad: "words: (a whole answer of 90 words)",
    good: "words: (the sentence that matters)\nsources: [{ source: record, excerpt: (the whole answer) }]",
    limit: Some(60),
    fact: Some(fact),
    block: Some(block),
    ..Rule::BASE
};

/// The words of a text that has more than the limit.
fn is_long(text: &str, limit: usize) -> Option<usize> {
    // A word and the space behind it have two bytes at least.
    (text.len() / 2 >= limit).then(|| word_count(text)).filter(|words| *words > limit)
}

fn fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let limit = RULE.limit_on(case.desk);
    if let Some(quote) = &case.fact.quote
        && let Some(words) = is_long(&quote.words, limit)
    {
        let message = format!("the quotation has {words} words");
        let help = format!("quote what matters, {limit} words at most, and keep the rest in the excerpt");
        found.push(case.finding(&RULE, [key("words")], message).help(help));
    }
}

fn block(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    let limit = RULE.limit_on(case.request().desk);
    if !case.is_prose() || case.block.range.len() / 2 < limit {
        return;
    }
    let text = &case.prose().text;
    let mut spans = quoted(text);
    if spans.is_empty() && case.block.kind == BlockKind::Quote {
        spans = unmarked(text);
    }
    for span in spans {
        let quotation = text.get(span.range.clone()).unwrap_or_default();
        let Some(words) = is_long(quotation, limit) else { continue };
        let mut long =
            case.facts().filter_map(|(_, _, fact)| fact.quote.as_ref()).filter(|q| is_long(&q.words, limit).is_some());
        let wording = Wording::of(quotation);
        if !long.any(|quote| wording.is_in(&Wording::of(&quote.words))) {
            let help = format!("quote what matters, {limit} words at most, and tell the rest in your own words");
            found.push(case.finding_in_prose(&RULE, span.range, format!("the quotation has {words} words")).help(help));
        }
    }
}
