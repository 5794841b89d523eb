//! Numbers as people write them: `1,200`, `5.5 million`, `twenty-one`, `29th`, `twice`, `5 to 10 %`. Pure.

use std::ops::Range;

use super::dates::Written;
use super::tokens::{Kind, Token, tokens};

/// A number that stands in a text.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::check) struct Number {
    pub(in crate::check) range: Range<usize>,
    /// What it may be: a comma is a decimal one in some languages.
    pub(in crate::check) values: Vec<f64>,
    pub(in crate::check) percent: bool,
    /// By how much it may be off: it is said to be about so much, or rounded to millions.
    pub(in crate::check) slack: f64,
    /// Whether it may be no statement of number at all: `first`, `one`, `the two sides`, `option 2`.
    pub(in crate::check) weak: bool,
}

impl Number {
    /// A number that is just this, wherever it stands.
    pub(in crate::check) fn plain(value: f64) -> Self {
        Self { range: 0..0, values: vec![value], percent: false, slack: 0.0, weak: false }
    }
}

const SMALL: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ORDINALS: &[&str] = &[
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];
const SCALES: &[(&str, f64)] = &[
    ("hundred", 1e2),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
    ("dozen", 12.0),
    ("m", 1e6),
    ("bn", 1e9),
    ("tn", 1e12),
    ("k", 1e3),
    // French, German, Spanish; an English word is never one of them.
    ("mil", 1e3),
    ("mille", 1e3),
    ("tausend", 1e3),
    ("mio", 1e6),
    ("millionen", 1e6),
    ("millions", 1e6),
    ("millones", 1e6),
    ("millón", 1e6),
    ("milliard", 1e9),
    ("milliarde", 1e9),
    ("milliarden", 1e9),
    ("milliards", 1e9),
    ("mrd", 1e9),
    ("billionen", 1e12),
    ("billones", 1e12),
];
const ROUGH: &[&str] = &[
    "about",
    "around",
    "roughly",
    "nearly",
    "almost",
    "over",
    "some",
    "approximately",
    "circa",
    "than",
    "least",
    "most",
    "under",
];
/// Behind these `two` takes up a pair that the reader knows: the two sides, these two countries.
const DEFINITE: &[&str] = &["the", "these", "those", "their", "our", "both"];
/// Behind these a number names a part of this or another paper.
const LABELS: &[&str] = &[
    "option",
    "options",
    "annex",
    "tab",
    "attachment",
    "enclosure",
    "appendix",
    "page",
    "pages",
    "para",
    "paras",
    "paragraph",
    "paragraphs",
    "section",
    "figure",
    "table",
    "box",
    "footnote",
    "note",
    "step",
    "question",
    "item",
    "recommendation",
    "recommendations",
    "no",
    "room",
    "point",
    "line",
    "tel",
    "phone",
    "p",
    "pp",
];
const FRACTIONS: &[&str] =
    &["half", "halves", "third", "thirds", "quarter", "quarters", "fourths", "fifth", "fifths", "tenths"];

/// The numbers in a text, by place, without those that belong to its dates; words are English.
pub(in crate::check) fn numbers(text: &str, dates: &[Written], words: bool) -> Vec<Number> {
    let all = tokens(text);
    let in_date = |t: &Token<'_>| dates.iter().any(|d| d.range.start <= t.at && t.at < d.range.end);
    let mut found: Vec<Number> = Vec::new();
    let mut i = 0;
    while let Some(token) = all.get(i) {
        let read = if in_date(token) {
            None
        } else if token.kind == Kind::Number {
            digits(&all, i)
        } else if words {
            in_words(&all, i)
        } else {
            None
        };
        let Some((last, values, weak)) = read else {
            i += 1;
            continue;
        };
        let end = all.get(last).map_or(token.at, Token::end);
        let mut number = Number { range: token.at..end, values, percent: false, slack: 0.0, weak };
        finish(&all, i, last, &mut number);
        // `5 to 10 %`: the unit is that of both.
        if let Some(before) = found.last_mut()
            && number.percent
            && text
                .get(before.range.end..number.range.start)
                .is_some_and(|gap| matches!(gap.trim(), "to" | "and" | "or" | "-" | "–" | "—"))
        {
            before.percent = true;
        }
        found.push(number);
        i = last + 1;
    }
    found
}

