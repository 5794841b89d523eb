//! BibTeX and BibLaTeX: each entry into a source, a broken one costing that entry.
//!
//! [`scan`] cuts the text into entries, the `biblatex` crate reads the fields of each, [`entry`]
//! writes abbreviations out and passes on what is inherited, and [`map`] turns LaTeX into CSL.

mod dates;
mod entry;
mod kinds;
mod latex;
mod map;
mod names;
mod scan;

use super::places::Places;
use super::{Gathered, check_key, own_values};
use crate::finding::{Anchor, Finding};
use crate::model::Source;
use crate::model::source::{Record, SourcePlace};
use crate::model::text::{clean, nearest};
use crate::yaml::shape::Text;
use entry::{Entry, Reader};

/// How our own keys begin in an entry.
const OWN_PREFIX: &str = "attache-";

/// Reads a file's entries in their order.
pub(super) fn read(path: &str, text: &str) -> Gathered {
    let text = crate::yaml::strip_bom(text);
    // Pictures in place of control characters keep lines and columns as they are.
    let text = &*clean(text);
    let mut reader = Reader::read(path, text);
    reader.inherit();
    let (entries, findings) = (std::mem::take(&mut reader.entries), std::mem::take(&mut reader.findings));
    let places = Places::new(text);
    let mut gathered = Gathered { sources: Vec::with_capacity(entries.len()), findings };
    let shared: std::sync::Arc<str> = path.into();
    for entry in &entries {
        if kinds::is_container_only(&entry.kind) {
            continue;
        }
        if let Some(mut source) = source(path, entry, &mut gathered.findings) {
            let at = Some(places.at(entry.key_at));
            source.place = Some(Box::new(SourcePlace { path: shared.clone(), at }));
            gathered.sources.push(source);
        }
    }
    for finding in &mut gathered.findings {
        if let Anchor::Bytes(range) = &finding.anchor {
            finding.anchor = Anchor::At(places.at(range.start));
        }
    }
    gathered
}

fn source(path: &str, entry: &Entry, findings: &mut Vec<Finding>) -> Option<Source> {
    if let Err(reason) = check_key(&entry.key) {
        let message = format!("`{}` cannot be cited: {reason}", entry.key);
        let finding = Finding::error("bad-value", path, Anchor::byte(entry.key_at), message);
        findings.push(finding.help("give the entry another key; it is left out until then"));
        return None;
    }
    if kinds::csl_type(entry).is_none() {
        let message = format!("`@{}` is no type of entry; `{}` is read as a document", entry.kind, entry.key);
        let mut finding = Finding::warning("bad-value", path, Anchor::byte(entry.at), message);
        if let Some(near) = nearest(&entry.kind, kinds::KNOWN.iter().copied()) {
            finding = finding.help(format!("did you mean `@{near}`?"));
        }
        findings.push(finding);
    }
    let record = Record::Variables(map::variables(entry).into());
    let mut source = Source { key: entry.key.as_str().into(), record, ..Source::default() };
    let own = entry.fields.iter().filter_map(|(name, field)| {
        let value = latex::text(&field.text, latex::Style::Plain);
        Some((name.strip_prefix(OWN_PREFIX)?.to_owned(), Text(value.into()), Anchor::byte(field.at)))
    });
    own_values(path, &mut source, own.collect(), findings);
    Some(source)
}

#[cfg(test)]
#[path = "bibtex_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "bibtex_entry_tests.rs"]
mod entry_tests;
