//! `long-first-sentence` and `long-sentence`: a sentence that has to be read twice.

use std::ops::Range;

use crate::check::Rule;
use crate::check::case::{BlockCase, DraftCase, SectionCase};
use crate::check::text::sentences::sentences;
use crate::check::text::spans::quoted;
use crate::finding::{Finding, Severity};
use crate::markdown::BlockKind;

pub(super) const FIRST_RULE: Rule = Rule {
    id: "long-first-sentence",
    severity: Severity::Warning,
    what: "a note whose first sentence has more than 35 words outside quotations",
    why: "Many readers take in the first sentence and no other; it has to hold at one reading. It may be a little longer than the rest, \
          because it carries who, what and when.",
    bad: "Premier Li, who …, visits Russia and Belarus, where …, and will, as …, sign …, although ….",
    good: "Premier Li visits Russia and Belarus from 20 to 23 August [@li-qiang-2024#visit].",
    limit: Some(35),
    draft: Some(first),
    ..Rule::BASE
};

pub(super) const RULE: Rule = Rule {
    id: "long-sentence",
    severity: Severity::Warning,
    what: "a sentence of a paragraph or item, not the note’s first, with more than 30 words outside quotations",
    why: "Plain-language guidance asks for an average of 15 to 20 words, and GOV.UK to split what is over 25: beyond that readers lose the \
          thread. Quotations, tables and code are left out.",
    bad: "The talks, which …, ended without a text because …, and the ministers, who …, will meet again when ….",
    good: "The talks ended without a text. The ministers will meet again in May.",
    limit: Some(30),
    section: Some(others),
    ..Rule::BASE
};

fn first(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let limit = FIRST_RULE.limit_on(case.request.desk);
    for section in case.sections() {
        for block in section.blocks().filter(is_text) {
            let Some((at, count)) = counted(&block).into_iter().next() else { continue };
            if count > limit {
                let message = format!("the note’s first sentence has {count} words; a reader takes in {limit} at once");
                let finding = block.finding(&FIRST_RULE, at, message);
                found.push(finding.help("say the one thing first, and the rest in a sentence of its own"));
            }
            return;
        }
    }
}

fn others(case: &SectionCase<'_>, found: &mut Vec<Finding>) {
    let limit = RULE.limit_on(case.draft.request.desk);
    let is_first = is_first_section(case);
    let all = case.blocks().filter(is_text).flat_map(|block| counted(&block)).skip(usize::from(is_first));
    for (at, count) in all.filter(|(_, count)| *count > limit).collect::<Vec<_>>() {
        let message = format!("this sentence has {count} words; more than {limit} are hard to take in");
        found.push(case.draft.finding(&RULE, at, message).help("make two of it"));
    }
}

/// Whether the note's first sentence stands in this section.
fn is_first_section(case: &SectionCase<'_>) -> bool {
    let first = case.draft.sections().find(|s| s.blocks().filter(is_text).any(|b| !counted(&b).is_empty()));
    first.is_some_and(|first| std::ptr::eq(first.section, case.section))
}

fn is_text(block: &BlockCase<'_>) -> bool {
    matches!(block.block.kind, BlockKind::Paragraph | BlockKind::Item { .. }) && block.is_prose()
}

/// The sentences of a block, and how many words each has outside quotations.
fn counted(block: &BlockCase<'_>) -> Vec<(Range<usize>, usize)> {
    let prose = block.prose();
    let quotes = quoted(&prose.text);
    let count = |range: Range<usize>| {
        let sentence = prose.text.get(range.clone()).unwrap_or_default();
        let words = sentence.split_whitespace().filter(|word| {
            let at = range.start + (word.as_ptr().addr() - sentence.as_ptr().addr());
            // The word whose mark opens a quotation is in it.
            let inside = quotes.iter().any(|q| q.range.start < at + word.len() && at < q.range.end);
            !inside && word.contains(char::is_alphanumeric)
        });
        words.count()
    };
    sentences(&prose.text).into_iter().map(|s| (prose.span(&s), count(s))).collect()
}
