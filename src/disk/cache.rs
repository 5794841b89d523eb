//! What was read of event files, kept between runs in `.attache/cache/`.
//!
//! It saves parsing and nothing else: an entry counts only while the [`Stamp`] of its file is what it was, and only for
//! the very program that wrote it. Everything here may be deleted at any time, and nothing that goes wrong with it is told.
//!
//! Event files in the order of their paths are cut into pieces, a file each, at paths that their own hash chooses: a file that
//! comes or goes changes one piece. A piece is named by its members and their stamps, so it is written once and never again.

mod piece;

use std::collections::HashSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::UNIX_EPOCH;

use rayon::prelude::*;

use super::known::{EventFiles, Kept};
use super::stamp::Stamp;
use super::{Folder, STATE, write};
use piece::{Entry, Member};

/// The folder, in the one that the program keeps for itself.
pub(super) const CACHE: &str = "cache";
/// From how many event files on keeping them is worth the while: fewer are parsed in a blink.
const FEW: usize = 200;
/// How many files a piece has at most; a quarter of it on average.
const MOST: usize = 1024;
/// The form of what is kept. To be raised when it changes, or what reading a file makes of it, without a new build.
const FORM: u32 = 1;

/// An event file in the order of the desk.
#[derive(Debug)]
pub(super) struct EventFile {
    /// The whole path.
    pub(super) path: PathBuf,
    /// Relative to the desk, with `/`.
    pub(super) relative: Box<str>,
    /// Whether `relative` is the file's own name, letter by letter, and not one made fit to be shown.
    pub(super) plain: bool,
    /// Before it was read.
    pub(super) stamp: Option<Stamp>,
}

/// What is worth keeping of a load, and has not been kept yet.
#[derive(Debug, Default)]
pub struct Unkept {
    events: Arc<EventFiles>,
    parsed: usize,
}

/// What was read of an event file, and its place among them.
pub(super) type Placed = (usize, Kept);

/// The cache of a desk.
struct Cache {
    folder: PathBuf,
    program: [u8; 32],
}

impl Unkept {
    /// Of files as they were read, unless they are few, and how many of them had to be parsed.
    pub(super) fn new(events: Arc<EventFiles>, parsed: usize) -> Self {
        Self { events: if events.files.len() < FEW { Arc::default() } else { events }, parsed }
    }

    /// How many event files were parsed, since neither this nor an earlier run had read them as they are.
    pub fn parsed(&self) -> usize {
        self.parsed
    }
}

impl Folder {
    /// What is kept of event files, nothing of it read yet.
    pub(super) fn pieces(&self) -> Pieces {
        let cache = Cache::of(self);
        let left = cache.as_ref().map(Cache::pieces).unwrap_or_default();
        Pieces { cache, left, read: Vec::new() }
    }

