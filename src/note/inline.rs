//! The inline tags of CSL-JSON, carried through Hayagriva, which knows none.
//!
//! A letter inside `<span class="nocase">` or `<i>` goes to a private plane of Unicode before
//! formatting, where no change of case can touch it, and comes back afterwards with its emphasis.

use std::borrow::Cow;

/// Stands for a `<` that is text and opens no tag.
pub(super) const LESS_THAN: char = '\u{E0FF}';
/// Stands for the number of the note in which a source was cited first.
pub(super) const FIRST_NOTE: char = '\u{E0F0}';
/// Stands for a source's number in the list.
pub(super) const CITATION_NUMBER: char = '\u{E0F1}';
/// Stands for the letter that tells works of one author and year apart.
pub(super) const YEAR_SUFFIX: char = '\u{E0F2}';

/// Stand around a letter behind a year, which is chosen when all is put together.
pub(super) const LETTER: [char; 2] = ['\u{E0F3}', '\u{E0F4}'];
/// Stand around the names with which an entry of the list begins.
pub(super) const NAMES: [char; 2] = ['\u{E0F5}', '\u{E0F6}'];

/// An opening quotation mark of the text, whose form depends on the marks around it. Of the characters
/// that Hayagriva's change of case passes over, this is one of the rarest.
pub(super) const OPEN_QUOTE: char = '«';
/// Its closing fellow.
pub(super) const CLOSE_QUOTE: char = '»';
/// An opening quotation mark that the style sets.
pub(super) const STYLE_OPEN_QUOTE: char = '‹';
/// Its closing fellow.
pub(super) const STYLE_CLOSE_QUOTE: char = '›';

/// Letters that keep their case: the first code point of the plane.
const KEPT: u32 = 0xF_0000;
/// Letters in italics, which keep their case, too.
const ITALIC: u32 = 0x10_0000;

/// What a tag of CSL-JSON does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// In italics.
    Italic,
    /// With its case as it is.
    Kept,
    /// A superscript.
    Raised,
    /// A subscript.
    Lowered,
    /// Bold and small capitals: Markdown has no better for them inside a reference.
    Plain,
}

const OPENING: &[(&str, Tag)] = &[
    ("<i>", Tag::Italic),
    ("<em>", Tag::Italic),
    ("<b>", Tag::Plain),
    ("<strong>", Tag::Plain),
    ("<sup>", Tag::Raised),
    ("<sub>", Tag::Lowered),
    ("<sc>", Tag::Plain),
    ("<span class=\"nocase\">", Tag::Kept),
    ("<span class='nocase'>", Tag::Kept),
    ("<span style=\"font-variant:small-caps;\">", Tag::Plain),
    ("<span style=\"font-variant: small-caps;\">", Tag::Plain),
];
const CLOSING: &[&str] = &["</i>", "</em>", "</b>", "</strong>", "</sup>", "</sub>", "</sc>", "</span>"];

/// A piece of text with the tags around it.
#[derive(Debug)]
pub(super) struct Piece {
    tags: Vec<Tag>,
    /// The text itself.
    pub text: String,
}

impl Piece {
    /// The innermost tag.
    pub(super) fn tag(&self) -> Option<Tag> {
        self.tags.last().copied()
    }
}

/// Pieces of text, one for each change of tags.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut open: Vec<Tag> = Vec::new();
    let mut out: Vec<Piece> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '<' {
            if let Some((tag, kind)) = OPENING.iter().find(|(tag, _)| rest.starts_with(tag)) {
                open.push(*kind);
                rest = &rest[tag.len()..];
                continue;
            }
            if let Some(tag) = CLOSING.iter().find(|tag| rest.starts_with(**tag)).filter(|_| !open.is_empty()) {
                open.pop();
                rest = &rest[tag.len()..];
                continue;
            }
        }
        let shown = if c == LESS_THAN { '<' } else { c };
        match out.last_mut() {
            Some(piece) if piece.tags == open => piece.text.push(shown),
            _ => out.push(Piece { tags: open.clone(), text: shown.into() }),
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// The text as Hayagriva is to have it.
pub(super) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(&with_quotes(&small_words_kept(&without_private(text)))) {
        let italic = piece.tags.iter().filter(|t| **t == Tag::Italic).count() % 2 == 1;
        let plane = if italic {
            Some(ITALIC)
        } else if piece.tags.contains(&Tag::Kept) {
            Some(KEPT)
        } else {
            None
        };
        for c in piece.text.chars() {
            let c = match piece.tag() {
                Some(Tag::Raised) => raised(c),
                Some(Tag::Lowered) => lowered(c),
                _ => c,
            };
            out.push(plane.and_then(|plane| shifted(c, plane)).unwrap_or(c));
        }
    }
    out
}

/// Small English words behind a comma keep their case: Hayagriva takes a comma for the end of a sentence
/// and makes capitals of them.
fn small_words_kept(text: &str) -> Cow<'_, str> {
    const SMALL: &[&str] = &[
        "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "near", "nor", "of", "on", "or",
        "over", "so", "the", "to", "up", "via", "with", "yet",
    ];
    if !text.contains([',', ';']) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for (i, word) in text.split(' ').enumerate() {
        if i > 0 {
            out.push(' ');
        }
        if out.trim_end().ends_with([',', ';']) && SMALL.contains(&word) {
            out.extend(word.chars().map(|c| shifted(c, KEPT).unwrap_or(c)));
        } else {
            out.push_str(word);
        }
    }
    out.into()
}

