//! Reading EDTF levels 0 and 1, and saying plainly what is wrong with anything else.

use std::str::FromStr;

use super::clock::read_clock;
use super::day::days_in_month;
use super::error::{EdtfError, Read, level_two, shown, wrong};
use super::{Edtf, End, Kind, Point, Qualifier, Shape};

impl FromStr for Edtf {
    type Err = EdtfError;

    /// Reads a date of the EDTF specification of February 2019 (ISO 8601-2:2019), level 0 or 1.
    fn from_str(text: &str) -> Result<Self, EdtfError> {
        read(text).map(Self).map_err(|refusal| refusal.of(text))
    }
}

fn read(text: &str) -> Read<Kind> {
    if text.is_empty() {
        return wrong("nothing is written; write a year, month or day, such as 2024, 2024-08 or 2024-08-20");
    }
    if text.contains(['[', ']', '{', '}']) {
        return level_two("a set of dates", "write one date, or an interval such as 2024-08-20/2024-08-23");
    }
    if text.contains(char::is_whitespace) {
        return wrong("a date has no spaces and no words; write 2024-08-20, or 2024-08-20T12:30:00Z with a time");
    }
    if text.contains(['–', '—', '−']) {
        return wrong("it has a dash that is not a hyphen; write a day as 2024-08-20 and an interval with a slash");
    }
    match text.split_once('/') {
        Some((start, end)) => interval(start, end),
        None => match text.split_once('T') {
            Some((date, clock)) => date_time(date, clock),
            None => point(text).map(Kind::Date),
        },
    }
}

fn interval(start: &str, end: &str) -> Read<Kind> {
    if end.contains('/') {
        return wrong("a slash stands between the two dates of an interval; write a day as 2024-08-20");
    }
    if start.starts_with('P') || end.starts_with('P') {
        return wrong("an interval has no durations; write both of its dates, such as 2024-08-20/2024-08-23");
    }
    let (start, end) = (interval_end(start)?, interval_end(end)?);
    match (start, end) {
        (End::Date(a), End::Date(b)) if a.first() > b.last() => {
            wrong("the interval starts after it ends; write the earlier date first")
        }
        (End::Open | End::Unknown, End::Open | End::Unknown) => {
            wrong("an interval needs at least one date; write 2024/.. for “from 2024” or ../2024 for “until 2024”")
        }
        _ => Ok(Kind::Interval(start, end)),
    }
}

fn interval_end(text: &str) -> Read<End> {
    match text {
        "" => Ok(End::Unknown),
        ".." => Ok(End::Open),
        "open" => wrong("an open end is now written as two dots, such as 2024/.."),
        "unknown" => wrong("an unknown end is now written as nothing, such as 2024/"),
        _ if text.contains('T') => {
            wrong("the ends of an interval are dates without times, such as 2024-08-20/2024-08-23")
        }
        _ => match point(text)? {
            Point {
                shape: Shape::Decade | Shape::Century | Shape::SomeMonth | Shape::SomeDayOfYear | Shape::SomeDay,
                ..
            } => level_two("an X in an interval", "write each date as far as it is known, such as 2004-06/2004-07-03"),
            point => Ok(End::Date(point)),
        },
    }
}

fn date_time(date: &str, clock: &str) -> Read<Kind> {
    let Ok(day @ Point { shape: Shape::Day, qualifier: Qualifier::None, .. }) = point(date) else {
        // A date that is wrong in itself gives the better message.
        return match point(date) {
            Err(refusal) => Err(refusal),
            Ok(_) => wrong("a time needs a full date without ?, ~, % or X, such as 2024-08-20T12:30:00Z"),
        };
    };
    if clock.ends_with(['?', '~', '%']) {
        return wrong("a date with a time takes no ?, ~ or %; leave out the time, or the mark");
    }
    Ok(Kind::Time(day, read_clock(clock)?))
}

