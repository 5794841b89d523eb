//! Dates as people write them: `Tuesday, 20 August 2024`, `August 20 to 23`, `July and August 2024`,
//! `2024-08-20`, `le 20 août 2024`, `20. August 2024`, `20 de agosto de 2024`. Pure.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Weekday;

use super::tokens::{Kind, Token, tokens};
use crate::model::Edtf;
use crate::model::date::Day;
use crate::model::text::fold;

/// A date that stands in a text, as far as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(in crate::check) struct Written {
    /// From its first word, a weekday too, to its last.
    pub(in crate::check) range: Range<usize>,
    pub(in crate::check) year: Option<i32>,
    /// Whether the year was written at another date of the same range.
    pub(in crate::check) year_is_shared: bool,
    /// A year that might as well be a plain number.
    pub(in crate::check) bare_year: bool,
    /// Ten years: `1990s`.
    pub(in crate::check) decade: bool,
    pub(in crate::check) month: Option<u8>,
    pub(in crate::check) day: Option<u8>,
    pub(in crate::check) weekday: Option<(Weekday, Range<usize>)>,
}

impl Written {
    /// The day, in this year if it has none of its own.
    pub(in crate::check) fn day_in(&self, year: i32) -> Option<Day> {
        Day::new(self.year.unwrap_or(year), self.month?, self.day?)
    }
}

/// The names of months and days in a language.
#[derive(Debug)]
pub(in crate::check) struct Lexicon {
    /// Folded, with the number: 1 to 12.
    months: Vec<(String, u8)>,
    weekdays: Vec<(String, Weekday)>,
    /// As they are written, from Monday.
    weekday_names: [String; 7],
    tag: &'static str,
    english: bool,
    /// Whether names begin with a capital.
    capitals: bool,
}

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

impl Lexicon {
    /// The names of a language (BCP 47); English, if it is not German, French or Spanish.
    pub(in crate::check) fn of(language: &str) -> &'static Self {
        static ALL: LazyLock<[Lexicon; 4]> = LazyLock::new(|| ["en", "fr", "de", "es"].map(Lexicon::make));
        let [english, french, german, spanish] = &*ALL;
        match language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "fr" => french,
            "de" => german,
            "es" => spanish,
            _ => english,
        }
    }

    /// Whether a language is one whose names are known.
    pub(in crate::check) fn knows(language: &str) -> bool {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        ["en", "fr", "de", "es"].iter().any(|known| primary.eq_ignore_ascii_case(known))
    }

    /// Whether the words of the other rules, which are English, go with it.
    pub(in crate::check) fn is_english(&self) -> bool {
        self.english
    }

    fn make(language: &'static str) -> Self {
        let written = |day: Option<Day>, pattern: &str| {
            day.and_then(Edtf::from_day).map(|d| d.format(pattern, language)).unwrap_or_default()
        };
        let name = |day: Option<Day>, pattern: &str| fold(written(day, pattern).trim_end_matches('.'));
        let month =
            |pattern: &'static str| (1..=12).map(move |m| (name(Day::new(2024, m, 1), pattern), m)).collect::<Vec<_>>();
        let mut months = month("%B");
        months.extend(month("%b"));
        // 1 January 2024 was a Monday.
        let weekday_names = [1, 2, 3, 4, 5, 6, 7].map(|d| written(Day::new(2024, 1, d), "%A"));
        let mut weekdays: Vec<(String, Weekday)> =
            (1..).zip(WEEK).map(|(d, w)| (name(Day::new(2024, 1, d), "%A"), w)).collect();
        if language == "en" {
            months.push(("sept".to_owned(), 9));
            let short = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
            weekdays.extend(short.iter().map(|s| (*s).to_owned()).zip(WEEK));
            weekdays.extend([("tues".to_owned(), Weekday::Tuesday), ("thurs".to_owned(), Weekday::Thursday)]);
        }
        Self {
            months,
            weekdays,
            weekday_names,
            tag: language,
            english: language == "en",
            capitals: matches!(language, "en" | "de"),
        }
    }

    /// Whether a text may name a weekday, told at a glance; to look closely takes long over many texts.
    pub(in crate::check) fn may_name_weekday(&self, text: &str) -> bool {
        const BEGINNINGS: [&[u8]; 7] = [b"Mo", b"Tu", b"We", b"Th", b"Fr", b"Sa", b"Su"];
        !self.english || text.as_bytes().windows(2).any(|pair| BEGINNINGS.contains(&pair))
    }

    /// The language: `en`, `fr`, `de` or `es`.
    pub(in crate::check) fn tag(&self) -> &'static str {
        self.tag
    }

    /// The name of a weekday.
    pub(in crate::check) fn weekday_name(&self, day: Weekday) -> &str {
        WEEK.iter().position(|w| *w == day).and_then(|i| self.weekday_names.get(i)).map_or("", String::as_str)
    }

    fn is_named(&self, token: &Token<'_>) -> bool {
        token.kind == Kind::Word && (!self.capitals || token.text.starts_with(char::is_uppercase))
    }

    fn month(&self, token: &Token<'_>) -> Option<u8> {
        let word = self.is_named(token).then(|| fold(token.text))?;
        // `d’avril`
        let word = word.split_once('\'').filter(|(article, _)| article.len() == 1).map_or(&*word, |(_, month)| month);
        self.months.iter().find(|(name, _)| *name == word).map(|(_, m)| *m)
    }

    /// The weekday that a word names.
    pub(in crate::check) fn weekday(&self, token: &Token<'_>) -> Option<Weekday> {
        let word = self.is_named(token).then(|| fold(token.text))?;
        self.weekdays.iter().find(|(name, _)| *name == word).map(|(_, w)| *w)
    }
}

