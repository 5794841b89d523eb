//! Putting the note together.

use std::ops::Range;

use super::cite::{self, Cited};
use super::csl::Formatter;
use super::flavour::Flavour;
use super::numbered::{Count, Piece, PieceKind};
use super::portion::Portions;
use super::{
    Note, Request, TO_BE_COMPLETED, furniture, pandoc, plain, polish, recommendations, source_summary, table, words,
};
use crate::draft::{DraftBlock, Section};
use crate::finding::{Anchor, Finding};
use crate::markdown::{self, BlockKind};
use crate::template::{Form, Role, SectionSpec};

/// Composes a note.
///
/// Masthead, sections in the draft's order, colophon, notes. What the template requires and the
/// draft lacks prints [`TO_BE_COMPLETED`]; optional sections that are empty are left out.
pub fn compose(request: &Request<'_>, formatter: &Formatter) -> Note {
    let mut cited = cite::cite(request, formatter);
    let portions = Portions::of(request);
    portions.notes(&mut cited.notes, &cited.marks);
    let mut note = Note { findings: Vec::new(), ..Note::default() };
    let parts = parts(request, &cited);
    let mut out = Blocks::default();
    if request.flavour == Flavour::Pandoc {
        let keys = pandoc::keys(&cited.entries);
        out.push(&pandoc::front_matter(request.language(), request.style_name(), &cited.entries, &keys));
    }
    let masthead = furniture_or_finding(&request.template.masthead, request, &mut note.findings);
    out.push(&masthead);
    for (part, live) in parts.iter().zip(live(&parts)) {
        if !live {
            continue;
        }
        if let Some(heading) = &part.heading {
            note.sections.push((part.id.clone(), out.next_start()));
            out.push(heading);
        }
        note.words += part.words;
        out.push(&part.body);
    }
    let colophon = furniture_or_finding(&request.template.colophon, request, &mut note.findings);
    if !colophon.is_empty() {
        out.push("---");
        out.push(&colophon);
    }
    for block in request.flavour.notes(&cited.notes, request.language()) {
        out.push(&block);
    }
    note.text = out.text;
    if request.flavour == Flavour::Plain {
        note.text = plain::plain(&note.text);
        note.sections.clear();
    }
    if !note.text.is_empty() {
        note.text.push('\n');
    }
    note.findings.extend(cited.findings);
    note.findings.extend(portions.finding());
    for finding in &mut note.findings {
        if &*finding.path == request.path {
            finding.place_in(request.draft.text());
        }
    }
    note
}

fn furniture_or_finding(part: &str, request: &Request<'_>, findings: &mut Vec<Finding>) -> String {
    furniture::render(part, request).unwrap_or_else(|message| {
        findings.push(Finding::error("bad-value", &request.template.path, Anchor::File, message));
        String::new()
    })
}

/// Blocks with one blank line between them.
#[derive(Default)]
struct Blocks {
    text: String,
}

impl Blocks {
    fn next_start(&self) -> usize {
        if self.text.is_empty() { 0 } else { self.text.len() + 2 }
    }

    fn push(&mut self, block: &str) {
        if block.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(block);
    }
}

/// A section as it prints.
struct Part {
    id: String,
    level: u8,
    /// Empty if the section's heading does not print.
    heading: Option<String>,
    body: String,
    words: usize,
}

/// A section prints if it has a body, or a section below it does.
fn live(parts: &[Part]) -> Vec<bool> {
    (0..parts.len())
        .map(|i| {
            let below = parts[i + 1..].iter().take_while(|p| p.level > parts[i].level);
            !parts[i].body.is_empty() || (parts[i].heading.is_some() && below.into_iter().any(|p| !p.body.is_empty()))
        })
        .collect()
}

