//! Typing into a block, here or in the writer's own editor.

use std::time::Duration;

use crate::app::action::{Action, Contexts};
use crate::app::blocks::Basis;
use crate::app::document::Document;
use crate::app::effect::{Effect, TimerId};
use crate::app::items::{self, AtEnter};
use crate::app::outline::{Item, Outline, Typing};
use crate::app::state::{Editor, Mode, Pane, State};
use crate::app::text_field::{Edited, TextField};
use crate::draft::{BlockPosition, Draft};
use crate::template::Form;

use super::{Pressed, cite, compose, save, settle};

/// The pause that ends an undo step.
const RUN: Duration = Duration::from_secs(1);

impl Editor {
    /// Where the block stands in the base.
    fn position(&self) -> Option<BlockPosition> {
        let section = self.outline.sections.get(self.at.section)?.at?;
        Some(BlockPosition { section, index: self.at.index })
    }

    /// The base with the text in it; `None` when a new block has no text yet.
    fn result(&self) -> Option<Draft> {
        let at = self.position()?;
        let text = self.field.text();
        if self.at.fresh {
            let blank = text.trim().is_empty() || text.trim() == self.blank.trim();
            return if blank { None } else { self.base.insert_block(at, text) };
        }
        self.base.replace_block(at, text)
    }
}

/// Edits the wording here: of the block, or of the fact's block, placing the fact first.
pub(super) fn edit(state: &mut State) {
    if state.focus == Pane::Facts && !block_of_fact(state) {
        return;
    }
    let Some(Item::Block(section, index)) = state.brief.item() else {
        return state.say(format!("Go to a block to edit it, or {} to write", state.key(Action::WriteBelow)));
    };
    let Some(draft) = compose::draft(state) else { return };
    let outline = state.brief.outline.clone();
    let Some(at) = outline.position(Item::Block(section, index)) else { return };
    let text = draft.block_text(at).unwrap_or_default().to_owned();
    let caret = caret_before_citation(&draft, at, &text);
    let mut field = TextField::new(text);
    field.set_caret(caret);
    begin(
        state,
        Editor {
            origin: draft.clone(),
            base: draft,
            outline,
            at: Typing { section, index, fresh: false },
            field,
            label: "edit wording".to_owned(),
            past: Vec::new(),
            future: Vec::new(),
            run: None,
            cite: None,
            closed: None,
            item: None,
            blank: String::new(),
        },
    );
}

/// Makes the block of the fact under the cursor the one under Brief's cursor.
fn block_of_fact(state: &mut State) -> bool {
    let Some(at) = state.facts.focused() else {
        state.say("No fact here");
        return false;
    };
    if !state.facts.placed.contains_key(&at) {
        state.facts.marks.clear();
        compose::enter(state);
    }
    compose::show_fact(state, Some(at));
    let placed = state.facts.placed.contains_key(&at);
    if placed {
        state.focus = Pane::Brief;
        state.notice = None;
    }
    placed
}

/// Before the space in front of the citation that closes the block; the end if none does.
fn caret_before_citation(draft: &Draft, at: BlockPosition, text: &str) -> usize {
    let Some(block) = draft.block(at) else { return text.len() };
    let Some(last) = block.citations.last() else { return text.len() };
    let start = last.range.start.saturating_sub(block.range.start);
    let end = last.range.end.saturating_sub(block.range.start);
    let after = text.get(end..).unwrap_or_default();
    if after.chars().any(char::is_alphanumeric) {
        return text.len();
    }
    text.get(..start).map_or(text.len(), |before| before.trim_end_matches(' ').len())
}

/// Writes a new block below or above the one here.
pub(super) fn write(state: &mut State, above: bool) {
    let item = state.brief.item();
    let Some(draft) = compose::draft(state) else { return };
    let Some(item) = item else { return state.say("This template has no sections to write in") };
    let section = item.section();
    if state.brief.outline.sections[section].form == Form::Sources {
        return state.say("The bibliography writes itself");
    }
    let index = match item {
        Item::Heading(_) => 0,
        Item::Block(_, index) => index + usize::from(!above),
    };
    let Some((base, at)) = compose::with_section(state, &draft, section) else { return };
    let Some(document) = &state.document else { return };
    let basis = Basis { desk: &state.desk, template: &document.template, draft: &base };
    let outline = Outline::new(basis, &mut state.brief.memo);
    let section = outline.sections.iter().position(|s| s.at == Some(at)).unwrap_or(section);
    let marker = match outline.sections.get(section).map(|s| s.form) {
        Some(Form::Bullets | Form::Table) => "- ",
        Some(Form::Numbered) => "1. ",
        Some(Form::Quotes) => "> ",
        _ => "",
    };
    state.focus = Pane::Brief;
    // In `.quotes` prose is welcome too; only lists ask for their marker.
    let blank = if marker == "> " { "" } else { marker };
    begin(
        state,
        Editor {
            origin: draft,
            base,
            outline,
            at: Typing { section, index, fresh: true },
            field: TextField::new(blank),
            label: "write".to_owned(),
            past: Vec::new(),
            future: Vec::new(),
            run: None,
            cite: None,
            closed: None,
            item: None,
            blank: blank.to_owned(),
        },
    );
}

