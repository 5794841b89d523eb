//! How much room numbers take, so that what they number lines up.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// Digits of the greatest numbers of a note.
#[derive(Clone, Debug, Default)]
pub(super) struct Digits {
    /// Of each list in the order in which lists begin; 0 where it has no numbers. Lists that stand in no other
    /// have as many as the widest of them: numbered paragraphs go on from section to section.
    pub(super) lists: Vec<usize>,
    /// Of the footnotes.
    pub(super) notes: usize,
}

/// Looks for the greatest numbers.
pub(super) fn widest(events: &[(Event<'_>, Range<usize>)]) -> Digits {
    let mut digits = Digits::default();
    // Lists that have begun and not ended: their place, their next number.
    let mut open: Vec<(usize, Option<u64>)> = Vec::new();
    let mut outer = Vec::new();
    for (event, _) in events {
        match event {
            Event::Start(Tag::List(first)) => {
                if open.is_empty() {
                    outer.push(digits.lists.len());
                }
                open.push((digits.lists.len(), *first));
                digits.lists.push(0);
            }
            Event::Start(Tag::Item) => {
                let Some((list, Some(number))) = open.last_mut() else { continue };
                if let Some(most) = digits.lists.get_mut(*list) {
                    *most = (*most).max(number.to_string().len());
                }
                *number = number.saturating_add(1);
            }
            Event::End(TagEnd::List(_)) => drop(open.pop()),
            Event::Start(Tag::FootnoteDefinition(label)) => {
                digits.notes = digits.notes.max(if is_number(label) { label.len() } else { 0 });
            }
            _ => {}
        }
    }
    let most = outer.iter().filter_map(|n| digits.lists.get(*n)).copied().max().unwrap_or(0);
    for n in outer {
        if let Some(list) = digits.lists.get_mut(n).filter(|list| **list > 0) {
            *list = most;
        }
    }
    digits
}

/// Whether a footnote's label is a number.
pub(super) fn is_number(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit())
}

/// Digits above the line.
pub(super) fn raised(number: &str) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    number.bytes().filter_map(|b| RAISED.get(usize::from(b.wrapping_sub(b'0')))).collect()
}
