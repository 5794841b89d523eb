//! `number-unsupported`: a number or date that no fact cited beside it has.

use super::false_precision;
use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::check::text::dates::{Lexicon, Written, written};
use crate::check::text::number_words;
use crate::check::text::numbers::{Number, numbers, spaced};
use crate::draft::FieldValue;
use crate::finding::{Finding, Severity};
use crate::markdown::CitationItem;
use crate::model::date::Day;
use crate::model::text::without_tags;
use crate::model::{Edtf, Event, Fact, FactRef};

pub(super) const RULE: Rule = Rule {
    id: "number-unsupported",
    severity: Severity::Error,
    what: "a number or date in a block that is in no fact the block cites",
    why: "A wrong digit looks like a right one; only its source can tell (ICD 206). A number may be written in digits or \
          words; a fact supports it by its text, words, value, dates and excerpts, its event's title and dates, and the \
          titles and dates of its sources; an assessment by its basis, too. The note's own dates and fields count. \
          `first` to `third`, `one`, `the two` of a pair, quotations, code, and blocks that cite a source without a fact are left out.",
    bad: "Belarus joined as its twelfth member on 5 July 2024 [@sco#tenth].",
    good: "Belarus joined as its tenth member on 4 July 2024 [@sco#tenth].",
    block: Some(check),
    ..Rule::BASE
};

/// A fact that a block cites.
type Cited<'a> = (&'a CitationItem, &'a Event, &'a Fact);

/// What the facts of a block have.
#[derive(Default)]
struct Support {
    texts: Vec<(String, &'static Lexicon)>,
    edtf: Vec<Edtf>,
}

impl Support {
    fn add_fact(&mut self, case: &BlockCase<'_>, event: &Event, fact: &Fact) {
        let note = Lexicon::of(case.section.draft.language());
        let own = Lexicon::of(event.language.as_deref().unwrap_or("en"));
        // Most notes have one language: a text is not read again for each of three.
        let mut lexicons = vec![Lexicon::of("en")];
        for lexicon in [note, own] {
            if !lexicons.iter().any(|known| std::ptr::eq(*known, lexicon)) {
                lexicons.push(lexicon);
            }
        }
        let mut add = |text: &str| {
            let text = without_tags(text);
            self.texts.extend(lexicons.iter().map(|lexicon| (text.clone().into_owned(), *lexicon)));
        };
        add(&fact.text);
        add(&event.title);
        fact.via.iter().for_each(|text| add(text));
        fact.quote.iter().flat_map(|q| [Some(&q.words), q.original.as_ref()]).flatten().for_each(|text| add(text));
        if let Some(figure) = &fact.figure {
            let part = |text: &Option<Box<str>>| text.as_deref().unwrap_or_default().to_owned();
            add(&format!("{} {}", part(&figure.value), part(&figure.unit)));
            figure.measure.iter().for_each(|text| add(text));
        }
        let actors = fact.actors.iter().chain(&fact.speaker).filter_map(|key| event.actors.get(key));
        actors.flat_map(|a| std::iter::once(&a.name).chain(&a.role).chain(&a.aliases)).for_each(|text| add(text));
        fact.places.iter().for_each(|place| add(&place.name));
        for used in &fact.sources {
            used.excerpt.iter().for_each(|text| add(text));
            let Some(source) = case.request().desk.source(event, &used.source) else { continue };
            let texts =
                [source.title(), source.parent_title(), source.publisher(), source.published(), source.origin_name()];
            texts.into_iter().flatten().for_each(&mut add);
            self.edtf.extend(source.published_on());
        }
        self.edtf.extend([fact.date, fact.said, event.date, event.as_of].into_iter().flatten());
    }

    fn has_year(&self, year: i32) -> bool {
        let years = |e: &Edtf| {
            e.earliest().is_none_or(|first| first.year() <= year) && e.latest().is_none_or(|last| year <= last.year())
        };
        self.edtf.is_empty() || self.edtf.iter().any(years)
    }

