//! Sources of every kind, and of no kind: what must never print, and what no source can break.

use crate::harness::{TemporaryDesk, github_options, root, with_draft};
use attache::disk::Folder;
use attache::note::{Flavour, Formatter, Request, compose};
use comrak::nodes::NodeValue;
use proptest::prelude::*;

const TEMPLATE: &str =
    "---\nname: T\n---\n# {{ title }}\n\n## Facts {#facts .bullets}\n## Sources {#sources .sources}\n";
const STYLES: [&str; 3] = ["chicago-notes", "apa", "ieee"];

/// Every key of ours on one source, each with a value that nothing else has.
const OWN: &str = "    reliability: F\n    origin: Hushorigin\n    directness: tertiary\n    descriptor: Hushdescriptor\n    \
    marking: Hushmarking\n    attribution: chatham-house\n    capture: { path: captures/hushcapture.html, sha256: 00ab }\n";

#[test]
fn our_own_keys_change_no_note_and_appear_in_none() {
    let case = root().join("tests/data/golden/kinds");
    let event = std::fs::read_to_string(case.join("briefs/events/kinds.yaml")).unwrap();
    let (sources, facts) = event.split_once("\nfacts:\n").unwrap();
    let (head, sources) = sources.split_once("\nsources:\n").unwrap();
    let hushed = |with: &str| {
        let mut out = format!("{head}\nsources:\n");
        for line in sources.lines().filter(|line| !own(line)) {
            out += &match line.split_once(": { ") {
                // `key: { type: … }` in full, so that keys can be added.
                Some((key, rest)) if line.starts_with("  ") && !line.starts_with("   ") => {
                    format!("{key}:\n    <<flow>>{{ {rest}\n")
                }
                _ => format!("{line}\n"),
            };
            if line.ends_with(':') && !line.starts_with("   ") {
                out += with;
            }
        }
        let flow = format!("{}, ", with.trim().replace("\n    ", ", "));
        let mut whole = String::new();
        for line in out.lines() {
            whole += &match line.strip_prefix("    <<flow>>{ ") {
                Some(rest) if with.is_empty() => format!("    {{ {rest}\n"),
                Some(rest) => format!("    {{ {flow}{rest}\n"),
                None => format!("{line}\n"),
            };
        }
        format!("{whole}facts:\n{facts}")
    };
    let notes = |event: &str| {
        let desk = TemporaryDesk::with(&[("briefs/events/kinds.yaml", event)]);
        for file in ["briefs/refs.bib", "briefs/refs.json", "templates/house.csl", "templates/house-german.csl"] {
            desk.write(file, &std::fs::read_to_string(case.join(file)).unwrap());
        }
        let folder = Folder::at(&case);
        let loaded = desk.folder().load(&|_| ());
        assert_eq!(loaded.findings, []);
        let mut notes = Vec::new();
        for draft in folder.drafts() {
            for flavour in [Flavour::Gfm, Flavour::CommonMark, Flavour::Pandoc, Flavour::Plain] {
                let formatter = Formatter::new();
                notes.push(with_draft(&folder, &desk.folder(), &draft.slug, |request| {
                    compose(&Request { flavour, ..*request }, &formatter).text
                }));
            }
        }
        notes
    };
    let whole = hushed(OWN);
    let sources = sources.lines().filter(|l| l.starts_with("  ") && !l.starts_with("   ")).count();
    assert_eq!(whole.matches("Hushorigin").count(), sources, "every source has them");
    let (with, without) = (notes(&whole), notes(&hushed("")));
    assert_eq!(with.len(), 4 * 12);
    for (with, without) in with.iter().zip(&without) {
        assert!(with == without, "{}", crate::harness::difference(without, with));
        assert!(!with.to_lowercase().contains("hush"), "{with}");
    }
}

/// Whether a line of the case's event is one of our own keys.
fn own(line: &str) -> bool {
    const KEYS: [&str; 8] =
        ["reliability", "origin", "directness", "descriptor", "marking", "attribution", "capture", "status"];
    line.strip_prefix("    ").and_then(|line| line.split_once(':')).is_some_and(|(key, _)| KEYS.contains(&key))
}

