//! Formatting sources by CSL styles, in parallel, each form once.

mod dated;
mod extras;
mod gathered;
mod in_text;
mod kept;
mod locale;
mod locator;
mod markdown;
mod order;
mod quotes;
mod shape;
mod style;
mod tree;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use hayagriva::citationberg::json::{Item, Value as Cell};
use hayagriva::citationberg::{
    IndependentStyle, LayoutRenderingElement, Locale, LocaleCode, SortKey, StyleClass, TermForm,
};
use hayagriva::{CitationItem, CitationRequest, ElemChildren, standalone_citation};
use rayon::prelude::*;

use super::inline;
use super::item::Entry;
use crate::markdown::escape;
use crate::model::StyleFile;
use locale::{Spoken, asked};
use locator::Place;
use markdown::markdown;
use quotes::Quotes;
use shape::Shape;

pub(super) use in_text::Cite;
pub(crate) use locale::warm_up;
pub use style::{StyleError, check_style, find_style, style_names, style_text};

/// A loaded style with the one locale it is printed in.
#[derive(Debug)]
pub(super) struct Csl {
    style: IndependentStyle,
    locales: Vec<Locale>,
    locale: LocaleCode,
    language: String,
    /// What tells this style from others with its name: the hash of its text.
    identity: u64,
    /// Styles cut down to one sort of citation, by that sort.
    cut: Mutex<HashMap<(Part, Shape), CutStyle>>,
    quotes: Quotes,
    /// What stands between the sources of one note.
    pub delimiter: String,
    /// What ends a note.
    pub suffix: String,
    /// Whether a comma or full stop goes inside a closing quotation mark.
    inside: bool,
    /// How many notes back an earlier citation still counts as near.
    pub near: usize,
}

/// A style cut down; none where the style has no such part.
type CutStyle = Option<Arc<IndependentStyle>>;

/// What a cut-down style prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Citation,
    Listing,
    /// A citation in the text, with the letters of the list.
    Together,
    /// The same, its sources in the order in which they are handed in.
    InOrder,
    /// The sort key of the list at this place.
    Sort(usize),
    /// The sort key of a citation at this place.
    SortInCitation(usize),
}

/// How a citation stands to earlier ones (CSL's positions).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Standing {
    /// The source's first citation.
    First,
    /// It was cited before, further back than the style calls near.
    Later,
    /// It was cited a few notes before.
    Near,
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

/// How many forms are remembered, at some hundred bytes each, before those not in use are let go.
const FORMS: usize = 20_000;

/// Remembers styles and every form it has formatted; shared by all notes of a session.
#[derive(Debug, Default)]
pub struct Formatter {
    styles: Mutex<HashMap<(String, String, u64), Arc<Csl>>>,
    forms: Mutex<HashMap<u64, String>>,
    /// The citations of whole notes, of styles that print in the text.
    recent: Mutex<HashMap<u64, InText>>,
    /// Locales, by what was asked for.
    spoken: Mutex<HashMap<String, Spoken>>,
    /// Whether something was made that is not kept yet.
    made: AtomicBool,
}

impl Formatter {
    /// A formatter that remembers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Loads a style for a language, once; the desk's own styles come first.
    pub(super) fn style(&self, name: &str, language: &str, own: &[StyleFile]) -> Result<Arc<Csl>, StyleError> {
        let mut hasher = DefaultHasher::new();
        own.hash(&mut hasher);
        let key = (name.to_owned(), language.to_owned(), hasher.finish());
        let mut styles = self.styles.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(style) = styles.get(&key) {
            return Ok(Arc::clone(style));
        }
        let style = style::load(name, own)?;
        let spoken = {
            let mut known = self.spoken.lock().unwrap_or_else(PoisonError::into_inner);
            let asked = asked(&style, language);
            let known = known.entry(asked).or_insert_with_key(|asked| {
                self.made_something();
                Spoken::find(asked)
            });
            known.clone()
        };
        let style = Arc::new(Csl::new(style, language, spoken));
        styles.insert(key, Arc::clone(&style));
        Ok(style)
    }

    /// Formats what is wanted, as Markdown, in parallel; what was formatted before is not again.
    pub(super) fn forms(&self, csl: &Csl, entries: &[Entry], wanted: &[Wanted]) -> Vec<String> {
        let keys: Vec<u64> = wanted.iter().map(|w| csl.key(&entries[w.entry], (0_u8, &w.at, w.standing))).collect();
        self.remembered(&keys, |i| csl.form(&entries[wanted[i].entry], &wanted[i]))
    }

