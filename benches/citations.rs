//! How long citations take, beside Pandoc on the same sources and the same citations.
//!
//! `cargo bench --bench citations` makes notes of 12, 120 and 1,200 citations of sources of many kinds,
//! always the same ones, and prints medians of runs that take turns: `attache render` as a whole
//! process, composing in the library with nothing and with everything formatted before, and
//! `pandoc --citeproc` as a whole process on what `attache render --to pandoc` wrote. Pandoc is found in
//! the path or named by `ATTACHE_PANDOC`; without it, its column is left out. Nothing fails on a time.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops at what it does not expect"
)]

#[path = "support/desk.rs"]
#[allow(dead_code, reason = "the desk itself is for the other benchmarks; here are its words and numbers")]
mod desk;

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use attache::disk::Folder;
use attache::draft::Draft;
use attache::note::{Flavour, Formatter, Request, compose, style_text};

const STYLES: &[&str] = &["chicago-notes", "apa", "ieee"];
const RUNS: usize = 5;

fn main() {
    let pandoc = pandoc();
    match &pandoc {
        Some((_, version)) => println!("medians of {RUNS} runs in turns, beside {version}"),
        None => println!("no pandoc in the path or in ATTACHE_PANDOC: its times are left out; medians of {RUNS} runs"),
    }
    println!(
        "| style | citations | `render`, whole process | composed, nothing kept | composed again | pandoc | pandoc : `render` |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for style in STYLES {
        for cites in [12, 120, 1_200] {
            row(style, cites, pandoc.as_ref().map(|(name, _)| name.as_str()));
        }
    }
}

/// Pandoc's name and version, if it is there.
fn pandoc() -> Option<(String, String)> {
    let name = std::env::var("ATTACHE_PANDOC").unwrap_or_else(|_| "pandoc".into());
    let output = Command::new(&name).arg("--version").output().ok()?;
    let version = String::from_utf8_lossy(&output.stdout).lines().next()?.to_owned();
    Some((name, version))
}

fn row(style: &str, cites: usize, pandoc: Option<&str>) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    make(root, cites);
    let (note, csl) = (root.join("note.pandoc.md"), root.join("style.csl"));
    std::fs::write(&csl, style_text(style).unwrap()).unwrap();
    attache(root, style, &["--to", "pandoc", "-o", note.to_str().unwrap()]);

    let folder = Folder::at(root);
    let attache::disk::Loaded { desk: loaded, findings, .. } = folder.load(&|_| ());
    let (templates, _) = folder.templates();
    let template = templates.iter().find(|t| t.id == "plain").unwrap();
    let text = folder.read_draft("d").unwrap().text;
    let draft = Draft::parse(&text, &template.outline());
    let flavour = Flavour::Gfm;
    let request = Request { desk: &loaded, template, draft: &draft, path: "d.md", style: Some(style), flavour };
    let kept = Formatter::new();
    let first = compose(&request, &kept);
    assert!(findings.is_empty() && first.findings.is_empty(), "{findings:?} {:?}", first.findings);

    let mut times = [const { Vec::new() }; 4];
    for _ in 0..RUNS {
        times[0].push(timed(|| attache(root, style, &["-o", "-"])));
        times[1].push(timed(|| compose(&request, &Formatter::new())));
        times[2].push(timed(|| compose(&request, &kept)));
        if let Some(name) = pandoc {
            let mut command = Command::new(name);
            command.arg(&note).args(["-f", "markdown", "-t", "gfm", "--citeproc", "--csl"]).arg(&csl);
            times[3].push(timed(|| run(&mut command)));
        }
    }
    let [render, fresh, again, theirs] = times.map(median);
    let shown = |time: Option<Duration>| time.map_or("–".into(), |t| format!("{:.1} ms", t.as_secs_f64() * 1e3));
    let ratio = theirs.zip(render).map(|(theirs, ours)| theirs.as_secs_f64() / ours.as_secs_f64());
    let ratio = ratio.map_or("–".into(), |ratio| format!("{ratio:.1}"));
    let (render, fresh, again, theirs) = (shown(render), shown(fresh), shown(again), shown(theirs));
    println!("| {style} | {cites} | {render} | {fresh} | {again} | {theirs} | {ratio} |");
}

fn attache(root: &Path, style: &str, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command.arg("--desk").arg(root).args(["render", "d", "--quiet", "--style", style]).args(arguments);
    run(&mut command);
}

fn run(command: &mut Command) {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?} failed");
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    // What the work gave is let go after the clock is read.
    let result = std::hint::black_box(work());
    let took = start.elapsed();
    drop(result);
    took
}

fn median(mut times: Vec<Duration>) -> Option<Duration> {
    times.sort();
    times.get(times.len() / 2).copied()
}

/// A desk of one draft with so many citations; three in four are of a source not cited before.
fn make(root: &Path, cites: usize) {
    let count = (cites * 3 / 4).max(1);
    let mut draft = String::from("---\ntemplate: plain\ntitle: T\ndate: 2025-12-01\n---\n\n## Facts {#facts}\n\n");
    for i in 0..cites {
        let at = if i % 3 == 0 { format!(", para {}", 1 + i % 9) } else { String::new() };
        let _ = writeln!(draft, "- Something happened [@s{}{at}].", (i * 7) % count);
    }
    let template =
        "---\nname: Plain\n---\n# {{ title }}\n\n## Facts {#facts .bullets}\n\n## Sources {#sources .sources}\n";
    for (path, text) in [
        ("briefs/sources.yaml", sources(count).as_str()),
        ("briefs/drafts/d.md", draft.as_str()),
        ("templates/plain.md", template),
    ] {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}

/// Sources of the kinds that desks have: news, pages, reports, journals, books and chapters.
fn sources(count: usize) -> String {
    let all: Vec<&str> = desk::WORDS.split_whitespace().collect();
    let mut numbers = desk::Numbers(1);
    let mut out = String::new();
    for i in 0..count {
        let (year, month, day) = (2015 + numbers.below(11), 1 + numbers.below(12), 1 + numbers.below(28));
        let (title, work) = (numbers.words(&all, 5), numbers.words(&all, 2));
        let (name, other) = (numbers.pick(desk::NAMES), numbers.pick(desk::NAMES));
        let (page, issue) = (1 + numbers.below(300), 1 + numbers.below(12));
        let _ = writeln!(out, "s{i}:\n  title: \"{title}\"\n  date: {year}-{month:02}-{day:02}");
        let kind = match i % 6 {
            0 | 1 => format!(
                "type: article\n  author: \"{name}\"\n  url: https://example.org/{i}\n  parent: {{ type: newspaper, title: \"The {work}\" }}"
            ),
            2 => format!(
                "type: web\n  author: {{ name: \"Office {i}\" }}\n  url: {{ value: \"https://example.org/{i}\", date: 2025-11-01 }}"
            ),
            3 => format!("type: report\n  organization: \"Board of {work}\"\n  url: https://example.org/{i}"),
            4 => format!(
                "type: article\n  author: [\"{name}\", \"{other}\"]\n  page-range: {page}-{}\n  parent: {{ type: periodical, title: \"Journal of {work}\", volume: {}, issue: {issue} }}",
                page + 12,
                year - 1980
            ),
            _ => format!(
                "type: chapter\n  author: \"{name}\"\n  page-range: {page}-{}\n  parent: {{ type: book, title: \"{work}\", editor: \"{other}\", publisher: {{ name: \"Harbour Press\", location: London }} }}",
                page + 30
            ),
        };
        let _ = writeln!(out, "  {kind}");
    }
    out
}
