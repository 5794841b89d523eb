//! Commands that change the brief: placing, moving, taking out, merging, filling, undo.

use std::collections::BTreeSet;

use crate::app::action::{Action, Contexts};
use crate::app::blocks::cited;
use crate::app::effect::{Effect, Purpose};
use crate::app::outline::{Item, block_form};
use crate::app::state::{Line, LineKind, Mode, Pane, State};
use crate::app::text_field::TextField;
use crate::draft::attribution::{notice, notices};
use crate::draft::{BlockPosition, Draft, place};
use crate::markdown::CitationKey;
use crate::model::{FactAt, FactRef};
use crate::template::Form;

use super::{browse, hold, merge, settle, text};

/// Takes a new draft as one step and brings the lists up to date; says whether anything changed.
pub(super) fn apply(state: &mut State, label: &str, draft: Draft) -> bool {
    let changed = state.document.as_mut().is_some_and(|document| document.apply(label, draft));
    settle::refresh(state);
    if let Some(reason) = hold::read_only(state) {
        state.say(format!("Not now: {reason}"));
    }
    changed
}

/// The draft as it stands.
pub(super) fn draft(state: &State) -> Option<Draft> {
    state.document.as_ref().map(|document| document.draft().clone())
}

/// The draft with a listed section in it, and the section's index there.
pub(super) fn with_section(state: &State, draft: &Draft, section: usize) -> Option<(Draft, usize)> {
    let row = state.brief.outline.sections.get(section)?;
    if row.level == 0 {
        return Some((draft.clone(), row.at?));
    }
    let template = &state.document.as_ref()?.template;
    let order: Vec<String> = template.sections.iter().map(|s| s.id.clone()).collect();
    let title = template.section(&row.id).map_or(row.title.as_str(), |s| s.title.as_str());
    Some(draft.ensure_section(&row.id, title, row.level, &order))
}

/// Enter: the safe next step of each pane.
pub(super) fn enter(state: &mut State) {
    match state.focus {
        Pane::Facts => {
            if goes_to_block(state) {
                return go_to_block(state);
            }
            let section = state.brief.section();
            send(state, &state.facts.chosen(), section, false);
        }
        Pane::Brief => match state.brief.item() {
            Some(Item::Block(..)) => text::edit(state),
            Some(Item::Heading(section)) => choose_for(state, section),
            None => {}
        },
        Pane::Preview => {
            if let Some(item) = state.section_in_preview().and_then(|s| state.brief.outline.heading(s)) {
                browse::go_to_item(state, item);
            }
        }
    }
}

/// Whether Enter in Facts only goes to where the fact is placed already.
pub(super) fn goes_to_block(state: &State) -> bool {
    state.facts.marks.is_empty() && state.facts.focused().is_some_and(|at| state.facts.placed.contains_key(&at))
}

fn go_to_block(state: &mut State) {
    let place = state.facts.focused().and_then(|at| state.facts.placed.get(&at)?.first().copied());
    if let Some(item) = place.and_then(|p| state.brief.outline.item_at(p)) {
        browse::go_to_item(state, item);
        state.say(format!("Placed already: this is its block. {} goes back", state.key(Action::Back)));
    }
}

/// Enter on a heading: choose facts for that section.
fn choose_for(state: &mut State, section: usize) {
    let Some(row) = state.brief.outline.sections.get(section) else { return };
    if row.form.is_automatic() {
        return state.say(format!("{} writes itself", automatic(row.form)));
    }
    let enter = state.key(Action::Enter);
    let text = format!("{enter} places into {} {}", row.number.unwrap_or_default(), row.title);
    browse::leave_trail(state);
    if state.regions.facts.is_empty() {
        state.preview_narrow = false;
    }
    state.focus = Pane::Facts;
    state.say(text);
}

/// A digit: send what is chosen to that section, or from a heading go there. Without a digit the
/// number is asked for.
pub(super) fn to_section(state: &mut State, number: Option<usize>) {
    let Some(number) = number else {
        state.mode = Mode::Line(Line { kind: LineKind::Section, field: TextField::default() });
        return;
    };
    let Some(section) = state.brief.outline.numbered(number) else {
        return state.say(format!("There is no section {number}"));
    };
    match (state.focus, state.brief.item()) {
        (Pane::Facts, _) => send(state, &state.facts.chosen(), section, false),
        (Pane::Brief, Some(Item::Heading(_))) if state.brief.marks.is_empty() => {
            if let Some(item) = state.brief.outline.heading(section) {
                browse::go_to_item(state, item);
            }
        }
        (Pane::Brief, _) => send_blocks(state, section),
        (Pane::Preview, _) => {}
    }
}

