//! The open draft and a merge: with it the draft stands on their text, and on what it stood on before once
//! the merge is taken back.

use std::sync::Arc;

use super::Document;
use crate::app::effect::Stamp;
use crate::app::message::SaveFault;
use crate::app::state::fault_words;
use crate::draft::Draft;
use crate::draft::merge::{Merged, merge};
use crate::template::Template;

/// What the history calls the merge of two texts.
pub const MERGED: &str = "merge with theirs";

/// What the draft was made from, and what its file is believed to hold.
#[derive(Clone, Debug)]
struct Basis {
    saved: Arc<str>,
    stamp: Option<Stamp>,
    base: Option<Arc<str>>,
}

/// The last merge, while its step can be taken back or done again.
#[derive(Clone, Debug)]
pub(super) struct Merge {
    /// The text before it.
    mine: Arc<str>,
    /// The text it made.
    merged: Arc<str>,
    /// What the draft stands on at the other side of the step.
    other: Basis,
    /// Whether it is taken back.
    undone: bool,
}

impl Merge {
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
        let before = Basis { saved: Arc::clone(&self.saved), stamp: self.stamp, base: self.base.clone() };
        let mine = self.draft.shared_text();
        let merged = merge(&base, &mine, theirs);
        self.template = template(&merged.text);
        self.end_run();
        let changed = self.take(MERGED, Draft::parse(&merged.text, &self.template.outline()));
        // What a save under way finds is no longer asked.
        self.saving = None;
        self.saved = Arc::from(theirs);
        self.on_disk(blake3::hash(theirs.as_bytes()));
        let step = Merge { mine, merged: self.draft.shared_text(), other: before, undone: false };
        self.merge = changed.then_some(step);
        Some(merged)
    }

    /// A step was taken back or done again. If it was the merge, the draft stands on what it stood on at that
    /// side: without the merge, theirs is somebody else's text again, which only the writer lets go.
    pub(super) fn step_over_merge(&mut self, label: &str, undone: bool) {
        let now = self.draft.text();
        let Some(merge) = self.merge.as_mut().filter(|merge| {
            let there = if undone { &merge.mine } else { &merge.merged };
            label == MERGED && merge.undone != undone && **there == *now
        }) else {
            return;
        };
        merge.undone = undone;
        std::mem::swap(&mut self.saved, &mut merge.other.saved);
        std::mem::swap(&mut self.stamp, &mut merge.other.stamp);
        std::mem::swap(&mut self.base, &mut merge.other.base);
        self.saving = None;
        self.differs = undone;
        self.failed = undone.then(|| fault_words(&SaveFault::Changed));
    }
}
