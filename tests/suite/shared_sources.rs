//! Shared sources of every format on a desk: found, searched, cited and checked.

use crate::harness::TemporaryDesk;

const EVENT: &str = "title: Ferry\ndate: 2024-08-20\nfacts:\n\
    - { id: runs, text: The ferry runs., sources: ruiz2024ferries }\n\
    - { id: costs, text: It costs 5., sources: [{ source: doe/2023+x, at: p. 4 }] }\n\
    - { id: sinks, text: It sank., sources: 李2024 }\n\
    - { id: floats, text: It floats., sources: house }\n";

const BIB: &str = "@article{ruiz2024ferries,\n  title = {Ferries of {{Northport}}},\n  journaltitle = {Port Review}\n}\n\n\
    @book{doe/2023+x,\n  title = {Tolls}\n}\n\n@book{house, title = {Taken}}\n\n@book{broken,\n  title = {x}\n  year = 1\n}\n";

const JSON: &str = "[\n  { \"id\": \"李2024\", \"type\": \"report\", \"title\": \"Wrecks\" },\n  { \"id\": \"house\", \"type\": \"book\" }\n]\n";

const DRAFT: &str = "---\ntemplate: backgrounder\ntitle: Ferry\ndate: 2024-08-20\nfields: { contact: Desk }\n---\n\n\
    ## Background {#background}\n\nIt runs [@ruiz2024ferries; @doe/2023+x, p. 4] and sank [@{李2024}]. It will not [@nobody].\n";

fn desk() -> TemporaryDesk {
    TemporaryDesk::with(&[
        ("briefs/events/ferry.yaml", EVENT),
        ("briefs/sources.yaml", "house: { type: report, title: House rules }\n"),
        ("briefs/refs.bib", BIB),
        ("briefs/zotero.json", JSON),
        ("briefs/drafts/ferry.md", DRAFT),
        ("briefs/events/not-shared.bib", "no BibTeX"),
    ])
}

#[test]
fn facts_are_found_by_the_key_and_title_of_a_shared_source() {
    let desk = desk();
    let found = |query: &str| {
        let out = desk.run(&["facts", query, "-q"]).ok();
        out.lines().filter_map(|line| line.split_whitespace().next().map(ToOwned::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(found("source:ruiz2024ferries"), ["ferry#runs"]);
    assert_eq!(found("source:doe/2023+x"), ["ferry#costs"]);
    assert_eq!(found("source:李2024"), ["ferry#sinks"]);
    assert_eq!(found("source:\"ferries of northport\""), ["ferry#runs"]);
    assert_eq!(found("source:\"port review\""), ["ferry#runs"]);
    assert_eq!(found("source:wrecks"), ["ferry#sinks"]);
    // `sources.yaml` goes before the others.
    assert_eq!(found("source:\"house rules\""), ["ferry#floats"]);
    assert_eq!(found("source:taken"), [""; 0]);
}

#[test]
fn check_tells_each_fault_in_its_own_file() {
    let run = desk().run(&["check"]);
    for told in [
        "briefs/refs.bib:10:7: warning[duplicate-id]: another source has the key `house`: that of briefs/sources.yaml counts",
        "briefs/refs.bib:14:3: error[bad-value]: `broken` cannot be read: a comma is expected here",
        "briefs/zotero.json:3:3: warning[duplicate-id]: another source has the key `house`",
        "there is no shared source `nobody`",
    ] {
        assert!(run.err.contains(told) || run.out.contains(told), "{told}: {run:?}");
    }
    let all = format!("{}{}", run.out, run.err);
    assert_eq!(all.matches("unknown-reference").count(), 1, "{all}");
    assert!(!all.contains("not-shared"), "{all}");
}
