//! `no-locator`: somewhere in a long source.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::finding::{Finding, Severity};
use crate::model::{FactStatus, Source};
use crate::yaml::Step;

pub(super) const RULE: Rule = Rule {
    id: "no-locator",
    severity: Severity::Warning,
    what: "a use of a recording, a broadcast, or a report, book or thesis of more than five pages that does not say where in it",
    why: "Who checks the claim must not have to read or hear all of it (ICD 206: citations lead to the passage). A report counts \
          if it says its pages (`page-total`, `page-range`); books and theses are taken to be long. A recording of which \
          `time-range` tells the part needs no more.",
    bad: "sources: interview          # type: video",
    good: "sources: { source: interview, at: \"12:30\" }",
    fact: Some(check),
    ..Rule::BASE
};

/// Types of Hayagriva, of the desk and of CSL that are heard or seen in time, and those that have pages.
const IN_TIME: &[&str] =
    &["audio", "broadcast", "motion_picture", "podcast", "radio", "scene", "song", "television", "video"];
const BOOKS: &[&str] = &["book", "thesis"];
const REPORT: &str = "report";
/// Up to how many pages one looks through without being led.
const PAGES: u32 = 5;

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    if case.fact.status == FactStatus::Retracted {
        return;
    }
    for (i, used) in case.fact.sources.iter().enumerate().filter(|(_, used)| used.at.is_none()) {
        let Some(source) = case.desk.source(case.event, &used.source) else { continue };
        if let Some((what, example)) = long(source) {
            let message = format!("`{}` is {what}, and the fact does not say where in it", used.source);
            let finding = case.finding(&RULE, [key("sources"), Step::Index(i)], message);
            found.push(finding.help(format!("write where: `{{ source: {}, at: {example} }}`", used.source)));
        }
    }
}

/// What a source is in which one must be led, and how.
fn long(source: &Source) -> Option<(&'static str, &'static str)> {
    let kind = source.record.get("type")?.text()?;
    let is = |kinds: &[&str]| kinds.iter().any(|k| kind.eq_ignore_ascii_case(k));
    if is(IN_TIME) {
        return source.record.get("time-range").is_none().then_some(("a recording", "\"12:30\""));
    }
    let book = is(BOOKS);
    let many = (book || is(&[REPORT])) && pages(source).map_or(book, |pages| pages > PAGES);
    many.then_some(("long", "p. 4"))
}

/// How many pages a source says it has.
fn pages(source: &Source) -> Option<u32> {
    let text = |name: &str| source.record.get(name).and_then(|v| v.text_or("value"));
    let total = text("page-total").or_else(|| text("number-of-pages"));
    if let Some(total) = total {
        return total.trim().parse().ok();
    }
    let range = text("page-range").or_else(|| text("page"))?;
    let (first, last) = range.split_once(['-', '–'])?;
    let (first, last): (u32, u32) =
        (first.trim().parse().ok()?, last.trim_start_matches(['-', '–']).trim().parse().ok()?);
    last.checked_sub(first)?.checked_add(1)
}
