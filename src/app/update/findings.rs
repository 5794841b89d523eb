//! What can be done about a finding: go there, mend it, ignore it with a reason.

use crate::app::action::Action;
use crate::app::events::Sent;
use crate::app::findings::{Found, Place};
use crate::app::list::ListKind;
use crate::app::state::{LineKind, Mode, Pane, State};
use crate::draft::Draft;
use crate::event_file::edit::EventEdit;
use crate::finding::{Edit, Finding};
use crate::markdown::BlockKind;

use super::{browse, compose, line, list};

/// Goes to the next or previous item with findings.
pub(super) fn walk(state: &mut State, forward: bool) {
    if !is_checked(state, if forward { Action::NextFinding } else { Action::PreviousFinding }) {
        return;
    }
    let here = state.brief.cursor;
    let mut items: Vec<usize> =
        state.composed.findings.iter().filter(|f| f.counts()).map(|f| state.item_of(f.place)).collect();
    items.sort_unstable();
    let elsewhere = state.focus != Pane::Brief;
    let found = if forward {
        items.iter().find(|item| **item > here || elsewhere && **item == here).or(items.first())
    } else {
        items.iter().rev().find(|item| **item < here).or(items.last())
    };
    let Some(item) = found.copied() else { return state.say("No findings") };
    browse::go_to_item(state, item);
    state.lay_out();
    // Where there is no room for it beneath Brief, the first one is told in the last row.
    if state.brief_parts().1.is_empty()
        && let Some((_, Found { finding, .. })) = state.findings_at(item).first()
    {
        let help = finding.help.as_deref().map(|h| format!("; {h}")).unwrap_or_default();
        let text = format!("{}: {}{help}", finding.rule, finding.message);
        state.say(text);
    }
}

/// Whether the brief is checked as it stands; else the action is done as soon as it is, unless another
/// key comes before.
fn is_checked(state: &mut State, action: Action) -> bool {
    let fresh = state.document.as_ref().is_some_and(|d| d.revision == state.composed.revision);
    if !fresh {
        state.when_checked.push(action);
        if state.loading.files.is_some() {
            state.say("The brief is checked when the desk is loaded");
        }
    }
    fresh
}

/// What was asked for while the brief was being checked.
pub(super) fn checked(state: &mut State) {
    if state.document.as_ref().is_none_or(|d| d.revision != state.composed.revision) {
        return;
    }
    for action in std::mem::take(&mut state.when_checked) {
        if matches!(state.mode, Mode::Browse) {
            super::run(state, action, None);
        }
    }
}

/// Says why nothing can be done here; true if something can.
fn is_at_findings(state: &mut State, action: Action) -> bool {
    if !is_checked(state, action) {
        return false;
    }
    if state.findings_at(state.brief.cursor).is_empty() {
        state.say(format!("Nothing is found here. {} goes to the next finding", state.key(Action::NextFinding)));
    } else {
        return true;
    }
    false
}

/// Mends the finding here: at once if there is one way, by a menu if there are several.
pub(super) fn fix(state: &mut State) {
    if !is_at_findings(state, Action::Fix) {
        return;
    }
    let here = state.findings_at(state.brief.cursor);
    let ways: Vec<(usize, usize)> =
        here.iter().flat_map(|(n, f)| (0..f.finding.fixes.len()).map(move |fix| (*n, fix))).collect();
    match ways.as_slice() {
        [] => {
            let help = here.first().and_then(|(_, f)| f.finding.help.clone()).unwrap_or_default();
            state.say(format!("This needs your judgement: {help}"));
        }
        [(finding, fix)] => apply(state, *finding, *fix),
        _ => list::open(state, ListKind::Fixes),
    }
}

