//! How long each rule takes over a desk and its drafts.
//!
//! `cargo bench --bench rules` takes the desk of the other benchmarks; `ATTACHE_BENCH_DESK=DIR` another one with
//! its drafts. It prints the slowest rules first: milliseconds for all facts, and for all drafts, on one core. What
//! rules share (the prose of a block) is counted for each of them.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops at what it does not expect"
)]

#[path = "support/desk.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod desk;

use std::time::{Duration, Instant};

use attache::check::{DraftRequest, InUse, check_desk, check_desk_by, check_draft, check_draft_by, check_note, rules};
use attache::disk::{Folder, read_text};
use attache::draft::{Draft, FrontMatter};
use attache::model::Desk;
use attache::note::Note;
use attache::template::Template;

fn main() {
    let made = tempfile::tempdir().unwrap();
    let folder = match std::env::var_os("ATTACHE_BENCH_DESK") {
        Some(given) => Folder::at(std::path::PathBuf::from(given)),
        None => {
            desk::make(made.path(), desk::events());
            Folder::at(made.path())
        }
    };
    let desk = folder.load(&|_| ()).desk;
    let (templates, _) = folder.templates();
    let texts: Vec<String> = folder.drafts().iter().map(|d| read_text(&d.path).unwrap()).collect();
    let mut drafts = Vec::new();
    for text in &texts {
        let id = FrontMatter::read(text).template.unwrap_or_default();
        let Some(template) = templates.iter().find(|t| t.id == id) else { continue };
        drafts.push((template, Draft::parse(text, &template.outline())));
    }
    println!("{} facts, {} drafts; one run each, all rules together first", desk.fact_count(), drafts.len());
    let facts = time(|| check_desk(&desk, &InUse::default(), false).hidden);
    let of_drafts = time(|| drafts.iter().map(|d| check_draft(&request(&desk, d)).len()).sum());
    line("all rules", facts, of_drafts);
    long_draft(&desk, &drafts);
    let mut rows: Vec<_> = rules()
        .map(|rule| {
            let facts = time(|| check_desk_by(rule, &desk).len());
            let of_drafts = time(|| drafts.iter().map(|d| check_draft_by(rule, &request(&desk, d)).len()).sum());
            (facts.0 + of_drafts.0, rule.id, facts, of_drafts)
        })
        .collect();
    rows.sort();
    rows.iter().rev().for_each(|(_, id, facts, of_drafts)| line(id, *facts, *of_drafts));
}

/// What a keystroke costs in a draft of 6,000 words: all its rules, and those of the facts it cites.
fn long_draft(desk: &Desk, drafts: &[(&Template, Draft)]) {
    let Some((template, first)) = drafts.first() else { return };
    let mut text = first.text().to_owned();
    for (_, draft) in drafts.iter().skip(1) {
        if text.split_whitespace().count() >= 6_000 {
            break;
        }
        text += draft.text().split_once("\n---\n").map_or("", |(_, body)| body);
    }
    let mut words = 0;
    let kept = text.lines().take_while(|line| {
        words += line.split_whitespace().count();
        words <= 6_000
    });
    let text = kept.collect::<Vec<_>>().join("\n");
    let draft = Draft::parse(&text, &template.outline());
    let note = Note::default();
    let mut times: Vec<Duration> = (0..15)
        .map(|_| time(|| check_note(&DraftRequest { desk, template, draft: &draft, path: "d.md" }, &note).len()).0)
        .collect();
    times.sort();
    let words = text.split_whitespace().count();
    println!(
        "{:>8.1} ms, median of 15: one draft of {words} words and the facts it cites",
        times[7].as_secs_f64() * 1e3
    );
}

fn request<'a>(desk: &'a Desk, (template, draft): &'a (&Template, Draft)) -> DraftRequest<'a> {
    DraftRequest { desk, template, draft, path: "d.md" }
}

fn time(work: impl FnOnce() -> usize) -> (Duration, usize) {
    let start = Instant::now();
    let found = std::hint::black_box(work());
    (start.elapsed(), found)
}

fn line(what: &str, facts: (Duration, usize), drafts: (Duration, usize)) {
    let ms = |d: Duration| d.as_secs_f64() * 1e3;
    println!(
        "{:>8.1} ms facts ({:>6} found) {:>8.1} ms drafts ({:>6} found)  {what}",
        ms(facts.0),
        facts.1,
        ms(drafts.0),
        drafts.1
    );
}
