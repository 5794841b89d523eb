//! A BibTeX text cut into its entries, so that a broken one costs no other.
//!
//! Braces are matched in one pass. An entry whose brace is not closed, or is closed only behind the
//! beginning of a later entry, ends where the next line begins one.

use std::collections::HashMap;

/// A part of a BibTeX text.
#[derive(Debug, PartialEq)]
pub(super) enum Part<'t> {
    /// An entry with balanced braces.
    Entry(Piece<'t>),
    /// What looks like an entry and is none.
    Broken {
        /// The byte to point at.
        at: usize,
        /// What is wrong.
        message: String,
    },
    /// More fields behind the end of an entry.
    Stray {
        /// The byte at which they start.
        at: usize,
    },
}

/// An entry as written, from its `@` to behind its closing brace.
#[derive(Debug, PartialEq)]
pub(super) struct Piece<'t> {
    /// The byte of the `@`.
    pub at: usize,
    /// The word behind the `@`, as written.
    pub kind: &'t str,
    /// The whole text.
    pub text: &'t str,
    /// The byte of the opening delimiter within the text.
    pub open: usize,
    /// Written with parentheses.
    pub round: bool,
}

/// The types and commands that make a line within an entry the beginning of another.
const WELL_KNOWN: &[&str] = &[
    "article",
    "artwork",
    "audio",
    "book",
    "bookinbook",
    "booklet",
    "collection",
    "comment",
    "conference",
    "dataset",
    "electronic",
    "image",
    "inbook",
    "incollection",
    "inproceedings",
    "inreference",
    "jurisdiction",
    "legislation",
    "letter",
    "manual",
    "mastersthesis",
    "misc",
    "movie",
    "mvbook",
    "mvcollection",
    "mvproceedings",
    "mvreference",
    "online",
    "patent",
    "performance",
    "periodical",
    "phdthesis",
    "preamble",
    "proceedings",
    "reference",
    "report",
    "software",
    "standard",
    "string",
    "suppbook",
    "suppcollection",
    "suppperiodical",
    "techreport",
    "thesis",
    "unpublished",
    "video",
    "www",
    "xdata",
];

/// Cuts the text into parts, in order.
pub(super) fn split(text: &str) -> Vec<Part<'_>> {
    let closes = matching_braces(text);
    let mut parts = Vec::new();
    let mut position = 0;
    while let Some(found) = text.get(position..).and_then(|rest| memchr::memchr2(b'@', b'%', rest.as_bytes())) {
        let at = position + found;
        if text.as_bytes()[at] == b'%' {
            position = line_end(text, at);
            continue;
        }
        position = take(text, at, &closes, &mut parts);
    }
    parts
}

/// Takes what begins at the `@` of byte `at`; gives where to go on.
fn take<'t>(text: &'t str, at: usize, closes: &HashMap<usize, usize>, parts: &mut Vec<Part<'t>>) -> usize {
    let behind = at + 1;
    // `someone@example.org` is an address.
    if text[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
        return behind;
    }
    let Some((kind, open)) = head(text, at) else {
        if begins_line(text, at) && word(&text[behind..]).eq_ignore_ascii_case("comment") {
            return line_end(text, at);
        }
        if begins_line(text, at) && !word(&text[behind..]).is_empty() {
            let kind = word(&text[behind..]);
            parts.push(Part::Broken { at, message: format!("`@{kind}` is not followed by `{{` and a key") });
        }
        return behind;
    };
    let round = text.as_bytes()[open] == b'(';
    let close = if round { closing_parenthesis(text, open) } else { closes.get(&open).copied() };
    if kind.eq_ignore_ascii_case("comment") {
        return close.map_or_else(|| line_end(text, at), |close| close + 1);
    }
    let later = next_head(text, open + 1, close.unwrap_or(text.len()), close.is_some());
    match (close, later) {
        (Some(close), None) => {
            let piece = Piece { at, kind, text: &text[at..=close], open: open - at, round };
            parts.push(Part::Entry(piece));
            if let Some(at) = more_fields(text, close + 1) {
                parts.push(Part::Stray { at });
            }
            close + 1
        }
        (_, later) => {
            let key = text[open + 1..].split([',', '\n', '}', ')']).next().unwrap_or_default().trim();
            let mut named = format!("`@{kind}`");
            if !key.is_empty() && key.len() < 100 {
                named = format!("{named} `{key}`");
            }
            let end = if round { ")" } else { "}" };
            let until = if later.is_some() { "the next entry begins" } else { "the file ends" };
            parts.push(Part::Broken { at, message: format!("{named} is not closed by `{end}` before {until}") });
            later.unwrap_or(text.len())
        }
    }
}

