//! `open-negative`: never, or no such thing has, with nothing that says up to when.

use crate::check::Rule;
use crate::check::case::{BlockCase, FactCase, key};
use crate::check::text::dates::{Lexicon, written};
use crate::check::text::sentences::sentences;
use crate::check::text::spans::without_quoted;
use crate::check::text::words::{Word, is_english, words};
use crate::finding::{Finding, Severity};
use crate::model::{Edtf, Event, Fact, FactKind};

pub(super) const RULE: Rule = Rule {
    id: "open-negative",
    severity: Severity::Warning,
    what: "“has never” or “no one has” in a fact whose date has no end, or in a sentence of the draft that does not say as of when",
    why: "That a thing has not happened holds up to a day, and one event the next day makes it false (ICD 206: dates of \
          information are told). Only negatives over time are looked at, in English: has, have or had \
          with never, no, none, nobody or nothing. Left out are reported words, quotations, assessments, and sentences with a date or with \
          words such as so far, until, when or during.",
    bad: "China has never condemned the invasion [@talks-2024#never].",
    good: "As of 19 August 2024, China had never condemned the invasion [@talks-2024#never].",
    fact: Some(fact),
    block: Some(block),
    ..Rule::BASE
};

/// Behind `never` these make something else of it.
const NOT_EVENTS: &[&str] = &["again", "before", "ending", "land", "mind", "more", "once", "the"];
/// Words by which a sentence bounds what it denies, or says whose words it gives.
const BOUNDS: &[&str] = &[
    "according",
    "after",
    "ago",
    "alleged",
    "alleges",
    "as",
    "before",
    "believed",
    "claim",
    "claimed",
    "claims",
    "declared",
    "denied",
    "denies",
    "during",
    "far",
    "if",
    "insisted",
    "insists",
    "maintained",
    "maintains",
    "now",
    "recently",
    "reported",
    "reportedly",
    "reports",
    "said",
    "say",
    "saying",
    "says",
    "stated",
    "states",
    "that",
    "then",
    "though",
    "today",
    "told",
    "until",
    "warned",
    "when",
    "whenever",
    "while",
    "yesterday",
    "yet",
];
const HAS: &[&str] = &["had", "has", "have"];
/// How many words may stand between `no` and its verb.
const NOUN: usize = 5;

fn fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let fact = case.fact;
    let sorts = matches!(fact.kind, FactKind::Statement | FactKind::Background);
    let ends = fact.when().is_some_and(|date| date.latest().is_some());
    if !sorts || ends || fact.speaker.is_some() || !may_deny(&fact.text) {
        return;
    }
    let language = case.event.language.as_deref().unwrap_or("en");
    let text = without_quoted(&fact.text, false);
    let Some(denial) = denials(&text, language).into_iter().next() else { return };
    let way = if fact.date.is_some() { "date" } else { "id" };
    let message = format!("`{}` says “{}”, and has no date up to which it is known", fact.id, denial.text);
    let help = "give it a `date` that ends, such as 2022-02/2024-08-19, and say “as of” in its text";
    found.push(case.finding(&RULE, [key(way)], message).help(help));
}

fn block(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.is_prose() || case.is_opinion() || !may_deny(case.markdown()) {
        return;
    }
    let facts: Vec<(&Event, &Fact)> = case.facts().map(|(_, event, fact)| (event, fact)).collect();
    let reported = |fact: &Fact| fact.kind == FactKind::Assessment || fact.speaker.is_some();
    if facts.is_empty() || facts.iter().any(|(_, fact)| reported(fact)) {
        return;
    }
    let draft = case.section.draft;
    // As fine as the date is: of an interval its end.
    let end = |date: Edtf| if date.is_interval() { date.end() } else { Some(date) };
    // The fact that denies knows up to when; else its file does.
    let own = facts.iter().filter(|(_, fact)| may_deny(&fact.text)).find_map(|(_, fact)| end(*fact.when()?));
    let known = own.or_else(|| facts.iter().find_map(|(event, _)| end(event.as_of?)));
    for denial in denials(case.plain(), draft.language()) {
        let message = format!("“{}” does not say as of when", denial.text);
        let help = match known {
            Some(date) => format!("write “as of {}”", draft.print(&date)),
            None => "write “as of” and the day up to which it is known".to_owned(),
        };
        found.push(case.finding_in_prose(&RULE, denial.at..denial.at + denial.text.len(), message).help(help));
    }
}

