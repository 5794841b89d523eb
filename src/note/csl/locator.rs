//! Locators: the places in sources that citations point at.

use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::{LocatorPayload, SpecificLocator};

/// The place in a source that a citation points at.
pub(super) struct Place {
    kind: Option<Locator>,
    value: String,
}

/// The words by which writers name a kind of place, in small letters and without full stops.
///
/// What CSL has no word for (clause, item, annex, question, canto, slide, caption …) is not here: such a
/// place prints behind the source as it is written.
const LABELS: &[(Locator, &[&str])] = &[
    (Locator::Act, &["act", "acts"]),
    (Locator::Appendix, &["app", "apps", "appendix", "appendices"]),
    (Locator::ArticleLocator, &["art", "arts", "article", "articles"]),
    (Locator::Book, &["bk", "bks", "book", "books"]),
    (Locator::Canon, &["can", "canon", "canons"]),
    (Locator::Chapter, &["ch", "chs", "chap", "chaps", "chapter", "chapters"]),
    (Locator::Column, &["col", "cols", "column", "columns"]),
    (Locator::Elocation, &["loc", "location", "locations"]),
    (Locator::Equation, &["eq", "eqs", "eqq", "equation", "equations"]),
    (Locator::Figure, &["fig", "figs", "figure", "figures"]),
    (Locator::Folio, &["fol", "fols", "folio", "folios"]),
    (Locator::Issue, &["no", "nos", "issue", "issues"]),
    (Locator::Line, &["l", "ll", "line", "lines"]),
    (Locator::Note, &["n", "nn", "fn", "note", "notes"]),
    (Locator::Opus, &["op", "opp", "opus"]),
    (Locator::Page, &["p", "pp", "page", "pages"]),
    (Locator::Paragraph, &["para", "paras", "paragraph", "paragraphs", "¶", "¶¶"]),
    (Locator::Part, &["pt", "pts", "part", "parts"]),
    (Locator::Rule, &["r", "rr", "rule", "rules"]),
    (Locator::Scene, &["sc", "scs", "scene", "scenes"]),
    (Locator::Section, &["s", "ss", "sec", "secs", "sect", "section", "sections", "§", "§§"]),
    (Locator::SubVerbo, &["sv", "s.v", "sub verbo"]),
    (Locator::Supplement, &["suppl", "suppls", "supp", "supplement", "supplements"]),
    (Locator::Table, &["tbl", "tbls", "table", "tables"]),
    (Locator::Timestamp, &["at", "time", "timestamp"]),
    (Locator::TitleLocator, &["tit", "title", "titles"]),
    (Locator::Verse, &["v", "vv", "verse", "verses"]),
    (Locator::Volume, &["vol", "vols", "volume", "volumes"]),
];

/// Kinds of places whose own numbers may have a hyphen (`§ 12-301`, `fig. 2-1`): behind a word for one of
/// them it is no range.
const HYPHENATED: &[Locator] = &[
    Locator::Appendix,
    Locator::ArticleLocator,
    Locator::Equation,
    Locator::Figure,
    Locator::Rule,
    Locator::Section,
    Locator::Table,
];

/// The words in [`LABELS`] for several of what is [`HYPHENATED`].
const SEVERAL: &[&str] = &[
    "apps",
    "appendices",
    "arts",
    "articles",
    "eqs",
    "eqq",
    "equations",
    "figs",
    "figures",
    "rr",
    "rules",
    "ss",
    "secs",
    "sections",
    "§§",
    "tbls",
    "tables",
];

impl Place {
    pub(super) fn read(text: &str) -> Self {
        let text = text.trim();
        if let Some((label, kind, value)) = labelled(text) {
            // A further label in it (`s. 4 para 2`) has no place of its own in CSL: all prints as written.
            let compound =
                value.split(' ').any(|word| word.chars().all(char::is_alphabetic) && kind_of(word).is_some());
            return match compound {
                true => Self { kind: None, value: text.to_owned() },
                false => {
                    let one = HYPHENATED.contains(&kind) && !SEVERAL.contains(&label.as_str());
                    Self { kind: Some(kind), value: with_dashes(value, if one { NO_RANGE } else { '–' }) }
                }
            };
        }
        let is_time = text.contains(':') && text.chars().all(|c| c.is_ascii_digit() || ":-–. ".contains(c));
        let is_number = text.chars().all(|c| c.is_ascii_digit() || "-–, ".contains(c));
        let kind = if is_time {
            Some(Locator::Timestamp)
        } else if is_number && text.contains(|c: char| c.is_ascii_digit()) {
            Some(Locator::Page)
        } else {
            None
        };
        Self { kind, value: if kind.is_none() { text.to_owned() } else { with_dashes(text, '–') } }
    }

    pub(super) fn locator(&self) -> Option<SpecificLocator<'_>> {
        self.kind.map(|kind| SpecificLocator(kind, LocatorPayload::Str(&self.value)))
    }

    /// The place without the word for its kind.
    pub(super) fn number(&self) -> &str {
        &self.value
    }

    pub(super) fn any_locator(&self) -> Option<SpecificLocator<'_>> {
        Some(SpecificLocator(self.kind.unwrap_or(Locator::Custom), LocatorPayload::Str(&self.value)))
    }

    /// A place of no kind that CSL knows, such as `caption`: it is put behind the source.
    pub(super) fn unlabelled(&self) -> Option<&str> {
        (self.kind.is_none() && !self.value.is_empty()).then_some(self.value.as_str())
    }
}

