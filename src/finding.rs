//! Findings: what is wrong or doubtful, where, and what to do about it.

use std::fmt;

use crate::yaml::{Position, Step};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The note must not go out like this.
    Error,
    /// Probably wrong.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The word used in messages and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where in its file a finding points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The file as a whole.
    File,
    /// A known place.
    At(Position),
    /// A value in a YAML file, by the way that leads to it; [`crate::disk`] finds the place.
    Route(Vec<Step>),
    /// A byte of a draft or template, whose text is at hand.
    Offset(usize),
}

/// One thing that is wrong or doubtful.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name, such as `bad-date`.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The file, relative to the desk, with `/`.
    pub path: Box<str>,
    /// Where in the file.
    pub anchor: Anchor,
    /// The fact concerned, as `event#fact`.
    pub fact: Option<String>,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// The way out.
    pub help: Option<String>,
}

impl Finding {
    /// An error at a place.
    pub fn error(rule: &'static str, path: &str, anchor: Anchor, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Error, path, anchor, message)
    }

    /// A warning at a place.
    pub fn warning(rule: &'static str, path: &str, anchor: Anchor, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Warning, path, anchor, message)
    }

    /// A finding of any severity.
    pub fn new(rule: &'static str, severity: Severity, path: &str, anchor: Anchor, message: impl Into<String>) -> Self {
        Self { rule, severity, path: path.into(), anchor, fact: None, message: message.into(), help: None }
    }

    /// Adds the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the fact concerned.
    #[must_use]
    pub fn on_fact(mut self, fact: impl fmt::Display) -> Self {
        self.fact = Some(fact.to_string());
        self
    }

    /// The place, if it has been worked out; the file's first line otherwise.
    pub fn position(&self) -> Position {
        match self.anchor {
            Anchor::At(position) => position,
            _ => Position { line: 1, column: 1 },
        }
    }

    /// Replaces a byte offset by its line and column in `text`.
    pub fn place_in(&mut self, text: &str) {
        if let Anchor::Offset(offset) = self.anchor {
            self.anchor = Anchor::At(Position::of_offset(text, offset));
        }
    }
}

impl fmt::Display for Finding {
    /// `path:line:col: error[rule]: message`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}[{}]: {}", self.path, self.position(), self.severity, self.rule, self.message)
    }
}
