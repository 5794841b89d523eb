//! What was formatted for notes, kept between runs in the user's own cache, `~/.cache/attache/`.
//!
//! Not on the desk: forms are known by what they are made of, and who hands a desk over could hand over forms that say something
//! else. Everything here may be deleted at any time, and nothing that goes wrong with it is told.

use std::io::Write as _;
use std::path::PathBuf;

use super::cache::program;
use super::journal::private_folder;
use super::{Folder, hash, write};
use crate::note::Formatter;

/// The largest file that is read: the forms of twenty thousand citations take five.
const MOST: u64 = 64 << 20;
/// How long a hash is, in bytes.
const HASH: usize = 32;

impl Folder {
    /// A formatter that remembers what earlier runs of this program have formatted for this user.
    pub fn formatter() -> Formatter {
        let kept = || {
            let (mut file, meta) = write::open_plain(&path()?).ok()??;
            if meta.len() > MOST {
                return None;
            }
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut file, &mut bytes).ok()?;
            let (written, rest) = bytes.split_first_chunk::<HASH>()?;
            let (writer, rest) = rest.split_first_chunk::<HASH>()?;
            (hash(&[writer, rest].concat()) == *written && *writer == program()?).then(|| Formatter::remembering(rest))
        };
        kept().unwrap_or_default()
    }

    /// Keeps what a formatter has made for the next run, if that is more than before.
    pub fn keep_formatted(formatter: &Formatter) {
        let keep = || {
            let (path, writer) = (path()?, program()?);
            let kept = formatter.to_keep()?;
            let folder = path.parent()?;
            private_folder(folder).ok()?;
            let rest = [writer.as_slice(), &kept].concat();
            let prefix = write::temporary_prefix();
            let mut file =
                tempfile::Builder::new().prefix(&prefix).suffix(write::TEMPORARY).tempfile_in(folder).ok()?;
            file.write_all(hash(&rest).as_bytes()).and_then(|()| file.write_all(&rest)).ok()?;
            file.persist(path).ok()
        };
        // Without it the next note takes longer, and that is all.
        let _ = keep();
    }
}

/// The file; `None` for who has no home.
fn path() -> Option<PathBuf> {
    Some(super::user_cache()?.join("formatted"))
}
