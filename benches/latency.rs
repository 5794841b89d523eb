//! How long a key takes, through a real pseudo-terminal of 200x60: from just before it is written to
//! the read after which the cell and the cursor are right and the frame is whole.
//!
//! `cargo bench --bench latency` starts the release binary on a desk of 100,000 facts and presses
//! keys 30 to 250 ms apart, by a timetable that does not wait for answers: moving in Facts, moving and
//! typing in a draft of 6,000 words, and all three 30 keys a second while the desk loads, cold and warm. Beside them stand the same
//! keys in `vim`, where it is installed, and the floor: a program in raw mode that writes each byte
//! back. At the end: what the program writes and how often it wakes in 10 idle seconds.
//! `cargo bench --bench latency -- typing` takes those alone that have a word in their name.
//! `ATTACHE_BENCH_KEYS=200` presses fewer keys than 1,000; `ATTACHE_BENCH_DESK=DIR` takes a desk that is there.
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

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Once;
use std::time::Duration;

use sample::tell;

fn main() {
    if std::env::args().any(|a| a == "--echo") {
        return keys::echo();
    }
    let made = tempfile::tempdir().unwrap();
    let given = std::env::var_os("ATTACHE_BENCH_DESK").map(PathBuf::from);
    let folder = given.unwrap_or_else(|| {
        desk::make(made.path(), desk::events());
        made.path().to_path_buf()
    });
    let path = folder.join("briefs/drafts/latency.md");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let loaded = attache::disk::Folder::at(&folder).load(&|_| ()).desk;
    let draft = desk::long_draft(&loaded, 6_000);
    std::fs::write(&path, &draft).unwrap();
    let count = std::env::var("ATTACHE_BENCH_KEYS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000);

    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word.as_str()));
    let run = |name: &str, measure: &dyn Fn() -> Vec<Duration>| {
        if wanted(name) {
            tell(name, &measure());
        }
    };
    run("a raw program that writes each byte back (the floor)", &|| keys::floor(count));
    run("Attaché: moving in Facts, 100,000 facts", &|| keys::moving(&folder, count));
    run("Attaché: moving in Brief, a draft of 6,000 words", &|| keys::moving_in_brief(&folder, count));
    run("Attaché: typing in a draft of 6,000 words", &|| keys::typing(&folder, count));
    let cold = || desk::forget(&folder);
    // What is kept of the files is written behind the first list.
    let kept = Once::new();
    let warm = || kept.call_once(|| keys::quit(keys::start_loaded(&folder)));
    for (before, how) in [(&cold as keys::Before<'_>, "cold"), (&warm, "warm")] {
        let name = |what: &str| format!("Attaché: {what}, {how}");
        run(&name("moving in Brief while the desk loads"), &|| keys::moving_while_loading(&folder, before));
        run(&name("moving in Facts while the list grows"), &|| keys::moving_in_growing_list(&folder, before));
        run(&name("typing while the desk loads"), &|| keys::typing_while_loading(&folder, before));
    }
    if Command::new("vim").arg("--version").stdout(Stdio::null()).status().is_ok_and(|s| s.success()) {
        let rows = made.path().join("rows.txt");
        let lines: Vec<String> =
            loaded.facts().filter_map(|at| Some(loaded.get(at)?.1.headline().into_owned())).collect();
        std::fs::write(&rows, lines.join("\n")).unwrap();
        let copy = made.path().join("draft.md");
        std::fs::write(&copy, &draft).unwrap();
        run("vim: moving in the same rows as lines of a file", &|| keys::vim_moving(&rows, count));
        run("vim: typing in the same draft", &|| keys::vim_typing(&copy, count));
    }
    if wanted("idle") {
        idle(&folder);
    }
    let _ = std::fs::remove_file(path);
}

/// Bytes written, and how often any thread woke, while nobody presses a key (Linux).
fn idle(folder: &Path) {
    let mut terminal = keys::start_loaded(folder);
    let id = terminal.process();
    let before = process::switches(id).0;
    let bytes = terminal.rest(Duration::from_secs(10));
    println!("{:>9}     wake-ups and {bytes} bytes in 10 idle seconds", process::switches(id).0 - before);
    keys::quit(terminal);
}
