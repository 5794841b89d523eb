//! Comparing wordings: what may differ between a quotation and its source, and what may not.
//!
//! A wording is split where words were left out (`…`, `...`, `[…]`) or put in (`[x]`); of each segment
//! the kind of quotation marks and dashes, the spacing, outer marks, a closing comma or full stop,
//! characters that nobody sees and the case of the first letter do not count. Everything else does.

use std::ops::Range;

use super::unseen::is_unseen;
use unicode_normalization::UnicodeNormalization as _;

/// The longest text, in words, in which a nearest wording is looked for.
const LONGEST: usize = 600;

/// A normalised text: its segments, in order.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(in crate::check) struct Wording {
    segments: Vec<Segment>,
}

/// What stands between two places where words were left out or put in.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
struct Segment {
    text: String,
    /// Whether it begins, and ends, within a word, as in `[w]hoever` and `neighbour[s]`.
    cuts: (bool, bool),
}

/// The wording nearest to one that stands nowhere.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::check) struct Near {
    /// The words of the other text that correspond.
    pub(in crate::check) words: String,
    /// What each has where the other has something else: (sought, found).
    pub(in crate::check) differences: Vec<(String, String)>,
    /// The share of words in common, 0 to 1.
    pub(in crate::check) likeness: f64,
    /// Whether the first and the last word are in common.
    pub(in crate::check) ends_agree: bool,
}

impl Wording {
    pub(in crate::check) fn of(text: &str) -> Self {
        let text: String = text.nfkc().collect();
        let mut segments = Vec::new();
        let parts = outside_brackets(&text);
        for (i, part) in parts.iter().enumerate() {
            let cuts = (
                i > 0 && part.starts_with(char::is_alphanumeric),
                i + 1 < parts.len() && part.ends_with(char::is_alphanumeric),
            );
            let pieces: Vec<&str> = part.split("...").collect();
            segments.extend(pieces.iter().enumerate().map(|(n, piece)| Segment {
                text: segment(piece),
                cuts: (cuts.0 && n == 0, cuts.1 && n + 1 == pieces.len()),
            }));
        }
        segments.retain(|s| !s.text.is_empty());
        Self { segments }
    }

    pub(in crate::check) fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Whether its segments stand in the other text, in this order and as whole words.
    pub(in crate::check) fn is_in(&self, other: &Self) -> bool {
        let (mut at, mut from) = (0, 0);
        self.segments.iter().all(|segment| {
            while let Some(text) = other.segments.get(at) {
                if let Some(end) = find(segment, &text.text, from) {
                    from = end;
                    return true;
                }
                (at, from) = (at + 1, 0);
            }
            false
        })
    }

    /// The part of the other text most like it, if at least half of the words agree.
    pub(in crate::check) fn nearest_in(&self, other: &Self) -> Option<Near> {
        let words = |w: &Self| -> Vec<String> {
            w.segments.iter().flat_map(|s| s.text.split(' ')).map(ToOwned::to_owned).take(LONGEST).collect()
        };
        let near = align(&words(self), &words(other))?;
        (near.likeness >= 0.5).then_some(near)
    }
}

/// The run of a text that is the nearest wording found in it, in the text's own characters but for outer marks.
pub(in crate::check) fn verbatim<'t>(text: &'t str, near: &Near) -> Option<&'t str> {
    let sought = Wording::of(&near.words);
    let words: Vec<Range<usize>> = text
        .split_whitespace()
        .map(|word| word.as_ptr().addr() - text.as_ptr().addr())
        .zip(text.split_whitespace())
        .map(|(at, word)| at..at + word.len())
        .take(LONGEST)
        .collect();
    if sought.segments.len() != 1 {
        return None;
    }
    // Dashes with spaces around them are words of their own here, and none there.
    let length = near.words.split(' ').count();
    let lengths = length.saturating_sub(1).max(1)..length + 7;
    let runs = (0..words.len()).flat_map(|first| lengths.clone().map(move |n| (first, first + n - 1)));
    let run = runs.filter_map(|(first, last)| text.get(words.get(first)?.start..words.get(last)?.end));
    let outer = |c: char| c.is_whitespace() || is_mark(c);
    let closing = |c: char| outer(c) || matches!(c, ',' | '.');
    run.map(|run| run.trim_start_matches(outer).trim_end_matches(closing))
        .find(|run| run.len() < 2 * near.words.len() + 40 && Wording::of(run) == sought)
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '“' | '”'
            | '„'
            | '‟'
            | '"'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | 'ʼ'
            | '「'
            | '」'
            | '『'
            | '』'
    )
}

