//! A desk that several people share by git: what docs/teams.md says, tried. Needs the program git:
//! `cargo test --features git --test git`.
//!
//! Git is found in the path, or named by `ATTACHE_GIT`. Settings, names and dates are the tests' own; nothing of the
//! machine's matters, and no network is used.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    unreachable_pub,
    reason = "a test stops at what it does not expect; its modules are one binary"
)]

mod advice;
mod desk;
mod table;
