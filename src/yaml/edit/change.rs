//! What can be done to a value, and where it stands. Each change is tried in several ways, that which touches least
//! first, and a way counts only if the text then reads as it did but for this change.

use std::collections::HashMap;

use super::list;
use super::spots::{Kind, Spot, colon_end, entry_end};
use super::{flow_scalar, scalar};
use crate::yaml::tree::{Node, NodeKind, Position, Step, Tree, TreeError};

/// What is to become of a value.
#[derive(Clone, Copy, Debug)]
pub enum Change<'c> {
    /// This text; its key is added if it is not there.
    Set(&'c str),
    /// Nothing: its key goes, or its value.
    Clear,
    /// A list with one more text, last; a lone text becomes a list.
    Add(&'c str),
    /// A list without the first text that is this one.
    Remove(&'c str),
    /// A list with one more mapping, last.
    Append(&'c [(&'static str, Entry)]),
}

/// What stands under a key of a new mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
}

impl Entry {
    /// As it is written on one line.
    pub(super) fn printed(&self, in_flow: bool) -> String {
        match self {
            Self::Text(text) if in_flow => flow_scalar(text),
            Self::Text(text) => scalar(text),
            Self::List(items) => format!("[{}]", items.iter().map(|i| flow_scalar(i)).collect::<Vec<_>>().join(", ")),
        }
    }

    fn is(&self, node: &Node) -> bool {
        match (self, &node.kind) {
            (Self::Text(text), NodeKind::Scalar { text: read, .. }) => **read == **text && !node.is_null(),
            (Self::List(items), NodeKind::List(read)) => {
                items.len() == read.len() && items.iter().zip(read).all(|(item, node)| is_text(node, item))
            }
            _ => false,
        }
    }
}

fn is_text(node: &Node, wanted: &str) -> bool {
    matches!(&node.kind, NodeKind::Scalar { text, .. } if **text == *wanted) && !node.is_null()
}

/// The text with a change of the value under the last key of a route, and no other byte touched. `order` is that of
/// the keys beside it, for one that is added.
///
/// # Errors
/// Why the value cannot be changed, and where: the text is not in order, the route leads nowhere, the value is
/// another's too by an alias, stands twice, has another shape, or cannot be written there.
pub fn change(text: &str, route: &[Step], order: &[&str], change: Change<'_>) -> Result<String, TreeError> {
    let before = Tree::parse(text)?;
    let bare = crate::yaml::strip_bom(text);
    let base = text.len() - bare.len();
    let at = |byte: usize| Position::of_offset(bare, byte.saturating_sub(base));
    let nowhere = |byte: usize, message: String| TreeError { message, at: Some(at(byte)) };
    let root = Spot::read(bare, base).ok_or_else(|| nowhere(0, "there is no value to change".to_owned()))?;
    let aliases = Aliases::of(&root);
    let Some((Step::Key(key), way)) = route.split_last() else {
        return Err(nowhere(0, "only what has a key can be changed".to_owned()));
    };
    let mut parent = &root;
    for step in way {
        aliases.check(parent, &at)?;
        alone(parent, step, &at)?;
        parent = parent
            .find(std::slice::from_ref(step))
            .ok_or_else(|| nowhere(parent.range.start, format!("{} is not here any more", words(step))))?;
    }
    aliases.check(parent, &at)?;
    let Kind::Map { entries, .. } = &parent.kind else {
        return Err(nowhere(parent.range.start, "this is no mapping, so it has no keys".to_owned()));
    };
    alone(parent, &Step::Key(key.clone()), &at)?;
    let entry = entries.iter().position(|(k, _)| k.text() == Some(key));
    let place = Place { text, map: parent, entry, key, order };
    let value = place.value();
    if let Some(value) = value {
        for spot in value.within() {
            aliases.check(spot, &at)?;
        }
        if place.is_unchanged(&change) {
            return Ok(text.to_owned());
        }
    }
    let right = |candidate: &String| {
        Tree::parse(candidate).is_ok_and(|after| becomes(Some(&before.root), Some(&after.root), route, &change))
    };
    let ways = place.ways(&change).map_err(|message| nowhere(value.unwrap_or(parent).range.start, message))?;
    ways.into_iter().find(right).ok_or_else(|| {
        let byte = value.unwrap_or(parent).range.start;
        nowhere(byte, format!("`{key}` cannot be changed here without touching more than it; use an editor"))
    })
}

fn words(step: &Step) -> String {
    match step {
        Step::Key(key) => format!("`{key}`"),
        Step::Index(n) => format!("item {}", n + 1),
    }
}

