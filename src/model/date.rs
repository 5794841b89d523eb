//! Dates as the desk writes them: the Extended Date/Time Format, levels 0 and 1.
//!
//! The standard is the Library of Congress' EDTF specification of February 2019, which is also
//! ISO 8601-2:2019. Level 2 is refused by name. Everything here is pure: no clock, no zone data.
//!
//! ```
//! use attache::model::date::Edtf;
//! let visit: Edtf = "2024-08-20/2024-08-23".parse()?;
//! assert_eq!(visit.format("%-d %B %Y", "en"), "20–23 August 2024");
//! # Ok::<(), attache::model::date::EdtfError>(())
//! ```

mod clock;
mod column;
mod day;
mod error;
mod parse;
mod pattern;
mod print;
#[cfg(test)]
mod print_tests;
mod span;
#[cfg(test)]
mod spec_tests;
mod words;

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use clock::Clock;
pub use day::Day;
pub use error::EdtfError;
pub use pattern::unknown_field;
pub use span::SortKey;
pub use words::default_pattern;

/// A date, a date with a time, or an interval, as EDTF levels 0 and 1 write it.
///
/// `FromStr` reads exactly the specification's forms and `Display` prints the same text again, so
/// equal values have equal text. `Ord` is left out on purpose: order by [`Edtf::sort_key`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Edtf(Kind);

/// How fine a date is, from coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A hundred years: `20XX`.
    Century,
    /// Ten years: `201X`.
    Decade,
    /// A year: `2024`, and what is known of `2024-XX` and `2024-XX-XX`.
    Year,
    /// A season: `2024-22`.
    Season,
    /// A month: `2024-08`, and what is known of `2024-08-XX`.
    Month,
    /// A day: `2024-08-20`.
    Day,
    /// A day with a time: `2024-08-20T12:30:00Z`.
    Time,
}

/// The three forms of an EDTF string.
#[derive(Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
enum Kind {
    Date(Point),
    Time(Point, Clock),
    Interval(End, End),
}

/// An end of an interval.
#[derive(Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
enum End {
    Date(Point),
    /// `..`
    Open,
    /// nothing
    Unknown,
}

/// One date of any precision down to the day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
struct Point {
    /// The year; of a decade or century, its earliest.
    year: i32,
    /// 1–12, a season's 21–24, or 0.
    month: u8,
    /// 1–31, or 0.
    day: u8,
    shape: Shape,
    qualifier: Qualifier,
}

/// Which parts of a date are written, and which of them as `X`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
enum Shape {
    /// `201X`
    Decade,
    /// `20XX`
    Century,
    /// `2024`
    Year,
    /// `Y170000002`
    LongYear,
    /// `2024-XX`
    SomeMonth,
    /// `2024-XX-XX`
    SomeDayOfYear,
    /// `2024-22`
    Season,
    /// `2024-08`
    Month,
    /// `2024-08-XX`
    SomeDay,
    /// `2024-08-20`
    Day,
}

/// The qualifier of a whole date.
#[derive(Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
enum Qualifier {
    None,
    /// `?`
    Uncertain,
    /// `~`
    Approximate,
    /// `%`
    Both,
}

impl Edtf {
    /// The date of a day; `None` for a year that EDTF cannot write in four digits.
    #[must_use]
    pub fn from_day(day: Day) -> Option<Self> {
        (-9999..=9999).contains(&day.year()).then_some(Self(Kind::Date(Point {
            year: day.year(),
            month: day.month(),
            day: day.day(),
            shape: Shape::Day,
            qualifier: Qualifier::None,
        })))
    }

    /// Whether this is an interval (a `/` form), even one between equal dates.
    #[must_use]
    pub fn is_interval(&self) -> bool {
        matches!(self.0, Kind::Interval(..))
    }

    /// Whether the date, or an end of the interval, is qualified `?` or `%`.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.points().any(|p| matches!(p.qualifier, Qualifier::Uncertain | Qualifier::Both))
    }

    /// Whether the date, or an end of the interval, is qualified `~` or `%`.
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.points().any(|p| matches!(p.qualifier, Qualifier::Approximate | Qualifier::Both))
    }

    /// How fine the date is: what is known, so `2024-XX` is a year. An interval is as coarse as the
    /// coarser of its dates; ask [`Edtf::start`] and [`Edtf::end`] for each.
    #[must_use]
    pub fn precision(&self) -> Precision {
        if let Kind::Time(..) = self.0 {
            return Precision::Time;
        }
        self.points().map(Point::precision).min().unwrap_or(Precision::Century)
    }

    /// The start of an interval as a date; `None` where it is open, unknown, or this is no interval.
    #[must_use]
    pub fn start(&self) -> Option<Self> {
        match self.0 {
            Kind::Interval(End::Date(p), _) => Some(Self(Kind::Date(p))),
            _ => None,
        }
    }

    /// The end of an interval as a date; `None` where it is open, unknown, or this is no interval.
    #[must_use]
    pub fn end(&self) -> Option<Self> {
        match self.0 {
            Kind::Interval(_, End::Date(p)) => Some(Self(Kind::Date(p))),
            _ => None,
        }
    }

    /// The dates that are written: one, or the known ends of an interval.
    fn points(&self) -> impl Iterator<Item = Point> {
        let (first, second) = match self.0 {
            Kind::Date(p) | Kind::Time(p, _) => (Some(p), None),
            Kind::Interval(a, b) => (a.point(), b.point()),
        };
        first.into_iter().chain(second)
    }
}

