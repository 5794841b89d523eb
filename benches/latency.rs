//! How long a key takes, through a real pseudo-terminal of 200x60: from just before it is written to
//! the read after which the cell and the cursor are right and the frame is whole.
//!
//! `cargo bench --bench latency` starts the release binary on a desk of 100,000 facts and presses
//! keys 30 to 250 ms apart, by a timetable that does not wait for answers: moving in Facts, typing in
//! a draft of 6,000 words, and typing 30 keys a second while the desk loads. Beside them stand the same
//! keys in `vim`, where it is installed, and the floor: a program in raw mode that writes each byte
//! back. At the end: what the program writes and how often it wakes in 10 idle seconds.
//! `cargo bench --bench latency -- typing` takes those alone that have a word in their name.
//! `ATTACHE_BENCH_KEYS=200` presses fewer keys than 1,000; `ATTACHE_BENCH_DESK=DIR` takes a desk that is there.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops at what it does not expect"
)]

#[path = "support/desk.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod desk;
#[path = "support/pty.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod pty;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use desk::Numbers;
use portable_pty::CommandBuilder;
use pty::{Terminal, tell};

fn main() {
    if std::env::args().any(|a| a == "--echo") {
        return echo();
    }
    let made = tempfile::tempdir().unwrap();
    let given = std::env::var_os("ATTACHE_BENCH_DESK").map(PathBuf::from);
    let folder = given.unwrap_or_else(|| {
        desk::make(made.path(), desk::events());
        made.path().to_path_buf()
    });
    let path = folder.join("briefs/drafts/latency.md");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let loaded = attache::disk::Folder::at(&folder).load(&|_| ()).desk;
    let draft = desk::long_draft(&loaded, 6_000);
    std::fs::write(&path, &draft).unwrap();
    let keys = std::env::var("ATTACHE_BENCH_KEYS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000);

    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word.as_str()));
    let run = |name: &str, measure: &dyn Fn() -> Vec<Duration>| {
        if wanted(name) {
            tell(name, measure());
        }
    };
    run("a raw program that writes each byte back (the floor)", &|| floor(keys));
    run("Attaché: moving in Facts, 100,000 facts", &|| moving(&folder, keys));
    run("Attaché: typing in a draft of 6,000 words", &|| typing(&folder, keys));
    run("Attaché: typing while the desk loads, 30 keys a second", &|| typing_while_loading(&folder));
    if Command::new("vim").arg("--version").stdout(Stdio::null()).status().is_ok_and(|s| s.success()) {
        let rows = made.path().join("rows.txt");
        let lines: Vec<String> =
            loaded.facts().filter_map(|at| Some(loaded.get(at)?.1.headline().into_owned())).collect();
        std::fs::write(&rows, lines.join("\n")).unwrap();
        let copy = made.path().join("draft.md");
        std::fs::write(&copy, &draft).unwrap();
        run("vim: moving in the same rows as lines of a file", &|| vim_moving(&rows, keys));
        run("vim: typing in the same draft", &|| vim_typing(&copy, keys));
    }
    if wanted("idle") {
        idle(&folder);
    }
    let _ = std::fs::remove_file(path);
}

/// The program of the floor.
fn echo() {
    use std::io::{Read as _, Write as _};
    crossterm::terminal::enable_raw_mode().unwrap();
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
    let mut byte = [0; 1];
    while let Ok(1) = input.read(&mut byte) {
        output.write_all(&byte).unwrap();
        output.flush().unwrap();
    }
}

/// When each key is due: 30 to 250 ms apart, the same every time.
struct Timetable {
    numbers: Numbers,
    next: Instant,
}

impl Timetable {
    fn new() -> Self {
        Self { numbers: Numbers(7), next: Instant::now() }
    }

    /// Takes what the program writes until the next key is due.
    fn wait(&mut self, terminal: &mut Terminal) {
        let gap = 30 + self.numbers.below(221);
        self.next += Duration::from_millis(u64::try_from(gap).unwrap());
        terminal.rest(self.next.saturating_duration_since(Instant::now()));
    }
}

/// Letters and spaces as of prose.
fn prose(numbers: &mut Numbers) -> char {
    char::from(b"etaoin shrdlu cmfwyp"[numbers.below(20)])
}

/// Whether the cursor has moved on from where it was and stands behind this character.
fn typed(screen: &vt100::Screen, c: char, before: (u16, u16)) -> bool {
    let (row, column) = screen.cursor_position();
    let left = screen.cell(row, column.saturating_sub(1)).map(|cell| cell.contents().to_owned());
    let blank = left.as_deref().is_none_or(str::is_empty);
    (row, column) != before && (left == Some(c.to_string()) || c == ' ' && blank || column == 0)
}

fn floor(keys: usize) -> Vec<Duration> {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.arg("--echo");
    let mut terminal = Terminal::start(command);
    terminal.press("x", |screen| screen.contents().contains('x'));
    let (mut timetable, mut numbers) = (Timetable::new(), Numbers(3));
    let times = (0..keys).map(|_| {
        timetable.wait(&mut terminal);
        let (c, before) = (prose(&mut numbers), terminal.screen().cursor_position());
        terminal.press(&c.to_string(), |screen| screen.cursor_position() != before)
    });
    let times = times.collect();
    terminal.kill();
    times
}

fn start(folder: &Path) -> Terminal {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_attache"));
    command.args(["--desk".as_ref(), folder.as_os_str(), "latency".as_ref()]);
    Terminal::start(command)
}

