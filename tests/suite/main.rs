//! Tests of the whole program, one binary; `README.md` beside this file says how to add a case.

mod cli;
mod docs;
mod generated;
mod golden;
mod harness;
mod layers;
mod naughty;
mod odd_yaml;
#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod screen_svg;