/// Numbers whose thousands are parted by plain spaces, as in many languages: `12 345`.
pub(in crate::check) fn spaced(text: &str, dates: &[Written]) -> Vec<Number> {
    // Most texts have none, which their bytes tell.
    if !text.as_bytes().windows(3).any(|w| matches!(w, [a, b' ', b] if a.is_ascii_digit() && b.is_ascii_digit())) {
        return Vec::new();
    }
    let in_date = |t: &Token<'_>| dates.iter().any(|d| d.range.start <= t.at && t.at < d.range.end);
    let all: Vec<Token<'_>> = tokens(text);
    let is_group = |t: &Token<'_>| t.text.bytes().all(|b| b.is_ascii_digit()) && !in_date(t);
    let joins = |a: &Token<'_>, b: &Token<'_>| {
        is_group(a) && is_group(b) && a.text.len() <= 3 && b.text.len() == 3 && text.get(a.end()..b.at) == Some(" ")
    };
    let runs = all.chunk_by(joins).filter_map(|run| Some((run.first()?, run.last()?, run)));
    let long = runs.filter(|(first, _, run)| run.len() > 1 && !first.text.starts_with('0'));
    long.filter_map(|(first, last, run)| {
        let digits: String = run.iter().map(|t| t.text).collect();
        let values = vec![digits.parse().ok()?];
        Some(Number { range: first.at..last.end(), values, percent: false, slack: 0.0, weak: false })
    })
    .collect()
}

