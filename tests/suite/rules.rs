//! The cases of every rule: `tests/data/rules/RULE.md` says what it finds and what it leaves alone.

use std::path::PathBuf;
use std::sync::Arc;

use attache::check::{DraftRequest, InUse, Rule, check_desk, check_draft, rules};
use attache::draft::Draft;
use attache::finding::{Anchor, Edit, Finding};
use attache::model::Desk;
use attache::yaml::Step;
use attache::{event_file, template};

use crate::harness::root;

const EVENT: &str = include_str!("../data/rules/desk/li.yaml");
const SCO: &str = include_str!("../data/rules/desk/sco.yaml");
const SHARED: &str = include_str!("../data/rules/desk/sources.yaml");
const TEMPLATE: &str = include_str!("../data/rules/desk/test.md");
const FRONT: &str = "---\ntemplate: test\ntitle: T\ndate: 2024-08-19\nfields: { to: Me }\n---\n\n";

/// One case: what stands on the desk, and what is expected.
#[derive(Default, Debug)]
struct Case {
    /// The line of the page at which it starts.
    line: usize,
    /// Whether the rule is to speak.
    found: bool,
    event: Option<String>,
    facts: Option<String>,
    draft: Option<String>,
    template: Option<String>,
    /// The findings, one a line: `where: message`.
    text: Option<String>,
    /// The file as its first fix leaves it, or the part of it that the case gives.
    fixed: Option<String>,
}

/// How many cases a page holds: found, left alone.
#[derive(Default, Clone, Copy)]
struct Counted {
    found: usize,
    silent: usize,
    fixed: usize,
}

fn page(rule: &Rule) -> PathBuf {
    root().join(format!("tests/data/rules/{}.md", rule.id))
}

/// The table of all rules with the number of their cases.
pub fn table() -> String {
    let mut out = String::from(
        "\n## Cases\n\nEach rule is held to cases in `tests/data/rules/RULE.md`: what it must find, what it must leave alone, \
         and what its mending must give. Anyone can add one.\n\n| rule | found | left alone | mended |\n|---|---|---|---|\n",
    );
    for rule in rules() {
        let Counted { found, silent, fixed } = counted(rule);
        let fixed = if rule.fixable { fixed.to_string() } else { "–".to_owned() };
        out += &format!("| {} | {found} | {silent} | {fixed} |\n", rule.id);
    }
    out
}

/// The cases of a page, counted.
fn counted(rule: &Rule) -> Counted {
    let mut counted = Counted::default();
    for case in read(&std::fs::read_to_string(page(rule)).unwrap_or_default()) {
        let count = if case.found { &mut counted.found } else { &mut counted.silent };
        *count += 1;
        counted.fixed += usize::from(case.fixed.is_some());
    }
    counted
}

/// Each paragraph starts a case; its fenced blocks say what is in it.
fn read(page: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let (mut found, mut fence, mut inside) = (true, None::<String>, String::new());
    let mut new = true;
    for (number, line) in (1..).zip(page.lines()) {
        match (&fence, line.strip_prefix("```")) {
            (None, Some(info)) => {
                fence = Some(info.to_owned());
                if new {
                    cases.push(Case { line: number, found, ..Case::default() });
                    new = false;
                }
            }
            (Some(info), Some("")) => {
                let case = cases.last_mut().unwrap();
                let place = match info.as_str() {
                    "yaml event" => &mut case.event,
                    "yaml" => &mut case.facts,
                    "markdown" | "markdown draft" => &mut case.draft,
                    "markdown template" => &mut case.template,
                    "text" => &mut case.text,
                    "text fixed" => &mut case.fixed,
                    other => panic!("line {number}: a block cannot be `{other}`"),
                };
                let mut text = std::mem::take(&mut inside);
                if info == "markdown" {
                    text = format!("{FRONT}## Issue {{#issue}}\n\n{text}\n## Sources {{#sources}}\n");
                }
                *place = Some(text);
                fence = None;
            }
            (Some(_), _) => inside += &format!("{line}\n"),
            (None, None) if line.starts_with("## ") => {
                found = match line {
                    "## Found" => true,
                    "## Left alone" => false,
                    _ => panic!("line {number}: a part is `Found` or `Left alone`"),
                };
                new = true;
            }
            (None, None) => new |= !line.trim().is_empty(),
        }
    }
    assert!(fence.is_none(), "a block is not closed");
    cases
}

/// The texts of a case's files, and what the rule says of them.
struct Spoken {
    event: String,
    draft: Option<String>,
    findings: Vec<Finding>,
}

