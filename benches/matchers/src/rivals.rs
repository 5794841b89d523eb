//! The matchers. Each gets every fact as one line: what it says, who says it, its tags, places, sources and event.

use std::collections::BTreeMap;
use std::sync::Arc;

use attache::model::text::{fold, one_line};
use attache::model::{Desk, FactAt};
use attache::search::{Index, Query, SearchContext};
use fuzzy_matcher::FuzzyMatcher as _;
use rayon::prelude::*;

/// The facts of a desk as all matchers get them.
pub(crate) struct Facts {
    pub(crate) desk: Arc<Desk>,
    pub(crate) lines: Vec<String>,
    pub(crate) ids: Vec<String>,
}

impl Facts {
    pub(crate) fn of(desk: Arc<Desk>) -> Self {
        let (mut lines, mut ids) = (Vec::new(), Vec::new());
        for (event, fact) in desk.facts().filter_map(|at| desk.get(at)) {
            let mut parts: Vec<String> = vec![fact.text.to_string()];
            parts.extend(fact.quote.iter().map(|quote| quote.words.to_string()));
            parts.push(fact.id.to_string());
            for key in fact.speaker.iter().chain(&fact.actors) {
                if let Some(actor) = event.actors.get(key) {
                    parts.push(actor.name.to_string());
                    parts.extend(actor.aliases.iter().map(ToString::to_string));
                }
            }
            parts.extend(fact.tags.iter().chain(&event.tags).map(ToString::to_string));
            parts.extend(fact.places.iter().chain(&event.places).map(|place| place.name.to_string()));
            parts.extend(fact.sources.iter().filter_map(|s| Some(desk.source(event, &s.source)?.short_name())));
            parts.push(event.title.to_string());
            lines.push(one_line(&parts.join(" ")));
            ids.push(fact.id.to_string());
        }
        Self { desk, lines, ids }
    }
}

/// A matcher.
pub(crate) trait Rival: Send {
    fn name(&self) -> &'static str;
    /// Whether it is left out on the largest desk.
    fn is_slow(&self) -> bool {
        false
    }
    /// The next query extends nothing.
    fn forget(&mut self) {}
    /// Finds, starting from what was found last if the query extends that one; how many. None if it cannot be asked.
    fn find(&mut self, query: &str) -> Option<usize>;
    /// What was found last, the best first.
    fn found(&self) -> Vec<u32>;
}

type Maker = fn(&Arc<Facts>, usize) -> Box<dyn Rival>;

/// All of them, ours first.
pub(crate) const MAKERS: &[Maker] = &[
    |facts, _| Box::new(Ours::new(facts)),
    |facts, _| Box::new(Plain::new(facts)),
    |facts, _| Box::new(WordIndex::new(facts)),
    |facts, cores| Box::new(Frizbee { facts: Arc::clone(facts), cores, typos: 0, found: Vec::new() }),
    |facts, cores| Box::new(Frizbee { facts: Arc::clone(facts), cores, typos: 1, found: Vec::new() }),
    |facts, _| Box::new(NucleoMatcher::new(facts)),
    |facts, cores| Box::new(Nucleo::new(facts, cores)),
    |facts, _| Box::new(Skim { facts: Arc::clone(facts), matcher: Default::default(), found: Vec::new() }),
];

/// Whether a query has what only ours reads.
fn has_filter(query: &str) -> bool {
    query.contains("tag:")
}

/// Ours.
struct Ours {
    index: Index,
    starts: Vec<u32>,
    last: Option<Query>,
    found: Vec<FactAt>,
}

impl Ours {
    fn new(facts: &Facts) -> Self {
        let mut starts = Vec::new();
        let mut start = 0;
        for event in facts.desk.events() {
            starts.push(start);
            start += event.facts.len() as u32;
        }
        Self { index: Index::new(Arc::clone(&facts.desk)), starts, last: None, found: Vec::new() }
    }
}

impl Rival for Ours {
    fn name(&self) -> &'static str {
        "ours"
    }
    fn forget(&mut self) {
        self.last = None;
    }
    fn find(&mut self, query: &str) -> Option<usize> {
        let query = Query::parse(query).ok()?;
        let context = SearchContext::none();
        self.found = match &self.last {
            Some(last) if query.extends(last) => self.index.narrow(&self.found, &query, &context),
            _ => self.index.search(&query, &context),
        };
        self.last = Some(query);
        Some(self.found.len())
    }
    fn found(&self) -> Vec<u32> {
        self.found.iter().map(|at| self.starts[at.event as usize] + at.fact).collect()
    }
}

