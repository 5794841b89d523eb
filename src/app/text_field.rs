//! A text field: text, a caret between grapheme clusters, and what the keys of a shell do to them.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation as _};

use super::action::Action;
use super::wrap;

/// Editable text with a caret, and what is selected between it and an anchor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextField {
    text: String,
    caret: usize,
    /// Where a selection began; none when nothing is selected.
    anchor: Option<usize>,
    /// The column that up and down try to keep.
    goal: Option<usize>,
    /// Whether the last key killed text: what is killed next joins it.
    killing: bool,
}

/// What was killed last; yanking puts it in again. All fields share it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Killed(String);

impl Killed {
    /// The text.
    pub fn text(&self) -> &str {
        &self.0
    }

    fn take_in(&mut self, killed: &str, joins: bool, in_front: bool) {
        if !joins {
            self.0.clear();
        }
        if in_front {
            self.0.insert_str(0, killed);
        } else {
            self.0.push_str(killed);
        }
    }
}

/// What a key did to the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// The text changed.
    Text,
    /// Only the caret moved, or nothing happened to it.
    Caret,
    /// The action is not one of the field's.
    Unknown,
}

impl TextField {
    /// A field with the caret at the end.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { caret: text.len(), text, ..Self::default() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The caret's byte offset.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// What is selected; empty when nothing is.
    pub fn selection(&self) -> Range<usize> {
        let anchor = self.anchor.unwrap_or(self.caret);
        anchor.min(self.caret)..anchor.max(self.caret)
    }

    /// Puts the caret at a byte offset, or at the cluster that holds it.
    pub fn set_caret(&mut self, at: usize) {
        self.goal = None;
        self.anchor = None;
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
        self.go(self.at_column(&line, column), false);
    }

    /// Replaces the text; the caret goes to its end.
    pub fn set_text(&mut self, text: impl Into<String>) {
        *self = Self::new(text);
    }

    /// Puts text in at the caret, in the place of what is selected.
    pub fn insert(&mut self, text: &str) {
        self.goal = None;
        self.killing = false;
        let selected = self.selection();
        self.anchor = None;
        self.caret = selected.start;
        self.text.replace_range(selected, text);
        self.caret += text.len();
        // A joiner or combining mark can fuse with what follows: the caret goes behind the whole.
        if !self.is_boundary(self.caret) {
            self.caret = self.next(self.caret);
        }
    }

