//! A source in full as plain text for the screen, in no citation style: fast, and without a formatter.

use super::variables::{self, Variables};
use crate::model::Source;
use crate::model::text::without_tags;
use crate::yaml::Value;

/// A source in full.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// Who, what, in what, where in it, by whom, when.
    pub text: String,
    /// Its address: a URL, else a DOI.
    pub address: Option<String>,
    /// When it was looked at, as written.
    pub accessed: Option<String>,
}

/// A source in full, whatever it was written in.
pub fn reference(source: &Source) -> Reference {
    let (variables, _) = variables::of(source, "en");
    let text = |name: &str| variables.text(name).map(|text| without_tags(text).into_owned());
    let who = names(&variables, "author").or_else(|| names(&variables, "editor"));
    let number = match (text("volume"), text("issue").or_else(|| text("number"))) {
        (Some(volume), Some(issue)) => Some(format!("{volume}({issue})")),
        (volume, issue) => volume.or(issue),
    };
    let pages = text("page").map(|pages| format!("pp. {pages}"));
    let parts = [
        who,
        text("title"),
        text("container-title"),
        number,
        pages,
        text("publisher"),
        text("publisher-place"),
        text("issued"),
    ];
    let address = text("URL").or_else(|| text("DOI").map(|doi| format!("doi:{doi}")));
    Reference { text: parts.into_iter().flatten().collect::<Vec<_>>().join(", "), address, accessed: text("accessed") }
}

/// `Ludwig van Beethoven, Xinhua`
fn names(variables: &Variables, name: &str) -> Option<String> {
    let Value::List(people) = variables.get(name)? else { return None };
    let one = |person: &Value| {
        if let Some(literal) = person.text_or("literal") {
            return Some(without_tags(literal).into_owned());
        }
        let parts = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"];
        let parts: Vec<&str> = parts.iter().filter_map(|part| person.get(part)?.text()).collect();
        (!parts.is_empty()).then(|| without_tags(&parts.join(" ")).into_owned())
    };
    let people: Vec<String> = people.iter().filter_map(one).collect();
    (!people.is_empty()).then(|| people.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::source::Record;

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    fn map(entries: &[(&str, &str)]) -> Value {
        Value::Map(entries.iter().map(|(key, value)| ((*key).into(), text(value))).collect())
    }

    #[test]
    fn both_vocabularies_give_the_same_line() {
        let people = vec![
            map(&[("family", "Gogh"), ("given", "A."), ("non-dropping-particle", "van")]),
            map(&[("literal", "AFP")]),
        ];
        let variables = vec![
            ("author".into(), Value::List(people)),
            ("title".into(), text("Li in <i>Minsk</i>")),
            ("container-title".into(), text("Le Monde")),
            ("volume".into(), text("3")),
            ("issue".into(), text("2")),
            ("page".into(), text("4–5")),
            ("issued".into(), text("2024-08-20")),
            ("URL".into(), text("https://example.org/a")),
            ("accessed".into(), text("2024-08-21")),
        ];
        let found = reference(&Source { record: Record::Variables(variables.into()), ..Source::default() });
        assert_eq!(found.text, "A. van Gogh, AFP, Li in Minsk, Le Monde, 3(2), pp. 4–5, 2024-08-20");
        assert_eq!(found.address.as_deref(), Some("https://example.org/a"));
        assert_eq!(found.accessed.as_deref(), Some("2024-08-21"));
        let fields = vec![
            ("type".into(), text("article")),
            ("author".into(), text("van Gogh, A.")),
            ("title".into(), text("Li in Minsk")),
            ("date".into(), text("2024-08-20")),
            ("parent".into(), map(&[("type", "newspaper"), ("title", "Le Monde")])),
        ];
        let found = reference(&Source { record: Record::Fields(fields.into()), ..Source::default() });
        assert_eq!(found.text, "A. van Gogh, Li in Minsk, Le Monde, 2024-08-20");
        assert_eq!((found.address, found.accessed), (None, None));
    }

    #[test]
    fn a_source_of_which_nothing_is_known_has_its_key() {
        assert_eq!(reference(&Source { key: "leak".into(), ..Source::default() }).text, "leak");
    }
}
