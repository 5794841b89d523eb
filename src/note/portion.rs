//! Portion marks: every part of the note led by the marking that holds for it.
//!
//! A part's own mark wins. Else it is the highest marking, within the note's scheme, of the facts and
//! sources that the part cites, and the scheme's lowest where they have none. Handling (`//NOFORN`) is
//! never lost: it stands behind the class, of all the facts together.

use std::collections::{BTreeSet, HashMap};

use super::Request;
use super::polish::Mark;
use crate::draft::DraftBlock;
use crate::finding::{Anchor, Finding};
use crate::markdown::{BlockKind, Citation, CitationKey};
use crate::model::marking::{Scheme, is_portion};
use crate::model::{Desk, FactRef, Marking};
use crate::template::PortionMarks;

/// What stands between a mark and its portion. With a plain space Pandoc would read `(U)` at the start of
/// a paragraph as the marker of a list.
const GAP: char = '\u{a0}';

/// What marks the portions of one note; marks nothing if the template does not ask for it.
#[derive(Clone, Copy)]
pub(super) struct Portions<'a> {
    request: &'a Request<'a>,
    scheme: Option<&'static Scheme>,
}

impl<'a> Portions<'a> {
    /// By the template's option, and the scheme it names, the draft names, or the draft's marking is of.
    pub(super) fn of(request: &'a Request<'a>) -> Self {
        let front = request.draft.front();
        let named = || front.scheme.as_deref().and_then(Scheme::named);
        let marking = || front.marking.as_deref().map(Marking::new).as_ref().and_then(Scheme::of);
        let scheme = match request.template.portion_marks {
            PortionMarks::None => None,
            PortionMarks::OfTheNote => named().or_else(marking),
            PortionMarks::Of(scheme) => Some(scheme),
        };
        Self { request, scheme }
    }

    /// What is wrong if portions are to be marked and the note does not say by what, or has no banner.
    pub(super) fn finding(&self) -> Option<Finding> {
        if self.request.template.portion_marks == PortionMarks::None {
            return None;
        }
        let marking = self.request.draft.front().marking.as_deref().unwrap_or_default().trim();
        let (message, help) = match self.scheme {
            None => (
                "the template asks for portion marks, and the note has no marking of a known scheme",
                "give the front matter a `marking`, or a `scheme` (tlp, uk, us)",
            ),
            Some(_) if marking.is_empty() => (
                "the portions are marked, and the note has no marking for its banner",
                "give the front matter a `marking`: the highest that a portion has",
            ),
            Some(_) => return None,
        };
        Some(Finding::warning("bad-value", self.request.path, Anchor::File, message).help(help))
    }

    /// A paragraph, an item's content or a heading's text led by its mark.
    pub(super) fn lead(&self, text: String, block: Option<&DraftBlock>) -> String {
        let Some(scheme) = self.scheme.filter(|_| !text.trim().is_empty()) else { return text };
        if let Some(end) = own(&text) {
            let (mark, rest) = text.split_at(end);
            return rest.strip_prefix(' ').map_or_else(|| text.clone(), |rest| format!("{mark}{GAP}{rest}"));
        }
        let citations = block.map_or(&[][..], |b| &b.citations);
        format!("{}{GAP}{text}", self.mark(scheme, citations))
    }

    /// A title as Markdown, led by its mark; `None` if portions are not marked.
    pub(super) fn title(&self, title: &str) -> Option<String> {
        self.scheme?;
        let marked = self.lead(title.to_owned(), None);
        let (mark, rest) = marked.split_at(own(&marked)?);
        Some(format!("{mark}{GAP}{}", crate::markdown::escape(rest.trim_start_matches([' ', GAP]))))
    }

    /// A block as it prints, led by its mark: in it where words begin it, above it where not.
    pub(super) fn block(&self, printed: String, block: &DraftBlock) -> String {
        let Some(scheme) = self.scheme.filter(|_| !printed.is_empty()) else { return printed };
        match &block.kind {
            BlockKind::Paragraph => self.lead(printed, Some(block)),
            BlockKind::Quote => match printed.strip_prefix("> ") {
                Some(inner) => format!("> {}", self.lead(inner.to_owned(), Some(block))),
                None => printed,
            },
            BlockKind::Code | BlockKind::Table => {
                format!("**{}**\n\n{printed}", self.mark(scheme, &block.citations))
            }
            _ => printed,
        }
    }

