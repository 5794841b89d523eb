//! From the fields of Hayagriva's format to CSL variables.

use std::str::FromStr as _;

use hayagriva::types::Person;

use super::{Odd, Variables, kinds, law};
use crate::model::Edtf;
use crate::yaml::Value;

type Fields = [(Box<str>, Value)];

/// Fields that say the same in both vocabularies, with their names in each.
const SAME: &[(&str, &str)] = &[
    ("abstract", "abstract"),
    ("archive", "archive"),
    ("archive-location", "archive_location"),
    ("call-number", "call-number"),
    ("chapter", "chapter-number"),
    ("edition", "edition"),
    ("genre", "genre"),
    ("issue", "issue"),
    ("language", "language"),
    ("note", "note"),
    ("page-range", "page"),
    ("page-total", "number-of-pages"),
    ("runtime", "dimensions"),
    ("volume", "volume"),
    ("volume-total", "number-of-volumes"),
];

/// Roles of people as Hayagriva writes them, and the variable that each fills.
const ROLES: &[(&str, &str)] = &[
    ("cast-member", "performer"),
    ("collaborator", "contributor"),
    ("compiler", "compiler"),
    ("composer", "composer"),
    ("director", "director"),
    ("executive-producer", "executive-producer"),
    ("illustrator", "illustrator"),
    ("interviewer", "interviewer"),
    ("narrator", "narrator"),
    ("organizer", "organizer"),
    ("producer", "producer"),
    ("recipient", "recipient"),
    ("translator", "translator"),
    ("writer", "script-writer"),
];

/// The variables that a source's fields come to.
pub(super) fn variables(fields: &Fields, language: &str, odd: &mut Vec<Odd>) -> Variables {
    let mut out = Variables::default();
    let parents = parents(fields);
    let parent = parents.first().copied();
    kind((fields, parent), language, &mut out, odd);
    for (from, to) in SAME {
        let own = text(fields, from);
        out.fill(to, own.or_else(|| inherited(&parents, from)));
    }
    if let Some(title) = get(fields, "title") {
        out.fill("title", formatted(title, "value").as_deref());
        out.fill("title-short", formatted(title, "short").as_deref());
    }
    people(fields, parent, &mut out);
    dates(fields, &parents, &mut out, odd);
    place_of_publication(fields, &parents, &mut out);
    numbers(fields, &parents, &mut out);
    containers(parent, &mut out);
    if let Some(range) = text(fields, "time-range") {
        out.fill("time-range", Some(&range.replace("--", "–").replace('-', "–")));
    }
    law::settle(&mut out, language);
    out
}

fn get<'a>(fields: &'a Fields, name: &str) -> Option<&'a Value> {
    fields.iter().find(|(key, _)| &**key == name).map(|(_, value)| value)
}

fn text<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    get(fields, name)?.text_or("value").filter(|t| !t.trim().is_empty())
}

/// What a source appeared in, and what that appeared in, nearest first.
fn parents(fields: &Fields) -> Vec<&Fields> {
    let mut found = Vec::new();
    let mut here = fields;
    // Deep chains are a mistake; the reader of files bounds depth anyway.
    while let Some(Value::Map(next)) = get(here, "parent").map(first).filter(|_| found.len() < 8) {
        found.push(next.as_slice());
        here = next;
    }
    found
}

fn first(value: &Value) -> &Value {
    match value {
        Value::List(items) => items.first().unwrap_or(value),
        other => other,
    }
}

/// A field that a source has from what it appeared in.
fn inherited<'a>(parents: &[&'a Fields], name: &str) -> Option<&'a str> {
    const INHERITED: &[&str] = &["archive", "archive-location", "edition", "issue", "language", "volume"];
    INHERITED.contains(&name).then(|| parents.iter().find_map(|parent| text(parent, name))).flatten()
}

fn kind((fields, parent): (&Fields, Option<&Fields>), language: &str, out: &mut Variables, odd: &mut Vec<Odd>) {
    let around = parent.map(|p| text(p, "type").unwrap_or("newspaper"));
    let Some(written) = text(fields, "type") else { return };
    match kinds::of(written, around, language) {
        Some(kind) => {
            // What a desk calls a misc with an address is a web page.
            let url = get(fields, "url").is_some();
            out.set("type", if kind.csl == "document" && url { "webpage" } else { kind.csl });
            if text(fields, "genre").is_none() {
                out.fill("genre", Some(kind.genre));
            }
        }
        None => {
            let near = kinds::near(written).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            odd.push(Odd {
                key: "type",
                message: format!("`{written}` is no type of source, so it prints as a document{near}"),
            });
            out.set("type", "document");
        }
    }
}

