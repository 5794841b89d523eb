//! Undo and redo by whole texts.
//!
//! A step keeps the text before it. Texts are shared, and a thousand drafts of a few kilobytes are
//! small; in return undo cannot be wrong.

use std::sync::Arc;

/// How many steps are kept.
const CAPACITY: usize = 1_000;

/// A step that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was done: `move block`.
    pub label: String,
    /// The text on the other side of the step.
    pub draft: Arc<str>,
}

/// What was done and what was undone.
#[derive(Debug, Clone, Default)]
pub struct History {
    undo: std::collections::VecDeque<Step>,
    redo: Vec<Step>,
    /// May the next step of the same label join the last one?
    open: bool,
    /// How many steps were recorded, ever.
    recorded: u64,
}

impl History {
    /// No steps.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a step that is about to be, or was, taken from `before`. It ends a typing run and what
    /// was undone is forgotten.
    pub fn record(&mut self, label: &str, before: Arc<str>) {
        self.redo.clear();
        self.open = false;
        self.recorded += 1;
        if self.undo.len() == CAPACITY {
            self.undo.pop_front();
        }
        self.undo.push_back(Step { label: label.to_owned(), draft: before });
    }

    /// Notes a small step that joins the one before it, if that was recorded by this function under
    /// the same label and the run was not sealed since: a typing run is one step.
    pub fn record_run(&mut self, label: &str, before: Arc<str>) {
        let joins = self.open && self.redo.is_empty() && self.undo.back().is_some_and(|last| last.label == label);
        if !joins {
            self.record(label, before);
        }
        self.open = true;
    }

    /// Ends a typing run.
    pub fn seal(&mut self) {
        self.open = false;
    }

    /// Takes the last step back: its label and the text to go back to. `current` is kept for [`Self::redo`].
    pub fn undo(&mut self, current: &Arc<str>) -> Option<(String, Arc<str>)> {
        self.open = false;
        let step = self.undo.pop_back()?;
        self.redo.push(Step { label: step.label.clone(), draft: Arc::clone(current) });
        Some((step.label, step.draft))
    }

    /// Takes the last undone step again.
    pub fn redo(&mut self, current: &Arc<str>) -> Option<(String, Arc<str>)> {
        self.open = false;
        let step = self.redo.pop()?;
        self.undo.push_back(Step { label: step.label.clone(), draft: Arc::clone(current) });
        Some((step.label, step.draft))
    }

    /// How many steps were recorded since the beginning: whether a small step joined the one before.
    pub fn recorded(&self) -> u64 {
        self.recorded
    }

    /// The steps that can be taken back, oldest first.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.undo.iter()
    }

    /// The steps that can be done again, the next one first.
    pub fn undone(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.redo.iter().rev()
    }

    /// What [`Self::undo`] would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.back().map(|step| step.label.as_str())
    }

    /// What [`Self::redo`] would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|step| step.label.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::History;

    fn text(text: &str) -> Arc<str> {
        text.into()
    }

    #[test]
    fn back_to_the_start_and_forth() {
        let mut history = History::new();
        history.record("a", text("0"));
        history.record("b", text("1"));
        assert_eq!(history.undo(&text("2")), Some(("b".into(), text("1"))));
        assert_eq!(history.undo(&text("1")), Some(("a".into(), text("0"))));
        assert_eq!(history.undo(&text("0")), None);
        assert_eq!(history.redo(&text("0")), Some(("a".into(), text("1"))));
        assert_eq!(history.redo_label(), Some("b"));
        assert_eq!(history.redo(&text("1")), Some(("b".into(), text("2"))));
        assert_eq!(history.redo(&text("2")), None);
        history.undo(&text("2"));
        history.record("c", text("1"));
        assert_eq!(history.redo(&text("x")), None);
        assert_eq!(history.undo_label(), Some("c"));
    }

    #[test]
    fn a_typing_run_is_one_step() {
        let mut history = History::new();
        for before in ["0", "1", "2"] {
            history.record_run("type", text(before));
        }
        history.seal();
        history.record_run("type", text("3"));
        history.record("paste", text("4"));
        history.record_run("type", text("5"));
        history.record_run("type", text("6"));
        let drafts: Vec<&str> = history.steps().map(|step| &*step.draft).collect();
        assert_eq!(drafts, ["0", "3", "4", "5"]);
    }

    #[test]
    fn typing_after_undo_is_a_new_step() {
        let mut history = History::new();
        history.record_run("type", text("0"));
        history.record("x", text("1"));
        history.undo(&text("2"));
        history.record_run("type", text("1"));
        assert_eq!(history.steps().count(), 2);
    }

    #[test]
    fn keeps_a_thousand() {
        let mut history = History::new();
        for step in 0..1_500 {
            history.record("x", text(&step.to_string()));
        }
        assert_eq!(history.steps().count(), 1_000);
        assert_eq!(history.steps().next().map(|step| &*step.draft), Some("500"));
    }
}
