//! Texts that are written by lines, under `|` or `>`.

use std::ops::Range;

use saphyr_parser::ScalarStyle;

use super::spots::{Kind, Spot};

/// How wide a folded line may become before it is broken, unless others are wider.
const WIDTH: usize = 100;

/// Where the parts of such a text stand.
pub(super) struct Block<'s> {
    /// The sign with its indicators: `>-`.
    pub(super) sign: Range<usize>,
    /// From the first line's start to behind the last line's last character.
    pub(super) lines: Range<usize>,
    value: &'s str,
    folded: bool,
}

impl<'s> Block<'s> {
    /// The parts of the text at a spot, if it is such a one and has a line.
    pub(super) fn of(text: &str, spot: &'s Spot) -> Option<Self> {
        let Kind::Scalar { text: value, style, .. } = &spot.kind else { return None };
        let folded = match style {
            ScalarStyle::Folded => true,
            ScalarStyle::Literal => false,
            _ => return None,
        };
        let end = spot.end(text);
        // The parser's range begins in the first line, or in the line of the sign.
        let from = text.get(..spot.range.start)?;
        let mut line = from.rfind('\n').map_or(0, |i| i + 1);
        let mut sign = sign(text, line);
        if sign.is_none() {
            let above = text.get(..line)?.trim_end();
            line = above.rfind('\n').map_or(0, |i| i + 1);
            sign = self::sign(text, line);
        }
        let sign = sign?;
        let first = sign.end + text.get(sign.end..)?.find('\n')? + 1;
        (first < end).then_some(Self { sign, lines: first..end, value, folded })
    }

    /// Whether a text made from this one has a line in the place of this that is wider than it should be.
    pub(super) fn is_wide(&self, text: &str, made: &str) -> bool {
        let behind = text.len() - self.lines.end;
        let new = made.get(self.lines.start..made.len().saturating_sub(behind)).unwrap_or_default();
        self.folded && new.lines().any(|line| line.chars().count() > self.width(text))
    }

    fn width(&self, text: &str) -> usize {
        let lines = text.get(self.lines.clone()).unwrap_or_default().lines();
        lines.map(|line| line.chars().count()).max().unwrap_or_default().max(WIDTH)
    }

    /// The text with another value here, in its own style; lines that hold the same words stay as they are.
    pub(super) fn with(&self, text: &str, value: &str) -> Vec<String> {
        self.printed(text, value).unwrap_or_default()
    }

    fn printed(&self, text: &str, value: &str) -> Option<Vec<String>> {
        let raw = text.get(self.lines.clone())?;
        let eol = if raw.contains("\r\n") || text.get(self.sign.end..self.lines.start)?.contains('\r') {
            "\r\n"
        } else {
            "\n"
        };
        let old: Vec<&str> = raw.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
        let spaces = |line: &str| line.len() - line.trim_start_matches(' ').len();
        // What stands before the value's own spaces.
        let first = old.iter().find(|line| !line.trim().is_empty())?;
        let indent = spaces(first).checked_sub(spaces(self.value.trim_start_matches('\n')))?;
        let body = value.strip_suffix('\n').unwrap_or(value);
        if body.is_empty() || body.ends_with('\n') || body.contains('\r') {
            return None;
        }
        let margin = " ".repeat(indent);
        let wanted = if self.folded {
            if body.starts_with(char::is_whitespace) || body.contains("\n ") || body.contains("\n\t") {
                return None;
            }
            let cut: Vec<&str> = old.iter().map(|line| line.get(indent..).unwrap_or_default()).collect();
            folded(&cut, body, self.width(text).saturating_sub(indent).max(20))
        } else {
            body.split('\n').map(str::to_owned).collect()
        };
        let lines: Vec<String> =
            wanted.iter().map(|line| if line.is_empty() { String::new() } else { format!("{margin}{line}") }).collect();
        let (before, after) = (text.get(..self.sign.start)?, text.get(self.lines.end..)?);
        let head = text.get(self.sign.end..self.lines.start)?;
        let sign = text.get(self.sign.clone())?;
        let bare = sign.trim_end_matches(['+', '-']);
        let signs = [sign.to_owned(), format!("{bare}-"), bare.to_owned()];
        Some(signs.iter().map(|sign| format!("{before}{sign}{head}{}{after}", lines.join(eol))).collect())
    }
}

/// The lines of a folded text: those that the old one began and ended with stay, what is between is broken anew.
fn folded(old: &[&str], body: &str, width: usize) -> Vec<String> {
    let mut rest = body;
    let mut head: Vec<String> = Vec::new();
    for line in old {
        // An empty line stands for a line end, and only within a paragraph can the next line be told.
        let Some(after) = rest.strip_prefix(*line).filter(|_| !line.is_empty()) else { break };
        let Some(after) = after.strip_prefix(' ').filter(|after| !after.starts_with([' ', '\n'])) else { break };
        head.push((*line).to_owned());
        rest = after;
    }
    let mut tail: Vec<String> = Vec::new();
    for line in old.get(head.len()..).unwrap_or_default().iter().rev() {
        let Some(before) = rest.strip_suffix(*line).filter(|_| !line.is_empty()) else { break };
        let Some(before) = before.strip_suffix(' ').filter(|b| !b.is_empty() && !b.ends_with([' ', '\n'])) else {
            break;
        };
        tail.push((*line).to_owned());
        rest = before;
    }
    for (n, paragraph) in rest.split('\n').enumerate() {
        if n > 0 {
            head.push(String::new());
        }
        if !paragraph.is_empty() {
            head.extend(broken(paragraph, width));
        }
    }
    head.extend(tail.into_iter().rev());
    head
}

/// A paragraph in lines of at most this width, broken at single spaces.
fn broken(paragraph: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in paragraph.split(' ') {
        match lines.last_mut() {
            // A break beside a second space would take it away.
            Some(line)
                if line.chars().count() + 1 + word.chars().count() <= width
                    || word.is_empty()
                    || line.is_empty()
                    || line.ends_with(' ') =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The sign of a text by lines in the line that starts here: what only a comment may follow.
fn sign(text: &str, line: usize) -> Option<Range<usize>> {
    let whole = text.get(line..)?;
    let whole = whole.split('\n').next()?.trim_end_matches('\r');
    whole.match_indices(['|', '>']).find_map(|(at, _)| {
        let before = whole.get(..at)?;
        let behind = whole.get(at + 1..)?;
        let rest = behind.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
        let comment =
            rest.trim_start().is_empty() || rest.starts_with([' ', '\t']) && rest.trim_start().starts_with('#');
        let own = before.is_empty() || before.ends_with([' ', '\t']);
        (own && comment).then(|| line + at..line + at + 1 + (behind.len() - rest.len()))
    })
}
