//! Where the values of a YAML text stand, by their bytes.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use crate::yaml::tree::Step;

/// Keys that a lone text may stand for, in a mapping that may be written as that text.
const MAIN_KEYS: &[&str] = &["source", "name"];

/// A value and the bytes in which it stands: of a list or mapping in brackets up to the closing one, of one that
/// is written by lines only where it starts.
#[derive(Debug)]
pub(super) struct Spot {
    pub(super) range: Range<usize>,
    /// Where its anchor or tag starts, if it has one.
    pub(super) from: usize,
    pub(super) kind: Kind,
    /// The number of its anchor; 0 without one.
    pub(super) anchor: usize,
    pub(super) tagged: bool,
}

#[derive(Debug)]
pub(super) enum Kind {
    Scalar {
        text: String,
        style: ScalarStyle,
        in_flow: bool,
    },
    List {
        items: Vec<Spot>,
        flow: bool,
    },
    Map {
        entries: Vec<(Spot, Spot)>,
        flow: bool,
    },
    /// The number of the anchor that is meant.
    Alias(usize),
}

impl Spot {
    /// The values of a text that is known to be in order; `base` is added to every byte.
    pub(super) fn read(text: &str, base: usize) -> Option<Self> {
        let mut reader = Reader { text, base, parser: Parser::new_from_str(text), seen: (0, 0) };
        loop {
            let (event, span) = reader.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
                Event::StreamEnd | Event::DocumentEnd => return None,
                _ => return reader.value(event, span, false),
            }
        }
    }

    /// The way as it leads in this text, where a list may be written as its only item, and a mapping as its main value.
    pub(super) fn as_written(&self, route: &[Step]) -> Vec<Step> {
        let Some((step, rest)) = route.split_first() else { return Vec::new() };
        let shortened = match (&self.kind, step) {
            (Kind::Scalar { .. } | Kind::Map { .. }, Step::Index(0)) => true,
            (Kind::Scalar { text, .. }, Step::Key(key)) => {
                rest.is_empty() && !text.is_empty() && MAIN_KEYS.contains(&&**key)
            }
            _ => false,
        };
        if shortened {
            return self.as_written(rest);
        }
        let next = self.find(std::slice::from_ref(step));
        let rest = next.map_or_else(|| rest.to_vec(), |next| next.as_written(rest));
        std::iter::once(step.clone()).chain(rest).collect()
    }

    pub(super) fn find(&self, route: &[Step]) -> Option<&Self> {
        let Some((step, rest)) = route.split_first() else { return Some(self) };
        let next = match (&self.kind, step) {
            (Kind::Map { entries, .. }, Step::Key(key)) => {
                let named = |key_spot: &Self| matches!(&key_spot.kind, Kind::Scalar { text, .. } if **text == **key);
                entries.iter().find(|(k, _)| named(k)).map(|(_, value)| value)
            }
            (Kind::List { items, .. }, Step::Index(index)) => items.get(*index),
            _ => None,
        };
        next?.find(rest)
    }

    /// The scalar's text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether it is written by lines under its key: a mapping, a list or a text.
    pub(super) fn is_block_scalar(&self) -> bool {
        matches!(self.kind, Kind::Scalar { style: ScalarStyle::Literal | ScalarStyle::Folded, .. })
    }

    /// Behind its last character.
    pub(super) fn end(&self, text: &str) -> usize {
        match &self.kind {
            Kind::List { items, flow: false } => items.last().map_or(self.range.end, |item| item.end(text)),
            Kind::Map { entries, flow: false } => {
                entries.last().map_or(self.range.end, |(key, value)| entry_end(text, key, value))
            }
            _ => {
                let raw = text.get(self.range.clone()).unwrap_or_default();
                self.range.start + raw.trim_end().len()
            }
        }
    }

    /// All values within, itself first.
    pub(super) fn within(&self) -> Vec<&Self> {
        let mut all = vec![self];
        let mut at = 0;
        while let Some(spot) = all.get(at).copied() {
            at += 1;
            match &spot.kind {
                Kind::List { items, .. } => all.extend(items),
                Kind::Map { entries, .. } => all.extend(entries.iter().flat_map(|(key, value)| [key, value])),
                Kind::Scalar { .. } | Kind::Alias(_) => {}
            }
        }
        all
    }
}

/// Behind an entry's value, or behind its colon if there is none.
pub(super) fn entry_end(text: &str, key: &Spot, value: &Spot) -> usize {
    let colon = colon_end(text, key);
    let nothing = value.text() == Some("") && value.range.is_empty();
    if nothing { colon } else { value.end(text).max(colon) }
}

/// Behind the colon that follows a key.
pub(super) fn colon_end(text: &str, key: &Spot) -> usize {
    let behind = text.get(key.range.end..).unwrap_or_default();
    let gap = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    key.range.end + gap + usize::from(behind.get(gap..).is_some_and(|t| t.starts_with(':')))
}

