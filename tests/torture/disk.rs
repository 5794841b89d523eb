//! A disk that is full, and a folder that is gone.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::apps::{App, BASE};
use crate::kill::begin;
use crate::rig::Term;
use crate::tokens::{found, type_until};
use crate::{Effort, Outcome, Place};

/// What a program may say when it could not save.
const NOT_SAVED: [&str; 6] = ["ot saved", "ot written", "No space", "E514", "E212", "E166"];

/// Unmounts when dropped.
struct Mounted<'a>(&'a Path);

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

/// 64 KiB of disk, filled up before anything is typed; after the failed save there is room again.
pub fn full(app: App, _: Effort) -> Outcome {
    let folder = tempfile::Builder::new().prefix("torture-").tempdir().unwrap();
    let mut mount = Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"]).arg(folder.path()).stderr(Stdio::null());
    if !mount.status().is_ok_and(|status| status.success()) {
        return Outcome::NotRun("no right to mount a small disk".to_owned());
    }
    let _mounted = Mounted(folder.path());
    let file = app.set_up(folder.path(), BASE);
    let mut term = Term::start(&app.command(folder.path()), folder.path());
    assert!(term.wait_for(app.ready(), Duration::from_secs(20)));
    term.settle(Duration::from_millis(200));
    let fill = folder.path().join("fill");
    let _ = std::fs::write(&fill, vec![0; 200 * 1024]);
    term.send(app.begin());
    let mut sent = Vec::new();
    type_until(&mut term, 400, Instant::now() + Duration::from_secs(2), &mut sent);
    term.settle(Duration::from_millis(200));
    term.send(app.save());
    let said = term.wait_for(&NOT_SAVED, Duration::from_secs(5));
    let intact = std::fs::read_to_string(&file).unwrap_or_default().contains(BASE.trim_end());
    let alive = term.is_alive();
    let _ = std::fs::remove_file(&fill);
    term.send(app.save());
    let saved = until(|| found(&std::fs::read_to_string(&file).unwrap_or_default()).len() == sent.len());
    tell(alive, said, intact, saved, sent.len())
}

/// The folder of the file is moved away, and a file stands in its place; later it is back.
pub fn vanished(app: App, _: Effort) -> Outcome {
    let place = Place::new(app, BASE);
    let mut term = begin(app, &place);
    let mut sent = Vec::new();
    type_until(&mut term, 200, Instant::now() + Duration::from_millis(300), &mut sent);
    let parent = place.file.parent().unwrap().to_owned();
    if parent == place.path() {
        return Outcome::NotRun("its file lies in the folder that it was started in".to_owned());
    }
    let away = parent.with_extension("away");
    std::fs::rename(&parent, &away).unwrap();
    std::fs::write(&parent, "in the way").unwrap();
    type_until(&mut term, 200, Instant::now() + Duration::from_millis(700), &mut sent);
    term.send(app.save());
    let said = term.wait_for(&NOT_SAVED, Duration::from_secs(5));
    let alive = term.is_alive();
    std::fs::remove_file(&parent).unwrap();
    std::fs::rename(&away, &parent).unwrap();
    let intact = place.text().unwrap_or_default().contains(BASE.trim_end());
    term.send(app.save());
    let saved = until(|| found(&place.text().unwrap_or_default()).len() == sent.len());
    tell(alive, said, intact, saved, sent.len())
}

/// Waits for something to become true, for some seconds.
fn until(is_so: impl Fn() -> bool) -> bool {
    let end = Instant::now() + Duration::from_secs(8);
    while Instant::now() < end {
        if is_so() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

fn tell(alive: bool, said: bool, intact: bool, saved: bool, words: usize) -> Outcome {
    let yes = |is: bool| if is { "yes" } else { "no" };
    let figures = format!(
        "{words} words typed; alive: {}, said so: {}, old file intact: {}, all saved once it could be: {}",
        yes(alive),
        yes(said),
        yes(intact),
        yes(saved)
    );
    Outcome::of(alive && said && intact && saved, figures)
}
