//! Findings that somebody has silenced, and said why.

use std::cell::Cell;
use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::case::FactCase;
use super::files::unused_allow;
use crate::draft::Draft;
use crate::finding::{Anchor, Finding};
use crate::markdown::{BlockKind, parse};
use crate::model::{self, Desk, FactRef};

/// A comment `<!-- attache: allow RULE: reason -->` in a draft.
#[derive(Debug)]
pub(super) struct Silence {
    /// The rule it names.
    pub(super) rule: String,
    /// Why; empty when it gives no reason, and then it silences nothing.
    pub(super) reason: String,
    /// The comment.
    pub(super) at: Range<usize>,
    /// The block or heading it speaks of.
    covers: Range<usize>,
    /// Whether it has silenced something.
    pub(super) used: Cell<bool>,
}

/// The silences of a draft. Each holds for the next block or heading, or for the block it stands in.
pub(super) fn of_draft(draft: &Draft) -> Vec<Silence> {
    let mut silences = Vec::new();
    let mut waiting: Vec<Silence> = Vec::new();
    for section in draft.sections() {
        let heading = section.heading.iter().map(|range| (range, false));
        let blocks = section.blocks.iter().map(|b| (&b.range, b.kind == BlockKind::Html));
        for (range, is_html) in heading.chain(blocks) {
            let text = draft.text().get(range.clone()).unwrap_or_default();
            if is_html {
                waiting.extend(comments(text, range.start));
                continue;
            }
            waiting.extend(comments(text, range.start));
            for mut silence in waiting.drain(..) {
                silence.covers = range.clone();
                silences.push(silence);
            }
        }
    }
    silences.append(&mut waiting);
    silences
}

/// Takes out findings on facts that the facts themselves allow, and tells of silences that silence nothing.
pub(super) fn of_event(desk: &Desk, event: &model::Event, found: &mut Vec<Finding>) {
    for fact in event.facts.iter().filter(|fact| !fact.allow.is_empty()) {
        let case = FactCase::new(desk, event, fact);
        let address = case.address().to_string();
        let mut told: HashSet<&'static str> = HashSet::new();
        found.retain(|finding| {
            let allowed =
                finding.fact.as_ref() == Some(&address) && fact.allow.iter().any(|a| *a.rule == *finding.rule);
            if allowed {
                told.insert(finding.rule);
            }
            !allowed
        });
        unused_allow::on_fact(&case, &told, found);
    }
}

/// The silences in the HTML of a block; in code they are examples.
fn comments(text: &str, base: usize) -> Vec<Silence> {
    if !text.contains("<!--") {
        return Vec::new();
    }
    let html = parse(text).filter(|(event, _)| matches!(event, Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock)));
    html.flat_map(|(_, range)| in_html(text.get(range.clone()).unwrap_or_default(), base + range.start)).collect()
}

fn in_html(text: &str, base: usize) -> Vec<Silence> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find("<!--")).map(|i| from + i) {
        let Some(end) = text.get(start..).and_then(|rest| rest.find("-->")).map(|i| start + i) else { break };
        let inside = text.get(start + 4..end).unwrap_or_default().trim();
        let said = inside.strip_prefix("attache:").and_then(|t| t.trim_start().strip_prefix("allow"));
        if let Some(said) = said.filter(|s| s.is_empty() || s.starts_with(char::is_whitespace)) {
            let (rule, reason) = said.split_once(':').unwrap_or((said, ""));
            found.push(Silence {
                rule: rule.trim().to_owned(),
                reason: reason.trim().to_owned(),
                at: base + start..base + end + 3,
                covers: 0..0,
                used: Cell::new(false),
            });
        }
        from = end + 3;
    }
    found
}

/// Whether a silence of the draft, or of the fact concerned, covers the finding.
pub(super) fn covers(silences: &[Silence], desk: &Desk, finding: &Finding) -> bool {
    let Anchor::Bytes(Range { start: at, .. }) = finding.anchor else { return false };
    let here = silences.iter().find(|s| s.rule == finding.rule && !s.reason.is_empty() && s.covers.contains(&at));
    if let Some(silence) = here {
        silence.used.set(true);
        return true;
    }
    by_fact(desk, finding)
}

/// Whether the fact that a finding is about allows it.
pub(super) fn by_fact(desk: &Desk, finding: &Finding) -> bool {
    let address = finding.fact.as_deref().and_then(|f| f.parse::<FactRef>().ok());
    address
        .and_then(|address| desk.fact(&address))
        .is_some_and(|(_, fact)| fact.allow.iter().any(|a| *a.rule == *finding.rule))
}
