use super::*;

fn nowhere() -> Vec<PathBuf> {
    Vec::new()
}

fn saved(path: &Path, bytes: &[u8], expected: Option<Hash>) -> Result<Hash, SaveError> {
    save(path, bytes, expected, &nowhere).map(|written| written.hash)
}

#[test]
fn a_file_changed_behind_our_back_is_not_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.md");
    let first = saved(&path, b"one", None).unwrap();
    fs::write(&path, "theirs").unwrap();
    assert!(matches!(saved(&path, b"two", Some(first)), Err(SaveError::Changed)));
    assert_eq!(fs::read(&path).unwrap(), b"theirs");
    assert!(matches!(saved(&dir.path().join("b.md"), b"x", Some(first)), Err(SaveError::Changed)));
    overwrite(&path, b"two", &nowhere).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    assert_eq!(fs::read(dir.path().join("a.md.bak")).unwrap(), b"theirs");
}

#[test]
fn a_change_between_the_look_and_the_rename_is_seen() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.md");
    fs::write(&path, "old").unwrap();
    let old = plain::open(&path).unwrap().unwrap();
    // Another program, by another file in its place, as long as the old one.
    fs::write(dir.path().join("b"), "new").unwrap();
    fs::rename(dir.path().join("b"), &path).unwrap();
    assert!(matches!(put(&path, b"ours", Some(&old), &nowhere), Err(SaveError::Changed)));
    assert_eq!(fs::read(&path).unwrap(), b"new");
    let gone = dir.path().join("c.md");
    fs::write(&gone, "appeared").unwrap();
    assert!(matches!(put(&gone, b"ours", None, &nowhere), Err(SaveError::Changed)));
    assert_eq!(names(dir.path()), ["a.md", "c.md"], "no temporary file is left");
}

#[test]
fn only_what_is_believed_to_be_there_is_deleted() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.md");
    let first = saved(&path, b"one", None).unwrap();
    fs::write(&path, "theirs").unwrap();
    assert!(matches!(delete(&path, first), Err(SaveError::Changed)));
    assert!(path.exists());
    delete(&path, hash(b"theirs")).unwrap();
    assert!(!path.exists());
    assert!(matches!(delete(&path, first), Err(SaveError::Changed)));
    assert!(matches!(delete(dir.path(), first), Err(SaveError::NotAFile)));
    assert!(dir.path().exists());
}

#[test]
fn bytes_that_are_there_but_were_never_said_to_be_saved_are_written_anew() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.md");
    // As after a save whose last sync failed.
    fs::write(&path, "new").unwrap();
    let before = plain::open(&path).unwrap().unwrap();
    saved(&path, b"new", Some(hash(b"old"))).unwrap();
    assert!(cfg!(not(unix)) || !before.is_still_at(&path), "another file has taken its place");
    let before = plain::open(&path).unwrap().unwrap();
    saved(&path, b"new", Some(hash(b"new"))).unwrap();
    assert!(before.is_still_at(&path), "nothing is written where nothing is new");
}

/// What is in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_file_in_the_place_of_a_folder_is_said_and_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("drafts"), "a file").unwrap();
    for inside in ["drafts/a.md", "drafts/deep/a.md"] {
        let error = saved(&dir.path().join(inside), b"x", None).unwrap_err();
        assert_eq!(error.to_string(), "its folder is not there: something else has that name", "{inside}");
    }
    assert_eq!(names(dir.path()), ["drafts"]);
    saved(&dir.path().join("new/deep/a.md"), b"x", None).unwrap();
    assert_eq!(fs::read(dir.path().join("new/deep/a.md")).unwrap(), b"x");
}

#[cfg(unix)]
mod what_a_file_was {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    use std::process::Command;

    use super::*;

    const OLD: &[u8] = b"old\n";
    const NEW: &[u8] = b"new and longer\n";

