//! A source made ready for formatting: a CSL item, and what must print beside it.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use hayagriva::citationberg::json::LiteralName;
use hayagriva::citationberg::json::{DateValue, FixedDate, FixedDateRange, Item, NameItem, NameValue, Value as Cell};
use hayagriva::citationberg::taxonomy::Kind;

use super::inline;
use super::variables::{self, Odd, Variables};
use crate::model::csl::DATES;
use crate::model::date::Precision;
use crate::model::{Edtf, Source};
use crate::yaml::Value;

/// A source that citations can be formatted from.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The key by which the desk knows the source.
    pub key: Box<str>,
    /// What it was made from.
    pub variables: Variables,
    /// What Hayagriva formats.
    pub item: Item,
    /// The CSL type, if it is one.
    pub kind: Option<Kind>,
    /// The names of the variables that have a value, sorted.
    pub present: Arc<[String]>,
    /// The date of publication, when CSL cannot say it: an interval, a season, a decade, an uncertain date.
    pub date: Option<Edtf>,
    /// Where a copy is kept that outlasts the address.
    pub archived: Option<Archived>,
    /// When it was seen, EDTF; styles often print it, but not always.
    pub accessed: Option<Edtf>,
    /// The part of a broadcast or recording that is meant.
    pub time_range: Option<String>,
}

/// A lasting copy of a web page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Archived {
    /// The address of the copy.
    pub url: String,
    /// When it was made.
    pub date: Option<Edtf>,
}

/// Variables that never print in a reference, or are handled here.
pub(super) const UNSEEN: &[&str] =
    &["abstract", "annote", "citation-key", "custom", "division", "id", "keyword", "license", "time-range"];

/// Titles, in which styles change the case of words.
const TITLES: &[&str] =
    &["title", "title-short", "container-title", "container-title-short", "collection-title", "event-title"];

/// Makes an entry of a source for notes in a language, and tells what of it does not print.
pub(super) fn entry(source: &Source, key: &str, language: &str) -> (Entry, Vec<Odd>) {
    let (variables, odd) = variables::of(source, language);
    let mut entry = from_variables(variables, key);
    entry.key.clone_from(&source.key);
    entry.archived = source.archived.as_ref().map(|a| Archived { url: a.url.to_string(), date: a.date });
    (entry, odd)
}

/// An entry of the variables alone.
fn from_variables(variables: Variables, key: &str) -> Entry {
    let mut item = Item(std::collections::BTreeMap::new());
    item.0.insert("id".into(), Cell::String(key.to_owned()));
    let mut date = None;
    let mut accessed = None;
    for (name, value) in variables.iter() {
        if UNSEEN.contains(&name) {
            continue;
        }
        let cell = match value {
            Value::Text(text) if text.trim().is_empty() => None,
            Value::Text(text) if DATES.contains(&name) => {
                let Ok(read) = text.trim().parse::<Edtf>() else { continue };
                if name == "issued" && !plain(&read) {
                    date = Some(read);
                }
                if name == "accessed" {
                    accessed = Some(read);
                }
                date_cell(&read)
            }
            Value::Text(text) if name == "type" || name == "URL" || name == "DOI" => {
                Some(Cell::String(text.to_string()))
            }
            Value::Text(text) if TITLES.contains(&name) => Some(Cell::String(inline::encode_title(text))),
            Value::Text(text) => Some(Cell::String(inline::encode(text))),
            Value::List(names) => Some(Cell::Names(names.iter().filter_map(name_cell).collect())),
            Value::Map(_) => name_cell(value).map(|name| Cell::Names(vec![name])),
        };
        if let Some(cell) = cell {
            item.0.insert(name.to_owned(), cell);
        }
    }
    let kind = variables.text("type").and_then(|kind| kind.parse().ok());
    let time_range = variables.text("time-range").map(ToOwned::to_owned);
    let present = item.0.keys().cloned().collect();
    Entry { key: key.into(), variables, item, kind, present, date, archived: None, accessed, time_range }
}

impl Entry {
    /// The same source as if it had come out on another date; without one when it is `None`.
    pub(super) fn on(&self, date: Option<&Edtf>) -> Item {
        let mut item = self.item.clone();
        match date.and_then(date_cell) {
            Some(cell) => item.0.insert("issued".into(), cell),
            None => item.0.remove("issued"),
        };
        item
    }

    /// Hashes all that prints; the key under which the entry goes does not.
    pub(super) fn hash_content(&self, hasher: &mut impl Hasher) {
        self.item.0.iter().filter(|(name, _)| *name != "id").for_each(|pair| pair.hash(hasher));
        (&self.date, &self.archived, &self.accessed, &self.time_range).hash(hasher);
    }

    /// The same source as if nobody had noted when it was seen.
    pub(super) fn unseen(&self) -> Item {
        let mut item = self.item.clone();
        item.0.remove("accessed");
        item
    }
}

/// Whether CSL processors say the whole of a date well: a year, month or day without doubt.
fn plain(date: &Edtf) -> bool {
    !date.is_interval()
        && !date.is_uncertain()
        && !date.is_approximate()
        && date.precision() >= Precision::Year
        && date.precision() != Precision::Season
        && date.earliest().is_some_and(|day| i16::try_from(day.year()).is_ok())
}

/// The date as CSL has it: its plain part, of an interval the start, else the end.
fn date_cell(date: &Edtf) -> Option<Cell> {
    let point = if date.is_interval() { date.start().or(date.end())? } else { *date };
    let day = point.earliest()?;
    let precision = point.precision();
    let month = (precision >= Precision::Month).then(|| day.month() - 1);
    let start = FixedDate {
        year: i16::try_from(day.year()).ok()?,
        month,
        day: (precision >= Precision::Day).then(|| day.day() - 1),
        season: None,
        circa: date.is_approximate(),
    };
    let season = (precision == Precision::Season).then(|| season(day.month())).flatten();
    Some(Cell::Date(DateValue::Raw { raw: FixedDateRange { start, end: None }, literal: None, season }))
}

/// CSL's number of the season that begins in this month.
fn season(month: u8) -> Option<String> {
    let number = match month {
        3 => "1",
        6 => "2",
        9 => "3",
        _ => "4",
    };
    Some(number.to_owned())
}

fn name_cell(value: &Value) -> Option<NameValue> {
    let part = |key: &str| value.get(key).and_then(Value::text).filter(|t| !t.trim().is_empty()).map(inline::encode);
    if let Some(text) = value.text() {
        return Some(NameValue::Literal(LiteralName { literal: inline::encode(text) }));
    }
    if let Some(literal) = part("literal") {
        return Some(NameValue::Literal(LiteralName { literal }));
    }
    let (family, given) = (part("family"), part("given"));
    let Some(family) = family else {
        // A single name prints as it is.
        return given.map(|literal| NameValue::Literal(LiteralName { literal }));
    };
    Some(NameValue::Item(NameItem {
        family,
        given,
        non_dropping_particle: part("non-dropping-particle"),
        dropping_particle: part("dropping-particle"),
        suffix: part("suffix"),
        comma_suffix: None,
    }))
}
