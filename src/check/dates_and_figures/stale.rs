//! `stale`: what the note tells is older than it may be.

use std::ops::Range;

use crate::check::Rule;
use crate::check::case::{DraftCase, EventCase, key};
use crate::finding::{Finding, Severity};
use crate::model::date::Day;
use crate::model::{Edtf, Event, EventStatus};

pub(super) const RULE: Rule = Rule {
    id: "stale",
    severity: Severity::Warning,
    what: "information more days old at the note's date than the template's `stale-after` (30 if it names none), or an event \
           marked `scheduled` that is already over",
    why: "The reader takes a note's date for the date of what it knows (ICD 206: dates of information are told). The \
          cut-off is `as-of` of the draft, else the latest of the events it cites; the note's date is `date`, never the clock.",
    bad: "date: 2024-10-01\nas-of: 2024-08-19",
    good: "date: 2024-08-20\nas-of: 2024-08-19",
    event: Some(event),
    limit: Some(30),
    draft: Some(draft),
    ..Rule::BASE
};

fn draft(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let Some(today) = case.date().and_then(|d| d.earliest()) else { return };
    let events = case.events();
    let (place, cut_off) = cut_off(case, &events);
    let allowed = allowed(case);
    if let Some(cut_off) = cut_off
        && cut_off.days_until(today) > allowed
    {
        let days = cut_off.days_until(today);
        let message = format!("the information is {days} days old at the note’s date; {allowed} are allowed");
        let help = format!("bring it up to date and set `as-of`, which is {cut_off}");
        found.push(case.finding(&RULE, case.front_line(place), message).help(help));
    }
    for (at, event) in events {
        let end = event.date.and_then(|d| d.latest()).filter(|end| *end < today);
        if let Some(end) = end.filter(|_| event.status == Some(EventStatus::Scheduled)) {
            let message = format!("`{}` is marked scheduled, and was over on {end}", event.id);
            found.push(
                case.finding(&RULE, at, message).help(format!("bring {} up to date: `status: past`", event.path)),
            );
        }
    }
}

/// How many days old information may be.
pub(in crate::check) fn allowed(case: &DraftCase<'_>) -> i64 {
    let own = case.request.template.stale_after.map(i64::from);
    own.unwrap_or_else(|| i64::try_from(RULE.limit_on(case.request.desk)).unwrap_or(i64::MAX))
}

/// The day up to which the note is informed, and the key that says so.
pub(in crate::check) fn cut_off(
    case: &DraftCase<'_>,
    events: &[(Range<usize>, &Event)],
) -> (&'static str, Option<Day>) {
    let own = case.request.draft.front().as_of.as_deref().map(|text| text.trim().parse::<Edtf>().ok());
    match own {
        // A cut-off that is no date is told by `bad-date`.
        Some(own) => ("as-of", own.and_then(|d| d.latest())),
        None => ("date", events.iter().filter_map(|(_, e)| e.as_of?.latest()).max()),
    }
}

fn event(case: &EventCase<'_>, found: &mut Vec<Finding>) {
    let end = case.event.date.and_then(|d| d.latest());
    let known = case.event.as_of.and_then(|d| d.earliest());
    if let (Some(end), Some(known), Some(EventStatus::Scheduled)) = (end, known, case.event.status)
        && end < known
    {
        let message = format!("the event is marked scheduled, and was over on {end}, before its `as-of`");
        found.push(case.finding(&RULE, vec![key("status")], message).help("`status: past`, or `cancelled`"));
    }
}
