//! `figure-conflict`: one measure at one date with two values.

use std::collections::HashMap;

use crate::check::Rule;
use crate::check::case::{DeskCase, FactCase, key};
use crate::check::text::numbers::numbers;
use crate::finding::{Finding, Severity};
use crate::model::text::{fold, one_line};
use crate::model::{Approx, Edtf, Event, Fact, FactRef, FactStatus, Figure, RelationKind};

pub(super) const RULE: Rule = Rule {
    id: "figure-conflict",
    severity: Severity::Warning,
    what: "two figures of one `measure`, unit and date with values that cannot both be right",
    why: "A note that takes one number is contradicted by the next note that takes the other. All events of the desk are \
          compared. What is `approx` allows as much as it says, about a tenth to either side. Silent are figures tied by \
          contradicts or supersedes, disputed or retracted ones, and those whose places or actors have nothing in common.",
    bad: "- { id: dead, kind: figure, value: 12, unit: dead, measure: flood deaths, date: 2024-07-10 }\n- { id: later, kind: figure, value: 15, unit: dead, measure: flood deaths, date: 2024-07-10 }",
    good: "- { id: dead, kind: figure, value: 12, unit: dead, measure: flood deaths, date: 2024-07-10 }\n- { id: later, kind: figure, value: 15, unit: dead, measure: flood deaths, date: 2024-07-11 }",
    desk: Some(check),
    ..Rule::BASE
};

/// How many different figures of one measure and date a further one is compared with.
const COMPARED: usize = 12;
/// By which part a value that is `about` so much may be off.
const ABOUT: f64 = 0.1;

/// How units say per cent, folded.
const PERCENT: &[&str] = &["%", "per cent", "percent", "pct", "prozent"];

/// A figure that can be compared.
struct Known<'a> {
    event: &'a Event,
    fact: &'a Fact,
    /// What it may be: from, to; several where the digits can be read in several ways.
    may_be: Vec<(f64, f64)>,
}

fn check(case: &DeskCase<'_>, found: &mut Vec<Finding>) {
    let mut buckets: HashMap<(String, String, Edtf), Vec<Known<'_>>> = HashMap::new();
    for event in case.desk.events() {
        for fact in &event.facts {
            let (Some(figure), Some(date)) = (&fact.figure, fact.date) else { continue };
            let Some(measure) = figure.measure.as_deref().filter(|measure| !measure.trim().is_empty()) else {
                continue;
            };
            if matches!(fact.status, FactStatus::Disputed | FactStatus::Retracted) {
                continue;
            }
            let Some((may_be, unit)) = read(figure) else { continue };
            let known = Known { event, fact, may_be };
            let bucket = buckets.entry((fold(&one_line(measure)), unit, date)).or_default();
            if let Some(other) = bucket.iter().find(|other| conflict(case, other, &known)) {
                found.push(told(case, other, &known));
                continue;
            }
            if bucket.len() < COMPARED {
                bucket.push(known);
            }
        }
    }
}

fn told(case: &DeskCase<'_>, other: &Known<'_>, known: &Known<'_>) -> Finding {
    let value = |known: &Known<'_>| known.fact.figure.iter().filter_map(|f| f.value.clone()).collect::<String>();
    let measure = known.fact.figure.as_ref().and_then(|f| f.measure.as_deref()).map(one_line).unwrap_or_default();
    let date = known.fact.date.map(|date| date.to_string()).unwrap_or_default();
    let here = FactCase::new(case.desk, known.event, known.fact);
    let there = FactCase::new(case.desk, other.event, other.fact).address();
    let message = format!("“{measure}” at {date} is {} here and {} in `{there}`", value(known), value(other));
    let to = if std::ptr::eq(known.event, other.event) { other.fact.id.to_string() } else { there.to_string() };
    let help = format!("correct one, or tie them: `relations: {{ contradicts: {to} }}`, or `supersedes`");
    here.finding(&RULE, [key("value")], message).help(help)
}

fn conflict(case: &DeskCase<'_>, a: &Known<'_>, b: &Known<'_>) -> bool {
    let meets = |(low, high): &(f64, f64), (from, to): &(f64, f64)| low <= to && from <= high;
    let agree = a.may_be.iter().any(|one| b.may_be.iter().any(|other| meets(one, other)));
    !agree && !tied(case, a, b) && !tied(case, b, a) && alike(a, b)
}

/// Whether the one says how it stands to the other.
fn tied(case: &DeskCase<'_>, from: &Known<'_>, to: &Known<'_>) -> bool {
    let sorts = |kind| matches!(kind, RelationKind::Contradicts | RelationKind::Supersedes);
    from.fact.relations.iter().filter(|r| sorts(r.kind)).any(|relation| {
        let there = case.desk.fact(&FactRef::within(&from.event.id, &relation.to));
        there.is_some_and(|(_, fact)| std::ptr::eq(fact, to.fact))
    })
}

/// Whether they may be about one thing: places and actors, where both name some, have one in common.
fn alike(a: &Known<'_>, b: &Known<'_>) -> bool {
    fn common(a: &[String], b: &[String]) -> bool {
        a.is_empty() || b.is_empty() || a.iter().any(|name| b.contains(name))
    }
    let places = |k: &Known<'_>| k.fact.places.iter().map(|p| fold(&p.name)).collect::<Vec<_>>();
    let actors = |k: &Known<'_>| {
        let name = |key: &str| k.event.actors.get(key).map_or_else(|| fold(key), |actor| fold(&actor.name));
        k.fact.actors.iter().map(|key| name(key)).collect::<Vec<_>>()
    };
    common(&places(a), &places(b)) && common(&actors(a), &actors(b))
}

/// What a figure may be, and its unit; `None` if its value is not one number.
fn read(figure: &Figure) -> Option<(Vec<(f64, f64)>, String)> {
    let value = figure.value.as_deref()?;
    let read = numbers(value, &[], true);
    let [number] = &read[..] else { return None };
    let unit = fold(&one_line(figure.unit.as_deref().unwrap_or_default()));
    let rest = PERCENT.iter().find_map(|sign| unit.strip_prefix(sign).filter(|r| r.is_empty() || r.starts_with(' ')));
    let unit = if number.percent || rest.is_some() {
        format!("%{}", rest.map_or_else(|| format!(" {unit}"), ToOwned::to_owned).trim_end())
    } else {
        // What is written around the number is part of the unit: `€5` is not `$5`.
        let around = format!("{} {}", value.get(..number.range.start)?, value.get(number.range.end..)?);
        format!("{unit} {}", fold(&one_line(&around))).trim().to_owned()
    };
    let span = |value: f64| match figure.approx {
        Approx::Exact => (value - number.slack, value + number.slack),
        Approx::About => {
            let slack = number.slack.max(value.abs() * ABOUT);
            (value - slack, value + slack)
        }
        Approx::AtLeast => (value - number.slack, f64::INFINITY),
        Approx::AtMost => (f64::NEG_INFINITY, value + number.slack),
    };
    Some((number.values.iter().map(|v| span(*v)).collect(), unit))
}
