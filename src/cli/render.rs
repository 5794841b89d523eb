//! `attache render`: a draft's note.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Global, report};
use crate::disk::{DraftFile, Folder};
use crate::draft::Draft;
use crate::error::Error;
use crate::model::{Desk, conflict};
use crate::note::{Flavour, Note, Request, StyleError, compose};

/// What to write, and where.
#[derive(Debug, Args)]
pub struct RenderArguments {
    /// The draft: its name, or a path
    draft: String,
    /// Where to write; `-` is standard output [default: briefs/notes/DRAFT.md]
    #[arg(short, long, value_name = "PATH|-")]
    output: Option<PathBuf>,
    /// A citation style in place of the draft's
    #[arg(long, value_name = "CSL")]
    style: Option<String>,
    /// The text format of the note
    #[arg(long, value_name = "FORMAT", default_value = "gfm")]
    to: To,
    /// Write over a note that was edited by hand; the old text is kept as .bak
    #[arg(long)]
    force: bool,
}

/// The text formats by their names on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum To {
    /// GitHub-flavoured Markdown, with footnotes and tables
    Gfm,
    /// CommonMark alone, with numbered notes at the end
    #[value(name = "commonmark")]
    CommonMark,
    /// Pandoc's Markdown, with citations and references for `pandoc --citeproc`
    Pandoc,
    /// Plain text for e-mail, wrapped at 72 columns
    Plain,
}

impl From<To> for Flavour {
    fn from(to: To) -> Self {
        match to {
            To::Gfm => Self::Gfm,
            To::CommonMark => Self::CommonMark,
            To::Pandoc => Self::Pandoc,
            To::Plain => Self::Plain,
        }
    }
}

pub(super) fn run(global: &Global, arguments: &RenderArguments) -> Result<u8, Error> {
    let folder = super::folder(global)?;
    let flavour = Flavour::from(arguments.to);
    let Composed { file, note, .. } = composed(global, &folder, &arguments.draft, arguments.style.as_deref(), flavour)?;
    match &arguments.output {
        Some(output) if output.as_os_str() == "-" => report::data(&note.text),
        output => {
            let target = output.clone().unwrap_or_else(|| folder.note_path(&file.slug, flavour));
            if let Some(remark) = folder.write_note(&target, &note.text, arguments.force)? {
                report::say(&remark);
            }
            if !global.quiet {
                report::say(&format!("wrote {} · {}", folder.relative(&target), report::count(note.words, "word")));
            }
            Ok(0)
        }
    }
}

/// A draft and its note, on the desk as it is.
pub(super) struct Composed {
    pub(super) file: DraftFile,
    pub(super) note: Note,
    pub(super) desk: Desk,
}

/// Reads the desk and composes the note of a draft; says what is wrong with it.
pub(super) fn composed(
    global: &Global,
    folder: &Folder,
    draft: &str,
    style: Option<&str>,
    flavour: Flavour,
) -> Result<Composed, Error> {
    let file = folder.read_draft(draft)?;
    let formatter = Folder::formatter();
    let (loaded, (templates, mut findings)) = rayon::join(
        || super::load(folder),
        || {
            if !formatter.speaks() {
                crate::note::warm_up();
            }
            folder.templates()
        },
    );
    let front = crate::draft::FrontMatter::read(&file.text);
    let name = front.template.as_deref().unwrap_or_default();
    let template = super::new::find(&templates, name)
        .map_err(|e| Error { message: format!("{}: {}", folder.relative(&file.path), e.message), ..e })?;
    let draft = Draft::parse(&file.text, &template.outline());
    let path = folder.relative(&file.path);
    if let Some(style) = style.filter(|style| *style != "none") {
        crate::note::check_style(style, loaded.desk.styles()).map_err(|e| style_error(style, e))?;
    }
    let request = Request { desk: &loaded.desk, template, draft: &draft, path: &path, style, flavour };
    let mut note = compose(&request, &formatter);
    findings.extend(loaded.findings);
    findings.append(&mut note.findings);
    findings.extend(crate::check::check_unmerged(&path, &file.text));
    folder.locate(&mut findings);
    // What is wrong with other files is the business of `check`; here it only makes noise.
    findings.retain(|f| *f.path == *path || global.verbose || f.rule == "unreadable" || f.rule == conflict::RULE);
    report::warnings(global, &findings);
    Folder::keep_formatted(&formatter);
    Ok(Composed { file, note, desk: loaded.desk })
}

fn style_error(style: &str, error: StyleError) -> Error {
    match error {
        StyleError::Unknown { near } => Error::refused(format!("there is no citation style `{style}`"))
            .hint(format!("near names: {}", near.join(", ")))
            .hint("`attache styles` lists them all"),
        StyleError::Broken { path, message, .. } => {
            Error::refused(format!("{path}: {message}")).hint("`attache check` tells the line")
        }
    }
}
