//! Who said it: speaker, role and date as placing prints them.
//!
//! The rules are those of a careful news desk. A speaker is introduced once by name, role and date and
//! then called by name; words that another gathered say who; translated words say that they are. One
//! who spoke on background is called by role, and under the Chatham House Rule neither the speaker nor
//! an affiliation is told. Nothing is made up: a name is never shortened, because which part of it is
//! the family name is not known.

mod names;
mod words;

use super::place::Dates;
use super::{BlockPosition, Draft};
use crate::model::date::Precision;
use crate::model::text::one_line;
use crate::model::{Actor, Attribution, Desk, Edtf, Event, Fact, FactKind, FactRef, FactStatus, Quote, provenance};
pub(super) use names::names_speaker;
pub use names::tells_of;
use words::Words;

/// How much of a speaker a sentence tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mention {
    /// Name, role and date: the first mention.
    #[default]
    Full,
    /// Name and date: a speaker who was introduced, on another day.
    Dated,
    /// The name alone.
    Short,
}

impl Mention {
    /// Every way in which a placed fact may name its speaker.
    pub const ALL: &'static [Self] = &[Self::Full, Self::Dated, Self::Short];
}

/// What a reader has read when they come to a place in a draft: the visible text of the blocks before it.
#[derive(Clone, Debug, Default)]
pub struct Before {
    blocks: Vec<String>,
}

impl Before {
    /// The blocks that stand before a place among the blocks of a section.
    pub fn of(draft: &Draft, to: BlockPosition) -> Self {
        let mut before = Self::default();
        for (i, section) in draft.sections().iter().enumerate().take(to.section.saturating_add(1)) {
            let end = if i == to.section { to.index.min(section.blocks.len()) } else { section.blocks.len() };
            for block in &section.blocks[..end] {
                before.read(draft.text().get(block.range.clone()).unwrap_or_default());
            }
        }
        before
    }

    /// Reads one more block of Markdown.
    pub(super) fn read(&mut self, block: &str) {
        self.blocks.push(one_line(&crate::markdown::plain_text(block)));
    }

    fn mention(&self, name: &str, date: Option<&str>) -> Mention {
        let mut introduced = self.blocks.iter().filter(|block| names::holds(block, name)).peekable();
        match date {
            _ if introduced.peek().is_none() => Mention::Full,
            Some(date) if !introduced.any(|block| block.contains(date)) => Mention::Dated,
            _ => Mention::Short,
        }
    }
}

/// How a fact's speaker is mentioned behind what was read before. A day that was not told with the
/// name before is told again, for it is another occasion.
pub fn mention(desk: &Desk, event: &Event, fact: &Fact, dates: Dates<'_>, before: &Before) -> Mention {
    match Who::of(desk, event, fact) {
        Some(Who::Named(actor)) => {
            let said = fact.said.map(|said| one_line(&said.format(dates.pattern, dates.language)));
            before.mention(&one_line(&actor.name), said.as_deref())
        }
        _ => Mention::Full,
    }
}

/// Whether the sentence that placing writes tells who said it, beyond the house sentence.
pub(super) fn tells_speaker(event: &Event, fact: &Fact) -> bool {
    fact.speaker.is_some() && (fact.quote.is_some() || is_claim(event, fact))
}

