//! A source in the vocabulary of CSL: the one form from which notes, lists and exports are made.
//!
//! Names are those of the [CSL 1.0.2 specification](https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables).
//! Only what is mapped here reaches a style: the desk's own grading cannot leak into print.

mod fields;
mod kinds;

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

/// The variables of a source, and what of it could not be understood.
pub(super) fn of(source: &Source) -> (Variables, Vec<Odd>) {
    let mut odd = Vec::new();
    let mut variables = match &source.record {
        Record::Fields(fields) => fields::variables(fields, &mut odd),
        Record::Variables(entries) => Variables { entries: entries.clone() },
    };
    if variables.text("title").is_none() && variables.get("author").is_none() {
        // Something must print: the key stands in for a source that says nothing of itself.
        let name = source.origin_name().unwrap_or(&source.key).to_owned();
        variables.set("title", name);
    }
    if variables.text("type").is_none() {
        let kind = if variables.text("URL").is_some() { "webpage" } else { "document" };
        variables.set("type", kind);
    }
    (variables, odd)
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

    /// Sets a variable that has no value yet.
    fn fill(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.trim().is_empty())
            && self.get(name).is_none()
        {
            self.set(name, text);
        }
    }
}
