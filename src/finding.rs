//! Findings: what is wrong or doubtful, where, and what to do about it.

use std::fmt;
use std::ops::Range;

use crate::model::text::{clean, one_line};
use crate::yaml::{Position, Step};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Anchor {
    /// The file as a whole.
    File,
    /// A known place.
    At(Position),
    /// From one known place to before another.
    Between(Position, Position),
    /// A value in a YAML file, by the way that leads to it; [`crate::disk`] finds the place.
    Route(Vec<Step>),
    /// Bytes of a draft or template, whose text is at hand; an empty range is a point.
    Bytes(Range<usize>),
}

impl Anchor {
    /// A point in a text.
    pub fn byte(at: usize) -> Self {
        Self::Bytes(at..at)
    }
}

/// A mechanical way to mend what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, an order without a full stop: `write “Tuesday”`.
    pub label: String,
    /// The change, in the file of the finding.
    pub edit: Edit,
}

/// A change that touches no more of a file than it must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Other text for bytes of a draft.
    Bytes(Range<usize>, String),
    /// Another value for a key of a draft's front matter, which is added if it is not there.
    Front(&'static str, String),
    /// Another value in a YAML file, by the way that leads to it; the last key of the way is added if it
    /// is not there.
    Value(Vec<Step>, String),
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
    /// Whether its rule holds it for less here than elsewhere.
    pub softened: bool,
    /// Ways to mend it without a writer's judgement, the likeliest first.
    pub fixes: Vec<Fix>,
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
        Self {
            rule,
            severity,
            path: path.into(),
            anchor,
            fact: None,
            message: told(message),
            help: None,
            softened: false,
            fixes: Vec::new(),
        }
    }

    /// Adds the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(told(help));
        self
    }

    /// Adds the fact concerned.
    #[must_use]
    pub fn on_fact(mut self, fact: impl fmt::Display) -> Self {
        self.fact = Some(fact.to_string());
        self
    }

    /// Adds a way to mend it.
    #[must_use]
    pub fn fix(mut self, label: impl Into<String>, edit: Edit) -> Self {
        self.fixes.push(Fix { label: told(label), edit });
        self
    }

    /// The place, if it has been worked out; the file's first line otherwise.
    pub fn position(&self) -> Position {
        match self.anchor {
            Anchor::At(position) | Anchor::Between(position, _) => position,
            _ => Position { line: 1, column: 1 },
        }
    }

    /// The place behind its last character, if that has been worked out.
    pub fn end(&self) -> Option<Position> {
        match self.anchor {
            Anchor::Between(_, end) => Some(end),
            _ => None,
        }
    }

    /// Replaces bytes by lines and columns of `text`.
    pub fn place_in(&mut self, text: &str) {
        if let Anchor::Bytes(range) = &self.anchor {
            let start = Position::of_offset(text, range.start);
            self.anchor = if range.is_empty() {
                Anchor::At(start)
            } else {
                Anchor::Between(start, Position::of_offset(text, range.end))
            };
        }
    }
}

/// Words as one line without controls: what a file holds may be quoted in them.
fn told(words: impl Into<String>) -> String {
    let words = words.into();
    if words.contains(char::is_control) { one_line(&clean(&words)) } else { words }
}

impl fmt::Display for Finding {
    /// `path:line:col: error[rule]: message`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}[{}]: {}", self.path, self.position(), self.severity, self.rule, self.message)
    }
}