fn speak(case: &Case, rule: &Rule) -> Spoken {
    let mut event = case.event.clone().unwrap_or_else(|| EVENT.to_owned());
    for line in case.facts.iter().flat_map(|facts| facts.lines()) {
        event += &format!("  {line}\n");
    }
    let reading = event_file::read("briefs/events/li.yaml", &event);
    let mut findings = reading.findings;
    let other = event_file::read("briefs/events/sco.yaml", SCO).event.unwrap();
    let events = reading.event.into_iter().chain([other]).map(Arc::new).collect();
    let desk = Desk::new(events, Arc::new(event_file::read_sources("briefs/sources.yaml", SHARED).0));
    let mut in_use = InUse::default();
    if let Some(text) = &case.draft {
        let text_of = case.template.as_deref().unwrap_or(TEMPLATE);
        let (template, found) = template::parse("test", "templates/test.md", text_of);
        assert_eq!(found, []);
        let draft = Draft::parse(text, &template.outline());
        in_use.add(&desk, &draft);
        findings.extend(check_draft(&DraftRequest { desk: &desk, template: &template, draft: &draft, path: "d.md" }));
    }
    findings.extend(check_desk(&desk, &in_use, true).findings);
    findings.retain(|f| f.rule == rule.id);
    Spoken { event, draft: case.draft.clone(), findings }
}

impl Spoken {
    /// A finding as a page has it: the words or the key it points at, and its message.
    fn line(&self, finding: &Finding) -> String {
        let place = match &finding.anchor {
            Anchor::File => "the file".to_owned(),
            Anchor::At(at) | Anchor::Between(at, _) => at.to_string(),
            Anchor::Route(route) => route.iter().map(step).collect::<Vec<_>>().join("."),
            Anchor::Bytes(range) => {
                let text = self.draft.as_deref().unwrap_or_default();
                let words = match text.get(range.clone()) {
                    Some("") => text[range.start..].split_whitespace().next().unwrap_or("the end"),
                    words => words.unwrap(),
                };
                format!("“{}”", words.replace('\n', " "))
            }
        };
        format!("{place}: {}", finding.message)
    }

    /// The case with the file that the first fix is about as it leaves it.
    fn mended(&self, case: &Case, fixed: String) -> Case {
        let first = self.findings.iter().flat_map(|f| &f.fixes).next();
        let in_event = first.is_some_and(|fix| matches!(fix.edit, Edit::Value(..)));
        Case {
            event: Some(if in_event { fixed.clone() } else { self.event.clone() }),
            draft: if in_event { self.draft.clone() } else { Some(fixed) },
            template: case.template.clone(),
            ..Case::default()
        }
    }

    fn fixed(&self) -> Option<String> {
        let finding = self.findings.iter().find(|f| !f.fixes.is_empty())?;
        let edit = &finding.fixes.first()?.edit;
        match edit {
            Edit::Value(..) => edit.apply(&self.event),
            _ => edit.apply(self.draft.as_deref()?),
        }
    }
}

fn step(step: &Step) -> String {
    match step {
        Step::Key(key) => key.to_string(),
        Step::Index(index) => index.to_string(),
    }
}

#[test]
fn every_rule_finds_its_cases_and_leaves_the_near_misses_alone() {
    let mut wrong = Vec::new();
    // No file makes a rule fail, as far as we know.
    for rule in rules().filter(|rule| rule.id != "rule-failed") {
        let text = std::fs::read_to_string(page(rule)).unwrap_or_default();
        let cases = read(&text);
        let mut tell = |line: usize, what: String| wrong.push(format!("{}.md:{line}: {what}", rule.id));
        if !cases.iter().any(|c| c.found) || !cases.iter().any(|c| !c.found) {
            tell(1, "a rule has cases of both sorts".to_owned());
        }
        if rule.fixable != cases.iter().any(|c| c.fixed.is_some()) {
            tell(1, format!("fixable is {}, and the cases say otherwise", rule.fixable));
        }
        for case in &cases {
            let spoken = speak(case, rule);
            let lines: String = spoken.findings.iter().map(|f| spoken.line(f) + "\n").collect();
            if case.found == spoken.findings.is_empty() {
                tell(case.line, if case.found { "not found".to_owned() } else { format!("found: {lines}") });
            }
            if let Some(expected) = case.text.as_ref().filter(|expected| **expected != lines) {
                tell(case.line, format!("\n- {expected}+ {lines}"));
            }
            if let Some(expected) = &case.fixed {
                let fixed = spoken.fixed().unwrap_or_default();
                if !fixed.contains(expected.trim_end()) {
                    tell(case.line, format!("not mended:\n- {expected}+ {fixed}"));
                }
                let left = speak(&spoken.mended(case, fixed), rule).findings.len();
                if left >= spoken.findings.len() {
                    tell(case.line, "found again after mending".to_owned());
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
