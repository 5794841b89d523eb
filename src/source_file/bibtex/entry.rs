//! Entries with their abbreviations written out, and what they take over from others.

use std::collections::HashMap;

use biblatex::{ParseError, ParseErrorKind, RawBibliography, RawChunk, Token};
use indexmap::IndexMap;
use indexmap::map::Entry as Slot;

use super::scan::{Part, Piece, split};
use crate::finding::{Anchor, Finding};
use crate::yaml::{MAX_FIELD, MAX_FILE};

/// A field: LaTeX as written, and where its value starts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Field {
    pub text: String,
    pub at: usize,
}

/// An entry: type and fields by name, in small letters.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub kind: String,
    pub key: String,
    /// The byte at which the entry starts.
    pub at: usize,
    /// The byte at which the key starts.
    pub key_at: usize,
    pub fields: IndexMap<Box<str>, Field>,
}

impl Entry {
    /// A field's text, if it has one.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(|field| field.text.trim()).filter(|text| !text.is_empty())
    }

    /// The first of several fields that has a text.
    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name))
    }
}

/// What reading a file has come to so far.
pub(super) struct Reader<'t> {
    path: &'t str,
    strings: HashMap<String, String>,
    pub entries: Vec<Entry>,
    pub findings: Vec<Finding>,
    /// How many bytes abbreviations and other entries may still add; none once that was told.
    budget: Option<usize>,
}

impl<'t> Reader<'t> {
    /// Reads every entry of a text; findings point at bytes.
    pub(super) fn read(path: &'t str, text: &str) -> Self {
        let mut reader = Self {
            path,
            strings: HashMap::new(),
            entries: Vec::new(),
            findings: Vec::new(),
            budget: Some(MAX_REPEATED),
        };
        let parts = split(text);
        if parts.is_empty() && has_words(text) {
            let message = "not BibTeX: there is no entry such as `@book{key, title = {…}}` in it";
            let finding = Finding::error("unreadable", path, Anchor::byte(0), message);
            reader.findings.push(finding.help("the rest of the desk is read without this file"));
        }
        for part in parts {
            match part {
                Part::Entry(piece) => reader.piece(&piece),
                Part::Broken { at, message } => reader.refuse(at, message),
                Part::Stray { at } => {
                    let message = "these fields stand behind the end of their entry and are not read";
                    reader.findings.push(
                        Finding::error("bad-value", path, Anchor::byte(at), message)
                            .help("a `}` too many closes the entry above"),
                    );
                }
            }
        }
        reader
    }

    fn refuse(&mut self, at: usize, message: String) {
        let finding = Finding::error("bad-value", self.path, Anchor::byte(at), message);
        self.findings.push(finding.help("this entry is left out until it is mended; the rest of the file is read"));
    }

    fn warn(&mut self, at: usize, message: String) {
        self.findings.push(Finding::warning("bad-value", self.path, Anchor::byte(at), message));
    }

    fn piece(&mut self, piece: &Piece<'_>) {
        let kind = piece.kind.to_lowercase();
        if kind == "preamble" {
            return;
        }
        let text = with_braces(piece);
        let raw = match RawBibliography::parse(&text) {
            Ok(raw) => raw,
            Err(error) => {
                let key = text[piece.open + 1..].split([',', '\n', '}']).next().unwrap_or_default().trim();
                let named = if key.is_empty() { format!("`@{kind}`") } else { format!("`{key}`") };
                self.refuse(piece.at + error.span.start, format!("{named} cannot be read: {}", reason(&error)));
                return;
            }
        };
        for pair in &raw.abbreviations {
            let name = pair.key.v.to_lowercase();
            let value = self.joined(&pair.value.v, piece.at);
            self.strings.insert(name, value.text);
        }
        for entry in &raw.entries {
            let raw_entry = &entry.v;
            let key = raw_entry.key.v;
            if key.is_empty() {
                self.refuse(piece.at, format!("`@{kind}` has no key, so it cannot be cited"));
                continue;
            }
            let mut read = Entry {
                kind: kind.clone(),
                key: key.to_owned(),
                at: piece.at,
                key_at: piece.at + raw_entry.key.span.start,
                fields: IndexMap::with_capacity(raw_entry.fields.len()),
            };
            for pair in &raw_entry.fields {
                let name = pair.key.v.to_lowercase();
                if IGNORED.contains(&&*name) {
                    continue;
                }
                let field = self.joined(&pair.value.v, piece.at);
                if field.text.len() > MAX_FIELD {
                    let (most, has) = (MAX_FIELD / 1024, field.text.len().div_ceil(1024));
                    let message = format!("a field holds at most {most} KB, `{name}` of `{key}` has {has} KB");
                    self.warn(field.at, message);
                    continue;
                }
                match read.fields.entry(name.into()) {
                    Slot::Vacant(slot) => drop(slot.insert(field)),
                    // The same once more loses nothing.
                    Slot::Occupied(first) if first.get().text.trim() == field.text.trim() => {}
                    Slot::Occupied(first) => {
                        let message = format!("`{}` stands twice in `{key}`; the first stays", first.key());
                        self.warn(piece.at + pair.key.span.start, message);
                    }
                }
            }
            self.entries.push(read);
        }
    }

