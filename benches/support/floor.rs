//! The floor of loading: what reading the files costs with the bare parser.

use std::path::Path;

/// The least that loading must do: every byte read, every scalar in a struct.
pub(crate) fn bare_parse(desk: &Path) -> usize {
    use rayon::prelude::*;
    let files: Vec<_> = walkdir::WalkDir::new(desk.join("briefs/events"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    files
        .par_iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            serde_yaml::from_str::<Bare>(&text).unwrap().facts.len()
        })
        .sum()
}

/// Every file read and parsed, nothing kept: less than any loader can do.
pub(crate) fn events_only(desk: &Path) -> usize {
    use rayon::prelude::*;
    let files = walkdir::WalkDir::new(desk.join("briefs/events")).into_iter().filter_map(Result::ok);
    let files: Vec<_> = files.filter(|e| e.file_type().is_file()).map(walkdir::DirEntry::into_path).collect();
    let parsed = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        serde_yaml::from_str::<serde::de::IgnoredAny>(&text).is_ok()
    };
    files.par_iter().filter(|path| parsed(path)).count()
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(dead_code, reason = "only read into")]
struct Bare {
    id: String,
    title: String,
    date: String,
    tags: Vec<String>,
    actors: std::collections::HashMap<String, std::collections::HashMap<String, String>>,
    sources: std::collections::HashMap<String, BareSource>,
    facts: Vec<BareFact>,
}

#[derive(serde::Deserialize)]
#[allow(dead_code, reason = "only read into")]
struct BareSource {
    title: String,
    author: String,
    date: String,
    url: String,
    parent: std::collections::HashMap<String, String>,
}

#[derive(serde::Deserialize)]
#[allow(dead_code, reason = "only read into")]
struct BareFact {
    id: String,
    kind: String,
    text: String,
    words: Option<String>,
    speaker: Option<String>,
    sources: String,
}
