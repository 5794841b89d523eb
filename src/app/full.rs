//! The fact in full: all that the desk knows of it, and where it is used, as lines at a width.

use std::collections::HashMap;
use std::sync::Arc;

use super::fact_words::{about, dotted, said, support, words, wrapped};
use super::state::State;
use crate::draft::{Draft, place};
use crate::model::{Desk, Event, Fact, FactAt, FactRef, RelationKind, Source, SourceUse, provenance};
use crate::note::reference;

/// The view.
#[derive(Clone, Debug)]
pub struct Full {
    /// The fact.
    pub at: FactAt,
    /// The facts that left and right go through; none for those listed in Facts.
    pub among: Option<Vec<FactAt>>,
    /// The first line shown.
    pub top: usize,
    /// What every draft cites, once the answer is there.
    pub drafts: Option<Arc<[CitedIn]>>,
    /// The request for it that is under way.
    pub request: u64,
}

/// What a draft cites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CitedIn {
    /// The draft's name.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Each fact with the titles of the sections that cite it.
    pub facts: HashMap<FactRef, Vec<String>>,
}

impl CitedIn {
    /// What the text of a draft cites.
    pub fn read(slug: &str, text: &str) -> Self {
        let draft = Draft::parse(text, &[]);
        let title = draft.front().title.clone().filter(|title| !title.is_empty());
        let mut facts = HashMap::new();
        for (address, positions) in place::placed(&draft) {
            let mut sections: Vec<usize> = positions.iter().map(|at| at.section).collect();
            sections.dedup();
            let titles = sections.iter().filter_map(|n| draft.sections().get(*n)).map(|s| s.title.clone());
            facts.insert(address, titles.collect());
        }
        Self { slug: slug.to_owned(), title: title.unwrap_or_else(|| slug.to_owned()), facts }
    }
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Text.
    Plain,
    /// The start of a part.
    Heading,
    /// What leads on: a source, another fact.
    Accent,
    /// What matters less.
    Dim,
}

/// A line at the width of the view, already safe to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Columns from the left.
    pub indent: usize,
    /// The text.
    pub text: String,
    /// What it is.
    pub face: Face,
}

/// Lines as they are gathered.
struct Page {
    width: usize,
    lines: Vec<Line>,
}

impl Page {
    fn add(&mut self, indent: usize, text: &str, face: Face) {
        let lines = wrapped(text, self.width.saturating_sub(indent).max(1));
        self.lines.extend(lines.map(|text| Line { indent, text, face }));
    }

    /// Parts with dots between.
    fn dotted(&mut self, indent: usize, parts: &[String], dot: &str, face: Face) {
        let lines = dotted(parts, dot, self.width.saturating_sub(indent).max(1));
        self.lines.extend(lines.into_iter().map(|text| Line { indent, text, face }));
    }

    fn heading(&mut self, text: &str) {
        if !self.lines.is_empty() {
            self.lines.push(Line { indent: 0, text: String::new(), face: Face::Plain });
        }
        self.add(0, text, Face::Heading);
    }

    /// `Name: value`, if there is one.
    fn named(&mut self, indent: usize, name: &str, value: Option<impl AsRef<str>>) {
        if let Some(value) = value {
            self.add(indent, &format!("{name}: {}", value.as_ref()), Face::Plain);
        }
    }
}

/// The lines of a fact.
pub fn lines(state: &State, full: &Full, width: usize) -> Vec<Line> {
    let Some((event, fact)) = state.desk.get(full.at) else { return Vec::new() };
    let dot = if state.setup.ascii { " - " } else { " · " };
    let mut page = Page { width, lines: Vec::new() };
    page.add(0, &words(fact), Face::Plain);
    page.dotted(0, &about(event, fact), dot, Face::Dim);
    page.dotted(0, &support(&state.desk, event, fact), dot, Face::Dim);
    details(&mut page, event, fact);
    page.heading("Sources");
    if fact.sources.is_empty() {
        page.add(2, "None", Face::Dim);
    }
    for used in &fact.sources {
        source(&mut page, state.desk.source(event, &used.source), used, fact, dot);
    }
    relations(&mut page, &state.desk, event, fact);
    let address = FactRef::new(&*event.id, &*fact.id);
    page.heading("Where it is used");
    used_here(&mut page, state, full.at);
    used_elsewhere(&mut page, state, full, &address);
    if let Some(note) = &fact.note {
        page.heading("Note for the desk");
        page.add(2, note, Face::Plain);
    }
    page.lines
}

