//! Keys without end: neither memory nor open files grow.

use std::time::Duration;

use crate::apps::{App, BASE};
use crate::rig::{Numbers, Term};
use crate::{Effort, Outcome, Place};

/// What is pressed: moving, typing, taking back, and views, in any order. None of it ends the program.
const KEYS: [&str; 24] = [
    "j",
    "k",
    "\t",
    "g",
    "G",
    "p",
    "p",
    "o",
    "a word of text ",
    "\x1b",
    "e",
    "\x1b",
    "u",
    "U",
    "0",
    "u",
    "/",
    "w",
    "\x15",
    "\r",
    "\x1b",
    "T",
    "\x1b",
    "?",
];

pub fn run(app: App, effort: Effort) -> Outcome {
    let place = Place::new(app, BASE);
    let mut term = Term::start(&app.command(place.path()), place.path());
    assert!(term.wait_for(app.ready(), Duration::from_secs(20)));
    let total = effort.of(20_000, 1_000_000);
    let mut numbers = Numbers(7);
    let mut pressed = 0;
    let mut early = None;
    while pressed < total {
        let keys: Vec<&str> = (0..100).map(|_| KEYS[numbers.below(KEYS.len())]).collect();
        // Every hundred keys the program is back where all keys are commands, and takes back as much as was typed:
        // a draft that grows without end would take memory by itself.
        term.send(keys.concat() + "\x1b\x1b\x1b" + &"u".repeat(8));
        term.settle(Duration::from_millis(15));
        pressed += keys.len();
        if !term.is_alive() {
            return Outcome::Broken(format!("ended after {pressed} keys"));
        }
        // Undo fills up at first.
        if early.is_none() && pressed * 5 >= total {
            early = usage(term.pid());
        }
    }
    let (Some((memory, files)), Some((memory_now, files_now))) = (early, usage(term.pid())) else {
        return Outcome::NotRun("this system does not tell of memory and files".to_owned());
    };
    let grown = memory_now as f64 / memory as f64 - 1.0;
    let figures = format!(
        "{pressed} keys: memory {:.1} to {:.1} MB ({:+.1} %), open files {files} to {files_now}",
        memory as f64 / 1024.0,
        memory_now as f64 / 1024.0,
        grown * 100.0
    );
    Outcome::of(grown < 0.1 && files_now <= files + 1, figures)
}

/// Memory in KiB, and open files (Linux).
fn usage(pid: u32) -> Option<(u64, usize)> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let memory = line.split_whitespace().next()?.parse().ok()?;
    Some((memory, std::fs::read_dir(format!("/proc/{pid}/fd")).ok()?.count()))
}