pub(super) fn two_digits(text: &str) -> Option<u8> {
    (text.len() == 2 && all_digits(text)).then(|| text.parse().ok())?
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// One date, without a time.
fn point(text: &str) -> Read<Point> {
    let (bare, qualifier) = match text.char_indices().next_back() {
        Some((at, '?')) => (&text[..at], Qualifier::Uncertain),
        Some((at, '~')) => (&text[..at], Qualifier::Approximate),
        Some((at, '%')) => (&text[..at], Qualifier::Both),
        _ => (text, Qualifier::None),
    };
    if qualifier != Qualifier::None && bare.ends_with(['?', '~', '%']) {
        return wrong("it has two marks at its end; write % for a date that is both uncertain and approximate");
    }
    if bare.contains(['?', '~', '%']) {
        return level_two(
            "a mark on a part of the date",
            "put one ?, ~ or % at the end, where it qualifies the whole date, such as 2004-06~",
        );
    }
    if let Some(digits) = bare.strip_prefix('Y') {
        return long_year(digits, qualifier);
    }
    if let Some((year, digits)) = bare.split_once('S')
        && year.trim_start_matches('-').len() == 4
        && !digits.is_empty()
        && all_digits(digits)
    {
        return level_two("significant digits", "write the year with ~, such as 1950~, or a decade, such as 195X");
    }
    let (negative, body) = match bare.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, bare),
    };
    let mut parts = body.split('-');
    let year = parts.next().unwrap_or_default();
    let (month, day) = (parts.next(), parts.next());
    if parts.next().is_some() {
        return wrong("it has too many parts; write a day as 2024-08-20, or an interval as 2024-08-20/2024-08-23");
    }
    let (year, shape) = read_year(year, negative, month.is_none())?;
    let (shape, month, day) = match (month, day) {
        (None, _) => (shape, 0, 0),
        (Some(month), None) => read_month(month)?,
        (Some(month), Some(day)) => read_day(year, month, day)?,
    };
    Ok(Point { year, month, day, shape, qualifier })
}

/// A year of more than four digits, after its `Y`.
fn long_year(text: &str, qualifier: Qualifier) -> Read<Point> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if text.contains('E') {
        return level_two("an exponent", "write the year in full, such as Y-170000000");
    }
    if text.contains('S') {
        return level_two("significant digits", "write the year with ~, such as Y171010000~");
    }
    if !all_digits(digits) {
        return wrong("after Y comes a year and nothing else, such as Y170000002");
    }
    if digits.len() < 5 || digits.starts_with('0') {
        return wrong("Y is for years of more than four digits; write the year 2024 as 2024 and the year 33 as 0033");
    }
    match text.parse() {
        Ok(year) => Ok(Point { year, month: 0, day: 0, shape: Shape::LongYear, qualifier }),
        Err(_) => wrong("the year is too large; years reach 2147483647 either way"),
    }
}

fn read_year(text: &str, negative: bool, alone: bool) -> Read<(i32, Shape)> {
    if text.contains(['x', 'u']) && text.len() == 4 && !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return wrong("an unspecified digit is a capital X, such as 201X or 20XX");
    }
    let known = text.trim_end_matches('X');
    let masked = text.len() - known.len();
    if text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit() || b == b'X') && text.contains('X') {
        if !alone {
            return level_two("a digit X before other parts", "write the decade alone, such as 156X, or a full year");
        }
        if masked > 2 || !all_digits(known) {
            return level_two("a digit X in another place", "X stands for the last one or two digits of a year: 201X");
        }
    }
    if text.len() == 8 && all_digits(text) {
        return wrong("a day has hyphens; write it as 2024-08-20");
    }
    if text.len() != 4 || !all_digits(known) {
        return wrong(
            "a date starts with a year of four digits; write 2024, 2024-08, 2024-08-20, or 2024-08~ for “about”",
        );
    }
    let (unit, shape) = match masked {
        0 => (1, Shape::Year),
        1 => (10, Shape::Decade),
        _ => (100, Shape::Century),
    };
    let Ok(known) = known.parse::<i32>() else {
        return wrong("the year is not a number; write it as 2024");
    };
    let year = known * unit;
    match negative {
        false => Ok((year, shape)),
        true if shape == Shape::Year && year == 0 => wrong("the year 0 has no minus; write 0000, which is 1 BC"),
        // The earliest year of the decade or century is the one furthest from zero.
        true => Ok((-(year + unit - 1), shape)),
    }
}

fn read_month(text: &str) -> Read<(Shape, u8, u8)> {
    if text == "XX" {
        return Ok((Shape::SomeMonth, 0, 0));
    }
    match month_number(text)? {
        month @ 1..=12 => Ok((Shape::Month, month, 0)),
        season @ 21..=24 => Ok((Shape::Season, season, 0)),
        _ => level_two(
            "a season other than 21 to 24",
            "write 21 spring, 22 summer, 23 autumn or 24 winter, or an interval of months",
        ),
    }
}

