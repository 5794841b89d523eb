//! The serde shapes of an event file: what may be written where.
//!
//! Everything is text here; [`super::build`] turns it into the model. `attache schema event`
//! prints these shapes as JSON Schema for editors.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use crate::model;
use crate::yaml::Value;
use crate::yaml::shape::{FromText, Keyed, OneOrMany, Short, Text};

/// An event file.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct EventShape {
    /// The version of this format: 1.
    pub schema: Option<Text>,
    /// The id; the file's stem when absent.
    pub id: Option<Text>,
    /// The title, plain text. Required.
    pub title: Option<Text>,
    /// When it happens, EDTF level 0 or 1. Required.
    pub date: Option<Text>,
    /// The information cut-off of the file.
    pub as_of: Option<Text>,
    /// How far the event has come.
    #[schemars(extend("enum" = model::EventStatus::WORDS))]
    pub status: Option<Text>,
    /// A few sentences on the whole.
    pub summary: Option<Text>,
    /// The default marking of every fact and source below.
    pub marking: Option<Text>,
    /// The language of the texts (BCP 47).
    pub language: Option<Text>,
    /// Free words to find it by.
    pub tags: OneOrMany<Text>,
    /// Where it happens.
    pub places: OneOrMany<Short<PlaceShape>>,
    /// Ids of events that belong with this one.
    pub related: OneOrMany<Text>,
    /// Nothing may be used before this day.
    pub embargo: Option<Text>,
    /// Who acts or speaks, by key.
    pub actors: Keyed<ActorEntry>,
    /// Where the facts come from, by key.
    pub sources: Keyed<SourceShape>,
    /// What the event consists of. Required.
    pub facts: Option<Vec<FactShape>>,
}

/// A place: a name, or a mapping.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct PlaceShape {
    /// The name as printed.
    pub name: Option<Text>,
    /// The country's name or code.
    pub country: Option<Text>,
    /// Degrees north.
    pub lat: Option<Text>,
    /// Degrees east.
    pub lon: Option<Text>,
}

impl FromText for PlaceShape {
    fn from_text(text: Text) -> Self {
        Self { name: Some(text), ..Self::default() }
    }
}

/// An actor: a name, or a mapping.
pub(super) type ActorEntry = Short<ActorShape>;

/// An actor in full.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct ActorShape {
    /// The name as it is to be printed. Required.
    pub name: Option<Text>,
    /// The office held.
    pub role: Option<Text>,
    /// Whom or what the actor belongs to.
    pub of: Option<Text>,
    /// A source who may not be named.
    pub unnamed: bool,
    /// What sort of actor it is.
    #[schemars(extend("enum" = model::ActorKind::WORDS))]
    pub kind: Option<Text>,
    /// Other names under which reports know the actor.
    pub aliases: OneOrMany<Text>,
    /// Offices with the time in which they were held.
    pub roles: OneOrMany<RoleShape>,
}

impl FromText for ActorShape {
    fn from_text(text: Text) -> Self {
        Self { name: Some(text), ..Self::default() }
    }
}

/// An office and its time.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct RoleShape {
    /// The title of the office.
    pub title: Option<Text>,
    /// The first day in office.
    pub from: Option<Text>,
    /// The last day in office.
    pub to: Option<Text>,
}

