//! `attache init`: a new desk from what the program carries with it.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Global, report};
use crate::disk::{Folder, embedded, shown};
use crate::error::Error;

/// Where to make the desk.
#[derive(Debug, Args)]
pub struct InitArguments {
    /// The folder, made if need be
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Leave the sample event and drafts out
    #[arg(long)]
    empty: bool,
}

pub(super) fn run(global: &Global, arguments: &InitArguments) -> Result<u8, Error> {
    let dir = &arguments.dir;
    let folder = Folder::at(dir);
    if dir.join(crate::disk::BRIEFS).exists() {
        return Err(Error::refused(format!("{} is a desk already", shown(dir)))
            .hint(format!("`attache --desk {}` opens it", shown(dir))));
    }
    let mut files: Vec<(String, &str)> = Vec::new();
    for (id, text) in embedded::TEMPLATES {
        files.push((format!("{}/{id}.md", crate::disk::TEMPLATES), text));
    }
    if arguments.empty {
        for kept in [crate::disk::EVENTS, crate::disk::DRAFTS, crate::disk::NOTES] {
            files.push((format!("{kept}/.gitkeep"), ""));
        }
    } else {
        files.extend(embedded::SAMPLE.iter().map(|(path, text)| ((*path).to_owned(), *text)));
    }
    let taken: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).filter(|path| dir.join(path).exists()).collect();
    if let Some(first) = taken.first() {
        return Err(Error::refused(format!("{} is there already; nothing was written", shown(&dir.join(first)))));
    }
    for (path, text) in &files {
        let target = dir.join(Path::new(path));
        folder
            .save(&target, text, None)
            .map_err(|e| Error::refused(format!("{} was not written: {e}", shown(&target))))?;
    }
    if !global.quiet {
        report::say(&format!("made a desk in {} ({})", shown(dir), report::count(files.len(), "file")));
        report::say(&format!("  `attache --desk {}` opens it", shown(dir)));
    }
    Ok(0)
}
