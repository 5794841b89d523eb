//! The Brief pane's list: the template's sections and the draft's, with their blocks, and the rows
//! that they take at a width.

use std::ops::Range;

use super::document::Document;
use super::wrap;
use crate::draft::place::{Dates, is_as_placed};
use crate::draft::{BlockPosition, Draft, DraftBlock};
use crate::markdown::{CitationKey, word_count};
use crate::template::{Form, Template};

/// A section as listed: of the draft, of the template, or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionRow {
    /// The number that sends facts here; none for text before the first section.
    pub number: Option<usize>,
    /// The id.
    pub id: String,
    /// The title.
    pub title: String,
    /// The heading's level.
    pub level: u8,
    /// The form its blocks take.
    pub form: Form,
    /// What the writer should know.
    pub guidance: String,
    /// Where it stands in the draft; `None` while it has nothing.
    pub at: Option<usize>,
    /// Words so far.
    pub words: usize,
    /// Words at most.
    pub target: Option<u32>,
    /// How many blocks it has.
    pub blocks: usize,
}

/// Something that the cursor can stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// The heading of a listed section.
    Heading(usize),
    /// A block: the listed section, and its place there.
    Block(usize, usize),
}

impl Item {
    /// The listed section it belongs to.
    pub fn section(self) -> usize {
        match self {
            Self::Heading(section) | Self::Block(section, _) => section,
        }
    }
}

/// The list as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The sections, in the order of the note.
    pub sections: Vec<SectionRow>,
    /// Headings and blocks, top to bottom.
    pub items: Vec<Item>,
}

impl Outline {
    /// Lists a draft and the sections of its template that it does not have yet.
    pub fn new(template: &Template, draft: &Draft) -> Self {
        let mut sections = draft_sections(template, draft);
        add_missing(template, &mut sections);
        let mut number = 0;
        let mut items = Vec::new();
        for (index, section) in sections.iter_mut().enumerate() {
            if section.level > 0 {
                number += 1;
                section.number = Some(number);
                items.push(Item::Heading(index));
            }
            items.extend((0..section.blocks).map(|block| Item::Block(index, block)));
        }
        Self { sections, items }
    }

    /// The listed section with this number.
    pub fn numbered(&self, number: usize) -> Option<usize> {
        self.sections.iter().position(|s| s.number == Some(number))
    }

    /// A block's position in the draft.
    pub fn position(&self, item: Item) -> Option<BlockPosition> {
        let Item::Block(section, index) = item else { return None };
        Some(BlockPosition { section: self.sections.get(section)?.at?, index })
    }

    /// The item that stands at a position of the draft.
    pub fn item_at(&self, at: BlockPosition) -> Option<usize> {
        let section = self.sections.iter().position(|s| s.at == Some(at.section))?;
        self.items.iter().position(|item| *item == Item::Block(section, at.index))
    }

    /// The item that is a listed section's heading, else its first block.
    pub fn heading(&self, section: usize) -> Option<usize> {
        self.items.iter().position(|item| item.section() == section)
    }
}

fn draft_sections(template: &Template, draft: &Draft) -> Vec<SectionRow> {
    let mut rows = Vec::new();
    for (at, section) in draft.sections().iter().enumerate() {
        if section.heading.is_none() && section.blocks.is_empty() {
            continue;
        }
        let spec = template.section(&section.id);
        let text = |b: &DraftBlock| draft.text().get(b.range.clone()).unwrap_or_default().to_owned();
        rows.push(SectionRow {
            number: None,
            id: section.id.clone(),
            title: if section.title.is_empty() { section.id.clone() } else { section.title.clone() },
            level: if section.heading.is_some() { section.level.max(1) } else { 0 },
            form: spec.map_or(Form::Prose, |s| s.form),
            guidance: spec.map(|s| plain_guidance(&s.guidance)).unwrap_or_default(),
            at: Some(at),
            words: section.blocks.iter().map(|b| word_count(&text(b))).sum(),
            target: spec.and_then(|s| s.max_words),
            blocks: section.blocks.len(),
        });
    }
    rows
}

/// Puts the template's other sections in their places: behind the nearest one before that is there.
fn add_missing(template: &Template, rows: &mut Vec<SectionRow>) {
    for (index, spec) in template.sections.iter().enumerate() {
        if rows.iter().any(|row| row.id == spec.id && row.level > 0) {
            continue;
        }
        let before = template.sections[..index].iter().rev();
        let place = before.filter_map(|s| rows.iter().position(|row| row.id == s.id)).next();
        // Text before the first section stays first.
        let lead = rows.iter().take_while(|row| row.level == 0).count();
        let row = SectionRow {
            number: None,
            id: spec.id.clone(),
            title: crate::markdown::plain_text(&spec.title).trim().to_owned(),
            level: spec.level.max(1),
            form: spec.form,
            guidance: plain_guidance(&spec.guidance),
            at: None,
            words: 0,
            target: spec.max_words,
            blocks: 0,
        };
        rows.insert(place.map_or(lead, |at| at + 1), row);
    }
}

