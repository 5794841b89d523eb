//! Lists that cover the panes or stand above the last line: help, palette, messages, pickers.

use std::sync::Arc;

use super::action::{ACTIONS, Action, ActionInfo, Contexts};
use super::findings::Found;
use super::palette;
use super::state::{Logged, Mode, State};
use super::text_field::TextField;
use super::update::{context_of, pane_context, unavailable};
use crate::finding::Severity;
use crate::model::text::fold;
use crate::template::Template;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// Keys and what they do.
    Help,
    /// Commands by name.
    Palette,
    /// Load problems, findings and the message log.
    Messages,
    /// The message log alone.
    Log,
    /// Templates for a new brief.
    Templates,
    /// Drafts to open.
    Drafts,
    /// Ways to mend what is found at the item under the cursor.
    Fixes,
    /// What is found there, to be ignored.
    Ignore,
    /// Facts to cite in the text being typed.
    Cite,
}

/// An open list.
#[derive(Clone, Debug)]
pub struct ListView {
    /// Which list.
    pub kind: ListKind,
    /// What is typed filters it.
    pub filter: TextField,
    /// The entry under the cursor.
    pub cursor: usize,
    /// The first entry shown.
    pub top: usize,
    /// Where it was opened, to go back there as it was; `None` for Browse.
    pub beneath: Option<Box<Mode>>,
}

/// What an entry stands for.
#[derive(Clone, Debug)]
pub enum Pick {
    /// A line to read.
    Nothing,
    /// A heading between entries.
    Heading,
    /// An action to run, and what it asks for if that is known.
    Action(Action, Option<String>),
    /// A template to start from.
    Template(Arc<Template>),
    /// A draft to open, by name.
    Draft(String),
    /// A finding in the draft: the item it stands at.
    Item(usize),
    /// A way to mend: the finding's place among all, and the fix's in it.
    Fix(usize, usize),
    /// A finding to ignore, by its place among all.
    Ignore(usize),
    /// A fact to cite.
    Cite(crate::model::FactAt),
}

/// An entry of a list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What stands first, in its own column: a key, a rule.
    pub key: String,
    /// The name.
    pub name: String,
    /// One line more.
    pub note: String,
    /// Why it cannot be chosen now.
    pub reason: Option<String>,
    /// What choosing it does.
    pub pick: Pick,
}

impl ListKind {
    /// The list's title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Help => "Keys",
            Self::Palette => "Commands",
            Self::Messages => "Problems and messages",
            Self::Log => "Messages",
            Self::Templates => "New brief from a template",
            Self::Drafts => "Open a brief",
            Self::Fixes => "Mend what is found here",
            Self::Cite => "Cite a fact",
            Self::Ignore => "Ignore what is found here, with a reason",
        }
    }
}

/// The entries of a list as filtered.
pub fn entries(state: &State, list: &ListView) -> Vec<Entry> {
    let typed = list.filter.text().trim();
    let words = fold(typed);
    match list.kind {
        ListKind::Help => help(state, list, typed),
        ListKind::Palette => palette(state, typed),
        ListKind::Log => filtered(log(state), &words),
        ListKind::Messages => filtered(messages(state), &words),
        ListKind::Templates => filtered(templates(state), &words),
        ListKind::Drafts => filtered(drafts(state), &words),
        ListKind::Fixes => fixes(state),
        ListKind::Ignore => ignorable(state),
        ListKind::Cite => super::cite::entries(state),
    }
}

fn filtered(entries: Vec<Entry>, words: &str) -> Vec<Entry> {
    let holds = |e: &Entry| words.split(' ').all(|w| fold(&format!("{} {} {}", e.key, e.name, e.note)).contains(w));
    entries.into_iter().filter(holds).collect()
}

fn action_entry(state: &State, info: &ActionInfo, value: Option<String>) -> Entry {
    let name = match &value {
        Some(value) => format!("{} {value}", info.name),
        None if info.asks.is_empty() => info.name.to_owned(),
        None => format!("{} {}", info.name, info.asks.to_uppercase()),
    };
    Entry {
        key: state.keymap.keys(info.action).join(", "),
        name,
        note: info.help.to_owned(),
        reason: unavailable(state, info.action),
        pick: Pick::Action(info.action, value),
    }
}

