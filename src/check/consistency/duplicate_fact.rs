//! `duplicate-fact`: two facts of one event, or two blocks of one draft, that say nearly the same.

use std::borrow::Cow;

use crate::check::Rule;
use crate::check::case::{BlockCase, DraftCase, EventCase, key};
use crate::finding::{Finding, Severity};
use crate::markdown::BlockKind;
use crate::model::text::fold;
use crate::model::{Fact, FactRef};
use crate::yaml::Step;

pub(super) const RULE: Rule = Rule {
    id: "duplicate-fact",
    severity: Severity::Warning,
    what: "two facts of one event, or two blocks of one draft, that say nearly the same",
    why: "Two copies of one fact part their sources and drift apart when one is corrected, and a block that comes twice costs the reader time. \
          Nearly the same is a Jaccard similarity of word trigrams of 0.8 or more. Facts with other dates, speakers or values, or a \
          relation to each other, and texts that differ in a number, a name or a negation, say different things; lines to take and answers may \
          repeat what the note says.",
    bad: "- { id: visit, text: Premier Li will visit Russia and Belarus in August. }\n- { id: trip, text: Premier Li will visit Russia and Belarus in August. }",
    good: "- { id: visit, text: Premier Li will visit Russia and Belarus in August., sources: [afp, xinhua] }",
    event: Some(event),
    draft: Some(draft),
    ..Rule::BASE
};

/// From how many words on a text can be a copy: fewer may well come twice.
const WORDS: usize = 4;
/// The same for a block of a draft, where short items repeat by their nature.
const BLOCK_WORDS: usize = 8;
/// With how many earlier texts that share a rare trigram one is compared.
const TRIED: usize = 8;

/// A text with its trigrams.
struct Shingled<'a, T> {
    of: T,
    text: Cow<'a, str>,
    /// Hashes of its word trigrams, ascending, each once.
    trigrams: Vec<u64>,
}

impl<'a, T> Shingled<'a, T> {
    /// `None` for a text of fewer words.
    fn new(of: T, text: Cow<'a, str>, least: usize) -> Option<Self> {
        let mut hashes: Vec<u64> = Vec::with_capacity(32);
        word_hashes(&text, &mut hashes);
        if hashes.len() < least {
            return None;
        }
        let mix = |w: &[u64]| w.iter().fold(SEED, |sum, h| (sum ^ h).wrapping_mul(PRIME).rotate_left(23));
        let mut trigrams: Vec<u64> = hashes.windows(3).map(mix).collect();
        trigrams.sort_unstable();
        trigrams.dedup();
        // One word over and over is no statement.
        (trigrams.len() > 1).then_some(Self { of, text, trigrams })
    }

    /// The trigrams of which two texts that are 0.8 alike must share one: the prefix filter for Jaccard similarity.
    fn prefix(&self) -> &[u64] {
        let n = self.trigrams.len();
        self.trigrams.get(..=n - (n * 4).div_ceil(5)).unwrap_or(&self.trigrams)
    }

    fn is_like<U>(&self, other: &Shingled<'_, U>) -> bool {
        let (a, b) = (&self.trigrams, &other.trigrams);
        let (mut i, mut j, mut common) = (0, 0, 0);
        while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
            common += usize::from(x == y);
            (i, j) = (i + usize::from(x <= y), j + usize::from(y <= x));
        }
        // Jaccard: common / (a + b - common) >= 4 / 5.
        common * 9 >= (a.len() + b.len()) * 4
    }
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// The words of a text as written.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || is_joiner(c)))
        .map(|w| w.trim_matches(is_joiner))
        .filter(|w| !w.is_empty())
}

/// What may stand inside a word or a number.
fn is_joiner(c: char) -> bool {
    matches!(c, '.' | ',')
}

