//! Plain files and nothing else: a FIFO, a device or a folder under the name of a file is refused and
//! never waited on.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

use super::SaveError;

/// A plain file as it was found.
pub(in crate::disk) struct Plain {
    file: File,
    meta: Metadata,
}

/// Opens the file to read; `None` if there is nothing.
pub(super) fn open(path: &Path) -> Result<Option<Plain>, SaveError> {
    match fs::metadata(path) {
        Ok(meta) if !meta.is_file() => return Err(SaveError::NotAFile),
        Ok(_) => {}
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e.into()),
    }
    let file = never_waiting(OpenOptions::new().read(true)).open(path)?;
    // It may be something else since it was looked at.
    let meta = file.metadata()?;
    if meta.is_file() { Ok(Some(Plain { file, meta })) } else { Err(SaveError::NotAFile) }
}

/// The same: the open file, and what the system says of it.
pub(in crate::disk) fn open_parts(path: &Path) -> Result<Option<(File, Metadata)>, SaveError> {
    Ok(open(path)?.map(|plain| (plain.file, plain.meta)))
}

/// Reads a plain file.
pub(in crate::disk) fn read(path: &Path) -> io::Result<Vec<u8>> {
    match open(path) {
        Ok(Some(plain)) => plain.bytes(),
        Ok(None) => Err(io::ErrorKind::NotFound.into()),
        Err(SaveError::Io(e)) => Err(e),
        Err(other) => Err(io::Error::other(other.to_string())),
    }
}

/// Opens an existing file to write, and leaves what is in it.
pub(super) fn open_to_write(path: &Path) -> io::Result<File> {
    never_waiting(OpenOptions::new().write(true)).open(path)
}

/// Opening a FIFO waits for its other end unless told not to.
fn never_waiting(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.custom_flags(i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or_default());
    }
    options
}

/// Refuses a file that is marked as not to be written, though a rename would get past the mark.
pub(super) fn writable(path: &Path) -> Result<(), SaveError> {
    #[cfg(unix)]
    if let Err(e) = rustix::fs::access(path, rustix::fs::Access::WRITE_OK) {
        let error = io::Error::from(e);
        return Err(match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => SaveError::ReadOnly,
            _ => SaveError::Io(error),
        });
    }
    #[cfg(not(unix))]
    if fs::metadata(path)?.permissions().readonly() {
        return Err(SaveError::ReadOnly);
    }
    Ok(())
}

impl Plain {
    /// What is in it.
    pub(super) fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(usize::try_from(self.meta.len()).unwrap_or_default() + 1);
        io::Seek::rewind(&mut &self.file)?;
        (&self.file).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The open file.
    #[cfg(unix)]
    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// What the system says of it.
    pub(super) fn meta(&self) -> &Metadata {
        &self.meta
    }

    /// How many names it has.
    pub(super) fn names(&self) -> u64 {
        #[cfg(unix)]
        let names = std::os::unix::fs::MetadataExt::nlink(&self.meta);
        #[cfg(not(unix))]
        let names = 1;
        names
    }

    /// Whether the path still leads to this file, and nobody has written to it since it was opened.
    pub(super) fn is_still_at(&self, path: &Path) -> bool {
        let Ok(now) = fs::metadata(path) else { return false };
        let same = now.len() == self.meta.len() && now.modified().ok() == self.meta.modified().ok();
        #[cfg(unix)]
        let same = {
            use std::os::unix::fs::MetadataExt as _;
            same && now.dev() == self.meta.dev() && now.ino() == self.meta.ino()
        };
        same
    }
}
