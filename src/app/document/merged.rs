//! The open draft and somebody else's text of it, which came in merged or as it was: with it the draft stands on
//! their text, and on what it stood on before once the step is taken back.

use std::sync::Arc;

use super::Document;
use crate::app::effect::Stamp;
use crate::app::message::SaveFault;
use crate::app::state::fault_words;
use crate::draft::Draft;
use crate::draft::merge::{Merged, merge};
use crate::template::Template;

/// What the history calls the merge of two texts.
pub(super) const MERGED: &str = "merge with theirs";
/// What it calls their text that came in as it was.
pub(super) const READ_AGAIN: &str = "read again from disk";

/// What the draft was made from, and what its file is believed to hold.
#[derive(Clone, Debug)]
struct Basis {
    saved: Arc<str>,
    stamp: Option<Stamp>,
    base: Option<Arc<str>>,
}

/// The last step with which their text came in, while it can be taken back or done again.
#[derive(Clone, Debug)]
pub(super) struct TheirsIn {
    /// What the history calls it.
    label: &'static str,
    /// The text before it.
    mine: Arc<str>,
    /// The text it made.
    made: Arc<str>,
    /// What the draft stands on at the other side of the step.
    other: Basis,
    /// Whether it is taken back.
    undone: bool,
}

impl TheirsIn {
    /// Whether it is taken back.
    pub(super) fn is_undone(&self) -> bool {
        self.undone
    }
}

impl Document {
    /// Whether a text is known that both mine and theirs were made from.
    pub fn can_merge(&self) -> bool {
        self.base.is_some()
    }

    /// Whether the file holds somebody else's text, and the writer is to decide what becomes of it.
    pub fn is_in_question(&self) -> bool {
        self.differs
    }

    /// Merges their text of the file into mine as one step; from then on mine is made from theirs, and the
    /// next save finds what it expects. `None` where no text is known that both were made from.
    pub fn merge_in(&mut self, theirs: &str, template: impl FnOnce(&str) -> Arc<Template>) -> Option<Merged> {
        let base = self.base.clone()?;
        let before = self.basis();
        let mine = self.draft.shared_text();
        let merged = merge(&base, &mine, theirs);
        self.template = template(&merged.text);
        self.end_run();
        let changed = self.take(MERGED, Draft::parse(&merged.text, &self.template.outline()));
        // What a save under way finds is no longer asked.
        self.saving = None;
        self.saved = Arc::from(theirs);
        self.on_disk(blake3::hash(theirs.as_bytes()));
        let made = self.draft.shared_text();
        let step = TheirsIn { label: MERGED, mine, made, other: before, undone: false };
        self.theirs_in = changed.then_some(step);
        Some(merged)
    }

    /// Takes another program's text of the file as one step, which undo takes back.
    pub fn read_again(&mut self, text: &str, stamp: Stamp, template: Arc<Template>) {
        let (before, mine) = (self.basis(), self.draft.shared_text());
        let changed = self.take(READ_AGAIN, Draft::parse(text, &template.outline()));
        self.template = template;
        self.saved = Arc::from(text);
        self.on_disk(stamp);
        let made = self.draft.shared_text();
        let step = TheirsIn { label: READ_AGAIN, mine, made, other: before, undone: false };
        self.theirs_in = changed.then_some(step);
    }

    fn basis(&self) -> Basis {
        Basis { saved: Arc::clone(&self.saved), stamp: self.stamp, base: self.base.clone() }
    }

    /// A step was taken back or done again. If theirs came in with it, the draft stands on what it stood on at that
    /// side: without it, theirs is somebody else's text again, which only the writer lets go.
    pub(super) fn step_over_theirs(&mut self, label: &str, undone: bool) {
        let now = self.draft.text();
        let Some(step) = self.theirs_in.as_mut().filter(|step| {
            let there = if undone { &step.mine } else { &step.made };
            label == step.label && step.undone != undone && **there == *now
        }) else {
            return;
        };
        step.undone = undone;
        std::mem::swap(&mut self.saved, &mut step.other.saved);
        std::mem::swap(&mut self.stamp, &mut step.other.stamp);
        std::mem::swap(&mut self.base, &mut step.other.base);
        self.saving = None;
        self.differs = undone;
        self.failed = undone.then(|| fault_words(&SaveFault::Changed));
    }
}
