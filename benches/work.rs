//! How long the work takes on a large desk, beside a floor measured in the same run.
//!
//! `cargo bench` makes a desk of 10,000 events and 100,000 facts in a temporary folder, always the
//! same one, and prints the median of several runs and its ratio to the floor. Machines drift by
//! the hour: compare ratios, or two versions in one sitting. Nothing fails on a time.
//! `ATTACHE_BENCH_EVENTS=1000 cargo bench` takes a smaller desk; with `ATTACHE_BENCH_DESK=DIR` only the
//! loading of that desk is measured.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops at what it does not expect"
)]

#[path = "support/desk.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod desk;
#[path = "support/floor.rs"]
mod floor;
#[path = "support/process.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod process;
#[path = "support/sample.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod sample;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use attache::disk::Folder;
use attache::draft::Draft;
use attache::note::{Formatter, Request, compose};
use attache::search::{Index, Query, SearchContext};

fn main() {
    if let Some(given) = std::env::var_os("ATTACHE_BENCH_DESK") {
        let folder = Folder::at(std::path::PathBuf::from(given));
        let floor = median(5, || floor::events_only(folder.root()));
        let load = median(5, || folder.load(&|_| ()));
        return line("load the desk given", load, "read and parse, keeping nothing, with serde_yaml", floor);
    }
    let events = desk::events();
    let folder_of_desk = tempfile::tempdir().unwrap();
    let addresses = desk::make(folder_of_desk.path(), events);
    let folder = Folder::at(folder_of_desk.path());
    println!("{events} events, {} facts; medians", addresses.len());

    let floor = median(5, || floor::bare_parse(folder_of_desk.path()));
    let load = median(5, || folder.load(&|_| ()));
    line("load the desk", load, "walk, read and parse with bare serde_yaml", floor);

    let loaded = Arc::new(folder.load(&|_| ()).desk);
    println!("resident after loading: {} MB", process::resident_megabytes("self"));
    let texts: Vec<String> = loaded.facts().filter_map(|at| Some(loaded.get(at)?.1.text.to_lowercase())).collect();
    let scan = median(9, || texts.iter().filter(|t| memchr::memmem::find(t.as_bytes(), b"tribunal").is_some()).count());
    let build = median(3, || Index::new(Arc::clone(&loaded)));
    line("build the search index", build, "one substring over all texts", scan);
    let index = Index::new(Arc::clone(&loaded));
    let placed = HashSet::new();
    let context = SearchContext { placed: &placed };
    for query in ["t", "tribunal", "tribunal verdict", "tribnual", "kind:quote tag:energy", "date:2020..2021 grain"] {
        let parsed = Query::parse(query).unwrap();
        let took = median(15, || index.search(&parsed, &context));
        line(&format!("filter `{query}`"), took, "one substring over all texts", scan);
    }

    let (templates, _) = folder.templates();
    let template = templates.iter().find(|t| t.id == "plain").unwrap();
    for cites in [12, 120, 1_200] {
        let mut text = String::from("---\ntemplate: plain\ntitle: T\ndate: 2025-12-01\n---\n\n## Facts {#facts}\n\n");
        for i in 0..cites {
            let _ = writeln!(text, "- Something happened [@{}].", addresses[(i * 7919) % addresses.len()]);
        }
        let draft = Draft::parse(&text, &template.outline());
        let request =
            Request { desk: &loaded, template, draft: &draft, path: "d.md", style: None, flavour: Default::default() };
        let formatter = Formatter::new();
        let parse = median(9, || Draft::parse(&text, &template.outline()));
        let first = median(3, || {
            let fresh = Formatter::new();
            compose(&request, &fresh)
        });
        line(&format!("a note of {cites} citations, nothing formatted before"), first, "parse the draft", parse);
        let again = median(9, || compose(&request, &formatter));
        line(&format!("a note of {cites} citations, sources formatted before"), again, "parse the draft", parse);
        let check = attache::check::DraftRequest { desk: &loaded, template, draft: &draft, path: "d.md" };
        let took = median(9, || attache::check::check_draft(&check));
        line(&format!("check a draft of {cites} citations"), took, "parse the draft", parse);
    }
    let took = median(5, || attache::check::check_desk(&loaded, &attache::check::InUse::default(), false).hidden);
    line("check every fact", took, "one substring over all texts", scan);
}

fn median<T>(runs: usize, work: impl Fn() -> T) -> Duration {
    work();
    sample::median((0..runs).map(|_| sample::timed(&work)).collect()).unwrap_or_default()
}

fn line(what: &str, took: Duration, peer: &str, floor: Duration) {
    let ratio = took.as_secs_f64() / floor.as_secs_f64();
    println!(
        "{:>9.2} ms  {what}  ({ratio:.1} x {peer}: {:.2} ms)",
        took.as_secs_f64() * 1e3,
        floor.as_secs_f64() * 1e3
    );
}