/// The word behind the `@` at `at` and the byte of the delimiter behind it.
fn head(text: &str, at: usize) -> Option<(&str, usize)> {
    let kind = word(text.get(at + 1..)?);
    let behind = at + 1 + kind.len();
    let rest = text.get(behind..)?;
    let open = behind + (rest.len() - rest.trim_start().len());
    (!kind.is_empty() && matches!(text.as_bytes().get(open), Some(b'{' | b'('))).then_some((kind, open))
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(text.len());
    &text[..end]
}

fn begins_line(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with('\n') || before.ends_with('\u{feff}')
}

fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |i| at + i + 1)
}

/// The next line between two bytes that begins an entry; of a well-known type, when asked for.
fn next_head(text: &str, from: usize, to: usize, well_known: bool) -> Option<usize> {
    let mut position = from;
    while let Some(found) = memchr::memchr(b'@', text.as_bytes().get(position..to)?) {
        let at = position + found;
        if begins_line(text, at)
            && let Some((kind, _)) = head(text, at)
            && (!well_known || WELL_KNOWN.iter().any(|known| kind.eq_ignore_ascii_case(known)))
        {
            return Some(at);
        }
        position = at + 1;
    }
    None
}

/// For each brace that opens an entry, the one that closes it. A backslash takes the next character.
fn matching_braces(text: &str) -> HashMap<usize, usize> {
    let bytes = text.as_bytes();
    let mut open: Vec<usize> = Vec::new();
    let mut closes = HashMap::new();
    let mut position = 0;
    while let Some(found) = memchr::memchr3(b'{', b'}', b'\\', &bytes[position..]) {
        let at = position + found;
        position = at + 1;
        match bytes[at] {
            b'\\' => position = (at + 2).min(bytes.len()),
            b'{' => open.push(at),
            _ => {
                if let Some(start) = open.pop()
                    && opens_entry(text, start)
                {
                    closes.insert(start, at);
                }
            }
        }
    }
    closes
}

/// Whether `@word` stands before the brace at `open`.
fn opens_entry(text: &str, open: usize) -> bool {
    let before = text[..open].trim_end();
    let kind = before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
    kind.len() < before.len() && kind.ends_with('@')
}

/// The `)` outside braces that closes the parenthesis at `open`, up to the next entry's line.
fn closing_parenthesis(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut bytes = text.as_bytes().iter().enumerate().skip(open + 1);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b')' if depth == 0 => return Some(at),
            b'@' if begins_line(text, at) && head(text, at).is_some() => return None,
            _ => {}
        }
    }
    None
}

/// A field behind the end of an entry: a brace too many closed it early.
fn more_fields(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?.trim_start_matches([',', ' ', '\t', '\r', '\n']);
    let name = word(rest);
    let value = rest.get(name.len()..)?.trim_start_matches([' ', '\t']);
    (!name.is_empty() && value.starts_with('=')).then(|| text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<String> {
        let shown = |part: &Part<'_>| match part {
            Part::Entry(piece) => format!("{} {}", piece.at, piece.kind),
            Part::Broken { at, message } => format!("{at} broken: {message}"),
            Part::Stray { at } => format!("{at} stray"),
        };
        split(text).iter().map(shown).collect()
    }

    #[test]
    fn entries_are_cut_by_their_braces() {
        assert_eq!(
            kinds("@book{a, title={x {y} \\} z}}\n@Misc(b, title={)})@misc{c}"),
            ["0 book", "29 Misc", "48 misc"]
        );
    }

    #[test]
    fn comments_addresses_and_text_between_entries_are_passed_over() {
        let text = "% @book{no,}\nMail me@example{x}\n@comment{ @book{no,} }\n@Comment no\n@string{a = {b}}\n";
        assert_eq!(kinds(text), ["67 string"]);
    }

    #[test]
    fn an_open_brace_costs_its_entry_alone() {
        let text = "@book{a,\n title={x\n}\n@book{b, title={y}}\n";
        assert_eq!(kinds(text), ["0 broken: `@book` `a` is not closed by `}` before the next entry begins", "21 book"]);
        let text = "@book{b, title={y}}\n@book{a,\n title={x\n}";
        assert_eq!(kinds(text)[1], "20 broken: `@book` `a` is not closed by `}` before the file ends");
        // A brace too many further down would close it: the line that begins an entry counts more.
        let text = "@book{a,\n title={x\n}\n@book{b, title={y}}}\n@book{c, title={z}}";
        assert_eq!(kinds(text).len(), 3);
    }

    #[test]
    fn a_brace_too_many_is_told_where_fields_follow() {
        let text = "@book{a, title={x}}, year={2020}}\n@book{b, title={y}}";
        assert_eq!(kinds(text), ["0 book", "21 stray", "34 book"]);
    }

    #[test]
    fn an_entry_without_a_brace_is_told() {
        assert_eq!(kinds("@book a,\n"), ["0 broken: `@book` is not followed by `{` and a key"]);
    }
}
