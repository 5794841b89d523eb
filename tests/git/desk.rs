//! A desk that two people share by git, in a temporary folder, away from the machine's own git settings.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The sample's drafts and files that the scenarios change.
pub const DRAFT: &str = "briefs/drafts/belarus-sco-backgrounder.md";
pub const EVENT: &str = "briefs/events/2024/sco-astana-2024-07.yaml";
pub const SOURCES: &str = "briefs/sources.yaml";
pub const NOTE: &str = "briefs/notes/belarus-sco-backgrounder.md";

/// A folder with a bare repository and clones of it.
pub struct Shared {
    folder: tempfile::TempDir,
}

/// What a program said.
#[derive(Debug)]
pub struct Said {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { status: status.code().unwrap_or(-1), out: text(stdout), err: text(stderr) }
    }

    /// What was printed by a program that did what it was asked.
    pub fn ok(self) -> String {
        assert_eq!(self.status, 0, "{self:?}");
        self.out
    }
}

/// A clone: somebody's folder.
#[derive(Clone)]
pub struct Clone {
    pub root: PathBuf,
    home: PathBuf,
}

impl Shared {
    /// The sample desk with its notes, without the lesson, in a bare repository.
    pub fn sample() -> Self {
        let shared = Self::empty();
        let first = shared.at("first");
        first.attache(&["init", "-q", "."]).ok();
        std::fs::remove_file(first.root.join("briefs/drafts/tutorial.md")).unwrap();
        first.attache(&["render", "-q", "belarus-sco-backgrounder"]).ok();
        shared.publish(&first);
        shared
    }

    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("home")).unwrap();
        Self { folder }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A folder that is no repository yet.
    pub fn at(&self, name: &str) -> Clone {
        let root = self.path().join(name);
        std::fs::create_dir_all(&root).unwrap();
        Clone { root, home: self.path().join("home") }
    }

    /// Makes a folder the first clone of the bare repository.
    pub fn publish(&self, first: &Clone) {
        first.git(&["init", "-q", "-b", "main"]).ok();
        first.commit("The desk");
        let origin = self.path().join("origin.git");
        first.git(&["clone", "-q", "--bare", ".", origin.to_str().unwrap()]).ok();
    }

    /// A clone of the bare repository, with arguments of `git clone`.
    pub fn clone(&self, name: &str, options: &[&str]) -> Clone {
        let here = Clone { root: self.path().to_owned(), home: self.path().join("home") };
        // By this address git does what it does between machines, such as shallow clones.
        let origin = format!("file://{}", self.path().join("origin.git").display());
        let arguments = [&["clone", "-q"], options, &[&origin, name]].concat();
        here.git(&arguments).ok();
        self.at(name)
    }
}

impl Clone {
    /// Runs git with settings, names and dates of the test's own.
    pub fn git(&self, arguments: &[&str]) -> Said {
        let name = std::env::var_os("ATTACHE_GIT").unwrap_or_else(|| "git".into());
        let mut command = Command::new(name);
        command.env_clear().envs(self.environment()).current_dir(&self.root);
        Said::of(command.args(["-c", "protocol.file.allow=always", "-c", "gc.auto=0"]).args(arguments))
    }

    pub fn attache(&self, arguments: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
        Said::of(command.env_clear().env("HOME", &self.home).current_dir(&self.root).args(arguments))
    }

    fn environment(&self) -> Vec<(&'static str, std::ffi::OsString)> {
        // Hooks find the program under test in the path.
        let program = Path::new(env!("CARGO_BIN_EXE_attache")).parent().unwrap().to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([program].into_iter().chain(std::env::split_paths(&path))).unwrap();
        let mut all = vec![("PATH", path), ("HOME", self.home.clone().into())];
        let fixed = [
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "Desk officer"),
            ("GIT_AUTHOR_EMAIL", "officer@example.org"),
            ("GIT_AUTHOR_DATE", "2024-08-20T08:00:00Z"),
            ("GIT_COMMITTER_NAME", "Desk officer"),
            ("GIT_COMMITTER_EMAIL", "officer@example.org"),
            ("GIT_COMMITTER_DATE", "2024-08-20T08:00:00Z"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("LC_ALL", "C"),
        ];
        all.extend(fixed.map(|(name, value)| (name, value.into())));
        all
    }

    pub fn commit(&self, message: &str) {
        self.git(&["add", "-A"]).ok();
        self.git(&["commit", "-q", "-m", message]).ok();
    }

    /// Fetches what the other has published and merges it, as `git pull` does; whether git could.
    pub fn pull(&self) -> bool {
        let said = self.git(&["pull", "-q", "--no-rebase", "--no-edit"]);
        let unmerged = self.git(&["diff", "--name-only", "--diff-filter=U"]).ok();
        assert_eq!(said.status == 0, unmerged.is_empty(), "{said:?}");
        said.status == 0
    }

    /// What `attache check` has to say, infos aside: severity, rule, path and line.
    pub fn findings(&self) -> Vec<(String, String, String, u64)> {
        let said = self.attache(&["check", "--format", "json"]);
        let rows = said.out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap().to_owned();
        let rows = rows.filter(|row| row["severity"] != "info");
        let found: Vec<_> = rows
            .map(|row| (text(&row, "severity"), text(&row, "rule"), text(&row, "path"), row["line"].as_u64().unwrap()))
            .collect();
        assert_eq!(said.status == 1, found.iter().any(|(severity, ..)| severity == "error"), "{found:?}");
        found
    }

    /// The rules that have something to say, each once; a warning's with its severity.
    pub fn rules(&self) -> Vec<String> {
        let told = |(severity, rule, ..): (String, String, String, u64)| match severity.as_str() {
            "error" => rule,
            _ => format!("{rule} (warning)"),
        };
        let mut rules: Vec<String> = self.findings().into_iter().map(told).collect();
        rules.sort();
        rules.dedup();
        rules
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// Other words in a file, where these stand once.
    pub fn swap(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(old).count(), 1, "{path} has not one “{old}”");
        self.write(path, &text.replace(old, new));
    }

    pub fn append(&self, path: &str, text: &str) {
        self.write(path, &(self.read(path) + text));
    }

    /// One more line behind that which begins so.
    pub fn below(&self, path: &str, start: &str, new: &str) {
        let text = self.read(path);
        let line = text.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("no “{start}”"));
        self.write(path, &text.replacen(line, &format!("{line}\n{new}"), 1));
    }

    /// The line that begins so goes behind that which begins otherwise.
    pub fn move_line(&self, path: &str, start: &str, behind: &str) {
        let text = self.read(path);
        let line = text.lines().find(|line| line.starts_with(start)).unwrap().to_owned();
        self.write(path, &text.replacen(&format!("{line}\n"), "", 1));
        self.below(path, behind, &line);
    }
}
