//! The examples of the EDTF specification of February 2019, and properties of everything it allows.

use proptest::prelude::*;

use super::Edtf;

/// Level 0: dates, dates with times, intervals.
const LEVEL_0: &[&str] = &[
    "1985-04-12",
    "1985-04",
    "1985",
    "1985-04-12T23:20:30",
    "1985-04-12T23:20:30Z",
    "1985-04-12T23:20:30-04",
    "1985-04-12T23:20:30+04:30",
    "1964/2008",
    "2004-06/2006-08",
    "2004-02-01/2005-02-08",
    "2004-02-01/2005-02",
    "2004-02-01/2005",
    "2005/2006-02",
];

/// Level 1: long years, seasons, qualification, unspecified digits, extended intervals, negative years.
const LEVEL_1: &[&str] = &[
    "Y170000002",
    "Y-170000002",
    "2001-21",
    "1984?",
    "2004-06~",
    "2004-06-11%",
    "201X",
    "20XX",
    "2004-XX",
    "1985-04-XX",
    "1985-XX-XX",
    "1985-04-12/..",
    "1985-04/..",
    "1985/..",
    "../1985-04-12",
    "../1985-04",
    "../1985",
    "1985-04-12/",
    "1985-04/",
    "1985/",
    "/1985-04-12",
    "/1985-04",
    "/1985",
    "-1985",
    "1984~/2004-06",
    "1984/2004-06~",
    "1984~/2004~",
    "1984?/2004%",
    "1984-06?/2004-08?",
    "1984-06-02?/2004-08-08~",
    "1984-06-02?/",
];

/// Level 2, with what its refusal calls it.
const LEVEL_2: &[(&str, &str)] = &[
    ("Y-17E7", "an exponent"),
    ("1950S2", "significant digits"),
    ("Y171010000S3", "significant digits"),
    ("Y3388E2S3", "an exponent"),
    ("2001-25", "a season other than 21 to 24"),
    ("2001-34", "a season other than 21 to 24"),
    ("2001-41", "a season other than 21 to 24"),
    ("[1667,1668,1670..1672]", "a set of dates"),
    ("[..1760-12-03]", "a set of dates"),
    ("[1667,1760-12]", "a set of dates"),
    ("[1760-01,1760-02,1760-12..]", "a set of dates"),
    ("{1667,1668,1670..1672}", "a set of dates"),
    ("{1960,1961-12}", "a set of dates"),
    ("{..1984}", "a set of dates"),
    ("2004-06~-11", "a mark on a part"),
    ("2004?-06-11", "a mark on a part"),
    ("?2004-06-~11", "a mark on a part"),
    ("2004-%06-11", "a mark on a part"),
    ("2004-06-~01/2004-06-~20", "a mark on a part"),
    ("156X-12-25", "a digit X before other parts"),
    ("15XX-12-25", "a digit X before other parts"),
    ("XXXX-12-XX", "a digit X before other parts"),
    ("1XXX-XX", "a digit X before other parts"),
    ("1XXX-12", "a digit X before other parts"),
    ("1XXX", "a digit X in another place"),
    ("XXXX", "a digit X in another place"),
    ("1X99", "a digit X in another place"),
    ("1984-1X", "a single digit X"),
    ("1984-04-1X", "a single digit X"),
    ("1560-XX-25", "a day of an unspecified month"),
    ("2004-06-XX/2004-07-03", "an X in an interval"),
];

#[test]
fn the_specification_s_examples_are_read_and_printed() {
    for text in LEVEL_0.iter().chain(LEVEL_1) {
        let date: Edtf = text.parse().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(date.to_string(), *text);
    }
}

#[test]
fn level_two_is_refused_by_name() {
    for (text, feature) in LEVEL_2 {
        let error = text.parse::<Edtf>().expect_err(text);
        let expected = format!("`{text}` uses {feature}");
        assert!(error.is_level_two() && error.to_string().starts_with(&expected), "{text}: {error}");
        assert!(error.to_string().contains("which is EDTF level 2 and not supported: "), "{error}");
    }
}