/// Words before which a month alone is a month and no name, nor the start of a sentence.
const BEFORE_MONTH: &[&str] = &[
    "in", "since", "until", "till", "by", "from", "of", "during", "early", "late", "mid", "between", "to", "and",
    "through", "before", "after", "en", "depuis", "avant", "im", "seit", "bis", "ab", "vor", "desde", "hasta", "de",
];
/// Words that join the days of a range or list.
const JOINS: &[&str] = &["to", "and", "or", "until", "through", "till", "bis", "und", "au", "et", "al", "y", "a"];
/// Words that may stand between a day and its weekday, month or year.
const FILLS: &[&str] = &["of", "the", "de", "del", "le", "el", "den", "dem", "du"];

/// The dates in a text, by place.
pub(in crate::check) fn written(text: &str, lexicon: &Lexicon) -> Vec<Written> {
    let tokens = tokens(text);
    let mut reader = Reader { tokens: &tokens, lexicon, used: vec![false; tokens.len()], found: Vec::new() };
    for i in 0..tokens.len() {
        reader.in_digits(i);
    }
    for i in 0..tokens.len() {
        reader.at_month(i);
    }
    for i in 0..tokens.len() {
        reader.bare_year(i);
    }
    let mut found = reader.found;
    found.sort_by_key(|w| w.range.start);
    share_years(text, &mut found);
    found
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    lexicon: &'a Lexicon,
    used: Vec<bool>,
    found: Vec<Written>,
}

impl<'a> Reader<'a> {
    fn get(&self, i: usize) -> Option<&'a Token<'a>> {
        self.tokens.get(i)
    }

    /// The token before `i`, fillers passed over, with its place.
    fn back(&self, i: usize) -> Option<(usize, &'a Token<'a>)> {
        let mut i = i.checked_sub(1)?;
        while self.get(i)?.is_word(FILLS) || self.get(i)?.is(",") {
            i = i.checked_sub(1)?;
        }
        Some((i, self.get(i)?))
    }

    fn take(&mut self, from: usize, to: usize, written: Written) {
        let start = self.get(from).map_or(0, |t| t.at);
        let end = self.get(to).map_or(start, Token::end);
        (from..=to).for_each(|i| self.used.get_mut(i).into_iter().for_each(|u| *u = true));
        self.found.push(Written { range: start..end, ..written });
    }

