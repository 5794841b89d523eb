//! `question-without-answer`: a question that the reader would have to answer alone.

use std::ops::Range;

use crate::check::Rule;
use crate::check::case::{BlockCase, SectionCase};
use crate::check::marks::leading;
use crate::check::text::questions::{Label, answer, labelled};
use crate::finding::{Finding, Severity};
use crate::model::marking::is_portion;
use crate::template::Form;

pub(super) const RULE: Rule = Rule {
    id: "question-without-answer",
    severity: Severity::Error,
    what: "a question `**Q:** …` (or `**Frage:** …`, `**Q :** …`) in a section of questions and answers with nothing to answer it",
    why: "The reader is asked it with the note in hand. The answer is what follows before the next question, by the format a paragraph \
          `**A:** …`; one with no word behind its `A:` is none.",
    bad: "**Q:** Will you go?\n\n**Q:** When?\n\n**A:** In May.",
    good: "**Q:** Will you go?\n\n**A:** Yes.\n\n**Q:** When?\n\n**A:** In May.",
    section: Some(check),
    ..Rule::BASE
};

fn check(case: &SectionCase<'_>, found: &mut Vec<Finding>) {
    if case.spec.is_none_or(|spec| spec.form != Form::Qa) {
        return;
    }
    let language = case.draft.language();
    let mut open: Option<Range<usize>> = None;
    let mut tell = |at: Option<Range<usize>>| {
        if let Some(at) = at {
            let finding = case.draft.finding(&RULE, at, "this question has no answer");
            found.push(finding.help("write `**A:** …` below it, or take the question out"));
        }
    };
    for block in case.blocks() {
        let text = words(&block);
        let label = labelled(text, language);
        if let Some((Label::Question, question)) = label {
            tell(open.take());
            let prose = block.prose();
            let answered = answer(question, language).is_some_and(|behind| !behind.trim().is_empty());
            let line = text.split(['\n', '\u{2028}']).next().unwrap_or_default().trim_end();
            let start = prose.text.len() - text.len();
            open = (!answered).then(|| prose.span(&(start..start + line.len())));
        } else if !label.map_or(text, |(_, behind)| behind).trim().is_empty() || !block.block.citations.is_empty() {
            open = None;
        }
    }
    tell(open);
}

/// The words of a block behind its portion mark.
fn words<'a>(block: &'a BlockCase<'_>) -> &'a str {
    let text = block.prose().text.trim_start();
    let marked = leading(block).is_some_and(|(_, mark)| is_portion(mark));
    let behind = text.split_once(')').filter(|_| marked).map(|(_, rest)| rest);
    behind.unwrap_or(text).trim_start()
}
