//! The values of a query's terms: patterns of text, ranges of scales, tests of dates.

use std::cmp::Ordering;
use std::fmt;

use super::text::{ends_word, starts_word};
use crate::model::text::{fold, one_line};
use crate::model::{Edtf, Marking, Priority, Reliability};

/// A text to compare with, `*` standing for anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    written: Box<str>,
    folded: Box<str>,
    glob: bool,
}

impl Pattern {
    pub(super) fn new(written: &str) -> Self {
        let written = one_line(written);
        Self { folded: fold(&written).into(), glob: written.contains('*'), written: written.into() }
    }

    /// Whether the whole value is meant.
    pub(super) fn is_whole(&self, value: &str) -> bool {
        if self.glob {
            glob(&self.folded, &fold(value), &|_| false)
        } else if value.is_ascii() {
            value.eq_ignore_ascii_case(&self.folded)
        } else {
            *fold(value) == *self.folded
        }
    }

    /// Whether whole words of the value are meant.
    pub(super) fn is_in(&self, value: &str) -> bool {
        if self.folded.is_empty() {
            return false;
        }
        if !self.glob && value.is_ascii() {
            return self.is_in_ascii(value);
        }
        let value = fold(value);
        if self.glob {
            return value
                .char_indices()
                .map(|(at, _)| at)
                .filter(|at| starts_word(&value, *at))
                .any(|at| glob(&self.folded, &value[at..], &|rest| ends_word(&value, value.len() - rest.len())));
        }
        value
            .match_indices(&*self.folded)
            .any(|(at, found)| starts_word(&value, at) && ends_word(&value, at + found.len()))
    }

    /// As [`Pattern::is_in`], without a copy of the value: names are many and mostly ASCII.
    fn is_in_ascii(&self, value: &str) -> bool {
        let (sought, bytes) = (self.folded.as_bytes(), value.as_bytes());
        bytes.windows(sought.len()).enumerate().any(|(at, part)| {
            part.eq_ignore_ascii_case(sought) && starts_word(value, at) && ends_word(value, at + sought.len())
        })
    }

    /// Whether it speaks of a fact by its address.
    pub(super) fn is_address(&self) -> bool {
        self.written.contains('#')
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.written.contains(|c: char| c == ',' || c.is_whitespace()) {
            write!(f, "\"{}\"", self.written)
        } else {
            f.write_str(&self.written)
        }
    }
}

/// Matches with `*`; `may_end` tells where in the text the pattern may end before the text does.
fn glob(pattern: &str, text: &str, may_end: &dyn Fn(&str) -> bool) -> bool {
    // The usual two-finger walk: on a mismatch the last star takes one character more.
    let (mut p, mut t) = (pattern, text);
    let mut star: Option<(&str, &str)> = None;
    loop {
        let mut pc = p.chars();
        match pc.next() {
            Some('*') => {
                p = pc.as_str();
                star = Some((p, t));
                if p.is_empty() {
                    return true;
                }
                continue;
            }
            Some(c) if t.starts_with(c) => {
                (p, t) = (pc.as_str(), &t[c.len_utf8()..]);
                continue;
            }
            None if t.is_empty() || may_end(t) => return true,
            _ => {}
        }
        let Some((after, from)) = star else { return false };
        let mut rest = from.chars();
        if rest.next().is_none() {
            return false;
        }
        star = Some((after, rest.as_str()));
        (p, t) = (after, rest.as_str());
    }
}

/// A scale in the order in which it is written.
pub(super) trait Scale: fmt::Display {
    /// The order of two values, if one scale holds both.
    fn order(&self, other: &Self) -> Option<Ordering>;
}

impl Scale for Reliability {
    fn order(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Scale for Priority {
    fn order(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Scale for u8 {
    fn order(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Scale for Marking {
    fn order(&self, other: &Self) -> Option<Ordering> {
        if self.as_str().eq_ignore_ascii_case(other.as_str()) {
            return Some(Ordering::Equal);
        }
        self.compare(other).or_else(|| {
            Self::new(&self.as_str().to_ascii_uppercase()).compare(&Self::new(&other.as_str().to_ascii_uppercase()))
        })
    }
}

/// A part of a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Span<T> {
    /// One value.
    Is(T),
    /// Both ends included; an absent end is open.
    Between(Option<T>, Option<T>),
    /// `<`
    Below(T),
    /// `>`
    Above(T),
}

impl<T: Scale> Span<T> {
    pub(super) fn holds(&self, value: &T) -> bool {
        let at_least = |low: &T| value.order(low).is_some_and(Ordering::is_ge);
        let at_most = |high: &T| value.order(high).is_some_and(Ordering::is_le);
        match self {
            Self::Is(x) => value.order(x) == Some(Ordering::Equal),
            Self::Between(low, high) => low.as_ref().is_none_or(at_least) && high.as_ref().is_none_or(at_most),
            Self::Below(x) => value.order(x) == Some(Ordering::Less),
            Self::Above(x) => value.order(x) == Some(Ordering::Greater),
        }
    }
}

impl<T: fmt::Display> fmt::Display for Span<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(x) | Self::Below(x) | Self::Above(x) => write!(f, "{x}"),
            Self::Between(low, high) => range(f, low.as_ref(), high.as_ref()),
        }
    }
}

/// A marking: as a whole value, or a part of its scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MarkingTest {
    /// As written, `*` allowed.
    Like(Pattern),
    /// A part of a scheme.
    Within(Span<Marking>),
}

impl MarkingTest {
    /// Whether it holds; no marking is the lowest of every scheme.
    pub(super) fn holds(&self, marking: Option<&Marking>) -> bool {
        match (self, marking) {
            (Self::Like(pattern), Some(marking)) => pattern.is_whole(marking.as_str()),
            (Self::Like(_), None) => false,
            (Self::Within(span), Some(marking)) => span.holds(marking),
            (Self::Within(span), None) => {
                ["TLP:CLEAR", "OFFICIAL", "UNCLASSIFIED"].iter().any(|lowest| span.holds(&Marking::new(lowest)))
            }
        }
    }
}

impl fmt::Display for MarkingTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Like(pattern) => pattern.fmt(f),
            Self::Within(span) => Pattern::new(&span.to_string()).fmt(f),
        }
    }
}

