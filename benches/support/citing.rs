//! Desks of many citations, and Pandoc beside `attache render`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use attache::note::style_text;

/// Pandoc on what `attache render --to pandoc` wrote.
pub(crate) fn pandoc_command(name: &str, note: &Path, csl: &Path) -> Command {
    let mut command = Command::new(name);
    command.arg(note).args(["-f", "markdown", "-t", "gfm", "--citeproc", "--csl"]).arg(csl);
    command
}

/// Writes the note and the style for Pandoc.
pub(crate) fn for_pandoc(root: &Path, style: &str) -> (PathBuf, PathBuf) {
    let (note, csl) = (root.join("note.pandoc.md"), root.join("style.csl"));
    std::fs::write(&csl, style_text(style).unwrap()).unwrap();
    attache(root, style, &["--to", "pandoc", "-o", note.to_str().unwrap()]);
    (note, csl)
}

/// Pandoc's name and version, if it is there.
pub(crate) fn pandoc() -> Option<(String, String)> {
    let name = std::env::var("ATTACHE_PANDOC").unwrap_or_else(|_| "pandoc".into());
    let output = Command::new(&name).arg("--version").output().ok()?;
    let version = String::from_utf8_lossy(&output.stdout).lines().next()?.to_owned();
    Some((name, version))
}

/// Runs `attache render` on the draft.
pub(crate) fn attache(root: &Path, style: &str, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command.arg("--desk").arg(root).args(["render", "d", "--quiet", "--style", style]).args(arguments);
    run(&mut command);
}

/// Runs a program that must succeed, unheard.
pub(crate) fn run(command: &mut Command) {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?} failed");
}

/// A desk of one draft with so many citations; three in four are of a source not cited before.
pub(crate) fn make(root: &Path, cites: usize) {
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
    let all: Vec<&str> = crate::desk::WORDS.split_whitespace().collect();
    let mut numbers = crate::desk::Numbers(1);
    let mut out = String::new();
    for i in 0..count {
        let (year, month, day) = (2015 + numbers.below(11), 1 + numbers.below(12), 1 + numbers.below(28));
        let (title, work) = (numbers.words(&all, 5), numbers.words(&all, 2));
        let (name, other) = (numbers.pick(crate::desk::NAMES), numbers.pick(crate::desk::NAMES));
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
