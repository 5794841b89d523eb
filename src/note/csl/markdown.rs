//! What CSL formats, as Markdown.

use hayagriva::citationberg::{Display, FontStyle, FontWeight, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatting};

use super::super::inline;
use super::quotes::{Nesting, Quotes};
use crate::markdown::escape;

/// A stretch of text with one look.
#[derive(Debug, Default)]
struct Run {
    italic: bool,
    bold: bool,
    raised: bool,
    /// Plain text, or the Markdown of a link.
    text: String,
    link: bool,
}

impl Run {
    fn looks_like(&self, other: &Self) -> bool {
        (self.italic, self.bold, self.raised) == (other.italic, other.bold, other.raised)
    }

    fn marks(&self) -> &'static str {
        match (self.italic, self.bold) {
            _ if self.raised => "",
            (true, true) => "***",
            (true, false) => "*",
            (false, true) => "**",
            (false, false) => "",
        }
    }
}

/// Formatted text as Markdown: italics, bold, links; every other character as itself.
pub(super) fn markdown(children: &ElemChildren, quotes: &Quotes) -> String {
    printed(&Collector::runs(children, quotes))
}

fn printed(runs: &[Run]) -> String {
    let mut out = String::new();
    let mut rest = runs;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|run| run.looks_like(first)).count();
        let (same, after) = rest.split_at(count);
        let at_start = out.is_empty();
        let piece = |(i, run): (usize, &Run)| match run.link {
            true => run.text.clone(),
            false => escape_within(&run.text, i == 0 && at_start),
        };
        let text: String = same.iter().enumerate().map(piece).collect();
        let next = after.first().and_then(|run| run.text.chars().next());
        push_marked(&mut out, &text, first.marks(), next);
        rest = after;
    }
    out
}

/// A citation of several sources, with the words that go before and behind each, by its place.
pub(super) fn citation(children: &ElemChildren, quotes: &Quotes, around: &[(&str, &str)]) -> String {
    let mut collector = Collector { runs: Vec::new(), nesting: Nesting::new(quotes), around };
    collector.collect(children);
    printed(&collector.runs)
}

/// Formatted text without any marks.
pub(super) fn plain(children: &ElemChildren) -> String {
    Collector::runs(children, &Quotes::default()).into_iter().map(|run| run.text).collect()
}

/// Adds text between emphasis marks, its outer spaces outside. Marks that a Markdown reader would not
/// take for emphasis in this place are left out: the words matter more than their slant.
fn push_marked(out: &mut String, text: &str, marks: &str, next: Option<char>) {
    let (head, rest) = text.split_at(text.len() - text.trim_start().len());
    let body = rest.trim_end();
    let tail = &rest[body.len()..];
    out.push_str(head);
    let before = out.chars().last();
    let after = tail.chars().next().or(next);
    let opens = flanks(before, body.chars().next());
    let closes = flanks(after, body.chars().last());
    let marks = if body.is_empty() || !opens || !closes || out.ends_with('*') { "" } else { marks };
    out.push_str(marks);
    out.push_str(body);
    out.push_str(marks);
    out.push_str(tail);
}

/// Whether a `*` between these may open or close emphasis (CommonMark's flanking rule).
fn flanks(outside: Option<char>, inside: Option<char>) -> bool {
    let loose = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || is_mark(c));
    inside.is_some_and(|c| !c.is_whitespace()) && (loose(outside) || !inside.is_some_and(is_mark))
}

fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation() || (!c.is_alphanumeric() && !c.is_whitespace() && !c.is_control())
}

/// Gathers runs of text with one look each; neighbours of one look are joined.
struct Collector<'a> {
    runs: Vec<Run>,
    nesting: Nesting<'a>,
    /// The words before and behind each source of a citation, by its place.
    around: &'a [(&'a str, &'a str)],
}

impl<'a> Collector<'a> {
    fn runs(children: &ElemChildren, quotes: &'a Quotes) -> Vec<Run> {
        let mut collector = Self { runs: Vec::new(), nesting: Nesting::new(quotes), around: &[] };
        collector.collect(children);
        collector.runs
    }

