//! Plain text from files, made safe once.

use std::borrow::Cow;

/// Replaces every control character but newline and tab by a visible picture.
///
/// C0 controls become U+2400–U+241F, DEL becomes U+2421 and C1 controls become U+FFFD, so that no
/// byte of content can steer a terminal or hide in a note. Carriage returns of CRLF and lone ones
/// become newlines. Everything else stays as written.
pub fn clean(text: &str) -> Cow<'_, str> {
    // C1 controls are two bytes that begin with 0xC2; most texts are told by their bytes alone.
    let odd = |b: u8| (b < 0x20 && b != b'\n' && b != b'\t') || b == 0x7f || b == 0xc2;
    if !text.bytes().any(odd) || !text.chars().any(|c| is_control(c) || c == '\r') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            c if is_control(c) => out.push(picture(c)),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The visible stand-in for a control character; any other character is returned unchanged.
pub fn picture(c: char) -> char {
    match u32::from(c) {
        n @ 0..=0x1f => char::from_u32(0x2400 + n).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        0x80..=0x9f => '\u{fffd}',
        _ => c,
    }
}

fn is_control(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t' && c != '\r'
}

/// `text` for a terminal: as [`clean`], and bidi controls as `U+202E`.
pub fn visible(text: &str) -> Cow<'_, str> {
    let text = clean(text);
    if !text.chars().any(is_bidi_control) {
        return text;
    }
    let spell = |c: char| if is_bidi_control(c) { format!("U+{:04X}", u32::from(c)) } else { c.to_string() };
    Cow::Owned(text.chars().map(spell).collect())
}

/// Tells whether `c` is one of Unicode's Bidi_Control characters, which reorder what is seen.
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Lower case without accents, for searching: `Núñez` becomes `nunez`.
pub fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(|c| match c {
            'ø' | 'Ø' => 'o'.to_lowercase(),
            'ł' | 'Ł' => 'l'.to_lowercase(),
            'đ' | 'Đ' => 'd'.to_lowercase(),
            'ı' => 'i'.to_lowercase(),
            c => c.to_lowercase(),
        })
        .map(|c| match c {
            '’' | '‘' | 'ʼ' => '\'',
            '“' | '”' | '„' => '"',
            '–' | '—' | '‑' => '-',
            c => c,
        })
        .collect()
}

/// `text` on one line: every run of white space becomes one space, none at the ends.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The text without the inline tags of CSL-JSON: `<i>`, `<b>`, `<sc>`, `<sub>`, `<sup>` and `<span …>`.
pub fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains("</") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        match tag_length(rest) {
            Some(length) => rest = &rest[length..],
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The length of the tag at the start of `text`, if one stands there.
fn tag_length(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let end =
        inner.bytes().take(64).position(|b| b == b'>' || b == b'<').filter(|end| inner.as_bytes()[*end] == b'>')?;
    let name = inner.get(..end)?.trim_start_matches('/');
    (matches!(name, "i" | "b" | "sc" | "sub" | "sup" | "span") || name.starts_with("span ")).then_some(end + 2)
}

/// The candidate nearest to `word`, if one is near enough to be what was meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(word, candidates).into_iter().min().map(|(_, c)| c)
}

/// The candidates nearest to `word`, at most three, those that are near enough to be what was meant.
pub fn nearest_few<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut found = near(word, candidates);
    found.sort_unstable();
    found.dedup();
    found.into_iter().take(3).map(|(_, c)| c).collect()
}

fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<(usize, &'a str)> {
    let folded = fold(word);
    let near_enough =
        |(distance, c): &(usize, &str)| *distance <= 1.max(c.chars().count().max(word.chars().count()) / 3);
    let measured = candidates.into_iter().map(|c| (strsim::damerau_levenshtein(&folded, &fold(c)), c));
    measured.filter(near_enough).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_pictures_and_the_rest_stays() {
        assert_eq!(clean("a\u{1b}[31mb\u{7f}\u{9b}"), "a␛[31mb␡\u{fffd}");
        assert_eq!(clean("a\r\nb\rc\td"), "a\nb\nc\td");
        assert!(matches!(clean("“Núñez” 東京 👩‍🚀"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_reorders_a_line_is_spelled_on_terminals() {
        assert_eq!(visible("a\u{202e}b\u{1b}c\n"), "aU+202Eb␛c\n");
        assert!(matches!(visible("“Núñez”\tمرحبا\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn folding_finds_names_without_their_accents() {
        for (written, typed) in
            [("Núñez", "nunez"), ("Zürich", "zurich"), ("Søren", "soren"), ("Kraków", "krakow"), ("O’Neill", "o'neill")]
        {
            assert_eq!(fold(written), typed);
        }
    }

    #[test]
    fn inline_tags_are_no_words() {
        assert_eq!(without_tags("<span class=\"nocase\">NATO</span> in <i>May</i>"), "NATO in May");
        assert_eq!(without_tags("a < b </x> 1<2 </i"), "a < b </x> 1<2 </i");
        assert!(matches!(without_tags("a < b > c"), Cow::Borrowed(_)));
    }

    #[test]
    fn nearest_offers_only_what_was_probably_meant() {
        let keys = ["title", "date", "sources", "speaker"];
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("source", keys), Some("sources"));
        assert_eq!(nearest("zebra", keys), None);
    }
}
