//! `unknown-reference`: a key that names nothing.

use crate::check::Rule;
use crate::check::case::{BlockCase, EventCase, FactCase, SectionCase, did_you_mean, key};
use crate::draft::Section;
use crate::finding::{Finding, Severity};
use crate::markdown::{CitationItem, CitationKey};
use crate::model::text::nearest;
use crate::model::{FactRef, missing};
use crate::yaml::Step;

pub(super) const RULE: Rule = Rule {
    id: "unknown-reference",
    severity: Severity::Error,
    what: "a citation, source, actor, event or fact key that does not exist",
    why: "A reference that leads nowhere is a source lost: the reader cannot check the claim (ICD 206).",
    bad: "Belarus joined in July 2024 [@li-qiang-2024#sco-01].",
    good: "Belarus joined in July 2024 [@li-qiang-2024#sco-10].",
    event: Some(event),
    fact: Some(fact),
    section: Some(section),
    block: Some(block),
    ..Rule::BASE
};

fn event(case: &EventCase<'_>, found: &mut Vec<Finding>) {
    for (i, id) in case.event.related.iter().enumerate() {
        if case.desk.event(id).is_none() {
            let route = vec![key("related"), Step::Index(i)];
            let near = nearest(id, case.desk.events().iter().map(|e| &*e.id));
            let help = did_you_mean(near, "the related event may have been renamed or taken away");
            found.push(case.finding(&RULE, route, format!("there is no event `{id}`")).help(help));
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
            let near = nearest(&used.source, keys.map(|k| &**k));
            let help = did_you_mean(near, "sources are keys of the event's `sources` or of the shared sources");
            let way = [key("sources"), Step::Index(i), key("source")];
            found.push(case.finding(&RULE, way, format!("there is no source `{}`", used.source)).help(help));
        }
    }
    for (i, relation) in fact.relations.iter().enumerate() {
        let way = vec![key("relations"), Step::Index(i), key(relation.kind.as_str())];
        related(case, &relation.to, way, found);
    }
    for (i, basis) in fact.assessment.iter().flat_map(|a| &a.basis).enumerate() {
        related(case, basis, vec![key("basis"), Step::Index(i)], found);
    }
}

fn actor(case: &FactCase<'_>, name: &str, way: Vec<Step>, found: &mut Vec<Finding>) {
    let actors = &case.event.actors;
    if actors.contains_key(name) {
        return;
    }
    let by_name = actors.iter().find(|(_, a)| *a.name == *name).map(|(key, _)| &**key);
    let near = by_name.or_else(|| nearest(name, actors.keys().map(|k| &**k)));
    let help = did_you_mean(near, "actors are keys of the event's `actors`");
    found.push(case.finding(&RULE, way, format!("there is no actor `{name}` in this event")).help(help));
}

fn related(case: &FactCase<'_>, written: &str, way: Vec<Step>, found: &mut Vec<Finding>) {
    let address = FactRef::within(&case.event.id, written);
    let there = if address.event == *case.event.id { Some(case.event) } else { case.desk.event(&address.event) };
    if let Some(missing) = missing::fact_of(case.desk, there, &address) {
        found.push(case.finding(&RULE, way, missing.message).help(missing.help));
    }
}

fn section(case: &SectionCase<'_>, found: &mut Vec<Finding>) {
    let Section { heading_citations, .. } = case.section;
    let items = heading_citations.iter().flat_map(|c| &c.items);
    found.extend(items.filter_map(|item| cited(case, item)));
}

fn block(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    found.extend(case.items().filter_map(|item| cited(case.section, item)));
}

fn cited(case: &SectionCase<'_>, item: &CitationItem) -> Option<Finding> {
    let desk = case.draft.request.desk;
    let missing = match &item.key {
        CitationKey::Fact { event, fact } => missing::fact(desk, &FactRef::new(event, fact)),
        CitationKey::Source(key) => missing::source(desk, key),
    };
    missing.map(|missing| case.draft.finding(&RULE, item.range.start, missing.message).help(missing.help))
}
