//! Nothing goes over a network, nothing lies in the temporary folder, and what is kept aside is for the writer alone.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::apps::{App, BASE};
use crate::rig::Term;
use crate::{Effort, Outcome, Place};

pub fn run(app: App, _: Effort) -> Outcome {
    if Command::new("strace").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        return Outcome::NotRun("strace is not installed".to_owned());
    }
    let place = Place::new(app, BASE);
    let log = place.path().join("strace.log");
    let mut command: Vec<String> =
        ["strace", "-f", "-o", log.to_str().unwrap(), "-e", "trace=%network,openat,creat,mkdir,mkdirat"]
            .map(str::to_owned)
            .into();
    command.extend(app.command(place.path()));
    let mut term = Term::start(&command, place.path());
    assert!(term.wait_for(app.ready(), Duration::from_secs(30)));
    term.send(app.begin());
    assert!(term.wait_for(app.typing(), Duration::from_secs(20)));
    term.send("Words of a session");
    term.settle(Duration::from_millis(600));
    let mut open = Vec::new();
    readable_by_others(&place.path().join(".attache"), &mut open);
    readable_by_others(&place.path().join(".local"), &mut open);
    term.send(app.save());
    term.wait_for(&["written"], Duration::from_secs(10));
    term.send("u");
    term.settle(Duration::from_millis(200));
    readable_by_others(&place.path().join(".attache"), &mut open);
    term.send(app.quit());
    let ended = term.end(Duration::from_secs(10)).is_some();
    let calls = std::fs::read_to_string(&log).unwrap_or_default();
    let network =
        calls.lines().filter(|l| ["AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET"].iter().any(|f| l.contains(f)));
    let network: Vec<&str> = network.collect();
    let outside = place.path().to_str().unwrap();
    let temporary: Vec<&str> = calls
        .lines()
        .filter(|l| {
            l.contains("O_CREAT") && (l.contains("\"/tmp/") || l.contains("\"/var/tmp/")) && !l.contains(outside)
        })
        .collect();
    let figures = format!(
        "{} system calls watched: {} of a network, {} in the temporary folder; {} files or folders kept aside that others may read{}",
        calls.lines().count(),
        network.len(),
        temporary.len(),
        open.len(),
        open.first().map(|first| format!(": {first}")).unwrap_or_default()
    );
    let some = calls.lines().count() > 20;
    Outcome::of(ended && some && network.is_empty() && temporary.is_empty() && open.is_empty(), figures)
}

/// Files of a folder, and it, that others than the owner may read.
fn readable_by_others(folder: &Path, found: &mut Vec<String>) {
    use std::os::unix::fs::PermissionsExt as _;
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let Ok(meta) = entry.metadata() else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        // The rule for git holds no word of anybody.
        if meta.is_dir() {
            readable_by_others(&entry.path(), found);
        } else if meta.permissions().mode() & 0o077 != 0 && name != ".gitignore" && !found.contains(&name) {
            found.push(name);
        }
    }
}
