//! Citations that print in the text: numbers, or author and date.
//!
//! These depend on each other (letters behind equal years, ranges of numbers), so Hayagriva formats
//! them together. It is spared what it repeats: the order of the list is worked out beforehand and
//! handed in as a number, and the list itself is formatted source by source.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, PoisonError};

use hayagriva::citationberg::json::{Item, Value as Cell};
use hayagriva::citationberg::taxonomy::{NumberVariable, StandardVariable, Variable};
use hayagriva::citationberg::{
    Bibliography, IndependentStyle, Layout, LayoutRenderingElement as Element, LongShortForm, Sort, SortDirection,
    SortKey, TextTarget,
};
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest};

use super::super::inline;
use super::super::item::Entry;
use super::locator::Place;
use super::markdown::{Around, citation, plain};
use super::shape::{self, Shape};
use super::{Csl, Formatter, InText, Part, dated, gathered, tree};
use crate::model::Edtf;

/// The variable that holds a source's place in the list; no style prints it.
const RANK: NumberVariable = NumberVariable::PrintingNumber;

/// How many notes' citations are remembered as a whole: those of the notes that are being worked on.
const RECENT: usize = 16;

/// One source of a citation in the text.
#[derive(Clone, Debug, Hash)]
pub(in crate::note) struct Cite {
    /// The source's place among the entries.
    pub entry: usize,
    /// Where in the source.
    pub at: Option<String>,
    /// The words before it.
    pub before: String,
    /// The words behind it.
    pub behind: String,
}

impl Formatter {
    /// The citations of a style that prints in the text, each a list of sources with places.
    pub(in crate::note) fn in_text(&self, csl: &Csl, entries: &[Entry], groups: &[Vec<Cite>]) -> InText {
        let key = {
            let mut hasher = DefaultHasher::new();
            entries.iter().for_each(|entry| csl.key(entry, 3_u8).hash(&mut hasher));
            groups.hash(&mut hasher);
            hasher.finish()
        };
        if let Some(known) = self.recent.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let cited = self.in_text_anew(csl, entries, groups);
        self.made_something();
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.len() >= RECENT {
            recent.clear();
        }
        recent.insert(key, cited.clone());
        cited
    }

    fn in_text_anew(&self, csl: &Csl, entries: &[Entry], groups: &[Vec<Cite>]) -> InText {
        let order = self.order(csl, entries);
        let mut items: Vec<Item> = entries.iter().map(|entry| entry.item.clone()).collect();
        for (rank, &i) in (1_i64..).zip(&order) {
            items[i].0.insert(RANK.to_string(), Cell::Number(rank));
        }
        let groups = &csl.gathered(entries, groups);
        let cited = csl.together(entries, &items, groups, &[]);
        let letters = letters_in_order(entries, &order, &cited.suffixes);
        let mut cited = match letters == cited.suffixes {
            true => cited,
            false => InText { suffixes: letters.clone(), ..csl.together(entries, &items, groups, &letters) },
        };
        for (i, date) in entries.iter().enumerate().filter_map(|(i, e)| Some((i, e.date.as_ref()?))) {
            csl.date_in_text(entries, &items, groups, &mut cited, (i, date));
        }
        cited
    }
}

impl Csl {
    /// Formats all citations; `letters` are those behind years, if they are to be other than Hayagriva's.
    fn together(&self, entries: &[Entry], items: &[Item], groups: &[Vec<Cite>], letters: &[String]) -> InText {
        let whole = self.cut(Part::Together, &Shape::default());
        let Some(style) = whole.as_deref() else { return InText::default() };
        let styles: Vec<_> = groups.iter().map(|group| self.style_of(entries, group)).collect();
        let places: Vec<Vec<Option<Place>>> =
            groups.iter().map(|g| g.iter().map(|cite| cite.at.as_deref().map(Place::read)).collect()).collect();
        let locale = Some(self.locale.clone());
        let mut driver = BibliographyDriver::new();
        for ((group, places), own) in groups.iter().zip(&places).zip(&styles) {
            let style = own.as_deref().unwrap_or(style);
            let cites = group.iter().zip(places).map(|(cite, at)| {
                CitationItem::with_locator(&items[cite.entry], at.as_ref().and_then(Place::any_locator))
            });
            driver.citation(CitationRequest::new(cites.collect(), style, locale.clone(), &self.locales, Some(0)));
        }
        let rendered = driver.finish(BibliographyRequest::new(style, locale, &self.locales));
        let mut suffixes = vec![String::new(); items.len()];
        for listed in rendered.bibliography.iter().flat_map(|b| &b.items) {
            let place = items.iter().position(|item| item.id().is_some_and(|id| id == listed.key));
            if let Some(suffix) = place.and_then(|i| suffixes.get_mut(i)) {
                *suffix = plain(&listed.content);
            }
        }
        let printed = rendered.citations.iter().zip(groups).map(|(c, group)| {
            let letters = if letters.is_empty() { &suffixes } else { letters };
            let around: Vec<Around<'_>> = group
                .iter()
                .map(|cite| Around {
                    before: &cite.before,
                    behind: &cite.behind,
                    letter: letters.get(cite.entry).map(String::as_str).unwrap_or_default(),
                })
                .collect();
            citation(&c.citation, &self.quotes, &around)
        });
        let citations = printed.collect();
        InText { citations, suffixes }
    }

