//! The locale that a style is printed in.

use std::sync::OnceLock;

use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, LocaleFile};

/// Words that the archived locales leave in English: the term, its form, one and several of it.
type Mended = &'static [(&'static str, &'static str, &'static str, &'static str)];

const GERMAN: Mended = &[
    ("act", "long", "Akt", "Akte"),
    ("appendix", "long", "Anhang", "Anhänge"),
    ("appendix", "short", "Anh.", "Anh."),
    ("article-locator", "short", "Art.", "Art."),
    ("canon", "long", "Kanon", "Kanones"),
    ("elocation", "long", "Position", "Positionen"),
    ("elocation", "short", "Pos.", "Pos."),
    ("equation", "long", "Gleichung", "Gleichungen"),
    ("equation", "short", "Gl.", "Gl."),
    ("hearing", "verb", "Aussage:", ""),
    ("legislation", "short", "Gesetz", "Gesetze"),
    ("paragraph", "symbol", "Abs.", "Abs."),
    ("rule", "long", "Regel", "Regeln"),
    ("rule", "short", "Regel", "Regeln"),
    ("scene", "long", "Szene", "Szenen"),
    ("scene", "short", "Sz.", "Sz."),
    ("supplement", "long", "Supplement", "Supplemente"),
    ("supplement", "short", "Suppl.", "Suppl."),
    ("table", "long", "Tabelle", "Tabellen"),
    ("table", "short", "Tab.", "Tab."),
    ("title-locator", "long", "Titel", "Titel"),
    ("title-locator", "short", "Tit.", "Tit."),
];
const SPANISH: Mended = &[
    ("act", "long", "acto", "actos"),
    ("appendix", "long", "apéndice", "apéndices"),
    ("appendix", "short", "apénd.", "apénd."),
    ("article-locator", "long", "artículo", "artículos"),
    ("article-locator", "short", "art.", "arts."),
    ("canon", "long", "canon", "cánones"),
    ("elocation", "long", "posición", "posiciones"),
    ("elocation", "short", "pos.", "pos."),
    ("equation", "long", "ecuación", "ecuaciones"),
    ("equation", "short", "ec.", "ecs."),
    ("hearing", "long", "audiencia", "audiencias"),
    ("hearing", "verb", "testimonio de", ""),
    ("legislation", "short", "legisl.", "legisl."),
    ("number", "short", "n.º", "n.ºˢ"),
    ("on", "long", "en", ""),
    ("rule", "long", "regla", "reglas"),
    ("rule", "short", "regla", "reglas"),
    ("scene", "long", "escena", "escenas"),
    ("scene", "short", "esc.", "escs."),
    ("supplement", "long", "suplemento", "suplementos"),
    ("supplement", "short", "supl.", "supls."),
    ("table", "long", "tabla", "tablas"),
    ("table", "short", "tabla", "tablas"),
    ("title-locator", "long", "título", "títulos"),
    ("title-locator", "short", "tít.", "títs."),
];

/// The locale that a style is printed in, and US English, on which it falls back.
#[derive(Clone, Debug)]
pub(super) struct Spoken {
    pub(super) code: LocaleCode,
    pub(super) locales: Vec<Locale>,
}

/// What marks a locale that a style itself names.
const NAMED: char = '=';

/// Which locale to look for: the style's own, else the best for a language.
pub(super) fn asked(style: &IndependentStyle, language: &str) -> String {
    style.default_locale.as_ref().map_or_else(|| language.to_owned(), |code| format!("{NAMED}{}", code.0))
}

impl Spoken {
    pub(super) fn new(code: String, locales: Vec<Locale>) -> Self {
        Self { code: LocaleCode(code), locales }
    }

    /// Finds what was [`asked`] for in the archive.
    pub(super) fn find(asked: &str) -> Self {
        let named = asked.strip_prefix(NAMED).map(|code| LocaleCode(code.to_owned()));
        let code = named.unwrap_or_else(|| best_locale(asked));
        let wanted = |l: &&Locale| l.lang.as_ref().is_some_and(|c| c.0 == code.0 || c.0 == "en-US");
        let locales = all_locales().iter().filter(wanted).cloned().collect();
        Self { code, locales }
    }
}

