//! `hidden-characters`: what a reader cannot see and a program obeys.

use std::ops::Range;

use crate::check::Rule;
use crate::check::case::{DraftCase, FactCase, key};
use crate::check::text::unseen::{is_selector, is_unseen};
use crate::finding::{Edit, Finding, Severity};
use crate::yaml::Step;

pub(super) const RULE: Rule = Rule {
    id: "hidden-characters",
    severity: Severity::Error,
    what: "a control, direction-override or zero-width character in a fact or draft",
    why: "They can reorder what is read, hide words, break searches, or steer a terminal (Unicode TR 36 and TR 39; CVE-2021-42574). \
          Joiners and variation selectors stay where a script or an emoji needs them, direction marks beside \
          right-to-left text. A control character in an event file is shown as its picture, such as `␛`.",
    bad: "text: Premier Li will visit.    (with U+200B behind “Li”)",
    good: "text: Premier Li will visit.",
    fixable: true,
    fact: Some(fact),
    draft: Some(draft),
    ..Rule::BASE
};

/// A hidden character and where it stands.
struct Hidden {
    c: char,
    at: Vec<usize>,
}

impl Hidden {
    /// From the first to behind the last.
    fn range(&self) -> Range<usize> {
        let first = self.at.first().copied().unwrap_or(0);
        first..self.at.last().map_or(first, |last| last + self.c.len_utf8())
    }
}

/// A part of the text without any of these; what parted words leaves a space.
fn taken_out(found: &[Hidden], text: &str, range: Range<usize>) -> String {
    let mut clean = String::with_capacity(range.len());
    for (at, c) in text.get(range.clone()).unwrap_or_default().char_indices().map(|(i, c)| (range.start + i, c)) {
        if found.iter().all(|hidden| hidden.at.binary_search(&at).is_err()) {
            clean.push(c);
            continue;
        }
        let apart = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let before = if clean.is_empty() {
            text.get(..at).and_then(|t| t.chars().next_back())
        } else {
            clean.chars().next_back()
        };
        let behind = text.get(at + c.len_utf8()..).and_then(|t| t.chars().next());
        if (c.is_whitespace() || matches!(c, '\u{240b}' | '\u{240c}')) && apart(before) && apart(behind) {
            clean.push(' ');
        }
    }
    clean
}

fn fact(case: &FactCase<'_>, found: &mut Vec<Finding>) {
    let fact = case.fact;
    let mut texts: Vec<(Vec<Step>, &str)> = vec![(vec![key("text")], &fact.text)];
    if let Some(quote) = &fact.quote {
        texts.push((vec![key("words")], &quote.words));
        texts.extend(quote.original.iter().map(|t| (vec![key("original")], &**t)));
    }
    texts.extend(fact.note.iter().map(|t| (vec![key("note")], &**t)));
    texts.extend(fact.via.iter().map(|t| (vec![key("via")], &**t)));
    for (i, used) in fact.sources.iter().enumerate() {
        let way = |name| vec![key("sources"), Step::Index(i), key(name)];
        texts.extend(used.excerpt.iter().map(|t| (way("excerpt"), &**t)));
        texts.extend(used.at.iter().map(|t| (way("at"), &**t)));
    }
    for (way, text) in texts {
        let all = hidden(text, true);
        for hidden in &all {
            let finding = case.finding(&RULE, way.clone(), message(hidden));
            let edit = Edit::Value(case.route(way.clone()), taken_out(&all, text, 0..text.len()));
            found.push(told(finding, edit));
        }
    }
}

fn draft(case: &DraftCase<'_>, found: &mut Vec<Finding>) {
    let text = case.request.draft.text();
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let body = text.get(start..).unwrap_or_default();
    let all = hidden(body, false);
    for hidden in &all {
        let range = hidden.range();
        let first = start + range.start;
        let finding = case.finding(&RULE, first..first + hidden.c.len_utf8(), message(hidden));
        let edit = Edit::Bytes(first..start + range.end, taken_out(&all, body, range));
        found.push(told(finding, edit));
    }
}

fn message(hidden: &Hidden) -> String {
    let mut text = format!("a hidden character: {}", named(hidden.c));
    if hidden.at.len() > 1 {
        text.push_str(&format!(", {} times", hidden.at.len()));
    }
    text
}

