//! How long citations take, beside Pandoc on the same sources and the same citations.
//!
//! `cargo bench --bench citations` makes notes of 12, 120 and 1,200 citations of sources of many kinds,
//! always the same ones, and prints medians of runs that take turns: `attache render` as a whole
//! process, composing in the library with nothing and with everything formatted before, and
//! `pandoc --citeproc` as a whole process on what `attache render --to pandoc` wrote. Pandoc is found in
//! the path or named by `ATTACHE_PANDOC`; without it, its column is left out. Nothing fails on a time.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops at what it does not expect"
)]

#[path = "support/citing.rs"]
mod citing;
#[path = "support/desk.rs"]
#[allow(dead_code, reason = "the desk itself is for the other benchmarks; here are its words and numbers")]
mod desk;
#[path = "support/sample.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod sample;

use std::time::Duration;

use attache::disk::Folder;
use attache::draft::Draft;
use attache::note::{Flavour, Formatter, Request, compose};
use citing::{attache, for_pandoc, make, pandoc, pandoc_command, run};
use sample::{median, timed};

const STYLES: &[&str] = &["chicago-notes", "apa", "ieee"];
const RUNS: usize = 5;

fn main() {
    let pandoc = pandoc();
    match &pandoc {
        Some((_, version)) => println!("medians of {RUNS} runs in turns, beside {version}"),
        None => println!("no pandoc in the path or in ATTACHE_PANDOC: its times are left out; medians of {RUNS} runs"),
    }
    println!(
        "| style | citations | `render`, whole process | composed, nothing kept | composed again | pandoc | pandoc : `render` |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for style in STYLES {
        for cites in [12, 120, 1_200] {
            row(style, cites, pandoc.as_ref().map(|(name, _)| name.as_str()));
        }
    }
}

fn row(style: &str, cites: usize, pandoc: Option<&str>) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    make(root, cites);
    let (note, csl) = for_pandoc(root, style);

    let folder = Folder::at(root);
    let attache::disk::Loaded { desk: loaded, findings, .. } = folder.load(&|_| ());
    let (templates, _) = folder.templates();
    let template = templates.iter().find(|t| t.id == "plain").unwrap();
    let text = folder.read_draft("d").unwrap().text;
    let draft = Draft::parse(&text, &template.outline());
    let flavour = Flavour::Gfm;
    let request = Request { desk: &loaded, template, draft: &draft, path: "d.md", style: Some(style), flavour };
    let kept = Formatter::new();
    let first = compose(&request, &kept);
    assert!(findings.is_empty() && first.findings.is_empty(), "{findings:?} {:?}", first.findings);

    let mut times = [const { Vec::new() }; 4];
    for _ in 0..RUNS {
        times[0].push(timed(|| attache(root, style, &["-o", "-"])));
        times[1].push(timed(|| compose(&request, &Formatter::new())));
        times[2].push(timed(|| compose(&request, &kept)));
        if let Some(name) = pandoc {
            let mut command = pandoc_command(name, &note, &csl);
            times[3].push(timed(|| run(&mut command)));
        }
    }
    let [render, fresh, again, theirs] = times.map(median);
    let shown = |time: Option<Duration>| time.map_or("–".into(), |t| format!("{:.1} ms", t.as_secs_f64() * 1e3));
    let ratio = theirs.zip(render).map(|(theirs, ours)| theirs.as_secs_f64() / ours.as_secs_f64());
    let ratio = ratio.map_or("–".into(), |ratio| format!("{ratio:.1}"));
    let (render, fresh, again, theirs) = (shown(render), shown(fresh), shown(again), shown(theirs));
    println!("| {style} | {cites} | {render} | {fresh} | {again} | {theirs} | {ratio} |");
}
