//! `over-length`: more words than the template allows.

use crate::check::Rule;
use crate::check::case::{DraftCase, SectionCase};
use crate::finding::{Finding, Severity};
use crate::markdown::{BlockKind, word_count};

pub(super) const RULE: Rule = Rule {
    id: "over-length",
    severity: Severity::Warning,
    what: "a section, or the whole note, with more words than the template allows",
    why: "The reader's time is the scarce thing; the length belongs to the form of the note.",
    bad: "## Issue {#issue}    (72 words, `max-words=60`)",
    good: "## Issue {#issue}    (58 words)",
    draft: Some(draft),
    section: Some(section),
    ..Rule::BASE
};

fn words(case: &SectionCase<'_>) -> usize {
    let counted =
        case.blocks().filter(|b| !matches!(b.block.kind, BlockKind::Code | BlockKind::FootnoteDefinition { .. }));
    counted.map(|b| word_count(b.markdown())).sum()
}

fn over(words: usize, limit: Option<u32>) -> Option<(usize, usize)> {
    let limit = usize::try_from(limit?).ok()?;
    words.checked_sub(limit).filter(|more| *more > 0).map(|more| (more, limit))
}

fn section(case: &SectionCase<'_>, found: &mut Vec<Finding>) {
    let Some(spec) = case.spec.filter(|spec| !case.is_sources() && spec.max_words.is_some()) else { return };
    let words = words(case);
    if let Some((more, limit)) = over(words, spec.max_words) {
        let message = format!("“{}” has {words} words; {limit} are allowed", spec.title);
        found.push(case.draft.finding(&RULE, case.at(), message).help(format!("take out {more}")));
    }
}

fn draft(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    if case.request.template.max_words.is_none() {
        return;
    }
    let words = case.sections().filter(|s| !s.is_sources()).map(|s| words(&s)).sum();
    if let Some((more, limit)) = over(words, case.request.template.max_words) {
        let message = format!("the note has {words} words; {limit} are allowed");
        found.push(case.finding(&RULE, case.front_line("title"), message).help(format!("take out {more}")));
    }
}
