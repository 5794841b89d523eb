//! The Facts pane's list: handles only, rebuilt from the desk, the filter, the order and the marks.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use indexmap::IndexSet;
use rayon::prelude::*;

use crate::draft::BlockPosition;
use crate::model::{Desk, FactAt, FactRef, Priority};
use crate::turns;

/// The orders that `s` goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Order {
    /// Newest first; facts without a date on top.
    #[default]
    Newest,
    /// Oldest first; facts without a date on top.
    Oldest,
    /// Must before should before could.
    Priority,
    /// By the name of the first source.
    Source,
}

impl Order {
    /// The one after this.
    pub fn next(self) -> Self {
        match self {
            Self::Newest => Self::Oldest,
            Self::Oldest => Self::Priority,
            Self::Priority => Self::Source,
            Self::Source => Self::Newest,
        }
    }

    /// Its name.
    pub fn words(self) -> &'static str {
        match self {
            Self::Newest => "newest first",
            Self::Oldest => "oldest first",
            Self::Priority => "by priority",
            Self::Source => "by source",
        }
    }
}

/// How facts that are in the brief already are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PlacedView {
    /// Like the others, with a mark.
    #[default]
    Shown,
    /// Dim.
    Dimmed,
    /// Not at all.
    Hidden,
}

/// Where the loading of the desk stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loading {
    /// Which load is under way.
    pub generation: u64,
    /// Files read and files in all, while loading.
    pub files: Option<(usize, usize)>,
    /// Whether a load is under way, shown or not.
    pub running: bool,
    /// Whether the files changed again since it began.
    pub again: bool,
}

/// A desk with its facts in the order in which they are listed at first: sorting many takes longer than a
/// key may, so it is done where the desk is read.
#[derive(Clone, Debug, Default)]
pub struct SortedDesk {
    /// The facts.
    pub desk: Arc<Desk>,
    /// All of them, newest first.
    newest: Vec<FactAt>,
}

impl From<Arc<Desk>> for SortedDesk {
    fn from(desk: Arc<Desk>) -> Self {
        let mut newest: Vec<FactAt> = desk.facts().collect();
        sort(&desk, Order::Newest, &mut newest);
        Self { desk, newest }
    }
}

/// The Facts pane.
#[derive(Clone, Debug, Default)]
pub struct FactsPane {
    /// The query in force; empty for all facts.
    pub query: String,
    /// What is wrong with the query.
    pub error: Option<String>,
    /// Which search is awaited or shown.
    pub generation: u64,
    /// Whether its answer is still to come.
    pub awaited: bool,
    /// What the search found, best first; `None` without a query.
    pub found: Option<Vec<FactAt>>,
    /// Whether these are only the first of them, while the search goes on.
    pub partial: bool,
    /// Whether its order says how well they match.
    pub ranked: bool,
    /// The order of the list.
    pub order: Order,
    /// Whether `s` was pressed under this filter: else a search's own ranking stays.
    pub sorted: bool,
    /// How placed facts are listed.
    pub placed_view: PlacedView,
    /// The marked facts, in the order of marking.
    pub marks: IndexSet<FactAt>,
    /// The facts in the brief, and where.
    pub placed: HashMap<FactAt, Vec<BlockPosition>>,
    /// What is listed, top to bottom.
    pub visible: Vec<FactAt>,
    /// How many of them are marked ones kept on top.
    pub kept: usize,
    /// Facts that came to the desk since the writer last read it.
    pub fresh: BTreeSet<FactRef>,
    /// The line under the cursor.
    pub cursor: usize,
    /// Whether the writer has put the cursor where it is; else it stays at the top.
    pub moved: bool,
    /// The first line shown.
    pub top: usize,
    /// All facts in order, kept while neither desk nor order changes.
    ordered: Vec<FactAt>,
    ordered_for: Option<(Order, usize)>,
}

impl FactsPane {
    /// The fact under the cursor.
    pub fn focused(&self) -> Option<FactAt> {
        self.visible.get(self.cursor).copied()
    }

    /// Whether the list stands in the order of how well facts match.
    pub fn keeps_ranking(&self) -> bool {
        self.found.is_some() && self.ranked && !self.sorted
    }

    /// The fact that the cursor stays on when the list is made anew.
    pub fn stay(&self) -> Option<FactAt> {
        self.focused().filter(|_| self.moved)
    }

    /// Takes the order of another desk in the place of what was worked out for the last one; that desk.
    pub fn take_order(&mut self, sorted: SortedDesk) -> Arc<Desk> {
        let SortedDesk { desk, newest } = sorted;
        self.ordered = newest;
        self.ordered_for = Some((Order::Newest, desk.fact_count()));
        desk
    }

