//! What a rule is given to look at: an event, a fact, a draft, a section, a block.

use std::cell::{Cell, OnceCell};
use std::fmt;
use std::ops::Range;

use super::quotations::quoting::{Quotation, quotations};
use super::text::dates::{Lexicon, Written, written};
use super::text::prose::Prose;
use super::text::sentences::sentences;
use super::text::spans::without_quoted;
use super::text::words::{Word, words};
use super::{DraftRequest, InUse, Rule};
use crate::draft::place::{Dates, is_as_placed};
use crate::draft::{DraftBlock, Section};
use crate::finding::{Anchor, Finding, Severity};
use crate::markdown::{BlockKind, CitationItem, CitationKey};
use crate::model::date::Day;
use crate::model::{Desk, Edtf, Event, Fact, FactRef};
use crate::template::{Form, SectionSpec};
use crate::yaml::Step;

/// A desk.
pub(super) struct DeskCase<'a> {
    pub(super) desk: &'a Desk,
}

/// An event and the desk it stands in.
pub(super) struct EventCase<'a> {
    pub(super) desk: &'a Desk,
    pub(super) event: &'a Event,
}

/// A fact, its event and its desk.
pub(super) struct FactCase<'a> {
    pub(super) desk: &'a Desk,
    pub(super) event: &'a Event,
    pub(super) fact: &'a Fact,
    /// Where infos are only counted: which facts are in use, and the count.
    pub(super) counting: Option<&'a Counting<'a>>,
}

/// Infos that are only counted.
pub(super) struct Counting<'a> {
    pub(super) in_use: &'a InUse,
    pub(super) infos: Cell<usize>,
}

/// Where a finding points: words, or one byte.
pub(super) struct Span(Range<usize>);

impl From<usize> for Span {
    fn from(at: usize) -> Self {
        Self(at..at)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self(range)
    }
}

/// A step by key.
pub(super) fn key(key: &str) -> Step {
    Step::Key(key.into())
}

impl EventCase<'_> {
    /// A finding at a value of the event.
    pub(super) fn finding(&self, rule: &Rule, route: Vec<Step>, message: impl Into<String>) -> Finding {
        Finding::new(rule.id, rule.severity, &self.event.path, Anchor::Route(route), message)
    }
}

impl<'a> FactCase<'a> {
    /// A fact of which every finding is wanted.
    pub(super) fn new(desk: &'a Desk, event: &'a Event, fact: &'a Fact) -> Self {
        Self { desk, event, fact, counting: None }
    }

    /// The fact's address.
    pub(super) fn address(&self) -> FactRef {
        FactRef::new(&*self.event.id, &*self.fact.id)
    }

    /// A finding at a value of the fact, by the way that leads there from the fact.
    pub(super) fn finding(
        &self,
        rule: &Rule,
        way: impl IntoIterator<Item = Step>,
        message: impl Into<String>,
    ) -> Finding {
        let anchor = Anchor::Route(self.route(way));
        Finding::new(rule.id, rule.severity, &self.event.path, anchor, message).on_fact(self.address())
    }

    /// Counts a finding of a rule on sources that would be an info nobody asked for; true if that is done with it.
    ///
    /// For the rules that have something to say of nearly every fact of a desk that does not grade or quote.
    pub(super) fn is_only_counted(&self, rule: &Rule) -> bool {
        let Some(counting) = self.counting.filter(|_| self.fact.allow.is_empty()) else { return false };
        let settled = self.desk.settings().checks.contains_key(rule.id);
        let is_info = || rule.severity == Severity::Info || !counting.in_use.has(&self.address().to_string());
        let hidden = !settled && rule.severity != Severity::Error && is_info();
        if hidden {
            counting.infos.set(counting.infos.get() + 1);
        }
        hidden
    }

    /// The way to a value of the fact from the top of the event file.
    pub(super) fn route(&self, way: impl IntoIterator<Item = Step>) -> Vec<Step> {
        let mut route = vec![key("facts"), Step::Index(self.fact.index as usize)];
        route.extend(way);
        route
    }
}

