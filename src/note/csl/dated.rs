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
    said(date, language, |date| if date.precision() == Precision::Season { seasonal(date, &with) } else { with(date) })
}

/// A season stands where a month would stand: Hayagriva puts something else than a space behind it.
fn seasonal(season: &Edtf, with: &impl Fn(&Edtf) -> String) -> String {
    let written = with(season);
    let Some(day) = season.earliest() else { return written };
    let month = |month: u8| format!("{:04}-{month:02}", day.year()).parse().map(|date| with(&date)).ok();
    let (Some(own), Some(other)) = (month(day.month()), month((day.month() + 5) % 12 + 1)) else { return written };
    // A style that prints the year alone prints no season either.
    let Some((place, _)) = differences(&own, &other).into_iter().next() else { return own };
    let named = own[place.clone()].chars().all(|c| !c.is_numeric());
    let word = differences(&written, &own).into_iter().next().map(|(word, _)| &written[word]);
    let word = word.map(|word| word.trim_matches(|c: char| !c.is_alphabetic())).filter(|word| !word.is_empty());
    let Some(word) = word.filter(|_| named) else { return written };
    // The full stop of a shortened month goes with it.
    let short = own[place.end..].strip_prefix(". ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let place = place.start..place.end + usize::from(short);
    spliced(&own, &place, word)
}

fn said(date: &Edtf, language: &str, with: impl Fn(&Edtf) -> String) -> String {
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
        // Some styles print every such date as a doubtful one, in brackets with a question mark.
        let own = marked != text && marked.matches('?').count() == text.matches('?').count();
        let about = if date.is_approximate() && !own { about(language) } else { "" };
        let marked = if own { marked } else { text.clone() };
        let probe = if own { approximately(&probe) } else { probe };
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
    let behind = &text[at.end..];
    // A full stop behind a question mark is one mark too many.
    let behind = if with.ends_with('?') { behind.strip_prefix('.').unwrap_or(behind) } else { behind };
    format!("{}{with}{behind}", &text[..at.start])
}

/// Two formattings of one source as one, each place where they differ as `first–second`.
fn joined(first: &str, second: &str) -> String {
    let mut out = String::with_capacity(first.len() + 8);
    let mut at = 0;
    for (own, other) in differences(first, second) {
        out.push_str(&first[at..own.start]);
        let stop = usize::from(stopped(first, &own) && stopped(second, &other));
        let (own, other) = (own.start..own.end + stop, other.start..other.end + stop);
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

/// Whether the full stop behind a piece belongs to it: that of an ordinal day or a shortened month.
fn stopped(text: &str, piece: &Range<usize>) -> bool {
    let (own, behind) = (&text[piece.clone()], &text[piece.end..]);
    let last = own.rsplit(' ').next().unwrap_or_default();
    let part_of_date = !last.is_empty() && (last.len() < 3 || last.chars().all(char::is_alphabetic));
    part_of_date && behind.strip_prefix(". ").is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

/// How many pairs of words are compared at most; a reference has some dozens of words. Longer texts print
/// one end of their date.
const COMPARED: usize = 4_000_000;

/// Where two texts differ, word by word: the bytes in each. Differences with nothing but a space, a
/// comma or the full stop of a day or month between them are one.
fn differences(a: &str, b: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let (wa, wb) = (words(a), words(b));
    if wa.len().saturating_mul(wb.len()) > COMPARED {
        return Vec::new();
    }
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
            Some((last, last_other))
                if a[last.end..own.start].chars().all(|c| c == ' ' || c == ',')
                    || (&a[last.end..own.start] == ". " && stopped(a, last)) =>
            {
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
    fn endless_texts_are_not_compared() {
        let date: Edtf = "2024-08-20/2024-08-23".parse().unwrap();
        let long = "word ".repeat(30_000);
        let printed = print(&date, "en", |d| format!("{long}{d}"));
        assert!(printed.ends_with("2024-08-20"));
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
        assert_eq!(printed("2024-08?")[1], "Ann, “Talks.” *Paper*, August 2024?");
        assert_eq!(printed("2024/..")[2], "Ann (2024–) Talks");
        assert_eq!(printed("../2024")[2], "Ann (–2024) Talks");
        assert_eq!(printed("201X")[2], "Ann (2010s) Talks");
        assert_eq!(printed("2024~")[2], "Ann (ca. 2024) Talks");
    }

    /// A date with full stops in it, as German days and short months have them.
    fn stopped_style(pattern: &'static str, language: &'static str) -> impl Fn(&Edtf) -> String {
        move |d| format!("Ann, Log, {}, S. 4.", base(d).map(|d| d.format(pattern, language)).unwrap_or_default())
    }

    #[test]
    fn full_stops_of_days_and_months_stay_with_them() {
        let german = |date: &str| print(&date.parse().unwrap(), "de", stopped_style("%-d. %B %Y", "de"));
        assert_eq!(german("2024-08-20/2024-08-23"), "Ann, Log, 20.–23. August 2024, S. 4.");
        assert_eq!(german("2023-12-30/2024-01-02"), "Ann, Log, 30. Dezember 2023 – 2. Januar 2024, S. 4.");
        assert_eq!(german("2024-08-20?"), "Ann, Log, 20. August 2024?, S. 4.");
        let short = |date: &str| print(&date.parse().unwrap(), "en", stopped_style("%b. %Y", "en"));
        assert_eq!(short("2024-08?"), "Ann, Log, Aug. 2024?, S. 4.");
        assert_eq!(short("2023-12/2024-01"), "Ann, Log, Dec. 2023 – Jan. 2024, S. 4.");
    }

    #[test]
    fn a_season_stands_where_a_month_would() {
        let slash = |pattern: &'static str| {
            move |d: &Edtf| match d.precision() {
                Precision::Season => "Ann (Summer/2024).".to_owned(),
                _ => format!("Ann ({}).", d.format(pattern, "en")),
            }
        };
        let date: Edtf = "2024-22".parse().unwrap();
        assert_eq!(print(&date, "en", slash("%B %Y")), "Ann (Summer 2024).");
        assert_eq!(print(&date, "en", slash("%b. %Y")), "Ann (Summer 2024).");
        assert_eq!(print(&date, "en", slash("%Y")), "Ann (2024).");
    }

    #[test]
    fn about_a_date_is_not_a_doubt_about_it() {
        let style = |d: &Edtf| {
            let year = base(d).map(|d| d.format("%Y", "en")).unwrap_or_default();
            if d.is_approximate() { format!("Ann ([{year}?])") } else { format!("Ann ({year})") }
        };
        let printed = |date: &str| print(&date.parse().unwrap(), "en", style);
        assert_eq!((printed("2024~"), printed("2024?")), ("Ann (c. 2024)".into(), "Ann (2024?)".into()));
        assert_eq!(printed("2024%"), "Ann (c. 2024?)");
    }
}
