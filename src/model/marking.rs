//! Markings: how far a text may travel.
//!
//! TLP 2.0 (FIRST, 2022): `TLP:CLEAR` < `TLP:GREEN` < `TLP:AMBER` < `TLP:AMBER+STRICT` < `TLP:RED`.
//! UK Government Security Classifications Policy (2023): OFFICIAL < OFFICIAL-SENSITIVE < SECRET <
//! TOP SECRET. US Executive Order 13526: UNCLASSIFIED < CONFIDENTIAL < SECRET < TOP SECRET.

use std::fmt;

const TLP: &[&str] = &["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"];
const UK: &[&str] = &["OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"];
const US: &[&str] = &["UNCLASSIFIED", "CONFIDENTIAL", "SECRET", "TOP SECRET"];

/// A marking as written, such as `TLP:GREEN` or `OFFICIAL-SENSITIVE`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Marking(Box<str>);

impl Marking {
    /// Keeps the text as written, without space around it.
    pub fn new(text: &str) -> Self {
        Self(text.trim().into())
    }

    /// The marking as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares two markings of one scheme; `None` when no scheme holds both.
    pub fn compare(&self, other: &Self) -> Option<std::cmp::Ordering> {
        [TLP, UK, US].into_iter().find_map(|scheme| {
            let place = |m: &Self| scheme.iter().position(|word| *word == &*m.0);
            Some(place(self)?.cmp(&place(other)?))
        })
    }
}

impl fmt::Display for Marking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cmp::Ordering;

    #[test]
    fn order_holds_within_a_scheme_and_never_across() {
        let m = Marking::new;
        assert_eq!(m("TLP:GREEN").compare(&m("TLP:RED")), Some(Ordering::Less));
        assert_eq!(m("TLP:AMBER+STRICT").compare(&m("TLP:AMBER")), Some(Ordering::Greater));
        assert_eq!(m("SECRET").compare(&m("OFFICIAL")), Some(Ordering::Greater));
        assert_eq!(m("SECRET").compare(&m("CONFIDENTIAL")), Some(Ordering::Greater));
        assert_eq!(m("TLP:RED").compare(&m("SECRET")), None);
    }
}
