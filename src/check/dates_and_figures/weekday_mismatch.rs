//! `weekday-mismatch`: a weekday beside a date that falls on another.

use std::ops::Range;

use crate::check::Rule;
use crate::check::case::{BlockCase, FactCase, key};
use crate::check::text::dates::{Lexicon, Written, written};
use crate::check::text::spans::without_quoted;
use crate::finding::{Edit, Finding, Severity};
use crate::model::date::Day;

pub(super) const RULE: Rule = Rule {
    id: "weekday-mismatch",
    severity: Severity::Error,
    what: "a weekday beside a date that falls on another day of the week",
    why: "One of the two is wrong, and a reader who acts on it comes on the wrong day (ISO 8601 settles the weekday of \
          every date). A date without a year is held to the year of the note, or of the event, and the years beside it.",
    bad: "Premier Li arrives on Monday, 20 August 2024.",
    good: "Premier Li arrives on Tuesday, 20 August 2024.",
    fixable: true,
    fact: Some(fact),
    block: Some(block),
    ..Rule::BASE
};

/// A weekday that disagrees: where it stands, and the day it should name.
fn mismatch(date: &Written, year: Option<i32>) -> Option<(Range<usize>, Day)> {
    let (weekday, range) = date.weekday.clone()?;
    let years = match (date.year, year) {
        (Some(own), _) => own..=own,
        (None, Some(near)) => near.checked_sub(1)?..=near.checked_add(1)?,
        (None, None) => return None,
    };
    if years.clone().filter_map(|y| date.day_in(y)).any(|day| day.weekday() == weekday) {
        return None;
    }
    let day = year.and_then(|y| date.day_in(y)).or_else(|| years.into_iter().find_map(|y| date.day_in(y)))?;
    Some((range, day))
}

/// The finding with what to write instead; `edit` makes the change from the right weekday.
fn told(finding: Finding, right: &str, edit: Edit) -> Finding {
    finding.help(format!("write “{right}”, or the date that was meant")).fix(format!("write “{right}”"), edit)
}

fn block(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.is_prose() {
        return;
    }
    let draft = case.section.draft;
    let year = draft.date().and_then(|d| d.earliest()).map(Day::year);
    let lexicon = Lexicon::of(draft.language());
    if !lexicon.may_name_weekday(case.plain()) {
        return;
    }
    for date in case.dates() {
        if let Some((range, day)) = mismatch(date, year) {
            let right = lexicon.weekday_name(day.weekday());
            let finding = case.finding_in_prose(&RULE, range.clone(), format!("{day} is a {right}"));
            let edit = Edit::Bytes(case.prose().span(&range), right.to_owned());
            found.push(told(finding, right, edit));
        }
    }
}

fn fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let when = [case.fact.date, case.fact.said, case.event.date].into_iter().flatten();
    let year = when.filter_map(|d| d.earliest()).map(Day::year).next();
    let lexicon = Lexicon::of(case.event.language.as_deref().unwrap_or("en"));
    let text = &case.fact.text;
    if !lexicon.may_name_weekday(text) {
        return;
    }
    for date in written(&without_quoted(text, false), lexicon) {
        if let Some((range, day)) = mismatch(&date, year) {
            let right = lexicon.weekday_name(day.weekday());
            let finding = case.finding(&RULE, [key("text")], format!("{day} is a {right}"));
            let new = format!("{}{right}{}", &text[..range.start], &text[range.end..]);
            found.push(told(finding, right, Edit::Value(case.route([key("text")]), new)));
        }
    }
}
