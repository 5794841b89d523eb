//! Asking, going back, and what comes of the answers: a new brief, or other front matter of the open one.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::action::{Action, Contexts};
use crate::app::document::Document;
use crate::app::questions::{About, FactPart, Purpose, Questions};
use crate::app::state::{LineKind, State};
use crate::draft::{Draft, Start, outline_text};
use crate::template::Template;
use crate::yaml::{Step, edit};

use super::{compose, events, line, new_fact, results, save};

/// Begins to ask for a new brief.
pub(super) fn new_brief(state: &mut State, template: Arc<Template>) {
    ask(state, Questions::new_brief(template));
}

/// Asks about the open brief: title, date and the template's fields.
pub(super) fn details(state: &mut State) {
    if let Some(document) = &state.document {
        let questions = Questions::details(&document.template, document.draft());
        ask(state, questions);
    }
}

pub(super) fn ask(state: &mut State, questions: Questions) {
    let text = questions.current().map(|question| question.answer.clone()).unwrap_or_default();
    line::ask(state, LineKind::Question(Box::new(questions)), &text);
}

/// An answer was given: the next question, or what all of them were for.
pub(super) fn answered(state: &mut State, mut questions: Questions, answer: String) {
    let (at, insists) = (questions.at, std::mem::take(&mut questions.insists));
    let Some(question) = questions.all.get_mut(at) else { return };
    let empty = answer.is_empty();
    question.answer = answer;
    if let About::Fact(part) = question.about {
        if let Some(wrong) = new_fact::wrong(state, &questions, part) {
            state.say(wrong);
            return ask(state, questions);
        }
        if part == FactPart::Kind {
            let quote = questions.answer(&About::Fact(part)).is_some_and(events::is_quote);
            questions.of_kind(quote);
        }
        return go_on(state, questions);
    }
    if empty && question.about == About::Title {
        state.say(format!("A brief needs a title; {} leaves", state.key_in(Contexts::LINE, Action::Leave)));
        return ask(state, questions);
    }
    if empty && question.required && !insists {
        let key = state.key_in(Contexts::LINE, Action::Enter);
        state.say(format!("The note wants “{}”; {key} again leaves it for later", question.label));
        return ask(state, Questions { insists: true, ..questions });
    }
    go_on(state, questions);
}

fn go_on(state: &mut State, mut questions: Questions) {
    questions.at += 1;
    if questions.at < questions.all.len() {
        return ask(state, questions);
    }
    match questions.purpose.clone() {
        Purpose::New(template) => make(state, template, questions),
        Purpose::Details => change(state, &questions),
        Purpose::NewFact => new_fact::make(state, &questions),
    }
}

/// Back to the question before; what was typed stays.
pub(super) fn back(state: &mut State, mut questions: Questions, typed: String) {
    let at = questions.at;
    if let Some(question) = questions.all.get_mut(at) {
        question.answer = typed;
    }
    ask(state, Questions { at: at.saturating_sub(1), insists: false, ..questions });
}

fn make(state: &mut State, template: Arc<Template>, questions: Questions) {
    if state.document.as_ref().is_some_and(|d| d.is_changed() || d.is_saving()) {
        let write = state.key(Action::Write);
        return state.warn(format!("No new brief yet: the open one is not saved. {write} says why"));
    }
    let mut start = Start { date: state.today.clone(), ..Start::default() };
    for question in questions.all {
        match question.about {
            About::Title => start.title = question.answer,
            About::Date => start.date = question.answer,
            About::Field(id) => start.fields.push((id, question.answer)),
            About::Fact(_) => {}
        }
    }
    let slug = line::free_slug(state, &crate::markdown::slug(&start.title));
    let text = outline_text(&template, &start);
    let document = Document::new(slug.clone(), PathBuf::from(&slug), &text, template);
    results::show(state, document);
    save::save(state, false);
    state.say(format!("New brief {slug}. {} fills it by the template's rules", state.key(Action::Fill)));
}

/// Keeps the answers so far, without the questions left.
pub(super) fn keep(state: &mut State, mut questions: Questions, typed: &str) {
    let at = questions.at;
    if let Some(question) = questions.all.get_mut(at) {
        question.answer = crate::model::text::one_line(typed);
    }
    change(state, &questions);
}

/// Writes the answers that are others now into the front matter, as one step.
fn change(state: &mut State, questions: &Questions) {
    let Some(document) = &state.document else { return };
    let before = Questions::details(&document.template, document.draft());
    let mut draft = document.draft().clone();
    let mut refused = Vec::new();
    for question in &questions.all {
        let old = before.all.iter().find(|old| old.about == question.about);
        if old.is_some_and(|old| old.answer == question.answer) {
            continue;
        }
        match with(&draft, &question.about, &question.answer) {
            Some(new) => draft = new,
            None => refused.push(question.label.clone()),
        }
    }
    let changed = compose::apply(state, "details", draft);
    if !refused.is_empty() {
        let (editor, list) = (state.key(Action::EditOutside), refused.join("”, “"));
        return state.warn(format!("“{list}” cannot be written there; {editor} in Preview opens the whole draft"));
    }
    state.say(if changed { "The brief’s details are changed" } else { "The brief’s details are as they were" });
}

/// The draft with another answer in its front matter.
fn with(draft: &Draft, about: &About, answer: &str) -> Option<Draft> {
    let key = |name: &str| Step::Key(name.into());
    let (route, top) = match about {
        About::Title => (vec![key("title")], Some("title")),
        About::Date => (vec![key("date")], Some("date")),
        About::Field(id) => (vec![key("fields"), key(id)], None),
        About::Fact(_) => return None,
    };
    let yaml = draft.front().yaml.clone();
    let text = draft.text();
    if let Some(new) = text.get(yaml.clone()).and_then(|yaml| edit::set(yaml, &route, answer)) {
        return Some(draft.with_text(&format!("{}{new}{}", text.get(..yaml.start)?, text.get(yaml.end..)?)));
    }
    draft.set_front_matter(top?, answer)
}
