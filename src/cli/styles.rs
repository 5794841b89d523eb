//! `attache styles`: the citation styles there are.

use clap::{Args, Subcommand};

use super::{Global, report};
use crate::disk::Folder;
use crate::error::Error;
use crate::note::{style_names, style_text};

/// Which styles to show.
#[derive(Debug, Args)]
pub struct StylesArguments {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print a style as a .csl file, for Pandoc or to make one's own from
    Show {
        /// The style
        name: String,
    },
}

pub(super) fn run(global: &Global, arguments: &StylesArguments) -> Result<u8, Error> {
    // The styles that come with the program are there without a desk, too.
    let folder = super::folder(global).unwrap_or_else(|_| Folder::at("."));
    let (own, findings) = folder.styles();
    report::warnings(global, &findings);
    match &arguments.what {
        None => {
            let own = own.iter().map(|file| format!("{}  ({})\n", file.name, file.path));
            let archived = style_names().into_iter().map(|name| format!("{name}\n"));
            report::data(&own.chain(archived).collect::<String>())
        }
        Some(What::Show { name }) => {
            let own = own.iter().find(|file| *file.name == **name).map(|file| file.text.to_string());
            let text = own.or_else(|| style_text(name)).ok_or_else(|| {
                let near = crate::model::text::nearest(name, style_names());
                let error = Error::refused(format!("there is no citation style `{name}`"));
                let error = match near {
                    Some(near) => error.hint(format!("did you mean `{near}`?")),
                    None => error,
                };
                error.hint("`attache styles` lists them all")
            })?;
            report::data(&text)
        }
    }
}
