//! A draft's block as it prints: citations in place, nothing that is not for the reader.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::Event;

use crate::markdown;
use crate::model::text::picture;

/// What takes a citation's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// The mark of a note, behind the punctuation.
    Note(String),
    /// The mark of a note that the writer wrote; no punctuation moves.
    Written(String),
    /// A reference in the text.
    Text(String),
    /// Nothing: the style prints no citations.
    Nothing,
}

/// Punctuation that a note's mark stands behind.
const CLOSING: &[char] = &['.', ',', ';', ':', '?', '!', '…', '”', '’', '»', '"'];

/// The text of the draft in `range` with every citation replaced by its mark.
pub(super) fn with_marks(
    text: &str,
    range: Range<usize>,
    citations: &[Range<usize>],
    marks: &HashMap<usize, Mark>,
) -> String {
    let mut out = String::with_capacity(range.len());
    let mut at = range.start;
    for citation in citations {
        if citation.start < at || citation.end > range.end {
            continue;
        }
        out.push_str(&text[at..citation.start]);
        at = citation.end;
        match marks.get(&citation.start) {
            Some(Mark::Note(mark)) => {
                trim_before(&mut out);
                let after = &text[at..range.end];
                let moved = after.len() - after.trim_start_matches(CLOSING).len();
                out.push_str(&after[..moved]);
                at += moved;
                if mark.starts_with('[') && out.ends_with('!') && !out.ends_with("\\!") {
                    // `![` would begin an image.
                    out.insert(out.len() - 1, '\\');
                }
                out.push_str(mark);
            }
            Some(Mark::Written(mark) | Mark::Text(mark)) => out.push_str(mark),
            Some(Mark::Nothing) | None => {
                trim_before(&mut out);
                // A citation at the start leaves no space behind.
                if out.is_empty() || out.ends_with('\n') {
                    at += text[at..range.end].len() - text[at..range.end].trim_start_matches([' ', '\t']).len();
                }
            }
        }
    }
    out.push_str(&text[at..range.end]);
    out
}

/// Takes away the space before a mark, the line break and quote markers of its own line included.
fn trim_before(out: &mut String) {
    loop {
        let trimmed = out.trim_end_matches([' ', '\t', '\n', '\r']).len();
        let line = out[..trimmed].rfind('\n').map_or(0, |i| i + 1);
        let on_line = out[line..trimmed].trim();
        let only_markers = line > 0 && !on_line.is_empty() && on_line.chars().all(|c| c == '>' || c == ' ');
        if only_markers {
            out.truncate(line - 1);
        } else {
            // At the very start of a block there is nothing that the mark could follow.
            if trimmed > 0 {
                out.truncate(trimmed);
            }
            return;
        }
    }
}

/// The block as it prints: no comments, no heading attributes, hard breaks as `\`, no trailing
/// space, control characters as pictures, `\n` line ends.
pub(super) fn polish(block: &str) -> String {
    let block = crate::model::text::clean(block);
    let mut cuts: Vec<(Range<usize>, &str)> = Vec::new();
    for (event, range) in markdown::parse(&block) {
        match event {
            Event::HardBreak if !block[range.clone()].starts_with('\\') => cuts.push((range, "\\\n")),
            Event::Html(html) | Event::InlineHtml(html) if html.trim_start().starts_with("<!--") => {
                cuts.push((range, ""));
            }
            _ => {}
        }
    }
    let mut out = String::with_capacity(block.len());
    let mut at = 0;
    for (range, with) in cuts {
        // A hard break's range may reach into the next line's indentation; keep that.
        let end = match with {
            "" => range.end,
            _ => block[range.start..].find('\n').map_or(range.end, |i| range.start + i + 1),
        };
        if range.start < at {
            continue;
        }
        out.push_str(&block[at..range.start]);
        out.push_str(with);
        at = end;
    }
    out.push_str(&block[at..]);
    let text: String = without_trailing_space(out.trim_end())
        .chars()
        .map(|c| if c == '\n' || c == '\t' { c } else { picture(c) })
        .collect();
    text.trim_matches('\n').to_owned()
}

