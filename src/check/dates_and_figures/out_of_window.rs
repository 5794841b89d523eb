//! `out-of-window`: a fact of an event that happened at another time.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::finding::{Finding, Severity};
use crate::model::{Edtf, FactKind};

pub(super) const RULE: Rule = Rule {
    id: "out-of-window",
    severity: Severity::Warning,
    what: "a fact, other than background, whose `date` has no day in common with its event's date",
    why: "One of the dates is wrong, or the fact is what led here and belongs under `kind: background`; filling and the reader \
          take it for part of the event. Dates cover what EDTF says they do, and an open end reaches as far as is asked. Left \
          out are assessments, figures of a `measure`, which have dates of their own, words `said` during the event about \
          another time, and uncertain or approximate dates.",
    bad: "date: 2024-08-20/2024-08-23    (the event)\nfacts:\n  - { id: signed, text: The ministers signed., date: 2024-07-22 }",
    good: "date: 2024-08-20/2024-08-23    (the event)\nfacts:\n  - { id: signed, text: The ministers signed., date: 2024-08-22 }",
    fact: Some(check),
    ..Rule::BASE
};

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let (Some(window), Some(date)) = (&case.event.date, &case.fact.date) else { return };
    if date.overlaps(window) || matches!(case.fact.kind, FactKind::Background | FactKind::Assessment) {
        return;
    }
    let vague = |d: &Edtf| d.is_approximate() || d.is_uncertain();
    let said_then = case.fact.said.is_some_and(|said| said.overlaps(window));
    let in_series = case.fact.figure.as_ref().is_some_and(|f| f.measure.is_some());
    if vague(date) || vague(window) || said_then || in_series {
        return;
    }
    let message = format!("`{}` is of {date}, and its event of {window}", case.fact.id);
    let help = "correct the date, or make it `kind: background`";
    found.push(case.finding(&RULE, [key("date")], message).help(help));
}
