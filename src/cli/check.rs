//! `attache check`: what is wrong with the desk and its drafts.

mod fix;
mod gather;
mod github;
mod sarif;
mod text;

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde::Serialize;

use super::{Global, report};
use crate::check::DeskFindings;
use crate::disk::{Folder, read_text};
use crate::error::Error;
use crate::finding::{Finding, Severity};

/// Up to how many findings each is printed with the words it points at; more of them are a line each.
const MOST_WITH_WORDS: usize = 2_000;

/// What to check, and how to print it.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Only findings in these files, folders or drafts, a draft by its name or path
    paths: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Treat this rule, or all `warnings`, as errors
    #[arg(long, value_name = "RULE|warnings")]
    deny: Vec<String>,
    /// Mend what needs no judgement, in the files, and tell what was done
    #[arg(long)]
    fix: bool,
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
    let wanted = wanted(&folder, &arguments.paths)?;
    let shows_infos = global.verbose || arguments.format != Format::Text;
    // Where only the number of infos matters they are not made at all.
    let makes_infos = shows_infos || arguments.fix || !arguments.paths.is_empty() || !arguments.deny.is_empty();
    let places = !(global.quiet && arguments.format == Format::Text) || arguments.fix;
    let gather = || {
        let DeskFindings { mut findings, hidden } = gather::all(&folder, makes_infos);
        if !arguments.paths.is_empty() {
            findings.retain(|f| wanted.iter().any(|w| *f.path == **w || f.path.starts_with(&format!("{w}/"))));
        }
        for finding in &mut findings {
            let warning = finding.severity == Severity::Warning && arguments.deny.iter().any(|d| d == "warnings");
            if warning || arguments.deny.iter().any(|d| d == finding.rule) {
                finding.severity = Severity::Error;
            }
        }
        // Of infos that are not shown, only the number matters.
        let infos = if shows_infos { 0 } else { take_infos(&mut findings) };
        if places {
            gather::in_order(&folder, &mut findings);
        }
        (findings, hidden + infos)
    };
    let (findings, hidden) = if arguments.fix {
        fix::run(&folder, gather, |line| {
            if !global.quiet {
                report::say(&line);
            }
        })?
    } else {
        gather()
    };
    let errors = findings.iter().filter(|f| f.severity == Severity::Error).count();
    match arguments.format {
        Format::Text => lines(global, &folder, &findings, hidden),
        Format::Json => json(&findings)?,
        Format::Sarif => {
            report::data(&report::spelled(&sarif::document(&findings)))?;
        }
        Format::Github => {
            report::data(&findings.iter().map(github::command).collect::<String>())?;
        }
    }
    Ok(u8::from(errors > 0))
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
        let name = path.to_string_lossy();
        let places = [path.clone(), folder.root().join(path), folder.draft_path(&name)];
        let found = places.iter().find_map(|place| place.canonicalize().ok()).ok_or_else(|| {
            let error = Error::refused(format!("{}: no such file, folder or draft", crate::disk::shown(path)));
            if path.components().count() == 1 { folder.hint_drafts(error, &name) } else { error }
        })?;
        wanted.push(Folder::at(&root).relative(&found));
    }
    Ok(wanted)
}

/// Takes the infos out; how many they were.
fn take_infos(findings: &mut Vec<Finding>) -> usize {
    let before = findings.len();
    findings.retain(|f| f.severity != Severity::Info);
    before - findings.len()
}

/// Prints findings for people; `hidden` infos are only counted.
fn lines(global: &Global, folder: &Folder, findings: &[Finding], hidden: usize) {
    if global.quiet {
        return;
    }
    let styled = global.color.on_stderr();
    // Findings come file by file, and each file is read once more for the words it shows; of very many findings
    // nobody reads those.
    let with_words = findings.len() <= MOST_WITH_WORDS;
    let files: Vec<&[Finding]> = findings.chunk_by(|a, b| a.path == b.path).collect();
    let shown = files.par_iter().map(|of_file| {
        let first = of_file.first().filter(|_| with_words);
        let source = first.and_then(|f| read_text(&folder.root().join(&*f.path)).ok());
        of_file.iter().map(|finding| text::shown(finding, source.as_deref(), styled)).collect::<String>()
    });
    report::say_safe(&shown.collect::<String>());
    let of = |severity| findings.iter().filter(|f| f.severity == severity).count();
    report::say(&format!(
        "{}, {}, {}",
        report::count(of(Severity::Error), "error"),
        report::count(of(Severity::Warning), "warning"),
        report::count(of(Severity::Info) + hidden, "info")
    ));
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
        out.push_str(&report::spelled(&serde_json::to_string(&row).map_err(|e| Error::refused(e.to_string()))?));
        out.push('\n');
    }
    report::data(&out).map(|_| ())
}
