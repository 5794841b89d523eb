//! `echo`: several sources, and one voice.

use std::collections::HashSet;

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::check::text::spans::without_quoted;
use crate::check::text::words::words;
use crate::finding::{Finding, Severity};
use crate::model::provenance::{Backing, backing, is_one_origin};
use crate::model::{Fact, FactStatus, SourceUse};
use crate::yaml::Step;

pub(super) const RULE: Rule = Rule {
    id: "echo",
    severity: Severity::Warning,
    what: "several sources of one origin, or two of different origins whose excerpts share 80 % of their runs of five words",
    why: "A report that repeats another confirms nothing, however often it is printed: circular reporting is how one mistake \
          becomes “widely reported” (ICD 206; Admiralty system: sources must be independent). What stands in quotation marks, \
          and a quotation's words, may be alike and are left out; the shorter excerpt must then have 12 words. Uses marked \
          `variant` do not count.",
    bad: "sources:\n  - afp-alarabiya    # origin: AFP\n  - afp-copy         # origin: AFP",
    good: "sources:\n  - afp-alarabiya    # origin: AFP\n  - xinhua           # origin: Xinhua",
    fact: Some(check),
    ..Rule::BASE
};

/// How many words make a run.
const RUN: usize = 5;
/// From how many words on an excerpt is compared.
const WORDS: usize = 12;
/// The share of runs of the shorter excerpt, in percent, that the other has.
const SHARE: usize = 80;

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let fact = case.fact;
    if fact.status == FactStatus::Retracted || (fact.sources.len() < 2 && fact.assessment.is_none()) {
        return;
    }
    match backing(case.desk, case.event, fact) {
        // Credibility 1 is then told as unsupported.
        Backing::OneOrigin(first) if fact.credibility != Some(1) => {
            let at = if fact.sources.is_empty() { "basis" } else { "sources" };
            let origin = crate::model::provenance::origin(first);
            let message = format!("all sources of the fact `{}` have one origin, {origin}", fact.id);
            let help = "add a source of another origin; a second print of one report confirms nothing";
            found.push(case.finding(&RULE, [key(at)], message).help(help));
        }
        Backing::Several => found.extend(alike(case)),
        _ => {}
    }
}

/// Two excerpts of different origins with one wording.
fn alike(case: &FactCase<'_>) -> Option<Finding> {
    let compared = |used: &&SourceUse| !used.variant && used.excerpt.as_ref().is_some_and(|e| e.len() >= 2 * WORDS);
    if case.fact.sources.iter().filter(compared).count() < 2 {
        return None;
    }
    let own = own_runs(case.fact);
    let uses = (0..).zip(&case.fact.sources).filter(|(_, used)| compared(used));
    let texts: Vec<_> = uses
        .filter_map(|(i, used)| Some((i, used, Runs::of(used.excerpt.as_deref()?, &own))))
        .filter(|(_, _, runs)| runs.words >= WORDS)
        .collect();
    for (n, (i, used, runs)) in texts.iter().enumerate() {
        for (_, before, others) in texts.iter().take(n) {
            let source = |used: &SourceUse| case.desk.source(case.event, &used.source);
            let differ = source(before).zip(source(used)).is_some_and(|(a, b)| !is_one_origin(a, b));
            if differ && runs.share(others) {
                let way = [key("sources"), Step::Index(*i), key("excerpt")];
                let message = format!("`{}` repeats the wording of `{}`", used.source, before.source);
                let help = "see which has it from which, and give both the one `origin`; or add a source that has it from elsewhere";
                return Some(case.finding(&RULE, way, message).help(help));
            }
        }
    }
    None
}

/// The runs of a quotation's words, which every source may have.
fn own_runs(fact: &Fact) -> HashSet<String> {
    let texts = fact.quote.iter().flat_map(|q| [Some(&*q.words), q.original.as_deref()]).flatten();
    texts.flat_map(|text| runs(&folded(text)).collect::<Vec<_>>()).collect()
}

/// What an excerpt says in words of its own.
struct Runs {
    words: usize,
    runs: HashSet<String>,
}

impl Runs {
    fn of(excerpt: &str, own: &HashSet<String>) -> Self {
        let plain = without_quoted(excerpt, false);
        let mut found = Self { words: 0, runs: HashSet::new() };
        // A quotation parts the text: no run goes across it.
        for part in parts(&plain) {
            let all = folded(part);
            let mut is_own = vec![true; all.len()];
            for (i, _) in runs(&all).enumerate().filter(|(_, run)| own.contains(run)) {
                is_own.iter_mut().skip(i).take(RUN).for_each(|word| *word = false);
            }
            let pairs: Vec<(&String, bool)> = all.iter().zip(is_own).collect();
            for piece in pairs.split(|(_, is_own)| !is_own) {
                let piece: Vec<String> = piece.iter().map(|(word, _)| (*word).clone()).collect();
                found.words += piece.len();
                found.runs.extend(runs(&piece));
            }
        }
        found
    }

    /// Whether the shorter has most of its runs from the other.
    fn share(&self, other: &Self) -> bool {
        let shorter = self.runs.len().min(other.runs.len());
        let shared = self.runs.intersection(&other.runs).count();
        shorter > 0 && shared * 100 >= shorter * SHARE
    }
}

/// A text between the blanks that [`without_quoted`] leaves.
fn parts(plain: &str) -> impl Iterator<Item = &str> {
    plain.split(['“', '”', '„', '"', '«', '»', '‹', '›', '「', '」', '『', '』', '…'])
}

fn folded(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.text).collect()
}

fn runs(words: &[String]) -> impl Iterator<Item = String> + '_ {
    words.windows(RUN).map(|run| run.join(" "))
}
