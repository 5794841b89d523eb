//! The words of a text, for rules that look for names and phrases.

use crate::model::text::fold;

/// A word and the byte at which it begins.
#[derive(Debug)]
pub(in crate::check) struct Word {
    pub(in crate::check) at: usize,
    /// The byte behind it.
    pub(in crate::check) end: usize,
    /// Folded: case and accents do not count.
    pub(in crate::check) text: String,
}

/// The words of a text, folded; apostrophes and hyphens part them, so that kinds of these do not count.
pub(in crate::check) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push(Word { at: from, end: at, text: fold(text.get(from..at).unwrap_or_default()) });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Whether a language (BCP 47) is English, so that lists of English words may be held against its texts.
pub(in crate::check) fn is_english(language: &str) -> bool {
    language.split(['-', '_']).next().is_some_and(|primary| primary.eq_ignore_ascii_case("en"))
}

/// Where a name stands in a text as whole words, in its own case.
pub(in crate::check) fn places<'t>(text: &'t str, name: &str) -> impl Iterator<Item = usize> + 't {
    let name = name.trim().to_owned();
    let length = name.len();
    let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let all: Vec<usize> =
        if name.is_empty() { Vec::new() } else { text.match_indices(&name).map(|(at, _)| at).collect() };
    all.into_iter().filter(move |at| {
        !joins(text.get(..*at).and_then(|t| t.chars().next_back()))
            && !joins(text.get(at + length..).and_then(|t| t.chars().next()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_know_their_place() {
        let found: Vec<(usize, String)> = words("L’Été, x-y 3").into_iter().map(|w| (w.at, w.text)).collect();
        let expected = [(0, "l"), (4, "ete"), (11, "x"), (13, "y"), (15, "3")];
        assert_eq!(found, expected.map(|(at, w)| (at, w.to_owned())));
    }

    #[test]
    fn a_name_is_whole_words() {
        assert_eq!(places("Li, Lima and Li’s", "Li").collect::<Vec<_>>(), [0, 13]);
        assert_eq!(places("a", "").count(), 0);
    }
}
