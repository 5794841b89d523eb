//! Two texts that were both made from one: what each has changed goes into one text again, block by block.
//!
//! A key of the front matter, a heading, a paragraph, a list item is a unit. A unit that only one side has
//! changed, added, moved or taken out is as that side has it. Where both have changed one in different ways,
//! mine stays where it is and theirs follows under a mark that no note goes out with: see
//! [`MARK`] and the rule `merge-conflict`.

mod units;

use std::collections::HashMap;

use units::{Unit, join, pair, read};

/// What stands before a block of theirs that mine has in other words.
pub const MARK: &str = "<!-- attache: theirs -->";

/// The same in the front matter, before each line of theirs.
pub const FRONT_MARK: &str = "# theirs: ";

/// What came of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The text of both.
    pub text: String,
    /// How many units are as they have them, and not as they were.
    pub taken: usize,
    /// How many units both have changed: mine and theirs stand one behind the other, or what one side took
    /// out and the other changed is still there.
    pub conflicts: usize,
}

/// Merges mine and theirs, both made from `base`. No word of either is lost: what is gone was taken out by
/// one side and left as it was by the other. The line ends are mine.
pub fn merge(base: &str, mine: &str, theirs: &str) -> Merged {
    let whole = |text: &str, taken| Merged { text: text.to_owned(), taken, conflicts: 0 };
    if theirs == base || theirs == mine {
        return whole(mine, 0);
    }
    let (old, ours, other) = (read(base), read(mine), read(theirs));
    let (of_mine, of_theirs) = (pair(&old, &ours), pair(&old, &other));
    if mine == base {
        let changed = of_theirs.iter().zip(&other).filter(|(at, unit)| at.is_none_or(|at| !old[at].same(unit)));
        let gone = (0..old.len()).filter(|at| !of_theirs.contains(&Some(*at)));
        return whole(theirs, changed.count() + gone.count());
    }
    let mut merging = Merging::new((&old, &ours, &other), (&of_mine, &of_theirs));
    merging.take_out();
    merging.bring_in();
    merging.finish(mine)
}

/// A unit of the merged text: where it stands on each side.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    base: Option<usize>,
    mine: Option<usize>,
    theirs: Option<usize>,
}

struct Merging<'a> {
    base: &'a [Unit<'a>],
    mine: &'a [Unit<'a>],
    theirs: &'a [Unit<'a>],
    /// What each unit of theirs was in the text before.
    was: &'a [Option<usize>],
    /// The merged text, in its order.
    entries: Vec<Entry>,
    /// Units of the text before that only they have moved.
    moved: Vec<usize>,
    taken: usize,
    conflicts: usize,
}

