//! docs/accessibility.md: the marks, and what does without the terminal what each key does.

use std::collections::{BTreeMap, BTreeSet};

use attache::app::action::ACTIONS;
use attache::cli::Arguments;
use attache::tui::{ColorChoice, Theme};
use clap::Parser as _;

use crate::harness::root;

/// The rows of the table that has this head.
fn table(head: &str) -> Vec<Vec<String>> {
    let page = std::fs::read_to_string(root().join("docs/accessibility.md")).unwrap();
    let (_, rest) = page.split_once(&format!("{head}\n")).unwrap();
    let rows = rest.lines().skip(1).take_while(|line| line.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()).collect()
}

#[test]
fn every_action_has_a_twin_without_the_terminal() {
    let mut twins = BTreeMap::new();
    for row in table("| key's action | without the terminal |") {
        let [names, twin] = row.as_slice() else { panic!("{row:?}") };
        assert!(!twin.is_empty(), "{names}");
        for name in names.split(", ") {
            assert!(twins.insert(name.to_owned(), twin.clone()).is_none(), "{name} stands there twice");
        }
        // The commands are commands.
        for command in twin.split('`').skip(1).step_by(2).filter(|code| code.starts_with("attache ")) {
            let words = command.split_whitespace();
            let ends = command.ends_with("--help");
            assert!(ends || Arguments::try_parse_from(words).is_ok(), "{command}");
        }
    }
    let named: BTreeSet<&str> = twins.keys().map(String::as_str).collect();
    let actions: BTreeSet<&str> = ACTIONS.iter().map(|info| info.name).collect();
    assert_eq!(named.difference(&actions).collect::<Vec<_>>(), Vec::<&&str>::new(), "no such actions");
    assert_eq!(actions.difference(&named).collect::<Vec<_>>(), Vec::<&&str>::new(), "actions without a twin");
}

/// The marks that mean something, in the order of the page.
fn marks(ascii: bool) -> Vec<&'static str> {
    let g = Theme::new(ColorChoice::Never, ascii).glyphs;
    vec![
        g.current,
        g.placed,
        g.marked,
        g.reworded,
        g.prose,
        g.error,
        g.finding,
        g.info,
        g.disputed,
        g.retracted,
        g.changed,
    ]
}

#[test]
fn each_mark_is_another_character_also_in_ascii_and_the_page_lists_them() {
    for ascii in [false, true] {
        let marks = marks(ascii);
        // Case alone is not heard.
        let apart: BTreeSet<String> = marks.iter().map(|mark| mark.to_lowercase()).collect();
        assert_eq!(apart.len(), marks.len(), "{marks:?}");
        for mark in marks {
            assert_eq!(mark.chars().count(), 1, "{mark}");
            assert!(!ascii || mark.is_ascii(), "{mark}");
        }
    }
    let listed = table("| mark | `--ascii` | meaning |");
    let listed: Vec<_> = listed.iter().map(|row| (row[0].trim_matches('`'), row[1].trim_matches('`'))).collect();
    assert_eq!(listed, marks(false).into_iter().zip(marks(true)).collect::<Vec<_>>());
}

#[test]
fn nothing_that_is_drawn_has_emoji_or_braille() {
    for folder in ["src/app", "src/tui"] {
        for entry in walkdir::WalkDir::new(root().join(folder)).into_iter().map(Result::unwrap) {
            let path = entry.path();
            if path.extension().is_none_or(|e| e != "rs") || path.components().any(|c| c.as_os_str() == "journeys") {
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            let odd = code.chars().find(|c| matches!(c, '\u{2800}'..='\u{28ff}' | '\u{fe0f}' | '\u{1f000}'..));
            assert!(odd.is_none() || path.ends_with("tests.rs"), "{}: {odd:?}", path.display());
        }
    }
}
