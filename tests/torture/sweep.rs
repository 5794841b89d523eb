//! A save that is killed, or fails, at its first system call, its second, and so on to its last.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::process::Signal;

use crate::apps::App;
use crate::kill::begin;
use crate::{Effort, Outcome, Place};

/// Kills instead of an error.
pub const KILL: &str = "kill";
/// The calls by which a save could go wrong.
const CALLS: [&str; 17] = [
    "openat",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "ftruncate",
    "chmod",
    "fchmod",
    "fchmodat",
    "fchown",
    "close",
    "mkdir",
];
/// Those that matter most, where there is little time.
const FEW: [&str; 3] = ["write", "fsync", "renameat"];
/// What is written besides.
const LINE: &str = "NEWLINE";

/// What is left of one save.
struct Left {
    /// Whether the call that was to fail was reached.
    reached: bool,
    state: &'static str,
    /// Whether all is as promised, if not why not.
    wrong: Option<String>,
}

pub fn run(app: App, effort: Effort, what: &str) -> Outcome {
    if Command::new("strace").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        return Outcome::NotRun("strace is not installed".to_owned());
    }
    let old = "OLD\n".repeat(effort.of(2_000, 50_000));
    let (mut states, mut wrong, mut points) = (BTreeMap::<&str, usize>::new(), Vec::new(), 0);
    // A fault is counted for each call by itself: the first `fsync`, the second, and so on.
    for call in if effort.long { &CALLS[..] } else { &FEW[..] } {
        for k in 1..=effort.of(2, 60) {
            let left = once(app, what, (call, k), &old);
            if !left.reached {
                break;
            }
            points += 1;
            *states.entry(left.state).or_default() += 1;
            wrong.extend(left.wrong.map(|why| format!("at {call} {k}: {why}")));
        }
    }
    let states: Vec<String> = states.iter().map(|(state, n)| format!("{n} {state}")).collect();
    let mut figures = format!("{points} points: {}; {} wrong", states.join(", "), wrong.len());
    if let Some(first) = wrong.first() {
        figures = format!("{figures}, {first}");
    }
    Outcome::of(points > 0 && wrong.is_empty(), figures)
}

fn once(app: App, what: &str, at: (&str, usize), old: &str) -> Left {
    let place = Place::new(app, old);
    let mut term = begin(app, &place);
    term.send(LINE);
    term.settle(Duration::from_millis(150));
    let log = place.path().join("strace.log");
    let mut strace = attach(app, term.pid(), what, at, &log);
    term.send(app.save());
    // A save that goes well says so; one that does not says that, or the program is gone.
    let said = ["written", "ot saved", "E514", "E667", "E212", "E166", "E72", "E208", "E205"];
    term.wait_for(&said, Duration::from_secs(4));
    term.settle(Duration::from_millis(150));
    let alive = term.is_alive();
    let _ = rustix::process::kill_process(
        rustix::process::Pid::from_raw(i32::try_from(strace.id()).unwrap()).unwrap(),
        Signal::INT,
    );
    let _ = strace.wait();
    let reached = !alive || std::fs::read_to_string(&log).unwrap_or_default().contains("INJECTED");
    term.signal(Signal::KILL);
    term.end(Duration::from_secs(5));
    let text = place.text();
    let state = match text.as_deref() {
        None => "absent",
        Some("") => "empty",
        Some(text) if text == app.file(old) => "old",
        Some(text) if text == app.file_with(old, LINE) => "new",
        Some(_) => "mixed",
    };
    let recovered = app.recovered(place.path(), &place.file);
    let wrong = if !matches!(state, "old" | "new") {
        Some(format!("the file is {state}"))
    } else if what != KILL && !alive {
        Some("the program has ended".to_owned())
    } else if !(recovered.starts_with("OLD") && recovered.contains(LINE)) {
        Some("the line is lost".to_owned())
    } else {
        None
    };
    Left { reached, state, wrong }
}

/// Has the `k`th such call of a thread of the program fail from now on, or the program killed at it.
fn attach(app: App, pid: u32, what: &str, (call, k): (&str, usize), log: &Path) -> Child {
    let fault = if what == KILL { "signal=SIGKILL".to_owned() } else { format!("error={what}") };
    let mut command = Command::new("strace");
    if app == App::Vim {
        command.args(["-f", "-p", &pid.to_string()]);
    } else {
        // A terminal that takes no output is another matter: the thread that draws is not disturbed.
        let threads = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap().flatten();
        let threads = threads.map(|task| task.file_name().to_string_lossy().into_owned());
        for thread in threads.filter(|thread| *thread != pid.to_string()) {
            command.args(["-p", &thread]);
        }
    }
    let mut strace = command
        .arg("-o")
        .arg(log)
        .args(["-e", &format!("trace={call}"), "-e", &format!("inject={call}:{fault}:when={k}")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It tells when it is attached.
    let mut heard = String::new();
    let mut error = strace.stderr.take().unwrap();
    let mut byte = [0];
    while !heard.contains("attached") && std::io::Read::read(&mut error, &mut byte).unwrap_or(0) == 1 {
        heard.push(char::from(byte[0]));
    }
    // What it says later must not fill the pipe.
    std::thread::spawn(move || std::io::copy(&mut error, &mut std::io::sink()));
    strace
}
