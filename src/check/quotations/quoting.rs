//! What a block quotes of the facts that it cites, and whether it tells who speaks.

use std::ops::Range;

use super::quote_altered::ends;
use crate::check::case::BlockCase;
use crate::check::text::sentences::sentences;
use crate::check::text::spans::{quoted, unmarked};
use crate::check::text::wording::Wording;
use crate::check::text::words::words;
use crate::draft::attribution::tells_of;
use crate::markdown::{BlockKind, plain_text, word_count};
use crate::model::{Event, Fact};

/// A quoted span that stands in the words of a quotation cited in its block.
#[derive(Debug)]
pub(in crate::check) struct Quotation<'a> {
    /// Where it stands in the block's prose, without its marks.
    pub(in crate::check) range: Range<usize>,
    /// How many words it has.
    pub(in crate::check) words: usize,
    /// The facts whose words it has, in the order in which they are cited; at least one.
    pub(in crate::check) facts: Vec<Said<'a>>,
}

/// A quotation that is cited.
#[derive(Clone, Copy, Debug)]
pub(in crate::check) struct Said<'a> {
    pub(in crate::check) event: &'a Event,
    pub(in crate::check) fact: &'a Fact,
    /// Whether the span is in the language spoken (`original`).
    pub(in crate::check) original: bool,
}

impl Said<'_> {
    /// Whether a text names the speaker: by name, a part of it, role or affiliation.
    pub(super) fn is_named_in(&self, text: &str) -> bool {
        let speaker = self.fact.speaker.as_deref().and_then(|key| self.event.actors.get(key));
        speaker.is_some_and(|actor| tells_of(self.event, actor, text))
    }

    /// The address of the fact.
    pub(super) fn address(&self) -> String {
        format!("{}#{}", self.event.id, self.fact.id)
    }
}

impl Quotation<'_> {
    /// Whether a text names one who may have said it.
    pub(super) fn speaker_is_named_in(&self, text: &str) -> bool {
        self.facts.iter().any(|said| said.is_named_in(text))
    }
}

/// From how many words on a span is more than a fragment, as for `quote-altered`.
pub(super) const WORDS: usize = 3;

/// The quotations of a block, in order.
pub(in crate::check) fn quotations<'a>(case: &BlockCase<'a>) -> Vec<Quotation<'a>> {
    if !case.is_prose() || !case.facts().any(|(_, _, fact)| fact.quote.is_some()) {
        return Vec::new();
    }
    let text = &case.prose().text;
    let mut spans = quoted(text);
    if spans.is_empty() && case.block.kind == BlockKind::Quote {
        spans = unmarked(text);
    }
    if spans.is_empty() {
        return Vec::new();
    }
    let cited = cited(case);
    let found = spans.iter().filter_map(|span| {
        ends(span).find_map(|range| {
            let quoted = text.get(range.clone())?;
            let wording = Wording::of(quoted);
            let has = |words: &Wording| !wording.is_empty() && wording.is_in(words);
            let facts: Vec<_> = cited.iter().filter(|(_, words)| has(words)).map(|(said, _)| *said).collect();
            (!facts.is_empty()).then(|| Quotation { words: word_count(quoted), range, facts })
        })
    });
    found.collect()
}

/// The words of each quotation cited, and those in the language spoken.
fn cited<'a>(case: &BlockCase<'a>) -> Vec<(Said<'a>, Wording)> {
    let mut cited: Vec<(Said<'a>, Wording)> = Vec::new();
    for (_, event, fact) in case.facts() {
        let Some(quote) = fact.quote.as_deref() else { continue };
        if cited.iter().any(|(said, _)| std::ptr::eq(said.fact, fact)) {
            continue;
        }
        cited.push((Said { event, fact, original: false }, Wording::of(&quote.words)));
        if let Some(original) = &quote.original {
            cited.push((Said { event, fact, original: true }, Wording::of(original)));
        }
    }
    cited
}

/// The paragraph, item or cell of a block's prose in which a byte stands.
pub(super) fn line_at(text: &str, at: usize) -> Range<usize> {
    let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    start..after.find('\n').map_or(text.len(), |i| at + i)
}

/// Whether what is quoted has a place of its own, in which the speaker stands apart from the words.
pub(super) fn stands_apart(case: &BlockCase<'_>) -> bool {
    matches!(case.block.kind, BlockKind::Quote | BlockKind::Table)
}

/// What leads to a line of a block: the lines before it; for the first the block before, and for an item of
/// a list the items before and what stands before the list.
pub(super) fn lead(case: &BlockCase<'_>, line: &Range<usize>) -> Vec<String> {
    let before = case.plain().get(..line.start).unwrap_or_default();
    let mut lead: Vec<String> = before.lines().map(ToOwned::to_owned).collect();
    let is_item = |kind: &BlockKind| matches!(kind, BlockKind::Item { .. });
    let nested = is_item(&case.block.kind);
    if lead.iter().any(|l| !l.trim().is_empty()) && !nested {
        return lead.pop().into_iter().collect();
    }
    let earlier = case.section.section.blocks.iter().rev().filter(|b| b.range.start < case.block.range.start);
    for block in earlier {
        lead.push(plain_text(case.request().draft.text().get(block.range.clone()).unwrap_or_default()));
        if !nested || !is_item(&block.kind) {
            break;
        }
    }
    lead
}

/// The sentences of a part of a text.
pub(super) fn sentences_of(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let within = text.get(part.clone()).unwrap_or_default();
    sentences(within).into_iter().map(|s| s.start + part.start..s.end + part.start).collect()
}

/// Words by which a sentence tells that somebody speaks, folded. They are gathered from news style guides
/// and the wording of communiqués.
pub(super) struct Speech {
    /// Words that stand for a speaker who was named before.
    pronouns: &'static [&'static str],
    /// Words of saying.
    saying: &'static [&'static str],
}

