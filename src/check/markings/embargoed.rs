//! `embargoed`: something used before it may be.

use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::finding::{Finding, Severity};
use crate::model::{Desk, Edtf, Event, Fact, FactRef};

pub(super) const RULE: Rule = Rule {
    id: "embargoed",
    severity: Severity::Error,
    what: "a citation of a fact, or of an assessment that rests on one, whose event is under embargo at the note’s date",
    why: "Who gave the text in advance gave it on the condition that nothing goes out before the day. The note’s date is its front \
          matter’s `date`, never today; a date that may be late enough is not told.",
    bad: "date: 2024-08-20    (it cites an event with embargo: 2024-08-22)",
    good: "date: 2024-08-22",
    block: Some(check),
    ..Rule::BASE
};

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    let request = case.request();
    let date = request.draft.front().date.as_deref().and_then(|d| d.trim().parse::<Edtf>().ok());
    let Some(date) = date else { return };
    let mut told: Vec<&str> = Vec::new();
    for (item, event, fact) in case.facts() {
        let under = |event: &Event| event.embargo.as_ref().is_some_and(|embargo| is_before(&date, embargo));
        let rests_on = || basis(request.desk, event, fact).find(|event| under(event));
        let (held, what) = if under(event) {
            (event, format!("`{}`", event.id))
        } else if let Some(held) = rests_on() {
            (held, format!("`{}`, on which `{}` rests,", held.id, fact.id))
        } else {
            continue;
        };
        if !told.contains(&&*held.id) {
            told.push(&held.id);
            let until = held.embargo.as_ref().map(ToString::to_string).unwrap_or_default();
            let message = format!("{what} is under embargo until {until}, and the note’s date is {date}");
            let finding = case.finding(&RULE, item.range.clone(), message).on_fact(&item.key);
            found.push(finding.help("leave it out until then, or date the note when it goes out"));
        }
    }
}

/// Whether the date is over before the embargo's first day.
fn is_before(date: &Edtf, embargo: &Edtf) -> bool {
    date.latest().zip(embargo.earliest()).is_some_and(|(date, embargo)| date < embargo)
}

/// The events of the facts that an assessment rests on.
fn basis<'a>(desk: &'a Desk, event: &'a Event, fact: &'a Fact) -> impl Iterator<Item = &'a Event> {
    let basis = fact.assessment.iter().flat_map(|a| &a.basis);
    basis.filter_map(|written| Some(desk.fact(&FactRef::within(&event.id, written))?.0))
}
