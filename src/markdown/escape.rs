//! Plain text as inline Markdown that shows the same characters.
//!
//! The rules are those of CommonMark, GFM and Pandoc together, because a note is read by any of them.
//! A character is escaped only where one of the three would read it as syntax, so that ordinary prose
//! stays as it is. Three things come from Pandoc alone: `--` and `...` become dashes and an ellipsis
//! there, `@word` a citation, and `a)` or `iv.` a list.
//!
//! Known limit: an e-mail address becomes a link under GFM's autolink extension whatever is escaped;
//! its characters stay the same.

/// Writes plain text as inline Markdown, wherever it is put: at the start of a paragraph, item, block
/// quote or heading, or in a line.
///
/// Whitespace runs become one space and the ends are trimmed. Control characters become visible
/// pictures (`␛`, `␡`, `�`), so that no note holds one.
pub fn escape(text: &str) -> String {
    let chars = visible(text);
    let context = Context::new(&chars);
    let mut out = String::with_capacity(text.len() + 8);
    for (index, &ch) in chars.iter().enumerate() {
        match ch {
            // Parsers take a byte order mark at the start for encoding, not for text, and may trim
            // other blanks than spaces at the ends; as an entity they stay.
            '\u{feff}' if index == 0 => out.push_str("&#xFEFF;"),
            _ if ch.is_whitespace() && ch != ' ' && (index == 0 || index + 1 == chars.len()) => {
                out.push_str(&format!("&#x{:X};", u32::from(ch)));
            }
            _ => {
                if context.needs_escape(index, ch) {
                    out.push('\\');
                }
                out.push(ch);
            }
        }
    }
    out
}

/// Writes plain text as a piece in the middle of a line, where a number or letter with a full stop is no
/// mark of a list.
pub fn escape_within(text: &str) -> String {
    const BEFORE: &str = "“ ";
    let escaped = escape(&format!("{BEFORE}{text}"));
    escaped.strip_prefix(BEFORE).unwrap_or(&escaped).to_owned()
}

/// Writes plain text as the content of a table cell. As [`escape`], which escapes every `|` already:
/// a cell may be the first of a row without an outer `|`, so its start counts as a line's start too.
pub fn escape_cell(text: &str) -> String {
    escape(text)
}

/// The text with single spaces and visible pictures of control characters.
fn visible(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = Vec::with_capacity(text.len());
    for ch in text.chars() {
        match ch {
            ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                if chars.last().is_some_and(|last| *last != ' ') {
                    chars.push(' ');
                }
            }
            '\u{0}'..='\u{1f}' => chars.push(char::from_u32(0x2400 + u32::from(ch)).unwrap_or('\u{fffd}')),
            '\u{7f}' => chars.push('␡'),
            '\u{80}'..='\u{9f}' => chars.push('\u{fffd}'),
            _ => chars.push(ch),
        }
    }
    if chars.last() == Some(&' ') {
        chars.pop();
    }
    chars
}

/// The text with what has to be known about it as a whole.
struct Context<'a> {
    chars: &'a [char],
    /// The character that would end a list marker at the start: the `.` of `1. `.
    list_mark: Option<usize>,
    /// Where the trailing run of `#` begins, which would close a heading.
    closing_hashes: usize,
    /// Does it end in `}`, so that a heading would read attributes?
    ends_in_brace: bool,
    /// Is it an underline of a heading: only `=`?
    underline: bool,
    /// Is there an `@`, so that `<1…` could be an address?
    has_at: bool,
    /// For each character, where the run of equal characters it is in begins and ends. Kept, because
    /// looking for it each time would take quadratic time in a long run.
    runs: Vec<(usize, usize)>,
}

impl<'a> Context<'a> {
    fn new(chars: &'a [char]) -> Self {
        Self {
            chars,
            list_mark: list_mark(chars),
            closing_hashes: chars.iter().rposition(|ch| *ch != '#').map_or(0, |last| last + 1),
            ends_in_brace: chars.last() == Some(&'}'),
            underline: chars.iter().all(|ch| *ch == '='),
            has_at: chars.contains(&'@'),
            runs: runs(chars),
        }
    }

    fn at(&self, index: usize) -> Option<char> {
        self.chars.get(index).copied()
    }

    fn before(&self, index: usize) -> Option<char> {
        index.checked_sub(1).and_then(|before| self.at(before))
    }

