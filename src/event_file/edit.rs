//! Edits of an event file: from its text and a wanted change to its new text, in which nothing else is another.
//!
//! Each edit is read again before it is given out. One that would change more than it should, or that cannot be
//! told apart from a change by somebody else, is refused with its place.

use serde::{Deserialize, Serialize};

use crate::finding::Edit;
use crate::model::conflict;
use crate::model::id::id_for;
use crate::model::text::clean;
use crate::model::{FactKind, FactStatus, Priority};
use crate::splice::Splice;
use crate::yaml::edit::{Change, Entry, change};
use crate::yaml::{Node, Position, Step, Tree, TreeError};

/// The keys of a fact in the order of `docs/event-format.md`, in which a new one finds its place.
pub const FACT_KEYS: &[&str] = &[
    "id",
    "kind",
    "text",
    "date",
    "said",
    "speaker",
    "via",
    "words",
    "spoken",
    "translation",
    "original",
    "value",
    "unit",
    "approx",
    "measure",
    "likelihood",
    "confidence",
    "basis",
    "assumptions",
    "alternatives",
    "author",
    "actors",
    "places",
    "tags",
    "priority",
    "status",
    "credibility",
    "sources",
    "relations",
    "marking",
    "use",
    "note",
    "allow",
];

/// The keys of an event in the same order.
pub const EVENT_KEYS: &[&str] = &[
    "schema", "id", "title", "date", "as-of", "status", "summary", "marking", "language", "tags", "places", "related",
    "embargo", "actors", "sources", "facts",
];

/// Which fact of a file is meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// Its id.
    pub id: Box<str>,
    /// Its place in the list of facts as last read, from 0.
    pub index: usize,
}

/// A change of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactEdit {
    /// One more tag; nothing if it is there.
    AddTag(Box<str>),
    /// Without a tag; nothing if it is not there.
    RemoveTag(Box<str>),
    /// How far it is established.
    Status(FactStatus),
    /// How much a note needs it; none takes the key away.
    Priority(Option<Priority>),
    /// Other words in the place of what was read.
    Correct {
        /// Which text.
        field: Wording,
        /// What was shown to whoever corrects it.
        was: Box<str>,
        /// What it is to be.
        new: Box<str>,
    },
}

/// A text of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// The house sentence.
    Text,
    /// A quotation's words.
    Words,
}

impl Wording {
    /// Its key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Words => "words",
        }
    }
}

/// A fact that is to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewFact {
    /// What sort of fact it is.
    pub kind: FactKind,
    /// The house sentence, or a quotation's words.
    pub text: String,
    /// When it holds; of a quotation, when it was said. Empty for none.
    pub date: String,
    /// The key of the speaker. Empty for none.
    pub speaker: String,
    /// Keys of sources.
    pub sources: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
}

/// What is to be done to one event file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventEdit {
    /// Changes of facts, one after the other; all of them or none.
    Facts(Vec<(Target, FactEdit)>),
    /// One more fact.
    New(NewFact),
    /// What a finding offers.
    Mend(Edit),
    /// A change made before, of a file that is as it was then: an edit done again; or taken back, by its reverse.
    Again(WrittenEvent),
}

/// A file after an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// Its text.
    pub text: String,
    /// The id of a new fact.
    pub fact: Option<String>,
}

impl EventEdit {
    /// The file's text after the edit; the same text if there is nothing to change.
    ///
    /// # Errors
    /// Why it cannot be done, and where.
    pub fn apply(&self, text: &str) -> Result<Edited, TreeError> {
        if text.len() > crate::yaml::MAX_FILE {
            return Err(super::too_large(text.len()));
        }
        if let Some(first) = conflict::find(text).first() {
            let at = Some(Position { line: first.line, column: 1 });
            return Err(TreeError { message: format!("{}: mend that first, in an editor", first.message()), at });
        }
        match self {
            Self::Facts(edits) => {
                let mut text = text.to_owned();
                for (target, edit) in edits {
                    text = edit.apply(&text, target)?;
                }
                Ok(Edited { text, fact: None })
            }
            Self::New(fact) => fact.append(text),
            Self::Mend(edit) => changed(edit.apply(text), "it is not what was checked: reload the desk first"),
            Self::Again(file) => changed(file.again(text), "the file is not as that edit left it"),
        }
    }
}

