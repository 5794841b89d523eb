//! Citations of a draft resolved, numbered and formatted.

use std::collections::HashMap;
use std::sync::Arc;

use hayagriva::Entry;

use super::Request;
use super::csl::{Csl, Formatter, Standing, Wanted};
use super::entry;
use crate::finding::{Anchor, Finding};
use crate::markdown::{Citation, CitationItem, CitationKey, escape};
use crate::model::{Event, Fact, FactKind, FactRef, Source};

/// What the citations of a draft print as.
#[derive(Debug, Default)]
pub(super) struct Cited {
    /// What takes each citation's place, by the byte at which it starts in the draft.
    pub marks: HashMap<usize, Mark>,
    /// The notes of a note style, in order; the first is number 1.
    pub notes: Vec<String>,
    /// The bibliography, in the style's order.
    pub bibliography: Vec<String>,
    /// What could not be resolved.
    pub findings: Vec<Finding>,
}

/// What takes a citation's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// The note with this number.
    Note(usize),
    /// A reference in the text.
    Text(String),
    /// Nothing: the style prints no citations.
    Nothing,
}

/// A citation with what its keys lead to.
struct Group {
    offset: usize,
    parts: Vec<Part>,
}

struct Part {
    prefix: String,
    suffix: String,
    what: What,
}

enum What {
    /// Sources with the place in each.
    Sources(Vec<(usize, Option<String>)>),
    /// A judgement: whose, the facts it rests on.
    Judgement { author: Option<String>, basis: Vec<FactRef> },
    /// A fact that names no source.
    Unsourced,
    /// A key that leads nowhere, as written.
    Broken(String),
}

/// Resolves and formats all citations of a draft.
pub(super) fn cite(request: &Request<'_>, formatter: &Formatter) -> Cited {
    let mut cited = Cited::default();
    let style = request.style_name();
    let citations = request.draft.sections().iter().flat_map(|s| &s.blocks).flat_map(|b| &b.citations);
    if style == "none" {
        cited.marks = citations.map(|c| (c.range.start, Mark::Nothing)).collect();
        return cited;
    }
    let csl = load_style(request, formatter, &mut cited);
    let mut sources = Sources::default();
    let mut groups = Vec::new();
    for citation in citations {
        groups.push(resolve(request, citation, &mut sources, &mut cited.findings));
    }
    let basis = resolve_basis(request, &groups, &mut sources);
    sources.tell_dropped(&mut cited.findings);
    let Some(csl) = csl else { return cited };
    let printer = Printer { csl: &csl, formatter, entries: &sources.entries, groups: &groups, basis: &basis };
    if csl.is_note() {
        printer.notes(&mut cited);
    } else {
        printer.in_text(&mut cited);
    }
    cited.bibliography = formatter.bibliography(&csl, &sources.entries);
    cited
}

fn load_style(request: &Request<'_>, formatter: &Formatter, cited: &mut Cited) -> Option<Arc<Csl>> {
    let language = request.language();
    formatter
        .style(request.style_name(), language)
        .or_else(|unknown| {
            let message = format!("there is no citation style `{}`; the note uses {}", unknown.name, crate::template::CITATIONS);
            cited.findings.push(
                Finding::error("bad-value", request.path, Anchor::File, message)
                    .help(format!("near names: {}", unknown.near.join(", "))),
            );
            formatter.style(crate::template::CITATIONS, language)
        })
        .ok()
}

/// The sources in use; two with the same bibliographic content are one.
#[derive(Default)]
struct Sources {
    entries: Vec<Entry>,
    by_content: HashMap<String, usize>,
    dropped: Vec<(String, String, String, String)>,
}

impl Sources {
    fn add(&mut self, source: &Source, path: &str) -> usize {
        let content = format!("{:?}", source.entry);
        if let Some(i) = self.by_content.get(&content) {
            return *i;
        }
        let i = self.entries.len();
        let prepared = entry::prepare(source, &format!("source-{i}"));
        for (field, reason) in prepared.dropped {
            self.dropped.push((path.to_owned(), source.key.to_string(), field, reason));
        }
        self.entries.push(prepared.entry);
        self.by_content.insert(content, i);
        i
    }

    fn tell_dropped(&self, findings: &mut Vec<Finding>) {
        use crate::yaml::Step;
        for (path, key, field, reason) in &self.dropped {
            let mut route = vec![Step::Key(key.as_str().into()), Step::Key(field.as_str().into())];
            if path != crate::model::desk::SHARED_PATH {
                route.insert(0, Step::Key("sources".into()));
            }
            let message = format!("`{field}` of source `{key}` does not print: {reason}");
            findings.push(Finding::warning("bad-value", path, Anchor::Route(route), message));
        }
    }
}

fn resolve(request: &Request<'_>, citation: &Citation, sources: &mut Sources, findings: &mut Vec<Finding>) -> Group {
    let parts = citation.items.iter().map(|item| Part {
        prefix: item.prefix.trim().to_owned(),
        suffix: item.suffix.trim().to_owned(),
        what: resolve_item(request, item, sources, findings),
    });
    Group { offset: citation.range.start, parts: parts.collect() }
}