    /// The entries of the list of sources, as Markdown, in the style's order.
    pub(super) fn bibliography(&self, csl: &Csl, entries: &[Entry], cited: &InText) -> Vec<String> {
        let Some(bibliography) = &csl.style.bibliography else { return Vec::new() };
        let suffixes = &cited.suffixes;
        let suffix = |i: usize| suffixes.get(i).map(String::as_str).unwrap_or_default();
        let keys: Vec<u64> = (0..entries.len()).map(|i| csl.key(&entries[i], (1_u8, suffix(i).is_empty()))).collect();
        let texts = self.remembered(&keys, |i| csl.listed(&entries[i], !suffix(i).is_empty()));
        let order = match &bibliography.sort {
            Some(_) => self.order(csl, entries),
            None => (0..entries.len()).collect(),
        };
        let mut out: Vec<String> = Vec::with_capacity(order.len());
        let mut names = Repeated::new(bibliography.subsequent_author_substitute.as_deref());
        for (number, i) in (1_usize..).zip(order) {
            let text = texts[i].replace(inline::CITATION_NUMBER, &number.to_string());
            let text = text.replace(inline::YEAR_SUFFIX, suffix(i));
            if !text.is_empty() && !out.contains(&text) {
                out.push(not_a_list(names.replace(&text)));
            }
        }
        out
    }

    /// The order in which the style lists sources, by their places.
    pub(super) fn order(&self, csl: &Csl, entries: &[Entry]) -> Vec<usize> {
        let sort = csl.style.bibliography.as_ref().and_then(|b| b.sort.as_ref());
        let Some(sort) = sort else { return (0..entries.len()).collect() };
        let hashes: Vec<u64> = entries.iter().map(|entry| csl.key(entry, 2_u8)).collect();
        let texts = self.remembered(&hashes, |i| csl.sort_text(&entries[i], &sort.keys, Part::Sort));
        let keys: Vec<order::Keys> = texts.iter().map(|text| order::keys(text)).collect();
        order::order(&keys, &sort.keys, &csl.locale)
    }

    fn remembered(&self, keys: &[u64], make: impl Fn(usize) -> String + Sync) -> Vec<String> {
        let mut missing: Vec<usize> = Vec::new();
        {
            let forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
            let mut seen = std::collections::HashSet::new();
            missing.extend((0..keys.len()).filter(|i| !forms.contains_key(&keys[*i]) && seen.insert(keys[*i])));
        }
        if !missing.is_empty() {
            self.made_something();
        }
        let made: Vec<(u64, String)> = missing.into_par_iter().map(|i| (keys[i], make(i))).collect();
        let mut forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        if forms.len() > FORMS {
            // Each word changed beside a key makes another form; a long day must not fill the memory with them.
            let used: std::collections::HashSet<u64> = keys.iter().copied().collect();
            forms.retain(|key, _| used.contains(key));
        }
        forms.extend(made);
        keys.iter().map(|k| forms.get(k).cloned().unwrap_or_default()).collect()
    }
}

/// A note or entry that begins with a number, so written that no reader takes it for a list.
pub(super) fn not_a_list(mut entry: String) -> String {
    let digits = entry.len() - entry.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (mark, behind) = (entry[digits..].chars().next(), entry[digits..].chars().nth(1));
    if digits > 0 && matches!(mark, Some('.' | ')')) && behind.is_none_or(char::is_whitespace) {
        entry.insert(digits, '\\');
    }
    entry
}

/// Names that an entry of the list repeats from the one before it, for which some styles put a dash.
struct Repeated<'a> {
    substitute: Option<&'a str>,
    last: String,
}

impl<'a> Repeated<'a> {
    fn new(substitute: Option<&'a str>) -> Self {
        Self { substitute, last: String::new() }
    }

    /// The entry without the signs around its names, which are replaced if they are those of the last.
    fn replace(&mut self, entry: &str) -> String {
        let [start, end] = inline::NAMES;
        let parts = entry.split_once(start).and_then(|(before, rest)| Some((before, rest.split_once(end)?)));
        let Some((before, (names, behind))) = parts else {
            self.last.clear();
            return entry.replace(inline::NAMES, "");
        };
        let same = !names.is_empty() && names == self.last;
        names.clone_into(&mut self.last);
        let shown = self.substitute.filter(|_| same && before.is_empty()).map(escape);
        format!("{before}{}{behind}", shown.as_deref().unwrap_or(names))
    }
}

/// Citations of a style that prints in the text.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct InText {
    /// Each citation as it prints.
    pub citations: Vec<String>,
    /// The letter that tells each source from another of the same author and year; often empty.
    pub suffixes: Vec<String>,
}

