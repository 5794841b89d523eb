//! Applying the mechanical ways to mend a finding.

use std::ops::Range;

use crate::draft::Draft;
use crate::finding::Edit;

impl Edit {
    /// The text of the file with this change alone; `None` if the text is not the one it was made for.
    pub fn apply(&self, text: &str) -> Option<String> {
        match self {
            Self::Bytes(range, new) => {
                let (before, after) = (text.get(..range.start)?, text.get(range.end..)?);
                Some(format!("{before}{new}{after}"))
            }
            Self::Front(key, value) => Some(Draft::parse(text, &[]).set_front_matter(key, value)?.text().to_owned()),
            Self::Value(route, value) => crate::yaml::edit::set(text, route, value),
        }
    }
}

/// Several changes of one text, made from the same text; which of them went in.
///
/// Of two that touch the same bytes, or the same value, the first goes in: what the other is for is looked at anew
/// in what came of it.
pub fn mend(text: &str, edits: &[&Edit]) -> (String, Vec<bool>) {
    let mut done = vec![false; edits.len()];
    let mut of_bytes: Vec<(usize, &Range<usize>)> = Vec::new();
    for (i, edit) in edits.iter().enumerate() {
        if let Edit::Bytes(range, _) = edit {
            let touches = |(_, other): &(usize, &Range<usize>)| range.start <= other.end && other.start <= range.end;
            if !of_bytes.iter().any(touches) {
                of_bytes.push((i, range));
            }
        }
    }
    // From the end, so that places before stay what they are; keys and values afterwards, by their names.
    of_bytes.sort_by_key(|(_, range)| std::cmp::Reverse(range.start));
    let others = (0..edits.len()).filter(|i| !matches!(edits.get(*i), Some(Edit::Bytes(..))));
    let mut text = text.to_owned();
    let mut changed: Vec<&Edit> = Vec::new();
    for i in of_bytes.iter().map(|(i, _)| *i).chain(others) {
        let Some(edit) = edits.get(i) else { continue };
        if changed.iter().any(|other| other.same_place(edit)) {
            continue;
        }
        if let (Some(new), Some(done)) = (edit.apply(&text), done.get_mut(i)) {
            text = new;
            *done = true;
            changed.push(edit);
        }
    }
    (text, done)
}

impl Edit {
    /// Whether both set one value.
    fn same_place(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Front(a, _), Self::Front(b, _)) => a == b,
            (Self::Value(a, _), Self::Value(b, _)) => a == b,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Step;

    fn bytes(range: Range<usize>, new: &str) -> Edit {
        Edit::Bytes(range, new.to_owned())
    }

    #[test]
    fn changes_go_in_together_unless_they_touch() {
        let text = "---\ntitle: T\n---\n\none two three\n";
        let one = text.find("one").unwrap();
        let edits = [
            bytes(one..one + 3, "1"),
            bytes(one + 8..one + 13, "3"),
            bytes(one + 2..one + 5, "?"),
            Edit::Front("marking", "TLP:RED".into()),
            Edit::Front("marking", "TLP:GREEN".into()),
        ];
        let (mended, done) = mend(text, &edits.iter().collect::<Vec<_>>());
        assert_eq!(mended, "---\ntitle: T\nmarking: TLP:RED\n---\n\n1 two 3\n");
        assert_eq!(done, [true, true, false, true, false]);
    }

    #[test]
    fn values_are_set_by_their_way_and_a_way_that_leads_nowhere_changes_nothing() {
        let way = |key: &str| vec![Step::Key("facts".into()), Step::Index(0), Step::Key(key.into())];
        let text = "facts:\n  - text: a # x\n";
        let edits = [
            Edit::Value(way("text"), "b".into()),
            Edit::Value(way("id"), "i".into()),
            Edit::Value(vec![Step::Index(7)], "z".into()),
        ];
        let (mended, done) = mend(text, &edits.iter().collect::<Vec<_>>());
        assert_eq!(mended, "facts:\n  - id: i\n    text: b # x\n");
        assert_eq!(done, [true, true, false]);
        assert_eq!(bytes(5..99, "x").apply("é"), None);
    }
}
