//! Finished notes: written where they belong, never over somebody's own edits.
//!
//! `.attache/notes/SLUG` records the hash of what we wrote last. A note with other bytes was
//! edited by hand, and is written over only when asked to.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Folder, NOTES, STATE, SaveError, hash, write};
use crate::error::Error;
use crate::note::Flavour;

/// How the note on disk stands to what we would write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteState {
    /// There is none.
    Missing,
    /// It is what we wrote last, or what we would write now.
    Ours,
    /// Somebody else wrote or edited it.
    Edited,
}

impl Folder {
    /// Where the note of a draft goes.
    pub fn note_path(&self, slug: &str, flavour: Flavour) -> PathBuf {
        self.root.join(NOTES).join(format!("{slug}{}", flavour.ending()))
    }

    /// How the note at `path` stands to `text`.
    pub fn note_state(&self, path: &Path, text: &str) -> NoteState {
        let Ok(bytes) = write::read_plain(path) else { return NoteState::Missing };
        let on_disk = hash(&bytes);
        let recorded = fs::read_to_string(self.record(path)).ok();
        if bytes == text.as_bytes() || recorded.is_some_and(|r| r.trim() == on_disk.to_hex().as_str()) {
            NoteState::Ours
        } else {
            NoteState::Edited
        }
    }

    /// Remembers that the note at `path` is ours if it holds exactly `text`.
    ///
    /// For a desk fresh from git, whose records are not there: a note that equals what its draft
    /// gives was not edited by hand.
    pub fn adopt_note(&self, path: &Path, text: &str) {
        if write::read_plain(path).is_ok_and(|bytes| bytes == text.as_bytes()) {
            self.remember(path, text);
        }
    }

    /// Writes a note; what the file was and could not stay.
    ///
    /// # Errors
    /// Refuses a note edited by hand unless `force`, which keeps the old bytes as `.bak`.
    pub fn write_note(&self, path: &Path, text: &str, force: bool) -> Result<Option<String>, Error> {
        let shown = self.relative(path);
        let failed = |e: SaveError| match e {
            SaveError::Io(_) | SaveError::Torn { .. } => {
                Error::io(format!("{shown} was not written"), &std::io::Error::other(e.to_string()))
            }
            other => Error::refused(format!("{shown} was not written: {other}")),
        };
        let written = match self.note_state(path, text) {
            NoteState::Edited if !force => {
                return Err(Error::refused(format!(
                    "{shown} was edited by hand or comes from elsewhere; it is left as it is"
                ))
                .hint("`--force` writes over it and keeps the old text as `.bak`")
                .hint("`-o PATH` writes elsewhere"));
            }
            NoteState::Edited => write::overwrite(path, text.as_bytes(), &|| self.backups()).map_err(failed)?,
            NoteState::Missing | NoteState::Ours => {
                let expected = write::read_plain(path).ok().map(|bytes| hash(&bytes));
                write::save(path, text.as_bytes(), expected, &|| self.backups()).map_err(failed)?
            }
        };
        self.remember(path, text);
        Ok(written.remark)
    }

    fn record(&self, path: &Path) -> PathBuf {
        // One record a path: the relative path with its separators made harmless.
        let harmless = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '+' };
        let name: String = self.relative(path).chars().map(harmless).collect();
        self.root.join(STATE).join("notes").join(name)
    }

    /// A record that cannot be written costs only a question later.
    fn remember(&self, path: &Path, text: &str) {
        if self.state_folder().is_err() {
            return;
        }
        let record = self.record(path);
        let expected = write::read_plain(&record).ok().map(|bytes| hash(&bytes));
        let line = format!("{}\n", hash(text.as_bytes()).to_hex());
        if write::save(&record, line.as_bytes(), expected, &|| self.backups()).is_ok() {
            super::private(&record);
        }
    }
}