impl<'a> Merging<'a> {
    fn new(
        (base, mine, theirs): (&'a [Unit<'a>], &'a [Unit<'a>], &'a [Unit<'a>]),
        (of_mine, of_theirs): (&'a [Option<usize>], &'a [Option<usize>]),
    ) -> Self {
        let there: HashMap<usize, usize> =
            of_theirs.iter().zip(0..).filter_map(|(base, theirs)| Some(((*base)?, theirs))).collect();
        let entry = |(base, mine): (&Option<usize>, usize)| {
            let theirs = base.and_then(|base| there.get(&base).copied());
            Entry { base: *base, mine: Some(mine), theirs }
        };
        let mut entries: Vec<Entry> = of_mine.iter().zip(0..).map(entry).collect();
        // What both have added in the same words is one.
        for (at, unit) in theirs.iter().enumerate().filter(|(at, _)| of_theirs[*at].is_none()) {
            let twin = entries.iter_mut().find(|entry| {
                entry.base.is_none() && entry.theirs.is_none() && entry.mine.is_some_and(|n| mine[n].is_twin(unit))
            });
            if let Some(twin) = twin {
                twin.theirs = Some(at);
            }
        }
        let by_me = moved(of_mine);
        let moved = moved(of_theirs).into_iter().filter(|at| !by_me.contains(at)).collect();
        Self { base, mine, theirs, was: of_theirs, entries, moved, taken: 0, conflicts: 0 }
    }

    /// Takes out what they have taken out and mine has not changed.
    fn take_out(&mut self) {
        let (base, mine) = (self.base, self.mine);
        let (mut taken, mut conflicts) = (0, 0);
        self.entries.retain(|entry| {
            let (Some(was), Some(is), None) = (entry.base, entry.mine, entry.theirs) else { return true };
            let changed = !base[was].same(&mine[is]);
            *(if changed { &mut conflicts } else { &mut taken }) += 1;
            changed
        });
        self.taken += taken;
        self.conflicts += conflicts;
    }

    /// Brings in what they have added, changed or moved, each behind what it stands behind with them.
    fn bring_in(&mut self) {
        let mut before: Option<usize> = None;
        for at in 0..self.theirs.len() {
            let place = self.entries.iter().position(|entry| entry.theirs == Some(at));
            let is_moved = self.was[at].is_some_and(|was| self.moved.contains(&was));
            before = match place {
                Some(place) if is_moved => {
                    let entry = self.entries.remove(place);
                    let before = before.map(|before| if place < before { before - 1 } else { before });
                    self.taken += 1;
                    Some(self.insert(before, entry))
                }
                Some(place) => Some(place),
                None => {
                    let unit = &self.theirs[at];
                    let entry = Entry { base: self.was[at], mine: None, theirs: Some(at) };
                    match self.was[at] {
                        // Mine has taken it out.
                        Some(was) if self.base[was].same(unit) => before,
                        Some(_) => {
                            self.conflicts += 1;
                            Some(self.insert(before, entry))
                        }
                        None => {
                            self.taken += 1;
                            Some(self.insert(before, entry))
                        }
                    }
                }
            };
        }
    }

    fn insert(&mut self, before: Option<usize>, entry: Entry) -> usize {
        let at = before.map_or(0, |before| before + 1);
        self.entries.insert(at, entry);
        at
    }

    fn finish(mut self, mine: &str) -> Merged {
        let mut pieces = Vec::new();
        for entry in &self.entries {
            let side = |units: &'a [Unit<'a>], at: Option<usize>| at.map(|at| &units[at]);
            let (is, other) = (side(self.mine, entry.mine), side(self.theirs, entry.theirs));
            let was = side(self.base, entry.base);
            match (is, other) {
                (Some(is), Some(other)) if is.same(other) || was.is_some_and(|was| was.same(other)) => {
                    pieces.push(is.piece());
                }
                (Some(is), Some(other)) if was.is_some_and(|was| was.same(is)) => {
                    self.taken += 1;
                    pieces.push(other.piece());
                }
                (Some(is), Some(other)) => {
                    self.conflicts += 1;
                    pieces.push(is.piece());
                    pieces.push(other.marked());
                }
                (Some(unit), None) | (None, Some(unit)) => pieces.push(unit.piece()),
                (None, None) => {}
            }
        }
        Merged { text: join(&pieces, mine), taken: self.taken, conflicts: self.conflicts }
    }
}

/// The units that stand in another order than before: all but the longest run that keeps its order.
fn moved(was: &[Option<usize>]) -> Vec<usize> {
    let order: Vec<usize> = was.iter().copied().flatten().collect();
    // The longest rising run that ends at each place, and where it comes from.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(order.len());
    for (at, unit) in order.iter().enumerate() {
        let from = (0..at).filter(|before| order[*before] < *unit).max_by_key(|before| (best[*before].0, *before));
        best.push((from.map_or(1, |from| best[from].0 + 1), from));
    }
    let mut keeps = vec![false; order.len()];
    let mut at = (0..order.len()).max_by_key(|at| best[*at].0);
    while let Some(here) = at {
        keeps[here] = true;
        at = best[here].1;
    }
    order.into_iter().zip(keeps).filter(|(_, keeps)| !keeps).map(|(unit, _)| unit).collect()
}

#[cfg(test)]
mod tests;
