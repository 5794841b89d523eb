//! The careful pass: a tree of values that know where they stand.

mod build;
mod read;

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use saphyr_parser::Parser;
use serde::de::{self, DeserializeOwned};

use build::{Builder, scan_error};
use read::Reader;

/// Of a text that aliases repeat, so many bytes count as one more value.
const LONG: usize = 64;

/// A place in a text: line and column, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

impl Position {
    /// The place of byte `offset` in `text`.
    pub fn of_offset(text: &str, offset: usize) -> Self {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        Self { line: before.bytes().filter(|b| *b == b'\n').count() + 1, column: before[start..].chars().count() + 1 }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// One step on the way from the root to a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Step {
    /// Into a mapping.
    Key(Box<str>),
    /// Into a sequence, from 0.
    Index(usize),
}

/// A key that its mapping does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The key as written.
    pub key: String,
    /// Where it stands.
    pub at: Position,
    /// The known key that was probably meant.
    pub nearest: Option<&'static str>,
    /// It has no value: perhaps the rest of a text that a comma inside `{ }` cut short.
    pub bare: bool,
}

impl Unknown {
    /// The way out.
    pub fn help(&self) -> String {
        match self.nearest {
            _ if self.bare => {
                "if it belongs to the value before it, put that into quotes: a comma inside `{ }` ends a value"
                    .to_owned()
            }
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "keys of your own start with `x-`".to_owned(),
        }
    }
}

/// What is wrong with a YAML text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeError {
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// Where, when that is known.
    pub at: Option<Position>,
}

impl TreeError {
    fn at(at: Position, message: impl Into<String>) -> Self {
        Self { message: message.into(), at: Some(at) }
    }

    fn or_at(mut self, at: Position) -> Self {
        self.at.get_or_insert(at);
        self
    }
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TreeError {}

impl de::Error for TreeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), at: None }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { message: format!("`{field}` is missing"), at: None }
    }

    fn invalid_type(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let found = match unexpected {
            de::Unexpected::Map => "a mapping".to_owned(),
            de::Unexpected::Seq => "a list".to_owned(),
            de::Unexpected::Unit | de::Unexpected::Option => "nothing".to_owned(),
            de::Unexpected::Str(text) => format!("the text `{}`", shortened(text)),
            other => other.to_string(),
        };
        // A shape that says nothing better is called by its name in the program.
        let expected = expected.to_string();
        let expected = if expected.starts_with("struct ") { "a mapping" } else { &expected };
        Self { message: format!("expected {expected}, found {found}"), at: None }
    }
}

