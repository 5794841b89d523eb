use std::sync::Arc;

use super::parse_tests::{check_tiling, draft, odd_drafts};
use super::{BlockPosition, Draft, Form, History};

pub(super) fn at(section: usize, index: usize) -> BlockPosition {
    BlockPosition::new(section, index)
}

fn insert(text: &str, section: usize, index: usize, markdown: &str) -> String {
    draft(text).insert_block(at(section, index), markdown).unwrap().text().to_owned()
}

#[test]
fn insert_keeps_distance_and_line_ends() {
    for (text, section, index, markdown, expected) in [
        ("", 0, 0, "a", "a\n"),
        ("\n\n", 0, 0, "a", "a\n\n"),
        ("---\nt: x\n---\n", 0, 0, "a", "---\nt: x\n---\n\na\n"),
        ("## A", 0, 0, "a", "## A\n\na"),
        ("## A\n", 0, 0, "a\n\n", "## A\n\na\n"),
        ("## A\n\nx\n", 0, 0, "a", "## A\n\na\n\nx\n"),
        ("## A\n\nx\n", 0, 1, "a", "## A\n\nx\n\na\n"),
        ("## A\n\n- x\n", 0, 0, "- a", "## A\n\n- a\n- x\n"),
        ("## A\n\n- x\n", 0, 1, "- a", "## A\n\n- x\n- a\n"),
        ("## A\n\n- x\n- y\n", 0, 1, "* a\n  b", "## A\n\n- x\n- a\n  b\n- y\n"),
        ("## A\n\n- x\n\n- y\n", 0, 1, "- a", "## A\n\n- x\n\n- a\n\n- y\n"),
        ("## A\n\n-   x\n", 0, 1, "- a\n  b", "## A\n\n-   x\n-   a\n    b\n"),
        ("## A\n\n- x\n", 0, 1, "a", "## A\n\n- x\n\na\n"),
        ("## A\n\n1) x\n2) y\n", 0, 0, "1. a", "## A\n\n1) a\n2) x\n3) y\n"),
        ("## A\n\n1. x\n1. y\n", 0, 1, "1. a", "## A\n\n1. x\n1. a\n1. y\n"),
        ("## A\n\n4. x\n2. y\n", 0, 1, "7. a", "## A\n\n4. x\n7. a\n2. y\n"),
        ("## A\n\n3. x\n4. y\n", 0, 2, "1. a", "## A\n\n3. x\n4. y\n5. a\n"),
        ("## A\npara\n## B\n", 0, 1, "a", "## A\npara\n\na\n\n## B\n"),
        ("## A\n\n## B\n", 0, 0, "a", "## A\n\na\n\n## B\n"),
        ("## A\r\n\r\nx\r\n", 0, 1, "a\nb", "## A\r\n\r\nx\r\n\r\na\r\nb\r\n"),
        ("## A\n\nx", 0, 1, "a\r\n", "## A\n\nx\n\na"),
        ("x\n", 0, 0, "a", "a\n\nx\n"),
        ("\u{feff}x\n", 0, 0, "a", "\u{feff}a\n\nx\n"),
    ] {
        assert_eq!(insert(text, section, index, markdown), expected, "{text:?} {markdown:?}");
    }
    assert!(draft("## A\n").insert_block(at(0, 1), "a").is_none());
    assert!(draft("## A\n").insert_block(at(1, 0), "a").is_none());
    assert!(draft("## A\n").insert_block(at(0, 0), " \n").is_none());
}

#[test]
fn no_edit_makes_front_matter() {
    assert!(draft("---\n\nx\n").insert_block(at(0, 2), "---").is_none());
    assert!(draft("a\n\n---\n\nx: y\n\n---\n").remove_block(at(0, 0)).is_none());
    assert!(draft("a\n\nb\n").replace_block(at(0, 0), "---\n\n---").is_none());
}

