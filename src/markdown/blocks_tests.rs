use proptest::prelude::*;

use super::{Block, BlockKind, split};

fn texts(text: &str) -> Vec<&str> {
    split(text).iter().map(|block| &text[block.range.clone()]).collect()
}

fn kinds(text: &str) -> Vec<BlockKind> {
    split(text).into_iter().map(|block| block.kind).collect()
}

#[test]
fn every_kind_of_block() {
    let text = "para\nmore\n\n> quote\nlazy\n\n- a\n  b\n- c\n\n1) one\n\n2) two\n\n```x\n\ncode\n```\n\n    indented\n\n\
                <div>\nhtml\n</div>\n\n| a |\n|---|\n| b |\n\n---\n\n[^n]: note\n\n[l]: url\n[m]: url 'title'\n\nend[^n]\n";
    assert_eq!(
        texts(text),
        [
            "para\nmore",
            "> quote\nlazy",
            "- a\n  b",
            "- c",
            "1) one",
            "2) two",
            "```x\n\ncode\n```",
            "    indented",
            "<div>\nhtml\n</div>",
            "| a |\n|---|\n| b |",
            "---",
            "[^n]: note",
            "[l]: url\n[m]: url 'title'",
            "end[^n]",
        ]
    );
    let item = |list, ordered, marker: &str, loose| BlockKind::Item { list, ordered, marker: marker.into(), loose };
    assert_eq!(
        kinds(text),
        [
            BlockKind::Paragraph,
            BlockKind::Quote,
            item(0, false, "- ", false),
            item(0, false, "- ", false),
            item(1, true, "1) ", true),
            item(1, true, "2) ", true),
            BlockKind::Code,
            BlockKind::Code,
            BlockKind::Html,
            BlockKind::Table,
            BlockKind::Rule,
            BlockKind::FootnoteDefinition { label: "n".into() },
            BlockKind::LinkDefinition,
            BlockKind::Paragraph,
        ]
    );
}

#[test]
fn headings() {
    for (text, expected_level, expected_id, expected_title, expected_source) in [
        ("## What *he* said {#said .quotes limit=3 x}", 2, Some("said"), "What he said", "What *he* said"),
        ("Title\n=====", 1, None, "Title", "Title"),
        ("# `code` \\* &amp; #", 1, None, "code * &", "`code` \\* &amp;"),
        ("### \\*x", 3, None, "*x", "\\*x"),
        ("##", 2, None, "", ""),
        ("  # [@a] *b*  ##", 1, None, "[@a] b", "[@a] *b*"),
    ] {
        let blocks = split(text);
        assert_eq!(blocks.len(), 1, "{text:?}");
        let BlockKind::Heading { level, id, title, source, .. } = &blocks[0].kind else { panic!("{text:?}") };
        assert_eq!((*level, id.as_deref(), title.as_str()), (expected_level, expected_id, expected_title), "{text:?}");
        assert_eq!(&text[source.clone()], expected_source);
        assert_eq!(blocks[0].range, 0..text.len());
    }
    let BlockKind::Heading { classes, attributes, .. } = &kinds("# A {.b .c k=v flag}")[0] else { panic!() };
    assert_eq!(classes, &["b", "c"]);
    assert_eq!(attributes, &[("k".to_owned(), Some("v".to_owned())), ("flag".to_owned(), None)]);
}

#[test]
fn markers_as_written() {
    for (text, expected) in [
        ("-", "- "),
        ("-   a", "-   "),
        ("-      a", "- "),
        (" * a", " * "),
        ("10. a", "10. "),
        ("+\ta", "+\t"),
        ("-\n  a", "- "),
    ] {
        let BlockKind::Item { marker, .. } = &kinds(text)[0] else { panic!("{text:?}") };
        assert_eq!(marker, expected, "{text:?}");
    }
}

#[test]
fn nothing_in_nothing() {
    assert_eq!(split(""), Vec::<Block>::new());
    assert_eq!(split(" \n\t\r\n\n"), Vec::<Block>::new());
}

#[test]
fn a_line_is_in_one_block() {
    assert_eq!(texts("[^n]:[^n]: x\n\ny"), ["[^n]:[^n]: x", "y"]);
}

/// The parser counts lone carriage returns and vertical tabs to a block, or to none.
#[test]
fn odd_line_ends() {
    assert_eq!(texts("[a]: <\r\r\u{b}"), ["[a]: <", "\u{b}"]);
    assert_eq!(texts("- \r\u{b}\n"), ["- ", "\u{b}"]);
    let BlockKind::Heading { source, .. } = &kinds("# - \r\t\n")[0] else { panic!() };
    assert_eq!(*source, 2..4);
}

/// Markdown-like text, made to hit block boundaries.
pub(crate) fn markdown_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\n",
        "\r\n",
        "\n\n",
        "\r",
        "\t",
        " ",
        "    ",
        "  ",
        "- ",
        "* ",
        "+ ",
        "-",
        "1. ",
        "2) ",
        "> ",
        ">",
        "# ",
        "## A {#a}",
        "```",
        "~~~",
        "---",
        "===",
        "***",
        "[a]: b",
        "[a]: <",
        "[^n]: x",
        "[^n]",
        "[@e#f, p. 3]",
        "[",
        "]",
        "(",
        ")",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<pre>",
        "<b>",
        "| a | b |",
        "|---|---|",
        "|",
        "`",
        "*",
        "_",
        "\\",
        "&amp;",
        "word",
        "é",
        "李",
        "👩‍👩‍👧",
        "\u{0}",
        "\u{b}",
        "\u{c}",
        "\u{85}",
        "\u{a0}",
        "\u{2028}",
        "\u{feff}",
        "\u{1b}[31m",
        ":",
        "~",
        "$",
        "{#x}",
        "! ",
        "![a](b)",
        "http://x.y",
        "@a",
    ]);
    prop_oneof![
        4 => prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn every_visible_byte_is_in_one_block(text in markdown_like()) {
        let blocks = split(&text);
        let mut end = 0;
        for block in &blocks {
            prop_assert!(block.range.start >= end && block.range.start < block.range.end);
            prop_assert!(text[end..block.range.start].bytes().all(|b| b" \t\r\n".contains(&b)), "{:?}", blocks);
            prop_assert!(!text[block.range.clone()].ends_with(['\n', '\r']));
            // A block begins with its line.
            let before = &text[..block.range.start];
            prop_assert!(before.is_empty() || before.ends_with(['\n', '\r']), "{:?} {:?}", text, blocks);
            if let BlockKind::Heading { source, .. } = &block.kind {
                prop_assert!(source.start >= block.range.start && source.end <= block.range.end);
                prop_assert!(text.get(source.clone()).is_some());
            }
            end = block.range.end;
        }
        prop_assert!(text[end..].bytes().all(|b| b" \t\r\n".contains(&b)), "{:?}", blocks);
    }
}
