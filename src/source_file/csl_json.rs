//! CSL-JSON, as Zotero and others write it: each item into a source, a broken one costing that item.

mod item;
mod json;
mod split;

use std::sync::Arc;

use super::places::Places;
use super::{Gathered, check_key, own_values};
use crate::event_file::OWN_KEYS;
use crate::finding::{Anchor, Finding};
use crate::model::Source;
use crate::model::csl;
use crate::model::source::{Record, SourcePlace};
use crate::model::text::{clean, nearest};
use crate::yaml::shape::Text;
use crate::yaml::{Position, Step, Tree};
use json::Json;
use split::{Item, split};

/// Reads a file's items in their order.
pub(super) fn read(path: &str, text: &str) -> Gathered {
    let text = crate::yaml::strip_bom(text);
    if text.trim().is_empty() {
        return Gathered::default();
    }
    let places = Places::new(text);
    let Some(items) = split(text) else {
        let message = "not CSL-JSON: a list of items such as `[{ \"id\": \"key\", \"type\": \"book\", … }]`";
        let at = Anchor::At(places.at(text.len() - text.trim_start().len()));
        let finding = Finding::error("unreadable", path, at, message);
        let finding = finding.help("the rest of the desk is read without this file");
        return Gathered { sources: Vec::new(), findings: vec![finding] };
    };
    let mut reader = Reader { path, places, shared: path.into(), gathered: Gathered::default() };
    for item in &items.items {
        reader.item(item);
    }
    if let Some((at, message)) = items.outside {
        let at = Anchor::At(reader.places.at(at));
        reader.gathered.findings.push(Finding::error("bad-value", path, at, message));
    }
    reader.gathered
}

struct Reader<'t> {
    path: &'t str,
    places: Places<'t>,
    shared: Arc<str>,
    gathered: Gathered,
}

/// The places of an item's values, worked out only when one is asked for.
struct Inside<'t> {
    item: &'t Item<'t>,
    start: Position,
    tree: Option<Option<Tree>>,
}

impl Inside<'_> {
    fn tree(&mut self) -> Option<&Tree> {
        self.tree.get_or_insert_with(|| Tree::parse(self.item.text).ok()).as_ref()
    }

    fn at(&mut self, route: &[Step]) -> Anchor {
        let at = self.tree().map(|tree| tree.root.locate(route));
        self.in_file(at)
    }

    /// Where keys stand a second time, as many as there are.
    fn twice(&mut self, keys: &[String]) -> Vec<Anchor> {
        if keys.is_empty() {
            return Vec::new();
        }
        let found: Vec<_> = self.tree().into_iter().flat_map(|tree| &tree.oddities).map(|odd| odd.at).collect();
        let places = found.into_iter().chain(std::iter::repeat(None));
        places.take(keys.len()).map(|at| self.in_file(at)).collect()
    }

    fn in_file(&self, at: Option<Position>) -> Anchor {
        Anchor::At(match at.unwrap_or(Position { line: 1, column: 1 }) {
            Position { line: 1, column } => Position { line: self.start.line, column: self.start.column + column - 1 },
            Position { line, column } => Position { line: self.start.line + line - 1, column },
        })
    }
}

fn route(keys: &[&str]) -> Vec<Step> {
    keys.iter().map(|key| Step::Key((*key).into())).collect()
}

