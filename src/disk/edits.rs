//! The edits of event files, written down so that a later run of the program can take them back:
//! `.attache/event-edits.jsonl`, a line each.
//!
//! A line stands on disk before the files that it is about are written. What did not come about then, or was taken
//! back since, is seen by the hashes of the files.

use std::collections::{BTreeMap, VecDeque};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Component, Path};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Folder, STATE, journal, make_state_folder, read_text, write};
use crate::event_file::edit::{Doing, PastEdit, WrittenEvent, hash};

/// The file's name.
const FILE: &str = "event-edits.jsonl";
/// How many edits are kept once the file is long.
const KEPT: usize = 50;
/// A file that is longer, in bytes, is written anew.
const LONG: u64 = 1 << 20;
/// How often another run is waited for, and how long each time.
const WAITS: (u32, Duration) = (40, Duration::from_millis(5));

/// What a line says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Line {
    /// An edit is about to be made.
    Made(Made),
    /// It was taken back.
    Back(u64),
    /// It was made again.
    Again(u64),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Made {
    number: u64,
    /// Seconds since 1970.
    time: u64,
    what: String,
    files: Vec<WrittenEvent>,
}

impl Folder {
    /// Writes down a new edit before it is made; gives its number.
    ///
    /// # Errors
    /// The desk takes no such file, or the disk is full.
    pub(super) fn note_edit(&self, what: &str, files: Vec<WrittenEvent>) -> io::Result<u64> {
        let number = journal::number();
        self.note(&Line::Made(Made { number, time: journal::now(), what: what.to_owned(), files }))?;
        Ok(number)
    }

    /// Writes down that an edit was taken back or made again. Where that fails, the files' hashes say so.
    pub(super) fn note_way(&self, doing: &Doing) {
        let line = match doing {
            Doing::Back(Some(number)) => Line::Back(*number),
            Doing::Again(Some(number)) => Line::Again(*number),
            Doing::New(_) | Doing::Back(None) | Doing::Again(None) => return,
        };
        let _ = self.note(&line);
    }

    fn note(&self, line: &Line) -> io::Result<()> {
        let folder = self.root().join(STATE);
        make_state_folder(&folder)?;
        append(&folder.join(FILE), line)
    }

    /// The edits that earlier runs made and that stand, the last one last.
    pub fn past_edits(&self) -> Vec<PastEdit> {
        let file = plain(&self.root().join(STATE).join(FILE), OpenOptions::new().read(true));
        let bytes = file.and_then(|mut file| whole(&mut file)).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let mut now: BTreeMap<String, Option<String>> = BTreeMap::new();
        let mut past: Vec<PastEdit> = Vec::new();
        for Made { number, time, what, mut files } in stacks(&text).done.into_iter().rev() {
            // Whoever wrote the list: nothing leads out of the desk.
            files.retain(|file| Path::new(&file.path).components().all(|part| matches!(part, Component::Normal(_))));
            files.retain(|file| {
                let holds = now.entry(file.path.clone());
                let holds = holds.or_insert_with(|| Some(hash(&read_text(&self.root().join(&file.path)).ok()?)));
                if holds.as_ref() == Some(&file.after) {
                    *holds = Some(file.before.clone());
                    return true;
                }
                // Never written, or taken back by hand.
                holds.as_ref() != Some(&file.before)
            });
            if !files.is_empty() {
                past.push(PastEdit { number, what, when: journal::moment(time), files });
            }
        }
        past.reverse();
        past
    }
}

/// What can be taken back, and what can be made again, the last one last.
#[derive(Debug, Default)]
struct Stacks {
    done: VecDeque<Made>,
    undone: VecDeque<Made>,
}

/// Reads the lines; one that is torn says nothing.
fn stacks(text: &str) -> Stacks {
    let mut stacks = Stacks::default();
    let moved = |number: u64, from: &mut VecDeque<Made>, to: &mut VecDeque<Made>| {
        let at = from.iter().rposition(|made| made.number == number);
        to.extend(at.and_then(|at| from.remove(at)));
    };
    for line in text.lines().filter_map(|line| serde_json::from_str(line).ok()) {
        let Stacks { done, undone } = &mut stacks;
        match line {
            Line::Made(made) => done.push_back(made),
            Line::Back(number) => moved(number, done, undone),
            Line::Again(number) => moved(number, undone, done),
        }
    }
    stacks
}

/// The lines that say so much and no more, of the last edits.
fn shortened(text: &str) -> io::Result<String> {
    let last = |mut all: VecDeque<Made>| all.split_off(all.len().saturating_sub(KEPT));
    let Stacks { done, undone } = stacks(text);
    let both = |made: Made| {
        let number = made.number;
        [Line::Made(made), Line::Back(number)]
    };
    let mut out = String::new();
    for line in last(undone).into_iter().flat_map(both).chain(last(done).into_iter().map(Line::Made)) {
        out.push_str(&serde_json::to_string(&line)?);
        out.push('\n');
    }
    Ok(out)
}

/// Puts a line behind the others, on disk before this returns.
fn append(path: &Path, line: &Line) -> io::Result<()> {
    let is_new = !path.exists();
    let (mut file, locked) = open(path)?;
    let mut bytes = Vec::new();
    let length = file.seek(SeekFrom::End(0))?;
    if length > 0 {
        let mut last = [0];
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        // A line that was torn ends here.
        if last != *b"\n" {
            bytes.push(b'\n');
        }
    }
    serde_json::to_writer(&mut bytes, line)?;
    bytes.push(b'\n');
    file.write_all(&bytes)?;
    file.sync_data()?;
    if is_new {
        path.parent().map_or(Ok(()), write::sync_folder)?;
    }
    if locked && length > LONG {
        // A long file is still a good one.
        let _ = shorten(path, &mut file);
    }
    Ok(())
}

/// The file to add to, and whether other runs keep off meanwhile.
fn open(path: &Path) -> io::Result<(File, bool)> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    for _ in 0..WAITS.0 {
        let file = plain(path, &options)?;
        // Another run may have written it anew before it was locked.
        if file.try_lock().is_ok() && same(&file, path) {
            return Ok((file, true));
        }
        std::thread::sleep(WAITS.1);
    }
    // No locks here, or somebody holds it: a line is added in one write all the same.
    Ok((plain(path, &options)?, false))
}

/// All of a file; a line that was torn may end within a character.
fn whole(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a file that is one.
fn plain(path: &Path, options: &OpenOptions) -> io::Result<File> {
    if fs::symlink_metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return Err(io::Error::other(format!("{} is not a plain file", super::shown(path))));
    }
    options.open(path)
}

#[cfg(unix)]
fn same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let number = |meta: fs::Metadata| (meta.dev(), meta.ino());
    file.metadata().ok().map(number) == fs::symlink_metadata(path).ok().map(number)
}

#[cfg(not(unix))]
fn same(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Writes the file anew with the last edits alone.
fn shorten(path: &Path, file: &mut File) -> io::Result<()> {
    let bytes = whole(file)?;
    let short = shortened(&String::from_utf8_lossy(&bytes))?;
    write::save(path, short.as_bytes(), Some(write::hash(&bytes)), &Vec::new).map_err(io::Error::other)?;
    Ok(())
}

#[cfg(test)]
mod tests;