/// One fact.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct FactShape {
    /// The id, unique in the event. Required.
    pub id: Option<Text>,
    /// What sort of fact it is; `statement` when absent.
    #[schemars(extend("enum" = model::FactKind::WORDS))]
    pub kind: Option<Text>,
    /// The house sentence, plain text. Required but in a quote.
    pub text: Option<Text>,
    /// When it holds or happened, EDTF.
    pub date: Option<Text>,
    /// When it was said, EDTF.
    pub said: Option<Text>,
    /// The key of the actor who said it.
    pub speaker: Option<Text>,
    /// The occasion or channel on which it was said.
    pub via: Option<Text>,
    /// A quotation's words, verbatim.
    pub words: Option<Text>,
    /// The language they were spoken in.
    pub spoken: Option<Text>,
    /// Who translated them.
    pub translation: Option<Text>,
    /// The words in the language spoken.
    pub original: Option<Text>,
    /// A figure's number.
    pub value: Option<Text>,
    /// What is counted.
    pub unit: Option<Text>,
    /// How exact the number is.
    #[schemars(extend("enum" = model::Approx::WORDS))]
    pub approx: Option<Text>,
    /// The series the number belongs to.
    pub measure: Option<Text>,
    /// An assessment's term of likelihood.
    pub likelihood: Option<Text>,
    /// Confidence in the assessment.
    pub confidence: Option<Text>,
    /// The facts an assessment rests on.
    pub basis: OneOrMany<Text>,
    /// What is taken for granted.
    pub assumptions: OneOrMany<Text>,
    /// What else could be true.
    pub alternatives: OneOrMany<Text>,
    /// Whose judgement it is.
    pub author: Option<Text>,
    /// Keys of the actors concerned.
    pub actors: OneOrMany<Text>,
    /// Where it holds.
    pub places: OneOrMany<Short<PlaceShape>>,
    /// Free words to find it by.
    pub tags: OneOrMany<Text>,
    /// How much a note needs it.
    #[schemars(extend("enum" = model::Priority::WORDS))]
    pub priority: Option<Text>,
    /// How far it is established; `reported` when absent.
    #[schemars(extend("enum" = model::FactStatus::WORDS))]
    pub status: Option<Text>,
    /// Admiralty credibility, 1 to 6.
    pub credibility: Option<Text>,
    /// Where it comes from: a key, keys, or mappings with place and excerpt.
    pub sources: OneOrMany<Short<SourceUseShape>>,
    /// How it stands to other facts.
    pub relations: OneOrMany<Keyed<Text>>,
    /// Its own marking.
    pub marking: Option<Text>,
    /// Whether it may be used in public lines.
    #[serde(rename = "use")]
    #[schemars(extend("enum" = model::FactUse::WORDS))]
    pub usage: Option<Text>,
    /// For the desk alone; never printed.
    pub note: Option<Text>,
    /// Findings silenced, with reasons.
    pub allow: OneOrMany<AllowShape>,
}

/// A fact's use of a source.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct SourceUseShape {
    /// The key of the source. Required.
    pub source: Option<Text>,
    /// Where in the source: `para 2`, `p. 4`, `12:30`.
    pub at: Option<Text>,
    /// The source's own words, verbatim.
    pub excerpt: Option<Text>,
    /// The excerpt is known to differ from the quotation's words.
    pub variant: bool,
}

impl FromText for SourceUseShape {
    fn from_text(text: Text) -> Self {
        Self { source: Some(text), ..Self::default() }
    }
}

/// A finding silenced on a fact.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct AllowShape {
    /// The rule.
    pub rule: Option<Text>,
    /// Why.
    pub reason: Option<Text>,
}

/// A kept copy of a source.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct CaptureShape {
    /// The file, relative to the desk.
    pub path: Option<Text>,
    /// The SHA-256 of its bytes, in hex.
    pub sha256: Option<Text>,
}

impl FromText for CaptureShape {
    fn from_text(text: Text) -> Self {
        Self { path: Some(text), sha256: None }
    }
}

/// A copy of a page on the web that outlasts its address.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct ArchivedShape {
    /// The address of the copy.
    pub url: Option<Text>,
    /// When the copy was made.
    pub date: Option<Text>,
}

impl FromText for ArchivedShape {
    fn from_text(text: Text) -> Self {
        Self { url: Some(text), date: None }
    }
}

