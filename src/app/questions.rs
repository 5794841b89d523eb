//! Questions asked one after the other in the last line: for a new brief, or about the one that is open.

use std::sync::Arc;

use crate::draft::Draft;
use crate::template::Template;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The brief's title.
    Title,
    /// The note's date.
    Date,
    /// A field of the template, by its id.
    Field(String),
}

/// One question.
#[derive(Clone, Debug)]
pub struct Question {
    /// What it asks for.
    pub about: About,
    /// The same in words.
    pub label: String,
    /// Whether the note wants an answer.
    pub required: bool,
    /// The answer so far.
    pub answer: String,
}

/// What the answers are for.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// A new brief from this template.
    New(Arc<Template>),
    /// The front matter of the open one.
    Details,
}

/// Questions, and how far they are answered.
#[derive(Clone, Debug)]
pub struct Questions {
    /// What they are for.
    pub purpose: Purpose,
    /// All of them, in order.
    pub all: Vec<Question>,
    /// Which is asked.
    pub at: usize,
    /// Whether an empty answer was once asked about.
    pub insists: bool,
}

impl Questions {
    /// Those of a new brief: its title and the template's fields.
    pub fn new_brief(template: Arc<Template>) -> Self {
        let title = Question::new(About::Title, "Title", true, String::new());
        let fields = template.fields.iter().map(|field| {
            let label = if field.label.is_empty() { &field.id } else { &field.label };
            Question::new(About::Field(field.id.clone()), label, field.required, String::new())
        });
        let all = std::iter::once(title).chain(fields).collect();
        Self { purpose: Purpose::New(template), all, at: 0, insists: false }
    }

    /// Those about an open brief, with its own answers: title, date, and the template's fields. A field
    /// that holds a list is left to the writer's editor.
    pub fn details(template: &Template, draft: &Draft) -> Self {
        let front = draft.front();
        let of = |value: &Option<String>| value.clone().unwrap_or_default();
        let mut all = vec![
            Question::new(About::Title, "Title", true, of(&front.title)),
            Question::new(About::Date, "Date of the note", true, of(&front.date)),
        ];
        for field in &template.fields {
            let answer = match front.fields.get(&field.id) {
                Some(value) if value.is_list() => continue,
                value => value.map(ToString::to_string).unwrap_or_default(),
            };
            let label = if field.label.is_empty() { &field.id } else { &field.label };
            all.push(Question::new(About::Field(field.id.clone()), label, field.required, answer));
        }
        Self { purpose: Purpose::Details, all, at: 0, insists: false }
    }

    /// The question that is asked.
    pub fn current(&self) -> Option<&Question> {
        self.all.get(self.at)
    }

    /// The same as the last line puts it.
    pub fn prompt(&self) -> String {
        let Some(question) = self.current() else { return String::new() };
        let optional = if question.required { "" } else { " (optional)" };
        let name = match &self.purpose {
            Purpose::New(template) if self.at == 0 => format!("{} · ", template.name),
            _ => String::new(),
        };
        format!("{name}{}/{} {}{optional}: ", self.at + 1, self.all.len(), question.label)
    }
}

impl Question {
    fn new(about: About, label: &str, required: bool, answer: String) -> Self {
        Self { about, label: label.to_owned(), required, answer }
    }
}
