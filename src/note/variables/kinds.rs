//! What sort of thing a source is: from the words of event files to the types of CSL.

use crate::model::csl::TYPES;
use crate::model::text::nearest;

/// Words of a press or intelligence desk: the CSL type, and the genre that the word itself names, in
/// English, French, German and Spanish.
const DESK: &[(&str, &str, [&str; 4])] = &[
    ("cable", "manuscript", ["cable", "télégramme diplomatique", "Drahtbericht", "cable"]),
    ("email", "personal_communication", ["email", "courriel", "E-Mail", "correo electrónico"]),
    ("letter", "personal_communication", ["letter", "lettre", "Brief", "carta"]),
    ("photograph", "graphic", ["photograph", "photographie", "Fotografie", "fotografía"]),
    ("podcast", "broadcast", ["podcast", "podcast", "Podcast", "pódcast"]),
    ("press-release", "webpage", ["press release", "communiqué de presse", "Pressemitteilung", "comunicado de prensa"]),
    ("radio", "broadcast", ["radio broadcast", "émission de radio", "Radiosendung", "emisión de radio"]),
    ("social-post", "post", [""; 4]),
    ("statement", "webpage", ["statement", "déclaration", "Erklärung", "declaración"]),
    (
        "television",
        "broadcast",
        ["television broadcast", "émission de télévision", "Fernsehsendung", "emisión de televisión"],
    ),
    ("transcript", "speech", ["transcript", "transcription", "Transkript", "transcripción"]),
];

/// Hayagriva's types that mean one thing wherever they stand.
const HAYAGRIVA: &[(&str, &str)] = &[
    ("anthology", "book"),
    ("anthos", "chapter"),
    ("artwork", "graphic"),
    ("audio", "song"),
    ("blog", "webpage"),
    ("case", "legal_case"),
    ("conference", "event"),
    ("exhibition", "event"),
    ("misc", "document"),
    ("newspaper", "periodical"),
    ("original", "document"),
    ("proceedings", "book"),
    ("reference", "book"),
    ("repository", "software"),
    ("scene", "broadcast"),
    ("thread", "post"),
    ("video", "motion_picture"),
    ("web", "webpage"),
];

/// What a written type means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// The CSL type.
    pub csl: &'static str,
    /// The genre that the word implies; empty for none.
    pub genre: &'static str,
}

/// The type of a source of this written type inside a parent of that one, its genre in a language.
///
/// `None` for a word that is no type.
pub(super) fn of(written: &str, parent: Option<&str>, language: &str) -> Option<Kind> {
    let plain = |csl| Some(Kind { csl, genre: "" });
    let (word, parent) = (one_word(written), parent.map(one_word));
    match (word.as_str(), parent.as_deref()) {
        ("article", Some("periodical" | "journal")) => return plain("article-journal"),
        // An article on a news site is a newspaper's: CSL's bare `article` is a preprint.
        ("article", Some("newspaper" | "web" | "webpage")) => return plain("article-newspaper"),
        ("article", Some("magazine")) => return plain("article-magazine"),
        ("article", Some("proceedings" | "conference")) => return plain("paper-conference"),
        ("article", Some("blog")) => return plain("post-weblog"),
        ("article" | "entry", Some("reference")) => return plain("entry-encyclopedia"),
        ("article", Some("book" | "anthology")) => return plain("chapter"),
        ("article", None) => return plain("webpage"),
        ("artwork" | "graphic", Some("article" | "report" | "book")) => return plain("figure"),
        ("audio" | "video", Some(_)) => return plain("broadcast"),
        _ => {}
    }
    if let Some(csl) = TYPES.iter().find(|csl| csl.replace('_', "-") == word) {
        return plain(csl);
    }
    if let Some((_, csl, genres)) = DESK.iter().find(|(own, ..)| *own == word) {
        let [english, french, german, spanish] = *genres;
        let genre = match language.split(['-', '_']).next().unwrap_or_default() {
            "fr" => french,
            "de" => german,
            "es" => spanish,
            _ => english,
        };
        return Some(Kind { csl, genre });
    }
    HAYAGRIVA.iter().find(|(own, _)| *own == word).and_then(|(_, csl)| plain(csl))
}

/// `Press release`, `press_release` and `press-release` are one word.
fn one_word(written: &str) -> String {
    written.trim().to_lowercase().replace(['_', ' '], "-")
}

/// The type that was probably meant.
pub(super) fn near(written: &str) -> Option<&'static str> {
    let words = TYPES.iter().copied().chain(DESK.iter().map(|(w, ..)| *w)).chain(HAYAGRIVA.iter().map(|(w, _)| *w));
    nearest(written, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_read_in_the_words_of_hayagriva_csl_and_the_desk() {
        for (written, parent, csl, genre) in [
            ("article", Some("newspaper"), "article-newspaper", ""),
            ("Article", Some("web"), "article-newspaper", ""),
            ("article", None, "webpage", ""),
            ("article", Some("periodical"), "article-journal", ""),
            ("article", Some("video"), "article", ""),
            ("video", None, "motion_picture", ""),
            ("video", Some("broadcast"), "broadcast", ""),
            ("personal-communication", None, "personal_communication", ""),
            ("cable", None, "manuscript", "cable"),
            ("artwork", None, "graphic", ""),
            ("artwork", Some("article"), "figure", ""),
            ("legislation", None, "legislation", ""),
        ] {
            assert_eq!(of(written, parent, "en-GB"), Some(Kind { csl, genre }), "{written}");
        }
        assert_eq!(of("scroll", None, "en"), None);
        assert_eq!(of("Press release", None, "de-AT").map(|kind| kind.genre), Some("Pressemitteilung"));
        assert_eq!(near("interveiw"), Some("interview"));
    }
}
