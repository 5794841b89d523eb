//! `unnamed-speaker`: somebody said so, and nothing tells what they could know.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::finding::{Finding, Severity};
use crate::model::provenance::terms;
use crate::model::{Attribution, FactStatus};

pub(super) const RULE: Rule = Rule {
    id: "unnamed-speaker",
    severity: Severity::Warning,
    what: "a speaker who may not be named and of whom no role is known on that day",
    why: "An unnamed source is described as closely as may be, so that the reader can weigh what they could know (ICD 206: source \
          descriptors; news agencies' rules on anonymous sources). Placing prints the role. Under the Chatham House Rule no role \
          may be told, so none is asked for.",
    bad: "aide: { name: X, unnamed: true }",
    good: "aide: { name: X, unnamed: true, role: senior aide to the premier }",
    fact: Some(check),
    ..Rule::BASE
};

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let fact = case.fact;
    let Some(speaker) = fact.speaker.as_deref().and_then(|key| case.event.actors.get(key)) else { return };
    if !speaker.unnamed || speaker.role_on(fact.said.as_ref().or(fact.date.as_ref())).is_some() {
        return;
    }
    if fact.status == FactStatus::Retracted || terms(case.desk, case.event, fact) == Some(Attribution::ChathamHouse) {
        return;
    }
    let message = format!("`{}` may not be named, and no role says who speaks", speaker.key);
    let help = format!("add `role:` to the actor `{}`: what may be told, such as “a senior official”", speaker.key);
    found.push(case.finding(&RULE, [key("speaker")], message).help(help));
}
