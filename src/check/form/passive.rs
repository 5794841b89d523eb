//! `passive`: a sentence that leaves its actor out, or puts it last.

use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::check::text::sentences::sentences;
use crate::check::text::tokens::{Kind, Token, tokens};
use crate::finding::{Finding, Severity};
use crate::markdown::BlockKind;

pub(super) const RULE: Rule = Rule {
    id: "passive",
    severity: Severity::Info,
    what: "the passive voice: a form of “to be” and a past participle, in English",
    why: "Who did it is often what the reader wants to know, and the active voice is shorter (Plain Language Action and Information Network; \
          GOV.UK style). It is right where nobody knows who, or nobody asks: hence an info, one a sentence. Participles that describe a \
          state (`is based in`, `are concerned`) are left out, and so are quotations.",
    bad: "The declaration was rejected by China.",
    good: "China rejected the declaration.",
    block: Some(check),
    ..Rule::BASE
};

/// Forms of “to be”.
const BE: &[&str] = &["am", "are", "be", "been", "being", "is", "was", "were"];
/// What may stand between, beside adverbs in -ly.
const BETWEEN: &[&str] = &[
    "again", "all", "almost", "already", "also", "always", "both", "either", "even", "ever", "first", "just", "later",
    "long", "never", "not", "now", "often", "once", "only", "since", "so", "soon", "still", "then", "there", "thus",
    "today", "together", "too", "twice", "well",
];
/// Past participles that do not end in -ed; those that are mostly adjectives are left out.
const IRREGULAR: &[&str] = &[
    "awoken",
    "beaten",
    "begun",
    "bitten",
    "blown",
    "borne",
    "bought",
    "broadcast",
    "broken",
    "brought",
    "built",
    "burnt",
    "caught",
    "chosen",
    "cut",
    "dealt",
    "done",
    "drawn",
    "driven",
    "eaten",
    "fed",
    "felt",
    "flown",
    "forbidden",
    "forgotten",
    "fought",
    "found",
    "frozen",
    "given",
    "heard",
    "held",
    "hidden",
    "hit",
    "hung",
    "kept",
    "laid",
    "led",
    "left",
    "lent",
    "let",
    "lit",
    "lost",
    "made",
    "met",
    "overcome",
    "overthrown",
    "paid",
    "put",
    "ridden",
    "said",
    "seen",
    "sent",
    "shaken",
    "shot",
    "shown",
    "shut",
    "slain",
    "sold",
    "sought",
    "spent",
    "split",
    "spoken",
    "spread",
    "stolen",
    "struck",
    "sung",
    "sunk",
    "swept",
    "sworn",
    "taken",
    "taught",
    "thought",
    "thrown",
    "told",
    "torn",
    "understood",
    "undertaken",
    "upheld",
    "withdrawn",
    "won",
    "woven",
    "written",
];
/// Words in -ed that are no participles, or describe a state behind “to be”.
const NOT_PASSIVE: &[&str] = &[
    "accustomed",
    "advanced",
    "aged",
    "agreed",
    "allied",
    "armed",
    "ashamed",
    "based",
    "bed",
    "belated",
    "biased",
    "bleed",
    "blessed",
    "bored",
    "breed",
    "celebrated",
    "closed",
    "committed",
    "complicated",
    "concerned",
    "confused",
    "convinced",
    "creed",
    "crowded",
    "dated",
    "deceased",
    "deed",
    "delighted",
    "deserted",
    "detailed",
    "determined",
    "devoted",
    "disappointed",
    "disputed",
    "distinguished",
    "divided",
    "dressed",
    "due",
    "embed",
    "engaged",
    "entitled",
    "excited",
    "exhausted",
    "experienced",
    "feed",
    "finished",
    "frightened",
    "greed",
    "heed",
    "hundred",
    "inclined",
    "indebted",
    "indeed",
    "interested",
    "involved",
    "isolated",
    "kindred",
    "limited",
    "located",
    "married",
    "mixed",
    "naked",
    "need",
    "needed",
    "opposed",
    "outdated",
    "pleased",
    "populated",
    "prepared",
    "qualified",
    "ragged",
    "red",
    "related",
    "relieved",
    "reserved",
    "retired",
    "rugged",
    "sacred",
    "satisfied",
    "scared",
    "scheduled",
    "seed",
    "shed",
    "shred",
    "situated",
    "skilled",
    "sled",
    "so-called",
    "sophisticated",
    "speed",
    "supposed",
    "surprised",
    "talented",
    "tied",
    "tired",
    "unchanged",
    "undecided",
    "undisputed",
    "united",
    "unprecedented",
    "unrelated",
    "used",
    "varied",
    "weed",
    "wicked",
    "worried",
    "wretched",
];

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.is_prose()
        || matches!(case.block.kind, BlockKind::Table)
        || !crate::check::text::words::is_english(case.section.draft.language())
    {
        return;
    }
    let text = case.plain();
    let all = tokens(text);
    let is_be = |t: &Token<'_>| t.is_word(BE);
    if !all.iter().any(is_be) {
        return;
    }
    let sentences = sentences(text);
    let mut told = None;
    for (i, be) in all.iter().enumerate().filter(|(_, t)| is_be(t)) {
        let sentence = sentences.partition_point(|s| s.end <= be.at);
        let Some(participle) = participle(&all, i).filter(|_| told != Some(sentence)) else { continue };
        told = Some(sentence);
        let range = be.at..participle.end();
        let words = text.get(range.clone()).unwrap_or_default();
        let finding = case.finding_in_prose(&RULE, range, format!("“{words}” is passive"));
        found.push(finding.help("say who does it, if the reader asks"));
    }
}

/// The past participle to which a form of “to be” belongs.
fn participle<'t, 'a>(all: &'t [Token<'a>], be: usize) -> Option<&'t Token<'a>> {
    let behind = all.iter().skip(be + 1).take(4).take_while(|t| t.kind == Kind::Word);
    let is_between = |t: &&Token<'_>| t.is_word(BETWEEN) || t.is_word(&["being", "been"]) || t.text.ends_with("ly");
    let word = behind.into_iter().find(|t| !is_between(t))?;
    is_participle(word.text).then_some(word)
}

fn is_participle(word: &str) -> bool {
    // A capital tells a name: `is United`.
    if !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return false;
    }
    IRREGULAR.binary_search(&word).is_ok()
        || (word.len() > 3 && word.ends_with("ed") && NOT_PASSIVE.binary_search(&word).is_err())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        for list in [BE, BETWEEN, IRREGULAR, NOT_PASSIVE] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
