//! Our search beside other matchers, on the same facts in one sitting.
//!
//! `cargo run --release --manifest-path benches/matchers/Cargo.toml` makes desks of 100,000 and of a million facts in
//! memory and prints, for each query, how many facts each matcher finds, the median and the worst time of some
//! rounds and of each key of the query as it is typed, on two cores and on one; then how many of the labelled
//! queries of `tests/data/search` each gets right. `ATTACHE_BENCH_EVENTS=10000` takes other desks (numbers with
//! commas), `ATTACHE_BENCH_ROUNDS=5` another number of rounds, `ATTACHE_BENCH_ONLY=quality` leaves the times out.
//! Nothing fails on a time.

#[path = "../../support/desk.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod desk;
mod rivals;
#[path = "../../../tests/suite/search_cases.rs"]
mod search_cases;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use attache::event_file;
use attache::model::Desk;
use attache::search::{Index, Progress, Query, SearchContext};
use rivals::{Facts, Rival};

/// What is typed, and what it stands for.
const QUERIES: &[(&str, &str)] = &[
    ("t", "one letter"),
    ("tr", "two letters"),
    ("port", "a common word"),
    ("lighthouse", "a rare word"),
    ("tribunal verdict", "two words"),
    ("nunez", "a name without its accents"),
    ("\"grain export\"", "a phrase"),
    ("tribnual", "mistyped"),
    ("govt", "an abbreviation"),
    ("tribunal tag:energy", "a word and a filter"),
];

fn main() {
    if std::env::var("ATTACHE_BENCH_ONLY").as_deref() != Ok("quality") {
        let given = std::env::var("ATTACHE_BENCH_EVENTS").unwrap_or_else(|_| "10000,100000".to_owned());
        for events in given.split(',').filter_map(|n| n.trim().parse().ok()) {
            times(events);
        }
    }
    quality();
}

/// A desk without a disk, with a word that is rare and one that has an abbreviation.
fn in_memory(events: usize) -> Desk {
    let mut all = Vec::new();
    let mut read = |path: String, text: String| all.extend(event_file::read(&path, &text).event.map(Arc::new));
    desk::each(events, |path, text| {
        let rare = if number_of(&path) % 1000 == 7 {
            text.replace("facts:\n", "facts:\n  - { id: rare, text: The lighthouse told the government. }\n")
        } else {
            text
        };
        read(path, rare);
    });
    Desk::new(all, Arc::default())
}

/// The number of an event by its path.
fn number_of(path: &str) -> usize {
    let digits: String = path.rsplit("ev-").next().unwrap_or_default().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_default()
}

fn times(events: usize) {
    let rounds = std::env::var("ATTACHE_BENCH_ROUNDS").ok().and_then(|n| n.parse().ok());
    let rounds: usize = rounds.unwrap_or(if events > 20_000 { 3 } else { 9 });
    let facts = Arc::new(Facts::of(Arc::new(in_memory(events))));
    for cores in [2, 1] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(cores).build().unwrap();
        println!("\n## {} facts, {cores} core(s), {rounds} rounds; ms; ratios to ours\n", facts.lines.len());
        let mut all: Vec<Box<dyn Rival>> = Vec::new();
        for make in rivals::MAKERS {
            let start = Instant::now();
            let rival = pool.install(|| make(&facts, cores));
            println!("{:>9.1} ms to make ready: {}", ms(start.elapsed()), rival.name());
            all.push(rival);
        }
        println!("\n| query | matcher | found | median | worst | ratio | keys: median | worst | ratio |");
        println!("|---|---|---:|---:|---:|---:|---:|---:|---:|");
        for (query, what) in QUERIES {
            let mut ours: Option<(Duration, Duration)> = None;
            for rival in &mut all {
                // A second for each letter of each round is too long to wait for.
                if events > 20_000 && rival.is_slow() {
                    continue;
                }
                let Some(measured) = pool.install(|| measure(&mut **rival, query, rounds)) else {
                    println!("| `{query}` | {} | – | | | | | | |", rival.name());
                    continue;
                };
                let Measured { found, whole, keys } = measured;
                let (median, key) = (whole[whole.len() / 2], keys[keys.len() / 2]);
                let (ours, our_key) = *ours.get_or_insert((median, key));
                let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
                println!(
                    "| `{query}` {what} | {} | {found} | {:.2} | {:.2} | {:.1} | {:.2} | {:.2} | {:.1} |",
                    rival.name(),
                    ms(median),
                    ms(whole[whole.len() - 1]),
                    ratio(median, ours),
                    ms(key),
                    ms(keys[keys.len() - 1]),
                    ratio(key, our_key),
                );
            }
        }
        if cores == 2 {
            pool.install(|| first_rows(&facts, rounds));
        }
    }
}

