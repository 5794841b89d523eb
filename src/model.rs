//! The value types.
pub mod date;
