use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation as _;

use super::*;
use crate::markdown::tests::markdown_like;

fn text(markdown: &str, width: usize) -> Vec<String> {
    render(markdown, width, false).iter().map(RenderedLine::text).collect()
}

fn face_of(markdown: &str, wanted: &str) -> Face {
    let lines = render(markdown, 80, false);
    let span = lines.iter().flat_map(|l| &l.spans).find(|s| s.text.contains(wanted));
    span.unwrap_or_else(|| panic!("no {wanted:?} in {lines:?}")).face
}

#[test]
fn blocks_stand_apart_and_lists_stay_together() {
    let lines = text("# Title\n\nOne *two* **three**.\n\n- a\n- b\n  - c\n\n> said\n>\n> who\n", 40);
    assert_eq!(lines, ["Title", "", "One two three.", "", "• a", "• b", "  • c", "", "▎ said", "▎", "▎ who"]);
}

#[test]
fn lists_hang_nest_and_line_up() {
    let lines = text("9. nine and more\n10. ten\n\n    - deep words here\n\n    more\n11. eleven\n", 16);
    assert_eq!(
        lines,
        [
            " 9. nine and",
            "    more",
            "",
            "10. ten",
            "",
            "    • deep words",
            "      here",
            "",
            "    more",
            "",
            "11. eleven"
        ]
    );
    // Numbered paragraphs go on from section to section, and so does their edge.
    assert_eq!(text("8. a\n\n## B\n\n10. c\n", 20), [" 8. a", "", "B", "", "10. c"]);
    assert_eq!(text("-\n- - x\n", 20), ["•", "• • x"]);
}

#[test]
fn boxes_to_tick_take_the_bullet_s_place() {
    assert_eq!(text("- [ ] agree to this\n- [x] done\n", 14), ["[ ] agree to", "    this", "[x] done"]);
    assert_eq!(text("1. [ ] agree\n", 20), ["1. [ ] agree"]);
}

#[test]
fn tables_fit_and_wrap() {
    let lines = text("| Date | What |\n| --- | --- |\n| 1 May | a very long cell indeed |\n", 20);
    assert_eq!(lines, ["Date   What", "─────  ─────────────", "1 May  a very long", "       cell indeed"]);
    let lines = text("| A | N |\n|:-:| --:|\n| word | 1 |\n| x | 1,000 |\n", 20);
    assert_eq!(lines, [" A        N", "────  ─────", "word      1", " x    1,000"]);
}

#[test]
fn a_table_without_room_is_told_row_by_row() {
    let lines = text("| Date | What |\n| --- | --- |\n| 1 May | considerable **words** |\n| 2 May | few |\n", 14);
    assert_eq!(lines, ["Date: 1 May", "What:", "considerable", "words", "", "Date: 2 May", "What: few"]);
    assert_eq!(text("| Anything |\n| --- |\n", 5), ["Anyth", "ing"]);
}

#[test]
fn footnotes_and_breaks() {
    let lines = text("**To:** a\\\n**From:** b[^1][^12]\n\n[^1]: Reuters, 1 May.\n\n[^12]: AFP, on paper.\n", 16);
    assert_eq!(lines, ["To: a", "From: b¹,¹²", "", " 1. Reuters, 1", "    May.", "12. AFP, on", "    paper."]);
    let lines = render("b[^1][^x]\n\n[^1]: R.\n[^x]: S.\n", 20, true);
    assert_eq!(lines.iter().map(RenderedLine::text).collect::<Vec<_>>(), ["b[1][x]", "", "1. R.", "x. S."]);
}

#[test]
fn addresses_stand_behind_links_where_they_say_more_and_fit() {
    assert_eq!(text("[AFP](https://afp.com/x) says", 40), ["AFP <https://afp.com/x> says"]);
    assert_eq!(text("[AFP](https://afp.com/x) says", 16), ["AFP says"]);
    assert_eq!(text("<https://afp.com/> [afp.com](https://afp.com)", 60), ["https://afp.com/ afp.com"]);
    assert!(face_of("[AFP](https://afp.com)", "AFP").link);
    assert!(face_of("[AFP](https://afp.com)", "<https").dim);
}

