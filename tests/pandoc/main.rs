//! What we print beside what Pandoc prints. Needs the program pandoc, version 3 or later:
//! `cargo test --features pandoc --test pandoc`.
//!
//! Pandoc is found in the path, or named by `ATTACHE_PANDOC`. Its own reader of the Citation Style
//! Language gets our sources (`--to pandoc`) and our style (`attache styles show`), so it prints the
//! same note independently; its readers of Markdown judge our text formats.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    unreachable_pub,
    reason = "a test stops at what it does not expect; its modules are one binary"
)]

mod citations;
mod classes;
mod document;
mod flavours;
mod notes;
mod peer;