fn resolve_item(request: &Request<'_>, item: &CitationItem, sources: &mut Sources, findings: &mut Vec<Finding>) -> What {
    let broken = |findings: &mut Vec<Finding>, message: String| {
        findings.push(Finding::error("unknown-reference", request.path, Anchor::Offset(item.range.start), message));
        What::Broken(item.key.to_string())
    };
    match &item.key {
        CitationKey::Source(key) => match request.desk.shared().get(key.as_str()) {
            Some(source) => {
                let i = sources.add(source, crate::model::desk::SHARED_PATH);
                What::Sources(vec![(i, item.locator.clone())])
            }
            None => broken(findings, format!("there is no shared source `{key}`")),
        },
        CitationKey::Fact { event, fact } => {
            let address = FactRef::new(event.as_str(), fact.as_str());
            match request.desk.fact(&address) {
                Some((event, fact)) => what_of_fact(request, event, fact, item.locator.as_deref(), sources),
                None => broken(findings, format!("there is no fact `{address}`")),
            }
        }
    }
}

fn what_of_fact(request: &Request<'_>, event: &Event, fact: &Fact, locator: Option<&str>, sources: &mut Sources) -> What {
    let uses = source_uses(request, event, fact, locator, sources);
    if !uses.is_empty() {
        return What::Sources(uses);
    }
    match (&fact.assessment, fact.kind) {
        (Some(assessment), FactKind::Assessment) => What::Judgement {
            author: assessment.author.as_deref().map(ToOwned::to_owned),
            basis: assessment.basis.iter().map(|b| FactRef::within(&event.id, b)).collect(),
        },
        _ => What::Unsourced,
    }
}

fn source_uses(
    request: &Request<'_>,
    event: &Event,
    fact: &Fact,
    locator: Option<&str>,
    sources: &mut Sources,
) -> Vec<(usize, Option<String>)> {
    let mut uses = Vec::new();
    for used in &fact.sources {
        let Some(source) = request.desk.source(event, &used.source) else { continue };
        let own = event.sources.contains_key(&used.source);
        let path = if own { &*event.path } else { crate::model::desk::SHARED_PATH };
        let at = locator.or(used.at.as_deref()).map(ToOwned::to_owned);
        let pair = (sources.add(source, path), at);
        if !uses.contains(&pair) {
            uses.push(pair);
        }
    }
    uses
}

/// The sources of facts that judgements rest on but the draft does not cite.
fn resolve_basis(request: &Request<'_>, groups: &[Group], sources: &mut Sources) -> HashMap<FactRef, Vec<(usize, Option<String>)>> {
    let mut basis = HashMap::new();
    for part in groups.iter().flat_map(|g| &g.parts) {
        let What::Judgement { basis: facts, .. } = &part.what else { continue };
        for address in facts {
            if cites(request, address).is_some() {
                continue;
            }
            if let Some((event, fact)) = request.desk.fact(address) {
                let uses = source_uses(request, event, fact, None, sources);
                basis.insert(address.clone(), uses);
            }
        }
    }
    // Facts that the draft cites are told by the number of their note.
    for (number, citation) in all_citations(request).enumerate() {
        for item in &citation.items {
            if let CitationKey::Fact { event, fact } = &item.key {
                let address = FactRef::new(event.as_str(), fact.as_str());
                basis.entry(address).or_insert_with(|| vec![(usize::MAX, Some((number + 1).to_string()))]);
            }
        }
    }
    basis
}

fn all_citations<'a>(request: &Request<'a>) -> impl Iterator<Item = &'a Citation> {
    request.draft.sections().iter().flat_map(|s| &s.blocks).flat_map(|b| &b.citations)
}

fn cites(request: &Request<'_>, address: &FactRef) -> Option<usize> {
    all_citations(request).position(|c| {
        c.items.iter().any(|i| matches!(&i.key, CitationKey::Fact { event, fact } if *event == address.event && *fact == address.fact))
    })
}

struct Printer<'a> {
    csl: &'a Csl,
    formatter: &'a Formatter,
    entries: &'a [Entry],
    groups: &'a [Group],
    /// Per basis fact: its sources, or (`usize::MAX`, number) for the note that cites it.
    basis: &'a HashMap<FactRef, Vec<(usize, Option<String>)>>,
}

