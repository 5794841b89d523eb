//! Dates for readers, in the note's language, and never finer than they are known.

use super::pattern::{Field, Part, Pattern};
use super::words::{self, Grain, Words};
use super::{Edtf, End, Kind, Point, Precision, Qualifier, Shape};

impl Edtf {
    /// The date as a reader sees it: `20 August 2024`, `about August 2024`, `20–23 August 2024`.
    ///
    /// The pattern is a subset of `strftime`: `%-d %d %B %b %Y %m %-m %A %a %y` and `%%`; anything else
    /// prints as it stands ([`unknown_field`](super::unknown_field) finds it). A pattern without a
    /// field that the date can fill gives way to [`default_pattern`](super::default_pattern).
    ///
    /// The language is a BCP 47 tag; en, fr, de, es, it, pt, nl, ru and uk have words of their own, and
    /// every other language prints English. Nothing prints finer than the date is known: `2024-XX` is
    /// `2024`, a decade `2010s`, a season `summer 2024`. A time prints its day. Years before 1 print as
    /// readers count them: `-0043` is `44 BC`.
    #[must_use]
    pub fn format(&self, pattern: &str, language: &str) -> String {
        let mut printer = Printer { words: words::of(language), pattern: Pattern::parse(pattern) };
        if printer.pattern.fields.is_empty() {
            printer.pattern = Pattern::parse(words::default_pattern(language));
        }
        match self.0 {
            Kind::Date(p) | Kind::Time(p, _) => printer.date(p),
            Kind::Interval(start, end) => printer.interval(start, end),
        }
    }
}

struct Printer {
    words: &'static Words,
    pattern: Pattern,
}

/// Whether a date stands alone or after a preposition, as Russian and Ukrainian tell apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Nominative,
    Genitive,
}

impl Printer {
    /// A date with its qualifier.
    fn date(&self, p: Point) -> String {
        let case = if p.qualifier.is_approximate() { Case::Genitive } else { Case::Nominative };
        self.qualified(p, &self.plain(p, case))
    }

    /// A text with the qualifier of its date.
    fn qualified(&self, p: Point, text: &str) -> String {
        let about = || self.words.about.around(text, p.grain());
        match p.qualifier {
            Qualifier::None => text.to_owned(),
            Qualifier::Approximate => about(),
            Qualifier::Uncertain => format!("{text} {}", self.words.uncertain),
            Qualifier::Both => format!("{} {}", about(), self.words.uncertain),
        }
    }

    fn interval(&self, start: End, end: End) -> String {
        match (start, end) {
            (End::Date(a), End::Date(b)) => self.range(a, b),
            (End::Date(a), End::Open) => self.one_sided(a, &self.words.from),
            (End::Open, End::Date(b)) => self.one_sided(b, &self.words.until),
            (End::Date(a), End::Unknown) => self.words.to_unknown.replacen("{}", &self.date(a), 1),
            (End::Unknown, End::Date(b)) => self.words.from_unknown.replacen("{}", &self.date(b), 1),
            // Parsing refuses an interval without a date.
            (End::Open | End::Unknown, End::Open | End::Unknown) => "–".to_owned(),
        }
    }

    /// `from about August 2024 (uncertain)`
    fn one_sided(&self, p: Point, frame: &words::Frame) -> String {
        let mut text = self.plain(p, Case::Genitive);
        if p.qualifier.is_approximate() && self.words.about_nests {
            text = self.words.about.around(&text, p.grain());
        }
        text = frame.around(&text, p.grain());
        if p.qualifier.is_approximate() && !self.words.about_nests {
            text = format!("{text} {}", self.words.approximate);
        }
        if p.qualifier.is_uncertain() {
            text = format!("{text} {}", self.words.uncertain);
        }
        text
    }