    /// Whether one of the texts has these digits as a number of its own.
    fn has(&self, digits: &str) -> bool {
        let joins = |c: char| {
            c.is_alphanumeric() || matches!(c, '.' | ',' | ':' | '/' | '-' | '–' | '%' | '\u{a0}' | '\u{202f}' | '’')
        };
        !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit())
            && self.texts.iter().any(|(text, _)| {
                text.match_indices(digits).any(|(at, _)| {
                    let before = text.get(..at).unwrap_or_default();
                    let behind = text.get(at + digits.len()..).unwrap_or_default();
                    // A space may part the groups of a longer number.
                    let digit_near = before.trim_end().ends_with(|c: char| c.is_ascii_digit())
                        || behind.trim_start().starts_with(|c: char| c.is_ascii_digit());
                    let full_stop = behind.starts_with(['.', ','])
                        && !behind.get(1..).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
                    !digit_near && !before.ends_with(joins) && (full_stop || !behind.starts_with(joins))
                })
            })
    }

    /// The dates and the numbers of all texts.
    fn read(&self) -> (Vec<Written>, Vec<Number>) {
        let (mut dates, mut values) = (Vec::new(), Vec::new());
        for (text, lexicon) in self.texts.iter() {
            let own = written(text, lexicon);
            values.extend(numbers(text, &own, true));
            values.extend(spaced(text, &own));
            values.extend(number_words::values(text, lexicon.tag()).into_iter().map(Number::plain));
            dates.extend(own);
        }
        (dates, values)
    }
}

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    let facts: Vec<_> = case.facts().collect();
    let Some((first, _, _)) = facts.first() else { return };
    // What a source says that is cited whole cannot be known; a key that names nothing is told elsewhere.
    if !case.is_prose() || case.is_opinion() || facts.len() != case.items().count() {
        return;
    }
    let draft = case.section.draft;
    let lexicon = Lexicon::of(draft.language());
    let text = case.plain();
    let claimed = case.dates();
    let mut counted = numbers(text, claimed, lexicon.is_english());
    if !lexicon.is_english() || !Lexicon::knows(draft.language()) {
        for whole in spaced(text, claimed) {
            counted.retain(|n| n.range.end <= whole.range.start || whole.range.end <= n.range.start);
            counted.push(whole);
        }
    }
    // In a language whose months are not known, a small number may be the day of a date.
    let days = !Lexicon::knows(draft.language());
    let may_be_day = |n: &Number| days && n.values.iter().any(|v| *v <= 31.0);
    counted.retain(|n| !n.weak && !may_be_day(n));
    if claimed.is_empty() && counted.is_empty() {
        return;
    }
    let support = gather(case, &facts);
    // Most numbers stand in the fact as they do in the block, and then nothing need be read closely.
    let as_written = |n: &Number| !n.percent && support.has(text.get(n.range.clone()).unwrap_or_default());
    if claimed.is_empty() && counted.iter().all(as_written) {
        return;
    }
    let (dates, values) = support.read();
    let tell = |found: &mut Vec<Finding>, range: &std::ops::Range<usize>, what: &str| {
        let words = text.get(range.clone()).unwrap_or_default();
        let message = format!("the {what} “{words}” is in no fact that this block cites");
        let help = "correct it, or cite the fact that has it";
        found.push(case.finding_in_prose(&RULE, range.clone(), message).help(help).on_fact(&first.key));
    };
    for date in claimed {
        let as_number = |n: &Number| date.bare_year && n.values.iter().any(|v| Some(*v) == date.year.map(f64::from));
        // A fact that says `8 July` says it of a year in which it, its event or a source of it lies.
        let year_fits = |d: &Written| d.year.is_some() || date.year.is_none_or(|year| support.has_year(year));
        let in_text = dates.iter().any(|d| supports(d, date) && year_fits(d)) || values.iter().any(as_number);
        let exact = |e: &Edtf| covers(e, date) && false_precision::is_exact(e, date);
        match false_precision::shortfall(&facts, date) {
            Some(short) if short.is_coarse() && !in_text && !support.edtf.iter().any(exact) => {
                found.push(short.finding(case, date));
            }
            Some(short) if !short.is_coarse() && !others_have(case, &facts, short.fact, date) => {
                found.extend((!short.is_doubted(case, date)).then(|| short.finding(case, date)));
            }
            _ if !in_text && !support.edtf.iter().any(|e| covers(e, date)) => tell(found, &date.range, "date"),
            _ => {}
        }
    }
    for number in &counted {
        // `the 14th` may be the day of a date that the facts have.
        let words = text.get(number.range.clone()).unwrap_or_default();
        let is_ordinal = ["st", "nd", "rd", "th"].iter().any(|ending| words.ends_with(ending));
        let is_day = |day: u8| is_ordinal && number.values.iter().any(|v| *v == f64::from(day));
        let by_day = dates.iter().filter_map(|d| d.day).any(is_day)
            || support.edtf.iter().flat_map(|e| [e.earliest(), e.latest()]).flatten().any(|d| is_day(d.day()));
        let by_year = |d: &Written| number.values.iter().any(|v| d.year.map(f64::from) == Some(*v));
        if !values.iter().any(|known| same(known, number)) && !dates.iter().any(by_year) && !by_day {
            tell(found, &number.range, "number");
        }
    }
}

