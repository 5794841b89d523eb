//! What each citation's keys lead to.

use std::collections::HashMap;

use super::super::item::{self, Entry};
use super::number::Numbering;
use super::{Request, citations};
use crate::finding::{Anchor, Finding};
use crate::markdown::{Citation, CitationItem, CitationKey};
use crate::model::desk::SHARED_PATH;
use crate::model::missing::{self, Missing};
use crate::model::provenance;
use crate::model::source::{Archived, Record};
use crate::model::{Event, Fact, FactKind, FactRef, Source};
use crate::yaml::Step;

/// A source, by its place among the entries, and the place in it that is meant.
pub(super) type SourceAt = (usize, Option<String>);

/// Every citation with what it stands on.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    /// The sources in use, each once.
    pub entries: Vec<Entry>,
    /// The citations in the draft's order.
    pub groups: Vec<Group>,
}

/// One citation.
#[derive(Debug)]
pub(super) struct Group {
    /// The byte at which it starts in the draft.
    pub offset: usize,
    /// What stands between its semicolons.
    pub parts: Vec<Part>,
}

/// One key of a citation with the words around it.
#[derive(Debug)]
pub(super) struct Part {
    /// The words before it.
    pub prefix: String,
    /// The words behind it.
    pub suffix: String,
    /// What it leads to.
    pub what: What,
    /// The grade of each source in it, if the template asks for grades.
    pub grades: Vec<(usize, String)>,
}

/// What a key leads to.
#[derive(Debug)]
pub(super) enum What {
    /// Sources with the place in each.
    Sources(Vec<SourceAt>),
    /// A judgement: whose it is, the notes of facts it rests on, the sources of its other facts.
    Judgement { author: Option<String>, notes: Vec<usize>, sources: Vec<SourceAt> },
    /// A fact that names no source.
    Unsourced,
    /// A key that leads nowhere, as written.
    Broken(String),
}

impl Group {
    /// One citation names a source once, unless it points at another place in it.
    fn drop_repeats(&mut self) {
        let mut seen: Vec<SourceAt> = Vec::new();
        for part in &mut self.parts {
            let plain = part.prefix.is_empty() && part.suffix.is_empty();
            let What::Sources(sources) = &mut part.what else { continue };
            if plain {
                sources.retain(|(entry, at)| !seen.iter().any(|(e, a)| e == entry && (at.is_none() || a == at)));
            }
            seen.extend(sources.iter().cloned());
        }
        self.parts.retain(|part| !matches!(&part.what, What::Sources(sources) if sources.is_empty()));
    }
}

impl Part {
    /// The grade of a source in this part, if it is to print.
    pub(super) fn grade(&self, entry: usize) -> Option<&str> {
        self.grades.iter().find(|(graded, _)| *graded == entry).map(|(_, label)| label.as_str())
    }

    /// The sources that print in this part.
    pub(super) fn sources(&self) -> &[SourceAt] {
        match &self.what {
            What::Sources(sources) | What::Judgement { sources, .. } => sources,
            What::Unsourced | What::Broken(_) => &[],
        }
    }
}

/// Resolves every citation of the draft.
pub(super) fn resolve(request: &Request<'_>, numbering: &Numbering, findings: &mut Vec<Finding>) -> Resolved {
    let notes_of = notes_of_facts(request, numbering);
    let mut resolver =
        Resolver { request, notes_of, entries: Vec::new(), by_content: HashMap::new(), findings, grades: Vec::new() };
    let groups = citations(request).map(|c| resolver.group(c)).collect();
    Resolved { entries: resolver.entries, groups }
}

/// The first note that cites each fact.
fn notes_of_facts(request: &Request<'_>, numbering: &Numbering) -> HashMap<FactRef, usize> {
    let mut notes = HashMap::new();
    for citation in citations(request) {
        let Some(number) = numbering.of_citation.get(&citation.range.start) else { continue };
        for item in &citation.items {
            if let CitationKey::Fact { event, fact } = &item.key {
                notes.entry(FactRef::new(event.as_str(), fact.as_str())).or_insert(*number);
            }
        }
    }
    notes
}

struct Resolver<'a> {
    request: &'a Request<'a>,
    notes_of: HashMap<FactRef, usize>,
    entries: Vec<Entry>,
    /// Two sources with the same bibliographic content are one.
    /// Places of entries by what makes them what they are, which several events may hold.
    by_content: HashMap<(Record, Option<Archived>), usize>,
    findings: &'a mut Vec<Finding>,
    /// The grades met in the part being resolved.
    grades: Vec<(usize, String)>,
}

