//! The `attache` program: parse the command line, run, report, exit.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let arguments = attache::cli::Arguments::parse();
    let quiet = arguments.global.quiet;
    match attache::cli::run(arguments) {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            if !quiet {
                attache::cli::report::error(&error);
            }
            ExitCode::from(error.exit_status())
        }
    }
}
