//! The event: what one file records.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::{Actor, Edtf, Fact, Marking, Source};

/// One thing that happened or will happen, with its facts and their sources.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Event {
    /// The id: the file's stem unless the file says otherwise.
    pub id: Box<str>,
    /// The file, relative to the desk, with `/`.
    pub path: Box<str>,
    /// The title, plain text.
    pub title: Box<str>,
    /// When it happens.
    pub date: Option<Edtf>,
    /// The information cut-off of the file.
    pub as_of: Option<Edtf>,
    /// How far the event has come.
    pub status: Option<EventStatus>,
    /// A few sentences on the whole.
    pub summary: Option<Box<str>>,
    /// The default marking of every fact and source in the file.
    pub marking: Option<Marking>,
    /// The language of the texts (BCP 47).
    pub language: Option<Box<str>>,
    /// Free words to find it by; its facts inherit them in queries.
    pub tags: Vec<Box<str>>,
    /// Where it happens.
    pub places: Vec<Place>,
    /// Ids of events that belong with this one.
    pub related: Vec<Box<str>>,
    /// Nothing of it may be used before this day.
    pub embargo: Option<Edtf>,
    /// Who acts or speaks, by key.
    pub actors: IndexMap<Box<str>, Actor>,
    /// Where the facts come from, by key.
    pub sources: IndexMap<Box<str>, Source>,
    /// What the event consists of.
    pub facts: Vec<Fact>,
}

impl Event {
    /// Gives back what was set aside for more: an event is read once and held for long.
    pub(crate) fn compact(&mut self) {
        self.tags.shrink_to_fit();
        self.places.shrink_to_fit();
        self.related.shrink_to_fit();
        self.actors.shrink_to_fit();
        self.sources.shrink_to_fit();
        self.facts.shrink_to_fit();
    }

    /// The fact with this id.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|f| &*f.id == id)
    }
}

/// A place, by name and optionally by position.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// The name as printed.
    pub name: Box<str>,
    /// The country's name or code.
    pub country: Option<Box<str>>,
    /// Degrees north, as written.
    pub lat: Option<Box<str>>,
    /// Degrees east, as written.
    pub lon: Option<Box<str>>,
}

/// How far an event has come at the time of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventStatus {
    /// Announced, not begun.
    Scheduled,
    /// Under way.
    Ongoing,
    /// Over.
    Past,
    /// Called off.
    Cancelled,
}

super::fact::words! { EventStatus "event status" {
    Scheduled = "scheduled", Ongoing = "ongoing", Past = "past", Cancelled = "cancelled",
} }
