//! A text field: text, a caret between grapheme clusters, and what the keys of a shell do to them.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation as _};

use super::keymap::{Code, Key};
use super::wrap;

/// Editable text with a caret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextField {
    text: String,
    caret: usize,
    /// The column that up and down try to keep.
    goal: Option<usize>,
}

/// What a key did to the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// The text changed.
    Text,
    /// Only the caret moved, or nothing happened to it.
    Caret,
    /// The key is not one of the field's.
    Unknown,
}

impl TextField {
    /// A field with the caret at the end.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { caret: text.len(), text, goal: None }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The caret's byte offset.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Puts the caret at a byte offset, or at the cluster that holds it.
    pub fn set_caret(&mut self, at: usize) {
        self.goal = None;
        self.caret = self.text.grapheme_indices(true).map(|(i, _)| i).take_while(|i| *i <= at).last().unwrap_or(0);
        if at >= self.text.len() {
            self.caret = self.text.len();
        }
    }

    /// Puts the caret at a row and column of the text wrapped at `room` columns, or as near as there is
    /// text.
    pub fn set_caret_at(&mut self, room: usize, row: usize, column: usize) {
        let lines = wrap::wrap(&self.text, room);
        let Some(line) = lines.get(row.min(lines.len().saturating_sub(1))).cloned() else { return };
        self.go(self.in_line(line, column));
    }

    /// Replaces the text; the caret goes to its end.
    pub fn set_text(&mut self, text: impl Into<String>) {
        *self = Self::new(text);
    }

    /// Puts text in at the caret.
    pub fn insert(&mut self, text: &str) {
        self.goal = None;
        self.text.insert_str(self.caret, text);
        self.caret += text.len();
        // A joiner or combining mark can fuse with what follows: the caret goes behind the whole.
        if !self.is_boundary(self.caret) {
            self.caret = self.next(self.caret);
        }
    }

    fn is_boundary(&self, at: usize) -> bool {
        GraphemeCursor::new(at, self.text.len(), true).is_boundary(&self.text, 0).unwrap_or(true)
    }

    fn previous(&self, at: usize) -> usize {
        GraphemeCursor::new(at, self.text.len(), true).prev_boundary(&self.text, 0).ok().flatten().unwrap_or(0)
    }

    fn next(&self, at: usize) -> usize {
        let end = self.text.len();
        GraphemeCursor::new(at, end, true).next_boundary(&self.text, 0).ok().flatten().unwrap_or(end)
    }

    fn word_left(&self) -> usize {
        let before = &self.text[..self.caret];
        before.unicode_word_indices().next_back().map_or(0, |(at, _)| at)
    }

    fn word_right(&self) -> usize {
        let after = &self.text[self.caret..];
        after.unicode_word_indices().next().map_or(self.text.len(), |(at, word)| self.caret + at + word.len())
    }

    /// Where `Ctrl-W` deletes to: back over spaces, then over what is no space.
    fn shell_word_left(&self) -> usize {
        let before = &self.text[..self.caret];
        let trimmed = before.trim_end_matches(' ');
        if trimmed.len() < before.len() && trimmed.ends_with('\n') {
            return trimmed.len();
        }
        let word = trimmed.trim_end_matches(|c: char| !c.is_whitespace());
        if word.len() == self.caret { self.previous(self.caret) } else { word.len() }
    }

    fn line_start(&self) -> usize {
        self.text[..self.caret].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        self.text[self.caret..].find('\n').map_or(self.text.len(), |at| self.caret + at)
    }

    fn delete(&mut self, range: Range<usize>) -> Edited {
        self.goal = None;
        if range.is_empty() {
            return Edited::Caret;
        }
        self.caret = range.start;
        self.text.replace_range(range, "");
        // Two halves can become one cluster.
        if !self.is_boundary(self.caret) {
            self.caret = self.previous(self.caret);
        }
        Edited::Text
    }

    fn go(&mut self, to: usize) -> Edited {
        self.caret = to;
        self.goal = None;
        Edited::Caret
    }

    /// Does what a key means to text. `room` is the width at which the text is shown wrapped, so
    /// that up and down go by what is seen.
    pub fn press(&mut self, key: Key, room: usize) -> Edited {
        if let Some(c) = key.text() {
            let mut buffer = [0; 4];
            self.insert(c.encode_utf8(&mut buffer));
            return Edited::Text;
        }
        match (key.code, key.ctrl) {
            (Code::Left, true) => self.go(self.word_left()),
            (Code::Right, true) => self.go(self.word_right()),
            (Code::Left, false) => self.go(self.previous(self.caret)),
            (Code::Right, false) => self.go(self.next(self.caret)),
            (Code::Home, true) => self.go(0),
            (Code::End, true) => self.go(self.text.len()),
            (Code::Home, false) | (Code::Char('a'), true) => self.go(self.line_start()),
            (Code::End, false) | (Code::Char('e'), true) => self.go(self.line_end()),
            (Code::Up, _) => self.vertical(-1, room),
            (Code::Down, _) => self.vertical(1, room),
            (Code::Backspace, false) | (Code::Char('h'), true) => self.delete(self.previous(self.caret)..self.caret),
            (Code::Delete, false) | (Code::Char('d'), true) => self.delete(self.caret..self.next(self.caret)),
            (Code::Char('w'), true) | (Code::Backspace, true) => self.delete(self.shell_word_left()..self.caret),
            (Code::Char('k'), true) => {
                let end = self.line_end();
                self.delete(self.caret..if end == self.caret { self.next(end) } else { end })
            }
            (Code::Char('u'), true) => self.delete(self.line_start()..self.caret),
            _ => Edited::Unknown,
        }
    }

