//! The one way in: a message changes the state and gives effects. Dispatch only; each area has its
//! handlers in a file of its own.

mod actions;
mod browse;
mod cite;
mod compose;
mod delete;
mod dialog;
mod difference;
mod events;
mod findings;
mod hold;
mod journal;
mod keys;
mod line;
mod list;
mod merge;
mod mouse;
mod new_fact;
mod outside;
mod overview;
mod questions;
mod results;
mod save;
mod settle;
mod text;

pub use actions::unavailable;
pub(in crate::app) use findings::ignorable;
pub use keys::{context, context_of, pane_context};
pub(crate) use line::prompt;
pub(crate) use results::skipped_files;
pub(in crate::app) use results::{named_template, tell_of_problems};
pub(crate) use settle::brief_words;
pub(in crate::app) use settle::words_of;

use super::effect::{Effect, TimerId};
use super::message::Message;
use super::state::State;
use actions::{run, run_from_list};
use keys::{Pressed, burst, key, paste, take_held};

/// Takes one message in. Does no I/O and reads no clock.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::Start => results::start(state),
        Message::Key(pressed) => key(state, pressed),
        Message::Paste(text) => paste(state, &text),
        Message::Burst(text) => burst(state, &text),
        Message::Resize(size) => state.size = size,
        Message::Listed(listing) => results::listed(state, listing),
        Message::Loading { generation, facts, done, total } => {
            results::loading(state, generation, facts, (done, total));
        }
        Message::Loaded { generation, facts, findings } => results::loaded(state, generation, facts, findings),
        Message::DraftRead { request, result } => results::draft_read(state, request, result),
        Message::Journalled { journal, upto, result, warning } => {
            journal::answered(state, (journal, upto), result, warning);
        }
        Message::Saved { request, result } => save::saved(state, request, result),
        Message::Held { path, held } => hold::held(state, &path, held),
        Message::LocksChanged => hold::changed_on_disk(state),
        Message::Kept(result) => save::kept(state, result),
        Message::Remark(text) => save::remark(state, text),
        Message::Stop => save::suspend(state),
        Message::NoteWritten { request, result } => save::note_written(state, request, result),
        Message::Previewed { generation, note, laid_out } => results::previewed(state, generation, note, laid_out),
        Message::Composed { generation, note, findings, laid_out } => {
            results::composed(state, generation, (note, findings), laid_out);
        }
        Message::FirstFound { generation, hits } => results::first_found(state, generation, hits),
        Message::Found { generation, result } => results::found(state, generation, result),
        Message::Cited { request, drafts } => overview::cited_in(state, request, drafts),
        Message::Deleted { request, result } => delete::deleted(state, request, result),
        Message::TheirsRead { request, result } => {
            if !merge::read(state, request, &result) {
                difference::read(state, request, result);
            }
        }
        Message::EventsEdited { request, result } => events::edited(state, request, result),
        Message::PastEdits(past) => events::recalled(state, past),
        Message::Edited { request, result } => {
            if !events::edited_outside(state, request, &result) {
                text::edited_outside(state, request, result);
            }
        }
        Message::ChangedOnDisk(changes) => outside::changed(state, changes),
        Message::Unwatched(reason) => outside::unwatched(state, &reason),
        Message::Copied(copied) => save::copied(state, &copied),
        Message::Mouse(event) => mouse::mouse(state, event),
        Message::Timer(id) => timer(state, id),
        Message::Signal(number) => save::leave(state, 128_u8.saturating_add(number), true),
        Message::Failed(text) => {
            // If it was a load, the next change may begin another.
            state.loading.running = false;
            state.warn(text);
        }
    }
    outside::settle(state);
    settle::settle(state);
    hold::settle(state);
    overview::hold(state);
    journal::offer(state);
    journal::tell(state);
    std::mem::take(&mut state.effects)
}

fn timer(state: &mut State, id: TimerId) {
    match id {
        TimerId::Save | TimerId::SaveAtLatest => {
            state.save_due = false;
            save::save(state, false);
        }
        TimerId::Notice => state.notice = state.notice.take().filter(|n| n.warning),
        TimerId::Run => text::end_run(state),
        TimerId::Interrupt => state.interrupted = false,
        TimerId::Leave => save::give_up_waiting(state),
    }
}
