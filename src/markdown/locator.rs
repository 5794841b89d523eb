//! Where in a source: the locator of a citation.

/// Words that name a part of a source and are followed by its number.
const LABELS: &[&str] = &[
    "act",
    "acts",
    "annex",
    "annexes",
    "app",
    "appendices",
    "appendix",
    "apps",
    "art",
    "article",
    "articles",
    "arts",
    "bk",
    "bks",
    "book",
    "books",
    "can",
    "canon",
    "canons",
    "canto",
    "ch",
    "chap",
    "chaps",
    "chapter",
    "chapters",
    "chs",
    "cl",
    "clause",
    "clauses",
    "col",
    "cols",
    "column",
    "columns",
    "eq",
    "eqq",
    "eqs",
    "equation",
    "equations",
    "fig",
    "figs",
    "figure",
    "figures",
    "fn",
    "fol",
    "folio",
    "folios",
    "fols",
    "issue",
    "issues",
    "item",
    "items",
    "l",
    "line",
    "lines",
    "ll",
    "loc",
    "location",
    "locations",
    "min",
    "minute",
    "minutes",
    "n",
    "nn",
    "no",
    "nos",
    "note",
    "notes",
    "op",
    "opp",
    "opus",
    "p",
    "page",
    "pages",
    "para",
    "paragraph",
    "paragraphs",
    "paras",
    "part",
    "parts",
    "pp",
    "pt",
    "pts",
    "q",
    "qq",
    "question",
    "questions",
    "r",
    "rr",
    "rule",
    "rules",
    "s",
    "sc",
    "scene",
    "scenes",
    "scs",
    "sec",
    "secs",
    "sect",
    "section",
    "sections",
    "sheet",
    "slide",
    "slides",
    "ss",
    "sub",
    "supp",
    "suppl",
    "supplement",
    "supplements",
    "suppls",
    "table",
    "tables",
    "tbl",
    "tbls",
    "timestamp",
    "tit",
    "title",
    "titles",
    "track",
    "tracks",
    "v",
    "verse",
    "verses",
    "vol",
    "vols",
    "volume",
    "volumes",
    "vv",
    "§",
    "§§",
    "¶",
    "¶¶",
];

/// Parts of a source that need no number.
const PARTS: &[&str] = &[
    "abstract", "annex", "caption", "cover", "footer", "header", "headline", "lead", "lede", "passim", "summary",
    "title",
];

/// Splits what follows a citation's key into its locator and its suffix.
///
/// The locator is the longest run of words, after the key and its comma, that reads as labels
/// (`p.`, `paras`, `art`, `§`, `caption`…) and numbers (Arabic, Roman, ranges, times), joined by
/// commas, `and`, `&`, `to` or dashes. Without the comma it has to begin with a label. All else is
/// suffix, kept as text with its own leading comma.
pub(super) fn split_locator(after: &str) -> (Option<String>, String) {
    let after = after.trim();
    let (candidate, comma) = match after.strip_prefix(',') {
        Some(rest) => (rest.trim_start(), true),
        None => (after, false),
    };
    let end = locator_end(candidate, !comma);
    if end == 0 {
        return (None, after.to_owned());
    }
    let (locator, suffix) = candidate.split_at(end);
    (Some(locator.to_owned()), suffix.trim().to_owned())
}

/// The end of the longest locator at the start of `text`, 0 if there is none.
fn locator_end(text: &str, needs_label: bool) -> usize {
    let mut end = 0;
    let mut number_before = false;
    let mut position = 0;
    for (index, word) in text.split(' ').enumerate() {
        let start = position;
        position += word.len() + 1;
        let bare = word.strip_suffix(',').unwrap_or(word);
        let label = label_of(bare);
        if index == 0 && needs_label && label.is_none() && !PARTS.contains(&bare) && !is_glued(bare) {
            return 0;
        }
        if is_number(bare)
            || is_glued(bare)
            || PARTS.contains(&bare)
            || (number_before && matches!(bare, "f." | "ff." | "f" | "ff"))
        {
            end = start + bare.len();
            number_before = true;
        } else if label.is_some() {
            number_before = false;
        } else if let Some(closed) = closed(bare) {
            // `(see @key, p. 3)`: the bracket or full stop behind the number is suffix.
            return start + closed.len();
        } else if !(number_before && matches!(bare, "and" | "&" | "to" | "-" | "–")) || word.ends_with(',') {
            break;
        }
    }
    end
}

/// The number or part before closing punctuation.
fn closed(word: &str) -> Option<&str> {
    let inner = word.trim_end_matches([')', '.', '!', '?', ':', '"', '”']);
    (inner.len() < word.len() && (is_number(inner) || is_glued(inner) || PARTS.contains(&inner))).then_some(inner)
}

fn label_of(word: &str) -> Option<&'static str> {
    let name = word.strip_suffix('.').unwrap_or(word).to_lowercase();
    LABELS.iter().copied().find(|label| *label == name)
}

/// A label and its number in one word: `p.3`, `§12`, `¶4`.
fn is_glued(word: &str) -> bool {
    word.find(|c: char| c.is_ascii_digit())
        .is_some_and(|digit| label_of(&word[..digit]).is_some() && is_number(&word[digit..]))
}

/// `3`, `3a`, `33-35`, `12:30`, `5(2)(a)`, `1.2`, `iv`, `XII`.
fn is_number(word: &str) -> bool {
    let mut chars = word.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    if first.is_ascii_digit() {
        let balanced = word.matches('(').count() == word.matches(')').count();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        return balanced
            && letters <= 3
            && !word.ends_with(['.', ':'])
            && word.chars().all(|c| c.is_alphanumeric() || "-–:.()/*".contains(c));
    }
    let lower = word.chars().all(|c| "ivxlc-–".contains(c));
    let upper = word.chars().all(|c| "IVXLC-–".contains(c));
    (lower || upper) && first.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::split_locator;

    #[test]
    fn locators_and_suffixes() {
        for (after, locator, suffix) in [
            ("", None, ""),
            (", para 3", Some("para 3"), ""),
            (" p. 3", Some("p. 3"), ""),
            (", 12:30", Some("12:30"), ""),
            (", caption", Some("caption"), ""),
            (", pp. 33, 35-37, and nowhere else", Some("pp. 33, 35-37"), ", and nowhere else"),
            (", art. 5(2)(a) and elsewhere", Some("art. 5(2)(a)"), "and elsewhere"),
            (", emphasis added", None, ", emphasis added"),
            (" 3 times", None, "3 times"),
            (", iv", Some("iv"), ""),
            (", §12 ff.", Some("§12 ff."), ""),
            (", sec. 3 para 2", Some("sec. 3 para 2"), ""),
            (", p. 3)", Some("p. 3"), ")"),
            (", note that", None, ", note that"),
        ] {
            assert_eq!(split_locator(after), (locator.map(str::to_owned), suffix.to_owned()), "{after:?}");
        }
    }
}
