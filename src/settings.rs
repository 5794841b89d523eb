//! `attache.yaml`: from text to [`Settings`], with everything that is wrong told by place.

use std::collections::HashMap;

use serde::Deserialize;

use crate::check;
use crate::finding::{Anchor, Finding, Severity};
use crate::model::conflict;
use crate::model::marking::Scheme;
use crate::model::settings::{Binding, SETTINGS_PATH, Settings, Severities, ThemeName, Words};
use crate::model::text::nearest;
use crate::yaml::shape::{Keyed, OneOrMany, Text};
use crate::yaml::{Position, Step, Tree, read_loosely};

/// The scales of likelihood that are built in.
const SCALES: [&str; 2] = ["icd-203", "phia"];

/// Where a file begins.
const START: Position = Position { line: 1, column: 1 };

/// The settings of a desk; every key may be left out.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct SettingsShape {
    /// The language of notes that say nothing of it, nor their template (BCP 47).
    language: Option<Text>,
    /// The colours of the terminal interface: terminal (its own), dark or light.
    theme: Option<Text>,
    /// The scale of likelihood words: icd-203 or phia.
    scale: Option<Text>,
    /// How much the findings of a rule matter: error, warning, info or off.
    checks: Keyed<Text>,
    /// Scales of likelihood of the house's own: the terms of each, least likely first.
    scales: Keyed<OneOrMany<Text>>,
    /// Marking schemes of the house's own: the classes of each, lowest first.
    schemes: Keyed<OneOrMany<Text>>,
    /// The limit of a rule that has one: words or days.
    limits: Keyed<Text>,
    /// Words to add to the list of a rule that has one; with a minus before it a word is taken out.
    words: Keyed<OneOrMany<Text>>,
    /// Settings of one template, by its id.
    templates: Keyed<TemplateShape>,
    /// Keys of the terminal, in place of an action's own: one or a list by the action's name, `[]` for none.
    keys: Keyed<OneOrMany<Text>>,
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
    let mut found = conflict::findings(SETTINGS_PATH, text);
    let upper = conflict::upper(text);
    let text = upper.as_deref().unwrap_or(text);
    let loose = read_loosely::<SettingsShape>(crate::yaml::strip_bom(text), 1);
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
    let scales = reader.scales(shape.scales);
    let all =
        format!("one of {}", SCALES.into_iter().chain(scales.keys().map(|k| &**k)).collect::<Vec<_>>().join(", "));
    let scale = shape.scale.map(Box::<str>::from).filter(|scale| {
        let known = SCALES.contains(&&**scale) || scales.contains_key(scale);
        if !known {
            reader.tell(&["scale"], format!("there is no scale `{scale}`"), all.clone());
        }
        known
    });
    let theme = reader.theme(shape.theme);
    let checks = reader.severities(&["checks"], shape.checks);
    let schemes = reader.schemes(shape.schemes);
    let limits = reader.limits(shape.limits);
    let words = reader.words(shape.words);
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
    let keys = reader.keys(shape.keys);
    let settings = Settings {
        language: shape.language.map(Into::into),
        theme,
        scale,
        checks,
        templates: by_template,
        scales,
        schemes,
        limits,
        words,
        keys,
    };
    (settings, reader.found)
}

struct Reader<'t> {
    text: &'t str,
    found: Vec<Finding>,
}

