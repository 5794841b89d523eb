//! `attache templates`: what kinds of note there are.

use clap::{Args, Subcommand};
use unicode_width::UnicodeWidthStr;

use super::{Global, report};
use crate::disk::{Folder, embedded, read_text};
use crate::error::Error;
use crate::template::Template;

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
    /// Print what each template is for, its fields, sections and limits, as Markdown
    Page,
}

pub(super) fn run(global: &Global, arguments: &TemplatesArguments) -> Result<u8, Error> {
    // The built-in templates are there without a desk, too.
    let folder = super::folder(global).unwrap_or_else(|_| Folder::at("."));
    let (templates, findings) = folder.templates();
    report::warnings(global, &findings);
    match &arguments.what {
        None => {
            let widest = |part: fn(&Template) -> &str| templates.iter().map(|t| part(t).width()).max().unwrap_or(0);
            let (id, name) = (widest(|t| &t.id), widest(|t| &t.name));
            let cell = |text: &str, width: usize| format!("{text}{}", " ".repeat(width.saturating_sub(text.width())));
            let lines = templates.iter().map(|t| {
                let line = format!("{}  {}  {}", cell(&t.id, id), cell(&t.name, name), t.description);
                format!("{}\n", line.trim_end())
            });
            report::data(&lines.collect::<String>())
        }
        Some(What::Page) => report::data(&crate::template::page(&templates)),
        Some(What::Show { name }) => {
            let template = super::new::find(&templates, name)?;
            let own = read_text(&folder.root().join(&template.path)).ok();
            let embedded = embedded::TEMPLATES.iter().find(|(id, _)| *id == template.id).map(|(_, text)| *text);
            report::data(own.as_deref().or(embedded).unwrap_or_default())
        }
    }
}