    /// All that must be the same before and after, and whether the file is the same one.
    fn looks(path: &Path) -> (u32, u32, u32, u64, Option<PathBuf>) {
        let link = fs::read_link(path).ok();
        let meta = fs::metadata(path).unwrap();
        (meta.mode(), meta.uid(), meta.gid(), meta.nlink(), link)
    }

    fn mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[cfg(target_os = "linux")]
    fn set(path: &Path, name: &str, value: &[u8]) -> bool {
        let set = rustix::fs::setxattr(path, name, value, rustix::fs::XattrFlags::empty());
        assert!(matches!(set, Ok(()) | Err(rustix::io::Errno::OPNOTSUPP)), "{set:?}");
        set.is_ok()
    }

    #[cfg(target_os = "linux")]
    fn get(path: &Path, name: &str) -> Option<Vec<u8>> {
        let mut value = vec![0; 1 << 16];
        let length = rustix::fs::getxattr(path, name, value.as_mut_slice()).ok()?;
        value.truncate(length);
        Some(value)
    }

    /// An access list: the owner reads and writes, user 65534 reads, nobody else does anything.
    #[cfg(target_os = "linux")]
    fn access_list() -> Vec<u8> {
        let mut list = 2_u32.to_le_bytes().to_vec();
        for (tag, may, id) in [(1, 6, u32::MAX), (2, 4, 65534), (4, 0, u32::MAX), (16, 4, u32::MAX), (32, 0, u32::MAX)]
        {
            list.extend(u16::to_le_bytes(tag));
            list.extend(u16::to_le_bytes(may));
            list.extend(u32::to_le_bytes(id));
        }
        list
    }

