//! Nothing that stands in a file is left out in silence: what counts twice, leads to nothing, or is known to nobody
//! is an error or a warning at its line, in each kind of file.

use crate::harness::TemporaryDesk;

const EVENT: &str = "title: T\ndate: 2024\nsources:\n  s: { type: web, title: S }\nactors:\n  a: { name: A }\nfacts:\n  - { id: f, text: It rained., sources: s }\n";
const SOURCES: &str = "k: { type: web, title: K }\n";
const BIB: &str = "@misc{b, title = {B}}\n";
const JSON: &str = "[{ \"id\": \"j\", \"type\": \"book\", \"title\": \"J\" }]\n";
const TEMPLATE: &str =
    "---\nname: T\nfields: [{ id: to }]\n---\n# {{ title }}\n\n## A {#a}\n\n## Sources {#sources .sources}\n";
const DRAFT: &str = "---\ntemplate: t\ntitle: T\ndate: 2024-08-20\n---\n\n## A {#a}\n\nIt rained [@e#f; @k; @b; @j].\n\n## Sources {#sources}\n";
const SETTINGS: &str = "scale: phia\nchecks: { stale: off }\n";

/// The files of a desk in order, by short names.
const FILES: [(&str, &str, &str); 7] = [
    ("event", "briefs/events/e.yaml", EVENT),
    ("sources", "briefs/sources.yaml", SOURCES),
    ("bib", "briefs/refs.bib", BIB),
    ("json", "briefs/refs.json", JSON),
    ("template", "templates/t.md", TEMPLATE),
    ("draft", "briefs/drafts/d.md", DRAFT),
    ("settings", "attache.yaml", SETTINGS),
];

fn desk() -> TemporaryDesk {
    TemporaryDesk::with(&FILES.map(|(_, path, text)| (path, text)))
}

/// A change of one file and where it must be told, with which rule.
type Case = (&'static str, fn(&str) -> String, &'static str);

fn behind(text: &str, more: &str) -> String {
    format!("{text}{more}")
}

const CASES: &[Case] = &[
    ("event", |t| behind(t, "---\ntitle: U\n"), "9:1: error[bad-value]"),
    ("event", |t| behind(t, "title: U\n"), "9:1: error[bad-value]: duplicate key `title`, first at 1:1"),
    ("event", |t| t.replace("sources: s }", "sources: s, text: x }"), "8:44: error[bad-value]"),
    ("event", |t| behind(t, "  - { id: f, text: Again., sources: s }\n"), "9:11: error[duplicate-id]"),
    ("event", |t| t.replace("actors:", "  s: { type: web, title: U }\nactors:"), "5:3: error[bad-value]"),
    ("event", |t| t.replace("facts:", "  a: { name: B }\nfacts:"), "7:3: error[bad-value]"),
    ("event", |t| t.replace("sources: s }", "sources: [s, gone] }"), "8:45: error[unknown-reference]"),
    ("event", |t| t.replace("sources: s }", "sources: s, speaker: gone }"), "8:53: error[unknown-reference]"),
    ("event", |t| t.replace("sources: s }", "sources: s, actors: [gone] }"), "8:53: error[unknown-reference]"),
    (
        "event",
        |t| t.replace("sources: s }", "sources: s, relations: [{ contradicts: gone }] }"),
        "8:71: error[unknown-reference]",
    ),
    ("event", |t| behind(t, "related: [gone]\n"), "9:11: error[unknown-reference]"),
    ("event", |t| t.replace("title: S }", "title: S, parent: gone }"), "4:37: warning[bad-value]"),
    ("event", |t| behind(t, "colour: red\n"), "9:1: warning[unknown-key]"),
    ("event", |t| t.replace("sources: s }", "sources: s, colour: red }"), "8:44: warning[unknown-key]"),
    ("event", |t| t.replace("title: S }", "title: S, colour: red }"), "4:29: warning[unknown-key]"),
    ("event", |t| t.replace("name: A }", "name: A, colour: red }"), "6:17: warning[unknown-key]"),
    ("sources", |t| behind(t, "---\nl: { type: web, title: L }\n"), "2:1: error[bad-value]"),
    ("sources", |t| behind(t, "k: { type: web, title: L }\n"), "2:1: error[bad-value]"),
    ("sources", |t| t.replace("title: K", "title: K, title: L"), "1:27: error[bad-value]"),
    ("sources", |t| t.replace("title: K", "title: K, colour: red"), "1:27: warning[unknown-key]"),
    ("sources", |t| behind(t, "l: { type: web, title: L, parent: gone }\n"), "2:35: warning[bad-value]"),
    ("bib", |t| behind(t, "@misc{b, title = {C}}\n"), "2:7: warning[duplicate-id]"),
    ("bib", |t| behind(t, "@misc{k, title = {C}}\n"), "2:7: warning[duplicate-id]"),
    ("bib", |t| behind(t, "@misc{c, title = {C}, TITLE = {D}}\n"), "2:23: warning[bad-value]"),
    ("bib", |t| behind(t, "@misc{c, title = {C}, crossref = {gone}}\n"), "2:35: warning[bad-value]"),
    ("bib", |t| behind(t, "@misc{c, title = {C}, attache-colour = {red}}\n"), "2:41: warning[unknown-key]"),
    ("json", |t| t.replace("]\n", ", { \"id\": \"j\", \"type\": \"book\" }]\n"), "1:47: warning[duplicate-id]"),
    ("json", |t| t.replace("\"J\"", "\"J\", \"title\": \"K\""), "1:45: warning[bad-value]"),
    (
        "json",
        |t| t.replace("\"J\"", "\"J\",\n  \"issued\": { \"raw\": \"2024\", \"raw\": \"2023\" }"),
        "2:30: warning[bad-value]",
    ),
    (
        "json",
        |t| t.replace("\"J\"", "\"J\", \"custom\": { \"attache\": { \"colour\": \"red\" } }"),
        "1:80: warning[unknown-key]",
    ),
    ("json", |t| behind(t, "[]\n"), "2:1: error[bad-value]"),
    (
        "template",
        |t| t.replace("name: T", "name: T\nname: U"),
        "3:1: error[bad-value]: duplicate key `name`, first at 2:1",
    ),
    ("template", |t| t.replace("name: T", "name: T\ncolour: red"), "3:1: warning[unknown-key]"),
    ("template", |t| t.replace("{ id: to }", "{ id: to }, { id: to }"), "2:1: error[bad-value]"),
    ("template", |t| t.replace("{ id: to }", "{ id: to, colour: red }"), "3:20: warning[unknown-key]"),
    ("template", |t| t.replace("## Sources", "## Again {#a}\n\n## Sources"), "9:1: error[bad-value]"),
    (
        "draft",
        |t| t.replace("title: T", "title: T\ntitle: U"),
        "4:1: error[bad-value]: duplicate key `title`, first at 3:1",
    ),
    ("draft", |t| t.replace("title: T", "title: T\ncolour: red"), "4:1: warning[unknown-key]"),
    ("draft", |t| t.replace("title: T", "title: T\nfields: { gone: x }"), "4:17: warning[unknown-key]"),
    ("draft", |t| t.replace("title: T", "title: T\nfields: { to: x, to: y }"), "4:18: error[bad-value]"),
    ("draft", |t| t.replace("@j]", "@j; @gone]"), "9:31: error[unknown-reference]"),
    ("draft", |t| t.replace("@j]", "@j; @e#gone]"), "9:31: error[unknown-reference]"),
    // Without a template to check it by, too.
    ("draft", |t| t.replace("template: t", "template: zzz\ncolour: red"), "3:1: warning[unknown-key]"),
    ("draft", |t| t.replace("template: t", "template: zzz\ntitle: U"), "4:1: error[bad-value]"),
    ("draft", |t| t.replace("title: T", "title: %T"), "3:8: error[bad-value]: not YAML"),
    ("settings", |t| behind(t, "---\nscale: icd-203\n"), "3:1: error[bad-value]"),
    ("settings", |t| behind(t, "scale: icd-203\n"), "3:1: error[bad-value]"),
    ("settings", |t| behind(t, "colour: red\n"), "3:1: warning[unknown-key]"),
    ("settings", |t| t.replace("stale: off", "stale: off, stale: error"), "2:23: error[bad-value]"),
    ("settings", |t| behind(t, "templates: { gone: { checks: { stale: off } } }\n"), "3:20: error[bad-value]"),
    ("settings", |t| behind(t, "templates: { t: { colour: red } }\n"), "3:19: warning[unknown-key]"),
];