    /// The weekday written before the token `first` or behind `last`.
    fn weekday(&self, first: usize, last: usize) -> (usize, usize, Option<(Weekday, Range<usize>)>) {
        let named = |t: &Token<'_>| self.lexicon.weekday(t).map(|w| (w, t.at..t.end()));
        let opens = first.checked_sub(1).and_then(|i| self.get(i)).is_some_and(|t| t.is("("));
        let before = if opens { first - 1 } else { first };
        if let Some((i, t)) = self.back(before)
            && let Some(weekday) = named(t)
        {
            return (i, last, Some(weekday));
        }
        let comma = self.get(last + 1).filter(|t| t.is("(") || t.is(","));
        let article = self.get(last + 2).filter(|t| t.is_word(&["a"]));
        let i = last + 2 + usize::from(article.is_some());
        let closes = self.get(i + 1).is_none_or(|t| t.kind == Kind::Mark);
        match (comma, self.get(i).and_then(named)) {
            (Some(_), Some(weekday)) if closes => (first, i, Some(weekday)),
            _ => (first, last, None),
        }
    }

    /// `2024-08-20`, `2024-08`, `20.08.2024`, `20/08/2024`.
    fn in_digits(&mut self, i: usize) {
        if self.used.get(i).copied().unwrap_or(true) {
            return;
        }
        let part = |token: Option<&Token<'_>>| token.filter(|t| t.kind == Kind::Number)?.text.parse::<i32>().ok();
        let touches = |i: usize| self.get(i).zip(self.get(i + 1)).is_some_and(|(a, b)| a.touches(b));
        let small = |n: i32| u8::try_from(n).ok();
        let Some(token) = self.get(i).filter(|t| t.kind == Kind::Number) else { return };
        let dotted: Vec<i32> = token.text.split('.').filter_map(|p| p.parse().ok()).collect();
        if let [day, month, year] = dotted[..]
            && (1000..3000).contains(&year)
            && let (Some(month), Some(day)) = (small(month), small(day))
            && Day::new(year, month, day).is_some()
        {
            let (first, last, weekday) = self.weekday(i, i);
            self.take(
                first,
                last,
                Written { year: Some(year), month: Some(month), day: Some(day), weekday, ..Written::default() },
            );
            return;
        }
        let joined =
            |at: usize, mark: &str| touches(at) && touches(at + 1) && self.get(at + 1).is_some_and(|t| t.is(mark));
        for mark in ["-", "/"] {
            if !joined(i, mark) || !joined(i + 2, mark) {
                continue;
            }
            let (Some(a), Some(b), Some(c)) = (part(self.get(i)), part(self.get(i + 2)), part(self.get(i + 4))) else {
                continue;
            };
            let order = if a >= 1000 {
                [a, b, c]
            } else if b > 12 {
                [c, a, b]
            } else {
                [c, b, a]
            };
            let [year, month, day] = order;
            if let (true, Some(month), Some(day)) = ((1000..3000).contains(&year), small(month), small(day))
                && Day::new(year, month, day).is_some()
            {
                // Which of two small numbers is the month is not to be told.
                let unclear = mark == "/" && a < 1000 && a <= 12 && b <= 12;
                let known = |n: u8| (!unclear).then_some(n);
                let (first, last, weekday) = if unclear { (i, i + 4, None) } else { self.weekday(i, i + 4) };
                self.take(
                    first,
                    last,
                    Written { year: Some(year), month: known(month), day: known(day), weekday, ..Written::default() },
                );
                return;
            }
        }
        if let (true, Some(year), Some(month)) = (joined(i, "-"), part(self.get(i)), part(self.get(i + 2)))
            && (1000..3000).contains(&year)
            && (1..=12).contains(&month)
            && self.get(i + 2).is_some_and(|t| t.text.len() == 2)
        {
            // `2010-12` may be three years, so the month is left open.
            self.take(i, i + 2, Written { year: Some(year), ..Written::default() });
        }
    }

