//! Places of values in an event file written in the usual way, found by its lines.
//!
//! To find a place surely a file must be read by the careful pass, which takes long where thousands of files
//! have findings. Most are written alike: keys in the first column, one fact a `- `, its keys below each other, a value
//! on one line. There the lines tell the place. Whatever looks otherwise is left to the careful pass.

use crate::yaml::{Position, Step};

/// The lines of a file, indexed as far as they are written in the usual way.
pub(super) struct Lines<'t> {
    /// Lines without their ends, from the first.
    lines: Vec<&'t str>,
    /// Of each fact, its first line.
    facts: Vec<usize>,
    /// The column of the facts' dashes.
    dash: usize,
}

impl<'t> Lines<'t> {
    /// Indexes a text; `None` if it is not written in the usual way.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        if text.starts_with('\u{feff}') || text.contains('\t') {
            return None;
        }
        let lines: Vec<&str> = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
        // A flow mapping, a directive or a second document is for the careful pass.
        // So is an item that begins in the line below its dash.
        let odd =
            |line: &&str| line.starts_with(['{', '[', '%', '"', '\'', '-', '&', '!', '?', '.']) || line.trim() == "-";
        if lines.iter().any(odd) {
            return None;
        }
        let start = 1 + Self::key(&lines, 0..lines.len(), 0, "facts")
            .filter(|(at, value)| value.is_empty() && Self::key(&lines, at + 1..lines.len(), 0, "facts").is_none())?
            .0;
        let item = |line: &str| line.trim_start().starts_with("- ").then(|| indent(line));
        let dash = lines.get(start..)?.iter().find(|line| !is_blank(line)).and_then(|line| item(line))?;
        let end = (start..lines.len()).find(|at| {
            let line = lines.get(*at).copied().unwrap_or_default();
            !is_blank(line) && (indent(line) < dash || (indent(line) == dash && item(line) != Some(dash)))
        });
        let end = end.unwrap_or(lines.len());
        let is_item = |at: &usize| lines.get(*at).is_some_and(|line| !is_blank(line) && item(line) == Some(dash));
        let facts = (start..end).filter(is_item).collect();
        Some(Self { lines, facts, dash })
    }

    /// Where the value at the end of a route starts, and where it ends.
    ///
    /// `id` is that of the fact on the way, which must stand there. `None` if the careful pass must tell.
    pub(super) fn find(&self, route: &[Step], id: Option<&str>) -> Option<(Position, Position)> {
        match route {
            [Step::Key(key)] => {
                let (at, _) = Self::key(&self.lines, 0..self.lines.len(), 0, key)?;
                self.value(at, 0, key)
            }
            [Step::Key(facts), Step::Index(index), Step::Key(key), rest @ ..] if &**facts == "facts" => {
                let first = *self.facts.get(*index)?;
                let end = self.facts.get(index + 1).copied().unwrap_or(self.lines.len());
                let column = self.dash + 2;
                let (at, own_id) = Self::key(&self.lines, first..end, column, "id")?;
                if id.is_none() || id != Some(own_id) {
                    return None;
                }
                match (Self::key(&self.lines, first..end, column, key), rest) {
                    // A key that is not there is told at the fact's id.
                    (None, _) => self.value(at, column, "id"),
                    (Some((at, _)), []) => self.value(at, column, key),
                    (Some((at, _)), [Step::Index(0), Step::Key(inner)]) => self.first_item(at, column, key, inner),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The line on which a key of this column stands, and its plain value.
    fn key<'a>(
        lines: &[&'a str],
        within: std::ops::Range<usize>,
        column: usize,
        key: &str,
    ) -> Option<(usize, &'a str)> {
        within.into_iter().find_map(|at| {
            let line = lines.get(at)?;
            let begins = indent(line) == column
                || (indent(line) + 2 == column && line.get(indent(line)..column).is_some_and(|dash| dash == "- "));
            let rest = line.get(column..).filter(|_| begins)?.strip_prefix(key)?.strip_prefix(':')?;
            (rest.is_empty() || rest.starts_with(' ')).then(|| (at, rest.trim()))
        })
    }

    /// The place of a plain value on one line.
    fn value(&self, at: usize, column: usize, key: &str) -> Option<(Position, Position)> {
        let line = self.lines.get(at)?;
        let behind = column + key.len() + 1;
        let rest = line.get(behind..)?;
        let start = behind + (rest.len() - rest.trim_start().len());
        let value = line.get(start..)?;
        if matches!(value, "|" | "|-" | "|+" | ">" | ">-" | ">+") {
            // The value is the lines below, and starts with the first of them.
            let next = self.lines.get(at + 1).filter(|next| !next.trim().is_empty() && indent(next) > column)?;
            let start = place(next, at + 1, indent(next));
            return Some((start, start));
        }
        let quoted = value.strip_prefix('"').and_then(|inside| inside.trim_end().strip_suffix('"'));
        let is_quoted = quoted.is_some_and(|inside| !inside.contains(['"', '\\']));
        if !is_quoted && (value.is_empty() || value.starts_with(|c: char| "\"'|>{[&*!#%@`".contains(c))) {
            return None;
        }
        // A value that goes on in the next line, or a comment behind it.
        let next = self.lines.get(at + 1).copied().unwrap_or_default();
        let goes_on =
            self.lines.get(at + 1..)?.iter().find(|line| !line.trim().is_empty()).is_some_and(|n| indent(n) > column);
        let value = if is_quoted { value } else { value.split(" #").next().unwrap_or(value) };
        let odd = !is_quoted && (value.contains(": ") || value.trim_end().ends_with(':'));
        if goes_on || (!next.is_empty() && indent(next) > column) || odd {
            return None;
        }
        let end = start + value.trim_end().len();
        Some((place(line, at, start), place(line, at, end)))
    }

    /// The place of a key of the first item of a list that is written `[{ key: value, …`, or of the first item itself.
    fn first_item(&self, at: usize, column: usize, key: &str, inner: &str) -> Option<(Position, Position)> {
        let line = self.lines.get(at)?;
        let behind = column + key.len() + 1;
        let skip = |from: usize| line.get(from..).map(|rest| from + (rest.len() - rest.trim_start().len()));
        let open = skip(behind)?;
        if !line.get(open..)?.starts_with('[') {
            // One source alone, by its key: the way leads no further than it.
            return self.value(at, column, key);
        }
        let item = skip(open + 1)?;
        let start = match line.get(item..)?.strip_prefix('{') {
            Some(_) => {
                let name = skip(item + 1)?;
                let value = line.get(name..)?.strip_prefix(inner)?.strip_prefix(": ")?;
                line.len() - value.trim_start().len()
            }
            None => item,
        };
        let value = line.get(start..)?;
        let end = value.find([',', '}', ']'])?;
        let value = value.get(..end)?.trim_end();
        let plain = !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        plain.then(|| (place(line, at, start), place(line, at, start + value.len())))
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn is_blank(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

fn place(line: &str, at: usize, byte: usize) -> Position {
    Position { line: at + 1, column: line.get(..byte).map_or(0, |before| before.chars().count()) + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Tree;
    use proptest::prelude::*;

    /// Every place that the lines tell is that of the careful pass; how many they tell.
    fn agrees(text: &str) -> usize {
        let (Ok(tree), Some(lines)) = (Tree::parse(text), Lines::of(text)) else { return 0 };
        let key = |key: &str| Step::Key(key.into());
        let mut told = 0;
        let mut check = |route: Vec<Step>, id: Option<&str>| {
            if let Some(found) = lines.find(&route, id) {
                assert_eq!(found, tree.root.locate_words(&route), "{route:?}\n{text}");
                told += 1;
            }
        };
        for name in ["title", "date", "as-of", "status", "marking", "none"] {
            if tree.root.get(name).is_some() {
                check(vec![key(name)], None);
            }
        }
        for (i, fact) in tree.root.get("facts").map(|f| f.items().to_vec()).unwrap_or_default().iter().enumerate() {
            let id = fact.get("id").and_then(|id| match &id.kind {
                crate::yaml::tree::NodeKind::Scalar { text, .. } => Some(text.to_string()),
                _ => None,
            });
            for name in ["id", "text", "words", "value", "said", "date", "sources", "likelihood", "none"] {
                let way = vec![key("facts"), Step::Index(i), key(name)];
                check(way.clone(), id.as_deref());
                if name == "sources" {
                    let inner = [Step::Index(0), key("source")];
                    check(way.into_iter().chain(inner).collect(), id.as_deref());
                }
            }
        }
        told
    }

    #[test]
    fn the_lines_tell_what_the_careful_pass_tells() {
        let text = "# c\ntitle: T\nas-of: 2024-08-19\nsources:\n  a: { title: A }\nfacts:\n  - id: one\n    text: It rains.\n    said: 2024\n    \
                    sources: [{ source: a, excerpt: \"x, y\" }]\n\n  # two\n  - text: second\n    id: two\n    sources: [a, b]\n    words: >-\n      said: \
                    no\n      id: no\n  - { id: three, text: x }\n";
        // of the event two; of the first fact all but `sources`, of the second all but `words`.
        assert!(agrees(text) >= 14, "{}", agrees(text));
        for (_, text) in crate::disk::embedded::SAMPLE.iter().filter(|(path, _)| path.ends_with(".yaml")) {
            agrees(text);
        }
        // Not there: another fact's id, or a file written otherwise.
        let lines = Lines::of(text).unwrap();
        let way = [Step::Key("facts".into()), Step::Index(0), Step::Key("text".into())];
        assert_eq!(lines.find(&way, Some("two")), None);
        for odd in ["{title: T, facts: []}", "facts:\n- id: x\n", "---\nfacts:\n  - id: x\n", "title: T\n"] {
            assert!(Lines::of(odd).is_none(), "{odd}");
        }
    }

    proptest! {
        #[test]
        fn odd_lines_never_lead_astray(parts in prop::collection::vec(prop::sample::select(vec![
            "  - id: a\n", "    text: x\n", "    said: 2024 # c\n", "    words: |\n", "      text: y\n", "      - id: b\n", "\n", "  # c\n",
            "    text: 'a\n", "      b'\n", "    sources: [a, b]\n", "    sources: a\n", "    sources: a   # c\n", "    sources: a#b\n", "    sources: [{ source: a }]\n", "    sources:\n", "      - source: a\n",
            "    text: \"é: # x\"\n", "    words: \"a\\\"b\"\n", "    value: >-\n", "    said: \"2\" # c\n", "    text: |-\n      one\n",
            "  - text: z\n", "    id: a\n", "    id: b\n", "as-of: 2024\n", "    date: é x\n", "    value: 1\n     2\n", "    value: a: b\n", "  -\n",
        ]), 0..14)) {
            agrees(&format!("title: T\nfacts:\n{}", parts.concat()));
        }
    }
}
