//! Words in folded text: where they begin and end, and how good a hit is.

use std::borrow::Cow;

use memchr::memmem::Finder;

use crate::model::text::fold;

/// Text as it is searched: folded, with letters of two sounds spelled out (`ß`, `æ`), characters that are
/// not seen left out, and numbers without what separates their thousands.
pub(super) fn searchable(text: &str) -> String {
    let bare = bare_numbers(text);
    if bare.is_ascii() {
        return bare.to_ascii_lowercase();
    }
    let folded = fold(&bare);
    if !folded.contains(['ß', 'æ', 'œ', 'þ', 'ð', '\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}']) {
        return folded;
    }
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ð' => out.push('d'),
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' => {}
            c => out.push(c),
        }
    }
    out
}

/// `1,200` as `1200`: what separates thousands is written in many ways, and left out as often.
pub(super) fn bare_numbers(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && memchr::memchr(b',', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut taken = 0;
    for (at, c) in thousands(text) {
        out.push_str(text.get(taken..at).unwrap_or_default());
        taken = at + c.len_utf8();
    }
    if taken == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(taken..).unwrap_or_default());
    Cow::Owned(out)
}

/// What separates thousands in a text: a comma or a space that does not break, between a digit and three more.
pub(super) fn thousands(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().filter(|(_, c)| matches!(c, ',' | '\u{a0}' | '\u{2009}' | '\u{202f}')).filter(|(at, c)| {
        let before = text.as_bytes().get(at.wrapping_sub(1)).is_some_and(u8::is_ascii_digit);
        let after = text.as_bytes().get(at + c.len_utf8()..).unwrap_or_default();
        before && after.iter().take(4).take_while(|b| b.is_ascii_digit()).count() == 3
    })
}

/// The ways in which a folded word may stand in a text, the one typed first: `cease-fire` also as
/// `ceasefire` and `cease fire`, a number also without separators. A text has hyphenated words
/// [joined](joined_words) besides.
pub(super) fn spellings(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    let has_digit = word.bytes().any(|b| b.is_ascii_digit());
    if has_digit && word.contains(',') && word.bytes().all(|b| b.is_ascii_digit() || b == b',') {
        all.push(word.replace(',', ""));
    } else if !has_digit && word.contains('-') && word.chars().any(char::is_alphabetic) {
        all.push(word.replace('-', ""));
        all.push(word.replace('-', " "));
    }
    all
}

/// The hyphenated words of a folded text without their hyphens: `ceasefire` for `cease-fire`.
pub(super) fn joined_words(text: &str) -> impl Iterator<Item = String> {
    let inside = |c: char| c.is_alphanumeric() || c == '-';
    let words = memchr::memchr(b'-', text.as_bytes()).map(|_| text.split(move |c| !inside(c)));
    words.into_iter().flatten().filter_map(|word| {
        let is_word = |part: &str| !part.is_empty() && part.chars().all(char::is_alphabetic);
        (word.contains('-') && word.split('-').all(is_word)).then(|| word.replace('-', ""))
    })
}

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
    fn text_is_searched_as_people_type_it() {
        for (written, searched) in [
            ("Some 1,200 men, 12,5 %", "some 1200 men, 12,5 %"),
            ("1,234,567 and 10\u{202f}000 in 2024,20", "1234567 and 10000 in 2024,20"),
            ("Straße, Ægidius, Núñez", "strasse, aegidius, nunez"),
            ("co\u{ad}operate", "cooperate"),
            ("China’s “aid”", "china's \"aid\""),
        ] {
            assert_eq!(searchable(written), searched);
        }
    }

    #[test]
    fn words_have_several_spellings() {
        assert_eq!(spellings("cease-fire"), ["cease-fire", "ceasefire", "cease fire"]);
        assert_eq!(spellings("1,2"), ["1,2", "12"]);
        assert_eq!(spellings("2024-08"), ["2024-08"]);
        assert_eq!(
            joined_words("a cease-fire of 2024-08, - vice-president").collect::<Vec<_>>(),
            ["ceasefire", "vicepresident"]
        );
    }

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