    /// Two dates. What they share is printed once; a qualifier that they share stands around both.
    fn range(&self, a: Point, b: Point) -> String {
        if a == b {
            return self.date(a);
        }
        if a.qualifier != b.qualifier {
            return format!("{} – {}", self.date(a), self.date(b));
        }
        // With a qualifier around a range of unlike dates, the phrase would not fit both.
        if a.qualifier != Qualifier::None && a.precision() != b.precision() {
            return format!("{} – {}", self.date(a), self.date(b));
        }
        let case = if a.qualifier.is_approximate() { Case::Genitive } else { Case::Nominative };
        let text = self
            .days_of_a_month(a, b)
            .or_else(|| self.parts_of_a_year(a, b, case))
            .unwrap_or_else(|| dashed(&self.plain(a, case), &self.plain(b, case)));
        self.qualified(a, &text)
    }

    /// `20–23 August 2024`: two days of one month, where the pattern has its day fields together.
    fn days_of_a_month(&self, a: Point, b: Point) -> Option<String> {
        let days = |p: Point| p.shape == Shape::Day;
        if !(days(a) && days(b) && a.year == b.year && a.month == b.month && self.pattern.names_months()) {
            return None;
        }
        let fields = &self.pattern.fields;
        let is_day = |(field, _): &(Field, String)| field.part() == Part::Day;
        let first = fields.iter().position(is_day)?;
        let last = fields.iter().rposition(is_day)?;
        let group = fields.get(first..=last)?;
        if !group.iter().all(is_day) {
            return None;
        }
        let mut text = self.pattern.lead.clone();
        for (field, after) in &fields[..first] {
            text += &self.field(*field, b, Case::Genitive);
            text += after;
        }
        let print = |p: Point| {
            let mut text = String::new();
            for (i, (field, after)) in group.iter().enumerate() {
                text += &self.field(*field, p, Case::Genitive);
                text += if i + first < last { after } else { "" };
            }
            text
        };
        let dot = if fields[last].1.starts_with('.') { "." } else { "" };
        let dash = if first == last { "–" } else { " – " };
        text += &print(a);
        text += dot;
        text += dash;
        text += &print(b);
        text += &fields[last].1;
        for (field, after) in &fields[last + 1..] {
            text += &self.field(*field, b, Case::Genitive);
            text += after;
        }
        Some(text)
    }

    /// `30 July – 2 August 2024`, `June–August 2024`: two days or months of one year.
    fn parts_of_a_year(&self, a: Point, b: Point, case: Case) -> Option<String> {
        let shape = a.shape;
        let alike = b.shape == shape && matches!(shape, Shape::Day | Shape::Month) && a.year == b.year;
        if !(alike && self.pattern.names_months() && self.pattern.has(Part::Year)) {
            return None;
        }
        let full = self.pattern_for(shape)?;
        let short = full.without(|part| part == Part::Year);
        let year_first = full.fields.first().is_some_and(|(field, _)| field.part() == Part::Year);
        let (left, right) = if year_first { (&full, &short) } else { (&short, &full) };
        let dash = if single_words(&self.fill(&short, a, case), &self.fill(&short, b, case)) { "–" } else { " – " };
        Some(format!("{}{dash}{}", self.fill(left, a, case), self.fill(right, b, case)))
    }

    /// A date without its qualifier.
    fn plain(&self, p: Point, case: Case) -> String {
        match p.shape {
            Shape::Decade if p.year >= 0 => Self::numbered(self.words.decade, &p.year.to_string(), case),
            Shape::Century if p.year >= 0 => self.century(p.year / 100 + 1, case),
            Shape::Decade | Shape::Century => dashed(&self.year(p.first().year()), &self.year(p.last().year())),
            Shape::Season => {
                let names = match case {
                    Case::Genitive if !self.words.seasons_genitive.is_empty() => self.words.seasons_genitive,
                    _ => self.words.seasons,
                };
                let season = nth(names, p.month.saturating_sub(21));
                self.words.season_of_year.replace("{season}", season).replace("{year}", &self.year(p.year))
            }
            _ => match self.pattern_for(p.shape) {
                Some(pattern) => self.fill(&pattern, p, case),
                None => self.year(p.year),
            },
        }
    }

