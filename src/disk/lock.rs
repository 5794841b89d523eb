//! Who works on a draft: a file in `.attache/locks/` that the system locks for as long as its holder lives.
//!
//! The system lets go of a lock at any death, so what a killed run left never blocks. Where it cannot lock, or
//! the lock is another computer's in a shared folder, what the file says decides. Taking over puts another file
//! in its place: the holder before sees that the name leads elsewhere, and writes no more.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use super::{Folder, stem, write};

/// The folder of the locks, in the desk.
pub(super) const LOCKS: &str = ".attache/locks";
/// More than this no lock of ours says.
const LONGEST: u64 = 4096;

/// Who has a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// The process, on its computer.
    pub pid: i32,
    /// The computer.
    pub host: String,
    /// The user.
    pub user: String,
    /// When the draft was first changed there: `2024-08-20 14:05`.
    pub since: String,
}

/// A draft is ours for as long as this lives.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// What came of asking for a lock.
#[derive(Debug)]
pub enum Asked {
    /// It is ours.
    Ours(Lock),
    /// It is somebody else's.
    Theirs(Holder),
}

impl Folder {
    /// Who has the draft, if anybody has; this changes nothing.
    pub fn holder(&self, draft: &Path) -> Option<Holder> {
        let file = open(&self.lock_path(draft), false).ok()?;
        let holder = Holder::read(&file);
        match file.try_lock_shared() {
            // Nobody holds it here; what another computer holds cannot be seen.
            Ok(()) => holder.filter(Holder::is_elsewhere),
            Err(TryLockError::WouldBlock) => Some(holder.unwrap_or_default()),
            Err(TryLockError::Error(_)) => holder.filter(Holder::may_live),
        }
    }

    /// Takes the lock of a draft unless somebody has it.
    ///
    /// # Errors
    /// There can be no lock here: the folder takes no files.
    pub fn lock(&self, draft: &Path) -> io::Result<Asked> {
        let path = self.lock_file(draft)?;
        // Each turn, somebody else was quicker.
        for _ in 0..16 {
            let file = open(&path, true)?;
            let holder = Holder::read(&file);
            let theirs = match file.try_lock() {
                Ok(()) => holder.filter(Holder::is_elsewhere),
                Err(TryLockError::WouldBlock) => Some(holder.unwrap_or_default()),
                Err(TryLockError::Error(_)) => holder.filter(Holder::may_live),
            };
            if let Some(theirs) = theirs {
                return Ok(Asked::Theirs(theirs));
            }
            let lock = Lock { file, path: path.clone() };
            if lock.is_ours() {
                Holder::of_this_process().write(&lock.file)?;
                return Ok(Asked::Ours(lock));
            }
        }
        Err(io::Error::other("the lock changes hands again and again"))
    }

    /// Takes the lock of a draft from whoever has it.
    ///
    /// # Errors
    /// There can be no lock here: the folder takes no files.
    pub fn take_over(&self, draft: &Path) -> io::Result<Lock> {
        let path = self.lock_file(draft)?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let new = tempfile::Builder::new().prefix(".attache-").suffix(".tmp").tempfile_in(folder)?;
        let _ = new.as_file().try_lock();
        Holder::of_this_process().write(new.as_file())?;
        let file = new.persist(&path).map_err(|e| e.error)?;
        Ok(Lock { file, path })
    }

    fn lock_file(&self, draft: &Path) -> io::Result<PathBuf> {
        self.state_folder()?;
        write::create_folders(&self.root.join(LOCKS))?;
        Ok(self.lock_path(draft))
    }

    /// One file a draft, by whatever way it was opened: named for people, and told apart by a hash.
    fn lock_path(&self, draft: &Path) -> PathBuf {
        let real = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path));
        let root = real(&self.root).unwrap_or_else(|_| self.root.clone());
        let file = draft.canonicalize().ok().or_else(|| {
            // A draft that is not on the disk yet lies in a folder that is.
            let folder = real(draft.parent()?).ok()?;
            Some(folder.join(draft.file_name()?))
        });
        let file = file.unwrap_or_else(|| draft.to_path_buf());
        let inside = file.strip_prefix(&root).unwrap_or(&file);
        let hash = write::hash(inside.as_os_str().as_encoded_bytes()).to_hex();
        let harmless = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '+' };
        let name: String = stem(&file).chars().take(40).map(harmless).collect();
        self.root.join(LOCKS).join(format!("{name}-{}", hash.get(..12).unwrap_or_default()))
    }

    /// Whether a path is that of the locks, or of one of them.
    pub fn is_lock(&self, path: &Path) -> bool {
        path.ends_with(LOCKS) || path.parent().is_some_and(|folder| folder.ends_with(LOCKS))
    }
}

