//! Attaché composes briefing notes from facts.
pub mod check;
pub mod disk;
pub mod draft;
pub mod error;
pub mod event_file;
pub mod finding;
pub mod markdown;
pub mod model;
pub mod note;
pub mod search;
pub mod template;
pub mod yaml;
