//! What the journals of a draft are worth, held against what is in its file.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Replayed, Unreadable, hash, replay};
use crate::draft::history::History;

/// A journal as found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its file.
    pub file: PathBuf,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Words that a journal has and the draft's file does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The journal.
    pub file: PathBuf,
    /// The draft as it was last.
    pub text: Arc<str>,
    /// When it last changed: seconds since 1970.
    pub changed: u64,
    /// The same for people: `25 Nov 14:03`; whoever knows the writer's clock fills it in.
    pub when: String,
    /// How many words the file does not have.
    pub words: usize,
    /// Whether the journal's end was damaged and is missing.
    pub cut: bool,
}

/// What is known of a draft's past.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// What can be undone and redone from the text that the file holds.
    pub history: Option<History>,
    /// What the file does not have, oldest first.
    pub kept: Vec<Kept>,
    /// Journals that nobody misses once another one is there.
    pub spent: Vec<PathBuf>,
    /// Journals of another version of the program, or damaged from the start; they are left alone.
    pub foreign: Vec<(PathBuf, Unreadable)>,
}

/// Judges the journals of a draft whose file holds this text, or is not there.
pub fn judge(found: Vec<Found>, file: Option<&str>) -> Past {
    let mut past = Past::default();
    for (path, replayed) in newest_of_sessions(found, file, &mut past) {
        let (at_file, kept) = if replayed.left || replayed.journal.text.is_empty() && file.is_none() {
            (None, false)
        } else if file == Some(&*replayed.journal.text) {
            (Some(replayed.journal.history), false)
        } else if file.is_none() {
            (None, true)
        } else {
            // All that was written was saved: then somebody else has changed the file since.
            (replayed.at_file, replayed.journal.saved != Some(hash(&replayed.journal.text)))
        };
        if at_file.is_some() {
            // The journals come in the order of their last changes.
            past.history = at_file;
        }
        if !kept {
            past.spent.push(path);
            continue;
        }
        past.kept.push(Kept {
            file: path,
            words: words_beyond(file.unwrap_or_default(), &replayed.journal.text),
            text: replayed.journal.text,
            changed: replayed.changed,
            when: String::new(),
            cut: replayed.cut,
        });
    }
    past
}

/// Of each session the journal it wrote last, in the order of their last changes.
fn newest_of_sessions(found: Vec<Found>, file: Option<&str>, past: &mut Past) -> Vec<(PathBuf, Replayed)> {
    let mut sessions: HashMap<[u8; 16], (PathBuf, Replayed)> = HashMap::new();
    for Found { file: path, bytes } in found {
        if bytes.is_empty() {
            // The power went before the first word of it was on disk.
            past.spent.push(path);
            continue;
        }
        let new = match replay(&bytes, file) {
            Ok(replayed) => replayed,
            Err(reason) => {
                past.foreign.push((path, reason));
                continue;
            }
        };
        match sessions.remove(&new.session) {
            Some(old) if old.1.generation > new.generation => {
                past.spent.push(path);
                sessions.insert(new.session, old);
            }
            old => {
                past.spent.extend(old.map(|(path, _)| path));
                sessions.insert(new.session, (path, new));
            }
        }
    }
    let mut all: Vec<_> = sessions.into_values().collect();
    all.sort_by(|(a, old), (b, new)| (old.changed, a).cmp(&(new.changed, b)));
    all
}

/// How many words of `text` stand where `file` has others, or none.
pub fn words_beyond(file: &str, text: &str) -> usize {
    let (old, new): (Vec<_>, Vec<_>) = (file.split_whitespace().collect(), text.split_whitespace().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let behind = old[same..].iter().rev().zip(new[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    new.len() - same - behind
}
