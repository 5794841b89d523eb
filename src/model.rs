//! The value types.