/// The parts of a text that stand outside square brackets.
fn outside_brackets(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once('[') {
        let Some((_, after)) = inside.split_once(']') else { break };
        parts.push(before);
        rest = after;
    }
    parts.push(rest);
    parts
}

/// A segment in its normal form.
fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        // The spaces inside guillemets and before marks are a matter of house style, too.
        let (before, behind) = (out.chars().next_back(), chars.peek().copied());
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        let closes = (c == '»' && apart(behind)) || matches!(c, ':' | ';' | '!' | '?');
        if closes && before == Some(' ') {
            out.pop();
        }
        if c == '«' && apart(before) {
            while chars.next_if(|c| c.is_whitespace()).is_some() {}
        }
        if is_unseen(c) && !c.is_whitespace() {
            continue;
        }
        let c = match c {
            c if is_mark(c) => '\'',
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        // Spaces beside a dash are a matter of house style.
        if c == '-' {
            out.truncate(out.trim_end_matches(' ').len());
        }
        if c != ' ' || !(out.is_empty() || out.ends_with([' ', '-'])) {
            out.push(c);
        }
    }
    let outer = |c: char| matches!(c, '\'' | ' ');
    let closing = |c: char| matches!(c, '\'' | ' ' | ',' | '.');
    let trimmed = out.trim_start_matches(outer).trim_end_matches(closing);
    trimmed.to_owned()
}

/// The end of the first place at which the segment stands in the text as whole words.
fn find(sought: &Segment, text: &str, from: usize) -> Option<usize> {
    let (segment, cuts) = (sought.text.as_str(), sought.cuts);
    let first = segment.chars().next()?;
    let rest = segment.get(first.len_utf8()..)?;
    let hay = text.get(from..)?;
    let whole = |at: usize, end: usize| {
        let joins = |a: Option<char>, b: Option<char>| a.zip(b).is_some_and(|(a, b)| spaced(a) && spaced(b));
        let (before, after) = (text.get(..at), text.get(end..));
        (cuts.0 || !joins(before.and_then(|t| t.chars().next_back()), Some(first)))
            && (cuts.1 || !joins(segment.chars().next_back(), after.and_then(|t| t.chars().next())))
    };
    let is_first = |c: char| c == first || c.to_lowercase().eq(first.to_lowercase());
    hay.char_indices().filter(|(_, c)| is_first(*c)).find_map(|(i, c)| {
        let at = from + i;
        let inner = at + c.len_utf8();
        let end = inner + rest.len();
        (text.get(inner..)?.starts_with(rest) && whole(at, end)).then_some(end)
    })
}

/// Whether a character is part of a word in a script that has spaces between words.
fn spaced(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(u32::from(c), 0x0e00..=0x0eff | 0x2e80..=0x30ff | 0x3400..=0x9fff | 0x20000..=0x3ffff)
}