fn read_day(year: i32, month: &str, day: &str) -> Read<(Shape, u8, u8)> {
    if month == "XX" {
        return match day {
            "XX" => Ok((Shape::SomeDayOfYear, 0, 0)),
            _ => level_two("a day of an unspecified month", "write 1985-XX-XX, or the month"),
        };
    }
    let month = month_number(month)?;
    if month > 12 {
        return wrong("a season has no day; write the season alone, such as 2024-22");
    }
    if day == "XX" {
        return Ok((Shape::SomeDay, month, 0));
    }
    if day.len() == 2 && day.contains('X') {
        return level_two("a single digit X", "write the day as XX, such as 1985-04-XX");
    }
    let Some(number) = two_digits(day) else {
        return wrong(format!("the day `{}` is not two digits; write it as 2024-08-05", shown(day)));
    };
    let days = days_in_month(year, month);
    if number == 0 || number > days {
        return wrong(format!("there is no day {number}; month {month:02} of that year has {days} days"));
    }
    Ok((Shape::Day, month, number))
}

/// A month or a season: 1–12, 21–41.
fn month_number(text: &str) -> Read<u8> {
    if text.len() == 2 && text.contains('X') {
        return level_two("a single digit X", "write the month as XX, such as 2004-XX");
    }
    if text.len() == 4 && all_digits(text) {
        return wrong("an interval is written with a slash, such as 1984/1985");
    }
    let Some(number) = two_digits(text) else {
        return wrong(format!("the month `{}` is not two digits; write it as 2024-08", shown(text)));
    };
    match number {
        1..=12 | 21..=41 => Ok(number),
        _ => wrong(format!("there is no month {number:02}; months are 01 to 12 and seasons 21 to 24")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        text.parse::<Edtf>().expect_err(text).to_string()
    }

    #[test]
    fn errors_say_how_to_write_it() {
        for (text, part) in [
            ("", "nothing is written"),
            ("2024-02-30", "there is no day 30; month 02 of that year has 29 days"),
            ("2023-02-29", "has 28 days"),
            ("2024-13", "there is no month 13"),
            ("2024-00", "there is no month 00"),
            ("2024-8-5", "the month `8` is not two digits"),
            ("2024-08-5", "the day `5` is not two digits"),
            ("20240820", "a day has hyphens"),
            ("20/08/2024", "write a day as 2024-08-20"),
            ("20.08.2024", "starts with a year of four digits"),
            ("August 2024", "no spaces and no words"),
            ("2024-08-20 12:30", "2024-08-20T12:30:00Z with a time"),
            ("2024-08-20T12:30Z", "a time is written in full"),
            ("2024-08-20T25:00:00Z", "there is no time 25:00:00"),
            ("2024-08-20T12:00:00-00:00", "written Z or +00:00"),
            ("2024-08T12:00:00Z", "a time needs a full date"),
            ("2024-02-30T12:00:00Z", "there is no day 30"),
            ("2024-08-20T12:00:00Z?", "takes no ?, ~ or %"),
            ("1984-1985", "with a slash, such as 1984/1985"),
            ("2005/2004", "starts after it ends"),
            ("2004-08-20/2004-08-19", "starts after it ends"),
            ("../..", "at least one date"),
            ("/", "at least one date"),
            ("1984/open", "two dots"),
            ("1984/P1Y", "no durations"),
            ("2024-08-20T12:00:00Z/2024-08-21", "without times"),
            ("201x", "capital X"),
            ("199u", "capital X"),
            ("1984?~", "write %"),
            ("-0000", "1 BC"),
            ("Y2024", "more than four digits"),
            ("Y99999999999", "too large"),
            ("2024-22-01", "a season has no day"),
        ] {
            let message = message(text);
            assert!(message.contains(part), "{text}: {message}");
            assert!(!message.contains("level 2"), "{text}: {message}");
        }
    }

    #[test]
    fn errors_are_safe_to_print() {
        let message = message("\u{1b}[2J\u{7}");
        assert!(!message.contains(char::is_control), "{message:?}");
        assert!(shown(&"9".repeat(500)).chars().count() == 41);
    }
}
