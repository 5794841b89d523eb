//! Lists that cover the panes or stand above the last line: help, palette, messages, pickers.

use std::sync::Arc;

use super::action::{ACTIONS, Action, ActionInfo};
use super::findings::Found;
use super::outline;
use super::state::State;
use super::text_field::TextField;
use super::update::{pane_context, unavailable};
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
    /// Templates for a new brief.
    Templates,
    /// Drafts to open.
    Drafts,
    /// Ways to mend what is found at the item under the cursor.
    Fixes,
    /// What is found there, to be ignored.
    Ignore,
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
}

/// What an entry stands for.
#[derive(Clone, Debug)]
pub enum Pick {
    /// A line to read.
    Nothing,
    /// A heading between entries.
    Heading,
    /// An action to run.
    Action(Action),
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
    pub reason: Option<&'static str>,
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
            Self::Templates => "New brief from a template",
            Self::Drafts => "Open a brief",
            Self::Fixes => "Mend what is found here",
            Self::Ignore => "Ignore what is found here, with a reason",
        }
    }
}

/// The entries of a list as filtered.
pub fn entries(state: &State, list: &ListView) -> Vec<Entry> {
    let words = fold(list.filter.text().trim());
    match list.kind {
        ListKind::Help => help(state, &words),
        ListKind::Palette => palette(state, &words),
        ListKind::Messages => filtered(messages(state), &words),
        ListKind::Templates => filtered(templates(state), &words),
        ListKind::Drafts => filtered(drafts(state), &words),
        ListKind::Fixes => fixes(state),
        ListKind::Ignore => ignorable(state),
    }
}

fn filtered(entries: Vec<Entry>, words: &str) -> Vec<Entry> {
    let holds = |e: &Entry| words.split(' ').all(|w| fold(&format!("{} {} {}", e.key, e.name, e.note)).contains(w));
    entries.into_iter().filter(holds).collect()
}

fn action_entry(state: &State, info: &ActionInfo) -> Entry {
    Entry {
        key: info.key_words(),
        name: info.name.to_owned(),
        note: info.help.to_owned(),
        reason: unavailable(state, info.action),
        pick: Pick::Action(info.action),
    }
}

/// The keys of this pane first, then the others.
fn help(state: &State, words: &str) -> Vec<Entry> {
    let here = pane_context(state.focus);
    let holds = |info: &&ActionInfo| rank(info, words).is_some();
    let only_here =
        |info: &&ActionInfo| info.contexts.holds(here) && !info.contexts.holds(super::action::Contexts::PANES);
    let (mut first, mut everywhere, mut rest) = (Vec::new(), Vec::new(), Vec::new());
    for info in ACTIONS.iter().filter(holds) {
        if only_here(&info) {
            first.push(action_entry(state, info));
        } else if info.contexts.holds(here) {
            everywhere.push(action_entry(state, info));
        } else {
            rest.push(action_entry(state, info));
        }
    }
    let mut out = Vec::new();
    for (title, part) in [
        (format!("In {}", here.words()), first),
        ("In every pane".to_owned(), everywhere),
        ("Elsewhere".to_owned(), rest),
    ] {
        if !part.is_empty() {
            out.push(Entry { key: String::new(), name: title, note: String::new(), reason: None, pick: Pick::Heading });
            out.extend(part);
        }
    }
    out
}

/// Commands by prefix of the name, then start of a word, then letters in order.
fn palette(state: &State, words: &str) -> Vec<Entry> {
    let mut found: Vec<_> = ACTIONS.iter().filter_map(|info| Some((rank(info, words)?, info))).collect();
    found.sort_by_key(|(rank, info)| (*rank, unavailable(state, info.action).is_some()));
    found.into_iter().map(|(_, info)| action_entry(state, info)).collect()
}

