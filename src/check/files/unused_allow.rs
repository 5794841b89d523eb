//! `unused-allow`: a silence that silences nothing.

use std::collections::HashSet;
use std::ops::Range;

use crate::check::case::{DraftCase, FactCase, did_you_mean, key};
use crate::check::silence::Silence;
use crate::check::{Rule, rules};
use crate::finding::{Edit, Finding, Severity};
use crate::model::text::nearest;
use crate::yaml::Step;

pub(super) const RULE: Rule = Rule {
    id: "unused-allow",
    severity: Severity::Warning,
    what: "a silence that silences nothing, names no rule or gives no reason",
    why: "A silence that has outlived its finding hides the next one. A silence without a reason cannot be reviewed, so it \
          has no effect.",
    bad: "<!-- attache: allow uncited -->",
    good: "<!-- attache: allow uncited: general knowledge, agreed with the editor -->",
    fixable: true,
    ..Rule::BASE
};

fn unknown(rule: &str) -> (String, String) {
    let near = nearest(rule, rules().map(|r| r.id));
    (format!("there is no rule `{rule}` to allow"), did_you_mean(near, "`attache rules` lists them"))
}

/// Silences of a fact; `told` are the rules that had something to say. A rule that also looks at drafts
/// may be silenced for their sake, so of those nothing is said.
pub(in crate::check) fn on_fact(case: &FactCase<'_>, told: &HashSet<&str>, found: &mut Vec<Finding>) {
    for (i, allow) in case.fact.allow.iter().enumerate() {
        let way = [key("allow"), Step::Index(i), key("rule")];
        match Rule::find(&allow.rule) {
            None => {
                let (message, help) = unknown(&allow.rule);
                found.push(case.finding(&RULE, way, message).help(help));
            }
            Some(rule) if rule.is_of_facts_alone() && !told.contains(rule.id) => {
                let message = format!("`{}` is allowed here but finds nothing", rule.id);
                found.push(case.finding(&RULE, way, message).help("take the silence out"));
            }
            Some(_) => {}
        }
    }
}

/// A comment with its line, and with the blank one that would stand beside another; if other words share
/// the line, the comment and the space beside it.
fn lines(text: &str, comment: &Range<usize>) -> Range<usize> {
    let before = text.get(..comment.start).unwrap_or_default();
    let after = text.get(comment.end..).unwrap_or_default();
    let line = before.rfind('\n').map_or(0, |i| i + 1);
    let (rest, end) = after.split_once('\n').map_or((after, after.len()), |(rest, _)| (rest, rest.len() + 1));
    let begins_line = before.get(line..).unwrap_or_default().trim().is_empty();
    if begins_line && !rest.trim().is_empty() {
        return comment.start..comment.end + rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }
    if !begins_line {
        return before.trim_end_matches([' ', '\t']).len()..comment.end;
    }
    let mut end = comment.end + end;
    let above = before.get(..line).unwrap_or_default().trim_end_matches(['\r', '\n']);
    let is_blank_above = line == 0 || before.get(above.len()..line).is_some_and(|gap| gap.matches('\n').count() > 1);
    if is_blank_above
        && let Some((next, _)) = text.get(end..).and_then(|rest| rest.split_once('\n'))
        && next.trim().is_empty()
    {
        end += next.len() + 1;
    }
    line..end
}

/// Silences of a draft, after all findings.
pub(in crate::check) fn in_draft(case: &DraftCase<'_>, silences: &[Silence], found: &mut Vec<Finding>) {
    for silence in silences.iter().filter(|s| !s.used.get()) {
        let named = Rule::find(&silence.rule).is_some();
        let (message, help) = if !named {
            unknown(&silence.rule)
        } else if silence.reason.is_empty() {
            let help = format!("write `<!-- attache: allow {}: why -->`", silence.rule);
            (format!("the silence of `{}` gives no reason and has no effect", silence.rule), help)
        } else {
            let message = format!("`{}` is allowed here but finds nothing", silence.rule);
            (message, "take the comment out, or put it right before the block it is about".to_owned())
        };
        let finding = case.finding(&RULE, silence.at.clone(), message).help(help);
        // A reason or a right name is the writer's to give.
        found.push(if named && !silence.reason.is_empty() {
            let lines = lines(case.request.draft.text(), &silence.at);
            finding.fix("take the comment out", Edit::Bytes(lines, String::new()))
        } else {
            finding
        });
    }
}
