//! `said-after-source`: words said later than the source that carries them.

use crate::check::Rule;
use crate::check::case::{DraftCase, EventCase, FactCase, cited_fact, key};
use crate::finding::{Finding, Severity};
use crate::model::date::Day;
use crate::model::{Edtf, Source};
use crate::yaml::Step;

pub(super) const RULE: Rule = Rule {
    id: "said-after-source",
    severity: Severity::Error,
    what: "a fact said later than every dated source of it, or a source later than the `as-of` of its event or note",
    why: "Nothing can be reported before it is said, and nothing is known at the cut-off that was published behind it; one of \
          the dates is wrong (ICD 206: sources and information are dated). Of an event every source counts that a fact of it \
          uses; of a note its own `as-of`, and facts that it cites of which every source is dated and later. Uncertain and \
          approximate dates are left out.",
    bad: "said: 2024-08-20    (its one source is of 2024-08-19)",
    good: "said: 2024-08-19",
    event: Some(event),
    fact: Some(check),
    draft: Some(draft),
    ..Rule::BASE
};

/// The first day on which a source can have been published, if its date is sure.
fn published(source: &Source) -> Option<Day> {
    sure(&source.published_on()?)?.earliest()
}

fn sure(date: &Edtf) -> Option<&Edtf> {
    (!date.is_uncertain() && !date.is_approximate()).then_some(date)
}

fn event(case: &EventCase<'_>, found: &mut Vec<Finding>) {
    let event = case.event;
    let Some(cut_off) = event.as_of.as_ref().and_then(sure).and_then(Edtf::latest) else { return };
    let uses = event.facts.iter().flat_map(|fact| &fact.sources);
    let sources = uses.filter_map(|used| Some((&used.source, published(case.desk.source(event, &used.source)?)?)));
    // One later source or ten: it is the cut-off that was not moved.
    if let Some((source, day)) = sources.max_by_key(|(_, day)| *day).filter(|(_, day)| cut_off < *day) {
        let message = format!("`as-of` is {cut_off}, and the source `{source}` is of {day}");
        let help = "move `as-of` to the day of what the file knows, or correct the date of the source";
        found.push(case.finding(&RULE, vec![key("as-of")], message).help(help));
    }
}

fn draft(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let request = case.request;
    let as_of = request.draft.front().as_of.as_deref().and_then(|text| text.trim().parse::<Edtf>().ok());
    let Some(cut_off) = as_of.as_ref().and_then(sure).and_then(Edtf::latest) else { return };
    let blocks = request.draft.sections().iter().flat_map(|section| &section.blocks);
    let items = blocks.flat_map(|block| &block.citations).flat_map(|citation| &citation.items);
    let late = items.filter_map(|item| {
        let (event, fact) = cited_fact(request.desk, &item.key)?;
        let mut first: Option<Day> = None;
        for used in &fact.sources {
            let day = published(request.desk.source(event, &used.source)?)?;
            first = Some(first.map_or(day, |first| first.min(day)));
        }
        Some((item, first?))
    });
    if let Some((item, day)) = late.max_by_key(|(_, day)| *day).filter(|(_, day)| cut_off < *day) {
        let message = format!("`as-of` is {cut_off}, and what `{}` says was first published on {day}", item.key);
        let finding = case.finding(&RULE, case.front_value("as-of"), message).on_fact(&item.key);
        found.push(finding.help("move `as-of`, or leave out what was not known by then"));
    }
}

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let Some(said) = case.fact.said.and_then(|d| d.earliest()) else { return };
    let sources = case.fact.sources.iter().filter_map(|used| case.desk.source(case.event, &used.source));
    let Some(last) = sources.filter_map(|s| s.published_on()?.latest()).max().filter(|last| *last < said) else {
        return;
    };
    let message = format!("said on {said}, and its latest source is of {last}");
    let way: [Step; 1] = [key("said")];
    found.push(case.finding(&RULE, way, message).help("correct the date, or name the source that reports the words"));
}
