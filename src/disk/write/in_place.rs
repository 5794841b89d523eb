//! Writing into the very file, where no other can take its place: it has more than one name, or its
//! folder takes no new files. Not atomic, so the old bytes are on the disk elsewhere before the first
//! new one is written, and are put back if writing fails.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::plain::{self, Plain};
use super::{Backups, SaveError, create_folders, stale, sync_folder};

/// The ending of a file with old bytes.
const ENDING: &str = ".before";

/// Writes `bytes` into the file at `target`, which is `old`.
pub(super) fn put(target: &Path, bytes: &[u8], old: &Plain, backups: Backups<'_>) -> Result<(), SaveError> {
    let before = old.bytes()?;
    let file = plain::open_to_write(target)?;
    // What cannot be kept is not risked.
    let mut kept = Err(io::Error::other("there is nowhere to keep its old text meanwhile"));
    for folder in backups() {
        kept = keep(&folder, target, &before);
        if kept.is_ok() {
            break;
        }
    }
    let backup = kept?;
    let written = if old.is_still_at(target) {
        reserve(&file, bytes.len()).and_then(|()| fill(&file, bytes)).map_err(SaveError::Io)
    } else {
        let _ = fs::remove_file(&backup);
        return Err(SaveError::Changed);
    };
    let Err(SaveError::Io(reason)) = written else {
        let _ = fs::remove_file(&backup);
        return written;
    };
    // By another descriptor: on the first one, a sync could say that all is well when it is not.
    drop(file);
    match plain::open_to_write(target).and_then(|file| fill(&file, &before)) {
        Ok(()) => {
            let _ = fs::remove_file(&backup);
            Err(SaveError::Io(reason))
        }
        Err(_) => Err(SaveError::Torn { reason, backup }),
    }
}

fn fill(file: &File, bytes: &[u8]) -> io::Result<()> {
    let mut to = file;
    io::Seek::rewind(&mut to)?;
    to.write_all(bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}

/// Has the disk set the room aside, so that a full one is known before a byte is lost.
#[cfg(target_os = "linux")]
fn reserve(file: &File, length: usize) -> io::Result<()> {
    use rustix::fs::{FallocateFlags, fallocate};
    if length == 0 {
        return Ok(());
    }
    match fallocate(file, FallocateFlags::KEEP_SIZE, 0, length as u64) {
        Err(e @ (rustix::io::Errno::NOSPC | rustix::io::Errno::DQUOT)) => Err(e.into()),
        // Not every file system can.
        _ => Ok(()),
    }
}

#[cfg(not(target_os = "linux"))]
fn reserve(_: &File, _: usize) -> io::Result<()> {
    Ok(())
}

/// Puts the old bytes into a private file of their own, on the disk.
fn keep(folder: &Path, target: &Path, before: &[u8]) -> io::Result<PathBuf> {
    create_folders(folder)?;
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let start = format!("{}-{name}-", std::process::id());
    let mut file = tempfile::Builder::new().prefix(&start).suffix(ENDING).tempfile_in(folder)?;
    file.write_all(before)?;
    file.as_file().sync_all()?;
    let (_, path) = file.keep().map_err(|e| e.error)?;
    sync_folder(folder)?;
    Ok(path)
}

/// The files with old bytes that a run left which was killed while it wrote in place.
pub(in crate::disk) fn cut_short(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let left = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let pid = name.strip_suffix(ENDING).and_then(|name| name.split('-').next()?.parse().ok());
        pid.is_some_and(|pid| !stale::is_alive(pid))
    };
    let mut found: Vec<PathBuf> = entries.filter(left).collect();
    found.sort();
    found
}
