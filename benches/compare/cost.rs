//! What the dependencies cost: in the binary, and in a clean build.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::Bench;
use crate::report::Table;

/// How many crates are told.
const TOLD: usize = 25;

/// Builds the program anew in a folder of its own, with its symbols, and takes both apart.
pub(crate) fn measure(_: &Bench) -> Table {
    let target = crate::desk::kept_folder().with_file_name("bench-cost");
    let _ = std::fs::remove_dir_all(&target);
    let start = Instant::now();
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--release", "--locked", "--timings", "--target-dir"])
        .arg(&target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("CARGO_PROFILE_RELEASE_STRIP", "none")
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success(), "the build failed");
    let took = start.elapsed();
    let binary = target.join("release/attache");
    let sizes = sizes(&binary);
    let times = times(&target.join("cargo-timings"));
    let all: u64 = sizes.values().sum();
    let stripped = std::fs::metadata(env!("CARGO_BIN_EXE_attache")).map_or(0, |m| m.len());
    let note = format!(
        "A clean release build takes {:.0} s. The binary has {:.1} MB, {:.1} MB with its symbols; they name {:.1} MB. A crate's size is that \
         of the symbols whose name begins with it, what others made of its generic code included; its build is the time of \
         its own compilers and of its build scripts, of which several run at once.",
        took.as_secs_f64(),
        stripped as f64 / 1e6,
        std::fs::metadata(&binary).map_or(0, |m| m.len()) as f64 / 1e6,
        all as f64 / 1e6
    );
    let mut table = Table::new("What dependencies cost", &note, &["crate", "in the binary", "build"]);
    let mut names: Vec<String> = sizes.keys().chain(times.keys()).cloned().collect();
    names.sort();
    names.dedup();
    // By what a crate costs of either whole.
    let (all, slowest) = (all as f64, times.values().sum::<f64>());
    let weight = |name: &String| {
        let size = sizes.get(name).copied().unwrap_or_default() as f64 / all;
        size.max(times.get(name).copied().unwrap_or_default() / slowest)
    };
    names.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    for name in names.into_iter().take(TOLD) {
        let size = sizes.get(&name).map_or("–".into(), |bytes| format!("{:.0} kB", *bytes as f64 / 1e3));
        let time = times.get(&name).map_or("–".into(), |seconds| format!("{seconds:.1} s"));
        table.rows.push(vec![name, size, time]);
    }
    table
}

/// Bytes of symbols by crate.
fn sizes(binary: &Path) -> HashMap<String, u64> {
    let output = Command::new("nm").args(["-S", "-C", "--size-sort"]).arg(binary).output().unwrap();
    let mut sizes = HashMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        // Address, size, sort, name.
        let mut cells = line.splitn(4, ' ');
        let (Some(_), Some(size), Some(sort), Some(name)) = (cells.next(), cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        // What takes no room in the file.
        if "bB".contains(sort) {
            continue;
        }
        *sizes.entry(owner(name)).or_default() += u64::from_str_radix(size, 16).unwrap_or_default();
    }
    sizes
}

/// The crate that a demangled name begins with: `<&mut serde_json::de::Deserializer<R> as …>::x` is of `serde_json`.
fn owner(name: &str) -> String {
    let mut rest = name.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
    for word in ["mut ", "dyn ", "const "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    match &rest[end..] {
        path if path.starts_with("::") => rest[..end].to_owned(),
        // A trait for a type of the language: `<u8 as serde_yaml::x>`.
        _ if name.contains("::") => {
            let at = name.find("::").unwrap_or_default();
            let start = name[..at].rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |n| n + 1);
            name[start..at].to_owned()
        }
        _ => "(not of Rust, or without a name)".to_owned(),
    }
}

/// Seconds of compiling by crate, of Cargo's own report.
fn times(folder: &Path) -> HashMap<String, f64> {
    let pages = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let page: Option<PathBuf> = pages.filter(|path| path.extension().is_some_and(|e| e == "html")).max();
    let text = page.and_then(|page| std::fs::read_to_string(page).ok()).unwrap_or_default();
    let data = text.split_once("const UNIT_DATA = ").and_then(|(_, rest)| rest.split_once("];\n"));
    let units = data.and_then(|(units, _)| serde_json::from_str::<serde_json::Value>(&format!("{units}]")).ok());
    let mut times = HashMap::new();
    for unit in units.iter().filter_map(serde_json::Value::as_array).flatten() {
        if let (Some(name), Some(seconds)) = (unit["name"].as_str(), unit["duration"].as_f64()) {
            *times.entry(name.replace('-', "_")).or_default() += seconds;
        }
    }
    times
}
