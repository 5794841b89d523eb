//! The visible words of a Markdown text.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::citation::citations;
use super::parser::parse;

/// The visible text of a Markdown text: no markers, citations, footnote marks, HTML or comments.
/// A soft line break is a space; a hard one, and the end of a block or cell, a line break.
pub fn plain_text(markdown: &str) -> String {
    let cited: Vec<Range<usize>> = citations(markdown).into_iter().map(|citation| citation.range).collect();
    let mut out = String::with_capacity(markdown.len());
    let mut next_cited = 0;
    for (event, range) in parse(markdown) {
        match event {
            Event::Text(content) => {
                while cited.get(next_cited).is_some_and(|cited| cited.end <= range.start) {
                    next_cited += 1;
                }
                push_outside(&mut out, &content, &range, cited.get(next_cited..).unwrap_or_default());
            }
            Event::Code(content) if !is_cited(&cited[next_cited..], range.start) => {
                out.push_str(&content);
            }
            Event::SoftBreak if out.ends_with(' ') => {}
            Event::SoftBreak => out.push(' '),
            Event::HardBreak | Event::Rule => end_line(&mut out),
            Event::Start(Tag::Item | Tag::Paragraph | Tag::BlockQuote(_) | Tag::List(_)) => end_line(&mut out),
            Event::End(tag) if !is_inline(tag) => end_line(&mut out),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Appends the parts of a text event that lie outside citations, and takes away the space before one.
fn push_outside(out: &mut String, content: &str, range: &Range<usize>, cited: &[Range<usize>]) {
    let mut at = range.start;
    for citation in cited.iter().take_while(|citation| citation.start < range.end) {
        let before = citation.start.max(at);
        if let Some(piece) = content.get(at - range.start..before - range.start) {
            out.push_str(piece);
        }
        if citation.start >= range.start {
            out.truncate(out.trim_end_matches(' ').len());
        }
        at = citation.end.min(range.end).max(at);
    }
    // An entity or a replaced character has another length than its source; it lies in no citation then.
    out.push_str(content.get(at - range.start..).unwrap_or_default());
}

/// Is the place in a citation? They are in order.
fn is_cited(cited: &[Range<usize>], at: usize) -> bool {
    cited.iter().take_while(|cited| cited.start <= at).any(|cited| cited.contains(&at))
}

fn end_line(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

fn is_inline(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// Counts the visible words: what stands between spaces and has a letter or digit, as word
/// processors count. Scripts written without spaces count by character.
pub fn word_count(markdown: &str) -> usize {
    plain_text(markdown).split_whitespace().map(words_in).sum()
}

fn words_in(token: &str) -> usize {
    let mut count = 0;
    let mut in_word = false;
    for ch in token.chars() {
        if is_ideographic(ch) {
            count += 1;
            in_word = false;
        } else if ch.is_alphanumeric() && !in_word {
            count += 1;
            in_word = true;
        }
    }
    count
}

fn is_ideographic(ch: char) -> bool {
    matches!(ch, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::{plain_text, word_count};

    #[test]
    fn visible_text_without_citations() {
        for (markdown, text) in [
            ("A *visit* [@e#f].", "A visit."),
            ("A visit\n[@e#f; @e#g]. Then more.", "A visit. Then more."),
            ("- one [@a]\n- two `[@b]`", "one\ntwo [@b]"),
            ("> “Words,” said X [@e#f]", "“Words,” said X"),
            ("a <!-- no --> b", "a  b"),
            ("<!-- no -->\n\nyes", "yes"),
            ("AT&amp;T [@a] \\[@b]", "AT&T [@b]"),
            ("[see *this* `code` @a, p. 3] end", " end"),
            ("", ""),
        ] {
            assert_eq!(plain_text(markdown), text, "{markdown:?}");
        }
    }

    #[test]
    fn words() {
        assert_eq!(word_count("One well-known fact, 1.10 % [see @e#f, para 3]. <!-- not these -->"), 4);
        assert_eq!(word_count("## Title {#id .bullets}\n\n- a\n- b"), 3);
        assert_eq!(word_count("李强 visits"), 3);
        assert_eq!(word_count(""), 0);
    }
}