    /// The notes led by their marks, by what the citations that lead to each of them cite.
    pub(super) fn notes(&self, notes: &mut [String], marks: &HashMap<usize, Mark>) {
        let Some(scheme) = self.scheme else { return };
        let blocks = || self.request.draft.sections().iter().flat_map(|s| &s.blocks);
        for (number, note) in (1..).zip(notes) {
            let mark = Mark::Note(self.request.flavour.mark(number));
            let to_it = |c: &&Citation| marks.get(&c.range.start) == Some(&mark);
            let citations: Vec<Citation> = blocks().flat_map(|b| &b.citations).filter(to_it).cloned().collect();
            *note = format!("{}{GAP}{note}", self.mark(scheme, &citations));
        }
    }

    /// What leads each entry of the bibliography: the highest marking that a cited source has itself.
    pub(super) fn bibliography(&self) -> Option<String> {
        let scheme = self.scheme?;
        let blocks = self.request.draft.sections().iter().flat_map(|s| &s.blocks);
        let citations: Vec<Citation> = blocks.flat_map(|b| &b.citations).cloned().collect();
        let of_sources = self.markings(&citations).filter(|(_, of_source)| *of_source).map(|(marking, _)| marking);
        Some(format!("{}{GAP}", printed(scheme, of_sources)))
    }

    fn mark(&self, scheme: &Scheme, citations: &[Citation]) -> String {
        printed(scheme, self.markings(citations).map(|(marking, _)| marking))
    }

    /// The markings of what is cited, and whether each is a source's own.
    fn markings(&self, citations: &[Citation]) -> impl Iterator<Item = (&'a Marking, bool)> {
        let desk = self.request.desk;
        let mut found = Vec::new();
        for item in citations.iter().flat_map(|c| &c.items) {
            match &item.key {
                CitationKey::Source(key) => {
                    found.extend(desk.shared().get(key.as_str()).and_then(|s| s.marking.as_ref()).map(|m| (m, true)));
                }
                CitationKey::Fact { event, fact } => {
                    let Some((event, fact)) = desk.fact(&FactRef::new(event.as_str(), fact.as_str())) else { continue };
                    found.extend(Desk::marking(event, fact).map(|m| (m, false)));
                    let sources = fact.sources.iter().filter_map(|used| desk.source(event, &used.source));
                    found.extend(sources.filter_map(|s| s.marking.as_ref()).map(|m| (m, true)));
                }
            }
        }
        found.into_iter()
    }
}

/// The highest class of the markings that the scheme knows, and all their handling.
fn printed<'m>(scheme: &Scheme, markings: impl Iterator<Item = &'m Marking>) -> String {
    let mut level = 0;
    let mut handling = BTreeSet::new();
    for marking in markings {
        let Some(found) = scheme.level(marking.class()) else { continue };
        level = level.max(found);
        handling.extend(marking.handling().split("//").filter(|h| !h.is_empty()));
    }
    let handling: String = handling.iter().map(|h| format!("//{h}")).collect();
    format!("({}{handling})", scheme.portion(level))
}

/// Where a text's own portion mark ends, if it begins with one.
fn own(text: &str) -> Option<usize> {
    let start = text.len() - text.trim_start_matches(['*', '_']).len();
    let inside = text[start..].strip_prefix('(')?;
    let length = inside.find(')')?;
    is_portion(&inside[..length]).then_some(start + length + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_class_counts_and_no_handling_is_lost() {
        let us = Scheme::named("us").unwrap();
        let mark = |words: &[&str]| {
            let markings: Vec<Marking> = words.iter().map(|w| Marking::new(w)).collect();
            printed(us, markings.iter())
        };
        assert_eq!(mark(&[]), "(U)");
        assert_eq!(mark(&["TLP:RED"]), "(U)", "another scheme says nothing in this one");
        assert_eq!(mark(&["SBU", "UNCLASSIFIED"]), "(SBU)");
        assert_eq!(mark(&["SECRET//NOFORN", "SBU//NODIS", "TOP SECRET"]), "(TS//NODIS//NOFORN)");
    }

    #[test]
    fn a_mark_of_the_writer_s_own_is_known() {
        assert!(["(U) x", "**(SBU)** x", "(S//NOFORN) x", "(TLP:GREEN) x"].into_iter().all(|text| own(text).is_some()));
        assert!(["x (U)", "(then) x", "(U x", "U x"].into_iter().all(|text| own(text).is_none()));
    }
}
