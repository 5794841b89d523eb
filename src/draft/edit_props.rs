use proptest::prelude::*;

use super::edit_tests::{at, only_line_ends_of, positions};
use super::parse_tests::{check_tiling, draft};
use super::{BlockPosition, Draft, DraftBlock, Form, FrontMatter};
use crate::markdown::{BlockKind, plain_text, tests::markdown_like};

/// Well-formed drafts: blocks that cannot swallow what follows.
fn drafts() -> impl Strategy<Value = String> {
    let block = prop::sample::select(vec![
        "A sentence [@e#f].",
        "Two\nlines [@e#g, para 2].",
        "- a [@e#h]\n- b\n- c",
        "* x\n\n* y [@k]",
        "1. one\n2. two",
        "3) three",
        "> quote [@e#q]\n> more",
        "> lazy\nquote",
        "```\ncode\n```",
        "| a | b |\n|---|---|\n| [@e#t] | d |",
        "***",
        "<div>html</div>",
        "[l]: url",
        "### Deeper",
        "- nest\n  - ed [@e#n]\n\n  para",
    ]);
    let section = (
        prop::sample::select(vec!["## Issue {#issue}", "## Background", "## Free", "Quotes\n======"]),
        prop::collection::vec(block.clone(), 0..4),
    );
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Front matter that is kept over an edit is what the text says.
    #[test]
    fn front_matter_is_that_of_the_text_wherever_bytes_are_replaced(
        parts in prop::collection::vec(
            prop::sample::select(vec!["---", "...", "--- ", "\n", "\r\n", "\u{feff}", "title: A", "- x: [", "words"]), 0..12),
        with in prop::sample::select(vec!["", "x", "\n", "---\n", "\n---\n", "title: B\n"]),
        from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>(),
    ) {
        let text = parts.concat();
        let places: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        let (from, to) = (*from.get(&places), *to.get(&places));
        let new = draft(&text).spliced(from.min(to)..from.max(to), with);
        prop_assert_eq!(new.front(), &FrontMatter::read(new.text()), "{:?} from {:?}", new.text(), text);
    }

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
        check_tiling(&new, new.text());
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
        check_tiling(&new, new.text());
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
        check_tiling(&new, new.text());
        prop_assert!(only_line_ends_of(&old, &new));
        // Everything up to the block before and from the second block after is the same bytes.
        let numbered = |at: BlockPosition| matches!(old.block(at).map(|b| &b.kind), Some(BlockKind::Item { ordered: true, .. }));
        if numbered(place) || numbered(at(place.section, place.index + 1)) { return Ok(()) }
        let block = old.block(place).unwrap();
        let before = match place.index.checked_sub(1) {
            Some(index) => old.block(at(place.section, index)).unwrap().range.end,
            None => old.sections()[place.section].heading.as_ref().map_or(old.front().range.end, |heading| heading.end),
        };
        // A merged block may come to stand in the list behind it: then that gap is the edit's too.
        let section_end = old.sections()[place.section].range.end;
        let behind = match edit {
            2 => old.block(at(place.section, place.index + 2)).map_or(section_end, |next| next.range.start),
            _ => old.block(at(place.section, place.index + 1)).map_or(section_end, |next| next.range.end),
        };
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
    fn no_edit_of_any_text_panics(text in markdown_like(), pick in any::<prop::sample::Index>(), offset in 0usize..40, markdown in markdown_like()) {
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
            check_tiling(&new, new.text());
        }
    }
}
