//! Pandoc-style citations: `[see @event#fact, para 3; -@source]`.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use super::inline::{Class, Token, runs};
use super::locator::split_locator;

/// What a citation points at.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CitationKey {
    /// A fact of an event, written `event#fact`.
    Fact {
        /// The event's id.
        event: String,
        /// The fact's id in the event.
        fact: String,
    },
    /// A shared source, written as its key.
    Source(String),
}

/// A text that cannot be a citation key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidKey(String);

impl fmt::Display for InvalidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be a citation key", self.0)
    }
}

impl std::error::Error for InvalidKey {}

impl FromStr for CitationKey {
    type Err = InvalidKey;

    /// Reads `event#fact` or `key`. Whitespace, brackets, braces and backslashes cannot be written in a key.
    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        if text.is_empty() || text.chars().any(|c| !is_braced_char(c)) {
            return Err(InvalidKey(text.to_owned()));
        }
        Ok(match text.split_once('#') {
            Some((event, fact)) if !event.is_empty() && !fact.is_empty() => {
                Self::Fact { event: event.to_owned(), fact: fact.to_owned() }
            }
            _ => Self::Source(text.to_owned()),
        })
    }
}

impl fmt::Display for CitationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fact { event, fact } => write!(f, "{event}#{fact}"),
            Self::Source(key) => f.write_str(key),
        }
    }
}

/// One key of a citation with what is said about it. The texts are inline Markdown as written, with
/// whitespace runs as one space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitationItem {
    /// Text before the key: `see`.
    pub prefix: String,
    /// What is cited.
    pub key: CitationKey,
    /// Where in the source: `para 3`.
    pub locator: Option<String>,
    /// Text after key and locator, with its leading comma if it has one.
    pub suffix: String,
    /// Written `-@key`: the author's name is left out.
    pub suppress_author: bool,
    /// The key in the text, without `@` and braces.
    pub range: Range<usize>,
}

impl CitationItem {
    /// An item that cites a key and says nothing more.
    pub fn new(key: CitationKey) -> Self {
        Self { prefix: String::new(), key, locator: None, suffix: String::new(), suppress_author: false, range: 0..0 }
    }

    /// Does the suffix begin with an `@` that behind a space would begin a key?
    fn begins_with_at(&self) -> bool {
        self.suffix.strip_prefix('@').is_some_and(|rest| simple_key_length(rest) > 0 || rest.starts_with('{'))
    }

    /// Do both say the same, wherever they stand?
    pub fn same(&self, other: &Self) -> bool {
        Self { range: 0..0, ..self.clone() } == Self { range: 0..0, ..other.clone() }
    }
}

impl fmt::Display for CitationItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.prefix.is_empty() {
            write!(f, "{} ", self.prefix)?;
        }
        if self.suppress_author {
            f.write_str("-")?;
        }
        let key = self.key.to_string();
        // `&ee;` would be an entity.
        let bare = is_simple_key(&key) && (!key.contains('&') || self.begins_with_at());
        if bare {
            write!(f, "@{key}")?;
        } else {
            write!(f, "@{{{key}}}")?;
        }
        let locator = self.locator.as_ref().map(|locator| format!(", {locator}")).unwrap_or_default();
        // What would be read as more of the key or of the locator, or make it none, stands behind a space.
        let apart = |tail: &str| {
            (!bare || simple_key_length(&format!("{key}{tail}")) == key.len())
                && split_locator(tail) == (self.locator.clone(), self.suffix.clone())
        };
        let glued = format!("{locator}{}", self.suffix);
        if self.suffix.is_empty() || self.begins_with_at() || self.suffix.starts_with(CLOSING) && apart(&glued) {
            f.write_str(&glued)
        } else {
            write!(f, "{locator} {}", self.suffix)
        }
    }
}

/// What stands right behind a word.
const CLOSING: [char; 10] = [',', ';', '.', ':', ')', '!', '?', '…', '"', '”'];

