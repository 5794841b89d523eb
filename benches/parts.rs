//! Each part of the work by itself, measured by divan: reading, indexing, filtering, composing, checking, drawing.
//!
//! `cargo bench --bench parts` runs all, `cargo bench --bench parts -- filter` those with that word in their names.
//! The desk has 1,000 events and 10,000 facts and never touches a disk. Nothing fails on a time.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops at what it does not expect"
)]

#[path = "support/app.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod app;
#[path = "support/desk.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod desk;

use std::sync::{Arc, LazyLock};

use attache::check::{DraftRequest, check_draft};
use attache::draft::Draft;
use attache::event_file;
use attache::model::Desk;
use attache::note::{Formatter, Request, compose};
use attache::search::{Index, Query, SearchContext};
use attache::template::Template;
use divan::Bencher;

fn main() {
    divan::main();
}

/// The event files: path and text.
static TEXTS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let mut texts = Vec::new();
    desk::each(1_000, |path, text| texts.push((path, text)));
    texts
});
static DESK: LazyLock<Arc<Desk>> = LazyLock::new(|| Arc::new(read_all()));
static INDEX: LazyLock<Index> = LazyLock::new(|| Index::new(Arc::clone(&DESK)));
static DRAFT: LazyLock<String> = LazyLock::new(|| desk::long_draft(&DESK, 6_000));
static TEMPLATE: LazyLock<Template> = LazyLock::new(|| {
    let (templates, _) = attache::disk::Folder::at(std::path::Path::new(".")).templates();
    templates.into_iter().find(|template| template.id == "backgrounder").unwrap()
});

fn read_all() -> Desk {
    let read = |(path, text): &(String, String)| event_file::read(path, text).event.map(Arc::new);
    Desk::new(TEXTS.iter().filter_map(read).collect(), Arc::default())
}

#[divan::bench]
fn load_one_event(bencher: Bencher) {
    let (path, text) = &TEXTS[0];
    bencher.bench(|| event_file::read(path, text));
}

#[divan::bench(sample_count = 10)]
fn load_a_thousand_events_on_one_core(bencher: Bencher) {
    LazyLock::force(&TEXTS);
    bencher.bench(read_all);
}

#[divan::bench(sample_count = 10)]
fn index(bencher: Bencher) {
    let desk = &*DESK;
    bencher.bench(|| Index::new(Arc::clone(desk)));
}

#[divan::bench(args = ["t", "tribunal", "tribunal verdict", "\"grain export\"", "tribnual", "kind:quote tag:energy", "date:2020..2021 grain"])]
fn filter(bencher: Bencher, query: &str) {
    let (index, query) = (&*INDEX, Query::parse(query).unwrap());
    bencher.bench(|| index.search(&query, &SearchContext::none()));
}

#[divan::bench(args = ["tribunal verdict", "grain"])]
fn mark_the_words_of_sixty_rows(bencher: Bencher, query: &str) {
    let query = Query::parse(query).unwrap();
    let rows: Vec<String> =
        DESK.facts().take(60).map(|at| DESK.get(at).unwrap().1.headline().chars().take(80).collect()).collect();
    bencher.bench(|| rows.iter().map(|row| query.marks(row).len()).sum::<usize>());
}

/// The draft of 6,000 words, so many letters longer.
fn draft(letters: usize) -> Draft {
    let end = DRAFT.find("\n\n").map_or(0, |_| DRAFT.trim_end().len());
    let text = format!("{}{}\n", &DRAFT[..end], "a".repeat(letters));
    Draft::parse(&text, &TEMPLATE.outline())
}

fn request(draft: &Draft) -> Request<'_> {
    Request { desk: &DESK, template: &TEMPLATE, draft, path: "d.md", style: None, flavour: Default::default() }
}

#[divan::bench(sample_count = 5)]
fn compose_from_nothing(bencher: Bencher) {
    let draft = draft(0);
    bencher.with_inputs(Formatter::new).bench_refs(|formatter| compose(&request(&draft), formatter));
}

#[divan::bench(sample_count = 20)]
fn compose_again_after_a_letter(bencher: Bencher) {
    let formatter = Formatter::new();
    compose(&request(&draft(0)), &formatter);
    let letters = std::cell::Cell::new(0);
    let next = || {
        letters.set(letters.get() + 1);
        draft(letters.get())
    };
    bencher.with_inputs(next).bench_local_refs(|draft| compose(&request(draft), &formatter));
}

#[divan::bench(sample_count = 20)]
fn check_a_draft(bencher: Bencher) {
    let draft = draft(0);
    let request = DraftRequest { desk: &DESK, template: &TEMPLATE, draft: &draft, path: "d.md" };
    bencher.bench(|| check_draft(&request));
}

#[divan::bench(sample_count = 50)]
fn draw_the_whole_screen(bencher: Bencher) {
    let mut app = app::App::open((**DESK).clone(), DRAFT.clone());
    bencher.bench_local(|| app.draw_all());
}

#[divan::bench(args = ["j k", "Tab"], sample_count = 50)]
fn draw_what_a_key_changed(bencher: Bencher, keys: &str) {
    let mut app = app::App::open((**DESK).clone(), DRAFT.clone());
    let keys: Vec<&str> = keys.split(' ').collect();
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        app.press(keys[n % keys.len()])
    });
}