    /// Keeps what was read for the next run; what is kept already is not written again.
    ///
    /// A desk that takes no files has no cache.
    pub fn keep(&self, unkept: &Unkept) {
        if unkept.events.files.is_empty() || unkept.parsed == 0 || self.state_folder().is_err() {
            return;
        }
        let Some(cache) = Cache::of(self) else { return };
        if std::fs::create_dir_all(&cache.folder).is_err() {
            return;
        }
        let entries: Vec<Entry<'_>> = unkept
            .events
            .files
            .iter()
            .zip(&unkept.events.read)
            .filter_map(|(file, kept)| {
                let kept = kept.as_ref()?;
                Some(Entry { path: &file.relative, stamp: kept.stamp.filter(|_| file.plain)?, kept })
            })
            .collect();
        let there: HashSet<PathBuf> = cache.pieces().into_iter().collect();
        let pieces: Vec<(PathBuf, &[Entry<'_>])> =
            cut(&entries).into_iter().map(|members| (cache.folder.join(cache.name(members)), members)).collect();
        pieces.par_iter().filter(|(path, _)| !there.contains(path)).for_each(|(path, members)| {
            let Some(bytes) = piece::write(&cache.program, members) else { return };
            // A piece that is cut short has a wrong hash and is not read: no need to wait for the disk.
            let temporary = tempfile::Builder::new()
                .prefix(&write::temporary_prefix())
                .suffix(write::TEMPORARY)
                .tempfile_in(&cache.folder);
            if let Ok(mut file) = temporary
                && file.write_all(&bytes).is_ok()
            {
                let _ = file.persist(path);
            }
        });
        let wanted: HashSet<&Path> = pieces.iter().map(|(path, _)| path.as_path()).collect();
        // Another run may be writing the pieces of a desk as it sees it: only what it has finished is removed.
        for old in there.iter().filter(|path| !wanted.contains(path.as_path())) {
            let _ = std::fs::remove_file(old);
        }
    }
}

/// Pieces of the cache that are still to be read, and what was read of others.
pub(super) struct Pieces {
    cache: Option<Cache>,
    left: Vec<PathBuf>,
    read: Vec<Vec<Member>>,
}

impl Pieces {
    /// Reads pieces one by one until it is known which files there are.
    pub(super) fn read_ahead(mut self, known: &AtomicBool) -> Self {
        let Some(cache) = &self.cache else { return self };
        let mut bytes = Vec::new();
        while !known.load(Ordering::Relaxed)
            && let Some(path) = self.left.pop()
        {
            self.read.push(cache.read(&path, &mut bytes, &|_, _| true));
        }
        self
    }

    /// Fills in what is kept of files that have not been read yet; `news` is told of each piece, by its places in `read`.
    pub(super) fn recall(self, files: &[EventFile], read: &mut [Option<Kept>], news: &(dyn Fn(&[Placed]) + Sync)) {
        let missing = read.iter().filter(|kept| kept.is_none()).take(FEW).count();
        let Some(cache) = self.cache.filter(|_| missing == FEW) else { return };
        let is_missing: Vec<bool> = read.iter().map(Option::is_none).collect();
        // Members of a piece are neighbours on the desk, nearly always.
        let place = |path: &str, stamp: Stamp, after: usize| {
            let is_it = |i: &usize| files.get(*i).is_some_and(|file| *file.relative == *path);
            let search = || files.binary_search_by(|file| (*file.relative).cmp(path)).ok();
            let i = Some(after + 1).filter(is_it).or_else(search)?;
            (files.get(i)?.stamp == Some(stamp) && is_missing.get(i) == Some(&true)).then_some(i)
        };
        let placed = |members: Vec<Member>| {
            let mut last = 0;
            let mut found = Vec::with_capacity(members.len());
            for (path, kept) in members {
                let Some(i) = kept.stamp.and_then(|stamp| place(&path, stamp, last)) else { continue };
                last = i;
                found.push((i, kept));
            }
            if !found.is_empty() {
                news(&found);
            }
            found
        };
        let mut found: Vec<Vec<Placed>> = self.read.into_iter().map(placed).collect();
        let wanted = |path: &str, stamp| place(path, stamp, 0).is_some();
        let rest = self.left.par_iter().map_init(Vec::new, |bytes, path| placed(cache.read(path, bytes, &wanted)));
        found.par_extend(rest);
        for (i, kept) in found.into_iter().flatten() {
            if let Some(place) = read.get_mut(i) {
                *place = Some(kept);
            }
        }
    }
}

/// Members of pieces, in their order.
fn cut<'e, 'a>(entries: &'e [Entry<'a>]) -> Vec<&'e [Entry<'a>]> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (i, entry) in entries.iter().enumerate() {
        let ends = blake3::hash(entry.path.as_bytes()).as_bytes().first() == Some(&0);
        if ends || i + 1 - start == MOST || i + 1 == entries.len() {
            pieces.extend(entries.get(start..=i));
            start = i + 1;
        }
    }
    pieces
}

/// What tells this program from every other, and from itself when it was built otherwise: what one makes of a file is nothing
/// to another.
pub(super) fn program() -> Option<[u8; 32]> {
    let program = std::env::current_exe().ok()?.metadata().ok()?;
    let built = program.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    let program = (FORM, env!("CARGO_PKG_VERSION"), program.len(), built);
    Some(*blake3::hash(&postcard::to_allocvec(&program).ok()?).as_bytes())
}

impl Cache {
    fn of(folder: &Folder) -> Option<Self> {
        Some(Self { folder: folder.root.join(STATE).join(CACHE), program: program()? })
    }

    /// Every finished piece.
    fn pieces(&self) -> Vec<PathBuf> {
        super::files_in(&self.folder, piece::ENDING)
    }

    /// The members of a piece that are wanted.
    fn read(&self, path: &Path, bytes: &mut Vec<u8>, wanted: &dyn Fn(&str, Stamp) -> bool) -> Vec<Member> {
        piece::read(path, &self.program, bytes, wanted).unwrap_or_else(|| {
            // It is of no use to anybody, and its name would say that it need not be written.
            let _ = std::fs::remove_file(path);
            Vec::new()
        })
    }

    fn name(&self, members: &[Entry<'_>]) -> String {
        let mut hasher = blake3::Hasher::new_keyed(&self.program);
        for member in members {
            // A path holds no NUL.
            hasher.update(member.path.as_bytes()).update(&[0]);
            hasher.update(&postcard::to_allocvec(&member.stamp).unwrap_or_default());
        }
        let hash = hasher.finalize().to_hex();
        format!("{}.{}", hash.get(..32).unwrap_or_default(), piece::ENDING)
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