/// The program with the desk loaded and the draft composed.
fn start_loaded(folder: &Path) -> Terminal {
    let mut terminal = start(folder);
    terminal.until(|screen| {
        let shown = screen.contents();
        let title = shown.lines().next().unwrap_or_default();
        title.contains("Facts ") && !title.contains("loading") && shown.contains("saved") && shown.contains('w')
    });
    terminal.rest(Duration::from_secs(2));
    terminal
}

fn reversed(screen: &vt100::Screen, row: u16) -> bool {
    screen.cell(row, 4).is_some_and(vt100::Cell::inverse)
}

fn moving(folder: &Path, keys: usize) -> Vec<Duration> {
    let mut terminal = start_loaded(folder);
    let (mut timetable, mut numbers, mut row) = (Timetable::new(), Numbers(5), 1_u16);
    let times = (0..keys).map(|_| {
        timetable.wait(&mut terminal);
        let down = row == 1 || row < 30 && numbers.below(2) == 0;
        let to = if down { row + 1 } else { row - 1 };
        let time =
            terminal.press_whole(if down { "j" } else { "k" }, |screen| reversed(screen, to) && !reversed(screen, row));
        row = to;
        time
    });
    let times = times.collect();
    quit(terminal);
    times
}

fn quit(mut terminal: Terminal) {
    terminal.send("\x1b");
    terminal.send("u");
    terminal.send("q");
    let _ = terminal.child.wait();
}

/// Opens the middle of the draft for typing, at the end of a block.
fn begin_typing(terminal: &mut Terminal) {
    terminal.send("\tG");
    for _ in 0..20 {
        terminal.send("k");
    }
    terminal.send("e");
    terminal.until_shown("TYPE");
    terminal.press(" ", |screen| screen.contents().contains("TYPE"));
    terminal.rest(Duration::from_millis(300));
}

fn type_key(terminal: &mut Terminal, numbers: &mut Numbers) -> Duration {
    let (c, before) = (prose(numbers), terminal.screen().cursor_position());
    terminal.press_whole(&c.to_string(), |screen| typed(screen, c, before))
}

fn typing(folder: &Path, keys: usize) -> Vec<Duration> {
    let mut terminal = start_loaded(folder);
    begin_typing(&mut terminal);
    let (mut timetable, mut numbers) = (Timetable::new(), Numbers(11));
    let times = (0..keys).map(|_| {
        timetable.wait(&mut terminal);
        type_key(&mut terminal, &mut numbers)
    });
    let times = times.collect();
    quit(terminal);
    times
}

fn typing_while_loading(folder: &Path) -> Vec<Duration> {
    let mut times = Vec::new();
    for round in 0..12 {
        let mut terminal = start(folder);
        terminal.until_shown("latency");
        terminal.send("\tjo");
        terminal.until_shown("TYPE");
        let mut numbers = Numbers(round);
        let mut due = Instant::now();
        while terminal.screen().contents().contains("loading") {
            times.push(type_key(&mut terminal, &mut numbers));
            due += Duration::from_millis(33);
            terminal.rest(due.saturating_duration_since(Instant::now()));
        }
        terminal.kill();
    }
    times
}

fn vim(file: &Path) -> Terminal {
    let mut command = CommandBuilder::new("vim");
    command.args(["-u", "NONE", "-N", "-c", "set wrap linebreak"]);
    command.arg(file);
    let mut terminal = Terminal::start(command);
    terminal.rest(Duration::from_secs(2));
    terminal
}

fn vim_moving(file: &Path, keys: usize) -> Vec<Duration> {
    let mut terminal = vim(file);
    let (mut timetable, mut numbers, mut row) = (Timetable::new(), Numbers(5), 0_u16);
    let times = (0..keys).map(|_| {
        timetable.wait(&mut terminal);
        let down = row == 0 || row < 29 && numbers.below(2) == 0;
        let before = terminal.screen().cursor_position();
        row = if down { row + 1 } else { row - 1 };
        terminal.press(if down { "j" } else { "k" }, |screen| screen.cursor_position() != before)
    });
    let times = times.collect();
    terminal.kill();
    times
}

fn vim_typing(file: &Path, keys: usize) -> Vec<Duration> {
    let mut terminal = vim(file);
    terminal.send("G20kA ");
    terminal.rest(Duration::from_millis(300));
    let (mut timetable, mut numbers) = (Timetable::new(), Numbers(11));
    let times = (0..keys).map(|_| {
        timetable.wait(&mut terminal);
        let (c, before) = (prose(&mut numbers), terminal.screen().cursor_position());
        terminal.press(&c.to_string(), |screen| typed(screen, c, before))
    });
    let times = times.collect();
    terminal.kill();
    times
}

/// Bytes written, and how often any thread woke, while nobody presses a key (Linux).
fn idle(folder: &Path) {
    let mut terminal = start_loaded(folder);
    let process = terminal.child.process_id().unwrap();
    let before = wakes(process);
    let bytes = terminal.rest(Duration::from_secs(10));
    println!("{:>9}     wake-ups and {bytes} bytes in 10 idle seconds", wakes(process) - before);
    quit(terminal);
}

fn wakes(process: u32) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let status = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("status")).ok());
    let counts = status.filter_map(|s| {
        let line = s.lines().find_map(|l| l.strip_prefix("voluntary_ctxt_switches:").map(str::to_owned))?;
        line.trim().parse::<u64>().ok()
    });
    counts.sum()
}