#[test]
fn remove_leaves_one_gap() {
    for (text, section, index, expected) in [
        ("a\n", 0, 0, "\n"),
        ("a\n\nb\n", 0, 0, "b\n"),
        ("a\n\nb\n", 0, 1, "a\n"),
        ("a\n\nb", 0, 1, "a"),
        ("## A\n\na\n\n\nb\n\nc\n", 0, 1, "## A\n\na\n\n\nc\n"),
        ("## A\n\n- a\n- b\n- c\n\nd\n", 0, 2, "## A\n\n- a\n- b\n\nd\n"),
        ("## A\n\n- a\n- b\n", 0, 0, "## A\n\n- b\n"),
        ("- a\n\nx\n\n- b\n", 0, 1, "- a\n- b\n"),
        ("1. a\n2. b\n3. c\n", 0, 0, "1. b\n2. c\n"),
        ("## A\n\na\n\n## B\n", 0, 0, "## A\n\n## B\n"),
    ] {
        assert_eq!(draft(text).remove_block(at(section, index)).unwrap().text(), expected, "{text:?}");
    }
}

#[test]
fn replace_splits_and_removes() {
    for (text, index, markdown, expected) in [
        ("a\n\nb\n\nc\n", 1, "x\n\ny", "a\n\nx\n\ny\n\nc\n"),
        ("a\n\nb\n\nc\n", 1, "", "a\n\nc\n"),
        ("- a\n- b\n- c\n", 1, "- x\n\ny", "- a\n- x\n- y\n- c\n"),
        ("- a\n- b\n- c\n", 1, "- x\n\n- y", "- a\n- x\n- y\n- c\n"),
        ("- a\n\n- b\n", 1, "- x\n\ny", "- a\n\n- x\n\n- y\n"),
        ("- a\n- b\n- c\n", 1, "x", "- a\n\nx\n\n- c\n"),
        ("1. a\n2. b\n", 0, "1. x\n\ny", "1. x\n2. y\n3. b\n"),
        ("a\r\n\r\nb\r\n", 0, "x\ny", "x\r\ny\r\n\r\nb\r\n"),
        ("a\n- b\n", 0, "x", "x\n\n- b\n"),
        ("a\n- b\n", 0, "a", "a\n- b\n"),
    ] {
        assert_eq!(draft(text).replace_block(at(0, index), markdown).unwrap().text(), expected, "{text:?}");
    }
}

#[test]
fn move_takes_the_form_of_the_section() {
    let text = "## A\n\nOne\ntwo [@e#f].\n\n## Background {#background}\n\n* x\n* y\n\n## Quotes {#quotes}\n\n> q\n";
    let moved = |from, to, form| draft(text).move_block(from, to, form).unwrap().text().to_owned();
    assert_eq!(
        moved(at(0, 0), at(1, 1), Form::Bullet),
        "## A\n\n## Background {#background}\n\n* x\n* One\n  two [@e#f].\n* y\n\n## Quotes {#quotes}\n\n> q\n"
    );
    assert_eq!(
        moved(at(0, 0), at(2, 1), Form::Quote),
        "## A\n\n## Background {#background}\n\n* x\n* y\n\n## Quotes {#quotes}\n\n> q\n\n> One\n> two [@e#f].\n"
    );
    assert_eq!(
        moved(at(1, 0), at(0, 0), Form::Paragraph),
        "## A\n\nx\n\nOne\ntwo [@e#f].\n\n## Background {#background}\n\n* y\n\n## Quotes {#quotes}\n\n> q\n"
    );
    assert_eq!(moved(at(1, 0), at(1, 1), Form::AsIs), text.replace("* x\n* y", "* y\n* x"));
    assert_eq!(moved(at(1, 1), at(1, 0), Form::Bullet), text.replace("* x\n* y", "* y\n* x"));
    assert_eq!(moved(at(1, 0), at(1, 0), Form::Bullet), text);
    assert_eq!(
        moved(at(2, 0), at(0, 1), Form::Numbered),
        "## A\n\nOne\ntwo [@e#f].\n\n1. q\n\n## Background {#background}\n\n* x\n* y\n\n## Quotes {#quotes}\n"
    );
    assert!(draft(text).move_block(at(0, 0), at(0, 1), Form::AsIs).is_none());
    let numbered = draft("1. a\n2. b\n3. c\n");
    assert_eq!(numbered.move_block(at(0, 0), at(0, 2), Form::Numbered).unwrap().text(), "1. b\n2. c\n3. a\n");
    assert_eq!(numbered.move_block(at(0, 2), at(0, 0), Form::Numbered).unwrap().text(), "1. c\n2. a\n3. b\n");
}