/// Whether a listed section takes blocks; says why not.
pub(super) fn takes(state: &mut State, section: usize) -> bool {
    let form = state.brief.outline.sections.get(section).map_or(Form::Sources, |row| row.form);
    if form.is_automatic() {
        let what = automatic(form).to_lowercase();
        state.say(format!("This section takes no facts: {what} writes itself"));
    }
    !form.is_automatic()
}

/// What a section that writes itself holds.
fn automatic(form: Form) -> &'static str {
    if form == Form::SourceSummary { "The source summary" } else { "The bibliography" }
}

/// A second use of the chosen facts, in the current section.
pub(super) fn place_again(state: &mut State) {
    let section = state.brief.section();
    send(state, &state.facts.chosen(), section, true);
}

/// Sends the chosen facts to a listed section: unplaced ones are placed, placed ones moved, or used `again`.
pub(super) fn send(state: &mut State, chosen: &[FactAt], section: usize, again: bool) {
    if chosen.is_empty() {
        return state.say("No fact is chosen");
    }
    if !takes(state, section) {
        return;
    }
    let Some((mut current, target)) = draft(state).and_then(|d| with_section(state, &d, section)) else { return };
    for at in chosen {
        if let Some(next) = send_fact(state, &current, *at, (target, again)) {
            current = next;
        }
    }
    let row = &state.brief.outline.sections[section];
    let to = format!("{} {}", row.number.unwrap_or_default(), row.title);
    let what = match chosen {
        [one] => quoted(&headline(state, *one)),
        many => format!("{} facts", many.len()),
    };
    if !apply(state, &format!("send {what} to {to}"), current) {
        return state.say(format!("{what} is there already"));
    }
    state.facts.marks.clear();
    let stay = chosen.last().copied();
    state.facts.rebuild(&state.desk, stay);
    show_fact(state, stay);
    let notices = chosen.iter().filter_map(|at| state.desk.get(*at));
    let mut notices = notices.filter_map(|(event, fact)| notice(&state.desk, event, fact));
    let told = notices.next().map(|notice| format!(". {notice}")).unwrap_or_default();
    state.say(format!("{what} → {to}{told}"));
}

/// Puts Brief's cursor on the block of a fact.
pub(super) fn show_fact(state: &mut State, fact: Option<FactAt>) {
    let place = fact.and_then(|at| state.facts.placed.get(&at)?.last().copied());
    if let Some(item) = place.and_then(|p| state.brief.outline.item_at(p)) {
        state.brief.cursor = item;
    }
}

fn send_fact(state: &State, draft: &Draft, at: FactAt, (target, again): (usize, bool)) -> Option<Draft> {
    let address = state.desk.address(at)?;
    let section = draft.sections().get(target)?;
    let end = BlockPosition { section: target, index: section.blocks.len() };
    match place::placed(draft).get(&address).and_then(|places| places.first()).filter(|_| !again) {
        Some(from) => relocate(state, draft, *from, end),
        None => place::place(&state.desk, &state.document.as_ref()?.template, draft, at, end),
    }
}

/// Moves a block to a place given as of before the move, in the form of the section there.
fn relocate(state: &State, draft: &Draft, from: BlockPosition, to: BlockPosition) -> Option<Draft> {
    if from.section == to.section {
        let index = to.index.saturating_sub(usize::from(to.index > from.index));
        return draft.move_block(from, BlockPosition { index, ..to }, crate::draft::Form::AsIs);
    }
    let id = &draft.sections().get(to.section)?.id;
    let form = state.document.as_ref()?.template.section(id).map_or(Form::Qa, |s| s.form);
    draft.move_block(from, to, block_form(form))
}

/// The marked blocks, else the one under the cursor, by position.
fn chosen_blocks(state: &State) -> BTreeSet<BlockPosition> {
    let outline = &state.brief.outline;
    let item = |n: usize| outline.items.get(n).and_then(|item| outline.position(*item));
    if state.brief.marks.is_empty() {
        return item(state.brief.cursor).into_iter().collect();
    }
    state.brief.marks.iter().filter_map(|n| item(*n)).collect()
}