#[test]
fn golden_notes_hold_nothing_of_our_own_keys() {
    let notes = root().join("tests/data/golden/kinds/briefs/notes");
    for note in std::fs::read_dir(notes).unwrap().map(|e| e.unwrap().path()) {
        let text = std::fs::read_to_string(&note).unwrap().to_lowercase();
        for word in ["secret", "reliab", "chatham", "background", "secondary", "capture", "(b)", "retracted"] {
            assert!(!text.contains(word), "{}: {word}", note.display());
        }
    }
}

#[test]
fn an_unknown_type_prints_as_a_document_and_is_told_with_the_nearest() {
    let event = "title: T\ndate: 2024\nsources:\n  s: { type: interveiw, title: Talk, author: \"Holm, Per\" }\n\
        facts:\n  - { id: a, text: x, sources: s }\n";
    let note = notes(event).remove(0);
    assert!(note.0.contains("[^1]: Per Holm, “Talk,” n.d., 3.\n"), "{}", note.0);
    assert_eq!(note.1.len(), 1, "{:?}", note.1);
    assert!(note.1[0].starts_with("briefs/events/e.yaml:4:14: warning[bad-value]"), "{:?}", note.1);
    assert!(note.1[0].contains("did you mean `interview`?"), "{:?}", note.1);
}

/// The note of fact `e#a` in each style, and what was told.
fn notes(event: &str) -> Vec<(String, Vec<String>)> {
    let draft = "---\ntemplate: t\ntitle: T\ndate: 2024-09-01\nlanguage: en-US\n---\n\n## Facts {#facts}\n\n- One [@e#a, p. 3].\n- Two [@e#a].\n";
    let (template, _) = attache::template::parse("t", "templates/t.md", TEMPLATE);
    let draft = attache::draft::Draft::parse(draft, &template.outline());
    let desk = TemporaryDesk::with(&[("briefs/events/e.yaml", event)]);
    let loaded = desk.folder().load(&|_| ());
    let formatter = Formatter::new();
    let note = |style: &&str| {
        let request = Request {
            desk: &loaded.desk,
            template: &template,
            draft: &draft,
            path: "d.md",
            style: Some(style),
            flavour: Flavour::Gfm,
        };
        let mut note = compose(&request, &formatter);
        note.findings.iter_mut().for_each(|f| f.place_in(event));
        attache::event_file::locate(event, &mut note.findings);
        (note.text, note.findings.iter().map(ToString::to_string).collect())
    };
    STYLES.iter().map(note).collect()
}

/// Words that YAML, Markdown, CSL or names could take for something else.
fn words() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        "*a* _b_",
        "# x",
        "- x",
        "1. x",
        "> q",
        "```",
        "<b>x</b>",
        "<i>x",
        "[^1]: x",
        "[@e#a]",
        "](x)",
        "|a|b|",
        "\\",
        "$x$",
        "{NATO}",
        "{{",
        "}",
        "“q”",
        "\"q\"",
        "'",
        "",
        " ",
        "…",
        "http://x.example/<>",
        "javascript:x",
        "---",
        "===",
        "Holm, Per",
        "van der Meer, Joost",
        ", ,",
        ",",
        "2024",
        "2024-08~",
        "2024/..",
        "201X",
        "-0044",
        "Y-170000002",
        "2024-22",
        "1/2",
        "99999999999999999999",
        "-1",
        "12-3",
        "iv",
        "&amp;",
        "&",
        "~~x~~",
        "\u{202e}x",
        "北",
        "Ω ω",
        "<span class=\"nocase\">",
        "</span>",
        "<sup>2",
        "\u{f0041}",
        "\u{e0f0}",
        "\u{e0ff}",
        "www.x.example",
        "a@b.example",
        "![x](y)",
        "<!-- x -->",
        "true",
        "null",
        "~",
        "1.10",
        "1.",
        "a\nb",
        "«",
        "»",
        "‹x",
        "()",
        ":",
        "p. 4",
    ]);
    prop_oneof![4 => nasty.prop_map(str::to_owned), 1 => "\\PC{0,12}"]
}

