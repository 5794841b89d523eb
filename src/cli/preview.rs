//! `attache preview`: a draft's note in the terminal, while another program writes the draft.

use std::io::IsTerminal as _;

use clap::Args;

use super::{Color, Global, Looks, render, report};
use crate::error::Error;
use crate::note::Flavour;
use crate::tui::{ColorChoice, Once, Options, once, preview};

/// The columns where nothing says how many there are.
const COLUMNS: usize = 80;

/// Which draft, and how to show it.
#[derive(Debug, Args)]
pub struct PreviewArguments {
    /// The draft: its name, or a path
    draft: String,
    /// Print the rendered note once, as text, and end; as wide as COLUMNS says, else 80
    #[arg(long)]
    once: bool,
    #[command(flatten)]
    looks: Looks,
}

pub(super) fn run(global: &Global, arguments: PreviewArguments, outer: Looks) -> Result<u8, Error> {
    let folder = super::folder(global)?;
    let looks = arguments.looks.or(outer);
    if arguments.once {
        let composed = render::composed(global, &folder, &arguments.draft, None, Flavour::default())?;
        let styled = match global.color {
            Color::Auto => std::io::stdout().is_terminal(),
            Color::Always => true,
            Color::Never => false,
        };
        let how = Once {
            width: columns(std::env::var("COLUMNS").ok().as_deref()),
            ascii: looks.ascii,
            styles: styled.then(|| global.color.of_screen()),
            theme: composed.desk.settings().theme,
        };
        return report::data_safe(&once(&composed.note.text, how));
    }
    if !std::io::stdout().is_terminal() {
        return Err(Error::refused("standard output is no terminal")
            .hint(format!("`attache render {} -o -` prints the note", arguments.draft))
            .hint(format!("`attache preview {} --once` prints it rendered", arguments.draft)));
    }
    // A name that is wrong from the start is told where it was typed.
    folder.read_draft(&arguments.draft)?;
    let color: ColorChoice = global.color.of_screen();
    preview(Options { desk: Ok(folder), draft: Some(arguments.draft), ascii: looks.ascii, cursor: looks.cursor, color })
}

/// The columns that a shell says there are.
fn columns(variable: Option<&str>) -> usize {
    variable.and_then(|text| text.trim().parse().ok()).filter(|n| *n > 0).unwrap_or(COLUMNS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_width_is_what_the_shell_says_if_that_is_one() {
        assert_eq!([Some("64"), Some(" 7 "), Some("0"), Some("wide"), None].map(columns), [64, 7, 80, 80, 80]);
    }
}
