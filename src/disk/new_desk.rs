//! A new desk from what the program carries with it: for `attache init` and for the first run.

use std::path::Path;

use super::{BRIEFS, DRAFTS, EVENTS, Folder, NOTES, TEMPLATES, embedded, shown};
use crate::error::Error;

/// The draft of the sample desk that teaches the keys.
pub const TUTORIAL: &str = "tutorial";

/// A folder that a path may lead through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subfolder {
    /// Its name.
    pub name: String,
    /// Whether it is a desk.
    pub is_desk: bool,
}

/// What git is told of a desk: notes are made from drafts and never merged line by line, and copies of what was
/// written over are nobody else's. In `briefs`, which no other program has made.
const FOR_GIT: &[(&str, &str)] = &[
    (
        "briefs/.gitattributes",
        "# A note is made from its draft. Where two have made one anew, git keeps it whole and tells; make it once more.\n\
         notes/*.md -merge\n",
    ),
    ("briefs/.gitignore", "*.bak\n"),
];

/// The files of a new desk by their path in it, and what they hold; without the sample, folders that are
/// to be kept by git get a file that does so.
pub fn files(sample: bool) -> Vec<(String, &'static str)> {
    let mut files: Vec<(String, &str)> =
        embedded::TEMPLATES.iter().map(|(id, text)| (format!("{TEMPLATES}/{id}.md"), *text)).collect();
    files.extend(FOR_GIT.iter().map(|(path, text)| ((*path).to_owned(), *text)));
    if sample {
        let all = embedded::SAMPLE.iter().chain(embedded::LESSON);
        files.extend(all.map(|(path, text)| ((*path).to_owned(), *text)));
    } else {
        files.extend([EVENTS, DRAFTS, NOTES].map(|kept| (format!("{kept}/.gitkeep"), "")));
    }
    files
}

/// Makes a desk in a folder, which is made if need be; says how many files were written.
///
/// # Errors
/// The folder is a desk already, one of the files is there already (then nothing was written), or a
/// write failed.
pub fn make(dir: &Path, sample: bool) -> Result<usize, Error> {
    if dir.join(BRIEFS).exists() {
        return Err(Error::refused(format!("{} is a desk already", shown(dir)))
            .hint(format!("`attache --desk {}` opens it", shown(dir))));
    }
    let files = files(sample);
    let taken = files.iter().map(|(path, _)| dir.join(path)).find(|path| path.exists());
    if let Some(first) = taken {
        return Err(Error::refused(format!("{} is there already; nothing was written", shown(&first))));
    }
    let folder = Folder::at(dir);
    for (path, text) in &files {
        let target = dir.join(path);
        folder
            .save(&target, text, None)
            .map_err(|e| Error::refused(format!("{} was not written: {e}", shown(&target))))?;
    }
    Ok(files.len())
}

/// A name that nothing in the folder has: `name`, else `name-2`, `name-3`, …
pub fn free_name(dir: &Path, name: &str) -> String {
    let taken = |name: &String| dir.join(name).symlink_metadata().is_ok();
    let numbered = (2_u32..).map(|n| format!("{name}-{n}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

/// The folders in a folder, by name; none where it cannot be read.
pub fn subfolders(dir: &Path) -> Vec<Subfolder> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    // A name that is no text cannot be typed either.
    let named = folders.filter_map(|entry| Some((entry.file_name().into_string().ok()?, entry.path())));
    let mut found: Vec<Subfolder> =
        named.map(|(name, path)| Subfolder { name, is_desk: path.join(BRIEFS).is_dir() }).collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

/// What is read of a sample desk as it is made.
#[cfg(test)]
pub(crate) fn sample() -> crate::model::Desk {
    let dir = tempfile::tempdir().unwrap();
    make(dir.path(), true).unwrap();
    Folder::at(dir.path()).load(&|_| ()).desk
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_where_something_is() {
        let dir = tempfile::tempdir().unwrap();
        let taken = dir.path().join("templates/readout.md");
        std::fs::create_dir(dir.path().join("templates")).unwrap();
        std::fs::write(&taken, "mine").unwrap();
        let refused = make(dir.path(), false).unwrap_err();
        assert!(refused.message.ends_with("readout.md is there already; nothing was written"), "{refused}");
        assert_eq!(std::fs::read_to_string(&taken).unwrap(), "mine");
        assert!(!dir.path().join("briefs").exists());
        std::fs::remove_file(&taken).unwrap();
        assert_eq!(make(dir.path(), false).unwrap(), files(false).len());
        assert!(make(dir.path(), true).unwrap_err().message.ends_with("is a desk already"));
    }

    #[test]
    fn free_names_and_folders() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(free_name(dir.path(), "sample"), "sample");
        make(&dir.path().join("sample"), true).unwrap();
        std::fs::write(dir.path().join("sample-2"), "a file").unwrap();
        assert_eq!(free_name(dir.path(), "sample"), "sample-3");
        std::fs::create_dir(dir.path().join("other")).unwrap();
        let folder = |name: &str, is_desk| Subfolder { name: name.to_owned(), is_desk };
        assert_eq!(subfolders(dir.path()), [folder("other", false), folder("sample", true)]);
        assert_eq!(subfolders(&dir.path().join("nowhere")), []);
    }
}
