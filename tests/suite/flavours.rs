//! The text formats of a note: what simpler readers see is what GFM says.

use crate::harness::{TemporaryDesk, root, with_draft};
use attache::disk::Folder;
use attache::note::{Flavour, Formatter, Request, compose};
use comrak::nodes::NodeValue;
use unicode_width::UnicodeWidthStr as _;

const ALL: [Flavour; 4] = [Flavour::Gfm, Flavour::CommonMark, Flavour::Pandoc, Flavour::Plain];

/// Each draft of the sample desk and of the case `templates`, with its note in every format.
fn each(act: impl Fn(&str, [&str; 4])) {
    let sample = Folder::at(root());
    for folder in [Folder::at(root()), Folder::at(root().join("tests/data/golden/templates"))] {
        for draft in folder.drafts() {
            with_draft(&folder, &sample, &draft.slug, |request| {
                let formatter = Formatter::new();
                let note = |flavour| compose(&Request { flavour, ..*request }, &formatter).text;
                let notes = ALL.map(note);
                act(&draft.slug, [&notes[0], &notes[1], &notes[2], &notes[3]]);
            });
        }
    }
}

#[test]
fn what_a_run_kept_of_its_formatting_prints_the_same_in_the_next() {
    let sample = Folder::at(root());
    for draft in sample.drafts() {
        with_draft(&sample, &sample, &draft.slug, |request| {
            for style in [None, Some("apa"), Some("ieee")] {
                let request = Request { style, ..*request };
                let first = Formatter::new();
                let note = compose(&request, &first).text;
                let kept = first.to_keep().unwrap();
                assert!(first.to_keep().is_none(), "nothing new");
                let second = Formatter::remembering(&kept);
                assert!(second.speaks());
                assert_eq!(compose(&request, &second).text, note, "{} {style:?}", draft.slug);
                assert!(second.to_keep().is_none(), "{} {style:?}: all was remembered", draft.slug);
            }
        });
    }
}

/// What comrak sees in a text.
#[derive(Debug, Default)]
struct Seen {
    headings: Vec<(u8, String)>,
    /// Every block of text, the notes of GFM last.
    texts: Vec<String>,
    /// The numbers of the last list, if it is numbered.
    last_numbers: Vec<usize>,
    tables: usize,
    notes: usize,
}

