//! Where the words of a query stand in a text that is shown.

use std::ops::Range;

use memchr::memmem::Finder;

use super::query::{Query, What};
use super::text::{Fit, ends_word, searchable, spellings, starts_word, thousands};

impl Query {
    /// The bytes of `text` at which its words and phrases stand, in order, none overlapping: of each word the
    /// whole ones, else those that begin with it, else those that have it inside. What a mistyped
    /// word was taken for is not told here.
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        if !self.is_ranked() {
            return Vec::new();
        }
        let folded = Folded::new(text, false);
        let joined = text.contains('-').then(|| Folded::new(text, true));
        let mut marks = Vec::new();
        for term in self.terms.iter().filter(|term| !term.negated) {
            let ways = match &term.what {
                What::Word(word) => spellings(&word.folded),
                What::Phrase(words, _) => vec![words.folded.to_string()],
                What::Filter(_) => continue,
            };
            let mut hits: Vec<Range<usize>> = ways.iter().flat_map(|way| folded.hits(way)).collect();
            if let (true, Some(joined)) = (hits.is_empty(), &joined) {
                hits = ways.iter().flat_map(|way| joined.hits(way)).collect();
            }
            marks.append(&mut hits);
        }
        marks.sort_unstable_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
        let mut end = 0;
        marks.retain(|mark| {
            mark.start >= end && {
                end = mark.end;
                true
            }
        });
        marks
    }
}

/// A text as it is searched, and where each of its bytes comes from.
struct Folded {
    text: String,
    from: Vec<Range<usize>>,
}

impl Folded {
    fn new(text: &str, without_hyphens: bool) -> Self {
        let mut new = Self { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        let left_out: Vec<usize> = thousands(text).map(|(at, _)| at).collect();
        let mut one = [0; 4];
        for (at, c) in text.char_indices() {
            if without_hyphens && matches!(c, '-' | '‑') || left_out.contains(&at) {
                continue;
            }
            if c.is_ascii() {
                new.text.push(c.to_ascii_lowercase());
            } else {
                new.text.push_str(&searchable(c.encode_utf8(&mut one)));
            }
            new.from.resize(new.text.len(), at..at + c.len_utf8());
        }
        new
    }

    /// Where a word stands at its best.
    fn hits(&self, word: &str) -> Vec<Range<usize>> {
        let mut best = Fit::Inside;
        let mut hits = Vec::new();
        for at in Finder::new(word).find_iter(self.text.as_bytes()) {
            let end = at + word.len();
            let fit = match (starts_word(&self.text, at), ends_word(&self.text, end)) {
                (true, true) => Fit::Whole,
                (true, false) => Fit::Start,
                _ => Fit::Inside,
            };
            if fit > best {
                best = fit;
                hits.clear();
            }
            let (Some(first), Some(last)) = (self.from.get(at), self.from.get(end.saturating_sub(1))) else { continue };
            if fit == best {
                hits.push(first.start..last.end);
            }
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_where_they_stand() {
        for (query, text, marked) in [
            ("aid", "Said aides gave aid", vec!["aid"]),
            ("aid", "Said aides", vec!["aid"]),
            ("nunez order", "Núñez signed the ORDER", vec!["Núñez", "ORDER"]),
            ("1,200", "Some 1,200 men of 1200", vec!["1,200", "1200"]),
            ("ceasefire", "A cease-fire holds", vec!["cease-fire"]),
            ("cease-fire", "The ceasefire", vec!["ceasefire"]),
            ("\"lethal aid\" -kind:quote tag:x", "No lethal aid, lethal", vec!["lethal aid"]),
            ("关系", "中俄关系", vec!["关系"]),
            ("strasse", "Bahnhofstraße", vec!["straße"]),
            ("-aid kind:quote", "aid", vec![]),
            ("grain gr", "grain", vec!["grain"]),
            ("grdi", "grid", vec![]),
        ] {
            let query = Query::parse(query).unwrap();
            let marks: Vec<&str> = query.marks(text).into_iter().map(|mark| &text[mark]).collect();
            assert_eq!(marks, marked, "{query} in {text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn marks_are_parts_of_the_text(query in ".{0,12}", text in ".{0,40}") {
            let Ok(query) = Query::parse(&query) else { return Ok(()) };
            let mut end = 0;
            for mark in query.marks(&text) {
                proptest::prop_assert!(mark.start >= end && text.get(mark.clone()).is_some());
                end = mark.end;
            }
        }
    }
}