fn plain_guidance(markdown: &str) -> String {
    crate::model::text::one_line(&crate::markdown::plain_text(markdown))
}

/// A block as one line of a list: without its markers and citations.
pub fn block_line(draft: &Draft, block: &DraftBlock) -> String {
    let raw = draft.text().get(block.range.clone()).unwrap_or_default();
    let mut kept = String::with_capacity(raw.len());
    let mut at = 0;
    for citation in &block.citations {
        let start = citation.range.start.saturating_sub(block.range.start);
        let end = citation.range.end.saturating_sub(block.range.start);
        let before = raw.get(at..start).unwrap_or_default();
        kept.push_str(before.trim_end());
        at = end.max(at);
    }
    kept.push_str(raw.get(at..).unwrap_or_default());
    crate::model::text::one_line(&crate::markdown::plain_text(&kept))
}

/// The facts that a block cites, in order, each once.
pub fn cited(block: &DraftBlock) -> Vec<crate::model::FactRef> {
    let mut refs = Vec::new();
    for item in block.citations.iter().flat_map(|c| &c.items) {
        if let CitationKey::Fact { event, fact } = &item.key {
            let address = crate::model::FactRef::new(event.as_str(), fact.as_str());
            if !refs.contains(&address) {
                refs.push(address);
            }
        }
    }
    refs
}

/// What one row of the Brief pane shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The item it belongs to, by its place in [`Outline::items`]; none for guidance.
    pub item: Option<usize>,
    /// What sort of row it is.
    pub kind: RowKind,
    /// The text, already cut or wrapped; headings have theirs in the section.
    pub text: String,
}

/// The sorts of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A section's heading: the listed section.
    Heading(usize),
    /// What the writer should know.
    Guidance,
    /// How to begin an empty section.
    Empty,
    /// A block's first row.
    Block,
    /// A block's further rows.
    More,
    /// A row of the text field: the byte of its text at which the row begins.
    Field(usize),
}

/// What decides the rows besides the draft.
#[derive(Clone, Copy, Debug)]
pub struct Showing<'a> {
    /// The item under the cursor.
    pub cursor: usize,
    /// Whether the item under the cursor is shown in full.
    pub unfold: bool,
    /// The block being typed, and the text field's text.
    pub typing: Option<(&'a Typing, &'a str)>,
    /// Columns for text.
    pub width: usize,
}

/// The block that is being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typing {
    /// The listed section.
    pub section: usize,
    /// The block's place there.
    pub index: usize,
    /// Whether it is a new one, put in before the block of that place.
    pub fresh: bool,
}

/// Every row of the Brief pane. `document.draft()` is not used: while typing, the base is shown.
pub fn rows(outline: &Outline, draft: &Draft, showing: Showing<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    let current = outline.items.get(showing.cursor).map(|item| item.section());
    for (at, item) in outline.items.iter().enumerate() {
        let section = &outline.sections[item.section()];
        match *item {
            Item::Heading(index) => {
                rows.push(Row { item: Some(at), kind: RowKind::Heading(index), text: String::new() });
                guidance(section, current == Some(index) && showing.unfold, showing.width, &mut rows);
            }
            Item::Block(_, index) => {
                field_rows(showing, item.section(), index, false, &mut rows);
                let replaced =
                    showing.typing.is_some_and(|(t, _)| !t.fresh && *item == Item::Block(t.section, t.index));
                let block = section.at.and_then(|s| draft.sections().get(s)?.blocks.get(index));
                if let Some(block) = block.filter(|_| !replaced) {
                    let unfold = showing.unfold && at == showing.cursor && showing.typing.is_none();
                    block_rows(draft, block, at, unfold, showing.width, &mut rows);
                }
            }
        }
        let last = outline.items.get(at + 1).is_none_or(|next| next.section() != item.section());
        if last {
            field_rows(showing, item.section(), section.blocks, true, &mut rows);
        }
    }
    rows
}

fn guidance(section: &SectionRow, current: bool, width: usize, rows: &mut Vec<Row>) {
    let shown = section.blocks == 0 || current;
    if shown && !section.guidance.is_empty() {
        let lines = wrap::wrap(&section.guidance, width);
        let most = if current { 3 } else { 1 };
        for (n, line) in lines.iter().take(most).enumerate() {
            // The last row shown says by `…` that there is more.
            let rest = if n + 1 == most { line.start..section.guidance.len() } else { line.clone() };
            let text = section.guidance.get(rest).unwrap_or_default();
            rows.push(Row { item: None, kind: RowKind::Guidance, text: text.trim_end().to_owned() });
        }
    }
    if section.blocks == 0 && current && !section.form.is_automatic() {
        rows.push(Row { item: None, kind: RowKind::Empty, text: String::new() });
    }
}

