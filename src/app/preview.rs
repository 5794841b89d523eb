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
    made_for: Option<(u64, Look)>,
}

/// How the pane shows a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The columns, 1 or more.
    pub width: usize,
    /// Raw Markdown instead of the rendered note.
    pub raw: bool,
    /// ASCII glyphs only.
    pub ascii: bool,
}

impl Look {
    /// The lines of a note.
    pub fn lines(self, markdown: &str) -> Vec<RenderedLine> {
        if self.raw { rendered::raw(markdown, self.width) } else { rendered::render(markdown, self.width, self.ascii) }
    }
}

/// A note as lines, made where it was composed: a long one takes longer than a key may.
#[derive(Clone, Debug)]
pub struct LaidOut {
    /// How it was to look.
    pub look: Look,
    /// The lines.
    pub lines: Vec<RenderedLine>,
}

impl PreviewPane {
    /// The note is another: lay it out again, unless that was done already.
    pub(super) fn stale(&mut self, revision: u64, laid_out: Option<LaidOut>) {
        self.made_for = laid_out.map(|LaidOut { look, lines }| {
            self.lines = lines;
            (revision, look)
        });
    }
}

impl State {
    /// How the pane would show a note, if there is room for it.
    pub(super) fn preview_look(&self) -> Option<Look> {
        let body = self.regions.preview_body();
        let look = Look { width: usize::from(body.width), raw: self.preview.raw, ascii: self.setup.ascii };
        (!body.is_empty()).then_some(look)
    }

    /// Lays the note out again if it, the width or the way of showing has changed.
    pub(super) fn lay_out_preview(&mut self) {
        let body = self.regions.preview_body();
        let key = self.preview_look().map(|look| (self.composed.note_of, look));
        if let Some((_, look)) = key
            && self.preview.made_for != key
        {
            self.preview.lines = look.lines(&self.composed.note.text);
            self.preview.made_for = key;
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
