//! The timeline: facts by date, a row for each day, month or year that has any.

use std::collections::BTreeMap;

use super::groups::{Group, Groups};
use crate::model::date::{Day, Precision};
use crate::model::{Desk, Edtf, Fact, FactAt};

/// Into so many rows the facts should fit.
const FITTING: usize = 60;

/// How much of the calendar a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grain {
    /// A day.
    #[default]
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Grain {
    const ALL: [Self; 3] = [Self::Day, Self::Month, Self::Year];

    /// Its name.
    pub fn words(self) -> &'static str {
        match self {
            Self::Day => "by day",
            Self::Month => "by month",
            Self::Year => "by year",
        }
    }

    /// So many rows: `12 days`.
    pub fn counted(self, n: usize) -> String {
        let unit = match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        };
        if n == 1 { format!("1 {unit}") } else { format!("{} {unit}s", super::facts::thousands(n)) }
    }

    /// The next coarser one, or finer; the last stays.
    pub fn next(self, coarser: bool) -> Self {
        match (self, coarser) {
            (Self::Day, true) | (Self::Year, false) => Self::Month,
            (Self::Month | Self::Year, true) => Self::Year,
            (Self::Day | Self::Month, false) => Self::Day,
        }
    }

    /// The row of a day, counted so that neighbours differ by one.
    fn row(self, day: Day) -> i64 {
        match self {
            Self::Day => day.days_since_epoch(),
            Self::Month => i64::from(day.year()) * 12 + i64::from(day.month()),
            Self::Year => i64::from(day.year()),
        }
    }

    /// The date of a row as EDTF writes it; as far as a query can write it.
    fn label(self, day: Day) -> (String, bool) {
        let (sign, year) = (if day.year() < 0 { "-" } else { "" }, day.year().unsigned_abs());
        let writes = year <= 9999;
        let year = if writes { format!("{sign}{year:04}") } else { format!("Y{sign}{year}") };
        let label = match self {
            Self::Day => format!("{year}-{:02}-{:02}", day.month(), day.day()),
            Self::Month => format!("{year}-{:02}", day.month()),
            Self::Year => year,
        };
        (label, writes)
    }

    /// Whether a date is known so well that its row is the only one.
    fn is_exact(self, date: &Edtf) -> bool {
        let least = match self {
            Self::Day => Precision::Day,
            Self::Month => Precision::Month,
            Self::Year => Precision::Year,
        };
        !date.is_interval() && !date.is_uncertain() && !date.is_approximate() && date.precision() >= least
    }
}

/// The view.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The filter in force without its dates; empty for all facts.
    pub query: String,
    /// The search that will tell the facts, while it is under way.
    pub awaited: Option<u64>,
    /// Why they cannot be told.
    pub error: Option<String>,
    /// The facts, oldest first, those without a date last.
    pub facts: Vec<FactAt>,
    /// How many of them are in the brief.
    pub used: usize,
    /// What a row is.
    pub grain: Grain,
    /// Whether the writer has chosen that; else the facts do.
    pub chosen: bool,
    /// The rows, with all their facts beneath them.
    pub groups: Groups,
    /// The revision of the draft that the rows were made for.
    pub made_for: Option<u64>,
}

impl Timeline {
    /// Takes the facts.
    pub fn take(&mut self, desk: &Desk, mut facts: Vec<FactAt>) {
        facts.sort_by_cached_key(|at| {
            let date = date(desk, *at).map(Edtf::sort_key);
            (date.is_none(), date, *at)
        });
        self.facts = facts;
        self.awaited = None;
        self.error = None;
        self.made_for = None;
    }

    /// Makes the rows anew; the cursor stays where it was as far as can be.
    pub fn regroup(&mut self, desk: &Desk, is_used: impl Fn(FactAt) -> bool) {
        self.used = self.facts.iter().filter(|at| is_used(**at)).count();
        if !self.chosen {
            self.grain = fitting(desk, &self.facts);
        }
        self.groups.replace(chart(desk, &self.facts, self.grain, is_used));
    }

    /// The filter that shows a row's facts, if a query can.
    pub fn filter(&self) -> Option<String> {
        let term = self.groups.here()?.term.as_deref()?;
        Some(format!("{} {term}", self.query).trim_start().to_owned())
    }
}

fn date(desk: &Desk, at: FactAt) -> Option<&Edtf> {
    desk.get(at).and_then(|(_, fact)| fact.when())
}

/// The day by which a date is put: its first, else the one that is known.
fn day(date: &Edtf) -> Option<Day> {
    date.earliest().or_else(|| date.latest())
}

/// The finest grain in which the facts take few enough rows, folded gaps counted.
pub fn fitting(desk: &Desk, facts: &[FactAt]) -> Grain {
    let days: Vec<Day> = facts.iter().filter_map(|at| day(date(desk, *at)?)).collect();
    let rows = |grain: &Grain| {
        let mut rows: Vec<i64> = days.iter().map(|day| grain.row(*day)).collect();
        rows.sort_unstable();
        rows.dedup();
        rows.len() + rows.windows(2).filter(|pair| pair[1] - pair[0] > 1).count()
    };
    Grain::ALL.into_iter().find(|grain| rows(grain) <= FITTING).unwrap_or(Grain::Year)
}

/// The rows of facts that come oldest first. Rows without any are counted, not shown.
pub fn chart(desk: &Desk, facts: &[FactAt], grain: Grain, is_used: impl Fn(FactAt) -> bool) -> Vec<Group> {
    let mut rows: BTreeMap<i64, Group> = BTreeMap::new();
    let mut undated = Group { name: "no date".into(), ..Group::default() };
    for at in facts {
        let date = date(desk, *at);
        let group = match date.and_then(|date| Some((date, day(date)?))) {
            None => &mut undated,
            Some((date, day)) => {
                let group = rows.entry(grain.row(day)).or_insert_with(|| {
                    let (label, writes) = grain.label(day);
                    let term = writes.then(|| format!("date:{label}").into());
                    Group { name: label.into(), term, ..Group::default() }
                });
                group.vague |= !grain.is_exact(date);
                group
            }
        };
        group.all += 1;
        group.used += usize::from(is_used(*at));
        group.facts.push(*at);
    }
    let mut before: Option<i64> = None;
    let mut out = Vec::with_capacity(rows.len() + 1);
    for (row, group) in rows {
        let empty = before.map_or(0, |before| row - before - 1);
        out.push(Group { gap: usize::try_from(empty).unwrap_or(usize::MAX), ..group });
        before = Some(row);
    }
    if undated.all > 0 {
        out.push(undated);
    }
    out
}

/// Whether a fact stands in its row for want of an exact date.
pub fn is_vague(fact: &Fact, grain: Grain) -> bool {
    fact.when().is_some_and(|date| !grain.is_exact(date))
}

/// A query without its terms about the date, which the timeline is there to choose.
pub fn without_dates(query: &str) -> String {
    let mut kept = String::new();
    let mut quoted = false;
    let term = |term: &str| {
        let bare = term.trim_start_matches('-').to_ascii_lowercase();
        bare.strip_prefix("date").is_some_and(|rest| rest.starts_with([':', '=', '<', '>']))
    };
    // White space in quotation marks parts no terms.
    let terms = query.split(|c: char| {
        quoted ^= matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
        c.is_whitespace() && !quoted
    });
    for text in terms.filter(|text| !text.is_empty() && !term(text)) {
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(text);
    }
    kept
}

#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;
