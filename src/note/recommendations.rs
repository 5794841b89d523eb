//! Recommendations: under each its boxes to tick.
//!
//! The section names the usual ones, and a recommendation may end with its own: `… {Noted, Please
//! discuss}`, or `{}` for none. One that has a ☐ already is left as it is.

use crate::template::{Role, SectionSpec, labels};

/// The content of a recommendation with its boxes under it.
pub(super) fn with_boxes(content: &str, spec: Option<&SectionSpec>) -> String {
    let Some(spec) = spec.filter(|s| s.role == Role::Recommendations) else { return content.to_owned() };
    if content.contains('☐') {
        return content.to_owned();
    }
    let (content, own) = taken_apart(content);
    under(content, own.as_deref().unwrap_or(&spec.boxes))
}

/// A paragraph of such a section: an introduction has no boxes but those it names.
pub(super) fn with_own_boxes(paragraph: &str, spec: Option<&SectionSpec>) -> String {
    let applies = spec.is_some_and(|s| s.role == Role::Recommendations) && !paragraph.contains('☐');
    match taken_apart(paragraph) {
        (content, Some(own)) if applies => under(content, &own),
        _ => paragraph.to_owned(),
    }
}

fn under(content: &str, boxes: &[String]) -> String {
    if boxes.is_empty() {
        return content.to_owned();
    }
    let boxes: Vec<String> = boxes.iter().map(|label| format!("☐ {}", crate::markdown::escape(label))).collect();
    format!("{content}\n\n{}", boxes.join("  "))
}

/// The content, and the labels in braces at its end if there are any.
fn taken_apart(content: &str) -> (&str, Option<Vec<String>>) {
    let found = content.strip_suffix('}').and_then(|rest| rest.rsplit_once('{'));
    match found.filter(|(before, inside)| !before.ends_with('\\') && !inside.contains('\n')) {
        Some((before, inside)) => (before.trim_end(), Some(labels(inside))),
        None => (content, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(role: Role) -> SectionSpec {
        SectionSpec { role, boxes: vec!["Agreed".into(), "Not agreed".into()], ..SectionSpec::default() }
    }

    #[test]
    fn each_recommendation_has_its_boxes() {
        let spec = spec(Role::Recommendations);
        for (item, printed) in [
            ("Agree.", "Agree.\n\n☐ Agreed  ☐ Not agreed"),
            ("Note it.[^1] {Noted, Please *discuss*}", "Note it.[^1]\n\n☐ Noted  ☐ Please \\*discuss\\*"),
            ("Sign it.\n{Signed, Not signed}", "Sign it.\n\n☐ Signed  ☐ Not signed"),
            ("Nothing to tick. {}", "Nothing to tick."),
            ("Agree ☐ yes ☐ no", "Agree ☐ yes ☐ no"),
            ("In \\{braces}", "In \\{braces}\n\n☐ Agreed  ☐ Not agreed"),
        ] {
            assert_eq!(with_boxes(item, Some(&spec)), printed);
        }
        assert_eq!(with_own_boxes("That you:", Some(&spec)), "That you:");
        assert_eq!(with_own_boxes("Agree. {Yes, No}", Some(&spec)), "Agree.\n\n☐ Yes  ☐ No");
    }

    #[test]
    fn other_sections_have_none() {
        assert_eq!(with_boxes("Agree. {Yes}", Some(&spec(Role::Plain))), "Agree. {Yes}");
        assert_eq!(with_boxes("Agree. {Yes}", None), "Agree. {Yes}");
    }
}