/// The hashes of the words of a text (FNV-1a), whatever their case.
fn word_hashes(text: &str, hashes: &mut Vec<u64>) {
    let add = |sum: u64, b: u8| (sum ^ u64::from(b)).wrapping_mul(PRIME);
    if !text.is_ascii() {
        hashes.extend(words(text).map(|word| fold(word).bytes().fold(SEED, add)));
        return;
    }
    // The same in one pass, for the many texts that it will do for.
    let mut sum = None;
    let bytes = text.as_bytes();
    for (i, b) in bytes.iter().enumerate() {
        let inside = || is_joiner(char::from(*b)) && bytes.get(i + 1).is_some_and(u8::is_ascii_alphanumeric);
        if b.is_ascii_alphanumeric() || (sum.is_some() && inside()) {
            sum = Some(add(sum.unwrap_or(SEED), b.to_ascii_lowercase()));
        } else {
            hashes.extend(sum.take());
        }
    }
    hashes.extend(sum);
}

/// For each text that is like an earlier one, the two: (earlier, later), by the later.
fn pairs<T>(all: &[Shingled<'_, T>], may: impl Fn(&Shingled<'_, T>, &Shingled<'_, T>) -> bool) -> Vec<(usize, usize)> {
    let mut entries: Vec<(u64, usize)> = Vec::with_capacity(all.len() * 5);
    for (i, one) in all.iter().enumerate() {
        entries.extend(one.prefix().iter().map(|trigram| (*trigram, i)));
    }
    entries.sort_unstable();
    let mut first: Vec<Option<usize>> = vec![None; all.len()];
    for run in entries.chunk_by(|a, b| a.0 == b.0) {
        for (place, (_, later)) in run.iter().enumerate().skip(1) {
            // The first of many, and those just before.
            let near = place.saturating_sub(TRIED).max(1);
            let tried = run.iter().take(1).chain(run.get(near..place).unwrap_or_default());
            for (_, earlier) in tried {
                let (Some(a), Some(b)) = (all.get(*earlier), all.get(*later)) else { continue };
                let Some(known) = first.get_mut(*later).filter(|known| known.is_none_or(|k| *earlier < k)) else {
                    continue;
                };
                if a.is_like(b) && may(a, b) && !says_otherwise(&a.text, &b.text) {
                    *known = Some(*earlier);
                }
            }
        }
    }
    first.into_iter().enumerate().filter_map(|(later, earlier)| Some((earlier?, later))).collect()
}

/// Whether two texts differ in a number, a name or a negation.
fn says_otherwise(a: &str, b: &str) -> bool {
    let only = |x: &str, y: &str| -> (bool, bool) {
        let known: Vec<String> = words(y).map(fold).collect();
        let own = words(x).enumerate().filter(|(_, word)| !known.contains(&fold(word)));
        own.fold((false, false), |(hard, name), (place, word)| {
            let folded = fold(word);
            let negates =
                matches!(folded.as_str(), "not" | "no" | "never" | "none" | "neither" | "nor" | "without" | "only");
            let counts = word.contains(|c: char| c.is_numeric());
            (hard || negates || counts, name || (place > 0 && word.starts_with(char::is_uppercase)))
        })
    };
    let ((hard_a, name_a), (hard_b, name_b)) = (only(a, b), only(b, a));
    hard_a || hard_b || (name_a && name_b)
}

fn event(case: &EventCase<'_>, found: &mut Vec<Finding>) {
    if case.event.facts.len() < 2 {
        return;
    }
    let all: Vec<_> = case.event.facts.iter().filter_map(|fact| Shingled::new(fact, said(fact), WORDS)).collect();
    for (earlier, later) in pairs(&all, |a, b| may_be_one(case, a.of, b.of)) {
        let (Some(earlier), Some(later)) = (all.get(earlier), all.get(later)) else { continue };
        let (earlier, later) = (earlier.of, later.of);
        let value = if later.text.is_empty() { "words" } else { "text" };
        let route = vec![key("facts"), Step::Index(later.index as usize), key(value)];
        let message = format!("the fact `{}` says nearly the same as `{}`", later.id, earlier.id);
        let finding = case.finding(&RULE, route, message).on_fact(FactRef::new(&*case.event.id, &*later.id));
        found.push(finding.help("keep one of them, with the sources of both, or say how they differ"));
    }
}

/// What a fact says: its sentence and its quotation.
fn said(fact: &Fact) -> Cow<'_, str> {
    match &fact.quote {
        Some(quote) if fact.text.is_empty() => Cow::Borrowed(&quote.words),
        Some(quote) => format!("{} {}", fact.text, quote.words).into(),
        None => Cow::Borrowed(&fact.text),
    }
}

