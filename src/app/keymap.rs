//! Keys, apart from any terminal library, and what each of them does where.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use super::action::{Action, Contexts};
use super::state::State;

mod bindings;

pub use bindings::{reach, read};

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character as typed, capitals included.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab, which terminals send as a key of its own.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A key that has no meaning here.
    Other,
}

const NAMES: &[(&str, Code)] = &[
    ("Enter", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("Shift-Tab", Code::BackTab),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PgUp", Code::PageUp),
    ("PgDn", Code::PageDown),
    ("Space", Code::Char(' ')),
];

/// A key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// With Control.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
    /// With Shift; never set for characters, whose case says it.
    pub shift: bool,
}

impl Key {
    /// A key without modifiers.
    pub fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// The key that sends a character: Enter for `\n`, Tab for `\t`.
    pub fn of(c: char) -> Self {
        Self::plain(match c {
            '\n' => Code::Enter,
            '\t' => Code::Tab,
            c => Code::Char(c),
        })
    }

    /// The character it types, if it types one.
    pub fn text(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt && !c.is_control() => Some(c),
            _ => None,
        }
    }

    /// The digit 1 to 9 that it is, if any.
    pub fn digit(self) -> Option<usize> {
        self.text()?.to_digit(10).filter(|n| *n > 0).map(|n| n as usize)
    }
}

impl FromStr for Key {
    type Err = String;

    /// Reads `a`, `K`, `Space`, `Shift-down`, `Ctrl-left`, as the key table writes them.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut key = Self::plain(Code::Other);
        let mut rest = text;
        loop {
            if let Some((_, code)) = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(rest)) {
                key.code = *code;
                return Ok(key);
            }
            let lower = rest.to_ascii_lowercase();
            if lower.starts_with("ctrl-") {
                key.ctrl = true;
            } else if lower.starts_with("alt-") {
                key.alt = true;
            } else if lower.starts_with("shift-") {
                key.shift = true;
            } else {
                break;
            }
            rest = rest.split_once('-').map_or("", |(_, rest)| rest);
        }
        let mut chars = rest.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => {
                let c = if key.shift && !key.ctrl { c.to_ascii_uppercase() } else { c };
                key.code = Code::Char(if key.ctrl { c.to_ascii_lowercase() } else { c });
                key.shift = false;
                Ok(key)
            }
            _ => Err(format!("`{text}` is no key")),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if self.shift {
            f.write_str("Shift-")?;
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            Code::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            Code::Char(c) => write!(f, "{c}"),
            _ => f.write_str("?"),
        }
    }
}

/// Which action each key means in each context.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: HashMap<(Contexts, Key), Action>,
    /// The keys of every action, as they are shown.
    keys: HashMap<Action, Vec<Box<str>>>,
}

impl Default for Keymap {
    /// The keys of the action table.
    fn default() -> Self {
        read(&[]).0
    }
}

impl Keymap {
    /// The action of a key in one context.
    pub fn action(&self, context: Contexts, key: Key) -> Option<Action> {
        self.bindings.get(&(context, key)).copied()
    }

    /// The action of a key where text is typed, and whether it selects: Shift with a motion does.
    pub fn text_action(&self, context: Contexts, key: Key) -> Option<(Action, bool)> {
        let plain = || self.action(context, Key { shift: false, ..key }).filter(|_| key.shift);
        self.action(context, key).map(|action| (action, false)).or_else(|| Some((plain()?, true)))
    }

    /// The keys of an action, as they are shown; `1-9` is nine of them.
    pub fn keys(&self, action: Action) -> &[Box<str>] {
        self.keys.get(&action).map_or(&[], Vec::as_slice)
    }

    /// The keys that mean an action in one context.
    pub fn keys_in(&self, context: Contexts, action: Action) -> impl Iterator<Item = &str> {
        let means = move |key: Key| self.action(context, key) == Some(action);
        self.keys(action).iter().filter(move |text| expand(text).into_iter().any(means)).map(|text| &**text)
    }

    /// The first of them.
    pub fn key_in(&self, context: Contexts, action: Action) -> Option<&str> {
        self.keys_in(context, action).next()
    }
}

impl State {
    /// The first key of an action, for what is said to the writer; the palette's way to one without.
    pub fn key(&self, action: Action) -> String {
        let way = || format!("{}{}", self.keymap.keys(Action::Palette).first().map_or(":", |k| k), action.name());
        self.keymap.keys(action).first().map_or_else(way, ToString::to_string)
    }

    /// The same of a key that means it in one context.
    pub fn key_in(&self, context: Contexts, action: Action) -> String {
        self.keymap.key_in(context, action).map_or_else(|| self.key(action), str::to_owned)
    }
}

/// The keys that an entry of the table stands for: `1-9` is nine of them.
pub fn expand(text: &str) -> Vec<Key> {
    if text == "1-9" {
        return ('1'..='9').map(|c| Key::plain(Code::Char(c))).collect();
    }
    text.parse().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back_as_written() {
        for text in ["a", "K", "Space", "Shift-down", "Ctrl-left", "Ctrl-C", "Shift-Tab", "PgUp", "-", "Ctrl-_", "]"] {
            let key: Key = text.parse().unwrap();
            assert_eq!(key.to_string(), text);
        }
        assert!("Hyper-x".parse::<Key>().is_err() && "".parse::<Key>().is_err());
        assert_eq!("shift-a".parse::<Key>().unwrap().to_string(), "A");
    }
}
