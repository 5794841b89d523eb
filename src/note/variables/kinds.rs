//! What sort of thing a source is: from the words of event files to the types of CSL.

use crate::model::csl::TYPES;
use crate::model::text::nearest;

/// Words of a press or intelligence desk: the CSL type, and the genre that the word itself names.
const DESK: &[(&str, &str, &str)] = &[
    ("cable", "manuscript", "cable"),
    ("email", "personal_communication", "email"),
    ("letter", "personal_communication", "letter"),
    ("photograph", "graphic", "photograph"),
    ("podcast", "broadcast", "podcast"),
    ("press-release", "webpage", "press release"),
    ("radio", "broadcast", "radio broadcast"),
    ("social-post", "post", ""),
    ("statement", "webpage", "statement"),
    ("television", "broadcast", "television broadcast"),
    ("transcript", "speech", "transcript"),
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

/// The type of a source of this written type inside a parent of that one.
///
/// `None` for a word that is no type.
pub(super) fn of(written: &str, parent: Option<&str>) -> Option<Kind> {
    let word = written.trim().to_lowercase().replace('_', "-");
    let plain = |csl| Some(Kind { csl, genre: "" });
    let parent = parent.map(|p| p.trim().to_lowercase().replace('_', "-"));
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
    if let Some((_, csl, genre)) = DESK.iter().find(|(own, ..)| *own == word) {
        return Some(Kind { csl, genre });
    }
    HAYAGRIVA.iter().find(|(own, _)| *own == word).and_then(|(_, csl)| plain(csl))
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
            assert_eq!(of(written, parent), Some(Kind { csl, genre }), "{written}");
        }
        assert_eq!(of("scroll", None), None);
        assert_eq!(near("interveiw"), Some("interview"));
    }
}
