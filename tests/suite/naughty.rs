//! Nasty texts as facts: what prints reads as the same characters and changes no structure.

use crate::harness::{TemporaryDesk, github_options, note, root};
use comrak::nodes::NodeValue;

pub fn strings() -> Vec<String> {
    let mut all = Vec::new();
    for file in ["blns.json", "own.json"] {
        let text = std::fs::read_to_string(root().join("tests/data/naughty").join(file)).unwrap();
        let strings: Vec<String> = serde_json::from_str(&text).unwrap();
        all.extend(strings);
    }
    all
}

/// A text as YAML reads it back whatever it holds.
pub fn yaml(text: &str) -> String {
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
pub fn visible(text: &str) -> String {
    let clean = attache::model::text::clean(text);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Calls `act` with each class of section, the note of one that holds every nasty text, and what is to be seen of each.
pub fn each_note(act: impl Fn(&str, &str, &[String])) {
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
        act(class, &note.text, &strings.iter().map(|s| visible(s)).collect::<Vec<_>>());
    }
}

/// Says where what is read differs from what is to be seen.
pub fn expect(place: &str, read: &[String], wanted: &[String]) {
    for (read, wanted) in read.iter().zip(wanted) {
        assert_eq!(read, wanted, "in {place}");
    }
    assert_eq!(read.len(), wanted.len(), "in {place}");
}

#[test]
fn any_fact_reads_as_its_own_characters_in_the_note() {
    each_note(|class, note, wanted| expect(class, &blocks(note), wanted));
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

/// Everything that a desk writes is one nasty text: names, words, excerpts, places, tags, titles, and the draft.
fn nasty_desk(text: &str) -> (String, String) {
    let yaml = yaml(text);
    let event = format!(
        "title: {yaml}\ndate: 2024-08-20\nas-of: 2024-08-19\nsummary: {yaml}\ntags: [{yaml}]\nplaces: [{yaml}]\nactors:\n  a: \
         {{ name: {yaml}, role: {yaml}, kind: person, aliases: [{yaml}, b] }}\nsources:\n  s: {{ type: web, title: {yaml}, \
         publisher: {yaml}, origin: {yaml}, reliability: D }}\n  t: {{ type: report, title: T, attribution: chatham-house }}\nfacts:\n  \
         - {{ id: f, text: {yaml}, note: {yaml}, actors: [a], speaker: a, status: disputed, sources: [{{ source: s, excerpt: \
         {yaml} }}, {{ source: t, excerpt: {yaml} }}] }}\n  - {{ id: q, kind: quote, words: {yaml}, spoken: fr, speaker: a, \
         sources: [{{ source: s, excerpt: {yaml} }}], relations: [contradicts: f] }}\n  - {{ id: n, kind: figure, text: {yaml}, \
         value: {yaml}, unit: {yaml}, measure: {yaml}, sources: s }}\n  - {{ id: j, kind: assessment, text: {yaml}, likelihood: \
         likely, confidence: high, basis: [f, q] }}\n"
    );
    let draft = format!(
        "---\ntemplate: readout\ntitle: {yaml}\ndate: 2024-08-21\nas-of: 2024-08-19\nmarking: {yaml}\n---\n\n## Meeting\n\n{text} \
         [@e#f; @e#q].\n\n“{text}” said Mao [@e#q].\n\n- {text} 5 July {text} [@e#n]\n\n> {text}\n>\n> {text} [@e#q]\n\n(U) {text} \
         [@e#j]\n\n**Q:** {text}\n\n<!-- attache: allow uncited: {text} -->\n\n{text}\n"
    );
    (event, draft)
}

#[test]
fn no_text_makes_a_rule_fail_and_mending_ends() {
    use attache::check::{DraftRequest, InUse, check_desk, check_draft, mend};
    let template = attache::disk::embedded::TEMPLATES.iter().find(|(id, _)| *id == "readout").unwrap();
    let (template, _) = attache::template::parse("readout", "templates/readout.md", template.1);
    for text in strings() {
        let (event, draft) = nasty_desk(&text);
        let event = attache::event_file::read("briefs/events/e.yaml", &event).event.unwrap();
        let desk = attache::model::Desk::new(vec![event.into()], Default::default());
        let mut draft = attache::draft::Draft::parse(&draft, &template.outline());
        let mut in_use = InUse::default();
        in_use.add(&desk, &draft);
        let mut rounds = 0;
        let failed = |found: &[attache::finding::Finding]| found.iter().any(|f| f.rule == "rule-failed");
        assert!(!failed(&check_desk(&desk, &in_use, true).findings), "{text:?}");
        loop {
            let found = check_draft(&DraftRequest { desk: &desk, template: &template, draft: &draft, path: "d.md" });
            assert!(!failed(&found), "{text:?}");
            let edits: Vec<_> = found.iter().filter_map(|f| f.fixes.first()).map(|fix| &fix.edit).collect();
            let (mended, _) = mend(draft.text(), &edits);
            rounds += 1;
            if mended == draft.text() || rounds == 20 {
                break;
            }
            draft = draft.with_text(&mended);
        }
        assert!(rounds < 20, "mending does not end: {text:?}");
    }
}
