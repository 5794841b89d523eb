//! `tense`: what is over, told as still to come.

use crate::check::Rule;
use crate::check::case::BlockCase;
use crate::check::text::tokens::{Kind, Token, tokens};
use crate::finding::{Finding, Severity};
use crate::model::date::Day;
use crate::model::text::fold;
use crate::model::{Event, EventStatus, Fact, FactKind};

pub(super) const RULE: Rule = Rule {
    id: "tense",
    severity: Severity::Error,
    what: "`will` with a deed of a cited event that ended before the note's date",
    why: "A line carried over from the day before tells the reader that there is still time to act. Only English `will` \
          counts, with a verb that the cited fact or its event's title has; speech reported, our own intentions, \
          assessments, and sentences that name a later date are left out.",
    bad: "Premier Li will visit Minsk [@li-qiang-2024#visit].    (a note of 26 August, the visit over on 23 August)",
    good: "Premier Li visited Minsk [@li-qiang-2024#visit].",
    block: Some(check),
    ..Rule::BASE
};

/// Behind these `will` is a noun.
const NOUN_AFTER: &[&str] = &[
    "the",
    "a",
    "an",
    "free",
    "good",
    "ill",
    "political",
    "popular",
    "national",
    "public",
    "own",
    "his",
    "her",
    "its",
    "their",
    "our",
    "my",
    "your",
    "general",
    "sheer",
    "iron",
    "collective",
    "of",
    "at",
    "same",
    "no",
    "strong",
    "and",
];
/// Whose `will` is an intention of ours.
const OURS: &[&str] = &["we", "you", "i"];
/// Beginnings of words by which a sentence reports what was said or meant at the time.
const REPORTED: &[&str] = &[
    "say",
    "said",
    "told",
    "tell",
    "promis",
    "pledg",
    "vow",
    "announc",
    "declar",
    "agree",
    "commit",
    "expect",
    "hope",
    "insist",
    "warn",
    "predict",
    "forecast",
    "plan",
    "claim",
    "according",
    "if",
    "whether",
    "unless",
];
/// Words that stand between `will` and its verb.
const BETWEEN: &[&str] =
    &["not", "also", "then", "now", "still", "be", "have", "soon", "only", "again", "therefore", "no", "longer"];
/// Verbs whose past is another word.
const IRREGULAR: &[(&str, &str)] = &[
    ("meet", "met"),
    ("hold", "held"),
    ("go", "went"),
    ("come", "came"),
    ("speak", "spoke"),
    ("give", "gave"),
    ("take", "took"),
    ("leave", "left"),
    ("begin", "began"),
    ("sign", "signing"),
    ("see", "saw"),
    ("pay", "paid"),
    ("become", "became"),
    ("make", "made"),
    ("fly", "flew"),
    ("host", "hosting"),
    ("open", "opening"),
];

fn check(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    let draft = case.section.draft;
    let Some(today) = draft.date().and_then(|d| d.earliest()) else { return };
    if !case.is_prose() || !crate::check::text::words::is_english(draft.language()) || case.is_opinion() {
        return;
    }
    let text = case.plain();
    if !text.contains("will") {
        return;
    }
    let facts: Vec<_> = case.facts().collect();
    let Some((item, event, _)) = facts.first() else { return };
    let over = |(_, event, fact): &(_, &Event, &Fact)| is_over(event, fact, today);
    if !facts.iter().all(over) || case.items().count() != facts.len() {
        return;
    }
    let later: Vec<_> = case
        .dates()
        .iter()
        .filter(|w| w.day_in(today.year()).map_or_else(|| w.year.is_none_or(|y| y >= today.year()), |day| day >= today))
        .map(|w| w.range.clone())
        .collect();
    let deeds = deeds(&facts);
    let all = tokens(text);
    for sentence in all.split(Token::ends_sentence) {
        let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else { continue };
        if later.iter().any(|range| first.at <= range.start && range.start <= last.at) {
            continue;
        }
        let Some((will, verb)) = told_as_to_come(sentence).filter(|(_, verb)| deeds.contains(&stem(verb.text))) else {
            continue;
        };
        let message = format!("“will {}”, and `{}` ended before the note’s date", verb.text, event.id);
        let finding = case.finding_in_prose(&RULE, will.at..verb.end(), message);
        found.push(
            finding.help("write it in the past, or correct the date of the event or the note").on_fact(&item.key),
        );
    }
}

/// Whether the matter of a fact is surely over on a day.
fn is_over(event: &Event, fact: &Fact, today: Day) -> bool {
    let ends = [event.date, fact.date].into_iter().flatten();
    let before = |d: crate::model::Edtf| d.latest().is_some_and(|end| end < today) && !d.is_approximate();
    event.date.is_some()
        && ends.into_iter().all(before)
        && event.status != Some(EventStatus::Ongoing)
        && fact.kind != FactKind::Assessment
}

/// The stems of the words of the facts and their events' titles.
fn deeds(facts: &[(&crate::markdown::CitationItem, &Event, &Fact)]) -> Vec<String> {
    let mut stems = Vec::new();
    for (_, event, fact) in facts {
        let excerpts = fact.sources.iter().filter_map(|s| s.excerpt.as_deref());
        for text in [&*event.title, &*fact.text].into_iter().chain(excerpts) {
            stems.extend(tokens(text).iter().filter(|t| t.kind == Kind::Word).map(|t| stem(t.text)));
        }
    }
    stems
}

/// The first `will` of a sentence that is a verb of somebody else's deed, and its verb.
fn told_as_to_come<'a, 't>(sentence: &'a [Token<'t>]) -> Option<(&'a Token<'t>, &'a Token<'t>)> {
    let reports = |t: &Token<'_>| {
        let word = fold(t.text);
        let starts = |start: &&str| word.starts_with(*start) && (start.len() > 3 || word.len() <= start.len() + 2);
        t.kind == Kind::Word && REPORTED.iter().any(starts)
    };
    let at = sentence.iter().position(|t| t.is("will"))?;
    let (before, after) = (sentence.get(..at)?, sentence.get(at + 1..)?);
    let subject = before.last()?;
    let is_noun = subject.is_word(NOUN_AFTER) || subject.text.ends_with("’s") || subject.is_dash();
    if is_noun || before.iter().any(|t| t.is_word(OURS)) || sentence.iter().any(reports) {
        return None;
    }
    let verb = after.iter().find(|t| !t.is_word(BETWEEN))?;
    let is_verb = verb.kind == Kind::Word && verb.text.starts_with(char::is_lowercase) && !verb.is_word(&["to", "of"]);
    is_verb.then(|| sentence.get(at).map(|will| (will, verb)))?
}

/// A word without what a verb adds.
fn stem(word: &str) -> String {
    let word = fold(word);
    if let Some((verb, _)) = IRREGULAR.iter().find(|(verb, past)| *past == word || *verb == word) {
        return (*verb).to_owned();
    }
    let cut = ["ing", "ed", "es", "s", "e"].iter().find_map(|end| word.strip_suffix(end));
    cut.filter(|cut| cut.chars().count() >= 3).unwrap_or(&word).to_owned()
}
