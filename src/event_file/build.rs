//! From the shapes of an event file to the model, telling every value that does not fit.

mod sources;

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use indexmap::IndexMap;

use super::shape::{ActorEntry, EventShape, FactShape, PlaceShape, SourceUseShape};
use crate::finding::{Anchor, Edit, Finding, Fix};
use crate::model::id::{check_id, id_for};
use crate::model::text::nearest;
use crate::model::{
    Actor, Allow, Assessment, Edtf, Event, Fact, FactKind, Figure, Marking, Place, Quote, Relation, RelationKind, Role,
    SourceUse,
};
use crate::yaml::Step;
use crate::yaml::shape::{Keyed, OneOrMany, Short, Text};

pub(crate) use sources::own_value;
pub(super) use sources::sources;

/// Builds an event; `facts` come with their places in the file's list.
pub(super) fn event(
    path: &str,
    stem: &str,
    shape: EventShape,
    facts: Vec<(usize, FactShape)>,
    findings: &mut Vec<Finding>,
) -> Event {
    let mut b = Builder { path, route: Vec::new(), findings };
    if let Some(schema) = shape.schema.filter(|s| &**s != "1") {
        b.under("schema", |b| {
            b.error("bad-value", format!("schema `{}` is newer than this program, which reads 1", &*schema));
        });
    }
    let id = b.event_id(shape.id, stem);
    let title = b.required(shape.title, "title").unwrap_or_else(|| id.clone());
    let date = b.date(shape.date, "date");
    if date.is_none() && !b.findings.iter().any(|f| f.rule == "bad-date") {
        b.error("bad-value", "`date` is missing: when does the event happen? (EDTF, such as 2024-08-20)");
    }
    let mut event = Event {
        path: path.into(),
        title,
        date,
        as_of: b.date(shape.as_of, "as-of"),
        status: b.word(shape.status, "status"),
        summary: shape.summary.map(Into::into),
        marking: marking(shape.marking),
        language: shape.language.map(Into::into),
        tags: texts(shape.tags),
        places: b.places(shape.places),
        related: texts(shape.related),
        embargo: b.date(shape.embargo, "embargo"),
        actors: b.actors(shape.actors),
        sources: sources(path, shape.sources.0, &[Step::Key("sources".into())], b.findings),
        facts: Vec::new(),
        id,
    };
    let mut seen: HashMap<Box<str>, usize> = HashMap::new();
    let has_id = |shape: &FactShape| shape.id.as_ref().is_some_and(|id| !id.trim().is_empty());
    let mut taken: HashSet<String> = HashSet::new();
    if !facts.iter().all(|(_, shape)| has_id(shape)) {
        taken.extend(facts.iter().filter_map(|(_, shape)| shape.id.as_deref().map(ToOwned::to_owned)));
    }
    for (index, shape) in facts {
        let route = [Step::Key("facts".into()), Step::Index(index)];
        let mut b = Builder { path, route: route.to_vec(), findings: b.findings };
        let nameless =
            (!has_id(&shape)).then(|| shape.text.clone().or_else(|| shape.words.clone()).unwrap_or_default());
        let Some(fact) = b.fact(index, shape, &event.id) else {
            nameless.iter().for_each(|text| b.offer_id(text, &mut taken));
            continue;
        };
        if let Some(first) = first_with_id(&fact.id, &event.facts, &mut seen) {
            let message = format!("two facts have the id `{}`; the first is number {} in the list", fact.id, first + 1);
            b.under("id", |b| b.error("duplicate-id", message));
        } else {
            event.facts.push(fact);
        }
    }
    event.compact();
    event
}

/// The place in the list of an earlier fact with this id. Few facts are looked through one by one;
/// `seen` grows only with many.
fn first_with_id(id: &str, facts: &[Fact], seen: &mut HashMap<Box<str>, usize>) -> Option<usize> {
    const FEW: usize = 32;
    if facts.len() <= FEW {
        return facts.iter().find(|f| &*f.id == id).map(|f| f.index as usize);
    }
    for fact in &facts[seen.len()..] {
        seen.insert(fact.id.clone(), fact.index as usize);
    }
    seen.get(id).copied()
}

