//! Sources of one author brought together in a citation, for styles that do not repeat the name.
//!
//! Hayagriva brings them together, too, but miscounts where they stand apart: the name of somebody
//! else is then left out, and the source reads as the first author's. It is handed them in order.

use std::sync::Arc;

use hayagriva::citationberg::json::{Item, Value as Cell};
use hayagriva::citationberg::{Collapse, IndependentStyle};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, ElemMeta,
};

use super::super::item::Entry;
use super::in_text::{Cite, together};
use super::shape::Shape;
use super::{Csl, Part};

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

    /// The citations, those put in order that need it: as the style sorts them, then by author.
    pub(super) fn gathered(&self, entries: &[Entry], items: &[Item], groups: &[Vec<Cite>]) -> Vec<Vec<Cite>> {
        let mut groups = groups.to_vec();
        let mut scattered: Vec<&mut Vec<Cite>> =
            groups.iter_mut().filter(|group| self.is_scattered(entries, group)).collect();
        if self.style.citation.sort.is_some() && !scattered.is_empty() {
            self.sort(items, &mut scattered);
        }
        for group in scattered {
            let authors: Vec<String> = group.iter().map(|cite| author(entries, cite)).collect();
            let first = |name: &String| authors.iter().position(|other| other == name);
            let mut ranked: Vec<_> = authors.iter().map(first).zip(group.drain(..)).collect();
            ranked.sort_by_key(|(rank, _)| *rank);
            group.extend(ranked.into_iter().map(|(_, cite)| cite));
        }
        groups
    }

    /// Sorts the sources of citations as the style has it.
    fn sort(&self, items: &[Item], groups: &mut [&mut Vec<Cite>]) {
        let Some(style) = self.cut(Part::Apart, &Shape::default()) else { return };
        let locale = Some(self.locale.clone());
        let mut driver = BibliographyDriver::new();
        for group in groups.iter() {
            let cites = group.iter().map(|cite| CitationItem::with_entry(&items[cite.entry])).collect();
            driver.citation(CitationRequest::new(cites, &style, locale.clone(), &self.locales, Some(0)));
        }
        let rendered = driver.finish(BibliographyRequest::new(&style, locale, &self.locales));
        for (group, printed) in groups.iter_mut().zip(&rendered.citations) {
            let mut order = Vec::new();
            places(&printed.citation, &mut order);
            if order.len() == group.len() {
                let sorted = order.iter().filter_map(|place| group.get(*place).cloned()).collect();
                **group = sorted;
            }
        }
    }
}

/// A style that leaves the sources of a citation as they are handed in.
pub(super) fn in_order(style: &IndependentStyle) -> IndependentStyle {
    let mut style = together(style);
    style.citation.sort = None;
    style
}

/// A style that sorts the sources of a citation and brings none together.
pub(super) fn apart(style: &IndependentStyle) -> IndependentStyle {
    let mut style = together(style);
    style.citation.collapse = None;
    style.citation.cite_group_delimiter = None;
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

/// The places that the sources of a citation had before they were sorted.
fn places(children: &ElemChildren, out: &mut Vec<usize>) {
    for child in &children.0 {
        if let ElemChild::Elem(elem) = child {
            match elem.meta {
                Some(ElemMeta::Entry(place)) => out.push(place),
                _ => places(&elem.children, out),
            }
        }
    }
}