impl End {
    fn point(self) -> Option<Point> {
        match self {
            Self::Date(p) => Some(p),
            Self::Open | Self::Unknown => None,
        }
    }
}

impl Point {
    fn precision(self) -> Precision {
        match self.shape {
            Shape::Century => Precision::Century,
            Shape::Decade => Precision::Decade,
            Shape::Year | Shape::LongYear | Shape::SomeMonth | Shape::SomeDayOfYear => Precision::Year,
            Shape::Season => Precision::Season,
            Shape::Month | Shape::SomeDay => Precision::Month,
            Shape::Day => Precision::Day,
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Date(p) => write!(f, "{p}"),
            Kind::Time(p, clock) => write!(f, "{p}T{clock}"),
            Kind::Interval(a, b) => write!(f, "{a}/{b}"),
        }
    }
}

impl fmt::Debug for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Edtf({self})")
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(p) => write!(f, "{p}"),
            Self::Open => f.write_str(".."),
            Self::Unknown => Ok(()),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, year) = (if self.year < 0 { "-" } else { "" }, self.year.unsigned_abs());
        match self.shape {
            Shape::LongYear => write!(f, "Y{}", self.year),
            Shape::Century => write!(f, "{sign}{:02}XX", year / 100),
            Shape::Decade => write!(f, "{sign}{:03}X", year / 10),
            Shape::Year => write!(f, "{sign}{year:04}"),
            Shape::SomeMonth => write!(f, "{sign}{year:04}-XX"),
            Shape::SomeDayOfYear => write!(f, "{sign}{year:04}-XX-XX"),
            Shape::Season | Shape::Month => write!(f, "{sign}{year:04}-{:02}", self.month),
            Shape::SomeDay => write!(f, "{sign}{year:04}-{:02}-XX", self.month),
            Shape::Day => write!(f, "{sign}{year:04}-{:02}-{:02}", self.month, self.day),
        }?;
        f.write_str(match self.qualifier {
            Qualifier::None => "",
            Qualifier::Uncertain => "?",
            Qualifier::Approximate => "~",
            Qualifier::Both => "%",
        })
    }
}

/// Text in formats for people, its parts in others.
impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Edtf;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date as text, such as 2024-08-20")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Edtf, E> {
                text.parse().map_err(E::custom)
            }
        }
        if deserializer.is_human_readable() {
            deserializer.deserialize_str(Text)
        } else {
            Kind::deserialize(deserializer).map(Self)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edtf(text: &str) -> Edtf {
        text.parse().unwrap()
    }

    #[test]
    fn is_small() {
        assert!(size_of::<Edtf>() <= 40, "{}", size_of::<Edtf>());
    }

    #[test]
    fn precision_is_what_is_known() {
        for (text, precision) in [
            ("20XX", Precision::Century),
            ("201X", Precision::Decade),
            ("Y170000002", Precision::Year),
            ("2004-XX", Precision::Year),
            ("1985-XX-XX", Precision::Year),
            ("2001-21", Precision::Season),
            ("1985-04-XX", Precision::Month),
            ("1985-04-12~", Precision::Day),
            ("1985-04-12T23:20:30Z", Precision::Time),
            ("2004-02-01/2005", Precision::Year),
            ("2004-02-01/..", Precision::Day),
        ] {
            assert_eq!(edtf(text).precision(), precision, "{text}");
        }
    }

    #[test]
    fn qualifiers_of_either_end_count() {
        assert!(edtf("1984?/2004~").is_uncertain());
        assert!(edtf("1984?/2004~").is_approximate());
        assert!(edtf("1984%").is_uncertain() && edtf("1984%").is_approximate());
        assert!(!edtf("201X").is_uncertain());
    }

    #[test]
    fn ends_are_dates() {
        let interval = edtf("1984?/..");
        assert_eq!(interval.start(), Some(edtf("1984?")));
        assert_eq!(interval.end(), None);
        assert_eq!(edtf("1984").start(), None);
    }

    #[test]
    fn serde_is_text() {
        let date = edtf("2004-06-11%");
        let json = serde_json::to_string(&date).unwrap();
        assert_eq!(json, "\"2004-06-11%\"");
        assert_eq!(serde_json::from_str::<Edtf>(&json).unwrap(), date);
        let error = serde_json::from_str::<Edtf>("\"2004-13\"").unwrap_err().to_string();
        assert!(error.contains("month 13"), "{error}");
    }
}