fn begin(state: &mut State, editor: Editor) {
    if let Some(document) = &mut state.document {
        document.end_run();
    }
    state.brief.marks.clear();
    state.mode = Mode::Type(Box::new(editor));
}

/// A key while typing.
pub(super) fn key(state: &mut State, pressed: Pressed) {
    if pressed.action.is_some_and(|action| cite::run(state, action)) {
        return;
    }
    match pressed.action {
        Some(Action::Leave) => return done(state),
        Some(Action::TypeUndo) => return undo(state),
        Some(Action::TypeRedo) => return redo(state),
        Some(Action::PageUp) => return page(state, Action::Previous, pressed.select),
        Some(Action::PageDown) => return page(state, Action::Next, pressed.select),
        _ => {}
    }
    let width = state.block_width();
    let Mode::Type(editor) = &mut state.mode else { return };
    let closed = editor.closed.take().is_some_and(|at| at == editor.field.caret());
    if closed && pressed.action.is_none() && pressed.key.text() == Some(']') {
        return;
    }
    let before = editor.field.clone();
    let edited = match pressed.action {
        Some(Action::NewLine) => new_line(editor),
        _ => pressed.edit(&mut editor.field, width, &mut state.killed),
    };
    match edited {
        Edited::Text => {
            if let Some(item) = editor.item
                && pressed.key.text() == Some(' ')
                && let Some(first) = items::doubled(editor.field.text(), item, editor.field.caret())
            {
                // Whoever writes the marker too means one.
                let caret = editor.field.caret() - first.len();
                editor.field.replace(first, "");
                editor.field.set_caret(caret);
            }
            changed(state, before);
            cite::follow(state, pressed.key.text().is_some());
        }
        Edited::Caret => cite::follow(state, false),
        Edited::Unknown => {}
    }
}

/// Enter: a new line, or the next item of a list.
fn new_line(editor: &mut Editor) -> Edited {
    let field = &mut editor.field;
    match items::at_enter(field.text(), field.selection().start) {
        AtEnter::Item(marker) => {
            field.insert(&format!("\n{marker}"));
            editor.item = Some(items::line_start(field.text(), field.caret()));
        }
        AtEnter::End(empty) => {
            // The first item of all leaves nothing that a blank line would part from what comes.
            let blank = if empty.start == 0 { "" } else { "\n" };
            field.replace(empty, blank);
        }
        AtEnter::Line => field.insert("\n"),
    }
    Edited::Text
}

/// Up or down by as many lines as Brief shows.
fn page(state: &mut State, step: Action, select: bool) {
    let (lines, width) = (state.brief_parts().0.height.saturating_sub(1).max(1), state.block_width());
    let Mode::Type(editor) = &mut state.mode else { return };
    for _ in 0..lines {
        editor.field.run(step, select, width, &mut state.killed);
    }
}

/// Text came in from the clipboard: one insert, one undo step.
pub(super) fn paste(state: &mut State, pasted: &str) {
    end_run(state);
    let Mode::Type(editor) = &mut state.mode else { return };
    let before = editor.field.clone();
    editor.field.paste(pasted);
    changed(state, before);
    cite::follow(state, false);
    end_run(state);
}

/// Characters that came at once.
pub(super) fn type_all(state: &mut State, text: &str) {
    let Mode::Type(editor) = &mut state.mode else { return };
    editor.closed = None;
    editor.cite = None;
    let before = editor.field.clone();
    editor.field.insert(text);
    changed(state, before);
}

/// Takes the field's text into the draft. What is typed without a pause is one step of the draft's
/// history, and the field before it is kept beside it.
pub(super) fn changed(state: &mut State, before: TextField) {
    let recorded = |state: &State| state.document.as_ref().map_or(0, Document::recorded);
    let Mode::Type(editor) = &mut state.mode else { return };
    editor.run.get_or_insert(before);
    let steps = recorded(state);
    store(state);
    let grown = recorded(state) > steps;
    let Mode::Type(editor) = &mut state.mode else { return };
    if grown {
        editor.past.extend(editor.run.clone());
        editor.future.clear();
    }
    state.perform(Effect::Timer { id: TimerId::Run, after: RUN });
}

fn store(state: &mut State) {
    let (Mode::Type(editor), Some(document)) = (&state.mode, &mut state.document) else { return };
    // A new block without text leaves the draft as it was, without even its section's heading.
    let draft = editor.result().unwrap_or_else(|| editor.origin.clone());
    document.type_in(&editor.label, draft);
}

