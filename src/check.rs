//! Checks: the rules that facts and drafts are held to.
//!
//! One rule a file, each a constant [`Rule`] with its own documentation; [`GROUPS`] is the one list of
//! them, from which `docs/rules.md` is made. Everything here is pure. A fault gives one finding: where
//! several rules could speak, the most specific does.
//!
//! Findings on facts point into the event file by the way to the value ([`crate::finding::Anchor::Route`]),
//! findings on drafts by a byte of the draft.

mod case;
mod consistency;
mod dates_and_figures;
mod docs;
mod files;
mod form;
mod front_matter;
mod in_use;
mod judgements;
mod markings;
mod marks;
mod mend;
mod quotations;
mod silence;
mod sources;
mod text;

use std::cell::Cell;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use crate::draft::{Draft, FrontMatter};
use crate::finding::{Anchor, Finding, Severity};
use crate::model::{Desk, Event, Fact, conflict};
use crate::note::Note;
use crate::template::Template;

use case::{BlockCase, Counting, DeskCase, DraftCase, EventCase, FactCase, SectionCase};
pub use docs::docs_markdown;
pub use in_use::InUse;
pub use mend::mend;

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
    /// The number of words or days that it allows, which a desk may settle otherwise.
    pub limit: Option<u32>,
    /// Whether a desk may add words to its list, or take some out.
    pub has_words: bool,
    desk: Option<fn(&DeskCase<'_>, &mut Vec<Finding>)>,
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
        limit: None,
        has_words: false,
        desk: None,
        event: None,
        fact: None,
        draft: None,
        section: None,
        block: None,
    };

    /// The rule with this name.
    pub fn find(id: &str) -> Option<&'static Self> {
        rules().find(|r| r.id == id)
    }

    /// Its limit on a desk: the desk's, else its own.
    fn limit_on(&self, desk: &Desk) -> usize {
        let limit = desk.settings().limits.get(self.id).copied().or(self.limit);
        limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX))
    }

    /// Whether only the desk's check can find it, so that a silence on a fact can be told to be unused.
    fn is_of_facts_alone(&self) -> bool {
        self.fact.is_some() && self.draft.is_none() && self.section.is_none() && self.block.is_none()
    }
}

/// Rules on one matter.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// What they are about.
    pub name: &'static str,
    /// The rules, in the order of the documentation.
    pub rules: &'static [Rule],
}

/// Every rule, by group, in the order of the documentation.
pub static GROUPS: &[Group] = &[
    files::GROUP,
    quotations::GROUP,
    sources::GROUP,
    judgements::GROUP,
    dates_and_figures::GROUP,
    consistency::GROUP,
    markings::GROUP,
    form::GROUP,
];

/// Every rule, in the order of the documentation.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    GROUPS.iter().flat_map(|group| group.rules)
}

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

/// What was found about the facts of a desk.
#[derive(Debug, Default)]
pub struct DeskFindings {
    /// What is wrong or doubtful, by event.
    pub findings: Vec<Finding>,
    /// How many infos there are that were not asked for.
    pub hidden: usize,
}

/// What is wrong or doubtful about the desk's facts; infos are only counted unless they are wanted.
///
/// Rules on sources speak more softly of a fact that no draft uses: their warnings are infos there.
pub fn check_desk(desk: &Desk, in_use: &InUse, infos: bool) -> DeskFindings {
    let settled = |mut findings: Vec<Finding>| {
        findings.iter_mut().for_each(|finding| soften(finding, in_use));
        desk.settings().apply(None, &mut findings);
        let all = findings.len();
        findings.retain(|finding| infos || finding.severity != Severity::Info);
        let hidden = all - findings.len();
        DeskFindings { findings, hidden }
    };
    let (mut of_events, of_desk): (Vec<DeskFindings>, Vec<DeskFindings>) = rayon::join(
        || {
            let found = desk.events().par_iter().map(|event| {
                let counting = Counting { in_use, infos: Cell::new(0) };
                let mut found = settled(of_event(desk, event, (!infos).then_some(&counting)));
                found.hidden += counting.infos.get();
                found
            });
            found.collect()
        },
        || {
            let desk_rules: Vec<_> = rules().filter_map(|rule| Some((rule, rule.desk?))).collect();
            let found = desk_rules.into_par_iter().map(|(rule, check)| {
                let mut found = Vec::new();
                guarded(rule, "the desk", "", &mut found, |found| check(&DeskCase { desk }, found));
                found.retain(|finding| !silence::by_fact(desk, finding));
                settled(found)
            });
            found.collect()
        },
    );
    of_events.extend(of_desk);
    let hidden = of_events.iter().map(|found| found.hidden).sum();
    DeskFindings { findings: of_events.into_iter().flat_map(|found| found.findings).collect(), hidden }
}

/// Makes an info of a warning on the sources of a fact that no draft uses.
fn soften(finding: &mut Finding, in_use: &InUse) {
    let unused = |finding: &Finding| finding.fact.as_deref().is_some_and(|fact| !in_use.has(fact));
    if finding.severity == Severity::Warning
        && sources::GROUP.rules.iter().any(|rule| rule.id == finding.rule)
        && unused(finding)
    {
        finding.severity = Severity::Info;
        finding.softened = true;
    }
}

fn of_event(desk: &Desk, event: &Event, counting: Option<&Counting<'_>>) -> Vec<Finding> {
    let mut found = Vec::new();
    let case = EventCase { desk, event };
    for rule in rules() {
        if let Some(check) = rule.event {
            guarded(rule, "this event", &event.path, &mut found, |found| check(&case, found));
        }
        if let Some(check) = rule.fact {
            guarded(rule, "a fact of this event", &event.path, &mut found, |found| {
                event.facts.iter().for_each(|fact| check(&FactCase { desk, event, fact, counting }, found));
            });
        }
    }
    silence::of_event(desk, event, &mut found);
    found
}

