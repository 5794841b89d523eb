//! Markers of list items: taking a list's marker, and keeping numbers in order.

use crate::markdown::{BlockKind, split};

use super::Draft;
use super::form::{item_lines, prefixed};
use super::layout::What;

/// How a numbered list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counting {
    start: u64,
    /// Every item has the same number, as in `1. 1. 1.`.
    constant: bool,
}

fn number(marker: &str) -> Option<u64> {
    marker.trim().trim_end_matches(['.', ')']).parse().ok()
}

/// The text of an item under another marker; the lines behind the first follow its width.
pub(super) fn remarked(text: &str, old: &str, new: &str) -> String {
    let lines = item_lines(text, old).join("\n");
    prefixed(&lines, new, &" ".repeat(new.chars().count()))
}

/// Gives the items of a piece of Markdown the marker of the list they come to stand in, and leaves
/// out blank lines between them if that list has none.
pub(super) fn dressed(markdown: &str, before: What<'_>, behind: What<'_>) -> String {
    let markdown = markdown.replace("\r\n", "\n");
    let blocks = split(&markdown);
    let Some(BlockKind::Item { ordered, .. }) = blocks.first().map(|block| &block.kind) else {
        return markdown;
    };
    let list = [before, behind].into_iter().find_map(|what| match what {
        What::Block(BlockKind::Item { ordered: same, marker, loose, .. }) if same == ordered => Some((marker, *loose)),
        _ => None,
    });
    let Some((marker, loose)) = list else {
        return markdown;
    };
    let mut out = String::new();
    let mut end = 0;
    let mut item_before = false;
    for block in &blocks {
        let gap = &markdown[end..block.range.start];
        let text = &markdown[block.range.clone()];
        end = block.range.end;
        match &block.kind {
            BlockKind::Item { ordered: same, marker: old, .. } if same == ordered => {
                out.push_str(if item_before && !loose { "\n" } else { gap });
                let new = if *ordered { numbered_like(marker, number(old).unwrap_or(1)) } else { marker.clone() };
                if *old == new {
                    out.push_str(text);
                } else {
                    out.push_str(&remarked(text, old, &new));
                }
                item_before = true;
            }
            _ => {
                out.push_str(gap);
                out.push_str(text);
                item_before = false;
            }
        }
    }
    out
}

/// A list's marker with another number.
fn numbered_like(marker: &str, number: u64) -> String {
    let digits = marker.trim_start();
    let indent = &marker[..marker.len() - digits.len()];
    format!("{indent}{number}{}", digits.trim_start_matches(|c: char| c.is_ascii_digit()))
}

impl Draft {
    /// The blocks of the numbered list that the block at `index` is in.
    fn numbered_run(&self, section: usize, index: usize) -> Option<std::ops::Range<usize>> {
        let blocks = &self.sections().get(section)?.blocks;
        let list_of = |index: usize| match &blocks.get(index)?.kind {
            BlockKind::Item { list, ordered: true, .. } => Some(*list),
            _ => None,
        };
        let list = list_of(index)?;
        let start = (0..index).rev().take_while(|i| list_of(*i) == Some(list)).last().unwrap_or(index);
        let end = (index..blocks.len()).take_while(|i| list_of(*i) == Some(list)).last().unwrap_or(index);
        Some(start..end + 1)
    }

    /// How the list at a position counts, or the one that ends right before it. Numbers that follow
    /// no rule are the writer's business: `None`.
    pub(super) fn counting(&self, section: usize, index: usize) -> Option<Counting> {
        let run = self.numbered_run(section, index).or_else(|| self.numbered_run(section, index.checked_sub(1)?))?;
        let numbers: Vec<u64> = self
            .sections()
            .get(section)?
            .blocks
            .get(run)?
            .iter()
            .filter_map(|block| item_number(&block.kind))
            .collect();
        let start = *numbers.first()?;
        let constant = numbers.len() > 1 && numbers.iter().all(|number| *number == start);
        let rising = (start..).zip(&numbers).all(|(wanted, number)| wanted == *number);
        (constant || rising).then_some(Counting { start, constant })
    }

    /// Sets the numbers of the list at a position, or of the one right before it, to count as given.
    pub(super) fn recounted(self, section: usize, index: usize, counting: Option<Counting>) -> Self {
        let Some(counting) = counting else {
            return self;
        };
        let run = self.numbered_run(section, index).or_else(|| self.numbered_run(section, index.checked_sub(1)?));
        let (Some(run), Some(place)) = (run, self.sections().get(section)) else {
            return self;
        };
        let mut text = String::new();
        let mut end = None;
        for (count, block) in (0u64..).zip(place.blocks.get(run.clone()).unwrap_or_default()) {
            let BlockKind::Item { marker, .. } = &block.kind else {
                continue;
            };
            let wanted = if counting.constant { counting.start } else { counting.start.saturating_add(count) };
            let gap = end.map_or("", |end: usize| &self.text()[end..block.range.start]);
            text.push_str(gap);
            let old = &self.text()[block.range.clone()];
            end = Some(block.range.end);
            if item_number(&block.kind) == Some(wanted) || wanted > 999_999_999 {
                text.push_str(old);
            } else {
                let new = remarked(&old.replace("\r\n", "\n"), marker, &numbered_like(marker, wanted));
                text.push_str(&new.replace('\n', self.eol()));
            }
        }
        let (Some(first), Some(end)) = (place.blocks.get(run.start), end) else {
            return self;
        };
        let range = first.range.start..end;
        if self.text()[range.clone()] == text { self } else { self.spliced(range, &text) }
    }
}

fn item_number(kind: &BlockKind) -> Option<u64> {
    match kind {
        BlockKind::Item { marker, ordered: true, .. } => number(marker),
        _ => None,
    }
}
