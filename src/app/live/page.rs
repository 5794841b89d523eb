//! The note on the page: its lines, its blocks, the part that is shown, and what changed in it last.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use crate::app::rendered::{self, RenderedLine};
use crate::markdown::plain_text;
use crate::note::Note;

/// A block of the note.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Block {
    /// Its bytes in the note.
    range: Range<usize>,
    /// Its text without the numbers of notes, which other blocks shift.
    key: String,
}

/// The note as it is read.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The note.
    pub note: Arc<Note>,
    /// Raw Markdown instead of the rendered note.
    pub raw: bool,
    /// The lines at the page's width.
    pub lines: Vec<RenderedLine>,
    /// The first line shown.
    pub top: usize,
    /// The line that one is at: the first one shown, or the one gone to last.
    pub at: usize,
    /// The block that each line belongs to.
    of_block: Vec<usize>,
    blocks: Vec<Block>,
    /// The blocks that the last change brought.
    changed: BTreeSet<usize>,
    width: usize,
    height: usize,
    ascii: bool,
}

impl Page {
    /// Puts another note on the page: what one was reading stays where it stood, but for a change that is out
    /// of sight, which is gone to.
    pub fn show(&mut self, note: Arc<Note>) {
        let first = self.note.text.is_empty();
        let stay = self.stay();
        let blocks = blocks(&note.text);
        let old = std::mem::replace(&mut self.blocks, blocks);
        self.note = note;
        let change = if first { None } else { change(&old, &self.blocks) };
        let stay = stay.map(|(block, below)| (self.again(&old, block), below));
        self.set_lines(stay);
        if let Some(Change { marked, first }) = change {
            self.changed = marked;
            let line = self.line_of(first);
            let last = self.top.saturating_add(self.height);
            if (self.top..last).contains(&line) {
                self.at = line;
            } else {
                self.go_to(line);
            }
        }
    }

    /// Gives the page its size.
    pub fn lay_out(&mut self, width: usize, height: usize, ascii: bool) {
        self.height = height;
        if (self.width, self.ascii) != (width, ascii) {
            (self.width, self.ascii) = (width, ascii);
            self.set_lines(self.stay());
        }
        self.settle();
    }

    /// Shows the note rendered or raw.
    pub fn toggle_raw(&mut self) {
        self.raw = !self.raw;
        self.set_lines(self.stay());
    }

    /// Scrolls by lines.
    pub fn scroll(&mut self, by: isize) {
        let top = self.top.saturating_add_signed(by).min(self.last_top());
        if top == self.top {
            // The end is in sight: the last lines are gone through one by one.
            self.at = self.at.saturating_add_signed(by);
        } else {
            let row = self.at.saturating_sub(self.top);
            self.top = top;
            self.at = top.saturating_add(row);
        }
        self.settle();
    }