    /// The fields of the pattern that a shape can fill; `None` for a bare year.
    fn pattern_for(&self, shape: Shape) -> Option<Pattern> {
        let known = |pattern: &Pattern| match shape {
            Shape::Day => pattern.clone(),
            Shape::Month | Shape::SomeDay => pattern.without(|part| part == Part::Day),
            _ => pattern.without(|part| part != Part::Year),
        };
        let given = known(&self.pattern);
        if !given.fields.is_empty() {
            return Some(given);
        }
        let usual = known(&Pattern::parse(self.words.pattern));
        (!usual.fields.is_empty()).then_some(usual)
    }

    fn fill(&self, pattern: &Pattern, p: Point, case: Case) -> String {
        let case = if pattern.has(Part::Day) { Case::Genitive } else { case };
        let mut text = pattern.lead.clone();
        for (field, after) in &pattern.fields {
            // A year alone is written in full.
            let alone = pattern.fields.len() == 1 && field.part() == Part::Year;
            text += &if alone { self.year(p.year) } else { self.field(*field, p, case) };
            text += after;
        }
        text
    }

    fn field(&self, field: Field, p: Point, case: Case) -> String {
        let words = self.words;
        let number = |n: u8, padded: bool| {
            if padded { format!("{n:02}") } else { n.to_string() }
        };
        match field {
            Field::Day { padded: false } if p.day == 1 && self.pattern.names_months() => words.first_day.to_owned(),
            Field::Day { padded } => number(p.day, padded),
            Field::Weekday { short } => {
                let names = if short { words.weekdays_short } else { words.weekdays };
                nth(names, p.first().weekday().to_monday_zero_offset().unsigned_abs()).to_owned()
            }
            Field::MonthName { short } => {
                let names = match (short, case) {
                    (true, _) => words.months_short,
                    (false, Case::Genitive) if !words.months_genitive.is_empty() => words.months_genitive,
                    (false, _) => words.months,
                };
                nth(names, p.month.saturating_sub(1)).to_owned()
            }
            Field::Month { padded } => number(p.month, padded),
            Field::Year { short: true } if p.year > 0 => format!("{:02}", p.year % 100),
            Field::Year { .. } => self.year(p.year),
        }
    }

    /// A year as readers count it.
    fn year(&self, year: i32) -> String {
        if year > 0 { year.to_string() } else { format!("{} {}", 1 - i64::from(year), self.words.before_christ) }
    }

    fn numbered(forms: [&str; 2], number: &str, case: Case) -> String {
        let [nominative, genitive] = forms;
        let th = match number.as_bytes() {
            [.., b'1', _] => "th",
            [.., b'1'] => "st",
            [.., b'2'] => "nd",
            [.., b'3'] => "rd",
            _ => "th",
        };
        let form = if case == Case::Genitive { genitive } else { nominative };
        form.replace("{th}", th).replace("{}", number)
    }

    fn century(&self, number: i32, case: Case) -> String {
        let number = if self.words.roman_centuries { roman(number) } else { number.to_string() };
        Self::numbered(self.words.century, &number, case)
    }
}

impl Qualifier {
    fn is_approximate(self) -> bool {
        matches!(self, Self::Approximate | Self::Both)
    }

    fn is_uncertain(self) -> bool {
        matches!(self, Self::Uncertain | Self::Both)
    }
}

impl Point {
    fn grain(self) -> Grain {
        match self.precision() {
            Precision::Year => Grain::Year,
            Precision::Day | Precision::Time => Grain::Day,
            _ => Grain::Other,
        }
    }
}

/// The word of a list that is separated by spaces.
fn nth(list: &'static str, index: u8) -> &'static str {
    list.split(' ').nth(index.into()).unwrap_or_default()
}

/// Two dates around an en dash: closed up between single words, spaced otherwise.
fn dashed(a: &str, b: &str) -> String {
    if single_words(a, b) { format!("{a}–{b}") } else { format!("{a} – {b}") }
}

fn single_words(a: &str, b: &str) -> bool {
    a.chars().chain(b.chars()).all(|c| c.is_alphanumeric() || c == '.')
}

/// A number from 1 to 100 in Roman numerals.
fn roman(mut number: i32) -> String {
    const NUMERALS: [(i32, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut text = String::new();
    for (value, numeral) in NUMERALS {
        while number >= value {
            text += numeral;
            number -= value;
        }
    }
    text
}
