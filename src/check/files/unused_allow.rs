//! `unused-allow`: a silence that silences nothing.

use std::collections::HashSet;

use crate::check::case::{DraftCase, FactCase, did_you_mean, key};
use crate::check::silence::Silence;
use crate::check::{Rule, rules};
use crate::finding::{Finding, Severity};
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

/// Silences of a draft, after all findings.
pub(in crate::check) fn in_draft(case: &DraftCase<'_>, silences: &[Silence], found: &mut Vec<Finding>) {
    for silence in silences.iter().filter(|s| !s.used.get()) {
        let (message, help) = if Rule::find(&silence.rule).is_none() {
            unknown(&silence.rule)
        } else if silence.reason.is_empty() {
            let help = format!("write `<!-- attache: allow {}: why -->`", silence.rule);
            (format!("the silence of `{}` gives no reason and has no effect", silence.rule), help)
        } else {
            let message = format!("`{}` is allowed here but finds nothing", silence.rule);
            (message, "take the comment out, or put it right before the block it is about".to_owned())
        };
        found.push(case.finding(&RULE, silence.at, message).help(help));
    }
}
