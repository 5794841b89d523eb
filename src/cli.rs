//! The command line: one file a subcommand, one place for what is said.
//!
//! Data goes to standard output, everything else to standard error. Exit status: 0 done; 1
//! `check` found an error; 2 refused.

mod check;
mod completions;
mod facts;
mod init;
mod new;
mod preview;
mod recover;
mod render;
pub mod report;
mod schema;
mod styles;
mod templates;

use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::disk::{Folder, Loaded};
use crate::error::Error;

/// Compose well-sourced briefing notes from facts, in the terminal.
#[derive(Debug, Parser)]
#[command(name = "attache", version)]
pub struct Arguments {
    /// Options that every command takes.
    #[command(flatten)]
    pub global: Global,
    /// How the terminal looks.
    #[command(flatten)]
    pub looks: Looks,
    /// The draft to open: its name, or a path
    pub draft: Option<String>,
    /// What to do; the terminal opens when nothing is asked for.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options that every command takes.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// The desk's folder [default: the nearest folder upwards that holds briefs/]
    #[arg(long, global = true, value_name = "DIR")]
    pub desk: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// Say nothing but data
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

/// How the terminal looks.
#[derive(Clone, Copy, Debug, Args)]
pub struct Looks {
    /// Draw with ASCII characters only
    #[arg(long)]
    pub ascii: bool,
    /// Show the cursor on the row under hand, for screen readers and magnifiers that follow it
    #[arg(long)]
    pub cursor: bool,
}

impl Looks {
    /// What either asks for.
    fn or(self, other: Self) -> Self {
        Self { ascii: self.ascii || other.ascii, cursor: self.cursor || other.cursor }
    }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// The same for what is drawn on the screen.
    fn of_screen(self) -> crate::tui::ColorChoice {
        match self {
            Self::Auto => crate::tui::ColorChoice::Auto,
            Self::Always => crate::tui::ColorChoice::Always,
            Self::Never => crate::tui::ColorChoice::Never,
        }
    }

    /// Whether standard error is to be coloured.
    pub fn on_stderr(self) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|set| set.is_empty())
            }
        }
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a desk with the sample event, drafts and templates
    Init(init::InitArguments),
    /// Start a draft from a template
    New(new::NewArguments),
    /// Write a draft's note
    Render(render::RenderArguments),
    /// Show a draft's note in the terminal, kept up with its files
    Preview(preview::PreviewArguments),
    /// Check the desk and its drafts
    Check(check::CheckArguments),
    /// Tell, print or drop words that a draft's journal has and its file does not
    Recover(recover::RecoverArguments),
    /// Search the desk's facts
    Facts(facts::FactsArguments),
    /// List the templates, or print one
    Templates(templates::TemplatesArguments),
    /// List the citation styles, or print one as a .csl file
    Styles(styles::StylesArguments),
    /// Print the JSON Schema of a file format
    Schema(schema::SchemaArguments),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArguments),
    /// Print the manual page (roff)
    Man,
    /// Print the keys of the terminal as Markdown
    Keys,
    /// Print the rules of `check` as Markdown
    Rules,
}

/// Runs a command; the exit status.
///
/// # Errors
/// What was refused or failed.
pub fn run(arguments: Arguments) -> Result<u8, Error> {
    let global = &arguments.global;
    match arguments.command {
        None => open(global, arguments.draft, arguments.looks),
        Some(Command::Init(a)) => init::run(global, &a),
        Some(Command::New(a)) => new::run(global, &a),
        Some(Command::Render(a)) => render::run(global, &a),
        Some(Command::Preview(a)) => preview::run(global, a, arguments.looks),
        Some(Command::Check(a)) => check::run(global, &a),
        Some(Command::Recover(a)) => recover::run(global, &a),
        Some(Command::Facts(a)) => facts::run(global, &a),
        Some(Command::Templates(a)) => templates::run(global, &a),
        Some(Command::Styles(a)) => styles::run(global, &a),
        Some(Command::Schema(a)) => schema::run(&a),
        Some(Command::Completions(a)) => completions::run(&a),
        Some(Command::Man) => completions::man(),
        Some(Command::Keys) => report::data(&crate::app::action::keys_markdown()),
        Some(Command::Rules) => report::data(&crate::check::docs_markdown()),
    }
}

fn open(global: &Global, draft: Option<String>, looks: Looks) -> Result<u8, Error> {
    let Looks { ascii, cursor } = looks;
    let mut desk = folder(global);
    // Who names a folder wants that one; without a terminal there is nobody to ask.
    if global.desk.is_some() || !std::io::stdout().is_terminal() {
        desk = Ok(desk?);
    }
    crate::tui::run(crate::tui::Options { desk, draft, ascii, cursor, color: global.color.of_screen() })
}

/// The desk that the command works on.
/// Reads the desk, and keeps what was parsed for the next run.
fn load(folder: &Folder) -> Loaded {
    let loaded = folder.load(&|_| ());
    folder.keep(&loaded.unkept);
    loaded
}

fn folder(global: &Global) -> Result<Folder, Error> {
    let here = std::env::current_dir().map_err(|e| Error::io("the working directory", &e))?;
    Folder::find(&here, global.desk.as_deref())
}
