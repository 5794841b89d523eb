//! Items of a list: one more, one fewer, whether it is written in brackets or by lines.

use super::change::{Entry, Place, before_in_line, eol_near, line_end, line_start, put, with_lines};
use super::spots::{Kind, Spot, colon_end};
use super::{block, flow_scalar, is_plain, scalar};

/// With one more text, last; a lone text becomes a list. `None` for a mapping.
pub(super) fn add(text: &str, value: &Spot, item: &str) -> Option<Vec<String>> {
    match &value.kind {
        Kind::List { items, flow: true } => Some(vec![in_brackets(text, value, items, &flow_scalar(item))]),
        Kind::List { items, flow: false } => {
            let indent = dash_indent(text, value);
            let last = items.last()?;
            Some(vec![with_lines(text, last.end(text), &[format!("{indent}- {}", scalar(item))])])
        }
        Kind::Scalar { text: old, .. } if !value.tagged => {
            let raw = text.get(value.range.start..value.end(text))?;
            if is_null(raw) {
                return Some(vec![put(text, value.range.start, value.end(text), &format!("[{}]", flow_scalar(item)))]);
            }
            let (from, to, old) = if value.is_block_scalar() {
                let block = block::Block::of(text, value)?;
                (block.sign.start, block.lines.end, flow_scalar(old))
            } else if raw.starts_with(['"', '\'']) || is_plain(old) && !raw.contains([',', '[', ']', '{', '}']) {
                (value.range.start, value.end(text), raw.to_owned())
            } else {
                (value.range.start, value.end(text), flow_scalar(old))
            };
            Some(vec![put(text, from, to, &format!("[{old}, {}]", flow_scalar(item)))])
        }
        _ => None,
    }
}

/// Whether a plain scalar means nothing.
pub(super) fn is_null(raw: &str) -> bool {
    matches!(raw, "" | "~" | "null" | "Null" | "NULL")
}

/// With one more item in a list in brackets: on a line of its own where the last one has one.
fn in_brackets(text: &str, list: &Spot, items: &[Spot], new: &str) -> String {
    let Some(last) = items.last() else {
        let (open, close) = (list.range.start + 1, list.range.end.saturating_sub(1));
        return put(text, open, close, new);
    };
    let end = last.end(text);
    let before = before_in_line(text, last.from);
    let own_line = before.trim().is_empty() && line_start(text, last.from) > list.range.start;
    let gap = if own_line { format!("{}{before}", eol_near(text, end)) } else { " ".to_owned() };
    put(text, end, end, &format!(",{gap}{new}"))
}

/// What stands before the dashes of a list written by lines; spaces where something else is before the first.
fn dash_indent(text: &str, list: &Spot) -> String {
    before_in_line(text, list.range.start).chars().map(|c| if c.is_whitespace() { c } else { ' ' }).collect()
}

/// Without the item of this number, in several ways. Comments stay.
pub(super) fn remove(text: &str, list: &Spot, n: usize) -> Vec<String> {
    let Kind::List { items, flow } = &list.kind else { return Vec::new() };
    let Some(item) = items.get(n) else { return Vec::new() };
    let (start, end) = (item.from, item.end(text));
    let before = n.checked_sub(1).and_then(|n| items.get(n));
    let mut ways = Vec::new();
    let clean = |from: usize, to: usize| !text.get(from..to).unwrap_or_default().contains(['#', '\n']);
    if *flow {
        match (before, items.get(n + 1)) {
            (_, Some(next)) if clean(end, next.from) => ways.push(put(text, start, next.from, "")),
            (Some(before), None) if clean(before.end(text), start) => {
                ways.push(put(text, before.end(text), end, ""));
            }
            _ => {}
        }
        // With its comma, and its line if it has one of its own.
        let behind = text.get(end..).unwrap_or_default();
        let comma = behind.trim_start_matches([' ', '\t']);
        let to = if comma.starts_with(',') { end + (behind.len() - comma.len()) + 1 } else { end };
        let rest = line_end(text, to);
        if before_in_line(text, start).trim().is_empty() && text.get(to..rest).unwrap_or_default().trim().is_empty() {
            ways.push(put(text, line_start(text, start), rest, ""));
        }
        ways.push(put(text, start, to, ""));
        return ways;
    }
    let from = before.map_or(list.range.start, |before| line_end(text, before.end(text)));
    let indent = dash_indent(text, list);
    let is_dash =
        |at: &usize| text.get(*at..).is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with('-'));
    let dash = if before.is_none() {
        Some(line_start(text, list.range.start)).filter(|_| before_in_line(text, list.range.start).trim().is_empty())
    } else {
        std::iter::successors(Some(from), |at| Some(line_end(text, *at)))
            .take_while(|at| *at <= start)
            .filter(is_dash)
            .last()
    };
    let Some(dash) = dash else { return ways };
    let rest = line_end(text, end);
    let comment = text.get(end..rest).unwrap_or_default().trim_start_matches([' ', '\t']);
    let kept = if comment.starts_with('#') { format!("{indent}{comment}") } else { String::new() };
    ways.push(put(text, dash, rest, &kept));
    ways
}

