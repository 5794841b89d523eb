//! Sources from their shapes.

use indexmap::IndexMap;

use super::super::fields;
use super::super::shape::SourceShape;
use super::{Builder, marking, present};
use crate::finding::{Anchor, Finding};
use crate::model::Source;
use crate::model::id::check_id;
use crate::model::source::{Archived, Capture, Record};
use crate::yaml::Step;
use crate::yaml::shape::Text;

/// Builds sources from their shapes; `route` leads to the mapping that holds them.
pub(in crate::event_file) fn sources(
    path: &str,
    shapes: Vec<(Text, SourceShape)>,
    route: &[Step],
    findings: &mut Vec<Finding>,
) -> IndexMap<Box<str>, Source> {
    let mut b = Builder { path, route: route.to_vec(), findings };
    let mut sources = IndexMap::with_capacity(shapes.len());
    for (key, shape) in shapes {
        let key: Box<str> = key.into();
        b.under(&key, |b| {
            if let Err(e) = check_id(&key) {
                b.error("bad-value", format!("source key `{key}`: {e}"));
                return;
            }
            let source = b.source(key.clone(), shape);
            sources.insert(key.clone(), source);
        });
    }
    sources
}

/// Takes one of our own keys into a source; what is wrong with the value comes back.
pub(crate) fn own_value(path: &str, source: &mut Source, key: &'static str, text: Text) -> Vec<Finding> {
    let mut findings = Vec::new();
    Builder { path, route: Vec::new(), findings: &mut findings }.own(source, key, text);
    findings
}

impl Builder<'_> {
    /// One of our own keys that hold a text.
    fn own(&mut self, source: &mut Source, key: &'static str, text: Text) {
        let text = Some(text);
        match key {
            "reliability" => source.reliability = self.word(text, key),
            "origin" => source.origin = present(text),
            "directness" => source.directness = self.word(text, key),
            "descriptor" => source.descriptor = present(text),
            "marking" => source.marking = marking(text),
            "attribution" => source.attribution = self.word(text, key),
            _ => source.status = self.word(text, key).unwrap_or_default(),
        }
    }

    fn source(&mut self, key: Box<str>, shape: SourceShape) -> Source {
        let mut entry = shape.entry;
        entry.retain(|(_, value)| value.text() != Some(""));
        for wrong in fields::keep_good(&mut entry) {
            let before = self.route.len();
            self.route.extend(wrong.route);
            let route = Anchor::Route(self.route.clone());
            self.findings.push(Finding::warning("bad-value", self.path, route, wrong.message));
            self.route.truncate(before);
        }
        let mut source = Source { key, record: Record::Fields(entry.into()), ..Source::default() };
        for (own, text) in shape.own {
            self.own(&mut source, own, text);
        }
        source.archived = shape.archived.and_then(|a| {
            let date = self.date(a.date, "archived");
            Some(Archived { url: present(a.url)?, date })
        });
        source.capture =
            shape.capture.and_then(|c| Some(Capture { path: present(c.path)?, sha256: present(c.sha256) }));
        source
    }
}
