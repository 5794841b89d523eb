//! Words in folded text: where they begin and end, and how good a hit is.

use memchr::memmem::Finder;

/// Tells whether a script writes without spaces, so that any character may begin a word.
fn is_spaceless(c: char) -> bool {
    matches!(u32::from(c),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff // Thai, Lao, Myanmar, Khmer
        | 0x2e80..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff) // kana, Han
}

fn joins(before: char, after: char) -> bool {
    before.is_alphanumeric() && after.is_alphanumeric() && !is_spaceless(before) && !is_spaceless(after)
}

fn is_boundary(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    // Nearly all text is ASCII here, and decoding is what costs.
    if let (Some(before), Some(after)) = (at.checked_sub(1).and_then(|i| bytes.get(i)), bytes.get(at))
        && before.is_ascii()
        && after.is_ascii()
    {
        return !(before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric());
    }
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return false };
    match (before.chars().next_back(), after.chars().next()) {
        (Some(before), Some(after)) => !joins(before, after),
        _ => true,
    }
}

/// Whether a word may begin at this byte.
pub(super) fn starts_word(text: &str, at: usize) -> bool {
    is_boundary(text, at)
}

/// Whether a word may end before this byte.
pub(super) fn ends_word(text: &str, at: usize) -> bool {
    is_boundary(text, at)
}

/// How a hit lies in the words around it, from worse to better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Inside a word.
    Inside,
    /// At the start of one.
    Start,
    /// A whole one.
    Whole,
}

/// The best of the first few hits and where it is.
pub(super) fn best_hit(finder: &Finder<'_>, text: &str) -> Option<(Fit, usize)> {
    const LOOKED_AT: usize = 8;
    let length = finder.needle().len();
    let mut best: Option<(Fit, usize)> = None;
    for at in finder.find_iter(text.as_bytes()).take(LOOKED_AT) {
        let fit = match (starts_word(text, at), ends_word(text, at + length)) {
            (true, true) => Fit::Whole,
            (true, false) => Fit::Start,
            _ => Fit::Inside,
        };
        if best.is_none_or(|(b, _)| fit > b) {
            best = Some((fit, at));
        }
        if fit == Fit::Whole {
            break;
        }
    }
    best
}

/// Whether the text has the needle as whole words, or at the start of a word when `open`.
pub(super) fn has_words(finder: &Finder<'_>, text: &str, open: bool) -> bool {
    let length = finder.needle().len();
    // Hits of a phrase may overlap (`a b a` in `xa b a b a`), which `find_iter` would pass over.
    let mut from = 0;
    while let Some(found) = text.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
        let at = from + found;
        if starts_word(text, at) && (open || ends_word(text, at + length)) {
            return true;
        }
        from = at + 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_and_end_at_boundaries_and_anywhere_in_han() {
        let text = "sco aide, 中俄关系 said";
        let has = |needle: &str, open| has_words(&Finder::new(needle), text, open);
        assert!(has("aide", false) && has("aid", true) && has("俄关", false) && has("sco aide", false));
        assert!(!has("aid", false) && !has("ide", true) && !has("ai", false));
    }

    #[test]
    fn the_best_hit_is_a_whole_word() {
        assert_eq!(best_hit(&Finder::new("aid"), "said aide aid"), Some((Fit::Whole, 10)));
        assert_eq!(best_hit(&Finder::new("aid"), "said aide"), Some((Fit::Start, 5)));
        assert_eq!(best_hit(&Finder::new("x"), "said"), None);
    }
}