/// What one rule finds about the desk's facts, silences aside; for measuring.
pub fn check_desk_by(rule: &Rule, desk: &Desk) -> Vec<Finding> {
    let mut found = Vec::new();
    for event in desk.events() {
        rule.event.iter().for_each(|check| check(&EventCase { desk, event }, &mut found));
        for fact in &event.facts {
            rule.fact.iter().for_each(|check| check(&FactCase::new(desk, event, fact), &mut found));
        }
    }
    rule.desk.iter().for_each(|check| check(&DeskCase { desk }, &mut found));
    found
}

/// What one rule finds about a draft, silences aside; for measuring.
pub fn check_draft_by(rule: &Rule, request: &DraftRequest<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let case = DraftCase::new(request);
    rule.draft.iter().for_each(|check| check(&case, &mut found));
    for section in case.sections() {
        rule.section.iter().for_each(|check| check(&section, &mut found));
        section.blocks().for_each(|block| rule.block.iter().for_each(|check| check(&block, &mut found)));
    }
    found
}

/// Runs a rule. What it found stays if it fails, and that it failed is told: a rule must never keep the
/// others from speaking.
fn guarded(rule: &Rule, of: &str, path: &str, found: &mut Vec<Finding>, check: impl FnOnce(&mut Vec<Finding>)) {
    if catch_unwind(AssertUnwindSafe(|| check(found))).is_err() {
        let message = format!("the rule `{}` failed on {of} and may have missed something", rule.id);
        let finding = Finding::error(files::rule_failed::RULE.id, path, Anchor::File, message);
        found.push(finding.help("this is a fault of the program: report it with the file that shows it"));
    }
}

/// What is wrong with a template beside the desk; `text` is the template's file.
pub fn check_template(desk: &Desk, template: &Template, text: &str) -> Vec<Finding> {
    front_matter::of_template(desk, template, text).into_iter().collect()
}

/// What is wrong with the front matter of a draft by no template that there is: all that can be checked of it,
/// and of the text what git could not merge.
pub fn check_front_matter(path: &str, front: &FrontMatter, text: &str) -> Vec<Finding> {
    let mut found = front_matter::problems(path, front);
    found.extend(check_unmerged(path, text));
    found
}

/// The places of a draft's text that git could not merge.
pub fn check_unmerged(path: &str, text: &str) -> Vec<Finding> {
    let found = conflict::findings(path, text).into_iter();
    found.map(|finding| finding.help("keep what is right and take the marks out")).collect()
}

/// What is wrong or doubtful about a draft and its note, the facts that it cites included.
pub fn check_note(request: &DraftRequest<'_>, note: &Note) -> Vec<Finding> {
    // A missing key is told by the checks, with the nearest name.
    let mut found: Vec<Finding> = note.findings.iter().filter(|f| f.rule != "unknown-reference").cloned().collect();
    found.extend(check_draft(request));
    let mut cited: Vec<(&Event, &Fact)> = Vec::new();
    let blocks = request.draft.sections().iter().flat_map(|s| &s.blocks);
    for item in blocks.flat_map(|b| &b.citations).flat_map(|c| &c.items) {
        cited.extend(case::cited_fact(request.desk, &item.key));
    }
    let mut seen = HashSet::new();
    cited.retain(|(_, fact)| seen.insert(std::ptr::from_ref(*fact)));
    let mut of_facts = Vec::new();
    for rule in rules() {
        if let Some(check) = rule.fact {
            guarded(rule, "a fact cited here", request.path, &mut of_facts, |found| {
                let cases = cited.iter().map(|(event, fact)| FactCase::new(request.desk, event, fact));
                cases.for_each(|case| check(&case, found));
            });
        }
    }
    of_facts.retain(|finding| !silence::by_fact(request.desk, finding));
    request.desk.settings().apply(Some(&request.template.id), &mut of_facts);
    // What is only worth knowing of a fact is told where the fact is written, not to whoever cites it.
    of_facts.retain(|finding| finding.severity != Severity::Info);
    found.append(&mut of_facts);
    found
}

/// What is wrong or doubtful about a draft, in the order of its text.
///
/// Silences count: `<!-- attache: allow RULE: reason -->` before a block or heading, and `allow` on a
/// fact for the findings that are about it.
pub fn check_draft(request: &DraftRequest<'_>) -> Vec<Finding> {
    let case = DraftCase::new(request);
    let mut found = front_matter::findings(request);
    let cases: Vec<_> = case.sections().collect();
    let blocks: Vec<_> = cases.iter().flat_map(|section| section.blocks()).collect();
    for rule in rules() {
        guarded(rule, "this draft", request.path, &mut found, |found| {
            rule.draft.iter().for_each(|check| check(&case, found));
            rule.section.iter().for_each(|check| cases.iter().for_each(|section| check(section, found)));
            rule.block.iter().for_each(|check| blocks.iter().for_each(|block| check(block, found)));
        });
    }
    // What else there is to say of lines that git could not merge waits until they are.
    let unmerged = conflict::find(request.draft.text());
    let is_unmerged = |at: usize| unmerged.iter().any(|conflict| conflict.range.contains(&at));
    found.retain(|finding| finding.rule == conflict::RULE || !is_unmerged(case::offset(finding)));
    let silences = silence::of_draft(request.draft);
    found.retain(|finding| !silence::covers(&silences, request.desk, finding));
    files::unused_allow::in_draft(&case, &silences, &mut found);
    request.desk.settings().apply(Some(&request.template.id), &mut found);
    found.sort_by_key(|f| (case::offset(f), f.severity));
    found
}

#[cfg(test)]
mod tests;
