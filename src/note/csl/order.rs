//! The order of a bibliography: each source's sort keys worked out once.

use std::cmp::Ordering;

use hayagriva::citationberg::json::{FixedDateRange, Item, NameValue, Value as Cell};
use hayagriva::citationberg::taxonomy::{DateVariable, StandardVariable, Variable};
use hayagriva::citationberg::{
    DatePartName, DateParts, IndependentStyle, InheritableNameOptions, LayoutRenderingElement as Element, LocaleCode,
    LongShortForm, NameAsSortOrder, SortDirection, SortKey, TextTarget,
};
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};

use super::super::item::Entry;
use super::shape::Shape;
use super::tree;

/// What a source sorts by, key after key; nothing sorts last.
pub(super) type Keys = Vec<Option<String>>;

/// The variable that holds a date while sort keys are printed; no style prints it.
const SORT_DATE: StandardVariable = StandardVariable::Annote;
/// The variable that holds the year alone, for dates of which a style prints no more.
const SORT_YEAR: StandardVariable = StandardVariable::Keyword;

/// A style that prints the text of one sort key; `None` for a key that is read off the source.
///
/// In sort keys names stand family first and dates as numbers, as CSL has it.
pub(super) fn macro_style(style: &IndependentStyle, key: &SortKey, shape: &Shape) -> Option<IndependentStyle> {
    let SortKey::MacroName { name, names_min, names_use_first, names_use_last, .. } = key else { return None };
    let mut cut = style.clone();
    cut.bibliography = None;
    cut.citation.sort = None;
    cut.citation.layout.prefix = None;
    cut.citation.layout.suffix = None;
    cut.citation.layout.elements = vec![Element::Text(tree::text(TextTarget::Macro { name: name.clone() }))];
    cut.citation.name_options = InheritableNameOptions {
        et_al_min: *names_min,
        et_al_subsequent_min: *names_min,
        et_al_use_first: *names_use_first,
        et_al_subsequent_use_first: *names_use_first,
        et_al_use_last: *names_use_last,
        name_as_sort_order: Some(NameAsSortOrder::All),
        ..style.bibliography.as_ref().map(|b| b.name_options.clone()).unwrap_or_default()
    };
    let mut cut = shape.citation(&cut);
    cut.macros.iter_mut().for_each(|m| tree::each(&mut m.children, &mut dates_as_numbers));
    Some(cut)
}

fn dates_as_numbers(element: &mut Element) {
    let Element::Date(date) = element else { return };
    if date.variable != Some(DateVariable::Issued) {
        return;
    }
    let year_alone = match date.form {
        Some(_) => date.parts == Some(DateParts::Year),
        None => date.date_part.iter().all(|part| part.name == DatePartName::Year),
    };
    let var = Variable::Standard(if year_alone { SORT_YEAR } else { SORT_DATE });
    *element = Element::Text(tree::text(TextTarget::Variable { var, form: LongShortForm::default() }));
}

/// The source with its date as a number where sort keys look for it.
pub(super) fn sortable(entry: &Entry) -> Item {
    let mut item = entry.item.clone();
    if let Some(date) = variable_key(entry, Variable::Date(DateVariable::Issued)) {
        let year = date.split(' ').next().unwrap_or_default().to_owned();
        item.0.insert(SORT_YEAR.to_string(), Cell::String(year));
        item.0.insert(SORT_DATE.to_string(), Cell::String(date));
    }
    item
}

/// A sort key that is a variable, as text that compares like it.
pub(super) fn variable_key(entry: &Entry, variable: Variable) -> Option<String> {
    let cell = entry.item.0.get(&variable.to_string())?;
    match (variable, cell) {
        (Variable::Date(_), Cell::Date(date)) => {
            let date = FixedDateRange::try_from(date.clone()).ok()?.start;
            let season = date.season.map(|s| s.to_csl_number() * 3);
            Some(format!(
                "{:06} {:02} {:02}",
                i32::from(date.year) + 100_000,
                date.month.or(season).map_or(0, |m| m + 1),
                date.day.map_or(0, |d| d + 1)
            ))
        }
        (_, Cell::Number(number)) => Some(format!("{number:012}")),
        (_, Cell::String(text)) => Some(text_key(text)),
        (_, Cell::Names(names)) => Some(names.iter().map(name_key).collect::<Vec<_>>().join("\u{1}")),
        _ => None,
    }
}

/// A printed sort key as it compares: case and quotation marks do not count.
pub(super) fn text_key(printed: &str) -> String {
    let quote = |c: char| "“”‘’„‚«»‹›\"'".contains(c);
    printed.chars().filter(|c| !quote(*c)).collect::<String>().trim().to_lowercase()
}

fn name_key(name: &NameValue) -> String {
    match name {
        NameValue::Literal(name) => name.literal.to_lowercase(),
        NameValue::Item(name) => {
            format!("{} {}", name.family, name.given.as_deref().unwrap_or_default()).to_lowercase()
        }
    }
}

/// The order in which sources with these keys are listed, by place.
pub(super) fn order(keys: &[Keys], sort: &[SortKey], locale: &LocaleCode) -> Vec<usize> {
    let collator = collator(locale);
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|a, b| {
        let pairs = keys[*a].iter().zip(&keys[*b]).zip(sort);
        pairs
            .map(|((a, b), key)| compare(a.as_deref(), b.as_deref(), key, collator.as_ref()))
            .find(|o| o.is_ne())
            .unwrap_or(Ordering::Equal)
    });
    order
}

/// Empty values stand last in either direction, as CSL 1.0.2 says.
fn compare(a: Option<&str>, b: Option<&str>, key: &SortKey, collator: Option<&CollatorBorrowed<'static>>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => {
            let order = collator.map_or_else(|| a.cmp(b), |collator| collator.compare(a, b));
            if key.sort_direction() == SortDirection::Descending { order.reverse() } else { order }
        }
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

fn collator(locale: &LocaleCode) -> Option<CollatorBorrowed<'static>> {
    let locale: icu_locale::Locale = locale.0.parse().ok()?;
    Collator::try_new(locale.into(), CollatorOptions::default()).ok()
}