/// A citation in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// From `[` to behind `]`.
    pub range: Range<usize>,
    /// What it cites, at least one.
    pub items: Vec<CitationItem>,
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::from("[");
        for (index, item) in self.items.iter().enumerate() {
            if index > 0 {
                text.push_str(gap(&text));
                text.push_str("; ");
            }
            text.push_str(&item.to_string());
        }
        write!(f, "{text}{}]", gap(&text))
    }
}

/// What keeps a `;` or `]` behind the text from being part of an entity (`&and`) or escaped (`\`).
fn gap(text: &str) -> &'static str {
    let name = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    if text.ends_with('\\') || name.len() < text.len() && name.ends_with('&') { " " } else { "" }
}

/// Finds the citations of a Markdown text, in order.
///
/// A citation is a bracketed text with a key (`@key`, `-@key`, `@{key}`) outside nested brackets.
/// Items are separated by `;`, and a further key begins a further item also without one. A part
/// between semicolons that has no key belongs to the item before it. Links, footnotes, code, HTML
/// and escaped brackets are no citations; a citation inside brackets keeps the outer pair from being one.
pub fn citations(text: &str) -> Vec<Citation> {
    // Most texts without an `@` are not worth a parse.
    if memchr::memchr(b'@', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for run in runs(text) {
        find_in(&run, &mut found);
    }
    found
}

/// Brackets nested deeper are not looked into, so that a hostile text takes no quadratic time.
const DEPTH: usize = 64;

/// An open bracket.
struct Open {
    at: usize,
    /// Is there an `@` in it, outside brackets in it?
    has_at: bool,
    /// Is there a citation in it, at any depth?
    holds_citation: bool,
}

fn find_in(run: &[Token], found: &mut Vec<Citation>) {
    let mut open: Vec<Open> = Vec::new();
    for (index, token) in run.iter().enumerate() {
        if token.is('[') {
            open.push(Open { at: index, has_at: false, holds_citation: false });
        } else if token.is('@')
            && let Some(inner) = open.last_mut()
        {
            inner.has_at = true;
        } else if token.is(']')
            && let Some(closed) = open.pop()
        {
            let worth_reading = closed.has_at && !closed.holds_citation && open.len() < DEPTH;
            let items = if worth_reading { items(&run[closed.at + 1..index]) } else { Vec::new() };
            let is_citation = !items.is_empty();
            if is_citation {
                found.push(Citation { range: run[closed.at].at..token.at + 1, items });
            }
            if let Some(outer) = open.last_mut() {
                outer.holds_citation |= is_citation || closed.holds_citation;
            }
        }
    }
}

/// A key found among tokens.
struct KeyAt {
    /// Index of `@` or of the `-` before it.
    start: usize,
    /// Index behind the key and its closing brace.
    end: usize,
    key: CitationKey,
    range: Range<usize>,
    suppress_author: bool,
}

/// Reads the items between two brackets; none if it is not a citation.
fn items(tokens: &[Token]) -> Vec<CitationItem> {
    // `[^…]` is a footnote, also one that is not defined; what would print so is no citation either.
    if tokens.iter().find(|token| !token.ch.is_whitespace() && token.ch != ';').is_none_or(|token| token.ch == '^') {
        return Vec::new();
    }
    let mut items: Vec<CitationItem> = Vec::new();
    let mut after: Vec<String> = Vec::new();
    let mut pending = String::new();
    for piece in split_at_semicolons(tokens) {
        let keys = keys(piece);
        let Some(first) = keys.first() else {
            let words = raw(piece);
            if !words.is_empty() {
                match after.last_mut() {
                    Some(last) => *last = format!("{last}{}; {words}", gap(last)),
                    None => pending = format!("{pending}{words}{}; ", gap(&words)),
                }
            }
            continue;
        };
        let mut prefix = format!("{pending}{}", raw(&piece[..first.start])).trim().to_owned();
        pending.clear();
        for (index, key) in keys.iter().enumerate() {
            let next = keys.get(index + 1).map(|next| next.start);
            let mut words = raw(&piece[key.end..next.unwrap_or(piece.len())]);
            if next.is_some() {
                words.truncate(words.trim_end_matches([',', ' ']).len());
            }
            after.push(words);
            items.push(CitationItem {
                prefix: std::mem::take(&mut prefix),
                range: key.range.clone(),
                suppress_author: key.suppress_author,
                ..CitationItem::new(key.key.clone())
            });
        }
    }
    for (item, words) in items.iter_mut().zip(&after) {
        (item.locator, item.suffix) = split_locator(words);
    }
    items
}

/// The tokens as text, whitespace runs as one space, ends trimmed.
fn raw(tokens: &[Token]) -> String {
    let text: String = tokens.iter().map(|token| token.ch).collect();
    // A no-break space inside a word stays; beside other blanks, or alone, it says nothing.
    let words = text.split(|c: char| c.is_ascii_whitespace() || c == '\u{b}').map(str::trim);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn split_at_semicolons(tokens: &[Token]) -> Vec<&[Token]> {
    let mut depth = 0usize;
    tokens
        .split(|token| {
            match token {
                _ if token.is('[') => depth += 1,
                _ if token.is(']') => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && token.is(';')
        })
        .collect()
}

/// The keys outside nested brackets.
fn keys(tokens: &[Token]) -> Vec<KeyAt> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        match token {
            _ if token.is('[') => depth += 1,
            _ if token.is(']') => depth = depth.saturating_sub(1),
            _ if depth == 0 && token.is('@') => {
                if let Some(key) = key_at(tokens, index) {
                    index = key.end;
                    found.push(key);
                    continue;
                }
            }
            _ => {}
        }
        index += 1;
    }
    found
}

/// Reads the key of the `@` at `at`.
fn key_at(tokens: &[Token], at: usize) -> Option<KeyAt> {
    let before = |index: usize| index.checked_sub(1).and_then(|i| tokens.get(i));
    // `someone@example.org` is an address.
    if before(at).is_some_and(|token| token.ch.is_alphanumeric()) {
        return None;
    }
    let suppress_author =
        before(at).is_some_and(|token| token.is('-')) && before(at - 1).is_none_or(|token| token.ch == ' ');
    let braced = tokens.get(at + 1).is_some_and(|token| token.is('{'));
    let start = at + 1 + usize::from(braced);
    let rest: String =
        tokens.get(start..)?.iter().take_while(|token| token.class != Class::Opaque).map(|token| token.ch).collect();
    let length = if braced {
        let length = rest.find(|c| !is_braced_char(c))?;
        rest[length..].starts_with('}').then_some(length)?
    } else {
        simple_key_length(&rest)
    };
    let key: CitationKey = rest.get(..length)?.parse().ok()?;
    let end = start + rest[..length].chars().count();
    let first = tokens.get(start)?.at;
    let last = tokens.get(end.checked_sub(1)?)?;
    Some(KeyAt {
        start: at - usize::from(suppress_author),
        end: end + usize::from(braced),
        key,
        range: first..last.at + last.ch.len_utf8(),
        suppress_author,
    })
}

fn is_braced_char(ch: char) -> bool {
    !ch.is_whitespace() && !ch.is_control() && !"{}[]\\`<>".contains(ch)
}

/// The length in bytes of the key at the start of `text`: letters, digits and `_`, with single
/// punctuation characters inside, as Pandoc reads them.
fn simple_key_length(text: &str) -> usize {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((index, ch)) = chars.next() {
        let inner = index > 0 && ":.#$%&-+?~/".contains(ch) && chars.peek().is_some_and(|(_, next)| is_word(*next));
        if is_word(ch) {
            end = index + ch.len_utf8();
        } else if !inner {
            break;
        }
    }
    end
}

fn is_simple_key(key: &str) -> bool {
    !key.is_empty() && simple_key_length(key) == key.len()
}

#[cfg(test)]
#[path = "citation_tests.rs"]
mod tests;