/// Nothing is changed under a key that stands twice: what counts is not what a reader sees last.
fn alone(map: &Spot, step: &Step, at: &dyn Fn(usize) -> Position) -> Result<(), TreeError> {
    let (Kind::Map { entries, .. }, Step::Key(key)) = (&map.kind, step) else { return Ok(()) };
    let mut named = entries.iter().map(|(k, _)| k).filter(|k| k.text() == Some(key));
    match (named.next(), named.next()) {
        (Some(first), Some(second)) => Err(TreeError {
            message: format!("`{key}` stands here twice, first at {}; take one out", at(first.from)),
            at: Some(at(second.range.start)),
        }),
        _ => Ok(()),
    }
}

/// Which values mean others, or are meant by others.
struct Aliases {
    /// By the anchor's number: where it stands, and where it is first repeated.
    anchors: HashMap<usize, usize>,
    repeated: HashMap<usize, usize>,
}

impl Aliases {
    fn of(root: &Spot) -> Self {
        let (mut anchors, mut repeated) = (HashMap::new(), HashMap::new());
        for spot in root.within() {
            if spot.anchor != 0 {
                anchors.insert(spot.anchor, spot.from);
            }
            if let Kind::Alias(anchor) = spot.kind {
                let first = repeated.entry(anchor).or_insert(spot.from);
                *first = spot.from.min(*first);
            }
        }
        Self { anchors, repeated }
    }

    fn check(&self, spot: &Spot, at: &dyn Fn(usize) -> Position) -> Result<(), TreeError> {
        let error = |message| Err(TreeError { message, at: Some(at(spot.from)) });
        if let Kind::Alias(anchor) = spot.kind {
            let from = self.anchors.get(&anchor).map_or_else(String::new, |byte| format!(" at {}", at(*byte)));
            return error(format!("an alias repeats the value{from} here; a change would be one of both"));
        }
        match self.repeated.get(&spot.anchor).filter(|_| spot.anchor != 0) {
            Some(byte) => error(format!("an alias at {} repeats this value; a change would be one of both", at(*byte))),
            None => Ok(()),
        }
    }
}

/// An entry of a mapping, or where there could be one.
pub(super) struct Place<'p> {
    pub(super) text: &'p str,
    pub(super) map: &'p Spot,
    pub(super) entry: Option<usize>,
    key: &'p str,
    order: &'p [&'p str],
}

