//! Edits of event files, from the facts in the list: asked for in the last line, written by an effect, taken back.

use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::events::{Correction, EventStep, FactAsk, Sent, words};
use crate::app::state::{LineKind, State};
use crate::event_file::edit::{EventEdit, EventsWritten, FactEdit, PastEdit, Target, Wording, WrittenEvent};
use crate::model::{Fact, FactKind, FactRef, FactStatus, Priority};

use super::{compose::counted, line, results};

/// How many facts one edit changes at most.
const MOST: usize = 500;

/// The facts an edit is for: those marked, else the one under the cursor.
fn chosen(state: &mut State) -> Option<Vec<FactRef>> {
    let facts: Vec<FactRef> = state.facts.chosen().into_iter().filter_map(|at| state.desk.address(at)).collect();
    if facts.is_empty() {
        state.say("There is no fact here");
        return None;
    }
    if facts.len() > MOST {
        state.say(format!("{} are marked; one edit changes at most {MOST}", counted(facts.len(), "fact")));
        return None;
    }
    Some(facts)
}

/// Asks for tags, status or priority; with a value, takes that.
pub(super) fn ask(state: &mut State, ask: fn(Vec<FactRef>) -> FactAsk, value: Option<&str>) {
    let Some(facts) = chosen(state) else { return };
    match value {
        Some(value) => take(state, ask(facts), value),
        None => line::ask(state, LineKind::Fact(Box::new(ask(facts))), ""),
    }
}

/// What the last line asks.
pub(super) fn prompt(ask: &FactAsk) -> String {
    let of = |facts: &[FactRef]| match facts {
        [one] => one.fact.clone(),
        more => counted(more.len(), "fact"),
    };
    match ask {
        FactAsk::Tags(facts) => format!("Tags of {}, -tag takes one out: ", of(facts)),
        FactAsk::Status(facts) => format!("Status of {}: ", of(facts)),
        FactAsk::Priority(facts) => format!("Priority of {}: ", of(facts)),
        FactAsk::Correct(Correction { field: Wording::Text, .. }) => "Text: ".to_owned(),
        FactAsk::Correct(Correction { field: Wording::Words, .. }) => "Words: ".to_owned(),
    }
}

/// What could stand there, for completion.
pub(super) fn candidates(state: &State, ask: &FactAsk) -> Vec<String> {
    let words = |all: &[&str]| all.iter().map(|w| (*w).to_owned()).collect();
    match ask {
        FactAsk::Tags(_) => known_tags(state),
        FactAsk::Status(_) => words(FactStatus::WORDS),
        FactAsk::Priority(_) => {
            let mut all: Vec<String> = words(Priority::WORDS);
            all.push("none".to_owned());
            all
        }
        FactAsk::Correct(_) => Vec::new(),
    }
}

/// Every tag of the desk's facts.
pub(super) fn known_tags(state: &State) -> Vec<String> {
    let facts = state.desk.events().iter().flat_map(|event| &event.facts);
    let tags: std::collections::BTreeSet<&str> = facts.flat_map(|fact| &fact.tags).map(|tag| &**tag).collect();
    tags.into_iter().map(str::to_owned).collect()
}

/// The only one of the words that begins so.
fn only<'w>(words: &[&'w str], typed: &str) -> Option<&'w str> {
    let typed = crate::model::text::fold(typed.trim());
    let mut found = words.iter().filter(|word| !typed.is_empty() && word.starts_with(&typed));
    match (found.next(), found.next()) {
        (Some(word), None) => Some(word),
        _ => None,
    }
}

