//! `attache.yaml`: from text to [`Settings`], with everything that is wrong told by place.

use std::collections::HashMap;

use serde::Deserialize;

use crate::check;
use crate::finding::{Anchor, Finding, Severity};
use crate::model::settings::{SETTINGS_PATH, Settings, Severities};
use crate::model::text::nearest;
use crate::yaml::shape::{Keyed, Text};
use crate::yaml::{Position, Step, Tree, read_loosely};

/// The settings of a desk; every key may be left out.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct SettingsShape {
    /// The language of notes that say nothing of it, nor their template (BCP 47).
    language: Option<Text>,
    /// The scale of likelihood words: icd-203 or phia.
    scale: Option<Text>,
    /// How much the findings of a rule matter: error, warning, info or off.
    checks: Keyed<Text>,
    /// Settings of one template, by its id.
    templates: Keyed<TemplateShape>,
}

/// What is settled for the drafts by one template.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
struct TemplateShape {
    /// How much the findings of a rule matter in them.
    checks: Keyed<Text>,
}

/// Reads the settings; `templates` are the ids of the templates there are. What is wrong costs its key.
pub fn read(text: &str, templates: &[&str]) -> (Settings, Vec<Finding>) {
    let loose = read_loosely::<SettingsShape>(crate::yaml::strip_bom(text), 1);
    let mut found = Vec::new();
    for error in loose.errors {
        let anchor = error.at.map_or(Anchor::File, Anchor::At);
        found.push(Finding::error("bad-value", SETTINGS_PATH, anchor, error.message).help("it has no effect"));
    }
    for unknown in loose.unknown {
        let message = format!("unknown key `{}`", unknown.key);
        let finding = Finding::warning("unknown-key", SETTINGS_PATH, Anchor::At(unknown.at), message);
        found.push(finding.help(unknown.help()));
    }
    let shape = loose.value;
    let mut reader = Reader { text, found };
    let scale = shape.scale.map(Box::<str>::from).filter(|scale| {
        let known = matches!(&**scale, "icd-203" | "phia");
        if !known {
            reader.tell(&["scale"], format!("there is no scale `{scale}`"), "one of icd-203, phia".to_owned());
        }
        known
    });
    let checks = reader.severities(&["checks"], shape.checks);
    let mut by_template = HashMap::new();
    for (id, own) in shape.templates.0 {
        let near = nearest(&id, templates.iter().copied());
        if !templates.contains(&&*id) {
            let help =
                near.map_or_else(|| "`attache templates` lists them".to_owned(), |n| format!("did you mean `{n}`?"));
            reader.tell(&["templates", &id], format!("there is no template `{}`", &*id), help);
        }
        let severities = reader.severities(&["templates", &id, "checks"], own.checks);
        by_template.insert(id.into(), severities);
    }
    let settings = Settings { language: shape.language.map(Into::into), scale, checks, templates: by_template };
    (settings, reader.found)
}

struct Reader<'t> {
    text: &'t str,
    found: Vec<Finding>,
}

impl Reader<'_> {
    fn severities(&mut self, way: &[&str], written: Keyed<Text>) -> Severities {
        let mut severities = Severities::new();
        for (rule, value) in written.0 {
            let here: Vec<&str> = way.iter().copied().chain([&*rule]).collect();
            if check::Rule::find(&rule).is_none() {
                let near = nearest(&rule, check::rules().map(|r| r.id));
                let help =
                    near.map_or_else(|| "`attache rules` lists them".to_owned(), |n| format!("did you mean `{n}`?"));
                self.tell(&here, format!("there is no rule `{}`", &*rule), help);
                continue;
            }
            let severity = match &*value {
                "off" => None,
                "info" => Some(Severity::Info),
                "warning" => Some(Severity::Warning),
                "error" => Some(Severity::Error),
                other => {
                    self.tell(
                        &here,
                        format!("`{other}` is no severity"),
                        "one of error, warning, info, off".to_owned(),
                    );
                    continue;
                }
            };
            severities.insert(rule.into(), severity);
        }
        severities
    }

    fn tell(&mut self, way: &[&str], message: String, help: String) {
        let route: Vec<Step> = way.iter().map(|key| Step::Key((*key).into())).collect();
        let at = Tree::parse(self.text).map_or(Position { line: 1, column: 1 }, |tree| tree.root.locate(&route));
        self.found.push(Finding::error("bad-value", SETTINGS_PATH, Anchor::At(at), message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let found = read(text, &["submission"]).1;
        found
            .iter()
            .map(|f| format!("{} {}: {} | {}", f.position(), f.rule, f.message, f.help.as_deref().unwrap_or_default()))
            .collect()
    }

    #[test]
    fn settings_are_read() {
        let text = "language: fr\nscale: phia\nchecks: { long-sentence: off, uncited: error }\ntemplates:\n  submission: { checks: { stale: info } }\n";
        let (settings, found) = read(text, &["submission"]);
        assert_eq!(found, []);
        assert_eq!(settings.language.as_deref(), Some("fr"));
        assert_eq!(settings.scale.as_deref(), Some("phia"));
        assert_eq!(settings.checks.get("long-sentence"), Some(&None));
        assert_eq!(settings.checks.get("uncited"), Some(&Some(Severity::Error)));
        assert_eq!(settings.templates["submission"].get("stale"), Some(&Some(Severity::Info)));
        assert_eq!(read("", &[]), (Settings::default(), Vec::new()));
        assert_eq!(read("# nothing\n", &[]).1, []);
    }

    #[test]
    fn what_is_wrong_is_told_where_it_stands_and_the_rest_is_read() {
        assert_eq!(told("chekcs: {}\n"), ["1:1 unknown-key: unknown key `chekcs` | did you mean `checks`?"]);
        assert_eq!(
            told("checks:\n  uncitd: error\n  stale: no\n"),
            [
                "2:11 bad-value: there is no rule `uncitd` | did you mean `uncited`?",
                "3:10 bad-value: `no` is no severity | one of error, warning, info, off"
            ]
        );
        assert_eq!(
            told("templates:\n  submision: { checks: {} }\nscale: kent\n"),
            [
                "3:8 bad-value: there is no scale `kent` | one of icd-203, phia",
                "2:14 bad-value: there is no template `submision` | did you mean `submission`?"
            ]
        );
        let (settings, found) = read("checks: [a]\nlanguage: de\n", &[]);
        assert_eq!((settings.language.as_deref(), found.len()), (Some("de"), 1));
        assert_eq!(read(": [", &[]).1.len(), 1);
    }
}