impl<'p> Place<'p> {
    fn entries(&self) -> &'p [(Spot, Spot)] {
        match &self.map.kind {
            Kind::Map { entries, .. } => entries,
            _ => &[],
        }
    }

    pub(super) fn in_flow(&self) -> bool {
        matches!(self.map.kind, Kind::Map { flow: true, .. })
    }

    fn value(&self) -> Option<&'p Spot> {
        Some(&self.entries().get(self.entry?)?.1)
    }

    /// Whether there is no value: no key, or nothing behind it.
    fn is_empty(&self) -> bool {
        self.value().is_none_or(|value| self.raw(value).is_empty() && value.text() == Some(""))
    }

    fn raw(&self, spot: &Spot) -> &'p str {
        self.text.get(spot.from..spot.end(self.text)).unwrap_or_default()
    }

    fn is_unchanged(&self, change: &Change<'_>) -> bool {
        let is_null = |value: &Spot| list::is_null(self.raw(value));
        match (change, self.value()) {
            (Change::Set(new), Some(value)) => value.text() == Some(new) && !is_null(value),
            (Change::Clear, Some(value)) => is_null(value) && value.text() != Some(""),
            _ => false,
        }
    }

    fn ways(&self, change: &Change<'_>) -> Result<Vec<String>, String> {
        let (text, key) = (self.text, self.key);
        match (change, self.value()) {
            (Change::Set(new), None) => Ok(self.inserted(&Entry::Text((*new).to_owned()))),
            (Change::Set(new), Some(_)) if self.is_empty() => Ok(self.filled(&Entry::Text((*new).to_owned()))),
            (Change::Set(new), Some(value)) => match value.kind {
                Kind::Scalar { .. } => Ok(value.replacements(text, new)),
                _ => Err(format!("`{key}` is no text here")),
            },
            (Change::Add(item), None) => Ok(self.inserted(&Entry::List(vec![(*item).to_owned()]))),
            (Change::Add(item), Some(_)) if self.is_empty() => Ok(self.filled(&Entry::List(vec![(*item).to_owned()]))),
            (Change::Add(item), Some(value)) => {
                list::add(text, value, item).ok_or_else(|| format!("`{key}` is no list here"))
            }
            (Change::Remove(item), None) => Err(format!("`{key}` has no “{item}”")),
            (Change::Remove(item), Some(value)) => {
                if value.text() == Some(item) {
                    return Ok(self.cleared(true));
                }
                let Kind::List { items, .. } = &value.kind else { return Err(format!("`{key}` has no “{item}”")) };
                let n = items.iter().position(|i| i.text() == Some(item));
                let n = n.ok_or_else(|| format!("`{key}` has no “{item}”"))?;
                let mut ways = if items.len() == 1 { self.cleared(true) } else { Vec::new() };
                ways.extend(list::remove(text, value, n));
                Ok(ways)
            }
            (Change::Clear, None) => Ok(vec![text.to_owned()]),
            (Change::Clear, Some(_)) => Ok(self.cleared(false)),
            (Change::Append(entries), _) => {
                list::append(self, entries).ok_or_else(|| format!("`{key}` is no list here"))
            }
        }
    }

    /// With the value behind a key that has none.
    pub(super) fn filled(&self, entry: &Entry) -> Vec<String> {
        let Some((key, _)) = self.entry.and_then(|n| self.entries().get(n)) else { return Vec::new() };
        let at = colon_end(self.text, key);
        let colon = if self.text[..at].ends_with(':') { "" } else { ":" };
        vec![put(self.text, at, at, &format!("{colon} {}", entry.printed(self.in_flow())))]
    }

    /// With the key, behind the last of those that go before it by the order.
    pub(super) fn inserted(&self, entry: &Entry) -> Vec<String> {
        let printed = format!("{}: {}", self.key, entry.printed(self.in_flow()));
        self.inserted_lines(&[printed])
    }

    /// The same with several lines, the first of which is that of the key.
    pub(super) fn inserted_lines(&self, lines: &[String]) -> Vec<String> {
        let (text, entries) = (self.text, self.entries());
        let rank = |key: &str| self.order.iter().position(|k| *k == key);
        let mine = rank(self.key).unwrap_or(usize::MAX);
        let ranked = entries.iter().enumerate().filter_map(|(n, (k, _))| Some((rank(k.text()?)?, n)));
        let before = ranked.filter(|(r, _)| *r < mine).map(|(_, n)| n).next_back();
        let Some((first, _)) = entries.first() else {
            let open = self.map.range.start + 1;
            let close = self.map.range.end.saturating_sub(1).max(open);
            return if self.in_flow() { vec![put(text, open, close, &lines.concat())] } else { Vec::new() };
        };
        if self.in_flow() {
            let (at, new) = match before.and_then(|n| entries.get(n)) {
                Some((key, value)) => (entry_end(text, key, value), format!(", {}", lines.concat())),
                None => (first.from, format!("{}, ", lines.concat())),
            };
            return vec![put(text, at, at, &new)];
        }
        let indent = self.indent();
        let ahead_of = |key: &Spot| {
            let eol = eol_near(text, key.from);
            let new: String = lines.iter().map(|line| format!("{line}{eol}{indent}")).collect();
            put(text, key.from, key.from, &new)
        };
        match before.and_then(|n| entries.get(n)) {
            None => vec![ahead_of(first)],
            Some((key, value)) => {
                let at = entry_end(text, key, value);
                let lines: Vec<String> = lines.iter().map(|line| format!("{indent}{line}")).collect();
                let mut ways = vec![with_lines(text, at, &lines)];
                ways.extend(before.and_then(|n| entries.get(n + 1)).map(|(next, _)| ahead_of(next)));
                ways
            }
        }
    }

    /// What stands before each key of a mapping written by lines.
    pub(super) fn indent(&self) -> String {
        let own_line = self.entries().iter().find_map(|(key, _)| {
            let before = before_in_line(self.text, key.from);
            before.trim().is_empty().then(|| before.to_owned())
        });
        own_line.unwrap_or_else(|| {
            // Behind `- ` the next key stands under the first one.
            let first = self.entries().first().map_or(0, |(key, _)| key.from);
            before_in_line(self.text, first).chars().map(|_| ' ').collect()
        })
    }

    /// Without the key, or with nothing for its value: comments stay.
    fn cleared(&self, list: bool) -> Vec<String> {
        let Some(n) = self.entry else { return Vec::new() };
        let (text, entries) = (self.text, self.entries());
        let Some((key, value)) = entries.get(n) else { return Vec::new() };
        let (from, to) = (key.from, entry_end(text, key, value));
        let nothing = if list { " []" } else { "" };
        let colon = colon_end(text, key);
        let mut ways = Vec::new();
        if self.in_flow() {
            let gone = match (n.checked_sub(1).and_then(|n| entries.get(n)), entries.get(n + 1)) {
                (Some((key, value)), _) => (entry_end(text, key, value), to),
                (None, Some((next, _))) => (from, next.from),
                (None, None) => (from, to),
            };
            if !text.get(gone.0..gone.1).unwrap_or_default().contains('#') {
                ways.push(put(text, gone.0, gone.1, ""));
            }
        } else {
            let line = line_start(text, from);
            let end = line_end(text, to);
            let rest = text.get(to..end).unwrap_or_default().trim();
            if rest.is_empty()
                && before_in_line(text, from).trim().is_empty()
                && !text.get(from..to).unwrap_or_default().contains('#')
            {
                ways.push(put(text, line, end, ""));
            }
        }
        ways.push(put(text, colon, to.max(colon), nothing));
        ways
    }
}

