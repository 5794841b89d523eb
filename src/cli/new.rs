//! `attache new`: a draft from a template, with facts placed by its rules if asked for.

use clap::Args;

use super::{Global, report};
use crate::draft::{self, Draft};
use crate::error::Error;
use crate::model::id::check_id;
use crate::model::text::nearest;
use crate::search::{Index, Query, SearchContext};
use crate::template::Template;

/// What to start.
#[derive(Debug, Args)]
pub struct NewArguments {
    /// The template
    template: String,
    /// The draft's name: its file will be briefs/drafts/SLUG.md
    slug: String,
    /// The title
    #[arg(long)]
    title: Option<String>,
    /// The note's date [default: today]
    #[arg(long)]
    date: Option<String>,
    /// A field of the template
    #[arg(long = "field", value_name = "KEY=VALUE")]
    fields: Vec<String>,
    /// The query the Facts pane opens with, and that --fill takes facts from
    #[arg(long, value_name = "QUERY")]
    facts: Option<String>,
    /// Place facts by the template's rules
    #[arg(long)]
    fill: bool,
}

pub(super) fn run(global: &Global, arguments: &NewArguments) -> Result<u8, Error> {
    let folder = super::folder(global)?;
    check_id(&arguments.slug).map_err(|e| Error::refused(format!("`{}` cannot name a draft: {e}", arguments.slug)))?;
    let (templates, found) = folder.templates();
    report::warnings(global, &found);
    let template = find(&templates, &arguments.template)?;
    let start = start(arguments, template)?;
    let mut draft = Draft::parse(&draft::outline_text(template, &start), &template.outline());
    if arguments.fill {
        let query = Query::parse(arguments.facts.as_deref().unwrap_or_default())
            .map_err(|e| Error::refused(format!("--facts: {e}")))?;
        let loaded = super::load(&folder);
        report::warnings(global, &loaded.findings);
        let desk = std::sync::Arc::new(loaded.desk);
        let index = Index::new(std::sync::Arc::clone(&desk));
        let facts = index.search(&query, &SearchContext { placed: &std::collections::HashSet::new() });
        let filled = draft::fill(&desk, template, &draft, &facts);
        for (address, notice) in draft::attribution::notices(&desk, &filled.placed) {
            report::say(&format!("{address}: {notice}"));
        }
        draft = filled.draft;
    }
    let path = folder.draft_path(&arguments.slug);
    folder.save(&path, draft.text(), None).map_err(|e| match e {
        crate::disk::SaveError::Changed => {
            Error::refused(format!("{} is there already; it is left as it is", folder.relative(&path)))
        }
        other => Error::refused(format!("{} was not written: {other}", folder.relative(&path))),
    })?;
    if !global.quiet {
        report::say(&format!("wrote {}", folder.relative(&path)));
    }
    Ok(0)
}

/// The template called `name`.
///
/// # Errors
/// None has that name; the nearest are told.
pub(super) fn find<'a>(templates: &'a [Template], name: &str) -> Result<&'a Template, Error> {
    templates.iter().find(|t| t.id == name).ok_or_else(|| {
        let error = Error::refused(format!("there is no template `{name}`"));
        let error = match nearest(name, templates.iter().map(|t| t.id.as_str())) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error,
        };
        error.hint("`attache templates` lists them")
    })
}

fn start(arguments: &NewArguments, template: &Template) -> Result<draft::Start, Error> {
    let mut fields = Vec::new();
    for field in &arguments.fields {
        let (key, value) = field
            .split_once('=')
            .ok_or_else(|| Error::refused(format!("--field {field}: a field is given as KEY=VALUE")))?;
        if !template.fields.iter().any(|f| f.id == key) {
            let error = Error::refused(format!("template `{}` has no field `{key}`", template.id));
            let names: Vec<&str> = template.fields.iter().map(|f| f.id.as_str()).collect();
            return Err(error.hint(format!("its fields: {}", names.join(", "))));
        }
        fields.push((key.to_owned(), value.to_owned()));
    }
    let date = match &arguments.date {
        Some(date) => date.clone(),
        None => jiff::ZonedDateTime::now().date().to_string(),
    };
    Ok(draft::Start {
        title: arguments.title.clone().unwrap_or_else(|| arguments.slug.replace(['-', '_'], " ")),
        date,
        fields,
        facts: arguments.facts.clone(),
    })
}
