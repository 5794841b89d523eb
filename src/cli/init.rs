//! `attache init`: a new desk from what the program carries with it.

use std::path::PathBuf;

use clap::Args;

use super::{Global, report};
use crate::disk::{new_desk, shown};
use crate::error::Error;

/// Where to make the desk.
#[derive(Debug, Args)]
pub struct InitArguments {
    /// The folder, made if need be
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Leave the sample events and drafts out
    #[arg(long)]
    empty: bool,
}

pub(super) fn run(global: &Global, arguments: &InitArguments) -> Result<u8, Error> {
    let dir = &arguments.dir;
    let written = new_desk::make(dir, !arguments.empty)?;
    if !global.quiet {
        report::say(&format!("made a desk in {} ({})", shown(dir), report::count(written, "file")));
        report::say(&format!("  `attache --desk {}` opens it", shown(dir)));
    }
    Ok(0)
}