/// A draft.
pub(super) struct DraftCase<'a> {
    pub(super) request: &'a DraftRequest<'a>,
    /// What has been read of each block, by section.
    read: Vec<Vec<Read>>,
}

/// What has been read of a block: each rule wants some of it, and none reads it twice.
#[derive(Default)]
struct Read {
    prose: OnceCell<Prose>,
    plain: OnceCell<String>,
    sentences: OnceCell<Vec<Range<usize>>>,
    dates: OnceCell<Vec<Written>>,
    words: OnceCell<Vec<Word>>,
}

impl<'a> DraftCase<'a> {
    pub(super) fn new(request: &'a DraftRequest<'a>) -> Self {
        let sections = request.draft.sections().iter();
        let read = sections.map(|s| std::iter::repeat_with(Read::default).take(s.blocks.len()).collect()).collect();
        Self { request, read }
    }

    /// The sections with what the template says of them.
    pub(super) fn sections(&'a self) -> impl Iterator<Item = SectionCase<'a>> {
        self.request.draft.sections().iter().zip(&self.read).map(|(section, read)| SectionCase {
            draft: self,
            section,
            read,
            spec: self.request.template.section(&section.id).filter(|_| section.known),
        })
    }

    /// A finding at words, or a byte, of the draft.
    pub(super) fn finding(&self, rule: &Rule, at: impl Into<Span>, message: impl Into<String>) -> Finding {
        Finding::new(rule.id, rule.severity, self.request.path, Anchor::Bytes(at.into().0), message)
    }

    /// A value of the front matter without its quotation marks; else the line of its `title`, else the first.
    pub(super) fn front_value(&self, name: &str) -> Range<usize> {
        let line = self.front_line(name);
        let text = self.request.draft.text().get(line.clone()).unwrap_or_default();
        let value = text.strip_prefix(name).map(str::trim_start).and_then(|rest| rest.strip_prefix(':'));
        let Some(value) = value else { return line };
        let bare = value.trim_start_matches([' ', '\t']);
        let start = line.start + text.len() - bare.len();
        let (bare, start, end) = match bare.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inside = bare.get(1..).unwrap_or_default();
                (inside, start + 1, inside.find(quote).unwrap_or(inside.len()))
            }
            _ => (bare, start, bare.find(" #").unwrap_or(bare.len())),
        };
        start..start + bare.get(..end).unwrap_or_default().trim_end().len()
    }

    /// The note's date: what its front matter says, never the clock.
    pub(super) fn date(&self) -> Option<Edtf> {
        self.request.draft.front().date.as_deref()?.trim().parse().ok()
    }

    /// The language of the note (BCP 47).
    pub(super) fn language(&self) -> &'a str {
        self.request.draft.language(self.request.template, self.request.desk.settings())
    }

    /// A date in the form in which the note prints dates.
    pub(super) fn print(&self, date: &Edtf) -> String {
        date.format(&self.request.template.date_format, self.language())
    }

    /// A day in the same form.
    pub(super) fn print_day(&self, day: Day) -> String {
        Edtf::from_day(day).map_or_else(|| day.to_string(), |date| self.print(&date))
    }

    /// The events that the draft cites, each once, in order, with the first key that cites it.
    pub(super) fn events(&self) -> Vec<(Range<usize>, &'a Event)> {
        let mut events: Vec<(Range<usize>, &'a Event)> = Vec::new();
        let blocks = self.request.draft.sections().iter().flat_map(|s| &s.blocks);
        for item in blocks.flat_map(|b| &b.citations).flat_map(|c| &c.items) {
            if let Some((event, _)) = cited_fact(self.request.desk, &item.key)
                && !events.iter().any(|(_, known)| std::ptr::eq(*known, event))
            {
                events.push((item.range.clone(), event));
            }
        }
        events
    }

    /// The line of a key of the front matter, else that of its `title`, else the first of the draft.
    pub(super) fn front_line(&self, name: &str) -> Range<usize> {
        let (text, yaml) = (self.request.draft.text(), &self.request.draft.front().yaml);
        let lines = text.get(yaml.clone()).unwrap_or_default();
        let find = |name: &str| {
            let mut at = yaml.start;
            for line in lines.split_inclusive('\n') {
                let body = line.trim_start();
                if body.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with(':')) {
                    let start = at + line.len() - body.len();
                    return Some(start..start + body.trim_end().len());
                }
                at += line.len();
            }
            None
        };
        let first = || 0..text.lines().next().map_or(0, |line| line.trim_end().len());
        find(name).or_else(|| find("title")).unwrap_or_else(first)
    }
}