fn field_rows(showing: Showing<'_>, section: usize, index: usize, end: bool, rows: &mut Vec<Row>) {
    let Some((typing, text)) = showing.typing else { return };
    let here = typing.section == section && typing.index == index && (!end || typing.fresh);
    if !here {
        return;
    }
    for line in wrap::wrap(text, showing.width) {
        let start = line.start;
        let text = text.get(line).unwrap_or_default().to_owned();
        rows.push(Row { item: None, kind: RowKind::Field(start), text });
    }
}

fn block_rows(draft: &Draft, block: &DraftBlock, at: usize, unfold: bool, width: usize, rows: &mut Vec<Row>) {
    let text = block_line(draft, block);
    if !unfold {
        rows.push(Row { item: Some(at), kind: RowKind::Block, text });
        return;
    }
    let shown = wrap::display(&text).into_owned();
    for (n, line) in wrap::wrap(&shown, width).into_iter().enumerate() {
        let kind = if n == 0 { RowKind::Block } else { RowKind::More };
        rows.push(Row { item: Some(at), kind, text: shown.get(line).unwrap_or_default().trim_end().to_owned() });
    }
}

/// The form of blocks in a section of this form.
pub fn block_form(form: Form) -> crate::draft::Form {
    match form {
        Form::Prose | Form::SourceSummary => crate::draft::Form::Paragraph,
        Form::Bullets | Form::Table => crate::draft::Form::Bullet,
        Form::Numbered => crate::draft::Form::Numbered,
        Form::Quotes => crate::draft::Form::Quote,
        Form::Qa | Form::Sources => crate::draft::Form::AsIs,
    }
}

/// The block that holds a byte of the draft.
pub fn block_of_offset(draft: &Draft, offset: usize) -> Option<BlockPosition> {
    let inside = |range: &Range<usize>| range.start <= offset && offset <= range.end;
    draft.sections().iter().enumerate().find_map(|(section, s)| {
        let index = s.blocks.iter().position(|b| inside(&b.range))?;
        Some(BlockPosition { section, index })
    })
}

/// What a block is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockSort {
    /// A fact as placed.
    Fact,
    /// Facts in the writer's own words.
    Reworded,
    /// The writer's prose.
    Prose,
}

impl super::state::State {
    /// The words of a listed section, those being typed included.
    pub fn words_in(&self, section: usize) -> usize {
        let Some((draft, outline)) = self.shown_brief() else { return 0 };
        let Some(row) = outline.sections.get(section) else { return 0 };
        let super::state::Mode::Type(editor) = &self.mode else { return row.words };
        if editor.at.section != section {
            return row.words;
        }
        let at = outline.position(Item::Block(section, editor.at.index)).filter(|_| !editor.at.fresh);
        let before = at.and_then(|at| draft.block_text(at)).map_or(0, word_count);
        row.words.saturating_sub(before) + word_count(editor.field.text())
    }

    /// What a block of the draft is made of.
    pub fn block_sort(&self, draft: &Draft, at: BlockPosition) -> BlockSort {
        let (Some(block), Some(document)) = (draft.block(at), &self.document) else { return BlockSort::Prose };
        let facts = cited(block);
        let [one] = facts.as_slice() else {
            return if facts.is_empty() { BlockSort::Prose } else { BlockSort::Reworded };
        };
        let section = draft.sections().get(at.section).and_then(|s| document.template.section(&s.id));
        let form = section.map_or(Form::Prose, |s| s.form);
        let dates = Dates::of(&self.desk, &document.template, draft);
        let text = draft.block_text(at).unwrap_or_default();
        let same = self.desk.find(one).is_some_and(|fact| is_as_placed(&self.desk, fact, form, dates, text));
        if same { BlockSort::Fact } else { BlockSort::Reworded }
    }
}

impl Document {
    /// The Brief pane's list of this draft.
    pub fn outline(&self) -> Outline {
        Outline::new(&self.template, self.draft())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_leaves_no_space_behind_wherever_its_line_breaks() {
        let text = "## A {#a}\n\n- Talks on the war\n  [@a#b]. Then more [@a#c], and\n  [@a#d; @a#e] the end.\n";
        let draft = Draft::parse(text, &crate::template::Template::default().outline());
        let block = draft.sections().iter().flat_map(|s| &s.blocks).next().unwrap();
        assert_eq!(block_line(&draft, block), "Talks on the war. Then more, and the end.");
    }
}
