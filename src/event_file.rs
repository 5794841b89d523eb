//! The event file: from text to an [`Event`], with everything that is wrong told by place.
//!
//! A file is read in one quick pass when nothing is wrong with it. Otherwise the careful pass
//! reads it part by part: a bad fact costs that fact, a bad source that source, a bad key that
//! key. `docs/event-format.md` is the format's contract.

mod build;
pub mod edit;
mod fields;
mod places;
mod shape;

use std::cell::RefCell;
use std::rc::Rc;

use indexmap::IndexMap;

use crate::finding::{Anchor, Finding};
use crate::model::conflict;
use crate::model::text::{clean, one_line};
use crate::model::{Event, Source};
use crate::yaml::tree::NodeKind;
use crate::yaml::{self, Key, Node, Position, Step, Tree, TreeError, Unknown};

pub(crate) use build::own_value;
pub(crate) use shape::OWN_KEYS;
pub use shape::{EventShape, SourceShape};

/// How many faults of one file are told.
pub(crate) const MOST_TOLD: usize = 1000;

/// What came of reading one event file.
#[derive(Debug, Default)]
pub struct Reading {
    /// The event, unless the file is not one at all.
    pub event: Option<Event>,
    /// What is wrong with it, places worked out.
    pub findings: Vec<Finding>,
}

/// Reads the text of an event file; `path` is relative to the desk, its stem the default id.
pub fn read(path: &str, text: &str) -> Reading {
    if text.len() > yaml::MAX_FILE {
        return unreadable(path, too_large(text.len()));
    }
    if let Some(upper) = conflict::upper(text) {
        let mut reading = read(path, &upper);
        reading.findings.extend(conflict::findings(path, text));
        reading.findings.sort_by_key(Finding::position);
        return reading;
    }
    let stem = path.rsplit('/').next().unwrap_or(path);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let mut findings = Vec::new();
    let (shape, facts) = match yaml::parse::<EventShape>(text) {
        Some(mut shape) if shape.title.is_some() && shape.facts.is_some() => {
            let facts = std::mem::take(&mut shape.facts).unwrap_or_default().into_iter().enumerate().collect();
            (shape, facts)
        }
        // No title or no facts: perhaps no event file at all, which the careful pass can tell.
        _ => match careful(path, text, &mut findings) {
            Ok(parts) => parts,
            Err(error) => return unreadable(path, error),
        },
    };
    let event = build::event(path, stem, shape, facts, &mut findings);
    tell_most(path, &mut findings);
    if findings.iter().any(|f| matches!(f.anchor, Anchor::Route(_))) {
        locate(text, &mut findings);
    }
    findings.sort_by_key(Finding::position);
    Reading { event: Some(event), findings }
}

/// Reads `briefs/sources.yaml`: shared sources by key, in Hayagriva's format with our own keys.
pub fn read_sources(path: &str, text: &str) -> (IndexMap<Box<str>, Source>, Vec<Finding>) {
    let mut findings = Vec::new();
    if text.len() > yaml::MAX_FILE {
        return (IndexMap::new(), unreadable(path, too_large(text.len())).findings);
    }
    let shapes = match yaml::parse::<yaml::shape::Keyed<SourceShape>>(text) {
        Some(shapes) => shapes.0,
        None => match Tree::parse(text) {
            Ok(tree) => {
                let mut reader = PartReader::new(path, &mut findings);
                reader.oddities(&tree);
                if !tree.root.is_null() && !matches!(tree.root.kind, NodeKind::Map(_)) {
                    reader.bad(
                        "unreadable",
                        "the file",
                        TreeError {
                            message: "the shared sources are a mapping from keys to sources".into(),
                            at: Some(tree.root.at),
                        },
                    );
                }
                let good = reader.keep_readable::<SourceShape>(&tree.root, "bad-value", "source");
                let read = reader.read::<yaml::shape::Keyed<SourceShape>>(&good);
                reader.finish();
                read.map(|shapes| shapes.0).unwrap_or_default()
            }
            Err(error) => return (IndexMap::new(), unreadable(path, error).findings),
        },
    };
    let sources = build::sources(path, shapes, &[], &mut findings);
    if findings.iter().any(|f| matches!(f.anchor, Anchor::Route(_))) {
        locate(text, &mut findings);
    }
    (sources, findings)
}

