//! Facts in groups, as coverage and the timeline list them: the group under the cursor is unfolded, and
//! the cursor goes through all groups and the facts beneath them.

use std::ops::Range;

use crate::model::FactAt;

/// A group with the facts that are listed beneath it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Its name, by which it is found again when the groups are made anew.
    pub name: Box<str>,
    /// How many of its facts are in the brief.
    pub used: usize,
    /// How many facts it has.
    pub all: usize,
    /// How many facts that the note must have are left out.
    pub must: usize,
    /// The facts beneath it.
    pub facts: Vec<FactAt>,
    /// Rows without a fact that are folded before it.
    pub gap: usize,
    /// Whether a fact stands here for want of an exact date.
    pub vague: bool,
    /// The term of a query that finds its facts.
    pub term: Option<Box<str>>,
}

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The folded rows before a group.
    Gap(usize),
    /// A group.
    Group(usize),
    /// A fact of the unfolded group.
    Fact(usize, usize),
}

/// The groups, and where the cursor is.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    /// The groups, top to bottom.
    pub list: Vec<Group>,
    /// The group under the cursor, which is unfolded.
    pub open: usize,
    /// The fact beneath it under the cursor; none on the group itself.
    pub fact: Option<usize>,
    /// The first line shown.
    pub top: usize,
}

impl Groups {
    /// The unfolded group.
    pub fn here(&self) -> Option<&Group> {
        self.list.get(self.open)
    }

    /// The fact under the cursor.
    pub fn focused(&self) -> Option<FactAt> {
        self.here()?.facts.get(self.fact?).copied()
    }

    /// The number of facts in the fullest group, for the length of bars.
    pub fn fullest(&self) -> usize {
        self.list.iter().map(|group| group.all).max().unwrap_or(0)
    }

    /// Moves by so many groups and facts.
    pub fn step(&mut self, by: isize) {
        for _ in 0..by.unsigned_abs() {
            let before = (self.open, self.fact);
            if by < 0 {
                self.up();
            } else {
                self.down();
            }
            if (self.open, self.fact) == before {
                return;
            }
        }
    }

    fn down(&mut self) {
        let next = self.fact.map_or(0, |n| n + 1);
        if self.here().is_some_and(|group| next < group.facts.len()) {
            self.fact = Some(next);
        } else if self.open + 1 < self.list.len() {
            (self.open, self.fact) = (self.open + 1, None);
        }
    }

    fn up(&mut self) {
        match self.fact {
            Some(n) => self.fact = n.checked_sub(1),
            None if self.open > 0 => {
                self.open -= 1;
                self.fact = self.here().and_then(|group| group.facts.len().checked_sub(1));
            }
            None => {}
        }
    }

    /// Goes to the first group, or to the last fact.
    pub fn end(&mut self, last: bool) {
        (self.open, self.fact) = (0, None);
        if last {
            self.open = self.list.len().saturating_sub(1);
            self.fact = self.here().and_then(|group| group.facts.len().checked_sub(1));
        }
    }

    /// Goes to a line of the list.
    pub fn go_to(&mut self, line: Line) {
        match line {
            Line::Gap(_) => {}
            Line::Group(group) => (self.open, self.fact) = (group, None),
            Line::Fact(group, fact) => (self.open, self.fact) = (group, Some(fact)),
        }
    }

    /// The lines from `from` on.
    pub fn lines(&self, from: usize) -> impl Iterator<Item = Line> + '_ {
        let of = move |(n, group): (usize, &Group)| {
            let gap = (group.gap > 0).then_some(Line::Gap(n));
            let facts: Range<usize> = 0..if n == self.open { group.facts.len() } else { 0 };
            gap.into_iter().chain([Line::Group(n)]).chain(facts.map(move |fact| Line::Fact(n, fact)))
        };
        self.list.iter().enumerate().flat_map(of).skip(from)
    }

    /// The line of the cursor, and how many lines there are.
    fn extent(&self) -> (usize, usize) {
        let gaps = |groups: &[Group]| groups.iter().filter(|group| group.gap > 0).count();
        let above = self.list.get(..=self.open).map_or(0, gaps);
        let facts = self.here().map_or(0, |group| group.facts.len());
        (self.open + above + self.fact.map_or(0, |n| n + 1), self.list.len() + gaps(&self.list) + facts)
    }

    /// Scrolls so that the cursor is seen among so many lines.
    pub fn scroll(&mut self, height: usize) {
        let height = height.max(1);
        let (line, count) = self.extent();
        self.top = self.top.min(count.saturating_sub(height)).min(line).max((line + 1).saturating_sub(height));
    }

    /// Takes other groups in; the cursor stays on its fact, else in its group, as near as can be.
    pub fn replace(&mut self, list: Vec<Group>) {
        let name = self.here().map(|group| group.name.clone());
        let fact = self.focused();
        self.list = list;
        let found = name.and_then(|name| self.list.iter().position(|group| group.name == name));
        self.open = found.unwrap_or(self.open).min(self.list.len().saturating_sub(1));
        if found.is_none() {
            self.fact = None;
        }
        if let (Some(n), Some(group)) = (self.fact, self.list.get(self.open)) {
            let same = group.facts.iter().position(|at| Some(*at) == fact);
            self.fact = same.or_else(|| group.facts.len().checked_sub(1).map(|last| n.min(last)));
        }
    }
}