    /// A style cut down to what a citation of one source can reach; with several the whole style is needed.
    fn style_of(&self, entries: &[Entry], group: &[Cite]) -> Option<Arc<IndependentStyle>> {
        let [cite] = group else {
            return if self.is_scattered(entries, group) { self.style_in_order() } else { None };
        };
        let place = cite.at.as_deref().map(Place::read);
        let locator = place.as_ref().and_then(Place::any_locator).map(|locator| locator.0);
        self.cut(Part::Together, &Shape { locator, together: true, ..Shape::of(&entries[cite.entry]) })
    }

    /// Citations of a source whose date CSL cannot say, said anyway.
    fn date_in_text(
        &self,
        entries: &[Entry],
        items: &[Item],
        groups: &[Vec<Cite>],
        cited: &mut InText,
        (i, date): (usize, &Edtf),
    ) {
        for (g, group) in groups.iter().enumerate().filter(|(_, g)| g.iter().any(|cite| cite.entry == i)) {
            let alone =
                |items: &[Item]| self.together(entries, items, std::slice::from_ref(group), &[]).citations.concat();
            let known = alone(items);
            let said = dated::print(date, &self.language, |date| {
                let mut items = items.to_vec();
                let rank = items[i].0.remove(&RANK.to_string());
                items[i] = entries[i].on(Some(date));
                items[i].0.extend(rank.map(|rank| (RANK.to_string(), rank)));
                alone(&items)
            });
            // What the whole note changed (a letter, a name) is kept if the date is still there to change.
            if cited.citations[g] == known {
                cited.citations[g] = said;
            } else if let Some((from, to)) = changed(&known, &said)
                && let Some(at) = cited.citations[g].find(from)
            {
                cited.citations[g].replace_range(at..at + from.len(), to);
            }
        }
    }
}

/// The letters behind years in the order of the list, as CSL has it; Hayagriva gives them in the order
/// of citation.
fn letters_in_order(entries: &[Entry], order: &[usize], letters: &[String]) -> Vec<String> {
    let mut out = letters.to_vec();
    let mut alike: HashMap<String, Vec<usize>> = HashMap::new();
    for &i in order.iter().filter(|&&i| !letters[i].is_empty()) {
        let names = entries[i].item.0.iter().find(|(_, cell)| matches!(cell, Cell::Names(_)));
        let year = entries[i].variables.text("issued").map(|date| date.chars().take(4).collect::<String>());
        alike.entry(format!("{names:?}{year:?}")).or_default().push(i);
    }
    for of_one in alike.values() {
        let mut given: Vec<&String> = of_one.iter().map(|i| &letters[*i]).collect();
        given.sort_by_key(|letter| (letter.len(), letter.as_str()));
        for (i, letter) in of_one.iter().zip(given) {
            out[*i].clone_from(letter);
        }
    }
    out
}

/// Marks the letters behind years, so that others can take their place.
fn mark_letters(element: &mut Element) {
    let [start, end] = inline::LETTER;
    let Element::Text(text) = element else { return };
    if let TextTarget::Variable { var: Variable::Standard(StandardVariable::YearSuffix), .. } = text.target {
        let prefix = text.affixes.prefix.take().unwrap_or_default();
        let suffix = text.affixes.suffix.take().unwrap_or_default();
        text.affixes.prefix = Some(format!("{prefix}{start}"));
        text.affixes.suffix = Some(format!("{end}{suffix}"));
    }
}

/// The part in which two texts differ, in each.
fn changed<'a>(a: &'a str, b: &'a str) -> Option<(&'a str, &'a str)> {
    let head = a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map(|((i, _), _)| i)?;
    let tail = a[head..].chars().rev().zip(b[head..].chars().rev()).take_while(|(x, y)| x == y);
    let tail: usize = tail.map(|(c, _)| c.len_utf8()).sum();
    // The digits before the change belong to it, or the wrong number could be found.
    let digits = a[..head].len() - a[..head].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let head = head - digits;
    Some((&a[head..a.len() - tail], &b[head..b.len() - tail])).filter(|(from, _)| !from.is_empty())
}

/// The style with a list that prints nothing but the letters behind years, in the order handed in.
pub(super) fn together(style: &IndependentStyle) -> IndependentStyle {
    let mut style = shape::reachable(style);
    gathered::without_own_sort(&mut style);
    tree::each(&mut style.citation.layout.elements, &mut mark_letters);
    style.macros.iter_mut().for_each(|m| tree::each(&mut m.children, &mut mark_letters));
    if let Some(bibliography) = &mut style.bibliography {
        let var = Variable::Standard(StandardVariable::YearSuffix);
        let letter = tree::text(TextTarget::Variable { var, form: LongShortForm::default() });
        let sort = bibliography.sort.as_ref().map(|_| Sort {
            keys: vec![SortKey::Variable {
                variable: Variable::Number(RANK),
                sort_direction: SortDirection::Ascending,
            }],
        });
        let layout = Layout { elements: vec![Element::Text(letter)], ..bare(&bibliography.layout) };
        *bibliography = Bibliography { sort, ..Bibliography::with_layout(layout) };
    }
    style
}

fn bare(layout: &Layout) -> Layout {
    let mut bare = layout.clone();
    (bare.prefix, bare.suffix, bare.delimiter) = (None, None, None);
    bare
}