/// A pause in typing: what comes next is another undo step.
pub(super) fn end_run(state: &mut State) {
    if let Some(document) = &mut state.document {
        document.end_run();
    }
    if let Mode::Type(editor) = &mut state.mode {
        editor.run = None;
    }
}

/// Takes back what was typed last here: a step of the draft's own history.
fn undo(state: &mut State) {
    end_run(state);
    let (Mode::Type(editor), Some(document)) = (&mut state.mode, &mut state.document) else { return };
    let Some(before) = editor.past.pop() else {
        let (leave, undo) = (state.key_in(Contexts::TYPE, Action::Leave), state.key(Action::Undo));
        return state.say(format!("Nothing typed here to undo. {leave}, then {undo} goes further back"));
    };
    editor.cite = None;
    editor.future.push(std::mem::replace(&mut editor.field, before));
    document.undo();
}

/// Types again what was taken back last.
fn redo(state: &mut State) {
    end_run(state);
    let (Mode::Type(editor), Some(document)) = (&mut state.mode, &mut state.document) else { return };
    let Some(after) = editor.future.pop() else { return state.say("Nothing to type again") };
    editor.cite = None;
    editor.past.push(std::mem::replace(&mut editor.field, after));
    document.redo();
}

/// Esc: done, kept.
pub(super) fn done(state: &mut State) {
    if let Mode::Type(editor) = &mut state.mode
        && let Some(empty) = editor.item.and_then(|item| items::left_empty(editor.field.text(), item))
    {
        let before = editor.field.clone();
        editor.field.replace(empty, "");
        changed(state, before);
    }
    end_run(state);
    let Mode::Type(editor) = std::mem::replace(&mut state.mode, Mode::Browse) else { return };
    settle::refresh(state);
    // A new block without text is no block: the cursor stays where it was.
    let at = editor.result().and_then(|_| editor.position());
    let draft = state.document.as_ref().map(Document::draft);
    let at = at
        .map(|at| draft.and_then(|draft| caret_block(draft, at, &editor.field)).unwrap_or((at, editor.field.caret())));
    if let Some((item, caret)) = at.and_then(|(at, caret)| Some((state.brief.outline.item_at(at)?, caret))) {
        state.brief.cursor = item;
        let revision = state.document.as_ref().map_or(0, |d| d.revision);
        state.brief.caret = Some((revision, item, caret));
    }
    state.follow_brief();
}

/// What was typed as one block may have become several: the one in which the caret stands, and the caret's byte there.
fn caret_block(draft: &Draft, at: BlockPosition, field: &TextField) -> Option<(BlockPosition, usize)> {
    let blocks = &draft.sections().get(at.section)?.blocks;
    let start = blocks.get(at.index)?.range.start;
    if !draft.text().get(start..)?.starts_with(field.text()) {
        return None;
    }
    let caret = start + field.caret();
    let before = blocks.iter().enumerate().skip(at.index).take_while(|(_, block)| block.range.start <= caret);
    let (index, block) = before.last()?;
    Some((BlockPosition { index, ..at }, caret - block.range.start))
}

/// Opens the block, or from Preview the whole draft, in the writer's own editor.
pub(super) fn edit_outside(state: &mut State) {
    let at = match state.focus {
        Pane::Preview => None,
        _ => {
            if state.focus == Pane::Facts && !block_of_fact(state) {
                return;
            }
            match state.brief.item().and_then(|item| state.brief.outline.position(item)) {
                Some(at) => Some(at),
                None => {
                    let key = state.key(Action::EditOutside);
                    return state.say(format!("Go to a block; in Preview, {key} opens the whole draft"));
                }
            }
        }
    };
    save::save(state, false);
    let Some(draft) = compose::draft(state) else { return };
    let text = match at {
        Some(at) => draft.block_text(at).unwrap_or_default().to_owned(),
        None => draft.text().to_owned(),
    };
    let request = state.request();
    state.outside = Some((request, at));
    state.perform(Effect::OpenEditor { request, text });
}

/// The writer's editor is done: its text comes in as one step, or the old text stays.
pub(super) fn edited_outside(state: &mut State, request: u64, result: Result<String, String>) {
    let Some((_, at)) = state.outside.take_if(|(id, _)| *id == request) else { return };
    let text = match result {
        Ok(text) => text,
        Err(reason) => return state.warn(format!("The editor failed, the text is as it was: {reason}")),
    };
    let Some(draft) = compose::draft(state) else { return };
    let new = match at {
        // Editors end a file with a line end; the block's own distance to the next is kept.
        Some(at) => draft.replace_block(at, text.trim_end_matches(['\n', '\r'])),
        None => Some(draft.with_text(&text)),
    };
    if new.is_some_and(|new| compose::apply(state, "external editor", new)) {
        state.say("Text from the editor is in");
    } else {
        state.say("The editor changed nothing");
    }
}
