//! One change of a text, kept by its bytes: small, and enough to go either way.

use std::sync::Arc;

/// What a change takes out of a text and puts in.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Splice {
    /// The first byte that changes.
    pub at: usize,
    /// What was there.
    pub removed: Box<str>,
    /// What is there now.
    pub inserted: Box<str>,
}

impl Splice {
    /// The shortest that makes one text of another.
    pub fn between(before: &str, after: &str) -> Self {
        let (at, removed, inserted) = difference(before, after);
        Self { at, removed: before[at..at + removed].into(), inserted: inserted.into() }
    }

    /// The text behind it; `None` for one that it was not made for.
    pub fn forth(&self, before: &str) -> Option<Arc<str>> {
        replaced(before, self.at, &self.removed, &self.inserted)
    }

    /// The text before it; `None` for one that it did not make.
    pub fn back(&self, after: &str) -> Option<Arc<str>> {
        replaced(after, self.at, &self.inserted, &self.removed)
    }

    /// The change that takes this one back.
    pub fn reversed(&self) -> Self {
        Self { at: self.at, removed: self.inserted.clone(), inserted: self.removed.clone() }
    }
}

fn replaced(text: &str, at: usize, old: &str, new: &str) -> Option<Arc<str>> {
    let (start, rest) = (text.get(..at)?, text.get(at..)?.strip_prefix(old)?);
    Some([start, new, rest].concat().into())
}

/// Where two texts begin to differ, how many bytes of the first go there, and what comes in their place.
pub(crate) fn difference<'a>(before: &str, after: &'a str) -> (usize, usize, &'a str) {
    let same = |a: &[u8], b: &[u8]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let mut start = same(before.as_bytes(), after.as_bytes());
    while !after.is_char_boundary(start) || !before.is_char_boundary(start) {
        start -= 1;
    }
    let (old, new) = (&before.as_bytes()[start..], &after.as_bytes()[start..]);
    let mut end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    while !after.is_char_boundary(after.len() - end) || !before.is_char_boundary(before.len() - end) {
        end -= 1;
    }
    (start, old.len() - end, &after[start..after.len() - end])
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_splice_goes_there_and_back(before in "[aä€ ]{0,8}", after in "[aä€ ]{0,8}") {
            let splice = Splice::between(&before, &after);
            proptest::prop_assert_eq!(splice.forth(&before), Some(after.as_str().into()));
            proptest::prop_assert_eq!(splice.back(&after), Some(before.as_str().into()));
            proptest::prop_assert_eq!(splice.reversed().forth(&after), Some(before.as_str().into()));
        }
    }
}
