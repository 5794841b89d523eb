//! Undo and redo.
//!
//! A step keeps what it took out and what it put in, and where: a thousand steps through a long draft are no
//! longer than what was typed. Each begins where the one before ended, so it is worked out when the next begins; until
//! then the text before the last step is kept whole, for a typing run may still grow.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::splice::Splice;

/// How many steps are kept.
const CAPACITY: usize = 1_000;

/// A step that can be taken back, or done again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was done: `move block`.
    pub label: String,
    /// What it changes.
    pub splice: Splice,
}

/// What was done and what was undone.
#[derive(Debug, Clone, Default)]
pub struct History {
    undo: VecDeque<Step>,
    redo: Vec<Step>,
    /// The text before the last step, while what that changes is not worked out.
    before: Option<Arc<str>>,
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
        self.work_out(&before);
        self.redo.clear();
        self.open = false;
        self.recorded += 1;
        if self.undo.len() == CAPACITY {
            self.undo.pop_front();
        }
        self.undo.push_back(Step { label: label.to_owned(), splice: Splice::default() });
        self.before = Some(before);
    }

    /// Notes a small step that joins the one before it, if that was recorded by this function under
    /// the same label and the run was not sealed since: a typing run is one step.
    pub fn record_run(&mut self, label: &str, before: Arc<str>) {
        let joins = self.open && self.redo.is_empty() && self.undo.back().is_some_and(|last| last.label == label);
        if !joins || !self.go_on(&before) {
            self.record(label, before);
        }
        self.open = true;
    }

    /// Ends a typing run.
    pub fn seal(&mut self) {
        self.open = false;
    }

    /// Takes the last step back: its label and the text to go back to from `current`.
    pub fn undo(&mut self, current: &str) -> Option<(String, Arc<str>)> {
        self.open = false;
        self.work_out(current);
        let before = self.undo.back()?.splice.back(current)?;
        let step = self.undo.pop_back()?;
        let label = step.label.clone();
        self.redo.push(step);
        Some((label, before))
    }

    /// Takes the last undone step again.
    pub fn redo(&mut self, current: &str) -> Option<(String, Arc<str>)> {
        self.open = false;
        let after = self.redo.last()?.splice.forth(current)?;
        let step = self.redo.pop()?;
        let label = step.label.clone();
        self.undo.push_back(step);
        Some((label, after))
    }

    /// How many steps were recorded since the beginning: whether a small step joined the one before.
    pub fn recorded(&self) -> u64 {
        self.recorded
    }

    /// The steps that can be taken back from `current`, oldest first.
    pub fn steps(&mut self, current: &str) -> impl DoubleEndedIterator<Item = &Step> {
        self.work_out(current);
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

    /// Works out what the last step changed, where it led to this text.
    fn work_out(&mut self, after: &str) {
        if let (Some(before), Some(last)) = (self.before.take(), self.undo.back_mut()) {
            last.splice = Splice::between(&before, after);
        }
    }

    /// The last step, which led to this text, goes on from there; whether it can.
    pub fn go_on(&mut self, from: &str) -> bool {
        if self.before.is_none() {
            self.before = self.undo.back().and_then(|last| last.splice.back(from));
        }
        self.before.is_some()
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
        let mut text = text("7");
        let mut befores = Vec::new();
        while let Some((label, before)) = history.undo(&text) {
            befores.push((label, before.to_string()));
            text = before;
        }
        let step = |label: &str, before: &str| (label.to_owned(), before.to_owned());
        assert_eq!(befores, [step("type", "5"), step("paste", "4"), step("type", "3"), step("type", "0")]);
    }

    #[test]
    fn typing_after_undo_is_a_new_step() {
        let mut history = History::new();
        history.record_run("type", text("0"));
        history.record("x", text("1"));
        history.undo(&text("2"));
        history.record_run("type", text("1"));
        assert_eq!(history.steps("2").count(), 2);
    }

    #[test]
    fn keeps_a_thousand() {
        let mut history = History::new();
        for step in 0..1_500 {
            history.record("x", text(&step.to_string()));
        }
        assert_eq!(history.steps("1500").count(), 1_000);
        let mut text = text("1500");
        while let Some((_, before)) = history.undo(&text) {
            text = before;
        }
        assert_eq!(&*text, "500");
    }

    #[test]
    fn a_run_goes_on_after_its_steps_were_asked_for() {
        let mut history = History::new();
        history.record_run("type", text("a"));
        let splices: Vec<_> = history.steps("ab").map(|step| step.splice.clone()).collect();
        assert_eq!(splices, [super::Splice { at: 1, removed: "".into(), inserted: "b".into() }]);
        history.record_run("type", text("ab"));
        assert_eq!(history.undo("abc"), Some(("type".to_owned(), text("a"))));
        assert_eq!(history.redo("a"), Some(("type".to_owned(), text("abc"))));
    }

    #[test]
    fn a_text_that_no_step_led_to_is_not_cut_up() {
        let mut history = History::new();
        history.record("x", text("one two"));
        assert_eq!(history.steps("one two three").count(), 1);
        assert_eq!(history.undo("one"), None);
        assert_eq!(history.undo("one two three"), Some(("x".to_owned(), text("one two"))));
    }
}
