//! Coverage: which facts in scope are not in the brief, so that leaving one out is a decision.

use std::collections::{HashMap, HashSet};

use super::groups::{Group, Groups};
use crate::model::{Desk, Event, Fact, FactAt, Priority};

/// By what the facts are grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// By their tags.
    #[default]
    Tag,
    /// By the names of their sources.
    Source,
    /// By how much the note needs them.
    Priority,
}

impl Grouping {
    /// All of them, in the order of the view's title.
    pub const ALL: [Self; 3] = [Self::Tag, Self::Source, Self::Priority];

    /// Its name.
    pub fn words(self) -> &'static str {
        match self {
            Self::Tag => "by tag",
            Self::Source => "by source",
            Self::Priority => "by priority",
        }
    }

    /// The one after this, or before it.
    pub fn next(self, forward: bool) -> Self {
        match (self, forward) {
            (Self::Tag, true) | (Self::Priority, false) => Self::Source,
            (Self::Source, true) | (Self::Tag, false) => Self::Priority,
            (Self::Priority, true) | (Self::Source, false) => Self::Tag,
        }
    }
}

/// Which facts are in scope.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those of the draft's own query.
    Draft(String),
    /// Those that the filter in force shows.
    Filter(String),
    /// All.
    #[default]
    All,
}

impl Scope {
    /// The query to search for; none for all facts.
    pub fn query(&self) -> Option<&str> {
        match self {
            Self::Draft(query) | Self::Filter(query) => Some(query),
            Self::All => None,
        }
    }

    /// What it is, for people.
    pub fn words(&self) -> String {
        match self {
            Self::Draft(query) => format!("of the brief's own query: {query}"),
            Self::Filter(query) => format!("of the filter: {query}"),
            Self::All => "of the whole desk".to_owned(),
        }
    }
}

/// The view.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Which facts are in scope.
    pub scope: Scope,
    /// The search that will tell them, while it is under way.
    pub awaited: Option<u64>,
    /// Why they cannot be told.
    pub error: Option<String>,
    /// The facts in scope, most important first.
    pub facts: Vec<FactAt>,
    /// How many of them are in the brief.
    pub used: usize,
    /// How many that the note must have are not.
    pub must: usize,
    /// By what they are grouped.
    pub grouping: Grouping,
    /// The groups, with the unused facts beneath them.
    pub groups: Groups,
    /// The revision of the draft that the groups were made for.
    pub made_for: Option<u64>,
}

impl Coverage {
    /// Takes the facts in scope.
    pub fn take(&mut self, desk: &Desk, mut facts: Vec<FactAt>) {
        facts.sort_by_cached_key(|at| {
            let fact = desk.get(*at).map(|(_, fact)| fact);
            let date = fact.and_then(Fact::when).map(|date| std::cmp::Reverse(date.sort_key()));
            (rank(fact), date, *at)
        });
        self.facts = facts;
        self.awaited = None;
        self.error = None;
        self.made_for = None;
    }

    /// Groups the facts anew; the cursor stays where it was as far as can be.
    pub fn regroup(&mut self, desk: &Desk, is_used: impl Fn(FactAt) -> bool) {
        let used = self.facts.iter().filter(|at| is_used(**at)).count();
        let missing = |at: &&FactAt| rank(desk.get(**at).map(|(_, fact)| fact)) == 0 && !is_used(**at);
        self.must = self.facts.iter().filter(missing).count();
        self.used = used;
        self.groups.replace(grouped(desk, &self.facts, self.grouping, is_used));
    }
}

/// 0 for what the note must have, 3 for what has no priority.
fn rank(fact: Option<&Fact>) -> usize {
    match fact.and_then(|fact| fact.priority) {
        Some(Priority::Must) => 0,
        Some(Priority::Should) => 1,
        Some(Priority::Could) => 2,
        None => 3,
    }
}

/// What a group is known by while facts are counted.
type Key<'a> = std::borrow::Cow<'a, str>;

/// The groups of facts that come most important first. Groups that lack what the note must have come
/// first, those that lack nothing last.
pub fn grouped(desk: &Desk, facts: &[FactAt], by: Grouping, is_used: impl Fn(FactAt) -> bool) -> Vec<Group> {
    let mut places: HashMap<Key<'_>, usize> = HashMap::new();
    let mut groups: Vec<(Group, [usize; 4])> = Vec::new();
    let mut names = Names::default();
    let mut mine = HashSet::new();
    for at in facts {
        let Some((event, fact)) = desk.get(*at) else { continue };
        let used = is_used(*at);
        mine.clear();
        for key in names.of(desk, by, event, fact) {
            // A tag written twice, or two sources of one name, count a fact once.
            if !mine.insert(key.clone()) {
                continue;
            }
            let n = *places.entry(key).or_insert_with_key(|key| {
                groups.push((Group { name: (&**key).into(), ..Group::default() }, [0; 4]));
                groups.len() - 1
            });
            let Some((group, missing)) = groups.get_mut(n) else { continue };
            group.all += 1;
            if used {
                group.used += 1;
            } else {
                group.facts.push(*at);
                missing[rank(Some(fact))] += 1;
            }
        }
    }
    if by == Grouping::Priority {
        let order = |name: &str| Priority::WORDS.iter().position(|word| *word == name).unwrap_or(usize::MAX);
        groups.sort_by_key(|(group, _)| order(&group.name));
    } else {
        let most = |missing: &[usize; 4]| {
            let first = missing.iter().position(|n| *n > 0).unwrap_or(missing.len());
            (first, std::cmp::Reverse(missing.get(first).copied()))
        };
        groups.sort_by(|(a, ma), (b, mb)| {
            let key = |group: &Group, missing| (most(missing), std::cmp::Reverse(group.facts.len()));
            key(a, ma).cmp(&key(b, mb)).then_with(|| a.name.cmp(&b.name))
        });
    }
    groups.into_iter().map(|(group, missing)| Group { must: missing[0], ..group }).collect()
}

/// The names of sources, each made once.
#[derive(Default)]
struct Names<'a>(HashMap<(&'a str, &'a str), String>);

impl<'a> Names<'a> {
    /// The groups of a fact. A fact without tags of its own has its event's.
    fn of(&mut self, desk: &'a Desk, by: Grouping, event: &'a Event, fact: &'a Fact) -> Vec<Key<'a>> {
        let keys: Vec<Key<'a>> = match by {
            Grouping::Tag => {
                let tags = if fact.tags.is_empty() { &*event.tags } else { &*fact.tags };
                tags.iter().map(|tag| Key::Borrowed(&**tag)).collect()
            }
            Grouping::Source => fact.sources.iter().map(|used| self.source(desk, event, &used.source).into()).collect(),
            Grouping::Priority => fact.priority.iter().map(|priority| priority.as_str().into()).collect(),
        };
        if !keys.is_empty() {
            return keys;
        }
        vec![Key::Borrowed(match by {
            Grouping::Tag => "(no tag)",
            Grouping::Source => "(no source)",
            Grouping::Priority => "(no priority)",
        })]
    }

    fn source(&mut self, desk: &'a Desk, event: &'a Event, key: &'a str) -> String {
        let name = || desk.source(event, key).map_or_else(|| key.to_owned(), crate::model::Source::short_name);
        self.0.entry((&event.id, key)).or_insert_with(name).clone()
    }
}

#[cfg(test)]
#[path = "coverage_tests.rs"]
mod tests;