/// The beginning of a text on one line, for messages.
fn shortened(text: &str) -> String {
    let line = crate::model::text::one_line(&crate::model::text::clean(text));
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// A YAML document as a tree.
#[derive(Debug)]
pub struct Tree {
    /// The root value.
    pub root: Rc<Node>,
    /// What was odd but did not stop the reading: duplicate keys, further documents.
    pub oddities: Vec<TreeError>,
}

/// A key of a mapping and where it stands.
#[derive(Clone, Debug)]
pub struct Key {
    /// The key as written.
    pub text: Rc<str>,
    /// Where it starts.
    pub at: Position,
}

/// A value and where it starts.
#[derive(Debug)]
pub struct Node {
    /// Where the value starts.
    pub at: Position,
    /// Behind the last character of a scalar on one line; elsewhere where it starts.
    pub end: Position,
    /// What it is.
    pub kind: NodeKind,
    /// How many values it holds, itself included, with aliases counted each time; a long text counts as several.
    size: usize,
}

/// What a value is.
#[derive(Debug)]
pub enum NodeKind {
    /// A scalar; plain ones may mean null.
    Scalar {
        /// The text as written (folded and unescaped by YAML's rules).
        text: Box<str>,
        /// Written without quotes and not as a block.
        plain: bool,
    },
    /// A sequence.
    List(Vec<Rc<Node>>),
    /// A mapping in the order written; of a duplicate key the first stays.
    Map(Vec<(Key, Rc<Node>)>),
}

impl Node {
    fn new(at: Position, kind: NodeKind) -> Self {
        let size = 1 + match &kind {
            NodeKind::Scalar { text, .. } => text.len() / LONG,
            NodeKind::List(items) => items.iter().map(|n| n.size).fold(0, usize::saturating_add),
            NodeKind::Map(entries) => entries.iter().map(|(_, n)| n.size).fold(0, usize::saturating_add),
        };
        Self { at, end: at, kind, size }
    }

    /// The entries, if this is a mapping.
    pub fn entries(&self) -> &[(Key, Rc<Node>)] {
        match &self.kind {
            NodeKind::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items, if this is a sequence.
    pub fn items(&self) -> &[Rc<Node>] {
        match &self.kind {
            NodeKind::List(items) => items,
            _ => &[],
        }
    }

    /// Whether it is a plain scalar that means nothing: empty, `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.kind, NodeKind::Scalar { text, plain: true }
            if matches!(&**text, "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The value under `key`, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Rc<Node>> {
        self.entries().iter().find(|(k, _)| &*k.text == key).map(|(_, n)| n)
    }

    /// Whether both hold the same values in the same order, however they are written.
    pub fn same(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (NodeKind::Scalar { text: a, .. }, NodeKind::Scalar { text: b, .. }) => {
                a == b && self.is_null() == other.is_null()
            }
            (NodeKind::List(a), NodeKind::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b)),
            (NodeKind::Map(a), NodeKind::Map(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|((ka, a), (kb, b))| ka.text == kb.text && a.same(b))
            }
            _ => false,
        }
    }

    /// A mapping of some of another's entries, at the same place.
    pub fn map_of(at: Position, entries: Vec<(Key, Rc<Node>)>) -> Self {
        Self::new(at, NodeKind::Map(entries))
    }

    /// A sequence of some of another's items, at the same place.
    pub fn list_of(at: Position, items: Vec<Rc<Node>>) -> Self {
        Self::new(at, NodeKind::List(items))
    }

    /// Where the value at the end of `route` starts; as far as the route leads.
    ///
    /// A list entry that is a mapping is named by its `id` key when it has one, since that is
    /// what a reader looks for.
    pub fn locate(&self, route: &[Step]) -> Position {
        self.locate_words(route).0
    }

    /// The same with the place behind the value, which is where it starts if it is no scalar on one line.
    pub fn locate_words(&self, route: &[Step]) -> (Position, Position) {
        let mut node = self;
        for step in route {
            let next = match step {
                Step::Key(key) => node.get(key).map(|n| &**n),
                // A list may be written as its only item.
                Step::Index(0) if matches!(node.kind, NodeKind::Map(_)) => continue,
                Step::Index(i) => node.items().get(*i).map(|n| &**n),
            };
            match next {
                Some(next) => node = next,
                None => return node.get("id").map_or((node.at, node.end), |id| (id.at, id.end)),
            }
        }
        if let (Some(Step::Index(_)), Some(id)) = (route.last(), node.get("id")) {
            node = id;
        }
        (node.at, node.end)
    }

    /// Reads the value into a shape, collecting keys that the shape does not know.
    ///
    /// # Errors
    /// What does not fit, at the place where it stands.
    pub fn read<T: DeserializeOwned>(&self, unknown: &RefCell<Vec<Unknown>>) -> Result<T, TreeError> {
        T::deserialize(Reader { node: self, unknown }).map_err(|e| e.or_at(self.at))
    }
}

impl Tree {
    /// Reads a text into a tree.
    ///
    /// # Errors
    /// Text that is not YAML, nests too deep, or repeats too much through aliases.
    pub fn parse(text: &str) -> Result<Self, TreeError> {
        let text = super::strip_bom(text);
        let mut builder = Builder::of(text);
        let mut parser = Parser::new_from_str(text);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|e| scan_error(text, &e))?;
            if builder.take(event, span)? {
                break;
            }
        }
        let root = builder.root.unwrap_or_else(|| {
            Rc::new(Node::new(Position { line: 1, column: 1 }, NodeKind::Scalar { text: "".into(), plain: true }))
        });
        Ok(Self { root, oddities: builder.oddities })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::yaml::Value;

    fn read<T: DeserializeOwned>(text: &str) -> Result<T, TreeError> {
        Tree::parse(text)?.root.read(&RefCell::default())
    }

    #[test]
    fn scalars_stay_as_written() {
        let list: Vec<String> = read("[NO, 1.10, 007, 12:30:45, 2023, ~, 0x1F, 1e3]").unwrap();
        assert_eq!(list, ["NO", "1.10", "007", "12:30:45", "2023", "~", "0x1F", "1e3"]);
        let value: Value = read("a: 1.10\nb: [007]").unwrap();
        assert_eq!(value.get("a").and_then(Value::text), Some("1.10"));
    }

    #[test]
    fn errors_stand_where_the_fault_is() {
        let e = read::<HashMap<String, String>>("a: x\nb:\n  c: 1\n").unwrap_err();
        assert_eq!(e.at, Some(Position { line: 3, column: 3 }));
        let e = Tree::parse("a: \"open\nb: 2\n").unwrap_err();
        assert!(e.at.is_some(), "{e:?}");
        let e = Tree::parse("a:\n\t- b\n").unwrap_err();
        assert_eq!(e.at.map(|p| p.line), Some(2));
    }

    #[test]
    fn duplicate_keys_and_second_documents_are_told_with_their_line() {
        let tree = Tree::parse("a: 1\nb: 2\na: 3\n---\nc: 4\n").unwrap();
        let at: Vec<_> = tree.oddities.iter().map(|o| o.at.map(|p| p.line)).collect();
        assert_eq!(at, [Some(3), Some(4)]);
        assert_eq!(tree.root.get("a").map(|n| n.at.column), Some(4));
    }

    #[test]
    fn no_fault_stands_behind_the_end() {
        for text in ["{", "a: {b: c\n", "[a,\n", "x\ny: z\n"] {
            let at = Tree::parse(text).unwrap_err().at.unwrap();
            assert!(at <= Position::of_offset(text, text.len()), "{text:?}: {at}");
        }
    }

    #[test]
    fn a_long_text_that_aliases_repeat_counts_as_many() {
        let long = |times: usize| format!("a: &a {}\nb: [{}]\n", "y".repeat(60_000), "*a,".repeat(times));
        assert!(Tree::parse(&long(100)).is_ok());
        assert!(Tree::parse(&long(200)).unwrap_err().message.contains("aliases"));
        // The quick pass, which counts no bytes, leaves it to this one.
        assert!(crate::yaml::parse::<HashMap<String, Value>>(&long(200)).is_none());
        let plain = |text| crate::yaml::parse::<HashMap<String, String>>(text).is_some();
        assert!(plain("a: R&D & more\nb: x*y\n"));
    }

    #[test]
    fn a_list_is_no_shape() {
        #[derive(Debug, serde::Deserialize)]
        struct Shape {
            #[allow(dead_code, reason = "only read into")]
            id: String,
        }
        assert!(read::<Vec<Shape>>("[{ id: x }]").is_ok());
        assert_eq!(read::<Vec<Shape>>("[[x]]").unwrap_err().at, Some(Position { line: 1, column: 2 }));
    }

    #[test]
    fn bombs_are_refused() {
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for i in 1..10 {
            let row = vec![format!("*a{}", i - 1); 10].join(",");
            bomb.push_str(&format!("a{i}: &a{i} [{row}]\n"));
        }
        assert!(Tree::parse(&bomb).unwrap_err().message.contains("aliases"));
        assert!(Tree::parse(&"[".repeat(20_000)).is_err());
        let deep: String = (0..5_000).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
        assert!(Tree::parse(&deep).unwrap_err().message.contains("deeper"));
    }

    #[test]
    fn a_route_leads_to_the_value_or_to_the_id_of_what_lacks_it() {
        let tree = Tree::parse("facts:\n  - id: a\n    text: x\n  - text: y\n    id: b\n").unwrap();
        let facts = || Step::Key("facts".into());
        let route = [facts(), Step::Index(0), Step::Key("text".into())];
        assert_eq!(tree.root.locate(&route), Position { line: 3, column: 11 });
        let missing = [facts(), Step::Index(1), Step::Key("date".into())];
        assert_eq!(tree.root.locate(&missing), Position { line: 5, column: 9 });
    }

    #[test]
    fn unknown_keys_come_with_what_was_probably_meant() {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Shape {
            #[allow(dead_code, reason = "only read into")]
            title: String,
        }
        let unknown = RefCell::default();
        let tree = Tree::parse("title: a\ntitel: b\nx-mine: c\n").unwrap();
        tree.root.read::<Shape>(&unknown).unwrap();
        let unknown = unknown.into_inner();
        assert_eq!(unknown.len(), 1);
        assert_eq!(unknown[0].nearest, Some("title"));
        assert_eq!(unknown[0].at, Position { line: 2, column: 1 });
    }
}
