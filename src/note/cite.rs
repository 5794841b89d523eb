//! Citations of a draft: resolved to sources, numbered, and formatted.

mod number;
mod print;
mod resolve;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::Request;
use super::csl::{Csl, Formatter, StyleError};
use super::flavour::Flavour;
use super::item::Entry;
use super::polish::Mark;
use crate::finding::{Anchor, Finding};
use crate::markdown::Citation;
use number::Numbering;

/// What the citations of a draft print as.
#[derive(Debug, Default)]
pub(super) struct Cited {
    /// What takes each citation's or note reference's place, by the byte at which it starts.
    pub marks: HashMap<usize, Mark>,
    /// Where the writer refers to notes of their own.
    pub written: Vec<Range<usize>>,
    /// The notes in order; the first is number 1.
    pub notes: Vec<String>,
    /// The bibliography, in the style's order.
    pub bibliography: Vec<String>,
    /// What Pandoc is to make the bibliography from.
    pub entries: Vec<Entry>,
    /// What could not be resolved.
    pub findings: Vec<Finding>,
}

/// Resolves, numbers and formats all citations of a draft.
pub(super) fn cite(request: &Request<'_>, formatter: &Formatter) -> Cited {
    let mut cited = Cited::default();
    let style = request.style_name();
    let csl = if style == "none" { None } else { load_style(request, formatter, &mut cited) };
    let notes_from_citations = csl.as_ref().is_some_and(|csl| csl.is_note());
    let numbering = Numbering::of(request, notes_from_citations);
    for (range, number) in &numbering.written {
        let number = match request.flavour {
            // Of the notes only the writer's own are written out; Pandoc numbers them among its own.
            Flavour::Pandoc => numbering.written_up_to(*number),
            _ => *number,
        };
        cited.marks.insert(range.start, Mark::Written(request.flavour.mark(number)));
        cited.written.push(range.clone());
    }
    let resolved = resolve::resolve(request, &numbering, &mut cited.findings);
    match &csl {
        Some(csl) => {
            let printed = print::print(request, csl, formatter, &numbering, &resolved, &mut cited);
            if request.flavour == Flavour::Pandoc {
                cited.entries = resolved.entries;
            } else {
                cited.bibliography = formatter.bibliography(csl, &resolved.entries, &printed);
            }
        }
        None => {
            cited.marks.extend(citations(request).map(|c| (c.range.start, Mark::Nothing)));
            print::written_notes(request, &numbering, &mut cited);
        }
    }
    cited
}

/// Every citation of the draft, in order.
fn citations<'a>(request: &Request<'a>) -> impl Iterator<Item = &'a Citation> + use<'a> {
    request.draft.sections().iter().flat_map(|s| &s.blocks).flat_map(|b| &b.citations)
}

fn load_style(request: &Request<'_>, formatter: &Formatter, cited: &mut Cited) -> Option<Arc<Csl>> {
    let language = request.language();
    let usual = crate::template::CITATIONS;
    let name = request.style_name();
    let own = request.desk.styles();
    match formatter.style(name, language, own) {
        Ok(style) => return Some(style),
        Err(StyleError::Unknown { near }) => {
            let message = format!("there is no citation style `{name}`; the note uses {usual}");
            cited.findings.push(
                Finding::error("bad-value", request.path, Anchor::File, message)
                    .help(format!("near names: {}", near.join(", "))),
            );
        }
        Err(StyleError::Broken { path, at, message }) => {
            let anchor = at.map_or(Anchor::File, Anchor::byte);
            let mut finding = Finding::error("unreadable", &path, anchor, message);
            if let Some(file) = own.iter().find(|file| *file.path == *path) {
                finding.place_in(&file.text);
            }
            cited.findings.push(finding.help(format!("the note uses {usual} until this is mended")));
        }
    }
    formatter.style(usual, language, &[]).ok()
}
