//! Findings for people: a line that scripts can read, then the words in their place.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::finding::{Finding, Severity};
use crate::model::text::visible;
use crate::yaml::Position;

/// How many lines of a file are shown.
const LINES: usize = 3;
/// How wide the lines are, in columns; what is longer is cut around the words.
const WIDTH: usize = 100;

/// A finding with the part of `source`, its file, at which it points.
pub(super) fn shown(finding: &Finding, source: Option<&str>, styled: bool) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let head = visible(&finding.to_string()).into_owned();
    let excerpt = source.filter(|_| finding.end().is_some() || finding.position().column > 1);
    let excerpt = excerpt.and_then(|source| excerpt_of(source, finding.position(), finding.end()));
    let mut group = Group::with_level(level);
    if let Some((text, first, words)) = &excerpt {
        let place = AnnotationKind::Primary.span(words.clone());
        group = group.element(Snippet::source(text.as_str()).line_start(*first).fold(false).annotation(place));
    }
    let help = finding.help.as_deref().map(visible);
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(&**help));
    }
    if help.is_none() && excerpt.is_none() {
        return coloured(&head, finding, styled) + "\n";
    }
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let below = renderer.term_width(WIDTH).render(&[group]);
    let below: Vec<&str> = below.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
    let gap = if excerpt.is_some() { "\n" } else { "" };
    format!("{}\n{}\n{gap}", coloured(&head, finding, styled), below.join("\n"))
}

/// The first line; in colour the severity is as the lines below mark it.
fn coloured(head: &str, finding: &Finding, styled: bool) -> String {
    if !styled {
        return head.to_owned();
    }
    let mark = format!("{}[{}]", finding.severity, finding.rule);
    let colour = match finding.severity {
        Severity::Error => "31",
        Severity::Warning => "33",
        Severity::Info => "34",
    };
    head.replacen(&mark, &format!("\u{1b}[1;{colour}m{mark}\u{1b}[0m"), 1)
}

/// The lines from one place to another, safe for a terminal, the number of the first, and the bytes
/// between the two places. Without a second place these are the word that begins at the first.
fn excerpt_of(source: &str, from: Position, to: Option<Position>) -> Option<(String, usize, std::ops::Range<usize>)> {
    let mut lines = source.lines().skip(from.line.checked_sub(1)?).take(LINES);
    let last = to.map_or(from.line, |to| to.line);
    let mut text = String::new();
    let (mut start, mut end) = (0, 0);
    for number in from.line..=last {
        let Some(line) = lines.next() else { break };
        let cut = |column: usize| line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at);
        let first = if number == from.line { cut(from.column.max(1)) } else { 0 };
        let behind = match to {
            Some(to) if number == to.line => cut(to.column.max(1)),
            Some(_) => line.len(),
            None => line.get(first..)?.find(char::is_whitespace).map_or(line.len(), |length| first + length),
        };
        let behind = behind.max(first);
        if number == from.line {
            text.push_str(&visible(line.get(..first)?));
            start = text.len();
        }
        text.push_str(&visible(line.get(first..behind)?));
        end = text.len();
        text.push_str(&visible(line.get(behind..)?));
        text.push('\n');
    }
    (!text.trim().is_empty()).then_some((text, from.line, start..end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Anchor;

    fn at(line: usize, column: usize) -> Position {
        Position { line, column }
    }

    #[test]
    fn the_words_are_shown_in_their_line() {
        let source = "one\nThey “have overcome” it\nthree\n";
        let anchor = Anchor::Between(at(2, 7), at(2, 20));
        let finding = Finding::error("quote-altered", "d.md", anchor, "not their words").help("write “have met”");
        assert_eq!(
            shown(&finding, Some(source), false),
            "d.md:2:7: error[quote-altered]: not their words\n  |\n2 | They “have overcome” it\n  |       ^^^^^^^^^^^^^\n  |\n  = help: write “have met”\n\n"
        );
    }

    #[test]
    fn a_place_without_an_end_is_a_word_and_a_file_is_no_place() {
        let finding = Finding::warning("x", "e.yaml", Anchor::At(at(1, 4)), "m");
        assert_eq!(
            shown(&finding, Some("a: word more\n"), false),
            "e.yaml:1:4: warning[x]: m\n  |\n1 | a: word more\n  |    ^^^^\n\n"
        );
        let finding = Finding::warning("x", "e.yaml", Anchor::File, "m");
        assert_eq!(shown(&finding, Some("a: b\n"), false), "e.yaml:1:1: warning[x]: m\n");
        assert_eq!(shown(&finding, None, false), "e.yaml:1:1: warning[x]: m\n");
    }

    #[test]
    fn nothing_in_a_file_steers_the_terminal() {
        let finding = Finding::warning("x", "e", Anchor::Between(at(1, 3), at(1, 5)), "\u{1b}[2J");
        let text = shown(&finding, Some("a\u{1b}\u{202e}b\u{7f}c\n"), false);
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7f}']), "{text:?}");
        assert!(text.contains("a␛U+202Eb␡c"), "{text}");
    }

    proptest::proptest! {
        #[test]
        fn no_file_and_no_place_panics(source in "[a“\u{1b}\u{202e}東 \n\r\t]{0,30}", a in 0..5_usize, b in 0..9_usize, c in 0..5_usize, d in 0..9_usize) {
            let finding = Finding::error("x", "e", Anchor::Between(at(a, b), at(c, d)), "m");
            shown(&finding, Some(&source), true);
            shown(&Finding { anchor: Anchor::At(at(a, b)), ..finding }, Some(&source), false);
        }
    }
}
