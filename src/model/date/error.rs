//! Why a text is refused.

use std::fmt;

/// Why a text is no EDTF date of level 0 or 1: one plain sentence, safe to print on a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdtfError {
    message: String,
    level_two: bool,
}

impl EdtfError {
    /// Whether the text uses a feature of EDTF level 2.
    #[must_use]
    pub fn is_level_two(&self) -> bool {
        self.level_two
    }
}

impl fmt::Display for EdtfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for EdtfError {}

/// Why a part was refused, before the whole text is put in front of it.
pub(super) enum Refusal {
    /// It is wrong: why, and how to write it.
    Wrong(String),
    /// It is level 2: what it uses, and what to write instead.
    LevelTwo(&'static str, &'static str),
}

pub(super) type Read<T> = Result<T, Refusal>;

pub(super) fn wrong<T>(why: impl Into<String>) -> Read<T> {
    Err(Refusal::Wrong(why.into()))
}

pub(super) fn level_two<T>(feature: &'static str, instead: &'static str) -> Read<T> {
    Err(Refusal::LevelTwo(feature, instead))
}

impl Refusal {
    /// The refusal of a whole text.
    pub(super) fn of(self, text: &str) -> EdtfError {
        let shown = shown(text);
        match self {
            Self::Wrong(why) => EdtfError { message: format!("`{shown}` is not a date: {why}"), level_two: false },
            Self::LevelTwo(feature, instead) => EdtfError {
                message: format!("`{shown}` uses {feature}, which is EDTF level 2 and not supported: {instead}"),
                level_two: true,
            },
        }
    }
}

/// The text as an error may show it: short, and without characters that move a terminal's cursor.
pub(super) fn shown(text: &str) -> String {
    const LIMIT: usize = 40;
    let mut shown: String =
        text.chars().take(LIMIT).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect();
    if text.chars().nth(LIMIT).is_some() {
        shown.push('…');
    }
    shown
}
