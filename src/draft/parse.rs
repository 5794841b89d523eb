//! Reading a draft. It never fails: whatever is not understood is a block like any other.

use std::ops::Range;
use std::sync::Arc;

use crate::markdown::{Block, BlockKind, Citation, citations, split};

use super::{Draft, DraftBlock, FrontMatter, Section};

impl Draft {
    /// Reads a text. `template_ids` are the template's sections with their heading levels.
    ///
    /// A section starts at a heading whose `{#id}`, or slug without one, is a template's id. Another
    /// heading deeper than the section it is in is a block of that section; any other heading starts
    /// a section of its own.
    pub fn parse(text: &str, template_ids: &[(String, u8)]) -> Self {
        Self::read(text.into(), template_ids.into())
    }

    pub(super) fn read(text: Arc<str>, template: Arc<[(String, u8)]>) -> Self {
        let front = Arc::new(FrontMatter::read(&text));
        Self { text, template, front, sections: Arc::default() }
    }
}

pub(super) fn sections(text: &str, body_start: usize, template: &[(String, u8)]) -> Vec<Section> {
    let body = &text[body_start..];
    let mut cited = citations(body).into_iter().map(|citation| shifted(citation, body_start)).peekable();
    let mut sections: Vec<Section> = Vec::new();
    for block in split(body) {
        let Block { range, kind } = block;
        let range = range.start + body_start..range.end + body_start;
        let mut inside = Vec::new();
        while let Some(citation) = cited.next_if(|citation| citation.range.start < range.end) {
            inside.push(citation);
        }
        if let Some(mut section) = section_of(&kind, sections.last(), template) {
            section.range = range.start..text.len();
            section.heading = Some(range);
            section.heading_citations = inside;
            if let Some(last) = sections.last_mut() {
                last.range.end = section.range.start;
            }
            sections.push(section);
            continue;
        }
        if sections.is_empty() {
            sections.push(Section { range: range.start..text.len(), ..untitled() });
        }
        if let Some(section) = sections.last_mut() {
            section.blocks.push(DraftBlock { range, kind: shifted_kind(kind, body_start), citations: inside });
        }
    }
    sections
}

fn untitled() -> Section {
    Section {
        id: String::new(),
        heading: None,
        level: 0,
        title: String::new(),
        known: false,
        heading_citations: Vec::new(),
        blocks: Vec::new(),
        range: 0..0,
    }
}

/// The section a block starts, if it is a heading that starts one.
fn section_of(kind: &BlockKind, current: Option<&Section>, template: &[(String, u8)]) -> Option<Section> {
    let BlockKind::Heading { level, id, title, .. } = kind else { return None };
    let id = id.clone().unwrap_or_else(|| crate::markdown::slug(title));
    let known = template.iter().any(|(known, _)| *known == id);
    let nested = current.is_some_and(|current| current.heading.is_some() && *level > current.level);
    (known || !nested).then(|| Section { id, known, level: *level, title: title.trim().to_owned(), ..untitled() })
}

fn shifted(mut citation: Citation, by: usize) -> Citation {
    let shift = |range: &mut Range<usize>| *range = range.start + by..range.end + by;
    shift(&mut citation.range);
    citation.items.iter_mut().for_each(|item| shift(&mut item.range));
    citation
}

fn shifted_kind(mut kind: BlockKind, by: usize) -> BlockKind {
    if let BlockKind::Heading { source, .. } = &mut kind {
        *source = source.start + by..source.end + by;
    }
    kind
}
