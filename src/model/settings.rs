//! What a desk has settled for itself, in `attache.yaml`.

use std::collections::HashMap;

use crate::finding::{Finding, Severity};

/// The path of the settings in every desk.
pub const SETTINGS_PATH: &str = "attache.yaml";

/// Severities by rule; `None` where a rule is off.
pub type Severities = HashMap<Box<str>, Option<Severity>>;

/// The settings of a desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The language of notes that say nothing of it, nor their template (BCP 47).
    pub language: Option<Box<str>>,
    /// The scale of likelihood of notes that say nothing of it.
    pub scale: Option<Box<str>>,
    /// How much the findings of a rule matter.
    pub checks: Severities,
    /// The same for drafts by one template.
    pub templates: HashMap<Box<str>, Severities>,
}

impl Settings {
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
