//! An item of CSL-JSON into the variables of CSL.

use super::json::Json;
use crate::model::csl::{self, DATES, NAME_PARTS, NAMES, TEXTS};
use crate::source_file::dates::{is_edtf, joined, loose};
use crate::yaml::{MAX_FIELD, Value};

/// What an item comes to.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub variables: Vec<(Box<str>, Value)>,
    /// Variables that cannot be read, with the reason.
    pub refused: Vec<(String, String)>,
}

/// Reads every variable of an item but its type; what is no variable of CSL is passed over.
pub(super) fn variables(item: &Json) -> Read {
    let mut read = Read::default();
    let Json::Map(fields) = item else { return read };
    for (written, json) in fields {
        let name = csl::variable(written);
        let value = if NAMES.contains(&name) {
            names(json)
        } else if DATES.contains(&name) {
            date(json).map(|date| date.map(csl::text))
        } else if TEXTS.contains(&name) && !(name == "status" && is_ours(json)) {
            text(name, json).map(|text| text.map(csl::text))
        } else {
            continue;
        };
        match value {
            Ok(Some(value)) if !read.variables.iter().any(|(there, _)| **there == *name) => {
                read.variables.push((name.into(), value));
            }
            Ok(_) => {}
            Err(reason) => read.refused.push((written.clone(), reason)),
        }
    }
    read
}

/// `status` is a variable of CSL, and a key of ours with these words.
pub(super) fn is_ours(json: &Json) -> bool {
    json.text().is_some_and(|text| crate::model::SourceStatus::WORDS.contains(&text))
}

fn text(name: &str, json: &Json) -> Result<Option<String>, String> {
    match json {
        Json::Null => Ok(None),
        Json::Text(text) if text.len() > MAX_FIELD => {
            let (most, has) = (MAX_FIELD / 1024, text.len().div_ceil(1024));
            Err(format!("a field holds at most {most} KB, this one has {has} KB"))
        }
        Json::Text(text) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        // Some programs write a list of words, or of ISBNs.
        Json::List(items) if items.iter().all(|item| item.text().is_some()) => {
            let between = if name == "keyword" { ", " } else { " " };
            let items: Vec<&str> = items.iter().filter_map(Json::text).collect();
            Ok(Some(items.join(between)).filter(|text| !text.is_empty()))
        }
        _ => Err("a text is expected here".to_owned()),
    }
}