/// Every line without the spaces at its end, those that a comment leaves behind included.
fn without_trailing_space(text: &str) -> String {
    text.split('\n').map(|line| line.trim_end_matches([' ', '\t'])).collect::<Vec<_>>().join("\n")
}

/// A list item without its marker, and its further lines without their indentation.
pub(super) fn item_content(item: &str) -> (usize, String) {
    let width = marker_width(item);
    let mut lines = item.split('\n');
    let mut out = lines.next().and_then(|l| l.get(width..)).unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        let spaces = line.len() - line.trim_start_matches(' ').len();
        out.push_str(&line[spaces.min(width)..]);
    }
    (width, out)
}

/// The item's content behind another marker, its further lines under its first.
pub(super) fn item_with_marker(content: &str, marker: &str) -> String {
    let indent = " ".repeat(marker.len());
    let mut out = String::new();
    for (i, line) in content.split('\n').enumerate() {
        if i == 0 {
            out.push_str(marker);
        } else {
            out.push('\n');
            if !line.is_empty() {
                out.push_str(&indent);
            }
        }
        out.push_str(line);
    }
    out
}

fn marker_width(item: &str) -> usize {
    let indent = item.len() - item.trim_start_matches(' ').len();
    let rest = &item[indent..];
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = indent + digits + 1;
    let after = item.get(mark..).unwrap_or_default();
    let spaces = after.len() - after.trim_start_matches([' ', '\t']).len();
    // More than four spaces are code inside the item.
    mark.min(item.len()) + if spaces > 4 { 1 } else { spaces }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, mark: Mark) -> String {
        let ranges: Vec<_> = markdown::citations(text).into_iter().map(|c| c.range).collect();
        let marks = ranges.iter().map(|r| (r.start, mark.clone())).collect();
        with_marks(text, 0..text.len(), &ranges, &marks)
    }

    #[test]
    fn a_note_s_mark_stands_behind_the_punctuation() {
        let note = Mark::Note("[^1]".into());
        for (draft, printed) in [
            ("August [@e#f].", "August.[^1]"),
            ("August [@e#f], and", "August,[^1] and"),
            ("he said “yes” [@e#f] then", "he said “yes”[^1] then"),
            ("(so [@e#f]) it", "(so[^1]) it"),
            ("of the war\n[@e#f; @e#g].", "of the war.[^1]"),
            ("> “Words.”\n>\n> Name\n> [@e#f]", "> “Words.”\n>\n> Name[^1]"),
            ("[@e#f] first", "[^1] first"),
            ("Stop [@e#f]! Now", "Stop\\![^1] Now"),
        ] {
            assert_eq!(marked(draft, note.clone()), printed);
        }
        assert_eq!(marked("August [@e#f].", Mark::Text("(Reuters 2024)".into())), "August (Reuters 2024).");
        assert_eq!(marked("August [@e#f].", Mark::Nothing), "August.");
    }

    #[test]
    fn nothing_that_is_not_for_the_reader_stays() {
        assert_eq!(polish("a  \nb   \n\tc \r\nd"), "a\\\nb\\\n\tc\nd");
        assert_eq!(polish("a <!-- attache: allow x: y --> b"), "a  b");
        assert_eq!(polish("<!-- gone -->"), "");
        assert_eq!(polish("a <!-- x -->\nb"), "a\nb");
        assert_eq!(polish("```\nx  \n  y\n```"), "```\nx\n  y\n```");
        assert_eq!(polish("a\u{1b}[0m\u{7f}"), "a␛[0m␡");
    }

    #[test]
    fn items_change_their_marker_and_keep_their_lines() {
        let (width, content) = item_content("- a\n  b\n\n  c");
        assert_eq!((width, content.as_str()), (2, "a\nb\n\nc"));
        assert_eq!(item_with_marker(&content, "10. "), "10. a\n    b\n\n    c");
    }
}