/// Moves the chosen blocks to the end of a listed section, in their order.
fn send_blocks(state: &mut State, section: usize) {
    let blocks = chosen_blocks(state);
    if blocks.is_empty() || !takes(state, section) {
        return;
    }
    let id = state.brief.outline.sections[section].id.clone();
    let Some(before) = draft(state) else { return };
    let Some((mut current, mut target)) = with_section(state, &before, section) else { return };
    let index_of = |d: &Draft| d.sections().iter().position(|s| s.id == id);
    // A section put in before others shifts them all by one.
    let shift = |at: usize| at + usize::from(current.sections().len() > before.sections().len() && at >= target);
    let mut left: Vec<BlockPosition> =
        blocks.iter().map(|b| BlockPosition { section: shift(b.section), ..*b }).collect();
    left.reverse();
    while let Some(from) = left.pop() {
        let end = current.sections().get(target).map_or(0, |s| s.blocks.len());
        let Some(next) = relocate(state, &current, from, BlockPosition { section: target, index: end }) else {
            continue;
        };
        for other in left.iter_mut().filter(|other| other.section == from.section) {
            other.index = other.index.saturating_sub(1);
        }
        if next.sections().len() < current.sections().len() {
            for other in &mut left {
                other.section = other.section.saturating_sub(1);
            }
        }
        current = next;
        target = index_of(&current).unwrap_or(target);
    }
    let count = blocks.len();
    let row = &state.brief.outline.sections[section];
    let text = format!("{} → {} {}", counted(count, "block"), row.number.unwrap_or_default(), row.title);
    if apply(state, "move to section", current) {
        let last = state.brief.outline.sections.iter().position(|s| s.id == id);
        let item = last.and_then(|s| state.brief.outline.items.iter().rposition(|i| i.section() == s));
        state.brief.cursor = item.unwrap_or(state.brief.cursor);
        state.say(text);
    }
}

/// `1 block`, `2 blocks`.
pub(super) fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// A fact's headline.
pub(super) fn headline(state: &State, at: FactAt) -> String {
    state.desk.get(at).map(|(_, fact)| fact.headline().into_owned()).unwrap_or_default()
}

/// The start of a text in quotation marks, for labels.
pub(super) fn quoted(text: &str) -> String {
    let line = crate::model::text::one_line(text);
    let bare = line.trim_matches(['“', '”']);
    format!("“{}”", crate::app::wrap::truncate(bare, 28, "…"))
}

/// Takes out: blocks from Brief; from Facts what cites the fact.
pub(super) fn take_out(state: &mut State) {
    match state.focus {
        Pane::Brief => take_out_blocks(state),
        _ => take_out_facts(state),
    }
}

fn take_out_blocks(state: &mut State) {
    let blocks = chosen_blocks(state);
    if blocks.is_empty() {
        return state.say("Headings stay: the template has them. Go to a block to take it out");
    }
    let Some(mut current) = draft(state) else { return };
    let mut taken = 0;
    for at in blocks.iter().rev() {
        if let Some(next) = current.remove_block(*at) {
            current = next;
            taken += 1;
        }
    }
    if apply(state, "take out", current) {
        state.say(format!("Took out {}. {} brings back", counted(taken, "block"), state.key(Action::Undo)));
    }
}

fn take_out_facts(state: &mut State) {
    let chosen = state.facts.chosen();
    let Some(mut current) = draft(state) else { return };
    let (mut blocks, mut citations) = (0, 0);
    for at in &chosen {
        let Some(address) = state.desk.address(*at) else { continue };
        let places = place::placed(&current).remove(&address).unwrap_or_default();
        for at in places.iter().rev() {
            let alone = current.block(*at).is_some_and(|b| cited(b) == [address.clone()]);
            let next = if alone { current.remove_block(*at) } else { without_citation(&current, *at, &address) };
            if let Some(next) = next {
                current = next;
                *(if alone { &mut blocks } else { &mut citations }) += 1;
            }
        }
    }
    let undo = state.key(Action::Undo);
    let text = match (blocks, citations) {
        (0, 0) => return state.say("Not in the brief"),
        (b, 0) => format!("Took out {}. {undo} brings back", counted(b, "block")),
        (0, c) => {
            let places = counted(c, "block");
            format!("Took out only the citation in {places}: other facts are cited there. {undo} brings back")
        }
        (b, c) => format!("Took out {} and {}. {undo} brings back", counted(b, "block"), counted(c, "citation")),
    };
    let stay = state.facts.focused();
    if apply(state, "take out", current) {
        state.facts.marks.clear();
        state.facts.rebuild(&state.desk, stay);
        state.say(text);
    }
}

