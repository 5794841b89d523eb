//! `attache recover`: what the journals of drafts hold that their files do not.

use clap::Args;

use super::{Global, report};
use crate::disk::journal::Left;
use crate::disk::{Folder, read_text, shown};
use crate::draft::journal::{Kept, Unreadable};
use crate::error::Error;

/// Which draft, and what to do.
#[derive(Debug, Args)]
pub struct RecoverArguments {
    /// The draft: its name, or a path [default: all]
    draft: Option<String>,
    /// Print the whole draft as its journal would restore it
    #[arg(long, requires = "draft", conflicts_with = "discard")]
    print: bool,
    /// Drop what was not saved, for good
    #[arg(long, requires = "draft")]
    discard: bool,
}

pub(super) fn run(global: &Global, arguments: &RecoverArguments) -> Result<u8, Error> {
    let folder = super::folder(global)?;
    let Some(name) = &arguments.draft else { return list(global, &folder) };
    if arguments.print {
        return print(global, &folder, name);
    }
    let left = of(&folder, name, false)?;
    if arguments.discard { discard(global, &folder, &left) } else { tell(global, &folder, &left, name) }
}

/// What is left of one draft; a draft that has neither a file nor a journal is refused.
fn of(folder: &Folder, name: &str, busy: bool) -> Result<Left, Error> {
    let path = folder.draft_path(name);
    let text = read_text(&path);
    if let (Err(reason), true) = (&text, path.exists()) {
        return Err(Error::refused(format!("{}: {reason}", folder.relative(&path))));
    }
    let left = folder.left(&path, text.ok().as_deref(), busy);
    if !left.is_there && left.past.kept.is_empty() && !left.is_open {
        // Says which drafts there are.
        folder.read_draft(name)?;
    }
    Ok(left)
}

/// Every draft with words that are not in its file.
fn list(global: &Global, folder: &Folder) -> Result<u8, Error> {
    let left = folder.all_left();
    left.iter().for_each(|left| tell_of_foreign(global, folder, left));
    let lines: Vec<String> = left.iter().flat_map(|left| lines(folder, left)).collect();
    if lines.is_empty() {
        say(global, "nothing to recover: the files have all that the journals have");
        return Ok(0);
    }
    report::data(&lines.concat())?;
    say(global, "`attache recover DRAFT --print` prints a draft with these words, `--discard` drops them;");
    say(global, "`attache DRAFT` opens the draft, and R brings them back there");
    Ok(0)
}

fn tell(global: &Global, folder: &Folder, left: &Left, name: &str) -> Result<u8, Error> {
    tell_of_foreign(global, folder, left);
    if left.is_open {
        say(global, "this draft is open in another Attaché, which keeps its words");
    }
    let lines = lines(folder, left);
    if lines.is_empty() {
        say(global, "nothing to recover: the file has all that the journal has");
        return Ok(0);
    }
    report::data(&lines.concat())?;
    let name = shlex::try_quote(name).unwrap_or_default();
    if left.is_there {
        say(global, &format!("`attache {name}` opens the draft, and R brings them back there"));
    }
    say(global, &format!("`attache recover {name} --print` prints the draft with them, `--discard` drops them"));
    Ok(0)
}

/// A line for each journal that has something.
fn lines(folder: &Folder, left: &Left) -> Vec<String> {
    let line = |kept: &Kept| {
        let what = match (left.is_there, kept.words) {
            (true, 0) => "changes that are not in the file".to_owned(),
            (true, words) => format!("{} not in the file", report::count(words, "word")),
            (false, words) => format!("{}; the file is gone or was never written", report::count(words, "word")),
        };
        let damaged = if kept.cut { "; the end of the journal is damaged and missing" } else { "" };
        format!("{}: {}: {what}{damaged}\n", folder.relative(&left.path), kept.when)
    };
    left.past.kept.iter().map(line).collect()
}

/// The whole draft as the newest journal has it, else as it is.
fn print(global: &Global, folder: &Folder, name: &str) -> Result<u8, Error> {
    let left = of(folder, name, true)?;
    tell_of_foreign(global, folder, &left);
    match left.past.kept.last() {
        Some(kept) => {
            if kept.cut {
                say(global, "the end of the journal is damaged and missing");
            }
            if left.past.kept.len() > 1 {
                let others = report::count(left.past.kept.len() - 1, "older journal");
                say(global, &format!("{others} of this draft held words too: `--discard` drops all"));
            }
            report::data(&kept.text)
        }
        None => report::data(&folder.read_draft(name)?.text),
    }
}

fn discard(global: &Global, folder: &Folder, left: &Left) -> Result<u8, Error> {
    let files: Vec<_> = left.past.kept.iter().map(|kept| kept.file.clone()).collect();
    folder.discard(&files).map_err(|reason| Error::refused(format!("not dropped: {reason}")))?;
    if left.is_open {
        say(global, "what another Attaché has open stays");
    }
    let words = left.past.kept.iter().map(|kept| kept.words).sum();
    let what = if files.is_empty() {
        "nothing to drop".to_owned()
    } else {
        format!("dropped {}", report::count(words, "word"))
    };
    say(global, &what);
    Ok(0)
}

/// Says which journals were left alone.
fn tell_of_foreign(global: &Global, folder: &Folder, left: &Left) {
    for (file, reason) in &left.past.foreign {
        let why = match reason {
            Unreadable::Version(version) => format!("it is of version {version}, and this Attaché reads version 1"),
            Unreadable::NoJournal => "it is damaged from its beginning".to_owned(),
        };
        let file = if file.starts_with(folder.root()) { folder.relative(file) } else { shown(file) };
        say(global, &format!("{file}: left alone: {why}"));
    }
}

fn say(global: &Global, line: &str) {
    if !global.quiet {
        report::say(line);
    }
}