/// Leaves those faults of one file that a reader may get through, and tells how many there are besides.
///
/// A file of nothing but faults would else take minutes to be placed and printed.
pub(crate) fn tell_most(path: &str, findings: &mut Vec<Finding>) {
    let Some(more) = findings.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) else { return };
    findings.truncate(MOST_TOLD);
    let message = format!("{more} more faults in this file are not told");
    findings.push(Finding::error("bad-value", path, Anchor::File, message));
}

/// Turns the ways of findings into places of this text, by its lines where they tell them.
pub fn locate<'f>(text: &str, findings: impl IntoIterator<Item = &'f mut Finding>) {
    let upper = conflict::upper(text);
    let text = upper.as_deref().unwrap_or(text);
    let lines = places::Lines::of(text);
    let mut tree = None;
    for finding in findings {
        let Anchor::Route(route) = &finding.anchor else { continue };
        let id = finding.fact.as_deref().and_then(|fact| fact.split_once('#')).map(|(_, id)| id);
        let quick = lines.as_ref().and_then(|lines| lines.find(route, id));
        let place = quick.or_else(|| {
            let tree = tree.get_or_insert_with(|| Tree::parse(text)).as_ref().ok()?;
            Some(tree.root.locate_words(route))
        });
        if let Some((start, end)) = place {
            finding.anchor = if start < end { Anchor::Between(start, end) } else { Anchor::At(start) };
        }
    }
}

/// Where each item of the file's `facts:` stands, by its place in the list.
pub fn fact_positions(text: &str) -> Vec<Position> {
    let upper = conflict::upper(text);
    let Ok(tree) = Tree::parse(upper.as_deref().unwrap_or(text)) else { return Vec::new() };
    let facts = tree.root.get("facts").map(|n| n.items().len()).unwrap_or_default();
    (0..facts).map(|i| tree.root.locate(&[Step::Key("facts".into()), Step::Index(i)])).collect()
}

fn too_large(bytes: usize) -> TreeError {
    TreeError {
        message: format!(
            "the file has {} MB; at most {} MB are read",
            bytes.div_ceil(1024 * 1024),
            yaml::MAX_FILE / 1024 / 1024
        ),
        at: None,
    }
}

fn unreadable(path: &str, error: TreeError) -> Reading {
    let anchor = error.at.map_or(Anchor::File, Anchor::At);
    let finding = Finding::error("unreadable", path, anchor, error.message)
        .help("the rest of the desk is read without this file");
    Reading { event: None, findings: vec![finding] }
}

type Parts = (EventShape, Vec<(usize, shape::FactShape)>);

fn careful(path: &str, text: &str, findings: &mut Vec<Finding>) -> Result<Parts, TreeError> {
    let tree = Tree::parse(text)?;
    let root = &tree.root;
    if !["title", "date", "facts"].iter().any(|key| root.get(key).is_some()) {
        return Err(TreeError {
            message: "an event file is a mapping with `title`, `date` and `facts`".into(),
            at: Some(root.at),
        });
    }
    let mut reader = PartReader::new(path, findings);
    reader.oddities(&tree);
    let mut facts = Vec::new();
    let mut kept: Vec<(Key, Rc<Node>)> = Vec::new();
    for (key, node) in root.entries() {
        match &*key.text {
            "facts" => facts = reader.facts(node),
            "actors" => kept.push((key.clone(), reader.keep_readable::<shape::ActorEntry>(node, "bad-value", "actor"))),
            "sources" => kept.push((key.clone(), reader.keep_readable::<SourceShape>(node, "bad-value", "source"))),
            _ => {
                let lone = Node::map_of(key.at, vec![(key.clone(), Rc::clone(node))]);
                if reader.try_read::<EventShape>(&lone, "bad-value", &format!("`{}`", key.text)).is_some() {
                    kept.push((key.clone(), Rc::clone(node)));
                }
            }
        }
    }
    if root.get("facts").is_none() {
        let message = "`facts` is missing: a list, each item starting with `- id:`".to_owned();
        reader.findings.push(Finding::error("bad-value", path, Anchor::At(root.at), message));
    }
    let shape = reader.read::<EventShape>(&Node::map_of(root.at, kept)).unwrap_or_default();
    reader.finish();
    Ok((shape, facts))
}

