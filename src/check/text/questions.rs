//! Questions and answers by the labels that lead them: `Q: …`, `A: …`, `Frage: …`, `R : …`.

/// What a label says of the text behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Label {
    Question,
    Answer,
}

/// English, French, German, Spanish, Russian; a letter may mean one thing in one language and another elsewhere,
/// and then the language decides.
const QUESTIONS: &[&str] = &["Q", "Question", "Frage", "Pregunta", "Вопрос"];
const ANSWERS: &[&str] = &["A", "Answer", "Réponse", "R", "Antwort", "Respuesta", "Ответ"];

/// The label with which a text begins, and what stands behind it.
pub(in crate::check) fn labelled<'t>(text: &'t str, language: &str) -> Option<(Label, &'t str)> {
    let (word, rest) = text.split_once(':')?;
    let word = word.trim_end();
    let more: (&[&str], &[&str]) = match language.split(['-', '_']).next().unwrap_or_default() {
        "de" => (&["F"], &[]),
        "es" => (&["P"], &[]),
        "ru" => (&["В"], &["О"]),
        _ => (&[], &[]),
    };
    let is = |words: [&[&str]; 2]| words.concat().contains(&word);
    if is([QUESTIONS, more.0]) {
        Some((Label::Question, rest))
    } else if is([ANSWERS, more.1]) {
        Some((Label::Answer, rest))
    } else {
        None
    }
}

/// What stands behind the first answer's label in a text, if there is one.
pub(in crate::check) fn answer<'t>(text: &'t str, language: &str) -> Option<&'t str> {
    let starts = text.char_indices().filter(|(at, c)| {
        c.is_alphabetic() && text.get(..*at).and_then(|t| t.chars().next_back()).is_none_or(char::is_whitespace)
    });
    starts
        .filter_map(|(at, _)| labelled(text.get(at..)?, language))
        .find(|(l, _)| *l == Label::Answer)
        .map(|(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_many_languages() {
        for (text, language, label) in [
            ("Q: x", "en", Some(Label::Question)),
            ("Q\u{a0}: x", "fr", Some(Label::Question)),
            ("R : x", "fr", Some(Label::Answer)),
            ("Frage: x", "de", Some(Label::Question)),
            ("F: x", "de-AT", Some(Label::Question)),
            ("F: x", "en", None),
            ("Quite: x", "en", None),
            ("x", "en", None),
        ] {
            assert_eq!(labelled(text, language).map(|(l, _)| l), label, "{text}");
        }
        assert_eq!(answer(" Will he? A: No.", "en"), Some(" No."));
        assert_eq!(answer(" Will he? NA: No.", "en"), None);
    }
}
