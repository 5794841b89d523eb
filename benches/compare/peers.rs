//! The peers: which are there, how they are started, and how their screens tell that they have done.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use portable_pty::CommandBuilder;

use crate::keys::listed;
use crate::pty::{LIMIT, Terminal, row};

/// The longest that a program may take to have the largest desk on its screen.
pub(crate) const PATIENCE: Duration = Duration::from_secs(180);

/// The programs that answer when they are asked for their version.
pub(crate) struct Peers(Vec<(&'static str, String)>);

impl Peers {
    /// Asks all of them.
    pub(crate) fn find() -> Self {
        let names = ["vim", "fzf", "sk", "vd", "pandoc", "doorstop", "hyperfine"];
        Self(names.into_iter().filter_map(|name| Some((name, version(name)?))).collect())
    }

    /// Whether one is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(there, _)| *there == name)
    }

    /// All with their versions.
    pub(crate) fn versions(&self) -> String {
        let told: Vec<String> = self.0.iter().map(|(name, version)| format!("{name} {version}")).collect();
        if told.is_empty() { "no peers".into() } else { told.join(", ") }
    }
}

/// The first word of what a program says of itself that begins with a digit, or with `v` and a digit.
fn version(name: &str) -> Option<String> {
    let name =
        if name == "pandoc" { std::env::var("ATTACHE_PANDOC").unwrap_or_else(|_| name.into()) } else { name.into() };
    let output = Command::new(name).arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let words = text.split_whitespace().map(|word| word.trim_start_matches('v'));
    words.filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).map(str::to_owned).next()
}

/// A home of their own, so that nobody's settings count and nothing is written elsewhere.
fn at_home(command: &mut CommandBuilder) {
    let home = crate::desk::kept_folder().join("home");
    std::fs::create_dir_all(&home).unwrap();
    // VisiData would ask the network for a greeting.
    std::fs::write(home.join(".visidatarc"), "options.motd_url = ''\noptions.disp_splash = False\n").unwrap();
    command.env("HOME", &home);
    for name in ["FZF_DEFAULT_OPTS", "FZF_DEFAULT_COMMAND", "SKIM_DEFAULT_OPTIONS", "VIMINIT"] {
        command.env_remove(name);
    }
    command.cwd(home);
}

/// Attaché on a desk with its draft.
pub(crate) fn attache(desk: &Path) -> Terminal {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_attache"));
    command.args(["--desk".as_ref(), desk.as_os_str()]);
    if desk.join("briefs/drafts/latency.md").exists() {
        command.arg("latency");
    }
    at_home(&mut command);
    Terminal::start(command).patient(PATIENCE)
}

/// Attaché with everything listed, ready for keys.
pub(crate) fn attache_listed(desk: &Path) -> Terminal {
    let mut terminal = attache(desk);
    // The first frame tells of no loading yet.
    loop {
        terminal.until(|screen| listed(screen, None));
        let title = crate::pty::row(terminal.screen(), 0);
        terminal.rest(Duration::from_secs(2));
        if crate::pty::row(terminal.screen(), 0) == title {
            return terminal.patient(LIMIT);
        }
    }
}

/// A finder that has read all rows, ready for keys.
pub(crate) fn finder_listed(program: &str, rows: &Path, all: usize) -> Terminal {
    let mut terminal = finder(program, rows);
    terminal.until(|screen| finder_asks(screen, "") && finder_tells(screen, all, all));
    terminal.rest(Duration::from_secs(2));
    terminal.patient(LIMIT)
}

/// A program with a file as its standard input.
fn fed(program: &str, file: &Path) -> Terminal {
    let mut command = CommandBuilder::new("sh");
    command.args(["-c".as_ref(), format!("exec {program} < \"$0\"").as_ref(), file.as_os_str()]);
    at_home(&mut command);
    Terminal::start(command).patient(PATIENCE)
}

/// A program with a file by its name.
fn named(program: &[&str], file: &Path) -> Terminal {
    let mut command = CommandBuilder::new(program[0]);
    command.args(&program[1..]);
    command.arg(file);
    at_home(&mut command);
    Terminal::start(command).patient(PATIENCE)
}

/// Vim with a file, without anybody's settings.
pub(crate) fn vim(file: &Path) -> Terminal {
    named(&["vim", "-u", "NONE", "-N", "-n"], file)
}

/// Whether Vim shows the file: it has told its lines, and the cursor is at home.
pub(crate) fn vim_is_ready(screen: &vt100::Screen) -> bool {
    row(screen, 59).contains("L, ") && screen.cursor_position() == (0, 0)
}

/// `fzf` or `sk` reading rows.
pub(crate) fn finder(program: &str, rows: &Path) -> Terminal {
    fed(program, rows)
}

/// VisiData with rows of JSON.
pub(crate) fn visidata(rows: &Path) -> Terminal {
    named(&["vd"], rows)
}

/// Whether VisiData tells all rows and reads no more.
pub(crate) fn visidata_has(screen: &vt100::Screen, rows: usize) -> bool {
    let status = row(screen, 59);
    status.ends_with(&format!(" {rows} rows")) || status.contains(&format!(" {rows} rows ")) && !status.contains('%')
}

/// Whether a finder has just this on its prompt, with the cursor behind it.
pub(crate) fn finder_asks(screen: &vt100::Screen, query: &str) -> bool {
    let prompt = format!("> {query}");
    let behind = u16::try_from(prompt.len()).unwrap();
    row(screen, 59) == prompt.trim_end() && screen.cursor_position() == (59, behind)
}

/// Whether a finder tells that so many of so many are found. While it reads or searches, its first column turns or a
/// part of a hundred stands behind the count.
pub(crate) fn finder_tells(screen: &vt100::Screen, found: usize, all: usize) -> bool {
    let line = row(screen, 58);
    line.starts_with("  ") && line.split_whitespace().next() == Some(&format!("{found}/{all}")) && !line.contains('%')
}

/// What a finder finds, by its own account.
pub(crate) fn finder_counts(program: &str, rows: &Path, query: &str) -> usize {
    let mut words = program.split(' ');
    let mut command = Command::new(words.next().unwrap());
    command.args(words).args(["--filter", query]).stdin(std::fs::File::open(rows).unwrap()).env("HOME", "/nonexistent");
    let output = command.env_remove("FZF_DEFAULT_OPTS").env_remove("SKIM_DEFAULT_OPTIONS").output().unwrap();
    output.stdout.iter().filter(|byte| **byte == b'\n').count()
}

/// One run of Attaché to its end, after which whatever is kept of the desk's files is there.
pub(crate) fn warm(desk: &Path) {
    let mut terminal = attache_listed(desk);
    // What was read is kept behind the list.
    terminal.rest(Duration::from_secs(4));
    terminal.send("q");
    terminal.ended();
}
