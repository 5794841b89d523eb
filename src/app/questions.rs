//! Questions asked one after the other in the last line: for a new brief, or about the one that is open.

use std::sync::Arc;

use crate::draft::Draft;
use crate::model::FactKind;
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
    /// A part of a new fact.
    Fact(FactPart),
}

/// What is asked of a new fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactPart {
    /// The event that it goes into, by its id.
    Event,
    /// What sort of fact it is.
    Kind,
    /// The house sentence, or a quotation's words.
    Text,
    /// When it holds, or was said.
    Date,
    /// Who said it: the key of an actor.
    Speaker,
    /// Keys of sources.
    Sources,
    /// Tags.
    Tags,
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
    /// A new fact in an event file.
    NewFact,
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

    /// Those of a new fact, in this event.
    pub fn new_fact(event: String) -> Self {
        let ask = |part, label: &str, required, answer: &str| {
            Question::new(About::Fact(part), label, required, answer.to_owned())
        };
        let all = vec![
            ask(FactPart::Event, "Event", true, &event),
            ask(FactPart::Kind, "Kind", true, FactKind::default().as_str()),
            ask(FactPart::Text, "Text", true, ""),
            ask(FactPart::Date, "Date", false, ""),
            ask(FactPart::Sources, "Sources", false, ""),
            ask(FactPart::Tags, "Tags", false, ""),
        ];
        Self { purpose: Purpose::NewFact, all, at: 0, insists: false }
    }

    /// Asks for what a fact of this kind has: a quotation's words, and who said them.
    pub fn of_kind(&mut self, quote: bool) {
        let part = |question: &Question, part| question.about == About::Fact(part);
        self.all.retain(|question| !part(question, FactPart::Speaker));
        for question in &mut self.all {
            if part(question, FactPart::Text) {
                question.label = if quote { "Words, verbatim" } else { "Text" }.to_owned();
            }
            if part(question, FactPart::Date) {
                question.label = if quote { "Said on" } else { "Date" }.to_owned();
            }
        }
        if let (true, Some(at)) = (quote, self.all.iter().position(|question| part(question, FactPart::Sources))) {
            self.all.insert(at, Question::new(About::Fact(FactPart::Speaker), "Speaker", false, String::new()));
        }
    }

    /// What was answered.
    pub fn answer(&self, about: &About) -> Option<&str> {
        self.all.iter().find(|question| question.about == *about).map(|question| question.answer.as_str())
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
            Purpose::NewFact if self.at == 0 => "New fact · ".to_owned(),
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
