//! YAML into typed values, with every scalar as the text that was written.
//!
//! Two passes serve one set of serde shapes. [`parse`] is the quick one (`serde_yaml`): it gives
//! the value, or no more than that something is odd. [`tree`] is the careful one: it keeps the
//! place of every value, bounds depth and aliases, and lets a caller read part by part, so that a
//! fault costs only the part it stands in. This is the one module that names `serde_yaml`.

pub mod edit;
pub mod front_matter;
pub mod packed;
pub mod shape;
pub mod tree;
pub mod value;

pub use front_matter::{FrontBlock, Loose, read_loosely};
pub use packed::{Packed, View};
pub use tree::{Key, Node, NodeKind, Position, Step, Tree, TreeError, Unknown};
pub use value::Value;

use serde::de::DeserializeOwned;

/// The largest YAML file that is read, in bytes.
pub const MAX_FILE: usize = 4 * 1024 * 1024;
/// The largest text field that is read, in bytes.
pub const MAX_FIELD: usize = 64 * 1024;

/// Reads a whole text quickly; `None` when anything is out of the ordinary.
///
/// Out of the ordinary is: an error, a duplicate or unknown key (our shapes deny those), a second
/// document, a field over [`MAX_FIELD`], a number where the shape would lose how it was written, an
/// anchor (what aliases repeat is counted by the careful pass alone).
/// The caller then takes the careful pass, which tells what and where.
pub fn parse<T: DeserializeOwned>(text: &str) -> Option<T> {
    if text.len() > MAX_FILE || may_hold_anchor(text) {
        return None;
    }
    serde_yaml::from_str(strip_bom(text)).ok()
}

/// The text without a leading byte order mark, which YAML allows and `serde_yaml` does not.
pub fn strip_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Whether an anchor that many aliases repeat may stand in a text: an `&` where a value can begin, with a name behind it.
fn may_hold_anchor(text: &str) -> bool {
    let bytes = text.as_bytes();
    // A few aliases repeat little.
    if memchr::memchr_iter(b'*', bytes).take(100).count() < 100 {
        return false;
    }
    memchr::memchr_iter(b'&', bytes).any(|at| {
        let begins = at == 0 || matches!(bytes[at - 1], b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b',' | b':');
        begins && bytes.get(at + 1).is_some_and(|next| !next.is_ascii_whitespace())
    })
}