/// Makes one change.
pub(super) fn apply(state: &mut State, finding: usize, fix: usize) {
    let Some(Found { finding, .. }) = state.composed.findings.get(finding) else { return };
    let Some(fix) = finding.fixes.get(fix).cloned() else { return };
    if let Edit::Value(..) = fix.edit {
        let edits = vec![(finding.path.to_string(), EventEdit::Mend(fix.edit))];
        return super::events::send(state, Sent::New(fix.label), edits);
    }
    let Some(draft) = compose::draft(state) else { return };
    let Some(text) = fix.edit.apply(draft.text()) else {
        return state.say("The draft has changed since; it is being checked again");
    };
    compose::apply(state, &fix.label, draft.with_text(&text));
    state.say(format!("Done: {}. {} takes it back", fix.label, state.key(Action::Undo)));
}

/// Asks for the reason to ignore the finding here, first for which if there are several.
pub(super) fn ignore(state: &mut State) {
    if !is_at_findings(state, Action::Ignore) {
        return;
    }
    match ignorable(state).as_slice() {
        [(finding, _)] => {
            let finding = *finding;
            ask_reason(state, finding);
        }
        _ => list::open(state, ListKind::Ignore),
    }
}

/// What can be ignored under the cursor: what counts, if anything does.
pub(in crate::app) fn ignorable(state: &State) -> Vec<(usize, &Found)> {
    let mut here = state.findings_at(state.brief.cursor);
    if here.iter().any(|(_, f)| f.counts()) {
        here.retain(|(_, f)| f.counts());
    }
    here
}

/// Asks for the reason to ignore a finding.
pub(super) fn ask_reason(state: &mut State, finding: usize) {
    let Some(Found { finding, place }) = state.composed.findings.get(finding) else { return };
    let (rule, place) = (finding.rule, *place);
    if let Some(why) = not_here(finding, place) {
        return state.say(why);
    }
    line::ask(state, LineKind::Reason { rule, place }, "");
}

/// Why a finding cannot be ignored by a comment in the draft.
fn not_here(finding: &Finding, place: Place) -> Option<String> {
    let rule = finding.rule;
    let in_draft = matches!(finding.anchor, crate::finding::Anchor::Bytes(_));
    match (&finding.fact, place) {
        (Some(fact), _) if !in_draft => {
            Some(format!("It is about the fact: write `allow: [{{ rule: {rule}, reason: … }}]` at {fact}"))
        }
        (_, Place::Note) => Some(format!("It is about the note as a whole: settle `{rule}` in attache.yaml")),
        _ => None,
    }
}

/// Writes the comment that silences a rule at a place, if there is a reason.
pub(super) fn silence(state: &mut State, rule: &str, place: Place, reason: &str) {
    if reason.is_empty() {
        return state.say("Not ignored: a silence without a reason cannot be reviewed");
    }
    let Some(draft) = compose::draft(state) else { return };
    // What would end the comment is spelled apart.
    let reason = reason.replace("-->", "-- >").replace("--!>", "-- !>");
    let comment = format!("<!-- attache: allow {rule}: {reason} -->");
    let Some(new) = with_comment(&draft, place, &comment) else {
        return state.say("The draft has changed since; it is being checked again");
    };
    compose::apply(state, "ignore a finding", new);
    state.say(format!("{rule} is ignored here. {} takes it back", state.key(Action::Undo)));
}

/// The draft with a comment on a block or heading: within a paragraph or an item, so that they move
/// together; before what has no place for it.
fn with_comment(draft: &Draft, place: Place, comment: &str) -> Option<Draft> {
    let text = draft.text();
    match place {
        Place::Block(at) => match &draft.block(at)?.kind {
            BlockKind::Paragraph | BlockKind::Item { .. } => {
                let end = draft.block(at)?.range.end;
                let before = text.get(..end)?.trim_end();
                Some(draft.with_text(&format!("{before} {comment}{}", text.get(before.len()..)?)))
            }
            _ => draft.insert_block(at, comment),
        },
        Place::Section(section) => {
            let at = draft.sections().get(section)?.heading.as_ref()?.start;
            let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
            Some(draft.with_text(&format!("{}{comment}{eol}{eol}{}", text.get(..at)?, text.get(at..)?)))
        }
        Place::Note => None,
    }
}