/// A speaker as far as may be told.
enum Who<'a> {
    /// By name.
    Named(&'a Actor),
    /// A key that no actor has.
    Key(&'a str),
    /// By role, for the name may not be told.
    Role(&'a str),
    /// Neither name nor role may be told, or no role is known.
    Unnamed,
    /// Nothing may be told (Chatham House Rule).
    Participant,
}

impl<'a> Who<'a> {
    fn of(desk: &Desk, event: &'a Event, fact: &'a Fact) -> Option<Self> {
        let terms = provenance::terms(desk, event, fact);
        if terms == Some(Attribution::ChathamHouse) {
            return Some(Self::Participant);
        }
        let key = fact.speaker.as_deref()?;
        let hidden = terms == Some(Attribution::Background);
        Some(match event.actors.get(key) {
            Some(actor) if actor.unnamed || hidden => match actor.role_on(said_on(fact)) {
                Some(role) => Self::Role(role),
                None => Self::Unnamed,
            },
            Some(actor) => Self::Named(actor),
            // Of a key we know nothing, so under a promise it is not printed either.
            None if hidden => Self::Unnamed,
            None => Self::Key(key),
        })
    }

    /// Name or what stands for it, and the role behind it.
    fn parts(&self, fact: &Fact, words: &Words, mention: Mention) -> Vec<String> {
        match self {
            Self::Named(actor) => {
                let role = actor.role_on(said_on(fact)).filter(|_| mention == Mention::Full);
                std::iter::once(&*actor.name).chain(role).map(one_line).collect()
            }
            Self::Key(name) | Self::Role(name) => vec![one_line(name)],
            Self::Unnamed => vec![words.unnamed.to_owned()],
            Self::Participant => vec![words.participant.to_owned()],
        }
    }
}

/// The day by which a role is looked up: when it was said, else when it holds.
fn said_on(fact: &Fact) -> Option<&Edtf> {
    fact.said.as_ref().or(fact.date.as_ref())
}

/// Writes who said it, in one manner.
pub(super) struct Writer<'a> {
    desk: &'a Desk,
    event: &'a Event,
    fact: &'a Fact,
    dates: Dates<'a>,
    mention: Mention,
    words: &'static Words,
}

impl<'a> Writer<'a> {
    pub(super) fn new(desk: &'a Desk, event: &'a Event, fact: &'a Fact, dates: Dates<'a>, mention: Mention) -> Self {
        Self { desk, event, fact, dates, mention, words: words::of(dates.language) }
    }

    /// The line under a quotation: `Name, role, date, as reported by AFP (translated by Xinhua)`.
    pub(super) fn line(&self, quote: &Quote) -> Option<String> {
        let who = Who::of(self.desk, self.event, self.fact)?;
        let mut parts = who.parts(self.fact, self.words, self.mention);
        parts.extend(self.date());
        Some(self.with_origin(&who, quote, parts.join(", ")))
    }

    /// A quotation as a sentence: `“Words,” said Name, role, on date.`
    pub(super) fn sentence(&self, quote: &Quote) -> String {
        let words = one_line(&quote.words);
        let Some(who) = Who::of(self.desk, self.event, self.fact) else {
            let end = if words.ends_with(['.', '?', '!', '…']) { "" } else { "." };
            return format!("“{words}{end}”");
        };
        let said = self.words.said.replacen("{}", &self.with_date(&who), 1);
        let tail = self.with_origin(&who, quote, said);
        let end = if tail.ends_with('.') { "" } else { "." };
        format!("{} {tail}{end}", quoted(&words, self.words.comma_inside))
    }

    /// The house sentence, and who says so where it does not say it itself.
    pub(super) fn house_sentence(&self) -> String {
        let text = one_line(&self.fact.text);
        if !is_claim(self.event, self.fact) || names::says_according_to(&text, self.words.according_to) {
            return text;
        }
        let according = match Who::of(self.desk, self.event, self.fact) {
            None => return text,
            Some(Who::Participant) => self.and_date(self.words.according_to_participant.to_owned(), false),
            Some(Who::Unnamed) => self.and_date(self.words.according_to_unnamed.to_owned(), false),
            Some(who) => self.words.according_to.replacen("{}", &self.with_date(&who), 1),
        };
        claim(&text, &according)
    }

    /// `Name, role, on date`
    fn with_date(&self, who: &Who<'_>) -> String {
        let mut parts = who.parts(self.fact, self.words, self.mention);
        let set_off = parts.len() > 1;
        if let (Who::Role(_), Some(role)) = (who, parts.first_mut()) {
            *role = (self.words.with_article)(role);
        }
        self.and_date(parts.join(", "), set_off)
    }

    /// Appends the date; behind a role a comma sets it off.
    fn and_date(&self, mut text: String, set_off: bool) -> String {
        if let (Some(said), Some(date)) = (self.fact.said, self.date()) {
            let plain = !(said.is_interval() || said.is_approximate() || said.is_uncertain());
            let frame = match said.precision() {
                Precision::Day | Precision::Time => self.words.on_day,
                Precision::Month => self.words.in_month,
                Precision::Year => self.words.in_year,
                _ => None,
            };
            let frame = frame.filter(|_| plain);
            text.push_str(if set_off || frame.is_none() { ", " } else { " " });
            text.push_str(&frame.unwrap_or("{}").replacen("{}", &date, 1));
        }
        text
    }

    /// The date as it prints, unless this mention leaves it out.
    fn date(&self) -> Option<String> {
        let said = self.fact.said.filter(|_| self.mention != Mention::Short)?;
        Some(one_line(&said.format(self.dates.pattern, self.dates.language)))
    }

    /// Appends who reported the words and who translated them. Under the Chatham House Rule neither is
    /// told, for both may give the house away.
    fn with_origin(&self, who: &Who<'_>, quote: &Quote, mut text: String) -> String {
        let protected = matches!(who, Who::Participant);
        let reporter = provenance::second_hand(self.desk, self.event, self.fact);
        let reporter = reporter.filter(|origin| !protected && !is_speaker(self.event, self.fact, origin)).map(one_line);
        let translator = quote.translation.as_deref().filter(|_| !protected).map(one_line);
        let same = |a: &str, b: &str| provenance::same_origin_key(a) == provenance::same_origin_key(b);
        let translated = match (&translator, &reporter) {
            (Some(translator), Some(reporter)) if same(translator, reporter) => {
                return format!("{text}, {}", self.words.translated_and_reported_by.replacen("{}", reporter, 1));
            }
            (Some(translator), _) => Some(self.words.translated_by.replacen("{}", translator, 1)),
            (None, _) if quote.translation.is_some() || is_foreign(self.event, quote, self.dates.language) => {
                Some(self.words.translation.to_owned())
            }
            (None, _) => None,
        };
        if let Some(reporter) = reporter {
            text.push_str(", ");
            text.push_str(&self.words.reported_by.replacen("{}", &reporter, 1));
        }
        if let Some(translated) = translated {
            text.push_str(&format!(" ({translated})"));
        }
        text
    }
}

/// Whether an origin is the speaker: words that somebody publishes themself are not second-hand.
pub fn is_speaker(event: &Event, fact: &Fact, origin: &str) -> bool {
    let Some(actor) = fact.speaker.as_deref().and_then(|key| event.actors.get(key)) else { return false };
    let names = std::iter::once(&actor.name).chain(&actor.aliases).chain(&actor.of);
    names.into_iter().any(|name| provenance::same_origin_key(name) == provenance::same_origin_key(origin))
}

/// Whether words were spoken in another language than the one in which they stand in a note of this
/// language: the event file's, else the note's.
pub fn is_foreign(event: &Event, quote: &Quote, language: &str) -> bool {
    let Some(spoken) = quote.spoken.as_deref().map(words::primary) else { return false };
    let written = event.language.as_deref();
    spoken != words::primary(language) && written.is_none_or(|w| spoken != words::primary(w))
}

/// Whether a house sentence is somebody's claim that it does not ascribe itself: reporting, not an
/// established fact. Placing then adds whose it is.
pub fn is_claim(event: &Event, fact: &Fact) -> bool {
    matches!(fact.kind, FactKind::Statement | FactKind::Quote)
        && fact.status != FactStatus::Confirmed
        && fact.speaker.is_some()
        && !names_speaker(event, fact)
}

/// Words in quotation marks, ready to be followed by who said them.
fn quoted(words: &str, comma_inside: bool) -> String {
    let (words, comma) = match words.chars().last() {
        Some('?' | '!' | '…') => (words, ""),
        Some('.' | ',') => (&words[..words.len() - 1], ","),
        _ => (words, ","),
    };
    if comma_inside { format!("“{words}{comma}”") } else { format!("“{words}”,") }
}

/// A sentence with who claims it: behind it, or before it where it is more than one plain sentence.
fn claim(text: &str, according: &str) -> String {
    let body = text.strip_suffix('.').unwrap_or(text);
    let plain = !body.ends_with(['.', '?', '!', '…', '”', '"', '»', '“', '’', ':', ';', ','])
        && ![". ", "? ", "! ", "… "].iter().any(|end| body.contains(end));
    if plain && !body.is_empty() {
        // `U.S.` keeps its full stop.
        let last = body.rsplit(' ').next().unwrap_or_default();
        let letters = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
        let short = last.contains('.') && last.split('.').all(letters) && text.ends_with('.');
        let dot = if short { "." } else { "" };
        let end = if according.ends_with('.') { "" } else { "." };
        return format!("{body}{dot}, {according}{end}");
    }
    let mut chars = according.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}: {text}", chars.as_str())
}

