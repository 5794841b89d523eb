//! `partly-marked`: some portions have a mark and others none.

use crate::check::Rule;
use crate::check::case::DraftCase;
use crate::check::marks::portions;
use crate::finding::{Finding, Severity};
use crate::template::PortionMarks;

pub(super) const RULE: Rule = Rule {
    id: "partly-marked",
    severity: Severity::Error,
    what: "a note in which some paragraphs, items or quotations lead with a portion mark and others do not",
    why: "Once portions are marked each must be, or the reader takes what has no mark for free (US 32 CFR 2001.21; ICD 710). Where the \
          template has `portion-marks`, the note marks the rest itself and the rule is silent.",
    bad: "(SBU) The talks failed.\n\nThe envoy has left.",
    good: "(SBU) The talks failed.\n\n(U) The envoy has left.",
    draft: Some(check),
    ..Rule::BASE
};

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    if case.request.template.portion_marks != PortionMarks::None {
        return;
    }
    let portions = portions(case);
    let bare: Vec<_> = portions.iter().filter(|p| p.mark.is_none()).map(|p| &p.at).collect();
    let (Some(at), Some(mark)) = (bare.first(), portions.iter().find_map(|p| p.mark.as_ref())) else { return };
    let count = match bare.len() {
        1 => String::new(),
        2 => ", and one other has none either".to_owned(),
        n => format!(", and {} others have none either", n - 1),
    };
    let message = format!("this portion has no mark, while another leads with {}{count}", mark.written);
    found.push(case.finding(&RULE, (*at).clone(), message).help("mark every portion, or none"));
}
