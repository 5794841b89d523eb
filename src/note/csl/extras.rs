//! What must print of a source although few styles have a place for it: when a page was seen, where a
//! lasting copy is, which part of a broadcast is meant.

use hayagriva::citationberg::taxonomy::Kind;

use super::super::item::Entry;
use super::super::words;
use super::Csl;
use super::locator::Place;
use crate::markdown::escape;
use crate::model::date::default_pattern;

/// A place of no kind that CSL knows stands behind the source.
pub(super) fn unlabelled(csl: &Csl, text: &mut String, at: Option<&Place>) {
    if let Some(extra) = at.and_then(Place::unlabelled) {
        csl.append(text, ',', &format!(" {}", escape(extra)));
    }
}

/// Adds to a source's first note what the style left out.
pub(super) fn in_note(csl: &Csl, text: &mut String, entry: &Entry, seen: bool, language: &str) {
    for extra in extras(text, entry, seen, language) {
        csl.append(text, ',', &format!(" {extra}"));
    }
}

/// Adds to a source's entry in the list what the style left out, each as a sentence.
pub(super) fn in_list(csl: &Csl, text: &mut String, entry: &Entry, seen: bool, language: &str) {
    for extra in extras(text, entry, seen, language) {
        let mut chars = extra.chars();
        let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
        csl.append(text, '.', &format!(" {first}{}.", chars.as_str()));
    }
}

fn extras(text: &str, entry: &Entry, seen: bool, language: &str) -> Vec<String> {
    let words = words::of(language);
    let day = |date: &crate::model::Edtf| date.format(default_pattern(language), language);
    let mut out = Vec::new();
    if let Some(range) = &entry.time_range
        && !text.contains(range.as_str())
    {
        out.push(escape(range));
    }
    let page = matches!(entry.kind, Some(Kind::Webpage | Kind::Post | Kind::PostWeblog));
    if let Some(accessed) = &entry.accessed
        && page
        && !seen
    {
        out.push(escape(&format!("{} {}", words.accessed, day(accessed))));
    }
    if let Some(archived) = &entry.archived {
        let when = archived.date.as_ref().map(|date| format!(" {}", day(date))).unwrap_or_default();
        out.push(format!("{}: {}", escape(&format!("{}{when}", words.archived)), address(&archived.url)));
    }
    out
}

/// An address as a link, if it is one that may be followed.
fn address(url: &str) -> String {
    let safe = url.starts_with("https://") || url.starts_with("http://");
    let plain = safe && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\\".contains(c));
    if plain { format!("<{url}>") } else { escape(url) }
}
