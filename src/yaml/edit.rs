//! Changing one value of a YAML text, and no other byte.
//!
//! A file is never printed again from what was read: comments, order, quotes and line ends are the writer's.
//! Every change is read again before it is given out, and refused unless it changed this one value.

mod block;
mod change;
mod list;
mod spots;

use std::ops::Range;

use saphyr_parser::ScalarStyle;

use super::tree::{Step, Tree};
use change::becomes;
pub use change::{Change, Entry, change};
use spots::{Kind, Spot};

/// How much of a value is laid beside its change to find the place of the change.
const CONTEXT: usize = 40;

/// The text with another value at the end of a route, whose last key is added if it is not there.
///
/// `None` if the text is not in order, the route leads nowhere or to more than a scalar, or the value
/// cannot be written there.
pub fn set(text: &str, route: &[Step], value: &str) -> Option<String> {
    let before = Tree::parse(text).ok()?;
    let base = text.len() - super::strip_bom(text).len();
    let spot = Spot::read(super::strip_bom(text), base)?;
    let route = &*spot.as_written(route);
    let right = |candidate: &String| {
        Tree::parse(candidate)
            .is_ok_and(|after| becomes(Some(&before.root), Some(&after.root), route, &Change::Set(value)))
    };
    match spot.find(route) {
        Some(found) => found.replacements(text, value).into_iter().find(right),
        None => {
            let (Step::Key(key), way) = route.split_last()? else { return None };
            let candidate = spot.find(way)?.with_entry(text, key, value)?;
            Some(candidate).filter(right)
        }
    }
}

/// A text as a YAML scalar on one line: plain where that reads back as the same text.
pub fn scalar(value: &str) -> String {
    if is_plain(value) { value.to_owned() } else { double_quoted(value) }
}

/// The same inside `[ ]` or `{ }`, where a comma ends a value.
fn flow_scalar(value: &str) -> String {
    let odd = value.contains([',', '[', ']', '{', '}']) || value.ends_with(['-', '?']);
    if is_plain(value) && !odd { value.to_owned() } else { double_quoted(value) }
}

fn is_plain(value: &str) -> bool {
    !value.is_empty()
        && value.trim() == value
        && !value.starts_with(|c: char| "-?:,[]{}#&*!|>'\"%@`=~".contains(c))
        && !value.contains(": ")
        && !value.contains(" #")
        && !value.ends_with(':')
        && !value.chars().any(must_be_escaped)
        && !matches!(
            value.to_ascii_lowercase().as_str(),
            "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
        )
        && !matches!(value, "---" | "...")
}

fn must_be_escaped(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn double_quoted(value: &str) -> String {
    format!("\"{}\"", escaped(value))
}

fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            _ if must_be_escaped(c) => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out
}

impl Spot {
    /// The text with another value here, in several ways, that which touches least first.
    fn replacements(&self, text: &str, value: &str) -> Vec<String> {
        let Kind::Scalar { text: old, style, in_flow } = &self.kind else { return Vec::new() };
        let Some(raw) = text.get(self.range.clone()) else { return Vec::new() };
        let put = |range: Range<usize>, new: &str| format!("{}{new}{}", &text[..range.start], &text[range.end..]);
        let plain = |value: &str| if *in_flow { flow_scalar(value) } else { scalar(value) };
        let mut ways = Vec::new();
        if let Some((place, new)) = least_change(old, value, raw)
            && (*style != ScalarStyle::Plain || plain(value) == value)
            // A block of nothing but its margin reads as empty, and as a mistake.
            && !(value.is_empty() && self.is_block_scalar())
        {
            let new = match style {
                ScalarStyle::SingleQuoted => new.replace('\'', "''"),
                ScalarStyle::DoubleQuoted => escaped(new),
                _ => new.to_owned(),
            };
            ways.push(put(self.range.start + place.start..self.range.start + place.end, &new));
        }
        let whole = match style {
            ScalarStyle::SingleQuoted if !value.chars().any(must_be_escaped) => {
                format!("'{}'", value.replace('\'', "''"))
            }
            ScalarStyle::Plain => plain(value),
            _ => double_quoted(value),
        };
        let mut range = self.range.clone();
        if self.is_block_scalar() {
            // The parser's range is the lines; the sign above them goes, too, and the last line end stays.
            let Some(block) = block::Block::of(text, self) else { return ways };
            let printed = block.with(text, value);
            // A line that grew too long is broken anew.
            let broken_first = ways.first().is_some_and(|way| block.is_wide(text, way));
            if broken_first {
                ways.splice(0..0, printed)
            } else {
                ways.splice(ways.len().., printed)
            };
            range = block.sign.start..block.lines.end;
        }
        if raw.is_empty() && text[range.start..].starts_with(':') {
            range = range.start + 1..range.start + 1;
        }
        let space = if raw.is_empty() && !text[..range.start].ends_with([' ', '\n']) { " " } else { "" };
        ways.push(put(range, &format!("{space}{whole}")));
        ways
    }

    /// The text with a further key, before all others.
    fn with_entry(&self, text: &str, key: &str, value: &str) -> Option<String> {
        let Kind::Map { entries, flow } = &self.kind else { return None };
        let at = entries.first().map(|(first, _)| first.from)?;
        let (before, after) = (text.get(..at)?, text.get(at..)?);
        if *flow {
            return Some(format!("{before}{key}: {}, {after}", flow_scalar(value)));
        }
        let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let line = before.rfind('\n').map_or(0, |i| i + 1);
        // Behind `- ` the next key stands under the first one.
        let indent: String = before.get(line..)?.chars().map(|_| ' ').collect();
        Some(format!("{before}{key}: {}{eol}{indent}{after}", scalar(value)))
    }
}

