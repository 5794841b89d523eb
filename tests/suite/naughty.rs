//! Nasty texts as facts: what prints reads as the same characters and changes no structure.

use crate::harness::{TemporaryDesk, github_options, note, root};
use comrak::nodes::NodeValue;

fn strings() -> Vec<String> {
    let mut all = Vec::new();
    for file in ["blns.json", "own.json"] {
        let text = std::fs::read_to_string(root().join("tests/data/naughty").join(file)).unwrap();
        let strings: Vec<String> = serde_json::from_str(&text).unwrap();
        all.extend(strings);
    }
    all
}

/// A text as YAML reads it back whatever it holds.
fn yaml(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if (c as u32) < 0x20 || (0x7f..0xa0).contains(&(c as u32)) => out += &format!("\\x{:02x}", c as u32),
            c if "\u{feff}\u{2028}\u{2029}\u{fffe}\u{ffff}\u{85}".contains(c) => out += &format!("\\u{:04x}", c as u32),
            c => out.push(c),
        }
    }
    out + "\""
}

/// How a fact's text is to be seen: one line, controls as pictures.
fn visible(text: &str) -> String {
    let clean = attache::model::text::clean(text);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn any_fact_reads_as_its_own_characters_in_the_note() {
    let strings: Vec<String> = strings().into_iter().filter(|s| !visible(s).is_empty()).collect();
    assert!(strings.len() > 450);
    let mut event = String::from("title: T\ndate: 2024\nsources: { s: { type: web, title: S } }\nfacts:\n");
    let mut draft = String::from("---\ntemplate: t\ntitle: T\n---\n");
    for (i, text) in strings.iter().enumerate() {
        event += &format!("  - {{ id: f{i}, text: {}, sources: s }}\n", yaml(text));
    }
    let template = "---\nname: T\ncitations: none\n---\n# {{ title }}\n\n## Prose {#prose accepts=any}\n";
    draft += "\n## Prose {#prose}\n";
    let desk = TemporaryDesk::with(&[
        ("briefs/events/e.yaml", &event),
        ("templates/t.md", template),
        ("briefs/drafts/d.md", &draft),
    ]);
    let loaded = desk.folder().load(&|_| ());
    assert_eq!(loaded.findings, []);
    for class in ["prose", "bullets", "numbered", "quotes"] {
        let text = template.replace("{#prose", &format!("{{#prose .{class}"));
        desk.write("templates/t.md", &text);
        let (templates, _) = desk.folder().templates();
        let template = templates.iter().find(|t| t.id == "t").unwrap();
        let dates = attache::draft::place::Dates { pattern: "%Y", language: "en" };
        let form = template.sections[0].form;
        let manner = attache::draft::place::Manner { form, dates, mention: attache::draft::attribution::Mention::Full };
        let placed = loaded.desk.facts().map(|at| attache::draft::place::markdown(&loaded.desk, at, manner));
        let between = if matches!(class, "bullets" | "numbered") { "\n" } else { "\n\n" };
        let body = placed.collect::<Vec<_>>().join(between);
        desk.write("briefs/drafts/d.md", &format!("{draft}\n{body}\n"));
        let note = note(&desk.folder(), "d");
        let (printed, wanted) = (blocks(&note.text), strings.iter().map(|s| visible(s)).collect::<Vec<_>>());
        for (printed, wanted) in printed.iter().zip(&wanted) {
            assert_eq!(printed, wanted, "in {class}");
        }
        assert_eq!(printed.len(), wanted.len(), "in {class}");
    }
}

/// The visible text of every block but headings; anything but text in one is a fault.
fn blocks(markdown: &str) -> Vec<String> {
    let arena = comrak::Arena::new();
    let tree = comrak::parse_document(&arena, markdown, &github_options());
    let mut blocks = Vec::new();
    for node in tree.descendants() {
        match &node.data.borrow().value {
            NodeValue::Paragraph => {
                let mut text = String::new();
                for inline in node.descendants().skip(1) {
                    match &inline.data.borrow().value {
                        NodeValue::Text(t) => text.push_str(t),
                        other => panic!("{other:?} after {text:?}"),
                    }
                }
                blocks.push(text);
            }
            NodeValue::Document
            | NodeValue::Heading(_)
            | NodeValue::Text(_)
            | NodeValue::List(_)
            | NodeValue::Item(_) => {}
            other => panic!("{other:?}"),
        }
    }
    blocks
}
