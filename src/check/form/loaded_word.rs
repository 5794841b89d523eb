//! `loaded-word`: a word that judges where the note should tell.

use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::check::text::sentences::opens_sentence;
use crate::check::text::tokens::{Kind, Token, tokens};
use crate::finding::{Finding, Severity};

pub(super) const RULE: Rule = Rule {
    id: "loaded-word",
    severity: Severity::Warning,
    what: "a word that judges, such as “regime”, “so-called” or “brazen”, outside quotation marks, in English",
    why: "It tells what the writer thinks of the matter and not what happened, and it costs trust with readers who think otherwise (ICD 203: \
          objectivity; Reuters Handbook of Journalism: loaded words). In somebody’s mouth it belongs between quotation marks. `sanctions \
          regime` and the like judge nothing; facts are looked at where they are placed.",
    bad: "The regime made a brazen attempt to deny it [@talks-2024#denial].",
    good: "The government denied it three times [@talks-2024#denial].",
    has_words: true,
    block: Some(check),
    ..Rule::BASE
};

/// Words that judge whoever and whatever they are said of. Chosen from what news style guides warn of; words with a plain sense
/// beside the loaded one (`terrorist`, `propaganda`, `radical`, `strongman`) are left to the writer.
const LOADED: &[&str] = &[
    "abhorrent",
    "appalling",
    "barbaric",
    "bizarre",
    "blatant",
    "blatantly",
    "bloodthirsty",
    "bogus",
    "brazen",
    "brazenly",
    "callous",
    "contemptible",
    "cowardly",
    "crony",
    "cronies",
    "cynically",
    "deplorable",
    "despicable",
    "despotic",
    "diabolical",
    "disgraceful",
    "disgusting",
    "draconian",
    "duplicitous",
    "egregious",
    "evil",
    "farcical",
    "flagrant",
    "flagrantly",
    "goons",
    "heinous",
    "henchman",
    "henchmen",
    "hypocritical",
    "infamous",
    "lackey",
    "lackeys",
    "laughable",
    "ludicrous",
    "megalomaniac",
    "monstrous",
    "murderous",
    "nefarious",
    "notorious",
    "notoriously",
    "odious",
    "outrageous",
    "outrageously",
    "pathetic",
    "preposterous",
    "ridiculous",
    "ruthless",
    "ruthlessly",
    "shameful",
    "shameless",
    "shamelessly",
    "sinister",
    "spineless",
    "stooge",
    "stooges",
    "thuggish",
    "thugs",
    "tyrannical",
    "vile",
    "warmonger",
    "warmongers",
    "wicked",
];
/// Words before `regime` that make of it a set of rules, and those before which others do.
const RULES: &[&str] = &[
    "agreement",
    "approvals",
    "arms",
    "ban",
    "border",
    "capital",
    "carbon",
    "compliance",
    "control",
    "controls",
    "customs",
    "disclosure",
    "embargo",
    "enforcement",
    "exchange",
    "existing",
    "export",
    "fiscal",
    "global",
    "governance",
    "immigration",
    "import",
    "inspection",
    "inspections",
    "international",
    "investment",
    "legal",
    "liability",
    "licensing",
    "maintenance",
    "missile",
    "monetary",
    "monitoring",
    "multilateral",
    "nuclear",
    "ownership",
    "patent",
    "pension",
    "planning",
    "proliferation",
    "protection",
    "rate",
    "regulatory",
    "reporting",
    "safeguards",
    "sanction",
    "sanctions",
    "screening",
    "subsidy",
    "tariff",
    "tax",
    "technology",
    "test",
    "trade",
    "transit",
    "transparency",
    "treaty",
    "verification",
    "visa",
    "waiver",
];

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.is_prose() || !crate::check::text::words::is_english(case.section.draft.language()) {
        return;
    }
    let text = case.plain();
    let all = tokens(text);
    for i in 0..all.len() {
        let word = all.get(i).map(|t| t.text.to_ascii_lowercase()).unwrap_or_default();
        let by_itself = loaded(text, &all, i);
        let settings = case.request().desk.settings();
        let listed = settings.lists(RULE.id, &word, by_itself.is_some());
        let Some(last) = listed.then(|| by_itself.unwrap_or(i)) else { continue };
        let (Some(first), Some(last)) = (all.get(i), all.get(last)) else { continue };
        let range = first.at..last.end();
        let words = text.get(range.clone()).unwrap_or_default();
        let finding = case.finding_in_prose(&RULE, range, format!("“{words}” judges"));
        found.push(finding.help("tell what happened, or put the word between quotation marks and say whose it is"));
    }
}

/// The last token of the loaded word that begins at token `i`.
fn loaded(text: &str, all: &[Token<'_>], i: usize) -> Option<usize> {
    let token = all.get(i).filter(|t| t.kind == Kind::Word)?;
    // A capital inside a sentence tells a name.
    if token.text.starts_with(char::is_uppercase) && !opens_sentence(text, token.at) {
        return None;
    }
    let is = |j: usize, words: &[&str]| all.get(j).is_some_and(|t| t.is_word(words));
    if token.is_word(&["so"]) && all.get(i + 1).is_some_and(Token::is_dash) && is(i + 2, &["called"]) {
        return Some(i + 2);
    }
    if token.is_word(&["puppet", "rogue"]) {
        let power = ["administration", "government", "leader", "leaders", "regime", "regimes", "state", "states"];
        return is(i + 1, &power).then_some(i + 1);
    }
    if token.is_word(&["regime", "regimes"]) {
        return is_government(text, all, i).then_some(i);
    }
    let word = token.text.to_ascii_lowercase();
    LOADED.iter().any(|loaded| *loaded == word).then_some(i)
}

/// Whether `regime` speaks of a government: `the regime said`, `the Assad regime`, `the brutal regime in Minsk`.
fn is_government(text: &str, all: &[Token<'_>], i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|j| all.get(j));
    let behind = all.get(i + 1);
    let names_rules =
        before.is_some_and(|t| t.is_word(RULES)) || behind.is_some_and(|t| t.is_word(&["of", "for", "on", "under"]));
    let named = before.is_some_and(|t| {
        let owner = t.text.trim_end_matches("’s").trim_end_matches("'s");
        t.kind == Kind::Word
            && owner.starts_with(char::is_uppercase)
            && owner.contains(char::is_lowercase)
            && !opens_sentence(text, t.at)
    });
    let bare = before.is_some_and(|t| t.is_word(&["the", "this", "that"]));
    // What rules say, nobody asks; who acts is a government.
    let acts = behind.is_some_and(|t| {
        t.is_word(&[
            "said", "says", "has", "had", "in", "will", "denied", "denies", "claims", "claimed", "wants", "made", "is",
            "was", "forces",
        ])
    });
    !names_rules && (named || (bare && acts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_hold_each_word_once() {
        for list in [LOADED, RULES] {
            assert!(list.iter().collect::<std::collections::HashSet<_>>().len() == list.len(), "{list:?}");
        }
    }
}
