//! Attaché composes briefing notes from facts.
pub mod draft;
pub mod markdown;
pub mod model;
pub mod yaml;