/// Scales, unit and roughness around a number.
fn finish(all: &[Token<'_>], first: usize, last: usize, number: &mut Number) {
    let behind_definite = first.checked_sub(1).and_then(|b| all.get(b)).is_some_and(|t| t.is_word(DEFINITE));
    number.weak |= first == last && behind_definite && all.get(first).is_some_and(|t| t.is_word(&["two"]));
    let decimals = all.get(last).and_then(|t| t.text.rfind(['.', ',']).map(|at| t.text.len() - at - 1)).unwrap_or(0);
    let decimals = i32::try_from(decimals).unwrap_or(0);
    let mut next = last + 1;
    while let Some((_, scale)) = all.get(next).and_then(|t| SCALES.iter().find(|(w, _)| t.is_word(&[w]))) {
        number.values.iter_mut().for_each(|v| *v *= scale);
        if *scale >= 1e6 {
            number.slack = 0.5 * scale * 0.1_f64.powi(decimals);
        }
        number.weak = false;
        number.range.end = all.get(next).map_or(number.range.end, Token::end);
        next += 1;
    }
    let gap = usize::from(all.get(next).is_some_and(Token::is_dash));
    let unit = all.get(next + gap);
    let per_cent = unit.is_some_and(|t| t.is_word(&["per", "pour", "por"]))
        && all.get(next + gap + 1).is_some_and(|t| t.is_word(&["cent", "ciento"]));
    let word = unit.is_some_and(|t| t.is("%") || t.is_word(&["percent", "percentage", "pct", "Prozent"]));
    number.percent = per_cent || word;
    number.weak &= !number.percent;
    let before = |n: usize| first.checked_sub(n).and_then(|b| all.get(b));
    if before(1).is_some_and(|t| t.is_word(ROUGH)) {
        number.slack = number.values.iter().fold(number.slack, |slack, v| slack.max(v * 0.05));
    }
    number.weak |= before(1).is_some_and(|t| t.is_word(LABELS));
    number.weak |= before(1).is_some_and(|t| t.is(".")) && before(2).is_some_and(|t| t.is_word(LABELS));
}

/// A number in digits. None for times, telephone numbers, versions and names with digits.
fn digits(all: &[Token<'_>], i: usize) -> Option<(usize, Vec<f64>, bool)> {
    let token = all.get(i)?;
    let before = i.checked_sub(1).and_then(|b| all.get(b)).filter(|b| b.touches(token));
    let next = all.get(i + 1).filter(|n| token.touches(n));
    let number_at = |n: usize| all.get(n).is_some_and(|t| t.kind == Kind::Number);
    let tied = |t: Option<&Token<'_>>, other: bool| {
        t.is_some_and(|t| matches!(t.text, ":" | "/" | "@" | "_" | "#" | "+" | "\\") && other || t.kind == Kind::Word)
    };
    let odd_dash = before.is_some_and(Token::is_dash)
        && i.checked_sub(2).and_then(|b| all.get(b)).zip(before).is_some_and(|(a, b)| {
            a.touches(b) && (a.kind == Kind::Word || b.is("-") && a.text.len() + token.text.len() > 5)
        });
    let phone = next.is_some_and(|n| n.is("-")) && number_at(i + 2) && all.get(i + 3).is_some_and(|t| t.is("-"));
    // `4 h 40`
    let hours = |t: Option<&Token<'_>>| t.is_some_and(|t| t.is_word(&["h"]));
    if hours(all.get(i + 1)) || hours(i.checked_sub(1).and_then(|b| all.get(b))) {
        return None;
    }
    if tied(before, true) || tied(next, number_at(i + 2)) || odd_dash || phone {
        return None;
    }
    let body = token.text.find(char::is_alphabetic).map_or(token.text, |at| token.text.get(..at).unwrap_or_default());
    let suffix = token.text.get(body.len()..)?;
    let scale = SCALES.iter().find(|(w, _)| *w == suffix).map(|(_, s)| *s);
    let ordinal = matches!(suffix, "st" | "nd" | "rd" | "th" | "er" | "e" | "º" | "ª" | "o" | "a");
    let leading_zero = body.len() > 1 && body.starts_with('0') && !body.starts_with("0.") && !body.starts_with("0,");
    if leading_zero || !(suffix.is_empty() || ordinal || scale.is_some() || matches!(suffix, "km" | "kg" | "mm" | "cm"))
    {
        return None;
    }
    let values = readings(body);
    let scaled = values.into_iter().map(|v| v * scale.unwrap_or(1.0)).collect::<Vec<_>>();
    (!scaled.is_empty()).then_some((i, scaled, false))
}

/// What digits with separators may mean.
fn readings(body: &str) -> Vec<f64> {
    let plain: String = body.chars().filter(char::is_ascii_digit).collect();
    let groups: Vec<&str> = body.split(|c: char| !c.is_ascii_digit()).collect();
    let mut values = Vec::new();
    if groups.iter().skip(1).all(|g| g.len() == 3) {
        values.extend(plain.parse::<f64>());
    }
    // The last separator is the decimal one, if it is a point or comma and stands once.
    if let Some(at) = body.rfind(['.', ','])
        && let (Some(whole), Some(part)) = (body.get(..at), body.get(at + 1..))
    {
        let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
        values.extend(format!("{whole}.{part}").parse::<f64>());
    }
    values
}

/// A number in words, such as `twenty-one`, `a dozen`, `the fifth`, `twice`.
fn in_words(all: &[Token<'_>], i: usize) -> Option<(usize, Vec<f64>, bool)> {
    let token = all.get(i).filter(|t| t.kind == Kind::Word)?;
    let word = token.text.to_lowercase();
    let position = |list: &[&str], word: &str| list.iter().position(|w| *w == word);
    let next = all.get(i + 1);
    let dash = usize::from(next.is_some_and(|t| t.is_dash() && token.touches(t)));
    let follower = all.get(i + 1 + dash).map(|t| t.text.to_lowercase()).unwrap_or_default();
    // `two-thirds`
    if position(SMALL, &word).is_some() && FRACTIONS.contains(&&*follower) {
        return None;
    }
    let before = i.checked_sub(1).and_then(|b| all.get(b));
    let value = |n: usize| f64::from(u16::try_from(n).unwrap_or(0));
    if let Some(n) = position(SMALL, &word) {
        // `the two sides` are known already, and `one` is mostly a pronoun.
        let known = n == 2
            && before.is_some_and(|t| t.is_word(&["the", "these", "those", "both", "other", "our", "their", "its"]));
        return Some((i, vec![value(n)], n < 2 || known));
    }
    if let Some(n) = position(TENS, &word).map(|n| 20 + 10 * n) {
        let unit = position(SMALL, &follower).or_else(|| position(ORDINALS, &follower)).filter(|u| (1..10).contains(u));
        return match unit {
            Some(unit) => Some((i + 1 + dash, vec![value(n + unit)], false)),
            None => Some((i, vec![value(n)], false)),
        };
    }
    if let Some(n) = position(ORDINALS, &word) {
        return Some((i, vec![value(n)], n < 4));
    }
    match word.as_str() {
        "once" => {
            let counts = matches!(follower.as_str(), "in" | "a" | "per" | "every" | "since") && before.is_some();
            Some((i, vec![1.0], !counts || before.is_some_and(|t| t.is_word(&["at", "than"]))))
        }
        "twice" => Some((i, vec![2.0], false)),
        "thrice" => Some((i, vec![3.0], false)),
        "both" | "couple" | "pair" | "double" | "doubled" => Some((i, vec![2.0], true)),
        "single" | "sole" | "only" => Some((i, vec![1.0], true)),
        "dozen" => Some((i, vec![12.0], before.is_some_and(|t| t.is_word(&["half"])))),
        "hundred" => Some((i, vec![100.0], true)),
        _ => None,
    }
}

#[cfg(test)]
#[path = "numbers_tests.rs"]
mod tests;
