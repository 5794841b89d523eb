//! Writing a file whole or not at all: the one way by which anything of the desk is saved.
//!
//! The new bytes go to a temporary file in the same folder, get what the old file was (mode, owner,
//! attributes), are synced, renamed over the old name, and the folder is synced: after a crash the
//! file holds the old bytes or the new ones. A symbolic link is followed, so that the link stays and
//! its target changes. Where a rename would break something (a file of two names) or is not allowed
//! (a folder that takes no new files), the bytes are written in place, the old ones kept until then.

mod in_place;
mod kept;
mod plain;
mod stale;

use std::fmt;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

pub(super) use in_place::cut_short;
pub(super) use plain::{open_parts as open_plain, read as read_plain};
pub(super) use stale::{SUFFIX as TEMPORARY, clean, is_alive, prefix as temporary_prefix};

/// The hash of a file's bytes (BLAKE3).
pub type Hash = blake3::Hash;

/// Hashes bytes.
pub fn hash(bytes: &[u8]) -> Hash {
    blake3::hash(bytes)
}

/// Why a file was not written. The bytes on disk are then as they were, but for [`SaveError::Torn`].
#[derive(Debug)]
pub enum SaveError {
    /// The file on disk is not what we read: somebody else wrote it, or it is gone or new.
    Changed,
    /// There is something that is no plain file.
    NotAFile,
    /// The file is marked as not to be written.
    ReadOnly,
    /// Reading or writing failed.
    Io(io::Error),
    /// Writing in place failed, and so did putting the old bytes back.
    Torn {
        /// What failed.
        reason: io::Error,
        /// The file with the old bytes.
        backup: PathBuf,
    },
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => f.write_str("the file on disk was changed by somebody else"),
            Self::NotAFile => f.write_str("there is something that is not a plain file"),
            Self::ReadOnly => f.write_str("the file is read-only"),
            Self::Io(e) => f.write_str(&words(e)),
            Self::Torn { reason, backup } => write!(
                f,
                "{}; the file may be half written, its text from before is {}",
                words(reason),
                super::shown(backup)
            ),
        }
    }
}

impl std::error::Error for SaveError {}

impl From<io::Error> for SaveError {
    fn from(e: io::Error) -> Self {
        Self::Io(e)
    }
}

/// An error of the system's in plain words.
fn words(error: &io::Error) -> String {
    let known = match error.kind() {
        io::ErrorKind::PermissionDenied => "no permission to write there",
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only",
        io::ErrorKind::StorageFull => "no space left on the disk",
        io::ErrorKind::QuotaExceeded => "no space left: the disk quota is used up",
        io::ErrorKind::NotADirectory => "its folder is not there: something else has that name",
        io::ErrorKind::AlreadyExists => "its folder is not there: a file has that name",
        _ => return error.to_string(),
    };
    known.to_owned()
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The hash of what is on disk now.
    pub hash: Hash,
    /// What the file was and could not stay, for people.
    pub remark: Option<String>,
}

/// Gives the folders that may keep old bytes while a file is written in place, the best first; asked only
/// where that is needed.
pub(super) type Backups<'a> = &'a dyn Fn() -> Vec<PathBuf>;

/// Writes `bytes` if the file still has the `expected` hash (`None`: does not exist).
pub(super) fn save(
    path: &Path,
    bytes: &[u8],
    expected: Option<Hash>,
    backups: Backups<'_>,
) -> Result<Written, SaveError> {
    let old = plain::open(path)?;
    let on_disk = match &old {
        Some(old) => Some(hash(&old.bytes()?)),
        None => None,
    };
    let new = hash(bytes);
    if on_disk == Some(new) && expected == Some(new) {
        return Ok(Written { hash: new, remark: None });
    }
    // Bytes that are there and should not be yet may come from a save that failed behind its rename:
    // they are written anew, since nobody can know that they are on the disk.
    if on_disk != expected && on_disk != Some(new) {
        return Err(SaveError::Changed);
    }
    let remark = put(path, bytes, old.as_ref(), backups)?;
    Ok(Written { hash: new, remark })
}