/// How well an action matches: smaller is better.
fn rank(info: &ActionInfo, words: &str) -> Option<u8> {
    if words.is_empty() {
        return Some(0);
    }
    let name = fold(info.name);
    let word_start = |text: &str| text.split([' ', '-']).any(|w| w.starts_with(words));
    if name.starts_with(words) {
        Some(0)
    } else if info.keys.iter().any(|k| fold(k) == words) {
        Some(1)
    } else if word_start(&name) || name.contains(&format!(" {words}")) {
        Some(2)
    } else if info.synonyms.iter().any(|s| word_start(&fold(s)) || fold(s).starts_with(words)) {
        Some(3)
    } else if fold(info.help).contains(words) {
        Some(4)
    } else {
        in_order(&name, words).then_some(5)
    }
}

/// Whether the letters of `wanted` come in this order in `text`.
fn in_order(text: &str, wanted: &str) -> bool {
    let mut rest = text.chars();
    wanted.chars().all(|c| rest.any(|t| t == c))
}

fn messages(state: &State) -> Vec<Entry> {
    let heading = |name: &str| Entry {
        key: String::new(),
        name: name.to_owned(),
        note: String::new(),
        reason: None,
        pick: Pick::Heading,
    };
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
    for logged in state.log.iter().rev() {
        let key = if logged.severity == Severity::Info { String::new() } else { logged.severity.to_string() };
        out.push(Entry { key, name: logged.text.clone(), note: String::new(), reason: None, pick: Pick::Nothing });
    }
    out
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

/// The keys and words of the hint line: at most five, the most useful first, `?` last to go.
pub fn hints(state: &State) -> Vec<(String, String)> {
    use super::action::Contexts;
    use super::state::Pane;
    let block = matches!(state.brief.item(), Some(outline::Item::Block(..)));
    let marked = !state.facts.marks.is_empty() && state.focus == Pane::Facts;
    let placed = state.facts.focused().is_some_and(|at| state.facts.placed.contains_key(&at));
    let mut wanted: Vec<(Action, Option<&str>)> = Vec::new();
    if state.document.is_none() {
        wanted.extend([(Action::NewBrief, Some("new brief")), (Action::OpenBrief, Some("open"))]);
    } else {
        match state.focus {
            Pane::Facts if marked => wanted.extend([(Action::ToSection, None), (Action::Enter, Some("place here"))]),
            Pane::Facts if placed => wanted.extend([(Action::Enter, Some("to its block")), (Action::TakeOut, None)]),
            Pane::Facts => wanted.extend([(Action::Enter, None), (Action::ToSection, None), (Action::Filter, None)]),
            Pane::Brief if block => {
                wanted.extend([(Action::Edit, None), (Action::MoveDown, None), (Action::WriteBelow, None)]);
            }
            Pane::Brief => wanted.extend([(Action::WriteBelow, None), (Action::Fill, None)]),
            Pane::Preview => wanted.extend([(Action::Write, None), (Action::Copy, None)]),
        }
        if state.finding_count() > 0 && state.focus == Pane::Brief {
            // At a finding what can be done about it goes before all else.
            let here = state.findings_at(state.brief.cursor);
            if here.is_empty() {
                wanted.insert(1, (Action::NextFinding, None));
            } else {
                wanted.truncate(1);
                wanted.splice(0..0, [(Action::Ignore, None), (Action::NextFinding, None)]);
            }
            if here.iter().any(|(_, f)| !f.finding.fixes.is_empty()) {
                wanted.insert(0, (Action::Fix, None));
            }
        }
        let at_finding = wanted.iter().any(|(action, _)| *action == Action::Ignore);
        if wanted.len() < 4 && state.focus != Pane::Preview && !at_finding {
            wanted.push((Action::Write, None));
        }
    }
    wanted.truncate(4);
    wanted.push((Action::Help, None));
    let hint = |(action, words): (Action, Option<&str>)| {
        let info = action.info()?;
        let key = if action == Action::MoveDown { "J K".to_owned() } else { (*info.keys.first()?).to_owned() };
        let key = if key == "Enter" && !state.setup.ascii { "⏎".to_owned() } else { key };
        Some((key, words.unwrap_or(info.hint).to_owned()))
    };
    debug_assert!(
        wanted.iter().all(|(a, _)| a.info().is_some_and(|i| !i.contexts.holds(Contexts::TYPE) || i.hint == "done"))
    );
    wanted.into_iter().filter_map(hint).collect()
}