/// The least there is: each word sought in each folded line, nothing ranked.
struct Plain {
    lines: Vec<String>,
    found: Vec<u32>,
}

impl Plain {
    fn new(facts: &Facts) -> Self {
        Self { lines: facts.lines.par_iter().map(|line| fold(line)).collect(), found: Vec::new() }
    }
}

impl Rival for Plain {
    fn name(&self) -> &'static str {
        "memmem on each line, unranked"
    }
    fn find(&mut self, query: &str) -> Option<usize> {
        if has_filter(query) {
            return None;
        }
        let folded = fold(query);
        let words = words_of(&folded);
        let finders: Vec<_> = words.iter().map(|word| memchr::memmem::Finder::new(*word)).collect();
        let lines = self.lines.par_iter().enumerate();
        let fits = |line: &str| finders.iter().all(|finder| finder.find(line.as_bytes()).is_some());
        self.found = lines.filter(|(_, line)| fits(line)).map(|(i, _)| i as u32).collect();
        Some(self.found.len())
    }
    fn found(&self) -> Vec<u32> {
        self.found.clone()
    }
}

/// Words of a query; a phrase is one.
fn words_of(query: &str) -> Vec<&str> {
    match query.strip_prefix('"') {
        Some(phrase) => vec![phrase.trim_end_matches('"')],
        None => query.split_whitespace().collect(),
    }
}

/// An index that would be ours to build: for each word the facts it stands in; words are found by their beginning,
/// whole words first. A phrase is its words.
struct WordIndex {
    words: Vec<(String, Vec<u32>)>,
    found: Vec<u32>,
    facts: usize,
}

impl WordIndex {
    fn new(facts: &Facts) -> Self {
        let mut words: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (i, line) in facts.lines.iter().enumerate() {
            let folded = fold(line);
            for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                let postings = match words.get_mut(word) {
                    Some(postings) => postings,
                    None => words.entry(word.to_owned()).or_default(),
                };
                if postings.last() != Some(&(i as u32)) {
                    postings.push(i as u32);
                }
            }
        }
        Self { words: words.into_iter().collect(), found: Vec::new(), facts: facts.lines.len() }
    }
}

impl Rival for WordIndex {
    fn name(&self) -> &'static str {
        "a word index"
    }
    fn find(&mut self, query: &str) -> Option<usize> {
        if has_filter(query) {
            return None;
        }
        let folded = fold(query);
        // Of each fact: how many words it has, two points for a whole one and one for a beginning.
        let mut points = vec![0_u8; self.facts];
        let mut wanted = 0;
        for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            wanted += 1;
            let from = self.words.partition_point(|(w, _)| w.as_str() < word);
            let mut seen = vec![0_u8; self.facts];
            for (known, postings) in self.words[from..].iter().take_while(|(w, _)| w.starts_with(word)) {
                let worth = if known == word { 3 } else { 2 };
                postings.iter().for_each(|i| seen[*i as usize] = seen[*i as usize].max(worth));
            }
            points.iter_mut().zip(seen).for_each(|(points, seen)| {
                // What lacks a word is out for good.
                *points = if seen == 0 || *points == u8::MAX { u8::MAX } else { *points + seen };
            });
        }
        let fits = |points: &u8| *points != u8::MAX && wanted > 0;
        let mut found: Vec<u32> = (0..).zip(&points).filter(|(_, p)| fits(p)).map(|(i, _)| i).collect();
        found.sort_by_key(|i| std::cmp::Reverse(points[*i as usize]));
        self.found = found;
        Some(self.found.len())
    }
    fn found(&self) -> Vec<u32> {
        self.found.clone()
    }
}

/// frizbee, by its own query language: words that must all match as subsequences.
struct Frizbee {
    facts: Arc<Facts>,
    cores: usize,
    typos: u16,
    found: Vec<u32>,
}

impl Rival for Frizbee {
    fn name(&self) -> &'static str {
        if self.typos == 0 { "frizbee" } else { "frizbee, a typo" }
    }
    fn find(&mut self, query: &str) -> Option<usize> {
        if has_filter(query) {
            return None;
        }
        self.found = frizbee_finds(&self.facts.lines, query, (self.cores, self.typos));
        Some(self.found.len())
    }
    fn found(&self) -> Vec<u32> {
        self.found.clone()
    }
}

