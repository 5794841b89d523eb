//! How facts are grouped and in which order, and what counts as used.

use std::sync::Arc;

use super::*;
use crate::model::{Source, SourceUse};

fn fact(id: &str, tags: &[&str], priority: Option<Priority>, sources: &[&str]) -> Fact {
    let sources = sources.iter().map(|s| SourceUse { source: (*s).into(), ..SourceUse::default() }).collect();
    let tags = tags.iter().map(|t| (*t).into()).collect();
    Fact { id: id.into(), text: id.into(), tags, priority, sources, ..Fact::default() }
}

fn desk() -> Desk {
    let mut event = Event { id: "e".into(), path: "e.yaml".into(), tags: vec!["event".into()], ..Event::default() };
    for (key, origin) in [("a", "AFP"), ("b", "AFP"), ("t", "TASS")] {
        event.sources.insert(key.into(), Source { key: key.into(), origin: Some(origin.into()), ..Source::default() });
    }
    event.facts = vec![
        fact("f0", &["trade", "trade"], Some(Priority::Could), &["a", "b"]),
        fact("f1", &["visit"], Some(Priority::Must), &["a", "t"]),
        fact("f2", &["trade", "visit"], Some(Priority::Should), &["nobody"]),
        fact("f3", &[], None, &[]),
        fact("f4", &["trade"], Some(Priority::Could), &["t"]),
    ];
    Desk::new(vec![Arc::new(event)], Arc::default())
}

fn coverage(grouping: Grouping, used: &[u32]) -> Coverage {
    let desk = desk();
    let mut coverage = Coverage { grouping, ..Coverage::default() };
    coverage.take(&desk, desk.facts().collect());
    coverage.regroup(&desk, |at| used.contains(&at.fact));
    coverage
}

fn told(coverage: &Coverage) -> Vec<String> {
    let one = |g: &Group| {
        let facts: Vec<String> = g.facts.iter().map(|at| at.fact.to_string()).collect();
        format!("{} {}/{} must {}: {}", g.name, g.used, g.all, g.must, facts.join(" "))
    };
    coverage.groups.list.iter().map(one).collect()
}

#[test]
fn groups_by_tag_put_first_what_lacks_most() {
    let none = coverage(Grouping::Tag, &[]);
    let expected = ["visit 0/2 must 1: 1 2", "trade 0/3 must 0: 2 0 4", "event 0/1 must 0: 3"];
    assert_eq!(told(&none), expected);
    assert_eq!((none.used, none.must, none.facts.len()), (0, 1, 5));
    let some = coverage(Grouping::Tag, &[1, 2]);
    assert_eq!(told(&some), ["trade 1/3 must 0: 0 4", "event 0/1 must 0: 3", "visit 2/2 must 0: "]);
    assert_eq!((some.used, some.must), (2, 0));
}

#[test]
fn sources_are_known_by_name_and_priorities_keep_their_order() {
    let expected = ["AFP 0/2 must 1: 1 0", "TASS 0/2 must 1: 1 4", "nobody 0/1 must 0: 2", "(no source) 0/1 must 0: 3"];
    assert_eq!(told(&coverage(Grouping::Source, &[])), expected);
    let expected = ["must 1/1 must 0: ", "should 0/1 must 0: 2", "could 1/2 must 0: 4", "(no priority) 0/1 must 0: 3"];
    assert_eq!(told(&coverage(Grouping::Priority, &[0, 1])), expected);
}

#[test]
fn a_fact_that_goes_into_the_brief_leaves_the_cursor_in_its_group() {
    let desk = desk();
    let mut coverage = coverage(Grouping::Tag, &[]);
    coverage.groups.step(4);
    assert_eq!(coverage.groups.focused().map(|at| at.fact), Some(2));
    coverage.regroup(&desk, |at| at.fact == 2);
    assert_eq!(coverage.groups.here().map(|g| &*g.name), Some("trade"));
    assert_eq!(coverage.groups.focused().map(|at| at.fact), Some(0));
}

#[test]
fn groupings_go_round_both_ways() {
    for grouping in Grouping::ALL {
        assert_eq!(grouping.next(true).next(false), grouping);
        assert_eq!(grouping.next(true).next(true).next(true), grouping);
    }
}
