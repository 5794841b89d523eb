//! What a date covers, and how dates compare.

use super::{Day, Edtf, End, Kind, Point, Shape};

/// The key of [`Edtf::sort_key`]: the day it sorts at, the second of that day, the last day it covers.
pub type SortKey = (Day, u32, Day);

impl Edtf {
    /// The first day that the date covers. `None` where an interval's start is open or unknown.
    ///
    /// A qualifier does not widen a date, and a time is the day it is written with, whatever its
    /// offset. ISO 8601-2 leaves seasons to the reader; here they are the meteorological quarters of
    /// the northern hemisphere: spring is March to May, summer June to August, autumn September to
    /// November, winter December to the end of the next February.
    #[must_use]
    pub fn earliest(&self) -> Option<Day> {
        match self.0 {
            Kind::Date(p) | Kind::Time(p, _) | Kind::Interval(End::Date(p), _) => Some(p.first()),
            Kind::Interval(..) => None,
        }
    }

    /// The last day that the date covers. `None` where an interval's end is open or unknown. See
    /// [`Edtf::earliest`] for seasons, qualifiers and times.
    #[must_use]
    pub fn latest(&self) -> Option<Day> {
        match self.0 {
            Kind::Date(p) | Kind::Time(p, _) | Kind::Interval(_, End::Date(p)) => Some(p.last()),
            Kind::Interval(..) => None,
        }
    }

    /// Whether the two may share a day. An open or unknown end reaches as far as is asked.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let reaches = |start: Option<Day>, end: Option<Day>| match (start, end) {
            (Some(start), Some(end)) => start <= end,
            _ => true,
        };
        reaches(self.earliest(), other.latest()) && reaches(other.earliest(), self.latest())
    }

    /// Whether every day of `other` surely lies within this date. An open end contains all beyond
    /// it; an unknown end vouches for nothing beyond the date that is known.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        let starts = match (self.lower(), other.earliest()) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(bound), Some(day)) => bound <= day,
        };
        let ends = match (self.upper(), other.latest()) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(bound), Some(day)) => day <= bound,
        };
        starts && ends
    }

    /// A total order for lists: by first day, then by time of day as written, then by last day, so a
    /// month comes after its first day. An interval without a known start sorts at the end it has;
    /// one without a known end sorts last among its equals.
    #[must_use]
    pub fn sort_key(&self) -> SortKey {
        let second = match self.0 {
            Kind::Time(_, clock) => clock.second_of_day(),
            _ => 0,
        };
        let far = Day::last_of(i32::MAX, 12);
        let last = self.latest().unwrap_or(far);
        (self.earliest().unwrap_or(last), second, last)
    }

    /// The first day that is surely covered; `None` when there is no bound.
    fn lower(&self) -> Option<Day> {
        match self.0 {
            Kind::Interval(End::Unknown, end) => end.point().map(Point::first),
            _ => self.earliest(),
        }
    }

    /// The last day that is surely covered; `None` when there is no bound.
    fn upper(&self) -> Option<Day> {
        match self.0 {
            Kind::Interval(start, End::Unknown) => start.point().map(Point::last),
            _ => self.latest(),
        }
    }
}

impl Point {
    /// The first day of the date.
    pub(super) const fn first(self) -> Day {
        match self.shape {
            Shape::Season => Day::first_of(self.year, (self.month - 20) * 3),
            Shape::Month | Shape::SomeDay => Day::first_of(self.year, self.month),
            Shape::Day => self.only_day(),
            _ => Day::first_of(self.year, 1),
        }
    }

    /// The last day of the date.
    pub(super) const fn last(self) -> Day {
        match self.shape {
            Shape::Century => Day::last_of(self.year + 99, 12),
            Shape::Decade => Day::last_of(self.year + 9, 12),
            Shape::Season if self.month == 24 => Day::last_of(self.year + 1, 2),
            Shape::Season => Day::last_of(self.year, (self.month - 20) * 3 + 2),
            Shape::Month | Shape::SomeDay => Day::last_of(self.year, self.month),
            Shape::Day => self.only_day(),
            _ => Day::last_of(self.year, 12),
        }
    }

    const fn only_day(self) -> Day {
        match Day::new(self.year, self.month, self.day) {
            Some(day) => day,
            None => Day::first_of(self.year, self.month), // parsing has refused such a day
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
    fn spans() {
        for (text, first, last) in [
            ("2024", "2024-01-01", "2024-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2024-02-XX", "2024-02-01", "2024-02-29"),
            ("2024-XX", "2024-01-01", "2024-12-31"),
            ("2024-08-20~", "2024-08-20", "2024-08-20"),
            ("2024-08-20T23:00:00-05:00", "2024-08-20", "2024-08-20"),
            ("2024-21", "2024-03-01", "2024-05-31"),
            ("2024-22", "2024-06-01", "2024-08-31"),
            ("2024-23", "2024-09-01", "2024-11-30"),
            ("2023-24", "2023-12-01", "2024-02-29"),
            ("201X", "2010-01-01", "2019-12-31"),
            ("20XX", "2000-01-01", "2099-12-31"),
            ("-201X", "-2019-01-01", "-2010-12-31"),
            ("-00XX", "-0099-01-01", "0000-12-31"),
            ("2004-06/2006", "2004-06-01", "2006-12-31"),
            ("2004/..", "2004-01-01", "-"),
            ("/2004", "-", "2004-12-31"),
        ] {
            let show = |day: Option<Day>| day.map_or("-".to_owned(), |d| d.to_string());
            assert_eq!(show(edtf(text).earliest()), first, "{text}");
            assert_eq!(show(edtf(text).latest()), last, "{text}");
        }
    }

    #[test]
    fn comparisons() {
        for (a, b, overlaps, contains) in [
            ("2024-08", "2024-08-20", true, true),
            ("2024-08-20", "2024-08", true, false),
            ("2024-08-20/2024-08-23", "2024-08-23", true, true),
            ("2024-08-20/2024-08-23", "2024-08-24", false, false),
            ("2024/..", "2030", true, true),
            ("2024/..", "2023", false, false),
            ("2024/", "2030", true, false),
            ("2024/", "2024-05", true, true),
            ("/2024", "2020", true, false),
            ("/2024", "2024-05", true, true),
            ("2024", "2024-06/..", true, false),
            ("2020/..", "2024-06/..", true, true),
            ("../2024", "../2020", true, true),
            ("2024-08-20", "2024-08-20T12:00:00Z", true, true),
        ] {
            assert_eq!(edtf(a).overlaps(&edtf(b)), overlaps, "{a} overlaps {b}");
            assert_eq!(edtf(b).overlaps(&edtf(a)), overlaps, "{b} overlaps {a}");
            assert_eq!(edtf(a).contains(&edtf(b)), contains, "{a} contains {b}");
        }
    }

    #[test]
    fn lists_sort() {
        let sorted = [
            "-0044-03-15",
            "../2004",
            "2024-08-01",
            "2024-08-01T09:00:00Z",
            "2024-08-02",
            "2024-08-02/2024-08-05",
            "2024-08-02/..",
            "2024-08-03",
        ];
        let mut dates: Vec<_> = sorted.iter().rev().map(|text| edtf(text)).collect();
        dates.sort_by_key(Edtf::sort_key);
        let dates: Vec<_> = dates.iter().map(ToString::to_string).collect();
        assert_eq!(dates, sorted);
    }
}
