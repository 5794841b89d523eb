//! Which journals belong to a draft, and what they are worth.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::{ENDING, Ours};
use crate::disk::{Folder, relative_to};
use crate::draft::journal::{Found, Past, judge, path_of};

/// The longest journal that is read.
const MOST: u64 = 1 << 30;

/// What the journals of a draft hold that its file does not.
#[derive(Clone, Debug, Default)]
pub struct Left {
    /// The draft's file.
    pub path: PathBuf,
    /// Whether that file is there.
    pub is_there: bool,
    /// What is known of its past.
    pub past: Past,
    /// Whether a running Attaché writes a journal of it.
    pub is_open: bool,
}

/// What a draft's file is called in its journals: relative to the desk with `/`, absolute elsewhere, so that a
/// desk can be moved.
pub(super) fn shown(folder: &Folder, path: &Path) -> String {
    let root = folder.root().canonicalize().unwrap_or_else(|_| absolute(folder.root()));
    relative_to(&root, &absolute(path))
}

/// How the names of a draft's journals begin: readable, and another for every file.
pub(super) fn key(folder: &Folder, path: &Path) -> String {
    let slug = crate::markdown::slug(&crate::disk::stem(path));
    let slug: String = slug.chars().take(40).filter(|c| *c != '.').collect();
    let hash = blake3::hash(shown(folder, path).as_bytes()).to_hex();
    format!("{slug}-{}", hash.get(..8).unwrap_or_default())
}

fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    // The same desk by a link is the same desk; a draft need not be there.
    match (path.parent().map(Path::canonicalize), path.file_name()) {
        (Some(Ok(parent)), Some(name)) => parent.join(name),
        _ => path,
    }
}

/// When something happened, for people: `25 Nov 14:03`.
pub fn moment(seconds: u64) -> String {
    let stamp = i64::try_from(seconds).ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let zoned = stamp.map(|stamp| stamp.to_zoned_datetime(jiff::tz::TimeZone::system()));
    zoned.map_or_else(|| "an unknown time".to_owned(), |zoned| zoned.strftime("%-d %b %H:%M").to_string())
}

impl Folder {
    /// Where journals may be: in the desk, else in the writer's state folder, in a folder for this desk.
    pub(in crate::disk) fn journal_folders(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.root().join(crate::disk::STATE).join("journal")];
        if let Some(state) = crate::disk::user_state() {
            let desk = self.root().canonicalize().unwrap_or_else(|_| self.root().to_path_buf());
            let hash = blake3::hash(desk.as_os_str().as_encoded_bytes()).to_hex();
            folders.push(state.join("journal").join(hash.get(..16).unwrap_or_default()));
        }
        folders
    }

    /// What the journals of the draft at `path` say, held against `text`, which is in its file; those that another
    /// process writes are left out.
    pub fn past(&self, path: &Path, text: Option<&str>, ours: &Ours) -> Past {
        let (found, _) = find(&self.journal_folders(), &key(self, path), Some(ours));
        judged(found, text)
    }

    /// What the journals of a draft hold that its file does not, those of running programs too if `busy`.
    pub fn left(&self, path: &Path, text: Option<&str>, busy: bool) -> Left {
        let key = key(self, path);
        let (mut found, is_open) = find(&self.journal_folders(), &key, Some(&Ours::default()));
        if busy {
            found = find(&self.journal_folders(), &key, None).0;
        }
        Left { path: path.to_path_buf(), is_there: text.is_some(), past: judged(found, text), is_open }
    }

    /// The same of every draft that has a journal, by file.
    pub fn all_left(&self) -> Vec<Left> {
        let mut drafts = BTreeMap::new();
        for folder in self.journal_folders() {
            for file in journals(&folder) {
                let path = read(&file).and_then(|bytes| path_of(&bytes));
                if let Some(path) = path {
                    drafts.insert(self.root().join(path), ());
                }
            }
        }
        let left = |path: PathBuf| {
            let text = crate::disk::read_text(&path).ok();
            self.left(&path, text.as_deref(), false)
        };
        drafts.into_keys().map(left).collect()
    }

    /// Takes journals away for good.
    ///
    /// # Errors
    /// One is still there; says which.
    pub fn discard(&self, files: &[PathBuf]) -> Result<(), String> {
        for file in files {
            fs::remove_file(file).map_err(|e| format!("{}: {e}", self.relative(file)))?;
        }
        Ok(())
    }
}

fn judged(found: Vec<Found>, text: Option<&str>) -> Past {
    let mut past = judge(found, text);
    for kept in &mut past.kept {
        kept.when = moment(kept.changed);
    }
    past
}

/// The journals whose names begin so; those that another process writes only if `ours` is `None`. Says whether there
/// are such.
pub(super) fn find(folders: &[PathBuf], key: &str, ours: Option<&Ours>) -> (Vec<Found>, bool) {
    let mut busy = false;
    let mut found = Vec::new();
    for file in folders.iter().flat_map(|folder| journals(folder)) {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !name.strip_prefix(key).is_some_and(|rest| rest.starts_with('.')) {
            continue;
        }
        if ours.is_some_and(|ours| is_busy(&file, ours)) {
            busy = true;
            continue;
        }
        found.extend(read(&file).map(|bytes| Found { file, bytes }));
    }
    (found, busy)
}

fn journals(folder: &Path) -> Vec<PathBuf> {
    crate::disk::files_in(folder, ENDING.trim_start_matches('.'))
}

fn read(file: &Path) -> Option<Vec<u8>> {
    let meta = fs::metadata(file).ok()?;
    (meta.is_file() && meta.len() <= MOST).then(|| fs::read(file).ok()).flatten()
}

/// Whether another process writes the journal.
fn is_busy(file: &Path, ours: &Ours) -> bool {
    if ours.lock().unwrap_or_else(PoisonError::into_inner).contains(file) {
        return false;
    }
    let Ok(open) = File::open(file) else { return false };
    matches!(open.try_lock_shared(), Err(fs::TryLockError::WouldBlock))
}
