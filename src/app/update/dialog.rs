//! The questions: about a file that somebody else changed on disk, and before a draft is deleted.

use crate::app::action::Action;
use crate::app::keymap::{Code, Key};
use crate::app::state::{Dialog, LineKind, Mode, State};

use super::{delete, difference, line, merge, save};

/// A key in the question: merge, write over, another name, see the difference, or leave it.
pub(super) fn key(state: &mut State, which: Dialog, key: Key) {
    // Any other choice takes the place of a merge that waits for their text.
    state.merging = None;
    match (key.code, which) {
        (Code::Char('m'), Dialog::Draft) => merge::ask(state),
        (Code::Char('o'), Dialog::Draft) => {
            state.mode = Mode::Browse;
            save::save(state, true);
        }
        (Code::Char('o'), Dialog::Note) => {
            state.mode = Mode::Browse;
            save::write_over(state);
        }
        (Code::Char('n'), Dialog::Draft) => save::ask_name(state),
        (Code::Char('n'), Dialog::Note) => {
            let slug = state.pending_note.as_ref().map(|n| n.slug.clone()).unwrap_or_default();
            line::ask(state, LineKind::NoteName, &format!("{slug}-2"));
        }
        (Code::Char('d'), Dialog::Draft | Dialog::Note) => difference::open(state, which),
        (Code::Char('d'), Dialog::Delete) => delete::confirmed(state),
        _ => {}
    }
}

/// Esc: all is left as it is.
pub(super) fn leave(state: &mut State, which: Dialog) {
    if state.deleting.is_some() {
        // It is asked for already; the answer closes the question.
        return;
    }
    state.merging = None;
    state.mode = Mode::Browse;
    state.leaving = None;
    state.pending_note = None;
    match which {
        Dialog::Draft => {
            let (write, quit) = (state.key(Action::Write), state.key(Action::Quit));
            state.warn(format!("Not saved: the draft on disk is another. {write} or {quit} asks again"));
        }
        Dialog::Held => {}
        Dialog::Note => state.warn("The note on disk is left as it is"),
        Dialog::Delete => state.say("Nothing was deleted"),
    }
}
