//! `bad-tlp`: a label that the Traffic Light Protocol does not have.

use crate::check::Rule;
use crate::check::case::{DeskCase, DraftCase, EventCase, FactCase, SectionCase, key};
use crate::check::marks::{is_tlp, leading};
use crate::finding::{Anchor, Finding, Severity};
use crate::model::Marking;
use crate::model::marking::Scheme;
use crate::model::text::nearest;

pub(super) const RULE: Rule = Rule {
    id: "bad-tlp",
    severity: Severity::Error,
    what: "a TLP label other than TLP:RED, TLP:AMBER+STRICT, TLP:AMBER, TLP:GREEN and TLP:CLEAR",
    why: "There are five labels, in capitals and without a space (FIRST TLP 2.0, 2022). Of any other nobody can say how far the text \
          may go; TLP:WHITE became TLP:CLEAR.",
    bad: "marking: TLP:WHITE",
    good: "marking: TLP:CLEAR",
    desk: Some(shared),
    event: Some(event),
    fact: Some(fact),
    draft: Some(draft),
    section: Some(section),
    ..Rule::BASE
};

/// What is wrong with a marking, and the way out.
fn fault(marking: &Marking) -> Option<(String, String)> {
    let class = marking.class();
    let labels = Scheme::named("tlp")?;
    if !is_tlp(class) || labels.level(class).is_some() {
        return None;
    }
    let upper: String = class.to_uppercase().chars().filter(|c| !c.is_whitespace()).collect();
    let all: Vec<&str> = (0..5).map(|level| labels.class(level)).collect();
    let help = match (upper.as_str(), nearest(&upper, all.iter().copied())) {
        ("TLP:WHITE", _) => "since TLP 2.0 it is `TLP:CLEAR`".to_owned(),
        (_, Some(near)) => format!("did you mean `{near}`?"),
        _ => format!("one of {}", all.join(", ")),
    };
    Some((format!("`{class}` is no label of TLP 2.0"), help))
}

fn event(case: &EventCase<'_>, found: &mut Vec<Finding>) {
    let event = case.event;
    if let Some((message, help)) = event.marking.as_ref().and_then(fault) {
        found.push(case.finding(&RULE, vec![key("marking")], message).help(help));
    }
    for (name, source) in &event.sources {
        if let Some((message, help)) = source.marking.as_ref().and_then(fault) {
            let way = vec![key("sources"), key(name), key("marking")];
            found.push(case.finding(&RULE, way, message).help(help));
        }
    }
}

fn shared(case: &DeskCase<'_>, found: &mut Vec<Finding>) {
    for source in case.desk.shared().values() {
        if let (Some(place), Some((message, help))) = (&source.place, source.marking.as_ref().and_then(fault)) {
            let route = || Anchor::Route(vec![key(&source.key), key("marking")]);
            let anchor = place.at.map_or_else(route, Anchor::At);
            found.push(Finding::new(RULE.id, RULE.severity, &place.path, anchor, message).help(help));
        }
    }
}

fn fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    if let Some((message, help)) = case.fact.marking.as_ref().and_then(fault) {
        found.push(case.finding(&RULE, [key("marking")], message).help(help));
    }
}

fn draft(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let marking = case.request.draft.front().marking.as_deref().map(Marking::new);
    if let Some((message, help)) = marking.as_ref().and_then(fault) {
        found.push(case.finding(&RULE, case.front_value("marking"), message).help(help));
    }
}

fn section(case: &SectionCase<'_>, found: &mut Vec<Finding>) {
    for block in case.blocks().filter(crate::check::case::BlockCase::is_prose) {
        let Some((at, mark)) = leading(&block) else { continue };
        if let Some((message, help)) = fault(&Marking::new(mark)) {
            found.push(case.draft.finding(&RULE, at + 1, message).help(help));
        }
    }
}
