//! What CSL formats, as Markdown.

use hayagriva::citationberg::{FontStyle, FontWeight, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, Formatting};

use crate::markdown::escape;

/// Formatted text as Markdown: italics, bold, links; every other character as itself.
pub(super) fn markdown(children: &ElemChildren) -> String {
    let mut runs: Vec<(Formatting, String)> = Vec::new();
    collect(children, &mut runs);
    let mut out = String::new();
    for (format, text) in runs {
        let (head, rest) = text.split_at(text.len() - text.trim_start().len());
        let body = rest.trim_end();
        let tail = &rest[body.len()..];
        out.push_str(head);
        if !body.is_empty() {
            let (open, close) = marks(&format);
            out.push_str(open);
            out.push_str(body);
            out.push_str(close);
        }
        out.push_str(tail);
    }
    out
}

fn marks(format: &Formatting) -> (&'static str, &'static str) {
    let italic = format.font_style == FontStyle::Italic;
    let bold = format.font_weight == FontWeight::Bold;
    match (italic, bold, format.vertical_align) {
        (_, _, VerticalAlign::Sup) => ("", ""),
        (true, true, _) => ("***", "***"),
        (true, false, _) => ("*", "*"),
        (false, true, _) => ("**", "**"),
        (false, false, _) => ("", ""),
    }
}

/// Runs of Markdown text with one format each; neighbours of one format are joined.
fn collect(children: &ElemChildren, runs: &mut Vec<(Formatting, String)>) {
    for child in &children.0 {
        let (format, text) = match child {
            ElemChild::Text(t) => (t.formatting, escape_within(&t.text)),
            ElemChild::Elem(e) => {
                collect(&e.children, runs);
                continue;
            }
            ElemChild::Markup(m) => (Formatting::default(), escape_within(m)),
            ElemChild::Link { text, url } => (text.formatting, link(&text.text, url)),
            ElemChild::Transparent { .. } => continue,
        };
        match runs.last_mut() {
            Some((last, run)) if marks(last) == marks(&format) => run.push_str(&text),
            _ => runs.push((format, text)),
        }
    }
}

/// Escapes a piece in the middle of a line: the spaces at its ends count.
fn escape_within(text: &str) -> String {
    let body = text.trim();
    if body.is_empty() {
        return if text.is_empty() { String::new() } else { " ".into() };
    }
    let head = if text.starts_with(char::is_whitespace) { " " } else { "" };
    let tail = if text.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{head}{}{tail}", escape(body))
}

fn link(text: &str, url: &str) -> String {
    let safe = url.starts_with("https://") || url.starts_with("http://");
    let plain = safe && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\\".contains(c));
    if !plain {
        escape_within(text)
    } else if text == url {
        format!("<{url}>")
    } else {
        format!("[{}](<{url}>)", escape_within(text))
    }
}