/// A text that a change gave, or why there is none.
fn changed(text: Option<impl Into<String>>, none: &str) -> Result<Edited, TreeError> {
    match text {
        Some(text) => Ok(Edited { text: text.into(), fact: None }),
        None => Err(TreeError { message: none.to_owned(), at: None }),
    }
}

impl FactEdit {
    fn apply(&self, text: &str, target: &Target) -> Result<String, TreeError> {
        let tree = Tree::parse(text)?;
        let (index, node) = find(&tree, target)?;
        let run = |key: &str, what: Change<'_>| {
            let route = [Step::Key("facts".into()), Step::Index(index), Step::Key(key.into())];
            change(text, &route, FACT_KEYS, what)
        };
        match self {
            Self::AddTag(tag) if has_tag(node, tag) => Ok(text.to_owned()),
            Self::AddTag(tag) => run("tags", Change::Add(tag)),
            Self::RemoveTag(tag) if !has_tag(node, tag) => Ok(text.to_owned()),
            Self::RemoveTag(tag) => {
                let less = run("tags", Change::Remove(tag))?;
                // It may stand there more than once.
                self.apply(&less, target)
            }
            Self::Status(status) => {
                // What is absent means the default.
                let absent = node.get("status").is_none_or(|node| node.is_null());
                if absent && *status == FactStatus::default() {
                    return Ok(text.to_owned());
                }
                run("status", Change::Set(status.as_str()))
            }
            Self::Priority(Some(priority)) => run("priority", Change::Set(priority.as_str())),
            Self::Priority(None) => run("priority", Change::Clear),
            Self::Correct { field, was, new } => {
                let key = field.key();
                let refused = |node: &Node, message: String| Err(TreeError { message, at: Some(node.at) });
                let Some(value) = node.get(key).filter(|value| !value.is_null()) else {
                    return refused(node, format!("`{key}` is not here any more"));
                };
                let old = scalar(value).unwrap_or_default();
                if clean(old) != old {
                    return refused(value, format!("`{key}` holds control characters: mend it in an editor"));
                }
                if old.trim() != was.trim() {
                    return refused(value, format!("`{key}` is not what was shown: somebody else changed it"));
                }
                let new = new.trim();
                if new.is_empty() {
                    return refused(value, format!("`{key}` cannot be empty"));
                }
                // A text under `|` or `>` ends with a line end, which its reader never sees.
                let end = &old[old.trim_end().len()..];
                run(key, Change::Set(&format!("{new}{end}")))
            }
        }
    }
}

impl NewFact {
    fn append(&self, text: &str) -> Result<Edited, TreeError> {
        let tree = Tree::parse(text)?;
        let facts = tree.root.get("facts").map(|node| node.items()).unwrap_or_default();
        let ids: Vec<&str> = facts.iter().filter_map(|fact| scalar(fact.get("id")?)).collect();
        let id = id_for(&self.text, |id| ids.contains(&id));
        let is_quote = self.kind == FactKind::Quote;
        let one = |text: &str| Entry::Text(text.to_owned());
        let mut entries = vec![("id", one(&id))];
        if self.kind != FactKind::default() {
            entries.push(("kind", one(self.kind.as_str())));
        }
        if !is_quote {
            entries.push(("text", one(&self.text)));
        }
        if !self.date.is_empty() {
            entries.push((if is_quote { "said" } else { "date" }, one(&self.date)));
        }
        if !self.speaker.is_empty() {
            entries.push(("speaker", one(&self.speaker)));
        }
        if is_quote {
            entries.push(("words", one(&self.text)));
        }
        if !self.tags.is_empty() {
            entries.push(("tags", Entry::List(self.tags.clone())));
        }
        match self.sources.as_slice() {
            [] => {}
            [source] => entries.push(("sources", one(source))),
            sources => entries.push(("sources", Entry::List(sources.to_vec()))),
        }
        let text = change(text, &[Step::Key("facts".into())], EVENT_KEYS, Change::Append(&entries))?;
        Ok(Edited { text, fact: Some(id) })
    }
}

