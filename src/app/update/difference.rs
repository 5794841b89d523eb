//! The difference between a file on disk and what is here, seen from the question which is to stay.

use crate::app::action::{Action, Contexts};
use crate::app::difference;
use crate::app::effect::{Effect, Theirs};
use crate::app::list::ListKind;
use crate::app::state::{Dialog, DifferenceView, Mode, State};

use super::{Pressed, list};

/// Asks for the other side's text, and shows the difference once it is there.
pub(super) fn open(state: &mut State, which: Dialog) {
    let file = match (which, &state.document, &state.pending_note) {
        (Dialog::Draft, Some(document), _) => Theirs::Draft(document.path.clone()),
        (Dialog::Note, _, Some(note)) => Theirs::Note(note.slug.clone()),
        _ => return,
    };
    let request = state.request();
    // The warning that led here has done its work.
    state.notice = None;
    state.mode = Mode::Difference(Box::new(DifferenceView { which, request, parts: None, top: 0 }));
    state.perform(Effect::ReadTheirs { request, file });
}

/// The other side's text was read, or why not: then the question is back.
pub(super) fn read(state: &mut State, request: u64, result: Result<String, String>) {
    let mine = match &state.mode {
        Mode::Difference(view) if view.request == request => mine(state, view.which),
        _ => return,
    };
    let Mode::Difference(view) = &mut state.mode else { return };
    match result {
        Ok(theirs) => view.parts = Some(difference::compare(&theirs, &mine)),
        Err(reason) => {
            state.mode = Mode::Dialog(view.which);
            state.warn(format!("What is on disk cannot be read: {reason}"));
        }
    }
}

fn mine(state: &State, which: Dialog) -> String {
    match which {
        Dialog::Note => state.pending_note.as_ref().and_then(|n| n.text.as_deref()).unwrap_or_default().to_owned(),
        _ => state.document.as_ref().map(|d| d.draft().text().to_owned()).unwrap_or_default(),
    }
}

/// A key in the view: it moves, or leads back to the question.
pub(super) fn key(state: &mut State, pressed: Pressed) {
    // Nothing is typed here, so letters move as in the panes.
    let action = pressed.action.or_else(|| state.keymap.action(Contexts::PREVIEW, pressed.key));
    let page = isize::try_from(state.difference_height().saturating_sub(1)).unwrap_or(isize::MAX).max(1);
    match action {
        Some(Action::Previous) => scroll(state, -1),
        Some(Action::Next) => scroll(state, 1),
        Some(Action::PageUp) => scroll(state, -page),
        Some(Action::PageDown) => scroll(state, page),
        Some(Action::First | Action::LineStart) => scroll(state, isize::MIN),
        Some(Action::Last | Action::LineEnd) => scroll(state, isize::MAX),
        Some(Action::Quit) => leave(state),
        Some(Action::Help) => list::open(state, ListKind::Help),
        _ => {}
    }
}

/// Goes on by rows; the last row stays in sight.
pub(super) fn scroll(state: &mut State, by: isize) {
    let last = state.difference_rows().len().saturating_sub(state.difference_height());
    if let Mode::Difference(view) = &mut state.mode {
        view.top = view.top.saturating_add_signed(by).min(last);
    }
}

/// Back to the question.
pub(super) fn leave(state: &mut State) {
    if let Mode::Difference(view) = &state.mode {
        state.mode = Mode::Dialog(view.which);
    }
}

impl State {
    /// The rows of the difference that is shown.
    pub fn difference_rows(&self) -> Vec<difference::Row> {
        let Mode::Difference(view) = &self.mode else { return Vec::new() };
        // A sign and a space stand before the text, a space behind it.
        let width = usize::from(self.size.width.saturating_sub(4)).clamp(8, 100);
        view.parts.as_deref().map(|parts| difference::rows(parts, width)).unwrap_or_default()
    }

    /// How many of them there is room for.
    pub fn difference_height(&self) -> usize {
        usize::from(self.regions.main.height.saturating_sub(2)).max(1)
    }
}
