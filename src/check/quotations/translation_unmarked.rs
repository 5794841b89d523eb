//! `translation-unmarked`: words that nobody spoke like this, without a word of it.

use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::draft::attribution::is_foreign;
use crate::finding::{Finding, Severity};
use crate::model::text::fold;

pub(super) const RULE: Rule = Rule {
    id: "translation-unmarked",
    severity: Severity::Warning,
    what: "a quotation spoken in another language than the note's, with no translator on record and no word in the block that it is translated",
    why: "Translators choose words, and a quotation in translation is theirs as much as the speaker's: the reader must see that \
          it is one. What is quoted in the language spoken (`original`), or stands in it because the event file is written in \
          it, is no translation. Placing a quotation writes “(translation)”.",
    bad: "“We are partners,” said Mao Ning [@li-qiang-2024#partners].    (spoken: zh)",
    good: "“We are partners,” said Mao Ning (translation) [@li-qiang-2024#partners].",
    block: Some(check),
    ..Rule::BASE
};

/// Beginnings of words, folded, by which a text tells of a translation; other scripts as they are.
const TRANSLATED: &[&str] = &[
    "interpret",
    "oversat",
    "prevod",
    "rendered",
    "rendering",
    "tlumacz",
    "tradotto",
    "traduc",
    "traduit",
    "traduz",
    "translat",
    "ubersetz",
    "vertaal",
    "vertaling",
    "перевед",
    "перевод",
    "翻訳",
    "翻译",
    "译",
];

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    let language = case.section.draft.language();
    let untold = case.quotations().iter().find_map(|quotation| {
        let is_translated = quotation.facts.iter().all(|said| {
            let quote = said.fact.quote.as_deref();
            !said.original && quote.is_some_and(|q| q.translation.is_none() && is_foreign(said.event, q, language))
        });
        quotation.facts.first().filter(|_| is_translated).map(|said| (quotation, said))
    });
    let Some((quotation, said)) = untold else { return };
    let text = fold(case.plain());
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    if words.any(|word| TRANSLATED.iter().any(|t| word.starts_with(t) || (!t.is_ascii() && word.contains(t))))
        || case.is_as_placed()
    {
        return;
    }
    let spoken = said.fact.quote.as_ref().and_then(|q| q.spoken.as_deref()).unwrap_or_default();
    let message = format!(
        "these words were spoken in another language (`{spoken}`), and the block does not say that they are translated"
    );
    let help =
        "write “(translation)” behind the speaker, or give the translator as `translation` of the fact and name them";
    found.push(case.finding_in_prose(&RULE, quotation.range.clone(), message).help(help).on_fact(said.address()));
}