fn names(json: &Json) -> Result<Option<Value>, String> {
    let list = match json {
        Json::Null => return Ok(None),
        Json::List(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut names = Vec::with_capacity(list.len());
    for item in list {
        match item {
            Json::Text(name) if !name.trim().is_empty() => {
                names.push(Value::Map(vec![("literal".into(), csl::text(name.trim()))]));
            }
            Json::Map(_) => {
                let part = |key: &&str| Some(((*key).into(), csl::text(item.get(key)?.text()?)));
                let mut parts: Vec<(Box<str>, Value)> = NAME_PARTS.iter().filter_map(part).collect();
                if let (true, Some(name)) = (parts.is_empty(), item.get("name").and_then(Json::text)) {
                    parts.push(("literal".into(), csl::text(name)));
                }
                if !parts.is_empty() {
                    names.push(Value::Map(parts));
                }
            }
            Json::Null | Json::Text(_) => {}
            _ => return Err("names are a list of `{ \"family\", \"given\" }` or `{ \"literal\" }`".to_owned()),
        }
    }
    Ok((!names.is_empty()).then_some(Value::List(names)))
}

fn date(json: &Json) -> Result<Option<String>, String> {
    match json {
        Json::Null => Ok(None),
        Json::Text(text) => Ok(Some(loose(text)).filter(|date| !date.is_empty())),
        Json::Map(_) => structured(json),
        _ => Err("a date is `{ \"date-parts\": [[2024, 8, 20]] }` or a text such as \"2024-08-20\"".to_owned()),
    }
}

fn structured(json: &Json) -> Result<Option<String>, String> {
    let approximate = match json.get("circa") {
        Some(Json::Bool(circa)) => *circa,
        Some(Json::Text(circa)) => !matches!(circa.as_str(), "" | "0" | "false"),
        _ => false,
    };
    if let Some(parts) = json.get("date-parts").filter(|parts| !parts.items().is_empty()) {
        let season = json.get("season").and_then(Json::text);
        let ends: Vec<Option<String>> = parts.items().iter().map(|end| end_of(end, season, approximate)).collect();
        let whole = match ends.as_slice() {
            [Some(date)] => Some(date.clone()),
            [Some(from), Some(to)] => joined(from, to),
            [Some(from), None] => joined(from, ".."),
            [None, Some(to)] => joined("..", to),
            _ => None,
        };
        let empty = parts.items().iter().all(|end| end.items().iter().all(|part| part.text().is_none()));
        return match whole {
            Some(date) => Ok(Some(date)),
            None if empty => Ok(None),
            None => Err("`date-parts` are one or two lists of year, month and day".to_owned()),
        };
    }
    let written = ["raw", "edtf", "literal"].into_iter().find_map(|key| json.get(key)?.text());
    let Some(written) = written else { return Ok(None) };
    let date = loose(written);
    let marked = format!("{date}~");
    Ok(Some(if approximate && is_edtf(&marked) { marked } else { date }))
}

/// One end of `date-parts`.
fn end_of(end: &Json, season: Option<&str>, approximate: bool) -> Option<String> {
    let number = |i: usize| end.items().get(i).and_then(Json::text)?.parse::<i64>().ok();
    let year = number(0)?;
    if year == 0 && end.items().len() == 1 {
        return None;
    }
    let mut date = match year {
        -9999..=-1 => format!("-{:04}", -year),
        0..=9999 => format!("{year:04}"),
        _ => format!("Y{year}"),
    };
    let season = season.and_then(|season| match season.parse::<i64>() {
        Ok(number @ 1..=4) => Some(20 + number),
        Ok(number @ 21..=24) => Some(number),
        Ok(_) => None,
        Err(_) => crate::source_file::dates::month_number(season).map(i64::from).filter(|number| *number > 20),
    });
    match number(1) {
        // CSL counts seasons from 13, EDTF from 21.
        Some(season @ 13..=16) => date.push_str(&format!("-{}", season + 8)),
        Some(season @ 21..=24) => date.push_str(&format!("-{season}")),
        Some(month @ 1..=12) => {
            date.push_str(&format!("-{month:02}"));
            if let Some(day) = number(2).filter(|day| *day > 0) {
                date.push_str(&format!("-{day:02}"));
            }
        }
        Some(0) | None => {
            if let Some(season) = season {
                date.push_str(&format!("-{season}"));
            }
        }
        Some(_) => return None,
    }
    if approximate {
        date.push('~');
    }
    is_edtf(&date).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Option<String>, String> {
        date(&super::super::json::Json::read(json).unwrap().0)
    }

    #[test]
    fn dates_in_every_form() {
        for (json, expected) in [
            (r#"{"date-parts":[[2024,8,20]]}"#, "2024-08-20"),
            (r#"{"date-parts":[["2024","8"]]}"#, "2024-08"),
            (r#"{"date-parts":[[476]]}"#, "0476"),
            (r#"{"date-parts":[[-44,3,15]]}"#, "-0044-03-15"),
            (r#"{"date-parts":[[2020,5],[2020,6]]}"#, "2020-05/2020-06"),
            (r#"{"date-parts":[[2020],[0]]}"#, "2020/.."),
            (r#"{"date-parts":[[2023]],"circa":true}"#, "2023~"),
            (r#"{"date-parts":[[2023]],"circa":"1"}"#, "2023~"),
            (r#"{"date-parts":[[2023]],"circa":0}"#, "2023"),
            (r#"{"date-parts":[[2023],[2024]],"circa":1}"#, "2023~/2024~"),
            (r#"{"date-parts":[[2024]],"season":"2"}"#, "2024-22"),
            (r#"{"date-parts":[[2024]],"season":"Autumn"}"#, "2024-23"),
            (r#"{"date-parts":[[2024,13]]}"#, "2024-21"),
            (r#"{"date-parts":[[2024,24]]}"#, "2024-24"),
            (r#"{"date-parts":[[2024,"",""]]}"#, "2024"),
            (r#"{"raw":"2024-5-1"}"#, "2024-05-01"),
            (r#"{"raw":"20 May 2024"}"#, "2024-05-20"),
            (r#"{"raw":"2024","circa":true}"#, "2024~"),
            (r#"{"literal":"Ramadan 1445"}"#, "Ramadan 1445"),
            (r#"{"literal":"n.d."}"#, "n.d."),
            (r#""2024-21""#, "2024-21"),
            (r#""2020-05/2020-06""#, "2020-05/2020-06"),
            ("2024", "2024"),
        ] {
            assert_eq!(read(json), Ok(Some(expected.to_owned())), "{json}");
        }
        assert_eq!(read(r#"{"date-parts":[[]]}"#), Ok(None));
        assert_eq!(read("{}"), Ok(None));
        assert!(read(r#"{"date-parts":[[2024,99]]}"#).is_err());
        assert!(read("[2024]").is_err());
    }
}