    /// Replaces a piece of the text; the caret goes behind what is put in.
    pub fn replace(&mut self, range: Range<usize>, text: &str) {
        self.caret = range.end;
        self.anchor = Some(range.start);
        self.insert(text);
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

    /// Deletes what is selected, else the range.
    fn delete(&mut self, range: Range<usize>) -> Edited {
        let selected = self.selection();
        let range = if selected.is_empty() { range } else { selected };
        self.goal = None;
        self.anchor = None;
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

    /// As [`Self::delete`], and keeps what goes; what is killed key after key is one piece.
    fn kill(&mut self, range: Range<usize>, killed: &mut Killed) -> Edited {
        let selected = self.selection();
        let (range, joins) = if selected.is_empty() { (range, self.killing) } else { (selected, false) };
        if !range.is_empty() {
            let in_front = range.end <= self.caret;
            killed.take_in(&self.text[range.clone()], joins, in_front);
        }
        let edited = self.delete(range);
        self.killing = true;
        edited
    }

    fn go(&mut self, to: usize, select: bool) -> Edited {
        self.anchor = if select { self.anchor.or(Some(self.caret)) } else { None };
        self.caret = to;
        self.goal = None;
        Edited::Caret
    }

    /// Without selecting, a step sideways from a selection goes to its end on that side.
    fn sideways(&mut self, to: usize, select: bool, forward: bool) -> Edited {
        let selected = self.selection();
        if select || selected.is_empty() {
            return self.go(to, select);
        }
        self.go(if forward { selected.end } else { selected.start }, false)
    }

    /// Types a character.
    pub fn type_in(&mut self, c: char) {
        self.insert(c.encode_utf8(&mut [0; 4]));
    }

    /// Does what an action means to text. `select` says that a motion takes what it passes into the
    /// selection; `room` is the width at which the text is shown wrapped, so that up and down go by
    /// what is seen.
    pub fn run(&mut self, action: Action, select: bool, room: usize, killed: &mut Killed) -> Edited {
        let killing = std::mem::take(&mut self.killing);
        match action {
            Action::CharLeft => self.sideways(self.previous(self.caret), select, false),
            Action::CharRight => self.sideways(self.next(self.caret), select, true),
            Action::WordLeft => self.go(self.word_left(), select),
            Action::WordRight => self.go(self.word_right(), select),
            Action::LineStart => self.go(self.line_start(), select),
            Action::LineEnd => self.go(self.line_end(), select),
            Action::TextStart => self.go(0, select),
            Action::TextEnd => self.go(self.text.len(), select),
            Action::Previous => self.vertical(-1, select, room),
            Action::Next => self.vertical(1, select, room),
            Action::DeleteBack => self.delete(self.previous(self.caret)..self.caret),
            Action::DeleteForward => self.delete(self.caret..self.next(self.caret)),
            Action::KillWordBack => {
                self.killing = killing;
                self.kill(self.shell_word_left()..self.caret, killed)
            }
            Action::KillWordForward => {
                self.killing = killing;
                self.kill(self.caret..self.word_right(), killed)
            }
            Action::KillToEnd => {
                self.killing = killing;
                let end = self.line_end();
                self.kill(self.caret..if end == self.caret { self.next(end) } else { end }, killed)
            }
            Action::KillToStart => {
                self.killing = killing;
                self.kill(self.line_start()..self.caret, killed)
            }
            Action::Yank if killed.text().is_empty() => Edited::Caret,
            Action::Yank => {
                self.insert(killed.text());
                Edited::Text
            }
            Action::NewLine => {
                self.insert("\n");
                Edited::Text
            }
            _ => {
                self.killing = killing;
                Edited::Unknown
            }
        }
    }

    /// Takes pasted text in as one insert, its controls cleaned.
    pub fn paste(&mut self, text: &str) {
        let clean = crate::model::text::clean(text);
        self.insert(&clean.replace('\t', "    "));
    }

    fn vertical(&mut self, by: isize, select: bool, room: usize) -> Edited {
        let lines = wrap::wrap(&self.text, room);
        let (row, column) = locate(&self.text, &lines, self.caret);
        let goal = self.goal.unwrap_or(column);
        let Some(line) = row.checked_add_signed(by).and_then(|row| lines.get(row)) else {
            return self.go(if by < 0 { 0 } else { self.text.len() }, select);
        };
        let at = self.at_column(line, goal);
        self.go(at, select);
        self.goal = Some(goal);
        Edited::Caret
    }

    /// The byte at a column of a wrapped line, or the line's last one.
    fn at_column(&self, line: &Range<usize>, column: usize) -> usize {
        let mut at = line.start;
        let mut used = 0;
        for grapheme in self.text.get(line.clone()).unwrap_or_default().graphemes(true) {
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

    /// The columns from the start of the caret's line, a byte offset, to the caret.
    pub fn columns_before_caret(&self, start: usize) -> usize {
        columns(&self.text, start, self.caret)
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
    (row, columns(text, start, at))
}

/// The columns from one byte to another of the same line.
fn columns(text: &str, start: usize, at: usize) -> usize {
    wrap::width(&wrap::display(text.get(start..at).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Contexts;
    use crate::app::keymap::{Key, Keymap};

    /// Presses keys as they are bound while typing, in a pane of 10 columns.
    fn press_with(field: &mut TextField, killed: &mut Killed, keys: &[&str]) {
        let keymap = Keymap::default();
        for key in keys {
            let key: Key = key.parse().unwrap();
            match (keymap.text_action(Contexts::TYPE, key), key.text()) {
                (Some((action, select)), _) => {
                    field.run(action, select, 10, killed);
                }
                (None, Some(c)) => field.type_in(c),
                (None, None) => panic!("{key} is not bound"),
            }
        }
    }

    fn press(field: &mut TextField, keys: &[&str]) {
        press_with(field, &mut Killed::default(), keys);
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
        let keys = [
            "left",
            "Delete",
            "down",
            "Ctrl-left",
            "Backspace",
            "up",
            "x",
            "Ctrl-right",
            "Ctrl-K",
            "End",
            "Ctrl-W",
            "Shift-left",
            "Ctrl-Y",
            "Shift-down",
        ];
        for start in 0..keys.len() {
            let mut field = TextField::new(text);
            for n in 0..60 {
                press(&mut field, &[keys[(start * 7 + n * 3 + n / 5) % keys.len()]]);
                assert!(field.text().is_char_boundary(field.caret()));
                field.caret_at(3);
            }
        }
    }

    #[test]
    fn with_shift_motions_select_and_typing_replaces() {
        let mut field = TextField::new("one two three");
        press(&mut field, &["Ctrl-left", "Shift-Ctrl-left"]);
        assert_eq!(&field.text()[field.selection()], "two ");
        press(&mut field, &["2", "Space"]);
        assert_eq!(field.text(), "one 2 three");
        press(&mut field, &["Shift-Home", "right", "x"]);
        assert_eq!(field.text(), "one 2 xthree");
        press(&mut field, &["Ctrl-Home", "Shift-Ctrl-End", "left", "y"]);
        assert_eq!(field.text(), "yone 2 xthree");
        press(&mut field, &["Shift-right", "Shift-right", "Backspace"]);
        assert_eq!(field.text(), "ye 2 xthree");
        let mut field = TextField::new("e\u{301}東");
        press(&mut field, &["Shift-left", "Shift-left", "Delete"]);
        assert_eq!(field.text(), "");
    }

    #[test]
    fn what_is_killed_key_after_key_is_yanked_as_one_piece() {
        let (mut field, mut killed) = (TextField::new("one two three"), Killed::default());
        press_with(&mut field, &mut killed, &["Ctrl-W", "Ctrl-W"]);
        assert_eq!((field.text(), killed.text()), ("one ", "two three"));
        press_with(&mut field, &mut killed, &["Home", "Ctrl-Y", "Space"]);
        assert_eq!(field.text(), "two three one ");
        press_with(&mut field, &mut killed, &["Home", "Ctrl-Delete", "Ctrl-K"]);
        assert_eq!((field.text(), killed.text()), ("", "two three one "));
        press_with(&mut field, &mut killed, &["Ctrl-Y", "Shift-Ctrl-left", "Shift-left", "Ctrl-W"]);
        assert_eq!((field.text(), killed.text()), ("two three", " one "));
        press_with(&mut field, &mut killed, &["right", "Ctrl-U", "Ctrl-U"]);
        assert_eq!((field.text(), killed.text()), ("", "two three"));
    }

    #[test]
    fn a_click_puts_the_caret_where_it_points() {
        let mut field = TextField::new("abcdef 東京 xyz");
        field.set_caret_at(10, 1, 2);
        assert_eq!(&field.text()[field.caret()..], "京 xyz");
        field.set_caret_at(10, 9, 30);
        assert_eq!(field.caret(), field.text().len());
    }
}