    fn needs_escape(&self, index: usize, ch: char) -> bool {
        let next = self.at(index + 1);
        let before = self.before(index);
        let first = index == 0;
        match ch {
            '\\' | '`' | '[' | ']' | '|' => true,
            '*' | '^' => !(before == Some(' ') && next == Some(' ')),
            '_' => !self.inside_word(index),
            '<' => next != Some(' ') && (self.has_at || !next.is_some_and(|next| next.is_ascii_digit())),
            '>' => first,
            '&' => self.begins_entity(index),
            '@' => next != Some(' ') && !before.is_some_and(char::is_alphanumeric),
            // In Pandoc a closing `$` has no digit behind it: where every other one is escaped, none closes.
            '$' => !next.is_some_and(|next| next.is_ascii_digit()),
            // An opening `~` is harmless where no other can close.
            '~' => before.is_some_and(|before| before != ' ') || !next.is_some_and(char::is_alphanumeric),
            '-' => {
                before == Some('-')
                    || (first && !next.is_some_and(|next| next.is_alphanumeric() || ".,$€£".contains(next)))
            }
            '.' => self.list_mark == Some(index) || self.inside_ellipsis(index) || self.ends_www(index),
            ')' => self.list_mark == Some(index),
            // A footnote mark or citation may follow, and `![` begins an image.
            '!' => next.is_none(),
            '#' => first || index >= self.closing_hashes,
            '+' => first && matches!(next, None | Some(' ' | '+')),
            '=' => first && self.underline,
            ':' => (first && matches!(next, None | Some(' ' | ':' | '-'))) || self.ends_scheme(index),
            '%' => first && next == Some(' '),
            '{' | '}' => self.ends_in_brace,
            _ => false,
        }
    }

    /// A run of `_` with letters or digits on both sides cannot open or close emphasis.
    fn inside_word(&self, index: usize) -> bool {
        let (start, end) = self.run(index);
        self.before(start).is_some_and(char::is_alphanumeric) && self.at(end).is_some_and(char::is_alphanumeric)
    }

    fn run(&self, index: usize) -> (usize, usize) {
        self.runs.get(index).copied().unwrap_or((index, index + 1))
    }

    /// `&name;`, `&#1;`, or the like cut off by the end, where a `;` may follow.
    fn begins_entity(&self, index: usize) -> bool {
        let name = self.chars[index + 1..].iter().take_while(|ch| ch.is_ascii_alphanumeric() || **ch == '#').count();
        match self.at(index + 1 + name) {
            Some(';') => name > 0,
            Some(_) => false,
            None => name > 1,
        }
    }

    /// Every second full stop of three or more.
    fn inside_ellipsis(&self, index: usize) -> bool {
        let (start, end) = self.run(index);
        (index - start) % 2 == 1 && end - start > 2
    }

    fn ends_with_word(&self, index: usize, word: &str) -> bool {
        let length = word.len();
        index >= length
            && self.chars[index - length..index].iter().zip(word.chars()).all(|(ch, w)| ch.eq_ignore_ascii_case(&w))
    }

    fn ends_www(&self, index: usize) -> bool {
        self.ends_with_word(index, "www")
    }

    fn ends_scheme(&self, index: usize) -> bool {
        self.at(index + 1) == Some('/')
            && self.at(index + 2) == Some('/')
            && ["http", "https", "ftp"].iter().any(|scheme| self.ends_with_word(index, scheme))
    }
}

/// The runs of equal characters, by character.
fn runs(chars: &[char]) -> Vec<(usize, usize)> {
    let mut runs = Vec::with_capacity(chars.len());
    for run in chars.chunk_by(|a, b| a == b) {
        let start = runs.len();
        runs.extend(std::iter::repeat_n((start, start + run.len()), run.len()));
    }
    runs
}

/// Finds the mark that makes the start a list item: `1.`, `12)`, and in Pandoc also `a.`, `iv)`, `(3)`, `(@x)`.
fn list_mark(chars: &[char]) -> Option<usize> {
    let start = usize::from(chars.first() == Some(&'('));
    let mark = start + chars[start..].iter().position(|ch| *ch == '.' || *ch == ')')?;
    if !matches!(chars.get(mark + 1), None | Some(' ')) {
        return None;
    }
    let label = &chars[start..mark];
    let is_label = match label {
        [] => false,
        [one] => one.is_ascii_alphanumeric() || *one == '#' || *one == '@',
        ['@', rest @ ..] => rest.iter().all(|ch| ch.is_alphanumeric() || "_-".contains(*ch)),
        _ => label.iter().all(char::is_ascii_digit) || label.iter().all(|ch| "ivxlcdmIVXLCDM".contains(*ch)),
    };
    // Pandoc wants two spaces behind a capital and a full stop, and there is only one: `A. Smith`.
    let initial = label.len() == 1 && label[0].is_ascii_uppercase() && chars[mark] == '.' && start == 0;
    (is_label && !initial).then_some(mark)
}

#[cfg(test)]
#[path = "escape_tests.rs"]
mod tests;
