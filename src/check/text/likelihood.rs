//! The terms of likelihood of the two scales that desks use, and where they stand in a text. Pure.
//!
//! ICD 203 (*Analytic Standards*, section D.6.e.2) has two rows of seven terms, and asks analysts not to
//! mix them; the PHIA probability yardstick (UK Professional Head of Intelligence Assessment) has seven.

use std::ops::Range;

use super::words::Word;

/// A scale of likelihood, or a row of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Row {
    /// The first row of ICD 203, from `almost no chance` to `almost certain`.
    IcdFirst,
    /// Its second row, from `remote` to `nearly certain`.
    IcdSecond,
    /// The PHIA yardstick, from `remote chance` to `almost certain`.
    Phia,
}

use Row::{IcdFirst, IcdSecond, Phia};

/// A scale that a note may name as its `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Scale {
    /// ICD 203.
    Icd203,
    /// The PHIA probability yardstick.
    Phia,
}

impl Scale {
    /// The scale of this name; of a name that is none, nothing is known.
    pub(in crate::check) fn named(name: Option<&str>) -> Option<Self> {
        match name.map(str::trim).filter(|name| !name.is_empty()) {
            None => Some(Self::Icd203),
            Some(name) if name.eq_ignore_ascii_case("icd-203") => Some(Self::Icd203),
            Some(name) if name.eq_ignore_ascii_case("phia") => Some(Self::Phia),
            Some(_) => None,
        }
    }

    /// The name by which people call it.
    pub(in crate::check) fn name(self) -> &'static str {
        match self {
            Self::Icd203 => "ICD 203",
            Self::Phia => "PHIA",
        }
    }

    /// The key by which front matter calls it.
    pub(in crate::check) fn key(self) -> &'static str {
        match self {
            Self::Icd203 => "icd-203",
            Self::Phia => "phia",
        }
    }

    /// Its terms, from least to most likely; of ICD 203 the first row.
    fn ladder(self) -> [&'static str; 7] {
        match self {
            Self::Icd203 => [
                "almost no chance",
                "very unlikely",
                "unlikely",
                "roughly even chance",
                "likely",
                "very likely",
                "almost certain",
            ],
            Self::Phia => [
                "remote chance",
                "highly unlikely",
                "unlikely",
                "realistic possibility",
                "likely",
                "highly likely",
                "almost certain",
            ],
        }
    }
}

/// A term of likelihood.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::check) struct Term {
    /// Its words, folded.
    words: &'static str,
    /// Its step, from 0, least likely, to 6.
    step: u8,
    /// The rows that have it, or would if it stood in its full form.
    rows: &'static [Row],
    /// Whether it is a word of everyday, too, and one of likelihood only as a predicate: `is likely to`.
    everyday: bool,
}

const fn term(words: &'static str, step: u8, rows: &'static [Row]) -> Term {
    Term { words, step, rows, everyday: false }
}

const fn everyday(words: &'static str, step: u8, rows: &'static [Row]) -> Term {
    Term { words, step, rows, everyday: true }
}

