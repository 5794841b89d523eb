//! Measuring, cutting and wrapping text for cells, the same way the terminal library draws it.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::model::text::{is_bidi_control, picture};

/// Columns of one grapheme cluster.
pub fn grapheme_width(grapheme: &str) -> usize {
    match grapheme.as_bytes() {
        [byte] => usize::from((0x20..0x7f).contains(byte)),
        _ if grapheme.contains(char::is_control) => 0,
        // Terminals give the halfwidth sound marks a cell each.
        _ => grapheme.width() + grapheme.matches(['\u{ff9e}', '\u{ff9f}']).count(),
    }
}

/// The columns of the clusters at the start that fit into `room`, and whether those are all.
pub fn fitting(text: &str, room: usize) -> (usize, bool) {
    let mut used = 0;
    for (_, glyph) in (Glyphs { text, at: 0 }) {
        let width = grapheme_width(glyph);
        if used + width > room {
            return (used, false);
        }
        used += width;
    }
    (used, true)
}

/// Columns of one grapheme cluster as [`display`] shows it.
pub fn shown_width(grapheme: &str) -> usize {
    match grapheme.as_bytes() {
        [0x20..0x7f] => 1,
        _ => width(&display(grapheme)),
    }
}

/// Columns of a text: the sum over its grapheme clusters, which is how cells are filled.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|b| (0x20..0x7f).contains(b)).count();
    }
    Glyphs { text, at: 0 }.map(|(_, glyph)| grapheme_width(glyph)).sum()
}

/// How many bytes at the start are printable ASCII that nothing behind them can join to a cluster: a cell
/// each.
pub fn plain_length(text: &str) -> usize {
    let printable = text.bytes().position(|b| !(0x20..0x7f).contains(&b));
    printable.map_or(text.len(), |at| if text.as_bytes()[at].is_ascii() { at } else { at.saturating_sub(1) })
}

/// How many bytes follow until a stretch that [`plain_length`] counts: at least one cluster.
pub fn odd_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let plain = |b: &u8| (0x20..0x7f).contains(b);
    // Behind a character that is not ASCII a plain one stands by itself, and so do those behind it.
    let at = bytes.iter().position(|b| !plain(b)).and_then(|odd| Some(odd + bytes.get(odd..)?.iter().position(plain)?));
    at.unwrap_or(text.len())
}

