//! `aged-sources`: the note is new, and all it rests on is old.

use crate::check::Rule;
use crate::check::case::{DraftCase, cited_fact};
use crate::check::dates_and_figures::stale;
use crate::finding::{Finding, Severity};
use crate::markdown::CitationKey;
use crate::model::{Source, provenance};

pub(super) const RULE: Rule = Rule {
    id: "aged-sources",
    severity: Severity::Info,
    what: "a note whose newest source is more than 30 days older than its date, or than its template's `stale-after` if that is more",
    why: "A note is read as what is known on its date; if nothing newer was found, it should say so (ICD 206: dates of \
          information are told). What assessments rest on counts. If one source has no date that can be read, it may be new, and \
          the rule is silent; a cut-off that is too old is told by `stale`.",
    bad: "date: 2024-10-01    # the latest source is of 19 August",
    good: "date: 2024-08-20",
    limit: Some(30),
    draft: Some(check),
    ..Rule::BASE
};

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let Some(today) = case.date().and_then(|d| d.earliest()) else { return };
    let allowed = stale::allowed(case).max(i64::try_from(RULE.limit_on(case.request.desk)).unwrap_or(i64::MAX));
    if stale::cut_off(case, &case.events()).1.is_some_and(|known| known.days_until(today) > stale::allowed(case)) {
        return;
    }
    let desk = case.request.desk;
    let blocks = case.request.draft.sections().iter().flat_map(|s| &s.blocks);
    let items: Vec<_> = blocks.flat_map(|b| &b.citations).flat_map(|c| &c.items).collect();
    let facts = items.iter().filter_map(|item| cited_fact(desk, &item.key));
    let shared = items.iter().filter_map(|item| match &item.key {
        CitationKey::Source(key) => desk.shared().get(key.as_str()),
        CitationKey::Fact { .. } => None,
    });
    let sources = provenance::of_all(desk, facts, shared).sources;
    let days: Option<Vec<_>> = sources.iter().map(|s: &&Source| s.published_on()?.latest()).collect();
    let Some(newest) = days.and_then(|days| days.into_iter().max()) else { return };
    let age = newest.days_until(today);
    if age > allowed {
        let message = format!("the newest source is of {}, {age} days before the note’s date", case.print_day(newest));
        let help = "look for newer sources, or say in the note that none was found";
        found.push(case.finding(&RULE, case.front_line("title"), message).help(help));
    }
}
