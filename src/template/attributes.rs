//! Heading attributes with values in quotation marks.
//!
//! The Markdown parser cuts attributes at every space and knows no quotation marks; Pandoc does, so
//! `boxes="Agreed,Not agreed"` is put together again here.

/// The attributes as keys and values, quoted values whole and without their marks.
pub(super) fn rejoined(attributes: &[(String, Option<String>)]) -> Vec<(String, String)> {
    let mut whole: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for (key, value) in attributes {
        if open && let Some((_, text)) = whole.last_mut() {
            text.push(' ');
            text.push_str(key);
            if let Some(value) = value {
                text.push('=');
                text.push_str(value);
            }
            open = !text.ends_with('"');
            continue;
        }
        let value = value.clone().unwrap_or_default();
        open = value.starts_with('"') && (value.len() == 1 || !value.ends_with('"'));
        whole.push((key.clone(), value));
    }
    for (_, value) in &mut whole {
        if let Some(inner) = value.strip_prefix('"') {
            *value = inner.strip_suffix('"').unwrap_or(inner).to_owned();
        }
    }
    whole
}

/// Labels joined by commas.
pub(crate) fn labels(text: &str) -> Vec<String> {
    text.split(',').map(|label| label.trim().to_owned()).filter(|label| !label.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_value_is_one_value() {
        let attribute = |key: &str, value: Option<&str>| (key.to_owned(), value.map(ToOwned::to_owned));
        let cut = [
            attribute("boxes", Some("\"Agreed,Not")),
            attribute("agreed,See", None),
            attribute("a", Some("b\"")),
            attribute("limit", Some("\"3\"")),
            attribute("loose", None),
        ];
        let whole = rejoined(&cut);
        let whole: Vec<(&str, &str)> = whole.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(whole, [("boxes", "Agreed,Not agreed,See a=b"), ("limit", "3"), ("loose", "")]);
        assert_eq!(labels(" Agreed, Not agreed ,"), ["Agreed", "Not agreed"]);
    }
}
