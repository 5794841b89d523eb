//! The one way in: a message changes the state and gives effects. Dispatch only; each area has its
//! handlers in a file of its own.

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

pub(in crate::app) use findings::ignorable;
pub(crate) use line::prompt;
pub(crate) use results::skipped_files;
pub(in crate::app) use results::{named_template, tell_of_problems};
pub(crate) use settle::brief_words;
pub(in crate::app) use settle::words_of;

use super::action::{Action, Contexts};
use super::effect::{Effect, TimerId};
use super::events::FactAsk;
use super::keymap::{Code, Key};
use super::message::Message;
use super::state::{Dialog, Mode, Pane, State};
use super::text_field::{Edited, Killed, TextField};
use crate::event_file::edit::Wording;

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
        Message::Mended { result } => findings::mended(state, result),
        Message::EventsEdited { request, result } => events::edited(state, request, result),
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

/// A key, and what it is bound to where it was pressed.
#[derive(Clone, Copy)]
struct Pressed {
    key: Key,
    action: Option<Action>,
    /// Whether, where text is typed, the motion selects.
    select: bool,
}

impl Pressed {
    /// An action without its key, as chosen from a list.
    fn of(action: Action) -> Self {
        Self { key: Key::plain(Code::Other), action: Some(action), select: false }
    }

    /// What it does to a text field: what it is bound to there, else it types its character.
    fn edit(self, field: &mut TextField, room: usize, killed: &mut Killed) -> Edited {
        match (self.action, self.key.text()) {
            (Some(action), _) => field.run(action, self.select, room, killed),
            (None, Some(c)) => {
                field.type_in(c);
                Edited::Text
            }
            (None, None) => Edited::Unknown,
        }
    }
}

/// The context in which a key is looked up.
pub fn context(state: &State) -> Contexts {
    context_of(&state.mode, state.focus)
}

