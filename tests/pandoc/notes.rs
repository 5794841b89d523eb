//! Notes of the drafts that are compared.

use std::path::{Path, PathBuf};

use attache::disk::Folder;
use attache::draft::{Draft, FrontMatter};
use attache::model::Desk;
use attache::note::{Flavour, Formatter, Request, compose};
use attache::template::Template;

/// The repository's root, which is the sample desk.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A golden case.
pub fn golden(case: &str) -> PathBuf {
    root().join("tests/data/golden").join(case)
}

/// A folder of drafts with the desk they stand on.
pub struct Desks {
    folder: Folder,
    desk: Desk,
    templates: Vec<Template>,
    formatter: Formatter,
}

impl Desks {
    /// The drafts in a folder; one without events stands on the sample desk's.
    pub fn at(folder: &Path) -> Self {
        let facts = if folder.join("briefs/events").exists() { folder } else { root() };
        let desk = Folder::at(facts).load(&|_| ()).desk;
        let folder = Folder::at(folder);
        let (templates, _) = folder.templates();
        Self { folder, desk, templates, formatter: Formatter::new() }
    }

    /// The drafts' names.
    pub fn drafts(&self) -> Vec<String> {
        self.folder.drafts().into_iter().map(|draft| draft.slug).collect()
    }

    /// The note of a draft in a style, else in its own, and in a text format.
    pub fn note(&self, draft: &str, style: Option<&str>, flavour: Flavour) -> String {
        let file = self.folder.read_draft(draft).unwrap();
        let name = FrontMatter::read(&file.text).template.unwrap_or_default();
        let template = self.templates.iter().find(|t| t.id == name).unwrap();
        let parsed = Draft::parse(&file.text, &template.outline());
        let path = self.folder.relative(&file.path);
        let request = Request { desk: &self.desk, template, draft: &parsed, path: &path, style, flavour };
        compose(&request, &self.formatter).text
    }
}
