//! `relative-date`: a date that says when only to who reads it on the day of writing.

use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::check::text::dates::Lexicon;
use crate::check::text::tokens::{Kind, Token, tokens};
use crate::finding::{Edit, Finding, Severity};
use crate::model::Edtf;
use crate::model::date::Day;
use crate::model::text::fold;

pub(super) const RULE: Rule = Rule {
    id: "relative-date",
    severity: Severity::Warning,
    what: "a date that depends on the day of reading: `today`, `this week`, `last year`, `two days ago`, a weekday without its date",
    why: "A note is read, filed and quoted on other days than it was written; agencies write the weekday for their own \
          readers, and the note has to resolve it (AP and Reuters stylebooks date what leaves the day). Quotations are left as they are.",
    bad: "Premier Li arrives on Tuesday; he came last year, too.",
    good: "Premier Li arrives on 20 August 2024; he came in 2023, too.",
    fixable: true,
    block: Some(check),
    ..Rule::BASE
};

const UNITS: &[&str] = &["week", "month", "quarter", "year"];
const SEASONS: &[&str] = &["spring", "summer", "autumn", "winter", "weekend", "morning", "afternoon", "evening"];
const AGO: &[&str] = &[
    "day", "days", "week", "weeks", "month", "months", "year", "years", "decade", "decades", "hours", "hour", "minutes",
];
/// Behind these, `last year` is a length of time or another's year.
const NOT_BEFORE: &[&str] = &[
    "the", "a", "its", "his", "her", "their", "our", "my", "your", "every", "each", "that", "very", "in-depth", "one",
];
/// Weekdays behind these are names or habits.
const NAMED_DAYS: &[&str] = &[
    "every", "each", "black", "bloody", "cyber", "good", "easter", "holy", "palm", "ash", "maundy", "whit", "shrove",
    "super", "a", "on-a", "any", "cada", "chaque", "jeden", "le", "los",
];
/// Whole phrases in the other languages, folded.
const PHRASES: &[(&str, &[&str])] = &[
    (
        "fr",
        &[
            "aujourd'hui",
            "hier",
            "demain",
            "cette semaine",
            "la semaine derniere",
            "la semaine prochaine",
            "le mois dernier",
            "le mois prochain",
            "l'annee derniere",
            "l'an dernier",
            "l'annee prochaine",
            "cette annee",
        ],
    ),
    (
        "de",
        &[
            "heute",
            "gestern",
            "vorgestern",
            "ubermorgen",
            "diese woche",
            "letzte woche",
            "nachste woche",
            "letzten monat",
            "nachsten monat",
            "letztes jahr",
            "nachstes jahr",
            "dieses jahr",
        ],
    ),
    (
        "es",
        &[
            "hoy",
            "ayer",
            "anteayer",
            "esta semana",
            "la semana pasada",
            "la proxima semana",
            "el mes pasado",
            "el ano pasado",
            "el proximo ano",
            "este ano",
        ],
    ),
];

/// What a relative date means, if that can be said from the note's date.
enum Meaning {
    Days(i64),
    Weeks(i64),
    Months(i64),
    Years(i64),
    Weekday(jiff::civil::Weekday),
    Open,
}

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.is_prose() {
        return;
    }
    let draft = case.section.draft;
    let lexicon = Lexicon::of(draft.language());
    let text = case.plain();
    let dated: Vec<_> = case.dates().iter().map(|w| w.range.clone()).collect();
    let all = tokens(text);
    for i in 0..all.len() {
        let Some((last, meaning)) = relative(&all, i, lexicon, draft.language()) else { continue };
        let (Some(from), Some(to)) = (all.get(i), all.get(last)) else { continue };
        if dated.iter().any(|range| range.start <= from.at && to.end() <= range.end) {
            continue;
        }
        let phrase = text.get(from.at..to.end()).unwrap_or_default();
        let message = format!("“{phrase}” depends on the day of reading");
        let range = from.at..to.end();
        let right = right(case, &meaning);
        let help = right.as_ref().map_or_else(|| "write the date".to_owned(), |right| format!("write {}", right.help));
        let mut finding = case.finding_in_prose(&RULE, range.clone(), message).help(help);
        if let Some(date) = right.and_then(|right| right.day).filter(|_| lexicon.is_english())
            && let Some(words) = in_place(&all, i, &date)
        {
            finding = finding.fix(format!("write “{words}”"), Edit::Bytes(case.prose().span(&range), words));
        }
        found.push(finding);
    }
}

/// Words behind which a date stands without `on`.
const PREPOSITIONS: &[&str] = &[
    "after", "and", "before", "between", "by", "for", "from", "of", "on", "or", "since", "than", "the", "through",
    "till", "to", "until",
];
/// Behind the first word of a sentence these make it the subject.
const VERBS: &[&str] = &["is", "was", "marks", "marked", "will", "brings", "brought", "sees", "saw"];