/// Whether a text may deny at all; tells most texts without reading their words.
fn may_deny(text: &str) -> bool {
    ["ever", "no ", "No ", "none", "None", "obody", "othing"].iter().any(|part| text.contains(part))
}

/// What is denied: `has never`, `no ship has`.
struct Denial {
    at: usize,
    text: String,
}

/// The open negatives of a text without its quotations.
fn denials(text: &str, language: &str) -> Vec<Denial> {
    if !is_english(language) {
        return Vec::new();
    }
    let all = words(text);
    let dates = written(text, Lexicon::of(language));
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let words: Vec<&Word> = all.iter().filter(|w| sentence.contains(&w.at)).collect();
        let bounded = words.iter().any(|w| BOUNDS.contains(&w.text.as_str()))
            || dates.iter().any(|date| sentence.contains(&date.range.start) && !behind_since(text, date.range.start));
        if bounded {
            continue;
        }
        let Some((first, last)) = (0..words.len()).find_map(|i| denial(&words, i)) else { continue };
        let (Some(first), Some(last)) = (words.get(first), words.get(last)) else { continue };
        let text = text.get(first.at..last.at + last.text.len()).unwrap_or_default();
        found.push(Denial { at: first.at, text: text.to_owned() });
    }
    found
}

/// Whether a date says from when on: `since 2014`.
fn behind_since(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.trim_end().to_ascii_lowercase().ends_with("since"))
}

/// The first and last word of a negative over time that begins at a word.
fn denial(words: &[&Word], i: usize) -> Option<(usize, usize)> {
    let word = |i: usize| words.get(i).map_or("", |w| w.text.as_str());
    let before = i.checked_sub(1).map_or("", word);
    match word(i) {
        "never" => {
            let has = HAS.contains(&before) || HAS.contains(&word(i + 1));
            // `have never been better` compares.
            let compares = word(i + 1) == "been"
                && (matches!(word(i + 2), "as" | "less" | "more" | "so" | "worse") || word(i + 2).ends_with("er"));
            let event = has && !compares && !NOT_EVENTS.contains(&word(i + 1));
            event.then(|| if HAS.contains(&before) { (i - 1, i) } else { (i, i + 1) })
        }
        "no" | "none" | "nobody" | "nothing" => {
            // `There is no doubt that has` and `has no` are something else.
            let opens = i == 0 || matches!(before, "and" | "but" | "there" | "still");
            let has = (i + 1..=i + NOUN).find(|at| HAS.contains(&word(*at)))?;
            // `has been`, `has ever`, `has left`, and not `has a`.
            let verb = is_past(word(has + 1)) || matches!(word(has + 1), "been" | "ever" | "come" | "become");
            let clause =
                (i + 1..has).any(|at| matches!(word(at), "who" | "which" | "is" | "are" | "was" | "were" | "to"));
            (opens && verb && !clause).then_some((i, has))
        }
        _ => None,
    }
}

/// Whether a word looks like a past form.
fn is_past(word: &str) -> bool {
    const IRREGULAR: &[&str] = &[
        "became", "been", "began", "broken", "brought", "built", "came", "done", "fallen", "found", "fought", "gave",
        "given", "gone", "got", "had", "held", "known", "left", "lost", "made", "met", "paid", "put", "ran", "seen",
        "sent", "set", "shown", "sold", "spoken", "taken", "went", "won", "written",
    ];
    (word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed")) || IRREGULAR.contains(&word)
}
