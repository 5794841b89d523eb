//! The id that a heading's text gives.

/// The id a title stands for: lower case, hyphens for spaces, other punctuation left out.
pub fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len());
    for ch in title.trim().chars() {
        match ch {
            _ if ch.is_alphanumeric() || ch == '_' => slug.extend(ch.to_lowercase()),
            _ if (ch.is_whitespace() || ch == '-') && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_heading_gives_words_joined_by_hyphens() {
        for (text, slug) in
            [("What was said", "what-was-said"), ("  Q&A — lines ", "qa-lines"), ("L’avis", "lavis"), ("Что?", "что")]
        {
            assert_eq!(super::slug(text), slug);
        }
    }
}