/// A bar of `length` cells for a whole: those filled and those open. Some of both show that it is neither
/// all nor nothing, if there is room.
pub fn bar(used: usize, all: usize, length: usize) -> (usize, usize) {
    let share = (used * length + all / 2).checked_div(all).unwrap_or(0);
    let least = usize::from(used > 0 && length > 1);
    let most = length.saturating_sub(usize::from(used < all));
    let filled = share.min(most).max(least.min(length));
    (filled, length - filled)
}

/// The length of the bar of `all` where the bar of the fullest has `room`.
pub fn bar_length(all: usize, fullest: usize, room: usize) -> usize {
    (all * room).div_ceil(fullest.max(1)).min(room)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(fact: u32) -> FactAt {
        FactAt { event: 0, fact }
    }

    fn group(name: &str, facts: &[u32], gap: usize) -> Group {
        Group { name: name.into(), facts: facts.iter().copied().map(at).collect(), gap, ..Group::default() }
    }

    fn groups() -> Groups {
        Groups { list: vec![group("a", &[1, 2], 0), group("b", &[], 0), group("c", &[3], 4)], ..Groups::default() }
    }

    #[test]
    fn the_cursor_goes_through_all_and_back_the_same_way() {
        let mut groups = groups();
        let mut way = vec![(groups.open, groups.fact)];
        for _ in 0..6 {
            groups.step(1);
            way.push((groups.open, groups.fact));
        }
        let (a, b, c) = (0, 1, 2);
        assert_eq!(way, [(a, None), (a, Some(0)), (a, Some(1)), (b, None), (c, None), (c, Some(0)), (c, Some(0))]);
        for expected in way.iter().rev().skip(2) {
            groups.step(-1);
            assert_eq!((groups.open, groups.fact), *expected);
        }
        groups.step(isize::MAX);
        assert_eq!(groups.focused(), Some(at(3)));
        groups.end(false);
        assert_eq!((groups.open, groups.focused()), (0, None));
        groups.end(true);
        assert_eq!(groups.focused(), Some(at(3)));
        let mut none = Groups::default();
        none.step(3);
        none.end(true);
        none.scroll(5);
        assert_eq!((none.focused(), none.lines(0).count()), (None, 0));
    }

    #[test]
    fn lines_unfold_the_group_of_the_cursor_and_scrolling_keeps_it_in_sight() {
        let mut groups = groups();
        let all: Vec<Line> = groups.lines(0).collect();
        assert_eq!(
            all,
            [Line::Group(0), Line::Fact(0, 0), Line::Fact(0, 1), Line::Group(1), Line::Gap(2), Line::Group(2)]
        );
        assert_eq!(groups.lines(3).next(), Some(Line::Group(1)));
        groups.end(true);
        groups.scroll(2);
        assert_eq!(groups.lines(groups.top).collect::<Vec<_>>(), [Line::Group(2), Line::Fact(2, 0)]);
        groups.go_to(Line::Group(0));
        groups.scroll(2);
        assert_eq!(groups.top, 0);
        groups.go_to(Line::Gap(2));
        assert_eq!(groups.open, 0);
    }

    #[test]
    fn other_groups_leave_the_cursor_on_its_fact_else_near_it() {
        let mut groups = groups();
        groups.step(2);
        groups.replace(vec![group("new", &[], 0), group("a", &[2], 0)]);
        assert_eq!((groups.open, groups.focused()), (1, Some(at(2))));
        groups.replace(vec![group("a", &[7, 8], 0)]);
        assert_eq!(groups.focused(), Some(at(7)));
        groups.replace(vec![group("a", &[], 0)]);
        assert_eq!(groups.fact, None);
        groups.replace(Vec::new());
        assert_eq!((groups.open, groups.focused()), (0, None));
    }

    #[test]
    fn bars_tell_all_from_nearly_all_and_none_from_nearly_none() {
        assert_eq!(bar(0, 10, 10), (0, 10));
        assert_eq!(bar(10, 10, 10), (10, 0));
        assert_eq!(bar(1, 1_000, 10), (1, 9));
        assert_eq!(bar(999, 1_000, 10), (9, 1));
        assert_eq!(bar(1, 2, 1), (0, 1));
        assert_eq!(bar(5, 10, 0), (0, 0));
        assert_eq!(bar(0, 0, 4), (0, 4));
        assert_eq!([(1, 100), (50, 100), (100, 100), (0, 0)].map(|(n, most)| bar_length(n, most, 20)), [1, 10, 20, 0]);
    }
}
