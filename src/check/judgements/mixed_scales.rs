//! `mixed-scales`: likelihood words of more than one scale.

use std::collections::HashSet;
use std::ops::Range;

use super::judging::judging;
use crate::check::Rule;
use crate::check::case::{BlockCase, DraftCase, SectionCase};
use crate::check::text::likelihood::{Row, Scale, Term, may_stand, terms};
use crate::check::text::words::{Word, is_english, words};
use crate::finding::{Finding, Severity};
use crate::model::FactKind;
use crate::model::text::fold;

pub(super) const RULE: Rule = Rule {
    id: "mixed-scales",
    severity: Severity::Warning,
    what: "a likelihood word that only another scale than the note's has, or words of both rows of ICD 203",
    why: "A word means a range of chances on one scale, and the reader has one scale to look it up in (ICD 203: do not mix \
          terms of its two rows; PHIA probability yardstick). The note’s scale is its `scale`, else ICD 203. A word that both \
          scales have, such as likely or almost certain, is held against nobody. Only sentences of ours count: those that \
          cite an assessment or say that we judge. English notes alone are looked at.",
    bad: "We judge a signing highly likely [@talks-2024#judge].    (scale: icd-203)",
    good: "We judge a signing very likely [@talks-2024#judge].",
    draft: Some(check),
    ..Rule::BASE
};

/// A term in the note.
struct Use {
    term: &'static Term,
    /// The word as the note has it.
    written: String,
    /// Where it stands in the draft.
    at: Range<usize>,
}

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let settings = case.request.desk.settings();
    let named = case.request.draft.front().scale.as_deref().or(settings.scale.as_deref()).map(str::trim);
    let house = named.and_then(|name| settings.scales.get_key_value(name));
    let scale = Scale::named(named);
    if house.is_none() && scale.is_none() || !is_english(case.language()) || !may_stand(case.request.draft.text()) {
        return;
    }
    let mut uses = Vec::new();
    for section in case.sections() {
        gather(&section, &mut uses);
    }
    if let Some((name, terms)) = house {
        return found.extend(of_house(case, &uses, name, terms));
    }
    let Some(scale) = scale else { return };
    let foreign: Vec<&Use> = uses.iter().filter(|u| u.term.only_of().is_some_and(|other| other != scale)).collect();
    let own = uses.iter().any(|u| u.term.only_of() == Some(scale));
    let mut told: Vec<&Term> = Vec::new();
    for (n, used) in foreign.iter().enumerate() {
        if told.contains(&used.term) {
            continue;
        }
        told.push(used.term);
        let Some(other) = used.term.only_of() else { continue };
        let message =
            format!("“{}” is a term of {}, and the note’s scale is {}", used.written, other.name(), scale.name());
        let same = used.term.on(scale);
        // Where all words are the other scale's, it is the note's scale that is wrong.
        let help = if own {
            format!("write “{same}”")
        } else {
            format!("write “{same}”, or set `scale: {}`", other.key())
        };
        found.push(case.finding(&RULE, used.at.clone(), message).help(help));
        if !own && n == 0 {
            return;
        }
    }
    if scale == Scale::Icd203 {
        found.extend(rows(case, &uses));
    }
}

/// The terms that a scale of the house's own has not, each once.
fn of_house(case: &DraftCase<'_>, uses: &[Use], name: &str, terms: &[Box<str>]) -> Vec<Finding> {
    let mut told: HashSet<String> = HashSet::new();
    let foreign = uses.iter().filter(|used| {
        let written = fold(&used.written);
        !terms.iter().any(|term| fold(term) == written) && told.insert(written)
    });
    let finding = |used: &Use| {
        let message = format!("“{}” is no term of the note’s scale, `{name}`", used.written);
        case.finding(&RULE, used.at.clone(), message).help(format!("one of {}", terms.join(", ")))
    };
    foreign.map(finding).collect()
}

/// The first term of the row of ICD 203 that the note turns to second.
fn rows(case: &DraftCase<'_>, uses: &[Use]) -> Option<Finding> {
    let of_icd = || uses.iter().filter_map(|u| Some((u, u.term.only_row().filter(|row| *row != Row::Phia)?)));
    let (first, row) = of_icd().next()?;
    let (second, _) = of_icd().find(|(_, other)| *other != row)?;
    let message = format!("“{}” and “{}” are of two rows of ICD 203", second.written, first.written);
    Some(case.finding(&RULE, second.at.clone(), message).help("keep to the terms of one row"))
}

fn gather(section: &SectionCase<'_>, uses: &mut Vec<Use>) {
    for block in section.blocks().filter(BlockCase::is_prose) {
        if !may_stand(block.markdown()) {
            continue;
        }
        let text = block.plain();
        let mut facts = block.facts().peekable();
        let ours = facts.peek().is_some() && facts.all(|(_, _, fact)| fact.kind == FactKind::Assessment);
        let judging = judging(&block);
        let all = words(text);
        let kept: Vec<&Word> = all.iter().filter(|w| ours || judging.iter().any(|s| s.contains(&w.at))).collect();
        for found in terms(&kept).into_iter().filter(|found| found.states(&kept)) {
            uses.push(Use {
                term: found.term,
                written: text.get(found.range.clone()).unwrap_or_default().to_owned(),
                at: block.prose().span(&found.range),
            });
        }
    }
}
