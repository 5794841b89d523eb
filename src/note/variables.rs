//! A source in the vocabulary of CSL: the one form from which notes, lists and exports are made.
//!
//! Names are those of the [CSL 1.0.2 specification](https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables).
//! Only what is mapped here reaches a style: the desk's own grading cannot leak into print.

mod fields;
mod kinds;
mod law;

use crate::model::Source;
use crate::model::source::Record;
use crate::yaml::Value;

/// Values by CSL variable: names are lists of `{family, given, …}` or `{literal}`, dates EDTF, and
/// everything else text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Variables {
    entries: Vec<(Box<str>, Value)>,
}

/// Something of a source that does not print as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Odd {
    /// The key within the source.
    pub key: &'static str,
    /// What is wrong with it and what happens.
    pub message: String,
}

/// The variables of a source for notes in a language, and what of it could not be understood.
pub(super) fn of(source: &Source, language: &str) -> (Variables, Vec<Odd>) {
    let mut odd = Vec::new();
    let mut variables = match &source.record {
        Record::Fields(fields) => fields::variables(&fields.entries(), language, &mut odd),
        Record::Variables(entries) => Variables { entries: entries.entries() },
    };
    law::keep_versus(&mut variables);
    stand_in(&mut variables, &source.key);
    if variables.text("type").is_none() {
        let kind = if variables.text("URL").is_some() { "webpage" } else { "document" };
        variables.set("type", kind);
    }
    (variables, odd)
}

/// Styles print a title or an author first. For a source with neither, there stands who brought it out, the
/// host of its address, or the key by which the desk knows it.
fn stand_in(variables: &mut Variables, key: &str) {
    if ["title", "author", "editor"].iter().any(|name| variables.get(name).is_some()) {
        return;
    }
    if let Some(publisher) = variables.take("publisher").or_else(|| variables.take("container-title")) {
        variables.put("author", Value::List(vec![Value::Map(vec![("literal".into(), publisher)])]));
        return;
    }
    let host = variables.text("URL").and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
    let host = host.and_then(|rest| rest.split(['/', '?', '#']).next()).filter(|host| !host.is_empty());
    let name = host.map_or(key, |host| host.strip_prefix("www.").unwrap_or(host));
    variables.set("title", format!("<span class=\"nocase\">{name}</span>"));
}

impl Variables {
    /// The value of a variable.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.entries.iter().find(|(key, _)| &**key == name).map(|(_, value)| value)
    }

    /// The value of a variable that is text, unless it is empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.text().filter(|text| !text.trim().is_empty())
    }

    /// Every variable with its value, in no order that matters.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.entries.iter().map(|(key, value)| (&**key, value))
    }

    fn set(&mut self, name: &str, text: impl Into<String>) {
        self.put(name, Value::Text(text.into().into()));
    }

    fn put(&mut self, name: &str, value: Value) {
        self.entries.retain(|(key, _)| &**key != name);
        self.entries.push((name.into(), value));
    }

    /// Takes the value of a variable that is text away.
    fn take(&mut self, name: &str) -> Option<Value> {
        self.text(name)?;
        let at = self.entries.iter().position(|(key, _)| &**key == name)?;
        Some(self.entries.remove(at).1)
    }

    /// Sets a variable that has no value yet.
    fn fill(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.trim().is_empty())
            && self.get(name).is_none()
        {
            self.set(name, text);
        }
    }
}