/// Opens a lock's file, never through a link nor waiting; without `create`, only to read.
fn open(path: &Path, create: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(create).create(create);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt as _;
        let flags = (OFlags::NONBLOCK | OFlags::NOFOLLOW).bits();
        options.mode(0o600).custom_flags(i32::try_from(flags).unwrap_or_default());
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("the lock is no plain file")) }
}

impl Lock {
    /// Whether its name still leads to it: else somebody has taken over, or removed it.
    pub fn is_ours(&self) -> bool {
        let Ok(there) = open(&self.path, false) else { return false };
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let of = |file: &File| file.metadata().ok().map(|meta| (meta.dev(), meta.ino()));
            of(&there).is_some() && of(&there) == of(&self.file)
        }
        #[cfg(not(unix))]
        {
            Holder::read(&there).is_none_or(|holder| holder.is_this_process())
        }
    }

    /// Who has taken over; `None` while the lock is ours, or if its file was only removed.
    pub fn taken_by(&self) -> Option<Holder> {
        if self.is_ours() {
            return None;
        }
        let there = open(&self.path, false).ok()?;
        Some(Holder::read(&there).unwrap_or_default()).filter(|holder| !holder.is_this_process())
    }
}

impl Drop for Lock {
    /// Who ends in order leaves nothing behind.
    fn drop(&mut self) {
        if self.is_ours() {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

impl Holder {
    fn of_this_process() -> Self {
        let pid = i32::try_from(std::process::id()).unwrap_or_default();
        let since = jiff::ZonedDateTime::now().strftime("%Y-%m-%d %H:%M").to_string();
        Self { pid, host: host(), user: user(), since }
    }

    fn is_this_process(&self) -> bool {
        i64::from(self.pid) == i64::from(std::process::id()) && self.host == host()
    }

    fn is_elsewhere(&self) -> bool {
        self.host != host()
    }

    /// Whether it may still be at work, as far as can be known without a lock.
    fn may_live(&self) -> bool {
        self.is_elsewhere() || !self.is_this_process() && write::is_alive(self.pid)
    }

    /// What a lock's file says; `None` if it says nothing, as one that is being made.
    fn read(mut file: &File) -> Option<Self> {
        let mut bytes = Vec::new();
        file.rewind().ok()?;
        file.take(LONGEST).read_to_end(&mut bytes).ok()?;
        Self::parse(&String::from_utf8_lossy(&bytes))
    }

    fn parse(text: &str) -> Option<Self> {
        let value = |key: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
            // Anybody may have written it.
            line.map(short)
        };
        let pid = value("pid")?.parse().ok()?;
        Some(Self {
            pid,
            host: value("host")?,
            user: value("user").unwrap_or_default(),
            since: value("since").unwrap_or_default(),
        })
    }

    fn write(&self, mut file: &File) -> io::Result<()> {
        let Self { pid, host, user, since } = self;
        file.set_len(0)?;
        file.rewind()?;
        file.write_all(format!("pid: {pid}\nhost: {host}\nuser: {user}\nsince: {since}\n").as_bytes())
    }
}

/// The name of this computer.
fn host() -> String {
    let files = ["/proc/sys/kernel/hostname", "/etc/hostname"].into_iter();
    let named = files.filter_map(|path| std::fs::read_to_string(path).ok());
    let set = ["HOSTNAME", "COMPUTERNAME"].into_iter().filter_map(|name| std::env::var(name).ok());
    one_word(named.chain(set))
}

/// The name of the user.
fn user() -> String {
    let set = ["USER", "LOGNAME", "USERNAME"].into_iter().filter_map(|name| std::env::var(name).ok());
    #[cfg(unix)]
    let set = set.chain([format!("user {}", rustix::process::geteuid().as_raw())]);
    one_word(set)
}

fn one_word(mut candidates: impl Iterator<Item = String>) -> String {
    let found = candidates.find(|name| !name.trim().is_empty()).unwrap_or_else(|| "unknown".to_owned());
    short(&found)
}

/// A text that anybody may have written, as a few plain words.
fn short(text: &str) -> String {
    let line = crate::model::text::one_line(text);
    crate::model::text::clean(line.trim()).chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn desk() -> (tempfile::TempDir, Folder, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let draft = dir.path().join("briefs/drafts/li.md");
        std::fs::create_dir_all(draft.parent().unwrap()).unwrap();
        std::fs::write(&draft, "x").unwrap();
        let folder = Folder::at(dir.path());
        (dir, folder, draft)
    }

    fn ours(asked: io::Result<Asked>) -> Lock {
        match asked.unwrap() {
            Asked::Ours(lock) => lock,
            Asked::Theirs(holder) => panic!("{holder:?}"),
        }
    }

    #[test]
    fn the_second_is_told_who_and_since_when() {
        let (_dir, folder, draft) = desk();
        assert_eq!(folder.holder(&draft), None);
        let lock = ours(folder.lock(&draft));
        let Asked::Theirs(holder) = folder.lock(&draft).unwrap() else { panic!("two hold it") };
        assert_eq!(holder, Holder { since: holder.since.clone(), ..Holder::of_this_process() });
        assert_eq!(holder.since.len(), "2024-08-20 14:05".len());
        assert_eq!(folder.holder(&draft), Some(holder));
        // By another way to the same file.
        let other = draft.parent().unwrap().join("../drafts/li.md");
        assert!(matches!(folder.lock(&other).unwrap(), Asked::Theirs(_)));
        let another = ours(folder.lock(&draft.with_file_name("other.md")));
        drop((lock, another));
        assert_eq!(folder.holder(&draft), None);
        assert_eq!(std::fs::read_dir(folder.root().join(LOCKS)).unwrap().count(), 0, "nothing is left");
    }

    #[test]
    #[cfg(unix)]
    fn a_lock_is_private_and_kept_out_of_git() {
        use std::os::unix::fs::PermissionsExt as _;
        let (dir, folder, draft) = desk();
        let lock = ours(folder.lock(&draft));
        assert_eq!(std::fs::metadata(&lock.path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(dir.path().join(".attache/.gitignore").exists());
        let lock = folder.take_over(&draft).unwrap();
        assert_eq!(std::fs::metadata(&lock.path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn who_is_taken_over_sees_it_and_removes_nothing() {
        let (_dir, folder, draft) = desk();
        let first = ours(folder.lock(&draft));
        assert!(first.is_ours() && first.taken_by().is_none());
        let second = folder.take_over(&draft).unwrap();
        assert!(!first.is_ours() && second.is_ours());
        drop(first);
        assert!(second.is_ours(), "the end of the first leaves the second's");
        assert!(matches!(folder.lock(&draft).unwrap(), Asked::Theirs(_)));
        drop(second);
        ours(folder.lock(&draft));
    }

    #[test]
    fn what_a_dead_run_left_never_blocks_and_another_computers_lock_is_shown() {
        let (_dir, folder, draft) = desk();
        let path = folder.lock_file(&draft).unwrap();
        let holder = Holder { pid: i32::MAX, host: host(), user: "anna".into(), since: "2024-08-20 14:05".into() };
        let write = |holder: &Holder| holder.write(&File::create(&path).unwrap()).unwrap();
        write(&holder);
        assert_eq!(folder.holder(&draft), None);
        drop(ours(folder.lock(&draft)));
        for rubbish in ["", "pid: x\nhost: y\n", "\0\0\0"] {
            std::fs::write(&path, rubbish).unwrap();
            drop(ours(folder.lock(&draft)));
        }
        let elsewhere = Holder { host: "another".into(), ..holder };
        write(&elsewhere);
        assert_eq!(folder.holder(&draft), Some(elsewhere.clone()));
        let Asked::Theirs(told) = folder.lock(&draft).unwrap() else { panic!("it was taken") };
        assert_eq!(told, elsewhere);
        assert!(folder.take_over(&draft).unwrap().is_ours());
    }

    #[test]
    fn without_the_systems_lock_what_the_file_says_decides() {
        let of = |pid, host: String| Holder { pid, host, ..Holder::default() };
        assert!(!of(i32::MAX, host()).may_live());
        assert!(of(i32::MAX, "another".into()).may_live());
        assert!(!Holder::of_this_process().may_live(), "our own");
        #[cfg(target_os = "linux")]
        assert!(of(1, host()).may_live());
    }

    #[test]
    fn where_no_file_can_be_made_there_is_no_lock() {
        let (dir, folder, draft) = desk();
        std::fs::write(dir.path().join(".attache"), "a file").unwrap();
        assert!(folder.lock(&draft).is_err() && folder.take_over(&draft).is_err());
        assert_eq!(folder.holder(&draft), None);
    }

    proptest! {
        #[test]
        fn whatever_a_lock_says_is_safe_to_show(bytes in proptest::collection::vec(any::<u8>(), 0..200), user in "\\PC*|.*") {
            let _ = Holder::parse(&String::from_utf8_lossy(&bytes));
            let text = format!("pid: 1\nhost: h\nuser: {user}\nsince: x\n");
            if let Some(holder) = Holder::parse(&text) {
                prop_assert!(!holder.user.chars().any(char::is_control));
            }
        }
    }
}