/// The draft without a fact's citations in one block.
fn without_citation(draft: &Draft, at: BlockPosition, address: &FactRef) -> Option<Draft> {
    let is_it = |key: &CitationKey| matches!(key, CitationKey::Fact { event, fact } if *event == address.event && *fact == address.fact);
    let mut current = draft.clone();
    let mut found = false;
    while let Some((citation, item)) = current
        .block(at)?
        .citations
        .iter()
        .enumerate()
        .find_map(|(c, citation)| Some((c, citation.items.iter().position(|item| is_it(&item.key))?)))
    {
        current = current.remove_citation(at, citation, item)?;
        found = true;
    }
    found.then_some(current)
}

/// Moves the block under the cursor up or down, across sections at the ends.
pub(super) fn move_block(state: &mut State, down: bool) {
    let Some(Item::Block(section, index)) = state.brief.item() else {
        return state.say("Go to a block to move it");
    };
    let rows = &state.brief.outline.sections;
    let Some(before) = draft(state) else { return };
    let count = rows[section].blocks.len();
    let inside = if down { index + 1 < count } else { index > 0 };
    let (to_section, to_index) = if inside {
        (section, if down { index + 1 } else { index - 1 })
    } else {
        let open = |n: &usize| !rows[*n].form.is_automatic() && rows[*n].level > 0;
        let next = if down { (section + 1..rows.len()).find(open) } else { (0..section).rev().find(open) };
        match next {
            Some(next) => (next, if down { 0 } else { rows[next].blocks.len() }),
            None => return state.say("It cannot go further"),
        }
    };
    move_to(state, &before, (section, index), (to_section, to_index));
}

/// Moves a block, given by listed section and index; the place is given as it will be.
pub(super) fn move_to(state: &mut State, before: &Draft, from: (usize, usize), (to_section, to_index): (usize, usize)) {
    let moved = moved(state, before, from, (to_section, to_index));
    let Some(id) = state.brief.outline.sections.get(to_section).map(|row| row.id.clone()) else { return };
    let Some(draft) = moved else { return state.say("It cannot go there") };
    if apply(state, "move block", draft) {
        let section = state.brief.outline.sections.iter().position(|s| s.id == id).unwrap_or(to_section);
        let item = state.brief.outline.items.iter().position(|i| *i == Item::Block(section, to_index));
        state.brief.cursor = item.unwrap_or(state.brief.cursor);
        state.follow_brief();
    }
}

/// The draft with a block moved; both places are listed section and index, the second as it will be.
fn moved(state: &State, before: &Draft, from: (usize, usize), to: (usize, usize)) -> Option<Draft> {
    let rows = &state.brief.outline.sections;
    let (with, target) = with_section(state, before, to.0)?;
    let grown = with.sections().len() > before.sections().len();
    let source = rows.get(from.0)?.at?;
    let source = source + usize::from(grown && source >= target);
    let form = if from.0 == to.0 { crate::draft::Form::AsIs } else { block_form(rows.get(to.0)?.form) };
    with.move_block(BlockPosition::new(source, from.1), BlockPosition::new(target, to.1), form)
}

/// Joins the block with the one below.
pub(super) fn merge(state: &mut State) {
    let at = state.brief.item().and_then(|item| state.brief.outline.position(item));
    let merged = at.and_then(|at| draft(state)?.merge_with_next(at));
    match merged {
        Some(draft) => {
            if apply(state, "merge", draft) {
                state.say("Merged with the block below");
            }
        }
        None => state.say("Nothing below to merge with"),
    }
}

