//! By what a file is known to be the one that was read, without reading it.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// How old a change must be for a later one to bear another time on any file system: FAT counts in steps of two
/// seconds.
const SETTLED: Duration = Duration::from_secs(2);

/// Size, times and number of a file. The time of its last change of any kind is among them, which no program can set,
/// so neither a copy nor a file from elsewhere has the stamp of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    size: u64,
    number: u64,
    /// Seconds and nanoseconds since 1970.
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    /// The stamp of a file; `None` where the system does not tell when a file last changed, or is not clear about it
    /// because it has only just changed.
    pub(super) fn of(meta: &Metadata, now: SystemTime) -> Option<Self> {
        let stamp = Self::now(meta)?;
        let now = now.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        let settled = i64::try_from(now.checked_sub(SETTLED)?.as_secs()).ok()?;
        (stamp.modified.0 < settled && stamp.changed.0 < settled).then_some(stamp)
    }

    #[cfg(unix)]
    fn now(meta: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self {
            size: meta.len(),
            number: meta.ino(),
            modified: (meta.mtime(), meta.mtime_nsec()),
            changed: (meta.ctime(), meta.ctime_nsec()),
        })
    }

    #[cfg(not(unix))]
    fn now(_: &Metadata) -> Option<Self> {
        None
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_has_just_changed_has_no_stamp_yet() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(&path, "one").unwrap();
        let meta = path.metadata().unwrap();
        let changed = meta.modified().unwrap();
        assert_eq!(Stamp::of(&meta, changed), None);
        assert_eq!(Stamp::of(&meta, changed + Duration::from_secs(1)), None);
        assert_eq!(Stamp::of(&meta, changed - Duration::from_secs(60)), None, "nor one of the future");
        assert!(Stamp::of(&meta, changed + Duration::from_secs(4)).is_some());
    }

    #[test]
    fn setting_a_files_time_back_does_not_give_it_its_old_stamp() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a");
        std::fs::write(&path, "one").unwrap();
        let before = path.metadata().unwrap();
        let later = before.modified().unwrap() + Duration::from_secs(60);
        let old = Stamp::of(&before, later).unwrap();
        assert_eq!(Stamp::of(&path.metadata().unwrap(), later), Some(old));
        let other = dir.path().join("b");
        std::fs::write(&other, "two").unwrap();
        std::fs::File::options().write(true).open(&other).unwrap().set_modified(before.modified().unwrap()).unwrap();
        std::fs::rename(&other, &path).unwrap();
        let now = path.metadata().unwrap();
        assert_eq!(now.modified().unwrap(), before.modified().unwrap());
        assert_ne!(Stamp::of(&now, later), Some(old));
    }
}