/// Every term with its adverb and the forms into which a sentence bends it, longer ones first.
///
/// `remote` alone is a word of geography, so it counts beside a word for chance only.
static TERMS: &[Term] = &[
    term("roughly even chance", 3, &[IcdFirst]),
    term("roughly even chances", 3, &[IcdFirst]),
    term("possibilities are remote", 0, &[IcdSecond]),
    term("possibility is remote", 0, &[IcdSecond]),
    term("possibility remains remote", 0, &[IcdSecond]),
    term("probability is remote", 0, &[IcdSecond]),
    term("likelihood is remote", 0, &[IcdSecond]),
    term("prospects are remote", 0, &[IcdSecond]),
    term("chances are remote", 0, &[IcdSecond]),
    term("prospect is remote", 0, &[IcdSecond]),
    term("almost no chance", 0, &[IcdFirst]),
    term("roughly even odds", 3, &[IcdSecond]),
    term("chance is remote", 0, &[IcdSecond]),
    term("realistic possibility", 3, &[Phia]),
    term("remote possibility", 0, &[IcdSecond]),
    term("remote likelihood", 0, &[IcdSecond]),
    term("highly improbable", 1, &[IcdSecond]),
    term("almost certainly", 6, &[IcdFirst, Phia]),
    term("nearly certainly", 6, &[IcdSecond]),
    term("remote prospect", 0, &[IcdSecond]),
    term("highly probable", 5, &[IcdSecond]),
    term("highly unlikely", 1, &[Phia]),
    term("almost certain", 6, &[IcdFirst, Phia]),
    term("nearly certain", 6, &[IcdSecond]),
    term("remote chance", 0, &[IcdSecond, Phia]),
    term("highly likely", 5, &[Phia]),
    term("very unlikely", 1, &[IcdFirst]),
    term("even chance", 3, &[IcdFirst]),
    term("very likely", 5, &[IcdFirst]),
    term("even odds", 3, &[IcdSecond]),
    term("no chance", 0, &[]),
    everyday("improbable", 2, &[IcdSecond]),
    term("improbably", 2, &[IcdSecond]),
    everyday("unlikely", 2, &[IcdFirst, Phia]),
    everyday("probable", 4, &[IcdSecond, Phia]),
    term("probably", 4, &[IcdSecond, Phia]),
    everyday("likely", 4, &[IcdFirst, Phia]),
];

impl Term {
    /// Whether a scale has it.
    pub(in crate::check) fn is_of(&self, scale: Scale) -> bool {
        match scale {
            Scale::Icd203 => self.rows.iter().any(|row| *row != Phia),
            Scale::Phia => self.rows.contains(&Phia),
        }
    }

    /// Whether a scale has it at all; `no chance` none has.
    pub(in crate::check) fn is_of_a_scale(&self) -> bool {
        !self.rows.is_empty()
    }

    /// The one scale that has it, none if both or neither do.
    pub(in crate::check) fn only_of(&self) -> Option<Scale> {
        match (self.is_of(Scale::Icd203), self.is_of(Scale::Phia)) {
            (true, false) => Some(Scale::Icd203),
            (false, true) => Some(Scale::Phia),
            _ => None,
        }
    }

    /// The row that has it and no other.
    pub(in crate::check) fn only_row(&self) -> Option<Row> {
        match self.rows {
            [row] => Some(*row),
            _ => None,
        }
    }

    /// The term of a scale for the same step.
    pub(in crate::check) fn on(&self, scale: Scale) -> &'static str {
        scale.ladder().get(usize::from(self.step)).copied().unwrap_or_default()
    }
}

/// A term that stands in a text.
#[derive(Debug)]
pub(in crate::check) struct Stands {
    pub(in crate::check) term: &'static Term,
    /// From its first word to the end of its last.
    pub(in crate::check) range: Range<usize>,
    /// Its first and last place among the words.
    pub(in crate::check) words: (usize, usize),
}

/// The terms among the words of an English text, in order; of two at one place the longer.
pub(in crate::check) fn terms(words: &[&Word]) -> Vec<Stands> {
    let mut found = Vec::new();
    let mut i = 0;
    while let Some(rest) = words.get(i..).filter(|rest| !rest.is_empty()) {
        match TERMS.iter().find(|term| begins_with(rest, term.words)) {
            Some(term) => {
                let last = i + term.words.split(' ').count() - 1;
                let start = words.get(i).map_or(0, |w| w.at);
                let end = words.get(last).map_or(start, |w| w.at + w.text.len());
                found.push(Stands { term, range: start..end, words: (i, last) });
                i = last + 1;
            }
            None => i += 1,
        }
    }
    found
}

/// Whether a text may hold a term at all; tells most texts without reading their words.
pub(in crate::check) fn may_stand(text: &str) -> bool {
    ["ikely", "robab", "ertain", "emote", "chance", "odds", "possibility"].iter().any(|part| text.contains(part))
}

fn begins_with(words: &[&Word], phrase: &str) -> bool {
    let mut words = words.iter();
    phrase.split(' ').all(|part| words.next().is_some_and(|word| word.text == part))
}

