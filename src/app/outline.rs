//! The Brief pane's list: the template's sections and the draft's, with their blocks, and the rows
//! that they take at a width.

use std::ops::Range;
use std::sync::Arc;

use super::blocks::{Basis, BlockMemo, BlockView};
use super::text_field::TextField;
use super::wrap;
use crate::draft::{BlockPosition, Draft};
use crate::markdown::word_count;
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
    /// Its blocks.
    pub blocks: Vec<Arc<BlockView>>,
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
    /// The first item of each section.
    first: Vec<usize>,
}

impl Outline {
    /// Lists a draft and the sections of its template that it does not have yet. Blocks that `memo`
    /// knows are not read again.
    pub fn new(basis: Basis<'_>, memo: &mut BlockMemo) -> Self {
        memo.begin(basis);
        let mut sections = draft_sections(basis, memo);
        add_missing(basis.template, &mut sections);
        let mut number = 0;
        let (mut items, mut first) = (Vec::new(), Vec::new());
        for (index, section) in sections.iter_mut().enumerate() {
            first.push(items.len());
            if section.level > 0 {
                number += 1;
                section.number = Some(number);
                items.push(Item::Heading(index));
            }
            items.extend((0..section.blocks.len()).map(|block| Item::Block(index, block)));
        }
        Self { sections, items, first }
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

    /// A block as listed.
    pub fn block(&self, item: Item) -> Option<&BlockView> {
        let Item::Block(section, index) = item else { return None };
        self.sections.get(section)?.blocks.get(index).map(|view| &**view)
    }

    /// The item that stands at a position of the draft.
    pub fn item_at(&self, at: BlockPosition) -> Option<usize> {
        let section = self.sections.iter().position(|s| s.at == Some(at.section))?;
        let first = *self.first.get(section)?;
        let item = first + usize::from(matches!(self.items.get(first), Some(Item::Heading(_)))) + at.index;
        (self.items.get(item) == Some(&Item::Block(section, at.index))).then_some(item)
    }

    /// The item that is a listed section's heading, else its first block.
    pub fn heading(&self, section: usize) -> Option<usize> {
        self.first.get(section).copied().filter(|at| self.items.get(*at).is_some_and(|i| i.section() == section))
    }
}

fn draft_sections(basis: Basis<'_>, memo: &mut BlockMemo) -> Vec<SectionRow> {
    let mut rows = Vec::new();
    for (at, section) in basis.draft.sections().iter().enumerate() {
        if section.heading.is_none() && section.blocks.is_empty() {
            continue;
        }
        let spec = basis.template.section(&section.id);
        let form = spec.map_or(Form::Prose, |s| s.form);
        let blocks: Vec<_> = section.blocks.iter().map(|block| memo.view(basis, form, block)).collect();
        rows.push(SectionRow {
            number: None,
            id: section.id.clone(),
            title: if section.title.is_empty() { section.id.clone() } else { section.title.clone() },
            level: if section.heading.is_some() { section.level.max(1) } else { 0 },
            form,
            guidance: spec.map(|s| plain_guidance(&s.guidance)).unwrap_or_default(),
            at: Some(at),
            words: blocks.iter().map(|block| block.words).sum(),
            target: spec.and_then(|s| s.max_words),
            blocks,
        });
    }
    memo.forget_unused();
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
            blocks: Vec::new(),
        };
        rows.insert(place.map_or(lead, |at| at + 1), row);
    }
}

fn plain_guidance(markdown: &str) -> String {
    crate::model::text::one_line(&crate::markdown::plain_text(markdown))
}

/// What one row of the Brief pane shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The item it belongs to, by its place in [`Outline::items`]; none for guidance.
    pub item: Option<usize>,
    /// What sort of row it is.
    pub kind: RowKind,
    /// The text, already wrapped; headings and folded blocks have theirs in the outline.
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
    /// A block on one row.
    Folded,
    /// The first row of a block shown in full.
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

/// Every row of the Brief pane.
pub fn rows(outline: &Outline, showing: Showing<'_>) -> Vec<Row> {
    let mut rows = Vec::with_capacity(outline.items.len());
    let current = outline.items.get(showing.cursor).map(|item| item.section());
    for (at, item) in outline.items.iter().enumerate() {
        let section = &outline.sections[item.section()];
        match *item {
            Item::Heading(index) => {
                rows.push(Row { item: Some(at), kind: RowKind::Heading(index), text: String::new() });
                let writing = showing.typing.is_some_and(|(typing, _)| typing.section == index);
                guidance(section, (current == Some(index) && showing.unfold, writing), showing.width, &mut rows);
            }
            Item::Block(_, index) => {
                field_rows(showing, item.section(), index, false, &mut rows);
                let replaced =
                    showing.typing.is_some_and(|(t, _)| !t.fresh && *item == Item::Block(t.section, t.index));
                if let Some(block) = section.blocks.get(index).filter(|_| !replaced) {
                    let unfold = showing.unfold && at == showing.cursor && showing.typing.is_none();
                    block_rows(block, at, unfold, showing.width, &mut rows);
                }
            }
        }
        let last = outline.items.get(at + 1).is_none_or(|next| next.section() != item.section());
        if last {
            field_rows(showing, item.section(), section.blocks.len(), true, &mut rows);
        }
    }
    rows
}

/// The row and column of the caret in the text being typed, as rows show it: the first of its rows is 0.
pub fn caret(rows: &[Row], field: &TextField) -> Option<(usize, usize)> {
    let starts = rows.iter().filter_map(|row| match row.kind {
        RowKind::Field(start) => Some(start),
        _ => None,
    });
    let (row, start) = starts.enumerate().take_while(|(_, start)| *start <= field.caret()).last()?;
    Some((row, field.columns_before_caret(start)))
}

/// What stands beneath a heading: the template's guidance, and in an empty section how to begin, unless the
/// writer has begun.
fn guidance(section: &SectionRow, (current, writing): (bool, bool), width: usize, rows: &mut Vec<Row>) {
    let shown = section.blocks.is_empty() || current;
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
    if section.blocks.is_empty() && current && !writing && !section.form.is_automatic() {
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

fn block_rows(block: &BlockView, at: usize, unfold: bool, width: usize, rows: &mut Vec<Row>) {
    if !unfold {
        rows.push(Row { item: Some(at), kind: RowKind::Folded, text: String::new() });
        return;
    }
    let shown = wrap::display(&block.line).into_owned();
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

impl super::state::State {
    /// The words of a listed section, those being typed included.
    pub fn words_in(&self, section: usize) -> usize {
        let Some(outline) = self.shown_brief() else { return 0 };
        let Some(row) = outline.sections.get(section) else { return 0 };
        let super::state::Mode::Type(editor) = self.beneath() else { return row.words };
        if editor.at.section != section {
            return row.words;
        }
        let replaced = row.blocks.get(editor.at.index).filter(|_| !editor.at.fresh);
        let before = replaced.map_or(0, |block| block.words);
        row.words.saturating_sub(before) + word_count(editor.field.text())
    }
}
