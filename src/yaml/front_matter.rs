//! The YAML block at the head of a Markdown file.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use serde::de::DeserializeOwned;

use super::tree::NodeKind;
use super::{Node, Tree, TreeError, Unknown};

/// Where the front matter of a Markdown text lies, in bytes.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct FrontBlock {
    /// The whole block with both fences and the final line end.
    pub block: Range<usize>,
    /// The YAML between the fences.
    pub yaml: Range<usize>,
}

impl FrontBlock {
    /// Finds the block: a first line `---` (a BOM may stand before it), a later `---` or `...`.
    ///
    /// `None` without a closing fence: then the whole text is the body.
    pub fn find(text: &str) -> Option<Self> {
        let start = text.len() - super::strip_bom(text).len();
        let mut at = start;
        let mut yaml_start = None;
        for line in text[start..].split_inclusive('\n') {
            let end = at + line.len();
            let fence = line.trim_end_matches(['\n', '\r', ' ', '\t']);
            match yaml_start {
                None if fence == "---" && line.ends_with('\n') => yaml_start = Some(end),
                None => return None,
                Some(from) if fence == "---" || fence == "..." => {
                    return Some(Self { block: start..end, yaml: from..at });
                }
                Some(_) => {}
            }
            at = end;
        }
        None
    }
}

/// A mapping read key by key: what could be read, and what could not.
#[derive(Debug, Default)]
pub struct Loose<T> {
    /// The shape, with the keys that could be read.
    pub value: T,
    /// What is wrong, at lines and columns of the text given.
    pub errors: Vec<TreeError>,
    /// Keys that the shape does not know.
    pub unknown: Vec<Unknown>,
}

/// Reads a mapping so that a bad value costs only its key.
///
/// `line` is the line of the file on which `text` starts, from 1.
pub fn read_loosely<T: DeserializeOwned + Default>(text: &str, line: usize) -> Loose<T> {
    if let Some(value) = super::parse::<T>(text) {
        return Loose { value, errors: Vec::new(), unknown: Vec::new() };
    }
    // Lines before it are counted, so that places are those of the file, in words too.
    read_by_key(&format!("{}{text}", "\n".repeat(line.saturating_sub(1))))
}

fn read_by_key<T: DeserializeOwned + Default>(text: &str) -> Loose<T> {
    let mut loose = Loose { value: T::default(), errors: Vec::new(), unknown: Vec::new() };
    let tree = match Tree::parse(text) {
        Ok(tree) => tree,
        Err(error) => {
            loose.errors.push(error);
            return loose;
        }
    };
    loose.errors = tree.oddities;
    if tree.root.is_null() {
        return loose;
    }
    if !matches!(tree.root.kind, NodeKind::Map(_)) {
        let message = "expected `key: value` lines".to_owned();
        loose.errors.push(TreeError { message, at: Some(tree.root.at) });
        return loose;
    }
    let mut kept = Vec::new();
    for (key, node) in tree.root.entries() {
        let entry = (key.clone(), Rc::clone(node));
        match Node::map_of(key.at, vec![entry.clone()]).read::<T>(&RefCell::default()) {
            Ok(_) => kept.push(entry),
            Err(error) => loose.errors.push(error),
        }
    }
    let unknown = RefCell::default();
    if let Ok(value) = Node::map_of(tree.root.at, kept).read(&unknown) {
        loose.value = value;
    }
    loose.unknown = unknown.into_inner();
    loose
}

#[cfg(test)]
mod tests {
    use super::super::Position;
    use super::*;

    #[test]
    fn the_block_is_found_whatever_the_line_ends() {
        for (text, yaml, rest) in [
            ("---\na: 1\n---\nbody", "a: 1\n", "body"),
            ("\u{feff}---\r\na: 1\r\n...\r\nbody", "a: 1\r\n", "body"),
            ("---\n---", "", ""),
        ] {
            let found = FrontBlock::find(text).unwrap();
            assert_eq!((&text[found.yaml], &text[found.block.end..]), (yaml, rest));
        }
        for text in ["", "a", "---", "---\na: 1\n", "--- a\n---\n", " ---\n---\n"] {
            assert_eq!(FrontBlock::find(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_bad_key_costs_only_itself() {
        #[derive(Debug, Default, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        struct Shape {
            a: Option<super::super::shape::Text>,
            b: Option<super::super::shape::Text>,
        }
        let loose = read_loosely::<Shape>("a: [1]\nb: 2\nc: 3\nb: 4\n", 2);
        assert_eq!(loose.value.b.as_deref(), Some("2"));
        assert!(loose.value.a.is_none());
        let told: Vec<_> = loose.errors.iter().map(|e| (e.at, e.message.as_str())).collect();
        let at = |line, column| Some(Position { line, column });
        assert_eq!(told[0], (at(5, 1), "duplicate key `b`, first at 3:1; the first stays"));
        assert_eq!(told[1].0, at(2, 4));
        assert_eq!(loose.unknown[0].at, Position { line: 4, column: 1 });
    }
}