    #[test]
    fn it_stays() {
        type SetUp = (&'static str, fn(&Path));
        let set_ups: &[SetUp] = &[
            ("plain", |file| fs::write(file, OLD).unwrap()),
            ("private", |file| {
                fs::write(file, OLD).unwrap();
                mode(file, 0o600);
            }),
            ("for the group", |file| {
                fs::write(file, OLD).unwrap();
                mode(file, 0o640);
            }),
            ("in a folder that gives its group", |file| {
                mode(file.parent().unwrap(), 0o2775);
                fs::write(file, OLD).unwrap();
                mode(file, 0o664);
            }),
            ("a link", |file| {
                fs::write(file.with_file_name("real"), OLD).unwrap();
                symlink("real", file).unwrap();
            }),
            ("a link to a link into another folder", |file| {
                let deep = file.with_file_name("deep");
                fs::create_dir(&deep).unwrap();
                fs::write(deep.join("real"), OLD).unwrap();
                symlink("real", deep.join("between")).unwrap();
                symlink("deep/between", file).unwrap();
            }),
            ("two names", |file| {
                fs::write(file, OLD).unwrap();
                fs::hard_link(file, file.with_file_name("other")).unwrap();
            }),
            ("a link to two names", |file| {
                fs::write(file.with_file_name("real"), OLD).unwrap();
                fs::hard_link(file.with_file_name("real"), file.with_file_name("other")).unwrap();
                symlink("real", file).unwrap();
            }),
        ];
        for (name, set_up) in set_ups {
            for bytes in [NEW, b"", OLD] {
                let dir = tempfile::tempdir().unwrap();
                let backups = dir.path().join("backups");
                let folder = dir.path().join("folder");
                fs::create_dir(&folder).unwrap();
                let file = folder.join("a.md");
                set_up(&file);
                let (before, there) = (looks(&file), names(&folder));
                let written = save(&file, bytes, Some(hash(OLD)), &|| vec![backups.clone()]).unwrap();
                assert_eq!((written.hash, written.remark), (hash(bytes), None), "{name}");
                assert_eq!(fs::read(&file).unwrap(), bytes, "{name}");
                assert_eq!(looks(&file), before, "{name}");
                assert_eq!(names(&folder), there, "{name}");
                if name.contains("two names") {
                    assert_eq!(fs::read(folder.join("other")).unwrap(), bytes, "{name}");
                    assert!(!backups.exists() || names(&backups).is_empty(), "{name}");
                }
            }
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn its_attributes_and_access_list_stay() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.md");
        fs::write(&file, OLD).unwrap();
        mode(&file, 0o640);
        let attribute = set(&file, "user.origin", b"by hand\0");
        let list = set(&file, "system.posix_acl_access", &access_list());
        let before = (looks(&file), get(&file, "user.origin"), get(&file, "system.posix_acl_access"));
        assert_eq!((before.1.is_some(), before.2.is_some()), (attribute, list));
        let written = save(&file, NEW, Some(hash(OLD)), &nowhere).unwrap();
        assert_eq!(written.remark, None);
        assert_eq!((looks(&file), get(&file, "user.origin"), get(&file, "system.posix_acl_access")), before);
        // What this file system keeps: a run without either proves less, and the log of the run says so.
        eprintln!("attributes: {attribute}, access lists: {list}");
    }

    #[test]
    fn a_link_to_nothing_makes_what_it_leads_to() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.md");
        symlink("deep/real.md", &file).unwrap();
        saved(&file, NEW, None).unwrap();
        assert_eq!(fs::read_link(&file).unwrap(), Path::new("deep/real.md"));
        assert_eq!(fs::read(dir.path().join("deep/real.md")).unwrap(), NEW);
        symlink("round", dir.path().join("round")).unwrap();
        assert!(saved(&dir.path().join("round"), NEW, None).is_err());
    }

    #[test]
    fn what_is_no_plain_file_is_refused_and_never_waited_on() {
        let dir = tempfile::tempdir().unwrap();
        let fifo = dir.path().join("fifo");
        assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
        let socket = dir.path().join("socket");
        let _listening = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let link = dir.path().join("link");
        symlink("fifo", &link).unwrap();
        for path in [&fifo, &socket, &link, &dir.path().to_path_buf(), &PathBuf::from("/dev/null")] {
            for expected in [None, Some(hash(b""))] {
                assert!(matches!(saved(path, NEW, expected), Err(SaveError::NotAFile)), "{path:?}");
            }
            assert!(matches!(overwrite(path, NEW, &nowhere), Err(SaveError::NotAFile)), "{path:?}");
            assert!(matches!(delete(path, hash(b"")), Err(SaveError::NotAFile)), "{path:?}");
            assert!(read_plain(path).is_err(), "{path:?}");
        }
        // Nor is the old text put into one.
        let file = dir.path().join("a.md");
        fs::write(&file, OLD).unwrap();
        assert!(Command::new("mkfifo").arg(dir.path().join("a.md.bak")).status().unwrap().success());
        assert!(matches!(overwrite(&file, NEW, &nowhere), Err(SaveError::NotAFile)));
        assert_eq!(fs::read(&file).unwrap(), OLD);
    }

    #[test]
    fn a_file_of_two_names_is_not_touched_where_its_old_text_cannot_be_kept() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.md");
        fs::write(&file, OLD).unwrap();
        fs::hard_link(&file, dir.path().join("b.md")).unwrap();
        fs::write(dir.path().join("taken"), "").unwrap();
        let backups = || vec![dir.path().join("taken/deep")];
        assert!(matches!(save(&file, NEW, Some(hash(OLD)), &backups), Err(SaveError::Io(_))));
        assert!(matches!(save(&file, NEW, Some(hash(OLD)), &nowhere), Err(SaveError::Io(_))));
        assert_eq!(fs::read(&file).unwrap(), OLD);
    }

    #[test]
    fn what_a_killed_run_left_of_a_write_in_place_is_found() {
        let dir = tempfile::tempdir().unwrap();
        let left = dir.path().join(format!("{}-a.md-xyz.before", i32::MAX));
        fs::write(&left, OLD).unwrap();
        fs::write(dir.path().join(format!("{}-a.md-xyz.before", std::process::id())), OLD).unwrap();
        fs::write(dir.path().join("notes"), OLD).unwrap();
        assert_eq!(cut_short(dir.path()), [left]);
    }
}