    /// Scrolls by a page, of which a line stays in sight.
    pub fn page(&mut self, forward: bool) {
        let by = isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1);
        self.top = self.top.saturating_add_signed(if forward { by } else { -by }).min(self.last_top());
        self.at = self.top;
    }

    /// Goes to the start or the end.
    pub fn end(&mut self, last: bool) {
        self.top = if last { self.last_top() } else { 0 };
        self.at = if last { usize::MAX } else { 0 };
        self.settle();
    }

    /// Goes to a line; a third of the page shows what comes before it.
    pub fn go_to(&mut self, line: usize) {
        self.top = line.saturating_sub(self.height / 3).min(self.last_top());
        self.at = line;
        self.settle();
    }

    /// The block of a line, unless the line is blank.
    pub fn block_at(&self, line: usize) -> Option<usize> {
        self.lines.get(line).filter(|line| !line.spans.is_empty())?;
        self.of_block.get(line).copied()
    }

    /// The first line of a block.
    pub fn line_of(&self, block: usize) -> usize {
        let lines = 0..self.lines.len();
        lines.into_iter().find(|line| self.block_at(*line).is_some_and(|b| b >= block)).unwrap_or(0)
    }

    /// Whether the last change brought this block.
    pub fn is_changed(&self, block: usize) -> bool {
        self.changed.contains(&block)
    }

    /// The heading of a section of the draft.
    pub fn heading(&self, section: &str) -> Option<usize> {
        let (_, at) = self.note.sections.iter().find(|(id, _)| id == section)?;
        self.blocks.iter().position(|block| block.range.end > *at)
    }

    /// The block of a section that has most words of a text in common with it; the heading if none has any.
    pub fn like(&self, section: &str, text: &str) -> Option<usize> {
        let heading = self.heading(section)?;
        let sections = &self.note.sections;
        let start = sections.iter().find(|(id, _)| id == section)?.1;
        let end = sections.iter().map(|(_, at)| *at).filter(|at| *at > start).min().unwrap_or(usize::MAX);
        let wanted = words(text);
        let mut best = (0, heading);
        for (n, block) in self.blocks.iter().enumerate().skip(heading) {
            if block.range.start >= end {
                break;
            }
            let common = words(self.note.text.get(block.range.clone()).unwrap_or_default());
            let common = common.intersection(&wanted).count();
            if common > best.0 {
                best = (common, n);
            }
        }
        Some(best.1)
    }

    /// What one is reading: the block of the first line shown, and how far below its start that is.
    fn stay(&self) -> Option<(usize, usize)> {
        let block = *self.of_block.get(self.top)?;
        Some((block, self.top.saturating_sub(self.line_of(block))))
    }

    /// Where a block of the note as it was stands now; one that is no more leaves its place.
    fn again(&self, old: &[Block], block: usize) -> usize {
        let key = old.get(block).map(|b| &b.key);
        let same = self.blocks.iter().enumerate().filter(|(_, b)| Some(&b.key) == key);
        same.map(|(n, _)| n).min_by_key(|n| n.abs_diff(block)).unwrap_or(block)
    }

    /// Makes the lines, and shows what is to stay in sight.
    fn set_lines(&mut self, stay: Option<(usize, usize)>) {
        let text = &self.note.text;
        self.lines = if self.raw {
            rendered::raw(text, self.width.max(1))
        } else {
            rendered::render(text, self.width, self.ascii)
        };
        let of = |line: &RenderedLine| self.blocks.partition_point(|b| b.range.start <= line.offset).saturating_sub(1);
        self.of_block = self.lines.iter().map(of).collect();
        if let Some((block, below)) = stay {
            let here = self.of_block.iter().filter(|b| **b == block).count();
            let line = self.line_of(block).saturating_add(below.min(here.saturating_sub(1)));
            let row = self.at.saturating_sub(self.top);
            self.top = line;
            self.at = line.saturating_add(row);
        }
        self.settle();
    }

    fn last_top(&self) -> usize {
        self.lines.len().saturating_sub(self.height.max(1))
    }

    fn settle(&mut self) {
        self.top = self.top.min(self.last_top());
        let last = self.top.saturating_add(self.height.max(1)).min(self.lines.len()).saturating_sub(1);
        self.at = self.at.clamp(self.top.min(last), last);
    }
}

/// The note's blocks.
fn blocks(text: &str) -> Vec<Block> {
    let block =
        |range: Range<usize>| Block { key: without_numbers(text.get(range.clone()).unwrap_or_default()), range };
    crate::markdown::split(text).into_iter().map(|b| block(b.range)).collect()
}

/// A text with `[^]` for `[^12]`.
fn without_numbers(text: &str) -> String {
    let mut parts = text.split("[^");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("[^");
        out.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
    }
    out
}

