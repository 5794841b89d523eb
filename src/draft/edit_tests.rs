use std::sync::Arc;

use proptest::prelude::*;

use super::parse_tests::{check_tiling, draft, odd_drafts};
use super::{BlockPosition, Draft, DraftBlock, Form, History};
use crate::markdown::{BlockKind, plain_text};

fn at(section: usize, index: usize) -> BlockPosition {
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
fn merge_and_split() {
    for (text, expected) in [
        ("a\n\nb\nc\n", "a b\nc\n"),
        ("- a [@e#f].\n- b\n  c\n- d\n", "- a [@e#f]. b\n  c\n- d\n"),
        ("> a\n\n> b\n> c\n", "> a b\n> c\n"),
        ("- a\n\nb\nc\n", "- a b\n  c\n"),
        ("a\r\n\r\n> b\r\n> c\r\n", "a b\r\nc\r\n"),
        ("1. a\n2. b\n3. c\n", "1. a b\n2. c\n"),
    ] {
        assert_eq!(draft(text).merge_with_next(at(0, 0)).unwrap().text(), expected, "{text:?}");
    }
    for text in ["a\n", "a\n\n```\nb\n```\n", "- a\n  - b\n- c\n", "## A\n\na\n\n## B\n\nb\n"] {
        assert!(draft(text).merge_with_next(at(0, 0)).is_none(), "{text:?}");
    }
    for (text, offset, expected) in [
        ("One. Two.\n", 5, "One.\n\nTwo.\n"),
        ("One. Two.\n", 4, "One.\n\nTwo.\n"),
        ("One.\nTwo.\n", 4, "One.\n\nTwo.\n"),
        ("- One. Two.\n- x\n", 7, "- One.\n- Two.\n- x\n"),
        ("- One.\n  Two.\n  Three.\n", 7, "- One.\n- Two.\n  Three.\n"),
        ("> One. Two.\n> Three.\n", 7, "> One.\n\n> Two.\n> Three.\n"),
        ("> One.\n> Two.\n", 7, "> One.\n\n> Two.\n"),
        ("1. One. Two.\n2. x\n", 7, "1. One.\n2. Two.\n3. x\n"),
        ("One. Two.\r\n", 5, "One.\r\n\r\nTwo.\r\n"),
    ] {
        assert_eq!(draft(text).split_block(at(0, 0), offset).unwrap().text(), expected, "{text:?}");
    }
    for (text, offset) in [("One.\n", 0), ("One.\n", 4), ("- One.\n", 1), ("é\n", 1), ("a [@b; @c]\n", 5), ("```\na\n```\n", 4), ("x\n", 99)] {
        assert!(draft(text).split_block(at(0, 0), offset).is_none(), "{text:?}");
    }
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
fn front_matter_values() {
    let set = |text: &str, key: &str, value: &str| {
        let draft = draft(text).set_front_matter(key, value);
        draft.map(|draft| draft.text().to_owned())
    };
    for (text, key, value, expected) in [
        ("", "title", "x", "---\ntitle: x\n---\n"),
        ("## A\n", "title", "x", "---\ntitle: x\n---\n\n## A\n"),
        ("\u{feff}a\r\n", "title", "x: y", "\u{feff}---\r\ntitle: \"x: y\"\r\n---\r\n\r\na\r\n"),
        ("---\ntitle: a\n---\n", "title", "b", "---\ntitle: b\n---\n"),
        ("---\ntitle: a  # why\nx: 1\n---\n", "title", "b", "---\ntitle: b  # why\nx: 1\n---\n"),
        ("---\ntitle: \"a # b\" # c\n---\n", "title", "b", "---\ntitle: b # c\n---\n"),
        ("---\ntitle: >-\n  long\n\n  more\nx: 1\n---\n", "title", "b", "---\ntitle: b\nx: 1\n---\n"),
        ("---\r\nx: 1\r\n---\r\n", "as-of", "2024-08-19", "---\r\nx: 1\r\nas-of: 2024-08-19\r\n---\r\n"),
        ("---\n---\n", "title", "007", "---\ntitle: 007\n---\n"),
        ("---\nfields:\n  title: no\n---\n", "title", "", "---\nfields:\n  title: no\ntitle: \"\"\n---\n"),
        ("---\nmarking: TLP:CLEAR\n---\n", "marking", "TLP:RED", "---\nmarking: TLP:RED\n---\n"),
    ] {
        assert_eq!(set(text, key, value).as_deref(), Some(expected), "{text:?}");
    }
    assert_eq!(set("---\n{a: b}\n---\n", "title", "x"), None);
    assert_eq!(set("---\na: [\n---\n", "title", "x"), None);
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

/// Well-formed drafts: blocks that cannot swallow what follows.
fn drafts() -> impl Strategy<Value = String> {
    let block = prop::sample::select(vec![
        "A sentence [@e#f].", "Two\nlines [@e#g, para 2].", "- a [@e#h]\n- b\n- c", "* x\n\n* y [@k]", "1. one\n2. two", "3) three", "> quote [@e#q]\n> more",
        "> lazy\nquote", "```\ncode\n```", "| a | b |\n|---|---|\n| [@e#t] | d |", "***", "<div>html</div>", "[l]: url", "### Deeper", "- nest\n  - ed [@e#n]\n\n  para",
    ]);
    let section = (prop::sample::select(vec!["## Issue {#issue}", "## Background", "## Free", "Quotes\n======"]), prop::collection::vec(block.clone(), 0..4));
    let parts = (prop::collection::vec(block, 0..2), prop::collection::vec(section, 0..4));
    (parts, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|((preamble, sections), crlf, newline, front)| {
        let mut blocks: Vec<String> = preamble.iter().map(|block| (*block).to_owned()).collect();
        for (heading, inside) in &sections {
            blocks.push((*heading).to_owned());
            blocks.extend(inside.iter().map(|block| (*block).to_owned()));
        }
        let mut text = format!("{}{}", if front { "---\ntitle: x\n---\n\n" } else { "" }, blocks.join("\n\n"));
        if newline && !text.is_empty() {
            text.push('\n');
        }
        if crlf { text.replace('\n', "\r\n") } else { text }
    })
}

fn positions(draft: &Draft) -> Vec<BlockPosition> {
    draft.sections().iter().enumerate().flat_map(|(s, section)| (0..section.blocks.len()).map(move |index| at(s, index))).collect()
}

/// Sections with their blocks' texts, list numbers aside.
fn content(draft: &Draft) -> Vec<(String, Vec<String>)> {
    let text = |block: &DraftBlock| {
        let text = &draft.text()[block.range.clone()];
        match &block.kind {
            BlockKind::Item { ordered: true, marker, .. } => text[marker.len()..].replace("\r\n", "\n"),
            _ => text.replace("\r\n", "\n"),
        }
    };
    draft.sections().iter().map(|s| (s.id.clone(), s.blocks.iter().map(text).collect())).collect()
}

fn words(draft: &Draft) -> Vec<String> {
    let text = plain_text(&draft.text()[draft.front().range.end..]);
    let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    words.sort();
    words
}

fn cited(draft: &Draft) -> Vec<String> {
    let mut all: Vec<String> =
        draft.sections().iter().flat_map(|s| &s.blocks).flat_map(|b| &b.citations).map(ToString::to_string).collect();
    all.sort();
    all
}

fn only_line_ends_of(before: &Draft, after: &Draft) -> bool {
    let lone = after.text().replace("\r\n", "");
    !before.text().contains("\r\n") || !lone.contains(['\r', '\n'])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn insert_then_remove_gives_the_same_blocks(
        text in drafts(), pick in any::<prop::sample::Index>(),
        markdown in prop::sample::select(vec!["New [@e#z].", "- new\n  more", "1. new", "> new", "New\nlines"]),
    ) {
        let old = draft(&text);
        let mut places = positions(&old);
        places.extend(old.sections().iter().enumerate().map(|(s, section)| at(s, section.blocks.len())));
        if places.is_empty() { return Ok(()) }
        let place = *pick.get(&places);
        let new = old.insert_block(place, markdown).unwrap();
        check_tiling(&new, &new.text().to_owned());
        prop_assert!(only_line_ends_of(&old, &new));
        prop_assert_eq!(positions(&new).len(), positions(&old).len() + 1);
        prop_assert_eq!(text.ends_with('\n'), new.text().ends_with('\n'));
        let back = new.remove_block(place).unwrap();
        prop_assert_eq!(content(&back), content(&old), "{:?}", new.text());
    }

    #[test]
    fn moving_there_and_back_keeps_words_and_citations(
        text in drafts(), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(),
        form in prop::sample::select(vec![Form::Paragraph, Form::Bullet, Form::Numbered, Form::Quote, Form::AsIs]),
    ) {
        let old = draft(&text);
        let places = positions(&old);
        if places.is_empty() { return Ok(()) }
        let from = *from.get(&places);
        // A moved heading takes its section along; a link definition and a code block change what others read.
        if matches!(old.block(from).unwrap().kind, BlockKind::Heading { .. } | BlockKind::LinkDefinition) { return Ok(()) }
        let mut targets = places.clone();
        targets.extend(old.sections().iter().enumerate().filter(|(s, _)| *s != from.section).map(|(s, section)| at(s, section.blocks.len())));
        let to = *to.get(&targets);
        let Some(new) = old.move_block(from, to, form) else { return Err(TestCaseError::fail("cannot move")) };
        check_tiling(&new, &new.text().to_owned());
        prop_assert!(only_line_ends_of(&old, &new));
        prop_assert_eq!(words(&new), words(&old), "{:?}", new.text());
        prop_assert_eq!(cited(&new), cited(&old));
        let vanished = old.sections().len() - new.sections().len();
        let Some(back) = (vanished == 0).then(|| new.move_block(to, from, Form::AsIs)).flatten() else { return Ok(()) };
        prop_assert_eq!(words(&back), words(&old), "{:?}", back.text());
        prop_assert_eq!(cited(&back), cited(&old));
    }

    #[test]
    fn edits_leave_other_blocks_alone(text in drafts(), pick in any::<prop::sample::Index>(), edit in 0usize..5, offset in 0usize..30) {
        let old = draft(&text);
        let places = positions(&old);
        if places.is_empty() { return Ok(()) }
        let place = *pick.get(&places);
        let new = match edit {
            0 => old.remove_block(place),
            1 => old.replace_block(place, "Other [@e#z].\n\nwords"),
            2 => old.merge_with_next(place),
            3 => old.split_block(place, offset),
            _ => old.remove_citation(place, 0, 0),
        };
        let Some(new) = new else { return Ok(()) };
        check_tiling(&new, &new.text().to_owned());
        prop_assert!(only_line_ends_of(&old, &new));
        // Everything up to the block before and from the second block after is the same bytes.
        let numbered = |at: BlockPosition| matches!(old.block(at).map(|b| &b.kind), Some(BlockKind::Item { ordered: true, .. }));
        if numbered(place) || numbered(at(place.section, place.index + 1)) { return Ok(()) }
        let block = old.block(place).unwrap();
        let before = match place.index.checked_sub(1) {
            Some(index) => old.block(at(place.section, index)).unwrap().range.end,
            None => old.sections()[place.section].heading.as_ref().map_or(old.front().range.end, |heading| heading.end),
        };
        let behind = old.block(at(place.section, place.index + 1)).map_or(old.sections()[place.section].range.end, |next| next.range.end);
        prop_assert_eq!(&new.text()[..before], &text[..before]);
        prop_assert!(new.text().ends_with(&text[behind..]), "{:?} {:?}", new.text(), block);
    }

    #[test]
    fn front_matter_reads_what_was_set(text in drafts(), value in any::<String>(), key in prop::sample::select(vec!["title", "as-of", "facts"])) {
        prop_assume!(!value.contains('\u{0}'));
        let old = draft(&text);
        let new = old.set_front_matter(key, &value).unwrap();
        let read = match key { "title" => &new.front().title, "as-of" => &new.front().as_of, _ => &new.front().facts };
        prop_assert_eq!(read.as_deref(), Some(value.as_str()), "{:?}", new.text());
        prop_assert_eq!(&new.text()[new.front().range.end..].trim_start(), &text[old.front().range.end..].trim_start());
    }

    #[test]
    fn no_edit_of_any_text_panics(text in crate::markdown::tests::markdown_like(), pick in any::<prop::sample::Index>(), offset in 0usize..40, markdown in crate::markdown::tests::markdown_like()) {
        let old = draft(&text);
        let places = positions(&old);
        if places.is_empty() { return Ok(()) }
        let (a, b) = (*pick.get(&places), places[offset % places.len()]);
        for form in [Form::Paragraph, Form::Bullet, Form::Numbered, Form::Quote, Form::AsIs] {
            let _ = old.move_block(a, b, form);
        }
        let edits = [
            old.insert_block(a, &markdown), old.remove_block(a), old.replace_block(a, &markdown), old.merge_with_next(a), old.split_block(a, offset),
            old.remove_citation(a, 0, 0), old.set_front_matter("title", &markdown), Some(old.ensure_section("quotes", "Q", 2, &["quotes".into()]).0),
        ];
        for new in edits.into_iter().flatten() {
            check_tiling(&new, &new.text().to_owned());
        }
    }
}

#[test]
fn odd_drafts_survive_edits() {
    for (name, text) in odd_drafts() {
        let old = draft(text);
        for place in positions(&old) {
            for new in [old.remove_block(place), old.insert_block(place, "New [@e#z]."), old.merge_with_next(place)].into_iter().flatten() {
                check_tiling(&new, &new.text().to_owned());
                assert!(name != "crlf" || only_line_ends_of(&old, &new));
            }
        }
    }
}
