//! Formatting sources by CSL styles, in parallel, each form once.

mod locale;
mod locator;
mod markdown;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex, PoisonError};

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, Style, StyleClass};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChildren, Entry, Rendered,
    standalone_citation,
};
use rayon::prelude::*;

use crate::markdown::escape;
use locale::{all_locales, best_locale};
use locator::Place;
use markdown::markdown;

pub(crate) use locale::warm_up;

/// A style name that no archived style has, with the nearest that exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownStyle {
    /// The name asked for.
    pub name: String,
    /// Names that were probably meant.
    pub near: Vec<String>,
}

/// Every style name that can be asked for, sorted.
pub fn style_names() -> Vec<&'static str> {
    let mut names: Vec<_> = ArchivedStyle::all().iter().flat_map(|s| s.names()).copied().collect();
    names.sort_unstable();
    names
}

/// A loaded style with the one locale it is printed in.
#[derive(Debug)]
pub(super) struct Csl {
    /// The style for citations alone: with a bibliography, each run would format that, too.
    citing: IndependentStyle,
    /// The style for bibliographies alone: nothing is formatted for citations.
    listing: IndependentStyle,
    locales: Vec<Locale>,
    locale: LocaleCode,
    name: String,
    /// What stands between the sources of one note.
    pub delimiter: String,
    /// What ends a note.
    pub suffix: String,
}

/// How a citation stands to earlier ones (CSL's positions).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Standing {
    /// The source's first citation.
    First,
    /// It was cited before.
    Later,
    /// It was cited just before, at the same place.
    Same,
    /// It was cited just before, at another place.
    SameElsewhere,
}

/// One form of one source that is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Wanted {
    /// The source's place among the entries.
    pub entry: usize,
    /// Where in the source.
    pub at: Option<String>,
    /// How the citation stands to earlier ones.
    pub standing: Standing,
}

/// Remembers styles and every form it has formatted; shared by all notes of a session.
#[derive(Debug, Default)]
pub struct Formatter {
    styles: Mutex<HashMap<(String, String), Arc<Csl>>>,
    forms: Mutex<HashMap<u64, String>>,
}

impl Formatter {
    /// A formatter that remembers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Loads a style for a language, once.
    pub(super) fn style(&self, name: &str, language: &str) -> Result<Arc<Csl>, UnknownStyle> {
        let key = (name.to_owned(), language.to_owned());
        let mut styles = self.styles.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(style) = styles.get(&key) {
            return Ok(Arc::clone(style));
        }
        let style = Arc::new(Csl::load(name, language)?);
        styles.insert(key, Arc::clone(&style));
        Ok(style)
    }

    /// Formats what is wanted, as Markdown, in parallel; what was formatted before is not again.
    pub(super) fn forms(&self, csl: &Csl, entries: &[Entry], wanted: &[Wanted]) -> Vec<String> {
        let keys: Vec<u64> = wanted.iter().map(|w| csl.form_key(&entries[w.entry], Some(w))).collect();
        self.remembered(&keys, |i| csl.form(&entries[wanted[i].entry], &wanted[i]))
    }

    /// The bibliography entries of sources, as Markdown, in the style's order.
    pub(super) fn bibliography(&self, csl: &Csl, entries: &[Entry]) -> Vec<String> {
        if csl.listing.bibliography.is_none() {
            return Vec::new();
        }
        if csl.is_note() {
            let keys: Vec<u64> = entries.iter().map(|e| csl.form_key(e, None)).collect();
            let texts = self.remembered(&keys, |i| csl.bibliography_of(&entries[i..=i]).concat());
            let mut pairs: Vec<(String, String)> = texts.into_iter().map(|t| (sort_key(&t), t)).collect();
            pairs.sort();
            pairs.dedup();
            return pairs.into_iter().map(|(_, text)| text).filter(|t| !t.is_empty()).collect();
        }
        csl.bibliography_of(entries)
    }

    fn remembered(&self, keys: &[u64], make: impl Fn(usize) -> String + Sync) -> Vec<String> {
        let mut missing: Vec<usize> = Vec::new();
        {
            let forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
            let mut seen = std::collections::HashSet::new();
            missing.extend((0..keys.len()).filter(|i| !forms.contains_key(&keys[*i]) && seen.insert(keys[*i])));
        }
        let made: Vec<(u64, String)> = missing.into_par_iter().map(|i| (keys[i], make(i))).collect();
        let mut forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        forms.extend(made);
        keys.iter().map(|k| forms.get(k).cloned().unwrap_or_default()).collect()
    }
}

/// What a bibliography is ordered by: the entry without marks, case and accents.
fn sort_key(entry: &str) -> String {
    let folded = crate::model::text::fold(entry);
    folded.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect()
}

