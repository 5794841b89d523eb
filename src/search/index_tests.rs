use std::collections::HashSet;
use std::sync::Arc;

use indexmap::IndexMap;
use proptest::prelude::*;

use super::{Index, Progress, Query, SearchContext};
use crate::event_file;
use crate::model::{Desk, Event, FactAt, FactRef};

const LI: &str = "
title: Premier Li visits Minsk
date: 2024-08-20/2024-08-23
marking: TLP:GREEN
tags: [china]
places: [{ name: Minsk, country: BY }]
actors:
  mao: { name: Mao Ning, aliases: [毛宁] }
  nunez: Mariana Núñez
sources:
  xinhua: { type: article, title: Premier to chair meeting, origin: Xinhua, reliability: C }
  afp: { type: article, title: Li to visit, origin: AFP, parent: { type: web, title: Al Arabiya }, reliability: B }
facts:
  - { id: visit, text: Premier Li will visit Russia and Belarus., priority: must, credibility: 1, status: confirmed, date: 2024-08-20, sources: [afp, xinhua], tags: [lead] }
  - { id: partners, kind: quote, words: China and Belarus are reliable partners, speaker: mao, said: 2024-08-19, sources: xinhua, credibility: 2 }
  - { id: aid, text: China says it sends no lethal aid., status: disputed, sources: shared-key, marking: TLP:AMBER, actors: [mao] }
  - { id: grid, kind: figure, text: A minister of Núñez said the grid lost 12:30 hours., value: 3, speaker: nunez, places: [Kraków], sources: xinhua }
";
const SCO: &str = "
title: Summit in Astana
date: 2024-07-04
facts:
  - { id: joins, kind: background, text: Belarus joined as the tenth member., sources: shared-key, tags: [SCO 10] }
  - { id: tokyo, text: 東京の外務省は声明を出した, date: 2023 }
  - { id: judge, kind: assessment, text: Aide to the minister reliably unlikely to be said., priority: could }
";

fn index() -> Index {
    let event = |path: &str, text: &str| Arc::new(event_file::read(path, text).event.unwrap());
    let (shared, _) = event_file::read_sources(
        "s.yaml",
        "shared-key: { type: web, title: Washington Declaration, origin: NATO, reliability: A }\n",
    );
    let events = vec![event("briefs/events/li.yaml", LI), event("briefs/events/sco.yaml", SCO)];
    Index::new(Arc::new(Desk::new(events, Arc::new(shared))))
}

fn search(index: &Index, query: &str) -> Vec<FactAt> {
    let placed = HashSet::from([FactRef::new("li", "visit"), FactRef::new("li", "gone")]);
    index.search(&Query::parse(query).unwrap(), &SearchContext { placed: &placed })
}