/// The date with the words that it takes in the place of the token; none where more than that would have to change.
fn in_place(all: &[Token<'_>], i: usize, date: &str) -> Option<String> {
    let token = all.get(i)?;
    let next = all.get(i + 1);
    let before = i.checked_sub(1).and_then(|b| all.get(b));
    let part_of_day = next.is_some_and(|t| t.is_word(&["morning", "noon", "afternoon", "evening", "night"]));
    if part_of_day || !token.text.chars().all(char::is_alphabetic) || token.is_word(&["tonight"]) {
        return None;
    }
    if before.is_some_and(|t| t.is_word(PREPOSITIONS)) {
        return Some(date.to_owned());
    }
    if !token.is_word(&["today", "yesterday", "tomorrow"]) {
        return None;
    }
    let on = if !starts_sentence(before) {
        "on "
    } else if next.is_some_and(|t| t.is_word(VERBS)) {
        ""
    } else {
        "On "
    };
    Some(format!("{on}{date}"))
}

/// Whether a sentence begins behind this token.
fn starts_sentence(before: Option<&Token<'_>>) -> bool {
    before.is_none_or(|t| t.ends_sentence() || matches!(t.text, ":" | "“" | "\"" | "("))
}

/// The relative date that begins at a token: its last token and what it means.
fn relative(all: &[Token<'_>], i: usize, lexicon: &Lexicon, language: &str) -> Option<(usize, Meaning)> {
    let token = all.get(i).filter(|t| t.kind == Kind::Word)?;
    let before = i.checked_sub(1).and_then(|b| all.get(b));
    let hyphen = |t: Option<&Token<'_>>, touches: bool| t.is_some_and(Token::is_dash) && touches;
    let joined = hyphen(before, before.is_some_and(|b| b.touches(token)))
        || hyphen(all.get(i + 1), all.get(i + 1).is_some_and(|n| token.touches(n)));
    if joined {
        return None;
    }
    if token.text.chars().count() > 3
        && let Some(weekday) = lexicon.weekday(&own(token)).filter(|_| is_bare(all, i))
    {
        let of_week = before.is_some_and(|t| t.is_word(&["last", "next", "this"]));
        return Some((i, if of_week { Meaning::Open } else { Meaning::Weekday(weekday) }));
    }
    if lexicon.is_english() { english(all, i) } else { phrase(all, i, language).map(|last| (last, Meaning::Open)) }
}

/// A word without its genitive: `Tuesday’s`.
fn own<'t>(token: &Token<'t>) -> Token<'t> {
    let text = token.text.strip_suffix("’s").or_else(|| token.text.strip_suffix("'s")).unwrap_or(token.text);
    Token { text, ..*token }
}

