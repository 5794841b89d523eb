//! What the rules on markings look at: the markings that come together in a draft, each with the
//! schemes that know it.
//!
//! `SECRET` is of two schemes; it belongs to whichever the rest of the note uses.

use std::ops::Range;

use super::Rule;
use super::case::{BlockCase, DraftCase};
use crate::markdown::{BlockKind, Citation, CitationKey};
use crate::model::marking::{SCHEMES, Scheme, is_portion};
use crate::model::{Desk, Event, Fact, FactRef, Marking};

/// A scheme and a place in its order.
pub(super) type Place = (&'static Scheme, usize);

/// A marking that something in the note has.
pub(super) struct Marked {
    /// What has it: ``the fact `e#f` ``.
    pub(super) what: String,
    /// The marking as written.
    pub(super) written: String,
    /// Its place in every scheme that knows it.
    pub(super) places: Vec<Place>,
    /// Where it comes into the draft: the portion mark, or the key that cites it.
    pub(super) at: Range<usize>,
    /// The fact that has it or brings it.
    pub(super) fact: Option<FactRef>,
    /// Whether the writer put it there as a portion mark.
    pub(super) is_portion: bool,
}

/// What the front matter says of the note as a whole.
pub(super) struct NoteMarking {
    /// The marking as written; empty without one.
    pub(super) written: String,
    /// Its place in every scheme that knows it.
    pub(super) places: Vec<Place>,
    /// The scheme that `scheme` names.
    pub(super) named: Option<&'static Scheme>,
}

impl NoteMarking {
    pub(super) fn of(case: &DraftCase<'_>) -> Self {
        let front = case.request.draft.front();
        let marking = Marking::new(front.marking.as_deref().unwrap_or_default());
        Self {
            written: marking.as_str().to_owned(),
            places: places(&marking),
            named: front.scheme.as_deref().and_then(Scheme::named),
        }
    }
}

/// The places of a marking in the schemes that know it, whatever its handling and case.
pub(super) fn places(marking: &Marking) -> Vec<Place> {
    let class = marking.class().to_uppercase();
    SCHEMES.iter().filter_map(|scheme| Some((scheme, scheme.level(&class)?))).collect()
}

/// Whether a marking is meant to be of the Traffic Light Protocol.
pub(super) fn is_tlp(marking: &str) -> bool {
    let (head, rest) = marking.split_at_checked(3).unwrap_or_default();
    head.eq_ignore_ascii_case("TLP") && !rest.starts_with(char::is_alphanumeric)
}

/// Every marking of a portion, a cited fact or a source of one, in the order of the draft; what a fact
/// silences this rule for is left out.
pub(super) fn in_draft(case: &DraftCase<'_>, rule: &Rule) -> Vec<Marked> {
    let mut found = portions(case).into_iter().filter_map(|p| p.mark).collect();
    for section in case.request.draft.sections() {
        let blocks = section.blocks.iter().flat_map(|b| &b.citations);
        cited(case.request.desk, section.heading_citations.iter().chain(blocks), rule, &mut found);
    }
    found.sort_by_key(|m| m.at.start);
    found
}

fn cited<'a>(desk: &Desk, citations: impl Iterator<Item = &'a Citation>, rule: &Rule, found: &mut Vec<Marked>) {
    let marked = |what: String, marking: &Marking, at: &Range<usize>, fact: Option<FactRef>| Marked {
        what,
        written: marking.as_str().to_owned(),
        places: places(marking),
        at: at.clone(),
        fact,
        is_portion: false,
    };
    for item in citations.flat_map(|c| &c.items) {
        let at = &item.range;
        match &item.key {
            CitationKey::Source(key) => {
                let marking = desk.shared().get(key.as_str()).and_then(|s| s.marking.as_ref());
                found.extend(marking.map(|m| marked(format!("the source `{key}`"), m, at, None)));
            }
            CitationKey::Fact { event, fact } => {
                let address = FactRef::new(event.as_str(), fact.as_str());
                let Some((event, fact)) = desk.fact(&address) else { continue };
                if fact.allow.iter().any(|a| *a.rule == *rule.id) {
                    continue;
                }
                let own = Desk::marking(event, fact);
                found.extend(own.map(|m| marked(format!("the fact `{address}`"), m, at, Some(address.clone()))));
                let mut told = |event: &Event, of: &Fact| {
                    for source in of.sources.iter().filter_map(|used| desk.source(event, &used.source)) {
                        let what = || format!("the source `{}` of the fact `{}#{}`", source.key, event.id, of.id);
                        found.extend(source.marking.iter().map(|m| marked(what(), m, at, Some(address.clone()))));
                    }
                };
                told(event, fact);
                // The footnote of an assessment names the sources of its basis.
                let basis = fact.assessment.iter().flat_map(|a| &a.basis);
                let basis = basis.filter_map(|written| desk.fact(&FactRef::within(&event.id, written)));
                let basis: Vec<(&Event, &Fact)> = basis.collect();
                basis.iter().for_each(|(event, fact)| told(event, fact));
                // A marking of its own holds for the judgement, whatever the facts under it have.
                for (its_event, its) in basis.into_iter().filter(|_| fact.marking.is_none()) {
                    let what = || format!("`{}#{}`, on which `{address}` rests,", its_event.id, its.id);
                    let marking = Desk::marking(its_event, its);
                    found.extend(marking.map(|m| marked(what(), m, at, Some(address.clone()))));
                }
            }
        }
    }
}

