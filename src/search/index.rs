//! The index: folded text of every fact in large pieces, and how it is searched and ranked.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::SearchContext;
use super::filter::EventFilters;
use super::fuzzy::{self, Vocabulary};
use super::plan::{Form, Plan};
use super::query::Query;
use super::text::{bare_numbers, joined_words, searchable};
use crate::model::text::one_line;
use crate::model::{Desk, Event, Fact, FactAt};
use crate::turns;

/// About how many facts one piece holds: enough to be worth a task, few enough to share the work.
const SHARD: usize = 1024;
/// How many pieces are looked through before the first rows are told.
const FIRST: usize = 64;
/// From how many pieces on the first rows are worth telling: less is done before they could be drawn.
const LONG: usize = 3 * FIRST;
/// How many first rows are told.
const ROWS: usize = 256;
/// From how many facts on a whole search is no dearer than a narrowing one.
const MANY: usize = 20_000;

/// The facts of one desk, ready to be searched.
///
/// Building one folds all text, in parallel; on the order of a twentieth of a second for 100,000 facts.
/// It belongs off the input thread. It holds the desk, so that its answers fit it.
#[derive(Debug)]
pub struct Index {
    desk: Arc<Desk>,
    shards: Vec<Shard>,
    /// The pieces of a long desk, those with the newest facts first.
    newest: Vec<usize>,
    /// Made when a word is first taken as mistyped.
    vocabulary: OnceLock<Vocabulary>,
}

/// What a search asks and tells while it runs.
pub struct Progress<'a> {
    /// Asked between pieces of the desk: whether nobody waits for the answer any more.
    pub over: &'a (dyn Fn() -> bool + Sync),
    /// On a long desk, told once: the best of the facts found so far, while there is much to look at still.
    pub first: &'a mut dyn FnMut(Vec<FactAt>),
}

/// The text of neighbouring events: of each the event's own words, then those of each of its facts.
#[derive(Debug)]
struct Shard {
    text: String,
    first_event: usize,
    events: Vec<EventText>,
    facts: Vec<FactText>,
}

#[derive(Debug)]
struct EventText {
    words: Range<usize>,
    first_fact: usize,
}

/// A fact's text: first what it says, then who, where and whence.
#[derive(Debug)]
struct FactText {
    start: u32,
    says_to: u32,
    end: u32,
    /// The newer, the greater; 0 without a date.
    recent: u32,
}

/// A fact found, and its place in the answer: smaller the better it fits, then the newer it is, then the earlier
/// the first word stands.
type Found = (u64, FactAt);

impl Index {
    /// Reads every fact of the desk.
    pub fn new(desk: Arc<Desk>) -> Self {
        let mut ranges = Vec::new();
        let (mut start, mut facts) = (0, 0);
        for (i, event) in desk.events().iter().enumerate() {
            facts += event.facts.len();
            if facts >= SHARD {
                ranges.push(start..i + 1);
                (start, facts) = (i + 1, 0);
            }
        }
        ranges.push(start..desk.events().len());
        let shards: Vec<Shard> = ranges.into_par_iter().map(|range| Shard::new(&desk, range)).collect();
        let mut newest: Vec<usize> = (0..shards.len()).collect();
        newest.sort_by_cached_key(|i| {
            let facts = shards.get(*i).into_iter().flat_map(|shard| &shard.facts);
            std::cmp::Reverse(facts.map(|fact| fact.recent).max())
        });
        Self { desk, shards, newest, vocabulary: OnceLock::new() }
    }

    /// Gathers the words of the desk, so that the first mistyped word need not wait for it: twice as long as [`Index::new`].
    pub fn learn_words(&self) {
        // On one core: a search that comes meanwhile needs the others.
        self.vocabulary.get_or_init(|| self.words(usize::MAX));
    }

    fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| self.words(1))
    }

    /// The words of all pieces, so many of which make one task at least.
    fn words(&self, pieces: usize) -> Vocabulary {
        let mut words: Vec<&str> = self
            .shards
            .par_iter()
            .with_min_len(pieces)
            .map(|shard| {
                turns::give_way(1_000);
                fuzzy::words(&shard.text).collect::<HashSet<_>>()
            })
            .reduce(HashSet::new, |a, b| {
                let (mut large, small) = if a.len() < b.len() { (b, a) } else { (a, b) };
                large.extend(small);
                large
            })
            .into_iter()
            .collect();
        words.par_sort_unstable();
        Vocabulary::new(words.into_iter())
    }

    /// The desk whose facts these are.
    pub fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    /// The facts asked for, the best first; in file order when there is nothing to rank by.
    ///
    /// Every free word must occur in the fact: in its text or words, or else in its speaker, actors,
    /// tags, places, id, sources or event. What the fact says counts more than what is about it,
    /// whole words more than beginnings and these more than parts; neighbours in the order typed and
    /// words close to each other count besides, and most of all a word that is the fact's id or
    /// `event#id`. Among equals the newer fact comes first and one without any date last, then an
    /// early place, then the order of the files. `cease-fire` finds `ceasefire` and the other way
    /// round, and `1,200` finds `1200`. A negated word excludes facts with a word that begins so.
    /// Only when no fact has all words are those that occur in no fact that passes the filters taken
    /// as mistyped and replaced by near words of the desk.
    pub fn search(&self, query: &Query, context: &SearchContext<'_>) -> Vec<FactAt> {
        let mut progress = Progress { over: &|| false, first: &mut |_| () };
        self.search_watched(query, context, &mut progress).unwrap_or_default()
    }

    /// As [`Index::search`], with somebody watching; `None` if the search was over before its end.
    pub fn search_watched(
        &self,
        query: &Query,
        context: &SearchContext<'_>,
        progress: &mut Progress<'_>,
    ) -> Option<Vec<FactAt>> {
        let plan = self.plan(query, context);
        let found = self.scan_all(&plan, progress)?;
        if found.is_empty() && !plan.words.is_empty() {
            return self.search_near(plan, progress);
        }
        Some(ranked(found, plan.is_ranked()))
    }

    /// As [`Index::search`], for a query that [extends](Query::extends) another of which `among` is
    /// the answer, with the same context.
    pub fn narrow(&self, among: &[FactAt], query: &Query, context: &SearchContext<'_>) -> Vec<FactAt> {
        if among.len() > MANY {
            return self.search(query, context);
        }
        let mut among = among.to_vec();
        among.sort_unstable();
        let plan = self.plan(query, context);
        let mut found = Vec::new();
        for facts in among.chunk_by(|a, b| a.event == b.event) {
            let Some(event) = facts.first().map(|at| at.event) else { continue };
            if let Some(shard) = self.shard_of(event) {
                shard.scan(&plan, &self.desk, event, Some(facts), &mut found);
            }
        }
        if found.is_empty() && !plan.words.is_empty() {
            // What is left may be near words, and they are not among the literal ones.
            return self.search(query, context);
        }
        ranked(found, plan.is_ranked())
    }

    fn plan<'q>(&self, query: &'q Query, context: &SearchContext<'_>) -> Plan<'q> {
        let placed = context.placed.iter().filter_map(|address| self.desk.find(address)).collect();
        Plan::new(query, &self.desk, placed)
    }

    fn shard_of(&self, event: u32) -> Option<&Shard> {
        let after = self.shards.partition_point(|s| s.first_event <= event as usize);
        self.shards.get(after.checked_sub(1)?)
    }

    /// Looks through all pieces, the newest first; what is found is in the order of the files.
    fn scan_all(&self, plan: &Plan<'_>, progress: &mut Progress<'_>) -> Option<Vec<Found>> {
        let over = progress.over;
        let scan = |i: &usize| {
            turns::give_way(100);
            let mut found = Vec::new();
            if let Some(shard) = self.shards.get(*i).filter(|_| !over()) {
                shard.scan_whole(plan, &self.desk, &mut found);
            }
            (*i, found)
        };
        let mut parts: Vec<(usize, Vec<Found>)> = Vec::with_capacity(self.newest.len());
        let mut rest = self.newest.as_slice();
        while rest.len() >= FIRST && self.newest.len() >= LONG && parts.iter().all(|(_, found)| found.is_empty()) {
            let (some, others) = rest.split_at(FIRST);
            parts.par_extend(some.par_iter().map(scan));
            rest = others;
            if over() {
                return None;
            }
            let first: Vec<Found> = parts.iter().flat_map(|(_, found)| found).copied().collect();
            if !first.is_empty() && rest.len() >= FIRST {
                (progress.first)(best(first));
            }
        }
        parts.par_extend(rest.par_iter().map(scan));
        parts.sort_unstable_by_key(|(i, _)| *i);
        (!over()).then(|| parts.into_iter().map(|(_, found)| found).collect::<Vec<_>>().concat())
    }

    /// Takes the words that stand nowhere as mistyped.
    fn search_near(&self, mut plan: Plan<'_>, progress: &mut Progress<'_>) -> Option<Vec<FactAt>> {
        let over = progress.over;
        let words = std::mem::take(&mut plan.words);
        let mut changed = false;
        let mut meant = Vec::with_capacity(words.len());
        for word in words {
            plan.words = vec![word];
            let occurs = self.shards.par_iter().any(|shard| {
                let mut found = Vec::new();
                over()
                    || (0..shard.events.len()).any(|i| {
                        if let Ok(event) = u32::try_from(shard.first_event + i) {
                            shard.scan(&plan, &self.desk, event, None, &mut found);
                        }
                        !found.is_empty()
                    })
            });
            if over() {
                return None;
            }
            for mut word in std::mem::take(&mut plan.words) {
                if !occurs {
                    word.forms = self.vocabulary().guesses(&word.typed).into_iter().map(Form::guess).collect();
                    changed = true;
                }
                meant.push(word);
            }
        }
        plan.words = meant;
        plan.neighbours.clear();
        if !changed || plan.words.iter().any(|w| w.forms.is_empty()) {
            return Some(Vec::new());
        }
        Some(ranked(self.scan_all(&plan, progress)?, true))
    }
}