/// A section of a draft.
pub(super) struct SectionCase<'a> {
    pub(super) draft: &'a DraftCase<'a>,
    pub(super) section: &'a Section,
    read: &'a [Read],
    /// What the template says of it.
    pub(super) spec: Option<&'a SectionSpec>,
}

impl<'a> SectionCase<'a> {
    /// The blocks of it that print as the writer's text.
    pub(super) fn blocks(&'a self) -> impl Iterator<Item = BlockCase<'a>> {
        let prints = |b: &DraftBlock| !matches!(b.kind, BlockKind::Html | BlockKind::LinkDefinition | BlockKind::Rule);
        let blocks = self.section.blocks.iter().zip(self.read).filter(move |(block, _)| prints(block));
        blocks.map(|(block, read)| BlockCase { section: self, block, read, quotations: OnceCell::new() })
    }

    /// Whether it is for the bibliography.
    pub(super) fn is_sources(&self) -> bool {
        self.spec.is_some_and(|s| s.form == Form::Sources)
    }

    /// Where findings on the whole section point: its heading.
    pub(super) fn at(&self) -> Range<usize> {
        let start = self.section.range.start;
        self.section.heading.clone().unwrap_or(start..start)
    }
}

/// A block of a draft.
pub(super) struct BlockCase<'a> {
    pub(super) section: &'a SectionCase<'a>,
    pub(super) block: &'a DraftBlock,
    read: &'a Read,
    quotations: OnceCell<Vec<Quotation<'a>>>,
}

impl<'a> BlockCase<'a> {
    /// The draft's request.
    pub(super) fn request(&self) -> &'a DraftRequest<'a> {
        self.section.draft.request
    }