/// What the writer must know about the speaker of a placed fact: a text that names one who may not be named.
pub fn notice(desk: &Desk, event: &Event, fact: &Fact) -> Option<String> {
    let actor = event.actors.get(fact.speaker.as_deref()?)?;
    let terms = provenance::terms(desk, event, fact);
    let prints =
        |tells: &dyn Fn(&str) -> bool| tells(&fact.text) || fact.quote.as_ref().is_some_and(|q| tells(&q.words));
    let by_name = || prints(&|text| names::by_name(actor, text));
    match terms {
        Some(Attribution::ChathamHouse) if prints(&|text| names::tells_of(event, actor, text)) => Some(
            "Its text tells of the speaker or an affiliation, which the Chatham House Rule forbids: reword it".into(),
        ),
        Some(Attribution::Background) if by_name() => {
            Some("Its text names the speaker, who spoke on background: reword it".into())
        }
        _ if actor.unnamed && by_name() => Some("Its text names the speaker, who may not be named: reword it".into()),
        _ => None,
    }
}

/// The [`notice`] of each placed fact that has one.
pub fn notices<'a>(desk: &Desk, placed: impl IntoIterator<Item = &'a FactRef>) -> Vec<(&'a FactRef, String)> {
    let found = placed.into_iter().filter_map(|address| {
        let (event, fact) = desk.fact(address)?;
        Some((address, notice(desk, event, fact)?))
    });
    found.collect()
}

#[cfg(test)]
#[path = "attribution_tests.rs"]
mod tests;
