//! What a person who types some words wants to see first: `tests/data/search/`.

use std::collections::HashSet;
use std::sync::Arc;

use attache::event_file;
use attache::model::Desk;
use attache::search::{Index, Query, SearchContext};

use crate::harness::root;
use crate::search_cases::{Page, pages};

fn desk(page: &Page) -> Desk {
    let read = |(i, text): (usize, &String)| {
        let read = event_file::read(&format!("briefs/events/{}-{i}.yaml", page.name), text);
        assert!(read.event.is_some(), "{}.md: {:?}", page.name, read.findings);
        read.event.map(Arc::new).unwrap()
    };
    Desk::new(page.events.iter().enumerate().map(read).collect(), Arc::default())
}

#[test]
fn the_fact_wanted_comes_first() {
    let mut faults = Vec::new();
    let mut queries = 0;
    for page in pages(&root().join("tests/data/search")) {
        let index = Index::new(Arc::new(desk(&page)));
        let known: HashSet<&str> =
            index.desk().events().iter().flat_map(|event| event.facts.iter().map(|fact| &*fact.id)).collect();
        for case in &page.cases {
            for id in case.first.iter().chain(&case.below).chain(&case.not) {
                assert!(known.contains(&**id), "{}.md:{}: there is no fact `{id}`", page.name, case.line);
            }
            let query = Query::parse(&case.query).unwrap();
            let found = index.search(&query, &SearchContext::none());
            let found: Vec<String> = found.iter().map(|at| index.desk().get(*at).unwrap().1.id.to_string()).collect();
            queries += 1;
            if let Some(fault) = case.fault(&found) {
                let (page, line) = (&page.name, case.line);
                faults.push(format!("{page}.md:{line}: `{}`: {fault}; found {}", case.query, found.join(", ")));
            }
        }
    }
    assert!(faults.is_empty(), "{} of {queries}:\n{}", faults.len(), faults.join("\n"));
    assert!(queries >= 30, "{queries}");
}