/// The least part of the raw text that holds what changes from the old value to the new, and what goes there.
fn least_change<'v>(old: &str, new: &'v str, raw: &str) -> Option<(Range<usize>, &'v str)> {
    let same = |(a, b): &(char, char)| a == b;
    let front: usize = old.chars().zip(new.chars()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
    let (old_rest, new_rest) = (old.get(front..)?, new.get(front..)?);
    let back: usize =
        old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(same).map(|(a, _)| a.len_utf8()).sum();
    let changed = front..old.len() - back;
    let replacement = new.get(front..new.len() - back)?;
    // With more and more of what stands around it, until it stands only once.
    let (mut start, mut end) = (changed.start, changed.end);
    for _ in 0..CONTEXT {
        let sought = old.get(start..end)?;
        let mut places = raw.match_indices(sought);
        if let (false, Some((at, _)), None) = (sought.is_empty(), places.next(), places.next()) {
            let from = at + (changed.start - start);
            return Some((from..from + changed.len(), replacement));
        }
        start -= old.get(..start)?.chars().next_back().map_or(0, char::len_utf8);
        end += old.get(end..)?.chars().next().map_or(0, char::len_utf8);
    }
    None
}

#[cfg(test)]
mod change_tests;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn route(way: &str) -> Vec<Step> {
        way.split('.').map(|s| s.parse().map_or_else(|_| Step::Key(s.into()), Step::Index)).collect()
    }

    #[track_caller]
    fn changed(text: &str, way: &str, value: &str, expected: &str) {
        assert_eq!(set(text, &route(way), value).as_deref(), Some(expected), "{way}");
    }

    #[test]
    fn only_the_words_that_change_are_touched() {
        let text = "# über\nfacts:\n  - id: a # why\n    text: >-\n      He comes on Monday,\n      20 August.\n  - {id: b, text: 'It''s Monday'}\n";
        changed(text, "facts.0.text", "He comes on Tuesday, 20 August.", &text.replacen("Monday,", "Tuesday,", 1));
        changed(text, "facts.1.text", "It's Tuesday", &text.replace("It''s Monday", "It''s Tuesday"));
        changed(text, "facts.0.id", "x", &text.replace("id: a #", "id: x #"));
    }

    #[test]
    fn quotes_are_kept_or_found_where_the_value_needs_them() {
        for (text, value, expected) in [
            ("a: b # c\n", "no", "a: \"no\" # c\n"),
            ("a: 'b' # c\n", "it's", "a: 'it''s' # c\n"),
            ("a: \"b\"\r\n", "say \"x\"\ny", "a: \"say \\\"x\\\"\\ny\"\r\n"),
            ("{a: b}", "x, y", "{a: \"x, y\"}"),
            ("a: |\n  one\n  two\nb: c\n", "other", "a: |-\n  other\nb: c\n"),
            ("a:\nb: c\n", "d", "a: d\nb: c\n"),
            ("\u{feff}ä: x\na: b\n", "c", "\u{feff}ä: x\na: c\n"),
        ] {
            changed(text, "a", value, expected);
        }
    }

    #[test]
    fn a_key_is_added_where_its_mapping_begins() {
        changed("f:\n  - text: a\n    b: c\n", "f.0.id", "x", "f:\n  - id: x\n    text: a\n    b: c\n");
        changed("f:\n- { text: a }\n", "f.0.id", "x", "f:\n- { id: x, text: a }\n");
        changed("# top\r\ntitle: a\r\n", "marking", "TLP:RED", "# top\r\nmarking: TLP:RED\r\ntitle: a\r\n");
    }

    #[test]
    fn a_short_form_is_changed_where_it_stands() {
        changed("sources: afq # c\n", "sources.0.source", "afp", "sources: afp # c\n");
        changed("sources: [a, b]\n", "sources.1.source", "c", "sources: [a, c]\n");
        changed("sources: { source: a, at: 1 }\n", "sources.0.at", "2", "sources: { source: a, at: 2 }\n");
        changed("actors: mao\n", "actors.0", "moa", "actors: moa\n");
        assert_eq!(set("a: text\n", &route("a.marking"), "x"), None, "a text has no other key");
    }

    #[test]
    fn what_would_change_more_is_refused() {
        // The anchored value is meant in two places.
        assert_eq!(set("a: &x one\nb: *x\n", &route("a"), "two"), None);
        for (text, way) in [("a: [1]\n", "a"), ("a: b: c\n", "a"), ("a: 1\n", "b.c"), ("- a\n", "3"), ("", "a")] {
            assert_eq!(set(text, &route(way), "x"), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_value_reads_back_and_nothing_else_moves(value in ".{0,30}", style in 0..5_usize) {
            let old = ["old text", "'old text'", "\"old text\"", "|-\n      old text", ">-\n      old\n      text"][style];
            let text = format!("# é\nlist:\n  - id: a\n    text: {old}\n    after: 1 # c\nend: x\n");
            if let Some(new) = set(&text, &route("list.0.text"), &value) {
                let tree = Tree::parse(&new).unwrap();
                let read = tree.root.get("list").unwrap().items()[0].get("text").unwrap();
                let crate::yaml::NodeKind::Scalar { text: read, .. } = &read.kind else { panic!() };
                prop_assert_eq!(&**read, &*value);
                prop_assert!(new.starts_with("# é\nlist:\n  - id: a\n    text: ") && new.ends_with("    after: 1 # c\nend: x\n"));
            } else {
                prop_assert!(value.is_empty() || value.chars().any(must_be_escaped), "refused {:?}", value);
            }
        }
    }
}
