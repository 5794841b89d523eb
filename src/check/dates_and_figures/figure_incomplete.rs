//! `figure-incomplete`: a number of nothing, or of no time.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::finding::{Finding, Severity};
use crate::model::FactKind;

pub(super) const RULE: Rule = Rule {
    id: "figure-incomplete",
    severity: Severity::Warning,
    what: "a figure without `unit` or without `date`",
    why: "A number means something only as so much of something at some time, and two figures are compared by nothing else. A \
          value that is written with its unit (5 %, $3 million) needs no other, and one that somebody `said` has that date.",
    bad: "- { id: trade, kind: figure, text: Trade came to 240., value: 240 }",
    good: "- { id: trade, kind: figure, text: Trade came to $240 billion., value: 240, unit: billion US dollars, date: 2023 }",
    fact: Some(check),
    ..Rule::BASE
};

/// Words in a value that are part of the number.
const PART_OF_NUMBER: &[&str] =
    &["billion", "bn", "dozen", "hundred", "k", "m", "million", "thousand", "tn", "trillion"];

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let fact = case.fact;
    if fact.kind != FactKind::Figure {
        return;
    }
    let unit = fact.figure.as_ref().is_some_and(|f| {
        f.unit.as_deref().is_some_and(|unit| !unit.trim().is_empty()) || f.value.as_deref().is_some_and(has_unit)
    });
    let lacks = match (unit, fact.when().is_some()) {
        (true, true) => return,
        (false, true) => "unit",
        (true, false) => "date",
        (false, false) => {
            let message = format!("the figure `{}` has no unit and no date", fact.id);
            found.push(
                case.finding(&RULE, [key("id")], message).help("add `unit` and `date`: what is counted, and when"),
            );
            return;
        }
    };
    let what = if lacks == "unit" { "what is counted" } else { "when it held" };
    let message = format!("the figure `{}` has no {lacks}", fact.id);
    found.push(case.finding(&RULE, [key("id")], message).help(format!("add `{lacks}`: {what}")));
}

/// Whether a value is written with a sign or word that is no number.
fn has_unit(value: &str) -> bool {
    let sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !".,'’-–−+/()~<>≥≤≈".contains(c);
    let word = |word: &str| {
        let folded = word.to_lowercase();
        folded.starts_with(char::is_alphabetic)
            && !PART_OF_NUMBER.contains(&folded.as_str())
            && crate::check::text::numbers::numbers(&folded, &[], true).is_empty()
            && !["about", "and", "at", "least", "most", "nearly", "over", "to"].contains(&folded.as_str())
    };
    value.contains(sign) || value.split(|c: char| !c.is_alphanumeric()).any(word)
}

#[cfg(test)]
mod tests {
    use super::has_unit;

    #[test]
    fn a_value_may_bring_its_unit() {
        for (value, unit) in [
            ("240", false),
            ("1,234.5", false),
            ("5 million", false),
            ("twenty-one", false),
            ("at least 5", false),
            ("5 %", true),
            ("€5m", true),
            ("12 km", true),
            ("", false),
        ] {
            assert_eq!(has_unit(value), unit, "{value}");
        }
    }
}