/// An answer was given.
pub(super) fn take(state: &mut State, ask: FactAsk, answer: &str) {
    match ask {
        FactAsk::Tags(facts) => tags(state, facts, answer),
        FactAsk::Status(facts) => match only(FactStatus::WORDS, answer).and_then(|word| word.parse().ok()) {
            Some(status) => {
                let what = format!("status {status} of {}", counted(facts.len(), "fact"));
                send_facts(state, &what, &facts, &[FactEdit::Status(status)]);
            }
            None => again(state, FactAsk::Status(facts), answer, FactStatus::WORDS),
        },
        FactAsk::Priority(facts) => {
            let of = counted(facts.len(), "fact");
            let known: Vec<&str> = Priority::WORDS.iter().copied().chain(["none"]).collect();
            match only(&known, answer) {
                Some("none") => {
                    send_facts(state, &format!("no priority of {of}"), &facts, &[FactEdit::Priority(None)]);
                }
                Some(word) => {
                    let edit = FactEdit::Priority(word.parse().ok());
                    send_facts(state, &format!("priority {word} of {of}"), &facts, &[edit]);
                }
                None => again(state, FactAsk::Priority(facts), answer, &known),
            }
        }
        FactAsk::Correct(correction) => corrected(state, correction, answer),
    }
}

fn again(state: &mut State, ask: FactAsk, typed: &str, known: &[&str]) {
    state.say(known.join(", "));
    line::ask(state, LineKind::Fact(Box::new(ask)), typed);
}

fn tags(state: &mut State, facts: Vec<FactRef>, answer: &str) {
    let mut edits = Vec::new();
    for word in words(answer) {
        match word.strip_prefix('-') {
            Some(tag) if !tag.is_empty() => {
                if let Some(told) = of_the_event(state, &facts, tag) {
                    return state.say(told);
                }
                edits.push(FactEdit::RemoveTag(tag.into()));
            }
            _ => {
                let tag = word.strip_prefix('+').unwrap_or(&word);
                if !tag.is_empty() && tag != "-" {
                    edits.push(FactEdit::AddTag(tag.into()));
                }
            }
        }
    }
    if edits.is_empty() {
        return state.say("No tag was given: nothing is changed");
    }
    let what = format!("tags of {}", counted(facts.len(), "fact"));
    send_facts(state, &what, &facts, &edits);
}

/// What to say of a tag that none of the facts has but the event of one.
fn of_the_event(state: &State, facts: &[FactRef], tag: &str) -> Option<String> {
    let found: Vec<_> = facts.iter().filter_map(|address| state.desk.fact(address)).collect();
    let has = |tags: &[Box<str>]| tags.iter().any(|t| **t == *tag);
    if found.iter().any(|(_, fact)| has(&fact.tags)) {
        return None;
    }
    let (event, _) = found.iter().find(|(event, _)| has(&event.tags))?;
    Some(format!("“{tag}” is a tag of the whole event: it stands at the head of {}", event.path))
}

/// Which text of a fact its reader sees first, or the other one.
fn wording(fact: &Fact, field: Option<Wording>) -> Option<(Wording, &str)> {
    let words = fact.quote.as_ref().map(|quote| &*quote.words).filter(|words| !words.is_empty());
    let text = Some(&*fact.text).filter(|text| !text.is_empty());
    match field {
        Some(Wording::Words) => words.map(|words| (Wording::Words, words)),
        _ => text.map(|text| (Wording::Text, text)).or_else(|| words.map(|words| (Wording::Words, words))),
    }
}

/// Asks for other words of the fact under the cursor: in the last line, or in the writer's editor.
pub(super) fn correct(state: &mut State, field: Option<Wording>, outside: bool) {
    let Some(address) = state.facts.focused().and_then(|at| state.desk.address(at)) else {
        return state.say("There is no fact here");
    };
    let found = state.desk.fact(&address).and_then(|(_, fact)| wording(fact, field));
    let Some((field, was)) = found.map(|(field, was)| (field, was.to_owned())) else {
        return state.say("This fact is no quotation: it has no words");
    };
    let correction = Correction { fact: address, field, was: was.clone() };
    // The last line has one line.
    if outside || was.trim_end().contains('\n') {
        let request = state.request();
        state.events.outside = Some((request, correction));
        return state.perform(Effect::OpenEditor { request, text: format!("{}\n", was.trim_end()) });
    }
    line::ask(state, LineKind::Fact(Box::new(FactAsk::Correct(correction))), was.trim_end());
}

