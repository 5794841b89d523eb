//! Files of shared sources: YAML in Hayagriva's format, BibTeX, and CSL-JSON, all into the model.
//!
//! A broken source costs that source. Of two with one key the first stays: those of
//! `briefs/sources.yaml` before those of `briefs/*.bib` by name, those before `briefs/*.json`.

mod bibtex;
mod csl_json;
mod dates;
mod places;

use std::sync::Arc;

use indexmap::IndexMap;
use indexmap::map::Entry as Slot;

use crate::event_file::{self, OWN_KEYS};
use crate::finding::{Anchor, Finding};
use crate::model::Source;
use crate::model::conflict;
use crate::model::desk::SHARED_PATH;
use crate::model::source::{Capture, SourcePlace};
use crate::model::text::nearest;
use crate::yaml::shape::Text;

/// The folder in which files of shared sources stand.
const FOLDER: &str = "briefs/";

/// What came of reading one file of shared sources.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The sources in the order of the file; one key may stand there twice.
    pub sources: Vec<Source>,
    /// What is wrong with the file, places worked out.
    pub findings: Vec<Finding>,
}

/// The formats, in the order in which they go before one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Format {
    Yaml,
    BibTex,
    CslJson,
}

/// The format of a file by its path, relative to the desk.
fn format(path: &str) -> Option<Format> {
    if path == SHARED_PATH {
        return Some(Format::Yaml);
    }
    let name = path.strip_prefix(FOLDER).filter(|name| !name.contains('/') && !name.starts_with('.'))?;
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "bib" => Some(Format::BibTex),
        "json" => Some(Format::CslJson),
        _ => None,
    }
}

/// Tells whether a path, relative to the desk, is that of a file of shared sources.
pub fn is_shared(path: &str) -> bool {
    format(path).is_some()
}

/// Puts paths of shared sources into the order in which their sources count.
pub fn in_order(paths: &mut [String]) {
    paths.sort_by(|a, b| (format(a), a).cmp(&(format(b), b)));
}

/// Reads the text of a file of shared sources; the path tells the format.
pub fn read(path: &str, text: &str) -> Gathered {
    let format = format(path).unwrap_or(Format::Yaml);
    if text.len() > crate::yaml::MAX_FILE {
        return Gathered { sources: Vec::new(), findings: event_file::read_sources(path, text).1 };
    }
    let upper = conflict::upper(text);
    let marks = upper.as_ref().map(|_| conflict::findings(path, text));
    let text = upper.as_deref().unwrap_or(text);
    let mut gathered = match format {
        Format::Yaml => yaml(path, text),
        Format::BibTex => bibtex::read(path, text),
        Format::CslJson => csl_json::read(path, text),
    };
    gathered.findings.extend(marks.into_iter().flatten());
    gathered.findings.sort_by_key(Finding::position);
    event_file::tell_most(path, &mut gathered.findings);
    gathered
}

fn yaml(path: &str, text: &str) -> Gathered {
    let (sources, findings) = event_file::read_sources(path, text);
    let shared: Arc<str> = path.into();
    let placed = |mut source: Source| {
        source.place = Some(Box::new(SourcePlace { path: Arc::clone(&shared), at: None }));
        source
    };
    Gathered { sources: sources.into_values().map(placed).collect(), findings }
}

/// Puts the sources of several files together, in the order given: of one key the first stays, and
/// each further one is told.
pub fn merge(files: impl IntoIterator<Item = Gathered>) -> (IndexMap<Box<str>, Source>, Vec<Finding>) {
    let mut sources: IndexMap<Box<str>, Source> = IndexMap::new();
    let mut findings = Vec::new();
    for file in files {
        findings.extend(file.findings);
        for source in file.sources {
            match sources.entry(source.key.clone()) {
                Slot::Vacant(slot) => drop(slot.insert(source)),
                Slot::Occupied(first) => findings.push(second(&source, first.get())),
            }
        }
    }
    (sources, findings)
}

/// What is said of a source whose key is taken.
fn second(source: &Source, first: &Source) -> Finding {
    let (key, place) = (&source.key, source.place.as_deref());
    let path = place.map_or(SHARED_PATH, |place| &*place.path);
    let anchor = place.and_then(|place| place.at).map_or(Anchor::File, Anchor::At);
    let winner = match first.place.as_deref() {
        Some(SourcePlace { path: other, at: Some(at) }) if **other == *path => format!("line {} of this file", at.line),
        Some(SourcePlace { path: other, at: Some(at) }) => format!("{other}:{}", at.line),
        Some(SourcePlace { path: other, at: None }) => other.to_string(),
        None => SHARED_PATH.to_owned(),
    };
    let message = format!("another source has the key `{key}`: that of {winner} counts, this one is left out");
    Finding::warning("duplicate-id", path, anchor, message).help("give one of them a key of its own, or delete it")
}

/// Whether a draft can cite a source by this key: any text without blanks, brackets, braces,
/// backslashes and `#`.
fn check_key(key: &str) -> Result<(), String> {
    let most = crate::model::id::MAX_ID;
    if key.chars().count() > most {
        return Err(format!("a key has at most {most} characters"));
    }
    let wrong = |c: &char| c.is_whitespace() || c.is_control() || "#{}[]\\`<>,;".contains(*c);
    match key.chars().find(wrong) {
        Some(c) if c.is_whitespace() => Err("a key holds no blanks".to_owned()),
        Some(c) => Err(format!("a key holds no `{}`", c.escape_debug())),
        None if key.is_empty() => Err("a key has at least one character".to_owned()),
        None => Ok(()),
    }
}

/// Takes our own keys into a source; a wrong value is told at its anchor.
fn own_values(path: &str, source: &mut Source, values: Vec<(String, Text, Anchor)>, findings: &mut Vec<Finding>) {
    let (mut copy, mut hash) = (None, None);
    for (name, value, anchor) in values {
        match name.as_str() {
            "capture" => copy = Some(value.0),
            "capture-sha256" => hash = Some(value.0),
            name => match OWN_KEYS.iter().find(|own| **own == name) {
                Some(own) => {
                    for mut finding in event_file::own_value(path, source, own, value) {
                        finding.anchor = anchor.clone();
                        findings.push(finding);
                    }
                }
                None => {
                    let message = format!("unknown key `{name}` of source `{}`", source.key);
                    let mut finding = Finding::warning("unknown-key", path, anchor, message);
                    if let Some(near) = nearest(name, OWN_KEYS.iter().copied()) {
                        finding = finding.help(format!("did you mean `{near}`?"));
                    }
                    findings.push(finding);
                }
            },
        }
    }
    if let Some(path) = copy.filter(|path| !path.trim().is_empty()) {
        source.capture = Some(Capture { path, sha256: hash });
    }
}

#[cfg(test)]
#[path = "source_file_tests.rs"]
mod tests;