impl Printer<'_> {
    /// Every source that is printed, in order, with how it stands to those before it.
    fn standings(&self) -> Vec<Wanted> {
        let mut seen: Vec<bool> = vec![false; self.entries.len()];
        let mut last: Option<(usize, Option<String>)> = None;
        let mut wanted = Vec::new();
        for group in self.groups {
            for (entry, at) in group.parts.iter().flat_map(|p| self.sources_of(p)) {
                let standing = match &last {
                    Some((e, a)) if *e == entry && *a == at => Standing::Same,
                    Some((e, _)) if *e == entry && at.is_some() => Standing::SameElsewhere,
                    _ if seen.get(entry).copied().unwrap_or_default() => Standing::Later,
                    _ => Standing::First,
                };
                if let Some(seen) = seen.get_mut(entry) {
                    *seen = true;
                }
                last = Some((entry, at.clone()));
                wanted.push(Wanted { entry, at, standing });
            }
        }
        wanted
    }

    fn sources_of(&self, part: &Part) -> Vec<(usize, Option<String>)> {
        match &part.what {
            What::Sources(uses) => uses.clone(),
            What::Judgement { basis, .. } => {
                let uses = basis.iter().filter_map(|b| self.basis.get(b)).flatten();
                let mut out: Vec<(usize, Option<String>)> = Vec::new();
                for used in uses.filter(|(entry, _)| *entry != usize::MAX) {
                    if !out.contains(used) {
                        out.push(used.clone());
                    }
                }
                out
            }
            What::Unsourced | What::Broken(_) => Vec::new(),
        }
    }

    fn notes(&self, cited: &mut Cited) {
        let wanted = self.standings();
        let mut forms = self.formatter.forms(self.csl, self.entries, &wanted).into_iter();
        for (number, group) in (1..).zip(self.groups) {
            let parts: Vec<String> = group
                .parts
                .iter()
                .map(|part| {
                    let n = self.sources_of(part).len();
                    let own: Vec<String> = forms.by_ref().take(n).collect();
                    self.part(part, &own)
                })
                .collect();
            let mut text = parts.join(&self.csl.delimiter);
            if !text.ends_with(['.', '?', '!']) || self.csl.suffix.is_empty() {
                text.push_str(if self.csl.suffix.is_empty() { "" } else { &self.csl.suffix });
            }
            cited.notes.push(capitalised(&text));
            cited.marks.insert(group.offset, Mark::Note(number));
        }
    }

    fn in_text(&self, cited: &mut Cited) {
        let mut with_sources = Vec::new();
        let lists: Vec<Vec<(usize, Option<String>)>> = self
            .groups
            .iter()
            .map(|g| g.parts.iter().filter(|p| matches!(p.what, What::Sources(_))).flat_map(|p| self.sources_of(p)).collect())
            .collect();
        with_sources.extend(lists.iter().filter(|l| !l.is_empty()).cloned());
        let mut printed = self.csl.in_text(self.entries, &with_sources).into_iter();
        for (group, list) in self.groups.iter().zip(&lists) {
            let mut pieces = Vec::new();
            if !list.is_empty() {
                pieces.extend(printed.next());
            }
            for part in &group.parts {
                if !matches!(part.what, What::Sources(_)) {
                    pieces.push(format!("({})", self.part(part, &[])));
                }
            }
            cited.marks.insert(group.offset, Mark::Text(pieces.join(" ")));
        }
    }

    fn part(&self, part: &Part, forms: &[String]) -> String {
        let body = match &part.what {
            What::Sources(_) => forms.join(&self.csl.delimiter),
            What::Judgement { author, basis } => self.judgement(author.as_deref(), basis, forms),
            What::Unsourced => "*[no source]*".to_owned(),
            What::Broken(key) => format!("*[unknown reference: {}]*", escape(&format!("@{key}"))),
        };
        let mut text = String::new();
        if !part.prefix.is_empty() {
            text.push_str(&escape(&part.prefix));
            text.push(' ');
        }
        text.push_str(&body);
        if !part.suffix.is_empty() {
            text.push_str(if part.suffix.starts_with(|c: char| c.is_alphanumeric()) { ", " } else { "" });
            text.push_str(&escape(&part.suffix));
        }
        text
    }

    fn judgement(&self, author: Option<&str>, basis: &[FactRef], forms: &[String]) -> String {
        let mut text = match author {
            None => "Desk assessment".to_owned(),
            Some(author) if author.eq_ignore_ascii_case("desk") => "Desk assessment".to_owned(),
            Some(author) => format!("Assessment by {}", escape(author)),
        };
        let mut numbers: Vec<usize> = Vec::new();
        if self.csl.is_note() {
            let cited = basis.iter().filter_map(|b| self.basis.get(b)).flatten();
            let of_notes = cited.filter(|(entry, _)| *entry == usize::MAX);
            numbers.extend(of_notes.filter_map(|(_, n)| n.as_deref()?.parse::<usize>().ok()));
            numbers.sort_unstable();
            numbers.dedup();
        }
        let mut rests_on = Vec::new();
        match numbers.as_slice() {
            [] => {}
            [one] => rests_on.push(format!("note {one}")),
            [first @ .., last] => {
                let first: Vec<String> = first.iter().map(ToString::to_string).collect();
                rests_on.push(format!("notes {} and {last}", first.join(", ")));
            }
        }
        rests_on.extend(forms.iter().cloned());
        if !rests_on.is_empty() {
            text.push_str(", based on ");
            text.push_str(&rests_on.join(&self.csl.delimiter));
        }
        text
    }
}

/// A note begins like a sentence.
fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if first.is_lowercase() && !text.starts_with("http") => {
            first.to_uppercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}