    /// The Markdown.
    pub(super) fn markdown(&self) -> &'a str {
        self.request().draft.text().get(self.block.range.clone()).unwrap_or_default()
    }

    /// The words as they print, without citations and code.
    pub(super) fn prose(&self) -> &Prose {
        self.read.prose.get_or_init(|| Prose::of(self.markdown(), self.block.range.start, &self.block.citations))
    }

    /// The same with spaces for what stands in quotation marks, or in a block quote, byte for byte.
    pub(super) fn plain(&self) -> &str {
        self.read.plain.get_or_init(|| without_quoted(&self.prose().text, self.block.kind == BlockKind::Quote))
    }

    /// What it quotes of the facts cited in it; see [`Quotation`].
    pub(super) fn quotations(&self) -> &[Quotation<'a>] {
        self.quotations.get_or_init(|| quotations(self))
    }

    /// Whether it is one fact as placing writes it.
    pub(super) fn is_as_placed(&self) -> bool {
        let mut items = self.items();
        let (Some(item), None, request) = (items.next(), items.next(), self.request()) else { return false };
        let CitationKey::Fact { event, fact } = &item.key else { return false };
        let Some(at) = request.desk.find(&FactRef::new(event, fact)) else { return false };
        // Whoever places a fact writes its sentence or its words: where their last word is missing the rest
        // need not be written.
        let last = request.desk.get(at).and_then(|(_, fact)| {
            let words = fact.quote.as_ref().filter(|_| fact.text.is_empty()).map_or(&fact.text, |quote| &quote.words);
            words.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty())
        });
        if !last.is_some_and(|word| self.prose().text.contains(word)) {
            return false;
        }
        let dates = Dates::of(request.desk, request.template, request.draft);
        let placed = |form| is_as_placed(request.desk, at, form, dates, self.markdown());
        // Markers and emphasis aside, these are all that placing writes.
        [Form::Prose, Form::Quotes].into_iter().any(placed)
    }

    /// The sentences of the prose.
    pub(super) fn sentences(&self) -> &[Range<usize>] {
        self.read.sentences.get_or_init(|| sentences(&self.prose().text))
    }

    /// The sentence of the prose to which a citation at this byte of the draft belongs, with those before it
    /// that cite nothing of their own.
    pub(super) fn passage(&self, at: usize) -> Option<Range<usize>> {
        let prose = self.prose();
        let all = self.sentences();
        let starts = |s: &Range<usize>| prose.offset(s.start);
        let last = all.iter().rposition(|s| starts(s) <= at)?;
        // A citation behind the full stop belongs to the sentence before it, too.
        let first = (0..last).rev().take_while(|i| {
            let (Some(from), to) = (all.get(*i).map(&starts), all.get(i + 1).map_or(at, &starts)) else { return false };
            let is_cited = self.items().any(|item| from <= item.range.start && item.range.start < to);
            let apart = all
                .get(*i)
                .zip(all.get(i + 1))
                .and_then(|(a, b)| prose.text.get(a.end..b.start))
                .is_none_or(|gap| gap.contains('\n'));
            !is_cited && !apart
        });
        let first = first.last().unwrap_or(last);
        Some(all.get(first)?.start..all.get(last)?.end)
    }

    /// The dates outside quotations, in the note's language.
    pub(super) fn dates(&self) -> &[Written] {
        self.read.dates.get_or_init(|| written(self.plain(), Lexicon::of(self.section.draft.language())))
    }

    /// The words of the prose, folded.
    pub(super) fn words(&self) -> &[Word] {
        self.read.words.get_or_init(|| words(&self.prose().text))
    }

    /// A finding at words, or a byte, of the block's prose.
    pub(super) fn finding_in_prose(&self, rule: &Rule, at: impl Into<Span>, message: impl Into<String>) -> Finding {
        let range = at.into().0;
        self.finding(rule, self.prose().span(&range), message)
    }

    /// Whether the block is marked as the desk's own opinion.
    pub(super) fn is_opinion(&self) -> bool {
        ["Comment:", "Assessment:"].iter().any(|mark| self.prose().text.trim_start().starts_with(mark))
    }

    /// Whether the rules on prose look at it.
    pub(super) fn is_prose(&self) -> bool {
        !matches!(self.block.kind, BlockKind::Code | BlockKind::FootnoteDefinition { .. } | BlockKind::Heading { .. })
            && !self.section.is_sources()
    }

    /// What is cited, in order.
    pub(super) fn items(&self) -> impl Iterator<Item = &'a CitationItem> {
        self.block.citations.iter().flat_map(|c| &c.items)
    }

    /// The facts cited that exist, with what cites them.
    pub(super) fn facts(&self) -> impl Iterator<Item = (&'a CitationItem, &'a Event, &'a Fact)> {
        let desk = self.request().desk;
        self.items().filter_map(move |item| {
            let (event, fact) = cited_fact(desk, &item.key)?;
            Some((item, event, fact))
        })
    }

    /// A finding at words, or a byte, of the draft.
    pub(super) fn finding(&self, rule: &Rule, at: impl Into<Span>, message: impl Into<String>) -> Finding {
        self.section.draft.finding(rule, at, message)
    }
}

/// The fact that a key names, if there is one.
pub(super) fn cited_fact<'a>(desk: &'a Desk, key: &CitationKey) -> Option<(&'a Event, &'a Fact)> {
    match key {
        CitationKey::Fact { event, fact } => {
            let event = desk.event(event)?;
            Some((event, event.fact(fact)?))
        }
        CitationKey::Source(_) => None,
    }
}

/// The byte that a finding on a draft points at.
pub(super) fn offset(finding: &Finding) -> usize {
    match finding.anchor {
        Anchor::Bytes(ref range) => range.start,
        _ => 0,
    }
}

/// A name in a message, `did you mean` included.
pub(super) fn did_you_mean(near: Option<impl fmt::Display>, else_say: &str) -> String {
    near.map_or_else(|| else_say.to_owned(), |near| format!("did you mean `{near}`?"))
}