    /// The day that a token names: `20`, `20th`, `1er`.
    fn day(&self, token: &Token<'_>) -> Option<u8> {
        let (digits, suffix) = token.digits();
        let known = matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "er" | "º");
        let day = (token.kind == Kind::Number && known && digits.len() <= 2).then(|| digits.parse().ok())??;
        (1..=31).contains(&day).then_some(day)
    }

    fn year(&self, i: usize) -> Option<i32> {
        let token = self.get(i).filter(|t| t.kind == Kind::Number && t.text.len() == 4)?;
        token.text.parse().ok().filter(|y| (1000..3000).contains(y))
    }

    /// The year behind the token `last`, with its place.
    fn year_behind(&self, last: usize) -> (usize, Option<i32>) {
        let next = self.get(last + 1);
        let skip = usize::from(next.is_some_and(|t| {
            t.is(",") || t.is(".") && self.get(last).is_some_and(|l| l.text.len() <= 5) || t.is_word(FILLS)
        }));
        match self.year(last + 1 + skip) {
            Some(year) => (last + 1 + skip, Some(year)),
            None => (last, None),
        }
    }

    fn at_month(&mut self, i: usize) {
        let Some(month) = self.get(i).and_then(|t| self.lexicon.month(t)) else { return };
        let base = Written { month: Some(month), ..Written::default() };
        let before = self.back_over_dot(i).filter(|(at, _)| !self.used.get(*at).copied().unwrap_or(true));
        if let Some((at, day)) = before.and_then(|(at, t)| Some((at, self.day(t)?))) {
            let (last, year) = self.year_behind(i);
            let (first, end, weekday) = self.weekday(at, last);
            self.take(first, end, Written { day: Some(day), year, weekday, ..base.clone() });
            self.days_before(first, year, &base);
            return;
        }
        // `Sept. 5`
        let short = self.get(i).is_some_and(|t| t.text.len() <= 4) && self.get(i + 1).is_some_and(|t| t.is("."));
        let next = i + 1 + usize::from(short);
        if let Some(day) = self.get(next).and_then(|t| self.day(t)) {
            // `August 20 to 23, 2024`: the last day is beside the year.
            let mut days = vec![(next, day)];
            let mut last = next;
            while let Some((at, next)) = self.next_day(last) {
                days.push((at, next));
                last = at;
            }
            let (end, year) = self.year_behind(last);
            for (n, (at, day)) in days.iter().enumerate() {
                let first = if n == 0 { i } else { *at };
                let to = if n + 1 == days.len() { end } else { *at };
                let (first, to, weekday) = self.weekday(first, to);
                self.take(
                    first,
                    to,
                    Written { day: Some(*day), year, weekday, year_is_shared: to != end, ..base.clone() },
                );
            }
            return;
        }
        let (last, year) = self.year_behind(i);
        let introduced =
            i.checked_sub(1).and_then(|b| self.get(b)).is_some_and(|t| t.is_word(BEFORE_MONTH) || t.is_dash());
        if year.is_some() || introduced {
            self.take(i, last, Written { year, ..base });
        }
    }

    /// The token before a month; German days end with a full stop.
    fn back_over_dot(&self, i: usize) -> Option<(usize, &'a Token<'a>)> {
        let (at, token) = self.back(i)?;
        if token.is(".") && !self.lexicon.is_english() { self.back(at) } else { Some((at, token)) }
    }

    /// The days of a list or range that ends before the token `first`.
    fn days_before(&mut self, mut first: usize, year: Option<i32>, base: &Written) {
        while let Some((join, t)) = first.checked_sub(1).and_then(|i| Some((i, self.get(i)?))) {
            if !(t.is_word(JOINS) || t.is_dash() || t.is(",") || t.is_word(FILLS)) {
                return;
            }
            let Some((at, token)) = self.back_over_dot(if t.is_word(FILLS) { first - 1 } else { join }) else { return };
            let (at, token) = if token.is_word(JOINS) || token.is_dash() {
                let Some(found) = self.back_over_dot(at) else { return };
                found
            } else {
                (at, token)
            };
            let Some(day) = self.day(token).filter(|_| !self.used.get(at).copied().unwrap_or(true)) else { return };
            let (start, end, weekday) = self.weekday(at, at);
            let end = end.min(first.saturating_sub(1)).max(at);
            self.take(start, end, Written { day: Some(day), year, weekday, year_is_shared: true, ..base.clone() });
            first = start;
        }
    }

    /// The next day of a list or range behind the token `last`, with its place.
    fn next_day(&self, last: usize) -> Option<(usize, u8)> {
        let join = self.get(last + 1)?;
        let at = last + 2 + usize::from(self.get(last + 2).is_some_and(|t| self.lexicon.weekday(t).is_some()));
        let joins = join.is_word(JOINS) || join.is_dash();
        let day = self.day(self.get(at)?).filter(|_| joins)?;
        // `August 20 and 12 ships` and `20 August to 3 September` go on.
        let free = self
            .get(at + 1)
            .is_none_or(|t| t.kind == Kind::Mark && !t.is("%") || t.is_word(JOINS) || t.is_word(&["in", "at", "on"]));
        free.then_some((at, day))
    }

    /// `2024`, `1990s`, `2023/24`.
    fn bare_year(&mut self, i: usize) {
        if self.used.get(i).copied().unwrap_or(true) {
            return;
        }
        let Some(token) = self.get(i).filter(|t| t.kind == Kind::Number) else { return };
        let (digits, suffix) = token.digits();
        let Some(year) = digits.parse().ok().filter(|y| digits.len() == 4 && (1800..=2100).contains(y)) else { return };
        let touched = |a: Option<&Token<'_>>, b: Option<&Token<'_>>| a.zip(b).is_some_and(|(a, b)| a.touches(b));
        let before = i.checked_sub(1).and_then(|b| self.get(b));
        let odd = |t: &Token<'_>| {
            t.kind == Kind::Mark && !matches!(t.text, "(" | "[" | "\n" | "“" | "‘" | "\"") && !t.is_dash() && !t.is("/")
        };
        if before.is_some_and(odd) && touched(before, Some(token)) {
            return;
        }
        match suffix {
            "" => {
                let short = self.get(i + 2).is_some_and(|t| t.text.len() == 2 && self.day_like(t));
                let slash = self.get(i + 1).is_some_and(|t| t.is("/") || t.is_dash());
                let both = slash
                    && short
                    && touched(self.get(i), self.get(i + 1))
                    && touched(self.get(i + 1), self.get(i + 2));
                let last = if both { i + 2 } else { i };
                self.take(i, last, Written { year: Some(year), bare_year: true, ..Written::default() });
            }
            "s" | "er" => self.take(i, i, Written { year: Some(year - year % 10), decade: true, ..Written::default() }),
            _ => {}
        }
    }

    fn day_like(&self, token: &Token<'_>) -> bool {
        token.kind == Kind::Number && token.text.parse::<u8>().is_ok()
    }
}

/// `30 July to 2 August 2024`: a date without a year has that of the next in the same range, and
/// `30 December to 2 January 2025` that before it.
fn share_years(text: &str, found: &mut [Written]) {
    for i in (1..found.len()).rev() {
        let (Some(next), Some(this)) = (found.get(i).cloned(), found.get(i - 1)) else { continue };
        let gap = text.get(this.range.end..next.range.start).unwrap_or("?");
        let joins = |w: &str| matches!(w, "-" | "–" | "—") || JOINS.contains(&w);
        let joined = gap.split_whitespace().any(joins)
            && gap.split_whitespace().all(|w| joins(w) || w == "," || FILLS.contains(&w));
        if this.year.is_none()
            && next.month.is_some()
            && joined
            && let Some(this) = found.get_mut(i - 1)
        {
            (this.year, this.year_is_shared) = (next.year.map(|y| y - i32::from(this.month > next.month)), true);
        }
    }
}

#[cfg(test)]
#[path = "dates_tests.rs"]
mod tests;
