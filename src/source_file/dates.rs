//! Dates as other formats write them, into EDTF; what is no date stays as it is.

use crate::model::Edtf;

/// The English names of the months; a month is told by its first three letters.
const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A date as EDTF if it can be understood without a guess; the text itself otherwise.
pub(super) fn loose(text: &str) -> String {
    let text = text.trim();
    understood(text).unwrap_or_else(|| text.to_owned())
}

fn understood(text: &str) -> Option<String> {
    if is_edtf(text) {
        return Some(text.to_owned());
    }
    if let Some((from, to)) = text.split_once('/').or_else(|| text.split_once("--")).or_else(|| text.split_once('–'))
    {
        return joined(&understood_end(from.trim())?, &understood_end(to.trim())?);
    }
    single(text)
}

fn understood_end(text: &str) -> Option<String> {
    if text.is_empty() || text == ".." { Some(text.to_owned()) } else { single(text) }
}

/// An interval, if it is one.
pub(super) fn joined(from: &str, to: &str) -> Option<String> {
    let whole = format!("{from}/{to}");
    is_edtf(&whole).then_some(whole)
}

fn single(text: &str) -> Option<String> {
    if is_edtf(text) {
        return Some(text.to_owned());
    }
    // A time without a zone is no EDTF: the day stays.
    if let Some((day, _)) = text.split_once(['T', ' ']).filter(|(day, _)| is_edtf(day) && day.len() == 10) {
        return Some(day.to_owned());
    }
    let inner = text.trim_start_matches('[').trim_end_matches(']');
    for circa in ["circa ", "ca. ", "ca ", "c. ", "c."] {
        if inner.len() > circa.len() && inner.is_char_boundary(circa.len()) {
            let (start, year) = inner.split_at(circa.len());
            if start.eq_ignore_ascii_case(circa) {
                return Some(format!("{}~", year.trim())).filter(|date| is_edtf(date));
            }
        }
    }
    if inner.len() < text.len() && is_edtf(inner) {
        return Some(format!("{inner}?")).filter(|date| is_edtf(date));
    }
    let numbers: Vec<&str> = text.split('-').collect();
    if (2..=3).contains(&numbers.len()) && numbers.iter().all(|n| n.bytes().all(|b| b.is_ascii_digit())) {
        return padded(numbers[0], numbers.get(1).copied(), numbers.get(2).copied());
    }
    in_words(text)
}

/// `20 May 2024`, `May 20, 2024`, `May 2024`.
fn in_words(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split([' ', ',', '.']).filter(|word| !word.is_empty()).collect();
    let (mut year, mut month, mut day) = (None, None, None);
    for word in words {
        if let Some(number) = month_number(word).filter(|_| !word.bytes().all(|b| b.is_ascii_digit())) {
            month.replace(number).is_none().then_some(())?;
        } else if word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) {
            year.replace(word).is_none().then_some(())?;
        } else if word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) {
            day.replace(word).is_none().then_some(())?;
        } else {
            return None;
        }
    }
    let month = month?;
    padded(year?, Some(&month.to_string()), day)
}

/// Year, month and day with their zeros, if that is a date.
pub(super) fn padded(year: &str, month: Option<&str>, day: Option<&str>) -> Option<String> {
    let mut date = match year.strip_prefix('-') {
        Some(year) => format!("-{year:0>4}"),
        None => format!("{year:0>4}"),
    };
    for part in [month, day].into_iter().map_while(|part| part) {
        date.push_str(&format!("-{:0>2}", part.trim_start_matches('0')));
    }
    is_edtf(&date).then_some(date)
}

/// The number of a month or season: by number, or by its English name or the beginning of it.
pub(super) fn month_number(text: &str) -> Option<u8> {
    let word = text.trim().trim_end_matches('.').to_lowercase();
    if let Ok(number) = word.parse::<u8>() {
        return matches!(number, 1..=12 | 21..=24).then_some(number);
    }
    match word.as_str() {
        "spring" => return Some(21),
        "summer" => return Some(22),
        "autumn" | "fall" => return Some(23),
        "winter" => return Some(24),
        _ => {}
    }
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let known = |(short, full): (&&str, &str)| word.starts_with(*short) && (full.starts_with(&word) || word == "sept");
    let index = MONTHS.iter().zip(full).position(known)?;
    u8::try_from(index + 1).ok()
}

/// Whether a text is a date of the desk's own kind.
pub(super) fn is_edtf(text: &str) -> bool {
    text.parse::<Edtf>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_clear_becomes_edtf() {
        for (written, date) in [
            ("2023~", "2023~"),
            ("2020-05/2020-06", "2020-05/2020-06"),
            ("2024-21", "2024-21"),
            ("2024-08-20T12:30:00Z", "2024-08-20T12:30:00Z"),
            ("2024-08-20T12:30:00", "2024-08-20T12:30:00"),
            ("2024-08-20 12:30", "2024-08-20"),
            ("2020-5-1", "2020-05-01"),
            ("2020--2021", "2020/2021"),
            ("2020–2021", "2020/2021"),
            ("2020/", "2020/"),
            ("/2020", "/2020"),
            ("c. 1999", "1999~"),
            ("ca. 1999", "1999~"),
            ("[1999]", "1999?"),
            ("May 2024", "2024-05"),
            ("20 May 2024", "2024-05-20"),
            ("May 20, 2024", "2024-05-20"),
            ("Summer 2024", "2024-22"),
            ("476", "0476"),
        ] {
            if written == "476" {
                assert_eq!(padded(written, None, None).as_deref(), Some(date));
            } else {
                assert_eq!(loose(written), date, "{written}");
            }
        }
    }

    #[test]
    fn what_is_no_date_stays() {
        for text in ["forthcoming", "n.d.", "5/6/2024", "2024-13-40", "May or June 2024", "2024a", "", "c.", "é2024"] {
            assert_eq!(loose(text), text);
        }
    }

    #[test]
    fn months_by_name_and_number() {
        for (written, number) in
            [("aug", 8), ("Aug.", 8), ("August", 8), ("08", 8), ("sept.", 9), ("may", 5), ("winter", 24)]
        {
            assert_eq!(month_number(written), Some(number), "{written}");
        }
        for other in ["augur", "13", "x", "", "m", "Mai"] {
            assert_eq!(month_number(other), None, "{other}");
        }
    }
}
