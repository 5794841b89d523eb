//! `percent-points`: per cent where the figure is of percentage points.

use std::ops::Range;

use crate::check::Rule;
use crate::check::case::{BlockCase, FactCase, key};
use crate::check::text::dates::{Lexicon, Written, written};
use crate::check::text::numbers::{Number, numbers};
use crate::check::text::spans::without_quoted;
use crate::check::text::tokens::{Token, tokens};
use crate::check::text::words::is_english;
use crate::finding::{Edit, Finding, Severity};
use crate::model::Fact;

pub(super) const RULE: Rule = Rule {
    id: "percent-points",
    severity: Severity::Warning,
    what: "a number of percentage points that is told in per cent",
    why: "From 4 to 6 % is two percentage points and fifty per cent. The number is a `value` whose `unit` is percentage points, in \
          English, French, German or Spanish, of the fact itself or of one that the block cites; where a fact has the number in \
          per cent, too, nothing is said.",
    bad: "The rate rose by 2 per cent [@economy#rate].    (unit: percentage points)",
    good: "The rate rose by 2 percentage points [@economy#rate].",
    fixable: true,
    fact: Some(fact),
    block: Some(block),
    ..Rule::BASE
};

/// Units of percentage points, in small letters.
const POINTS: &[&str] = &[
    "p.p.",
    "per cent points",
    "percent points",
    "percentage point",
    "percentage points",
    "percentage-point",
    "percentage-points",
    "point de pourcentage",
    "points de pourcentage",
    "pp",
    "ppt",
    "prozentpunkt",
    "prozentpunkte",
    "punto porcentual",
    "puntos porcentuales",
];
/// Beginnings of words that make points of per cent.
const POINT_WORDS: &[&str] = &["point", "punkt", "punto"];

/// A number told in per cent, with the words that say so.
struct Percent {
    number: Number,
    /// The sign or words for per cent.
    sign: Range<usize>,
}

/// The value of a fact's figure, if it counts percentage points.
fn points(fact: &Fact) -> Option<Vec<f64>> {
    let figure = fact.figure.as_ref()?;
    let unit = figure.unit.as_deref()?.trim().to_lowercase();
    POINTS.contains(&unit.as_str()).then_some(())?;
    let mut values = numbers(figure.value.as_deref()?, &[], true).into_iter();
    values.next().map(|number| number.values).filter(|_| values.next().is_none())
}

/// The numbers of a text that are told in per cent, and not in points.
fn percents(text: &str, lexicon: &'static Lexicon) -> Vec<Percent> {
    let dates: Vec<Written> = written(text, lexicon);
    let all = tokens(text);
    let percent = numbers(text, &dates, lexicon.is_english()).into_iter().filter(|n| n.percent);
    percent
        .filter_map(|number| {
            let next = all.iter().position(|t| t.at >= number.range.end)?;
            let at = next + usize::from(all.get(next).is_some_and(Token::is_dash));
            let per_cent = all.get(at)?.is_word(&["per"]) && all.get(at + 1).is_some_and(|t| t.is_word(&["cent"]));
            let last = at + usize::from(per_cent);
            let is_sign = all.get(at)?.is("%") || per_cent || all.get(at)?.is_word(&["percent", "pct", "Prozent"]);
            let behind = last + 1 + usize::from(all.get(last + 1).is_some_and(Token::is_dash));
            let of_points = all.get(behind).is_some_and(|t| {
                let word = t.text.to_lowercase();
                POINT_WORDS.iter().any(|start| word.starts_with(start))
            });
            let sign = all.get(at)?.at..all.get(last)?.end();
            (is_sign && !of_points).then_some(Percent { number, sign })
        })
        .collect()
}

fn same(number: &Number, values: &[f64]) -> bool {
    number.values.iter().any(|a| values.iter().any(|b| (a.abs() - b.abs()).abs() <= 1e-9 * b.abs()))
}