/// The best few, in order.
fn best(mut found: Vec<Found>) -> Vec<FactAt> {
    if found.len() > ROWS {
        found.select_nth_unstable(ROWS);
        found.truncate(ROWS);
    }
    ranked(found, true)
}

fn ranked(mut found: Vec<Found>, by_score: bool) -> Vec<FactAt> {
    if by_score {
        found.par_sort_unstable();
    }
    found.into_iter().map(|(_, at)| at).collect()
}

/// Whether only single spaces stand between the words of an ASCII text, as in most.
fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Without an early end, so that many bytes are looked at together.
    let controls = bytes.iter().fold(false, |found, b| found | (*b < b' '));
    !controls && !text.starts_with(' ') && !text.ends_with(' ') && memchr::memmem::find(bytes, b"  ").is_none()
}

impl Shard {
    fn new(desk: &Desk, range: Range<usize>) -> Self {
        let mut shard = Self { text: String::new(), first_event: range.start, events: Vec::new(), facts: Vec::new() };
        for event in desk.events().get(range).unwrap_or_default() {
            turns::give_way(u32::try_from(event.facts.len()).unwrap_or(u32::MAX).saturating_mul(5));
            let start = shard.text.len();
            shard.push(&event.title);
            shard.push(&event.id);
            event.tags.iter().for_each(|tag| shard.push(tag));
            event.places.iter().for_each(|place| shard.push(&place.name));
            shard.events.push(EventText { words: start..shard.text.len(), first_fact: shard.facts.len() });
            let mut named = Vec::new();
            for fact in &event.facts {
                shard.push_fact(desk, event, fact, &mut named);
            }
        }
        shard.text.shrink_to_fit();
        shard
    }

    /// Adds a folded line, so that no hit crosses from one part into the next.
    fn push(&mut self, part: &str) {
        if part.is_ascii() {
            let start = self.text.len();
            let part = bare_numbers(part);
            if is_one_line(&part) {
                self.text.push_str(&part);
            } else {
                for word in part.split_ascii_whitespace() {
                    if self.text.len() > start {
                        self.text.push(' ');
                    }
                    self.text.push_str(word);
                }
            }
            if let Some(added) = self.text.get_mut(start..) {
                added.make_ascii_lowercase();
            }
        } else {
            self.text.push_str(&one_line(&searchable(part)));
        }
        self.text.push('\n');
    }