/// With one more mapping, last.
pub(super) fn append(place: &Place<'_>, entries: &[(&'static str, Entry)]) -> Option<Vec<String>> {
    let text = place.text;
    let entry = place.entry.and_then(|n| match &place.map.kind {
        Kind::Map { entries, .. } => entries.get(n),
        _ => None,
    });
    let by_lines = |indent: &str| mapping(indent, "- ", entries);
    let in_line = format!("{{ {} }}", fields(entries, true).join(", "));
    let Some((key, value)) = entry else {
        if place.in_flow() {
            return Some(place.inserted_lines(&[format!("facts: [{in_line}]")]));
        }
        let mut lines = vec!["facts:".to_owned()];
        lines.extend(by_lines("  "));
        return Some(place.inserted_lines(&lines));
    };
    let empty = match &value.kind {
        Kind::List { items, .. } => items.is_empty(),
        Kind::Scalar { .. } => is_null(text.get(value.range.start..value.end(text)).unwrap_or_default()),
        _ => false,
    };
    if empty {
        let (colon, end) = (colon_end(text, key), value.end(text));
        let there = text.get(value.range.start..end).unwrap_or_default();
        if place.in_flow() {
            let from = if there.is_empty() { colon } else { value.range.start };
            let space = if there.is_empty() { " " } else { "" };
            return Some(vec![put(text, from, end.max(from), &format!("{space}[{in_line}]"))]);
        }
        let bare = if there.is_empty() { text.to_owned() } else { put(text, colon, end, "") };
        let indent = format!("{}  ", place.indent());
        return Some(vec![with_lines(&bare, colon, &by_lines(&indent))]);
    }
    let Kind::List { items, flow } = &value.kind else { return None };
    let last = items.last()?;
    if *flow {
        return Some(vec![in_brackets(text, value, items, &in_line)]);
    }
    let indent = dash_indent(text, value);
    let end = last.end(text);
    let in_braces = |item: &Spot| matches!(item.kind, Kind::Map { flow: true, .. });
    let mut lines = if items.iter().all(in_braces) {
        vec![format!("{indent}- {in_line}")]
    } else {
        mapping(&indent, &dash(text, items), entries)
    };
    // Apart as the last two are.
    let gap = items.len().checked_sub(2).and_then(|n| items.get(n)).is_some_and(|before| {
        let from = line_end(text, before.end(text));
        text.get(from..last.from).unwrap_or_default().lines().any(|line| line.trim().is_empty())
    });
    if gap {
        lines.insert(0, String::new());
    }
    let mut ways = vec![with_lines(text, end, &lines)];
    // Blank lines behind the last value may be its own.
    let mut behind = line_end(text, end);
    while text.get(behind..line_end(text, behind)).is_some_and(|line| !line.is_empty() && line.trim().is_empty()) {
        behind = line_end(text, behind);
    }
    let eol = eol_near(text, end);
    ways.push(put(text, behind, behind, &format!("{}{eol}", lines.join(eol))));
    Some(ways)
}

/// The dash with what stands between it and the first key, as the last item by lines has it.
fn dash(text: &str, items: &[Spot]) -> String {
    let by_lines = items.iter().rev().find(|item| matches!(item.kind, Kind::Map { flow: false, .. }));
    let before = by_lines.map(|item| before_in_line(text, item.from)).unwrap_or_default();
    let gap = before.trim_start().strip_prefix('-').filter(|gap| !gap.is_empty() && gap.chars().all(|c| c == ' '));
    format!("-{}", gap.unwrap_or(" "))
}

fn mapping(indent: &str, dash: &str, entries: &[(&'static str, Entry)]) -> Vec<String> {
    let under = " ".repeat(dash.len());
    let lines = fields(entries, false).into_iter().enumerate();
    lines.map(|(n, field)| format!("{indent}{}{field}", if n == 0 { dash } else { &under })).collect()
}

fn fields(entries: &[(&'static str, Entry)], in_flow: bool) -> Vec<String> {
    entries.iter().map(|(key, entry)| format!("{key}: {}", entry.printed(in_flow))).collect()
}
