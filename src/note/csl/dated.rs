//! Dates that CSL processors cannot print: intervals, decades, doubtful ones.
//!
//! A source is formatted twice, with two plain dates. Where the two texts differ, there stands the
//! date, in the style's own order and language; so an interval prints as its two ends joined
//! (`20–23 August 2024`, `August 20–23, 2024`) without our knowing how the style writes dates.

use std::ops::Range;

use crate::model::Edtf;
use crate::model::date::{Precision, default_pattern};

/// Formats with whatever date `with` is given, so that the date reads as `date` says.
pub(super) fn print(date: &Edtf, language: &str, with: impl Fn(&Edtf) -> String) -> String {
    if let (Some(start), Some(end)) = (date.start(), date.end())
        && [start, end].iter().all(certain)
    {
        return joined(&with(&start), &with(&end));
    }
    let Some(known) = base(date) else { return with(date) };
    let text = with(&known);
    let Some(probe) = probe(&known) else { return text };
    let places = differences(&text, &with(&probe));
    let Some(first) = places.first().map(|(own, _)| own.clone()) else { return text };
    if date.is_interval() && !(date.is_uncertain() || date.is_approximate()) {
        // One end is open (a dash) or unknown (a question mark behind it).
        let written = date.to_string();
        let (mut before, mut after) = (String::new(), String::new());
        match written.split_once('/') {
            Some((_, "..")) => after.push('–'),
            Some((_, "")) => after.push_str("–?"),
            Some(("..", _)) => before.push('–'),
            Some(("", _)) => before.push_str("?–"),
            _ => {}
        }
        return spliced(&text, &first, &format!("{before}{}{after}", &text[first.clone()]));
    }
    if certain_grain(date) {
        let marked = if date.is_approximate() { with(&approximately(&known)) } else { text.clone() };
        let about = if date.is_approximate() && marked == text { about(language) } else { "" };
        let probe = if date.is_approximate() { approximately(&probe) } else { probe };
        let Some((first, _)) = differences(&marked, &with(&probe)).into_iter().next() else { return marked };
        let doubt = if date.is_uncertain() { "?" } else { "" };
        return spliced(&marked, &first, &format!("{about}{}{doubt}", &marked[first.clone()]));
    }
    // Whatever else a date can say, it says in its own words, in one place.
    let words = date.format(default_pattern(language), language);
    let mut out = text.clone();
    for (own, _) in places.iter().skip(1).rev() {
        out.replace_range(own.clone(), "");
    }
    spliced(&out, &first, &words)
}

/// What stands before an approximate date where the style has no word for it.
fn about(language: &str) -> &'static str {
    match language.split(['-', '_']).next().unwrap_or_default() {
        "de" | "it" | "nl" => "ca. ",
        "fr" => "v. ",
        "ru" => "ок. ",
        "uk" => "бл. ",
        _ => "c. ",
    }
}

fn certain(date: &Edtf) -> bool {
    !date.is_uncertain() && !date.is_approximate() && date.precision() >= Precision::Year
}

/// Whether the date is one plain date but for its doubt.
fn certain_grain(date: &Edtf) -> bool {
    !date.is_interval() && date.precision() >= Precision::Year
}

/// The plain date nearest to one that is not.
fn base(date: &Edtf) -> Option<Edtf> {
    let point = if date.is_interval() { date.start().or(date.end())? } else { *date };
    let written = point.to_string();
    let written = written.trim_end_matches(['?', '~', '%']);
    if point.precision() < Precision::Year {
        return format!("{:04}", point.earliest()?.year()).parse().ok();
    }
    written.parse().ok()
}

fn approximately(date: &Edtf) -> Edtf {
    format!("{date}~").parse().unwrap_or(*date)
}

/// A date of the same grain that shares no part with this one.
fn probe(date: &Edtf) -> Option<Edtf> {
    let day = date.earliest()?;
    let year = if day.year() > 1500 { day.year() - 411 } else { day.year() + 411 };
    let month = (day.month() + 5) % 12 + 1;
    let other = if day.day() > 15 { 4 } else { 27 };
    let text = match date.precision() {
        Precision::Day | Precision::Time => format!("{year:04}-{month:02}-{other:02}"),
        Precision::Month => format!("{year:04}-{month:02}"),
        Precision::Season => format!("{year:04}-{}", if day.month() == 3 { 23 } else { 21 }),
        _ => format!("{year:04}"),
    };
    text.parse().ok()
}

fn spliced(text: &str, at: &Range<usize>, with: &str) -> String {
    format!("{}{with}{}", &text[..at.start], &text[at.end..])
}

/// Two formattings of one source as one, each place where they differ as `first–second`.
fn joined(first: &str, second: &str) -> String {
    let mut out = String::with_capacity(first.len() + 8);
    let mut at = 0;
    for (own, other) in differences(first, second) {
        out.push_str(&first[at..own.start]);
        let (from, to) = (&first[own.clone()], &second[other]);
        let dash = if from.contains(' ') || to.contains(' ') { " – " } else { "–" };
        match (from.is_empty(), to.is_empty()) {
            (false, false) => out.push_str(&format!("{from}{dash}{to}")),
            (true, _) => out.push_str(to),
            (_, true) => out.push_str(from),
        }
        at = own.end;
    }
    out.push_str(&first[at..]);
    out
}

