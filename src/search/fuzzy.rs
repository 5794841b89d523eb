//! Words of the desk that a mistyped or shortened word may have meant.
//!
//! A word that stands nowhere is compared with the vocabulary of the desk, not letter by letter with
//! whole sentences: `minsiter` is no subsequence of `minister`, and in a sentence of a hundred
//! letters nearly every short subsequence occurs by accident. Three likenesses count: a few typing
//! errors (a letter too many, too few, another, or two exchanged), the same in the beginning of a
//! word that is still being typed, and an abbreviation whose letters stand in the word in order, the
//! first and last among them. One of a beginning and the last letter (`govt`) is as likely as a typing error.

use rayon::prelude::*;

/// How many words one word may stand for.
const MOST: usize = 12;
/// The longest word that is kept; what is longer is no word.
const LONGEST: usize = 64;

/// The distinct words of a desk, folded, in order.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    text: String,
    ends: Vec<u32>,
    letters: Vec<u64>,
}

/// A word that may have been meant; the lower the cost, the likelier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Guess {
    pub(super) cost: usize,
    pub(super) word: String,
}

/// The words of a folded text of which a vocabulary is made.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() > 2 && w.len() <= LONGEST && !w.bytes().all(|b| b.is_ascii_digit()))
}

/// The letters of a word as bits, several letters sharing one.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}

impl Vocabulary {
    /// From words in order, without duplicates.
    pub(super) fn new<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut new = Self::default();
        for word in words {
            new.text.push_str(word);
            let Ok(end) = u32::try_from(new.text.len()) else { break };
            new.ends.push(end);
            new.letters.push(letters(word));
        }
        new
    }

    fn word(&self, i: usize) -> &str {
        let end = |i: usize| self.ends.get(i).map_or(0, |e| *e as usize);
        let start = i.checked_sub(1).map_or(0, end);
        self.text.get(start..end(i)).unwrap_or_default()
    }

    /// The words that `typed` may mean, the likeliest first; none when none is near.
    pub(super) fn guesses(&self, typed: &str) -> Vec<Guess> {
        let length = typed.chars().count();
        let errors = match length {
            0..=2 => return Vec::new(),
            3..=6 => 1,
            _ => 2,
        };
        let wanted = letters(typed);
        let mut guesses: Vec<Guess> = (0..self.ends.len())
            .into_par_iter()
            .filter_map(|i| {
                // Each error accounts for one letter that the word lacks.
                let missing = (wanted & !self.letters.get(i)?).count_ones() as usize;
                if missing > errors {
                    return None;
                }
                let word = self.word(i);
                let cost = cost(typed, length, errors, word)?;
                Some(Guess { cost, word: word.to_owned() })
            })
            .collect();
        guesses.sort_by(|a, b| (a.cost, &a.word).cmp(&(b.cost, &b.word)));
        // What is farther than the nearest is noise; forms of one word are found by its beginning.
        let nearest = guesses.first().map_or(0, |g| g.cost);
        guesses.retain(|g| g.cost == nearest);
        guesses.truncate(MOST);
        guesses
    }
}

fn cost(typed: &str, length: usize, errors: usize, word: &str) -> Option<usize> {
    let (first, its_first) = (typed.chars().next(), word.chars().next());
    let size = word.chars().count();
    if is_contraction(typed, word) && size > length && size <= 4 * length {
        return Some(2);
    }
    // In a short word one error changes much; then the first letter must be right.
    if (length > 4 || first == its_first) && size + errors >= length {
        let mut best = if size.abs_diff(length) <= errors {
            Some(2 * strsim::osa_distance(typed, word)).filter(|c| *c <= 2 * errors)
        } else {
            None
        };
        if length > 3 {
            for cut in length.saturating_sub(errors)..=length + errors {
                let Some((at, _)) = word.char_indices().nth(cut) else { break };
                let start = word.get(..at).unwrap_or(word);
                let distance = strsim::osa_distance(typed, start);
                if distance <= errors {
                    let cost = 2 * distance + 1;
                    best = Some(best.map_or(cost, |b| b.min(cost)));
                }
            }
        }
        if best.is_some() {
            return best;
        }
    }
    is_abbreviation(typed, first == its_first, word, size, length).then(|| 2 * errors + 2)
}

/// Whether a word is cut down to its beginning and its last letter: `govt`, `dept`.
fn is_contraction(typed: &str, word: &str) -> bool {
    let mut letters = typed.chars();
    let last = letters.next_back();
    let start = letters.as_str();
    start.len() > 2 && word.starts_with(start) && word.chars().next_back() == last
}

/// Whether the letters stand in the word in order, its first and last among them: `govt`.
fn is_abbreviation(typed: &str, same_first: bool, word: &str, size: usize, length: usize) -> bool {
    if !same_first || size <= length || size > 4 * length || typed.chars().last() != word.chars().last() {
        return false;
    }
    let mut letters = word.chars();
    typed.chars().all(|c| letters.any(|l| l == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guesses(typed: &str) -> Vec<String> {
        let words = [
            "board",
            "government",
            "governor",
            "grid",
            "grind",
            "lukashenko",
            "mandate",
            "master",
            "minister",
            "ministerial",
            "ministry",
            "partner",
            "sco",
            "yard",
            "中俄关系",
        ];
        Vocabulary::new(words.into_iter()).guesses(typed).into_iter().map(|g| g.word).collect()
    }

    #[test]
    fn typing_errors_and_abbreviations_are_guessed() {
        assert_eq!(guesses("minsiter"), ["minister"]);
        assert_eq!(guesses("minsit"), ["minister", "ministerial", "ministry"]);
        assert_eq!(guesses("grdi"), ["grid"]);
        assert_eq!(guesses("govt"), ["government"]);
        assert_eq!(guesses("lukashenka"), ["lukashenko"]);
        assert_eq!(guesses("lukasehn"), ["lukashenko"]);
        assert_eq!(guesses("partnr"), ["partner"]);
    }

    #[test]
    fn noise_is_not() {
        for typed in ["", "x", "xy", "zzz", "qqqqqqqq", "tree", "scx1", "submarine"] {
            assert_eq!(guesses(typed), [""; 0], "{typed}");
        }
    }
}