/// Behind these a term of everyday compares or picks out, and states no likelihood: `more likely than`, `twice as likely`.
const COMPARES: &[&str] = &[
    "as", "equally", "far", "how", "just", "least", "less", "more", "most", "much", "or", "so", "than", "the", "times",
    "too", "twice",
];
/// Forms of verbs that make a predicate.
const COPULAS: &[&str] = &[
    "appear", "appeared", "appears", "are", "be", "been", "deem", "deemed", "is", "judged", "look", "looked", "looks",
    "make", "makes", "remain", "remained", "remains", "s", "seem", "seemed", "seems", "was", "were",
];
/// What may stand between such a verb and the term.
const BETWEEN: &[&str] = &["also", "highly", "itself", "not", "now", "quite", "still", "therefore", "very"];

impl Stands {
    /// Whether it says how likely a thing is: a full term does, a word of everyday as a predicate.
    pub(in crate::check) fn states(&self, words: &[&Word]) -> bool {
        if !self.term.everyday {
            return true;
        }
        let (first, last) = self.words;
        let word = |i: usize| words.get(i).map_or("", |w| w.text.as_str());
        let back = |n: usize| first.checked_sub(n).map_or("", word);
        if COMPARES.contains(&back(1)) || word(last + 1) == "than" {
            return false;
        }
        let is_predicate = COPULAS.contains(&back(1)) || BETWEEN.contains(&back(1)) && COPULAS.contains(&back(2));
        is_predicate || matches!(back(1), "will" | "would")
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    fn found(text: &str) -> Vec<(String, bool)> {
        let all = words(text);
        let all: Vec<&Word> = all.iter().collect();
        terms(&all).iter().map(|t| (text[t.range.clone()].to_owned(), t.states(&all))).collect()
    }

    #[test]
    fn the_longer_term_stands() {
        let of = |text: &str| found(text).into_iter().map(|(term, _)| term).collect::<Vec<_>>();
        assert_eq!(
            of(
                "It is highly unlikely, Very Likely; a remote-chance, roughly even odds, an even chance, almost certainly."
            ),
            ["highly unlikely", "Very Likely", "remote-chance", "roughly even odds", "even chance", "almost certainly"]
        );
        assert_eq!(of("In a remote village the likelihood is remote."), ["likelihood is remote"]);
    }

    #[test]
    fn everyday_words_count_as_predicates_only() {
        for (text, states) in [
            ("It is likely to rain", true),
            ("It is not likely", true),
            ("Rain is now very likely", true),
            ("Rain will likely fall", true),
            ("Rain probably fell", true),
            ("Likely voters", false),
            ("12 probable cases", false),
            ("Women are twice as likely to wait", false),
            ("They are more likely to wait", false),
            ("An unlikely friend", false),
            ("It pays people likely to be harmed", false),
        ] {
            assert_eq!(found(text).iter().map(|t| t.1).collect::<Vec<_>>(), [states], "{text}");
        }
    }

    #[test]
    fn a_term_belongs_to_a_scale_and_a_row() {
        let only = |text: &str| {
            let all = words(text);
            let all: Vec<&Word> = all.iter().collect();
            let term = terms(&all)[0].term;
            (term.only_of(), term.only_row())
        };
        assert_eq!(only("highly likely"), (Some(Scale::Phia), Some(Phia)));
        assert_eq!(only("very likely"), (Some(Scale::Icd203), Some(IcdFirst)));
        assert_eq!(only("highly probable"), (Some(Scale::Icd203), Some(IcdSecond)));
        assert_eq!(only("likely"), (None, None));
        assert_eq!(only("remote chance"), (None, None));
        // Longer terms come before those they hold.
        for (i, term) in TERMS.iter().enumerate() {
            let holds = |t: &&Term| term.words.starts_with(&format!("{} ", t.words));
            assert!(!TERMS[..i].iter().any(|t| holds(&t)), "{}", term.words);
            assert!(usize::from(term.step) < 7);
        }
    }

    #[test]
    fn scales_are_known_by_name() {
        assert_eq!(Scale::named(None), Some(Scale::Icd203));
        assert_eq!(Scale::named(Some(" PHIA ")), Some(Scale::Phia));
        assert_eq!(Scale::named(Some("own")), None);
    }
}
