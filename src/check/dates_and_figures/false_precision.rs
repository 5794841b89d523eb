//! `false-precision`: a date told finer or surer than the fact has it.
//!
//! What reads the dates of a block and what supports them is `number-unsupported`, which asks this rule
//! first: of a date one of the two speaks.

use std::ops::Range;

use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::check::text::dates::Written;
use crate::check::text::likelihood::terms;
use crate::check::text::sentences::sentences;
use crate::check::text::words::{Word, is_english, words};
use crate::finding::{Finding, Severity};
use crate::markdown::CitationItem;
use crate::model::date::Precision;
use crate::model::{Edtf, Event, Fact};

pub(super) const RULE: Rule = Rule {
    id: "false-precision",
    severity: Severity::Warning,
    what: "a date of the draft that is finer than the date of the fact it rests on, or drops its `?` or `~`",
    why: "A day that no source gives is made up, and a doubt that the desk has noted is the reader’s to know (EDTF: precision \
          and the qualifiers `?` `~` `%` are part of a date). The dates are `date` and `said` of the facts that the block cites. A \
          finer date that another text or date of them has is left alone; so is a qualified one in a sentence with a word of \
          doubt, such as about or possibly, which is looked for in English notes alone.",
    bad: "Belarus joined on 4 July 2024 [@sco#joined].    (date: 2024-07)",
    good: "Belarus joined in July 2024 [@sco#joined].",
    ..Rule::BASE
};

/// Words by which a sentence leaves a date open, folded.
const DOUBT: &[&str] = &[
    "about",
    "alleged",
    "allegedly",
    "apparently",
    "appears",
    "approximate",
    "approximately",
    "around",
    "believed",
    "c",
    "ca",
    "circa",
    "claim",
    "claims",
    "conceivably",
    "could",
    "disputed",
    "doubt",
    "doubtful",
    "estimated",
    "maybe",
    "might",
    "perhaps",
    "possible",
    "possibly",
    "presumably",
    "probable",
    "probably",
    "purportedly",
    "reported",
    "reportedly",
    "roughly",
    "said",
    "say",
    "says",
    "seems",
    "sometime",
    "supposedly",
    "thought",
    "towards",
    "uncertain",
    "unclear",
    "unconfirmed",
    "unknown",
    "unverified",
];

/// How a date of a fact falls short of one that is claimed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Short {
    /// It is coarser.
    Coarse,
    /// It is uncertain or approximate.
    Qualified,
}

/// Whether a date says what is claimed, surely and as finely; the caller knows that it covers it. What
/// lies within an interval is no matter of precision.
pub(super) fn is_exact(known: &Edtf, claimed: &Written) -> bool {
    let fails = |how| how == Short::Qualified || !known.is_interval();
    !points(known).filter_map(|point| short(&point, claimed)).any(fails)
}

/// The dates that an EDTF has: itself, or the ends of an interval.
fn points(date: &Edtf) -> impl Iterator<Item = Edtf> {
    let ends = [date.start(), date.end()];
    let own = (!date.is_interval()).then_some(*date);
    own.into_iter().chain(ends.into_iter().flatten())
}

/// How one date falls short of the claimed one that lies in it.
fn short(point: &Edtf, claimed: &Written) -> Option<Short> {
    if !holds(point, claimed) {
        return None;
    }
    let needed = match (claimed.month, claimed.day) {
        (_, Some(_)) => Precision::Day,
        (Some(_), None) => Precision::Month,
        _ if claimed.decade => Precision::Decade,
        _ => Precision::Year,
    };
    if point.precision() < needed {
        Some(Short::Coarse)
    } else if point.is_uncertain() || point.is_approximate() {
        Some(Short::Qualified)
    } else {
        None
    }
}

/// Whether the claimed date lies in this one, or this one in it.
fn holds(point: &Edtf, claimed: &Written) -> bool {
    let (Some(first), Some(last)) = (point.earliest(), point.latest()) else { return false };
    let mut years = (first.year()..=last.year()).take(120).filter(|year| match claimed.year {
        Some(own) if claimed.decade => (own..own + 10).contains(year),
        Some(own) => own == *year,
        None => true,
    });
    match (claimed.month, claimed.day) {
        (Some(_), Some(_)) => years.any(|y| claimed.day_in(y).is_some_and(|day| first <= day && day <= last)),
        (Some(month), None) => {
            years.any(|y| (first.year(), first.month()) <= (y, month) && (y, month) <= (last.year(), last.month()))
        }
        _ => claimed.year.is_some() && years.next().is_some(),
    }
}

/// A date of a fact that has what is claimed less finely or less surely.
pub(super) struct Shortfall<'a> {
    item: &'a CitationItem,
    /// The fact that has the date.
    pub(super) fact: &'a Fact,
    date: Edtf,
    /// The end of it that is meant, else all of it.
    point: Edtf,
    how: Short,
}

/// The first fact cited that has a claimed date less finely or less surely.
pub(super) fn shortfall<'a>(
    facts: &[(&'a CitationItem, &'a Event, &'a Fact)],
    claimed: &Written,
) -> Option<Shortfall<'a>> {
    for (item, _, fact) in facts {
        for date in [fact.date, fact.said].into_iter().flatten() {
            let found = points(&date).find_map(|point| Some((point, short(&point, claimed)?)));
            if let Some((point, how)) = found {
                return Some(Shortfall { item, fact, date, point, how });
            }
        }
    }
    None
}

impl Shortfall<'_> {
    /// Whether the fact's date is coarser, and not only in doubt.
    pub(super) fn is_coarse(&self) -> bool {
        self.how == Short::Coarse
    }

    /// Whether the sentence leaves the date open, or may in a language that is not read.
    pub(super) fn is_doubted(&self, case: &BlockCase<'_>, claimed: &Written) -> bool {
        !is_english(case.section.draft.language()) || is_doubted(case.plain(), &claimed.range)
    }

    /// What is wrong with the claimed date.
    pub(super) fn finding(&self, case: &BlockCase<'_>, claimed: &Written) -> Finding {
        let words = case.plain().get(claimed.range.clone()).unwrap_or_default();
        let (key, date) = (&self.item.key, &self.date);
        let (message, help) = match self.how {
            Short::Coarse => {
                let help = format!("write “{}”, or cite the fact that has more", case.section.draft.print(&self.point));
                (format!("“{words}” is finer than the date of `{key}`, {date}"), help)
            }
            Short::Qualified if self.point.is_uncertain() => {
                let help = "say that it is in doubt: “possibly”".to_owned();
                (format!("“{words}” is surer than the date of `{key}`, {date}"), help)
            }
            Short::Qualified => {
                (format!("“{words}” is surer than the date of `{key}`, {date}"), "write “about”".to_owned())
            }
        };
        case.finding_in_prose(&RULE, claimed.range.clone(), message).help(help).on_fact(key)
    }
}

/// Whether the sentence of a date leaves it open.
fn is_doubted(text: &str, date: &Range<usize>) -> bool {
    let Some(sentence) = sentences(text).into_iter().find(|s| s.contains(&date.start)) else { return false };
    let in_it = text.get(sentence).unwrap_or_default();
    let all = words(in_it);
    let all: Vec<&Word> = all.iter().collect();
    let marked = text.get(date.end..).is_some_and(|behind| behind.starts_with(['?', '~', '%']));
    marked || all.iter().any(|w| DOUBT.contains(&w.text.as_str())) || !terms(&all).is_empty()
}
