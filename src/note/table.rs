//! A chronology: the list items of a `.table` section as a table of date, what and source.

use super::Request;
use super::polish::{self, Mark};
use super::portion::Portions;
use super::words;
use crate::draft::DraftBlock;
use crate::markdown::CitationKey;
use crate::model::FactRef;
use std::collections::HashMap;

/// One row: the block as a line of a table.
pub(super) fn row(request: &Request<'_>, block: &DraftBlock, marks: &HashMap<usize, Mark>) -> String {
    let text = request.draft.text();
    let nothing: HashMap<usize, Mark> = block.citations.iter().map(|c| (c.range.start, Mark::Nothing)).collect();
    let ranges: Vec<_> = block.citations.iter().map(|c| c.range.clone()).collect();
    let what = polish::with_marks(text, block.range.clone(), &ranges, &nothing);
    let what = Portions::of(request).lead(polish::polish(&polish::item_content(&what).1), Some(block));
    let mut sources = String::new();
    for range in &ranges {
        match marks.get(&range.start) {
            Some(Mark::Note(mark) | Mark::Written(mark)) => sources.push_str(mark),
            Some(Mark::Text(mark)) => {
                if !sources.is_empty() {
                    sources.push(' ');
                }
                sources.push_str(mark);
            }
            Some(Mark::Nothing) | None => {}
        }
    }
    format!("| {} | {} | {} |", cell(&date(request, block)), cell(&what), cell(&sources)).replace("|  |", "| |")
}

/// One row as the content of a list item, for formats without tables.
pub(super) fn item(request: &Request<'_>, block: &DraftBlock, marks: &HashMap<usize, Mark>) -> String {
    let ranges: Vec<_> = block.citations.iter().map(|c| c.range.clone()).collect();
    let what = polish::with_marks(request.draft.text(), block.range.clone(), &ranges, marks);
    let what = Portions::of(request).lead(polish::item_content(&polish::polish(&what)).1, Some(block));
    match date(request, block) {
        date if date.is_empty() => what,
        date => format!("**{date}:** {what}"),
    }
}

/// The table's head in the note's language.
pub(super) fn head(language: &str) -> String {
    let [date, what, source] = words::of(language).chronology;
    format!("| {date} | {what} | {source} |\n| --- | --- | --- |")
}

/// The date of the first cited fact that has one, else when the first was said.
fn date(request: &Request<'_>, block: &DraftBlock) -> String {
    let facts: Vec<_> = block
        .citations
        .iter()
        .flat_map(|c| &c.items)
        .filter_map(|item| match &item.key {
            CitationKey::Fact { event, fact } => request.desk.fact(&FactRef::new(event.as_str(), fact.as_str())),
            CitationKey::Source(_) => None,
        })
        .collect();
    let date = facts.iter().find_map(|(_, f)| f.date).or_else(|| facts.iter().find_map(|(_, f)| f.said));
    date.map(|d| crate::markdown::escape_cell(&d.format(&request.template.date_format, request.language())))
        .unwrap_or_default()
}

/// Markdown on one line, its pipes escaped.
fn cell(markdown: &str) -> String {
    let line = markdown
        .split('\n')
        .map(|l| l.trim_end_matches('\\').trim())
        .filter(|l| !l.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let mut out = String::with_capacity(line.len());
    let mut escaped = false;
    for c in line.chars() {
        if c == '|' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_one_line_and_keeps_its_pipes() {
        assert_eq!(cell("a\nb | c \\| d"), "a b \\| c \\| d");
    }
}