/// The fix takes out all that is hidden in the stretch, so that two kinds that overlap need one change.
fn told(finding: Finding, edit: Edit) -> Finding {
    let finding = finding.help("take it out; it stands there unseen, often from a copied web page");
    finding.fix("take out what is hidden here", edit)
}

/// Each kind of hidden character once, in order.
fn hidden(text: &str, pictures: bool) -> Vec<Hidden> {
    let mut found: Vec<Hidden> = Vec::new();
    if text.bytes().all(|b| matches!(b, b'\t' | b'\n' | b'\r' | b' '..=b'~')) {
        return found;
    }
    for (at, c) in text.char_indices() {
        if !is_hidden(c, pictures) || is_needed(text, at, c) {
            continue;
        }
        match found.iter_mut().find(|h| h.c == c) {
            Some(hidden) => hidden.at.push(at),
            None => found.push(Hidden { c, at: vec![at] }),
        }
    }
    found
}

fn is_hidden(c: char, pictures: bool) -> bool {
    is_unseen(c) || pictures && matches!(c, '\u{2400}'..='\u{241f}' | '\u{2421}')
}

/// Whether script or emoji need the character where it stands.
fn is_needed(text: &str, at: usize, c: char) -> bool {
    let (head, tail) = (text.get(..at).unwrap_or_default(), text.get(at + c.len_utf8()..).unwrap_or_default());
    let before = head.chars().next_back();
    let after = tail.chars().next();
    match c {
        '\u{200d}' => {
            let emoji = before.is_some_and(|b| is_symbol(b) || is_selector(b)) && after.is_some_and(is_symbol);
            emoji || before.is_some_and(joins_letters)
        }
        '\u{200c}' => before.is_some_and(joins_letters) && after.is_some_and(char::is_alphabetic),
        '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            let near = head.chars().rev().take(8).chain(tail.chars().take(8));
            near.take_while(|c| *c != '\n').any(is_right_to_left)
        }
        // The flags of regions: a black flag and letters of this kind, however many.
        '\u{e0020}'..='\u{e007f}' => {
            head.trim_end_matches(|b| matches!(b, '\u{e0020}'..='\u{e007e}')).ends_with('\u{1f3f4}')
        }
        c if is_selector(c) => before.is_some_and(|b| {
            is_symbol(b)
                || matches!(b, '0'..='9' | '#' | '*')
                || matches!(u32::from(b), 0x1800..=0x18af | 0x3000..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
        }),
        _ => false,
    }
}

/// Emoji and what else a selector or joiner may follow.
fn is_symbol(c: char) -> bool {
    matches!(u32::from(c), 0xa9 | 0xae | 0x203c | 0x2049 | 0x2100..=0x214f | 0x2190..=0x2bff | 0x3030 | 0x303d | 0x3297 | 0x3299 | 0x1f000..=0x1faff)
}

/// Scripts whose letters join: Arabic and its neighbours, the scripts of India and of South-East Asia.
fn joins_letters(c: char) -> bool {
    matches!(u32::from(c), 0x600..=0x8ff | 0x900..=0xdff | 0xe00..=0x109f | 0x1780..=0x18af | 0xa8e0..=0xa8ff | 0xfb50..=0xfdff | 0xfe70..=0xfefe | 0x11000..=0x11fff)
}

fn is_right_to_left(c: char) -> bool {
    matches!(u32::from(c), 0x590..=0x61b | 0x61d..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefe | 0x10800..=0x10fff | 0x1e800..=0x1efff)
}

fn named(c: char) -> String {
    let name = match c {
        '\u{ad}' => "soft hyphen",
        '\u{200b}' => "zero-width space",
        '\u{200c}' => "zero-width non-joiner",
        '\u{200d}' => "zero-width joiner",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{202a}' => "left-to-right embedding",
        '\u{202b}' => "right-to-left embedding",
        '\u{202c}' => "end of a direction override",
        '\u{202d}' => "left-to-right override",
        '\u{202e}' => "right-to-left override",
        '\u{2028}' | '\u{2029}' => "line or paragraph separator",
        '\u{2060}' => "word joiner",
        '\u{2066}'..='\u{2069}' => "direction isolate",
        '\u{feff}' => "byte order mark",
        '\u{2400}'..='\u{2421}' => return format!("a control character, shown as {c}"),
        '\u{e0000}'..='\u{e007f}' => "tag character",
        c if c.is_control() => "control character",
        c if is_selector(c) => "variation selector",
        _ => "invisible character",
    };
    format!("U+{:04X}, {name}", u32::from(c))
}