/// Whether a weekday is one day and no name: `Bloody Sunday`, `Sunday Times`, `every Monday`.
fn is_bare(all: &[Token<'_>], i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|b| all.get(b));
    let next = all.get(i + 1);
    let named = before.is_some_and(|t| t.is_word(NAMED_DAYS));
    let title = next.is_some_and(|t| t.kind == Kind::Word && t.text.starts_with(char::is_uppercase));
    let title_before = before.is_some_and(|t| t.is_word(&["on"]))
        && i.checked_sub(2).and_then(|b| all.get(b)).is_some_and(|t| t.is("Mail"));
    let habit = next.is_some_and(|t| t.is_word(&["prayers", "prayer", "sermon"]));
    !(named || title || title_before || habit)
}

fn english(all: &[Token<'_>], i: usize) -> Option<(usize, Meaning)> {
    let token = all.get(i)?;
    let next = all.get(i + 1);
    let before = i.checked_sub(1).and_then(|b| all.get(b));
    for (word, days) in [("today", 0), ("tonight", 0), ("yesterday", -1), ("tomorrow", 1)] {
        // `Russia Today` is a name.
        let is_name = token.text.starts_with(char::is_uppercase) && !starts_sentence(before);
        if own(token).is_word(&[word]) && !is_name {
            return Some((i, Meaning::Days(days)));
        }
    }
    if token.is_word(AGO) && next.is_some_and(|t| t.is_word(&["ago"])) {
        return Some((i + 1, Meaning::Open));
    }
    let step = [("this", 0), ("last", -1), ("next", 1)].iter().find(|(w, _)| token.is_word(&[w])).map(|(_, n)| *n)?;
    let free = step == 0 || !before.is_some_and(|t| t.is_word(NOT_BEFORE) || t.text.ends_with("’s"));
    let unit = next.filter(|_| free)?;
    let word = fold(unit.text);
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(&word);
    // `the last week of August`, `next year’s` behind a date of its own.
    let of = all.get(i + 2).is_some_and(|t| t.is_word(&["of"]));
    let meaning = match word {
        "week" => Meaning::Weeks(step),
        "month" => Meaning::Months(step),
        "year" => Meaning::Years(step),
        _ if UNITS.contains(&word) || SEASONS.contains(&word) => Meaning::Open,
        _ => return None,
    };
    (!of).then_some((i + 1, meaning))
}

/// The last token of a phrase that begins at a token.
fn phrase(all: &[Token<'_>], i: usize, language: &str) -> Option<usize> {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    let (_, phrases) = PHRASES.iter().find(|(tag, _)| primary.eq_ignore_ascii_case(tag))?;
    phrases.iter().find_map(|phrase| {
        let words = phrase.split(' ');
        let last = i + words.clone().count() - 1;
        let same = |(n, word): (usize, &str)| all.get(i + n).is_some_and(|t| fold(t.text).replace('’', "'") == word);
        words.enumerate().all(same).then_some(last)
    })
}

/// The date that is meant, as the note prints dates.
struct Right {
    help: String,
    /// The day, where it is one and no other.
    day: Option<String>,
}

impl Right {
    fn of(help: String) -> Self {
        Self { help, day: None }
    }

    fn day(day: String) -> Self {
        Self { help: format!("“{day}”"), day: Some(day) }
    }
}

fn right(case: &BlockCase<'_>, meaning: &Meaning) -> Option<Right> {
    let draft = case.section.draft;
    let date = draft.date()?;
    let day = date.earliest().filter(|day| date.latest() == Some(*day))?;
    let shown = |days: i64| Some(draft.print_day(shifted(day, days)?));
    let edtf = |text: String| text.parse::<Edtf>().ok().map(|d| draft.print(&d));
    match meaning {
        Meaning::Days(days) => shown(*days).map(Right::day),
        Meaning::Weeks(weeks) => {
            let monday = weeks * 7 - i64::from(day.weekday().to_monday_zero_offset());
            Some(Right::of(format!("the date, or “the week of {}”", shown(monday)?)))
        }
        Meaning::Months(months) => {
            let month = i64::from(day.year()) * 12 + i64::from(day.month()) - 1 + months;
            let month = edtf(format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1))?;
            Some(Right::of(format!("“{month}”")))
        }
        Meaning::Years(years) => {
            Some(Right::of(format!("“{}”", edtf(format!("{:04}", i64::from(day.year()) + years))?)))
        }
        Meaning::Weekday(weekday) => {
            // A fact cited here may have the very day.
            let days = case.facts().flat_map(|(_, _, fact)| [fact.date, fact.said]).flatten();
            let ends = days.flat_map(|d| [d.earliest(), d.latest()]).flatten();
            let known: Vec<Day> = ends.filter(|d| d.weekday() == *weekday && day.days_until(*d).abs() <= 7).collect();
            if let Some(first) = known.first() {
                let shown = draft.print_day(*first);
                let alone = known.iter().all(|d| d == first);
                return Some(if alone { Right::day(shown) } else { Right::of(format!("“{shown}”")) });
            }
            let ahead = i64::from(weekday.to_monday_zero_offset()) - i64::from(day.weekday().to_monday_zero_offset());
            let ahead = ahead.rem_euclid(7);
            let back = if ahead == 0 { 0 } else { ahead - 7 };
            let (back, ahead) = (shown(back)?, shown(ahead)?);
            Some(if back == ahead {
                Right::day(back)
            } else {
                Right::of(format!("“{back}” or “{ahead}”, whichever is meant"))
            })
        }
        Meaning::Open => None,
    }
}

/// The day so many days later.
fn shifted(day: Day, days: i64) -> Option<Day> {
    let (year, month, date) =
        (i16::try_from(day.year()).ok()?, i8::try_from(day.month()).ok()?, i8::try_from(day.day()).ok()?);
    let later = jiff::civil::Date::new(year, month, date).ok()?;
    let later = later.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    Day::new(later.year().into(), later.month().unsigned_abs(), later.day().unsigned_abs())
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{of_block, of_dated};

    /// What is found, with its place, and the help.
    fn found(block: &str) -> Vec<String> {
        let found = of_dated("2024-08-20", block).into_iter().filter(|f| f.contains("relative-date"));
        found.map(|f| f.replace(" relative-date:", "").replace(" depends on the day of reading", "")).collect()
    }

    #[test]
    fn dates_that_depend_on_the_reader_are_told_with_the_right_one() {
        for (block, expected) in [
            ("He comes today [@li#visit].", "10:10 “today” | write “20 August 2024”"),
            ("He came yesterday [@li#visit].", "10:9 “yesterday” | write “19 August 2024”"),
            ("It is this week [@li#visit].", "10:7 “this week” | write the date, or “the week of 19 August 2024”"),
            ("It was last year [@li#visit].", "10:8 “last year” | write “2023”"),
            ("It is *next month* [@li#visit].", "10:8 “next month” | write “September 2024”"),
            (
                "Last week’s talks ended [@li#visit].",
                "10:1 “Last week’s” | write the date, or “the week of 12 August 2024”",
            ),
            ("It was two days ago [@li#visit].", "10:12 “days ago” | write the date"),
            ("It is this summer [@li#visit].", "10:7 “this summer” | write the date"),
            // The cited fact's event is of Tuesday, 20 August; the note's own day.
            ("He comes on Tuesday [@li#visit].", "10:13 “Tuesday” | write “20 August 2024”"),
            (
                "He came on Monday [@li#visit].",
                "10:12 “Monday” | write “19 August 2024” or “26 August 2024”, whichever is meant",
            ),
        ] {
            assert_eq!(found(block), [expected], "{block}");
        }
        assert!(of_block("He comes today [@li#visit].")[0].ends_with("| write the date"));
    }
}