/// What else is written of the fact itself.
fn details(page: &mut Page, event: &Event, fact: &Fact) {
    page.heading("The fact");
    let title = Some(&event.title).filter(|title| !title.is_empty());
    let dated = |date: &crate::model::Edtf| format!(", {date}");
    page.named(2, "Event", title.map(|t| format!("{t}{}", event.date.as_ref().map(dated).unwrap_or_default())));
    page.named(2, "File", Some(&event.path));
    page.named(2, "Date", fact.date.map(|date| date.to_string()));
    if let Some(said) = said(event, fact) {
        let role = fact.speaker.as_deref().and_then(|key| event.actors.get(key)?.role_on(fact.said.as_ref()));
        let role = role.map(|role| format!(", {role}")).unwrap_or_default();
        let via = fact.via.as_deref().map(|via| format!(", {via}")).unwrap_or_default();
        page.add(2, &format!("{}{role}{via}", capital(&said)), Face::Plain);
    }
    if let Some(quote) = &fact.quote {
        page.named(2, "Spoken in", quote.spoken.as_deref());
        page.named(2, "Original", quote.original.as_deref());
        page.named(2, "Translated by", quote.translation.as_deref());
    }
    if let Some(figure) = &fact.figure {
        let parts = [figure.value.as_deref(), figure.unit.as_deref()];
        let value = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        page.add(2, &format!("Figure: {value} ({})", figure.approx), Face::Plain);
        page.named(2, "Measure", figure.measure.as_deref());
    }
    if let Some(assessment) = &fact.assessment {
        page.named(2, "Likelihood", assessment.likelihood.as_deref());
        page.named(2, "Confidence", assessment.confidence.as_deref());
        page.named(2, "Judged by", assessment.author.as_deref());
        page.named(2, "Rests on", listed(&assessment.basis, ", "));
        page.named(2, "Assumes", listed(&assessment.assumptions, "; "));
        page.named(2, "Or else", listed(&assessment.alternatives, "; "));
    }
    let actors: Vec<Box<str>> = fact
        .actors
        .iter()
        .map(|key| match event.actors.get(key) {
            Some(actor) => actor.name.clone(),
            None => key.clone(),
        })
        .collect();
    page.named(2, "Actors", listed(&actors, ", "));
    let places: Vec<Box<str>> = fact.places.iter().map(|place| place.name.clone()).collect();
    page.named(2, "Places", listed(&places, ", "));
    page.named(2, "Event's tags", listed(&event.tags, ", "));
    for allow in &fact.allow {
        page.add(2, &format!("Ignored: {}, for {}", allow.rule, allow.reason), Face::Dim);
    }
}

fn listed(parts: &[Box<str>], between: &str) -> Option<String> {
    (!parts.is_empty()).then(|| parts.iter().map(|part| &**part).collect::<Vec<_>>().join(between))
}

/// The text with its first letter as a capital.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn source(page: &mut Page, source: Option<&Source>, used: &SourceUse, fact: &Fact, dot: &str) {
    let Some(source) = source else {
        return page.add(2, &format!("{} (unknown)", used.source), Face::Accent);
    };
    let grade = source.reliability.map(|r| provenance::graded(Some(r), fact.credibility));
    let at = used.at.as_deref().map(str::to_owned);
    let head: Vec<String> = [Some(source.short_name()), grade, at].into_iter().flatten().collect();
    page.dotted(2, &head, dot, Face::Accent);
    let full = reference(source);
    if full.text != *source.key {
        page.add(4, &full.text, Face::Plain);
    }
    if let Some(address) = &full.address {
        page.add(4, address, Face::Dim);
    }
    page.named(4, "Looked at", full.accessed);
    if let Some(archived) = &source.archived {
        let date = archived.date.map(|date| format!(", {date}")).unwrap_or_default();
        page.add(4, &format!("Archived: {}{date}", archived.url), Face::Dim);
    }
    if let Some(excerpt) = used.excerpt.as_deref().filter(|excerpt| !excerpt.is_empty()) {
        let variant = if used.variant { " (words it otherwise)" } else { "" };
        page.add(4, &format!("“{excerpt}”{variant}"), Face::Plain);
    }
    let mut rest = vec![format!("key {}", source.key)];
    rest.extend(source.origin_name().map(|origin| format!("origin {origin}")));
    rest.extend(source.directness.map(|directness| directness.to_string()));
    rest.extend(source.attribution.map(|attribution| attribution.to_string()));
    rest.extend(source.marking.as_ref().map(ToString::to_string));
    if source.status != crate::model::SourceStatus::Live {
        rest.push(source.status.to_string());
    }
    page.dotted(4, &rest, dot, Face::Dim);
    page.named(4, "Judged", source.descriptor.as_deref());
}