impl Csl {
    fn load(name: &str, language: &str) -> Result<Self, UnknownStyle> {
        let unknown = || {
            let names = style_names();
            let mut near: Vec<(usize, &str)> = names.iter().map(|n| (strsim::levenshtein(name, n), *n)).collect();
            near.sort_unstable();
            UnknownStyle { name: name.to_owned(), near: near.iter().take(3).map(|(_, n)| (*n).to_owned()).collect() }
        };
        let archived = ArchivedStyle::by_name(name).ok_or_else(unknown)?;
        let Style::Independent(mut citing) = archived.get() else { return Err(unknown()) };
        let locale = best_locale(language);
        let locales = all_locales()
            .iter()
            .filter(|l| l.lang.as_ref().is_some_and(|c| c.0 == locale.0 || c.0 == "en-US"))
            .cloned()
            .collect();
        let mut listing = citing.clone();
        let delimiter = citing.citation.layout.delimiter.clone().unwrap_or_else(|| "; ".into());
        let suffix = citing.citation.layout.suffix.clone().unwrap_or_default();
        citing.bibliography = None;
        if citing.settings.class == StyleClass::Note {
            // Each source of a note is formatted by itself; we join them and end the note.
            citing.citation.layout.suffix = None;
            listing.citation.layout.elements.clear();
        }
        Ok(Self { citing, listing, locales, locale, name: name.to_owned(), delimiter, suffix })
    }

    /// Whether citations are notes; otherwise they stand in the text.
    pub(super) fn is_note(&self) -> bool {
        self.citing.settings.class == StyleClass::Note
    }

    /// The key under which a form is remembered: style, locale, the source's content, place.
    fn form_key(&self, entry: &Entry, wanted: Option<&Wanted>) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.name, &self.locale.0).hash(&mut hasher);
        entry.hash(&mut hasher);
        wanted.map(|w| (&w.at, w.standing)).hash(&mut hasher);
        hasher.finish()
    }

    fn request<'a>(
        &'a self,
        style: &'a IndependentStyle,
        items: Vec<CitationItem<'a, Entry>>,
        note: usize,
    ) -> CitationRequest<'a, Entry> {
        CitationRequest::new(items, style, Some(self.locale.clone()), &self.locales, Some(note))
    }

    fn finish(&self, driver: BibliographyDriver<'_, Entry>, style: &IndependentStyle) -> Rendered {
        driver.finish(BibliographyRequest::new(style, Some(self.locale.clone()), &self.locales))
    }

    /// One source of a note in the form that its standing asks for.
    fn form(&self, entry: &Entry, wanted: &Wanted) -> String {
        let at = wanted.at.as_deref().map(Place::read);
        let item = || CitationItem::with_locator(entry, at.as_ref().and_then(Place::locator));
        let request = |item, note| self.request(&self.citing, vec![item], note);
        let before = match wanted.standing {
            Standing::First => None,
            // Standing alone, Hayagriva prints the form of a source that was cited before.
            Standing::Later => return ending(markdown(&standalone_citation(request(item(), 1))), at.as_ref()),
            Standing::Same => Some(item()),
            Standing::SameElsewhere => Some(CitationItem::with_entry(entry)),
        };
        let mut driver = BibliographyDriver::new();
        let note = 1 + usize::from(before.is_some());
        if let Some(before) = before {
            driver.citation(request(before, 1));
        }
        driver.citation(request(item(), note));
        let rendered = self.finish(driver, &self.citing);
        ending(rendered.citations.last().map(|c| markdown(&c.citation)).unwrap_or_default(), at.as_ref())
    }

    /// The citations of a text style, each a list of sources with places, as they print.
    pub(super) fn in_text(&self, entries: &[Entry], groups: &[Vec<(usize, Option<String>)>]) -> Vec<String> {
        let places: Vec<Vec<(usize, Option<Place>)>> =
            groups.iter().map(|g| g.iter().map(|(e, at)| (*e, at.as_deref().map(Place::read))).collect()).collect();
        let mut driver = BibliographyDriver::new();
        for group in &places {
            let items = group
                .iter()
                .map(|(e, at)| CitationItem::with_locator(&entries[*e], at.as_ref().and_then(Place::any_locator)));
            driver.citation(self.request(&self.citing, items.collect(), 0));
        }
        let rendered = self.finish(driver, &self.citing);
        rendered.citations.iter().map(|c| markdown(&c.citation)).collect()
    }

    fn bibliography_of(&self, entries: &[Entry]) -> Vec<String> {
        let mut driver = BibliographyDriver::new();
        for entry in entries {
            driver.citation(self.request(&self.listing, vec![CitationItem::with_entry(entry)], 1));
        }
        let rendered = self.finish(driver, &self.listing);
        let items = rendered.bibliography.map(|b| b.items).unwrap_or_default();
        items
            .iter()
            .map(|item| {
                let first = item.first_field.as_ref().map(|f| markdown(&ElemChildren(vec![f.clone()])));
                let rest = markdown(&item.content);
                match first {
                    Some(first) => format!("{} {}", first.trim(), rest.trim()),
                    None => rest.trim().to_owned(),
                }
            })
            .collect()
    }
}

/// A place of no kind that CSL knows stands behind the source.
fn ending(mut text: String, at: Option<&Place>) -> String {
    if let Some(extra) = at.and_then(Place::unlabelled) {
        text.push_str(", ");
        text.push_str(&escape(extra));
    }
    text
}
