//! The programs under test, and how each is made to write, save and end: Attaché, and vim beside it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program under test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum App {
    /// Attaché: a draft of a desk with one template.
    Ours,
    /// vim without settings: a file.
    Vim,
}

/// What stands in the file before anything is typed.
pub const BASE: &str = "BASE intact\n";
const HEAD: &str = "---\ntemplate: plain\ntitle: One\ndate: 2025-01-01\n---\n\n## Text {#text}\n\n";

impl App {
    /// The program's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ours => "attache",
            Self::Vim => "vim",
        }
    }

    /// Whether it can be run here.
    pub fn is_there(self) -> bool {
        let runs = |name: &str| Command::new(name).arg("--version").stdout(Stdio::null()).status();
        self == Self::Ours || runs("vim").is_ok_and(|status| status.success())
    }

    /// Makes what it works on; gives the file.
    pub fn set_up(self, folder: &Path, text: &str) -> PathBuf {
        let (path, text) = match self {
            Self::Vim => (folder.join("note.md"), text.to_owned()),
            Self::Ours => {
                for sub in ["templates", "briefs/events", "briefs/drafts"] {
                    std::fs::create_dir_all(folder.join(sub)).unwrap();
                }
                let template = "---\nname: Plain\n---\n# {{ title }}\n\n## Text {#text}\n";
                std::fs::write(folder.join("templates/plain.md"), template).unwrap();
                (folder.join("briefs/drafts/one.md"), HEAD.to_owned() + text)
            }
        };
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The command line.
    pub fn command(self, folder: &Path) -> Vec<String> {
        let (folder, program) = (folder.to_str().unwrap(), program());
        let words: Vec<&str> = match self {
            Self::Vim => vec!["vim", "-u", "NONE", "-N", "note.md"],
            Self::Ours => vec![&program, "--desk", folder, "one"],
        };
        words.into_iter().map(str::to_owned).collect()
    }

    /// What is on the screen once keys are taken.
    pub fn ready(self) -> &'static [&'static str] {
        match self {
            Self::Vim => &["note.md"],
            Self::Ours => &["BASE", "OLD"],
        }
    }

    /// Keys that open a new line or block behind the last one.
    pub fn begin(self) -> &'static str {
        match self {
            Self::Vim => "Go",
            Self::Ours => "\tGo",
        }
    }

    /// What shows that typing has begun.
    pub fn typing(self) -> &'static [&'static str] {
        match self {
            Self::Vim => &["INSERT"],
            Self::Ours => &["TYPE"],
        }
    }

    /// Keys that end typing and save.
    pub fn save(self) -> &'static str {
        match self {
            Self::Vim => "\x1b:w\r",
            Self::Ours => "\x1bw",
        }
    }

    /// Keys that end typing, save and leave.
    pub fn quit(self) -> &'static str {
        match self {
            Self::Vim => "\x1b:wq\r",
            Self::Ours => "\x1bq",
        }
    }

    /// The file as it is with this text.
    pub fn file(self, text: &str) -> String {
        match self {
            Self::Vim => text.to_owned(),
            Self::Ours => HEAD.to_owned() + text,
        }
    }

    /// The file once a line was written behind this text and saved.
    pub fn file_with(self, text: &str, line: &str) -> String {
        match self {
            Self::Vim => format!("{text}{line}\n"),
            Self::Ours => format!("{HEAD}{text}\n{line}\n"),
        }
    }

    /// The text that can be had after an unclean end, by what the program offers for that.
    pub fn recovered(self, folder: &Path, path: &Path) -> String {
        let read = |path: &Path| String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned();
        match self {
            Self::Vim => {
                let swap = std::fs::read_dir(folder).unwrap().flatten();
                let has_swap = swap.into_iter().any(|f| f.file_name().to_string_lossy().starts_with(".note.md.sw"));
                let out = folder.join("recovered");
                if has_swap {
                    let write = format!("w! {}", out.display());
                    let words = ["-u", "NONE", "-N", "-es", "-r", "note.md", "-c", &write, "-c", "qa!"];
                    let _ = quiet("vim", folder).args(words).status();
                }
                if out.exists() { read(&out) } else { read(path) }
            }
            Self::Ours => {
                let mut command = quiet(&program(), folder);
                command.arg("--desk").arg(folder).args(["recover", "one", "--print"]).stdout(Stdio::piped());
                let text = command.output().unwrap().stdout;
                let text = String::from_utf8_lossy(&text).into_owned();
                text.strip_prefix(HEAD).unwrap_or(&text).to_owned()
            }
        }
    }
}

/// Our program: the one that was built with the suite, or another that is named.
fn program() -> String {
    std::env::var("ATTACHE_TORTURE_PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_attache").to_owned())
}

/// A command without a terminal, in the environment that [`Term`](crate::rig::Term) gives.
fn quiet(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.env_clear().env("HOME", folder).env("LC_ALL", "C.UTF-8").env("TERM", "xterm-256color");
    command.env("PATH", std::env::var("PATH").unwrap_or_default());
    command
}
