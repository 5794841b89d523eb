//! Markings: how far a text may travel.
//!
//! TLP 2.0 (FIRST, 2022): `TLP:CLEAR` < `TLP:GREEN` < `TLP:AMBER` < `TLP:AMBER+STRICT` < `TLP:RED`.
//! UK Government Security Classifications Policy (2023): OFFICIAL < OFFICIAL-SENSITIVE < SECRET <
//! TOP SECRET. US Executive Order 13526: UNCLASSIFIED < CONFIDENTIAL < SECRET < TOP SECRET, with the
//! State Department's SENSITIVE BUT UNCLASSIFIED above UNCLASSIFIED.
//!
//! Behind `//` a marking may carry handling (`SECRET//NOFORN`), which has no order.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One row of a scheme: how it is written in full and short, and how it leads a portion.
type Level = (&'static [&'static str], &'static str);

/// Markings that have an order among themselves, lowest first.
#[derive(Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The name by which drafts and templates call it.
    pub name: &'static str,
    levels: &'static [Level],
}

/// Every scheme, in the order in which one is looked for.
pub static SCHEMES: &[Scheme] = &[
    Scheme {
        name: "tlp",
        levels: &[
            (&["TLP:CLEAR"], "TLP:CLEAR"),
            (&["TLP:GREEN"], "TLP:GREEN"),
            (&["TLP:AMBER"], "TLP:AMBER"),
            (&["TLP:AMBER+STRICT"], "TLP:AMBER+STRICT"),
            (&["TLP:RED"], "TLP:RED"),
        ],
    },
    Scheme {
        name: "uk",
        levels: &[(&["OFFICIAL"], "O"), (&["OFFICIAL-SENSITIVE"], "OS"), (&["SECRET"], "S"), (&["TOP SECRET"], "TS")],
    },
    Scheme {
        name: "us",
        levels: &[
            (&["UNCLASSIFIED"], "U"),
            (&["SENSITIVE BUT UNCLASSIFIED", "SBU"], "SBU"),
            (&["CONFIDENTIAL"], "C"),
            (&["SECRET"], "S"),
            (&["TOP SECRET"], "TS"),
        ],
    },
];

impl Scheme {
    /// The scheme of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        SCHEMES.iter().find(|s| s.name.eq_ignore_ascii_case(name.trim()))
    }

    /// The first scheme that knows the marking, whatever its handling.
    pub fn of(marking: &Marking) -> Option<&'static Self> {
        SCHEMES.iter().find(|s| s.level(marking.class()).is_some())
    }

    /// The place of a class among the scheme's, from 0 for the lowest.
    pub fn level(&self, class: &str) -> Option<usize> {
        self.levels.iter().position(|(words, _)| words.contains(&class))
    }

    /// The class of this level in full: `TLP:RED`, `SENSITIVE BUT UNCLASSIFIED`.
    pub fn class(&self, level: usize) -> &'static str {
        self.levels.get(level).and_then(|(words, _)| words.first()).map_or("", |word| word)
    }

    /// The level that a portion mark without its parentheses stands for, whatever its handling.
    pub fn portion_level(&self, mark: &str) -> Option<usize> {
        let class = mark.split("//").next().unwrap_or_default();
        self.levels.iter().position(|(_, portion)| *portion == class)
    }

    /// What leads a portion of this level, without parentheses.
    pub fn portion(&self, level: usize) -> &'static str {
        self.levels.get(level).map_or("", |(_, portion)| portion)
    }
}

/// Whether a text is a portion mark of some scheme without its parentheses: `SBU`, `S//NOFORN`.
pub fn is_portion(text: &str) -> bool {
    SCHEMES.iter().any(|s| s.portion_level(text).is_some())
}

/// A marking as written, such as `TLP:GREEN` or `OFFICIAL-SENSITIVE`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

    /// The marking without its handling: `SECRET` of `SECRET//NOFORN`.
    pub fn class(&self) -> &str {
        self.0.split("//").next().unwrap_or_default().trim_end()
    }

    /// What stands behind the first `//`; empty if nothing does.
    pub fn handling(&self) -> &str {
        self.0.split_once("//").map_or("", |(_, handling)| handling.trim())
    }

    /// Compares two markings of one scheme; `None` when no scheme holds both.
    ///
    /// A marking with handling has no order: what it allows is not a matter of more or less.
    pub fn compare(&self, other: &Self) -> Option<std::cmp::Ordering> {
        SCHEMES.iter().find_map(|scheme| Some(scheme.level(&self.0)?.cmp(&scheme.level(&other.0)?)))
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
        assert_eq!(m("SBU").compare(&m("UNCLASSIFIED")), Some(Ordering::Greater));
        assert_eq!(m("SBU").compare(&m("CONFIDENTIAL")), Some(Ordering::Less));
        assert_eq!(m("SBU").compare(&m("SENSITIVE BUT UNCLASSIFIED")), Some(Ordering::Equal));
        assert_eq!(m("TLP:RED").compare(&m("SECRET")), None);
        assert_eq!(m("SECRET//NOFORN").compare(&m("SECRET")), None);
    }

    #[test]
    fn a_marking_has_a_class_and_perhaps_handling() {
        let marking = Marking::new("SECRET//NOFORN");
        assert_eq!((marking.class(), marking.handling()), ("SECRET", "NOFORN"));
        let us = Scheme::named("US").unwrap();
        assert_eq!(us.level("SECRET").map(|l| us.portion(l)), Some("S"));
        assert_eq!(Scheme::of(&Marking::new("SBU")), Some(us));
        assert_eq!(Scheme::of(&Marking::new("SECRET//UK EYES")).map(|s| s.name), Some("uk"));
        assert_eq!(Scheme::of(&Marking::new("HOUSE RED")), None);
    }

    #[test]
    fn portion_marks_are_known_with_and_without_handling() {
        assert!(["U", "SBU", "OS", "TLP:AMBER+STRICT", "S//NOFORN"].into_iter().all(is_portion));
        assert!(["", "X", "u", "SECRET"].into_iter().all(|text| !is_portion(text)));
    }
}