fn parts(request: &Request<'_>, cited: &Cited) -> Vec<Part> {
    let template = request.template;
    let sections = request.draft.sections();
    let mut parts: Vec<Part> = Vec::new();
    let mut count = Count::of(template, request.draft);
    for section in sections {
        let spec = template.section(&section.id).filter(|_| section.known);
        parts.push(part_of(request, cited, section, spec, &mut count));
    }
    let mut have_bibliography = bibliography(request, cited).is_empty()
        || sections.iter().any(|s| s.known && template.section(&s.id).is_some_and(|spec| spec.form == Form::Sources));
    for (i, spec) in template.sections.iter().enumerate() {
        let lists_sources = spec.form == Form::Sources && !have_bibliography;
        if parts.iter().any(|p| p.id == spec.id && p.heading.is_some()) || !(spec.required || lists_sources) {
            continue;
        }
        let before = template.sections[..i].iter().rev().find_map(|s| parts.iter().rposition(|p| p.id == s.id));
        // Behind the section before it and all that the writer put below that one.
        let at = before.map_or_else(
            || parts.iter().take_while(|p| p.heading.is_none()).count(),
            |b| b + 1 + parts[b + 1..].iter().take_while(|p| p.level > spec.level).count(),
        );
        let body = match spec.form {
            Form::Sources if lists_sources => bibliography(request, cited),
            Form::SourceSummary => source_summary::paragraph(request),
            _ => TO_BE_COMPLETED.to_owned(),
        };
        have_bibliography |= lists_sources;
        if body.is_empty() {
            continue;
        }
        let title = if spec.untitled { String::new() } else { heading(request, spec.level, &spec.title) };
        let heading = Some(title);
        parts.insert(at, Part { id: spec.id.clone(), level: spec.level, heading, body, words: 0 });
    }
    if !have_bibliography {
        let heading = Some(heading(request, 2, words::of(request.language()).sources));
        parts.push(Part { id: "sources".into(), level: 2, heading, body: bibliography(request, cited), words: 0 });
    }
    parts
}

fn heading(request: &Request<'_>, level: u8, title: &str) -> String {
    let title = Portions::of(request).lead(title.to_owned(), None);
    format!("{} {title}", "#".repeat(usize::from(level.clamp(1, 6)))).trim_end().to_owned()
}

fn bibliography(request: &Request<'_>, cited: &Cited) -> String {
    if !cited.entries.is_empty() {
        // Where Pandoc sets the bibliography it makes.
        return "::: {#refs}\n:::".to_owned();
    }
    let mark = Portions::of(request).bibliography().unwrap_or_default();
    // A style may put nothing before a name, and a name may begin as a block does.
    let escape = |entry: &str| if mark.is_empty() && entry.starts_with(['>', '#', '+', '-']) { "\\" } else { "" };
    let item = |entry: &String| format!("- {mark}{}{entry}", escape(entry));
    cited.bibliography.iter().map(item).collect::<Vec<_>>().join("\n")
}

fn part_of(
    request: &Request<'_>,
    cited: &Cited,
    section: &Section,
    spec: Option<&SectionSpec>,
    count: &mut Count,
) -> Part {
    let form = spec.map(|s| s.form).unwrap_or_default();
    let mut pieces = pieces_of(request, cited, section, spec);
    if spec.is_some_and(|s| s.role == Role::Paragraphs) {
        pieces = count.number(pieces);
    }
    let mut body = Blocks::default();
    pieces.iter().for_each(|piece| body.push(&piece.text));
    let words = markdown::word_count(&body.text);
    if form == Form::Sources {
        body.push(&bibliography(request, cited));
    } else if form == Form::SourceSummary {
        // Behind the writer's own text; its words are not counted, and without citations there is none.
        body.push(&source_summary::paragraph(request));
    } else if body.text.is_empty() && spec.is_some_and(|s| s.required) {
        body.push(TO_BE_COMPLETED);
    }
    let heading = section.heading.clone().map(|range| match spec {
        Some(spec) if spec.untitled => String::new(),
        _ => heading(request, section.level, &heading_source(request, range)),
    });
    let words = if form == Form::Sources { 0 } else { words };
    Part { id: section.id.clone(), level: section.level, heading, body: body.text, words }
}