/// What a date must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DateTest {
    /// It shares a day with this.
    Meets(Edtf),
    /// It covers just the days of this.
    Same(Edtf),
    /// It ends before this begins.
    Before(Edtf),
    /// It begins after this ends.
    After(Edtf),
    /// It shares a day with the time between the two, both included.
    Between(Option<Edtf>, Option<Edtf>),
}

impl DateTest {
    pub(super) fn holds(&self, date: &Edtf) -> bool {
        let (first, last) = (date.earliest(), date.latest());
        match self {
            Self::Meets(x) => date.overlaps(x),
            Self::Same(x) => first == x.earliest() && last == x.latest(),
            Self::Before(x) => last.zip(x.earliest()).is_some_and(|(last, x)| last < x),
            Self::After(x) => first.zip(x.latest()).is_some_and(|(first, x)| first > x),
            Self::Between(low, high) => {
                let low = low.as_ref().and_then(Edtf::earliest);
                let high = high.as_ref().and_then(Edtf::latest);
                // An end that is open or not known reaches as far as is asked.
                last.zip(low).is_none_or(|(last, low)| last >= low)
                    && first.zip(high).is_none_or(|(first, high)| first <= high)
            }
        }
    }
}

impl fmt::Display for DateTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Meets(x) | Self::Same(x) | Self::Before(x) | Self::After(x) => x.fmt(f),
            Self::Between(low, high) => range(f, low.as_ref(), high.as_ref()),
        }
    }
}

fn range<T: fmt::Display>(f: &mut fmt::Formatter<'_>, low: Option<&T>, high: Option<&T>) -> fmt::Result {
    if let Some(low) = low {
        write!(f, "{low}")?;
    }
    f.write_str("..")?;
    high.map_or(Ok(()), |high| write!(f, "{high}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_values_know_stars_case_and_accents() {
        for (pattern, value, whole) in [
            ("li*", "Li-Qiang", true),
            ("li*", "sco-li", false),
            ("*li", "sco-li", true),
            ("l*q*g", "li-qiang", true),
            ("*", "", true),
            ("nunez", "Núñez", true),
            ("NÚÑEZ", "nunez", true),
            ("sco", "sco-10", false),
            ("東*", "東京", true),
        ] {
            assert_eq!(Pattern::new(pattern).is_whole(value), whole, "{pattern} {value}");
        }
    }

    #[test]
    fn contained_words_are_whole_words() {
        for (pattern, value, found) in [
            ("mao", "Mao Ning", true),
            ("ning", "Mao Ning", true),
            ("mao ning", "Mao  Ning", false),
            ("ma", "Mao Ning", false),
            ("ma*", "Mao Ning", true),
            ("n*g", "Mao Ning", true),
            ("*ing", "Mao Ning", true),
            ("us", "Ust-Kut", false),
            ("kut", "Ust-Kut", true),
            ("京", "東京", true),
            ("", "x", false),
        ] {
            assert_eq!(Pattern::new(pattern).is_in(value), found, "{pattern} {value}");
        }
    }

    #[test]
    fn markings_compare_within_their_scheme_and_none_is_the_lowest() {
        let green = Marking::new("TLP:GREEN");
        let up_to = |x: &str| MarkingTest::Within(Span::Between(None, Some(Marking::new(x))));
        assert!(up_to("TLP:AMBER").holds(Some(&green)) && up_to("tlp:green").holds(Some(&green)));
        assert!(!up_to("TLP:CLEAR").holds(Some(&green)));
        assert!(!up_to("SECRET").holds(Some(&green)));
        assert!(up_to("TLP:GREEN").holds(None) && up_to("OFFICIAL").holds(None));
        assert!(!MarkingTest::Within(Span::Below(Marking::new("TLP:CLEAR"))).holds(None));
    }

    #[test]
    fn dates_before_and_after_leave_no_day_in_common() {
        let date = |x: &str| -> Edtf { x.parse().unwrap() };
        let visit = date("2024-08-20/2024-08-23");
        for (test, holds) in [
            (DateTest::Meets(date("2024-08")), true),
            (DateTest::Meets(date("2024-09")), false),
            (DateTest::Same(date("2024-08")), false),
            (DateTest::Same(date("2024-08-20/2024-08-23")), true),
            (DateTest::Before(date("2024-08-24")), true),
            (DateTest::Before(date("2024-08-23")), false),
            (DateTest::After(date("2024-08-19")), true),
            (DateTest::After(date("2024-08")), false),
            (DateTest::Between(Some(date("2024-08-23")), None), true),
            (DateTest::Between(None, Some(date("2024-08-19"))), false),
        ] {
            assert_eq!(test.holds(&visit), holds, "{test:?}");
        }
    }
}
