//! Where the sentences of a text begin and end.
//!
//! Where it is in doubt a sentence ends: rules that count or combine words then stay silent.

use std::ops::Range;

/// What a full stop behind it does not end.
const ABBREVIATIONS: &str =
    "Mr Mrs Ms Dr Prof St Gen Col Maj Capt Lt Sen Rep Gov No Nos Art para paras vs e.g i.e cf approx ca c p pp";

/// The sentences of a text, without space around them.
pub(in crate::check) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if at < start {
            continue;
        }
        let cut = match c {
            '\n' | '\u{2028}' | '。' | '！' | '？' => Some(end),
            '.' | '!' | '?' | '…' if c != '.' || !is_abbreviation(text.get(start..at).unwrap_or_default()) => {
                stop(text, end)
            }
            _ => None,
        };
        if let Some(cut) = cut {
            push(text, start..cut, &mut found);
            start = cut;
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

/// Whether a word at this byte may be the first of a sentence, of a line, or of what follows a colon, a dash, a
/// quotation or a portion mark.
pub(in crate::check) fn opens_sentence(text: &str, at: usize) -> bool {
    let opening = |c: char| c.is_whitespace() && c != '\n' && c != '\u{2028}' || "“‘\"'(*[«„‹¿¡".contains(c);
    let before = text.get(..at).unwrap_or_default().trim_end_matches(opening);
    let line = before.rsplit(['\n', '\u{2028}']).next().unwrap_or_default().trim_start();
    let is_mark =
        line.strip_prefix('(').and_then(|l| l.strip_suffix(')')).is_some_and(|mark| !mark.contains([' ', ')']));
    before.is_empty() || is_mark || before.ends_with(|c: char| ".!?:;\n\u{2028}—–…|•☐☑☒。！？”’»›".contains(c))
}

/// Where a sentence ends whose last mark ends here: behind closing marks, before a space and what can begin another.
fn stop(text: &str, end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    let after = rest.trim_start_matches(['.', '!', '?', '…', '”', '’', '"', '\'', ')', ']', '»', '›']);
    let next = after.trim_start();
    let begins = !next.starts_with(char::is_lowercase);
    (next.len() < after.len() && begins).then(|| text.len() - after.len())
}

/// Whether the words before a full stop end in an abbreviation or an initial.
fn is_abbreviation(before: &str) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '\u{a0}'))
        .next()
        .unwrap_or_default();
    let initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
    initial || ABBREVIATIONS.split(' ').any(|known| known == word)
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let sentence = text.get(range.clone()).unwrap_or_default();
    let start = range.start + sentence.len() - sentence.trim_start().len();
    let end = start + sentence.trim().len();
    if start < end {
        found.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn sentences_end_at_marks_before_a_new_start() {
        assert_eq!(parts("One. Two! “Three?” Four… Five\nSix"), ["One.", "Two!", "“Three?”", "Four…", "Five", "Six"]);
        assert_eq!(
            parts("It is 3.5 … or so. Mr. Li and J. Smith, No. 5, e.g. Minsk."),
            ["It is 3.5 … or so.", "Mr. Li and J. Smith, No. 5, e.g. Minsk."]
        );
        assert_eq!(parts("彼は行く。また来る。"), ["彼は行く。", "また来る。"]);
        assert_eq!(parts("  "), [""; 0]);
    }

    #[test]
    fn a_capital_may_be_that_of_a_sentence() {
        let at = |text: &str| opens_sentence(text, text.find("Li").unwrap());
        for text in [
            "Li",
            "He left. Li",
            "“Li",
            "Note: Li",
            "He left – Li",
            "a\nLi",
            "“Yes.” Li",
            "(Li",
            "(SBU) Li",
            "a\n(U) Li",
        ] {
            assert!(at(text), "{text}");
        }
        for text in ["with Li", "Premier Li", "of (some) Li", "(some of) Li", "a, Li"] {
            assert!(!at(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_word_is_lost(text in ".{0,80}") {
            let joined: String = parts(&text).concat();
            let bare = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&joined), bare(&text));
        }
    }
}