/// The writer's editor is done with the text of a fact; says whether it was that.
pub(super) fn edited_outside(state: &mut State, request: u64, result: &Result<String, String>) -> bool {
    let Some((_, correction)) = state.events.outside.take_if(|(id, _)| *id == request) else { return false };
    match result {
        Ok(text) => {
            let text = text.trim_end().replace("\r\n", "\n");
            // Lines that the editor broke are no lines of a text that has none.
            let one_line = !correction.was.trim_end().contains('\n');
            let text = if one_line { crate::model::text::one_line(&text) } else { text };
            corrected(state, correction, &text);
        }
        Err(reason) => state.warn(format!("The editor failed, the text is as it was: {reason}")),
    }
    true
}

fn corrected(state: &mut State, correction: Correction, new: &str) {
    if new.trim().is_empty() {
        return state.say("A fact cannot be without its text: nothing is changed");
    }
    if new.trim() == correction.was.trim() {
        return state.say("The text is as it was");
    }
    let Correction { fact, field, was } = correction;
    let what = format!("{} of {fact}", field.key());
    let edit = FactEdit::Correct { field, was: was.into(), new: new.into() };
    send_facts(state, &what, &[fact], &[edit]);
}

/// Has the same edits made of several facts, by file.
fn send_facts(state: &mut State, what: &str, facts: &[FactRef], edits: &[FactEdit]) {
    let mut files: Vec<(String, Vec<(Target, FactEdit)>)> = Vec::new();
    for address in facts {
        let Some((event, fact)) = state.desk.fact(address) else { continue };
        let target = Target { id: fact.id.clone(), index: fact.index as usize };
        let wanted = edits.iter().map(|edit| (target.clone(), edit.clone()));
        match files.iter_mut().find(|(path, _)| **path == *event.path) {
            Some((_, all)) => all.extend(wanted),
            None => files.push((event.path.to_string(), wanted.collect())),
        }
    }
    if files.is_empty() {
        return state.say("These facts are not on the desk any more");
    }
    let edits = files.into_iter().map(|(path, all)| (path, EventEdit::Facts(all))).collect();
    send(state, Sent::New(what.to_owned()), edits);
}

/// Has event files edited.
pub(super) fn send(state: &mut State, sent: Sent, edits: Vec<(String, EventEdit)>) {
    let (request, doing) = (state.request(), sent.doing());
    state.events.sent.push((request, sent));
    state.perform(Effect::EditEvents { request, doing, edits });
}

/// Event files were edited, or why not.
pub(super) fn edited(state: &mut State, request: u64, result: EventsWritten) {
    let Some(at) = state.events.sent.iter().position(|(id, _)| *id == request) else { return };
    let (_, sent) = state.events.sent.remove(at);
    let EventsWritten { written, refused, number, forgotten } = result;
    let changed = !written.is_empty();
    if changed || refused.is_some() {
        // What was refused may be so because a file is another than the one that is shown.
        results::load_quietly(state);
    }
    let files = match written.as_slice() {
        [] => String::new(),
        [one] => one.path.clone(),
        more => counted(more.len(), "file"),
    };
    let brief = state.document.as_ref().map(|d| (d.slug.clone(), d.revision));
    let told = match sent {
        Sent::New(_) if !changed => "It is so already: nothing is changed".to_owned(),
        Sent::New(what) => {
            if let Some((file, id)) = written.iter().find_map(|file| Some((file, file.fact.clone()?))) {
                let event = state.desk.events().iter().find(|event| *event.path == *file.path);
                state.events.arriving = event.map(|event| FactRef::new(&*event.id, id));
            }
            let mut told = format!("Changed: {what}. {}. {files}", way_back(state, brief.is_some()));
            if let Some(reason) = forgotten {
                told.push_str(&format!(" (until the program ends: {reason})"));
            }
            state.events.undone.clear();
            state.events.ours.extend(number);
            state.events.keep(EventStep { what, files: written, number, when: None, brief });
            told
        }
        Sent::Back(step) | Sent::Again(step) if !changed => {
            let told = format!("{} cannot be undone or done again", step.what);
            refused.clone().map_or(told, |_| String::new())
        }
        Sent::Back(step) => {
            let when = step.when.as_ref().map(|when| format!(", {when}")).unwrap_or_default();
            let told = format!("Taken back: {}{when}. {files}", step.what);
            let files = only_written(step.files, &written);
            state.events.undone.push(EventStep { files, brief, ..step });
            told
        }
        Sent::Again(step) => {
            let told = format!("Done again: {}. {files}", step.what);
            let files = only_written(step.files, &written);
            state.events.keep(EventStep { files, brief, ..step });
            told
        }
    };
    match refused {
        Some(refused) => {
            // The reason first: the row is short, and the list of messages shows all of it.
            let (place, reason) = refused.split_once(": ").unwrap_or(("", &refused));
            let kept = if changed { format!("Changed before that: {files}") } else { String::new() };
            state.warn(format!("Not changed: {reason}. {place} {kept}").trim_end().to_owned());
        }
        None => state.say(told),
    }
}