impl Csl {
    fn new(mut style: IndependentStyle, language: &str, Spoken { code: locale, locales }: Spoken) -> Self {
        let mut hasher = DefaultHasher::new();
        style.hash_into(&mut hasher);
        let delimiter = style.citation.layout.delimiter.clone().unwrap_or_else(|| "; ".into());
        let suffix = style.citation.layout.suffix.clone().unwrap_or_default();
        if style.settings.class == StyleClass::Note {
            // Each source of a note is formatted by itself; we join them and end the note.
            style.citation.layout.suffix = None;
        }
        quotes::with_signs(&mut style);
        let near = style.citation.near_note_distance as usize;
        Self {
            inside: quotes::take_punctuation(&style, &locales, &locale),
            quotes: Quotes::of(&locales, &locale),
            style,
            locales,
            locale,
            language: language.to_owned(),
            identity: hasher.finish(),
            cut: Mutex::default(),
            delimiter,
            suffix,
            near,
        }
    }

    /// Whether the style puts brackets around a citation as a whole, or makes a note of it.
    pub(super) fn has_brackets(&self) -> bool {
        self.is_note() || self.style.citation.layout.prefix.as_deref().is_some_and(|prefix| !prefix.trim().is_empty())
    }

    /// A citation in the text without the brackets that the style puts around it.
    pub(super) fn without_brackets<'a>(&self, citation: &'a str) -> &'a str {
        let layout = &self.style.citation.layout;
        let (Some(before), Some(behind)) = (&layout.prefix, &layout.suffix) else { return citation };
        citation.strip_prefix(before.as_str()).and_then(|c| c.strip_suffix(behind.as_str())).unwrap_or(citation)
    }

    /// Adds words behind a comma or full stop, which some languages put inside a closing quotation mark.
    pub(super) fn append(&self, text: &mut String, mark: char, words: &str) {
        let ends = text.ends_with(mark) || (mark == '.' && text.ends_with(['?', '!']));
        match self.quotes.closing(text).filter(|_| self.inside) {
            Some(at) if !text[..at].ends_with(['.', ',', '?', '!']) => text.insert(at, mark),
            Some(at) if mark == '.' || text[..at].ends_with(mark) => {}
            _ if !ends => text.push(mark),
            _ => {}
        }
        text.push_str(words);
    }

    /// What a place in a source is called in full, in the language of the style's locale and its number:
    /// `paragraph 3`.
    pub(super) fn place_in_words(&self, at: &str) -> String {
        let place = Place::read(at);
        let term = place.locator().and_then(|l| {
            let own = self.locales.iter().find(|locale| locale.lang.as_ref() == Some(&self.locale))?;
            own.term(l.0.into(), TermForm::Long)?.single()
        });
        match term {
            Some(term) => format!("{term} {}", place.number()),
            None => at.to_owned(),
        }
    }

    /// The language of the note (BCP 47).
    pub(super) fn language(&self) -> &str {
        &self.language
    }

    /// Whether citations are notes; otherwise they stand in the text.
    pub(super) fn is_note(&self) -> bool {
        self.style.settings.class == StyleClass::Note
    }

    /// The key under which a form is remembered: style, locale, the source's content, what is wanted.
    fn key(&self, entry: &Entry, wanted: impl Hash) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.identity, &self.locale.0, &self.language).hash(&mut hasher);
        entry.hash_content(&mut hasher);
        wanted.hash(&mut hasher);
        hasher.finish()
    }

    fn cut(&self, part: Part, shape: &Shape) -> CutStyle {
        let mut cut = self.cut.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || match part {
            Part::Citation => Some(shape.citation(&self.style)),
            Part::Listing => shape.listing(&self.style),
            Part::Together if shape.together => {
                let whole = in_text::together(&self.style);
                let bibliography = whole.bibliography.clone();
                Some(IndependentStyle { bibliography, ..shape.citation(&whole) })
            }
            Part::Together => Some(in_text::together(&self.style)),
            Part::InOrder => Some(gathered::in_order(&self.style)),
            Part::SortInCitation(i) => {
                order::macro_style(&self.style, self.style.citation.sort.as_ref()?.keys.get(i)?, shape)
            }
            Part::Sort(i) => {
                let sort = self.style.bibliography.as_ref()?.sort.as_ref()?;
                order::macro_style(&self.style, sort.keys.get(i)?, shape)
            }
        };
        if let Some(known) = cut.get(&(part, shape.clone())) {
            return known.clone();
        }
        let made = make().map(Arc::new);
        cut.insert((part, shape.clone()), made.clone());
        made
    }

    /// An item by a style, alone.
    fn alone(&self, style: &IndependentStyle, item: &Item, at: Option<&Place>) -> ElemChildren {
        let mut item = item.clone();
        for (variable, mark) in shape::MARKS {
            item.0.entry(variable.to_string()).or_insert_with(|| Cell::String(mark.to_string()));
        }
        let item = CitationItem::with_locator(&item, at.and_then(Place::locator));
        let locale = Some(self.locale.clone());
        standalone_citation(CitationRequest::new(vec![item], style, locale, &self.locales, None))
    }

    /// One source of a note in the form that its standing asks for.
    fn form(&self, entry: &Entry, wanted: &Wanted) -> String {
        let at = wanted.at.as_deref().map(Place::read);
        let locator = at.as_ref().and_then(|place| place.locator().map(|l| l.0));
        let shape = Shape { standing: Some(wanted.standing), locator, ..Shape::of(entry) };
        let Some(style) = self.cut(Part::Citation, &shape) else { return String::new() };
        let print = |item: &Item| markdown(&self.alone(&style, item, at.as_ref()), &self.quotes);
        let mut text = self.dated(entry, &print);
        extras::unlabelled(self, &mut text, at.as_ref());
        if wanted.standing == Standing::First {
            let seen = entry.accessed.is_some() && print(&entry.unseen()) != print(&entry.item);
            extras::in_note(self, &mut text, entry, seen, &self.language);
        }
        text
    }

    /// A source's entry in the list.
    fn listed(&self, entry: &Entry, year_suffix: bool) -> String {
        let shape = Shape { year_suffix, ..Shape::of(entry) };
        let Some(style) = self.cut(Part::Listing, &shape) else { return String::new() };
        let print = |item: &Item| markdown::entry(&self.alone(&style, item, None), &self.quotes).trim().to_owned();
        let mut text = self.dated(entry, &print);
        let seen = entry.accessed.is_some() && print(&entry.unseen()) != print(&entry.item);
        extras::in_list(self, &mut text, entry, seen, &self.language);
        text
    }

    fn dated(&self, entry: &Entry, print: &dyn Fn(&Item) -> String) -> String {
        match &entry.date {
            None => print(&entry.item),
            Some(date) => dated::print(date, &self.language, |date| print(&entry.on(Some(date)))),
        }
    }

    /// What a source sorts by, key after key.
    fn sort_text(&self, entry: &Entry, keys: &[SortKey], part: fn(usize) -> Part) -> String {
        let shape = Shape::of(entry);
        let item = order::sortable(entry);
        let key = |(i, key): (usize, &SortKey)| match key {
            SortKey::Variable { variable, .. } => order::variable_key(entry, *variable).unwrap_or_default(),
            SortKey::MacroName { .. } => {
                let style = self.cut(part(i), &shape);
                let text = style.map(|style| markdown::plain(&self.alone(&style, &item, None)));
                text.map(|text| order::text_key(&text)).unwrap_or_default()
            }
        };
        keys.iter().enumerate().map(key).collect::<Vec<_>>().join(&order::APART.to_string())
    }
}

