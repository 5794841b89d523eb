//! `marking-too-low`: the note may travel further than something in it.

use crate::check::Rule;
use crate::check::case::DraftCase;
use crate::check::marks::{Marked, NoteMarking, Place, in_draft};
use crate::finding::{Edit, Finding, Severity};
use crate::model::Marking;
use crate::model::marking::{SCHEMES, Scheme};

pub(super) const RULE: Rule = Rule {
    id: "marking-too-low",
    severity: Severity::Error,
    what: "a note whose marking, or its absence, is below the highest of its portions, facts and sources in that scheme",
    why: "A note carries the highest marking of what it holds, or the banner lets out what its parts do not (FIRST TLP 2.0; UK \
          Government Security Classifications Policy; US 32 CFR 2001.21). No marking equals the scheme’s lowest. A \
          fact without a marking of its own has its event’s; a source’s own marking counts as well, and so does \
          what an assessment rests on unless it has its own.",
    bad: "marking: TLP:CLEAR    (it cites a fact marked TLP:AMBER)",
    good: "marking: TLP:AMBER",
    fixable: true,
    draft: Some(check),
    ..Rule::BASE
};

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let note = NoteMarking::of(case);
    if of_the_house(case, &note, found) {
        return;
    }
    let unmarked = note.written.is_empty();
    if !unmarked && note.places.is_empty() {
        // A marking of no known scheme has no order: `bad-tlp` and `mixed-schemes` speak of it.
        return;
    }
    let banner: Vec<Place> = if unmarked { SCHEMES.iter().map(|s| (s, 0)).collect() } else { note.places };
    let banner: Vec<Place> = banner.into_iter().filter(|(s, _)| note.named.is_none_or(|named| named == *s)).collect();
    let marks = in_draft(case, &RULE);
    // The scheme of the first mark that is too high decides; the highest in it is told.
    let Some(scheme) = marks.iter().find_map(|mark| above(mark, &banner)) else { return };
    let level = |mark: &Marked| mark.places.iter().find(|(s, _)| *s == scheme).map(|(_, level)| *level);
    // Of several the first is told.
    let Some(highest) = marks.iter().rev().max_by_key(|m| level(m)) else { return };
    let Some(class) = level(highest).map(|level| scheme.class(level)) else { return };
    let banner = if unmarked { "has no marking".to_owned() } else { format!("is marked {}", note.written) };
    let message = format!("the note {banner}, and {} is marked {}", highest.what, highest.written);
    let mut finding = case.finding(&RULE, case.front_value("marking"), message);
    if let Some(fact) = &highest.fact {
        finding = finding.on_fact(fact);
    }
    let right = match Marking::new(&note.written).handling() {
        "" => class.to_owned(),
        handling => format!("{class}//{handling}"),
    };
    let finding = finding.help(format!("write `marking: {class}`, or leave out what is marked so"));
    found.push(finding.fix(format!("write `marking: {right}`"), Edit::Front("marking", right)));
}

/// The same by the schemes that the desk settled for itself; true if one of them is in use.
fn of_the_house(case: &DraftCase<'_>, note: &NoteMarking, found: &mut Vec<Finding>) -> bool {
    let schemes = &case.request.desk.settings().schemes;
    if schemes.is_empty() {
        return false;
    }
    let marks = in_draft(case, &RULE);
    let class = Marking::new(&note.written);
    let used = schemes.values().find_map(|classes| {
        let level = |class: &str| classes.iter().position(|c| c.eq_ignore_ascii_case(class));
        // No marking is as good as the lowest.
        let banner = if note.written.is_empty() { Some(0) } else { level(class.class()) };
        let of_marks = |mark: &Marked| level(Marking::new(&mark.written).class());
        // Of several the first is told.
        let highest =
            marks.iter().rev().filter_map(|mark| Some((of_marks(mark)?, mark))).max_by_key(|(level, _)| *level);
        let in_use = !note.written.is_empty() && banner.is_some() || highest.is_some();
        in_use.then_some((classes, banner, highest))
    });
    let Some((classes, banner, highest)) = used else { return false };
    if let (Some(banner), Some((level, mark))) = (banner, highest)
        && banner < level
        && let Some(right) = classes.get(level)
    {
        let own =
            if note.written.is_empty() { "has no marking".to_owned() } else { format!("is marked {}", note.written) };
        let message = format!("the note {own}, and {} is marked {}", mark.what, mark.written);
        let mut finding = case.finding(&RULE, case.front_value("marking"), message);
        if let Some(fact) = &mark.fact {
            finding = finding.on_fact(fact);
        }
        let finding = finding.help(format!("write `marking: {right}`, or leave out what is marked so"));
        found.push(finding.fix(format!("write `marking: {right}`"), Edit::Front("marking", right.to_string())));
    }
    true
}

/// The scheme in which the mark is above the note's.
fn above(mark: &Marked, banner: &[Place]) -> Option<&'static Scheme> {
    let in_note = |scheme: &Scheme| banner.iter().find(|(s, _)| *s == scheme).map(|(_, level)| *level);
    mark.places.iter().find(|(scheme, level)| in_note(scheme).is_some_and(|note| note < *level)).map(|(s, _)| *s)
}