/// The keys of the present place first, then those of the pane, then the others.
fn help(state: &State, list: &ListView, typed: &str) -> Vec<Entry> {
    let pane = pane_context(state.focus);
    let here = list.beneath.as_deref().map_or(pane, |mode| context_of(mode, state.focus));
    let part_of = |info: &ActionInfo| match info.contexts {
        contexts if here != pane && contexts.holds(here) => 0,
        contexts if contexts.holds(Contexts::PANES) => 2,
        contexts if contexts.holds(pane) => 1,
        _ => 3,
    };
    let titles = [title(here), title(pane), "In every pane".to_owned(), "Elsewhere".to_owned()];
    let mut out = Vec::new();
    for (title, n) in titles.into_iter().zip(0..) {
        let part = ACTIONS.iter().filter(|info| part_of(info) == n && palette::rank(state, info, typed).is_some());
        let mut part: Vec<&ActionInfo> = part.collect();
        // What is for this place alone comes before what is everywhere.
        part.sort_by_key(|info| info.contexts.holds(Contexts::PANES));
        if !part.is_empty() {
            out.push(heading(title));
        }
        for info in part {
            let mut entry = action_entry(state, info, None);
            if n == 0 {
                entry.key = state.keymap.keys_in(here, info.action).collect::<Vec<_>>().join(", ");
            }
            out.push(entry);
        }
    }
    out
}

fn title(context: Contexts) -> String {
    match context {
        Contexts::TYPE => "While you type into a block".to_owned(),
        Contexts::LINE => "While you type into the last line or the filter".to_owned(),
        Contexts::LIST => "In the list".to_owned(),
        Contexts::VIEW => "In this view".to_owned(),
        pane => format!("In {}", pane.words()),
    }
}

fn heading(name: impl Into<String>) -> Entry {
    Entry { key: String::new(), name: name.into(), note: String::new(), reason: None, pick: Pick::Heading }
}

/// Commands as they match.
fn palette(state: &State, typed: &str) -> Vec<Entry> {
    palette::find(state, typed).into_iter().map(|found| action_entry(state, found.info, found.value)).collect()
}

fn messages(state: &State) -> Vec<Entry> {
    let mut out = Vec::new();
    if !state.composed.findings.is_empty() {
        out.push(heading("In this brief"));
    }
    for Found { finding, place } in &state.composed.findings {
        let help = finding.help.clone().unwrap_or_default();
        let pick = Pick::Item(state.item_of(*place));
        let key = format!("{} {}", finding.severity, finding.rule);
        out.push(Entry { key, name: finding.message.clone(), note: help, reason: None, pick });
    }
    if !state.problems.is_empty() {
        out.push(heading("In the desk's files"));
    }
    for finding in &state.problems {
        let key = format!("{} {}", finding.severity, finding.rule);
        let note = format!("{}:{}", finding.path, finding.position());
        out.push(Entry { key, name: finding.message.clone(), note, reason: None, pick: Pick::Nothing });
    }
    if !state.log.is_empty() {
        out.push(heading("Messages, newest first"));
    }
    out.extend(log(state));
    out
}

/// What was said so far, newest first.
fn log(state: &State) -> Vec<Entry> {
    let entry = |logged: &Logged| {
        let key = if logged.severity == Severity::Info { String::new() } else { logged.severity.to_string() };
        Entry { key, name: logged.text.clone(), note: String::new(), reason: None, pick: Pick::Nothing }
    };
    state.log.iter().rev().map(entry).collect()
}

/// The ways to mend what is found under the cursor, chosen by digit.
fn fixes(state: &State) -> Vec<Entry> {
    let here = state.findings_at(state.brief.cursor);
    let ways = here.iter().flat_map(|(n, found)| {
        let fixes = found.finding.fixes.iter().enumerate();
        fixes.map(move |(fix, way)| (way.label.clone(), found.finding.message.clone(), Pick::Fix(*n, fix)))
    });
    by_digit(ways)
}

/// What is found under the cursor, chosen by digit.
fn ignorable(state: &State) -> Vec<Entry> {
    let here = super::update::ignorable(state);
    by_digit(here.iter().map(|(n, f)| (f.finding.rule.to_owned(), f.finding.message.clone(), Pick::Ignore(*n))))
}

fn by_digit(entries: impl Iterator<Item = (String, String, Pick)>) -> Vec<Entry> {
    let numbered = entries.zip(1..);
    numbered
        .map(|((name, note, pick), n)| Entry {
            key: if n <= 9 { n.to_string() } else { String::new() },
            name,
            note,
            reason: None,
            pick,
        })
        .collect()
}

fn templates(state: &State) -> Vec<Entry> {
    let entry = |t: &Arc<Template>| Entry {
        key: t.id.clone(),
        name: t.name.clone(),
        note: t.description.clone(),
        reason: None,
        pick: Pick::Template(Arc::clone(t)),
    };
    state.templates.iter().map(entry).collect()
}

fn drafts(state: &State) -> Vec<Entry> {
    let open = state.document.as_ref().map(|d| d.slug.as_str());
    let mut drafts: Vec<_> = state.drafts.iter().collect();
    drafts.sort_by_key(|d| std::cmp::Reverse(d.changed));
    let entry = |d: &super::message::DraftItem| Entry {
        key: d.slug.clone(),
        name: d.title.clone(),
        note: if open == Some(d.slug.as_str()) { "open".to_owned() } else { String::new() },
        reason: None,
        pick: Pick::Draft(d.slug.clone()),
    };
    drafts.into_iter().map(entry).collect()
}
