//! Masthead and colophon: MiniJinja with every value escaped for Markdown.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr, Value, ValueKind};
use minijinja::{AutoEscape, Environment, UndefinedBehavior};

use super::Request;
use super::portion::Portions;
use crate::markdown::escape;

/// How many steps a masthead may take, so that a loop ends.
const FUEL: u64 = 100_000;
/// How many bytes one value may print.
const MAX_VALUE: usize = 64 * 1024;

/// Tells whether a part compiles.
///
/// # Errors
/// The line within the part, from 1, and what is wrong.
pub fn check(part: &str) -> Result<(), (usize, String)> {
    let environment = environment();
    match environment.template_from_str(part) {
        Ok(_) => Ok(()),
        Err(e) => Err((e.line().unwrap_or(1), message(&e))),
    }
}

/// Renders a part with the values of a request, tidied.
///
/// # Errors
/// What went wrong while it ran.
pub fn render(part: &str, request: &Request<'_>) -> Result<String, String> {
    if part.trim().is_empty() {
        return Ok(String::new());
    }
    let environment = environment();
    let text = environment.render_str(part, values(request)).map_err(|e| message(&e))?;
    Ok(tidy(&text))
}

/// The values that a masthead may print, by MiniJinja name (`cleared-by` is `cleared_by`).
pub fn values(request: &Request<'_>) -> BTreeMap<String, Value> {
    let front = request.draft.front();
    let mut values = BTreeMap::new();
    for (key, value) in &front.fields {
        let list = request.template.fields.iter().any(|f| f.list && f.id == *key);
        let value = match value.items() {
            items if list || value.is_list() => Value::from_object(List(items.into_iter().map(Value::from).collect())),
            _ => Value::from(value.to_string().trim()),
        };
        values.insert(key.replace('-', "_"), value);
    }
    for field in request.template.fields.iter().filter(|f| f.required) {
        let value = values.entry(field.id.replace('-', "_")).or_default();
        if !value.is_true() {
            let missing = Value::from("[to be completed]");
            *value = if field.list { Value::from_object(List(vec![missing])) } else { missing };
        }
    }
    let title = front.title.as_deref().unwrap_or("[to be completed]").trim();
    let marked = Portions::of(request).title(title).map(Value::from_safe_string);
    values.insert("title".into(), marked.unwrap_or_else(|| title.into()));
    let date = front.date.as_deref().map(|d| request.print_date(d));
    values.insert("date".into(), date.unwrap_or_default().into());
    let as_of = request.as_of().map(|d| request.print_date(&d));
    values.insert("as_of".into(), as_of.unwrap_or_default().into());
    values.insert("marking".into(), front.marking.as_deref().unwrap_or_default().trim().into());
    values
}

/// A field that is a list: it prints joined, and a loop gives its items.
#[derive(Debug)]
struct List(Vec<Value>);

impl Object for List {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_usize()?).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.0.len())
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_fuel(Some(FUEL));
    environment.set_undefined_behavior(UndefinedBehavior::Lenient);
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markdown".into()));
    environment.set_formatter(|out, _, value| {
        let text = printed(value)?;
        out.write_str(&text).map_err(minijinja::Error::from)
    });
    environment
}

/// A text that takes no more than [`MAX_VALUE`].
struct Bounded(String);

impl fmt::Write for Bounded {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.0.len() + text.len() > MAX_VALUE {
            return Err(fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}

fn printed(value: &Value) -> Result<String, minijinja::Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(String::new());
    }
    // Fuel counts what is written in the end; a list that repeats itself grows while it becomes a text.
    let mut text = Bounded(String::new());
    if fmt::write(&mut text, format_args!("{value}")).is_err() {
        let message = format!("a value of more than {} KB is not printed", MAX_VALUE >> 10);
        return Err(minijinja::Error::new(minijinja::ErrorKind::OutOfFuel, message));
    }
    let is_safe = value.kind() == ValueKind::String && value.is_safe();
    Ok(if is_safe { text.0 } else { escape(&text.0) })
}

fn message(e: &minijinja::Error) -> String {
    let detail = e.detail().map(|d| format!(": {d}")).unwrap_or_default();
    format!("the masthead or colophon does not work: {}{detail}", e.kind())
}

/// One blank line between blocks, no space at line ends, no hard break without a next line.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        let after_blank = lines.last().is_none_or(|l| l.is_empty());
        if line.is_empty() {
            if let Some(last) = lines.last_mut()
                && let Some(stripped) = hard_break(last)
            {
                *last = stripped;
            }
            if after_blank {
                continue;
            }
        }
        lines.push(line);
    }
    while lines.last().is_some_and(|l| l.is_empty()) {
        lines.pop();
    }
    if let Some(last) = lines.last_mut()
        && let Some(stripped) = hard_break(last)
    {
        *last = stripped;
    }
    lines.join("\n")
}

/// The line without the backslash that would break it, if an odd number of them ends it.
fn hard_break(line: &str) -> Option<&str> {
    let backslashes = line.bytes().rev().take_while(|b| *b == b'\\').count();
    (backslashes % 2 == 1).then(|| line[..line.len() - 1].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidying_leaves_one_blank_line_and_no_dangling_break() {
        assert_eq!(tidy("\n\n**A:** x\\\n\n\n\n# T  \n\n"), "**A:** x\n\n# T");
        assert_eq!(tidy("a\\\nb\\\n"), "a\\\nb");
        assert_eq!(tidy("a\\\\\n"), "a\\\\");
    }

    #[test]
    fn faults_are_told_with_their_line() {
        assert_eq!(check("{{ a }}{% if b %}c{% endif %}"), Ok(()));
        assert_eq!(check("a\n{% if %}").unwrap_err().0, 2);
    }

    #[test]
    fn a_loop_without_end_is_stopped() {
        let environment = environment();
        let endless = "{% for i in range(100000) %}{% for j in range(100000) %}x{% endfor %}{% endfor %}";
        assert!(environment.render_str(endless, ()).is_err());
        for large in ["{{ [1] * 100000000 }}", "{{ 'x' * 1000000 }}", "{{ range(100000)|list }}"] {
            assert!(environment.render_str(large, ()).is_err(), "{large}");
        }
        assert_eq!(environment.render_str("{{ 'x' * 3 }}", ()).unwrap(), "xxx");
    }
}