/// What other facts say to it, both ways, with their addresses.
fn relations(page: &mut Page, desk: &Desk, event: &Event, fact: &Fact) {
    let address = FactRef::new(&*event.id, &*fact.id);
    let mut told = Vec::new();
    for relation in &fact.relations {
        let to = FactRef::within(&event.id, &relation.to);
        let headline = desk.fact(&to).map(|(_, other)| other.headline().into_owned());
        told.push((forward(relation.kind), to.to_string(), headline.unwrap_or_else(|| "no such fact".to_owned())));
    }
    for (kind, other_event, other) in desk.related(&address) {
        let from = FactRef::new(&*other_event.id, &*other.id);
        told.push((backward(kind), from.to_string(), other.headline().into_owned()));
    }
    if told.is_empty() {
        return;
    }
    page.heading("Other facts");
    for (how, address, headline) in told {
        page.add(2, &format!("{how} {address}"), Face::Accent);
        page.add(4, &headline, Face::Plain);
    }
}

fn forward(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Contradicts => "Contradicts",
        RelationKind::Corroborates => "Corroborates",
        RelationKind::Supersedes => "Supersedes",
        RelationKind::DerivedFrom => "Derived from",
    }
}

fn backward(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::Contradicts => "Contradicted by",
        RelationKind::Corroborates => "Corroborated by",
        RelationKind::Supersedes => "Superseded by",
        RelationKind::DerivedFrom => "Led to",
    }
}

/// The sections and blocks of the open brief that cite it.
fn used_here(page: &mut Page, state: &State, at: FactAt) {
    let Some(document) = &state.document else { return };
    let positions = state.facts.placed.get(&at).map(Vec::as_slice).unwrap_or_default();
    if positions.is_empty() {
        return page.add(2, &format!("Not in this brief, {}", document.title()), Face::Dim);
    }
    let outline = &state.brief.outline;
    for item in positions.iter().filter_map(|at| outline.item_at(*at)) {
        let Some(item) = outline.items.get(item).copied() else { continue };
        let (Some(section), Some(block)) = (outline.sections.get(item.section()), outline.block(item)) else {
            continue;
        };
        let number = section.number.map(|n| format!("{n} ")).unwrap_or_default();
        page.add(2, &format!("This brief, {number}{}", section.title), Face::Accent);
        page.add(4, &block.line, Face::Plain);
    }
}

/// The other drafts that cite it.
fn used_elsewhere(page: &mut Page, state: &State, full: &Full, address: &FactRef) {
    let Some(drafts) = &full.drafts else { return page.add(2, "Reading the other drafts", Face::Dim) };
    let open = state.document.as_ref().map(|document| document.slug.as_str());
    let mut found = false;
    for draft in drafts.iter().filter(|draft| Some(draft.slug.as_str()) != open) {
        let Some(sections) = draft.facts.get(address) else { continue };
        found = true;
        page.add(2, &format!("{} ({})", draft.title, draft.slug), Face::Accent);
        let named: Vec<&str> = sections.iter().map(String::as_str).filter(|title| !title.is_empty()).collect();
        if !named.is_empty() {
            page.add(4, &named.join("; "), Face::Plain);
        }
    }
    if !found {
        page.add(2, "In no other draft", Face::Dim);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_tells_in_which_sections_it_cites_what() {
        let text = "---\ntitle: Li\n---\n\nBefore [@a#x].\n\n## Issue\n\nOne [@a#b]. Two [@a#b; @c#d].\n\nThree [@a#b].\n\n## End\n\n- Four [@a#b].\n";
        let cited = CitedIn::read("li", text);
        assert_eq!((cited.slug.as_str(), cited.title.as_str()), ("li", "Li"));
        assert_eq!(cited.facts[&FactRef::new("a", "b")], ["Issue", "End"]);
        assert_eq!(cited.facts[&FactRef::new("c", "d")], ["Issue"]);
        assert_eq!(cited.facts[&FactRef::new("a", "x")], [""]);
        assert_eq!(CitedIn::read("li", "").title, "li");
    }
}
