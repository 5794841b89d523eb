//! The bibliographic fields of a source: what has not the shape that its field needs is left out.

use crate::model::text::nearest;
use crate::yaml::{Step, Value};

type Entry = Vec<(Box<str>, Value)>;

/// A field, or a part of one, that cannot be printed.
#[derive(Debug)]
pub(super) struct Wrong {
    /// The way to it within the source.
    pub route: Vec<Step>,
    /// What is wrong and what happens.
    pub message: String,
}

/// What a field may be.
#[derive(Clone, Copy)]
enum Form {
    /// A text, or a mapping with the text under this key.
    Text(&'static str),
    /// A name, or a list of them.
    Names,
    /// A mapping or a list of mappings: `role` and `names`.
    Roles,
    /// A text, or a mapping of texts.
    Serial,
    /// What the source appeared in: a mapping of fields, or a list of such.
    Parent,
}

/// The roles in which people take part in a work.
const ROLES: &[&str] = &[
    "translator",
    "afterword",
    "foreword",
    "introduction",
    "annotator",
    "commentator",
    "holder",
    "compiler",
    "founder",
    "collaborator",
    "organizer",
    "cast-member",
    "composer",
    "producer",
    "executive-producer",
    "writer",
    "cinematography",
    "director",
    "illustrator",
    "narrator",
    "interviewer",
    "recipient",
];

fn form(field: &str) -> Form {
    match field {
        "author" | "editor" => Form::Names,
        "affiliated" => Form::Roles,
        "serial-number" | "serial" => Form::Serial,
        "parent" => Form::Parent,
        "publisher" => Form::Text("name"),
        _ => Form::Text("value"),
    }
}

/// Leaves out what has the wrong shape, and tells of it.
pub(super) fn keep_good(entry: &mut Entry) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    fields(entry, &mut Vec::new(), &mut wrong);
    wrong
}

fn fields(entry: &mut Entry, route: &mut Vec<Step>, wrong: &mut Vec<Wrong>) {
    entry.retain_mut(|(key, value)| {
        route.push(Step::Key(key.clone()));
        let kept = field(key, value, route, wrong);
        route.pop();
        kept
    });
}

/// Whether a field is kept; parts of it may be left out.
fn field(key: &str, value: &mut Value, route: &mut Vec<Step>, wrong: &mut Vec<Wrong>) -> bool {
    match form(key) {
        Form::Text(within) => {
            let good = match value {
                Value::Text(_) => true,
                Value::List(_) => false,
                Value::Map(_) => value.get(within).is_some_and(|inner| inner.text_or("value").is_some()),
            };
            let message = || match key {
                "url" => "the address does not print: it is a text, or a mapping with `value`".to_owned(),
                _ => format!("`{key}` does not print: it is a text, or a mapping with `{within}`"),
            };
            good || tell(route, wrong, message())
        }
        Form::Serial => {
            let good = match value {
                Value::Text(_) => true,
                Value::List(_) => false,
                Value::Map(parts) => parts.iter().all(|(_, part)| part.text().is_some()),
            };
            good || tell(
                route,
                wrong,
                format!("`{key}` does not print: it is a text, or a mapping of texts such as `doi`"),
            )
        }
        Form::Names => names(key, value, route, wrong),
        Form::Roles => each(value, route, wrong, |group, route, wrong| {
            let role = group.get("role").and_then(Value::text).unwrap_or_default().to_owned();
            if !ROLES.contains(&role.as_str()) {
                let near = nearest(&role, ROLES.iter().copied());
                let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                return tell(
                    route,
                    wrong,
                    format!("`{role}` is no role of people in a work, so they do not print{near}"),
                );
            }
            let Value::Map(parts) = group else { return false };
            match parts.iter_mut().find(|(key, _)| &**key == "names") {
                Some((_, people)) => names("names", people, route, wrong),
                None => tell(route, wrong, "people in a role need `names`; these do not print".to_owned()),
            }
        }),
        Form::Parent => each(value, route, wrong, |parent, route, wrong| match parent {
            Value::Map(parts) => {
                fields(parts, route, wrong);
                true
            }
            _ => tell(route, wrong, "`parent` does not print: it is a mapping with `type` and `title`".to_owned()),
        }),
    }
}

fn names(key: &str, value: &mut Value, route: &mut Vec<Step>, wrong: &mut Vec<Wrong>) -> bool {
    each(value, route, wrong, |name, route, wrong| {
        let own = name.text().or_else(|| name.get("name")?.text()).or_else(|| name.get("alias")?.text());
        let good = own.is_some_and(|own| own.chars().any(char::is_alphabetic));
        let form = "it is `Family name, Given name`, or a mapping with `name`";
        good || tell(route, wrong, format!("a name in `{key}` does not print: {form}"))
    })
}

/// Keeps the items of a list, or the only one, that are good.
fn each(
    value: &mut Value,
    route: &mut Vec<Step>,
    wrong: &mut Vec<Wrong>,
    mut good: impl FnMut(&mut Value, &mut Vec<Step>, &mut Vec<Wrong>) -> bool,
) -> bool {
    let Value::List(items) = value else { return good(value, route, wrong) };
    let mut index = 0;
    items.retain_mut(|item| {
        route.push(Step::Index(index));
        let kept = good(item, route, wrong);
        route.pop();
        index += 1;
        kept
    });
    !items.is_empty()
}

fn tell(route: &[Step], wrong: &mut Vec<Wrong>, message: String) -> bool {
    wrong.push(Wrong { route: route.to_vec(), message });
    false
}
