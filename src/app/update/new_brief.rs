//! A new brief: its title and the template's fields, asked one after the other in the last line.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::action::{Action, Contexts};
use crate::app::document::Document;
use crate::app::state::{LineKind, NewBrief, State};
use crate::draft::{Start, outline_text};
use crate::template::{Field, Template};

use super::{line, results, save};

impl NewBrief {
    /// The field that is asked for; none for the title.
    fn field(&self) -> Option<&Field> {
        self.template.fields.get(self.at.checked_sub(1)?)
    }

    /// What is asked for, in words.
    fn label(&self) -> &str {
        self.field().map_or("Title", |f| if f.label.is_empty() { f.id.as_str() } else { f.label.as_str() })
    }

    /// The question as the last line puts it.
    pub(super) fn prompt(&self) -> String {
        let all = self.template.fields.len() + 1;
        let optional = if self.field().is_none_or(|f| f.required) { "" } else { " (optional)" };
        let name = if self.at == 0 { format!("{} · ", self.template.name) } else { String::new() };
        format!("{name}{}/{all} {}{optional}: ", self.at + 1, self.label())
    }
}

/// Begins to ask.
pub(super) fn begin(state: &mut State, template: Arc<Template>) {
    let answers = vec![String::new(); template.fields.len() + 1];
    ask(state, NewBrief { template, answers, at: 0, insists: false });
}

fn ask(state: &mut State, brief: NewBrief) {
    let text = brief.answers.get(brief.at).cloned().unwrap_or_default();
    line::ask(state, LineKind::Question(Box::new(brief)), &text);
}

/// An answer was given: the next question, or the brief when all have been asked.
pub(super) fn answered(state: &mut State, mut brief: NewBrief, answer: String) {
    let empty = answer.is_empty();
    if let Some(kept) = brief.answers.get_mut(brief.at) {
        *kept = answer;
    }
    if empty && brief.at == 0 {
        state.say(format!("A brief needs a title; {} leaves", state.key_in(Contexts::LINE, Action::Leave)));
        return ask(state, brief);
    }
    if empty && brief.field().is_some_and(|f| f.required) && !brief.insists {
        let key = state.key_in(Contexts::LINE, Action::Enter);
        state.say(format!("The note wants “{}”; {key} again leaves it for later", brief.label()));
        return ask(state, NewBrief { insists: true, ..brief });
    }
    brief.insists = false;
    brief.at += 1;
    if brief.at < brief.answers.len() { ask(state, brief) } else { make(state, brief) }
}

/// Back to the question before; what was typed stays.
pub(super) fn back(state: &mut State, mut brief: NewBrief, typed: String) {
    if let Some(kept) = brief.answers.get_mut(brief.at) {
        *kept = typed;
    }
    brief.at = brief.at.saturating_sub(1);
    brief.insists = false;
    ask(state, brief);
}

fn make(state: &mut State, brief: NewBrief) {
    if state.document.as_ref().is_some_and(|d| d.is_changed() || d.is_saving()) {
        let write = state.key(Action::Write);
        return state.warn(format!("No new brief yet: the open one is not saved. {write} says why"));
    }
    let mut answers = brief.answers.into_iter();
    let title = answers.next().unwrap_or_default();
    let slug = line::free_slug(state, &crate::markdown::slug(&title));
    let fields = brief.template.fields.iter().map(|f| f.id.clone()).zip(answers).collect();
    let start = Start { title, date: state.today.clone(), fields, facts: None };
    let text = outline_text(&brief.template, &start);
    let document = Document::new(slug.clone(), PathBuf::from(&slug), &text, brief.template);
    results::show(state, document);
    save::save(state, false);
    state.say(format!("New brief {slug}. {} fills it by the template's rules", state.key(Action::Fill)));
}
