//! Odd YAML and bombs as event files: an answer each, never a crash or a hang.

/// Texts that use, bend or break every part of YAML 1.2.
const ODD: &[&str] = &[
    // Nothing, and nearly nothing.
    "",
    "\n\n",
    "# only a comment\n",
    "---",
    "---\n...\n",
    "--- # c\n",
    "...",
    "~",
    "null",
    "''",
    "\"\"",
    // Scalars.
    "plain",
    "plain\n  folded\n\n  twice\n",
    "'it''s'",
    "\"\\u263A \\x41 \\t \\\n  joined\"",
    "'open",
    "\"open",
    "\"bad \\q escape\"",
    "\"\\ud800\"",
    "\"\\u12\"",
    "%not a directive",
    "@reserved",
    "`reserved",
    "&",
    "*",
    "!",
    "!!",
    "!<tag:x>",
    "- -",
    "?",
    ":",
    "a:b",
    "a: b: c",
    // Block scalars.
    "a: |\n  x\n",
    "a: |+\n  x\n\n\n",
    "a: >-\n  x\n  y\n",
    "a: |2\n    x\n",
    "a: |9\n x\n",
    "a: |\n\tx\n",
    "a: >\n\n\n",
    "a: | text\n",
    "a: |-+\n x\n",
    // Sequences.
    "- a\n- b\n",
    "-\n  - a\n  -\n",
    "- a\n b\n- c",
    "-a",
    "- - - deep\n",
    "a:\n- x\n- y\n",
    "[a, b, [c, {d: e}]]",
    "[a, b,]",
    "[a,,b]",
    "[a\n,b]",
    "[a",
    "]",
    "[a]: b",
    "- [a\n-b]",
    // Mappings.
    "a: 1\nb: 2\n",
    "a: 1\na: 2\n",
    "{a: 1, b, c: }",
    "{a: 1",
    "}",
    "{a: 1}}",
    "? a\n: b\n",
    "? [x, y]\n: z\n",
    "? {a: b}\n: - c\n",
    "? |\n  long\n: v\n",
    "a:\n b: 1\n  c: 2\n",
    "a:\n  b: 1\n c: 2\n",
    "a: b\n  c: d\n",
    "\"a\": b",
    "a : b",
    "a:\tb",
    "\ta: b",
    "a:\n\tb: c\n",
    "<<: {a: 1}\nb: 2\n",
    ": empty key",
    "~: null key",
    // Anchors, aliases, tags.
    "a: &x 1\nb: *x\n",
    "a: *none\n",
    "&x a: 1\n",
    "a: &x [*x]\n",
    "a: &x &y 1\n",
    "- &x\n- *x\n",
    "a: &x\n  b: *x\n",
    "*x : 1\n",
    "!!str a: !!int 1\n",
    "a: !local {b: c}\n",
    "a: !<tag:example.org,2000:x> b\n",
    "%TAG ! tag:x,2000:\n---\na: !b c\n",
    "%YAML 1.2\n---\na: b\n",
    "%YAML 3.0\n---\na\n",
    "%FOO bar\n---\na\n",
    "%YAML 1.2\na: b\n",
    // Documents.
    "a: 1\n---\nb: 2\n",
    "a: 1\n...\nb: 2\n",
    "---\n---\n---\n",
    "a: 1\n... # end\n",
    "--- a: 1\n",
    "--- |\n x\n",
    "a: 1\n--- b\n",
    // Encodings and line ends.
    "\u{feff}a: 1\n",
    "a: 1\r\nb: 2\r\n",
    "a: 1\rb: 2\r",
    "a: \u{85}b\u{2028}c",
    "a: \u{7f}",
    "a: \u{1b}[31m",
    "\u{0}",
    "a: \u{202e}b",
    "ключ: значение\n",
    "鍵: 値\n",
    "👩‍🚀: 🚀\n",
    "a: \u{feff}b",
    // Comments.
    "a: 1 # c\n",
    "a: 1# not\n",
    "a: # c\n  1\n",
    "- # c\n  a\n",
    "[a, # c\n b]",
    "a: 'x # y'\n",
    "a: |  # c\n  x\n",
];

#[test]
fn every_odd_text_is_refused_as_an_event_with_a_reason() {
    for text in ODD {
        let name = "odd.yaml";
        let reading = attache::event_file::read(name, text);
        assert!(!reading.findings.is_empty(), "{text:?} is no event file, and nothing was said");
        let (_, findings) = attache::event_file::read_sources(name, text);
        for finding in reading.findings.iter().chain(&findings) {
            assert!(!finding.message.is_empty());
            assert!(!finding.to_string().contains(char::is_control), "{name}: {finding:?}");
        }
    }
}

#[test]
fn inside_a_fact_odd_text_costs_no_other_fact_in_silence() {
    for text in ODD {
        let name = format!("{text:?}");
        let indented: String = text.lines().map(|l| format!("      {l}\n")).collect();
        let event = format!(
            "title: T\ndate: 2024\nfacts:\n  - id: before\n    text: x\n  - id: odd\n    text: x\n    x-odd:\n{indented}  - id: after\n    text: y\n"
        );
        let reading = attache::event_file::read(&name, &event);
        match reading.event {
            Some(event) if reading.findings.is_empty() => assert_eq!(event.facts.len(), 3, "{name}"),
            Some(_) => {}
            None => assert_eq!(reading.findings[0].rule, "unreadable", "{name}"),
        }
    }
}

#[test]
fn bombs_are_refused() {
    let mut laughs = String::from("title: T\ndate: 2024\nfacts: []\nunknown-0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for i in 1..12 {
        laughs += &format!("unknown-{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 10].join(","));
    }
    let deep_flow = format!("title: T\ndate: 2024\nx-a: {}\n", "[".repeat(50_000));
    let deep_block: String = (0..3_000).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
    let keys = format!("title: {{{}}}\n", "? ".repeat(5_000));
    for (name, text) in [("laughs", laughs), ("deep flow", deep_flow), ("deep block", deep_block), ("keys", keys)] {
        let reading = attache::event_file::read("bomb.yaml", &text);
        assert!(!reading.findings.is_empty(), "{name}");
    }
}

#[test]
fn fifty_thousand_facts_are_read() {
    let mut text = String::from("title: T\ndate: 2024\nfacts:\n");
    for i in 0..50_000 {
        text += &format!("  - {{ id: f{i}, text: Fact number {i}. }}\n");
    }
    assert_eq!(attache::event_file::read("big.yaml", &text).event.unwrap().facts.len(), 50_000);
}
