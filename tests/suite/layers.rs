//! The layer rule of docs/architecture.md: which module may name what.

use crate::harness::root;
use std::path::{Path, PathBuf};

/// The pure core in the order of its data: each may use only what stands before it.
const CORE: &[&str] = &[
    "finding",
    "model",
    "yaml",
    "event_file",
    "source_file",
    "markdown",
    "template",
    "draft",
    "note",
    "check",
    "settings",
    "search",
];

/// Looking back that is allowed, each with its reason.
const ALLOWED: &[(&str, &str)] = &[
    ("model", "yaml"),    // a source keeps its bibliographic fields as written
    ("finding", "yaml"),  // a place is a line, or a way into a YAML file
    ("finding", "model"), // its words are one line without controls
    ("template", "note"), // a masthead must compile before any note is made
];

fn files_of(module: &str) -> Vec<PathBuf> {
    let mut files = vec![root().join(format!("src/{module}.rs"))];
    collect(&root().join("src").join(module), &mut files);
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// The code of a file without comments and its tests.
fn code(path: &Path) -> String {
    let name = path.file_name().unwrap().to_string_lossy();
    if name == "tests.rs" || name.ends_with("_tests.rs") || path.components().any(|c| c.as_os_str() == "tests") {
        return String::new();
    }
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
    text.lines().map(|l| l.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

#[test]
fn the_core_does_no_input_or_output_and_reads_no_clock() {
    let forbidden = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "std::io",
        "SystemTime",
        "Instant",
        "ratatui",
        "crossterm",
        "jiff::Zoned",
        "now()",
    ];
    for module in CORE.iter().chain(&["app"]) {
        for file in files_of(module) {
            let code = code(&file);
            for word in forbidden {
                assert!(!code.contains(word), "{} names {word}", shown(&file));
            }
        }
    }
}

#[test]
fn one_module_names_serde_yaml_and_one_touches_disk() {
    let mut all = Vec::new();
    collect(&root().join("src"), &mut all);
    for file in all {
        let (code, name) = (code(&file), shown(&file));
        assert!(!code.contains("serde_yaml") || name == "src/yaml.rs", "{name} names serde_yaml");
        let disk = name.starts_with("src/disk");
        for word in ["std::fs", "File::open", "tempfile"] {
            assert!(!code.contains(word) || disk, "{name} names {word}");
        }
    }
}

#[test]
fn data_runs_one_way() {
    for (i, module) in CORE.iter().enumerate() {
        for file in files_of(module) {
            let code = code(&file);
            for later in CORE[i + 1..].iter().chain(&["disk", "app", "tui", "cli", "error"]) {
                let allowed = ALLOWED.contains(&(module, later));
                assert!(allowed || !code.contains(&format!("crate::{later}")), "{} looks at {later}", shown(&file));
            }
        }
    }
    for file in files_of("app").iter().chain(&files_of("disk")) {
        let code = code(file);
        for edge in ["crate::tui", "crate::cli"] {
            assert!(!code.contains(edge), "{} looks at {edge}", shown(file));
        }
    }
}
