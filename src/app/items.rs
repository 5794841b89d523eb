//! List items while typing: Enter begins the next one, Enter in an empty one ends the list.

use std::ops::Range;

/// What Enter does where the caret stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AtEnter {
    /// A new line.
    Line,
    /// A new item, with this marker.
    Item(String),
    /// The list is done: in the place of the empty item comes a blank line.
    End(Range<usize>),
}

/// What Enter does at the caret of a text.
pub fn at_enter(text: &str, caret: usize) -> AtEnter {
    let start = line_start(text, caret);
    let end = text[caret..].find('\n').map_or(text.len(), |at| caret + at);
    let Some(marker) = marker(&text[start..end]).filter(|marker| start + marker.len() <= caret) else {
        return AtEnter::Line;
    };
    if text[start + marker.len()..end].trim().is_empty() {
        AtEnter::End(start..end)
    } else {
        AtEnter::Item(next(marker))
    }
}

/// The marker that was written by itself, where the writer has now written one behind it: `- - `.
pub fn doubled(text: &str, item: usize, caret: usize) -> Option<Range<usize>> {
    let line = text.get(item..caret)?;
    let first = marker(line)?;
    let again = marker(&line[first.len()..])?;
    (first.len() + again.len() == line.len()).then(|| item..item + first.len())
}

/// An item at the end of the text that begins at `item` and has no words, with the line end before it.
pub fn left_empty(text: &str, item: usize) -> Option<Range<usize>> {
    let line = text.get(item..)?;
    let empty = item > 0 && marker(line).is_some_and(|marker| line[marker.len()..].trim().is_empty());
    empty.then(|| item - 1..text.len())
}

/// Where the line at a place begins.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |line_end| line_end + 1)
}

/// The marker of a list item or block quote at the start of a line, with its indentation and the space behind it.
fn marker(line: &str) -> Option<&str> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let rest = &line[indent..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = match rest.as_bytes() {
        [b'-' | b'*' | b'+' | b'>', b' ', ..] => 2,
        // Markdown counts up to nine digits.
        _ if (1..10).contains(&digits) && (rest[digits..].starts_with(". ") || rest[digits..].starts_with(") ")) => {
            digits + 2
        }
        _ => return None,
    };
    if ["[ ] ", "[x] ", "[X] "].iter().any(|tick| rest[length..].starts_with(tick)) {
        length += 4;
    }
    line.get(..indent + length)
}

/// The marker of the item behind one with this marker.
fn next(marker: &str) -> String {
    let bare = marker.replace("[x]", "[ ]").replace("[X]", "[ ]");
    let digits: String = bare.chars().filter(char::is_ascii_digit).collect();
    match digits.parse::<u64>() {
        Ok(number) => bare.replacen(&digits, &(number + 1).to_string(), 1),
        Err(_) => bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enter(text: &str) -> AtEnter {
        let caret = text.find('|').unwrap();
        at_enter(&text.replace('|', ""), caret)
    }

    #[test]
    fn enter_goes_on_with_the_list_that_it_is_in() {
        for (text, marker) in [
            ("- one|", "- "),
            ("a\n  * one|", "  * "),
            ("9. one|", "10. "),
            ("2) one|\n3) two", "3) "),
            ("> one|", "> "),
            ("- [x] one| and more", "- [ ] "),
            ("- Núñez| (Perú)", "- "),
        ] {
            assert_eq!(enter(text), AtEnter::Item(marker.to_owned()), "{text}");
        }
        for text in ["|", "one|", "-one|", "- o\nne|", "|- one", "-| one", "1.one|", "2024 was|", "1234567890. a|"] {
            assert_eq!(enter(text), AtEnter::Line, "{text}");
        }
    }

    #[test]
    fn enter_in_an_empty_item_ends_the_list() {
        assert_eq!(enter("- one\n- |"), AtEnter::End(6..8));
        assert_eq!(enter("- |"), AtEnter::End(0..2));
        assert_eq!(enter("- one\n- | \nmore"), AtEnter::End(6..9));
    }

    #[test]
    fn a_marker_written_twice_is_seen() {
        assert_eq!(doubled("- one\n- - ", 6, 10), Some(6..8));
        assert_eq!(doubled("1. one\n2. * ", 7, 12), Some(7..10));
        assert_eq!(doubled("- one\n- - a", 6, 11), None);
        assert_eq!(doubled("- one\n- ", 6, 8), None);
    }

    #[test]
    fn an_item_left_empty_at_the_end_is_seen() {
        assert_eq!(left_empty("- one\n- ", 6), Some(5..8));
        assert_eq!(left_empty("- one\n- two", 6), None);
        assert_eq!(left_empty("- ", 0), None);
        assert_eq!(left_empty("- one", 9), None);
    }
}
