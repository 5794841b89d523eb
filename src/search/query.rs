//! A query as a value: its terms, its text, and when it asks for more than another.

use std::fmt;

use super::text::{searchable, spellings};
use super::value::{DateTest, MarkingTest, Pattern, Span};
use super::{QueryError, parse};
use crate::model::{FactKind, FactStatus, Priority, Reliability};

/// A key of the query language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A tag of the fact or its event.
    Tag,
    /// The kind of fact.
    Kind,
    /// Who said it: key, name or alias.
    By,
    /// A source: key, or words of its origin, outlet or title.
    Source,
    /// Who gathered a source.
    Origin,
    /// A place of the fact or its event: name or country.
    Place,
    /// When it holds.
    Date,
    /// The id of the event.
    Event,
    /// How far the fact is established.
    Status,
    /// The best reliability of its sources.
    Grade,
    /// How much a note needs it.
    Priority,
    /// Whether the open draft cites it.
    Used,
    /// How far it may travel.
    Marking,
    /// An actor concerned, or who said it.
    Actor,
    /// When it was said.
    Said,
    /// The id of the fact, or its address.
    Id,
    /// Admiralty credibility.
    Credibility,
    /// Words of the event's title.
    Title,
}

crate::model::fact::words! { Key "key of the query language" {
    Tag = "tag", Kind = "kind", By = "by", Source = "source", Origin = "origin", Place = "place", Date = "date",
    Event = "event", Status = "status", Grade = "grade", Priority = "priority", Used = "used", Marking = "marking",
    Actor = "actor", Said = "said", Id = "id", Credibility = "credibility", Title = "title",
} }

impl Key {
    /// A term with this key, for help and messages.
    pub fn example(self) -> &'static str {
        match self {
            Self::Tag => "tag:china",
            Self::Kind => "kind:quote,figure",
            Self::By => "by:\"Mao Ning\"",
            Self::Source => "source:xinhua",
            Self::Origin => "origin:AFP",
            Self::Place => "place:Minsk",
            Self::Date => "date:2024-08..2024-09",
            Self::Event => "event:li*",
            Self::Status => "status:disputed",
            Self::Grade => "grade:A..B",
            Self::Priority => "priority:must",
            Self::Used => "used:no",
            Self::Marking => "marking<=TLP:GREEN",
            Self::Actor => "actor:putin",
            Self::Said => "said:2024-08-19",
            Self::Id => "id:sco-10",
            Self::Credibility => "credibility:1..2",
            Self::Title => "title:visit",
        }
    }
}

/// What facts are asked for: terms that must all hold. The default asks for every fact.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Query {
    pub(super) terms: Vec<Term>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) negated: bool,
    pub(super) what: What,
}

/// What a condition is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A free word.
    Word(Text),
    /// Words in quotation marks; open at its end while the closing mark is not yet typed.
    Phrase(Text, bool),
    /// `key:value`.
    Filter(Filter),
}

/// A text as written and as it is searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) written: Box<str>,
    pub(super) folded: Box<str>,
}

impl Text {
    /// `None` for a text that leaves nothing to search for.
    pub(super) fn new(written: &str) -> Option<Self> {
        let folded = searchable(written);
        // A free word is found inside words too, so a star at its ends says nothing.
        let folded = folded.trim_matches(|c: char| c == '*' || c.is_whitespace());
        (!folded.is_empty()).then(|| Self { written: written.into(), folded: folded.into() })
    }
}

/// A filter; its alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Text(Key, Vec<Pattern>),
    Kind(Vec<FactKind>),
    Status(Vec<FactStatus>),
    Priority(Vec<Span<Priority>>),
    Grade(Vec<Span<Reliability>>),
    Credibility(Vec<Span<u8>>),
    Date(Vec<DateTest>),
    Said(Vec<DateTest>),
    Marking(Vec<MarkingTest>),
    Used(bool),
}

