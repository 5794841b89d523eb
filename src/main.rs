//! The `attache` program: parse the command line, run, report, exit.

use std::process::ExitCode;

use clap::Parser as _;

/// Reading a desk asks for millions of small texts on all cores, for which the allocator of a system may go to the kernel a
/// page at a time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
