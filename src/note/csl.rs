//! Formatting sources by CSL styles, in parallel, each form once.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{
    FontStyle, FontWeight, IndependentStyle, Locale, LocaleCode, Style, StyleClass, VerticalAlign,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren, Entry, Formatting,
    LocatorPayload, Rendered, SpecificLocator, standalone_citation,
};
use rayon::prelude::*;

use crate::markdown::escape;

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

/// The place in a source that a citation points at.
struct Place {
    kind: Option<Locator>,
    value: String,
}

/// The words by which writers name a kind of place.
const LABELS: &[(&str, Locator)] = &[
    ("p", Locator::Page),
    ("pp", Locator::Page),
    ("page", Locator::Page),
    ("pages", Locator::Page),
    ("para", Locator::Paragraph),
    ("paras", Locator::Paragraph),
    ("paragraph", Locator::Paragraph),
    ("paragraphs", Locator::Paragraph),
    ("¶", Locator::Paragraph),
    ("sec", Locator::Section),
    ("section", Locator::Section),
    ("sections", Locator::Section),
    ("§", Locator::Section),
    ("§§", Locator::Section),
    ("ch", Locator::Chapter),
    ("chap", Locator::Chapter),
    ("chapter", Locator::Chapter),
    ("art", Locator::ArticleLocator),
    ("article", Locator::ArticleLocator),
    ("l", Locator::Line),
    ("line", Locator::Line),
    ("lines", Locator::Line),
    ("n", Locator::Note),
    ("note", Locator::Note),
    ("fig", Locator::Figure),
    ("figure", Locator::Figure),
    ("vol", Locator::Volume),
    ("volume", Locator::Volume),
    ("pt", Locator::Part),
    ("part", Locator::Part),
    ("col", Locator::Column),
    ("column", Locator::Column),
    ("fol", Locator::Folio),
    ("r", Locator::Rule),
    ("rule", Locator::Rule),
    ("tbl", Locator::Table),
    ("table", Locator::Table),
    ("app", Locator::Appendix),
    ("appendix", Locator::Appendix),
    ("bk", Locator::Book),
    ("book", Locator::Book),
    ("v", Locator::Verse),
    ("verse", Locator::Verse),
    ("scene", Locator::Scene),
    ("act", Locator::Act),
];

impl Place {
    fn read(text: &str) -> Self {
        let text = text.trim();
        let (label, value) = match text.split_once([' ', '\u{a0}']) {
            Some((label, value)) => (label, value.trim()),
            None => ("", text),
        };
        let plain = label.trim_end_matches('.').to_lowercase();
        let named = LABELS.iter().find(|(word, _)| *word == plain).map(|(_, kind)| *kind);
        if let (Some(kind), false) = (named, value.is_empty()) {
            return Self { kind: Some(kind), value: value.to_owned() };
        }
        let is_time = text.contains(':') && text.chars().all(|c| c.is_ascii_digit() || ":-–.".contains(c));
        let is_number = text.chars().all(|c| c.is_ascii_digit() || "-–, ".contains(c));
        let kind = if is_time {
            Some(Locator::Timestamp)
        } else if is_number && !text.is_empty() {
            Some(Locator::Page)
        } else {
            None
        };
        Self { kind, value: text.to_owned() }
    }

    fn locator(&self) -> Option<SpecificLocator<'_>> {
        self.kind.map(|kind| SpecificLocator(kind, LocatorPayload::Str(&self.value)))
    }

    fn any_locator(&self) -> Option<SpecificLocator<'_>> {
        Some(SpecificLocator(self.kind.unwrap_or(Locator::Custom), LocatorPayload::Str(&self.value)))
    }

    /// A place of no kind that CSL knows, such as `caption`: it is put behind the source.
    fn unlabelled(&self) -> Option<&str> {
        (self.kind.is_none() && !self.value.is_empty()).then_some(self.value.as_str())
    }
}