    fn collect(&mut self, children: &ElemChildren) {
        for child in &children.0 {
            match child {
                ElemChild::Text(t) => self.push(&t.text, &t.formatting),
                ElemChild::Elem(e) => {
                    // What a style sets in a column or line of its own stands apart by a space here.
                    let apart = e.display.is_some_and(|d| d != Display::Indent);
                    let started = self.runs.last().is_some_and(|run| !run.text.ends_with(char::is_whitespace));
                    if apart && started {
                        self.push(" ", &Formatting::default());
                    }
                    let (before, behind) = match e.meta {
                        Some(ElemMeta::Entry(i)) => self.around.get(i).copied().unwrap_or_default(),
                        _ => Default::default(),
                    };
                    if !before.is_empty() {
                        self.push(&format!("{before} "), &Formatting::default());
                    }
                    self.collect(&e.children);
                    if !behind.is_empty() {
                        let comma = if behind.starts_with(char::is_alphanumeric) { ", " } else { "" };
                        self.push(&format!("{comma}{behind}"), &Formatting::default());
                    }
                    if e.display == Some(Display::LeftMargin) {
                        self.push(" ", &Formatting::default());
                    }
                }
                ElemChild::Markup(m) => self.push(m, &Formatting::default()),
                ElemChild::Link { text, url } => {
                    let mut run = look(&text.formatting);
                    (run.text, run.link) = (link(&self.decoded(&text.text), url), true);
                    self.runs.push(run);
                }
                ElemChild::Transparent { .. } => {}
            }
        }
    }

    fn push(&mut self, text: &str, format: &Formatting) {
        for c in text.chars() {
            let (c, italic) = inline::decode(c);
            let mut run = look(format);
            // Italics within italics stand upright.
            run.italic ^= italic;
            let mut single = [0; 4];
            let shown = self.nesting.mark(c).unwrap_or_else(|| c.encode_utf8(&mut single));
            match self.runs.last_mut() {
                Some(last) if c.is_whitespace() && !last.link => last.text.push_str(shown),
                Some(last) if last.looks_like(&run) && !last.link => last.text.push_str(shown),
                _ => {
                    run.text.push_str(shown);
                    self.runs.push(run);
                }
            }
        }
    }

    fn decoded(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.chars().map(|c| inline::decode(c).0) {
            match self.nesting.mark(c) {
                Some(mark) => out.push_str(mark),
                None => out.push(c),
            }
        }
        out
    }
}

fn look(format: &Formatting) -> Run {
    Run {
        italic: format.font_style == FontStyle::Italic,
        bold: format.font_weight == FontWeight::Bold,
        raised: format.vertical_align == VerticalAlign::Sup,
        ..Run::default()
    }
}

/// Escapes a piece of a line, at its start or within it; the spaces at the piece's ends count.
fn escape_within(text: &str, first: bool) -> String {
    /// Stands before a piece within a line, so that nothing in it is taken for the mark of a list.
    const BEFORE: &str = "“ ";
    let body = text.trim();
    if body.is_empty() {
        return if text.is_empty() { String::new() } else { " ".into() };
    }
    let head = if text.starts_with(char::is_whitespace) { " " } else { "" };
    let tail = if text.ends_with(char::is_whitespace) { " " } else { "" };
    if first {
        return format!("{head}{}{tail}", escape(body));
    }
    let escaped = escape(&format!("{BEFORE}{body}"));
    format!("{head}{}{tail}", escaped.strip_prefix(BEFORE).unwrap_or(&escaped))
}

fn link(text: &str, url: &str) -> String {
    let safe = url.starts_with("https://") || url.starts_with("http://");
    let plain = safe && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\\".contains(c));
    if !plain {
        escape_within(text, false)
    } else if text == url {
        format!("<{url}>")
    } else {
        format!("[{}](<{url}>)", escape_within(text, false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayagriva::Formatted;

    fn printed(parts: &[(&str, bool)]) -> String {
        let children = parts.iter().map(|(text, italic)| {
            let font_style = if *italic { FontStyle::Italic } else { FontStyle::Normal };
            ElemChild::Text(Formatted {
                text: (*text).to_owned(),
                formatting: Formatting { font_style, ..Formatting::default() },
            })
        });
        markdown(&ElemChildren(children.collect()), &Quotes::default())
    }

    #[test]
    fn looks_become_marks_that_markdown_reads() {
        assert_eq!(printed(&[("Ann, ", false), ("Title", true), (" (2024)", false)]), "Ann, *Title* (2024)");
        assert_eq!(printed(&[("1. ", false), ("Title ", true), ("x", false)]), "1\\. *Title* x");
        assert_eq!(
            printed(&[("a", false), ("“b”", true), ("c", false)]),
            "a“b”c",
            "no reader would take these for emphasis"
        );
        assert_eq!(printed(&[("‹«x» y›", false)]), "“‘x’ y”");
    }

    #[test]
    fn italics_inside_italics_stand_upright() {
        let inner = inline::encode("The <i>Beagle</i>");
        assert_eq!(printed(&[(&inner, true)]), "*The* Beagle");
        assert_eq!(printed(&[(&inner, false)]), "The *Beagle*");
    }
}
