//! `attache completions` and `attache man`: what shells and manuals read, made from the command line itself.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Arguments, report};
use crate::error::Error;

/// Which shell to complete for.
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// The shell
    shell: Shell,
}

pub(super) fn run(arguments: &CompletionsArguments) -> Result<u8, Error> {
    let mut out = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "attache", &mut out);
    report::data(&String::from_utf8_lossy(&out))
}

/// The manual page, with a section for each command.
pub(super) fn man() -> Result<u8, Error> {
    let mut command = Arguments::command();
    command.build();
    let mut out = Vec::new();
    let failed = |e: std::io::Error| Error::io("the manual page", &e);
    clap_mangen::Man::new(command.clone()).render(&mut out).map_err(failed)?;
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        let man = clap_mangen::Man::new(sub.clone());
        out.extend(format!(".SH \"ATTACHE {}\"\n", sub.get_name().to_uppercase()).bytes());
        man.render_description_section(&mut out).map_err(failed)?;
        man.render_options_section(&mut out).map_err(failed)?;
    }
    report::data(&String::from_utf8_lossy(&out))
}