/// What may reach a cell: controls as pictures, bidi controls as `U+202E`, tabs and line ends as
/// a space.
pub fn display(text: &str) -> Cow<'_, str> {
    if !has_unfit(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            c if c.is_control() => out.push(picture(c)),
            c if is_bidi_control(c) => out.push_str(&format!("U+{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether a text has controls or bidi controls. Few bytes begin one, and the others are passed over quickly.
fn has_unfit(text: &str) -> bool {
    let bytes = text.as_bytes();
    let unfit = |at: usize| text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(is_unfit);
    // By chunks that the processor takes at once.
    let has_control = |some: &[u8]| some.iter().fold(false, |any, byte| any | byte.is_ascii_control());
    bytes.chunks(32).any(has_control) || memchr::memchr3_iter(0xc2, 0xd8, 0xe2, bytes).any(unfit)
}

fn is_unfit(c: char) -> bool {
    c.is_control() || is_bidi_control(c)
}

/// `text` in at most `room` columns, the last of them `…` when something is cut.
pub fn truncate<'a>(text: &'a str, room: usize, ellipsis: &str) -> Cow<'a, str> {
    let keep = room.saturating_sub(width(ellipsis));
    let cut = |end: usize| {
        let mut out = text.get(..end).unwrap_or_default().trim_end().to_owned();
        if room >= width(ellipsis) {
            out.push_str(ellipsis);
        }
        Cow::Owned(out)
    };
    // No further than what is seen: a line may be long.
    let seen = text.bytes().take(room.saturating_add(2));
    let plain = seen.take_while(|b| (0x20..0x7f).contains(b)).count();
    if plain == text.len() && plain <= room {
        return Cow::Borrowed(text);
    }
    if plain > room.saturating_add(1) {
        return cut(keep);
    }
    let mut used = 0;
    let mut end = 0;
    for (at, grapheme) in (Glyphs { text, at: 0 }) {
        used += grapheme_width(grapheme);
        if used <= keep {
            end = at + grapheme.len();
        }
        if used > room {
            return cut(end);
        }
    }
    Cow::Borrowed(text)
}

/// The byte ranges of the lines into which `text` falls at `room` columns, by word where words
/// fit, else after a slash or hyphen. Line feeds end lines and are in no range; spaces at a break stay in the line before it.
pub fn wrap(text: &str, room: usize) -> Vec<Range<usize>> {
    let room = room.max(1);
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in text.split('\n') {
        wrap_line(paragraph, start, room, &mut lines);
        start += paragraph.len() + 1;
    }
    lines
}

fn wrap_line(text: &str, offset: usize, room: usize, lines: &mut Vec<Range<usize>>) {
    if text.is_ascii() {
        // Every byte is a glyph of its own: no need to look for clusters.
        break_lines((0..text.len()).map(|at| (at, &text[at..=at])), text.len(), offset, room, lines);
    } else {
        break_lines(Glyphs { text, at: 0 }, text.len(), offset, room, lines);
    }
}

/// The grapheme clusters of a text.
pub fn glyphs(text: &str) -> impl Iterator<Item = &str> {
    Glyphs { text, at: 0 }.map(|(_, glyph)| glyph)
}

/// Grapheme clusters with their places. A byte of ASCII before another is one by itself, which spares most of
/// the looking up.
struct Glyphs<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Glyphs<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.at;
        let rest = self.text.get(at..)?;
        let glyph = match rest.as_bytes() {
            [] => return None,
            [first, second, ..] if first.is_ascii() && second.is_ascii() && *first != b'\r' => rest.get(..1)?,
            _ if is_one_character(rest) => rest,
            _ => rest.graphemes(true).next()?,
        };
        self.at = at + glyph.len();
        Some((at, glyph))
    }
}

fn is_one_character(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some() && characters.as_str().is_empty()
}