    /// Adds a fact, and to `named` where the names of sources stand that no fact of the event had before.
    fn push_fact<'a>(&mut self, desk: &Desk, event: &Event, fact: &'a Fact, named: &mut Vec<(&'a str, Range<usize>)>) {
        let start = self.text.len();
        self.push(&fact.text);
        if let Some(quote) = &fact.quote {
            self.push(&quote.words);
        }
        let joined: Vec<String> = joined_words(self.text.get(start..).unwrap_or_default()).collect();
        for word in joined {
            self.text.push_str(&word);
            self.text.push('\n');
        }
        let says_to = self.text.len();
        self.push(&fact.id);
        for key in fact.speaker.iter().chain(&fact.actors) {
            match event.actors.get(key) {
                Some(actor) => {
                    self.push(&actor.name);
                    actor.aliases.iter().for_each(|alias| self.push(alias));
                }
                None => self.push(key),
            }
        }
        fact.tags.iter().for_each(|tag| self.push(tag));
        fact.places.iter().for_each(|place| self.push(&place.name));
        for used in &fact.sources {
            if let Some((_, name)) = named.iter().find(|(key, _)| *key == &*used.source) {
                self.text.extend_from_within(name.clone());
                continue;
            }
            let start = self.text.len();
            match desk.source(event, &used.source) {
                Some(source) => self.push(&source.short_name()),
                None => self.push(&used.source),
            }
            named.push((&used.source, start..self.text.len()));
        }
        let at = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.facts.push(FactText {
            start: at(start),
            says_to: at(says_to),
            end: at(self.text.len()),
            recent: recent(event, fact),
        });
    }

    /// Adds the facts that fit. What stands nowhere in a piece or an event is not sought in each fact.
    fn scan_whole(&self, plan: &Plan<'_>, desk: &Desk, found: &mut Vec<Found>) {
        if !plan.may_fit(&self.text) {
            return;
        }
        for (i, event) in self.events.iter().enumerate() {
            let end = self.events.get(i + 1).map_or(self.text.len(), |next| next.words.start);
            let text = self.text.get(event.words.start..end).unwrap_or_default();
            if plan.may_fit(text)
                && let Ok(event) = u32::try_from(self.first_event + i)
            {
                self.scan(plan, desk, event, None, found);
            }
        }
    }

    /// Adds the facts of one event that fit: of all, or of those given.
    fn scan(&self, plan: &Plan<'_>, desk: &Desk, event: u32, among: Option<&[FactAt]>, found: &mut Vec<Found>) {
        let Some(model) = desk.events().get(event as usize) else { return };
        let Some(texts) = self.events.get((event as usize).wrapping_sub(self.first_event)) else { return };
        let Some(filters) = plan.filters.for_event(desk, model) else { return };
        let about_event = self.text.get(texts.words.clone()).unwrap_or_default();
        let mut one = |fact: u32| {
            let at = FactAt { event, fact };
            if let Some(score) = self.fits(plan, &filters, model, texts, about_event, at) {
                found.push((score, at));
            }
        };
        match among {
            Some(facts) => facts.iter().for_each(|at| one(at.fact)),
            None => (0_u32..).take(model.facts.len()).for_each(&mut one),
        }
    }

    fn fits(
        &self,
        plan: &Plan<'_>,
        filters: &EventFilters<'_>,
        model: &Event,
        texts: &EventText,
        about_event: &str,
        at: FactAt,
    ) -> Option<u64> {
        let fact = model.facts.get(at.fact as usize)?;
        if !filters.pass(at, fact) {
            return None;
        }
        let part = self.facts.get(texts.first_fact + at.fact as usize)?;
        if !plan.has_text() {
            return Some(place(0, part.recent, usize::MAX));
        }
        let text = |from: u32, to: u32| self.text.get(from as usize..to as usize).unwrap_or_default();
        let (score, first) = plan.score(text(part.start, part.says_to), text(part.says_to, part.end), about_event)?;
        Some(place(score, part.recent, first))
    }
}

/// A fact's place in an answer as one number, so that a million are quickly sorted.
fn place(score: u32, recent: u32, first: usize) -> u64 {
    let worse = u16::MAX - u16::try_from(score).unwrap_or(u16::MAX);
    let late = u16::try_from(first).unwrap_or(u16::MAX);
    u64::from(worse) << 48 | u64::from(u32::MAX - recent) << 16 | u64::from(late)
}

/// How new a fact is, by the first day it has: its own date or the day it was said, else the event's date.
fn recent(event: &Event, fact: &Fact) -> u32 {
    let Some(date) = fact.when().or(event.date.as_ref()) else { return 0 };
    let days = date.sort_key().0.days_since_epoch();
    u32::try_from(days.saturating_add(1 << 31).clamp(1, i64::from(u32::MAX))).unwrap_or(u32::MAX)
}
