//! The locale that a style is printed in.

use std::sync::OnceLock;

use hayagriva::citationberg::{Locale, LocaleCode};

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
    LOCALES.get_or_init(hayagriva::archive::locales)
}

/// Warms up what every first note needs, so that it can run beside other work.
pub(crate) fn warm_up() {
    all_locales();
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
