//! `likelihood-without-confidence`: an assessment that gives one of the two and not the other.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::finding::{Finding, Severity};
use crate::model::FactKind;

pub(super) const RULE: Rule = Rule {
    id: "likelihood-without-confidence",
    severity: Severity::Error,
    what: "an assessment with a likelihood and no confidence, or the reverse",
    why: "How likely it is and how sure we are of that are two things, and a reader who gets one takes it for the other (ICD 203, \
          analytic standards on uncertainty).",
    bad: "kind: assessment\nlikelihood: likely",
    good: "kind: assessment\nlikelihood: likely\nconfidence: moderate",
    fact: Some(check),
    ..Rule::BASE
};

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let Some(assessment) = case.fact.assessment.as_ref().filter(|_| case.fact.kind == FactKind::Assessment) else {
        return;
    };
    let (has, lacks, values) = match (&assessment.likelihood, &assessment.confidence) {
        (Some(_), None) => ("likelihood", "confidence", "low, moderate or high"),
        (None, Some(_)) => ("confidence", "likelihood", "a term of the scale, such as likely"),
        _ => return,
    };
    let message = format!("the assessment `{}` has a {has} and no {lacks}", case.fact.id);
    found.push(case.finding(&RULE, [key("id")], message).help(format!("add `{lacks}`: {values}")));
}