/// A source: Hayagriva's fields as written, and our own keys.
#[derive(Clone, Debug, Default)]
pub struct SourceShape {
    /// The bibliographic fields.
    pub entry: Vec<(Box<str>, Value)>,
    /// Our keys that hold one text, as written.
    pub own: Vec<(&'static str, Text)>,
    /// The kept copy.
    pub capture: Option<CaptureShape>,
    /// The copy on the web.
    pub archived: Option<ArchivedShape>,
}

/// Our own keys of a source that hold one text.
pub(crate) const OWN_KEYS: &[&str] =
    &["reliability", "origin", "directness", "descriptor", "marking", "attribution", "status"];

/// Hayagriva's fields of an entry that may be lists or mappings; the others hold one text.
const TREE_FIELDS: &[&str] = &[
    "title",
    "author",
    "editor",
    "affiliated",
    "publisher",
    "location",
    "organization",
    "url",
    "serial-number",
    "serial",
    "archive",
    "archive-location",
    "call-number",
    "parent",
];

/// Every key a source may have.
pub(super) const SOURCE_KEYS: &[&str] = &[
    "type",
    "title",
    "author",
    "date",
    "editor",
    "affiliated",
    "publisher",
    "location",
    "organization",
    "issue",
    "chapter",
    "volume",
    "volume-total",
    "edition",
    "page-range",
    "page-total",
    "time-range",
    "runtime",
    "url",
    "serial-number",
    "serial",
    "language",
    "archive",
    "archive-location",
    "call-number",
    "note",
    "abstract",
    "genre",
    "parent",
    "reliability",
    "origin",
    "directness",
    "descriptor",
    "marking",
    "attribution",
    "capture",
    "archived",
    "status",
];

impl<'de> Deserialize<'de> for SourceShape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SourceVisitor;
        impl<'de> Visitor<'de> for SourceVisitor {
            type Value = SourceShape;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a source: a mapping with `type` and `title`")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SourceShape, A::Error> {
                let mut source = SourceShape::default();
                while let Some(key) = map.next_key::<Text>()? {
                    if source.entry.iter().any(|(k, _)| **k == *key) || source.own.iter().any(|(k, _)| **k == *key) {
                        return Err(de::Error::custom(format_args!("duplicate key `{}`", &*key)));
                    }
                    if let Some(own) = OWN_KEYS.iter().find(|k| **k == &*key) {
                        source.own.push((own, map.next_value()?));
                    } else if &*key == "capture" {
                        source.capture = Some(map.next_value::<Short<CaptureShape>>()?.0);
                    } else if &*key == "archived" {
                        source.archived = Some(map.next_value::<Short<ArchivedShape>>()?.0);
                    } else if SOURCE_KEYS.contains(&&*key) {
                        // Of whatever shape: a wrong one costs the field, not the source.
                        source.entry.push((key.0, map.next_value()?));
                    } else {
                        return Err(de::Error::custom(format_args!("unknown key `{}`", &*key)));
                    }
                }
                Ok(source)
            }
        }
        deserializer.deserialize_struct("Source", SOURCE_KEYS, SourceVisitor)
    }
}

impl JsonSchema for SourceShape {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Source".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<Text>();
        let capture = generator.subschema_for::<Short<CaptureShape>>();
        let archived = generator.subschema_for::<Short<ArchivedShape>>();
        let mut properties = serde_json::Map::new();
        for key in SOURCE_KEYS {
            let schema = if TREE_FIELDS.contains(key) { serde_json::json!(true) } else { serde_json::json!(text) };
            properties.insert((*key).to_owned(), schema);
        }
        properties.insert("capture".to_owned(), serde_json::json!(capture));
        properties.insert("archived".to_owned(), serde_json::json!(archived));
        for (key, words) in [
            ("reliability", model::Reliability::WORDS),
            ("directness", model::Directness::WORDS),
            ("attribution", model::Attribution::WORDS),
            ("status", model::SourceStatus::WORDS),
        ] {
            properties.insert(key.to_owned(), serde_json::json!({ "enum": words }));
        }
        schemars::json_schema!({
            "description": "A Hayagriva entry with our own keys.",
            "type": "object",
            "properties": properties,
            "patternProperties": { "^x-": true },
            "additionalProperties": false
        })
    }
}
