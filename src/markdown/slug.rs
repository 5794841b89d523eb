//! The id that a heading's text gives.

/// Lower case, words joined by `-`, nothing else: `What was said` becomes `what-was-said`.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') && c != '\'' && c != '’' {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_heading_gives_words_joined_by_hyphens() {
        for (text, slug) in [("What was said", "what-was-said"), ("  Q&A — lines ", "q-a-lines"), ("L’avis", "lavis"), ("Что?", "что")] {
            assert_eq!(super::slug(text), slug);
        }
    }
}
