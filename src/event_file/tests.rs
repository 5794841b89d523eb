use super::*;

fn findings(text: &str) -> Vec<String> {
    read("e.yaml", text).findings.iter().map(ToString::to_string).collect()
}

fn event(text: &str) -> Event {
    let reading = read("briefs/events/e.yaml", text);
    assert_eq!(reading.findings, [], "{text}");
    reading.event.unwrap()
}

const GOOD: &str = "title: T\ndate: 2024\nsources:\n  s: { type: web, title: NO }\nfacts:\n";

#[test]
fn the_file_stem_is_the_default_id_and_short_forms_are_read() {
    let e = event(&format!(
        "{GOOD}  - {{ id: a, text: 1.10, sources: s, tags: [007, x], places: Minsk, value: 2023 }}\n  - {{ id: b, text: x, sources: [s, {{ source: s, at: 12:30 }}] }}\nactors: {{ mao: Mao Ning }}\n"
    ));
    assert_eq!(&*e.id, "e");
    assert_eq!(&*e.facts[0].text, "1.10");
    assert_eq!(&*e.facts[0].tags[0], "007");
    assert_eq!(&*e.facts[0].places[0].name, "Minsk");
    assert_eq!(e.facts[0].figure.as_ref().and_then(|f| f.value.as_deref()), Some("2023"));
    assert_eq!(e.facts[1].sources[1].at.as_deref(), Some("12:30"));
    assert_eq!(e.sources["s"].title(), Some("NO"));
    assert_eq!(&*e.actors["mao"].name, "Mao Ning");
}

#[test]
fn a_lone_number_is_kept_as_written_by_the_careful_pass() {
    let e = event(&format!("{GOOD}  - {{ id: a, text: x, sources: s, tags: 1.10 }}\n"));
    assert_eq!(&*e.facts[0].tags[0], "1.10");
}

#[test]
fn a_bad_fact_costs_that_fact_and_is_named_by_place() {
    let text = format!(
        "{GOOD}  - {{ id: a, text: x, sources: s }}\n  - id: b\n    text: [no]\n  - {{ id: c, text: y, sources: s }}\n"
    );
    let reading = read("e.yaml", &text);
    let ids: Vec<_> = reading.event.unwrap().facts.iter().map(|f| f.id.to_string()).collect();
    assert_eq!(ids, ["a", "c"]);
    assert_eq!(reading.findings[0].to_string(), "e.yaml:8:11: error[bad-fact]: expected a text, found a list");
}

#[test]
fn wrong_values_are_told_with_the_nearest_right_one() {
    let text = format!(
        "{GOOD}  - {{ id: a, text: x, sources: s, kind: statment }}\n  - id: b\n    text: x\n    date: 2024-13\n    credibility: 9\n"
    );
    let reading = read("e.yaml", &text);
    let told: Vec<_> = reading.findings.iter().map(|f| (f.rule, f.position().line)).collect();
    assert_eq!(told, [("bad-value", 6), ("bad-date", 9), ("bad-value", 10)]);
    assert!(reading.findings[0].help.as_deref().unwrap().contains("statement"));
    // A fact of unknown kind must not pass for a statement; one with a bad date is still true.
    let ids: Vec<_> = reading.event.unwrap().facts.iter().map(|f| f.id.to_string()).collect();
    assert_eq!(ids, ["b"]);
}

#[test]
fn unknown_keys_warn_and_x_keys_are_free() {
    let text = format!("{GOOD}  - {{ id: a, text: x, sources: s, x-mine: 1, speeker: y }}\nx-own: {{ a: 1 }}\n");
    assert_eq!(findings(&text), ["e.yaml:6:46: warning[unknown-key]: unknown key `speeker`"]);
    let found = read(
        "e.yaml",
        "sources:\n  s: { type: article, title: T, credibility: 2 }\nfacts:\n  - { id: a, text: x, sources: s, reliability: B }\n",
    )
    .findings;
    let help: Vec<_> = found.iter().filter(|f| f.rule == "unknown-key").filter_map(|f| f.help.as_deref()).collect();
    assert_eq!(help, ["`credibility` is a key of a fact", "`reliability` is a key of a source"]);
    // The way out that is told is one.
    let with = |key: &str| format!("{GOOD}  - {{ id: a, text: x, sources: [{{ source: s, {key}: para 2 }}] }}\n");
    let found = read("e.yaml", &with("locator")).findings;
    let help = found.iter().find(|f| f.rule == "unknown-key").and_then(|f| f.help.as_deref());
    assert_eq!(help, Some("where in its source a fact stands is `at`: `sources: [{ source: KEY, at: para 2 }]`"));
    assert_eq!(findings(&with("at")), Vec::<String>::new());
}

#[test]
fn unknown_keys_warn_in_short_forms_too() {
    let text = format!(
        "{GOOD}  - {{ id: a, text: x, sources: {{ source: s, att: 1 }}, places: [{{ name: B, counrty: C }}, D] }}\n"
    );
    let reading = read("e.yaml", &text);
    let told: Vec<_> = reading.findings.iter().map(|f| (f.rule, f.message.as_str())).collect();
    assert_eq!(told, [("unknown-key", "unknown key `att`"), ("unknown-key", "unknown key `counrty`")]);
    let fact = &reading.event.unwrap().facts[0];
    assert_eq!((fact.places.len(), fact.sources.len()), (2, 1));
}

