use proptest::prelude::*;

use super::{Draft, Section};
use crate::markdown::{BlockKind, tests::markdown_like};

pub(super) fn template() -> Vec<(String, u8)> {
    [("issue", 2), ("background", 2), ("quotes", 2), ("a", 2)].map(|(id, level)| (id.to_owned(), level)).to_vec()
}

pub(super) fn draft(text: &str) -> Draft {
    Draft::parse(text, &template())
}

pub(super) fn odd_drafts() -> Vec<(&'static str, &'static str)> {
    macro_rules! odd {
        ($($name:literal)*) => { vec![$(($name, include_str!(concat!("../../tests/data/odd-drafts/", $name, ".md")))),*] };
    }
    odd!["no-final-newline" "crlf" "mixed-line-ends" "bom" "bom-only" "only-front-matter" "only-front-matter-no-newline"
        "unterminated-front-matter" "bad-front-matter" "setext" "tabs" "nested-lists" "html" "tables" "link-definitions"
        "binary-ish" "long-line" "empty" "blank-lines" "headings" "quotes" "example"]
}

fn outline(text: &str) -> Vec<(String, u8, bool, usize)> {
    draft(text).sections().iter().map(|s| (s.id.clone(), s.level, s.known, s.blocks.len())).collect()
}

/// Checks that headings and blocks cover the text in order and that citations lie in their blocks.
pub(super) fn check_tiling(draft: &Draft, text: &str) {
    assert_eq!(draft.text(), text);
    let blank = |range: std::ops::Range<usize>| text[range].bytes().all(|b| b" \t\r\n".contains(&b));
    let front = draft.front();
    assert!(text[..front.range.start].is_empty() || &text[..front.range.start] == "\u{feff}");
    assert!(front.yaml.start >= front.range.start && front.yaml.end <= front.range.end);
    let mut end = front.range.end;
    for (index, section) in draft.sections().iter().enumerate() {
        let Section { heading, blocks, range, .. } = section;
        assert!(heading.is_some() || index == 0, "only the first section has no heading");
        assert!(heading.is_some() || !blocks.is_empty());
        let start = heading.as_ref().or(blocks.first().map(|block| &block.range)).unwrap().start;
        assert_eq!(range.start, start);
        let parts = heading
            .iter()
            .map(|heading| (heading, &section.heading_citations))
            .chain(blocks.iter().map(|b| (&b.range, &b.citations)));
        for (part, citations) in parts {
            assert!(part.start >= end && part.end > part.start && part.end <= range.end);
            assert!(blank(end..part.start), "{:?} in {text:?}", &text[end..part.start]);
            end = part.end;
            let mut at = part.start;
            for citation in citations {
                assert!(citation.range.start >= at && citation.range.end <= part.end);
                at = citation.range.end;
                assert!(text[citation.range.clone()].starts_with('[') && text[citation.range.clone()].ends_with(']'));
                for item in &citation.items {
                    assert_eq!(text[item.range.clone()], item.key.to_string());
                }
            }
        }
        let next = draft.sections().get(index + 1).map_or(text.len(), |next| next.range.start);
        assert_eq!(range.end, next);
    }
    assert!(blank(end..text.len()), "{:?} in {text:?}", &text[end..]);
}

#[test]
fn the_example() {
    let text = "---\ntemplate: ministerial\ntitle: \"Premier Li Qiang\"\ndate: 2024-08-20\nas-of: 007\nfields:\n  to: NO\n  from: 1.10\n---\n\n\
                ## Issue {#issue}\n\nHe visits [@e#f]. And\nmore [@e#g, para 2].\n\n## Background {#background}\n\n- a [@e#h]\n- b\n\n## Own part\n\nx\n";
    let draft = draft(text);
    check_tiling(&draft, text);
    let front = draft.front();
    assert_eq!(front.problems, []);
    assert_eq!(front.title.as_deref(), Some("Premier Li Qiang"));
    assert_eq!((front.date.as_deref(), front.as_of.as_deref()), (Some("2024-08-20"), Some("007")));
    assert_eq!(front.fields["to"], "NO");
    assert_eq!(front.fields["from"], "1.10");
    assert_eq!(
        outline(text),
        [("issue".to_owned(), 2, true, 1), ("background".to_owned(), 2, true, 2), ("own-part".to_owned(), 2, false, 1)]
    );
    assert_eq!(draft.sections()[0].blocks[0].citations[1].items[0].locator.as_deref(), Some("para 2"));
}

