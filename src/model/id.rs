//! Identifiers: how an event, a fact and a source are named.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization as _;

use super::text::fold;

/// The longest identifier that is read, in characters.
pub const MAX_ID: usize = 120;

/// The address of a fact on the desk: `event#fact`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactRef {
    /// The id of the event whose file holds the fact.
    pub event: String,
    /// The id of the fact, unique in its event.
    pub fact: String,
}

impl FactRef {
    /// Joins an event id and a fact id.
    pub fn new(event: impl Into<String>, fact: impl Into<String>) -> Self {
        Self { event: event.into(), fact: fact.into() }
    }

    /// Reads a reference written inside `event`: `fact` alone means the same event.
    pub fn within(event: &str, text: &str) -> Self {
        match text.split_once('#') {
            Some((other, fact)) => Self::new(other, fact),
            None => Self::new(event, text),
        }
    }
}

impl fmt::Display for FactRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.event, self.fact)
    }
}

impl FromStr for FactRef {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let (event, fact) = text.split_once('#').ok_or(IdError::NoFact)?;
        check_id(event)?;
        check_id(fact)?;
        Ok(Self::new(event, fact))
    }
}

/// Why a text is not an identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdError {
    /// The text is empty.
    Empty,
    /// The text is longer than [`MAX_ID`] characters.
    TooLong(usize),
    /// The text holds a character that an id may not have.
    Character(char),
    /// A fact reference without `#`.
    NoFact,
    /// The text ends in punctuation, which a citation would leave out.
    End(char),
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("an id may not be empty"),
            Self::TooLong(n) => write!(f, "an id has at most {MAX_ID} characters, this one has {n}"),
            Self::Character(c) => write!(
                f,
                "an id is made of letters, digits, `-`, `_`, `.` and `:`; this one has `{}`",
                c.escape_debug()
            ),
            Self::NoFact => f.write_str("a fact is addressed as `event#fact`"),
            Self::End(c) => write!(f, "an id ends in a letter or digit, not in `{c}`"),
        }
    }
}

impl std::error::Error for IdError {}

/// The longest identifier that is made from a text, in characters.
const MADE: usize = 40;

/// An identifier made of the first words of a text, other than those that are taken.
pub fn id_for(text: &str, is_taken: impl Fn(&str) -> bool) -> String {
    // Accents go where a plain letter is left; `й` is no `и`.
    let lower = text.nfc().flat_map(char::to_lowercase).filter(|c| !matches!(c, '\'' | '’' | 'ʼ'));
    let plain = |c: char| Some(fold(c.encode_utf8(&mut [0; 4]))).filter(|plain| plain.is_ascii()).unwrap_or(c.into());
    let folded: String = lower.map(plain).collect();
    let mut id = String::new();
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let length = id.chars().count() + usize::from(!id.is_empty());
        if length + word.chars().count() > MADE {
            if id.is_empty() {
                id.extend(word.chars().take(MADE));
            }
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(word);
    }
    if id.is_empty() {
        id.push_str("fact");
    }
    if !is_taken(&id) {
        return id;
    }
    let numbered = |n: usize| {
        let number = format!("-{n}");
        let head: String = id.chars().take(MADE - number.len()).collect();
        format!("{}{number}", head.trim_end_matches('-'))
    };
    (2..).map(numbered).find(|id| !is_taken(id)).unwrap_or(id.clone())
}

/// Tells whether `text` may name an event, a fact, a source or an actor.
///
/// # Errors
/// The reason why not. Ids never reach outside the desk: no `/`, no control character.
pub fn check_id(text: &str) -> Result<(), IdError> {
    let Some(last) = text.chars().last() else { return Err(IdError::Empty) };
    let length = text.chars().count();
    if length > MAX_ID {
        return Err(IdError::TooLong(length));
    }
    if let Some(c) = text.chars().find(|c| !(c.is_alphanumeric() || "-_.:".contains(*c))) {
        return Err(IdError::Character(c));
    }
    if !(last.is_alphanumeric() || last == '_') {
        return Err(IdError::End(last));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_as_written() {
        let r: FactRef = "li-qiang-2024#visit".parse().unwrap();
        assert_eq!((r.event.as_str(), r.fact.as_str()), ("li-qiang-2024", "visit"));
        assert_eq!(r.to_string(), "li-qiang-2024#visit");
    }

    #[test]
    fn a_bare_id_means_the_same_event() {
        assert_eq!(FactRef::within("e", "f").to_string(), "e#f");
        assert_eq!(FactRef::within("e", "x#f").to_string(), "x#f");
    }

    #[test]
    fn an_id_is_made_of_a_text_s_first_words() {
        let made = |text: &str, taken: &[&str]| id_for(text, |id| taken.contains(&id));
        for (text, id) in [
            ("Premier Li’s visit to Zürich & Minsk.", "premier-lis-visit-to-zurich-minsk"),
            ("The leaders signed a joint statement in Beijing on Monday", "the-leaders-signed-a-joint-statement-in"),
            ("…", "fact"),
            ("Премьер в Минске: «новый» шаг", "премьер-в-минске-новый-шаг"),
            ("한국 대표단", "한국-대표단"),
        ] {
            assert_eq!(made(text, &[]), id);
            assert_eq!(check_id(id), Ok(()));
        }
        assert_eq!(made("A visit", &["a-visit", "a-visit-2"]), "a-visit-3");
        let long = "x".repeat(60);
        assert_eq!(made(&long, &[]).len(), 40);
        assert_eq!(made(&long, &[&"x".repeat(40)]), format!("{}-2", "x".repeat(38)));
    }

    #[test]
    fn ids_that_would_reach_outside_the_desk_are_refused() {
        for bad in ["", "../x", "a/b", "a\0b", "a b", "x.", "%2e%2e", "a\nb"] {
            assert!(check_id(bad).is_err(), "{bad:?}");
        }
        assert_eq!(check_id(&"x".repeat(300)), Err(IdError::TooLong(300)));
        for good in ["visit", "sco-10", "ev_1", "2024.1", "визит", "a:b"] {
            assert_eq!(check_id(good), Ok(()), "{good:?}");
        }
    }
}
