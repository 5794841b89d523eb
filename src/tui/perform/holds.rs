//! The lock of the draft that is open, as the thread that writes files has it.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::app::hold::{Held, Holder, Wish};
use crate::disk::Folder;
use crate::disk::lock::{self, Asked, Lock};

/// The lock that we have, if we have one: there is one open draft.
#[derive(Default)]
pub(super) struct Holds(Mutex<Option<Mine>>);

/// A draft that is ours.
struct Mine {
    file: PathBuf,
    /// None where the folder takes no locks.
    lock: Option<Lock>,
}

impl Mine {
    /// Who has taken over.
    fn taken_by(&self) -> Option<lock::Holder> {
        self.lock.as_ref()?.taken_by()
    }

    /// Whether the lock, if there can be one, is what it was.
    fn is_whole(&self) -> bool {
        self.lock.as_ref().is_none_or(Lock::is_ours)
    }
}

impl Holds {
    /// Does what is wanted of a draft's lock; that of any other draft is let go.
    pub(super) fn wish(&self, folder: &Folder, file: &Path, wish: Wish) -> Held {
        let mut mine = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if mine.as_ref().is_some_and(|mine| mine.file != file) {
            *mine = None;
        }
        let new = match (&*mine, wish) {
            (_, Wish::TakeOver) => folder.take_over(file).map(Asked::Ours),
            (Some(had), _) => match had.taken_by() {
                Some(holder) => return Held::Theirs(told(holder)),
                None if had.is_whole() => return Held::Ours,
                // Somebody removed the file of the lock.
                None => folder.lock(file),
            },
            (None, Wish::Look) => {
                return folder.holder(file).map_or(Held::Nobody, |holder| Held::Theirs(told(holder)));
            }
            (None, Wish::Take) => folder.lock(file),
        };
        let lock = match new {
            Ok(Asked::Theirs(holder)) => return Held::Theirs(told(holder)),
            Ok(Asked::Ours(lock)) => Some(lock),
            // Where no lock can be, none is waited for: the save says what is wrong with the folder.
            Err(_) => None,
        };
        *mine = Some(Mine { file: file.to_path_buf(), lock });
        Held::Ours
    }

    /// Whether a draft may be written: only by the run that has it.
    pub(super) fn may_write(&self, folder: &Folder, file: &Path) -> Result<(), Holder> {
        match self.wish(folder, file, Wish::Take) {
            Held::Theirs(holder) => Err(holder),
            Held::Ours | Held::Nobody => Ok(()),
        }
    }
}

fn told(holder: lock::Holder) -> Holder {
    Holder { user: holder.user, host: holder.host, since: holder.since }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk() -> (tempfile::TempDir, Folder, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let draft = dir.path().join("briefs/drafts/li.md");
        std::fs::create_dir_all(draft.parent().unwrap()).unwrap();
        std::fs::write(&draft, "x").unwrap();
        let folder = Folder::at(dir.path());
        (dir, folder, draft)
    }

    #[test]
    fn two_runs_and_one_draft() {
        let (_dir, folder, draft) = desk();
        let (first, second) = (Holds::default(), Holds::default());
        assert_eq!(second.wish(&folder, &draft, Wish::Look), Held::Nobody);
        assert_eq!(first.wish(&folder, &draft, Wish::Take), Held::Ours);
        assert_eq!(first.wish(&folder, &draft, Wish::Look), Held::Ours, "it never meets itself");
        assert!(matches!(second.wish(&folder, &draft, Wish::Look), Held::Theirs(_)));
        assert!(second.may_write(&folder, &draft).is_err() && first.may_write(&folder, &draft).is_ok());
        drop(first);
        assert_eq!(second.wish(&folder, &draft, Wish::Take), Held::Ours);
    }

    #[test]
    fn a_lock_that_was_removed_is_made_again_and_another_draft_lets_it_go() {
        let (dir, folder, draft) = desk();
        let (first, second) = (Holds::default(), Holds::default());
        first.wish(&folder, &draft, Wish::Take);
        std::fs::remove_dir_all(dir.path().join(".attache")).unwrap();
        assert_eq!(first.wish(&folder, &draft, Wish::Look), Held::Ours);
        assert!(matches!(second.wish(&folder, &draft, Wish::Look), Held::Theirs(_)));
        assert_eq!(first.wish(&folder, &draft.with_file_name("other.md"), Wish::Look), Held::Nobody);
        assert_eq!(second.wish(&folder, &draft, Wish::Look), Held::Nobody);
    }

    #[test]
    fn where_no_lock_can_be_saving_goes_on() {
        let (dir, folder, draft) = desk();
        std::fs::write(dir.path().join(".attache"), "a file").unwrap();
        assert!(Holds::default().may_write(&folder, &draft).is_ok());
    }
}