    /// Lists again, with the cursor on `stay` if that is still listed, else where it was.
    pub fn rebuild(&mut self, desk: &Desk, stay: Option<FactAt>) {
        let mut visible = std::mem::take(&mut self.visible);
        visible.clear();
        visible.extend(&self.marks);
        let sorted;
        let listed = match &self.found {
            Some(found) if !self.keeps_ranking() => {
                let mut found = found.clone();
                sort(desk, self.order, &mut found);
                sorted = found;
                &sorted
            }
            Some(found) => found,
            None => {
                self.put_in_order(desk);
                &self.ordered
            }
        };
        let hides = self.placed_view == PlacedView::Hidden;
        if self.marks.is_empty() && !hides {
            // There may be a million, and a key waits for this.
            visible.extend_from_slice(listed);
        } else {
            let hidden = |at: &FactAt| hides && self.placed.contains_key(at);
            visible.extend(listed.iter().filter(|at| !self.marks.contains(*at) && !hidden(at)));
        }
        self.visible = visible;
        self.kept = self.marks.len();
        self.go_to(stay);
    }

    /// Lists again, with the cursor on the same fact and in the same row of the screen.
    pub fn rebuild_in_place(&mut self, desk: &Desk, stay: Option<FactAt>) {
        let row = self.cursor.saturating_sub(self.top);
        self.rebuild(desk, stay);
        if stay.is_some() {
            self.top = self.cursor.saturating_sub(row);
        }
    }

    /// Puts all facts in the order of the list.
    fn put_in_order(&mut self, desk: &Desk) {
        let key = (self.order, desk.fact_count());
        if self.ordered_for != Some(key) {
            self.ordered = desk.facts().collect();
            sort(desk, self.order, &mut self.ordered);
            self.ordered_for = Some(key);
        }
    }

    /// Puts the cursor on a fact if it is listed; keeps it inside the list otherwise.
    pub fn go_to(&mut self, fact: Option<FactAt>) {
        let found = fact.and_then(|fact| self.visible.iter().position(|at| *at == fact));
        self.cursor = found.unwrap_or(self.cursor).min(self.visible.len().saturating_sub(1));
    }

    /// What a command acts on: the marked facts, else the one under the cursor.
    pub fn chosen(&self) -> Vec<FactAt> {
        if self.marks.is_empty() { self.focused().into_iter().collect() } else { self.marks.iter().copied().collect() }
    }
}

/// Sorts handles; facts without a date come first, ties stay as in the files.
fn sort(desk: &Desk, order: Order, facts: &mut [FactAt]) {
    match order {
        Order::Newest => {
            // All facts at once, when a desk was read. One without a date comes first.
            facts.par_sort_by_cached_key(|at| {
                if at.fact == 0 {
                    turns::give_way(1);
                }
                (Reverse(when(desk, *at).wrapping_sub(1)), *at)
            });
        }
        Order::Oldest => {
            facts.sort_by_cached_key(|at| (when(desk, *at), *at));
        }
        Order::Priority => facts.sort_by_cached_key(|at| (priority(desk, *at), *at)),
        Order::Source => {
            let mut names = HashMap::new();
            facts.sort_by_cached_key(|at| (source(desk, *at, &mut names), *at));
        }
    }
}

/// A number that sorts as the date of a fact does; 0 without one.
fn when(desk: &Desk, at: FactAt) -> u128 {
    let Some(date) = desk.get(at).and_then(|(_, fact)| fact.when()) else { return 0 };
    let (first, second, last) = date.sort_key();
    // Days of years that a computer counts take 41 bits, the seconds of one 17.
    let number = |day: crate::model::date::Day| u128::try_from(day.days_since_epoch() + (1 << 40)).unwrap_or(0);
    (number(first) << 60) | (u128::from(second) << 42) | number(last)
}

fn priority(desk: &Desk, at: FactAt) -> u8 {
    match desk.get(at).and_then(|(_, fact)| fact.priority) {
        Some(Priority::Must) => 0,
        Some(Priority::Should) => 1,
        Some(Priority::Could) => 2,
        None => 3,
    }
}

/// The folded name of a fact's first source; each is made once.
fn source<'a>(desk: &'a Desk, at: FactAt, names: &mut HashMap<(u32, &'a str), Arc<str>>) -> Option<Arc<str>> {
    let (event, fact) = desk.get(at)?;
    let key = &*fact.sources.first()?.source;
    let name = || {
        let name = desk.source(event, key).map_or_else(|| key.to_owned(), crate::model::Source::short_name);
        crate::model::text::fold(&name).into()
    };
    Some(Arc::clone(names.entry((at.event, key)).or_insert_with(name)))
}

/// `3120` as `3,120`.
pub fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_have_commas() {
        let shown = [0, 212, 3_120, 1_234_567].map(super::thousands);
        assert_eq!(shown, ["0", "212", "3,120", "1,234,567"]);
    }
}
