//! Checks: the rules that facts and drafts are held to.
//!
//! One rule a file, each a constant [`Rule`] with its own documentation; [`RULES`] is the one list of
//! them, from which `docs/rules.md` is made. Everything here is pure. A fault gives one finding: where
//! several rules could speak, the most specific does.
//!
//! Findings on facts point into the event file by the way to the value ([`crate::finding::Anchor::Route`]),
//! findings on drafts by a byte of the draft.

mod bad_tlp;
mod case;
mod chatham_house;
mod dates;
mod disputed_unmarked;
mod docs;
mod embargoed;
mod empty_section;
mod front_matter;
mod hidden_characters;
mod likelihood_with_confidence;
mod likelihood_without_confidence;
mod load;
mod long_sentence;
mod marking_too_low;
mod marks;
mod mixed_schemes;
mod no_basis;
mod not_for_use;
mod note_leaked;
mod number_unsupported;
mod numbers;
mod over_length;
mod partly_marked;
mod prose;
mod question_without_answer;
mod quote_altered;
mod quote_not_verbatim;
mod quote_without_speaker;
mod raw_html;
mod relative_date;
mod retracted;
mod said_after_source;
mod sentences;
mod silence;
mod spans;
mod stale;
mod tense;
mod tokens;
mod uncited;
mod unknown_reference;
mod unsafe_link;
mod unsourced_fact;
mod unused_allow;
mod weekday_mismatch;
mod wording;
mod words;

use std::collections::HashSet;

use rayon::prelude::*;

use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::model::Desk;
use crate::template::Template;

use case::{BlockCase, DraftCase, EventCase, FactCase, SectionCase};
pub use docs::docs_markdown;

/// A rule: what it finds, why, and how it looks.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The name by which findings, `--deny` and `allow` call it.
    pub id: &'static str,
    /// How much a finding of it matters.
    pub severity: Severity,
    /// What it finds, one sentence without a full stop.
    pub what: &'static str,
    /// Why that matters, with the standard it rests on.
    pub why: &'static str,
    /// What is found.
    pub bad: &'static str,
    /// How it should be.
    pub good: &'static str,
    /// Whether `f` or `check --fix` can mend it.
    pub fixable: bool,
    event: Option<for<'a> fn(&EventCase<'a>, &mut Vec<Finding>)>,
    fact: Option<for<'a> fn(&FactCase<'a>, &mut Vec<Finding>)>,
    draft: Option<for<'a> fn(&DraftCase<'a>, &mut Vec<Finding>)>,
    section: Option<for<'a> fn(&SectionCase<'a>, &mut Vec<Finding>)>,
    block: Option<for<'a> fn(&BlockCase<'a>, &mut Vec<Finding>)>,
}

impl Rule {
    /// What a rule's file fills in.
    const BASE: Self = Self {
        id: "",
        severity: Severity::Error,
        what: "",
        why: "",
        bad: "",
        good: "",
        fixable: false,
        event: None,
        fact: None,
        draft: None,
        section: None,
        block: None,
    };

    /// The rule with this name.
    pub fn find(id: &str) -> Option<&'static Self> {
        RULES.iter().find(|r| r.id == id)
    }

    /// Whether only the desk's check can find it, so that a silence on a fact can be told to be unused.
    fn is_of_facts_alone(&self) -> bool {
        self.fact.is_some() && self.draft.is_none() && self.section.is_none() && self.block.is_none()
    }
}

/// Every rule, in the order of the documentation.
pub static RULES: &[Rule] = &[
    load::UNREADABLE,
    load::BAD_FACT,
    load::BAD_VALUE,
    load::BAD_DATE,
    load::MISSING_ID,
    load::DUPLICATE_ID,
    load::UNKNOWN_KEY,
    unknown_reference::RULE,
    unsourced_fact::RULE,
    quote_not_verbatim::RULE,
    quote_altered::RULE,
    quote_without_speaker::RULE,
    uncited::RULE,
    disputed_unmarked::RULE,
    retracted::RULE,
    likelihood_without_confidence::RULE,
    likelihood_with_confidence::RULE,
    no_basis::RULE,
    marking_too_low::RULE,
    bad_tlp::RULE,
    mixed_schemes::RULE,
    partly_marked::RULE,
    embargoed::RULE,
    chatham_house::RULE,
    note_leaked::RULE,
    not_for_use::RULE,
    weekday_mismatch::RULE,
    relative_date::RULE,
    tense::RULE,
    stale::RULE,
    number_unsupported::RULE,
    said_after_source::RULE,
    empty_section::RULE,
    over_length::RULE,
    long_sentence::FIRST_RULE,
    long_sentence::RULE,
    question_without_answer::RULE,
    hidden_characters::RULE,
    raw_html::RULE,
    unsafe_link::RULE,
    unused_allow::RULE,
];

/// A draft to check.
#[derive(Clone, Copy, Debug)]
pub struct DraftRequest<'a> {
    /// The desk whose facts it cites.
    pub desk: &'a Desk,
    /// Its template.
    pub template: &'a Template,
    /// The draft, read with the template's outline.
    pub draft: &'a Draft,
    /// Its file, relative to the desk.
    pub path: &'a str,
}

/// What is wrong or doubtful about the desk's facts, by event and place in the file.
pub fn check_desk(desk: &Desk) -> Vec<Finding> {
    let found: Vec<Vec<Finding>> = desk
        .events()
        .par_iter()
        .map(|event| {
            let mut found = Vec::new();
            let case = EventCase { desk, event };
            RULES.iter().filter_map(|r| r.event).for_each(|check| check(&case, &mut found));
            for fact in &event.facts {
                let case = FactCase { desk, event, fact };
                let mut on_fact = Vec::new();
                RULES.iter().filter_map(|r| r.fact).for_each(|check| check(&case, &mut on_fact));
                let told: HashSet<&str> = on_fact.iter().map(|f| f.rule).collect();
                unused_allow::on_fact(&case, &told, &mut found);
                on_fact.retain(|f| !fact.allow.iter().any(|a| *a.rule == *f.rule));
                found.append(&mut on_fact);
            }
            found
        })
        .collect();
    let mut found = found.concat();
    found.extend(bad_tlp::of_shared(desk));
    found
}

/// What is wrong with a template beside the desk; `text` is the template's file.
pub fn check_template(desk: &Desk, template: &Template, text: &str) -> Vec<Finding> {
    front_matter::of_template(desk, template, text).into_iter().collect()
}

/// What is wrong or doubtful about a draft, in the order of its text.
///
/// Silences count: `<!-- attache: allow RULE: reason -->` before a block or heading, and `allow` on a
/// fact for the findings that are about it.
pub fn check_draft(request: &DraftRequest<'_>) -> Vec<Finding> {
    let case = DraftCase::new(request);
    let mut found = front_matter::findings(request);
    RULES.iter().filter_map(|r| r.draft).for_each(|check| check(&case, &mut found));
    for section in case.sections() {
        RULES.iter().filter_map(|r| r.section).for_each(|check| check(&section, &mut found));
        for block in section.blocks() {
            RULES.iter().filter_map(|r| r.block).for_each(|check| check(&block, &mut found));
        }
    }
    let silences = silence::of_draft(request.draft);
    found.retain(|finding| !silence::covers(&silences, request.desk, finding));
    unused_allow::in_draft(&case, &silences, &mut found);
    found.sort_by_key(case::offset);
    found
}

#[cfg(test)]
mod tests;