    /// Takes pasted text in as one insert, its controls cleaned.
    pub fn paste(&mut self, text: &str) {
        let clean = crate::model::text::clean(text);
        self.insert(&clean.replace('\t', "    "));
    }

    fn vertical(&mut self, by: isize, room: usize) -> Edited {
        let lines = wrap::wrap(&self.text, room);
        let (row, column) = locate(&self.text, &lines, self.caret);
        let goal = self.goal.unwrap_or(column);
        let Some(line) = row.checked_add_signed(by).and_then(|row| lines.get(row)) else {
            return self.go(if by < 0 { 0 } else { self.text.len() });
        };
        self.caret = self.in_line(line.clone(), goal);
        self.goal = Some(goal);
        Edited::Caret
    }

    /// The place in a wrapped line that is shown at a column.
    fn in_line(&self, line: Range<usize>, column: usize) -> usize {
        let mut at = line.start;
        let mut used = 0;
        let last = self.text.get(line.clone()).unwrap_or_default();
        for grapheme in last.graphemes(true) {
            let w = wrap::shown_width(grapheme);
            // The end of a soft-wrapped line is the start of the next one: stay on this line.
            let soft_end =
                at + grapheme.len() == line.end && self.text.as_bytes().get(line.end).is_some_and(|b| *b != b'\n');
            if used + w > column || soft_end {
                break;
            }
            used += w;
            at += grapheme.len();
        }
        at
    }

    /// The caret's row and column when the text is wrapped at `room` columns.
    pub fn caret_at(&self, room: usize) -> (usize, usize) {
        locate(&self.text, &wrap::wrap(&self.text, room), self.caret)
    }
}

/// The row and column of a byte offset in wrapped lines.
fn locate(text: &str, lines: &[Range<usize>], at: usize) -> (usize, usize) {
    let row = lines.iter().rposition(|line| line.start <= at).unwrap_or(0);
    let start = lines.get(row).map_or(0, |line| line.start);
    (row, wrap::width(&wrap::display(text.get(start..at).unwrap_or_default())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(field: &mut TextField, keys: &[&str]) {
        for key in keys {
            field.press(key.parse().unwrap(), 10);
        }
    }

    #[test]
    fn a_joined_emoji_is_one_step_and_one_deletion() {
        let mut field = TextField::new("a👩‍🚀é東");
        press(&mut field, &["Backspace"]);
        assert_eq!(field.text(), "a👩‍🚀é");
        press(&mut field, &["left", "left"]);
        assert_eq!(field.caret(), 1);
        press(&mut field, &["Delete"]);
        assert_eq!(field.text(), "aé");
    }

    #[test]
    fn shell_keys_act_on_the_line() {
        let mut field = TextField::new("one two\nthree four");
        press(&mut field, &["Ctrl-W"]);
        assert_eq!(field.text(), "one two\nthree ");
        press(&mut field, &["Ctrl-U"]);
        assert_eq!(field.text(), "one two\n");
        press(&mut field, &["up", "Ctrl-A", "Ctrl-right", "Ctrl-K"]);
        assert_eq!(field.text(), "one\n");
        press(&mut field, &["Ctrl-E", "x", "Home", "y"]);
        assert_eq!(field.text(), "yonex\n");
    }

    #[test]
    fn up_and_down_follow_the_wrapped_lines_and_keep_the_column() {
        let mut field = TextField::new("abcdef ghi\nx\nabcdefgh");
        field.set_caret(5);
        press(&mut field, &["down", "down"]);
        assert_eq!(field.caret_at(10), (2, 5));
        press(&mut field, &["up", "up"]);
        assert_eq!(field.caret(), 5);
        let mut field = TextField::new("the quick brown fox");
        press(&mut field, &["up"]);
        assert_eq!(field.caret_at(10), (0, 9));
    }

    #[test]
    fn a_paste_is_cleaned_and_a_megabyte_is_quick() {
        let mut field = TextField::default();
        field.paste("a\u{1b}[201~b\r\nc\td");
        assert_eq!(field.text(), "a␛[201~b\nc    d");
        let big = "word ".repeat(200_000);
        field.paste(&big);
        assert!(field.text().len() > 1_000_000);
    }

    #[test]
    fn any_keys_on_any_text_keep_the_caret_on_a_boundary() {
        let text = "e\u{301}👩‍🚀\u{200d}東\n\n  x🇩🇪🇫🇷\u{fe0f}";
        let keys =
            ["left", "Delete", "down", "Ctrl-left", "Backspace", "up", "x", "Ctrl-right", "Ctrl-K", "End", "Ctrl-W"];
        for start in 0..keys.len() {
            let mut field = TextField::new(text);
            for n in 0..60 {
                press(&mut field, &[keys[(start * 7 + n * 3 + n / 5) % keys.len()]]);
                assert!(field.text().is_char_boundary(field.caret()));
                field.caret_at(3);
            }
        }
    }
}