impl Query {
    /// Reads a query; nothing, or white space alone, asks for every fact.
    ///
    /// # Errors
    /// What is wrong with the first term that is, its place, and the nearest right word.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        parse::query(text).map_err(|error| {
            let clean = |told: String| crate::model::text::clean(&told).replace(['\n', '\t'], " ");
            QueryError { message: clean(error.message), help: error.help.map(clean), ..error }
        })
    }

    /// Whether every fact is asked for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether there are free words or phrases, so that the answer is ranked.
    pub fn is_ranked(&self) -> bool {
        self.terms.iter().any(|t| !t.negated && !matches!(t.what, What::Filter(_)))
    }

    /// Whether every fact that this query finds literally is among those `old` finds literally, as
    /// when a term was added or a word grew. Then [`super::Index::narrow`] may start from `old`'s answer.
    pub fn extends(&self, old: &Self) -> bool {
        old.terms.iter().all(|o| self.terms.iter().any(|n| n.implies(o)))
    }
}

impl Term {
    fn implies(&self, old: &Self) -> bool {
        if self == old {
            return true;
        }
        if self.negated || old.negated {
            return false;
        }
        match (&self.what, &old.what) {
            (What::Word(new), What::Word(old)) => {
                // Every way in which the new word may stand must be one of the old.
                let old_ways = spellings(&old.folded);
                let is_address = |word: &str| word.contains('#');
                spellings(&new.folded).iter().all(|new| old_ways.iter().any(|old| new.contains(&**old)))
                    && (!is_address(&old.folded) || new.folded.starts_with(&*old.folded))
            }
            (What::Phrase(new, _), What::Word(old)) => !old.folded.contains('#') && new.folded.contains(&*old.folded),
            (What::Phrase(new, _), What::Phrase(old, true)) => new.folded.starts_with(&*old.folded),
            _ => false,
        }
    }
}

impl fmt::Display for Query {
    /// A query that means the same.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, term) in self.terms.iter().enumerate() {
            if i > 0 {
                f.write_str(" ")?;
            }
            if term.negated {
                f.write_str("-")?;
            }
            match &term.what {
                What::Word(text) => f.write_str(&text.written)?,
                What::Phrase(text, open) => write!(f, "\"{}{}", text.written, if *open { "" } else { "\"" })?,
                What::Filter(filter) => filter.fmt(f)?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(key, patterns) => join(f, *key, ":", patterns),
            Self::Kind(kinds) => join(f, Key::Kind, ":", kinds),
            Self::Status(states) => join(f, Key::Status, ":", states),
            Self::Priority(spans) => join(f, Key::Priority, operator(spans), spans),
            Self::Grade(spans) => join(f, Key::Grade, operator(spans), spans),
            Self::Credibility(spans) => join(f, Key::Credibility, operator(spans), spans),
            Self::Date(tests) => join(f, Key::Date, date_operator(tests), tests),
            Self::Said(tests) => join(f, Key::Said, date_operator(tests), tests),
            Self::Marking(tests) => {
                let operator = match tests.first() {
                    Some(MarkingTest::Within(Span::Below(_))) => "<",
                    Some(MarkingTest::Within(Span::Above(_))) => ">",
                    _ => ":",
                };
                join(f, Key::Marking, operator, tests)
            }
            Self::Used(used) => write!(f, "used:{}", if *used { "yes" } else { "no" }),
        }
    }
}

/// The operator of the alternatives, which all have the same.
fn operator<T>(spans: &[Span<T>]) -> &'static str {
    match spans.first() {
        Some(Span::Below(_)) => "<",
        Some(Span::Above(_)) => ">",
        _ => ":",
    }
}

fn date_operator(tests: &[DateTest]) -> &'static str {
    match tests.first() {
        Some(DateTest::Before(_)) => "<",
        Some(DateTest::After(_)) => ">",
        Some(DateTest::Same(_)) => "=",
        _ => ":",
    }
}

fn join<T: fmt::Display>(f: &mut fmt::Formatter<'_>, key: Key, operator: &str, values: &[T]) -> fmt::Result {
    write!(f, "{key}{operator}")?;
    for (i, value) in values.iter().enumerate() {
        write!(f, "{}{value}", if i > 0 { "," } else { "" })?;
    }
    Ok(())
}
