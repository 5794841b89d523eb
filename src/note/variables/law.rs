//! Laws, cases and hearings: what styles expect of them where.

use super::Variables;
use crate::yaml::Value;

/// Types that are cited as law is: whoever made them is an authority, not an author.
const LEGAL: &[&str] = &["bill", "hearing", "legal_case", "legislation", "regulation", "treaty"];

/// Whether sources of a type are cited as law is.
pub(super) fn is_legal(kind: Option<&str>) -> bool {
    kind.is_some_and(|kind| LEGAL.contains(&kind))
}

/// Puts what a legal source says where styles look for it, for notes in a language.
pub(super) fn settle(variables: &mut Variables, language: &str) {
    match variables.text("type") {
        // Styles print the number as that of a public law of the United States; `c. 12` is none.
        Some("legislation" | "bill") => {
            if let Some(chapter) = variables.text("number").filter(|n| n.starts_with(char::is_alphabetic)) {
                let chapter = chapter.to_owned();
                variables.take("number");
                let collected = match variables.text("container-title") {
                    Some(collection) => format!("{collection}, {chapter}"),
                    None => chapter,
                };
                variables.set("container-title", collected);
            }
        }
        Some("hearing") => hearing(variables, language),
        _ => {}
    }
}

/// Styles read a hearing's number as that of the bill it was on, and print “before the” and the section,
/// which is the committee, in English whatever the language.
fn hearing(variables: &mut Variables, language: &str) {
    let Some(Value::Text(committee)) = variables.take("authority") else { return };
    let number = variables.take("number").and_then(|number| number.text().map(ToOwned::to_owned));
    if language.starts_with("en") {
        variables.fill("section", Some(&committee));
        variables.fill("chapter-number", number.as_deref());
    } else {
        let whole = number.map(|number| format!("{committee}, {number}"));
        variables.set("authority", whole.unwrap_or(committee.into()));
    }
}

/// Keeps the word between the parties of a case small.
pub(super) fn keep_versus(variables: &mut Variables) {
    if variables.text("type") == Some("legal_case")
        && let Some(title) = variables.text("title").map(with_small_versus)
    {
        variables.set("title", title);
    }
}

/// `Harbour Authority v. Lind`: styles that capitalise titles would print `V.`.
fn with_small_versus(title: &str) -> String {
    let versus = |word: &str| matches!(word, "v." | "v" | "vs." | "vs" | "gegen" | "c." | "contra");
    let words = title.split(' ').map(|word| match versus(word) {
        true => format!("<span class=\"nocase\">{word}</span>"),
        false => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(texts: &[(&str, &str)], language: &str) -> Variables {
        let mut variables = Variables::default();
        texts.iter().for_each(|(name, text)| variables.set(name, *text));
        settle(&mut variables, language);
        keep_versus(&mut variables);
        variables
    }

    #[test]
    fn the_chapter_of_an_act_is_no_public_law() {
        let act = settled(&[("type", "legislation"), ("number", "c. 12"), ("container-title", "Statutes")], "en");
        assert_eq!((act.text("number"), act.text("container-title")), (None, Some("Statutes, c. 12")));
        assert_eq!(settled(&[("type", "legislation"), ("number", "105-22")], "en").text("number"), Some("105-22"));
    }

    #[test]
    fn the_parties_of_a_case_stand_against_each_other_in_small_letters() {
        let case = settled(&[("type", "legal_case"), ("title", "Harbour v. Lind")], "en");
        assert_eq!(case.text("title"), Some("Harbour <span class=\"nocase\">v.</span> Lind"));
    }

    #[test]
    fn a_hearing_is_before_its_committee() {
        let written = [("type", "hearing"), ("authority", "Committee"), ("number", "HC 118")];
        let english = settled(&written, "en-GB");
        assert_eq!((english.text("section"), english.text("chapter-number")), (Some("Committee"), Some("HC 118")));
        assert_eq!(settled(&written, "fr").text("authority"), Some("Committee, HC 118"));
    }
}