/// Hashing what formatting depends on.
trait HashInto {
    fn hash_into(&self, hasher: &mut DefaultHasher);
}

impl HashInto for IndependentStyle {
    fn hash_into(&self, hasher: &mut DefaultHasher) {
        let layouts: Vec<&[LayoutRenderingElement]> = std::iter::once(&self.citation.layout.elements)
            .chain(self.bibliography.iter().map(|b| &b.layout.elements))
            .chain(self.macros.iter().map(|m| &m.children))
            .map(Vec::as_slice)
            .collect();
        (&self.info.id, &self.citation, &self.settings, layouts).hash(hasher);
        self.locale.hash(hasher);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_at_the_start_begins_no_list() {
        for (entry, shown) in [
            ("1984. (2024).", "1984\\. (2024)."),
            ("0.", "0\\."),
            ("12) x", "12\\) x"),
            ("1984 x.", "1984 x."),
            ("3.5", "3.5"),
        ] {
            assert_eq!(not_a_list(entry.to_owned()), shown);
        }
    }

    #[test]
    fn names_that_repeat_become_the_style_s_dash() {
        let [start, end] = inline::NAMES;
        let entry = |names: &str, rest: &str| format!("{start}{names}{end}{rest}");
        let mut names = Repeated::new(Some("——"));
        assert_eq!(names.replace(&entry("Ann", ", One")), "Ann, One");
        assert_eq!(names.replace(&entry("Ann", ", Two")), "——, Two");
        assert_eq!(names.replace("No names"), "No names");
        assert_eq!(names.replace(&entry("Ann", ", Three")), "Ann, Three");
        assert_eq!(Repeated::new(None).replace(&entry("Ann", ".")), "Ann.");
    }
}
