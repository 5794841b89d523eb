//! The one way in: a message changes the state and gives effects. Dispatch only; each area has its
//! handlers in a file of its own.

mod browse;
mod compose;
mod dialog;
mod findings;
mod line;
mod list;
mod mouse;
mod outside;
mod results;
mod save;
mod settle;
mod text;

pub(in crate::app) use findings::ignorable;
pub(crate) use line::prompt;
pub(crate) use settle::{brief_rows, brief_words};

use super::action::{Action, Contexts};
use super::effect::{Effect, TimerId};
use super::keymap::{Code, Key};
use super::message::Message;
use super::state::{Mode, Pane, State};

/// Takes one message in. Does no I/O and reads no clock.
pub fn update(state: &mut State, message: Message) -> Vec<Effect> {
    match message {
        Message::Start => results::start(state),
        Message::Key(pressed) => key(state, pressed),
        Message::Paste(text) => paste(state, &text),
        Message::Resize(size) => state.size = size,
        Message::Listed(listing) => results::listed(state, listing),
        Message::Loading { generation, events, done, total } => {
            results::loading(state, generation, events, (done, total));
        }
        Message::Loaded { generation, desk, findings } => results::loaded(state, generation, desk, findings),
        Message::DraftRead { request, result } => results::draft_read(state, request, result),
        Message::Saved { request, result } => save::saved(state, request, result),
        Message::NoteWritten { request, result } => save::note_written(state, request, result),
        Message::Composed { generation, note, findings } => results::composed(state, generation, note, findings),
        Message::Found { generation, result } => results::found(state, generation, result),
        Message::Mended { result } => findings::mended(state, result),
        Message::Edited { request, result } => text::edited_outside(state, request, result),
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

/// The context in which a key is looked up.
pub fn context(state: &State) -> Contexts {
    match &state.mode {
        Mode::Browse => pane_context(state.focus),
        Mode::Type(_) => Contexts::TYPE,
        Mode::Line(_) => Contexts::LINE,
        Mode::List(_) | Mode::Dialog(_) => Contexts::LIST,
    }
}

/// The context of a pane in Browse.
pub fn pane_context(pane: Pane) -> Contexts {
    match pane {
        Pane::Facts => Contexts::FACTS,
        Pane::Brief => Contexts::BRIEF,
        Pane::Preview => Contexts::PREVIEW,
    }
}

fn key(state: &mut State, key: Key) {
    state.notice = state.notice.take().filter(|n| n.warning);
    state.clicked = None;
    let action = state.keymap.action(context(state), key);
    if action != Some(Action::Interrupt) {
        state.interrupted = false;
    }
    if action != Some(Action::Quit) {
        state.leave_anyway = false;
    }
    match action {
        Some(Action::Redraw) => return state.perform(Effect::Redraw),
        Some(Action::Suspend) => return save::suspend(state),
        Some(Action::Interrupt) => return interrupt(state),
        _ => {}
    }
    match &state.mode {
        Mode::Browse => {
            if let Some(action) = action {
                run(state, action, Some(key));
            }
        }
        Mode::Type(_) => text::key(state, key, action),
        Mode::Line(_) => line::key(state, key),
        Mode::List(_) => list::key(state, key),
        Mode::Dialog(which) => dialog::key(state, *which, key),
    }
}

fn paste(state: &mut State, pasted: &str) {
    match &state.mode {
        Mode::Browse | Mode::Dialog(_) => state.say("Pasted text is not run as keys: e or o to write, then paste"),
        Mode::Type(_) => text::paste(state, pasted),
        Mode::Line(_) => line::paste(state, pasted),
        Mode::List(_) => list::paste(state, pasted),
    }
}

/// Ctrl-C: leaves what can be left, as Esc; in Browse two within 2 seconds quit.
fn interrupt(state: &mut State) {
    if !matches!(state.mode, Mode::Browse) {
        return key(state, Key::plain(Code::Esc));
    }
    if state.interrupted {
        return save::leave(state, 0, false);
    }
    state.interrupted = true;
    state.say("Ctrl-C again quits; the draft is saved");
    state.perform(Effect::Timer { id: TimerId::Interrupt, after: std::time::Duration::from_secs(2) });
}

/// Why an action cannot be run now; the palette shows it, a key says it.
pub fn unavailable(state: &State, action: Action) -> Option<&'static str> {
    let info = action.info()?;
    let always = matches!(action, Action::Quit | Action::Redraw | Action::Suspend | Action::Interrupt | Action::Leave);
    if info.edits && state.is_tiny() && !always {
        return Some("the window is too small for this");
    }
    let in_pane = info.contexts.holds(pane_context(state.focus));
    if !in_pane {
        return Some(if info.contexts.holds(Contexts::BRIEF) {
            "in Brief"
        } else if info.contexts.holds(Contexts::FACTS) {
            "in Facts"
        } else {
            "while typing"
        });
    }
    let wants_brief = info.edits || matches!(action, Action::NextFinding | Action::PreviousFinding);
    (wants_brief && state.document.is_none()).then_some("no brief is open: n makes one, b opens one")
}

/// Runs an action in Browse; `key` is the one pressed, if one was.
pub(super) fn run(state: &mut State, action: Action, key: Option<Key>) {
    if let Some(reason) = unavailable(state, action) {
        return state.say(format!("Not now: {reason}"));
    }
    match action {
        Action::Previous => browse::step(state, -1),
        Action::Next => browse::step(state, 1),
        Action::PageUp => browse::page(state, -1),
        Action::PageDown => browse::page(state, 1),
        Action::First => browse::end(state, false),
        Action::Last => browse::end(state, true),
        Action::PaneLeft => browse::pane(state, -1, false),
        Action::PaneRight => browse::pane(state, 1, false),
        Action::PaneNext => browse::pane(state, 1, true),
        Action::PanePrevious => browse::pane(state, -1, true),
        Action::Mark => browse::mark(state),
        Action::MarkAll => browse::mark_all(state),
        Action::Filter => line::open_filter(state),
        Action::Sort => browse::sort(state),
        Action::ShowPlaced => browse::show_placed(state),
        Action::Back => browse::back(state),
        Action::NextFinding => findings::walk(state, true),
        Action::PreviousFinding => findings::walk(state, false),
        Action::Fix => findings::fix(state),
        Action::Ignore => findings::ignore(state),
        Action::Preview => browse::preview(state),
        Action::Raw => state.preview.raw = !state.preview.raw,
        Action::Zoom => state.zoom = !state.zoom,
        Action::Narrower => browse::resize(state, -2),
        Action::Wider => browse::resize(state, 2),
        Action::Enter => compose::enter(state),
        Action::ToSection => compose::to_section(state, key.and_then(Key::digit)),
        Action::TakeOut => compose::take_out(state),
        Action::Fill => compose::fill(state),
        Action::MoveDown => compose::move_block(state, true),
        Action::MoveUp => compose::move_block(state, false),
        Action::Merge => compose::merge(state),
        Action::Split => compose::split(state),
        Action::Mouse => mouse::toggle(state),
        Action::Undo => compose::undo(state),
        Action::Redo => compose::redo(state),
        Action::Edit => text::edit(state),
        Action::EditOutside => text::edit_outside(state),
        Action::WriteBelow => text::write(state, false),
        Action::WriteAbove => text::write(state, true),
        Action::Write => save::write_note(state),
        Action::Copy => save::copy(state),
        Action::NewBrief => list::open(state, super::list::ListKind::Templates),
        Action::OpenBrief => list::open(state, super::list::ListKind::Drafts),
        Action::Problems => list::open(state, super::list::ListKind::Messages),
        Action::Palette => list::open(state, super::list::ListKind::Palette),
        Action::Help => list::open(state, super::list::ListKind::Help),
        Action::Reload => results::reload(state),
        Action::Quit => save::quit(state),
        Action::Leave => browse::leave(state),
        Action::Redraw => state.perform(Effect::Redraw),
        Action::Suspend => save::suspend(state),
        Action::Interrupt => interrupt(state),
        Action::TypeUndo => {}
    }
}
