//! The question about a file that somebody else changed on disk.

use crate::app::keymap::{Code, Key};
use crate::app::state::{Dialog, LineKind, Mode, State};

use super::{line, save};

/// A key in the question: write over, another name, or leave it.
pub(super) fn key(state: &mut State, which: Dialog, key: Key) {
    match (key.code, which) {
        (Code::Char('o'), Dialog::Draft) => {
            state.mode = Mode::Browse;
            save::save(state, true);
        }
        (Code::Char('o'), Dialog::Note) => {
            state.mode = Mode::Browse;
            save::write_over(state);
        }
        (Code::Char('n'), Dialog::Draft) => {
            let slug = state.document.as_ref().map(|d| d.slug.clone()).unwrap_or_default();
            let name = line::free_slug(state, &slug);
            line::ask(state, LineKind::DraftName, &name);
        }
        (Code::Char('n'), Dialog::Note) => {
            let slug = state.pending_note.as_ref().map(|n| n.slug.clone()).unwrap_or_default();
            line::ask(state, LineKind::NoteName, &format!("{slug}-2"));
        }
        (Code::Esc, _) => {
            state.mode = Mode::Browse;
            state.leaving = None;
            state.pending_note = None;
            state.warn(match which {
                Dialog::Draft => "Not saved: the draft on disk is another. w or q asks again",
                Dialog::Note => "The note on disk is left as it is",
            });
        }
        _ => {}
    }
}
