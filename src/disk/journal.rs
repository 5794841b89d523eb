//! Journals on disk: a file a session, in `.attache/journal/` of the desk, or where that cannot be written
//! in the writer's own state folder.
//!
//! A session's file is made whole (temporary file, rename) and then only added to. The first is there before
//! it is synced, so that a slow disk keeps no word from a program that is killed; one that comes after another
//! is synced before it has a name, so that it is never worth less than the one before.
//! It is locked while its session lives, so that another one neither reads it as left behind nor
//! removes it. No journal is ever written over: what was written into a file that failed is written
//! anew under another name.

mod find;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use super::{Folder, write};
use crate::draft::journal::{Entry, Journal, Scribe};

pub use find::{Left, moment};

/// A journal that is longer is written anew, if the draft is not so long itself.
const LONG: u64 = 4 << 20;
/// How much longer than the draft a journal may be.
const TIMES: u64 = 10;
/// How a journal's name ends.
const ENDING: &str = ".journal";

/// The journals that this process writes: it may read them, whatever their locks say.
pub type Ours = Arc<Mutex<BTreeSet<PathBuf>>>;

/// The journal of a draft while it is open.
#[derive(Debug)]
pub struct Session {
    scribe: Scribe,
    /// Where a journal of this draft may be, the best place first.
    folders: Vec<PathBuf>,
    key: String,
    open: Option<Open>,
    ours: Ours,
    /// What nobody misses once everything written so far is on disk.
    spent: Vec<PathBuf>,
    /// A journal is longer than this.
    long: u64,
    /// Why it is not in the desk, to be said once.
    elsewhere: Option<String>,
    told: bool,
}

/// The file that a session adds to.
#[derive(Debug)]
struct Open {
    file: File,
    path: PathBuf,
    length: u64,
    unsynced: bool,
    /// Its folder does not have it for good yet.
    fresh: bool,
}

impl Open {
    fn new((file, path): (File, PathBuf), length: usize, synced: bool) -> Self {
        Self { file, path, length: length as u64, unsynced: !synced, fresh: !synced }
    }
}

/// What was written and may not be on disk yet. Whoever waits for it keeps nobody from writing on.
#[derive(Debug)]
pub struct Sync {
    file: File,
    path: PathBuf,
    fresh: bool,
    spent: Vec<PathBuf>,
}

impl Sync {
    /// Waits until it is on disk; whether it is.
    pub fn wait(&self) -> bool {
        on_disk(&self.file, self.fresh.then_some(&self.path)).is_ok()
    }
}

/// Waits until a file's bytes are on disk; and its name, if that is given.
fn on_disk(file: &File, name: Option<&PathBuf>) -> std::io::Result<()> {
    file.sync_data()?;
    name.and_then(|path| path.parent()).map_or(Ok(()), write::sync_folder)
}

impl Session {
    /// Begins the journal of the draft at `path`; nothing is written before the first [`Self::take`].
    pub fn new(folder: &Folder, path: &Path, journal: Journal, ours: Ours) -> Self {
        Self::within(folder.journal_folders(), folder, path, journal, ours)
    }

    fn within(folders: Vec<PathBuf>, folder: &Folder, path: &Path, journal: Journal, ours: Ours) -> Self {
        let scribe = Scribe::new(journal, session_name(path), find::shown(folder, path));
        let key = find::key(folder, path);
        let (open, spent) = (None, Vec::new());
        Self { scribe, folders, key, open, ours, spent, long: LONG, elsewhere: None, told: false }
    }

    /// Writes down what happened. `spent` are journals that can go once it is on disk.
    ///
    /// # Errors
    /// No place could be written to; everything is kept in memory, and the next call tries again.
    pub fn take(&mut self, entries: &[Entry], spent: Vec<PathBuf>) -> Result<(), String> {
        self.spent.extend(spent);
        let time = now();
        let bytes: Vec<u8> = entries.iter().flat_map(|entry| self.scribe.take(entry, time)).collect();
        self.add(&bytes)?;
        self.shorten();
        Ok(())
    }

    /// Writes down that the words go on elsewhere.
    ///
    /// # Errors
    /// As [`Self::take`].
    pub fn leave(&mut self) -> Result<(), String> {
        let bytes = self.scribe.leave(now());
        match &self.open {
            // Never written: there is nothing that could be offered.
            None => Ok(()),
            Some(_) => self.add(&bytes),
        }
    }

    /// Puts what was written on disk for good.
    ///
    /// # Errors
    /// As [`Self::take`].
    pub fn sync(&mut self) -> Result<(), String> {
        if self.open.is_none() {
            self.anew()?;
        }
        let Some(open) = &mut self.open else { return Ok(()) };
        if open.unsynced {
            // What could not be synced once must not be trusted again, whatever the next sync says.
            if on_disk(&open.file, open.fresh.then_some(&open.path)).is_err() {
                return self.anew();
            }
            (open.unsynced, open.fresh) = (false, false);
        }
        self.remove_spent();
        Ok(())
    }

    /// Begins to put what was written on disk, so that another thread may wait for it: nothing, if it is there
    /// already, or only [`Self::sync`] can do it.
    pub fn begin_sync(&mut self) -> Option<Sync> {
        let open = self.open.as_mut().filter(|open| open.unsynced)?;
        let file = open.file.try_clone().ok()?;
        open.unsynced = false;
        let fresh = std::mem::take(&mut open.fresh);
        Some(Sync { file, path: open.path.clone(), fresh, spent: std::mem::take(&mut self.spent) })
    }

