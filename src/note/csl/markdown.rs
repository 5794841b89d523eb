//! What CSL formats, as Markdown.

use hayagriva::citationberg::{Display, FontStyle, FontWeight, VerticalAlign};
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta, Formatting};

use super::super::inline;
use super::quotes::{Nesting, Quotes};
use crate::markdown::{escape, escape_within};

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
    printed(&Collector::runs(children, quotes), true)
}

/// The runs as Markdown, at the start of a block or within a line.
fn printed(runs: &[Run], starts: bool) -> String {
    let mut out = String::new();
    let mut rest = runs;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|run| run.looks_like(first)).count();
        let (same, after) = rest.split_at(count);
        let at_start = starts && out.is_empty();
        let piece = |(i, run): (usize, &Run)| match run.link {
            true => run.text.clone(),
            false => escape_piece(&run.text, i == 0 && at_start),
        };
        let text: String = same.iter().enumerate().map(piece).collect();
        let next = after.first().and_then(|run| run.text.chars().next());
        push_marked(&mut out, &text, first.marks(), next);
        rest = after;
    }
    out
}

/// What is known of one source of a citation, by its place in it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around<'a> {
    /// The words before it.
    pub before: &'a str,
    /// The words behind it.
    pub behind: &'a str,
    /// The letter behind its year.
    pub letter: &'a str,
}

/// A citation of several sources.
pub(super) fn citation(children: &ElemChildren, quotes: &Quotes, around: &[Around<'_>]) -> String {
    let mut collector = Collector { around, ..Collector::new(quotes) };
    collector.collect(children);
    printed(&collector.runs, false)
}

/// An entry of the list, its first names between [`inline::NAMES`].
pub(super) fn entry(children: &ElemChildren, quotes: &Quotes) -> String {
    let mut collector = Collector { names: true, ..Collector::new(quotes) };
    collector.collect(children);
    printed(&collector.runs, true)
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
    /// What is known of each source of a citation, by its place.
    around: &'a [Around<'a>],
    /// The source whose citation is being read.
    source: Option<usize>,
    /// Whether what is read is a letter behind a year.
    letter: bool,
    /// Whether the next names are to be marked.
    names: bool,
}

impl<'a> Collector<'a> {
    fn new(quotes: &'a Quotes) -> Self {
        let nesting = Nesting::new(quotes);
        Self { runs: Vec::new(), nesting, around: &[], source: None, letter: false, names: false }
    }

    fn runs(children: &ElemChildren, quotes: &'a Quotes) -> Vec<Run> {
        let mut collector = Self::new(quotes);
        collector.collect(children);
        collector.runs
    }

    fn collect(&mut self, children: &ElemChildren) {
        for child in &children.0 {
            match child {
                ElemChild::Text(t) => self.push(&t.text, &t.formatting),
                ElemChild::Elem(e) => self.elem(e),
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

    fn elem(&mut self, elem: &Elem) {
        let plain = Formatting::default();
        // What a style sets in a column or line of its own stands apart by a space here.
        let apart = elem.display.is_some_and(|d| d != Display::Indent);
        let started = self.runs.last().is_some_and(|run| !run.text.ends_with(char::is_whitespace));
        if apart && started {
            self.push(" ", &plain);
        }
        match elem.meta {
            Some(ElemMeta::Entry(i)) => self.cited(i, &elem.children),
            Some(ElemMeta::Names(_)) if std::mem::take(&mut self.names) => {
                self.push(&inline::NAMES[0].to_string(), &plain);
                self.collect(&elem.children);
                self.push(&inline::NAMES[1].to_string(), &plain);
            }
            _ => self.collect(&elem.children),
        }
        if elem.display == Some(Display::LeftMargin) {
            self.push(" ", &plain);
        }
    }

    /// One source of a citation, its words around it.
    fn cited(&mut self, place: usize, children: &ElemChildren) {
        let around = self.around.get(place).copied().unwrap_or_default();
        if !around.before.is_empty() {
            self.push(&format!("{} ", around.before), &Formatting::default());
        }
        self.source = Some(place);
        self.collect(children);
        self.source = None;
        if !around.behind.is_empty() {
            let comma = if around.behind.starts_with(char::is_alphanumeric) { ", " } else { "" };
            self.push(&format!("{comma}{}", around.behind), &Formatting::default());
        }
    }

    fn push(&mut self, text: &str, format: &Formatting) {
        for c in text.chars() {
            if inline::LETTER.contains(&c) {
                self.letter = c == inline::LETTER[0];
                if self.letter {
                    let letter = self.source.and_then(|i| self.around.get(i)).map(|a| a.letter).unwrap_or_default();
                    letter.chars().for_each(|c| self.push_char(c, format));
                }
            } else if !self.letter {
                self.push_char(c, format);
            }
        }
    }

    fn push_char(&mut self, c: char, format: &Formatting) {
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
fn escape_piece(text: &str, first: bool) -> String {
    let body = text.trim();
    if body.is_empty() {
        return if text.is_empty() { String::new() } else { " ".into() };
    }
    let head = if text.starts_with(char::is_whitespace) { " " } else { "" };
    let tail = if text.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{head}{}{tail}", if first { escape(body) } else { escape_within(body) })
}

fn link(text: &str, url: &str) -> String {
    let safe = url.starts_with("https://") || url.starts_with("http://");
    let plain = safe && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\\".contains(c));
    if !plain {
        escape_piece(text, false)
    } else if text == url {
        format!("<{url}>")
    } else {
        format!("[{}](<{url}>)", escape_piece(text, false))
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
