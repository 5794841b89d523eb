//! Attaché beside its peers, on the same desk in the same minutes.
//!
//! `benches/peers` gets the peers and runs this: `vim`, `fzf`, `sk` (skim), `vd` (VisiData), `pandoc`, `doorstop`.
//! A program in a terminal stands in a pseudo-terminal of 200x60 and is measured from just before its start or the
//! key to the read after which the screen tells that the work is done (benches/support/pty.rs). Programs take turns.
//!
//! Words choose parts: `start`, `load`, `keys`, `filter`, `render`, `preview`, `check`, `memory`, `idle`, `growth`; and
//! `cost`, which builds anew and is measured on its word alone. `--write` puts the tables into docs/performance.md,
//! each in the place of the one before. Desks lie in `target/bench-desks` and are kept: the largest takes 100,000 files.
//!
//! `ATTACHE_BENCH_EVENTS=1000` takes a smaller desk than 10,000 events, `ATTACHE_BENCH_LARGEST=10000` another largest one
//! than 100,000, `ATTACHE_BENCH_KEYS=200` fewer keys than 1,000, `ATTACHE_BENCH_RUNS=3` fewer runs than 5. Nothing fails on
//! a time; what could not be measured is told.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops at what it does not expect"
)]

#[path = "compare/check.rs"]
mod check;
#[path = "support/citing.rs"]
mod citing;
#[path = "compare/cost.rs"]
mod cost;
#[path = "support/desk.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod desk;
#[path = "compare/filter.rs"]
mod filter;
#[path = "support/floor.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod floor;
#[path = "compare/growth.rs"]
mod growth;
#[path = "support/keys.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod keys;
#[path = "compare/load.rs"]
mod load;
#[path = "compare/memory.rs"]
mod memory;
#[path = "compare/peers.rs"]
mod peers;
#[path = "compare/preview.rs"]
mod preview;
#[path = "support/process.rs"]
mod process;
#[path = "support/pty.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod pty;
#[path = "compare/render.rs"]
mod render;
#[path = "compare/report.rs"]
mod report;
#[path = "support/sample.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod sample;
#[path = "compare/start.rs"]
mod start;
#[path = "compare/typing.rs"]
mod typing;

use std::path::PathBuf;

pub(crate) use desk::forget;
use peers::Peers;
use report::Table;

/// What is measured, on which desks, how often.
pub(crate) struct Bench {
    peers: Peers,
    /// Events of the desk, and of the largest one.
    events: usize,
    largest: usize,
    keys: usize,
    runs: usize,
}

impl Bench {
    /// A kept desk, its draft as it was made.
    fn desk(&self, events: usize) -> PathBuf {
        let folder = desk::kept(events);
        std::fs::copy(folder.join("draft.md"), folder.join("briefs/drafts/latency.md")).unwrap();
        folder
    }

    /// The desk of most measurements.
    fn big(&self) -> PathBuf {
        self.desk(self.events)
    }
}

/// A part: its word, and what it measures.
type Part = (&'static str, fn(&Bench) -> Table);

const PARTS: &[Part] = &[
    ("start", start::measure),
    ("load", load::measure),
    ("keys", typing::measure),
    ("filter", filter::measure),
    ("render", render::measure),
    ("preview", preview::measure),
    ("check", check::measure),
    ("memory", memory::measure),
    ("idle", memory::idle),
    ("growth", growth::measure),
    ("cost", cost::measure),
];

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if words.iter().any(|word| word == "--echo") {
        return keys::echo();
    }
    let names: Vec<&str> = PARTS.iter().map(|(name, _)| *name).collect();
    let chosen: Vec<&String> = words.iter().filter(|word| !word.starts_with('-')).collect();
    if let Some(odd) = chosen.iter().find(|word| !names.contains(&word.as_str())) {
        println!("there is no part {odd}: the parts are {}", names.join(", "));
        return;
    }
    let bench = Bench {
        peers: Peers::find(),
        events: desk::events(),
        largest: number("ATTACHE_BENCH_LARGEST", 100_000),
        keys: number("ATTACHE_BENCH_KEYS", 1_000),
        runs: number("ATTACHE_BENCH_RUNS", 5),
    };
    println!("{}", bench.peers.versions());
    for (name, measure) in PARTS {
        let asked = if chosen.is_empty() { *name != "cost" } else { chosen.iter().any(|word| word == name) };
        if !asked {
            continue;
        }
        println!("== {name}");
        let Some(table) = report::attempt(name, || measure(&bench)) else { continue };
        let text = table.print(&report::circumstances(&bench.peers));
        println!("{text}");
        if words.iter().any(|word| word == "--write") {
            report::write(name, &text, &names);
        }
    }
}
