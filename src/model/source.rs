//! Where a fact comes from: a bibliographic entry with the desk's grading.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::text::without_tags;
use super::{Edtf, Marking};
use crate::yaml::{Packed, Position, View};

/// What a source is in print, in the terms in which it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Record {
    /// Fields of [Hayagriva's format](https://github.com/typst/hayagriva/blob/main/docs/file-format.md)
    /// (type, title, author, date, url, parent, …).
    Fields(Packed),
    /// Variables of [CSL](https://docs.citationstyles.org/en/stable/specification.html) (type, title,
    /// container-title, issued, …), from BibTeX and CSL-JSON. Names are lists of `{family, given, …}`
    /// or `{literal}`, dates are EDTF, and text may hold the inline tags of CSL-JSON (`<i>`, `<sup>`,
    /// `<span class="nocase">`, …).
    Variables(Packed),
}

impl Default for Record {
    fn default() -> Self {
        Self::Fields(Packed::default())
    }
}

impl Record {
    /// The value under a name of the record's own vocabulary.
    pub fn get(&self, name: &str) -> Option<View<'_>> {
        let (Self::Fields(entries) | Self::Variables(entries)) = self;
        entries.get(name)
    }
}

/// A source: a bibliographic record, and our own keys beside it.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Source {
    /// The key by which facts and citations name it.
    pub key: Box<str>,
    /// The bibliographic part, as written.
    pub record: Record,
    /// Admiralty reliability, A (completely reliable) to F (cannot be judged).
    pub reliability: Option<Reliability>,
    /// Who gathered it: two papers that carry one agency text are one origin.
    pub origin: Option<Box<str>>,
    /// How near it stands to what happened.
    pub directness: Option<Directness>,
    /// What speaks for and against it, in a sentence (ICD 206 source descriptor).
    pub descriptor: Option<Box<str>>,
    /// Its own marking.
    pub marking: Option<Marking>,
    /// On what terms it was given.
    pub attribution: Option<Attribution>,
    /// Where a copy is kept, and its hash.
    pub capture: Option<Capture>,
    /// A copy on the web that outlasts the address.
    pub archived: Option<Archived>,
    /// Whether it still stands.
    pub status: SourceStatus,
    /// Where a shared source stands; none for an event's own.
    pub place: Option<Box<SourcePlace>>,
}

/// Where a shared source stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePlace {
    /// The file, relative to the desk.
    pub path: Arc<str>,
    /// Its key in the file; none in YAML, where the way to a value leads there.
    pub at: Option<Position>,
}

impl Source {
    /// The title, if it has one.
    pub fn title(&self) -> Option<&str> {
        self.record.get("title")?.text_or("value")
    }

    /// The title of what it appeared in.
    pub fn parent_title(&self) -> Option<&str> {
        if let Record::Variables(_) = self.record {
            return self.record.get("container-title")?.text();
        }
        let parent = match self.record.get("parent")? {
            View::List(items) => items.into_iter().next()?,
            other => other,
        };
        parent.get("title")?.text_or("value")
    }

    /// Who brought it out: the publisher, else the organisation.
    pub fn publisher(&self) -> Option<&str> {
        let publisher = self.record.get("publisher").and_then(|p| p.text_or("name"));
        publisher.or_else(|| self.record.get("organization")?.text_or("value"))
    }

    /// When it was published, as written.
    pub fn published(&self) -> Option<&str> {
        let name = if let Record::Variables(_) = self.record { "issued" } else { "date" };
        self.record.get(name)?.text()
    }

    /// When it was published, as a date; `None` if it is not dated or not as EDTF writes dates.
    pub fn published_on(&self) -> Option<Edtf> {
        self.published()?.trim().parse().ok()
    }

    /// Who gathered it: `origin`, else the publisher or organisation, else the parent's title.
    pub fn origin_name(&self) -> Option<&str> {
        self.origin.as_deref().or_else(|| self.publisher()).or_else(|| self.parent_title())
    }

    /// A short name for lists: the origin, with the outlet when another carried it.
    pub fn short_name(&self) -> String {
        match (self.origin_name(), self.parent_title()) {
            (Some(origin), Some(parent)) if origin != parent => {
                format!("{} via {}", without_tags(origin), without_tags(parent))
            }
            (Some(origin), _) => without_tags(origin).into_owned(),
            (None, _) => without_tags(self.title().unwrap_or(&self.key)).into_owned(),
        }
    }
}

/// A kept copy of a source.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Capture {
    /// The file, relative to the desk.
    pub path: Box<str>,
    /// The SHA-256 of its bytes, in hex.
    pub sha256: Option<Box<str>>,
}

/// A lasting copy of a web page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Archived {
    /// The address of the copy.
    pub url: Box<str>,
    /// When it was made.
    pub date: Option<Edtf>,
}

/// Admiralty reliability of a source (NATO AJP-2.1): judged apart from what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

super::fact::words! { Reliability "reliability" { A = "A", B = "B", C = "C", D = "D", E = "E", F = "F" } }

/// How near a source stands to what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Directness {
    /// It was there, or is the thing itself.
    Primary,
    /// It has it from one who was.
    Secondary,
    /// It has it from another report.
    Tertiary,
}

super::fact::words! { Directness "directness" { Primary = "primary", Secondary = "secondary", Tertiary = "tertiary" } }

/// On what terms a source spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attribution {
    /// By name.
    OnRecord,
    /// As an official or the like, not by name.
    Background,
    /// Neither speaker nor affiliation may be told (Chatham House Rule).
    ChathamHouse,
}

super::fact::words! { Attribution "attribution" {
    OnRecord = "on-record", Background = "background", ChathamHouse = "chatham-house",
} }

/// Whether a source still stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum SourceStatus {
    /// It stands.
    #[default]
    Live,
    /// It was taken back.
    Retracted,
}

super::fact::words! { SourceStatus "source status" { Live = "live", Retracted = "retracted" } }
