//! From a source as written to an entry that Hayagriva formats.

use hayagriva::{Entry, Library};
use serde::Deserialize as _;

use crate::model::source::Record;
use crate::model::{Edtf, Source};
use crate::yaml::Value;
use crate::yaml::value::ValueReader;

/// A source made ready for formatting.
#[derive(Debug)]
pub(super) struct Prepared {
    /// What Hayagriva formats.
    pub entry: Entry,
    /// Fields that it could not read, each with the reason; they do not print.
    pub dropped: Vec<(String, String)>,
}

/// Makes an entry; a field that Hayagriva refuses costs that field, never the source.
pub(super) fn prepare(source: &Source, key: &str) -> Prepared {
    let Record::Fields(mut fields) = source.record.clone() else { unreachable!() };
    let mut dropped = Vec::new();
    if source.record.get("type").is_none() {
        let kind = if source.record.get("url").is_some() { "web" } else { "misc" };
        fields.push(("type".into(), Value::Text(kind.into())));
    }
    organisation_as_author(&mut fields);
    article_on_the_web(&mut fields);
    let entry = read(key, &fields).or_else(|_| {
        soften_dates(&mut fields);
        read(key, &fields)
    });
    let entry = entry.or_else(|_| {
        dropped = drop_unreadable(key, &mut fields);
        read(key, &fields)
    });
    // A title alone always reads; the key stands in for a source that has none.
    let entry = entry.unwrap_or_else(|_| {
        let mut entry = Entry::new(key, hayagriva::types::EntryType::Misc);
        let title = source.title().unwrap_or(&source.key).to_owned();
        entry.set_title(hayagriva::types::FormatString::with_value(title));
        entry
    });
    Prepared { entry, dropped }
}

fn read(key: &str, fields: &[(Box<str>, Value)]) -> Result<Entry, String> {
    let value = Value::Map(vec![(key.into(), Value::Map(fields.to_vec()))]);
    let library = Library::deserialize(ValueReader::new(&value)).map_err(|e| e.to_string())?;
    library.into_iter().next().ok_or_else(|| "an empty entry".to_owned())
}

/// Styles print an author first; an agency's text without a by-line is the agency's.
fn organisation_as_author(fields: &mut Vec<(Box<str>, Value)>) {
    if fields.iter().any(|(key, _)| &**key == "author") {
        return;
    }
    if let Some(i) = fields.iter().position(|(key, value)| &**key == "organization" && value.text().is_some()) {
        let (_, name) = fields.swap_remove(i);
        fields.push(("author".into(), Value::Map(vec![("name".into(), name)])));
    }
}

/// Hayagriva takes an article outside a periodical for a preprint, and styles say so in print. On
/// a news site it is a newspaper article, by itself a web page.
fn article_on_the_web(fields: &mut [(Box<str>, Value)]) {
    let is = |value: &Value, word: &str| value.text().is_some_and(|t| t.eq_ignore_ascii_case(word));
    if !fields.iter().any(|(key, value)| &**key == "type" && is(value, "article")) {
        return;
    }
    let Some((_, parent)) = fields.iter_mut().find(|(key, _)| &**key == "parent") else {
        for (_, value) in fields.iter_mut().filter(|(key, _)| &**key == "type") {
            *value = Value::Text("web".into());
        }
        return;
    };
    let parents = match parent {
        Value::List(items) => items.as_mut_slice(),
        one => std::slice::from_mut(one),
    };
    for parent in parents {
        let Value::Map(inner) = parent else { continue };
        match inner.iter_mut().find(|(key, _)| &**key == "type") {
            Some((_, kind)) if is(kind, "web") => *kind = Value::Text("newspaper".into()),
            Some(_) => {}
            None => inner.push(("type".into(), Value::Text("newspaper".into()))),
        }
    }
}

/// Hayagriva reads plain dates only: of an uncertain one print the plain part, of an interval
/// its start.
fn soften_dates(fields: &mut [(Box<str>, Value)]) {
    for (key, value) in fields {
        match value {
            Value::Text(text) if &**key == "date" => {
                if let Some(plain) = plain_date(text) {
                    *text = plain.into();
                }
            }
            Value::Map(inner) => soften_dates(inner),
            Value::List(items) => {
                for item in items {
                    if let Value::Map(inner) = item {
                        soften_dates(inner);
                    }
                }
            }
            Value::Text(_) => {}
        }
    }
}

fn plain_date(text: &str) -> Option<String> {
    let start = text.split('/').next()?.trim().trim_end_matches(['?', '~', '%']);
    if start.parse::<Edtf>().is_err() {
        return None;
    }
    let plain = start.split('T').next()?;
    let known = plain.split('-').take_while(|part| !part.contains('X')).collect::<Vec<_>>().join("-");
    (!known.is_empty()).then_some(known)
}

fn drop_unreadable(key: &str, fields: &mut Vec<(Box<str>, Value)>) -> Vec<(String, String)> {
    let kind = fields.iter().find(|(k, _)| &**k == "type").cloned();
    let fallback = ("type".into(), Value::Text("misc".into()));
    let mut dropped = Vec::new();
    if let Some(kind) = &kind
        && let Err(reason) = read(key, std::slice::from_ref(kind))
    {
        dropped.push(("type".to_owned(), reason));
        fields.retain(|(k, _)| &**k != "type");
        fields.push(fallback.clone());
    }
    fields.retain(|field| {
        if &*field.0 == "type" {
            return true;
        }
        match read(key, &[fallback.clone(), field.clone()]) {
            Ok(_) => true,
            Err(reason) => {
                dropped.push((field.0.to_string(), reason));
                false
            }
        }
    });
    dropped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(yaml: &str) -> Source {
        let (sources, findings) = crate::event_file::read_sources("s.yaml", yaml);
        assert_eq!(findings, []);
        sources.into_values().next().unwrap()
    }

    #[test]
    fn an_agency_without_a_byline_is_the_author() {
        let s = source("s: { type: article, title: T, organization: Reuters, date: 2024-08-19 }");
        let prepared = prepare(&s, "s");
        assert_eq!(prepared.dropped, []);
        assert_eq!(prepared.entry.authors().map(|a| a[0].name.as_str()), Some("Reuters"));
    }

    #[test]
    fn what_hayagriva_refuses_costs_only_that_field() {
        let s = source(
            "s: { type: article, title: T, date: 2024-08~, url: { a: b }, parent: { type: web, title: P, date: 2020/2021 } }",
        );
        let prepared = prepare(&s, "s");
        assert_eq!(prepared.entry.date().map(|d| (d.year, d.month)), Some((2024, Some(7))));
        let names: Vec<_> = prepared.dropped.iter().map(|(k, _)| k.as_str()).collect();
        assert_eq!(names, ["url"]);
        assert_eq!(prepared.entry.title().map(ToString::to_string).as_deref(), Some("T"));
        let odd = source("s: { type: scroll, title: T }");
        assert_eq!(prepare(&odd, "s").dropped.len(), 1);
    }

    #[test]
    fn verbatim_titles_and_access_dates_are_read() {
        let s = source(
            "s: { type: web, title: { value: iPhone, verbatim: true }, url: { value: 'https://example.org/', date: 2024-08-19 } }",
        );
        let prepared = prepare(&s, "s");
        assert_eq!(prepared.dropped, []);
        assert!(prepared.entry.url().is_some_and(|u| u.visit_date.is_some()));
    }
}