/// Where a fact stands in the list: at its place if its id stands there, else where its id stands first.
fn find<'t>(tree: &'t Tree, target: &Target) -> Result<(usize, &'t Node), TreeError> {
    let facts = tree.root.get("facts");
    let items = facts.map(|node| node.items()).unwrap_or_default();
    let is_it = |node: &Node| node.get("id").and_then(|id| scalar(id)) == Some(&*target.id);
    let here = items.get(target.index).filter(|node| is_it(node)).map(|_| target.index);
    let index = here.or_else(|| items.iter().position(|node| is_it(node)));
    match index.and_then(|index| Some((index, &**items.get(index)?))) {
        Some(found) => Ok(found),
        None => Err(TreeError {
            message: format!("there is no fact `{}` in the file any more", target.id),
            at: facts.map(|node| node.at),
        }),
    }
}

fn scalar(node: &Node) -> Option<&str> {
    match &node.kind {
        crate::yaml::tree::NodeKind::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

fn has_tag(fact: &Node, tag: &str) -> bool {
    let Some(tags) = fact.get("tags").filter(|tags| !tags.is_null()) else { return false };
    scalar(tags) == Some(tag) || tags.items().iter().any(|item| scalar(item) == Some(tag))
}

/// What is refused, as the commands tell it: `path:line:column: reason`.
pub fn told(path: &str, error: &TreeError) -> String {
    match error.at {
        Some(at) => format!("{path}:{at}: {}", error.message),
        None => format!("{path}: {}", error.message),
    }
}

/// An event file that was written: enough to take that back, and to do it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenEvent {
    /// The file, relative to the desk.
    pub path: String,
    /// What changed in it.
    pub change: Splice,
    /// The hash of what it held (BLAKE3).
    pub before: String,
    /// The hash of what it holds.
    pub after: String,
    /// The id of a new fact in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
}

impl WrittenEvent {
    /// A file of which one text was made of another.
    pub fn new(path: &str, before: &str, after: &str, fact: Option<String>) -> Self {
        let change = Splice::between(before, after);
        Self { path: path.to_owned(), change, before: hash(before), after: hash(after), fact }
    }

    /// The change that takes this one back.
    pub fn reversed(&self) -> Self {
        let (before, after) = (self.after.clone(), self.before.clone());
        Self { path: self.path.clone(), change: self.change.reversed(), before, after, fact: None }
    }

    /// The text after the change was made once more, if the file holds what it held before.
    fn again(&self, text: &str) -> Option<String> {
        let after = self.change.forth(text).filter(|_| hash(text) == self.before)?;
        (hash(&after) == self.after).then(|| after.to_string())
    }
}

/// How [`WrittenEvent`] names a file's text.
pub fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

/// What edits of event files are: each is written down, so that a later run can take it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Something new, by what it does: `tags of 2 facts`.
    New(String),
    /// An edit is taken back: its number, if it was written down.
    Back(Option<u64>),
    /// An edit is made again.
    Again(Option<u64>),
}

/// What came of edits of event files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventsWritten {
    /// The files that are others now.
    pub written: Vec<WrittenEvent>,
    /// Why the rest is not written.
    pub refused: Option<String>,
    /// The number of a new edit, by which it was written down.
    pub number: Option<u64>,
    /// Why only this run of the program can take it back.
    pub forgotten: Option<String>,
}

/// An edit that a run of the program wrote down, and that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastEdit {
    /// Its number.
    pub number: u64,
    /// What it did: `tags of 2 facts`.
    pub what: String,
    /// When: `25 Nov 14:03`.
    pub when: String,
    /// The files that are as it left them, or that somebody else has changed since.
    pub files: Vec<WrittenEvent>,
}
