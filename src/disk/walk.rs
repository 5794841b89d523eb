//! Finding event files, on all cores. A folder is asked about its files while it is open, which spares the system the way to each
//! of them: among ten thousand files most of a walk is that.

use std::borrow::Cow;
use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;

use super::stamp::Stamp;
use super::{EVENTS, Folder, read};
use crate::finding::Finding;
use crate::model::text::clean;

/// How many folders deep event files may lie.
const DEEPEST: usize = 32;

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

/// Event files, and what is wrong with the way to others.
type Found = (Vec<EventFile>, Vec<Finding>);

impl Folder {
    /// Every event file by path, as it is `now`, before it is read. Links are followed.
    pub(super) fn event_files(&self, now: SystemTime) -> Found {
        let folder = self.root.join(EVENTS);
        if !folder.is_dir() {
            return Found::default();
        }
        let (mut files, findings) = self.walk(&folder, 0, now);
        // Told apart by their bytes; part by part would take as long as asking the disk for them.
        files.sort_unstable_by(|a, b| a.path.as_os_str().cmp(b.path.as_os_str()));
        (files, findings)
    }

    /// What is found in a folder so many folders below that of the events.
    fn walk(&self, folder: &Path, depth: usize, now: SystemTime) -> Found {
        let (mut files, mut findings) = Found::default();
        let mut folders = Vec::new();
        let mut odd = |path: &Path, reason: String| findings.push(read::unreadable(&self.relative(path), reason));
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                odd(folder, error.to_string());
                return (files, findings);
            }
        };
        for entry in entries {
            let (entry, kind) = match entry.and_then(|entry| entry.file_type().map(|kind| (entry, kind))) {
                Ok(entry) => entry,
                Err(error) => {
                    odd(folder, error.to_string());
                    continue;
                }
            };
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let path = entry.path();
            let yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
            if kind.is_dir() {
                folders.push(path);
                continue;
            }
            if !yaml && !kind.is_symlink() {
                continue;
            }
            let meta = if kind.is_symlink() { fs::metadata(&path) } else { entry.metadata() };
            match meta {
                Ok(meta) if meta.is_dir() && leads_back(&path, depth) => {
                    odd(&path, "a link that leads back to itself".to_owned());
                }
                Ok(meta) if meta.is_dir() => folders.push(path),
                Ok(meta) if yaml => files.push(self.event_file(path, Stamp::of(&meta, now))),
                Ok(_) => {}
                Err(error) if kind.is_symlink() => odd(&path, error.to_string()),
                // To read it will tell why.
                Err(_) => files.push(self.event_file(path, None)),
            }
        }
        if depth + 1 < DEEPEST {
            let below: Vec<Found> = folders.par_iter().map(|folder| self.walk(folder, depth + 1, now)).collect();
            for (more, found) in below {
                files.extend(more);
                findings.extend(found);
            }
        }
        (files, findings)
    }

    fn event_file(&self, path: PathBuf, stamp: Option<Stamp>) -> EventFile {
        let inside = path.strip_prefix(&self.root).ok().and_then(Path::to_str);
        let plain = inside.filter(|text| MAIN_SEPARATOR == '/' && matches!(clean(text), Cow::Borrowed(_)));
        let relative = plain.map_or_else(|| self.relative(&path).into(), Into::into);
        EventFile { stamp, plain: plain.is_some(), relative, path }
    }
}

/// Whether a link, so many folders below that of the events, leads to one of the folders that lead to it.
fn leads_back(link: &Path, depth: usize) -> bool {
    let Ok(to) = link.canonicalize() else { return false };
    let above = link.ancestors().skip(1).take(depth + 1);
    above.filter_map(|folder| folder.canonicalize().ok()).any(|folder| folder == to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(EVENTS).join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "title: t\n").unwrap();
        }
        dir
    }

    /// The files found, below the folder of the events, and the findings.
    fn found(dir: &tempfile::TempDir) -> (Vec<String>, Vec<String>) {
        let (files, findings) = Folder::at(dir.path()).event_files(SystemTime::now());
        let inside = |file: &EventFile| file.relative.strip_prefix("briefs/events/").unwrap().to_owned();
        (files.iter().map(inside).collect(), findings.iter().map(|f| format!("{}: {}", f.path, f.message)).collect())
    }

    #[test]
    fn yaml_files_are_found_in_the_order_of_their_paths_and_hidden_ones_left() {
        let dir = desk(&[
            "b/c/x.yaml",
            "b.yaml",
            "b/a.yml",
            "b-c.yaml",
            "b/notes.md",
            ".git/x.yaml",
            "b/.x.yaml.swp",
            ".y.yaml",
        ]);
        assert_eq!(found(&dir), (["b-c.yaml", "b.yaml", "b/a.yml", "b/c/x.yaml"].map(String::from).to_vec(), vec![]));
        fs::remove_dir_all(dir.path().join(EVENTS)).unwrap();
        assert_eq!(found(&dir), (vec![], vec![]));
    }

    #[test]
    fn folders_are_followed_so_deep_and_no_deeper() {
        let deep = |n: usize| format!("{}x.yaml", "d/".repeat(n));
        let dir = desk(&[&deep(DEEPEST - 1), &deep(DEEPEST)]);
        assert_eq!(found(&dir).0, [deep(DEEPEST - 1)]);
    }

    #[test]
    #[cfg(unix)]
    fn links_are_followed_once_and_those_that_lead_nowhere_or_back_are_told() {
        use std::os::unix::fs::symlink;
        let (dir, other) = (desk(&["a/x.yaml"]), desk(&["z.yaml"]));
        let events = dir.path().join(EVENTS);
        symlink(other.path().join(EVENTS), events.join("linked")).unwrap();
        symlink("a/x.yaml", events.join("y.yaml")).unwrap();
        symlink("nowhere", events.join("gone.yaml")).unwrap();
        symlink("..", events.join("a/back")).unwrap();
        symlink(dir.path(), events.join("up")).unwrap();
        let (files, findings) = found(&dir);
        let again = ["up/briefs/events/a/x.yaml", "up/briefs/events/linked/z.yaml", "up/briefs/events/y.yaml"];
        assert_eq!(
            files[..3],
            ["a/x.yaml", "linked/z.yaml"]
                .map(String::from)
                .into_iter()
                .chain([again[0].to_owned()])
                .collect::<Vec<_>>()[..]
        );
        assert_eq!(files[3..], [again[1], again[2], "y.yaml"].map(String::from));
        let told =
            |path: &str, what: &str| findings.iter().any(|f| f.contains(&format!("{path}: ")) && f.contains(what));
        assert!(told("briefs/events/a/back", "leads back to itself"), "{findings:?}");
        assert!(told("briefs/events/up/briefs/events/up", "leads back to itself"), "{findings:?}");
        assert!(told("briefs/events/gone.yaml", "No such file"), "{findings:?}");
    }
}