/// A hyphen that Hayagriva does not take for a range.
const NO_RANGE: char = '\u{2011}';

/// The label, kind and number of a place that begins with a word for its kind: `p. 4`, `p.4`, `§12`.
fn labelled(text: &str) -> Option<(String, Locator, &str)> {
    let (label, value) = match text.split_once([' ', '\u{a0}']).filter(|(_, value)| !value.trim().is_empty()) {
        Some((label, value)) => (label, value.trim()),
        None => text.split_at(text.find(|c: char| c.is_ascii_digit())?),
    };
    let label = label.trim_end_matches('.').to_lowercase();
    let kind = kind_of(&label)?;
    Some((label, kind, value))
}

fn kind_of(label: &str) -> Option<Locator> {
    let plain = label.trim_end_matches('.').to_lowercase();
    LABELS.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(kind, _)| *kind)
}

/// A number with this in place of its hyphens, and what joins two in every language alike.
fn with_dashes(number: &str, dash: char) -> String {
    let number = number.replace(" and ", " & ").replace(" to ", "–").replace(" – ", "–").replace(" - ", "–");
    let chars: Vec<char> = number.chars().collect();
    let whole = |i: Option<usize>| i.and_then(|i| chars.get(i)).is_some_and(|c| c.is_alphanumeric());
    let shown =
        |(i, c): (usize, &char)| if *c == '-' && whole(i.checked_sub(1)) && whole(Some(i + 1)) { dash } else { *c };
    chars.iter().enumerate().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_by_their_words() {
        for (written, kind, value) in [
            ("para 3", Some(Locator::Paragraph), "3"),
            ("paras. 3–4", Some(Locator::Paragraph), "3–4"),
            ("p. 4", Some(Locator::Page), "4"),
            ("12", Some(Locator::Page), "12"),
            ("12:30", Some(Locator::Timestamp), "12:30"),
            ("art. 5", Some(Locator::ArticleLocator), "5"),
            ("§ 12a", Some(Locator::Section), "12a"),
            ("caption", None, "caption"),
            ("third sentence", None, "third sentence"),
        ] {
            let place = Place::read(written);
            assert_eq!((place.kind, place.value.as_str()), (kind, value), "{written}");
            assert_eq!(place.unlabelled().is_some(), kind.is_none(), "{written}");
        }
    }
    #[test]
    fn every_kind_of_place_is_read_in_the_singular_and_the_plural() {
        for (kind, words) in LABELS {
            for word in *words {
                for label in [(*word).to_owned(), format!("{word}."), word.to_uppercase()] {
                    if label.contains(' ') {
                        continue;
                    }
                    for number in ["3", "3–4", "3, 5", "iv"] {
                        let place = Place::read(&format!("{label} {number}"));
                        assert_eq!((place.kind, place.number()), (Some(*kind), number), "{label} {number}");
                        assert_eq!(place.unlabelled(), None);
                    }
                }
            }
        }
        assert!(SEVERAL.iter().all(|word| HYPHENATED.contains(&kind_of(word).unwrap())));
        let known: Vec<Locator> = LABELS.iter().map(|(kind, _)| *kind).collect();
        for name in [
            "act",
            "appendix",
            "article-locator",
            "book",
            "canon",
            "chapter",
            "column",
            "elocation",
            "equation",
            "figure",
            "folio",
            "issue",
            "line",
            "note",
            "opus",
            "page",
            "paragraph",
            "part",
            "rule",
            "scene",
            "section",
            "sub-verbo",
            "supplement",
            "table",
            "timestamp",
            "title-locator",
            "verse",
            "volume",
        ] {
            assert!(known.contains(&name.parse().unwrap()), "{name}");
        }
    }

    #[test]
    fn what_csl_has_no_word_for_stays_as_written() {
        for written in [
            "cl. 4",
            "clause 4",
            "item 3",
            "annex II",
            "q. 14",
            "canto 3",
            "track 2",
            "slide 5",
            "sheet 2",
            "s. 4 para 2",
        ] {
            assert_eq!(Place::read(written).unlabelled(), Some(written));
        }
    }

    #[test]
    fn ranges_have_en_dashes_and_numbers_of_laws_their_hyphens() {
        for (written, kind, value) in [
            ("pp. 4-6", Locator::Page, "4–6"),
            ("pp. iv-vi, 12-14", Locator::Page, "iv–vi, 12–14"),
            ("4-6", Locator::Page, "4–6"),
            ("paras 3-4", Locator::Paragraph, "3–4"),
            ("12:30-14:10", Locator::Timestamp, "12:30–14:10"),
            ("12:30 – 14:10", Locator::Timestamp, "12:30–14:10"),
            ("1:02:03", Locator::Timestamp, "1:02:03"),
            ("§ 12-301", Locator::Section, "12‑301"),
            ("§§ 12-14", Locator::Section, "12–14"),
            ("arts 5 and 6", Locator::ArticleLocator, "5 & 6"),
            ("pp. 4 to 6", Locator::Page, "4–6"),
            ("fig. 2-1", Locator::Figure, "2‑1"),
            ("p.4", Locator::Page, "4"),
            ("§12a", Locator::Section, "12a"),
            ("pp.4-6", Locator::Page, "4–6"),
        ] {
            let place = Place::read(written);
            assert_eq!((place.kind, place.number()), (Some(kind), value), "{written}");
        }
    }
}