/// Where two texts differ, word by word: the bytes in each. Differences with nothing but a space or a
/// comma between them are one.
fn differences(a: &str, b: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let (wa, wb) = (words(a), words(b));
    let table = common(a, &wa, b, &wb);
    let (mut i, mut j) = (0, 0);
    let mut out: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let start = |words: &[Range<usize>], i: usize, text: &str| words.get(i).map_or(text.len(), |w| w.start);
    while i < wa.len() || j < wb.len() {
        if i < wa.len() && j < wb.len() && a[wa[i].clone()] == b[wb[j].clone()] {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let (from, to) = (i, j);
        while (i < wa.len() || j < wb.len()) && !(i < wa.len() && j < wb.len() && a[wa[i].clone()] == b[wb[j].clone()])
        {
            let skip_a = i < wa.len() && (j >= wb.len() || table[i + 1][j] >= table[i][j + 1]);
            if skip_a { i += 1 } else { j += 1 }
        }
        out.push((start(&wa, from, a)..end_of(&wa, from, i, a), start(&wb, to, b)..end_of(&wb, to, j, b)));
    }
    let mut merged: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (own, other) in out {
        match merged.last_mut() {
            Some((last, last_other)) if a[last.end..own.start].chars().all(|c| c == ' ' || c == ',') => {
                last.end = own.end;
                last_other.end = other.end;
            }
            _ => merged.push((own, other)),
        }
    }
    merged
}

fn end_of(words: &[Range<usize>], from: usize, to: usize, text: &str) -> usize {
    if to > from { words[to - 1].end } else { words.get(from).map_or(text.len(), |w| w.start) }
}

/// Words, spaces and every other character, each a piece.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut in_word = false;
    for (i, c) in text.char_indices() {
        let end = i + c.len_utf8();
        match out.last_mut() {
            Some(last) if in_word && c.is_alphanumeric() => last.end = end,
            _ => out.push(i..end),
        }
        in_word = c.is_alphanumeric();
    }
    out
}

/// The lengths of the longest common rows of words from each pair of places on.
fn common(a: &str, wa: &[Range<usize>], b: &str, wb: &[Range<usize>]) -> Vec<Vec<usize>> {
    let mut table = vec![vec![0_usize; wb.len() + 1]; wa.len() + 1];
    for i in (0..wa.len()).rev() {
        for j in (0..wb.len()).rev() {
            table[i][j] = if a[wa[i].clone()] == b[wb[j].clone()] {
                table[i + 1][j + 1] + 1
            } else {
                table[i + 1][j].max(table[i][j + 1])
            };
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Styles that write dates in their own ways; `circa` prints in the last alone.
    fn styles() -> [fn(&Edtf) -> String; 3] {
        fn plain(date: &Edtf, pattern: &str) -> String {
            base(date).map(|d| d.format(pattern, "en")).unwrap_or_default()
        }
        [
            |d| format!("Ann, ‘Talks in 20 towns’, *Paper*, {}, p. 4.", plain(d, "%-d %B %Y")),
            |d| format!("Ann, “Talks.” *Paper*, {}.", plain(d, "%B %-d, %Y")),
            |d| {
                let about = if d.is_approximate() { "ca. " } else { "" };
                format!("Ann ({about}{}) Talks", plain(d, "%Y"))
            },
        ]
    }

    #[test]
    fn a_date_says_what_it_says_in_the_style_s_own_order() {
        let printed = |date: &str| -> Vec<String> {
            let date: Edtf = date.parse().unwrap();
            styles().iter().map(|style| print(&date, "en", style)).collect()
        };
        assert_eq!(
            printed("2024-08-20/2024-08-23"),
            [
                "Ann, ‘Talks in 20 towns’, *Paper*, 20–23 August 2024, p. 4.",
                "Ann, “Talks.” *Paper*, August 20–23, 2024.",
                "Ann (2024) Talks"
            ]
        );
        assert_eq!(
            printed("2023-12-30/2024-01-02"),
            [
                "Ann, ‘Talks in 20 towns’, *Paper*, 30 December 2023 – 2 January 2024, p. 4.",
                "Ann, “Talks.” *Paper*, December 30, 2023 – January 2, 2024.",
                "Ann (2023–2024) Talks"
            ]
        );
        assert_eq!(printed("2024-08~")[0], "Ann, ‘Talks in 20 towns’, *Paper*, c. August 2024, p. 4.");
        assert_eq!(printed("2024-08?")[1], "Ann, “Talks.” *Paper*, August 2024?.");
        assert_eq!(printed("2024/..")[2], "Ann (2024–) Talks");
        assert_eq!(printed("../2024")[2], "Ann (–2024) Talks");
        assert_eq!(printed("201X")[2], "Ann (2010s) Talks");
        assert_eq!(printed("2024~")[2], "Ann (ca. 2024) Talks");
    }
}