/// Splits the block where the caret last stood, else after its first sentence.
pub(super) fn split(state: &mut State) {
    let Some(at) = state.brief.item().and_then(|item| state.brief.outline.position(item)) else {
        return state.say("Go to a block to split it");
    };
    let Some(document) = &state.document else { return };
    let raw = document.draft().block_text(at).unwrap_or_default();
    let cursor = state.brief.cursor;
    let caret = state.brief.caret.filter(|(revision, item, _)| *revision == document.revision && *item == cursor);
    let places = caret.map(|(_, _, caret)| caret).into_iter().chain(first_sentence(raw));
    let split = places.filter_map(|offset| document.draft().split_block(at, offset)).next();
    match split {
        Some(draft) => {
            apply(state, "split", draft);
            state.say("Split in two");
        }
        None => {
            let [edit, split] = [Action::Edit, Action::Split].map(|action| state.key(action));
            let done = state.key_in(Contexts::TYPE, Action::Leave);
            state.say(format!("One sentence only: {edit}, put the caret where it should part, {done}, {split}"));
        }
    }
}

/// Where the second sentence of a text begins.
fn first_sentence(text: &str) -> Option<usize> {
    use unicode_segmentation::UnicodeSegmentation as _;
    text.split_sentence_bound_indices().map(|(at, _)| at).find(|at| *at > 0)
}

/// Takes the last step back.
pub(super) fn undo(state: &mut State) {
    history(state, "Undone", "Nothing to undo", |document| document.undo());
}

/// Does the undone step again.
pub(super) fn redo(state: &mut State) {
    history(state, "Done again", "Nothing to redo", |document| document.redo());
}

/// Puts Brief's cursor where two states of the draft begin to differ.
pub(super) fn show_change(state: &mut State, before: &Draft, after: &Draft) {
    let same = before.text().bytes().zip(after.text().bytes()).take_while(|(a, b)| a == b).count();
    let place = crate::app::findings::place_of(after, same);
    if same < after.text().len() && place != crate::app::findings::Place::Note {
        state.brief.cursor = state.item_of(place);
        state.follow_brief();
    }
}

fn history(
    state: &mut State,
    done: &str,
    nothing: &str,
    go: impl Fn(&mut crate::app::document::Document) -> Option<String>,
) {
    let before = draft(state);
    let label = state.document.as_mut().and_then(go);
    settle::refresh(state);
    let stay = state.facts.focused();
    state.facts.rebuild(&state.desk, stay);
    if let (Some(before), Some(after)) = (before, draft(state)) {
        show_change(state, &before, &after);
    }
    match label {
        Some(label) => {
            let more = merge::taken_back(state);
            state.say(format!("{done}: {label}{more}"));
        }
        None => state.say(nothing),
    }
}

/// Fills the sections by the template's rules from the facts of the draft's own query.
pub(super) fn fill(state: &mut State) {
    let Some(document) = &state.document else { return };
    if !document.template.sections.iter().any(crate::template::SectionSpec::fills) {
        return state.say("This template has no rules to fill by");
    }
    let query = document.draft().front().facts.clone().filter(|q| !q.trim().is_empty());
    match query {
        None => {
            let all: Vec<FactAt> = state.desk.facts().collect();
            fill_from(state, &all);
        }
        Some(query) => {
            let generation = state.request();
            state.filling = Some(generation);
            settle::search_for(state, Purpose::Fill, generation, query);
        }
    }
}

/// Fills the sections from these facts.
pub(super) fn fill_from(state: &mut State, facts: &[FactAt]) {
    let Some(document) = &state.document else { return };
    let filled = crate::draft::fill(&state.desk, &document.template, document.draft(), facts);
    let count = filled.placed.len();
    if count > 0 && apply(state, "fill", filled.draft) {
        let stay = state.facts.focused();
        state.facts.rebuild(&state.desk, stay);
        let told = match notices(&state.desk, &filled.placed).len() {
            0 => String::new(),
            n => format!(
                ". {} a speaker who may not be named",
                if n == 1 { "One names".into() } else { format!("{n} name") }
            ),
        };
        let undo = state.key(Action::Undo);
        state.say(format!("Placed {} by the template's rules{told}. {undo} takes back", counted(count, "fact")));
    } else {
        state.say("Nothing more to place by the template's rules");
    }
}

/// Copies text to the clipboard; what came of it is said when it is known.
pub(super) fn copy_text(state: &mut State, text: String, what: &str) {
    state.perform(Effect::Copy { text, what: what.to_owned() });
}
