//! The value of a template's field: a text, or a list of them.

use std::fmt;

/// What a draft says in a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldValue {
    items: Vec<String>,
    list: bool,
}

impl FieldValue {
    /// One text.
    pub fn text(text: impl Into<String>) -> Self {
        Self { items: vec![text.into()], list: false }
    }

    /// A list of texts.
    pub fn list(items: Vec<String>) -> Self {
        Self { items, list: true }
    }

    /// Whether it was written as a list.
    pub fn is_list(&self) -> bool {
        self.list
    }

    /// Whether nothing is in it.
    pub fn is_blank(&self) -> bool {
        self.items.iter().all(|item| item.trim().is_empty())
    }

    /// The items that are not empty, trimmed; a text is taken apart at `;`.
    pub fn items(&self) -> Vec<&str> {
        let parts = self.items.iter().flat_map(|item| item.split(if self.list { '\n' } else { ';' }));
        parts.map(str::trim).filter(|item| !item.is_empty()).collect()
    }
}

impl fmt::Display for FieldValue {
    /// The text as written; a list joined by `; `.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.list {
            f.write_str(&self.items().join("; "))
        } else {
            self.items.iter().try_for_each(|text| f.write_str(text))
        }
    }
}

impl PartialEq<str> for FieldValue {
    fn eq(&self, other: &str) -> bool {
        let shown = self.to_string();
        shown.as_str() == other
    }
}

impl PartialEq<&str> for FieldValue {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_joins_and_a_text_comes_apart() {
        let list = FieldValue::list(vec!["Press office ".into(), String::new(), "A; B".into()]);
        assert_eq!(list.to_string(), "Press office; A; B");
        assert_eq!(list.items(), ["Press office", "A; B"]);
        let text = FieldValue::text("Press office; China desk");
        assert_eq!(text.items(), ["Press office", "China desk"]);
        assert_eq!(text, "Press office; China desk");
        assert!(FieldValue::default().is_blank() && FieldValue::list(vec![" ".into()]).is_blank());
    }
}
