//! `unsourced-fact`: a fact that comes from nowhere.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::finding::{Finding, Severity};
use crate::model::FactKind;

pub(super) const RULE: Rule = Rule {
    id: "unsourced-fact",
    severity: Severity::Error,
    what: "a fact other than an assessment that names no source",
    why: "Analytic products describe the sources that their statements rest on (ICD 206; ICD 203, standard 1). An \
          assessment rests on its basis instead.",
    bad: "- id: visit\n  text: Premier Li will visit Russia.",
    good: "- id: visit\n  text: Premier Li will visit Russia.\n  sources: xinhua",
    fact: Some(check),
    ..Rule::BASE
};

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    if case.fact.sources.is_empty() && case.fact.kind != FactKind::Assessment {
        let finding = case.finding(&RULE, [key("id")], format!("the fact `{}` has no source", case.fact.id));
        found.push(finding.help("add `sources:` with the key of a source of the event or a shared one"));
    }
}
