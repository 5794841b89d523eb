//! A note as plain text for e-mail: no markup, lines of at most 72 columns.

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::markdown;

/// The widest line, in columns: what RFC 3676 and older readers of mail take without wrapping.
pub(super) const WIDTH: usize = 72;

/// The text of a CommonMark note (numbered notes at the end, no tables) without its markup.
pub(super) fn plain(note: &str) -> String {
    let mut writer = Writer::default();
    for (event, _) in markdown::parse(note) {
        writer.event(event);
    }
    writer.flush(false);
    writer.out.trim_end().to_owned()
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The words of the block being read, `\n` where a line must break.
    line: String,
    /// What each level of quotation or list puts before a line: at its first, at others.
    prefixes: Vec<(String, String)>,
    /// The number of the next item of each open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// Whether a blank line parts the last block from the next.
    apart: bool,
    /// What stood before the lines of the last block.
    before: Vec<String>,
    code: bool,
    link: Option<(String, usize)>,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                self.line.push_str(&text);
            }
            Event::SoftBreak => self.line.push(' '),
            Event::HardBreak => self.line.push('\n'),
            Event::Rule => {
                self.flush(false);
                self.line = "-".repeat(WIDTH / 2);
                self.flush(true);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Link { dest_url, .. } => self.link = Some((dest_url.into_string(), self.line.len())),
            Tag::BlockQuote(_) => {
                self.flush(false);
                self.prefixes.push(("> ".into(), "> ".into()));
            }
            Tag::List(first) => {
                self.flush(false);
                self.lists.push(first);
            }
            Tag::Item => {
                self.flush(false);
                let marker = self.marker();
                let rest = " ".repeat(marker.len());
                self.prefixes.push((marker, rest));
            }
            Tag::CodeBlock(_) => {
                self.flush(false);
                self.code = true;
            }
            Tag::Heading { .. } | Tag::Paragraph => self.flush(false),
            _ => {}
        }
    }

    fn marker(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.flush(true),
            TagEnd::Heading(level) => self.heading(level),
            TagEnd::BlockQuote(_) => {
                self.flush(true);
                self.prefixes.pop();
            }
            // The text of an item of a tight list is in no paragraph: the next item follows at once.
            TagEnd::Item => {
                self.flush(false);
                self.prefixes.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.apart = self.apart || self.lists.is_empty();
            }
            TagEnd::CodeBlock => {
                self.flush(true);
                self.code = false;
            }
            TagEnd::Link => {
                if let Some((address, at)) = self.link.take()
                    && self.line.get(at..).is_some_and(|shown| shown != address)
                {
                    self.line.push_str(&format!(" <{address}>"));
                }
            }
            _ => {}
        }
    }

    fn heading(&mut self, level: HeadingLevel) {
        let start = self.out.len();
        self.flush(true);
        let under = if level <= HeadingLevel::H2 { "=" } else { "-" };
        let width = self.out[start..].lines().map(|line| line.width()).max().unwrap_or_default();
        self.out.push_str(&under.repeat(width));
        self.out.push('\n');
    }

    /// Writes the block that was read, if any; `apart` tells whether a blank line follows.
    fn flush(&mut self, apart: bool) {
        let text = std::mem::take(&mut self.line);
        if text.trim().is_empty() {
            return;
        }
        let rest: Vec<String> = self.prefixes.iter().map(|(_, rest)| rest.clone()).collect();
        if !self.out.is_empty() && self.apart {
            // Inside one quotation the blank line is marked as its own.
            let shared = rest.iter().zip(&self.before).take_while(|(a, b)| a == b).map(|(a, _)| a.as_str());
            let blank: String = shared.collect();
            self.out.push_str(blank.trim_end());
            self.out.push('\n');
        }
        let width = WIDTH.saturating_sub(rest.concat().width()).max(8);
        let lines = if self.code {
            text.trim_end().split('\n').map(ToOwned::to_owned).collect()
        } else {
            wrapped(&text, width)
        };
        for line in &lines {
            let prefix: String = self.prefixes.iter().map(|(first, _)| first.as_str()).collect();
            self.out.push_str(format!("{prefix}{line}").trim_end());
            self.out.push('\n');
            // Only the first line of an item has its marker.
            self.prefixes.iter_mut().for_each(|(first, rest)| first.clone_from(rest));
        }
        self.before = rest;
        self.apart = apart;
    }
}

/// Words on lines of at most `width` columns; a word that is wider stands alone, unbroken.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let mut current = String::new();
        for word in line.split_whitespace() {
            for piece in broken(word, width) {
                let joined = current.width() + 1 + piece.width();
                if !current.is_empty() && joined > width {
                    lines.push(std::mem::take(&mut current));
                }
                if !current.is_empty() {
                    current.push(' ');
                }
                current.push_str(&piece);
            }
        }
        lines.push(current);
    }
    lines
}

/// A word in pieces that fit: only scripts without spaces are parted, never an address.
fn broken(word: &str, width: usize) -> Vec<String> {
    let wide = word.graphemes(true).filter(|g| g.width() > 1).count();
    if word.width() <= width || wide == 0 {
        return vec![word.to_owned()];
    }
    let mut pieces = vec![String::new()];
    for grapheme in word.graphemes(true) {
        if pieces.last().is_some_and(|p| p.width() + grapheme.width() > width) {
            pieces.push(String::new());
        }
        if let Some(last) = pieces.last_mut() {
            last.push_str(grapheme);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_structure_stays() {
        let note = "# Title\n\n**To:** A\\\n**From:** B\n\n## Part\n\nOne *two*\\[1\\] and `x`.\n\n- a\n- b\n  c\n\n> “Q.”\n>\n> Name\n\n1. x\n\n2. y\n\n---\n\n## Notes\n\n1. See [it](<https://e.org/a>), <https://e.org/b>.\n";
        let expected = "Title\n=====\n\nTo: A\nFrom: B\n\nPart\n====\n\nOne two[1] and x.\n\n- a\n- b c\n\n> “Q.”\n>\n> Name\n\n1. x\n\n2. y\n\n------------------------------------\n\nNotes\n=====\n\n1. See it <https://e.org/a>, https://e.org/b.";
        assert_eq!(plain(note), expected);
    }

    #[test]
    fn lines_are_no_wider_than_mail_takes() {
        let words = "Both sides are likely to present the visit as routine. ".repeat(8);
        for text in [format!("- {words}\n- {words}"), format!("> {words}"), "北京".repeat(60)] {
            let plain = plain(&text);
            assert!(plain.lines().all(|line| line.width() <= WIDTH), "{plain}");
        }
        let address = format!("https://example.org/{}", "a".repeat(90));
        assert!(plain(&format!("see <{address}>")).contains(&address), "an address is never broken");
    }
}
