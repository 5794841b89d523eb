//! `name-alias`: another name than the one to be printed.

use super::names::{By, Known};
use crate::check::Rule;
use crate::check::case::{BlockCase, DraftCase};
use crate::finding::{Edit, Finding, Severity};
use crate::model::Event;

pub(super) const RULE: Rule = Rule {
    id: "name-alias",
    severity: Severity::Warning,
    what: "an alias of an actor in the writer’s own prose, where the name is to be printed",
    why: "One person under two spellings reads like two. The name is the form that the desk has chosen; quotations keep their own. Acronyms, \
          parts of the name, an alias in brackets or behind `known as`, and notes in another language than the event are left out.",
    bad: "President Alyaksandr Lukashenka visited China [@li-qiang-2024#luka-visits].    (aliases: [Alyaksandr Lukashenka])",
    good: "President Alexander Lukashenko visited China [@li-qiang-2024#luka-visits].",
    fixable: true,
    draft: Some(check),
    ..Rule::BASE
};

/// Words before an alias that give it as one.
const GIVEN: &[&str] =
    &["known as", "called", "alias", "formerly", "aka", "a.k.a.", "spelled", "spelt", "written", "named", "born", "or"];

fn check(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let known = Known::of(case);
    if !known.has_aliases() {
        return;
    }
    for section in case.sections() {
        for block in section.blocks().filter(BlockCase::is_prose) {
            let text = block.plain();
            for mention in known.mentions(text).into_iter().filter(|m| m.by == By::Alias) {
                let Some(named) = known.named(mention.named) else { continue };
                let alias = text.get(mention.range.clone()).unwrap_or_default();
                let before = text.get(..mention.range.start).unwrap_or_default();
                let is_given = is_given(before) || named.name.contains(alias) || is_acronym(alias);
                if is_given || !named.actors.iter().all(|(event, _)| same_language(&block, event)) {
                    continue;
                }
                let name = named.name;
                let finding =
                    block.finding_in_prose(&RULE, mention.range.clone(), format!("“{alias}” is an alias of {name}"));
                let finding = finding.help(format!("write “{name}”"));
                let words = block.prose().span(&mention.range);
                // Where marks stand among the words, or a line ends, the writer has to do it.
                let whole = case.request.draft.text().get(words.clone()) == Some(alias);
                let edit = Edit::Bytes(words, name.to_owned());
                found.push(if whole { finding.fix(format!("write “{name}”"), edit) } else { finding });
            }
        }
    }
}

fn same_language(block: &BlockCase<'_>, event: &Event) -> bool {
    let primary = |l: &str| l.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    primary(block.section.draft.language()) == primary(event.language.as_deref().unwrap_or("en"))
}

/// Whether the words before say that what follows is another name.
fn is_given(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '“', '"', '*', '‘']);
    before.ends_with('(')
        || GIVEN
            .iter()
            .any(|words| before.strip_suffix(words).is_some_and(|rest| rest.ends_with(|c: char| !c.is_alphanumeric())))
}

fn is_acronym(alias: &str) -> bool {
    !alias.contains(char::is_lowercase)
}
