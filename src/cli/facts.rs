//! `attache facts`: search the desk.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde::Serialize;

use super::{Global, report};
use crate::disk::{Folder, read_text};
use crate::error::Error;
use crate::model::text::one_line;
use crate::model::{Desk, FactAt, provenance};
use crate::search::{Index, Query, SearchContext};

/// What to look for, and how to print it.
#[derive(Debug, Args)]
pub struct FactsArguments {
    /// The query, such as `tag:china kind:quote date:2024-08..`; all facts without one
    query: Vec<String>,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Tsv,
}

#[derive(Serialize)]
struct Row<'a> {
    r#ref: String,
    event: &'a str,
    kind: &'a str,
    text: String,
    date: Option<String>,
    speaker: Option<&'a str>,
    sources: Vec<&'a str>,
    tags: Vec<&'a str>,
    status: &'a str,
    marking: Option<&'a str>,
    path: &'a str,
    line: usize,
    /// The Admiralty grade: the best reliability and the credibility, such as `B2`.
    grade: Option<String>,
    /// The distinct origins of its sources, an assessment's basis included.
    origins: Vec<&'a str>,
    /// How many of these are independent: without sources that only word it otherwise.
    independent: usize,
    credibility: Option<u8>,
}

impl Row<'_> {
    /// `B2×3`: the grade, and on how many independent origins the fact rests.
    fn support(&self) -> String {
        format!("{}×{}", self.grade.as_deref().unwrap_or("-"), self.independent)
    }
}

pub(super) fn run(global: &Global, arguments: &FactsArguments) -> Result<u8, Error> {
    let query = Query::parse(&arguments.query.join(" ")).map_err(|e| Error::refused(format!("query: {e}")))?;
    let folder = super::folder(global)?;
    let loaded = super::load(&folder);
    report::warnings(global, &loaded.findings);
    let desk = Arc::new(loaded.desk);
    let placed = placed(&folder);
    let found = Index::new(Arc::clone(&desk)).search(&query, &SearchContext { placed: &placed });
    let lines = match arguments.format {
        Format::Text => BTreeMap::new(),
        Format::Json | Format::Tsv => lines(&folder, &desk, &found),
    };
    let mut out = String::new();
    for at in &found {
        let Some(row) = row(&desk, *at, &lines) else { continue };
        match arguments.format {
            Format::Json => {
                out.push_str(&report::spelled(
                    &serde_json::to_string(&row).map_err(|e| Error::refused(e.to_string()))?,
                ));
                out.push('\n');
            }
            Format::Tsv => tsv(&row, &mut out),
            Format::Text => {
                let date = row.date.as_deref().unwrap_or("-");
                out.push_str(&format!("{}  {date}  {}  {}\n", row.r#ref, row.support(), row.text));
            }
        }
    }
    if arguments.format == Format::Text && !global.quiet {
        report::say(&format!("{} of {}", found.len(), report::count(desk.fact_count(), "fact")));
    }
    report::data(&out)
}

/// The facts that some draft of the desk cites.
pub(super) fn placed(folder: &Folder) -> HashSet<crate::model::FactRef> {
    let texts = folder.drafts().into_iter().filter_map(|d| read_text(&d.path).ok());
    texts.flat_map(|text| crate::draft::cited_facts(&text)).collect()
}

/// The line of every found fact: each file is read once more, but only those needed.
fn lines(folder: &Folder, desk: &Desk, found: &[FactAt]) -> BTreeMap<u32, Vec<usize>> {
    let events: HashSet<u32> = found.iter().map(|at| at.event).collect();
    let read = |event: u32| {
        let path = &desk.events().get(event as usize)?.path;
        let text = read_text(&folder.root().join(&**path)).ok()?;
        let positions = crate::event_file::fact_positions(&text);
        Some((event, positions.into_iter().map(|p| p.line).collect()))
    };
    let read: Vec<(u32, Vec<usize>)> = events.into_par_iter().filter_map(read).collect();
    read.into_iter().collect()
}

fn row<'a>(desk: &'a Desk, at: FactAt, lines: &BTreeMap<u32, Vec<usize>>) -> Option<Row<'a>> {
    let (event, fact) = desk.get(at)?;
    let speaker = fact.speaker.as_deref();
    let provenance = provenance::of(desk, event, fact);
    let line = lines.get(&at.event).and_then(|l| l.get(fact.index as usize));
    Some(Row {
        r#ref: desk.address(at)?.to_string(),
        event: &event.id,
        kind: fact.kind.as_str(),
        text: one_line(&fact.headline()),
        date: fact.when().map(ToString::to_string),
        speaker: speaker.map(|key| event.actors.get(key).map_or(key, |a| &*a.name)),
        sources: fact.sources.iter().map(|s| &*s.source).collect(),
        tags: fact.tags.iter().map(|t| &**t).collect(),
        status: fact.status.as_str(),
        marking: Desk::marking(event, fact).map(crate::model::Marking::as_str),
        path: &event.path,
        line: line.copied().unwrap_or(1),
        grade: Some(provenance::grade(desk, event, fact)).filter(|grade| !grade.is_empty()),
        origins: provenance.origins,
        independent: provenance.independent,
        credibility: fact.credibility,
    })
}

fn tsv(row: &Row<'_>, out: &mut String) {
    let plain = |text: &str| text.replace(['\t', '\n'], " ");
    let cells = [
        row.r#ref.clone(),
        row.kind.to_owned(),
        row.date.clone().unwrap_or_default(),
        row.speaker.map(plain).unwrap_or_default(),
        plain(&row.text),
        plain(&row.sources.join(",")),
        plain(&row.tags.join(",")),
        row.status.to_owned(),
        row.marking.map(plain).unwrap_or_default(),
        row.path.to_owned(),
        row.line.to_string(),
        row.grade.clone().unwrap_or_default(),
        plain(&row.origins.join("; ")),
        row.independent.to_string(),
        row.credibility.map(|n| n.to_string()).unwrap_or_default(),
    ];
    out.push_str(&cells.join("\t"));
    out.push('\n');
}
