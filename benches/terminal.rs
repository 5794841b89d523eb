//! What a person waits for at the terminal, on a large desk, through a real pseudo-terminal.
//!
//! `cargo bench --bench terminal` starts the release binary in a pty of 200x60 on a desk of
//! 100,000 facts and prints: the first frame, the whole desk loaded, medians and worst cases of
//! keys (from writing the key to the screen that answers it), and memory. `cat` in the same
//! pseudo-terminal is the floor: what the harness itself costs. `ATTACHE_BENCH_DESK=DIR` takes a
//! desk that is there.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops at what it does not expect"
)]

#[path = "support/desk.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod desk;

#[path = "support/keys.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod keys;
#[path = "support/process.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod process;
#[path = "support/pty.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod pty;
#[path = "support/sample.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod sample;

use std::time::{Duration, Instant};

use keys::thousands;
use portable_pty::CommandBuilder;
use pty::Terminal;
use sample::tell;

fn main() {
    let made = tempfile::tempdir().unwrap();
    let given = std::env::var_os("ATTACHE_BENCH_DESK").map(std::path::PathBuf::from);
    let folder = given.unwrap_or_else(|| {
        desk::make(made.path(), desk::events());
        std::fs::create_dir_all(made.path().join("briefs/drafts")).unwrap();
        let draft = "---\ntemplate: plain\ntitle: Measured\ndate: 2025-12-01\n---\n\n## Facts {#facts}\n";
        std::fs::write(made.path().join("briefs/drafts/d.md"), draft).unwrap();
        made.path().to_path_buf()
    });
    let loaded = attache::disk::Folder::at(&folder).load(&|_| ()).desk;
    let whole = thousands(loaded.fact_count());

    let mut floor = Terminal::start(CommandBuilder::new("cat"));
    let mut typed = String::new();
    let echo: Vec<Duration> = ('a'..='z')
        .map(|c| {
            typed.push(c);
            let wanted = typed.clone();
            floor.press(&c.to_string(), move |screen| screen.contents().contains(&wanted))
        })
        .collect();
    tell("echo of a key by the terminal itself (the floor)", &echo);
    floor.kill();

    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_attache"));
    command.args(["--desk".as_ref(), folder.as_os_str()]);
    let mut app = Terminal::start(command);
    let start = Instant::now();
    app.until_shown("Facts");
    let shown = app.screen().contents();
    let early = shown.contains("loading") || !shown.contains(&whole);
    println!(
        "{:>9.2} ms  first frame, {} the facts were loaded",
        start.elapsed().as_secs_f64() * 1e3,
        if early { "before" } else { "after" }
    );
    app.until(|screen| {
        let title = pty::row(screen, 0);
        title.contains(&format!("Facts {whole}")) && !title.contains("loading")
    });
    println!("{:>9.2} ms  {whole} facts listed", start.elapsed().as_secs_f64() * 1e3);
    println!("{:>9} MB  memory", process::resident_megabytes(&app.process().to_string()));

    let mut moves = Vec::new();
    for _ in 0..200 {
        let before = app.screen().contents();
        moves.push(app.press("j", |screen| screen.contents() != before));
    }
    tell("move down one fact", &moves);
    app.press("/", |screen| !screen.contents().contains("BROWSE"));
    let index = attache::search::Index::new(std::sync::Arc::new(loaded));
    let mut answers = Vec::new();
    for words in ["tribunal", "grain export", "budget"] {
        let mut query = String::new();
        for c in words.chars() {
            query.push(c);
            // The list has answered when its title tells the right count for what was typed.
            let parsed = attache::search::Query::parse(&query).unwrap();
            let found = index.search(&parsed, &attache::search::SearchContext::none()).len();
            let title = format!("Facts {}/{whole}  /{query}", thousands(found));
            answers.push(app.press(&c.to_string(), |screen| pty::row(screen, 0).contains(title.trim_end())));
        }
        app.press("\u{15}", |screen| pty::row(screen, 0).contains(&format!("Facts {whole}")));
    }
    tell("filter keystroke, until the list answers", &answers);
    app.send("\x1b");
    app.send("q");
    app.ended();
}