/// Writes `bytes` over whatever file is there, keeping the old bytes as `NAME.bak`.
pub(super) fn overwrite(path: &Path, bytes: &[u8], backups: Backups<'_>) -> Result<Written, SaveError> {
    let old = plain::open(path)?;
    if let Some(old) = &old {
        let before = old.bytes()?;
        if before != bytes {
            let mut name = path.as_os_str().to_owned();
            name.push(".bak");
            let backup = PathBuf::from(name);
            put(&backup, &before, plain::open(&backup)?.as_ref(), backups)?;
        }
    }
    let remark = put(path, bytes, old.as_ref(), backups)?;
    Ok(Written { hash: hash(bytes), remark })
}

/// Deletes the file if it still has the `expected` hash; of a link, the link and what it leads to.
pub(super) fn delete(path: &Path, expected: Hash) -> Result<(), SaveError> {
    let target = resolve(path)?;
    match plain::open(&target)? {
        Some(old) if hash(&old.bytes()?) == expected => {}
        _ => return Err(SaveError::Changed),
    }
    fs::remove_file(&target)?;
    if target != path {
        fs::remove_file(path)?;
    }
    sync_folder(folder_of(path))?;
    Ok(())
}

/// Puts `bytes` in the place of the file at `path`, which is `old`; what could not be kept of it.
fn put(
    path: &Path,
    bytes: &[u8],
    old: Option<&plain::Plain>,
    backups: Backups<'_>,
) -> Result<Option<String>, SaveError> {
    let target = resolve(path)?;
    let Some(old) = old else {
        create_folders(folder_of(&target))?;
        return rename_over(&target, bytes, None);
    };
    plain::writable(&target)?;
    if old.names() > 1 {
        // A rename would leave the other names with the old text.
        return in_place::put(&target, bytes, old, backups).map(|()| None);
    }
    match rename_over(&target, bytes, Some(old)) {
        Err(SaveError::Io(reason)) if takes_no_new_file(&reason) => {
            in_place::put(&target, bytes, old, backups).map(|()| None)
        }
        result => result,
    }
}

/// Whether an error says that the folder, not the file, is closed to us.
fn takes_no_new_file(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::ResourceBusy
    )
}

/// A temporary file takes the place of the target. It is removed wherever this fails, and nothing is
/// tried again on it: after a failed sync the system may hold bytes for written that are not.
fn rename_over(target: &Path, bytes: &[u8], old: Option<&plain::Plain>) -> Result<Option<String>, SaveError> {
    let folder = folder_of(target);
    let prefix = stale::prefix();
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(stale::SUFFIX);
    if old.is_none() {
        // As any new file: what the system and the folder give. Else nobody may look in before the
        // mode is that of the old file.
        kept::as_new(&mut builder);
    }
    let mut temporary = builder.tempfile_in(folder)?;
    temporary.write_all(bytes)?;
    let remark = match old {
        Some(old) => kept::keep(old, temporary.as_file(), target)?,
        None => None,
    };
    temporary.as_file().sync_all()?;
    match old {
        Some(old) if !old.is_still_at(target) => return Err(SaveError::Changed),
        Some(_) => temporary.persist(target).map_err(|e| e.error)?,
        None => temporary.persist_noclobber(target).map_err(|e| match e.error.kind() {
            io::ErrorKind::AlreadyExists => SaveError::Changed,
            _ => SaveError::Io(e.error),
        })?,
    };
    sync_folder(folder)?;
    Ok(remark)
}

/// Makes a folder with all above it, each synced into the one that holds it.
pub(super) fn create_folders(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent().filter(|above| !above.as_os_str().is_empty()) {
        create_folders(above)?;
    }
    match fs::create_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(e) => Err(e),
        Ok(()) => sync_folder(folder_of(folder)),
    }
}

/// The folder that a file is in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Follows symbolic links to the file that they mean, which need not exist yet.
fn resolve(path: &Path) -> Result<PathBuf, SaveError> {
    let mut at = path.to_path_buf();
    for _ in 0..32 {
        match fs::symlink_metadata(&at) {
            Ok(meta) if meta.is_symlink() => {
                let to = fs::read_link(&at)?;
                at = if to.is_absolute() { to } else { folder_of(&at).join(to) };
            }
            Ok(meta) if !meta.is_file() => return Err(SaveError::NotAFile),
            _ => return Ok(at),
        }
    }
    Err(SaveError::NotAFile)
}

#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
