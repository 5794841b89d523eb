//! `attache templates`: what kinds of note there are.

use clap::{Args, Subcommand};

use super::{Global, report};
use crate::disk::{Folder, embedded, read_text};
use crate::error::Error;

/// Which templates to show.
#[derive(Debug, Args)]
pub struct TemplatesArguments {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print a template's text
    Show {
        /// The template
        name: String,
    },
}

pub(super) fn run(global: &Global, arguments: &TemplatesArguments) -> Result<u8, Error> {
    // The built-in templates are there without a desk, too.
    let folder = super::folder(global).unwrap_or_else(|_| Folder::at("."));
    let (templates, findings) = folder.templates();
    report::warnings(global, &findings);
    match &arguments.what {
        None => {
            let width = templates.iter().map(|t| t.id.len()).max().unwrap_or_default();
            let lines = templates.iter().map(|t| format!("{:width$}  {}: {}\n", t.id, t.name, t.description));
            report::data(&lines.collect::<String>())
        }
        Some(What::Show { name }) => {
            let template = super::new::find(&templates, name)?;
            let own = read_text(&folder.root().join(&template.path)).ok();
            let embedded = embedded::TEMPLATES.iter().find(|(id, _)| *id == template.id).map(|(_, text)| *text);
            report::data(own.as_deref().or(embedded).unwrap_or_default())
        }
    }
}