impl Speech {
    /// The words of a language (BCP 47), if we have them.
    pub(super) fn of(language: &str) -> Option<&'static Self> {
        match language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "en" => Some(&ENGLISH),
            "fr" => Some(&FRENCH),
            "de" => Some(&GERMAN),
            "es" => Some(&SPANISH),
            _ => None,
        }
    }

    /// Whether a text has a word that stands for a speaker.
    pub(super) fn refers(&self, text: &str) -> bool {
        words(text).iter().any(|w| self.pronouns.contains(&w.text.as_str()))
    }

    /// Whether a text has a word of saying.
    pub(super) fn says(&self, text: &str) -> bool {
        words(text).iter().any(|w| self.saying.contains(&w.text.as_str()))
    }
}

static ENGLISH: Speech = Speech {
    pronouns: &["he", "her", "hers", "him", "his", "she", "their", "them", "they", "who", "whom", "whose"],
    saying: &[
        "accused",
        "accuses",
        "accusing",
        "according",
        "acknowledged",
        "added",
        "admitted",
        "adds",
        "announced",
        "announces",
        "answered",
        "argued",
        "argues",
        "asked",
        "asks",
        "asserted",
        "asserts",
        "branded",
        "brands",
        "call",
        "called",
        "calling",
        "calls",
        "cited",
        "claimed",
        "claiming",
        "claims",
        "condemned",
        "condemns",
        "confirmed",
        "declaration",
        "declared",
        "declares",
        "demanded",
        "denied",
        "denies",
        "denounced",
        "described",
        "describes",
        "describing",
        "dismissed",
        "dubbed",
        "explained",
        "expressed",
        "hailed",
        "hails",
        "insisted",
        "insists",
        "labelled",
        "labeled",
        "maintained",
        "maintains",
        "mentioned",
        "named",
        "noted",
        "notes",
        "offered",
        "pledged",
        "pledges",
        "praised",
        "promised",
        "promises",
        "quoted",
        "rejected",
        "rejects",
        "reiterated",
        "remarked",
        "replied",
        "reported",
        "said",
        "saw",
        "say",
        "saying",
        "says",
        "sees",
        "speaks",
        "speech",
        "spoke",
        "stated",
        "statement",
        "states",
        "stressed",
        "stresses",
        "suggested",
        "tell",
        "telling",
        "tells",
        "termed",
        "terms",
        "told",
        "urged",
        "urges",
        "voiced",
        "vowed",
        "vows",
        "warned",
        "warning",
        "warns",
        "welcomed",
        "welcomes",
        "wording",
        "words",
        "write",
        "writes",
        "wrote",
    ],
};
static FRENCH: Speech = Speech {
    pronouns: &["elle", "elles", "il", "ils", "leur", "leurs", "lui", "qui", "sa", "ses", "son"],
    saying: &[
        "accuse",
        "affirme",
        "affirmer",
        "ajoute",
        "annonce",
        "appelle",
        "apres",
        "assure",
        "condamne",
        "declaration",
        "declare",
        "declarer",
        "denonce",
        "dire",
        "disait",
        "disent",
        "dit",
        "estime",
        "explique",
        "juge",
        "nomme",
        "parle",
        "promet",
        "promis",
        "qualifie",
        "qualifier",
        "repete",
        "repond",
        "repondu",
        "salue",
        "selon",
        "souligne",
        "termes",
    ],
};
static GERMAN: Speech = Speech {
    pronouns: &[
        "er", "ihm", "ihr", "ihre", "ihrem", "ihren", "ihrer", "sein", "seine", "seinem", "seinen", "seiner", "sie",
    ],
    saying: &[
        "antwortete",
        "bekraftigte",
        "bekraftigt",
        "betonte",
        "betont",
        "bezeichnet",
        "bezeichnete",
        "erklarte",
        "erklarten",
        "erklart",
        "erklarung",
        "fugte",
        "laut",
        "meinte",
        "nannte",
        "nannten",
        "nennt",
        "sagen",
        "sagt",
        "sagte",
        "sagten",
        "sprach",
        "verlangt",
        "verlangte",
        "versicherte",
        "versprach",
        "versprochen",
        "warf",
        "warnt",
        "warnte",
        "worten",
        "zufolge",
        "zitiert",
    ],
};
static SPANISH: Speech = Speech {
    pronouns: &["ella", "ellas", "ellos", "quien", "quienes", "su", "sus"],
    saying: &[
        "acuso",
        "afirma",
        "afirmaron",
        "afirmo",
        "agrego",
        "anadio",
        "anuncio",
        "aseguro",
        "califica",
        "califico",
        "condeno",
        "declaracion",
        "declararon",
        "declaro",
        "denuncio",
        "dice",
        "dicen",
        "dijeron",
        "dijo",
        "explico",
        "insistio",
        "llama",
        "llamo",
        "palabras",
        "pidio",
        "prometio",
        "respondio",
        "segun",
        "senala",
        "senalo",
        "subrayo",
    ],
};