#[test]
fn citations_go_with_their_space() {
    for (text, citation, item, expected) in [
        ("A b [@e#f].\n", 0, 0, "A b.\n"),
        ("A b\n[@e#f].\n", 0, 0, "A b.\n"),
        ("A b\r\n[@e#f].\r\n", 0, 0, "A b.\r\n"),
        ("> A b\n> [@e#f].\n", 0, 0, "> A b.\n"),
        ("A [see @e#f, p. 3; @e#g].\n", 0, 0, "A [@e#g].\n"),
        ("A [see @e#f, p. 3; @e#g].\n", 0, 1, "A [see @e#f, p. 3].\n"),
        ("- [@e#f] x\n", 0, 0, "-  x\n"),
        ("- [@e#f]\n- y\n", 0, 0, "- y\n"),
        ("x\n\n[@e#f]\n", 0, 0, "x\n\n[@e#f]\n"),
        ("2024 [@e#f]\n", 0, 0, "2024\n"),
    ] {
        let result = draft(text).remove_citation(at(0, 0), citation, item);
        assert_eq!(result.as_ref().map_or(text, Draft::text), expected, "{text:?}");
    }
    assert_eq!(draft("x\n\n[@e#f]\n").remove_citation(at(0, 1), 0, 0).unwrap().text(), "x\n");
    assert!(draft("x [@a]\n").remove_citation(at(0, 0), 0, 1).is_none());
}

#[test]
fn sections_are_added_in_order() {
    let order = ["issue", "background", "quotes"].map(str::to_owned);
    let add = |text: &str, id: &str| {
        let (draft, index) = draft(text).ensure_section(id, "T", 2, &order);
        assert_eq!(draft.sections()[index].id, id);
        draft.text().to_owned()
    };
    assert_eq!(add("", "issue"), "## T {#issue}\n");
    assert_eq!(add("---\nt: x\n---\n", "issue"), "---\nt: x\n---\n\n## T {#issue}\n");
    assert_eq!(add("## Quotes\n\nx\n", "issue"), "## T {#issue}\n\n## Quotes\n\nx\n");
    assert_eq!(add("## Issue\n\nx\n\n## Quotes\n", "background"), "## Issue\n\nx\n\n## T {#background}\n\n## Quotes\n");
    assert_eq!(add("## Issue\n\nx", "quotes"), "## Issue\n\nx\n\n## T {#quotes}");
    assert_eq!(add("## Issue\n", "issue"), "## Issue\n");
    assert_eq!(add("x\r\n", "quotes"), "x\r\n\r\n## T {#quotes}\r\n");
}

#[test]
fn undo_gives_the_first_bytes() {
    let first: Arc<str> = "## A\r\n\r\nx".into();
    let mut history = History::new();
    let mut current = draft(&first);
    for step in 0..5 {
        history.record("insert", current.shared_text());
        current = current.insert_block(at(0, step), "y").unwrap();
    }
    let mut text = current.shared_text();
    while let Some((_, before)) = history.undo(&text) {
        text = before;
    }
    assert_eq!(text, first);
}

pub(super) fn positions(draft: &Draft) -> Vec<BlockPosition> {
    draft
        .sections()
        .iter()
        .enumerate()
        .flat_map(|(s, section)| (0..section.blocks.len()).map(move |index| at(s, index)))
        .collect()
}

pub(super) fn only_line_ends_of(before: &Draft, after: &Draft) -> bool {
    let lone = after.text().replace("\r\n", "");
    !before.text().contains("\r\n") || !lone.contains(['\r', '\n'])
}

#[test]
fn odd_drafts_survive_edits() {
    for (name, text) in odd_drafts() {
        let old = draft(text);
        for place in positions(&old) {
            for new in [old.remove_block(place), old.insert_block(place, "New [@e#z]."), old.merge_with_next(place)]
                .into_iter()
                .flatten()
            {
                check_tiling(&new, new.text());
                assert!(name != "crlf" || only_line_ends_of(&old, &new));
            }
        }
    }
}
