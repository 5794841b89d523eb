//! `said-after-source`: words said later than the source that carries them.

use crate::check::Rule;
use crate::check::case::{FactCase, key};
use crate::finding::{Finding, Severity};
use crate::yaml::Step;

pub(super) const RULE: Rule = Rule {
    id: "said-after-source",
    severity: Severity::Error,
    what: "a fact said later than every dated source of it",
    why: "Nothing can be reported before it is said; one of the dates is wrong (ICD 206: sources are dated).",
    bad: "said: 2024-08-20    (its one source is of 2024-08-19)",
    good: "said: 2024-08-19",
    fact: Some(check),
    ..Rule::BASE
};

fn check(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let Some(said) = case.fact.said.and_then(|d| d.earliest()) else { return };
    let sources = case.fact.sources.iter().filter_map(|used| case.desk.source(case.event, &used.source));
    let Some(last) = sources.filter_map(|s| s.published_on()?.latest()).max().filter(|last| *last < said) else {
        return;
    };
    let message = format!("said on {said}, and its latest source is of {last}");
    let way: [Step; 1] = [key("said")];
    found.push(case.finding(&RULE, way, message).help("correct the date, or name the source that reports the words"));
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{EVENT, of_facts};

    #[test]
    fn words_cannot_be_older_in_print_than_in_speech() {
        let of = |said: &str, date: &str| {
            let event = EVENT.replace("origin: AFP }", &format!("origin: AFP, date: {date} }}"));
            of_facts(&format!("{event}  - {{ id: x, text: x, said: {said}, sources: [afp, old] }}\n"))
                .into_iter()
                .filter(|f| f.contains("said-after-source"))
                .collect::<Vec<_>>()
        };
        let found = of("2024-08-20", "2024-08-19");
        assert_eq!(
            found,
            [
                "18:29 said-after-source: said on 2024-08-20, and its latest source is of 2024-08-19 | correct the date, or name the source that reports the words"
            ]
        );
        for (said, date) in [
            ("2024-08-19", "2024-08-19"),
            ("2024-08-20", "2024-08"),
            ("2024-08", "2024-08-19"),
            ("2024-08-18", "2024-08-19"),
        ] {
            assert_eq!(of(said, date), [""; 0], "{said} {date}");
        }
    }
}