/// A part of the note that portion marks would lead.
pub(super) struct Portion {
    /// Its words.
    pub(super) at: Range<usize>,
    /// The mark that leads it.
    pub(super) mark: Option<Marked>,
}

/// The paragraphs, items and quotations of a draft, with the marks that lead them.
///
/// A lone letter is a mark only where the note is marked or another portion is, and none is where
/// blocks are lettered `(A)`, `(B)`, `(C)`.
pub(super) fn portions(case: &DraftCase<'_>) -> Vec<Portion> {
    let (mut portions, mut lettered) = (Vec::new(), false);
    for section in case.sections() {
        for block in section.blocks() {
            let kinds = matches!(block.block.kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Quote);
            if !kinds || !block.is_prose() || block.prose().text.trim().is_empty() {
                continue;
            }
            lettered |= leading(&block).is_some_and(|(_, mark)| is_letter(mark) && !is_portion(mark));
            portions.push(portion(&block));
        }
    }
    let front = case.request.draft.front();
    let is_set = |value: &Option<String>| value.as_deref().is_some_and(|v| !v.trim().is_empty());
    let several = portions.iter().filter(|p| p.mark.is_some()).count() > 1;
    let trusted = several || is_set(&front.marking) || is_set(&front.scheme);
    for portion in &mut portions {
        portion.mark.take_if(|m| is_letter(m.written.trim_matches(['(', ')'])) && (lettered || !trusted));
    }
    portions
}

fn portion(block: &BlockCase<'_>) -> Portion {
    let prose = block.prose();
    let start = prose.text.len() - prose.text.trim_start().len();
    let words = start..prose.text.trim_end().len().max(start);
    let mark = leading(block).filter(|(_, mark)| is_portion(mark)).map(|(at, mark)| Marked {
        what: "a portion".to_owned(),
        written: format!("({mark})"),
        places: SCHEMES.iter().filter_map(|scheme| Some((scheme, scheme.portion_level(mark)?))).collect(),
        at,
        fact: None,
        is_portion: true,
    });
    Portion { at: prose.span(&words), mark }
}

/// What stands in parentheses at the start of a block, and where with them; `(C) 2024` is a copyright.
pub(super) fn leading<'a>(block: &'a BlockCase<'_>) -> Option<(Range<usize>, &'a str)> {
    let prose = block.prose();
    let text = prose.text.trim_start();
    let (mark, rest) = text.strip_prefix('(')?.split_once(')')?;
    let copyright = mark == "C" && rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let start = prose.text.len() - text.len();
    (rest.starts_with(char::is_whitespace) && !copyright).then(|| (prose.span(&(start..start + mark.len() + 2)), mark))
}

fn is_letter(mark: &str) -> bool {
    mark.len() == 1
}