fn texts(list: OneOrMany<Text>) -> Vec<Box<str>> {
    list.0.into_iter().filter(|text| !text.is_empty()).map(Into::into).collect()
}

fn marking(text: Option<Text>) -> Option<Marking> {
    text.filter(|t| !t.trim().is_empty()).map(|t| Marking::new(&t))
}

fn present(text: Option<Text>) -> Option<Box<str>> {
    text.map(Box::<str>::from).filter(|t| !t.trim().is_empty())
}

/// Carries the way to the value being built, so that a finding knows its place.
struct Builder<'a> {
    path: &'a str,
    route: Vec<Step>,
    findings: &'a mut Vec<Finding>,
}

impl Builder<'_> {
    fn under<R>(&mut self, key: &str, then: impl FnOnce(&mut Self) -> R) -> R {
        self.route.push(Step::Key(key.into()));
        let result = then(self);
        self.route.pop();
        result
    }

    fn error(&mut self, rule: &'static str, message: impl Into<String>) {
        self.findings.push(Finding::error(rule, self.path, Anchor::Route(self.route.clone()), message));
    }

    fn event_id(&mut self, id: Option<Text>, stem: &str) -> Box<str> {
        let written = present(id);
        let id: Box<str> = written.clone().unwrap_or_else(|| stem.into());
        match check_id(&id) {
            Ok(()) => id,
            Err(e) => {
                let what = if written.is_some() { "the id" } else { "the file's name" };
                self.under("id", |b| b.error("bad-value", format!("{what} `{id}` cannot be cited: {e}")));
                let safe: String = id
                    .chars()
                    .map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' })
                    .take(crate::model::id::MAX_ID - 1)
                    .collect();
                let safe = safe.trim_matches('-');
                if safe.is_empty() { "event".into() } else { safe.into() }
            }
        }
    }

    /// Offers an id for the fact that has just been told to have none.
    fn offer_id(&mut self, text: &str, taken: &mut HashSet<String>) {
        // What is not told needs no way out; and among many of one text the search for a free id takes long.
        if self.findings.len() > super::MOST_TOLD {
            return;
        }
        let id = id_for(text, |id| taken.contains(id));
        let mut route = self.route.clone();
        route.push(Step::Key("id".into()));
        if let Some(finding) = self.findings.last_mut().filter(|f| f.rule == "missing-id") {
            finding.fixes.push(Fix { label: format!("write `id: {id}`"), edit: Edit::Value(route, id.clone()) });
            taken.insert(id);
        }
    }

    fn required(&mut self, text: Option<Text>, key: &str) -> Option<Box<str>> {
        let text = present(text);
        if text.is_none() {
            self.under(key, |b| b.error("bad-value", format!("`{key}` is missing")));
        }
        text
    }

    fn date(&mut self, text: Option<Text>, key: &str) -> Option<Edtf> {
        let text = present(text)?;
        match text.trim().parse() {
            Ok(date) => Some(date),
            Err(e) => {
                self.under(key, |b| b.error("bad-date", e.to_string()));
                None
            }
        }
    }

    /// A word out of a fixed list; a wrong one is told with the nearest right one.
    fn word<T: FromStr<Err = String> + Words>(&mut self, text: Option<Text>, key: &str) -> Option<T> {
        let text = present(text)?;
        match text.parse() {
            Ok(word) => Some(word),
            Err(message) => {
                let near = nearest(&text, T::WORDS.iter().copied());
                self.under(key, |b| {
                    b.error("bad-value", message);
                    if let (Some(near), Some(last)) = (near, b.findings.last_mut()) {
                        last.help = Some(format!("did you mean `{near}`?"));
                    }
                });
                None
            }
        }
    }

    fn places(&mut self, places: OneOrMany<Short<PlaceShape>>) -> Vec<Place> {
        let mut out = Vec::with_capacity(places.0.len());
        for Short(place) in places.0 {
            let Some(name) = present(place.name) else {
                self.under("places", |b| b.error("bad-value", "a place needs a `name`"));
                continue;
            };
            out.push(Place { name, country: present(place.country), lat: present(place.lat), lon: present(place.lon) });
        }
        out
    }

    fn actors(&mut self, actors: Keyed<ActorEntry>) -> IndexMap<Box<str>, Actor> {
        let mut out = IndexMap::with_capacity(actors.0.len());
        for (key, Short(shape)) in actors.0 {
            let key: Box<str> = key.into();
            self.route.push(Step::Key("actors".into()));
            self.route.push(Step::Key(key.clone()));
            let name = self.required(shape.name, "name").unwrap_or_else(|| key.clone());
            let kind = self.word(shape.kind, "kind").unwrap_or_default();
            let roles = shape.roles.0.into_iter().filter_map(|role| {
                let title = self.required(role.title, "roles")?;
                Some(Role { title, from: self.date(role.from, "roles"), to: self.date(role.to, "roles") })
            });
            let roles = roles.collect();
            self.route.truncate(self.route.len() - 2);
            let actor = Actor {
                key: key.clone(),
                name,
                role: present(shape.role),
                of: present(shape.of),
                unnamed: shape.unnamed,
                kind,
                aliases: texts(shape.aliases),
                roles,
            };
            out.insert(key, actor);
        }
        out
    }

    /// One fact; `None` when it cannot be used, which is then told.
    fn fact(&mut self, index: usize, shape: FactShape, event: &str) -> Option<Fact> {
        let before = self.findings.len();
        let fact = self.fact_parts(index, shape);
        let named = fact.as_ref().map(|f| format!("{event}#{}", f.id));
        for finding in &mut self.findings[before..] {
            finding.fact.clone_from(&named);
        }
        // A wrong word here could let through what must not pass: the fact waits until it is mended.
        let unsafe_key = |f: &Finding| {
            f.rule == "bad-value"
                && matches!(&f.anchor, Anchor::Route(r)
                    if matches!(r.last(), Some(Step::Key(k)) if matches!(&**k, "kind" | "status" | "use")))
        };
        for finding in &mut self.findings[before..] {
            if unsafe_key(finding) {
                let left_out = "this fact is left out until this is mended";
                finding.help = Some(match finding.help.take() {
                    Some(help) => format!("{help} {left_out}"),
                    None => left_out.to_owned(),
                });
            }
        }
        if self.findings[before..].iter().any(unsafe_key) { None } else { fact }
    }

    fn fact_parts(&mut self, index: usize, shape: FactShape) -> Option<Fact> {
        let Some(id) = present(shape.id) else {
            self.error("missing-id", "a fact without an id cannot be cited; this one is left out");
            return None;
        };
        if let Err(e) = check_id(&id) {
            self.under("id", |b| b.error("bad-fact", format!("fact id `{id}`: {e}")));
            return None;
        }
        let words = present(shape.words);
        let text = present(shape.text);
        if text.is_none() && words.is_none() {
            self.error("bad-fact", format!("fact `{id}` has no `text`; it is left out"));
            return None;
        }
        let kind: FactKind = self.word(shape.kind, "kind").unwrap_or_default();
        if kind == FactKind::Quote && words.is_none() {
            self.error("bad-fact", format!("quote `{id}` has no `words`; it is left out"));
            return None;
        }
        let mut fact = Fact {
            id,
            index: u32::try_from(index).unwrap_or(u32::MAX),
            kind,
            text: text.unwrap_or_default(),
            date: self.date(shape.date, "date"),
            said: self.date(shape.said, "said"),
            speaker: present(shape.speaker),
            via: present(shape.via),
            actors: texts(shape.actors).into(),
            places: self.places(shape.places).into(),
            tags: texts(shape.tags).into(),
            priority: self.word(shape.priority, "priority"),
            status: self.word(shape.status, "status").unwrap_or_default(),
            credibility: self.credibility(shape.credibility),
            sources: self.source_uses(shape.sources).into(),
            relations: self.relations(shape.relations).into(),
            marking: marking(shape.marking),
            usage: self.word(shape.usage, "use").unwrap_or_default(),
            note: present(shape.note),
            ..Fact::default()
        };
        fact.quote = words.map(|words| {
            Box::new(Quote {
                words,
                spoken: present(shape.spoken),
                translation: present(shape.translation),
                original: present(shape.original),
            })
        });
        let figure = Figure {
            value: present(shape.value),
            unit: present(shape.unit),
            approx: self.word(shape.approx, "approx").unwrap_or_default(),
            measure: present(shape.measure),
        };
        fact.figure = (figure != Figure::default()).then(|| Box::new(figure));
        let assessment = Assessment {
            likelihood: present(shape.likelihood),
            confidence: present(shape.confidence),
            basis: texts(shape.basis),
            assumptions: texts(shape.assumptions),
            alternatives: texts(shape.alternatives),
            author: present(shape.author),
        };
        fact.assessment =
            (kind == FactKind::Assessment || assessment != Assessment::default()).then(|| Box::new(assessment));
        let mut allowed = Vec::new();
        for allow in shape.allow.0 {
            match (present(allow.rule), present(allow.reason)) {
                (Some(rule), Some(reason)) => allowed.push(Allow { rule, reason }),
                _ => self.under("allow", |b| b.error("bad-value", "`allow` needs a `rule` and a `reason`")),
            }
        }
        fact.allow = allowed.into();
        Some(fact)
    }

    fn credibility(&mut self, text: Option<Text>) -> Option<u8> {
        let text = present(text)?;
        match text.trim().parse() {
            Ok(n @ 1..=6) => Some(n),
            _ => {
                let message = format!("credibility is 1 (confirmed) to 6 (cannot be judged), not `{text}`");
                self.under("credibility", |b| b.error("bad-value", message));
                None
            }
        }
    }

    fn source_uses(&mut self, uses: OneOrMany<Short<SourceUseShape>>) -> Vec<SourceUse> {
        let mut out = Vec::with_capacity(uses.0.len());
        for (i, Short(shape)) in uses.0.into_iter().enumerate() {
            let Some(source) = present(shape.source) else {
                self.route.extend([Step::Key("sources".into()), Step::Index(i)]);
                self.error("bad-value", "a source of a fact is a key, or a mapping with `source`");
                self.route.truncate(self.route.len() - 2);
                continue;
            };
            out.push(SourceUse {
                source,
                at: present(shape.at),
                excerpt: present(shape.excerpt),
                variant: shape.variant,
            });
        }
        out
    }

    fn relations(&mut self, relations: OneOrMany<Keyed<Text>>) -> Vec<Relation> {
        let mut out = Vec::new();
        for (word, to) in relations.0.into_iter().flat_map(|r| r.0) {
            if let Some(kind) = self.word::<RelationKind>(Some(word), "relations") {
                out.push(Relation { kind, to: to.into() });
            }
        }
        out
    }
}

/// What [`Builder::word`] needs to know of an enum of words.
trait Words {
    const WORDS: &'static [&'static str];
}

macro_rules! has_words {
    ($($name:ty),+ $(,)?) => { $(impl Words for $name { const WORDS: &'static [&'static str] = <$name>::WORDS; })+ };
}

has_words!(
    crate::model::ActorKind,
    crate::model::EventStatus,
    FactKind,
    crate::model::FactStatus,
    crate::model::FactUse,
    crate::model::Priority,
    crate::model::Approx,
    RelationKind,
    crate::model::Reliability,
    crate::model::Directness,
    crate::model::Attribution,
    crate::model::SourceStatus,
);
