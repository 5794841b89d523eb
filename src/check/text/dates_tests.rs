use proptest::prelude::*;

use super::*;

fn shown(text: &str, language: &str) -> String {
    let part = |n: Option<i64>| n.map_or("-".to_owned(), |n| n.to_string());
    let one = |w: &Written| {
        let weekday = w.weekday.as_ref().map_or("", |(w, _)| Lexicon::of("en").weekday_name(*w).get(..2).unwrap());
        let date = [w.year.map(i64::from), w.month.map(i64::from), w.day.map(i64::from)].map(part).join(".");
        format!("{date}{weekday}{}", if w.decade { "s" } else { "" })
    };
    written(text, Lexicon::of(language)).iter().map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn dates_are_read_in_every_usual_form() {
    for (language, text, expected) in [
        ("en", "on 20 August 2024, and", "2024.8.20"),
        ("en", "On Tuesday, 20 August 2024.", "2024.8.20Tu"),
        ("en", "Tuesday the 20th of August", "-.8.20Tu"),
        ("en", "20 August 2024 (Tuesday)", "2024.8.20Tu"),
        ("en", "20 August 2024, a Tuesday, was", "2024.8.20Tu"),
        ("en", "on Tuesday (20 August), he", "-.8.20Tu"),
        ("en", "Tuesday, August 20, 2024", "2024.8.20Tu"),
        ("en", "Tue 20 Aug 2024", "2024.8.20Tu"),
        ("en", "from 20 to 23 August 2024", "2024.8.20 2024.8.23"),
        ("en", "from Tuesday 20 to Friday 23 August 2024", "2024.8.20Tu 2024.8.23Fr"),
        ("en", "20–23 August", "-.8.20 -.8.23"),
        ("en", "August 20 to 23, 2024", "2024.8.20 2024.8.23"),
        ("en", "August 20–23", "-.8.20 -.8.23"),
        ("en", "on 4, 5 and 6 July 2024", "2024.7.4 2024.7.5 2024.7.6"),
        ("en", "30 July to 2 August 2024", "2024.7.30 2024.8.2"),
        ("en", "Monday 30 December to Friday 3 January 2025", "2024.12.30Mo 2025.1.3Fr"),
        ("en", "in July and August 2024", "2024.7.- 2024.8.-"),
        ("en", "Sept. 5, 2024; Sept. 2024", "2024.9.5 2024.9.-"),
        ("en", "in May, since March; They may march. May we?", "-.5.- -.3.-"),
        ("en", "since 1996, in the 1990s and 2023–24", "1996.-.- 1990.-.-s 2023.-.-"),
        ("en", "2024-08-20 or 20/8/2024 or 8/20/2024 or 3/4/2024", "2024.8.20 2024.8.20 2024.8.20 2024.-.-"),
        ("en", "$2000, 2,024 ships, 2024th, 30 ships, call 202-555-0164", ""),
        ("fr", "le mardi 20 août 2024, du 20 au 23 août, le 1er mai", "2024.8.20Tu -.8.20 -.8.23 -.5.1"),
        (
            "de",
            "am Dienstag, dem 20. August 2024, vom 20. bis 23. August, 20.08.2024",
            "2024.8.20Tu -.8.20 -.8.23 2024.8.20",
        ),
        ("es", "el martes 20 de agosto de 2024, del 20 al 23 de agosto", "2024.8.20Tu -.8.20 -.8.23"),
    ] {
        assert_eq!(shown(text, language), expected, "{text}");
    }
}

#[test]
fn a_date_knows_where_it_stands() {
    let text = "Am „x“ é on Tuesday, 20 August 2024!";
    let found = written(text, Lexicon::of("en"));
    assert_eq!(text.get(found[0].range.clone()), Some("Tuesday, 20 August 2024"));
    let weekday = found[0].weekday.clone().unwrap();
    assert_eq!(text.get(weekday.1), Some("Tuesday"));
}

proptest! {
    #[test]
    fn no_text_panics(text in prop_oneof![
        ".{0,60}",
        prop::collection::vec(prop::sample::select(vec![
            "20", "August", " ", "2024", ",", ".", "-", "–", "/", "to", "and", "Tuesday", "(", ")", "the", "of", "de", "1er", "août", "é", "\n", "4", "May", "s",
        ]), 0..16).prop_map(|p| p.concat()),
    ]) {
        for language in ["en", "fr", "de", "es"] {
            for date in written(&text, Lexicon::of(language)) {
                prop_assert!(text.get(date.range).is_some());
            }
        }
    }
}
