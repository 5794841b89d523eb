//! The first text of a draft: front matter and the template's headings.

use crate::template::Template;
use crate::yaml::edit::scalar;

/// What a draft starts with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// The note's title.
    pub title: String,
    /// The note's date, EDTF.
    pub date: String,
    /// Values of the template's fields.
    pub fields: Vec<(String, String)>,
    /// The query the Facts pane opens with.
    pub facts: Option<String>,
}

/// The text of a new draft: every section's heading with its id, nothing under it.
pub fn outline_text(template: &Template, start: &Start) -> String {
    let mut text = String::from("---\n");
    let mut line = |key: &str, value: &str| {
        text.push_str(key);
        text.push_str(": ");
        text.push_str(&scalar(value));
        text.push('\n');
    };
    line("template", &template.id);
    line("title", &start.title);
    line("date", &start.date);
    if !template.fields.is_empty() {
        text.push_str("fields:\n");
        for field in &template.fields {
            let given = start.fields.iter().find(|(key, _)| *key == field.id);
            let value = given.map(|(_, value)| value.as_str()).unwrap_or_default();
            text.push_str(&format!("  {}: {}\n", scalar(&field.id), scalar(value)));
        }
    }
    if let Some(facts) = start.facts.as_deref().filter(|f| !f.trim().is_empty()) {
        text.push_str(&format!("facts: {}\n", scalar(facts)));
    }
    text.push_str("---\n");
    for section in &template.sections {
        let level = "#".repeat(usize::from(section.level.clamp(1, 6)));
        text.push_str(&format!("\n{level} {} {{#{}}}\n", section.title, section.id));
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::yaml::edit::scalar;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_reads_back_from_its_scalar(text in any::<String>()) {
            let yaml = format!("a: {}\n", scalar(&text));
            let read: std::collections::BTreeMap<String, String> = crate::yaml::parse(&yaml).unwrap();
            prop_assert_eq!(&read["a"], &text);
        }
    }
}