fn read(markdown: &str, extended: bool) -> Seen {
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    options.extension.table = extended;
    options.extension.footnotes = extended;
    let tree = comrak::parse_document(&arena, markdown, &options);
    let mut seen = Seen::default();
    for node in tree.descendants() {
        let text = || {
            let mut text = String::new();
            for inline in node.descendants().skip(1) {
                match &inline.data.borrow().value {
                    NodeValue::Text(t) => text.push_str(t),
                    NodeValue::Code(code) => text.push_str(&code.literal),
                    NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
                    _ => {}
                }
            }
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        match &node.data.borrow().value {
            NodeValue::Heading(heading) => {
                seen.headings.push((heading.level, text()));
                seen.texts.push(text());
            }
            NodeValue::Paragraph | NodeValue::TableCell => seen.texts.push(text()),
            NodeValue::List(list) => {
                seen.last_numbers.clear();
                if list.list_type == comrak::nodes::ListType::Ordered {
                    seen.last_numbers.extend((0..node.children().count()).map(|i| list.start + i));
                }
            }
            NodeValue::Table(_) => seen.tables += 1,
            NodeValue::FootnoteDefinition(_) => seen.notes += 1,
            _ => {}
        }
    }
    seen
}

/// The words of texts, without the marks of notes.
fn words(texts: &[String]) -> Vec<String> {
    let unmarked = texts.iter().map(|text| {
        let mut pieces = text.split('[');
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            match piece.split_once(']') {
                Some((number, rest)) if number.parse::<usize>().is_ok() => out.push_str(rest),
                _ => out.extend(["[", piece]),
            }
        }
        out
    });
    unmarked.flat_map(|text| text.split_whitespace().map(ToOwned::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn commonmark_alone_shows_the_words_headings_and_notes_of_gfm() {
    each(|draft, [gfm, plain, ..]| {
        let (gfm, plain) = (read(gfm, true), read(plain, false));
        let mut headings = gfm.headings.clone();
        if gfm.notes > 0 {
            headings.push((2, "Notes".into()));
            assert_eq!(plain.last_numbers, (1..=gfm.notes).collect::<Vec<_>>(), "{draft}: the numbers of the notes");
        }
        assert_eq!(plain.headings, headings, "{draft}");
        let (mut all, mut ours) = (words(&gfm.texts), words(&plain.texts));
        if gfm.notes > 0 {
            all.insert(words(&gfm.texts[..gfm.texts.len() - gfm.notes]).len(), "Notes".into());
        }
        if gfm.tables == 0 {
            assert_eq!(ours, all, "{draft}");
        }
        // A table reads as a list, whose heads and signs between date and text are no words of the draft.
        ours.retain(|word| word.chars().any(char::is_alphanumeric));
        for word in all.iter().filter(|word| word.chars().any(char::is_alphanumeric)) {
            let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
            let heads = ["Date", "What", "Source"].contains(&word.as_str());
            assert!(heads || ours.iter().any(|w| bare(w) == bare(word)), "{draft}: {word} is lost");
        }
    });
}

#[test]
fn plain_text_is_narrow_and_unmarked_and_has_the_words_of_commonmark() {
    each(|draft, [_, commonmark, _, plain]| {
        for line in plain.lines().filter(|line| line.width() > 72) {
            let mut words = line.split_whitespace().skip_while(|word| ["-", ">"].contains(word));
            let address = words.next().unwrap();
            assert!(address.contains("://") && words.next().is_none(), "{draft}: {line}");
        }
        for mark in ["**", "](", "[^", "\\[", "<!--", "{#"] {
            assert!(!plain.contains(mark), "{draft}: {mark} is left");
        }
        let marked = |word: &&str| !["-", ">"].contains(word) && !word.chars().all(|c| "=-".contains(c));
        let number = |word: &str| word.strip_suffix('.').is_some_and(|n| n.parse::<usize>().is_ok());
        let plain: Vec<&str> = plain.split_whitespace().filter(marked).filter(|w| !number(w)).collect();
        let seen = read(commonmark, false).texts.join(" ");
        let seen: Vec<&str> = seen.split_whitespace().filter(marked).filter(|w| !number(w)).collect();
        assert_eq!(plain.join(" "), seen.join(" "), "{draft}");
    });
}

#[test]
fn a_note_is_the_same_each_time_in_every_format() {
    for flavour in ALL {
        let desk = Folder::at(root());
        for draft in desk.drafts() {
            let once = || {
                with_draft(&desk, &desk, &draft.slug, |r| compose(&Request { flavour, ..*r }, &Formatter::new()).text)
            };
            assert_eq!(once(), once(), "{} {flavour:?}", draft.slug);
        }
    }
}

#[test]
fn every_note_written_out_for_pandoc_has_its_mark_and_its_text() {
    let desk = TemporaryDesk::with(&[
        ("briefs/events/e.yaml", EVENT),
        ("templates/t.md", "---\nname: T\n---\n# {{ title }}\n\n## A {#a}\n"),
        ("briefs/drafts/d.md", DRAFT),
    ]);
    let text = desk.run(&["render", "d", "--to", "pandoc", "-o", "-"]).ok();
    for (mark, note) in [("First[^1]", "[^1]: Mine."), ("Second[^2]", "[^2]: Mine, citing [@s].")] {
        assert!(text.contains(mark) && text.contains(note), "{mark} {note}\n{text}");
    }
}

const EVENT: &str =
    "title: T\ndate: 2024\nsources: { s: { type: web, title: S } }\nfacts:\n  - { id: f, text: F., sources: s }\n";
const DRAFT: &str = "---\ntemplate: t\ntitle: T\n---\n\n## A {#a}\n\nFact [@e#f]. First[^x] and again [@e#f]. \
                     Second[^y].\n\n[^x]: Mine.\n\n[^y]: Mine, citing [@e#f].\n";

/// Styles that do not repeat a name bring the sources of one author together, and leave out nobody else's.
#[test]
fn each_source_of_a_citation_is_its_own_author_s() {
    let sources = "a: { type: report, title: A, author: Anders, date: 2023 }\nb: { type: report, title: B, author: Berg, date: 2023 }\nc: { type: report, title: C, author: Anders, date: 2024 }\n";
    let draft = "---\ntemplate: t\ntitle: T\n---\n\n## A {#a}\n\n\
                 Fact [@a, para 1; @b, para 2; @c, para 3; @b, para 4; @a, para 5].\n";
    let desk = TemporaryDesk::with(&[
        ("briefs/sources.yaml", sources),
        ("templates/t.md", "---\nname: T\n---\n# {{ title }}\n\n## A {#a}\n"),
        ("briefs/drafts/d.md", draft),
    ]);
    for (style, expected) in [
        (
            "chicago-author-date",
            "(Anders 2023, para. 1; 2024, para. 3; 2023, para. 5; Berg 2023, para. 2; 2023, para. 4)",
        ),
        ("apa", "(Anders, 2023, para. 1; 2023, para. 5; 2024, para. 3; Berg, 2023, para. 2; 2023, para. 4)"),
        (
            "harvard-cite-them-right",
            "(Anders, 2023, para. 1; 2023, para. 5; 2024, para. 3; Berg, 2023, para. 2; 2023, para. 4)",
        ),
    ] {
        let text = desk.run(&["render", "d", "-o", "-", "--style", style]).ok();
        let line = text.lines().find(|line| line.starts_with("Fact ")).unwrap();
        assert_eq!(line, format!("Fact {expected}."), "{style}");
    }
}
