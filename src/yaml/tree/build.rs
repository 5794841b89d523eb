//! From the parser's events to the tree.

use std::collections::HashMap;
use std::rc::Rc;

use saphyr_parser::{Event, ScalarStyle, ScanError, Span};

use super::{Key, Node, NodeKind, Position, TreeError, shortened};

/// How deep values may nest.
const MAX_DEPTH: usize = 64;
/// How many values aliases may repeat in one file.
const MAX_REPEATED: usize = 100_000;

/// A container that is still open.
struct Open {
    at: Position,
    anchor: usize,
    items: Vec<Rc<Node>>,
    /// `Some` for a mapping.
    map: Option<OpenMap>,
}

/// A mapping that is still open.
#[derive(Default)]
struct OpenMap {
    /// Its entries so far.
    entries: Vec<(Key, Rc<Node>)>,
    /// The key that waits for a value.
    waiting: Option<Key>,
    /// Where each key first stands, so that a mapping of many keys takes no quadratic time.
    first: HashMap<Rc<str>, Position>,
}

#[derive(Default)]
pub(super) struct Builder {
    stack: Vec<Open>,
    anchors: HashMap<usize, Rc<Node>>,
    repeated: usize,
    /// Where the text ends.
    end: Position,
    pub(super) root: Option<Rc<Node>>,
    pub(super) oddities: Vec<TreeError>,
    documents: usize,
}

impl Builder {
    /// Begins the tree of a text.
    pub(super) fn of(text: &str) -> Self {
        Self { end: Position::of_offset(text, text.len()), ..Self::default() }
    }

    /// Takes one event; true when the first document is done and a second one was noticed.
    pub(super) fn take(&mut self, event: Event<'_>, span: Span) -> Result<bool, TreeError> {
        // An empty value at the end of a text may be counted on a line that is not there.
        let at = position(span).min(self.end);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.oddities.push(TreeError::at(at, "a second document starts here; only the first is read"));
                    return Ok(true);
                }
            }
            Event::Scalar(text, style, anchor, _) => {
                let plain = matches!(style, ScalarStyle::Plain);
                let mut node = Node::new(at, NodeKind::Scalar { text: text.as_ref().into(), plain });
                if span.end.line() == at.line {
                    node.end.column = span.end.col() + 1;
                }
                self.add(node, anchor)?;
            }
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned();
                let node = node.ok_or_else(|| TreeError::at(at, "an alias to a value that holds it, or to none"))?;
                self.repeated = self.repeated.saturating_add(node.size);
                if self.repeated > MAX_REPEATED {
                    return Err(TreeError::at(at, format!("aliases repeat more than {MAX_REPEATED} values")));
                }
                self.push(node);
            }
            Event::SequenceStart(anchor, _) => self.open(at, anchor, false)?,
            Event::MappingStart(anchor, _) => self.open(at, anchor, true)?,
            Event::SequenceEnd | Event::MappingEnd => self.close()?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Ok(false)
    }

    fn open(&mut self, at: Position, anchor: usize, map: bool) -> Result<(), TreeError> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(TreeError::at(at, format!("values nest deeper than {MAX_DEPTH}")));
        }
        self.stack.push(Open { at, anchor, items: Vec::new(), map: map.then(OpenMap::default) });
        Ok(())
    }

    fn close(&mut self) -> Result<(), TreeError> {
        if let Some(open) = self.stack.pop() {
            let kind = match open.map {
                Some(map) => NodeKind::Map(map.entries),
                None => NodeKind::List(open.items),
            };
            self.add(Node::new(open.at, kind), open.anchor)?;
        }
        Ok(())
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), TreeError> {
        let node = Rc::new(node);
        if anchor != 0 {
            self.anchors.insert(anchor, Rc::clone(&node));
        }
        self.push(node);
        Ok(())
    }

    fn push(&mut self, node: Rc<Node>) {
        let Some(open) = self.stack.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        let Some(map) = &mut open.map else {
            open.items.push(node);
            return;
        };
        match map.waiting.take() {
            None => {
                let text: Rc<str> = match &node.kind {
                    NodeKind::Scalar { text, .. } => (&**text).into(),
                    _ => "?".into(),
                };
                map.waiting = Some(Key { text, at: node.at });
            }
            Some(key) => match map.first.get(&key.text) {
                Some(first) => self.oddities.push(TreeError::at(
                    key.at,
                    format!("duplicate key `{}`, first at {first}; the first stays", shortened(&key.text)),
                )),
                None => {
                    map.first.insert(Rc::clone(&key.text), key.at);
                    map.entries.push((key, node));
                }
            },
        }
    }
}

/// What the parser says, with its place.
pub(super) fn scan_error(text: &str, e: &ScanError) -> TreeError {
    // At the end of a text the parser may count a line that is not there.
    let end = Position::of_offset(text, text.len());
    let at = end.min(Position { line: e.marker().line(), column: e.marker().col() + 1 });
    TreeError::at(at, format!("not YAML: {}", crate::model::text::one_line(&crate::model::text::clean(e.info()))))
}

fn position(span: Span) -> Position {
    Position { line: span.start.line(), column: span.start.col() + 1 }
}
