//! Temporary files that a killed run left behind, and how they are known.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How the names of temporary files begin.
const START: &str = ".attache-";
/// And how they end.
pub(in crate::disk) const SUFFIX: &str = ".tmp";
/// A process of this number on another computer may be at work in a shared folder: a save takes far less.
const YOUNG: Duration = Duration::from_secs(60);
/// After so long nobody is at work on it, whatever process has the number now.
const OLD: Duration = Duration::from_secs(24 * 60 * 60);

/// The start of the names of our temporary files.
pub(in crate::disk) fn prefix() -> String {
    format!("{START}{}-", std::process::id())
}

/// Removes what killed runs left in these folders.
pub(in crate::disk) fn clean(folders: impl IntoIterator<Item = PathBuf>) {
    for folder in folders {
        let entries = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
        for path in entries.filter(|path| is_stale(path)) {
            // Another run may have been quicker.
            let _ = fs::remove_file(path);
        }
    }
}

fn is_stale(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let Some(middle) = name.strip_prefix(START).and_then(|name| name.strip_suffix(SUFFIX)) else { return false };
    let Ok(meta) = fs::symlink_metadata(path) else { return false };
    let age = meta.modified().ok().and_then(|time| time.elapsed().ok()).unwrap_or_default();
    let owner = middle.split_once('-').and_then(|(pid, _)| pid.parse().ok());
    meta.is_file() && (age > OLD || age > YOUNG && owner.is_some_and(|pid| !is_alive(pid)))
}

/// Whether a process of this number runs on this computer.
#[cfg(unix)]
pub(in crate::disk) fn is_alive(pid: i32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    // No permission to signal it is a sign of life.
    Pid::from_raw(pid).is_some_and(|pid| test_kill_process(pid) != Err(rustix::io::Errno::SRCH))
}

/// Elsewhere nobody can tell; locks of the system's own say more.
#[cfg(not(unix))]
pub(in crate::disk) fn is_alive(_: i32) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_dead_run_left_goes_and_what_is_at_work_stays() {
        let dir = tempfile::tempdir().unwrap();
        let made = |name: String, age: Duration| {
            let path = dir.path().join(name);
            let file = fs::File::create(&path).unwrap();
            file.set_modified(std::time::SystemTime::now() - age).unwrap();
            path
        };
        // No process has a number this great.
        let dead = i32::MAX;
        let minutes = Duration::from_secs(600);
        let left = made(format!(".attache-{dead}-ab.tmp"), minutes);
        let old = made(format!("{}cd.tmp", prefix()), OLD + minutes);
        let stay = [
            made(format!("{}ab.tmp", prefix()), minutes),
            made(format!(".attache-{dead}-cd.tmp"), Duration::ZERO),
            made("notes.tmp".to_owned(), OLD * 2),
            made(".attache-1-ab".to_owned(), OLD * 2),
        ];
        clean([dir.path().to_path_buf(), dir.path().join("nowhere")]);
        assert!(!left.exists() && !old.exists());
        assert!(stay.iter().all(|path| path.exists()));
    }
}
