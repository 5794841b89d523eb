//! Applying the mechanical ways to mend a finding.

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
