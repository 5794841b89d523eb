//! A new fact, asked for step by step.

use crate::app::action::{Action, Contexts};
use crate::app::events::{Sent, completed, words};
use crate::app::questions::{About, FactPart, Questions};
use crate::app::state::{Line, LineKind, Mode, State};
use crate::event_file::edit::{EventEdit, NewFact};
use crate::model::text::nearest;
use crate::model::{Edtf, Event, FactKind};

use super::{events, questions};

/// Begins to ask, for the event of the fact under the cursor.
pub(super) fn begin(state: &mut State) {
    let here = state.facts.focused().and_then(|at| state.desk.address(at)).map(|address| address.event);
    let only = || match state.desk.events() {
        [event] => event.id.to_string(),
        _ => String::new(),
    };
    if state.desk.events().is_empty() {
        return state.say("There is no event file to put a fact into");
    }
    let event = here.unwrap_or_else(only);
    questions::ask(state, Questions::new_fact(event));
}

fn answer(questions: &Questions, part: FactPart) -> &str {
    questions.answer(&About::Fact(part)).unwrap_or_default()
}

fn event<'s>(state: &'s State, questions: &Questions) -> Option<&'s Event> {
    state.desk.event(answer(questions, FactPart::Event))
}

/// What is wrong with an answer, if anything is.
pub(super) fn wrong(state: &State, questions: &Questions, part: FactPart) -> Option<String> {
    let given = answer(questions, part);
    let near = |word: &str, known: &mut dyn Iterator<Item = &str>| {
        let complete = || format!("; {} tells which there are", state.key_in(Contexts::LINE, Action::Complete));
        nearest(word, known.collect::<Vec<_>>()).map_or_else(complete, |near| format!("; did you mean {near}?"))
    };
    match part {
        FactPart::Event if event(state, questions).is_none() => {
            let near = near(given, &mut state.desk.events().iter().map(|event| &*event.id));
            Some(format!("There is no event {given:?}{near}"))
        }
        FactPart::Kind => given.parse::<FactKind>().err(),
        FactPart::Text if given.is_empty() => Some("A fact needs its text".to_owned()),
        FactPart::Date if !given.is_empty() => given.parse::<Edtf>().err().map(|error| format!("No date: {error}")),
        FactPart::Speaker if !given.is_empty() => {
            let event = event(state, questions)?;
            let known = event.actors.contains_key(given);
            let near = near(given, &mut event.actors.keys().map(|key| &**key));
            (!known).then(|| format!("The event has no actor {given:?}{near}"))
        }
        FactPart::Sources => {
            let event = event(state, questions)?;
            let unknown = words(given).into_iter().find(|key| state.desk.source(event, key).is_none())?;
            let keys = event.sources.keys().chain(state.desk.shared().keys());
            let near = near(&unknown, &mut keys.map(|key| &**key));
            Some(format!("There is no source {unknown:?}{near}"))
        }
        _ => None,
    }
}

/// All is answered: the fact is written.
pub(super) fn make(state: &mut State, questions: &Questions) {
    let given = |part| answer(questions, part);
    let Some(path) = event(state, questions).map(|event| event.path.to_string()) else { return };
    let fact = NewFact {
        kind: given(FactPart::Kind).parse().unwrap_or_default(),
        text: given(FactPart::Text).to_owned(),
        date: given(FactPart::Date).to_owned(),
        speaker: given(FactPart::Speaker).to_owned(),
        sources: words(given(FactPart::Sources)),
        tags: words(given(FactPart::Tags)),
    };
    events::send(state, Sent::New("a new fact".to_owned()), vec![(path, EventEdit::New(fact))]);
}

/// What could stand in the answer that is asked for.
fn candidates(state: &State, questions: &Questions) -> Vec<String> {
    let Some(About::Fact(part)) = questions.current().map(|question| &question.about) else { return Vec::new() };
    let event = event(state, questions);
    match part {
        FactPart::Event => state.desk.events().iter().map(|event| event.id.to_string()).collect(),
        FactPart::Kind => FactKind::WORDS.iter().map(|word| (*word).to_owned()).collect(),
        FactPart::Speaker => event.map(|e| e.actors.keys().map(ToString::to_string).collect()).unwrap_or_default(),
        FactPart::Sources => {
            let own = event.map(|event| event.sources.keys()).into_iter().flatten();
            own.chain(state.desk.shared().keys()).map(ToString::to_string).collect()
        }
        FactPart::Tags => events::known_tags(state),
        FactPart::Text | FactPart::Date => Vec::new(),
    }
}

/// Completes the last word in the last line.
pub(super) fn complete(state: &mut State) {
    let Mode::Line(Line { kind, field }) = &state.mode else { return };
    let known = match kind {
        LineKind::Fact(ask) => events::candidates(state, ask),
        LineKind::Question(questions) => candidates(state, questions),
        _ => Vec::new(),
    };
    let typed = field.text();
    let (line, several) = completed(typed, &known);
    if line == typed && several.is_empty() {
        return;
    }
    if let Mode::Line(Line { field, .. }) = &mut state.mode {
        field.set_text(line);
    }
    if !several.is_empty() {
        state.say(several.into_iter().take(8).collect::<Vec<_>>().join(", "));
    }
}