/// Lays the sought words along the text where they fit best, by the fewest changed words.
fn align(sought: &[String], text: &[String]) -> Option<Near> {
    let (n, m) = (sought.len(), text.len());
    if n == 0 || m == 0 {
        return None;
    }
    let width = m + 1;
    let mut cost = vec![0_usize; (n + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    // The first row stays 0: the part may begin anywhere in the text.
    for (i, word) in (1..).zip(sought) {
        if let Some(c) = cost.get_mut(at(i, 0)) {
            *c = i;
        }
        for (j, other) in (1..).zip(text) {
            let get = |i, j| cost.get(at(i, j)).copied().unwrap_or(usize::MAX / 2);
            let change = get(i - 1, j - 1) + usize::from(!same_word(word, other));
            let best = change.min(get(i - 1, j) + 1).min(get(i, j - 1) + 1);
            if let Some(c) = cost.get_mut(at(i, j)) {
                *c = best;
            }
        }
    }
    let get = |i, j| cost.get(at(i, j)).copied().unwrap_or(usize::MAX / 2);
    let mut j = (0..=m).min_by_key(|j| get(n, *j))?;
    // Rather another last word than none.
    if j < m && get(n, j + 1) == get(n, j) && get(n - 1, j) + 1 == get(n, j) {
        j += 1;
    }
    let (mut i, end, total) = (n, j, get(n, j));
    let mut steps: Vec<(Option<&str>, Option<&str>)> = Vec::new();
    while i > 0 {
        let word = sought.get(i - 1).map(String::as_str);
        let other = j.checked_sub(1).and_then(|j| text.get(j)).map(String::as_str);
        if let (Some(a), Some(b)) = (word, other)
            && get(i, j) == get(i - 1, j - 1) + usize::from(!same_word(a, b))
        {
            steps.push((word, other));
            (i, j) = (i - 1, j - 1);
        } else if get(i, j) == get(i - 1, j) + 1 {
            steps.push((word, None));
            i -= 1;
        } else if j > 0 {
            steps.push((None, other));
            j -= 1;
        } else {
            break;
        }
    }
    steps.reverse();
    let agrees = |(a, b): &(Option<&str>, Option<&str>)| a.zip(*b).is_some_and(|(a, b)| same_word(a, b));
    let ends_agree = steps.first().is_some_and(agrees) && steps.last().is_some_and(agrees);
    let likeness = 1.0 - (total as f64 / n as f64).min(1.0);
    Some(Near { words: text.get(j..end)?.join(" "), differences: differences(&steps), likeness, ends_agree })
}

/// Equal but for the marks around the words and the case of a first letter.
fn same_word(a: &str, b: &str) -> bool {
    fn core(word: &str) -> &str {
        word.trim_matches(|c: char| !c.is_alphanumeric())
    }
    let (a, b) = (core(a), core(b));
    let first = |w: &str| w.chars().next().map(|c| c.to_lowercase().collect::<String>());
    let rest = |w: &'_ str| w.chars().skip(1).collect::<String>();
    a == b || (first(a) == first(b) && rest(a) == rest(b))
}

/// Neighbouring changes joined.
fn differences(steps: &[(Option<&str>, Option<&str>)]) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let changed = |(a, b): &(Option<&str>, Option<&str>)| !a.zip(*b).is_some_and(|(a, b)| same_word(a, b));
    for run in steps.chunk_by(|x, y| changed(x) == changed(y)).filter(|run| run.first().is_some_and(changed)) {
        let side = |words: Vec<&str>| words.join(" ");
        out.push((side(run.iter().filter_map(|s| s.0).collect()), side(run.iter().filter_map(|s| s.1).collect())));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_in(a: &str, b: &str) -> bool {
        Wording::of(a).is_in(&Wording::of(b))
    }

    #[test]
    fn house_style_does_not_count() {
        let source = "“Under the strategic guidance, China-Russia relations — he said — have eliminated ‘external’ interference,” Mao said";
        for quote in [
            "under the strategic guidance",
            "Under the  strategic\nguidance,",
            "China–Russia relations - he said - have",
            "“have eliminated \"external\" interference.”",
            "Under … relations … interference",
            "have eliminated « external » interference",
            "[the] strategic [...] guidance",
            "[China] have eliminated",
            "",
        ] {
            assert!(is_in(quote, source), "{quote}");
        }
    }

    #[test]
    fn words_do() {
        let source = "Under the strategic guidance, relations have eliminated external interference";
        for quote in [
            "under the strategic guidanc",
            "nder the strategic",
            "Under the Strategic guidance",
            "relations … Under the strategic",
            "have overcome external interference",
            "Under the strategic guidance relations",
            "interference … interference",
        ] {
            assert!(!is_in(quote, source), "{quote}");
        }
        assert!(!is_in("a b c", "a b … c") && is_in("a b … c", "a b … c"));
    }

    #[test]
    fn the_nearest_wording_is_shown_word_by_word() {
        let near = Wording::of("relations have overcome external interference")
            .nearest_in(&Wording::of("He said relations have eliminated all external interference, and more"))
            .unwrap();
        assert_eq!(near.words, "relations have eliminated all external interference,");
        assert_eq!(near.differences, [("overcome".to_owned(), "eliminated all".to_owned())]);
        assert_eq!(Wording::of("a b c d").nearest_in(&Wording::of("x y z a")), None);
    }

    #[test]
    fn the_nearest_wording_is_found_in_its_own_characters() {
        let text = "‘China–Russia relations — ties,’ he said, ‘have eliminated all  “external” interference.’";
        for (sought, expected) in [
            ("relations - ties, he says", Some("relations — ties,’ he said")),
            ("have overcome all external interference", Some("have eliminated all  “external” interference")),
            ("all external interference", Some("all  “external” interference")),
        ] {
            let near = Wording::of(sought).nearest_in(&Wording::of(text)).unwrap();
            assert_eq!(verbatim(text, &near), expected, "{sought}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_in_itself_and_nothing_panics(a in ".{0,80}", b in ".{0,80}") {
            prop_assert!(is_in(&a, &a), "{a:?}");
            let _ = Wording::of(&a).nearest_in(&Wording::of(&b));
        }
    }
}