    /// Takes bytes off the budget; from the first time that they are too many, which is told, no more.
    fn spend(&mut self, bytes: usize, at: usize) -> bool {
        let Some(left) = self.budget else { return false };
        self.budget = left.checked_sub(bytes);
        if self.budget.is_none() {
            let most = MAX_REPEATED / 1024 / 1024;
            self.warn(
                at,
                format!("`@string`, `crossref` and `xdata` repeat more than {most} MB; from here on they do not"),
            );
        }
        self.budget.is_some()
    }

    /// The parts of a value as one text, abbreviations written out.
    fn joined(&mut self, chunks: &biblatex::Field<'_>, base: usize) -> Field {
        let mut text = String::new();
        for chunk in chunks {
            match chunk.v {
                RawChunk::Normal(part) => text.push_str(part),
                RawChunk::Abbreviation(name) => {
                    let at = base + chunk.span.start;
                    match self.strings.get(&name.to_lowercase()).map(String::len) {
                        Some(length) => {
                            if self.spend(length, at)
                                && let Some(meant) = self.strings.get(&name.to_lowercase())
                            {
                                text.push_str(meant);
                            }
                        }
                        None => {
                            // The months are known; anything else is told and stands for itself.
                            if super::super::dates::month_number(name).is_none() {
                                let message = format!("no `@string` above this says what `{name}` stands for");
                                self.warn(at, message);
                            }
                            text.push_str(name);
                        }
                    }
                }
            }
        }
        let start = chunks.first().map_or(0, |chunk| chunk.span.start);
        Field { text, at: base + start }
    }

    /// Gives entries the fields that they take over through `crossref` and `xdata`.
    pub(super) fn inherit(&mut self) {
        let mut places: HashMap<String, usize> = HashMap::with_capacity(self.entries.len());
        for (i, entry) in self.entries.iter().enumerate() {
            places.entry(entry.key.clone()).or_insert(i);
        }
        let mut done = vec![false; self.entries.len()];
        for i in 0..self.entries.len() {
            self.settle(i, &places, &mut done, 0);
        }
    }

    fn settle(&mut self, i: usize, places: &HashMap<String, usize>, done: &mut [bool], depth: usize) {
        // A circle ends where it began.
        if done.get(i).copied().unwrap_or(true) {
            return;
        }
        done[i] = true;
        let field = |name: &str| self.entries[i].fields.get(name).cloned().unwrap_or_default();
        let (xdata, crossref) = (field("xdata"), field("crossref"));
        let keys = xdata.text.split(',').map(|key| (key, false, xdata.at));
        for (key, cross, at) in keys.chain(std::iter::once((crossref.text.as_str(), true, crossref.at))) {
            let key = key.trim();
            if key.is_empty() {
                continue;
            }
            let Some(parent) = places.get(key).copied().filter(|parent| *parent != i) else {
                let what = if cross { "crossref" } else { "xdata" };
                let message =
                    format!("`{what}` of `{}` names `{key}`, which is no entry of this file", self.entries[i].key);
                self.warn(at, message);
                continue;
            };
            if depth < 8 {
                self.settle(parent, places, done, depth + 1);
            }
            self.take_over(i, parent, cross);
        }
    }