impl Reader<'_> {
    fn refuse(&mut self, anchor: Anchor, message: impl Into<String>) {
        let finding = Finding::error("bad-value", self.path, anchor, message);
        let help = "this item is left out until it is mended; the rest of the file is read";
        self.gathered.findings.push(finding.help(help));
    }

    fn item(&mut self, item: &Item<'_>) {
        let (json, twice) = match Json::read(item.text) {
            Ok(read) => read,
            Err(error) => {
                let (offset, reason) = fault(item.text, &error);
                let at = self.places.at(item.at + offset);
                self.refuse(Anchor::At(at), format!("this item is no JSON: {reason}"));
                return;
            }
        };
        let start = self.places.at(item.at);
        let mut inside = Inside { item, start, tree: None };
        if !matches!(json, Json::Map(_)) {
            self.refuse(Anchor::At(start), "an item is an object: `{ \"id\": \"key\", \"type\": \"book\", … }`");
            return;
        }
        let (name, key) =
            match ["citation-key", "id"].into_iter().find_map(|name| Some((name, json.get(name)?.text()?))) {
                Some(found) => found,
                None => {
                    self.refuse(Anchor::At(start), "the item has no `id`, so it cannot be cited");
                    return;
                }
            };
        if let Err(reason) = check_key(key) {
            self.refuse(inside.at(&route(&[name])), format!("`{key}` cannot be cited: {reason}"));
            return;
        }
        for (name, anchor) in twice.iter().zip(inside.twice(&twice)) {
            let message = format!("`{}` stands twice in `{key}`; the first stays", clean(name));
            self.gathered.findings.push(Finding::warning("bad-value", self.path, anchor, message));
        }
        let mut source = Source { key: key.into(), ..Source::default() };
        let kind = self.kind(&json, key, &mut inside);
        let read = item::variables(&json);
        for (variable, reason) in read.refused {
            let message = format!("`{variable}` of `{key}`: {reason}");
            let finding = Finding::error("bad-value", self.path, inside.at(&route(&[&variable])), message);
            let help = "this value is left out until it is mended; the rest of the item is read";
            self.gathered.findings.push(finding.help(help));
        }
        let mut variables = vec![("type".into(), csl::text(kind))];
        variables.extend(read.variables);
        source.record = Record::Variables(variables.into());
        source.place = Some(Box::new(SourcePlace { path: Arc::clone(&self.shared), at: Some(start) }));
        let before = self.gathered.findings.len();
        own_values(self.path, &mut source, own_keys(&json), &mut self.gathered.findings);
        for finding in self.gathered.findings.iter_mut().skip(before) {
            if let Anchor::Route(route) = &finding.anchor {
                finding.anchor = inside.at(route);
            }
        }
        self.gathered.sources.push(source);
    }

    fn kind(&mut self, json: &Json, key: &str, inside: &mut Inside<'_>) -> String {
        let written = json.get("type").and_then(Json::text).unwrap_or_default();
        let same = |known: &&&str| known.replace('_', "-") == written.replace('_', "-").to_lowercase();
        if let Some(known) = csl::TYPES.iter().find(same) {
            return (*known).to_owned();
        }
        let (message, place) = if written.is_empty() {
            (format!("`{key}` has no `type`; it is read as a document"), "id")
        } else {
            (format!("`{written}` is no type of CSL; `{key}` is read as a document"), "type")
        };
        let mut finding = Finding::warning("bad-value", self.path, inside.at(&route(&[place])), message);
        if let Some(near) = nearest(written, csl::TYPES.iter().copied()).filter(|_| !written.is_empty()) {
            finding = finding.help(format!("did you mean `{near}`?"));
        }
        self.gathered.findings.push(finding);
        "document".to_owned()
    }
}

/// Where in an item the fault is, and what it is.
fn fault(text: &str, error: &serde_json::Error) -> (usize, String) {
    let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len);
    let start = lines.sum::<usize>();
    if error.column() == 0 {
        // The end of the line before is what was met.
        return (start.saturating_sub(1), "a text is not closed by `\"` on its line".to_owned());
    }
    let said = error.to_string();
    let reason = clean(said.split(" at line ").next().unwrap_or_default()).into_owned();
    ((start + error.column() - 1).min(text.len()), reason)
}

/// Our own keys: those under `custom`, `attache`, then those at the top.
fn own_keys(json: &Json) -> Vec<(String, Text, Anchor)> {
    let mut found: Vec<(String, Text, Anchor)> = Vec::new();
    let custom = json.get("custom").and_then(|custom| custom.get("attache"));
    for (map, under) in [(custom, true), (Some(json), false)] {
        let Some(Json::Map(fields)) = map else { continue };
        for (name, value) in fields {
            let known = OWN_KEYS.contains(&name.as_str()) || name == "capture";
            let theirs = name == "status" && !item::is_ours(value);
            if !under && (!known || theirs) || found.iter().any(|(there, _, _)| there == name) {
                continue;
            }
            let anchor = Anchor::Route(if under { route(&["custom", "attache", name]) } else { route(&[name]) });
            if name == "capture" && matches!(value, Json::Map(_)) {
                for (part, own) in [("path", "capture"), ("sha256", "capture-sha256")] {
                    let text = value.get(part).and_then(Json::text);
                    found.extend(text.map(|text| (own.to_owned(), Text(text.into()), anchor.clone())));
                }
                continue;
            }
            // A list or an object where a word belongs is told as the word that it is not.
            let text = match value {
                Json::Null => continue,
                Json::Text(text) => text.clone(),
                Json::Bool(truth) => truth.to_string(),
                Json::List(_) => "[…]".to_owned(),
                Json::Map(_) => "{…}".to_owned(),
            };
            found.push((name.clone(), Text(text.into()), anchor));
        }
    }
    found
}

#[cfg(test)]
#[path = "csl_json_tests.rs"]
mod tests;
