//! `unknown-reference`: a key that names nothing.

use crate::check::Rule;
use crate::check::case::{BlockCase, EventCase, FactCase, SectionCase, did_you_mean, key};
use crate::draft::Section;
use crate::finding::{Edit, Finding, Severity};
use crate::markdown::{CitationItem, CitationKey};
use crate::model::text::nearest_few;
use crate::model::{FactRef, missing};
use crate::yaml::Step;

pub(super) const RULE: Rule = Rule {
    id: "unknown-reference",
    severity: Severity::Error,
    what: "a citation, source, actor, event or fact key that does not exist, or that cites nothing for want of brackets",
    why: "A reference that leads nowhere is a source lost: the reader cannot check the claim (ICD 206).",
    bad: "Belarus joined in July 2024 [@li-qiang-2024#sco-01].",
    good: "Belarus joined in July 2024 [@li-qiang-2024#sco-10].",
    fixable: true,
    event: Some(event),
    fact: Some(fact),
    section: Some(section),
    block: Some(block),
    ..Rule::BASE
};

/// Finishes a finding in an event file: what may have been meant, and the change to it if it is one thing only.
fn told(finding: Finding, near: &[&str], else_say: &str, route: Vec<Step>) -> Finding {
    let finding = finding.help(did_you_mean(near.first(), else_say));
    match near {
        [only] => finding.fix(format!("write `{only}`"), Edit::Value(route, (*only).to_owned())),
        _ => finding,
    }
}

fn event(case: &EventCase<'_>, found: &mut Vec<Finding>) {
    for (i, id) in case.event.related.iter().enumerate() {
        if case.desk.event(id).is_none() {
            let route = vec![key("related"), Step::Index(i)];
            let near = nearest_few(id, case.desk.events().iter().map(|e| &*e.id));
            let finding = case.finding(&RULE, route.clone(), format!("there is no event `{id}`"));
            found.push(told(finding, &near, "the related event may have been renamed or taken away", route));
        }
    }
}

fn fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let (event, fact) = (case.event, case.fact);
    if let Some(speaker) = &fact.speaker {
        actor(case, speaker, vec![key("speaker")], found);
    }
    for (i, name) in fact.actors.iter().enumerate() {
        actor(case, name, vec![key("actors"), Step::Index(i)], found);
    }
    for (i, used) in fact.sources.iter().enumerate() {
        if case.desk.source(event, &used.source).is_none() {
            let keys = event.sources.keys().chain(case.desk.shared().keys());
            let near = nearest_few(&used.source, keys.map(|k| &**k));
            let else_say = "sources are keys of the event's `sources` or of the shared sources";
            let way = [key("sources"), Step::Index(i), key("source")];
            let finding = case.finding(&RULE, way.clone(), format!("there is no source `{}`", used.source));
            found.push(told(finding, &near, else_say, case.route(way)));
        }
    }
    for (i, relation) in fact.relations.iter().enumerate() {
        let way = vec![key("relations"), Step::Index(i), key(relation.kind.as_str())];
        // An item may hold several relations, so the way to a later one is not sure enough to write there.
        related(case, &relation.to, way, i == 0, found);
    }
    for (i, basis) in fact.assessment.iter().flat_map(|a| &a.basis).enumerate() {
        related(case, basis, vec![key("basis"), Step::Index(i)], true, found);
    }
}

fn actor(case: &FactCase<'_>, name: &str, way: Vec<Step>, found: &mut Vec<Finding>) {
    let actors = &case.event.actors;
    if actors.contains_key(name) {
        return;
    }
    let by_name = actors.iter().find(|(_, a)| *a.name == *name).map(|(key, _)| &**key);
    let near = by_name.map_or_else(|| nearest_few(name, actors.keys().map(|k| &**k)), |key| vec![key]);
    let finding = case.finding(&RULE, way.clone(), format!("there is no actor `{name}` in this event"));
    found.push(told(finding, &near, "actors are keys of the event's `actors`", case.route(way)));
}

fn related(case: &FactCase<'_>, written: &str, way: Vec<Step>, sure: bool, found: &mut Vec<Finding>) {
    let address = FactRef::within(&case.event.id, written);
    let there = if address.event == *case.event.id { Some(case.event) } else { case.desk.event(&address.event) };
    let Some(missing) = missing::fact_of(case.desk, there, &address) else { return };
    let finding = case.finding(&RULE, way.clone(), missing.message).help(missing.help);
    found.push(match missing.near.as_slice() {
        [only] if sure => {
            let own = only.split_once('#').filter(|_| !written.contains('#'));
            let only = own.map_or(only.as_str(), |(_, fact)| fact);
            finding.fix(format!("write `{only}`"), Edit::Value(case.route(way), only.to_owned()))
        }
        _ => finding,
    });
}

fn section(case: &SectionCase<'_>, found: &mut Vec<Finding>) {
    let Section { heading_citations, .. } = case.section;
    let items = heading_citations.iter().flat_map(|c| &c.items);
    found.extend(items.filter_map(|item| cited(case, item)));
}

fn block(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    found.extend(case.items().filter_map(|item| cited(case.section, item)));
    if case.is_prose() {
        without_brackets(case, found);
    }
}

/// A key of the desk's behind an `@` without brackets is text, and cites nothing. What is no key may be anybody's name elsewhere.
fn without_brackets(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    let desk = case.section.draft.request.desk;
    let text = &case.prose().text;
    for at in memchr::memchr_iter(b'@', text.as_bytes()) {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '[' | '{' | '-' | '\\' | ';')) {
            continue;
        }
        let behind = text.get(at + 1..).unwrap_or_default();
        let end = behind.find(|c: char| !(c.is_alphanumeric() || "-_.:#".contains(c))).unwrap_or(behind.len());
        let word = behind.get(..end).unwrap_or_default().trim_end_matches(['.', ':', '-', '#']);
        let (event, fact) = word.split_once('#').map_or((word, None), |(event, fact)| (event, Some(fact)));
        let leads = match fact {
            Some(fact) => desk.fact(&FactRef::new(event, fact)).is_some(),
            None => desk.shared().contains_key(word),
        };
        if !leads && desk.event(event).is_none() {
            continue;
        }
        let range = at..at + 1 + word.len();
        let message = format!("`@{word}` stands without brackets and cites nothing");
        let finding = case.finding_in_prose(&RULE, range.clone(), message);
        found.push(if leads {
            let place = Edit::Bytes(case.prose().span(&range), format!("[@{word}]"));
            finding.help(format!("write `[@{word}]`")).fix(format!("write `[@{word}]`"), place)
        } else {
            finding.help("a citation of a fact is `[@event#fact]`")
        });
    }
}

fn cited(case: &SectionCase<'_>, item: &CitationItem) -> Option<Finding> {
    let desk = case.draft.request.desk;
    let missing = match &item.key {
        CitationKey::Fact { event, fact } => missing::fact(desk, &FactRef::new(event, fact)),
        CitationKey::Source(key) => missing::source(desk, key),
    }?;
    let finding = case.draft.finding(&RULE, item.range.clone(), missing.message).help(missing.help);
    let [only] = missing.near.as_slice() else { return Some(finding) };
    let braced = case.draft.request.draft.text().get(..item.range.start).is_some_and(|text| text.ends_with('{'));
    let bare = CitationItem::new(only.parse().ok()?).to_string();
    let written = if braced { only } else { bare.trim_start_matches('@') };
    Some(finding.fix(format!("write `{only}`"), Edit::Bytes(item.range.clone(), written.to_owned())))
}