/// Reads the parser's events into spots, counting its characters as bytes.
struct Reader<'t> {
    text: &'t str,
    base: usize,
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    /// A character and the byte at which it stands, from which counting goes on.
    seen: (usize, usize),
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Option<(Event<'t>, Span)> {
        self.parser.next_event()?.ok()
    }

    fn byte(&mut self, character: usize) -> usize {
        let (mut at, mut byte) = self.seen;
        if character < at {
            (at, byte) = (0, 0);
        }
        let rest = self.text.get(byte..).unwrap_or_default();
        byte += rest.char_indices().nth(character - at).map_or(rest.len(), |(i, _)| i);
        at = character;
        self.seen = (at, byte);
        byte
    }

    fn range(&mut self, span: Span) -> Range<usize> {
        let start = self.byte(span.start.index());
        let end = self.byte(span.end.index().max(span.start.index()));
        start + self.base..end + self.base
    }

    fn value(&mut self, event: Event<'t>, span: Span, in_flow: bool) -> Option<Spot> {
        let mut range = self.range(span);
        let from = range.start;
        let (anchor, tagged) = match &event {
            Event::Scalar(_, _, anchor, tag) => (*anchor, tag.is_some()),
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => (*anchor, tag.is_some()),
            _ => (0, false),
        };
        if anchor != 0 || tagged {
            range.start = self.behind_properties(&range, matches!(event, Event::Scalar(..)));
        }
        if let Event::Scalar(_, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted, ..) = event {
            // The parser's range goes on to the comment behind.
            range.end = self.behind_quotes(range.start).unwrap_or(range.end);
        }
        let opens = |c: char| self.text.get(range.start - self.base..).is_some_and(|t| t.starts_with(c));
        let kind = match event {
            Event::Scalar(text, style, ..) => Kind::Scalar { text: text.into_owned(), style, in_flow },
            Event::Alias(anchor) => Kind::Alias(anchor),
            Event::SequenceStart(..) => {
                let flow = in_flow || opens('[');
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, span) => {
                            if flow {
                                range.end = self.range(span).start + 1;
                            } else if let Some(dash) = self.dash(range.start) {
                                range.start = dash;
                            }
                            break Kind::List { items, flow };
                        }
                        (event, span) => items.push(self.value(event, span, flow)?),
                    }
                }
            }
            Event::MappingStart(..) => {
                let flow = in_flow || opens('{');
                let mut entries = Vec::new();
                loop {
                    match self.next()? {
                        (Event::MappingEnd, span) => {
                            if flow {
                                range.end = self.range(span).start + 1;
                            }
                            break Kind::Map { entries, flow };
                        }
                        (event, span) => {
                            let key = self.value(event, span, flow)?;
                            let (event, span) = self.next()?;
                            entries.push((key, self.value(event, span, flow)?));
                        }
                    }
                }
            }
            _ => return None,
        };
        Some(Spot { range, from, kind, anchor, tagged })
    }

    /// Behind anchor and tag, which may stand in either order.
    fn behind_properties(&self, range: &Range<usize>, scalar: bool) -> usize {
        let mut at = range.start;
        loop {
            let rest = self.text.get(at - self.base..).unwrap_or_default();
            if !rest.starts_with(['&', '!']) {
                break;
            }
            let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let behind = rest.get(word..).unwrap_or_default();
            at += word + (behind.len() - behind.trim_start().len());
        }
        if scalar { at.min(range.end) } else { at }
    }

    /// Behind the closing one of the quotation marks that open here.
    fn behind_quotes(&self, start: usize) -> Option<usize> {
        let rest = self.text.get(start - self.base..)?;
        let mark = rest.chars().next()?;
        let mut chars = rest.char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' if mark == '"' => {
                    chars.next();
                }
                _ if c == mark && mark == '\'' && chars.next_if(|(_, c)| *c == '\'').is_some() => {}
                _ if c == mark => return Some(start + at + 1),
                _ => {}
            }
        }
        None
    }

    /// The first dash of a list written by lines, of which the parser may tell only the first item.
    fn dash(&self, start: usize) -> Option<usize> {
        let (before, rest) = self.text.split_at_checked(start - self.base)?;
        if rest.starts_with("- ") || rest.starts_with(['-']) && rest[1..].starts_with(char::is_whitespace) {
            return Some(start);
        }
        let mut before = before.trim_end();
        loop {
            if before.ends_with('-') {
                return Some(self.base + before.len() - 1);
            }
            let line = before.rfind('\n').map_or(0, |i| i + 1);
            if !before[line..].trim_start().starts_with('#') {
                return None;
            }
            before = before[..line].trim_end();
        }
    }
}
