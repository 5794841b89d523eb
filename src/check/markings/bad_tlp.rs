//! `bad-tlp`: a label that the Traffic Light Protocol does not have.

use crate::check::Rule;
use crate::check::case::{DeskCase, DraftCase, EventCase, FactCase, SectionCase, key};
use crate::check::marks::{is_tlp, leading};
use crate::finding::{Anchor, Edit, Finding, Severity};
use crate::model::Marking;
use crate::model::marking::Scheme;
use crate::model::text::nearest_few;

pub(super) const RULE: Rule = Rule {
    id: "bad-tlp",
    severity: Severity::Error,
    what: "a TLP label other than TLP:RED, TLP:AMBER+STRICT, TLP:AMBER, TLP:GREEN and TLP:CLEAR",
    why: "There are five labels, in capitals and without a space (FIRST TLP 2.0, 2022). Of any other nobody can say how far the text \
          may go; TLP:WHITE became TLP:CLEAR.",
    bad: "marking: TLP:WHITE",
    good: "marking: TLP:CLEAR",
    fixable: true,
    desk: Some(shared),
    event: Some(event),
    fact: Some(fact),
    draft: Some(draft),
    section: Some(section),
    ..Rule::BASE
};

/// What is wrong with a marking, and the way out.
struct Fault {
    message: String,
    help: String,
    /// The marking as it should be, if there is only one that can have been meant.
    right: Option<String>,
}

fn fault(marking: &Marking) -> Option<Fault> {
    let class = marking.class();
    let labels = Scheme::named("tlp")?;
    if !is_tlp(class) || labels.level(class).is_some() {
        return None;
    }
    let upper: String = class.to_uppercase().chars().filter(|c| !c.is_whitespace()).collect();
    let all: Vec<&str> = (0..5).map(|level| labels.class(level)).collect();
    let exact = all.iter().find(|label| **label == upper);
    let near = exact.map_or_else(|| nearest_few(&upper, all.iter().copied()), |label| vec![*label]);
    // One slip of the hand away, and from no other label.
    let slips = all.iter().filter(|label| strsim::damerau_levenshtein(&upper, label) <= 1).collect::<Vec<_>>();
    let slip = if let [only] = slips[..] { Some(*only) } else { None };
    let (help, right) = match (upper.as_str(), near.as_slice()) {
        ("TLP:WHITE", _) => ("since TLP 2.0 it is `TLP:CLEAR`".to_owned(), Some("TLP:CLEAR")),
        (_, [first, ..]) => (format!("did you mean `{}`?", slip.unwrap_or(first)), slip),
        (_, []) => (format!("one of {}", all.join(", ")), None),
    };
    // What stands behind `//` is no part of the label.
    let handling = marking.as_str().split_once("//").map_or(String::new(), |(_, rest)| format!("//{rest}"));
    let right = right.map(|label| format!("{label}{handling}"));
    Some(Fault { message: format!("`{class}` is no label of TLP 2.0"), help, right })
}

/// Finishes a finding; `edit` makes the change to the right marking.
fn told(finding: Finding, fault: &Fault, edit: impl FnOnce(String) -> Edit) -> Finding {
    let finding = finding.help(&fault.help);
    match &fault.right {
        Some(right) => finding.fix(format!("write `{right}`"), edit(right.clone())),
        None => finding,
    }
}

fn event(case: &EventCase<'_>, found: &mut Vec<Finding>) {
    let event = case.event;
    let own = event.marking.as_ref().map(|marking| (vec![key("marking")], marking));
    let sources = event
        .sources
        .iter()
        .filter_map(|(name, source)| Some((vec![key("sources"), key(name), key("marking")], source.marking.as_ref()?)));
    for (route, marking) in own.into_iter().chain(sources) {
        if let Some(fault) = fault(marking) {
            let finding = case.finding(&RULE, route.clone(), &fault.message);
            found.push(told(finding, &fault, |right| Edit::Value(route, right)));
        }
    }
}

fn shared(case: &DeskCase<'_>, found: &mut Vec<Finding>) {
    for source in case.desk.shared().values() {
        if let (Some(place), Some(fault)) = (&source.place, source.marking.as_ref().and_then(fault)) {
            let route = vec![key(&source.key), key("marking")];
            let finding = |anchor| Finding::new(RULE.id, RULE.severity, &place.path, anchor, &fault.message);
            found.push(match place.at {
                Some(at) => finding(Anchor::At(at)).help(&fault.help),
                None => told(finding(Anchor::Route(route.clone())), &fault, |right| Edit::Value(route, right)),
            });
        }
    }
}

fn fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    if let Some(fault) = case.fact.marking.as_ref().and_then(fault) {
        let finding = case.finding(&RULE, [key("marking")], &fault.message);
        found.push(told(finding, &fault, |right| Edit::Value(case.route([key("marking")]), right)));
    }
}

fn draft(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let marking = case.request.draft.front().marking.as_deref().map(Marking::new);
    if let Some(fault) = marking.as_ref().and_then(fault) {
        let finding = case.finding(&RULE, case.front_value("marking"), &fault.message);
        found.push(told(finding, &fault, |right| Edit::Front("marking", right)));
    }
}

fn section(case: &SectionCase<'_>, found: &mut Vec<Finding>) {
    for block in case.blocks().filter(crate::check::case::BlockCase::is_prose) {
        let Some((at, mark)) = leading(&block) else { continue };
        if let Some(fault) = fault(&Marking::new(mark)) {
            // Without its parentheses.
            let at = at.start + 1..at.end - 1;
            let finding = case.draft.finding(&RULE, at.clone(), &fault.message);
            found.push(told(finding, &fault, |right| Edit::Bytes(at, right)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_mended_where_one_slip_explains_it() {
        for (marking, right) in [
            ("TLP:WHITE", Some("TLP:CLEAR")),
            ("TLP:AMBRE", Some("TLP:AMBER")),
            ("tlp:green", Some("TLP:GREEN")),
            ("TLP: RED", Some("TLP:RED")),
            ("TLP:AMBER-STRICT//ANNEX", Some("TLP:AMBER+STRICT//ANNEX")),
            ("TLP:GREDN", Some("TLP:GREEN")),
            ("TLP:REN", Some("TLP:RED")),
            ("TLP:ORANGE", None),
            ("TLP", None),
        ] {
            assert_eq!(fault(&Marking::new(marking)).unwrap().right.as_deref(), right, "{marking}");
        }
    }
}
