//! `mixed-schemes`: markings of two schemes in one note.

use crate::check::Rule;
use crate::check::case::DraftCase;
use crate::check::marks::{Marked, NoteMarking, in_draft, is_tlp};
use crate::finding::{Finding, Severity};
use crate::model::marking::{SCHEMES, Scheme};

pub(super) const RULE: Rule = Rule {
    id: "mixed-schemes",
    severity: Severity::Error,
    what: "markings of two schemes in one note",
    why: "No order holds between schemes, so nobody can say which marking is the higher and what the banner must be (TLP 2.0, UK and \
          US markings each define their own). A fact or source with its scheme’s lowest marking limits nothing \
          and mixes nothing. `SECRET` is of the scheme that the rest of the note uses.",
    bad: "marking: OFFICIAL    (it cites a fact marked TLP:AMBER)",
    good: "marking: TLP:AMBER    (and every portion and fact by TLP)",
    draft: Some(check),
    ..Rule::BASE
};

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let note = NoteMarking::of(case);
    let own = || note.places.iter().map(|(scheme, _)| *scheme).collect::<Vec<_>>();
    let mut schemes = match (note.named, note.written.is_empty()) {
        (Some(named), true) => vec![named],
        (None, true) => SCHEMES.iter().collect(),
        (None, false) if note.places.is_empty() && is_tlp(&note.written) => {
            SCHEMES.iter().filter(|s| s.name == "tlp").collect()
        }
        // A house's own marking leaves none.
        (None, false) => own(),
        (Some(named), false) if note.places.is_empty() || own().contains(&named) => vec![named],
        (Some(named), false) => {
            let message =
                format!("the note's scheme is `{}`, and its marking {} is of another", named.name, note.written);
            let finding = case.finding(&RULE, case.front_value("marking"), message);
            found.push(finding.help("mark the note by one scheme"));
            own()
        }
    };
    // What the first mark besides the banner was compared with.
    let mut first = match (note.written.is_empty(), note.named) {
        (false, _) => format!("the note is marked {}", note.written),
        (true, Some(named)) => format!("the note’s scheme is `{}`", named.name),
        (true, None) => String::new(),
    };
    let mut told: Vec<Vec<&'static Scheme>> = Vec::new();
    for mark in in_draft(case, &RULE).iter().filter(|mark| mark.is_portion || limits(mark)) {
        let its: Vec<&'static Scheme> = mark.places.iter().map(|(scheme, _)| *scheme).collect();
        let common: Vec<&'static Scheme> = schemes.iter().copied().filter(|s| its.contains(s)).collect();
        let says = format!("{} is marked {}", mark.what, mark.written);
        if !common.is_empty() {
            schemes = common;
            if first.is_empty() {
                first = says;
            }
        } else if !told.contains(&its) {
            let mut finding = case.finding(&RULE, mark.at.clone(), format!("{says}, and {first}: no scheme has both"));
            if let Some(fact) = &mark.fact {
                finding = finding.on_fact(fact);
            }
            found.push(finding.help("mark the note and its portions by one scheme, and cite what has a marking in it"));
            told.push(its);
        }
    }
}

/// Whether it is above the lowest of every scheme that knows it.
fn limits(mark: &Marked) -> bool {
    !mark.places.is_empty() && mark.places.iter().all(|(_, level)| *level > 0)
}
