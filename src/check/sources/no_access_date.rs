//! `no-access-date`: a page that may have changed, and nobody knows since when.

use std::collections::HashSet;

use crate::check::Rule;
use crate::check::case::{DeskCase, EventCase, key};
use crate::finding::{Anchor, Finding, Severity};
use crate::model::desk::SHARED_PATH;
use crate::model::source::Record;
use crate::model::{Source, SourceStatus};

pub(super) const RULE: Rule = Rule {
    id: "no-access-date",
    severity: Severity::Warning,
    what: "a web page with neither the day on which it was seen nor a kept copy",
    why: "Pages change without a trace; the day tells which state is meant (ISO 690; Chicago asks for it where a page has no \
          date). A source of type `web` counts, and one that has an address and no type; articles and reports that have an \
          address too do not. A `capture` or an `archived` copy is as good. Of shared sources those count that a fact uses.",
    bad: "page: { type: web, title: Timetable, url: https://ferries.example/timetable }",
    good: "page: { type: web, title: Timetable, url: { value: https://ferries.example/timetable, date: 2024-08-22 } }",
    desk: Some(desk),
    event: Some(event),
    ..Rule::BASE
};

const HELP: &str = "add the day on which it was seen, `url: { value: …, date: … }`, or keep a copy as `capture`";

/// The name of the field with the address, if it has no day and there is no copy.
fn unseen(source: &Source) -> Option<&'static str> {
    if source.capture.is_some() || source.archived.is_some() || source.status == SourceStatus::Retracted {
        return None;
    }
    let kind = source.record.get("type").and_then(|v| v.text());
    match &source.record {
        Record::Fields(_) => {
            let url = source.record.get("url")?;
            let is_web = kind.is_none_or(|k| k.trim().is_empty() || k.eq_ignore_ascii_case("web"));
            (is_web && url.get("date").is_none_or(|d| d.text() == Some(""))).then_some("url")
        }
        Record::Variables(_) => {
            let url = source.record.get("URL")?;
            let is_web = kind.is_none_or(|k| k == "webpage");
            (is_web && url.text() != Some("") && source.record.get("accessed").is_none()).then_some("URL")
        }
    }
}

fn message(source: &Source) -> String {
    format!("the web page `{}` has no day on which it was seen, and no copy is kept", source.key)
}

fn event(case: &EventCase<'_>, found: &mut Vec<Finding>) {
    for source in case.event.sources.values() {
        if let Some(field) = unseen(source) {
            let route = vec![key("sources"), key(&source.key), key(field)];
            found.push(case.finding(&RULE, route, message(source)).help(HELP));
        }
    }
}

fn desk(case: &DeskCase<'_>, found: &mut Vec<Finding>) {
    let shared: Vec<(&Source, &str)> = case.desk.shared().values().filter_map(|s| Some((s, unseen(s)?))).collect();
    if shared.is_empty() {
        return;
    }
    let used: HashSet<&str> = case
        .desk
        .events()
        .iter()
        .flat_map(|event| {
            event.facts.iter().flat_map(|f| &f.sources).filter(|used| !event.sources.contains_key(&used.source))
        })
        .map(|used| &*used.source)
        .collect();
    for (source, field) in shared.into_iter().filter(|(source, _)| used.contains(&*source.key)) {
        let path = source.place.as_ref().map_or(SHARED_PATH, |place| &*place.path);
        let anchor = match source.place.as_ref().and_then(|place| place.at) {
            Some(at) => Anchor::At(at),
            None => Anchor::Route(vec![key(&source.key), key(field)]),
        };
        found.push(Finding::new(RULE.id, RULE.severity, path, anchor, message(source)).help(HELP));
    }
}