fn break_lines<'a>(
    glyphs: impl Iterator<Item = (usize, &'a str)>,
    length: usize,
    offset: usize,
    room: usize,
    lines: &mut Vec<Range<usize>>,
) {
    let mut line = 0;
    let mut used = 0;
    // The byte after the last space, and the columns up to there: where a line may break.
    let mut after_space = (0, 0);
    // The same after a mark at which an address may break where it has no line for itself.
    let mut after_mark = (0, 0);
    for (at, grapheme) in glyphs {
        let w = shown_width(grapheme);
        let space = grapheme == " ";
        // Spaces may hang over the edge; a glyph wider than the pane takes a line of its own.
        // Once more where a wide glyph does not fit behind what was carried over either.
        while used + w > room && !space && at > line {
            let places = [after_space, after_mark];
            let (end, columns) = places.into_iter().find(|(at, _)| *at > line).unwrap_or((at, used));
            lines.push(offset + line..offset + end);
            line = end;
            used -= columns;
            after_mark.1 = if after_mark.0 > end { after_mark.1 - columns } else { 0 };
        }
        used += w;
        if space {
            after_space = (at + grapheme.len(), used);
        } else if matches!(grapheme, "/" | "-" | "?" | "&") {
            after_mark = (at + grapheme.len(), used);
        }
    }
    lines.push(offset + line..offset + length);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, room: usize) -> Vec<&str> {
        wrap(text, room).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(lines("the quick brown fox", 10), ["the quick ", "brown fox"]);
        assert_eq!(lines("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(lines("see https://a.example/b-c/d", 15), ["see ", "https://", "a.example/b-c/d"]);
        assert_eq!(lines("ab-cd ef-ghijkl", 8), ["ab-cd ", "ef-", "ghijkl"]);
        assert_eq!(lines("a\n\nb", 5), ["a", "", "b"]);
        assert_eq!(lines("", 5), [""]);
        assert_eq!(lines("aa bbbbbbb", 4), ["aa ", "bbbb", "bbb"]);
        // What is shown counts: a control takes a cell, a bidi control six.
        assert_eq!(lines("a\u{1b}b c\u{202e}d", 8), ["a\u{1b}b ", "c\u{202e}d"]);
    }

    #[test]
    fn glyphs_are_grapheme_clusters() {
        for text in ["", "a", "ab\r\nc", "e\u{301}e\u{301}x", "a👩‍🚀b🇫🇷🇩🇪c", "\r\na\rb", "สวัสดี a\u{ad}b"]
        {
            let glyphs: Vec<_> = Glyphs { text, at: 0 }.collect();
            assert_eq!(glyphs, text.grapheme_indices(true).collect::<Vec<_>>(), "{text:?}");
        }
    }

    #[test]
    fn wide_glyphs_never_loop_and_never_overflow() {
        assert_eq!(lines("東京都", 4), ["東京", "都"]);
        assert_eq!(lines("東京", 1), ["東", "京"]);
        assert_eq!(lines("a bcd東", 4), ["a ", "bcd", "東"]);
        assert_eq!(lines("👩‍🚀👩‍🚀", 2), ["👩‍🚀", "👩‍🚀"]);
    }

    #[test]
    fn cutting_is_by_columns() {
        assert_eq!(truncate("東京都知事", 5, "…"), "東京…");
        assert_eq!(truncate("abc", 3, "…"), "abc");
        assert_eq!(truncate("abcd", 3, "..."), "...");
        assert_eq!(truncate("abcd", 0, "…"), "");
        assert_eq!(truncate("ab cd ef", 4, "…"), "ab…");
        assert_eq!(truncate("abcde\u{301}", 4, "…"), "abc…");
        assert_eq!(truncate("abcde\u{301}", 5, "…"), "abcde\u{301}");
    }

    proptest::proptest! {
        #[test]
        fn cutting_keeps_as_many_clusters_as_fit(
            parts in proptest::collection::vec(
                proptest::sample::select(vec!["a", " ", "word", "e\u{301}", "\u{301}", "東", "👩‍🚀", "\r", "\n", "ﾞ"]), 0..12),
            room in 1_usize..14,
        ) {
            let text = parts.concat();
            let fits = |room: usize| {
                let mut used = 0;
                let count = text.graphemes(true).take_while(|glyph| { used += grapheme_width(glyph); used <= room }).count();
                text.graphemes(true).take(count).collect::<String>()
            };
            let expected = match fits(room) {
                all if all == text => all,
                _ => format!("{}…", fits(room - 1).trim_end()),
            };
            proptest::prop_assert_eq!(truncate(&text, room, "…"), expected);
        }
    }

    #[test]
    fn plain_stretches_are_those_that_no_cluster_reaches_into() {
        for text in ["", "plain", "a👩‍🚀 bc", "e\u{301}f", "x\u{301}", "a\nb", "“Talks” — 東京, Minsk", "\u{301}a"]
        {
            let (mut rest, mut glyphs) = (text, Vec::new());
            while !rest.is_empty() {
                let (plain, other) = rest.split_at(plain_length(rest));
                let (odd, after) = other.split_at(odd_length(other));
                assert!(plain.len() + odd.len() > 0, "{text:?} stands still at {rest:?}");
                glyphs.extend(plain.chars().map(String::from));
                glyphs.extend(odd.graphemes(true).map(str::to_owned));
                rest = after;
            }
            assert_eq!(glyphs, text.graphemes(true).collect::<Vec<_>>(), "{text:?}");
        }
    }

    #[test]
    fn nothing_that_steers_a_terminal_passes() {
        for c in char::MIN..=char::MAX {
            let text = format!("x{c}");
            assert_eq!(has_unfit(&text), is_unfit(c), "{c:?}");
        }
        assert_eq!(display("a\u{1b}[2J\u{9b}b\u{202e}c\n"), "a␛[2J\u{fffd}bU+202Ec ");
    }
}
