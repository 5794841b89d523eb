//! The front matter of a draft.

use std::ops::Range;

use indexmap::IndexMap;
use serde::Deserialize;

use super::{Draft, FieldValue};
use crate::model::{Settings, conflict};
use crate::template::Template;
use crate::yaml::edit::scalar;
use crate::yaml::shape::{Keyed, OneOrMany, Text};
use crate::yaml::{FrontBlock, Node, NodeKind, Position, Tree, read_loosely};

/// What a draft says about itself, every value as text as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// From the opening `---` (or a byte order mark before it) to the end of the closing line, without
    /// its line end; empty if there is none.
    pub range: Range<usize>,
    /// The YAML between the two lines.
    pub yaml: Range<usize>,
    /// The template's id.
    pub template: Option<String>,
    /// The note's title.
    pub title: Option<String>,
    /// The note's date.
    pub date: Option<String>,
    /// The information cut-off.
    pub as_of: Option<String>,
    /// The marking, such as `TLP:CLEAR`.
    pub marking: Option<String>,
    /// The note's language.
    pub language: Option<String>,
    /// A CSL style's id, or `none`.
    pub citations: Option<String>,
    /// The scale of likelihood words.
    pub scale: Option<String>,
    /// The marking scheme.
    pub scheme: Option<String>,
    /// The query the list of facts opens with.
    pub facts: Option<String>,
    /// The template's own fields.
    pub fields: IndexMap<String, FieldValue>,
    /// What is wrong with it.
    pub problems: Vec<FrontMatterProblem>,
}

/// What is wrong with front matter; it costs the key in which it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatterProblem {
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
    /// Where, in the draft's text.
    pub at: Position,
    /// Is it only a key that nobody knows?
    pub unknown_key: bool,
}

impl FrontMatter {
    /// Reads the front matter at the start of a text. What is opened and never closed is no front matter.
    pub fn read(text: &str) -> Self {
        let start = text.len() - crate::yaml::strip_bom(text).len();
        let Some(block) = FrontBlock::find(text) else {
            return Self { range: start..start, yaml: start..start, ..Self::default() };
        };
        let yaml = &text[block.yaml.clone()];
        let upper = conflict::upper(yaml);
        let loose = read_loosely::<DraftShape>(upper.as_deref().unwrap_or(yaml), 2);
        let first = Position { line: 2, column: 1 };
        let errors = loose.errors.into_iter().map(|e| FrontMatterProblem {
            message: e.message,
            help: None,
            at: e.at.unwrap_or(first),
            unknown_key: false,
        });
        let unknown = loose.unknown.into_iter().map(|u| FrontMatterProblem {
            message: format!("unknown key `{}`", u.key),
            help: Some(u.help()),
            at: u.at,
            unknown_key: true,
        });
        let problems = errors.chain(unknown).collect();
        let end = block.block.start + text[block.block.clone()].trim_end_matches(['\r', '\n']).len();
        Self { range: block.block.start..end, yaml: block.yaml, problems, ..loose.value.into_front_matter() }
    }

    /// Whether this front matter, read from `text`, is that of any text that differs from it only from the byte `at` on:
    /// there is some, and all of its closing line stands before.
    pub(super) fn stays(&self, text: &str, at: usize) -> bool {
        let behind = text.get(self.range.end..at).unwrap_or_default();
        self.range.start < self.range.end && behind.contains('\n')
    }
}

/// The front matter of a draft.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct DraftShape {
    /// The template's id.
    template: Option<Text>,
    /// The note's title, plain text.
    title: Option<Text>,
    /// The note's date, EDTF.
    date: Option<Text>,
    /// The information cut-off, EDTF.
    as_of: Option<Text>,
    /// The marking, such as `TLP:CLEAR`.
    marking: Option<Text>,
    /// The note's language (BCP 47).
    language: Option<Text>,
    /// A CSL style id, or `none`.
    citations: Option<Text>,
    /// The scale of likelihood words: icd-203 or phia.
    scale: Option<Text>,
    /// The marking scheme.
    scheme: Option<Text>,
    /// The query the Facts pane opens with.
    facts: Option<Text>,
    /// The template's own fields, each a text or a list of texts.
    fields: Keyed<OneOrMany<Text>>,
}

impl DraftShape {
    fn into_front_matter(self) -> FrontMatter {
        let text = |value: Option<Text>| value.map(|text| text.0.into_string());
        let fields = self.fields.0.into_iter().map(|(key, value)| (key.0.into_string(), field_value(value)));
        FrontMatter {
            template: text(self.template),
            title: text(self.title),
            date: text(self.date),
            as_of: text(self.as_of),
            marking: text(self.marking),
            language: text(self.language),
            citations: text(self.citations),
            scale: text(self.scale),
            scheme: text(self.scheme),
            facts: text(self.facts),
            fields: fields.collect(),
            ..FrontMatter::default()
        }
    }
}

fn field_value(value: OneOrMany<Text>) -> FieldValue {
    let mut items: Vec<String> = value.0.into_iter().map(|text| text.0.into_string()).collect();
    match items.len() {
        1 => FieldValue::text(items.remove(0)),
        _ => FieldValue::list(items),
    }
}

