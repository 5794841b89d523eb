//! The torture suite: a program in a real pseudo-terminal is killed, starved of disk, signalled, resized and
//! flooded, and what is left is held against what was typed. The same is done to vim, where it is installed.
//!
//! ```sh
//! cargo test --features torture --test torture                      # every run, short: two minutes
//! cargo test --release --features torture --test torture -- --long  # as for a release: an hour
//! cargo test --features torture --test torture -- kill sweep --app vim
//! ```
//!
//! `ATTACHE_TORTURE_PROGRAM=PATH` puts another build of the program through it. Linux only; the sweeps need `strace`, and those of a full disk root's right to mount. A run that cannot be
//! made here says so. docs/reliability.md keeps the table that this prints.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test tool prints, and stops at what it does not expect"
)]

mod apps;
mod disk;
mod ends;
mod kill;
mod others;
mod private;
mod rig;
mod screen;
mod soak;
mod sweep;
mod tokens;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use apps::App;

/// How much is done.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// As for a release.
    pub long: bool,
}

impl Effort {
    /// One number or the other.
    pub fn of(self, short: usize, long: usize) -> usize {
        if self.long { long } else { short }
    }
}

/// What came of a run.
#[derive(Debug)]
pub enum Outcome {
    /// All as promised, with figures.
    Held(String),
    /// Not as promised.
    Broken(String),
    /// It could not be made here.
    NotRun(String),
}

impl Outcome {
    /// By whether all was as promised.
    pub fn of(held: bool, figures: String) -> Self {
        if held { Self::Held(figures) } else { Self::Broken(figures) }
    }
}

/// A run: its name, the promise it is for, whether vim can be put through it, and how it is made.
type Run = (&'static str, &'static str, bool, fn(App, Effort) -> Outcome);

const RUNS: &[Run] = &[
    ("kill", "kill -9 while typing", true, kill::run),
    ("sweep", "kill -9 at every system call of a save", true, |app, effort| sweep::run(app, effort, sweep::KILL)),
    ("sweep-eio", "EIO at every system call of a save", true, |app, effort| sweep::run(app, effort, "EIO")),
    ("sweep-enospc", "ENOSPC at every system call of a save", true, |app, effort| sweep::run(app, effort, "ENOSPC")),
    ("sweep-edquot", "EDQUOT at every system call of a save", true, |app, effort| sweep::run(app, effort, "EDQUOT")),
    ("sweep-erofs", "EROFS at every system call of a save", true, |app, effort| sweep::run(app, effort, "EROFS")),
    ("full", "a full disk", true, disk::full),
    ("vanished", "the folder goes and comes back", true, disk::vanished),
    ("hup", "SIGHUP while typing", true, |app, _| ends::signal(app, rustix::process::Signal::HUP)),
    ("term", "SIGTERM while typing", true, |app, _| ends::signal(app, rustix::process::Signal::TERM)),
    ("closed", "the terminal is closed while typing", true, |app, _| ends::closed(app)),
    ("stop", "stopped, resized and continued while typing", false, |app, _| ends::stopped(app)),
    ("behind", "another program changes the file", true, |app, _| others::behind(app)),
    ("two", "two instances on one file", true, |app, _| others::two(app)),
    ("resize", "resized among 1x1, 0x0 and 1000x1000 while typing", true, screen::resize),
    ("paste", "a large paste", true, screen::paste),
    ("hostile", "escape sequences and bidi controls in every text", false, |app, _| screen::hostile(app)),
    ("private", "no network, nothing in the temporary folder, 0600", false, private::run),
    ("soak", "keys without end", false, soak::run),
];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let effort = Effort { long: words.iter().any(|w| w == "--long") };
    let only = words.iter().position(|w| w == "--app").and_then(|at| words.get(at + 1));
    let wanted = |name: &str| {
        let mut named = words.iter().filter(|w| RUNS.iter().any(|run| run.0 == **w)).peekable();
        named.peek().is_none() || named.any(|w| w == name)
    };
    let (mut held, mut broken, mut not_run) = (0, 0, 0);
    println!("| run | program | result | |\n| --- | --- | --- | --- |");
    for (name, what, beside, run) in RUNS.iter().filter(|run| wanted(run.0)) {
        for app in [App::Ours, App::Vim] {
            let asked = only.map_or(app == App::Ours || effort.long, |only| only == app.name());
            if !asked || app == App::Vim && !beside {
                continue;
            }
            let outcome = if app.is_there() { run(app, effort) } else { Outcome::NotRun("it is not installed".into()) };
            let (result, figures) = match &outcome {
                Outcome::Held(figures) => ("held", figures),
                Outcome::Broken(figures) => ("**broken**", figures),
                Outcome::NotRun(why) => ("not run", why),
            };
            println!("| {name}: {what} | {} | {result} | {figures} |", app.name());
            // What vim does is for comparison and fails nothing.
            match outcome {
                _ if app == App::Vim => {}
                Outcome::Held(_) => held += 1,
                Outcome::Broken(_) => broken += 1,
                Outcome::NotRun(_) => not_run += 1,
            }
        }
    }
    println!("\n{held} passed, {broken} failed, {not_run} skipped");
    if broken > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// A folder for one program, and the file in it.
pub struct Place {
    folder: tempfile::TempDir,
    /// The file that is written in.
    pub file: PathBuf,
}

impl Place {
    /// A new one with this text.
    pub fn new(app: App, text: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("torture-").tempdir().unwrap();
        let file = app.set_up(folder.path(), text);
        Self { folder, file }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The file's text; `None` if it is gone.
    pub fn text(&self) -> Option<String> {
        Some(String::from_utf8_lossy(&std::fs::read(&self.file).ok()?).into_owned())
    }
}
