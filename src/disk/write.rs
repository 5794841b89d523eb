//! Writing a file whole or not at all.
//!
//! The new bytes go to a temporary file in the same folder, are synced, renamed over the old
//! name, and the folder is synced, so that after a crash the file holds the old bytes or the new
//! ones. A symbolic link is followed, so that the link stays and its target changes.

use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The hash of a file's bytes (BLAKE3).
pub type Hash = blake3::Hash;

/// Hashes bytes.
pub fn hash(bytes: &[u8]) -> Hash {
    blake3::hash(bytes)
}

/// Why a file was not written. The bytes on disk are then as they were.
#[derive(Debug)]
pub enum SaveError {
    /// The file on disk is not what we read: somebody else wrote it, or it is gone or new.
    Changed,
    /// There is something that is no plain file.
    NotAFile,
    /// Reading or writing failed.
    Io(std::io::Error),
}

impl fmt::Display for SaveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed => f.write_str("the file on disk was changed by somebody else"),
            Self::NotAFile => f.write_str("there is something that is not a plain file"),
            Self::Io(e) => write!(f, "{e}"),
        }
    }
}

impl std::error::Error for SaveError {}

impl From<std::io::Error> for SaveError {
    fn from(e: std::io::Error) -> Self {
        Self::Io(e)
    }
}

/// Writes `bytes` if the file still has the `expected` hash (`None`: does not exist).
pub(super) fn save(path: &Path, bytes: &[u8], expected: Option<Hash>) -> Result<Hash, SaveError> {
    let on_disk = match fs::metadata(path) {
        Ok(meta) if !meta.is_file() => return Err(SaveError::NotAFile),
        Ok(_) => Some(hash(&fs::read(path)?)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
        Err(e) => return Err(e.into()),
    };
    let new = hash(bytes);
    if on_disk == Some(new) {
        return Ok(new);
    }
    if on_disk != expected {
        return Err(SaveError::Changed);
    }
    replace(path, bytes)?;
    Ok(new)
}

/// Writes `bytes` over whatever file is there, keeping the old bytes as `NAME.bak`.
pub(super) fn overwrite(path: &Path, bytes: &[u8]) -> Result<Hash, SaveError> {
    match fs::metadata(path) {
        Ok(meta) if !meta.is_file() => return Err(SaveError::NotAFile),
        Ok(_) => {
            let old = fs::read(path)?;
            if old != bytes {
                let mut name = path.as_os_str().to_owned();
                name.push(".bak");
                replace(Path::new(&name), &old)?;
            }
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
        Err(e) => return Err(e.into()),
    }
    replace(path, bytes)?;
    Ok(hash(bytes))
}

/// Deletes the file if it still has the `expected` hash; of a link, the link and what it leads to.
pub(super) fn delete(path: &Path, expected: Hash) -> Result<(), SaveError> {
    let target = resolve(path)?;
    match fs::metadata(&target) {
        Ok(meta) if !meta.is_file() => return Err(SaveError::NotAFile),
        Ok(_) if hash(&fs::read(&target)?) == expected => {}
        Ok(_) => return Err(SaveError::Changed),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(SaveError::Changed),
        Err(e) => return Err(e.into()),
    }
    fs::remove_file(&target)?;
    if target != path {
        fs::remove_file(path)?;
    }
    sync_folder(path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")))
}

/// Puts `bytes` in the place of the file at `path`, atomically and durably.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let target = resolve(path)?;
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut temporary = tempfile::Builder::new().prefix(".attache-").suffix(".tmp").tempfile_in(folder)?;
    temporary.write_all(bytes)?;
    match fs::metadata(&target) {
        Ok(meta) => fs::set_permissions(temporary.path(), meta.permissions())?,
        Err(_) => set_default_mode(temporary.path())?,
    }
    temporary.as_file().sync_all()?;
    temporary.persist(&target).map_err(|e| e.error)?;
    sync_folder(folder)
}

/// Follows symbolic links to the file that they mean, which need not exist yet.
fn resolve(path: &Path) -> Result<PathBuf, SaveError> {
    let mut at = path.to_path_buf();
    for _ in 0..32 {
        match fs::symlink_metadata(&at) {
            Ok(meta) if meta.is_symlink() => {
                let to = fs::read_link(&at)?;
                at = if to.is_absolute() { to } else { at.parent().unwrap_or(Path::new(".")).join(to) };
            }
            Ok(meta) if !meta.is_file() => return Err(SaveError::NotAFile),
            _ => return Ok(at),
        }
    }
    Err(SaveError::NotAFile)
}

/// Temporary files are private; a new draft or note gets the mode any new file gets.
#[cfg(unix)]
fn set_default_mode(path: &Path) -> Result<(), SaveError> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))?;
    Ok(())
}

#[cfg(not(unix))]
fn set_default_mode(_: &Path) -> Result<(), SaveError> {
    Ok(())
}

#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> Result<(), SaveError> {
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_: &Path) -> Result<(), SaveError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_changed_behind_our_back_is_not_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        let first = save(&path, b"one", None).unwrap();
        fs::write(&path, "theirs").unwrap();
        assert!(matches!(save(&path, b"two", Some(first)), Err(SaveError::Changed)));
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        assert!(matches!(save(&dir.path().join("b.md"), b"x", Some(first)), Err(SaveError::Changed)));
        overwrite(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read(dir.path().join("a.md.bak")).unwrap(), b"theirs");
    }

    #[test]
    fn only_what_is_believed_to_be_there_is_deleted() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        let first = save(&path, b"one", None).unwrap();
        fs::write(&path, "theirs").unwrap();
        assert!(matches!(delete(&path, first), Err(SaveError::Changed)));
        assert!(path.exists());
        delete(&path, hash(b"theirs")).unwrap();
        assert!(!path.exists());
        assert!(matches!(delete(&path, first), Err(SaveError::Changed)));
        assert!(matches!(delete(dir.path(), first), Err(SaveError::NotAFile)));
        assert!(dir.path().exists());
    }

    #[test]
    #[cfg(unix)]
    fn links_and_modes_stay() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let real = dir.path().join("real.md");
        fs::write(&real, "one").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        let link = dir.path().join("link.md");
        std::os::unix::fs::symlink("real.md", &link).unwrap();
        save(&link, b"two", Some(hash(b"one"))).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&real).unwrap(), b"two");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(matches!(save(dir.path(), b"x", None), Err(SaveError::NotAFile)));
    }
}
