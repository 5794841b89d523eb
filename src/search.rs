//! Finding facts: the query language and the index that answers it.
//!
//! A query is a row of terms, all of which must hold:
//!
//! - `key:value` filters by a property. Alternatives are separated by commas (`kind:quote,figure`), a
//!   value with spaces stands in quotation marks, `-` before a term turns it round.
//! - `tag:`, `event:`, `id:` and the keys behind `by:`, `actor:` and `source:` are compared as whole
//!   values with `*` as a wild card; names, places, origins and titles match by whole words (`*`
//!   again takes the rest: `by:luka*`). Case and accents never matter.
//! - Dates, grades, credibilities, priorities and markings have ranges `a..b`, `a..`, `..b` and the
//!   operators `<`, `<=`, `>`, `>=`. They run as the scale is written: A to F, 1 to 6, must to could,
//!   early to late, `TLP:CLEAR` to `TLP:RED`; so `grade<=B` is A or B. `date:2024-08` is every fact
//!   whose date shares a day with August, `date<2024-08` one wholly before it, `date=2024-08` one that
//!   covers exactly these days.
//! - Tags, places, date and marking of an event hold for its facts. A fact without a date has the day
//!   it was said, else the event's. The grade of a fact is the best of its sources.
//! - Any other word must occur in the fact, `event#id` is its address; see [`Index::search`]. Among equals the newer
//!   fact comes first. "Quoted words" are exact phrases of
//!   whole words; a phrase without its closing mark is still being typed and open at its end.
//! - A word that looks like a term but whose key is neither known nor nearly known (`12:30`,
//!   `http://x`) is an ordinary word.
//!
//! Everything here is pure: no file, no clock.

mod filter;
mod fuzzy;
mod index;
mod marks;
mod parse;
mod plan;
mod query;
mod text;
mod value;

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::model::FactRef;

pub use index::{Index, Progress};
pub use query::{Key, Query};

/// What a query may ask for that does not stand in the desk.
#[derive(Clone, Copy, Debug)]
pub struct SearchContext<'a> {
    /// The facts that the open draft cites, for `used:`.
    pub placed: &'a HashSet<FactRef>,
}

impl<'a> SearchContext<'a> {
    /// With the facts that the open draft cites.
    pub fn new(placed: &'a HashSet<FactRef>) -> Self {
        Self { placed }
    }
}

impl SearchContext<'static> {
    /// Without a draft: no fact is placed.
    pub fn none() -> Self {
        static NONE: LazyLock<HashSet<FactRef>> = LazyLock::new(HashSet::new);
        Self { placed: &NONE }
    }
}

/// Why a text is no query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// The character at which it is wrong, from 1.
    pub column: usize,
    /// The way out.
    pub help: Option<String>,
}

impl std::fmt::Display for QueryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "; {help}"))
    }
}

impl std::error::Error for QueryError {}

#[cfg(test)]
mod index_tests;
#[cfg(test)]
mod query_tests;
