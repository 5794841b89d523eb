//! The fact: the unit that a brief is made of.

use serde::{Deserialize, Serialize};

use super::{Edtf, Marking};

/// Gives an enum its written forms: `as_str`, `WORDS`, `FromStr` and `Display`.
macro_rules! words {
    ($name:ident $what:literal { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            /// Every value, in the order in which they are documented.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The written forms, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word that stands for it in files and queries.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(format!("`{text}` is no {}; one of {}", $what, Self::WORDS.join(", "))),
                }
            }
        }
    };
}
pub(crate) use words;

/// One thing that is known, said or judged, with where it comes from.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Fact {
    /// The id, unique in the event; addressed `event#fact`.
    pub id: Box<str>,
    /// Its place in the file's list of facts, from 0; for messages.
    pub index: u32,
    /// What sort of fact it is.
    pub kind: FactKind,
    /// The house sentence, plain text; empty only in a quote, which then has words.
    pub text: Box<str>,
    /// When it holds or happened.
    pub date: Option<Edtf>,
    /// When it was said.
    pub said: Option<Edtf>,
    /// The key of the actor who said it.
    pub speaker: Option<Box<str>>,
    /// The occasion or channel on which it was said.
    pub via: Option<Box<str>>,
    /// The wording of a quotation.
    pub quote: Option<Box<Quote>>,
    /// The number of a figure.
    pub figure: Option<Box<Figure>>,
    /// What an assessment rests on and how sure it is.
    pub assessment: Option<Box<Assessment>>,
    /// Keys of the actors concerned.
    pub actors: Box<[Box<str>]>,
    /// Where it holds.
    pub places: Box<[super::Place]>,
    /// Free words to find it by.
    pub tags: Box<[Box<str>]>,
    /// How much a note needs it.
    pub priority: Option<Priority>,
    /// How far it is established.
    pub status: FactStatus,
    /// Admiralty credibility, 1 (confirmed by other sources) to 6 (cannot be judged).
    pub credibility: Option<u8>,
    /// Where it comes from.
    pub sources: Box<[SourceUse]>,
    /// How it stands to other facts.
    pub relations: Box<[Relation]>,
    /// Its own marking; the event's when absent.
    pub marking: Option<Marking>,
    /// Whether it may be used in public lines.
    pub usage: FactUse,
    /// For the desk alone; never printed.
    pub note: Option<Box<str>>,
    /// Findings silenced on this fact, each with its reason.
    pub allow: Box<[Allow]>,
}

impl Fact {
    /// What a list shows: the house sentence, else the words in quotation marks.
    pub fn headline(&self) -> std::borrow::Cow<'_, str> {
        match &self.quote {
            Some(quote) if self.text.is_empty() => format!("“{}”", quote.words).into(),
            _ => (&*self.text).into(),
        }
    }

    /// When it holds, else when it was said.
    pub fn when(&self) -> Option<&Edtf> {
        self.date.as_ref().or(self.said.as_ref())
    }
}

/// The wording of a quotation.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Quote {
    /// The words, verbatim, without outer quotation marks.
    pub words: Box<str>,
    /// The language they were spoken in (BCP 47).
    pub spoken: Option<Box<str>>,
    /// Who translated them.
    pub translation: Option<Box<str>>,
    /// The words in the language spoken.
    pub original: Option<Box<str>>,
}

/// A number with what it counts.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Figure {
    /// The number as written.
    pub value: Option<Box<str>>,
    /// What is counted or measured in.
    pub unit: Option<Box<str>>,
    /// How exact it is.
    pub approx: Approx,
    /// The name of the series the number belongs to.
    pub measure: Option<Box<str>>,
}

/// What a judgement rests on (ICD 203: likelihood and confidence are two things).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Assessment {
    /// The term of likelihood, of one scale.
    pub likelihood: Option<Box<str>>,
    /// Confidence in the judgement: low, moderate or high.
    pub confidence: Option<Box<str>>,
    /// The facts it rests on, as written: `fact` or `event#fact`.
    pub basis: Vec<Box<str>>,
    /// What is taken for granted.
    pub assumptions: Vec<Box<str>>,
    /// What else could be true.
    pub alternatives: Vec<Box<str>>,
    /// Whose judgement it is.
    pub author: Option<Box<str>>,
}

/// A fact's use of a source.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SourceUse {
    /// The key of the source, in the event or shared.
    pub source: Box<str>,
    /// Where in the source: `para 2`, `p. 4`, `12:30`, `caption`.
    pub at: Option<Box<str>>,
    /// The source's own words, verbatim.
    pub excerpt: Option<Box<str>>,
    /// The excerpt is known to differ from the quotation's words.
    pub variant: bool,
}

/// How a fact stands to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// The sort of relation.
    pub kind: RelationKind,
    /// The other fact, as written: `fact` or `event#fact`.
    pub to: Box<str>,
}

/// A finding silenced on a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allow {
    /// The rule that is silenced.
    pub rule: Box<str>,
    /// Why.
    pub reason: Box<str>,
}

/// What sort of fact it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FactKind {
    /// Something that is or was so.
    #[default]
    Statement,
    /// Somebody's words.
    Quote,
    /// A number.
    Figure,
    /// What led here.
    Background,
    /// A judgement of the desk.
    Assessment,
}

words! { FactKind "kind of fact" {
    Statement = "statement", Quote = "quote", Figure = "figure", Background = "background", Assessment = "assessment",
} }

/// How far a fact is established.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub enum FactStatus {
    /// Verified.
    Confirmed,
    /// Reported, not verified.
    #[default]
    Reported,
    /// Contradicted by somebody.
    Disputed,
    /// Taken back by its source.
    Retracted,
}

words! { FactStatus "fact status" {
    Confirmed = "confirmed", Reported = "reported", Disputed = "disputed", Retracted = "retracted",
} }

/// How much a note needs a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Priority {
    /// The note fails without it.
    Must,
    /// It belongs in if there is room.
    Should,
    /// It may go in.
    Could,
}

words! { Priority "priority" { Must = "must", Should = "should", Could = "could" } }

/// How exact a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Approx {
    /// To the unit.
    #[default]
    Exact,
    /// Give or take.
    About,
    /// Not less.
    AtLeast,
    /// Not more.
    AtMost,
}

words! { Approx "precision" { Exact = "exact", About = "about", AtLeast = "at-least", AtMost = "at-most" } }

/// Whether a fact may be used in lines to take and answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum FactUse {
    /// No limit.
    #[default]
    Free,
    /// For the reader's eyes only.
    NotForUse,
}

words! { FactUse "use" { Free = "free", NotForUse = "not-for-use" } }

/// The sort of relation between two facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RelationKind {
    /// Both cannot be so.
    Contradicts,
    /// The one makes the other likelier.
    Corroborates,
    /// This one takes the other's place.
    Supersedes,
    /// This one was worked out from the other.
    DerivedFrom,
}

words! { RelationKind "relation" {
    Contradicts = "contradicts", Corroborates = "corroborates", Supersedes = "supersedes", DerivedFrom = "derived-from",
} }
