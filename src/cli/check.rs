//! `attache check`: what is wrong with the desk and its drafts.

mod github;
mod sarif;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{Global, report};
use crate::check::{DraftRequest, InUse, check_desk, check_draft, check_template};
use crate::disk::{Folder, read_text};
use crate::draft::{Draft, FrontMatter};
use crate::error::Error;
use crate::finding::{Anchor, Finding, Severity};
use crate::model::Desk;
use crate::template::Template;

/// What to check, and how to print it.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Only findings in these files or folders
    paths: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Treat this rule, or all `warnings`, as errors
    #[arg(long, value_name = "RULE|warnings")]
    deny: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people
    Text,
    /// One object a line
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
}

#[derive(Serialize)]
struct Row<'a> {
    rule: &'a str,
    severity: &'a str,
    path: &'a str,
    line: usize,
    column: usize,
    fact: Option<&'a str>,
    message: &'a str,
    help: Option<&'a str>,
}

pub(super) fn run(global: &Global, arguments: &CheckArguments) -> Result<u8, Error> {
    let folder = super::folder(global)?;
    known_rules(&arguments.deny)?;
    let mut findings = all(&folder);
    if !arguments.paths.is_empty() {
        let wanted = wanted(&folder, &arguments.paths)?;
        findings.retain(|f| wanted.iter().any(|w| *f.path == **w || f.path.starts_with(&format!("{w}/"))));
    }
    for finding in &mut findings {
        let warning = finding.severity == Severity::Warning && arguments.deny.iter().any(|d| d == "warnings");
        if warning || arguments.deny.iter().any(|d| d == finding.rule) {
            finding.severity = Severity::Error;
        }
    }
    let errors = findings.iter().filter(|f| f.severity == Severity::Error).count();
    match arguments.format {
        Format::Text => text(global, &findings, errors),
        Format::Json => json(&findings)?,
        Format::Sarif => {
            report::data(&sarif::document(&findings))?;
        }
        Format::Github => {
            report::data(&findings.iter().map(github::command).collect::<String>())?;
        }
    }
    Ok(u8::from(errors > 0))
}

/// Every finding of the desk, in the order of files and places.
pub(super) fn all(folder: &Folder) -> Vec<Finding> {
    let (loaded, (templates, found)) = rayon::join(|| folder.load(&|_| ()), || folder.templates());
    let mut findings = loaded.findings;
    findings.extend(found);
    for template in &templates {
        let text = read_text(&folder.root().join(&template.path)).unwrap_or_default();
        findings.extend(check_template(&loaded.desk, template, &text));
    }
    let mut in_use = InUse::default();
    for entry in folder.drafts() {
        match open(folder, &templates, &entry.path) {
            Ok(opened) => {
                in_use.add(&loaded.desk, &opened.draft);
                findings.extend(opened.findings(&loaded.desk));
            }
            Err(finding) => findings.push(*finding),
        }
    }
    findings.extend(check_desk(&loaded.desk, &in_use));
    folder.locate(&mut findings);
    findings.sort_by(|a, b| {
        a.path
            .cmp(&b.path)
            .then(a.position().cmp(&b.position()))
            .then(a.rule.cmp(b.rule))
            .then(a.message.cmp(&b.message))
    });
    findings.dedup();
    findings
}

/// A draft with its template.
struct Opened<'a> {
    path: String,
    template: &'a Template,
    draft: Draft,
}

fn open<'a>(folder: &Folder, templates: &'a [Template], path: &std::path::Path) -> Result<Opened<'a>, Box<Finding>> {
    let relative = folder.relative(path);
    let text =
        read_text(path).map_err(|reason| Box::new(Finding::error("unreadable", &relative, Anchor::File, reason)))?;
    let name = FrontMatter::read(&text).template.unwrap_or_default();
    let Some(template) = templates.iter().find(|t| t.id == name) else {
        let message = if name.is_empty() {
            "the draft names no template".to_owned()
        } else {
            format!("there is no template `{name}`")
        };
        let mut finding = Finding::error("unknown-reference", &relative, Anchor::File, message);
        let near = crate::model::text::nearest(&name, templates.iter().map(|t| t.id.as_str()));
        finding.help = near.map(|n| format!("did you mean `{n}`?"));
        return Err(Box::new(finding));
    };
    Ok(Opened { path: relative, template, draft: Draft::parse(&text, &template.outline()) })
}

impl Opened<'_> {
    fn findings(&self, desk: &Desk) -> Vec<Finding> {
        let request = DraftRequest { desk, template: self.template, draft: &self.draft, path: &self.path };
        let mut findings = check_draft(&request);
        findings.iter_mut().for_each(|finding| finding.place_in(self.draft.text()));
        findings
    }
}

fn known_rules(deny: &[String]) -> Result<(), Error> {
    let known: BTreeSet<&str> = crate::check::rules().map(|r| r.id).collect();
    match deny.iter().find(|d| *d != "warnings" && !known.contains(d.as_str())) {
        None => Ok(()),
        Some(unknown) => {
            let error = Error::refused(format!("there is no rule `{unknown}`"));
            Err(match crate::model::text::nearest(unknown, known.iter().copied()) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error.hint("`attache rules` lists them"),
            })
        }
    }
}

/// The paths given, relative to the desk as findings have them.
fn wanted(folder: &Folder, paths: &[PathBuf]) -> Result<Vec<String>, Error> {
    let root = folder.root().canonicalize().map_err(|e| Error::io("the desk", &e))?;
    let mut wanted = Vec::new();
    for path in paths {
        let inside = folder.root().join(path);
        let found = path.canonicalize().or_else(|_| inside.canonicalize());
        let found = found.map_err(|e| Error::io(crate::disk::shown(path), &e))?;
        wanted.push(Folder::at(&root).relative(&found));
    }
    Ok(wanted)
}

fn text(global: &Global, findings: &[Finding], errors: usize) {
    report::findings(global, findings);
    if !global.quiet {
        let of = |severity| findings.iter().filter(|f| f.severity == severity).count();
        report::say(&format!(
            "{}, {}, {}",
            report::count(errors, "error"),
            report::count(of(Severity::Warning), "warning"),
            report::count(of(Severity::Info), "info")
        ));
    }
}

fn json(findings: &[Finding]) -> Result<(), Error> {
    let mut out = String::new();
    for finding in findings {
        let position = finding.position();
        let row = Row {
            rule: finding.rule,
            severity: finding.severity.as_str(),
            path: &finding.path,
            line: position.line,
            column: position.column,
            fact: finding.fact.as_deref(),
            message: &finding.message,
            help: finding.help.as_deref(),
        };
        out.push_str(&serde_json::to_string(&row).map_err(|e| Error::refused(e.to_string()))?);
        out.push('\n');
    }
    report::data(&out).map(|_| ())
}
