//! Sources of one author brought together in a citation, for styles that do not repeat the name.
//!
//! Hayagriva brings them together, too, but miscounts where they stand apart: the name of somebody
//! else is then left out, and the source reads as the first author's. It is handed them in order.

use std::sync::Arc;

use hayagriva::citationberg::json::Value as Cell;
use hayagriva::citationberg::taxonomy::{NumberVariable, Variable};
use hayagriva::citationberg::{Collapse, IndependentStyle, SortKey};

use super::super::item::Entry;
use super::in_text::{Cite, together};
use super::shape::Shape;
use super::{Csl, Part, order};

impl Csl {
    /// Whether a citation names an author more than once, and somebody else: it is put in order here.
    pub(super) fn is_scattered(&self, entries: &[Entry], group: &[Cite]) -> bool {
        let citation = &self.style.citation;
        let numbers = citation.collapse == Some(Collapse::CitationNumber);
        if group.len() < 3 || numbers || (citation.collapse.is_none() && citation.cite_group_delimiter.is_none()) {
            return false;
        }
        let mut authors: Vec<String> = group.iter().map(|cite| author(entries, cite)).collect();
        authors.sort_unstable();
        authors.dedup();
        (2..group.len()).contains(&authors.len())
    }

    /// The style for a citation that was put in order.
    pub(super) fn style_in_order(&self) -> Option<Arc<IndependentStyle>> {
        self.cut(Part::InOrder, &Shape::default())
    }

    /// The citations with their sources in the style's order, and those of one author together.
    pub(super) fn gathered(&self, entries: &[Entry], groups: &[Vec<Cite>]) -> Vec<Vec<Cite>> {
        let mut groups = groups.to_vec();
        if let Some(keys) = self.own_sort() {
            for group in groups.iter_mut().filter(|group| group.len() > 1) {
                self.sort(entries, keys, group);
            }
        }
        for group in groups.iter_mut().filter(|group| self.is_scattered(entries, group)) {
            let authors: Vec<String> = group.iter().map(|cite| author(entries, cite)).collect();
            let first = |name: &String| authors.iter().position(|other| other == name);
            let mut ranked: Vec<_> = authors.iter().map(first).zip(group.drain(..)).collect();
            ranked.sort_by_key(|(rank, _)| *rank);
            group.extend(ranked.into_iter().map(|(_, cite)| cite));
        }
        groups
    }

    /// What the style sorts the sources of a citation by, if that is known beforehand: numbers are not.
    fn own_sort(&self) -> Option<&[SortKey]> {
        own_sort(&self.style)
    }

    fn sort(&self, entries: &[Entry], sort: &[SortKey], group: &mut Vec<Cite>) {
        let text = |cite: &Cite| self.sort_text(&entries[cite.entry], sort, Part::SortInCitation);
        let keys: Vec<order::Keys> = group.iter().map(|cite| order::keys(&text(cite))).collect();
        let order = order::order(&keys, sort, &self.locale);
        *group = order.into_iter().filter_map(|i| group.get(i).cloned()).collect();
    }
}

fn own_sort(style: &IndependentStyle) -> Option<&[SortKey]> {
    let keys = &style.citation.sort.as_ref()?.keys;
    let numbered = |key: &SortKey| {
        matches!(key, SortKey::Variable { variable: Variable::Number(NumberVariable::CitationNumber), .. })
    };
    (!keys.iter().any(numbered)).then_some(keys)
}

/// Takes from a style the sorting that was done beforehand: Hayagriva prints a sort key anew for each
/// comparison, and sets what has no date first.
pub(super) fn without_own_sort(style: &mut IndependentStyle) {
    if own_sort(style).is_some() {
        style.citation.sort = None;
    }
}

/// A style that leaves the sources of a citation as they are handed in.
pub(super) fn in_order(style: &IndependentStyle) -> IndependentStyle {
    let mut style = together(style);
    style.citation.sort = None;
    style
}

/// Who a source is by, as far as it tells; a source by nobody is by itself.
fn author(entries: &[Entry], cite: &Cite) -> String {
    let item = &entries[cite.entry].item;
    match item.0.iter().find(|(_, cell)| matches!(cell, Cell::Names(_))) {
        Some((_, names)) => format!("{names:?}"),
        None => cite.entry.to_string(),
    }
}
