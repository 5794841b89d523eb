//! What must print of a source although few styles have a place for it: when a page was seen, where a
//! lasting copy is, which part of a broadcast is meant.

use hayagriva::citationberg::TermForm;
use hayagriva::citationberg::taxonomy::Kind;

use super::super::inline;
use super::super::item::Entry;
use super::super::words;
use super::Csl;
use super::locator::Place;
use crate::markdown::escape_within;
use crate::model::Edtf;
use crate::model::date::default_pattern;

/// A place of no kind that CSL knows stands behind the source.
pub(super) fn unlabelled(csl: &Csl, text: &mut String, at: Option<&Place>) {
    if let Some(extra) = at.and_then(Place::unlabelled) {
        csl.append(text, ',', &format!(" {}", escape_within(extra)));
    }
}

/// Adds to a source's first note what the style left out.
pub(super) fn in_note(csl: &Csl, text: &mut String, entry: &Entry, seen: bool, language: &str) {
    tidy(csl, text, entry);
    if entry.variables.text("title").is_none() {
        // Styles put a comma behind the title, and brackets behind the comma's place.
        *text = text.replacen(", (", " (", 1);
    }
    part_of_recording(csl, text, entry, ',');
    for extra in extras(entry, seen, language) {
        csl.append(text, ',', &format!(" {extra}"));
    }
}

/// Adds to a source's entry in the list what the style left out, each as a sentence.
pub(super) fn in_list(csl: &Csl, text: &mut String, entry: &Entry, seen: bool, language: &str) {
    if text.trim_matches(inline::NAMES).is_empty() {
        // The style lists no such sources.
        return;
    }
    tidy(csl, text, entry);
    part_of_recording(csl, text, entry, '.');
    for extra in extras(entry, seen, language) {
        let mut chars = extra.chars();
        let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
        csl.append(text, '.', &format!(" {first}{}.", chars.as_str()));
    }
}

/// Takes away a word that introduces names where there are none: Hayagriva prints it all the same.
fn tidy(csl: &Csl, text: &mut String, entry: &Entry) {
    if entry.kind != Some(Kind::Hearing) || entry.variables.get("author").is_some() {
        return;
    }
    let terms = csl.locales.iter().filter_map(|l| l.term(Kind::Hearing.into(), TermForm::Verb)?.single());
    for word in terms.filter(|word| !word.is_empty()) {
        *text = text.replace(&format!(" ({word})"), "");
    }
}

/// The part of a broadcast or recording that is meant, before the address.
fn part_of_recording(csl: &Csl, text: &mut String, entry: &Entry, mark: char) {
    let Some(range) = entry.time_range.as_deref().filter(|range| !text.contains(range)) else { return };
    let range = escape_within(range);
    match text.rfind(&format!("{mark} <")) {
        Some(at) => text.insert_str(at, &format!("{mark} {range}")),
        None if mark == '.' => csl.append(text, '.', &format!(" {range}.")),
        None => csl.append(text, ',', &format!(" {range}")),
    }
}

fn extras(entry: &Entry, seen: bool, language: &str) -> Vec<String> {
    let words = words::of(language);
    let day = |date: &Edtf| escape_within(&date.format(default_pattern(language), language));
    let mut out = Vec::new();
    let page = matches!(entry.kind, Some(Kind::Webpage | Kind::Post | Kind::PostWeblog));
    if let Some(accessed) = &entry.accessed
        && page
        && !seen
    {
        out.push(format!("{} {}", words.accessed, day(accessed)));
    }
    if let Some(archived) = &entry.archived {
        let when = archived.date.as_ref().map(|date| format!(" {}{}", words.on, day(date))).unwrap_or_default();
        out.push(format!("{}{when}{} {}", words.archived, words.colon, address(&archived.url)));
    }
    out
}

/// An address as a link, if it is one that may be followed.
fn address(url: &str) -> String {
    let safe = url.starts_with("https://") || url.starts_with("http://");
    let plain = safe && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\\".contains(c));
    if plain { format!("<{url}>") } else { escape_within(url) }
}
