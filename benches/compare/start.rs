//! From the start to the first frame.

use crate::peers::{attache, finder, finder_asks, vim, vim_is_ready};
use crate::report::{Runner, Table, floor, in_turns, ours, peer};
use crate::{Bench, forget, keys, peers};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Starts of each program, in turns.
pub(crate) fn measure(bench: &Bench) -> Table {
    let note = "From just before the program is started to the read after which its first frame is whole (Attaché) or cell and \
                cursor are right (the others). `vim -u NONE`; `fzf` with the rows as its input, its first frame being its prompt. \
                The floor is a program that writes one byte.";
    let mut table = Table::of_times("Start", note);
    let rounds = bench.runs * 4;
    let (empty, big) = (crate::desk::kept_folder().join("empty"), bench.big());
    std::fs::create_dir_all(empty.join("briefs/events")).unwrap();
    let small = empty.join("small.txt");
    std::fs::write(&small, "one\ntwo\nthree\n").unwrap();
    let rows = big.join("rows.txt");

    let first = |desk: &std::path::Path| vec![attache(desk).since_start_whole(|s| s.contents().contains("Facts"))];
    let mut runners = vec![ours("Attaché", || first(&empty)), floor("one byte", || vec![keys::start_of_floor()])];
    if bench.peers.has("vim") {
        runners.push(peer("vim, a small file", || vec![vim(&small).since_start(vim_is_ready)]));
    }
    if bench.peers.has("fzf") {
        runners.push(peer("fzf, three rows", || vec![finder("fzf", &small).since_start(|s| finder_asks(s, ""))]));
    }
    table.add("an empty desk, to the first frame", &in_turns(rounds, runners));

    let facts = keys::thousands(bench.events * 10);
    for (work, cold) in [(format!("a desk of {facts} facts, nothing kept"), true), ("the same, warm".into(), false)] {
        if !cold {
            peers::warm(&big);
        }
        let mut runners: Vec<Runner<'_>> = vec![ours("Attaché", || {
            if cold {
                forget(&big);
            }
            first(&big)
        })];
        if bench.peers.has("vim") {
            runners.push(peer("vim, all rows", || vec![vim(&rows).since_start(vim_is_ready)]));
        }
        if bench.peers.has("fzf") {
            runners.push(peer("fzf, all rows", || vec![finder("fzf", &rows).since_start(|s| finder_asks(s, ""))]));
        }
        table.add(&work, &in_turns(rounds, runners));
    }

    let headless = |program: &str| {
        let mut command = Command::new(program);
        command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        vec![crate::sample::timed(|| command.status().unwrap())]
    };
    let mut runners = vec![ours("Attaché", || headless(env!("CARGO_BIN_EXE_attache")))];
    for program in ["vim", "fzf", "sk", "pandoc", "vd", "doorstop"] {
        if bench.peers.has(program) {
            runners.push(peer(program, move || headless(program)));
        }
    }
    table.add("`--version`, the whole process", &in_turns(rounds, runners));
    if bench.peers.has("hyperfine")
        && let Some(by) = hyperfine()
    {
        table.add(
            "the same by `hyperfine -N`",
            &[crate::report::Line { who: crate::report::Who::Attache, program: "Attaché".into(), times: by }],
        );
    }
    table
}

/// What `hyperfine` says of `attache --version`.
fn hyperfine() -> Option<Vec<Duration>> {
    let command = format!("{} --version", env!("CARGO_BIN_EXE_attache"));
    let told = crate::desk::kept_folder().join("hyperfine.json");
    let done = Command::new("hyperfine")
        .args(["-N", "--warmup", "5", "--runs", "100", "--style", "none", "--export-json"])
        .arg(&told)
        .arg(&command)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !done.is_ok_and(|status| status.success()) {
        return None;
    }
    let told: serde_json::Value = serde_json::from_slice(&std::fs::read(told).ok()?).ok()?;
    let times = told["results"][0]["times"].as_array()?;
    Some(times.iter().filter_map(serde_json::Value::as_f64).map(Duration::from_secs_f64).collect())
}