#[test]
fn faces_end_where_they_should() {
    let markdown = "# One **bold**\n\n*a **b** c* d `f` <b>g\n";
    assert_eq!(face_of(markdown, "One"), Face { heading: 1, ..Face::default() });
    assert_eq!(face_of(markdown, "bold"), Face { heading: 1, bold: true, ..Face::default() });
    assert_eq!(face_of(markdown, " c"), Face { italic: true, ..Face::default() });
    assert_eq!(face_of(markdown, " d "), Face::default());
    assert!(face_of("a ~~xx~~", "xx").strike && face_of(markdown, "f").code && face_of(markdown, "<b>").dim);
}

#[test]
fn html_code_and_rules() {
    assert_eq!(
        text("<div>\n<p>x\n</div>\n\n```\na\tb\n\n c\n```\n***\n", 8),
        ["<div>", "<p>x", "</div>", "", "  a    b", "", "   c", "", "────────"]
    );
}

#[test]
fn odd_scripts_are_unharmed() {
    let words = "co\u{ad}operation 東京 नमस्ते e\u{301}te\u{301} שלום مرحبا";
    assert_eq!(text(words, 80), [words]);
    // Margins give way before text does.
    assert_eq!(text("> > > - 東京都\n", 4), ["▎ •", "▎ 東", "▎ 京", "▎ 都"]);
}

/// The widest glyph: where it is wider than the pane, nothing can be done.
fn widest(lines: &[RenderedLine]) -> usize {
    let text: String = lines.iter().map(RenderedLine::text).collect();
    text.graphemes(true).map(wrap::grapheme_width).max().unwrap_or(0)
}

/// Markdown made of words and everything that may surround them.
fn documents() -> impl Strategy<Value = String> {
    let word = "[a-zé東]{1,12}";
    let words = move || prop::collection::vec(word, 1..12).prop_map(|w| w.join(" "));
    let block = prop_oneof![
        words(),
        words().prop_map(|w| format!("## {w}")),
        words().prop_map(|w| format!("> {w}\n> > {w}")),
        words().prop_map(|w| format!("- {w}\n  - {w}\n\n    1. {w}\n- [ ] {w}")),
        words().prop_map(|w| format!("98. {w}\n99. {w}\n100. {w}")),
        words().prop_map(|w| format!("**{w}** *{w}*[^1] `{w}`\\\n[{w}](https://x.y)")),
        (words(), words(), word).prop_map(|(a, b, c)| format!("| {a} | {c} |\n| --: | --- |\n| {b} | {a} |\n| {c} |")),
        words().prop_map(|w| format!("```\n{w}\n```\n\n---")),
        words().prop_map(|w| format!("[^1]: {w}")),
    ];
    prop::collection::vec(block, 0..8).prop_map(|blocks| blocks.join("\n\n"))
}

/// Only the letters: words are broken where they have no room.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_is_wider_than_the_pane(markdown in prop_oneof![markdown_like(), documents(), any::<String>()], width in 1..=100_usize, ascii: bool) {
        let lines = render(&markdown, width, ascii);
        let most = width.max(widest(&lines));
        for line in &lines {
            // Spans are drawn one by one, so a cluster never reaches over two.
            let drawn: usize = line.spans.iter().map(|span| wrap::width(&span.text)).sum();
            prop_assert!(drawn <= most, "{drawn}: {:?}", line.spans);
            prop_assert!(line.offset <= markdown.len());
        }
        for line in raw(&markdown, width) {
            prop_assert!(wrap::width(line.text().trim_end()) <= width.max(widest(std::slice::from_ref(&line))));
        }
    }

    #[test]
    fn every_word_is_shown(markdown in documents(), width in 1..=100_usize) {
        let shown = letters(&text(&markdown, width).concat());
        for word in crate::markdown::plain_text(&markdown).split_whitespace() {
            prop_assert!(shown.contains(&letters(word)), "{word} is not in {shown}");
        }
    }
}