/// Whether anything but one of the facts has a date as it is claimed: another fact, its event, the note.
fn others_have(case: &BlockCase<'_>, facts: &[Cited<'_>], but: &Fact, date: &Written) -> bool {
    let others: Vec<Cited<'_>> = facts.iter().copied().filter(|(.., fact)| !std::ptr::eq(*fact, but)).collect();
    let mut support = gather(case, &others);
    let own = facts.iter().filter(|(.., fact)| std::ptr::eq(*fact, but));
    support.edtf.extend(own.flat_map(|(_, event, _)| [event.date, event.as_of]).flatten());
    let (dates, _) = support.read();
    dates.iter().any(|d| supports(d, date) && (d.year.is_some() || date.year.is_none_or(|y| support.has_year(y))))
        || support.edtf.iter().any(|e| covers(e, date) && false_precision::is_exact(e, date))
}

fn gather(case: &BlockCase<'_>, facts: &[Cited<'_>]) -> Support {
    let mut support = Support::default();
    let front = case.request().draft.front();
    for (_, event, fact) in facts {
        support.add_fact(case, event, fact);
        for written in fact.assessment.iter().flat_map(|a| &a.basis) {
            if let Some((event, fact)) = case.request().desk.fact(&FactRef::within(&event.id, written)) {
                support.add_fact(case, event, fact);
            }
        }
    }
    support
        .edtf
        .extend([&front.date, &front.as_of].into_iter().flatten().filter_map(|d| d.trim().parse::<Edtf>().ok()));
    let lexicon = Lexicon::of(case.section.draft.language());
    let fields = front.fields.values().flat_map(FieldValue::items);
    support.texts.extend(fields.map(|text| (text.to_string(), lexicon)));
    support
}

/// Whether a date in a fact's text says what the claimed one does.
fn supports(known: &Written, claimed: &Written) -> bool {
    let agrees = |a: Option<u8>, b: Option<u8>| b.is_none() || a == b;
    let years = match (known.year, claimed.year) {
        (Some(a), Some(b)) if claimed.decade => a - a % 10 == b,
        (Some(a), Some(b)) => a == b,
        (None, Some(_)) => claimed.month.is_some(),
        (_, None) => true,
    };
    years && agrees(known.month, claimed.month) && agrees(known.day, claimed.day)
}

/// Whether a fact's date says what the claimed one does: a day at one of its ends, else anywhere in it.
fn covers(known: &Edtf, claimed: &Written) -> bool {
    let ends: Vec<Day> = [known.earliest(), known.latest()].into_iter().flatten().collect();
    let (Some(first), Some(last)) = (known.earliest().or(known.latest()), known.latest().or(known.earliest())) else {
        return false;
    };
    let years = || (first.year()..=last.year()).take(400).filter(|y| claimed.year.is_none_or(|c| c == *y));
    match (claimed.month, claimed.day) {
        (Some(_), Some(_)) => {
            let exact = |e: &Edtf| e.precision() >= crate::model::date::Precision::Day;
            exact(known) && ends.iter().any(|d| claimed.day_in(d.year()) == Some(*d))
        }
        (Some(month), None) => {
            let fine = known.precision() >= crate::model::date::Precision::Month || known.is_interval();
            let inside =
                |y: i32| (first.year(), first.month()) <= (y, month) && (y, month) <= (last.year(), last.month());
            fine && years().any(inside)
        }
        _ if claimed.decade => claimed.year.is_some_and(|y| first.year() <= y + 9 && y <= last.year()),
        // Of an interval that is open only the end that is known counts.
        _ => claimed.year.is_some_and(|y| first.year() <= y && y <= last.year()),
    }
}

/// Whether a number of a fact is the claimed one, or rounds to it where the claim is a rough one.
fn same(known: &Number, claimed: &Number) -> bool {
    let close = |a: f64, b: f64| (a - b).abs() <= claimed.slack.max(1e-9 * b.abs());
    (known.percent || !claimed.percent) && known.values.iter().any(|a| claimed.values.iter().any(|b| close(*a, *b)))
}
