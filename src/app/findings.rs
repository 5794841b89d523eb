//! The findings of the open draft: where each stands in Brief, and what is said of those under the cursor.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use super::outline;
use super::state::State;
use super::wrap;
use crate::draft::place::placed;
use crate::draft::{BlockPosition, Draft};
use crate::finding::{Anchor, Finding, Severity};
use crate::model::FactRef;
use crate::yaml::Position;

/// Where a finding stands in the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At a block.
    Block(BlockPosition),
    /// At the heading of a section of the draft.
    Section(usize),
    /// At the note as a whole.
    Note,
}

/// A finding of the draft as composed.
#[derive(Clone, Debug)]
pub struct Found {
    /// What was found.
    pub finding: Finding,
    /// Where.
    pub place: Place,
}

impl Found {
    /// Whether it is more than worth knowing.
    pub fn counts(&self) -> bool {
        self.finding.severity != Severity::Info
    }
}

/// The place of a byte of the draft.
pub fn place_of(draft: &Draft, at: usize) -> Place {
    if let Some(block) = outline::block_of_offset(draft, at) {
        return Place::Block(block);
    }
    let heads = |range: &Range<usize>| range.start <= at && at <= range.end;
    let section = draft.sections().iter().position(|s| s.heading.as_ref().is_some_and(heads));
    section.map_or(Place::Note, Place::Section)
}

/// Finds the places of a draft's findings.
pub(super) struct Places<'a> {
    draft: &'a Draft,
    /// The path by which findings call the draft.
    shown: &'a str,
    /// Where facts stand, once that is asked for.
    placed: OnceCell<HashMap<FactRef, Vec<BlockPosition>>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(draft: &'a Draft, shown: &'a str) -> Self {
        Self { draft, shown, placed: OnceCell::new() }
    }

    /// The place of a finding: that of its byte, else of the first block that cites the fact it is about.
    pub(super) fn of(&self, finding: &Finding) -> Place {
        let at = match &finding.anchor {
            _ if *finding.path != *self.shown => None,
            Anchor::Bytes(range) => Some(range.start),
            Anchor::At(position) | Anchor::Between(position, _) => Some(offset_of(self.draft.text(), *position)),
            _ => None,
        };
        if let Some(at) = at {
            return place_of(self.draft, at);
        }
        let fact: Option<FactRef> = finding.fact.as_ref().and_then(|f| f.parse().ok());
        let placed = || self.placed.get_or_init(|| placed(self.draft));
        fact.and_then(|fact| placed().get(&fact)?.first().copied()).map_or(Place::Note, Place::Block)
    }
}

/// The byte at a line and column, both from 1, columns counted in characters.
fn offset_of(text: &str, position: Position) -> usize {
    let before: usize = text.split_inclusive('\n').take(position.line.saturating_sub(1)).map(str::len).sum();
    let line = text.get(before..).unwrap_or_default();
    before + line.char_indices().nth(position.column.saturating_sub(1)).map_or(0, |(at, _)| at)
}

/// A row beneath Brief on what is found under the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The text of the row.
    pub text: String,
    /// The severity, on the first row of a finding.
    pub head: Option<Severity>,
    /// Whether it tells the way out.
    pub is_help: bool,
}

impl State {
    /// How many findings there are that count.
    pub fn finding_count(&self) -> usize {
        self.composed.findings.iter().filter(|f| f.counts()).count()
    }

    /// The item of Brief at which a finding stands; the note's first one for the note as a whole.
    pub fn item_of(&self, place: Place) -> usize {
        let outline = &self.brief.outline;
        let item = match place {
            Place::Block(at) => outline.item_at(at),
            Place::Section(at) => {
                outline.sections.iter().position(|s| s.at == Some(at)).and_then(|section| outline.heading(section))
            }
            Place::Note => None,
        };
        item.unwrap_or(0)
    }

    /// The findings at an item of Brief, the gravest first, with their place among all.
    pub fn findings_at(&self, item: usize) -> Vec<(usize, &Found)> {
        let all = self.composed.findings.iter().enumerate().zip(&self.brief.found);
        let mut here: Vec<_> = all.filter(|(_, at)| **at == item).map(|(found, _)| found).collect();
        here.sort_by_key(|(_, f)| f.finding.severity);
        here
    }

    /// The gravest severity at an item of Brief, of findings that count.
    pub fn severity_at(&self, item: usize) -> Option<Severity> {
        self.brief.severities.get(item).copied().flatten()
    }

    /// Works out at which item of Brief each finding stands, and the gravest at each.
    pub(super) fn judge_items(&mut self) {
        let mut severities = vec![None; self.brief.outline.items.len()];
        let items: Vec<usize> = self.composed.findings.iter().map(|found| self.item_of(found.place)).collect();
        for (found, at) in self.composed.findings.iter().zip(&items).filter(|(found, _)| found.counts()) {
            if let Some(gravest) = severities.get_mut(*at) {
                let severity = found.finding.severity;
                *gravest = Some(gravest.map_or(severity, |other: Severity| other.min(severity)));
            }
        }
        (self.brief.found, self.brief.severities) = (items, severities);
    }

    /// The rows beneath Brief: what is found under the cursor, the way out, and the key that takes it.
    pub fn told(&self, width: usize) -> Vec<Told> {
        let mut rows = Vec::new();
        if width < 12 {
            return rows;
        }
        let key = self.key(super::action::Action::Fix);
        for (_, found) in self.findings_at(self.brief.cursor) {
            let finding = &found.finding;
            wrapped(&finding.message, width - 2, &mut rows, Some(finding.severity), false);
            if let Some(help) = &finding.help {
                wrapped(help, width - 2, &mut rows, None, true);
            }
            for fix in &finding.fixes {
                let text = format!("{key} {}", fix.label);
                wrapped(&text, width - 2, &mut rows, None, true);
            }
        }
        rows
    }
}

/// Wraps a text into rows beneath a pane.
pub(super) fn wrapped(text: &str, width: usize, rows: &mut Vec<Told>, head: Option<Severity>, is_help: bool) {
    let shown = wrap::display(&crate::model::text::one_line(text)).into_owned();
    for (n, line) in wrap::wrap(&shown, width).into_iter().enumerate() {
        let text = shown.get(line).unwrap_or_default().trim_end().to_owned();
        rows.push(Told { text, head: head.filter(|_| n == 0), is_help });
    }
}