/// Text with Hayagriva's verbatim marks as CSL-JSON's: `{NATO}` keeps its case, and so does all of
/// `{ value: …, verbatim: true }`.
fn formatted(value: &Value, part: &str) -> Option<String> {
    let written = match value {
        Value::Text(text) if part == "value" => text,
        Value::Map(_) => match value.get(part)? {
            Value::Text(text) => text,
            inner => inner.get("value")?.text()?,
        },
        _ => return None,
    };
    let verbatim = value.get("verbatim").and_then(Value::text) == Some("true");
    let mut out = String::with_capacity(written.len());
    let mut open = 0_usize;
    let mut chars = written.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(|next| "{}\\$".contains(*next)) => out.extend(chars.next()),
            '{' => {
                open += 1;
                out.push_str("<span class=\"nocase\">");
            }
            '}' if open > 0 => {
                open -= 1;
                out.push_str("</span>");
            }
            // What stands between angles in an event file is text, never a mark of ours.
            '<' => out.push(super::super::inline::LESS_THAN),
            other => out.push(other),
        }
    }
    (0..open).for_each(|_| out.push_str("</span>"));
    Some(if verbatim { format!("<span class=\"nocase\">{out}</span>") } else { out })
}

fn people(fields: &Fields, parent: Option<&Fields>, out: &mut Variables) {
    for name in ["author", "editor"] {
        if let Some(list) = get(fields, name).map(persons).filter(|list| !list.is_empty()) {
            out.put(name, Value::List(list));
        }
    }
    organisation(fields, out);
    if let Some(list) = parent.and_then(|p| get(p, "author")).map(persons).filter(|list| !list.is_empty()) {
        out.put("container-author", Value::List(list));
    }
    if out.get("editor").is_none()
        && let Some(list) = parent.and_then(|p| get(p, "editor")).map(persons).filter(|list| !list.is_empty())
    {
        out.put("editor", Value::List(list));
    }
    let groups = match get(fields, "affiliated") {
        Some(Value::List(groups)) => groups.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    for group in groups {
        let role = group.get("role").and_then(Value::text).unwrap_or_default();
        let variable = ROLES.iter().find(|(own, _)| *own == role).map(|(_, csl)| *csl);
        if let (Some(variable), Some(names)) = (variable, group.get("names")) {
            out.put(variable, Value::List(persons(names)));
        }
    }
}

/// Styles print an author first; an agency's text without a by-line is the agency's. Beside an author the
/// organisation is who stands behind the work, which styles print as its publisher.
fn organisation(fields: &Fields, out: &mut Variables) {
    let Some(name) = text(fields, "organization") else { return };
    let author = out.get("author");
    if law::is_legal(out.text("type")) {
        out.fill("authority", Some(name));
    } else if author.is_none() {
        out.put("author", Value::List(vec![literal(name)]));
    } else if author != Some(&Value::List(vec![literal(name)])) {
        out.fill("authority", Some(name));
        // What stands in a paper is published by the paper.
        if get(fields, "publisher").is_none() && get(fields, "parent").is_none() {
            out.fill("publisher", Some(name));
        }
    }
}

fn persons(value: &Value) -> Vec<Value> {
    match value {
        Value::List(items) => items.iter().filter_map(person).collect(),
        one => person(one).into_iter().collect(),
    }
}

fn person(value: &Value) -> Option<Value> {
    let part = |key: &str| value.get(key).and_then(Value::text).filter(|t| !t.trim().is_empty());
    let read;
    let (family, given, prefix, suffix) = match value {
        Value::Text(text) if text.trim().is_empty() => return None,
        Value::Text(text) => {
            read = Person::from_strings(text.split(',').map(str::trim).collect::<Vec<_>>());
            match &read {
                Ok(p) => (p.name.as_str(), p.given_name.as_deref(), p.prefix.as_deref(), p.suffix.as_deref()),
                Err(_) => (&**text, None, None, None),
            }
        }
        _ => (part("name").or(part("alias"))?, part("given-name"), part("prefix"), part("suffix")),
    };
    if given.is_none() && prefix.is_none() && suffix.is_none() {
        return Some(literal(family));
    }
    let parts = [("family", Some(family)), ("given", given), ("non-dropping-particle", prefix), ("suffix", suffix)];
    let parts = parts.into_iter().filter_map(|(key, part)| Some((key.into(), Value::Text(part?.into()))));
    Some(Value::Map(parts.collect()))
}

fn literal(name: &str) -> Value {
    Value::Map(vec![("literal".into(), Value::Text(name.into()))])
}

fn dates(fields: &Fields, parents: &[&Fields], out: &mut Variables, odd: &mut Vec<Odd>) {
    let everything = || std::iter::once(fields).chain(parents.iter().copied());
    if let Some(date) = everything().find_map(|f| text(f, "date")) {
        match Edtf::from_str(date.trim()) {
            Ok(_) => out.set("issued", date.trim()),
            Err(e) => odd.push(Odd { key: "date", message: format!("the date `{date}` does not print: {e}") }),
        }
    }
    if let Some(url) = everything().find_map(|f| get(f, "url")) {
        out.fill("URL", url.text_or("value"));
        if url.text_or("value").is_none() {
            odd.push(Odd {
                key: "url",
                message: "the address does not print: it is a text, or a mapping with `value`".into(),
            });
        }
        if let Some(seen) = url.get("date").and_then(Value::text) {
            match Edtf::from_str(seen.trim()) {
                Ok(_) => out.fill("accessed", Some(seen.trim())),
                Err(e) => odd.push(Odd { key: "url", message: format!("the date `{seen}` does not print: {e}") }),
            }
        }
    }
    if let Some(original) = parents.iter().find(|p| text(p, "type") == Some("original")) {
        out.fill("original-date", text(original, "date"));
        out.fill("original-title", text(original, "title"));
    }
}

fn place_of_publication(fields: &Fields, parents: &[&Fields], out: &mut Variables) {
    for part in std::iter::once(fields).chain(parents.iter().copied()) {
        if let Some(publisher) = get(part, "publisher") {
            out.fill("publisher", publisher.text_or("name"));
            out.fill("publisher-place", publisher.get("location").and_then(Value::text));
        }
        if text(part, "type").is_some_and(|t| matches!(t, "conference" | "exhibition")) {
            out.fill("event-title", text(part, "title"));
            out.fill("event-place", text(part, "location"));
            out.fill("event-date", text(part, "date"));
        }
    }
    let where_published = text(fields, "location");
    let speech = matches!(out.text("type"), Some("speech" | "hearing" | "performance" | "event" | "interview"));
    out.fill(if speech { "event-place" } else { "publisher-place" }, where_published);
}

fn numbers(fields: &Fields, parents: &[&Fields], out: &mut Variables) {
    let Some(serial) = get(fields, "serial-number").or_else(|| parents.iter().find_map(|p| get(p, "serial-number")))
    else {
        return;
    };
    if let Some(number) = serial.text() {
        out.fill("number", Some(number));
    }
    for (from, to) in [
        ("doi", "DOI"),
        ("isbn", "ISBN"),
        ("issn", "ISSN"),
        ("pmid", "PMID"),
        ("pmcid", "PMCID"),
        ("serial", "number"),
        ("version", "version"),
    ] {
        out.fill(to, serial.get(from).and_then(Value::text));
    }
    if let Some(arxiv) = serial.get("arxiv").and_then(Value::text) {
        out.fill("number", Some(&format!("arXiv:{}", arxiv.trim_start_matches("arXiv:"))));
    }
}

/// What a source appeared in, by the variable that its type prints.
fn containers(parent: Option<&Fields>, out: &mut Variables) {
    let Some(parent) = parent else { return };
    let kind = text(parent, "type").unwrap_or("newspaper");
    let title = get(parent, "title").and_then(|t| formatted(t, "value"));
    let short = get(parent, "title").and_then(|t| formatted(t, "short"));
    let own = out.text("type").unwrap_or_default().to_owned();
    match (own.as_str(), kind) {
        (_, "conference" | "exhibition" | "original") => {}
        ("software", "repository") | (_, "repository") => out.fill("source", title.as_deref()),
        ("book" | "report" | "thesis", _) => {
            out.fill("collection-title", title.as_deref());
            if let Some(number) = text(parent, "volume").or_else(|| text(parent, "issue")) {
                out.fill("collection-number", Some(number));
            }
        }
        _ => {
            out.fill("container-title", title.as_deref());
            out.fill("container-title-short", short.as_deref());
        }
    }
    if let Some(Value::Map(series)) = get(parent, "parent").map(first)
        && text(series, "type").is_none_or(|t| !matches!(t, "conference" | "exhibition" | "original"))
    {
        out.fill("collection-title", get(series, "title").and_then(|t| formatted(t, "value")).as_deref());
    }
}