/// The right words for a number of points, as they stand in this place.
fn right(text: &str, percent: &Percent) -> &'static str {
    let before = text.get(..percent.number.range.start).unwrap_or_default();
    let article =
        before.split_whitespace().next_back().is_some_and(|w| matches!(w, "a" | "an" | "the" | "A" | "An" | "The"));
    let one = percent.number.values.contains(&1.0);
    if article || one { "percentage point" } else { "percentage points" }
}

/// What stands between number and sign, and the sign, and what to write there.
fn change(text: &str, percent: &Percent) -> (Range<usize>, String) {
    (percent.number.range.end..percent.sign.end, format!(" {}", right(text, percent)))
}

fn fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let Some(values) = points(case.fact) else { return };
    let language = case.event.language.as_deref().unwrap_or("en");
    let lexicon = Lexicon::of(language);
    let text = without_quoted(&case.fact.text, false);
    let told = percents(&text, lexicon);
    let Some(percent) = told.iter().find(|p| same(&p.number, &values)) else { return };
    // `rose by 5 percentage points to 5 %`
    let times =
        numbers(&text, &written(&text, lexicon), lexicon.is_english()).iter().filter(|n| same(n, &values)).count();
    if times > 1 {
        return;
    }
    let mut finding = told_of(case.finding(&RULE, [key("text")], MESSAGE));
    if is_english(language) {
        let (range, new) = change(&text, percent);
        let whole = &case.fact.text;
        if let (Some(before), Some(after)) = (whole.get(..range.start), whole.get(range.end..)) {
            let edit = Edit::Value(case.route([key("text")]), format!("{before}{new}{after}"));
            finding = finding.fix(format!("write “{}”", new.trim()), edit);
        }
    }
    found.push(finding);
}

const MESSAGE: &str = "this number is of percentage points";

fn told_of(finding: Finding) -> Finding {
    finding.help("write “percentage points”, or correct the `unit`")
}

fn block(case: &BlockCase<'_>, found: &mut Vec<Finding>) {
    if !case.is_prose() {
        return;
    }
    let cited: Vec<_> =
        case.facts().filter_map(|(item, event, fact)| Some((item, event, fact, points(fact)?))).collect();
    if cited.is_empty() {
        return;
    }
    let language = case.section.draft.language();
    let text = case.plain();
    for percent in percents(text, Lexicon::of(language)) {
        let Some((item, ..)) = cited.iter().find(|(.., values)| same(&percent.number, values)) else { continue };
        if case.facts().any(|(_, event, fact)| has_percent(event.language.as_deref(), fact, &percent.number)) {
            continue;
        }
        let range = percent.number.range.start..percent.sign.end;
        let mut finding = told_of(case.finding_in_prose(&RULE, range, MESSAGE)).on_fact(&item.key);
        let (range, new) = change(text, &percent);
        let span = case.prose().span(&range);
        // Where a mark stands between them, the words are not to be exchanged blindly.
        let whole = case.request().draft.text().get(span.clone()) == text.get(range);
        if is_english(language) && whole {
            finding = finding.fix(format!("write “{}”", new.trim()), Edit::Bytes(span, new));
        }
        found.push(finding);
    }
}

/// Whether a fact has the number in per cent.
fn has_percent(language: Option<&str>, fact: &Fact, number: &Number) -> bool {
    let lexicon = Lexicon::of(language.unwrap_or("en"));
    let quote = fact.quote.iter().map(|q| &q.words);
    let texts = std::iter::once(&fact.text).chain(quote).chain(fact.sources.iter().filter_map(|s| s.excerpt.as_ref()));
    let figure = fact.figure.as_ref().filter(|_| points(fact).is_none());
    let value = figure.and_then(|f| Some(format!("{} {}", f.value.as_deref()?, f.unit.as_deref().unwrap_or_default())));
    texts
        .map(|text| &**text)
        .chain(value.as_deref())
        .any(|text| percents(text, lexicon).iter().any(|percent| same(&percent.number, &number.values)))
}