/// Whether nothing but the wording tells two facts apart.
fn may_be_one(case: &EventCase<'_>, a: &Fact, b: &Fact) -> bool {
    let differ = |x: Option<&str>, y: Option<&str>| x.zip(y).is_some_and(|(x, y)| x != y);
    let figure = |fact: &'_ Fact| fact.figure.as_ref().and_then(|f| f.value.clone());
    let dates = a.date.zip(b.date).is_some_and(|(x, y)| x != y) || a.said.zip(b.said).is_some_and(|(x, y)| x != y);
    let related = |x: &Fact, y: &Fact| {
        let is_other = |to: &str| FactRef::within(&case.event.id, to) == FactRef::new(&*case.event.id, &*y.id);
        x.relations.iter().any(|r| is_other(&r.to))
    };
    !dates
        && !differ(a.speaker.as_deref(), b.speaker.as_deref())
        && !differ(figure(a).as_deref(), figure(b).as_deref())
        && !related(a, b)
        && !related(b, a)
}

fn draft(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let cases: Vec<_> = case.sections().collect();
    let blocks: Vec<BlockCase<'_>> = cases.iter().flat_map(|section| section.blocks()).filter(is_text).collect();
    let all: Vec<_> =
        blocks.iter().filter_map(|b| Shingled::new(b, Cow::Borrowed(b.prose().text.trim()), BLOCK_WORDS)).collect();
    let is_spoken = |block: &BlockCase<'_>| block.section.spec.is_some_and(|s| s.is_spoken());
    for (earlier, later) in pairs(&all, |a, b| !is_spoken(a.of) && !is_spoken(b.of)) {
        let (Some(earlier), Some(later)) = (all.get(earlier), all.get(later)) else { continue };
        let line = line_of(case.request.draft.text(), earlier.of.block.range.start);
        let words = 0..later.of.prose().text.trim_end().len();
        let message = format!("this block says nearly the same as the one in line {line}");
        found.push(later.of.finding_in_prose(&RULE, words, message).help("take one of the two out"));
    }
}

fn is_text(block: &BlockCase<'_>) -> bool {
    block.is_prose() && matches!(block.block.kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Quote)
}

fn line_of(text: &str, at: usize) -> usize {
    1 + text.get(..at).unwrap_or_default().matches('\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> bool {
        let all: Vec<_> = [a, b].into_iter().filter_map(|t| Shingled::new((), Cow::Borrowed(t), WORDS)).collect();
        !pairs(&all, |_, _| true).is_empty()
    }

    #[test]
    fn copies_are_alike_and_other_statements_are_not() {
        let long =
            "the ministers of the two states met at the border on the river to open the new bridge that the army built";
        assert!(alike(long, long) && alike(long, &long.replace("the army built", "the army made")));
        assert!(
            !alike(long, &long.replace("bridge", "road")),
            "three trigrams of twenty are others, and 0.73 is too little"
        );
        for (a, b) in [
            (format!("{long} in 2023 as agreed before"), format!("{long} in 2024 as agreed before")),
            (format!("{long} and so did Li"), format!("{long} and so did Xi")),
            (format!("{long} and they did agree"), format!("{long} and they did not agree")),
        ] {
            assert!(!alike(&a, &b), "{b}");
        }
        assert!(!alike("It rained again", "It rained again"), "too short to tell");
    }

    #[test]
    fn ascii_texts_have_the_same_words_as_others() {
        for text in ["It’s 1.5 or 1,200, not 3. (So) B.", "a, b,c ,d", ""] {
            let ascii = text.replace('’', "'");
            let (mut one, mut other) = (Vec::new(), Vec::new());
            word_hashes(&ascii, &mut one);
            word_hashes(&ascii.replace('\'', "’"), &mut other);
            assert_eq!(one, other, "{text}");
        }
    }

    #[test]
    fn a_group_of_copies_is_told_by_its_first() {
        let text = "the port was closed to all ships";
        let all: Vec<_> = (0..40).filter_map(|_| Shingled::new((), Cow::Borrowed(text), WORDS)).collect();
        assert!(pairs(&all, |_, _| true).into_iter().eq((1..40).map(|later| (0, later))));
    }
}
