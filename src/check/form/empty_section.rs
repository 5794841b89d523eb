//! `empty-section`: something the template requires is not there.

use crate::check::Rule;
use crate::check::case::DraftCase;
use crate::finding::{Finding, Severity};

pub(super) const RULE: Rule = Rule {
    id: "empty-section",
    severity: Severity::Error,
    what: "a required section or field with nothing in it",
    why: "The template says that a note of this kind is incomplete without it; it would print `[to be completed]`.",
    bad: "## Issue {#issue}\n\n## Background {#background}",
    good: "## Issue {#issue}\n\nPremier Li visits Russia and Belarus [@li-qiang-2024#visit].",
    draft: Some(check),
    ..Rule::BASE
};

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let front = case.request.draft.front();
    for field in case.request.template.fields.iter().filter(|f| f.required) {
        if front.fields.get(&field.id).is_none_or(crate::draft::FieldValue::is_blank) {
            let written = front.fields.contains_key(&field.id);
            let at = case.front_line(if written { &field.id } else { "fields" });
            let finding =
                case.finding(&RULE, at, format!("the field `{}` ({}) is required and empty", field.id, field.label));
            found.push(finding.help(format!("write it under `fields:` in the front matter: `{}: …`", field.id)));
        }
    }
    for spec in case.request.template.sections.iter().filter(|s| s.required && !s.form.is_automatic()) {
        let mut there = case.sections().filter(|s| s.section.known && s.section.id == spec.id).peekable();
        let at = there.peek().map(crate::check::case::SectionCase::at);
        if there.any(|section| section.blocks().any(|block| !block.markdown().trim().is_empty() && has_content(&block)))
        {
            continue;
        }
        let finding = match at {
            Some(at) => case.finding(&RULE, at, format!("the section “{}” is required and empty", spec.title)),
            None => case.finding(
                &RULE,
                case.front_line("title"),
                format!("the required section “{}” is missing", spec.title),
            ),
        };
        found.push(finding.help(format!(
            "write it under `{} {} {{#{}}}`",
            "#".repeat(spec.level.into()),
            spec.title,
            spec.id
        )));
    }
}

/// Whether something of the block prints; an item with a marker alone does not.
fn has_content(block: &crate::check::case::BlockCase<'_>) -> bool {
    !block.block.citations.is_empty() || !crate::markdown::plain_text(block.markdown()).trim().is_empty()
}