/// Reads parts of a tree, turning what does not fit into findings.
struct PartReader<'a> {
    path: &'a str,
    findings: &'a mut Vec<Finding>,
    unknown: RefCell<Vec<Unknown>>,
}

impl<'a> PartReader<'a> {
    fn new(path: &'a str, findings: &'a mut Vec<Finding>) -> Self {
        Self { path, findings, unknown: RefCell::default() }
    }

    fn bad(&mut self, rule: &'static str, what: &str, error: TreeError) {
        let anchor = error.at.map_or(Anchor::File, Anchor::At);
        self.findings.push(
            Finding::error(rule, self.path, anchor, error.message)
                .help(format!("{} is left out until this is mended; the rest is read", one_line(&clean(what)))),
        );
    }

    fn oddities(&mut self, tree: &Tree) {
        for oddity in &tree.oddities {
            let anchor = oddity.at.map_or(Anchor::File, Anchor::At);
            self.findings.push(Finding::error("bad-value", self.path, anchor, oddity.message.clone()));
        }
    }

    fn read<T: serde::de::DeserializeOwned>(&mut self, node: &Node) -> Option<T> {
        node.read(&self.unknown).ok()
    }

    fn try_read<T: serde::de::DeserializeOwned>(&mut self, node: &Node, rule: &'static str, what: &str) -> Option<T> {
        // Unknown keys are noted by the final read of what is kept.
        match node.read(&RefCell::default()) {
            Ok(value) => Some(value),
            Err(error) => {
                self.bad(rule, what, error);
                None
            }
        }
    }

    /// The mapping without the entries that cannot be read.
    fn keep_readable<T: serde::de::DeserializeOwned>(
        &mut self,
        node: &Rc<Node>,
        rule: &'static str,
        noun: &str,
    ) -> Rc<Node> {
        if node.is_null() {
            return Rc::clone(node);
        }
        if !matches!(node.kind, NodeKind::Map(_)) {
            let message = format!(
                "expected a mapping from keys, one entry a{} {noun}",
                if noun.starts_with('a') { "n" } else { "" }
            );
            self.bad(rule, &format!("every {noun}"), TreeError { message, at: Some(node.at) });
            return Rc::new(Node::map_of(node.at, Vec::new()));
        }
        let mut kept = Vec::new();
        for (key, value) in node.entries() {
            if self.try_read::<T>(value, rule, &format!("{noun} `{}`", key.text)).is_some() {
                kept.push((key.clone(), Rc::clone(value)));
            }
        }
        Rc::new(Node::map_of(node.at, kept))
    }

    fn facts(&mut self, node: &Rc<Node>) -> Vec<(usize, shape::FactShape)> {
        if !matches!(node.kind, NodeKind::List(_)) && !node.is_null() {
            let message = "`facts` is a list, each item starting with `- id:`".to_owned();
            self.bad("bad-value", "every fact", TreeError { message, at: Some(node.at) });
        }
        let mut facts = Vec::new();
        for (i, item) in node.items().iter().enumerate() {
            match item.read(&self.unknown) {
                Ok(fact) => facts.push((i, fact)),
                Err(error) => self.bad("bad-fact", "this fact", error),
            }
        }
        facts
    }

    fn finish(self) {
        for unknown in self.unknown.into_inner() {
            let message = format!("unknown key `{}`", unknown.key);
            let help = match home_of(&unknown.key) {
                Some(home) => format!("`{}` is a key of {home}", unknown.key),
                None if *unknown.key == *"locator" => AT.to_owned(),
                None => unknown.help(),
            };
            let finding = Finding::warning("unknown-key", self.path, Anchor::At(unknown.at), message).help(help);
            self.findings.push(finding);
        }
    }
}

/// What is meant by a key that other programs know.
const AT: &str = "where in its source a fact stands is `at`: `sources: [{ source: KEY, at: para 2 }]`";

/// What a key belongs to that is easily put elsewhere.
fn home_of(key: &str) -> Option<&'static str> {
    Some(match key {
        "credibility" | "kind" | "priority" | "speaker" | "words" => "a fact",
        "author" | "origin" | "parent" | "reliability" | "url" => "a source",
        "excerpt" => "a source as a fact uses it: `sources: [{ source: KEY, excerpt: … }]`",
        _ => return None,
    })
}

#[cfg(test)]
mod edit_tests;
#[cfg(test)]
mod tests;