/// The archived locale for a language: exact, else its main region, else US English.
pub(super) fn best_locale(language: &str) -> LocaleCode {
    let has =
        |code: &str| all_locales().iter().any(|l| l.lang.as_ref().is_some_and(|c| c.0.eq_ignore_ascii_case(code)));
    let main = language.split(['-', '_']).next().unwrap_or("en").to_lowercase();
    let doubled = format!("{main}-{}", main.to_uppercase());
    let usual = match main.as_str() {
        "en" if american(language) => "en-US",
        "en" => "en-GB",
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

/// Whether English of this region writes dates and quotation marks as in the United States, which plain
/// `en` does, too.
fn american(language: &str) -> bool {
    match language.split(['-', '_']).nth(1) {
        None => true,
        Some(region) => ["US", "CA", "PH"].iter().any(|r| r.eq_ignore_ascii_case(region)),
    }
}

/// Decoded once a process; the archive gives them only all together.
pub(super) fn all_locales() -> &'static [Locale] {
    static LOCALES: OnceLock<Vec<Locale>> = OnceLock::new();
    LOCALES.get_or_init(|| {
        let mut locales = hayagriva::archive::locales();
        locales.iter_mut().for_each(mend);
        locales
    })
}

/// Puts words of the language where a locale has English ones.
fn mend(locale: &mut Locale) {
    let language = locale.lang.as_ref().map(|code| code.0.split('-').next().unwrap_or_default());
    let words = match language {
        Some("de") => GERMAN,
        Some("es") => SPANISH,
        _ => return,
    };
    let terms: String = words.iter().map(term).collect();
    let xml = format!(
        "<locale xmlns=\"http://purl.org/net/xbiblio/csl\" version=\"1.0\" xml:lang=\"en-US\"><terms>{terms}</terms></locale>"
    );
    let Some(mended) = LocaleFile::from_xml(&xml).ok().and_then(|file| file.terms) else { return };
    if let Some(own) = &mut locale.terms {
        own.terms.retain(|term| !mended.terms.iter().any(|new| (new.name, new.form) == (term.name, term.form)));
        own.terms.extend(mended.terms);
    }
}

fn term((name, form, one, several): &(&str, &str, &str, &str)) -> String {
    if several.is_empty() {
        return format!("<term name=\"{name}\" form=\"{form}\">{one}</term>");
    }
    format!("<term name=\"{name}\" form=\"{form}\"><single>{one}</single><multiple>{several}</multiple></term>")
}

/// Warms up what every first note needs, so that it can run beside other work.
pub(crate) fn warm_up() {
    all_locales();
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayagriva::citationberg::taxonomy::Locator;
    use hayagriva::citationberg::{TermForm, taxonomy::Term};

    #[test]
    fn a_language_leads_to_the_locale_that_reads_like_it() {
        for (language, locale) in [
            ("en", "en-US"),
            ("en-CA", "en-US"),
            ("en-AU", "en-GB"),
            ("en-GB", "en-GB"),
            ("de-AT", "de-AT"),
            ("de-LI", "de-DE"),
            ("fr", "fr-FR"),
            ("pt-BR", "pt-BR"),
            ("zh", "zh-CN"),
            ("la", "la"),
            ("tlh", "en-US"),
        ] {
            assert_eq!(best_locale(language).0, locale, "{language}");
        }
    }

    #[test]
    fn german_and_spanish_places_have_no_english_words() {
        let english = all_locales().iter().find(|l| l.lang == Some(LocaleCode::en_us())).unwrap();
        let kinds = [Locator::Table, Locator::Rule, Locator::Scene, Locator::Supplement, Locator::Equation];
        for code in ["de-DE", "de-AT", "es-ES", "es-MX"] {
            let own = all_locales().iter().find(|l| l.lang.as_ref().is_some_and(|lang| lang.0 == code));
            for (kind, form) in kinds.iter().flat_map(|kind| [(kind, TermForm::Long), (kind, TermForm::Short)]) {
                let word = |l: &Locale| l.term(Term::Locator(*kind), form).and_then(|t| t.single().map(str::to_owned));
                // The regions of a language take from its main locale what they leave out.
                if let Some(own) = own.and_then(word) {
                    assert!(own == "Supplement" || Some(own) != word(english), "{code} {kind:?} {form:?}");
                }
            }
        }
    }
}