/// The context of a mode; in Browse that of the pane.
pub fn context_of(mode: &Mode, focus: Pane) -> Contexts {
    match mode {
        Mode::Browse => pane_context(focus),
        Mode::Type(_) => Contexts::TYPE,
        Mode::Line(_) => Contexts::LINE,
        Mode::List(_) | Mode::Dialog(_) | Mode::Difference(_) => Contexts::LIST,
        Mode::View(_) => Contexts::VIEW,
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
    let bound = state.keymap.text_action(context(state), key);
    let action = bound.map(|(action, _)| action);
    let pressed = Pressed { key, action, select: bound.is_some_and(|(_, select)| select) };
    if action != Some(Action::Interrupt) {
        state.interrupted = false;
    }
    if action != Some(Action::Quit) {
        state.leave_anyway = false;
    }
    if waits_for_facts(state, action) {
        return state.held.push(key);
    }
    // What waits for the checks is no wish any more once something else is done.
    if !matches!(action, Some(Action::NextFinding | Action::PreviousFinding | Action::Fix | Action::Ignore)) {
        state.when_checked.clear();
    }
    match action {
        Some(Action::Redraw) => return state.perform(Effect::Redraw),
        Some(Action::Suspend) => return save::suspend(state),
        Some(Action::Interrupt) => return interrupt(state),
        // Typing knows what there is to leave first.
        Some(Action::Leave) if !matches!(state.mode, Mode::Type(_)) => return leave(state),
        Some(Action::Help) => return list::open(state, super::list::ListKind::Help),
        _ => {}
    }
    match &state.mode {
        Mode::Browse => {
            if let Some(action) = action {
                run(state, action, Some(key));
            }
        }
        Mode::Type(_) => text::key(state, pressed),
        Mode::Line(_) => line::key(state, pressed),
        Mode::List(_) => list::key(state, pressed),
        Mode::View(_) => overview::key(state, pressed),
        Mode::Dialog(Dialog::Held) => hold::key(state, key),
        Mode::Dialog(which) => dialog::key(state, *which, key),
        Mode::Difference(_) => difference::key(state, pressed),
    }
}

/// Whether a key is for facts that are still sought: what is typed quickly behind a filter is meant for
/// what that finds, not for what stood there before. What comes after such a key waits with it.
fn waits_for_facts(state: &State, action: Option<Action>) -> bool {
    let here = matches!(state.mode, Mode::Browse) && state.focus == Pane::Facts && state.facts.awaited;
    let acts = |action| {
        matches!(
            action,
            Action::Enter
                | Action::ToSection
                | Action::TakeOut
                | Action::Mark
                | Action::MarkAll
                | Action::Edit
                | Action::EditOutside
                | Action::Copy
                | Action::PlaceAgain
                | Action::TagFacts
                | Action::FactStatus
                | Action::FactPriority
                | Action::Correct
                | Action::CorrectWords
                | Action::CorrectOutside
                | Action::NewFact
        )
    };
    let always = |action| matches!(action, Action::Quit | Action::Redraw | Action::Suspend | Action::Interrupt);
    let waiting = !state.held.is_empty();
    // A letter that means nothing here may be text for what such a key opens.
    here && action.map_or(waiting, |action| !always(action) && (acts(action) || waiting))
}

/// The facts are there: takes the keys that waited for them.
fn take_held(state: &mut State) {
    for held in std::mem::take(&mut state.held) {
        key(state, held);
    }
}

fn paste(state: &mut State, pasted: &str) {
    match &state.mode {
        Mode::Browse | Mode::View(_) | Mode::Dialog(_) | Mode::Difference(_) => {
            let (edit, write) = (state.key(Action::Edit), state.key(Action::WriteBelow));
            state.say(format!("Pasted text is not run as keys: {edit} or {write} to write, then paste"));
        }
        Mode::Type(_) => text::paste(state, pasted),
        Mode::Line(_) => line::paste(state, pasted),
        Mode::List(_) => list::paste(state, pasted),
    }
}

/// Many characters at once: where text is typed they go in together, as they would one by one; each alone
/// would cost a reading of the block. They were pasted, or typed far ahead of a slow line, so nothing in them
/// takes an offered fact or leaves the field; an `@` with words at their end offers facts, as when typed.
fn burst(state: &mut State, text: &str) {
    let in_type = matches!(state.mode, Mode::Type(_)) && state.held.is_empty();
    // A key of the writer's own may mean something else here.
    let types = |c: char| match state.keymap.text_action(context(state), Key::of(c)) {
        None => true,
        Some((action, _)) => matches!((c, action), ('\n', Action::NewLine) | ('\t', _)),
    };
    if in_type && text.chars().all(types) {
        let asked = text.rfind('@').filter(|at| text.len() - at <= ASKED && !text[*at..].contains(['\n', '\t']));
        let (literal, asked) = text.split_at(asked.unwrap_or(text.len()));
        text::type_all(state, literal);
        asked.chars().for_each(|c| key(state, Key::of(c)));
    } else {
        text.chars().for_each(|c| key(state, Key::of(c)));
    }
}

/// How many bytes behind an `@` may be words to look for a fact by.
const ASKED: usize = 60;

/// Ctrl-C: leaves what can be left, as Esc; in Browse two within 2 seconds quit.
fn interrupt(state: &mut State) {
    if !matches!(state.mode, Mode::Browse) {
        return leave(state);
    }
    if state.interrupted {
        return save::leave(state, 0, false);
    }
    state.interrupted = true;
    state.say(format!("{} again quits; the draft is saved", state.key(Action::Interrupt)));
    state.perform(Effect::Timer { id: TimerId::Interrupt, after: std::time::Duration::from_secs(2) });
}

/// Esc: leaves the present mode, and keeps.
fn leave(state: &mut State) {
    match &state.mode {
        Mode::Browse => browse::leave(state),
        Mode::Type(_) => text::key(state, Pressed::of(Action::Leave)),
        Mode::Line(_) => line::cancel(state),
        Mode::List(_) => list::close(state),
        Mode::View(_) => overview::close(state),
        Mode::Dialog(Dialog::Held) => hold::leave(state),
        Mode::Dialog(which) => dialog::leave(state, *which),
        Mode::Difference(_) => difference::leave(state),
    }
}

/// Runs an action chosen from a list: where the list was opened if the action belongs there, else in
/// Browse, with all in between left as by Esc.
fn run_from_list(state: &mut State, action: Action, value: Option<String>) {
    list::close(state);
    let acts_here = action.info().is_some_and(|info| info.contexts.holds(context(state)));
    if !matches!(state.mode, Mode::Browse) && acts_here {
        return match (action, &state.mode) {
            (Action::Leave, _) => leave(state),
            (Action::Interrupt, _) => interrupt(state),
            (Action::Redraw, _) => state.perform(Effect::Redraw),
            (Action::Suspend, _) => save::suspend(state),
            (_, Mode::Type(_)) => text::key(state, Pressed::of(action)),
            (_, Mode::View(_)) => overview::act(state, action, value.and_then(|value| value.parse().ok())),
            _ => {}
        };
    }
    while !matches!(state.mode, Mode::Browse) {
        if state.deleting.is_some() {
            // The question about the draft stays until the answer is there.
            return;
        }
        leave(state);
    }
    match value {
        Some(value) => run_with(state, action, &value),
        None => run(state, action, None),
    }
}

/// Runs an action whose value is known.
fn run_with(state: &mut State, action: Action, value: &str) {
    if let Some(reason) = unavailable(state, action) {
        return state.say(format!("Not now: {reason}"));
    }
    match action {
        Action::ToSection => line::section(state, value),
        Action::Filter => line::filter_by(state, value),
        Action::SaveAs => save::save_as(state, value),
        Action::TagFacts => events::ask(state, FactAsk::Tags, Some(value)),
        Action::FactStatus => events::ask(state, FactAsk::Status, Some(value)),
        Action::FactPriority => events::ask(state, FactAsk::Priority, Some(value)),
        _ => run(state, action, None),
    }
}

/// Why an action cannot be run now; the palette shows it, a key says it.
pub fn unavailable(state: &State, action: Action) -> Option<String> {
    let info = action.info()?;
    let always = matches!(action, Action::Quit | Action::Redraw | Action::Suspend | Action::Interrupt | Action::Leave);
    let changes = info.edits || info.action.edits_events();
    if changes && state.is_tiny() && !always {
        return Some("the window is too small for this".to_owned());
    }
    let here = info.contexts.holds(context_of(state.beneath(), state.focus));
    if !here && !info.contexts.holds(pane_context(state.focus)) {
        let place = if info.contexts.holds(Contexts::BRIEF) {
            "in Brief"
        } else if info.contexts.holds(Contexts::FACTS) {
            "in Facts"
        } else {
            "while typing"
        };
        return Some(place.to_owned());
    }
    if let Some(reason) = hold::read_only(state).filter(|_| info.edits && hold::changes_draft(state, action)) {
        return Some(reason);
    }
    let offered = state.document.as_ref().and_then(super::document::Document::offered);
    if action == Action::Recover && state.document.is_some() && offered.is_none() {
        return Some("nothing was left unsaved here".to_owned());
    }
    let wants_brief = info.edits
        || action == Action::TakeOver
        || matches!(action, Action::NextFinding | Action::PreviousFinding | Action::Coverage);
    (wants_brief && state.document.is_none()).then(|| {
        let (new, open) = (state.key(Action::NewBrief), state.key(Action::OpenBrief));
        format!("no brief is open: {new} makes one, {open} opens one")
    })
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
        Action::Forward => browse::forward(state),
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
        Action::Undo if events::undo(state) => {}
        Action::Redo if events::redo(state) => {}
        Action::Undo => compose::undo(state),
        Action::Redo => compose::redo(state),
        Action::Recover => journal::recover(state),
        Action::TagFacts => events::ask(state, FactAsk::Tags, None),
        Action::FactStatus => events::ask(state, FactAsk::Status, None),
        Action::FactPriority => events::ask(state, FactAsk::Priority, None),
        Action::Correct => events::correct(state, None, false),
        Action::CorrectWords => events::correct(state, Some(Wording::Words), false),
        Action::CorrectOutside => events::correct(state, None, true),
        Action::NewFact => new_fact::begin(state),
        Action::TakeBackEvent => events::take_back(state),
        Action::Edit => text::edit(state),
        Action::EditOutside => text::edit_outside(state),
        Action::WriteBelow => text::write(state, false),
        Action::WriteAbove => text::write(state, true),
        Action::Write => save::write_note(state),
        Action::Copy => save::copy(state),
        Action::Details => questions::details(state),
        Action::NewBrief => list::open(state, super::list::ListKind::Templates),
        Action::OpenBrief => list::open(state, super::list::ListKind::Drafts),
        Action::Problems => list::open(state, super::list::ListKind::Messages),
        Action::Coverage => overview::coverage(state),
        Action::Timeline => overview::timeline(state),
        Action::InFull => overview::full(state),
        Action::Theme => browse::theme(state),
        Action::Palette => list::open(state, super::list::ListKind::Palette),
        Action::Help => list::open(state, super::list::ListKind::Help),
        Action::Reload => results::reload(state),
        Action::Quit => save::quit(state),
        Action::Leave => browse::leave(state),
        Action::Redraw => state.perform(Effect::Redraw),
        Action::Suspend => save::suspend(state),
        Action::Interrupt => interrupt(state),
        Action::PlaceAgain => compose::place_again(state),
        Action::SaveAs => save::ask_name(state),
        Action::TakeOver => hold::take_over(state),
        Action::DeleteDraft => delete::ask(state),
        Action::Messages => list::open(state, super::list::ListKind::Log),
        // These are for text alone, and no pane is a context of theirs.
        _ => {}
    }
}