/// The one place where frizbee's kernels are compiled.
#[inline(never)]
fn frizbee_finds(lines: &[String], query: &str, (cores, typos): (usize, u16)) -> Vec<u32> {
    let config = frizbee::Config { max_typos: Some(typos), ..frizbee::Config::default() };
    let mut matcher = frizbee::Matcher::from_query(query, &config);
    matcher.match_list_parallel(lines, cores).into_iter().map(|found| found.index).collect()
}

/// nucleo-matcher on all cores by rayon.
struct NucleoMatcher {
    lines: Vec<nucleo_matcher::Utf32String>,
    found: Vec<(u32, u32)>,
}

impl NucleoMatcher {
    fn new(facts: &Facts) -> Self {
        let lines = facts.lines.par_iter().map(|line| line.as_str().into()).collect();
        Self { lines, found: Vec::new() }
    }
}

impl Rival for NucleoMatcher {
    fn name(&self) -> &'static str {
        "nucleo-matcher"
    }
    fn find(&mut self, query: &str) -> Option<usize> {
        use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
        if has_filter(query) {
            return None;
        }
        let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
        let matcher = || nucleo_matcher::Matcher::new(nucleo_matcher::Config::DEFAULT);
        let lines = self.lines.par_iter().enumerate();
        let mut found: Vec<(u32, u32)> = lines
            .map_init(matcher, |matcher, (i, line)| Some((u32::MAX - pattern.score(line.slice(..), matcher)?, i as u32)))
            .flatten_iter()
            .collect();
        found.par_sort_unstable();
        self.found = found;
        Some(self.found.len())
    }
    fn found(&self) -> Vec<u32> {
        self.found.iter().map(|(_, i)| *i).collect()
    }
}

/// nucleo with its own threads, until it has ended.
struct Nucleo {
    nucleo: nucleo::Nucleo<u32>,
    last: String,
}

impl Nucleo {
    fn new(facts: &Facts, cores: usize) -> Self {
        let nucleo = nucleo::Nucleo::new(nucleo::Config::DEFAULT, Arc::new(|| ()), Some(cores), 1);
        let injector = nucleo.injector();
        for (i, line) in (0..).zip(&facts.lines) {
            injector.push(i, |_, columns| columns[0] = line.as_str().into());
        }
        let mut new = Self { nucleo, last: String::new() };
        new.ask("");
        new
    }

    fn ask(&mut self, query: &str) {
        use nucleo::pattern::{CaseMatching, Normalization};
        let appended = !self.last.is_empty() && query.starts_with(&self.last);
        self.nucleo.pattern.reparse(0, query, CaseMatching::Ignore, Normalization::Smart, appended);
        while self.nucleo.tick(1).running {}
        self.last = query.to_owned();
    }
}

impl Rival for Nucleo {
    fn name(&self) -> &'static str {
        "nucleo"
    }
    fn forget(&mut self) {
        self.ask("");
    }
    fn find(&mut self, query: &str) -> Option<usize> {
        if has_filter(query) {
            return None;
        }
        self.ask(query);
        Some(self.nucleo.snapshot().matched_item_count() as usize)
    }
    fn found(&self) -> Vec<u32> {
        let snapshot = self.nucleo.snapshot();
        snapshot.matched_items(..snapshot.matched_item_count()).map(|item| *item.data).collect()
    }
}

/// skim's matcher, each word for itself, on all cores by rayon.
struct Skim {
    facts: Arc<Facts>,
    matcher: fuzzy_matcher::skim::SkimMatcherV2,
    found: Vec<(i64, u32)>,
}

impl Rival for Skim {
    fn name(&self) -> &'static str {
        "skim's"
    }
    fn is_slow(&self) -> bool {
        true
    }
    fn find(&mut self, query: &str) -> Option<usize> {
        if has_filter(query) {
            return None;
        }
        let words = words_of(query);
        let score = |line: &String| words.iter().map(|word| self.matcher.fuzzy_match(line, word)).sum::<Option<i64>>();
        let lines = self.facts.lines.par_iter().enumerate();
        let mut found: Vec<(i64, u32)> = lines.filter_map(|(i, line)| Some((-score(line)?, i as u32))).collect();
        found.par_sort_unstable();
        self.found = found;
        Some(self.found.len())
    }
    fn found(&self) -> Vec<u32> {
        self.found.iter().map(|(_, i)| *i).collect()
    }
}
