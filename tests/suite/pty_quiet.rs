//! What the program does not do: it draws nothing and wakes for nothing while nothing happens, and what
//! it draws comes whole.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::harness::TemporaryDesk;
use crate::terminal::{BEGIN_FRAME, DRAFT, END_FRAME, PATIENCE, Terminal};

/// How long the program is watched.
const LONG: Duration = Duration::from_secs(2);

fn process(terminal: &Terminal) -> PathBuf {
    PathBuf::from(format!("/proc/{}", terminal.child.process_id().unwrap()))
}

/// The number behind a word in a file of the system's.
fn number(text: &str, word: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(word)).unwrap();
    line.trim().parse().unwrap()
}

/// How often all threads together have gone to sleep.
fn sleeps(terminal: &Terminal) -> u64 {
    let threads = std::fs::read_dir(process(terminal).join("task")).unwrap().map(|t| t.unwrap().path().join("status"));
    threads.map(|status| number(&std::fs::read_to_string(status).unwrap(), "voluntary_ctxt_switches:")).sum()
}

/// Waits until nothing is under way any more: no output and no wake-up for a while.
#[track_caller]
fn wait_until_idle(terminal: &mut Terminal) {
    let begun = Instant::now();
    loop {
        let before = sleeps(terminal);
        if terminal.is_silent(LONG) && sleeps(terminal) == before {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "it never comes to rest");
    }
}

#[test]
fn an_idle_program_draws_nothing_and_never_wakes() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    wait_until_idle(&mut terminal);
    // Nor after work: all timers have run out, the draft is saved.
    terminal.press("l", "No history here").press("o", "TYPE").press("words", "words").press("\x1b", "BROWSE");
    wait_until_idle(&mut terminal);
    assert!(desk.read(crate::terminal::DRAFT_FILE).contains("words"));
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
}

fn count(raw: &[u8], wanted: &[u8]) -> u64 {
    raw.windows(wanted.len()).filter(|window| *window == wanted).count() as u64
}

#[test]
fn every_frame_is_one_write_between_the_marks_and_never_clears_the_screen() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    wait_until_idle(&mut terminal);
    let writes =
        |terminal: &Terminal| number(&std::fs::read_to_string(process(terminal).join("io")).unwrap(), "syscw:");
    let (from, before) = (terminal.raw.len(), writes(&terminal));
    terminal.press("l", "No history here").press("j", "and in what terms.").press("?", "Keys").press("\x1b", "BROWSE");
    let raw = terminal.raw[from..].to_vec();
    let frames = count(&raw, BEGIN_FRAME);
    assert!(frames >= 4);
    assert_eq!((count(&raw, END_FRAME), writes(&terminal) - before), (frames, frames));
    assert!(raw.starts_with(BEGIN_FRAME) && raw.ends_with(END_FRAME));
    let between = [END_FRAME, BEGIN_FRAME].concat();
    assert_eq!(count(&raw, &between), frames - 1, "nothing is written outside the marks");
    assert_eq!(count(&raw, b"\x1b[2J"), 0);
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
}
