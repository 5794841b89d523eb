//! `merge-conflict`: two wordings of one block, of which one is to stay.

use std::ops::Range;

use crate::check::Rule;
use crate::check::case::DraftCase;
use crate::draft::merge::{FRONT_MARK, MARK};
use crate::finding::{Edit, Finding, Severity};
use crate::markdown::split;
use crate::model::conflict::{self, Conflict};

pub(super) const RULE: Rule = Rule {
    id: "merge-conflict",
    severity: Severity::Error,
    what: "what two have changed, in both wordings",
    why: "A merge keeps every word. Which of two wordings is right, nobody but the writer knows, and a note that holds both \
          says a thing twice, or two things. What git could not merge stands between marks of its own, in any file: of an \
          event file, shared sources, a template or the settings the upper lines are read until the marks are gone.",
    bad: "He arrives today.\n\n<!-- attache: theirs -->\nHe arrives on Monday.",
    good: "He arrives on Monday.",
    fixable: true,
    draft: Some(check),
    ..Rule::BASE
};

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let draft = case.request.draft;
    let (text, start) = (draft.text(), draft.front().range.end);
    front_matter(case, found);
    marks_of_git(case, found);
    let body = text.get(start..).unwrap_or_default();
    if !body.contains(MARK) {
        return;
    }
    let blocks: Vec<Range<usize>> =
        split(body).into_iter().map(|b| start + b.range.start..start + b.range.end).collect();
    for (at, mark) in blocks.iter().enumerate().filter(|(_, block)| text.get((*block).clone()) == Some(MARK)) {
        let message = "two have changed this block: mine stands above, theirs below".to_owned();
        let finding = case.finding(&RULE, mark.clone(), message).help("keep one of them, or make one of both");
        let (mine, theirs) = (at.checked_sub(1).and_then(|at| blocks.get(at)), blocks.get(at + 1));
        let cut = |range: Range<usize>| Edit::Bytes(range, String::new());
        found.push(match (mine, theirs) {
            (Some(mine), Some(theirs)) => finding
                .fix("keep mine", cut(mine.end..theirs.end))
                .fix("keep theirs", cut(mine.start..theirs.start))
                .fix("keep both", cut(mark.start..theirs.start)),
            _ => finding.fix("take the mark out", cut(mark.clone())),
        });
    }
}

/// Places that git could not merge. Which of the two is mine depends on what was merged into what, so they are
/// called by where they stand.
fn marks_of_git(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let text = case.request.draft.text();
    for conflict in conflict::find(text) {
        let Conflict { range, sides, .. } = &conflict;
        let part = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        let line = part(range).lines().next().unwrap_or_default().len();
        let finding = case.finding(&RULE, range.start..range.start + line, conflict.message());
        found.push(match sides {
            None => finding.help("take it out, once its lines are right"),
            Some(sides) => {
                let (upper, lower) = (part(&sides.upper), part(&sides.lower));
                let to = |text: String| Edit::Bytes(range.clone(), text);
                let finding = finding.help("keep one of them, or make one of both, and take the marks out");
                let finding = finding.fix("keep the upper", to(upper.to_owned()));
                let finding = finding.fix("keep the lower", to(lower.to_owned()));
                finding.fix("keep both", to(format!("{upper}{lower}")))
            }
        });
    }
}

/// Keys of the front matter that two have changed; theirs are comments.
fn front_matter(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let draft = case.request.draft;
    let range = draft.front().range.clone();
    let mut at = range.start;
    for line in draft.text().get(range).unwrap_or_default().split_inclusive('\n') {
        if line.starts_with(FRONT_MARK) {
            let message = "two have changed this: mine stands above, theirs here".to_owned();
            let finding = case.finding(&RULE, at..at + line.trim_end().len(), message);
            let finding = finding.help("take it over, or take the line out");
            found.push(finding.fix("keep mine", Edit::Bytes(at..at + line.len(), String::new())));
        }
        at += line.len();
    }
}