struct Measured {
    found: usize,
    whole: Vec<Duration>,
    keys: Vec<Duration>,
}

/// The query at once, and key by key as a person types it, each key beginning where the last has ended.
fn measure(rival: &mut dyn Rival, query: &str, rounds: usize) -> Option<Measured> {
    rival.forget();
    let found = rival.find(query)?;
    let (mut whole, mut keys) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        rival.forget();
        let start = Instant::now();
        std::hint::black_box(rival.find(query));
        whole.push(start.elapsed());
        rival.forget();
        for (at, c) in query.char_indices() {
            let typed = &query[..at + c.len_utf8()];
            let start = Instant::now();
            std::hint::black_box(rival.find(typed));
            keys.push(start.elapsed());
        }
    }
    whole.sort();
    keys.sort();
    Some(Measured { found, whole, keys })
}

/// When our first rows are told, where a search is long.
fn first_rows(facts: &Facts, rounds: usize) {
    let index = Index::new(Arc::clone(&facts.desk));
    println!("\nOur first rows, where they are told before the answer:\n");
    for (query, _) in QUERIES {
        let parsed = Query::parse(query).unwrap();
        let mut firsts: Vec<Duration> = (0..rounds)
            .filter_map(|_| {
                let start = Instant::now();
                let mut told = None;
                let mut first = |_| told = Some(start.elapsed());
                let mut progress = Progress { over: &|| false, first: &mut first };
                index.search_watched(&parsed, &SearchContext::none(), &mut progress);
                told
            })
            .collect();
        firsts.sort();
        if let (Some(median), Some(worst)) = (firsts.get(firsts.len() / 2), firsts.last()) {
            println!("- `{query}`: {:.2} ms, worst {:.2}", ms(*median), ms(*worst));
        }
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// How many labelled queries each matcher gets right.
fn quality() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/search");
    let pages = search_cases::pages(&folder);
    let total: usize = pages.iter().map(|page| page.cases.len()).sum();
    println!("\n## Quality: {total} labelled queries\n\n| matcher | wanted fact first | the whole row right |\n|---|---:|---:|");
    let mut wrong = Vec::new();
    for make in rivals::MAKERS {
        let (mut leads, mut right, mut name) = (0, 0, "");
        for page in &pages {
            let read = |(i, text): (usize, &String)| {
                event_file::read(&format!("{}-{i}.yaml", page.name), text).event.map(Arc::new)
            };
            let desk = Desk::new(page.events.iter().enumerate().filter_map(read).collect(), Arc::default());
            let facts = Arc::new(Facts::of(Arc::new(desk)));
            let mut rival = make(&facts, 1);
            name = rival.name();
            for case in &page.cases {
                rival.forget();
                let found = rival.find(&case.query).map(|_| rival.found()).unwrap_or_default();
                let found: Vec<String> = found.iter().map(|i| facts.ids[*i as usize].clone()).collect();
                leads += usize::from(case.leads(&found));
                match case.fault(&found) {
                    None => right += 1,
                    Some(fault) => wrong.push(format!("- {name}: `{}`: {fault}", case.query)),
                }
            }
        }
        println!("| {name} | {leads} | {right} |");
    }
    if std::env::var_os("ATTACHE_BENCH_WRONG").is_some() {
        println!("\n{}", wrong.join("\n"));
    }
}
