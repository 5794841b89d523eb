//! `attache schema`: JSON Schema of our formats, for editors.

use clap::{Args, ValueEnum};

use super::report;
use crate::error::Error;

/// Which format.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// The format
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Event files: briefs/events/**/*.yaml
    Event,
    /// The shared sources: briefs/sources.yaml
    Sources,
    /// The front matter of templates
    Template,
    /// The front matter of drafts
    Draft,
    /// The settings of a desk: attache.yaml
    Settings,
}

pub(super) fn run(arguments: &SchemaArguments) -> Result<u8, Error> {
    let schema = match arguments.kind {
        Kind::Event => schemars::schema_for!(crate::event_file::EventShape),
        Kind::Sources => schemars::schema_for!(std::collections::BTreeMap<String, crate::event_file::SourceShape>),
        Kind::Template => schemars::schema_for!(crate::template::TemplateShape),
        Kind::Settings => schemars::schema_for!(crate::settings::SettingsShape),
        Kind::Draft => schemars::schema_for!(crate::draft::DraftShape),
    };
    let mut text = serde_json::to_string_pretty(&schema).map_err(|e| Error::refused(e.to_string()))?;
    text.push('\n');
    report::data(&text)
}