fn year() -> BoxedStrategy<String> {
    prop_oneof![
        4 => (1900..2100i32).prop_map(|y| format!("{y:04}")),
        1 => (0..=9999i32).prop_map(|y| format!("{y:04}")),
        1 => (1..=9999i32).prop_map(|y| format!("-{y:04}")),
    ]
    .boxed()
}

fn day() -> BoxedStrategy<String> {
    (year(), 1..=12, 1..=28).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}")).boxed()
}

fn date() -> BoxedStrategy<String> {
    let month = prop_oneof![3 => 1..=12, 1 => 21..=24];
    let bare = prop_oneof![
        year(),
        (year(), month).prop_map(|(y, m)| format!("{y}-{m:02}")),
        day(),
        (10_000..=i32::MAX).prop_map(|y| format!("Y{y}")),
        (10_000..=i32::MAX).prop_map(|y| format!("Y-{y}")),
        "-?[0-9]{3}X",
        "-?[0-9]{2}XX",
        year().prop_map(|y| format!("{y}-XX")),
        (year(), 1..=12).prop_map(|(y, m)| format!("{y}-{m:02}-XX")),
        year().prop_map(|y| format!("{y}-XX-XX")),
    ];
    (bare, "[?~%]?").prop_map(|(bare, mark)| bare + &mark).boxed()
}

/// Texts of level 0 and 1. Intervals may be the wrong way round.
fn text() -> BoxedStrategy<String> {
    let end = prop_oneof![6 => date(), 1 => Just(String::from("..")), 1 => Just(String::new())];
    let zone = prop_oneof![Just(String::new()), Just("Z".into()), "\\+(0[0-9]|1[0-4])(:[0-5][05])?", "-0[1-9](:30)?"];
    prop_oneof![
        date(),
        (day(), "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]", zone).prop_map(|(d, t, z)| format!("{d}T{t}{z}")),
        (date(), end.clone()).prop_map(|(a, b)| format!("{a}/{b}")),
        (end, date()).prop_map(|(a, b)| format!("{a}/{b}")),
    ]
    .boxed()
}

proptest! {
    #[test]
    fn print_returns_what_was_read(text in text()) {
        match text.parse::<Edtf>() {
            Ok(date) => prop_assert_eq!(date.to_string(), text),
            Err(error) => {
                let expected = if text.contains('X') { "an X in an interval" } else { "starts after it ends" };
                prop_assert!(error.to_string().contains(expected), "{}", error);
            }
        }
    }

    #[test]
    fn earliest_is_not_after_latest(text in text()) {
        if let Ok(date) = text.parse::<Edtf>() {
            if let (Some(first), Some(last)) = (date.earliest(), date.latest()) {
                prop_assert!(first <= last);
            }
            let (at, _, last) = date.sort_key();
            prop_assert!(at <= last && date.overlaps(&date));
        }
    }

    #[test]
    fn what_contains_also_overlaps(a in text(), b in text()) {
        if let (Ok(a), Ok(b)) = (a.parse::<Edtf>(), b.parse::<Edtf>()) {
            prop_assert!(!a.contains(&b) || a.overlaps(&b));
        }
    }

    #[test]
    fn nothing_panics(text in "\\PC*", pattern in "\\PC*", language in "\\PC*") {
        if let Ok(date) = text.parse::<Edtf>() {
            let _ = date.format(&pattern, &language);
        }
    }

    #[test]
    fn nothing_near_a_date_panics(text in "[-0-9XYTZES:/.?~%é+]{0,24}") {
        if let Ok(date) = text.parse::<Edtf>() {
            prop_assert_eq!(date.to_string(), text);
        }
    }

    #[test]
    fn readers_always_get_something(text in text(), pattern in "(%-?[dmBbYyAa%q]| |, |\\.|é){0,8}", language in "(en|fr|de|ru|uk-UA|xx)") {
        if let Ok(date) = text.parse::<Edtf>() {
            prop_assert!(!date.format(&pattern, &language).trim().is_empty());
            let column = date.column();
            prop_assert!(unicode_width::UnicodeWidthStr::width(column.as_str()) <= 10, "{}", column);
        }
    }
}