/// The text with other bytes from here to there.
pub(super) fn put(text: &str, from: usize, to: usize, new: &str) -> String {
    let (before, after) = (text.get(..from).unwrap_or_default(), text.get(to.max(from)..).unwrap_or_default());
    format!("{before}{new}{after}")
}

/// Where the line of a byte starts, behind a byte order mark.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let start = text.get(..at).unwrap_or_default().rfind('\n').map_or(0, |i| i + 1);
    if start == 0 { text.len() - crate::yaml::strip_bom(text).len() } else { start }
}

/// Behind the line end of the line of a byte, or the text's end.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |i| at + i + 1)
}

/// What stands before a byte in its line.
pub(super) fn before_in_line(text: &str, at: usize) -> &str {
    text.get(line_start(text, at)..at).unwrap_or_default()
}

/// The line end that is used at a byte.
pub(super) fn eol_near(text: &str, at: usize) -> &'static str {
    let line = text.get(..line_end(text, at)).unwrap_or_default();
    let line = if line.ends_with('\n') { line } else { text };
    let crlf = if line.ends_with('\n') { line.ends_with("\r\n") } else { line.contains("\r\n") };
    if crlf { "\r\n" } else { "\n" }
}

/// The text with further lines behind the line of a byte.
pub(super) fn with_lines(text: &str, at: usize, lines: &[String]) -> String {
    let (end, eol) = (line_end(text, at), eol_near(text, at));
    let joined = lines.join(eol);
    let ended = text.get(..end).unwrap_or_default().ends_with('\n');
    put(text, end, end, &if ended { format!("{joined}{eol}") } else { format!("{eol}{joined}") })
}

/// Whether two trees are the same but for this change at the end of the route.
pub(super) fn becomes(before: Option<&Node>, after: Option<&Node>, route: &[Step], change: &Change<'_>) -> bool {
    let Some((step, rest)) = route.split_first() else { return became(before, after, change) };
    let (Some(before), Some(after)) = (before, after) else { return false };
    match (&before.kind, &after.kind, step) {
        (NodeKind::List(a), NodeKind::List(b), Step::Index(index)) => {
            a.len() == b.len()
                && a.iter()
                    .zip(b)
                    .enumerate()
                    .all(|(i, (a, b))| if i == *index { becomes(Some(a), Some(b), rest, change) } else { a.same(b) })
        }
        (NodeKind::Map(a), NodeKind::Map(b), Step::Key(key)) => {
            let others = |entries: &[(crate::yaml::Key, std::rc::Rc<Node>)]| -> Vec<_> {
                entries.iter().filter(|(k, _)| *k.text != **key).cloned().collect()
            };
            let (x, y) = (others(a), others(b));
            x.len() == y.len()
                && x.iter().zip(&y).all(|((ka, na), (kb, nb))| ka.text == kb.text && na.same(nb))
                && becomes(before.get(key).map(|n| &**n), after.get(key).map(|n| &**n), rest, change)
        }
        _ => false,
    }
}

/// The items of a list; a lone value is its only one.
fn items(node: Option<&Node>) -> Vec<&Node> {
    let Some(node) = node.filter(|node| !node.is_null()) else { return Vec::new() };
    match &node.kind {
        NodeKind::List(items) => items.iter().map(|item| &**item).collect(),
        _ => vec![node],
    }
}

fn became(before: Option<&Node>, after: Option<&Node>, change: &Change<'_>) -> bool {
    let (old, new) = (items(before), items(after));
    let alike = |a: &[&Node], b: &[&Node]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b));
    match change {
        Change::Set(text) => after.is_some_and(|node| is_text(node, text)),
        Change::Clear => after.is_none_or(Node::is_null),
        Change::Add(text) => {
            let list = after.is_some_and(|node| matches!(node.kind, NodeKind::List(_)));
            list && new.split_last().is_some_and(|(last, rest)| is_text(last, text) && alike(&old, rest))
        }
        Change::Remove(text) => {
            let mut wanted = old;
            let Some(n) = wanted.iter().position(|node| is_text(node, text)) else { return false };
            wanted.remove(n);
            alike(&wanted, &new)
        }
        Change::Append(entries) => new.split_last().is_some_and(|(last, rest)| {
            let read = last.entries();
            let all = read.len() == entries.len()
                && entries.iter().zip(read).all(|((key, entry), (k, node))| *k.text == **key && entry.is(node));
            all && alike(&old, rest)
        }),
    }
}
