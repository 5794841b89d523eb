//! Desks in temporary folders, and running the program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use attache::disk::Folder;
use attache::draft::{Draft, FrontMatter};
use attache::note::{Formatter, Note, Request, compose};

/// The repository's root, which is the sample desk.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// How comrak, the independent reader, is to read what GitHub reads.
pub fn github_options() -> comrak::Options<'static> {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options
}

/// Whether expected files are to be written instead of compared.
pub fn accepting() -> bool {
    std::env::var_os("ATTACHE_ACCEPT").is_some()
}

/// Compares a text with a file, or writes the file when accepting.
pub fn expect_file(path: &Path, text: &str) {
    if accepting() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        expected == text,
        "{} is stale; look at the difference, then run with ATTACHE_ACCEPT=1\n{}",
        path.strip_prefix(root()).unwrap_or(path).display(),
        difference(&expected, text)
    );
}

/// The first lines that differ.
pub fn difference(expected: &str, got: &str) -> String {
    let mut out = String::new();
    let (mut a, mut b) = (expected.lines(), got.lines());
    let mut line = 0;
    loop {
        line += 1;
        match (a.next(), b.next()) {
            (None, None) => return out + "(only line ends differ)",
            (x, y) if x == y => {}
            (x, y) => {
                out += &format!("line {line}\n- {}\n+ {}\n", x.unwrap_or("(end)"), y.unwrap_or("(end)"));
                return out;
            }
        }
    }
}

/// A desk in a temporary folder, gone when dropped.
pub struct TemporaryDesk {
    folder: tempfile::TempDir,
}

impl TemporaryDesk {
    /// A desk with these files, by path.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("briefs")).unwrap();
        let desk = Self { folder };
        for (path, text) in files {
            desk.write(path, text);
        }
        desk
    }

    /// The sample desk, copied.
    pub fn sample() -> Self {
        let files: Vec<(&str, &str)> = attache::disk::embedded::SAMPLE.to_vec();
        Self::with(&files)
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.file(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.file(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn folder(&self) -> Folder {
        Folder::at(self.path())
    }

    /// Runs the program on this desk.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let mut command = program();
        command.arg("--desk").arg(self.path()).args(arguments);
        Run::of(&mut command)
    }
}

/// Where programs under test keep what can be made again, and not with the user's own.
pub const CACHE: &str = env!("CARGO_TARGET_TMPDIR");

/// The built program, away from the environment of whoever runs the tests.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command.env_clear().env("XDG_CACHE_HOME", CACHE).current_dir(std::env::temp_dir());
    command
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    pub fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap();
        Self {
            status: status.code().unwrap_or(-1),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }

    /// The data of a run that did what was asked.
    pub fn ok(self) -> String {
        assert_eq!(self.status, 0, "{self:?}");
        self.out
    }
}

/// Composes the note of a draft on a desk.
pub fn note(folder: &Folder, slug: &str) -> Note {
    with_draft(folder, folder, slug, |request| compose(request, &Formatter::new()))
}

/// Does something with a draft of one folder, its template, and the facts of another.
pub fn with_draft<T>(folder: &Folder, facts: &Folder, slug: &str, act: impl FnOnce(&Request<'_>) -> T) -> T {
    let file = folder.read_draft(slug).unwrap();
    let loaded = facts.load(&|_| ());
    let (templates, _) = folder.templates();
    let name = FrontMatter::read(&file.text).template.unwrap_or_default();
    let template = templates.iter().find(|t| t.id == name).unwrap_or_else(|| panic!("no template {name}"));
    let draft = Draft::parse(&file.text, &template.outline());
    let path = folder.relative(&file.path);
    let flavour = Default::default();
    act(&Request { desk: &loaded.desk, template, draft: &draft, path: &path, style: None, flavour })
}