#[test]
fn what_counts_twice_leads_to_nothing_or_is_known_to_nobody_is_told_in_every_file() {
    let whole = desk();
    let quiet = whole.run(&["check"]);
    let mut missing = String::new();
    for (name, change, told) in CASES {
        let (_, path, text) = FILES.iter().find(|(short, _, _)| short == name).unwrap();
        let changed = change(text);
        assert_ne!(changed, *text, "{name}: {told}");
        let desk = desk();
        desk.write(path, &changed);
        let run = desk.run(&["check"]);
        let begins = format!("{path}:{told}");
        assert!(!quiet.err.contains(&begins), "{begins} is told without a fault");
        if !run.err.lines().any(|line| line.starts_with(&begins)) {
            missing += &format!("no {begins}\n{}\n", run.err);
        }
    }
    assert!(missing.is_empty(), "{missing}");
}

#[test]
fn a_second_event_of_one_id_is_told_at_its_id() {
    let desk = desk();
    desk.write("briefs/events/f.yaml", &format!("id: e\n{EVENT}"));
    let run = desk.run(&["check"]);
    assert!(run.err.contains("briefs/events/f.yaml:1:5: error[duplicate-id]"), "{}", run.err);
}

#[test]
fn a_section_that_a_draft_has_twice_prints_twice() {
    let desk = desk();
    desk.write("briefs/drafts/d.md", &DRAFT.replace("## Sources", "## Again {#a}\n\nMore of it.\n\n## Sources"));
    let note = desk.run(&["render", "d", "-o", "-"]).ok();
    assert!(note.contains("It rained") && note.contains("More of it."), "{note}");
}

#[cfg(unix)]
#[test]
fn shared_sources_whose_name_cannot_be_shown_are_told() {
    use std::os::unix::ffi::OsStrExt as _;
    let desk = desk();
    desk.write("briefs/odd\u{1b}[31m.bib", BIB);
    // Where the file system takes such a name.
    let other = desk.file("briefs").join(std::ffi::OsStr::from_bytes(b"odd\xff.json"));
    let taken = std::fs::write(other, JSON).is_ok();
    let run = desk.run(&["check"]);
    assert!(run.err.contains("briefs/odd␛[31m.bib:1:1: error[unreadable]"), "{}", run.err);
    assert_eq!(run.err.contains("briefs/odd\u{fffd}.json:1:1: error[unreadable]"), taken, "{}", run.err);
}
