//! `assessment-misplaced`: a judgement among facts, or one that does not say that it is ours.

use super::judging::is_labelled;
use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::check::text::prose::Prose;
use crate::check::text::words::{Word, is_english, words};
use crate::finding::{Finding, Severity};
use crate::markdown::{BlockKind, CitationItem};
use crate::model::{Fact, FactKind};
use crate::template::Accepts;

pub(super) const RULE: Rule = Rule {
    id: "assessment-misplaced",
    severity: Severity::Warning,
    what: "an assessment in a section whose `accepts` names kinds of fact and not assessments, or in a block that does not say \
           that we judge",
    why: "A reader must see where reporting ends and our judgement begins (ICD 203: judgements are told apart from the \
          information beneath them). A label is “we judge” and its like, a confidence, or “Assessment:”; a heading that names \
          assessments, judgements or analysis labels its section, and a line that ends in a colon the list behind it. An \
          assumption or alternative of the assessment needs none, nor does a citation with “see”. Labels are looked for in \
          English notes alone.",
    bad: "## Evidence\n\nThe visit is likely to go ahead [@talks-2024#judge].",
    good: "## Assessment\n\nWe judge that the visit is likely to go ahead [@talks-2024#judge].",
    block: Some(check),
    ..Rule::BASE
};

/// Beginnings of words by which a heading labels all that stands under it.
const HEADINGS: &[&str] = &["analys", "assess", "comment", "judgement", "judgment", "opinion"];

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.is_prose() {
        return;
    }
    let ours =
        |(item, _, fact): &(&CitationItem, _, &Fact)| fact.kind == FactKind::Assessment && item.prefix.is_empty();
    let Some((item, _, fact)) = case.facts().find(ours) else { return };
    let tell =
        |message: String, help: &str| case.finding(&RULE, item.range.clone(), message).help(help).on_fact(&item.key);
    let section = case.section;
    if let Some(Accepts::Kinds(kinds)) = section.spec.and_then(|spec| spec.accepts.as_ref())
        && !kinds.contains(&FactKind::Assessment)
    {
        let message = format!("the assessment `{}` stands in a section for facts", item.key);
        found.push(tell(message, "move it to a section that takes assessments"));
        return;
    }
    let labels = || is_english(section.draft.language()) && !headed(&section.section.title);
    if labels()
        && !case.is_opinion()
        && !labels_itself(&case.prose().text)
        && !introduced(case)
        && !is_aside(case, fact)
    {
        let message = format!("nothing in this block says that `{}` is our judgement", item.key);
        found.push(tell(message, "write “We judge that …”, or begin the block with “Assessment:”"));
    }
}

fn headed(title: &str) -> bool {
    words(title).iter().any(|word| HEADINGS.iter().any(|start| word.text.starts_with(start)))
}

fn labels_itself(text: &str) -> bool {
    let words = words(text);
    is_labelled(&words) || words.iter().any(|word| word.text == "confidence")
}

/// Whether a line that ends in a colon and labels stands before the list or quotation of this block.
fn introduced(case: &BlockCase<'_>) -> bool {
    let is_item = |kind: &BlockKind| matches!(kind, BlockKind::Item { .. });
    if !is_item(&case.block.kind) && case.block.kind != BlockKind::Quote {
        return false;
    }
    let blocks = &case.section.section.blocks;
    let before = blocks.iter().rev().skip_while(|block| block.range.start >= case.block.range.start);
    let line = before.into_iter().find(|block| !is_item(&block.kind));
    line.is_some_and(|line| {
        let markdown = case.request().draft.text().get(line.range.clone()).unwrap_or_default();
        let text = Prose::of(markdown, line.range.start, &line.citations).text;
        text.trim_end().ends_with(':') && (labels_itself(&text) || headed(&text))
    })
}

/// Whether the block gives an assumption or alternative of the assessment, by four fifths of its words.
fn is_aside(case: &BlockCase<'_>, fact: &Fact) -> bool {
    let Some(assessment) = &fact.assessment else { return false };
    let here = case.words();
    assessment.alternatives.iter().chain(&assessment.assumptions).any(|other| {
        let other = words(other);
        let there = |word: &&Word| here.iter().any(|w| w.text == word.text);
        !other.is_empty() && other.iter().filter(there).count() * 5 >= other.len() * 4
    })
}