impl Resolver<'_> {
    fn group(&mut self, citation: &Citation) -> Group {
        let part = |item: &CitationItem| {
            self.grades.clear();
            let what = self.item(item);
            let grades = std::mem::take(&mut self.grades);
            Part { prefix: item.prefix.trim().to_owned(), suffix: item.suffix.trim().to_owned(), what, grades }
        };
        let mut group = Group { offset: citation.range.start, parts: citation.items.iter().map(part).collect() };
        group.drop_repeats();
        group
    }

    fn item(&mut self, item: &CitationItem) -> What {
        let desk = self.request.desk;
        match &item.key {
            CitationKey::Source(key) => match desk.shared().get(key.as_str()) {
                Some(source) => {
                    let entry = self.source(source, None);
                    self.grade(entry, source, None);
                    What::Sources(vec![(entry, item.locator.clone())])
                }
                None => self.broken(item, missing::source(desk, key)),
            },
            CitationKey::Fact { event, fact } => {
                let address = FactRef::new(event.as_str(), fact.as_str());
                match desk.fact(&address) {
                    Some((event, fact)) => self.fact(event, fact, item.locator.as_deref()),
                    None => self.broken(item, missing::fact(desk, &address)),
                }
            }
        }
    }

    fn broken(&mut self, item: &CitationItem, missing: Option<Missing>) -> What {
        if let Some(Missing { message, help, .. }) = missing {
            let anchor = Anchor::byte(item.range.start);
            self.findings.push(Finding::error("unknown-reference", self.request.path, anchor, message).help(help));
        }
        What::Broken(item.key.to_string())
    }

    fn fact(&mut self, event: &Event, fact: &Fact, locator: Option<&str>) -> What {
        let sources = self.sources_of(event, fact, locator);
        if !sources.is_empty() {
            return What::Sources(sources);
        }
        let (Some(assessment), FactKind::Assessment) = (&fact.assessment, fact.kind) else {
            return What::Unsourced;
        };
        let (mut notes, mut sources) = (Vec::new(), Vec::new());
        for basis in &assessment.basis {
            let address = FactRef::within(&event.id, basis);
            if let Some(number) = self.notes_of.get(&address) {
                notes.push(*number);
            } else if let Some((event, fact)) = self.request.desk.fact(&address) {
                for source in self.sources_of(event, fact, None) {
                    if !sources.contains(&source) {
                        sources.push(source);
                    }
                }
            }
        }
        notes.sort_unstable();
        notes.dedup();
        What::Judgement { author: assessment.author.as_deref().map(ToOwned::to_owned), notes, sources }
    }

    fn sources_of(&mut self, event: &Event, fact: &Fact, locator: Option<&str>) -> Vec<SourceAt> {
        let mut out: Vec<SourceAt> = Vec::new();
        for used in &fact.sources {
            let Some(source) = self.request.desk.source(event, &used.source) else { continue };
            let path = event.sources.contains_key(&used.source).then_some(&*event.path);
            let at = locator.or(used.at.as_deref()).map(ToOwned::to_owned);
            let entry = self.source(source, path);
            self.grade(entry, source, Some(fact));
            let pair = (entry, at);
            if !out.contains(&pair) {
                out.push(pair);
            }
        }
        out
    }

    fn grade(&mut self, entry: usize, source: &Source, fact: Option<&Fact>) {
        if self.request.template.grades
            && let Some(label) = provenance::grade_label(source, fact, self.request.language())
        {
            self.grades.push((entry, label));
        }
    }

    /// The place of a source among the entries; `event` is the file of the event whose own it is.
    fn source(&mut self, source: &Source, event: Option<&str>) -> usize {
        let content = (source.record.clone(), source.archived.clone());
        if let Some(i) = self.by_content.get(&content) {
            return *i;
        }
        let i = self.entries.len();
        let (entry, odd) = item::entry(source, &format!("source-{i}"), self.request.language());
        for odd in odd {
            let mut route = vec![Step::Key(source.key.clone()), Step::Key(odd.key.into())];
            let place = source.place.as_deref();
            let path = event.or_else(|| place.map(|place| &*place.path)).unwrap_or(SHARED_PATH);
            if event.is_some() {
                route.insert(0, Step::Key("sources".into()));
            }
            let anchor = place.and_then(|place| place.at).map_or(Anchor::Route(route), Anchor::At);
            let message = format!("source `{}`: {}", source.key, odd.message);
            self.findings.push(Finding::warning("bad-value", path, anchor, message));
        }
        self.entries.push(entry);
        self.by_content.insert(content, i);
        i
    }
}
