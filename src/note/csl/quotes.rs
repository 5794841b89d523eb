//! Quotation marks: which marks a language uses, and which of them where.
//!
//! Styles put titles in quotation marks, and titles have quotations of their own. A mark inside others
//! must be of the inner kind, whatever the source wrote. So the style is made to print signs in place of
//! marks, the text has signs as well, and the marks are chosen when all is put together.

use hayagriva::citationberg::taxonomy::OtherTerm;
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, LocaleFile, TermForm};

use super::super::inline::{CLOSE_QUOTE, OPEN_QUOTE, STYLE_CLOSE_QUOTE, STYLE_OPEN_QUOTE};

/// The quotation marks of a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quotes {
    outer: [String; 2],
    inner: [String; 2],
}

impl Default for Quotes {
    fn default() -> Self {
        Self { outer: ["“".into(), "”".into()], inner: ["‘".into(), "’".into()] }
    }
}

impl Quotes {
    /// The marks of a locale, its fallback behind it.
    pub(super) fn of(locales: &[Locale], locale: &LocaleCode) -> Self {
        let own = locales.iter().find(|l| l.lang.as_ref() == Some(locale)).or(locales.first());
        let term = |term: OtherTerm| own?.term(term.into(), TermForm::default())?.single().map(ToOwned::to_owned);
        let pair = |open, close, or: [String; 2]| match (term(open), term(close)) {
            (Some(open), Some(close)) => [open, close],
            _ => or,
        };
        let usual = Self::default();
        Self {
            outer: pair(OtherTerm::OpenQuote, OtherTerm::CloseQuote, usual.outer),
            inner: pair(OtherTerm::OpenInnerQuote, OtherTerm::CloseInnerQuote, usual.inner),
        }
    }
}

impl Quotes {
    /// The byte at which the closing quotation mark that ends a text begins.
    pub(super) fn closing(&self, text: &str) -> Option<usize> {
        let marks = [&self.outer[1], &self.inner[1]];
        marks.iter().find(|mark| text.ends_with(mark.as_str())).map(|mark| text.len() - mark.len())
    }
}

/// Whether the language, or the style for it, puts commas and full stops inside quotation marks.
pub(super) fn take_punctuation(style: &IndependentStyle, locales: &[Locale], locale: &LocaleCode) -> bool {
    let same = |l: &&Locale| l.lang.as_ref().is_none_or(|lang| *lang == *locale);
    let option = |l: &Locale| l.style_options.as_ref().and_then(|options| options.punctuation_in_quote);
    let own = style.locale.iter().filter(same).find_map(option);
    own.or_else(|| locales.iter().filter(|l| l.lang.as_ref() == Some(locale)).find_map(option)).unwrap_or(false)
}

/// Follows the quotation marks through a text.
#[derive(Debug)]
pub(super) struct Nesting<'a> {
    quotes: &'a Quotes,
    depth: usize,
}

impl<'a> Nesting<'a> {
    /// At the start of a text.
    pub(super) fn new(quotes: &'a Quotes) -> Self {
        Self { quotes, depth: 0 }
    }

    /// The mark that a sign stands for here; `None` for any other character.
    pub(super) fn mark(&mut self, sign: char) -> Option<&'a str> {
        match sign {
            OPEN_QUOTE | STYLE_OPEN_QUOTE => {
                self.depth += 1;
                Some(&self.pair()[0])
            }
            CLOSE_QUOTE | STYLE_CLOSE_QUOTE => {
                let mark = &self.pair()[1];
                self.depth = self.depth.saturating_sub(1);
                Some(mark)
            }
            _ => None,
        }
    }

    fn pair(&self) -> &'a [String; 2] {
        if self.depth > 0 && self.depth.is_multiple_of(2) { &self.quotes.inner } else { &self.quotes.outer }
    }
}

/// Makes a style print signs in place of quotation marks.
pub(super) fn with_signs(style: &mut IndependentStyle) {
    let terms = [
        ("open-quote", STYLE_OPEN_QUOTE),
        ("close-quote", STYLE_CLOSE_QUOTE),
        ("open-inner-quote", STYLE_OPEN_QUOTE),
        ("close-inner-quote", STYLE_CLOSE_QUOTE),
    ];
    let terms: String = terms.iter().map(|(name, sign)| format!("<term name=\"{name}\">{sign}</term>")).collect();
    let xml = format!(
        "<locale xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" xml:lang=\"en-US\"><terms>{terms}</terms></locale>"
    );
    let Ok(file) = LocaleFile::from_xml(&xml) else { return };
    // For every language: the style's own terms come before those of locales.
    for locale in &mut style.locale {
        if let (Some(own), Some(signs)) = (&mut locale.terms, &file.terms) {
            own.terms.retain(|term| !signs.terms.iter().any(|sign| sign.name == term.name));
        }
    }
    style.locale.push(Locale { lang: None, info: None, terms: file.terms, date: Vec::new(), style_options: None });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_alternate_with_depth() {
        let quotes = Quotes { outer: ["‘".into(), "’".into()], inner: ["“".into(), "”".into()] };
        let mut nesting = Nesting::new(&quotes);
        let text: String = "‹NATO: «so» «a «b» c»› «d»"
            .chars()
            .map(|c| nesting.mark(c).map_or_else(|| c.to_string(), ToOwned::to_owned))
            .collect();
        assert_eq!(text, "‘NATO: “so” “a ‘b’ c”’ ‘d’");
    }
}