impl Draft {
    /// The language of its note (BCP 47): its own, else the template's, else the desk's, else English.
    pub fn language<'a>(&'a self, template: &'a Template, settings: &'a Settings) -> &'a str {
        let own = self.front().language.as_deref().or(template.language.as_deref());
        own.or(settings.language.as_deref()).unwrap_or("en")
    }

    /// Sets a top-level value of the front matter, which is made if there is none. The other lines
    /// stay, and a comment behind the value too. `None` if the YAML is not one key a line.
    pub fn set_front_matter(&self, key: &str, value: &str) -> Option<Self> {
        let eol = self.eol();
        let entry = format!("{key}: {}", scalar(value));
        let front = self.front();
        let (text, at) = (self.text(), front.range.start);
        if front.range.start == front.range.end {
            let gap = if text[at..].trim_start_matches([' ', '\t']).is_empty() || text[at..].starts_with(['\r', '\n']) {
                ""
            } else {
                eol
            };
            return Some(self.with_text(&format!("{}---{eol}{entry}{eol}---{eol}{gap}{}", &text[..at], &text[at..])));
        }
        let yaml = &text[front.yaml.clone()];
        let flow = yaml.lines().map(str::trim_start).find(|line| !line.is_empty() && !line.starts_with('#'));
        if front.problems.iter().any(|p| !p.unknown_key) || flow.is_some_and(|line| line.starts_with(['{', '[', '-'])) {
            return None;
        }
        // All keys may stand indented.
        let first = flow.and_then(|first| yaml.lines().find(|line| line.trim_start() == first));
        let indent = first.map_or("", |line| &line[..line.len() - line.trim_start().len()]);
        let entry = format!("{indent}{entry}");
        let Some(old) = entry_range(yaml, indent, key) else {
            let end = front.yaml.end;
            let set = self.with_text(&format!("{}{entry}{eol}{}", &text[..end], &text[end..]));
            let after = set.text().get(set.front().yaml.clone())?;
            return sets_only(yaml, after, key, value).then_some(set);
        };
        let comment = comment_of(&yaml[old.clone()]);
        let (start, end) = (front.yaml.start + old.start, front.yaml.start + old.end);
        let set = self.with_text(&format!("{}{entry}{comment}{}", &text[..start], &text[end..]));
        let after = set.text().get(set.front().yaml.clone())?;
        sets_only(yaml, after, key, value).then_some(set)
    }
}

/// Whether one value is another and nothing else: a text in quotation marks may go on where a key would stand.
fn sets_only(before: &str, after: &str, key: &str, value: &str) -> bool {
    let (Ok(before), Ok(after)) = (Tree::parse(before), Tree::parse(after)) else { return false };
    let (old, new) = (before.root.entries(), after.root.entries());
    let set = |is: &Node| matches!(&is.kind, NodeKind::Scalar { text, .. } if **text == *value);
    let mut pairs = old.iter().zip(new);
    // A key that was not there is the last.
    let added = match new.get(old.len()..) {
        Some([]) => true,
        Some([(last, is)]) => *last.text == *key && set(is) && old.iter().all(|(name, _)| *name.text != *key),
        _ => false,
    };
    added && pairs.all(|((a, was), (b, is))| a.text == b.text && if *a.text == *key { set(is) } else { was.same(is) })
}

/// The lines of a top-level entry, without the last line end.
fn entry_range(yaml: &str, indent: &str, key: &str) -> Option<Range<usize>> {
    let mut found: Option<Range<usize>> = None;
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        let end = at + line.trim_end_matches(['\r', '\n']).len();
        let inner = line.strip_prefix(indent).unwrap_or_default();
        let top = !inner.is_empty() && !inner.starts_with([' ', '\t', '\r', '\n', '-', ']', '}']);
        match &mut found {
            Some(_) if top => break,
            Some(range) if !line.trim().is_empty() => range.end = end,
            Some(_) => {}
            None if top && names(inner, key) => found = Some(at..end),
            None => {}
        }
        at += line.len();
    }
    found
}

/// Does a line start with this key?
fn names(line: &str, key: &str) -> bool {
    [key.to_owned(), format!("\"{key}\""), format!("'{key}'")]
        .iter()
        .filter_map(|name| line.strip_prefix(name.as_str()))
        .filter_map(|rest| rest.trim_start_matches([' ', '\t']).strip_prefix(':'))
        .any(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}

/// The comment behind a one-line entry, with the space before it.
fn comment_of(entry: &str) -> &str {
    let Some((_, value)) = entry.split_once(':').filter(|_| !entry.contains('\n')) else { return "" };
    let value_start = value.trim_start();
    let skip = match value_start.chars().next() {
        Some(quote @ ('"' | '\'')) => value_start[1..].rfind(quote).map_or(0, |close| close + 2),
        _ => 0,
    };
    // A quote in the comment would hide its start: then the first `#` behind the first quoted text counts.
    let rest = &value_start[skip..];
    rest.find('#').filter(|hash| rest[..*hash].ends_with([' ', '\t'])).map_or("", |hash| {
        let start = rest[..hash].trim_end_matches([' ', '\t']).len();
        &rest[start..]
    })
}