/// The blocks of a section as they print, the items of a list together.
fn pieces_of(request: &Request<'_>, cited: &Cited, section: &Section, spec: Option<&SectionSpec>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut blocks = section.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        match &block.kind {
            BlockKind::FootnoteDefinition { .. } => {}
            BlockKind::Item { list, ordered, .. } => {
                let mut items = vec![block];
                while let Some(next) =
                    blocks.next_if(|b| matches!(&b.kind, BlockKind::Item { list: l, .. } if l == list))
                {
                    items.push(next);
                }
                let chronology = spec.is_some_and(|s| s.form == Form::Table);
                let text = if chronology && !request.flavour.has_tables() {
                    let rows = items.iter().map(|item| table::item(request, item, &cited.marks));
                    rows.map(|row| polish::item_with_marker(&row, "- ")).collect::<Vec<_>>().join("\n")
                } else if chronology {
                    let rows = items.iter().map(|item| table::row(request, item, &cited.marks));
                    std::iter::once(table::head(request.language())).chain(rows).collect::<Vec<_>>().join("\n")
                } else {
                    list_of(request, cited, &items, *ordered, spec)
                };
                pieces.push(Piece { kind: PieceKind::Other, text });
            }
            kind => {
                let text = Portions::of(request).block(printed(request, cited, block), block);
                pieces.push(Piece::of(kind, recommendations::with_own_boxes(&text, spec)));
            }
        }
    }
    pieces
}

/// The heading's Markdown without markers and attributes, on one line.
fn heading_source(request: &Request<'_>, range: Range<usize>) -> String {
    let text = &request.draft.text()[range];
    let source = markdown::split(text).into_iter().find_map(|b| match b.kind {
        BlockKind::Heading { source, .. } => Some(text[source].to_owned()),
        _ => None,
    });
    let source = source.unwrap_or_default();
    polish::polish(&source).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn printed(request: &Request<'_>, cited: &Cited, block: &DraftBlock) -> String {
    let text = request.draft.text();
    let marked = |range: Range<usize>| polish::with_marks(text, range, &mark_ranges(block, cited), &cited.marks);
    match &block.kind {
        BlockKind::Heading { level, .. } => heading(request, *level, &heading_source(request, block.range.clone())),
        BlockKind::Code => polish::polish(&text[block.range.clone()]),
        _ => polish::polish(&marked(block.range.clone())),
    }
}

/// The places in a block that marks take: its citations and the writer's own note references.
fn mark_ranges(block: &DraftBlock, cited: &Cited) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = block.citations.iter().map(|c| c.range.clone()).collect();
    ranges.extend(cited.written.iter().filter(|r| block.range.contains(&r.start)).cloned());
    ranges.sort_by_key(|r| r.start);
    ranges
}

/// A list with even markers: bullets as `-`, numbers counted from the first one's.
fn list_of(
    request: &Request<'_>,
    cited: &Cited,
    items: &[&DraftBlock],
    ordered: bool,
    spec: Option<&SectionSpec>,
) -> String {
    let portions = Portions::of(request);
    let contents: Vec<String> = items
        .iter()
        .map(|block| {
            let (_, content) = polish::item_content(&printed(request, cited, block));
            recommendations::with_boxes(&portions.lead(content, Some(block)), spec)
        })
        .collect();
    let asks = spec.is_some_and(|s| s.role == Role::Recommendations);
    let loose = items.iter().any(|b| matches!(b.kind, BlockKind::Item { loose: true, .. }))
        || asks && contents.iter().any(|content| content.contains("\n\n"));
    let first = items.first().and_then(|b| match &b.kind {
        BlockKind::Item { marker, .. } => marker.trim().trim_end_matches(['.', ')']).parse::<usize>().ok(),
        _ => None,
    });
    let start = first.unwrap_or(1);
    let mut out = String::new();
    for (i, content) in contents.iter().enumerate() {
        let marker = if ordered { format!("{}. ", start + i) } else { "- ".to_owned() };
        if i > 0 {
            out.push_str(if loose { "\n\n" } else { "\n" });
        }
        out.push_str(polish::item_with_marker(content, &marker).trim_end());
    }
    out
}