/// A title as Hayagriva is to have it: words of scripts that write no titles in capitals keep their case.
pub(super) fn encode_title(text: &str) -> String {
    let foreign = |c: char| matches!(c, '\u{370}'..='\u{58F}' | '\u{10A0}'..='\u{10FF}' | '\u{1F00}'..='\u{1FFF}');
    encode(text).chars().map(|c| if foreign(c) { shifted(c, KEPT).unwrap_or(c) } else { c }).collect()
}

/// The text with every pair of quotation marks, of whatever kind, as one kind. Marks without a fellow,
/// apostrophes among them, stay as they are.
fn with_quotes(text: &str) -> String {
    const PAIRS: &[(char, char)] =
        &[('“', '”'), ('"', '"'), ('‘', '’'), ('„', '“'), ('«', '»'), ('‚', '‘'), ('‹', '›'), ('「', '」')];
    let mut chars: Vec<char> = text.chars().collect();
    let mut i = 0;
    while i < chars.len() {
        let starts_word = i == 0 || !chars[i - 1].is_alphanumeric();
        let pair = PAIRS.iter().find(|(open, _)| *open == chars[i]).filter(|_| starts_word && inside_no_tag(&chars, i));
        if let Some((_, close)) = pair {
            let ends = |j: &usize| {
                chars[*j] == *close
                    && inside_no_tag(&chars, *j)
                    && chars.get(j + 1).is_none_or(|next| !next.is_alphanumeric())
            };
            if let Some(end) = (i + 2..chars.len()).find(ends) {
                chars[i] = OPEN_QUOTE;
                chars[end] = CLOSE_QUOTE;
            }
        }
        i += 1;
    }
    chars.into_iter().collect()
}

/// Whether a character stands outside the tags of CSL-JSON, whose attributes have quotes of their own.
fn inside_no_tag(chars: &[char], at: usize) -> bool {
    let before = chars[..at].iter().rposition(|c| *c == '<' || *c == '>');
    before.is_none_or(|i| chars[i] == '>' || !chars[i..].starts_with(&['<', 's', 'p', 'a', 'n', ' ']))
}

/// A character of formatted text as it was, and whether it is in italics by its own tag.
pub(super) fn decode(c: char) -> (char, bool) {
    let back = |plane: u32| char::from_u32(u32::from(c) - plane).unwrap_or(char::REPLACEMENT_CHARACTER);
    match u32::from(c) {
        KEPT..=0xF_FFFF => (back(KEPT), false),
        ITALIC.. => (back(ITALIC), true),
        _ => (c, false),
    }
}

fn shifted(c: char, plane: u32) -> Option<char> {
    let code = u32::from(c);
    // White space stays: words must still end where they end. So does what is beyond the first plane.
    (code < 0xFFFE && !c.is_whitespace()).then(|| char::from_u32(code + plane)).flatten()
}

/// Somebody's private characters would come back as something else.
fn without_private(text: &str) -> Cow<'_, str> {
    let private = |c: char| u32::from(c) >= KEPT || ('\u{E0F0}'..LESS_THAN).contains(&c);
    if text.contains(private) { text.replace(private, "\u{FFFD}").into() } else { text.into() }
}

fn raised(c: char) -> char {
    const FROM: &str = "0123456789+-=()ni";
    const TO: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ";
    FROM.chars().zip(TO.chars()).find(|(from, _)| *from == c).map_or(c, |(_, to)| to)
}

fn lowered(c: char) -> char {
    const FROM: &str = "0123456789+-=()";
    const TO: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎";
    FROM.chars().zip(TO.chars()).find(|(from, _)| *from == c).map_or(c, |(_, to)| to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(text: &str) -> String {
        encode(text).chars().map(|c| decode(c).0).collect()
    }

    #[test]
    fn tags_go_and_letters_come_back() {
        assert_eq!(back("On <i>Homo sapiens</i> and <span class=\"nocase\">iOS</span>"), "On Homo sapiens and iOS");
        assert_eq!(back("CO<sub>2</sub> and 10<sup>-3</sup>"), "CO₂ and 10⁻³");
        assert_eq!(back("a < b, <x> and </i>"), "a < b, <x> and </i>");
        assert!(encode("<i>a b</i>").contains(' '), "spaces part words");
        assert_eq!(encode("<i>a</i>").chars().map(|c| decode(c).1).collect::<Vec<_>>(), [true]);
        assert_eq!(encode("<i>a<i>b</i></i>").chars().map(|c| decode(c).1).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn quotation_marks_are_of_one_kind_and_apostrophes_stay() {
        assert_eq!(encode("NATO: “decisive ‘enabler’” of it"), "NATO: «decisive «enabler»» of it");
        assert_eq!(encode("Gov't's \"plan\" 5\" wide"), "Gov't's «plan» 5\" wide");
        assert_eq!(encode("People’s „Zeitung“ and ‘don’t’"), "People’s «Zeitung» and «don’t»");
        assert!(encode("<span class=\"nocase\">x</span>").chars().all(|c| decode(c).0 == 'x'));
    }

    #[test]
    fn greek_and_cyrillic_titles_keep_their_case() {
        let title = encode_title("Паром в мае, Ferry");
        assert_eq!(title.chars().map(|c| decode(c).0).collect::<String>(), "Паром в мае, Ferry");
        assert!(title.chars().all(|c| !('\u{400}'..'\u{500}').contains(&c)) && title.ends_with("Ferry"));
    }

    #[test]
    fn a_less_than_that_is_text_opens_no_tag() {
        assert_eq!(back(&format!("{LESS_THAN}i>x")), "<i>x");
        assert_eq!(back("\u{100041}\u{E0F0}"), "\u{FFFD}\u{FFFD}");
    }
}
