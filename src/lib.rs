//! Attaché composes briefing notes from facts.
pub mod draft;
pub mod event_file;
pub mod finding;
pub mod markdown;
pub mod model;
pub mod yaml;
