//! `overconfident`: high confidence on thin or contested ground.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::finding::{Finding, Severity};
use crate::model::{FactKind, FactRef, FactStatus, provenance};

pub(super) const RULE: Rule = Rule {
    id: "overconfident",
    severity: Severity::Warning,
    what: "an assessment of high confidence that rests on one origin, or on a disputed fact",
    why: "High confidence says that the information is of high quality and from several sources (ICD 203: the basis of \
          confidence is explained). Two papers with one agency text are one origin. Its own sources count, and those of its \
          basis. An assessment without a basis, or with one that is not there, is told by other rules.",
    bad: "confidence: high\nbasis: [announced]    (one agency reports it)",
    good: "confidence: moderate\nbasis: [announced]",
    fact: Some(check),
    ..Rule::BASE
};

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let Some(assessment) = case.fact.assessment.as_ref().filter(|_| case.fact.kind == FactKind::Assessment) else {
        return;
    };
    let high = |level: &str| level.trim().eq_ignore_ascii_case("high");
    if !assessment.confidence.as_deref().is_some_and(high) || assessment.basis.is_empty() {
        return;
    }
    let mut disputed = None;
    for written in &assessment.basis {
        let Some((_, fact)) = case.desk.fact(&FactRef::within(&case.event.id, written)) else { return };
        if fact.status == FactStatus::Disputed {
            disputed = disputed.or(Some(written));
        }
    }
    let message = match disputed {
        Some(basis) => format!("confidence is high, and its basis `{basis}` is disputed"),
        None => {
            let independent = provenance::of(case.desk, case.event, case.fact).independent;
            match independent {
                0 => "confidence is high, and no source is under it".to_owned(),
                1 => "confidence is high, and all under it has one origin".to_owned(),
                _ => return,
            }
        }
    };
    let help = "lower the confidence, or name further facts as its basis";
    found.push(case.finding(&RULE, [key("confidence")], message).help(help));
}
