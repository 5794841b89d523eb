//! Where facts stand in the chart, and what its rows are.

use std::sync::Arc;

use super::*;
use crate::model::Event;

fn desk(dates: &[&str]) -> Desk {
    let facts = dates.iter().enumerate().map(|(n, date)| Fact {
        id: format!("f{n}").into(),
        date: date.parse().ok(),
        ..Fact::default()
    });
    let event = Event { id: "e".into(), path: "e.yaml".into(), facts: facts.collect(), ..Event::default() };
    Desk::new(vec![Arc::new(event)], Arc::default())
}

fn timeline(desk: &Desk, grain: Option<Grain>, used: &[u32]) -> Timeline {
    let mut timeline = Timeline { grain: grain.unwrap_or_default(), chosen: grain.is_some(), ..Timeline::default() };
    timeline.take(desk, desk.facts().collect());
    timeline.regroup(desk, |at| used.contains(&at.fact));
    timeline
}

fn told(timeline: &Timeline) -> Vec<String> {
    let one = |g: &Group| {
        let gap = if g.gap > 0 { format!("(+{}) ", g.gap) } else { String::new() };
        let facts: Vec<String> = g.facts.iter().map(|at| at.fact.to_string()).collect();
        format!("{gap}{}{} {}/{}: {}", if g.vague { "~" } else { "" }, g.name, g.used, g.all, facts.join(" "))
    };
    timeline.groups.list.iter().map(one).collect()
}

#[test]
fn days_with_facts_are_rows_and_the_gaps_between_are_counted() {
    let desk = desk(&["2024-08-20", "", "2024-08-19", "2024-08-20T10:00:00Z", "2024-07-31"]);
    let timeline = timeline(&desk, None, &[0, 2]);
    assert_eq!(timeline.grain, Grain::Day);
    assert_eq!(
        told(&timeline),
        ["2024-07-31 0/1: 4", "(+18) 2024-08-19 1/1: 2", "2024-08-20 1/2: 0 3", "no date 0/1: 1"]
    );
    assert_eq!(timeline.used, 2);
}

#[test]
fn what_is_not_exact_stands_at_its_start_and_is_told() {
    let desk = desk(&["2024-08", "2024-08-20/2024-08-23", "../2024-08-02", "2024-08-20~", "2024", "2024-22"]);
    let day = timeline(&desk, Some(Grain::Day), &[]);
    let expected = [
        "~2024-01-01 0/1: 4",
        "(+151) ~2024-06-01 0/1: 5",
        "(+60) ~2024-08-01 0/1: 0",
        "~2024-08-02 0/1: 2",
        "(+17) ~2024-08-20 0/2: 3 1",
    ];
    assert_eq!(told(&day), expected);
    let month = timeline(&desk, Some(Grain::Month), &[]);
    assert_eq!(month.groups.list.iter().filter(|g| !g.vague).count(), 0);
    let exact = self::desk(&["2024-08", "2024-08-20"]);
    assert_eq!(told(&timeline(&exact, Some(Grain::Month), &[])), ["2024-08 0/2: 0 1"]);
    assert!(is_vague(&exact.events()[0].facts[0], Grain::Day) && !is_vague(&exact.events()[0].facts[0], Grain::Year));
}

#[test]
fn the_grain_is_the_finest_that_fits() {
    let days: Vec<String> = (0..100).map(|n| format!("20{:02}-{:02}-15", n / 4, n % 4 * 3 + 1)).collect();
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    let desk = desk(&days);
    assert_eq!(fitting(&desk, &desk.facts().collect::<Vec<_>>()), Grain::Year);
    assert_eq!(fitting(&desk, &desk.facts().take(30).collect::<Vec<_>>()), Grain::Day);
    assert_eq!(fitting(&desk, &[]), Grain::Day);
    let near: Vec<String> = (0..100).map(|n| format!("2024-{:02}-{:02}", n / 25 + 1, n % 25 + 1)).collect();
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    let desk = self::desk(&near);
    assert_eq!(fitting(&desk, &desk.facts().collect::<Vec<_>>()), Grain::Month);
    assert_eq!(
        [Grain::Day, Grain::Year].map(|g| (g.next(true), g.next(false))),
        [(Grain::Month, Grain::Day), (Grain::Year, Grain::Month)]
    );
}

#[test]
fn every_row_is_a_term_that_a_query_reads() {
    let desk = desk(&["-0043-03-15", "0800", "2024-08-20", "Y170000002", ""]);
    for (grain, expected) in [
        (Grain::Day, ["date:-0043-03-15", "date:0800-01-01", "date:2024-08-20"]),
        (Grain::Month, ["date:-0043-03", "date:0800-01", "date:2024-08"]),
        (Grain::Year, ["date:-0043", "date:0800", "date:2024"]),
    ] {
        let timeline = timeline(&desk, Some(grain), &[]);
        let terms: Vec<&str> = timeline.groups.list.iter().filter_map(|g| g.term.as_deref()).collect();
        assert_eq!(terms, expected);
        assert!(terms.iter().all(|term| crate::search::Query::parse(term).is_ok()), "{terms:?}");
    }
}

#[test]
fn the_dates_of_a_query_are_left_out_and_nothing_else() {
    for (query, expected) in [
        ("tag:sco date:2024-08", "tag:sco"),
        ("date>2024 -date:2023..2024 by:\"Mao  date:x\" sco", "by:\"Mao  date:x\" sco"),
        ("dated \"date:2024 of\" said:2024", "dated \"date:2024 of\" said:2024"),
        ("", ""),
    ] {
        assert_eq!(without_dates(query), expected);
    }
}

#[test]
fn a_row_narrows_the_filter() {
    let desk = desk(&["2024-08-20", ""]);
    let mut timeline = timeline(&desk, Some(Grain::Month), &[]);
    assert_eq!(timeline.filter().as_deref(), Some("date:2024-08"));
    timeline.query = "tag:sco".to_owned();
    assert_eq!(timeline.filter().as_deref(), Some("tag:sco date:2024-08"));
    timeline.groups.end(true);
    assert_eq!(timeline.filter(), None);
}
