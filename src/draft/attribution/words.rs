//! The words of attribution, in the languages that have words of their own.

/// What stands around names and dates; `{}` is the name or the date.
#[derive(Debug)]
pub(super) struct Words {
    /// Behind the closing quotation mark: `said {}`.
    pub said: &'static str,
    /// Whether the comma behind quoted words stands inside the quotation marks.
    pub comma_inside: bool,
    /// One who spoke under the Chatham House Rule.
    pub participant: &'static str,
    /// One who may not be named and of whom no role is known.
    pub unnamed: &'static str,
    /// A role that stands for its holder, as in `a Foreign Ministry spokesperson`.
    pub with_article: fn(&str) -> String,
    /// Before a day; `None` where no preposition fits.
    pub on_day: Option<&'static str>,
    /// Before a month.
    pub in_month: Option<&'static str>,
    /// Before a year.
    pub in_year: Option<&'static str>,
    /// Behind a claim, in lower case.
    pub according_to: &'static str,
    /// The same of [`Words::participant`], where its form changes.
    pub according_to_participant: &'static str,
    /// The same of [`Words::unnamed`].
    pub according_to_unnamed: &'static str,
    /// Words that one reporter gives.
    pub reported_by: &'static str,
    /// Words that somebody translated.
    pub translated_by: &'static str,
    /// Words whose translator also reported them.
    pub translated_and_reported_by: &'static str,
    /// Words that nobody says who translated.
    pub translation: &'static str,
}

/// The words for a language (BCP 47): French, German and Spanish have their own, all others English.
pub(super) fn of(language: &str) -> &'static Words {
    match primary(language).as_str() {
        "en" | "" => &ENGLISH,
        "fr" => &FRENCH,
        "de" => &GERMAN,
        "es" => &SPANISH,
        _ => &OTHER,
    }
}

/// The primary subtag of a language tag, in lower case.
pub(super) fn primary(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

/// A role with an indefinite article, unless it has one. In French, German and Spanish the article
/// depends on a gender that the role does not tell, so there the role stays as it is written.
fn english_article(role: &str) -> String {
    let (first, rest) = role.split_once(' ').unwrap_or((role, ""));
    let led = ["a", "an", "the", "one", "some", "another"].iter().any(|word| first.eq_ignore_ascii_case(word));
    if led && !rest.is_empty() {
        return role.to_owned();
    }
    let vowel = role.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    format!("{} {role}", if vowel { "an" } else { "a" })
}

static ENGLISH: Words = Words {
    said: "said {}",
    comma_inside: true,
    participant: "a participant",
    unnamed: "an unnamed source",
    with_article: english_article,
    on_day: Some("on {}"),
    in_month: Some("in {}"),
    in_year: Some("in {}"),
    according_to: "according to {}",
    according_to_participant: "according to a participant",
    according_to_unnamed: "according to an unnamed source",
    reported_by: "as reported by {}",
    translated_by: "translated by {}",
    translated_and_reported_by: "as translated and reported by {}",
    translation: "translation",
};

/// English words beside dates of another language, which take no English preposition.
static OTHER: Words = Words { on_day: None, in_month: None, in_year: None, ..ENGLISH };

static FRENCH: Words = Words {
    said: "a déclaré {}",
    comma_inside: false,
    participant: "un participant",
    unnamed: "une source anonyme",
    with_article: str::to_owned,
    on_day: Some("le {}"),
    in_month: Some("en {}"),
    in_year: Some("en {}"),
    according_to: "selon {}",
    according_to_participant: "selon un participant",
    according_to_unnamed: "selon une source anonyme",
    reported_by: "d’après {}",
    translated_by: "traduit par {}",
    translated_and_reported_by: "traduit et rapporté par {}",
    translation: "traduction",
};

static GERMAN: Words = Words {
    said: "sagte {}",
    comma_inside: false,
    participant: "eine teilnehmende Person",
    unnamed: "eine nicht genannte Quelle",
    with_article: str::to_owned,
    on_day: Some("am {}"),
    in_month: Some("im {}"),
    in_year: Some("{}"),
    according_to: "laut {}",
    according_to_participant: "laut einer teilnehmenden Person",
    according_to_unnamed: "laut einer nicht genannten Quelle",
    reported_by: "zitiert nach {}",
    translated_by: "übersetzt von {}",
    translated_and_reported_by: "übersetzt und wiedergegeben von {}",
    translation: "Übersetzung",
};

static SPANISH: Words = Words {
    said: "dijo {}",
    comma_inside: false,
    participant: "un participante",
    unnamed: "una fuente no identificada",
    with_article: str::to_owned,
    on_day: Some("el {}"),
    in_month: Some("en {}"),
    in_year: Some("en {}"),
    according_to: "según {}",
    according_to_participant: "según un participante",
    according_to_unnamed: "según una fuente no identificada",
    reported_by: "citado por {}",
    translated_by: "traducido por {}",
    translated_and_reported_by: "traducido y citado por {}",
    translation: "traducción",
};