    /// The end of what [`Self::begin_sync`] began.
    ///
    /// # Errors
    /// As [`Self::take`].
    pub fn end_sync(&mut self, sync: Sync, well: bool) -> Result<(), String> {
        self.spent.extend(sync.spent);
        if !well && self.open.as_ref().is_some_and(|open| open.path == sync.path) {
            return self.anew();
        }
        // What could not be synced was written anew meanwhile, and synced there.
        self.remove_spent();
        Ok(())
    }

    /// Why the journal is not in the desk, if that is so and was not said yet.
    pub fn news(&mut self) -> Option<String> {
        let reason = self.elsewhere.clone().filter(|_| !self.told)?;
        self.told = true;
        Some(reason)
    }

    fn add(&mut self, bytes: &[u8]) -> Result<(), String> {
        let Some(open) = &mut self.open else { return self.anew() };
        if open.file.write_all(bytes).is_err() {
            return self.anew();
        }
        open.length += bytes.len() as u64;
        open.unsynced |= !bytes.is_empty();
        Ok(())
    }

    /// Writes everything into a new file, in the first place that takes it; on disk, unless it is the first.
    fn anew(&mut self) -> Result<(), String> {
        let synced = self.scribe.is_begun();
        if let Some(old) = self.open.take() {
            self.forget(&old.path);
            self.spent.push(old.path);
        }
        let bytes = self.scribe.anew(now());
        let mut reason = String::new();
        for (n, folder) in self.folders.iter().enumerate() {
            match create(folder, &self.key, &bytes, synced) {
                Ok(made) => {
                    self.ours.lock().unwrap_or_else(PoisonError::into_inner).insert(made.1.clone());
                    self.open = Some(Open::new(made, bytes.len(), synced));
                    if n > 0 {
                        self.elsewhere.get_or_insert(format!("it is kept in {} ({reason})", super::shown(folder)));
                    }
                    if synced {
                        self.remove_spent();
                    }
                    return Ok(());
                }
                // What the desk says is what the writer can mend.
                Err(e) if n == 0 => reason = e.to_string(),
                Err(_) => {}
            }
        }
        Err(reason)
    }

    /// Writes a journal that has grown long anew, with the steps that are still known: best where the
    /// text is what the file holds, since the way there is then known too.
    fn shorten(&mut self) {
        let Some(open) = &self.open else { return };
        let most = self.long.max(TIMES * self.scribe.text().len() as u64);
        if open.length <= most || open.length <= 2 * most && !self.scribe.is_saved() {
            return;
        }
        let before = self.scribe.clone();
        let bytes = self.scribe.anew(now());
        let folder = open.path.parent().unwrap_or(Path::new(".")).to_path_buf();
        match create(&folder, &self.key, &bytes, true) {
            Ok(made) => {
                self.ours.lock().unwrap_or_else(PoisonError::into_inner).insert(made.1.clone());
                let new = Open::new(made, bytes.len(), true);
                if let Some(old) = self.open.replace(new) {
                    self.forget(&old.path);
                    self.spent.push(old.path);
                }
                // If even the steps that are kept are so long, it may grow by as much again.
                self.long = self.long.max(2 * bytes.len() as u64);
                self.remove_spent();
            }
            // The long one is still good.
            Err(_) => self.scribe = before,
        }
    }

    /// Takes journals away that nobody misses; one that stays is only offered once too often.
    fn remove_spent(&mut self) {
        for path in std::mem::take(&mut self.spent) {
            let _ = fs::remove_file(path);
        }
    }

    fn forget(&self, path: &Path) {
        self.ours.lock().unwrap_or_else(PoisonError::into_inner).remove(path);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(open) = &self.open {
            let _ = on_disk(&open.file, open.fresh.then_some(&open.path));
            self.forget(&open.path);
        }
    }
}

/// Makes a journal with these bytes, locked; if `synced`, it is on disk before it has a name.
fn create(folder: &Path, key: &str, bytes: &[u8], synced: bool) -> std::io::Result<(File, PathBuf)> {
    private_folder(folder)?;
    let prefix = write::temporary_prefix();
    let mut new = tempfile::Builder::new().prefix(&prefix).suffix(write::TEMPORARY).tempfile_in(folder)?;
    new.write_all(bytes)?;
    // A file system without locks leaves it unlocked.
    let _ = new.as_file().try_lock();
    if synced {
        new.as_file().sync_all()?;
    }
    let mut number = 1_u32;
    loop {
        let path = folder.join(format!("{key}.{number}{ENDING}"));
        match new.persist_noclobber(&path) {
            Ok(file) => {
                if synced {
                    write::sync_folder(folder)?;
                }
                return Ok((file, path));
            }
            Err(e) if e.error.kind() == std::io::ErrorKind::AlreadyExists && number < 10_000 => {
                new = e.file;
                number += 1;
            }
            Err(e) => return Err(e.error),
        }
    }
}

/// Makes a folder that only its owner looks into; the desk's own keeps itself out of git.
pub(super) fn private_folder(folder: &Path) -> std::io::Result<()> {
    if let Some(state) = folder.parent().filter(|parent| parent.ends_with(super::STATE)) {
        super::make_state_folder(state)?;
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Seconds since 1970.
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// A name for a session that no other has.
fn session_name(path: &Path) -> [u8; 16] {
    static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let mut hasher = blake3::Hasher::new();
    hasher.update(path.as_os_str().as_encoded_bytes());
    hasher.update(&nanos.to_le_bytes()).update(&count.to_le_bytes()).update(&std::process::id().to_le_bytes());
    let mut name = [0; 16];
    name.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    name
}

/// A number that no other edit has, from this run or another.
pub(super) fn number() -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = session_name(Path::new(""));
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

#[cfg(test)]
mod tests;