/// Of an edit's files those that were written this time.
fn only_written(mut files: Vec<WrittenEvent>, written: &[WrittenEvent]) -> Vec<WrittenEvent> {
    files.retain(|file| written.iter().any(|other| other.path == file.path));
    files
}

fn way_back(state: &State, by_undo: bool) -> String {
    if by_undo {
        format!("{} takes it back", state.key(Action::Undo))
    } else {
        format!("“{}” takes it back", Action::TakeBackEvent.name())
    }
}

/// Whether the last edit of an event is younger than every change of the brief.
fn is_last(state: &State, step: Option<&EventStep>) -> bool {
    let now = state.document.as_ref().map(|d| (d.slug.as_str(), d.revision));
    let then = step.and_then(|step| step.brief.as_ref()).map(|(slug, revision)| (slug.as_str(), *revision));
    now.is_some() && now == then
}

/// Undo, if the last thing done was an edit of an event; says whether it was.
pub(super) fn undo(state: &mut State) -> bool {
    let last = is_last(state, state.events.done.last());
    if last {
        take_back(state);
    }
    last
}

/// Redo, if the last thing undone was such an edit.
pub(super) fn redo(state: &mut State) -> bool {
    let last = is_last(state, state.events.undone.last());
    if let Some(step) = state.events.undone.pop_if(|_| last) {
        let edits = step.files.iter().map(|file| (file.path.clone(), EventEdit::Again(file.clone()))).collect();
        send(state, Sent::Again(step), edits);
    }
    last
}

/// Writes back what the files of the last edit held before; behind this run's edits come those of earlier ones.
pub(super) fn take_back(state: &mut State) {
    let Some(step) = state.events.done.pop() else {
        if std::mem::replace(&mut state.events.looked, true) {
            return state.say("No edit of an event is left to be taken back");
        }
        return state.perform(Effect::PastEdits);
    };
    let edits = step.files.iter().map(|file| (file.path.clone(), EventEdit::Again(file.reversed()))).collect();
    send(state, Sent::Back(step), edits);
}

/// What earlier runs did was looked for, to take the last of it back.
pub(super) fn recalled(state: &mut State, past: Vec<PastEdit>) {
    state.events.recall(past);
    take_back(state);
}

/// The desk was read, or the list was filtered: the cursor goes to the new fact.
pub(super) fn arrived(state: &mut State) {
    let Some(at) = state.events.arriving.as_ref().and_then(|address| state.desk.find(address)) else { return };
    if state.facts.visible.contains(&at) {
        state.facts.go_to(Some(at));
        state.facts.moved = true;
        state.events.arriving = None;
    } else if !state.facts.awaited && !state.loading.running {
        state.events.arriving = None;
        state.say("The new fact is there; the filter hides it");
    }
}

/// Whether a fact of this kind is written by its words.
pub(super) fn is_quote(kind: &str) -> bool {
    kind.parse() == Ok(FactKind::Quote)
}
