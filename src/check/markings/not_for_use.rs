//! `not-for-use`: what the reader may know and nobody may say, where it is said.

use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::finding::{Finding, Severity};
use crate::model::FactUse;

pub(super) const RULE: Rule = Rule {
    id: "not-for-use",
    severity: Severity::Error,
    what: "a fact with `use: not-for-use` cited in lines to take or in questions and answers",
    why: "Lines and answers are spoken in public, and such a fact was given for the reader’s eyes only. Lines to take are a section of \
          class `.lines` or with the id `lines-to-take`; questions and answers one of class `.qa`.",
    bad: "## Lines to take {#lines-to-take}\n\n- The mayor was warned [@flood-2024#warning].    (use: not-for-use)",
    good: "## Background {#background}\n\n- The mayor was warned [@flood-2024#warning].",
    block: Some(check),
    ..Rule::BASE
};

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    let section = case.section;
    let spoken = section.spec.is_some_and(crate::template::SectionSpec::is_spoken);
    if !spoken && section.section.id != "lines-to-take" {
        return;
    }
    for (item, _, _) in case.facts().filter(|(_, _, fact)| fact.usage == FactUse::NotForUse) {
        let message = format!("`{}` is not for use, and what stands here is said in public", item.key);
        let finding = case.finding(&RULE, item.range.clone(), message).on_fact(&item.key);
        found.push(finding.help("move it to the background, or take it out"));
    }
}