fn ids(index: &Index, found: &[FactAt]) -> String {
    found.iter().map(|at| index.desk().get(*at).unwrap().1.id.to_string()).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn finds(cases: &[(&str, &str)]) {
    let index = index();
    for (query, expected) in cases {
        assert_eq!(ids(&index, &search(&index, query)), *expected, "{query}");
    }
}

#[test]
fn filters_find_by_every_key() {
    finds(&[
        ("", "visit partners aid grid joins tokyo judge"),
        ("tag:china", "visit partners aid grid"),
        ("tag:LEAD", "visit"),
        ("tag:\"sco 10\"", "joins"),
        ("tag:sco", ""),
        ("tag:sco*", "joins"),
        ("kind:quote,figure", "partners grid"),
        ("by:\"Mao Ning\"", "partners"),
        ("by:mao", "partners"),
        ("by:毛宁", "partners"),
        ("by:nunez", "grid"),
        ("by:nun", ""),
        ("actor:mao", "partners aid"),
        ("source:xinhua", "visit partners grid"),
        ("source:arabiya", "visit"),
        ("source:declaration", "aid joins"),
        ("source:shared-*", "aid joins"),
        ("origin:AFP,nato", "visit aid joins"),
        ("place:minsk", "visit partners aid grid"),
        ("place:BY", "visit partners aid grid"),
        ("place:krakow", "grid"),
        ("event:li*", "visit partners aid grid"),
        ("event:l", ""),
        ("title:astana", "joins tokyo judge"),
        ("id:aid", "aid"),
        ("id:sco#*", "joins tokyo judge"),
        ("status:disputed", "aid"),
        ("grade:A", "aid joins"),
        ("grade:B..", "visit partners grid"),
        ("grade<=B", "visit aid joins"),
        ("credibility:1..2", "visit partners"),
        ("credibility>1", "partners"),
        ("priority:must", "visit"),
        ("priority>=should", "judge"),
        ("used:yes", "visit"),
        ("used:no kind:statement", "aid tokyo"),
        ("marking:tlp:amber", "aid"),
        ("marking<=TLP:GREEN", "visit partners grid joins tokyo judge"),
        ("marking>TLP:GREEN", "aid"),
    ]);
}

#[test]
fn dates_fall_back_to_the_day_said_and_to_the_event() {
    finds(&[
        ("date:2024-08", "visit partners aid grid"),
        ("date:2024-08-19", "partners"),
        ("date:2024-08-23", "aid grid"),
        ("date:2024-07..2024-08-19", "partners joins judge"),
        ("date:..2023", "tokyo"),
        ("date>2024-08-19", "visit aid grid"),
        ("date<2024-07", "tokyo"),
        ("date=2023", "tokyo"),
        ("date=2024", ""),
        ("said:2024-08", "partners"),
        ("said:..", "partners"),
    ]);
}

#[test]
fn terms_are_negated_and_all_must_hold() {
    finds(&[
        ("-tag:china", "joins tokyo judge"),
        ("tag:china -kind:quote -status:disputed", "visit grid"),
        ("-used:yes date:2024-08-23", "aid grid"),
        ("-grade:A..C", "tokyo judge"),
        ("aid", "aid judge grid"),
        ("said -aid", "grid"),
        ("belarus -\"reliable partners\"", "visit joins"),
    ]);
}

#[test]
fn words_are_found_without_case_and_accents_and_ranked() {
    finds(&[
        ("nunez", "grid"),
        ("NÚÑEZ", "grid"),
        ("外務", "tokyo"),
        ("東京", "tokyo"),
        ("12:30", "grid"),
        // What the fact says before what is about it.
        ("minister", "grid judge"),
        ("china aid", "aid grid"),
        ("\"lethal aid\"", "aid"),
        ("\"lethal ai", "aid"),
        ("\"lethal ai\"", ""),
        ("reliable", "partners"),
        ("reliabl", "partners judge"),
        ("arabiya", "visit"),
        ("astana tenth", "joins"),
        // The newer first among equals; without a date of its own a fact has its event's.
        ("visit", "visit aid grid partners"),
        ("li#aid", "aid"),
        ("li#", "visit aid grid partners"),
        ("lethal-aid", "aid"),
    ]);
}

#[test]
fn mistyped_words_find_what_was_meant_and_noise_nothing() {
    finds(&[
        ("grdi", "grid"),
        ("minsiter", "grid judge"),
        ("minsiter kind:figure", "grid"),
        ("belaurs tenht", "joins"),
        ("reliable submarine", ""),
        ("xyzzy", ""),
        ("lethal tenth", ""),
        ("\"minsiter\"", ""),
    ]);
}

#[test]
fn an_empty_desk_finds_nothing() {
    let index = Index::new(Arc::new(Desk::new(Vec::new(), Arc::new(IndexMap::new()))));
    for query in ["", "x", "grdi -x tag:x"] {
        assert_eq!(search(&index, query), []);
    }
}

/// A desk of so many events of a hundred facts each, one a day.
fn long_desk(events: u32) -> Index {
    let facts: String = (0..100).map(|f| format!("  - {{ id: f{f}, text: Grain of ship {f}. }}\n")).collect();
    let like = event_file::read("e.yaml", &format!("title: T\nfacts:\n{facts}")).event.unwrap();
    let events = (0..events).map(|i| {
        let (year, month, day) = (1000 + i / 28 / 12, 1 + i / 28 % 12, 1 + i % 28);
        let date = format!("{year}-{month:02}-{day:02}").parse().unwrap();
        Arc::new(Event { path: format!("e{i:05}.yaml").into(), date: Some(date), ..like.clone() })
    });
    Index::new(Arc::new(Desk::new(events.collect(), Arc::new(IndexMap::new()))))
}

#[test]
fn a_long_search_tells_its_first_rows_and_ends_when_it_is_over() {
    let index = long_desk(2_500);
    let watched = |query: &str, over: &(dyn Fn() -> bool + Sync)| {
        let mut told = Vec::new();
        let mut first = |facts| told.push(facts);
        let mut progress = Progress { over, first: &mut first };
        let found = index.search_watched(&Query::parse(query).unwrap(), &SearchContext::none(), &mut progress);
        (told, found)
    };
    for query in ["grain", "ship -train", "kind:statement"] {
        let (told, found) = watched(query, &|| false);
        let [first] = told.as_slice() else { panic!("{query}: told {} times", told.len()) };
        let all = found.unwrap();
        assert_eq!(all.len(), 250_000);
        assert!(!first.is_empty() && first.len() < 1_000, "{}", first.len());
        // The newest are looked at first.
        assert!(first.iter().all(|at| at.event > 2_400), "{query}: {first:?}");
        if Query::parse(query).unwrap().is_ranked() {
            assert_eq!(first.as_slice(), &all[..first.len()], "{query}");
        }
    }
    let (told, found) = watched("graim", &|| false);
    assert_eq!((told.len(), found.unwrap().len()), (1, 250_000), "mistyped words too");
    assert_eq!(watched("grain", &|| true), (Vec::new(), None));
    // Over while it runs: what is left is not looked through.
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let over = || asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) > 100;
    assert_eq!(watched("grain", &over).1, None);
}

