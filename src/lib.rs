//! Attaché composes briefing notes from facts.
pub mod event_file;
pub mod finding;
pub mod model;
pub mod yaml;
pub mod error;