fn tree() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        6 => words().prop_map(serde_json::Value::from),
        1 => any::<i32>().prop_map(serde_json::Value::from),
        1 => any::<bool>().prop_map(serde_json::Value::from),
        1 => Just(serde_json::Value::Null),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(serde_json::Value::from),
            prop::collection::vec((field(), inner), 0..4)
                .prop_map(|entries| { serde_json::Value::Object(entries.into_iter().collect()) }),
        ]
    })
}

fn field() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "type",
        "title",
        "author",
        "date",
        "editor",
        "affiliated",
        "publisher",
        "location",
        "organization",
        "issue",
        "chapter",
        "volume",
        "volume-total",
        "edition",
        "page-range",
        "page-total",
        "time-range",
        "runtime",
        "url",
        "serial-number",
        "serial",
        "language",
        "archive",
        "archive-location",
        "call-number",
        "note",
        "abstract",
        "genre",
        "parent",
        "value",
        "name",
        "given-name",
        "prefix",
        "suffix",
        "role",
        "names",
        "short",
        "verbatim",
        "doi",
        "arxiv",
    ])
    .prop_map(str::to_owned)
}

fn kind() -> impl Strategy<Value = serde_json::Value> {
    let known = prop::sample::select(vec![
        "article",
        "book",
        "chapter",
        "web",
        "report",
        "legislation",
        "case",
        "hearing",
        "treaty",
        "cable",
        "broadcast",
        "podcast",
        "social-post",
        "transcript",
        "interview",
        "email",
        "thesis",
        "map",
        "dataset",
        "press-release",
        "scroll",
    ]);
    prop_oneof![5 => known.prop_map(serde_json::Value::from), 1 => tree()]
}

/// What of a note's structure comrak sees that no note of [`notes`] should have.
fn structure(markdown: &str) -> Vec<String> {
    let arena = comrak::Arena::new();
    let tree = comrak::parse_document(&arena, markdown, &github_options());
    let mut odd = Vec::new();
    let (mut headings, mut definitions) = (0, 0);
    for node in tree.descendants() {
        match &node.data.borrow().value {
            NodeValue::Heading(_) => headings += 1,
            NodeValue::FootnoteDefinition(_) => definitions += 1,
            NodeValue::Link(link) if link.url.starts_with("http://") || link.url.starts_with("https://") => {}
            NodeValue::Document
            | NodeValue::List(_)
            | NodeValue::Item(_)
            | NodeValue::Paragraph
            | NodeValue::Text(_)
            | NodeValue::Emph
            | NodeValue::Strong
            | NodeValue::FootnoteReference(_) => {}
            other => odd.push(format!("{other:?}")),
        }
    }
    let items = tree.descendants().filter(|n| matches!(n.data.borrow().value, NodeValue::Item(_))).count();
    if !(2..=3).contains(&headings) || definitions > 2 || items > 3 {
        odd.push(format!("{headings} headings, {definitions} definitions, {items} items"));
    }
    odd
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_tree_as_a_source_prints_and_changes_no_structure(
        kind in kind(),
        entries in prop::collection::vec((field(), tree()), 0..8),
    ) {
        let mut source: serde_json::Map<String, serde_json::Value> = entries.into_iter().collect();
        source.insert("type".into(), kind);
        // JSON is YAML. What is no key of a source is told, and passed over.
        let source = serde_json::Value::Object(source);
        let event = format!("title: T\ndate: 2024\nsources:\n  s: {source}\nfacts:\n  - {{ id: a, text: x, sources: s }}\n");
        let reading = attache::event_file::read("briefs/events/e.yaml", &event);
        let read = reading.event.map(|event| event.sources.len());
        prop_assert_eq!(read, Some(1), "the source is lost: {:#?} in {}", reading.findings, event);
        for ((text, _), style) in notes(&event).into_iter().zip(STYLES) {
            let odd = structure(&text);
            prop_assert!(odd.is_empty(), "{style}: {odd:?} of\n{event}\nin\n{text}");
        }
    }
}
