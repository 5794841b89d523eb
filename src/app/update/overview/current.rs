//! What keeps the views true while the desk, the brief and the drafts change beneath them.

use std::sync::Arc;

use crate::app::coverage::Scope;
use crate::app::effect::{Effect, Purpose};
use crate::app::full::CitedIn;
use crate::app::message::Hits;
use crate::app::overview::{Overview, View};
use crate::app::state::{Mode, State};
use crate::app::timeline::without_dates;
use crate::model::FactAt;

use super::super::{list, settle};
use super::{close, view_mut};

/// Asks for what every draft cites.
pub(in crate::app::update) fn ask_for_drafts(state: &mut State) {
    let request = state.request();
    if let Some(View::Full(full)) = view_mut(state) {
        full.request = request;
        state.perform(Effect::FindCitations { request });
    }
}

/// Drafts were written by somebody else.
pub(in crate::app::update) fn drafts_changed(state: &mut State) {
    each(state, |state, view| {
        if let View::Full(full) = view {
            full.request = state.request();
            state.perform(Effect::FindCitations { request: full.request });
        }
    });
}

/// What every draft cites is known.
pub(in crate::app::update) fn cited_in(state: &mut State, request: u64, drafts: Vec<CitedIn>) {
    let drafts: Arc<[CitedIn]> = drafts.into();
    each(state, |_, view| {
        if let View::Full(full) = view
            && full.request == request
        {
            full.drafts = Some(Arc::clone(&drafts));
        }
    });
}

/// Does something to every open view, the topmost first.
fn each(state: &mut State, mut act: impl FnMut(&mut State, &mut View)) {
    let mut mode = std::mem::replace(&mut state.mode, Mode::Browse);
    let mut next = topmost(&mut mode);
    while let Some(overview) = next {
        act(state, &mut overview.view);
        next = overview.beneath.as_deref_mut();
    }
    state.mode = mode;
}

/// The topmost view; lists may lie over it.
fn topmost(mode: &mut Mode) -> Option<&mut Overview> {
    match mode {
        Mode::View(overview) => Some(overview),
        Mode::List(list) => topmost(list.beneath.as_deref_mut()?),
        _ => None,
    }
}

/// Facts have other handles in a desk read again.
pub(in crate::app::update) fn desk_replaced(state: &mut State, again: impl Fn(FactAt) -> Option<FactAt>) {
    let all = |facts: &mut Vec<FactAt>| *facts = facts.iter().copied().filter_map(&again).collect();
    let mut gone = false;
    each(state, |_, view| match view {
        View::Full(full) => {
            full.among.iter_mut().for_each(all);
            match again(full.at) {
                Some(at) => full.at = at,
                None => gone = true,
            }
        }
        View::Coverage(coverage) => {
            coverage.groups.list.iter_mut().for_each(|group| all(&mut group.facts));
            all(&mut coverage.facts);
        }
        View::Timeline(timeline) => {
            timeline.groups.list.iter_mut().for_each(|group| all(&mut group.facts));
            all(&mut timeline.facts);
        }
    });
    if gone {
        // Only the topmost view can be that of one fact; a list over it may count on it.
        while let Mode::List(_) = &state.mode {
            list::close(state);
        }
        close(state);
        state.say("The fact is no longer on the desk");
    }
    freshen(state);
}

/// Asks anew for the facts of every view.
pub(in crate::app::update) fn freshen(state: &mut State) {
    each(state, |state, view| match view {
        View::Coverage(coverage) => {
            coverage.scope = scope(state);
            let query = coverage.scope.query().map(str::to_owned);
            match query {
                Some(query) => coverage.awaited = Some(search(state, query)),
                None => coverage.take(&state.desk, state.desk.facts().collect()),
            }
        }
        View::Timeline(timeline) => {
            timeline.query = without_dates(&state.facts.query);
            if timeline.query.is_empty() {
                timeline.take(&state.desk, state.desk.facts().collect());
            } else {
                timeline.awaited = Some(search(state, timeline.query.clone()));
            }
        }
        View::Full(_) => {}
    });
}

/// Which facts the brief is to be measured by.
fn scope(state: &State) -> Scope {
    let own = state.document.as_ref().and_then(|document| document.draft().front().facts.clone());
    let filter = state.facts.query.trim();
    match own.filter(|query| !query.trim().is_empty()) {
        Some(query) => Scope::Draft(query),
        None if !filter.is_empty() => Scope::Filter(filter.to_owned()),
        None => Scope::All,
    }
}

fn search(state: &mut State, query: String) -> u64 {
    let generation = state.request();
    let (desk, placed) = (Arc::clone(&state.desk), Arc::new(settle::placed_addresses(state)));
    state.perform(Effect::Search { purpose: Purpose::View, generation, desk, query, placed });
    generation
}

/// A search has ended; gives its result back if it was not for a view.
pub(in crate::app::update) fn found(
    state: &mut State,
    generation: u64,
    result: Result<Hits, String>,
) -> Option<Result<Hits, String>> {
    let mut result = Some(result);
    each(state, |state, view| {
        let awaited = match view {
            View::Coverage(coverage) => coverage.awaited,
            View::Timeline(timeline) => timeline.awaited,
            View::Full(_) => None,
        };
        if awaited != Some(generation) {
            return;
        }
        match (result.take(), view) {
            (Some(Ok(hits)), View::Coverage(coverage)) => coverage.take(&state.desk, hits.facts),
            (Some(Ok(hits)), View::Timeline(timeline)) => timeline.take(&state.desk, hits.facts),
            (Some(Err(reason)), View::Coverage(coverage)) => (coverage.awaited, coverage.error) = (None, Some(reason)),
            (Some(Err(reason)), View::Timeline(timeline)) => (timeline.awaited, timeline.error) = (None, Some(reason)),
            _ => {}
        }
    });
    result
}

/// What must hold of the views after every message: they go by the draft as it is, and the cursor is seen.
pub(in crate::app::update) fn hold(state: &mut State) {
    if state.overview().is_none() {
        return;
    }
    let revision = state.document.as_ref().map_or(0, |document| document.revision);
    let asks_used = |query: &str| query.contains("used:");
    let stale = state.overview().is_some_and(|overview| match &overview.view {
        View::Coverage(coverage) => {
            let changed = coverage.made_for.is_some_and(|made_for| made_for != revision);
            changed && (coverage.scope != scope(state) || coverage.scope.query().is_some_and(asks_used))
        }
        View::Timeline(timeline) => {
            timeline.made_for.is_some_and(|made_for| made_for != revision) && asks_used(&timeline.query)
        }
        View::Full(_) => false,
    });
    if stale {
        freshen(state);
    }
    let height = usize::from(state.overview_parts().1.height);
    each(state, |state, view| {
        let is_used = |at: FactAt| state.facts.placed.contains_key(&at);
        match view {
            View::Coverage(coverage) if coverage.made_for != Some(revision) => {
                coverage.regroup(&state.desk, is_used);
                coverage.made_for = Some(revision);
            }
            View::Timeline(timeline) if timeline.made_for != Some(revision) => {
                timeline.regroup(&state.desk, is_used);
                timeline.made_for = Some(revision);
            }
            View::Full(full) => {
                let most = state.full_lines(full).len().saturating_sub(height.max(1));
                full.top = full.top.min(most);
            }
            _ => {}
        }
        if let Some(groups) = view.groups_mut() {
            groups.scroll(height);
        }
    });
}
