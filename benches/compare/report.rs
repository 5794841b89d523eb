//! Lines of figures, tables of them, and the page they are written to.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::peers::Peers;
use crate::sample;

/// Whose figure it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    Attache,
    Peer,
    Floor,
    /// A part of our own work.
    Part,
}

/// One program's times of one work.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) who: Who,
    pub(crate) program: String,
    pub(crate) times: Vec<Duration>,
}

/// A program that can be measured once more.
pub(crate) struct Runner<'a> {
    who: Who,
    program: String,
    run: Box<dyn FnMut() -> Vec<Duration> + 'a>,
}

/// A runner of the program measured here.
pub(crate) fn ours<'a>(program: &str, run: impl FnMut() -> Vec<Duration> + 'a) -> Runner<'a> {
    Runner { who: Who::Attache, program: program.into(), run: Box::new(run) }
}

/// A runner of a peer.
pub(crate) fn peer<'a>(program: &str, run: impl FnMut() -> Vec<Duration> + 'a) -> Runner<'a> {
    Runner { who: Who::Peer, program: program.into(), run: Box::new(run) }
}

/// A runner of what the least possible would cost.
pub(crate) fn floor<'a>(program: &str, run: impl FnMut() -> Vec<Duration> + 'a) -> Runner<'a> {
    Runner { who: Who::Floor, program: program.into(), run: Box::new(run) }
}

/// A runner of a part of our work.
pub(crate) fn part<'a>(program: &str, run: impl FnMut() -> Vec<Duration> + 'a) -> Runner<'a> {
    Runner { who: Who::Part, program: program.into(), run: Box::new(run) }
}

/// Does some work; a failure is told and costs that work alone.
pub(crate) fn attempt<T>(what: &str, work: impl FnOnce() -> T) -> Option<T> {
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    if done.is_none() {
        println!("NOT MEASURED: {what}");
    }
    done
}

/// Runs every program once in each round, so that all see the same machine. One that fails is left out from there on.
pub(crate) fn in_turns(rounds: usize, runners: Vec<Runner<'_>>) -> Vec<Line> {
    let (mut lines, mut failed) = (Vec::new(), vec![false; runners.len()]);
    let mut runs = Vec::new();
    for Runner { who, program, run } in runners {
        lines.push(Line { who, program, times: Vec::new() });
        runs.push(run);
    }
    for _ in 0..rounds {
        for (n, run) in runs.iter_mut().enumerate() {
            if failed[n] {
                continue;
            }
            match attempt(&lines[n].program, run) {
                Some(times) => lines[n].times.extend(times),
                None => failed[n] = true,
            }
        }
    }
    for line in &lines {
        sample::tell(&line.program, &line.times);
    }
    lines
}

/// A table with its heading and what must be known to read it.
pub(crate) struct Table {
    pub(crate) title: &'static str,
    pub(crate) note: String,
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    /// A table of any columns.
    pub(crate) fn new(title: &'static str, note: &str, head: &[&str]) -> Self {
        let head = head.iter().map(|&cell| cell.to_owned()).collect();
        Self { title, note: note.to_owned(), head, rows: Vec::new() }
    }

    /// A table of works and how long they take.
    pub(crate) fn of_times(title: &'static str, note: &str) -> Self {
        let head = ["work", "program", "median", "95 %", "99 %", "worst", "times", "beside Attaché"];
        Self::new(title, note, &head)
    }

    /// A work with the lines of all that did it.
    pub(crate) fn add(&mut self, work: &str, lines: &[Line]) {
        let own = lines.iter().find(|line| line.who == Who::Attache).and_then(|line| sample::at(&line.times, 0.5));
        for (n, line) in lines.iter().enumerate() {
            let figure = |part| sample::at(&line.times, part).map_or("–".into(), shown);
            let mut row = vec![if n == 0 { work.to_owned() } else { String::new() }, line.program.clone()];
            row.extend([0.5, 0.95, 0.99, 1.0].map(figure));
            row.push(line.times.len().to_string());
            let theirs = sample::at(&line.times, 0.5);
            row.push(match (own, theirs) {
                (_, None) => "not measured".into(),
                (Some(own), Some(theirs)) => beside(line, own.as_secs_f64(), theirs.as_secs_f64()),
                (None, Some(_)) => String::new(),
            });
            self.rows.push(row);
        }
    }

    /// As Markdown, under a line on the circumstances.
    pub(crate) fn print(&self, circumstances: &str) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let under: Vec<String> =
            self.head.iter().enumerate().map(|(n, _)| if n < 2 { "---" } else { "---:" }.into()).collect();
        let rows: String = self.rows.iter().map(|row| line(row)).collect();
        format!("### {}\n\n{}\n\n{circumstances}\n\n{}{}{rows}", self.title, self.note, line(&self.head), line(&under))
    }
}

fn beside(line: &Line, own: f64, theirs: f64) -> String {
    ratio(line.who, &line.program, own, theirs)
}

/// How a figure stands to ours, less being better; in words where a peer is ahead.
pub(crate) fn ratio(who: Who, program: &str, own: f64, theirs: f64) -> String {
    let program = program.split(',').next().unwrap_or_default();
    match who {
        Who::Attache | Who::Part => String::new(),
        Who::Floor => format!("floor: Attaché takes {:.1} times that", own / theirs),
        Who::Peer if theirs < own => format!("{:.2}: {program} is ahead", theirs / own),
        Who::Peer => format!("{:.1} times ours", theirs / own),
    }
}

/// A time with as many digits as mean something.
pub(crate) fn shown(time: Duration) -> String {
    match sample::milliseconds(time) {
        ms if ms < 10.0 => format!("{ms:.2} ms"),
        ms if ms < 100.0 => format!("{ms:.1} ms"),
        ms if ms < 10_000.0 => format!("{ms:.0} ms"),
        ms => format!("{:.1} s", ms / 1e3),
    }
}

/// When and where: the date, the cores, the load, the peers.
pub(crate) fn circumstances(peers: &Peers) -> String {
    let date = Command::new("date").args(["-u", "+%-d %B %Y, %H:%M UTC"]).output().ok();
    let date = date.map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned()).unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').take(3).collect::<Vec<_>>().join(", ");
    let built = std::fs::metadata(env!("CARGO_BIN_EXE_attache")).map_or(0, |m| m.len());
    format!(
        "{date}; {cores} cores, load average {load} at the end; release binary of {:.1} MB; {}.",
        built as f64 / 1e6,
        peers.versions()
    )
}

const BEGIN: &str = "<!-- figures: begin -->";
const END: &str = "<!-- figures: end -->";

/// Puts a part's text into docs/performance.md between the marks, in the place of what it said before; parts stand in
/// the order of their names.
pub(crate) fn write(part: &str, text: &str, order: &[&str]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (figures, after) = rest.split_once(END).unwrap();
    let mut parts: Vec<(String, String)> = figures
        .split("<!-- part: ")
        .skip(1)
        .filter_map(|part| part.split_once(" -->\n"))
        .map(|(name, text)| (name.to_owned(), text.trim().to_owned()))
        .filter(|(name, _)| name != part)
        .collect();
    parts.push((part.to_owned(), text.trim().to_owned()));
    parts.sort_by_key(|(name, _)| order.iter().position(|n| n == name));
    let figures: String = parts.iter().map(|(name, text)| format!("<!-- part: {name} -->\n\n{text}\n\n")).collect();
    std::fs::write(path, format!("{before}{BEGIN}\n\n{figures}{END}{after}")).unwrap();
}
