//! A day of the calendar.

use std::fmt;

use jiff::civil::Weekday;

/// A day of the proleptic Gregorian calendar (ISO 8601-1:2019), years counted astronomically: the
/// year 0 is 1 BC. Days order as the calendar does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::struct_field_names, reason = "the day of the month is called its day")]
pub struct Day {
    year: i32,
    month: u8,
    day: u8,
}

impl Day {
    /// The day, if the calendar has it.
    #[must_use]
    pub const fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if day >= 1 && day <= days_in_month(year, month) { Some(Self { year, month, day }) } else { None }
    }

    /// The first day of a month. The caller has checked that `month` is 1–12.
    pub(super) const fn first_of(year: i32, month: u8) -> Self {
        Self { year, month, day: 1 }
    }

    /// The last day of a month. The caller has checked that `month` is 1–12.
    pub(super) const fn last_of(year: i32, month: u8) -> Self {
        Self { year, month, day: days_in_month(year, month) }
    }

    /// The year; 0 is 1 BC.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The month, 1–12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1–31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The number of days since 1970-01-01, negative before it.
    #[must_use]
    pub fn days_since_epoch(self) -> i64 {
        // A year counted from March, so that the leap day is its last.
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let year = if month <= 2 { year - 1 } else { year };
        let month = (month + 9) % 12;
        let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        year * 365 + leaps + day_of_year - 719_468
    }

    /// How many days `later` lies after this day; negative when it lies before.
    #[must_use]
    pub fn days_until(self, later: Self) -> i64 {
        later.days_since_epoch() - self.days_since_epoch()
    }

    /// The day of the week, for any year.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        match (self.days_since_epoch() + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }
}

impl fmt::Display for Day {
    /// As ISO 8601 writes it: `2024-08-20`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{:02}-{:02}", self.year.unsigned_abs(), self.month, self.day)
    }
}

/// How many days a month has; 0 for a month that is not 1–12.
pub(super) const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_calendar_decides() {
        assert!(Day::new(2024, 2, 29).is_some());
        assert!(Day::new(2023, 2, 29).is_none());
        assert!(Day::new(1900, 2, 29).is_none());
        assert!(Day::new(2000, 2, 29).is_some());
        assert!(Day::new(2024, 13, 1).is_none());
        assert!(Day::new(2024, 1, 0).is_none());
    }

    #[test]
    fn days_are_counted() {
        let day = |y, m, d| Day::new(y, m, d).unwrap();
        assert_eq!(day(1970, 1, 1).days_since_epoch(), 0);
        assert_eq!(day(2024, 2, 28).days_until(day(2024, 3, 1)), 2);
        assert_eq!(day(-44, 3, 15).to_string(), "-0044-03-15");
        assert!(day(i32::MAX, 12, 31).days_since_epoch() > 0);
        assert!(day(i32::MIN, 1, 1).days_since_epoch() < 0);
    }

    proptest! {
        #[test]
        fn agrees_with_jiff(year in -9999i16..=9999, month in 1i8..=12, day in 1i8..=31) {
            let ours = Day::new(year.into(), month.unsigned_abs(), day.unsigned_abs());
            let theirs = jiff::civil::Date::new(year, month, day).ok();
            prop_assert_eq!(ours.map(Day::weekday), theirs.map(jiff::civil::Date::weekday));
        }

        #[test]
        fn repeats_every_400_years(year in -2_000_000_000i32..2_000_000_000, month in 1u8..=12, day in 1u8..=28) {
            let weekday = |y| Day::new(y, month, day).map(Day::weekday);
            prop_assert_eq!(weekday(year), weekday(2000 + year.rem_euclid(400)));
        }
    }
}
