//! Quoted spans in prose.

use std::ops::Range;

/// What stands between quotation marks: the first end that closes it, and later ones where the mark
/// might have been an apostrophe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::check) struct Quoted {
    /// From behind the opening mark to before the closing one.
    pub(in crate::check) range: Range<usize>,
    /// Other places at which it may end.
    pub(in crate::check) or_ends: Vec<usize>,
}

/// How many ends of one span are tried.
const ENDS: usize = 6;

/// The quoted spans of a text, outermost only; a span never crosses a line feed.
///
/// `“ ” „ " « » ‘ ’ ‹ › 「 」 『 』` count; a straight single quote does not, since it is an apostrophe
/// far more often. A mark that opens a paragraph and is closed nowhere in it quotes all of it, as in
/// quotations over several paragraphs.
pub(in crate::check) fn quoted(text: &str) -> Vec<Quoted> {
    let mut spans = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        in_line(text, line_start..line_start + line.len(), &mut spans);
        line_start += line.len();
    }
    spans
}

fn in_line(text: &str, line: Range<usize>, spans: &mut Vec<Quoted>) {
    let mut at = line.start;
    while let Some(c) = text.get(at..line.end).and_then(|rest| rest.chars().next()) {
        let inside = at + c.len_utf8();
        if !opens(text, at, c) {
            at = inside;
            continue;
        }
        let mut ends = ends(text, inside, line.end, c);
        if ends.is_empty() && matches!(c, '“' | '«') && text.get(line.start..at).is_some_and(|t| t.trim().is_empty())
        {
            ends.push(line.end);
        }
        let mut ends = ends.into_iter();
        match ends.next() {
            Some(end) => {
                spans.push(Quoted { range: inside..end, or_ends: ends.collect() });
                at = end;
                // The closing mark may be one that opens elsewhere (`„…“`), so it is passed over.
                at += text.get(at..line.end).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            }
            None => at = inside,
        }
    }
}

fn opens(text: &str, at: usize, c: char) -> bool {
    let before = text.get(..at).and_then(|t| t.chars().next_back());
    let after = text.get(at + c.len_utf8()..).and_then(|t| t.chars().next());
    let free = !before.is_some_and(char::is_alphanumeric) && after.is_some_and(|a| !a.is_whitespace());
    match c {
        '“' | '„' | '«' | '「' | '『' => true,
        '"' | '‹' => free,
        // `‘90s` is an apostrophe that was curled the wrong way.
        '‘' => free && !after.is_some_and(|a| a.is_ascii_digit()),
        _ => false,
    }
}

fn ends(text: &str, from: usize, to: usize, opening: char) -> Vec<usize> {
    let rest = text.get(from..to).unwrap_or_default();
    let closes = |c: char| match opening {
        '“' => c == '”',
        '„' => matches!(c, '“' | '”'),
        '"' => c == '"',
        '«' => c == '»',
        '‹' => c == '›',
        '「' => c == '」',
        '『' => c == '』',
        _ => c == '’',
    };
    let mut depth = 0_usize;
    let mut ends = Vec::new();
    for (i, c) in rest.char_indices() {
        if c == opening && opening != '"' {
            depth += 1;
        } else if closes(c) {
            let after = rest.get(i + c.len_utf8()..).and_then(|t| t.chars().next());
            if opening == '‘' && after.is_some_and(char::is_alphanumeric) {
                continue;
            }
            if depth > 0 {
                depth -= 1;
                continue;
            }
            ends.push(from + i);
            if opening != '‘' || ends.len() == ENDS {
                break;
            }
        }
    }
    ends
}

/// A block quote without marks: its paragraphs, the last of several being the attribution, as is what
/// follows a dash at the start of a line.
pub(in crate::check) fn unmarked(text: &str) -> Vec<Quoted> {
    let mut spans = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\u{2028}']) {
        let range = start..start + line.trim_end().len();
        start += line.len();
        if !range.is_empty() && !line.trim_start().starts_with(['—', '–', '―']) && !line.trim_start().starts_with("--")
        {
            spans.push(Quoted { range, or_ends: Vec::new() });
        }
    }
    if spans.len() > 1 && text.trim_end().contains('\n') {
        spans.pop();
    }
    spans
}

/// The text with spaces for its quotations, byte for byte; of a block quote, the words that stand
/// without marks too.
pub(in crate::check) fn without_quoted(text: &str, block_quote: bool) -> String {
    let mut spans = quoted(text);
    if spans.is_empty() && block_quote {
        spans = unmarked(text);
    }
    let mut plain = String::with_capacity(text.len());
    for span in spans {
        // What might be quoted is not held against the writer.
        let end = span.or_ends.last().copied().unwrap_or(span.range.end).max(span.range.end);
        let start = span.range.start.max(plain.len());
        plain.push_str(text.get(plain.len()..start).unwrap_or_default());
        let inside = text.get(plain.len()..end).unwrap_or_default();
        inside.split_inclusive('\n').for_each(|line| {
            let length = line.trim_end_matches('\n').len();
            plain.extend(std::iter::repeat_n(' ', length));
            plain.extend(line.get(length..));
        });
    }
    plain.push_str(text.get(plain.len()..).unwrap_or_default());
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        quoted(text).into_iter().map(|q| text.get(q.range).unwrap()).collect()
    }

    #[test]
    fn marks_of_many_kinds_quote() {
        assert_eq!(
            texts("He said “a b,” then \"c d\" and «e» „f“ ‹g› ‘h’ 「東京」."),
            ["a b,", "c d", "e", "f", "g", "h", "東京"]
        );
        assert_eq!(texts("“a ‘b’ “c” d”"), ["a ‘b’ “c” d"]);
    }

    #[test]
    fn apostrophes_and_inches_do_not() {
        assert_eq!(texts("Russia’s war, the ‘90s, don't, 5\" of rain, the workers’ pay"), [""; 0]);
        let text = "‘the workers’ strike’ ended";
        let spans = quoted(text);
        assert_eq!((spans.len(), spans[0].or_ends.len()), (1, 1));
        assert_eq!(text.get(spans[0].range.start..spans[0].or_ends[0]), Some("the workers’ strike"));
    }

    #[test]
    fn quotations_are_blanked_byte_for_byte() {
        for (text, block_quote, plain) in [
            ("a “é 5” b", false, "a “    ” b"),
            ("words 5\nMao, 1999\n", true, "       \nMao, 1999\n"),
            ("words 5\n", false, "words 5\n"),
        ] {
            assert_eq!(without_quoted(text, block_quote), plain, "{text}");
            assert_eq!(without_quoted(text, block_quote).len(), text.len());
        }
    }

    proptest::proptest! {
        #[test]
        fn blanking_keeps_the_length(text in "[a“”‘’„« »\n\"é5]{0,40}") {
            proptest::prop_assert_eq!(without_quoted(&text, true).len(), text.len());
        }
    }

    #[test]
    fn a_span_ends_with_its_paragraph() {
        assert_eq!(texts("“one two\n“three”\nfour “five\n"), ["one two\n", "three"]);
    }
}
