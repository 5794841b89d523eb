//! Tests of the whole program, one binary; `README.md` beside this file says how to add a case.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    unreachable_pub,
    reason = "a test stops at what it does not expect; its modules are one binary"
)]

mod accessibility;
mod bad_yaml;
mod better_bibtex;
mod cli;
mod docs;
mod flavours;
#[cfg(unix)]
mod flow;
mod fuzz;
#[allow(dead_code, reason = "each of its functions is also a target of the fuzzer")]
mod fuzz_targets;
mod generated;
mod golden;
mod harness;
mod hostile;
mod kinds;
mod layers;
mod naughty;
mod nothing_dropped;
mod odd_yaml;
#[cfg(unix)]
mod picture;
#[cfg(unix)]
mod pictures;
#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod pty_editor;
#[cfg(unix)]
mod pty_events;
#[cfg(unix)]
mod pty_first_run;
#[cfg(unix)]
mod pty_journal;
#[cfg(unix)]
mod pty_outside;
#[cfg(unix)]
mod pty_overview;
#[cfg(unix)]
mod pty_preview;
#[cfg(target_os = "linux")]
mod pty_quiet;
mod pty_two;
mod rules;
mod same_inputs;
mod search;
mod search_cases;
mod shared_sources;
#[cfg(unix)]
mod sizes;
mod ten_faults;
#[cfg(unix)]
mod terminal;
#[cfg(unix)]
mod unprivileged;