/// The words of a text, as they are seen.
fn words(markdown: &str) -> BTreeSet<String> {
    let text = plain_text(markdown);
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// What a change brought.
struct Change {
    /// The new blocks.
    marked: BTreeSet<usize>,
    /// The first of them; where blocks only went away, the one that stands in their place.
    first: usize,
}

/// What is new in a note, if anything is other than it was.
fn change(old: &[Block], new: &[Block]) -> Option<Change> {
    let same = |pair: &(&Block, &Block)| pair.0.key == pair.1.key;
    let before = old.iter().zip(new).take_while(same).count();
    let rest = (old.get(before..)?, new.get(before..)?);
    let after = rest.0.iter().rev().zip(rest.1.iter().rev()).take_while(same).count();
    let gone = rest.0.get(..rest.0.len().saturating_sub(after))?;
    let come = rest.1.get(..rest.1.len().saturating_sub(after))?;
    if gone.is_empty() && come.is_empty() {
        return None;
    }
    // A block that only moved was there before.
    let mut there: HashMap<&str, usize> = HashMap::new();
    for block in gone {
        *there.entry(&block.key).or_default() += 1;
    }
    let mut marked = BTreeSet::new();
    for (n, block) in come.iter().enumerate() {
        match there.get_mut(block.key.as_str()) {
            Some(left @ 1..) => *left -= 1,
            _ => {
                marked.insert(before.saturating_add(n));
            }
        }
    }
    let first = marked.first().copied().unwrap_or_else(|| before.min(new.len().saturating_sub(1)));
    Some(Change { marked, first })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(text: &str) -> Arc<Note> {
        let at = |id: &str| Some((id.to_owned(), text.find(&format!("## {id}"))?));
        let sections = ["One", "Two"].into_iter().filter_map(at).collect();
        Arc::new(Note { text: text.to_owned(), sections, ..Note::default() })
    }

    fn page(text: &str, height: usize) -> Page {
        let mut page = Page::default();
        page.lay_out(40, height, false);
        page.show(note(text));
        page
    }

    fn marked(page: &Page) -> Vec<String> {
        let lines = 0..page.lines.len();
        let marked = lines.filter(|line| page.block_at(*line).is_some_and(|block| page.is_changed(block)));
        marked.map(|line| page.lines[line].text()).collect()
    }

    fn paragraphs(numbers: impl Iterator<Item = usize>) -> String {
        numbers.map(|n| format!("Paragraph {n}.\n\n")).collect()
    }

    #[test]
    fn what_changed_is_marked_and_gone_to_where_it_is_out_of_sight() {
        let mut page = page(&paragraphs(0..40), 10);
        assert!(marked(&page).is_empty());
        page.show(note(&paragraphs(0..40).replace("Paragraph 30.", "Other words.")));
        assert_eq!(marked(&page), ["Other words."]);
        assert_eq!((page.lines[page.at].text().as_str(), page.at - page.top), ("Other words.", 3));
        let top = page.top;
        page.show(note(&paragraphs(0..40).replace("Paragraph 30.", "Other words.").replace("raph 31.", "raph, too.")));
        assert_eq!((marked(&page), page.top), (vec!["Paragraph, too.".to_owned()], top));
    }

    #[test]
    fn what_one_reads_stays_where_it_stood() {
        let mut page = page(&paragraphs(0..40), 10);
        page.go_to(page.line_of(20));
        let row = page.lines[page.top].text();
        page.show(note(&format!("{}{}", paragraphs(50..60), paragraphs(0..40))));
        // The change is out of sight and gone to; back at the old place nothing has moved.
        assert_eq!(page.lines[page.at].text(), "Paragraph 50.");
        page.go_to(page.line_of(30));
        assert_eq!(page.lines[page.top].text(), row);
        let (top, at) = (page.top, page.at);
        page.lay_out(8, 10, false);
        page.lay_out(40, 10, false);
        assert_eq!(
            (page.lines[page.top].text(), page.top.abs_diff(top) < 2, page.at.abs_diff(at) < 3),
            (row, true, true)
        );
    }

    #[test]
    fn other_numbers_of_notes_are_no_change_and_moved_blocks_are_not_new() {
        let mut page = page("One[^1].\n\nTwo[^2].\n\n[^1]: a\n[^2]: b\n", 10);
        page.show(note("New[^1].\n\nOne[^2].\n\nTwo[^3].\n\n[^1]: c\n[^2]: a\n[^3]: b\n"));
        assert_eq!(marked(&page), ["New¹.", "1. c"]);
        page.show(note("New[^1].\n\nTwo[^3].\n\nOne[^2].\n\n[^1]: c\n[^2]: a\n[^3]: b\n"));
        assert!(marked(&page).is_empty());
        page.show(note("New[^1].\n\nTwo[^2].\n\n[^1]: c\n[^2]: b\n"));
        assert!(marked(&page).is_empty());
    }

    #[test]
    fn a_block_is_found_again_by_its_words() {
        let text = "# T\n\n## One\n\nThe visit is on *Tuesday*[^1].\n\nNothing else.\n\n## Two\n\nThe visit ends.\n\n[^1]: x\n";
        let page = page(text, 10);
        let like = |section, text| page.like(section, text).map(|block| page.lines[page.line_of(block)].text());
        assert_eq!(like("One", "The visit is on *Tuesday* [@li#visit]."), Some("The visit is on Tuesday¹.".to_owned()));
        assert_eq!(like("Two", "The visit ends"), Some("The visit ends.".to_owned()));
        assert_eq!(like("One", "zzz"), Some("One".to_owned()));
        assert_eq!(like("Three", "The visit"), None);
    }

    #[test]
    fn scrolling_stays_on_the_page_at_any_size() {
        for height in 0..8 {
            let mut page = page(&paragraphs(0..5), height);
            let all = page.lines.len();
            for _ in 0..12 {
                page.scroll(1);
                assert!(page.top <= page.at && page.at < page.top + height.max(1) && page.at < all);
            }
            assert_eq!(page.at, all - 1);
            page.end(false);
            page.page(true);
            page.page(false);
            assert_eq!((page.top, page.at), (0, 0));
            page.end(true);
            assert_eq!(page.at, all - 1);
        }
        let mut empty = Page::default();
        empty.scroll(1);
        empty.end(true);
        empty.page(true);
        assert_eq!((empty.top, empty.at), (0, 0));
    }
}
