//! Attaché composes briefing notes from facts.
//!
//! Data runs one way: files → [`model`] → [`draft`] → [`note`]. The pure core (from [`model`] to
//! [`search`]) does no I/O and reads no clock; [`disk`] alone touches files; [`app`] is a pure
//! state machine; [`tui`] and [`cli`] are the edges. `docs/architecture.md` draws it.

pub mod check;
pub mod draft;
pub mod event_file;
pub mod finding;
pub mod markdown;
pub mod model;
pub mod note;
pub mod search;
pub mod settings;
pub mod source_file;
pub mod splice;
pub mod template;
mod turns;
pub mod yaml;

pub mod disk;
pub mod error;

pub mod app;

pub mod cli;
pub mod tui;
