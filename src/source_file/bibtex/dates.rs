//! The dates of an entry.

use super::entry::Entry;
use super::latex::{self, Style};
use crate::source_file::dates::{joined, loose, month_number, padded};

/// The date of `<prefix>date`, or of year, month and day.
pub(super) fn date(entry: &Entry, prefix: &str) -> Option<String> {
    if let Some(written) = entry.get(&format!("{prefix}date")) {
        return Some(loose(&unmarked(written))).filter(|date| !date.is_empty());
    }
    let field = |part: &str| entry.get(&format!("{prefix}{part}"));
    let year = unmarked(field("year")?);
    let (month, day) = (field("month").map(unmarked), field("day").map(unmarked));
    let whole = month.as_deref().and_then(|month| with_month(&year, month, day.as_deref()));
    Some(whole.unwrap_or_else(|| padded_year(&year)))
}

/// LaTeX taken off, with `~` for what it is in a date.
fn unmarked(written: &str) -> String {
    let text = latex::text(&written.replace("\\textasciitilde", "~"), Style::Plain);
    text.replace('\u{a0}', "~").trim().to_owned()
}

fn padded_year(year: &str) -> String {
    let plain = year.len() < 4 && !year.is_empty() && year.bytes().all(|b| b.is_ascii_digit());
    if plain { padded(year, None, None).unwrap_or_else(|| year.to_owned()) } else { loose(year) }
}

/// A year with `aug`, `Aug. 12`, `12~August` or `May--June`.
fn with_month(year: &str, month: &str, day: Option<&str>) -> Option<String> {
    for between in ["–", "--", "/"] {
        if let Some((from, to)) = month.split_once(between) {
            return joined(&with_month(year, from, None)?, &with_month(year, to, None)?);
        }
    }
    if let Some(number) = month_number(month) {
        let day = day.filter(|_| number <= 12);
        let date = padded(year, Some(&number.to_string()), day);
        return date.or_else(|| padded(year, Some(&number.to_string()), None));
    }
    let words: Vec<&str> = month.split(['~', ' ', ',', '.']).filter(|word| !word.is_empty()).collect();
    let [one, other] = words.as_slice() else { return None };
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (name, day) = if is_number(one) { (other, one) } else { (one, other) };
    if is_number(name) || !is_number(day) {
        return None;
    }
    padded(year, Some(&month_number(name)?.to_string()), Some(day))
}
