//! `attache render`: a draft's note.

use std::path::PathBuf;

use clap::Args;

use super::{Global, report};
use crate::draft::Draft;
use crate::error::Error;
use crate::note::{Formatter, Request, compose};

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
    /// Write over a note that was edited by hand; the old text is kept as .bak
    #[arg(long)]
    force: bool,
}

pub(super) fn run(global: &Global, arguments: &RenderArguments) -> Result<u8, Error> {
    let folder = super::folder(global)?;
    if let Some(style) = &arguments.style {
        check_style(style)?;
    }
    let file = folder.read_draft(&arguments.draft)?;
    let (loaded, (templates, mut findings)) = rayon::join(
        || folder.load(&|_| ()),
        || {
            crate::note::warm_up();
            folder.templates()
        },
    );
    let front = crate::draft::FrontMatter::read(&file.text);
    let name = front.template.as_deref().unwrap_or_default();
    let template = super::new::find(&templates, name)
        .map_err(|e| Error { message: format!("{}: {}", folder.relative(&file.path), e.message), ..e })?;
    let draft = Draft::parse(&file.text, &template.outline());
    let path = folder.relative(&file.path);
    let style = arguments.style.as_deref();
    let request = Request { desk: &loaded.desk, template, draft: &draft, path: &path, style };
    let note = compose(&request, &Formatter::new());
    findings.extend(loaded.findings);
    findings.extend(note.findings);
    folder.locate(&mut findings);
    // What is wrong with other files is the business of `check`; here it only makes noise.
    findings.retain(|f| *f.path == *path || global.verbose || f.rule == "unreadable");
    report::warnings(global, &findings);
    match &arguments.output {
        Some(output) if output.as_os_str() == "-" => report::data(&note.text),
        output => {
            let target = output.clone().unwrap_or_else(|| folder.note_path(&file.slug));
            folder.write_note(&target, &note.text, arguments.force)?;
            if !global.quiet {
                report::say(&format!("wrote {} · {}", folder.relative(&target), report::count(note.words, "word")));
            }
            Ok(0)
        }
    }
}

fn check_style(style: &str) -> Result<(), Error> {
    let names = crate::note::style_names();
    if style == "none" || names.contains(&style) {
        return Ok(());
    }
    let mut near: Vec<(usize, &str)> = names.iter().map(|n| (strsim::levenshtein(style, n), *n)).collect();
    near.sort_unstable();
    let near: Vec<&str> = near.iter().take(3).map(|(_, n)| *n).collect();
    Err(Error::refused(format!("there is no citation style `{style}`"))
        .hint(format!("near names: {}", near.join(", "))))
}
