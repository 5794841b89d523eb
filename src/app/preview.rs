//! The Preview pane: the composed note, rendered or raw, scrolled along with Brief.

use super::rendered::{self, RenderedLine};
use super::state::State;

/// The Preview pane.
#[derive(Clone, Debug, Default)]
pub struct PreviewPane {
    /// Raw Markdown instead of the rendered note.
    pub raw: bool,
    /// The first line shown.
    pub top: usize,
    /// The lines at the pane's width.
    pub lines: Vec<RenderedLine>,
    made_for: Option<(u64, usize, bool)>,
}

impl PreviewPane {
    /// The note is another: lay it out again.
    pub fn stale(&mut self) {
        self.made_for = None;
    }
}

impl State {
    /// Lays the note out again if it, the width or the way of showing has changed.
    pub(super) fn lay_out_preview(&mut self) {
        let body = self.regions.preview_body();
        let key = (self.composed.revision, usize::from(body.width), self.preview.raw);
        if !body.is_empty() && self.preview.made_for != Some(key) {
            let text = &self.composed.note.text;
            self.preview.lines = if self.preview.raw {
                rendered::raw(text, key.1.max(1))
            } else {
                rendered::render(text, key.1, self.setup.ascii)
            };
            self.preview.made_for = Some(key);
        }
        let most = self.preview.lines.len().saturating_sub(usize::from(body.height).max(1));
        self.preview.top = self.preview.top.min(most);
    }

    /// Scrolls the preview to the section under Brief's cursor.
    pub(super) fn follow_brief(&mut self) {
        let section = self.brief.section();
        let Some(id) = self.brief.outline.sections.get(section).map(|s| s.id.clone()) else { return };
        let note = &self.composed.note;
        let Some(offset) = note.sections.iter().find(|(name, _)| *name == id).map(|(_, at)| *at) else { return };
        let line = self.preview.lines.iter().position(|l| l.offset >= offset).unwrap_or(0);
        let height = usize::from(self.regions.preview_body().height);
        let shown = self.preview.top..self.preview.top + height * 2 / 3;
        if !shown.contains(&line) {
            self.preview.top = line.saturating_sub(1);
        }
    }

    /// The listed section at the top of the preview.
    pub(super) fn section_in_preview(&self) -> Option<usize> {
        let height = usize::from(self.regions.preview_body().height);
        let line = self.preview.lines.iter().skip(self.preview.top).take(height).find(|l| !l.spans.is_empty())?;
        let sections = &self.composed.note.sections;
        let before = sections.iter().rev().find(|(_, at)| *at <= line.offset).or(sections.first())?;
        self.brief.outline.sections.iter().position(|s| s.id == before.0)
    }
}