impl Reader<'_> {
    fn theme(&mut self, written: Option<Text>) -> ThemeName {
        let Some(written) = written else { return ThemeName::default() };
        written.parse().unwrap_or_else(|_| {
            let all = || format!("one of {}", ThemeName::WORDS.join(", "));
            let near = nearest(&written, ThemeName::WORDS.iter().copied());
            let help = near.map_or_else(all, |near| format!("did you mean `{near}`?"));
            self.tell(&["theme"], format!("there is no theme `{}`", &*written), help);
            ThemeName::default()
        })
    }

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

    fn scales(&mut self, written: Keyed<OneOrMany<Text>>) -> HashMap<Box<str>, Vec<Box<str>>> {
        let mut scales = HashMap::new();
        for (name, terms) in written.0 {
            if SCALES.contains(&&*name) {
                let message = format!("the scale `{}` is built in", &*name);
                self.tell(&["scales", &name], message, "give yours a name of its own".to_owned());
                continue;
            }
            scales.insert(name.into(), terms.0.into_iter().map(|term| term.trim().into()).collect());
        }
        scales
    }

    fn schemes(&mut self, written: Keyed<OneOrMany<Text>>) -> HashMap<Box<str>, Vec<Box<str>>> {
        let mut schemes = HashMap::new();
        for (name, classes) in written.0 {
            if Scheme::named(&name).is_some() {
                let message = format!("the scheme `{}` is built in", &*name);
                self.tell(&["schemes", &name], message, "give yours a name of its own".to_owned());
                continue;
            }
            let classes: Vec<Box<str>> = classes.0.into_iter().map(|class| class.trim().into()).collect();
            schemes.insert(name.into(), classes);
        }
        schemes
    }

    fn limits(&mut self, written: Keyed<Text>) -> HashMap<Box<str>, u32> {
        let mut limits = HashMap::new();
        for (rule, value) in written.0 {
            if !check::rules().any(|r| r.id == &*rule && r.limit.is_some()) {
                self.no_such(&["limits", &rule], "limit", check::rules().filter(|r| r.limit.is_some()));
                continue;
            }
            match value.parse::<u32>() {
                Ok(limit) if limit > 0 => drop(limits.insert(rule.into(), limit)),
                _ => self.tell(
                    &["limits", &rule],
                    format!("`{}` is no limit", &*value),
                    "a whole number above 0".to_owned(),
                ),
            }
        }
        limits
    }

    fn words(&mut self, written: Keyed<OneOrMany<Text>>) -> HashMap<Box<str>, Words> {
        let mut lists = HashMap::new();
        for (rule, words) in written.0 {
            if !check::rules().any(|r| r.id == &*rule && r.has_words) {
                self.no_such(&["words", &rule], "list of words", check::rules().filter(|r| r.has_words));
                continue;
            }
            let mut list = Words::default();
            for word in words.0 {
                match word.strip_prefix('-') {
                    Some(out) => list.left_out.insert(out.trim().into()),
                    None => list.added.insert(word.trim().into()),
                };
            }
            lists.insert(rule.into(), list);
        }
        lists
    }

    /// Keys with their places; the actions are told by those who know them.
    fn keys(&self, written: Keyed<OneOrMany<Text>>) -> Vec<Binding> {
        let tree = if written.0.is_empty() { None } else { Tree::parse(self.text).ok() };
        let place = |route: &[Step]| tree.as_ref().map_or(START, |tree| tree.root.locate(route));
        let binding = |(action, keys): (Text, OneOrMany<Text>)| {
            let route = [Step::Key("keys".into()), Step::Key(action.0.clone())];
            let of_key = |n: usize| place(&[route[0].clone(), route[1].clone(), Step::Index(n)]);
            let keys = keys.0.into_iter().enumerate().map(|(n, key)| (key.0, of_key(n))).collect();
            Binding { at: place(&route), action: action.0, keys }
        };
        written.0.into_iter().map(binding).collect()
    }

    fn no_such(&mut self, way: &[&str], what: &str, rules: impl Iterator<Item = &'static check::Rule>) {
        let rule = way.last().copied().unwrap_or_default();
        let all: Vec<&str> = rules.map(|r| r.id).collect();
        self.tell(way, format!("no rule `{rule}` has a {what}"), format!("those that have: {}", all.join(", ")));
    }

    fn tell(&mut self, way: &[&str], message: String, help: String) {
        let route: Vec<Step> = way.iter().map(|key| Step::Key((*key).into())).collect();
        let at = Tree::parse(self.text).map_or(START, |tree| tree.root.locate(&route));
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
        assert_eq!((settings.language.as_deref(), settings.theme), (Some("fr"), ThemeName::Terminal));
        assert_eq!(settings.scale.as_deref(), Some("phia"));
        assert_eq!(settings.checks.get("long-sentence"), Some(&None));
        assert_eq!(settings.checks.get("uncited"), Some(&Some(Severity::Error)));
        assert_eq!(settings.templates["submission"].get("stale"), Some(&Some(Severity::Info)));
        let (settings, found) = read(
            "limits: { long-sentence: 40 }\nwords:\n  loaded-word: [plucky, -regime]\n  acronym-unexpanded: FCDO\n",
            &[],
        );
        assert_eq!(found, []);
        assert_eq!(settings.limits.get("long-sentence"), Some(&40));
        for (rule, word, by_itself, lists) in [
            ("loaded-word", "plucky", false, true),
            ("loaded-word", "regime", true, false),
            ("loaded-word", "brazen", true, true),
            ("loaded-word", "calm", false, false),
            ("acronym-unexpanded", "FCDO", false, true),
            ("passive", "x", true, true),
        ] {
            assert_eq!(settings.lists(rule, word, by_itself), lists, "{word}");
        }
        let (settings, found) = read("keys:\n  take out: [d, 0]\n  zoom: Z\n  undo: []\n", &[]);
        assert_eq!(found, []);
        let keys = |b: &Binding| b.keys.iter().map(|(key, at)| format!("{key} {at}")).collect::<Vec<_>>().join(", ");
        let told: Vec<String> = settings.keys.iter().map(|b| format!("{} {}: {}", b.at, b.action, keys(b))).collect();
        assert_eq!(told, ["2:13 take out: d 2:14, 0 2:17", "3:9 zoom: Z 3:9", "4:9 undo: "]);
        assert_eq!(read("", &[]), (Settings::default(), Vec::new()));
        assert_eq!(read("theme: light\n", &[]).0.theme, ThemeName::Light);
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
        assert_eq!(
            told("theme: drak\n").into_iter().chain(told("language: fr\ntheme: solarized\n")).collect::<Vec<_>>(),
            [
                "1:8 bad-value: there is no theme `drak` | did you mean `dark`?",
                "2:8 bad-value: there is no theme `solarized` | one of terminal, dark, light"
            ]
        );
        assert_eq!(
            told("limits: { long-sentence: many, uncited: 3 }\nwords: { uncited: [a] }\n")
                .iter()
                .map(|t| t.split('|').next().unwrap().trim())
                .collect::<Vec<_>>(),
            [
                "1:26 bad-value: `many` is no limit",
                "1:41 bad-value: no rule `uncited` has a limit",
                "2:19 bad-value: no rule `uncited` has a list of words"
            ]
        );
        let (settings, found) = read("checks: [a]\nlanguage: de\n", &[]);
        assert_eq!((settings.language.as_deref(), found.len()), (Some("de"), 1));
        assert_eq!(read(": [", &[]).1.len(), 1);
    }
}
