//! What a person waits for at the terminal, on a large desk, through a real pseudo-terminal.
//!
//! `cargo bench --bench terminal` starts the release binary in a pty of 200x60 on a desk of
//! 100,000 facts and prints: the first frame, the whole desk loaded, medians and worst cases of
//! keys (from writing the key to the screen that answers it), and memory. `cat` in the same
//! pseudo-terminal is the floor: what the harness itself costs. `ATTACHE_BENCH_DESK=DIR` takes a
//! desk that is there.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops at what it does not expect"
)]

#[path = "support/desk.rs"]
mod desk;

use std::io::{Read as _, Write as _};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// Longer than anything here may take; only to end instead of hanging.
const LIMIT: Duration = Duration::from_secs(20);

struct Terminal {
    input: Box<dyn std::io::Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

impl Terminal {
    fn start(command: CommandBuilder) -> Self {
        let (rows, columns) = (NonZeroU16::new(60).unwrap(), NonZeroU16::new(200).unwrap());
        let size = PtySize { rows: 60, cols: 200, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 65_536];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        let input = pair.master.take_writer().unwrap();
        Self { input, output, screen: vt100::Parser::new(rows, columns, 0), child, _master: pair.master }
    }

    /// Waits until the screen is as wanted; how long it took.
    fn until(&mut self, wanted: impl Fn(&str) -> bool) -> Duration {
        let start = Instant::now();
        while !wanted(&self.screen.screen().contents()) {
            match self.output.recv_timeout(LIMIT) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(e) => panic!("{e}; the screen was\n{}", self.screen.screen().contents()),
            }
        }
        start.elapsed()
    }

    fn press(&mut self, keys: &str, wanted: impl Fn(&str) -> bool) -> Duration {
        let start = Instant::now();
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
        self.until(wanted);
        start.elapsed()
    }
}

fn main() {
    let made = tempfile::tempdir().unwrap();
    let given = std::env::var_os("ATTACHE_BENCH_DESK").map(std::path::PathBuf::from);
    let folder = given.unwrap_or_else(|| {
        desk::make(made.path(), desk::events());
        std::fs::create_dir_all(made.path().join("briefs/drafts")).unwrap();
        let draft = "---\ntemplate: plain\ntitle: Measured\ndate: 2025-12-01\n---\n\n## Facts {#facts}\n";
        std::fs::write(made.path().join("briefs/drafts/d.md"), draft).unwrap();
        made.path().to_path_buf()
    });
    let loaded = attache::disk::Folder::at(&folder).load(&|_| ()).desk;
    let whole = thousands(loaded.fact_count());

    let mut floor = Terminal::start(CommandBuilder::new("cat"));
    let mut typed = String::new();
    let echo: Vec<Duration> = ('a'..='z')
        .map(|c| {
            typed.push(c);
            let wanted = typed.clone();
            floor.press(&c.to_string(), move |screen| screen.contains(&wanted))
        })
        .collect();
    tell("echo of a key by the terminal itself (the floor)", echo);
    let _ = floor.child.kill();

    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_attache"));
    command.args(["--desk".as_ref(), folder.as_os_str()]);
    command.env("TERM", "xterm-256color");
    let mut app = Terminal::start(command);
    let start = Instant::now();
    app.until(|screen| screen.contains("Facts"));
    let early = app.screen.screen().contents().contains("loading") || !app.screen.screen().contents().contains(&whole);
    println!(
        "{:>9.2} ms  first frame, {} the facts were loaded",
        start.elapsed().as_secs_f64() * 1e3,
        if early { "before" } else { "after" }
    );
    app.until(|screen| {
        screen.lines().next().is_some_and(|l| l.contains(&format!("Facts {whole}")) && !l.contains("loading"))
    });
    println!("{:>9.2} ms  {whole} facts listed", start.elapsed().as_secs_f64() * 1e3);
    println!("{:>9} MB  memory", desk::resident_megabytes(&app.child.process_id().unwrap().to_string()));

    let mut moves = Vec::new();
    for _ in 0..200 {
        let before = app.screen.screen().contents();
        moves.push(app.press("j", |screen| screen != before));
    }
    tell("move down one fact", moves);
    app.press("/", |screen| screen.lines().last().is_some_and(|l| l.contains("FILTER") || !l.contains("BROWSE")));
    let index = attache::search::Index::new(std::sync::Arc::new(loaded));
    let mut keys = Vec::new();
    for words in ["tribunal", "grain export", "budget"] {
        let mut query = String::new();
        for c in words.chars() {
            query.push(c);
            // The list has answered when its title tells the right count for what was typed.
            let parsed = attache::search::Query::parse(&query).unwrap();
            let found = index.search(&parsed, &attache::search::SearchContext::none()).len();
            let title = format!("Facts {}/{whole}  /{query}", thousands(found));
            keys.push(app.press(&c.to_string(), |screen| first_line(screen).contains(title.trim_end())));
        }
        app.press("\u{15}", |screen| first_line(screen).contains(&format!("Facts {whole}")));
    }
    tell("filter keystroke, until the list answers", keys);
    app.input.write_all(b"\x1b").unwrap();
    app.press("q", |_| true);
    let _ = app.child.wait();
}

fn first_line(screen: &str) -> &str {
    screen.lines().next().unwrap_or_default()
}

fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e3;
    println!("{:>9.2} ms  {what}: median of {} (99 %: {:.2}, worst {:.2})", at(0.5), times.len(), at(0.99), at(1.0));
}