#[test]
fn sections_by_id_slug_and_level() {
    let (_, text) = odd_drafts().into_iter().find(|(name, _)| *name == "headings").unwrap();
    let expected = [
        ("", 0, false, 1),
        ("title", 1, false, 0),
        ("issue", 2, true, 2),
        ("background", 3, true, 2),
        ("free-section", 2, false, 1),
        ("", 2, false, 0),
        ("issue", 2, true, 1),
    ]
    .map(|(id, level, known, blocks)| (id.to_owned(), level, known, blocks));
    // `# Title` is an own section, and `## Issue` is one although it is deeper: it is the template's.
    assert_eq!(outline(text), expected);
}

#[test]
fn the_full_example() {
    let (_, text) = odd_drafts().into_iter().find(|(name, _)| *name == "example").unwrap();
    let outline: Vec<_> = outline(text).into_iter().map(|(id, _, known, blocks)| (id, known, blocks)).collect();
    let expected = [("issue", true, 1), ("background", true, 3), ("said", false, 2), ("assessment", false, 1)];
    assert_eq!(outline, expected.map(|(id, known, blocks)| (id.to_owned(), known, blocks)));
    assert_eq!(draft(text).front().fields["to"], "Minister for Foreign Affairs");
}

#[test]
fn odd_drafts_keep_every_byte() {
    for (name, text) in odd_drafts() {
        let draft = draft(text);
        check_tiling(&draft, text);
        let has_front = !matches!(
            name,
            "bom-only" | "unterminated-front-matter" | "binary-ish" | "empty" | "blank-lines" | "headings"
        );
        assert_eq!(draft.front().range.end > draft.front().range.start, has_front, "{name}");
        assert_eq!(!draft.front().problems.is_empty(), name == "bad-front-matter", "{name}");
    }
}

#[test]
fn odd_drafts_cite_what_they_cite() {
    let cited = |name: &str| -> Vec<String> {
        let (_, text) = odd_drafts().into_iter().find(|(n, _)| *n == name).unwrap();
        let draft = draft(text);
        let blocks = draft
            .sections()
            .iter()
            .flat_map(|s| s.heading_citations.iter().chain(s.blocks.iter().flat_map(|b| &b.citations)));
        blocks.map(ToString::to_string).collect()
    };
    assert_eq!(cited("crlf"), ["[@e#f, p. 3]", "[@e#g]"]);
    assert_eq!(cited("html"), ["[@e#f]"]);
    assert_eq!(cited("nested-lists"), ["[@e#a]", "[@e#b]"]);
    assert_eq!(cited("tables"), ["[@e#f]"]);
    assert_eq!(cited("link-definitions"), ["[@e#f]", "[@e#n]"]);
    assert_eq!(cited("headings"), ["[@e#p]", "[@e#d]"]);
    assert_eq!(cited("example").len(), 8);
    assert_eq!(cited("quotes"), ["[@e#q, para 3]", "[@e#r]"]);
}

#[test]
fn only_headings_of_the_top_level_start_sections() {
    assert_eq!(outline("> ## Issue {#issue}\n\n- # Background\n"), [(String::new(), 0, false, 2)]);
    let nested = draft("## Issue {#issue}\n\n### Part\n");
    assert!(matches!(nested.sections()[0].blocks[0].kind, BlockKind::Heading { level: 3, .. }));
}

fn draft_like() -> impl Strategy<Value = String> {
    let front = prop::sample::select(vec![
        "",
        "---\ntitle: x\n---\n",
        "---\r\ntitle: x\r\n---\r\n",
        "---\n",
        "\u{feff}",
        "\u{feff}---\nx: [\n---",
    ]);
    (front, markdown_like()).prop_map(|(front, body)| format!("{front}{body}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]
    #[test]
    fn any_text_is_tiled_and_printed_as_it_was(text in draft_like()) {
        check_tiling(&draft(&text), &text);
    }
}