/// The archived locale for a language: exact, else its main region, else US English.
fn best_locale(language: &str) -> LocaleCode {
    let has =
        |code: &str| all_locales().iter().any(|l| l.lang.as_ref().is_some_and(|c| c.0.eq_ignore_ascii_case(code)));
    let main = language.split(['-', '_']).next().unwrap_or("en").to_lowercase();
    let doubled = format!("{main}-{}", main.to_uppercase());
    let usual = match main.as_str() {
        "en" => "en-US",
        "cs" => "cs-CZ",
        "da" => "da-DK",
        "el" => "el-GR",
        "ja" => "ja-JP",
        "ko" => "ko-KR",
        "sv" => "sv-SE",
        "uk" => "uk-UA",
        "zh" => "zh-CN",
        "pt" => "pt-PT",
        _ => doubled.as_str(),
    };
    let found = [language, usual, main.as_str()].into_iter().find(|code| has(code)).unwrap_or("en-US");
    let exact = all_locales().iter().filter_map(|l| l.lang.clone()).find(|c| c.0.eq_ignore_ascii_case(found));
    exact.unwrap_or_else(LocaleCode::en_us)
}

/// Decoded once a process; the archive gives them only all together.
fn all_locales() -> &'static [Locale] {
    static LOCALES: OnceLock<Vec<Locale>> = OnceLock::new();
    LOCALES.get_or_init(hayagriva::archive::locales)
}

/// Warms up what every first note needs, so that it can run beside other work.
pub(crate) fn warm_up() {
    all_locales();
}

/// Formatted text as Markdown: italics, bold, links; every other character as itself.
pub(super) fn markdown(children: &ElemChildren) -> String {
    let mut runs: Vec<(Formatting, String)> = Vec::new();
    collect(children, &mut runs);
    let mut out = String::new();
    for (format, text) in runs {
        let (head, rest) = text.split_at(text.len() - text.trim_start().len());
        let body = rest.trim_end();
        let tail = &rest[body.len()..];
        out.push_str(head);
        if !body.is_empty() {
            let (open, close) = marks(&format);
            out.push_str(open);
            out.push_str(body);
            out.push_str(close);
        }
        out.push_str(tail);
    }
    out
}

fn marks(format: &Formatting) -> (&'static str, &'static str) {
    let italic = format.font_style == FontStyle::Italic;
    let bold = format.font_weight == FontWeight::Bold;
    match (italic, bold, format.vertical_align) {
        (_, _, VerticalAlign::Sup) => ("", ""),
        (true, true, _) => ("***", "***"),
        (true, false, _) => ("*", "*"),
        (false, true, _) => ("**", "**"),
        (false, false, _) => ("", ""),
    }
}

/// Runs of Markdown text with one format each; neighbours of one format are joined.
fn collect(children: &ElemChildren, runs: &mut Vec<(Formatting, String)>) {
    for child in &children.0 {
        let (format, text) = match child {
            ElemChild::Text(t) => (t.formatting, escape_within(&t.text)),
            ElemChild::Elem(e) => {
                collect(&e.children, runs);
                continue;
            }
            ElemChild::Markup(m) => (Formatting::default(), escape_within(m)),
            ElemChild::Link { text, url } => (text.formatting, link(&text.text, url)),
            ElemChild::Transparent { .. } => continue,
        };
        match runs.last_mut() {
            Some((last, run)) if marks(last) == marks(&format) => run.push_str(&text),
            _ => runs.push((format, text)),
        }
    }
}

/// Escapes a piece in the middle of a line: the spaces at its ends count.
fn escape_within(text: &str) -> String {
    let body = text.trim();
    if body.is_empty() {
        return if text.is_empty() { String::new() } else { " ".into() };
    }
    let head = if text.starts_with(char::is_whitespace) { " " } else { "" };
    let tail = if text.ends_with(char::is_whitespace) { " " } else { "" };
    format!("{head}{}{tail}", escape(body))
}

fn link(text: &str, url: &str) -> String {
    let safe = url.starts_with("https://") || url.starts_with("http://");
    let plain = safe && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\\".contains(c));
    if !plain {
        escape_within(text)
    } else if text == url {
        format!("<{url}>")
    } else {
        format!("[{}](<{url}>)", escape_within(text))
    }
}