    fn take_over(&mut self, child: usize, parent: usize, cross: bool) {
        let (kind, parent_kind) = (self.entries[child].kind.clone(), self.entries[parent].kind.clone());
        let mut taken: Vec<(Box<str>, Field)> = Vec::new();
        let mut cost = 0_usize;
        for (name, field) in &self.entries[parent].fields {
            let name = if cross { inherited_name(name, &kind, &parent_kind) } else { Some(&**name) };
            let Some(name) = name.filter(|name| !OWN.contains(name)) else { continue };
            let there = self.entries[child].fields.contains_key(name);
            cost += 8 + if there { 0 } else { field.text.len() };
            if cost > self.budget.unwrap_or_default() {
                break;
            }
            if !there {
                taken.push((name.into(), field.clone()));
            }
        }
        let at = self.entries[child].at;
        if !self.spend(cost, at) {
            return;
        }
        for (name, field) in taken {
            if let Slot::Vacant(slot) = self.entries[child].fields.entry(name) {
                slot.insert(field);
            }
        }
    }
}

/// How many bytes abbreviations and other entries may add in one file.
const MAX_REPEATED: usize = 4 * MAX_FILE;

/// Fields that say nothing about the source.
const IGNORED: &[&str] = &["file", "localfile", "bdsk-file-1", "bdsk-file-2", "date-added", "date-modified"];

/// Fields that no entry takes over from another.
const OWN: &[&str] = &[
    "crossref",
    "xdata",
    "xref",
    "ids",
    "entryset",
    "relatedtype",
    "related",
    "relatedstring",
    "relatedoptions",
    "label",
    "options",
    "presort",
    "sortkey",
    "shorthand",
    "shorthandintro",
    "execute",
    "abstract",
    "annotation",
    "annote",
    "keywords",
    "shorttitle",
];

/// The name under which an entry takes over its parent's field (BibLaTeX's standard rules).
fn inherited_name<'f>(name: &'f str, kind: &str, parent: &str) -> Option<&'f str> {
    let multi_volume = parent.starts_with("mv");
    let part = matches!(
        kind,
        "inbook"
            | "incollection"
            | "inproceedings"
            | "conference"
            | "inreference"
            | "suppbook"
            | "suppcollection"
            | "bookinbook"
    );
    let periodical = parent == "periodical";
    Some(match name {
        "title" | "subtitle" | "titleaddon" if multi_volume => match name {
            "title" => "maintitle",
            "subtitle" => "mainsubtitle",
            _ => "maintitleaddon",
        },
        "title" if periodical => "journaltitle",
        "subtitle" if periodical => "journalsubtitle",
        "title" if part => "booktitle",
        "subtitle" if part => "booksubtitle",
        "titleaddon" if part => "booktitleaddon",
        "author" if matches!(kind, "inbook" | "bookinbook" | "suppbook") && parent.ends_with("book") => "bookauthor",
        "author" if part => return None,
        "title" | "subtitle" | "titleaddon" => return None,
        other => other,
    })
}

/// The entry with braces around it: the library knows no parentheses.
fn with_braces<'t>(piece: &Piece<'t>) -> std::borrow::Cow<'t, str> {
    if !piece.round {
        return piece.text.into();
    }
    let inner = &piece.text[piece.open + 1..piece.text.len() - 1];
    format!("{}{{{inner}}}", &piece.text[..piece.open]).into()
}

/// Whether there is anything but blanks and lines of comment.
fn has_words(text: &str) -> bool {
    let empty =
        |line: &str| line.is_empty() || line.starts_with('%') || line.to_ascii_lowercase().starts_with("@comment");
    !text.lines().all(|line| empty(line.trim())) && !text.to_ascii_lowercase().contains("@comment{")
}

fn reason(error: &ParseError) -> String {
    let token = |token: &Token| match token {
        Token::Identifier => "the name of a field",
        Token::OpeningBrace => "`{`",
        Token::ClosingBrace => "`}`",
        Token::Comma => "a comma",
        Token::QuotationMark => "`\"`",
        Token::Equals => "`=`",
        Token::DecimalPoint => "`.`",
    };
    match &error.kind {
        ParseErrorKind::UnexpectedEof => {
            "a value is missing, or its quotation marks or braces are not closed".to_owned()
        }
        ParseErrorKind::Expected(expected) => format!("{} is expected here", token(expected)),
        ParseErrorKind::Unexpected(unexpected) => format!("{} cannot stand here", token(unexpected)),
        _ => "it is no BibTeX".to_owned(),
    }
}