#[test]
fn a_short_search_tells_nothing_before_its_answer() {
    let index = long_desk(100);
    let mut first = |facts: Vec<FactAt>| panic!("{facts:?}");
    let mut progress = Progress { over: &|| false, first: &mut first };
    let found = index.search_watched(&Query::parse("grain").unwrap(), &SearchContext::none(), &mut progress);
    assert_eq!(found.unwrap().len(), 10_000);
}

/// Terms whose truth the tests can tell on their own.
fn terms() -> impl Strategy<Value = String> {
    let term = prop::sample::select(vec![
        "tag:china",
        "kind:quote",
        "-kind:quote",
        "used:no",
        "status:disputed",
        "-said",
        "-aid",
        "aid",
        "china",
        "minister",
        "re",
        "a",
        "minsiter",
        "\"lethal aid\"",
        "grade:A..B",
        "date:2024-08",
        "-belarus",
        "no",
        "li",
    ]);
    prop::collection::vec(term, 0..5).prop_map(|t| t.join(" "))
}

proptest! {
    #[test]
    fn what_a_term_excludes_is_never_found(text in terms()) {
        let index = index();
        let found = search(&index, &text);
        for term in text.split(' ').filter(|t| t.contains(':') || t.starts_with('-')) {
            let alone = search(&index, term);
            prop_assert!(found.iter().all(|at| alone.contains(at)), "{} in {}", term, text);
        }
        let distinct: HashSet<_> = found.iter().collect();
        prop_assert_eq!(distinct.len(), found.len());
    }

    #[test]
    fn narrowing_finds_the_same(text in terms(), more in terms(), cut in 0..4_usize) {
        let index = index();
        let placed = HashSet::new();
        let context = SearchContext { placed: &placed };
        let whole = format!("{text} {more}");
        let old: String = whole.chars().take(whole.chars().count().saturating_sub(cut)).collect();
        let (Ok(old), Ok(new)) = (Query::parse(&old), Query::parse(&whole)) else { return Ok(()) };
        if new.extends(&old) {
            let before = index.search(&old, &context);
            prop_assert_eq!(index.narrow(&before, &new, &context), index.search(&new, &context), "{} → {}", old, new);
        }
    }
}
