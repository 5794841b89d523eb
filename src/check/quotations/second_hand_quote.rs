//! `second-hand-quote`: words that we have from a reporter, told as if we had heard them.

use super::quoting::{Said, WORDS};
use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::check::text::words::places;
use crate::draft::attribution::is_speaker;
use crate::finding::{Finding, Severity};
use crate::model::provenance::{second_hand, terms};
use crate::model::text::{fold, without_tags};
use crate::model::{Attribution, Desk, Directness, Source};

pub(super) const RULE: Rule = Rule {
    id: "second-hand-quote",
    severity: Severity::Warning,
    what: "a quotation of three words or more that only secondary or tertiary sources have, in a block that names none of them and does not say that it is reported",
    why: "What a reporter chose, cut or translated is not the speaker's own record, and the reader must see whose report it is \
          (ICD 206: source descriptors). “As reported by”, or the outlet's name anywhere in the block, tells it. A source whose \
          `directness` is not given is not held to be second-hand, nor one that is the speaker's own; of what was said under the \
          Chatham House Rule the outlet may not be told.",
    bad: "“We are partners,” said Mao Ning [@li-qiang-2024#partners].    (directness: secondary)",
    good: "“We are partners,” said Mao Ning, as reported by AFP [@li-qiang-2024#partners].",
    block: Some(check),
    ..Rule::BASE
};

/// Beginnings of words, folded, by which a text tells that it repeats a report.
const REPORTED: &[&str] = &["berichte", "citad", "informo", "rapport", "report", "zitiert"];

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    let desk = case.request().desk;
    for quotation in case.quotations().iter().filter(|q| q.words >= WORDS) {
        let Some(said) = quotation.facts.first() else { continue };
        let Some(reporter) = reporter(desk, said) else { continue };
        let is_told =
            |said: &Said<'_>| reporter_of_all(desk, said).is_none_or(|sources| is_told(case.plain(), &sources));
        if quotation.facts.iter().any(is_told) || case.is_as_placed() {
            continue;
        }
        let message = format!("these words are known from a report of {reporter} alone, and the block does not say so");
        let help = format!("write “as reported by {reporter}”, or cite the speaker's own record");
        found.push(case.finding_in_prose(&RULE, quotation.range.clone(), message).help(help).on_fact(said.address()));
        // Once told, a block is told.
        return;
    }
}

fn reporter<'a>(desk: &'a Desk, said: &Said<'a>) -> Option<&'a str> {
    second_hand(desk, said.event, said.fact)
}

/// The sources of words that are known from reports alone.
fn reporter_of_all<'a>(desk: &'a Desk, said: &Said<'a>) -> Option<Vec<&'a Source>> {
    let (event, fact) = (said.event, said.fact);
    if terms(desk, event, fact) == Some(Attribution::ChathamHouse) {
        return None;
    }
    let exact = fact.sources.iter().any(|used| !used.variant);
    let used = fact.sources.iter().filter(|used| !(exact && used.variant));
    let sources: Vec<&Source> = used.filter_map(|used| desk.source(event, &used.source)).collect();
    let second = |s: &&Source| {
        matches!(s.directness, Some(Directness::Secondary | Directness::Tertiary))
            && !s.origin_name().is_some_and(|origin| is_speaker(event, fact, origin))
    };
    (!sources.is_empty() && sources.iter().all(second)).then_some(sources)
}

/// Whether a text tells that it repeats a report, or names an outlet.
fn is_told(text: &str, sources: &[&Source]) -> bool {
    let text = fold(text);
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| REPORTED.iter().any(|r| word.starts_with(r))) || text.contains("d'apres") {
        return true;
    }
    let mut names = sources.iter().flat_map(|s| [s.origin.as_deref(), s.publisher(), s.parent_title()]).flatten();
    names.any(|name| places(&text, &fold(&without_tags(name))).next().is_some())
}