#[test]
fn nothing_is_dropped_in_silence() {
    for (text, rule, line) in [
        (format!("{GOOD}  - {{ id: a, text: x }}\n  - {{ id: a, text: y }}\n"), "duplicate-id", 7),
        (format!("{GOOD}  - {{ id: a, text: x, text: y }}\n"), "bad-value", 6),
        (format!("{GOOD}  - {{ id: a, text: x }}\n---\ntitle: B\n"), "bad-value", 7),
        (format!("{GOOD}  - {{ text: x }}\n"), "missing-id", 6),
        (format!("{GOOD}  - {{ id: a }}\n"), "bad-fact", 6),
        (format!("{GOOD}  - {{ id: a, text: x, relations: [{{ contradict: b }}] }}\n"), "bad-value", 6),
        ("title: T\ndate: 2024\nsources:\n  s: [1]\nfacts: []\n".into(), "bad-value", 4),
        ("title: T\ndate: 2024\nactors: [a]\nfacts: []\n".into(), "bad-value", 3),
        ("title: T\ndate: 2024\nfacts: { a: 1 }\n".into(), "bad-value", 3),
        ("date: 2024\nfacts: []\n".into(), "bad-value", 1),
        ("title: T\nfacts: []\n".into(), "bad-value", 1),
        ("title: T\ndate: 2024\n".into(), "bad-value", 1),
        ("schema: 2\ntitle: T\ndate: 2024\nfacts: []\n".into(), "bad-value", 1),
    ] {
        let reading = read("e.yaml", &text);
        assert!(
            reading.findings.iter().any(|f| f.rule == rule && f.position().line == line),
            "{text}\n{:?}",
            reading.findings
        );
        assert!(reading.event.is_some(), "{text}");
    }
}

#[test]
fn what_is_no_event_file_is_refused_with_a_reason() {
    for text in ["", "just text", "[1, 2]", "a: [", "\tx: 1", "a: &a [*a]", "%YAML 9\n---\n"] {
        let reading = read("e.yaml", text);
        assert!(reading.event.is_none(), "{text:?}");
        assert_eq!(reading.findings[0].rule, "unreadable", "{text:?}");
    }
    let large = format!("title: \"{}\"\n", "x".repeat(5 * 1024 * 1024));
    assert!(read("e.yaml", &large).findings[0].message.contains("at most 4 MB"));
    let field = format!("{GOOD}  - {{ id: a, text: {} }}\n  - {{ id: b, text: x }}\n", "x".repeat(70_000));
    let reading = read("e.yaml", &field);
    assert_eq!(reading.event.unwrap().facts.len(), 1);
    assert!(reading.findings[0].message.contains("64 KB"));
}

#[test]
fn encodings_and_line_ends_make_no_difference() {
    let unix = format!("{GOOD}  - id: a\n    text: |\n      one\n      two\n    sources: s\n");
    let plain = event(&unix);
    assert_eq!(event(&unix.replace('\n', "\r\n")), plain);
    assert_eq!(event(&format!("\u{feff}{unix}")), plain);
}

#[test]
fn the_quick_and_the_careful_pass_read_the_same() {
    let text = include_str!("../../briefs/events/2024/li-qiang-ru-by-2024-08.yaml");
    let quick = event(text);
    let odd = read("briefs/events/e.yaml", &format!("{text}\nunheard-of: 1\n"));
    assert_eq!(odd.findings.len(), 1);
    assert_eq!(odd.event.unwrap(), quick);
}

#[test]
fn ids_are_unique_however_many_there_are() {
    let facts: String =
        (0..100).map(|i| format!("  - {{ id: f{}, text: x }}\n", if i == 90 { 7 } else { i })).collect();
    let reading = read("e.yaml", &format!("{GOOD}{facts}"));
    assert_eq!(reading.event.unwrap().facts.len(), 99);
    assert!(reading.findings[0].message.contains("number 8 in the list"), "{:?}", reading.findings);
}

#[test]
fn a_field_of_the_wrong_shape_costs_the_field_and_not_the_source() {
    let text = "title: T\ndate: 2024\nsources:\n  s:\n    type: [web]\n    title: [a, b]\n    author: 5\n    editor: [\"Holm, Per\", { role: x }]\n    url: [https://a.example]\n    date: { year: 2024 }\n    publisher: { location: Northport }\n    serial-number: [1]\n    affiliated: { role: intervewer, names: Ann }\n    parent: { type: newspaper, title: { short: x } }\n    genre: essay\nfacts:\n  - { id: a, text: x, sources: s }\n";
    let reading = read("e.yaml", text);
    let told: Vec<_> = reading.findings.iter().map(|f| (f.rule, f.severity, f.position().line)).collect();
    let warning = crate::finding::Severity::Warning;
    let lines = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14];
    assert_eq!(told, lines.map(|line| ("bad-value", warning, line)), "{:#?}", reading.findings);
    assert!(reading.findings[8].message.contains("did you mean `interviewer`?"));
    let event = reading.event.unwrap();
    let record = &event.sources["s"].record;
    assert!(["type", "title", "author", "url", "date", "publisher"].iter().all(|key| record.get(key).is_none()));
    assert_eq!(record.get("genre").and_then(|v| v.text()), Some("essay"));
    assert!(record.get("editor").is_some() && record.get("parent").is_some());
    assert_eq!(event.facts.len(), 1);
}
