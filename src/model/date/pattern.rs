//! The patterns that say how a date prints: a subset of `strftime` (POSIX.1-2024).

/// A pattern: text, then fields, each with the text that follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    pub lead: String,
    pub fields: Vec<(Field, String)>,
}

/// A field of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// `%d`, `%-d`
    Day { padded: bool },
    /// `%A`, `%a`
    Weekday { short: bool },
    /// `%B`, `%b`
    MonthName { short: bool },
    /// `%m`, `%-m`
    Month { padded: bool },
    /// `%Y`, `%y`
    Year { short: bool },
}

/// What a field needs to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Day,
    Month,
    Year,
}

impl Field {
    pub(super) fn part(self) -> Part {
        match self {
            Self::Day { .. } | Self::Weekday { .. } => Part::Day,
            Self::MonthName { .. } | Self::Month { .. } => Part::Month,
            Self::Year { .. } => Part::Year,
        }
    }
}

/// The first `%` field of a pattern that dates do not have, such as `%H`; `None` for a good pattern.
///
/// [`Edtf::format`](super::Edtf::format) prints such a field as it stands.
#[must_use]
pub fn unknown_field(pattern: &str) -> Option<&str> {
    let mut rest = pattern;
    while let Some(at) = rest.find('%') {
        rest = &rest[at..];
        let length = match field(rest) {
            Some((_, length)) => length,
            None if rest.starts_with("%%") => 2,
            None => {
                let length = if rest.starts_with("%-") { 3 } else { 2 };
                let end = rest.char_indices().nth(length).map_or(rest.len(), |(end, _)| end);
                return Some(&rest[..end]);
            }
        };
        rest = &rest[length..];
    }
    None
}

/// The field at the start of the text, and its length in bytes.
fn field(text: &str) -> Option<(Field, usize)> {
    const FIELDS: [(&str, Field); 10] = [
        ("%-d", Field::Day { padded: false }),
        ("%d", Field::Day { padded: true }),
        ("%A", Field::Weekday { short: false }),
        ("%a", Field::Weekday { short: true }),
        ("%B", Field::MonthName { short: false }),
        ("%b", Field::MonthName { short: true }),
        ("%-m", Field::Month { padded: false }),
        ("%m", Field::Month { padded: true }),
        ("%Y", Field::Year { short: false }),
        ("%y", Field::Year { short: true }),
    ];
    FIELDS.iter().find(|(spelling, _)| text.starts_with(spelling)).map(|(spelling, field)| (*field, spelling.len()))
}

impl Pattern {
    pub(super) fn parse(text: &str) -> Self {
        let mut pattern = Self { lead: String::new(), fields: Vec::new() };
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if let Some((field, length)) = field(rest) {
                pattern.fields.push((field, String::new()));
                rest = &rest[length..];
                continue;
            }
            let literal = pattern.fields.last_mut().map_or(&mut pattern.lead, |(_, after)| after);
            literal.push(c);
            rest = &rest[if rest.starts_with("%%") { 2 } else { c.len_utf8() }..];
        }
        pattern
    }

    /// The pattern without the fields of some parts, and without the text that only joined them.
    ///
    /// Text before a dropped first field and after a dropped last field goes with it. Where fields
    /// between two others go, the shortest of the texts between them stays.
    pub(super) fn without(&self, drop: impl Fn(Part) -> bool) -> Self {
        let kept = |(field, _): &(Field, String)| !drop(field.part());
        let mut short = Self { lead: String::new(), fields: Vec::new() };
        if self.fields.first().is_none_or(kept) {
            short.lead.clone_from(&self.lead);
        }
        for (i, (field, after)) in self.fields.iter().enumerate().filter(|(_, item)| kept(item)) {
            let after = match self.fields[i + 1..].iter().position(kept) {
                Some(dropped) => joint(self.fields[i..=i + dropped].iter().map(|(_, text)| text.as_str())),
                None if i + 1 == self.fields.len() => after,
                // As in `%Y年%m月%d日`, where the text belongs to the field before it.
                None if after.chars().all(char::is_alphabetic) => after,
                None => "",
            };
            short.fields.push((*field, after.to_owned()));
        }
        short
    }

    pub(super) fn has(&self, part: Part) -> bool {
        self.fields.iter().any(|(field, _)| field.part() == part)
    }

    /// Whether months print as names, so that the parts of two dates may be run together.
    pub(super) fn names_months(&self) -> bool {
        self.fields.iter().any(|(field, _)| matches!(field, Field::MonthName { .. }))
    }
}

/// The text that joins two fields when those between them go.
fn joint<'a>(texts: impl Iterator<Item = &'a str>) -> &'a str {
    let mut texts = texts.peekable();
    let first = texts.peek().copied().unwrap_or_default();
    let rest: Vec<_> = texts.collect();
    if rest.len() == 1 {
        return first;
    }
    rest.into_iter().filter(|text| !text.contains(['(', ')', '[', ']'])).min_by_key(|text| text.len()).unwrap_or(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spell(pattern: &Pattern) -> String {
        let mut text = pattern.lead.clone();
        for (field, after) in &pattern.fields {
            text += match field {
                Field::Day { .. } => "D",
                Field::Weekday { .. } => "W",
                Field::MonthName { .. } => "B",
                Field::Month { .. } => "M",
                Field::Year { .. } => "Y",
            };
            text += after;
        }
        text
    }

    #[test]
    fn dropping_the_day() {
        for (pattern, month, year) in [
            ("%-d %B %Y", "B Y", "Y"),
            ("%B %-d, %Y", "B Y", "Y"),
            ("%A, %-d %B %Y", "B Y", "Y"),
            ("%Y-%m-%d", "Y-M", "Y"),
            ("%d/%m/%Y", "M/Y", "Y"),
            ("%-d. %B %Y", "B Y", "Y"),
            ("%-d de %B de %Y", "B de Y", "Y"),
            ("le %-d %B %Y", "B Y", "Y"),
            ("%-d %B (%A) %Y", "B Y", "Y"),
            ("%B, %A %-d, %Y", "B Y", "Y"),
            ("%Y年%m月%d日", "Y年M月", "Y年"),
            ("%B %Y (%A)", "B Y", "Y"),
            ("%A", "", ""),
        ] {
            let parsed = Pattern::parse(pattern);
            assert_eq!(spell(&parsed.without(|part| part == Part::Day)), month, "{pattern}");
            assert_eq!(spell(&parsed.without(|part| part != Part::Year)), year, "{pattern}");
        }
    }

    #[test]
    fn fields_that_dates_do_not_have() {
        assert_eq!(unknown_field("%-d %B %Y, 100%%"), None);
        assert_eq!(unknown_field("%-d %B %Y %H:%M"), Some("%H"));
        assert_eq!(unknown_field("%-é %Y"), Some("%-é"));
        assert_eq!(unknown_field("100%"), Some("%"));
        assert_eq!(spell(&Pattern::parse("50%% %-d %q%")), "50% D %q%");
    }
}
