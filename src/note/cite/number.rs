//! The numbers of notes: citations and the writer's own footnotes in one row.

use std::collections::HashMap;
use std::ops::Range;

use super::{Request, citations};
use crate::markdown::{self, BlockKind};

/// Which note has which number.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The notes in order; the first is number 1.
    pub notes: Vec<Slot>,
    /// The number of the note of the citation that starts at this byte.
    pub of_citation: HashMap<usize, usize>,
    /// The writer's references to their own notes, with the number of the note.
    pub written: Vec<(Range<usize>, usize)>,
}

/// A reference to one of the writer's own footnotes, and its label.
type Reference = (Range<usize>, String);

/// What a note consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// The citation that starts at this byte.
    Citation(usize),
    /// The definition of a footnote, the bytes behind its label.
    Written(Range<usize>),
}

impl Numbering {
    /// Numbers by first appearance. Citations make notes only in a note style, and never inside
    /// the writer's own footnotes, which cannot have notes themselves.
    pub(super) fn of(request: &Request<'_>, notes_from_citations: bool) -> Self {
        let definitions = definitions(request);
        // A citation, or a reference to a footnote with its label.
        let mut places: Vec<(usize, Option<Reference>)> = Vec::new();
        if notes_from_citations {
            let outside = |at: &usize| !definitions.values().any(|d| d.contains(at));
            places.extend(citations(request).map(|c| c.range.start).filter(outside).map(|at| (at, None)));
        }
        places.extend(references(request, &definitions).into_iter().map(|(r, label)| (r.start, Some((r, label)))));
        places.sort_by_key(|(at, _)| *at);
        let mut numbering = Self::default();
        let mut by_label: HashMap<String, usize> = HashMap::new();
        for (at, reference) in places {
            let next = numbering.notes.len() + 1;
            match reference {
                None => {
                    numbering.notes.push(Slot::Citation(at));
                    numbering.of_citation.insert(at, next);
                }
                Some((range, label)) => {
                    let number = *by_label.entry(label.clone()).or_insert(next);
                    if number == next {
                        let definition = definitions.get(&label).cloned().unwrap_or_default();
                        numbering.notes.push(Slot::Written(definition));
                    }
                    numbering.written.push((range, number));
                }
            }
        }
        numbering
    }

    /// How many of the notes up to this number are the writer's own.
    pub(super) fn written_up_to(&self, number: usize) -> usize {
        self.notes.iter().take(number).filter(|slot| matches!(slot, Slot::Written(_))).count()
    }
}

/// The writer's own footnotes: the text of each, by label.
fn definitions(request: &Request<'_>) -> HashMap<String, Range<usize>> {
    let mut definitions = HashMap::new();
    for block in request.draft.sections().iter().flat_map(|s| &s.blocks) {
        if let BlockKind::FootnoteDefinition { label } = &block.kind {
            let text = &request.draft.text()[block.range.clone()];
            let start = text.find("]:").map_or(block.range.start, |i| block.range.start + i + 2);
            definitions.entry(label.clone()).or_insert(start..block.range.end);
        }
    }
    definitions
}

fn references(request: &Request<'_>, definitions: &HashMap<String, Range<usize>>) -> Vec<Reference> {
    if definitions.is_empty() {
        return Vec::new();
    }
    let body = request.draft.front().range.end;
    let mut found = Vec::new();
    for (event, range) in markdown::parse(&request.draft.text()[body..]) {
        if let pulldown_cmark::Event::FootnoteReference(label) = event {
            let range = body + range.start..body + range.end;
            let inside = definitions.values().any(|d| d.contains(&range.start));
            if !inside && definitions.contains_key(&*label) {
                found.push((range, label.to_string()));
            }
        }
    }
    found
}
