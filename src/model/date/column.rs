//! A date in ten columns, for lists.

use super::{Edtf, End, Kind, Point, Precision};

/// The width of a column of dates.
const WIDTH: usize = 10;

impl Edtf {
    /// The date in at most ten columns, as near to EDTF as fits.
    ///
    /// A time is left out. An interval that does not fit shows its start and a slash (`'24-08-20/`),
    /// or a slash and its end; a day that does not fit shows `'24` for 2024, or its month and `…`.
    #[must_use]
    pub fn column(&self) -> String {
        match self.0 {
            Kind::Date(p) | Kind::Time(p, _) => p.fit(WIDTH),
            Kind::Interval(start, end) => {
                let whole = self.to_string();
                if whole.len() <= WIDTH {
                    return whole;
                }
                match (start, end) {
                    (End::Date(a), End::Date(b)) if a.shares_year_with(b) => {
                        format!("{a}/{:02}", b.month)
                    }
                    (End::Date(a), _) => a.fit(WIDTH - 1) + "/",
                    (_, End::Date(b)) => format!("/{}", b.fit(WIDTH - 1)),
                    _ => whole,
                }
            }
        }
    }
}

impl Point {
    /// Whether `2024-06/08` says it: two plain months of one four-digit year.
    fn shares_year_with(self, other: Self) -> bool {
        let plain = |p: Self| p.shape == super::Shape::Month && p.qualifier == super::Qualifier::None;
        plain(self) && plain(other) && self.year == other.year && self.year >= 0
    }

    /// The date in at most `width` columns (9 or 10).
    fn fit(self, width: usize) -> String {
        let whole = self.to_string();
        if whole.len() <= width {
            return whole;
        }
        let mark = if whole.ends_with(['?', '~', '%']) { &whole[whole.len() - 1..] } else { "" };
        if self.precision() >= Precision::Month && (2000..2100).contains(&self.year) && whole.len() - 1 <= width {
            return format!("'{}", &whole[2..]);
        }
        let short = whole.trim_end_matches(['?', '~', '%']);
        let keep = match self.precision() {
            Precision::Day | Precision::Month if self.year >= 0 => 7,
            Precision::Day | Precision::Month => 8,
            _ => width,
        };
        let keep: String = short.chars().take(keep.min(width - 1 - mark.len())).collect();
        format!("{keep}…{mark}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns() {
        for (text, column) in [
            ("2024-08-20", "2024-08-20"),
            ("2024-08-20T12:30:00Z", "2024-08-20"),
            ("2024-08~", "2024-08~"),
            ("2024-08-20~", "'24-08-20~"),
            ("1984-06-11%", "1984-06…%"),
            ("-0043-03-15", "-0043-03…"),
            ("1964/2008", "1964/2008"),
            ("2024-08/..", "2024-08/.."),
            ("2024-06/2024-08", "2024-06/08"),
            ("2024-08-20/2024-08-23", "'24-08-20/"),
            ("2024-08-20?/2024-08-23", "2024-08…?/"),
            ("1984-06-11/..", "1984-06…/"),
            ("../2024-08-20", "/'24-08-20"),
            ("Y170000002", "Y170000002"),
            ("Y-170000002?", "Y-170000…?"),
        ] {
            let date: Edtf = text.parse().unwrap();
            assert_eq!(date.column(), column, "{text}");
        }
    }
}
