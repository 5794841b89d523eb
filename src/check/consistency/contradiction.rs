//! `contradiction`: facts that cannot both be so, told as if nobody disagreed.

use std::collections::HashMap;

use super::disputed_unmarked::shows_dispute;
use crate::check::Rule;
use crate::check::case::{BlockCase, DraftCase};
use crate::check::text::words::words;
use crate::finding::{Finding, Severity};
use crate::markdown::CitationItem;
use crate::model::{Desk, Event, Fact, FactRef, FactStatus, RelationKind};

pub(super) const RULE: Rule = Rule {
    id: "contradiction",
    severity: Severity::Error,
    what: "two facts that contradict each other in one note without a word of dispute; a warning where the note has one of the two only",
    why: "The reader must learn that the evidence is divided, and between whom (ICD 203: contrary reporting is told, not passed over). The other \
          side is told, too, by a fact that corroborates it, or by a word such as `rejects` or `disputed` beside the one. Lines to take and answers speak for one side; what was taken back or superseded \
          contradicts nothing. The words of dispute are English: in another language the two may stand side by side.",
    bad: "The port is open [@port-2024#open]. No ship can enter [@port-2024#closed].    (contradicts: open)",
    good: "The operator says that the port is open [@port-2024#open]; two captains dispute it [@port-2024#closed].",
    draft: Some(check),
    ..Rule::BASE
};

/// Beginnings of words, folded, that tell of a dispute and not only of who speaks; with the French, German and Spanish ones.
const OPPOSED: &[&str] = &[
    "bestreit",
    "bestritt",
    "contest",
    "contradi",
    "contredi",
    "dement",
    "denial",
    "denie",
    "deny",
    "desmient",
    "disput",
    "niega",
    "rebut",
    "rechaza",
    "refut",
    "reject",
    "rejet",
    "umstritten",
    "widerspr",
];

/// Whether a text tells that its matter is disputed.
fn tells_opposition(text: &str) -> bool {
    words(text).iter().any(|word| OPPOSED.iter().any(|start| word.text.starts_with(start)))
}

/// A citation of a fact in the prose of the note.
struct Cited<'a> {
    item: &'a CitationItem,
    address: FactRef,
    /// What contradicts it.
    opposed: Vec<(&'a Event, &'a Fact)>,
    /// Whether its block has a word of dispute or attribution.
    attributed: bool,
    /// Whether its block tells that somebody disagrees.
    opposed_in_words: bool,
    /// Whether it stands among lines to take or answers.
    spoken: bool,
}

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let desk = case.request.desk;
    let sections: Vec<_> = case.sections().collect();
    let mut all: Vec<Cited<'_>> = Vec::new();
    let mut opposed_at_all = false;
    for section in &sections {
        let spoken = section.spec.is_some_and(|s| s.is_spoken());
        for block in section.blocks().filter(BlockCase::is_prose) {
            let from = all.len();
            for (item, event, fact) in block.facts() {
                let opposed = opposed(desk, event, fact);
                all.push(Cited {
                    item,
                    address: address(event, fact),
                    opposed,
                    attributed: false,
                    opposed_in_words: false,
                    spoken,
                });
            }
            let own = all.get_mut(from..).unwrap_or_default();
            // Only what contradicts needs its words read.
            if own.iter().any(|c| !c.opposed.is_empty()) {
                opposed_at_all = true;
                let text = &block.prose().text;
                let language = section.draft.language();
                let (attributed, opposed) = (shows_dispute(text, language), tells_opposition(text));
                own.iter_mut().for_each(|c| (c.attributed, c.opposed_in_words) = (attributed, opposed));
            }
        }
    }
    if !opposed_at_all {
        return;
    }
    let mut first: HashMap<&FactRef, usize> = HashMap::new();
    for (i, cited) in all.iter().enumerate() {
        first.entry(&cited.address).or_insert(i);
    }
    let english = crate::check::text::words::is_english(case.language());
    for (i, cited) in all.iter().enumerate().filter(|(i, cited)| first.get(&cited.address) == Some(i)) {
        let own = &cited.address;
        let of = |address: &FactRef| all.iter().filter(move |c| c.address == *address).collect::<Vec<_>>();
        for (event, fact) in &cited.opposed {
            let other = address(event, fact);
            let at = cited.item.range.clone();
            match first.get(&other) {
                // The pair is told where its second fact comes.
                Some(earlier) if *earlier < i => {
                    let shown = of(own).iter().chain(&of(&other)).any(|c| c.attributed);
                    if english && !shown {
                        let message = format!(
                            "`{own}` and `{other}` contradict each other, and no word of dispute is beside either"
                        );
                        let finding = case.finding(&RULE, at, message).on_fact(own);
                        found.push(finding.help("say who says which, or which of the two you take and why"));
                    }
                }
                Some(_) => {}
                None if of(own).iter().all(|c| c.spoken) || of(own).iter().any(|c| c.opposed_in_words) => {}
                None if is_corroborated(desk, event, fact, &first) => {}
                None => {
                    let message = format!("`{own}` is contradicted by `{other}`, which this note leaves out");
                    let mut finding = case.finding(&RULE, at, message).on_fact(own);
                    finding.severity = Severity::Warning;
                    found.push(finding.help(format!("tell the other side, too: `[@{other}]`")));
                }
            }
        }
    }
}

fn address(event: &Event, fact: &Fact) -> FactRef {
    FactRef::new(&*event.id, &*fact.id)
}

/// The facts that contradict this one, or that it contradicts, as far as they stand.
fn opposed<'a>(desk: &'a Desk, event: &'a Event, fact: &'a Fact) -> Vec<(&'a Event, &'a Fact)> {
    if fact.status == FactStatus::Retracted {
        return Vec::new();
    }
    let own = related(desk, event, fact, RelationKind::Contradicts);
    own.into_iter()
        .filter(|(_, other)| other.status != FactStatus::Retracted)
        .filter(|(event, other)| {
            !desk.related(&address(event, other)).any(|(kind, ..)| kind == RelationKind::Supersedes)
        })
        .collect()
}

/// The facts that stand in a relation to this one, whichever of the two names it, each once.
fn related<'a>(desk: &'a Desk, event: &'a Event, fact: &'a Fact, kind: RelationKind) -> Vec<(&'a Event, &'a Fact)> {
    let named = fact.relations.iter().filter(|r| r.kind == kind);
    let named = named.filter_map(|r| desk.fact(&FactRef::within(&event.id, &r.to)));
    let naming = desk.related(&address(event, fact)).filter(|(k, ..)| *k == kind).map(|(_, e, f)| (e, f));
    let mut all: Vec<(&Event, &Fact)> = Vec::new();
    for (event, other) in named.chain(naming) {
        if !all.iter().any(|(_, known)| std::ptr::eq(*known, other)) && !std::ptr::eq(other, fact) {
            all.push((event, other));
        }
    }
    all
}

/// Whether the note cites a fact that corroborates this one.
fn is_corroborated(desk: &Desk, event: &Event, fact: &Fact, cited: &HashMap<&FactRef, usize>) -> bool {
    related(desk, event, fact, RelationKind::Corroborates).iter().any(|(e, f)| cited.contains_key(&address(e, f)))
}
