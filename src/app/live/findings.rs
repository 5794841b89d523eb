//! What is found: where it stands in the note, going from one to the next, and what is told of it.

use super::Live;
use crate::app::action::Action;
use crate::app::findings::{Place, Places, Told, wrapped};
use crate::draft::Draft;
use crate::finding::{Finding, Severity};

/// Something found, and the block of the note at which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What was found.
    pub finding: Finding,
    /// The block; `None` for what is wrong with a file of the desk.
    pub block: Option<usize>,
}

impl Live {
    /// Takes in what was found in a draft; the finding that one is at stays the one that one is at.
    pub(super) fn take_findings(&mut self, draft: &Draft, findings: &[Finding]) {
        let shown = self.draft.as_ref().map(|draft| draft.shown.clone()).unwrap_or_default();
        let places = Places::new(draft, &shown);
        let counts = findings.iter().filter(|finding| finding.severity != Severity::Info);
        let mut found: Vec<Shown> = counts
            .map(|finding| Shown { block: Some(self.block_of(draft, places.of(finding))), finding: finding.clone() })
            .collect();
        found.sort_by_key(|shown| (shown.block, shown.finding.severity));
        found.extend(self.problems.iter().map(|finding| Shown { finding: finding.clone(), block: None }));
        let before = self.current.and_then(|at| self.found.get(at)).map(|shown| shown.finding.clone());
        let same = |shown: &Shown, other: &Finding| {
            (shown.finding.rule, &shown.finding.message) == (other.rule, &other.message)
        };
        self.current = before.and_then(|before| found.iter().position(|shown| same(shown, &before)));
        self.found = found;
    }

    /// The block of the note where a place of the draft is; the first one for the note as a whole.
    fn block_of(&self, draft: &Draft, place: Place) -> usize {
        let section = |at: usize| draft.sections().get(at).map(|section| section.id.as_str());
        let block = match place {
            Place::Block(at) => {
                section(at.section).and_then(|id| self.page.like(id, draft.block_text(at).unwrap_or_default()))
            }
            Place::Section(at) => section(at).and_then(|id| self.page.heading(id)),
            Place::Note => None,
        };
        block.unwrap_or(0)
    }

    /// Goes to the next finding or the one before, round and round.
    pub(super) fn walk(&mut self, forward: bool) {
        let Some(last) = self.found.len().checked_sub(1) else {
            self.notice = Some("No findings".to_owned());
            return;
        };
        let at = match (self.current, forward) {
            (None, true) => 0,
            (None, false) => last,
            (Some(at), true) => {
                if at >= last {
                    0
                } else {
                    at.saturating_add(1)
                }
            }
            (Some(at), false) => at.checked_sub(1).unwrap_or(last),
        };
        self.current = Some(at);
        let Some(shown) = self.found.get(at).cloned() else { return };
        if let Some(block) = shown.block {
            // The rows that tell it are taken off the page first.
            let page = self.parts().page;
            self.page.lay_out(usize::from(page.width), usize::from(page.height), self.setup.ascii);
            self.page.go_to(self.page.line_of(block));
        }
        if self.parts().panel.is_empty() {
            let help = shown.finding.help.as_deref().map(|help| format!("; {help}")).unwrap_or_default();
            self.notice = Some(format!("{}: {}{help}", shown.finding.rule, shown.finding.message));
        }
    }

    /// How many findings the draft has, and how many files of the desk are wrong.
    pub fn counts(&self) -> (usize, usize) {
        let of_draft = self.found.iter().filter(|shown| shown.block.is_some()).count();
        (of_draft, self.found.len().saturating_sub(of_draft))
    }

    /// The gravest severity at a block of the note.
    pub fn severity_at(&self, block: usize) -> Option<Severity> {
        let here = self.found.iter().filter(|shown| shown.block == Some(block));
        here.map(|shown| shown.finding.severity).min()
    }

    /// The rows beneath the note: the finding gone to; all findings, from that one on, if they are wanted.
    pub fn told(&self, width: usize) -> Vec<Told> {
        let mut rows = Vec::new();
        if width < 12 {
            return rows;
        }
        let from = self.current.unwrap_or(0);
        let many = if self.lists_all { usize::MAX } else { usize::from(self.current.is_some()) };
        for Shown { finding, block } in self.found.iter().skip(from).take(many) {
            let file =
                if block.is_none() { format!("{}:{}: ", finding.path, finding.position()) } else { String::new() };
            let text = format!("{file}{}", finding.message);
            wrapped(&text, width.saturating_sub(2), &mut rows, Some(finding.severity), false);
            if let Some(help) = &finding.help {
                wrapped(help, width.saturating_sub(2), &mut rows, None, true);
            }
        }
        if rows.is_empty() && self.lists_all {
            let key = self.key_of(Action::Problems);
            wrapped(&format!("Nothing is found. {key} closes"), width.saturating_sub(2), &mut rows, None, true);
        }
        rows
    }
}
