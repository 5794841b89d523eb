//! What a desk has settled for itself, in `attache.yaml`.

use std::collections::{HashMap, HashSet};

use super::fact::words;
use crate::finding::{Finding, Severity};
use crate::yaml::Position;

/// The path of the settings in every desk.
pub const SETTINGS_PATH: &str = "attache.yaml";

/// Severities by rule; `None` where a rule is off.
pub type Severities = HashMap<Box<str>, Option<Severity>>;

/// The colours of the terminal interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ThemeName {
    /// The sixteen colours that the terminal has of its own.
    #[default]
    Terminal,
    /// For a dark ground.
    Dark,
    /// For a light ground.
    Light,
}

words!(ThemeName "theme" {
    Terminal = "terminal",
    Dark = "dark",
    Light = "light",
});

impl ThemeName {
    /// The theme after this one, and after the last the first.
    pub fn next(self) -> Self {
        match self {
            Self::Terminal => Self::Dark,
            Self::Dark => Self::Light,
            Self::Light => Self::Terminal,
        }
    }
}

/// The settings of a desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The language of notes that say nothing of it, nor their template (BCP 47).
    pub language: Option<Box<str>>,
    /// The colours of the terminal interface.
    pub theme: ThemeName,
    /// The scale of likelihood of notes that say nothing of it.
    pub scale: Option<Box<str>>,
    /// How much the findings of a rule matter.
    pub checks: Severities,
    /// The same for drafts by one template.
    pub templates: HashMap<Box<str>, Severities>,
    /// Scales of likelihood of the house's own: the terms of each, least likely first.
    pub scales: HashMap<Box<str>, Vec<Box<str>>>,
    /// Marking schemes of the house's own: the classes of each, lowest first.
    pub schemes: HashMap<Box<str>, Vec<Box<str>>>,
    /// What the limit of a rule is here: words, or days.
    pub limits: HashMap<Box<str>, u32>,
    /// Words that a rule's list has here, or has not.
    pub words: HashMap<Box<str>, Words>,
    /// Keys of the terminal, as written; what they mean is the terminal's to say.
    pub keys: Vec<Binding>,
}

/// An action and the keys that it has here, in place of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The action's name as written.
    pub action: Box<str>,
    /// Where its keys stand.
    pub at: Position,
    /// The keys as written, and where; none where the action has no key here.
    pub keys: Vec<(Box<str>, Position)>,
}

/// How a desk's list differs from a rule's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Words that are in it, too.
    pub added: HashSet<Box<str>>,
    /// Words that are not in it.
    pub left_out: HashSet<Box<str>>,
}

impl Settings {
    /// Whether a rule's list has a word here, which by itself it has or not.
    pub fn lists(&self, rule: &str, word: &str, by_itself: bool) -> bool {
        match self.words.get(rule) {
            Some(words) if words.left_out.contains(word) => false,
            Some(words) => by_itself || words.added.contains(word),
            None => by_itself,
        }
    }

    /// Gives findings the severities that the desk has settled, and drops those of rules that are off.
    ///
    /// `template` is that of the draft in which they were found. What a rule has softened by itself
    /// (a fact that no draft uses) is not made louder again.
    pub fn apply(&self, template: Option<&str>, findings: &mut Vec<Finding>) {
        let own = template.and_then(|id| self.templates.get(id));
        if self.checks.is_empty() && own.is_none() {
            return;
        }
        findings.retain_mut(|finding| {
            let settled = own.and_then(|own| own.get(finding.rule)).or_else(|| self.checks.get(finding.rule));
            match settled {
                Some(None) => false,
                Some(Some(_)) if finding.softened => true,
                Some(Some(severity)) => {
                    finding.severity = *severity;
                    true
                }
                None => true,
            }
        });
    }
}
