//! The hint line: at most five keys, the most useful where the writer is first; help comes last and goes last.

use super::action::{Action, Contexts};
use super::outline::Item;
use super::overview::View;
use super::state::{LineKind, Mode, Pane, State};

/// How many hints there are beside help.
const BEFORE_HELP: usize = 4;

/// A hint: an action, and other words than its own if they are wanted.
type Wanted = (Action, Option<&'static str>);

/// The keys and words of the hint line.
pub fn hints(state: &State) -> Vec<(String, String)> {
    let pair = |key: &str, words: &str| (key.to_owned(), words.to_owned());
    let leave = |words: &str| (state.key_in(context(state), Action::Leave), words.to_owned());
    let help = (state.key_in(context(state), Action::Help), "help".to_owned());
    match &state.mode {
        Mode::Browse => browse(state),
        Mode::Type(_) if state.citing().is_some() => {
            vec![(state.key_in(context(state), Action::NewLine), "cite".to_owned()), leave("close")]
        }
        Mode::Type(_) => vec![pair("@", "cite a fact"), leave("done, kept"), help],
        Mode::Line(line) if matches!(line.kind, LineKind::Filter) => {
            vec![pair("Enter", "keep"), leave("clear"), help]
        }
        Mode::Line(_) => vec![pair("Enter", "take"), leave("leave"), help],
        Mode::List(_) => vec![pair("Enter", "choose"), leave("close")],
        Mode::View(overview) => in_view(state, &overview.view),
        Mode::Dialog(_) => Vec::new(),
        Mode::Difference(_) => vec![leave("back to the question")],
    }
}

fn in_view(state: &State, view: &View) -> Vec<(String, String)> {
    let keys: &[Wanted] = match view {
        View::Coverage(_) => &[
            (Action::ToSection, None),
            (Action::Enter, Some("to the fact")),
            (Action::PaneNext, Some("grouping")),
            (Action::InFull, Some("in full")),
        ],
        View::Timeline(_) => {
            &[(Action::Enter, Some("filter")), (Action::Narrower, None), (Action::InFull, Some("in full"))]
        }
        View::Full(_) => &[(Action::PaneLeft, None), (Action::ToSection, None), (Action::Enter, Some("to the fact"))],
    };
    let here = context(state);
    let key = |action| state.keymap.key_in(here, action).map(str::to_owned);
    let shown = |(action, words): &Wanted| match action {
        Action::Narrower => Some((format!("{} {}", key(*action)?, key(Action::Wider)?), "grain".to_owned())),
        Action::PaneLeft => Some((format!("{} {}", key(*action)?, key(Action::PaneRight)?), "others".to_owned())),
        _ => Some((key(*action)?, words.unwrap_or(action.info()?.hint).to_owned())),
    };
    let mut hints: Vec<_> = keys.iter().filter_map(shown).collect();
    hints.push((state.key_in(here, Action::Leave), "close".to_owned()));
    hints
}

fn context(state: &State) -> Contexts {
    super::update::context(state)
}

fn browse(state: &State) -> Vec<(String, String)> {
    let mut wanted = if state.document.is_some() { in_brief(state) } else { without_brief() };
    let key = |action: Action| {
        let key = state.keymap.key_in(context(state), action)?;
        Some(if key == "Enter" && !state.setup.ascii { "⏎".to_owned() } else { key.to_owned() })
    };
    // What has no key here is no hint.
    wanted.retain(|(action, _)| key(*action).is_some());
    wanted.truncate(BEFORE_HELP);
    wanted.push((Action::Help, None));
    let shown = |(action, words): Wanted| {
        let mut keys = key(action)?;
        if let (Action::MoveDown, Some(up)) = (action, key(Action::MoveUp)) {
            keys = format!("{keys} {up}");
        }
        Some((keys, words.unwrap_or(action.info()?.hint).to_owned()))
    };
    wanted.into_iter().filter_map(shown).collect()
}

fn without_brief() -> Vec<Wanted> {
    vec![(Action::NewBrief, Some("new brief")), (Action::OpenBrief, Some("open")), (Action::Quit, Some("quit"))]
}

fn in_brief(state: &State) -> Vec<Wanted> {
    let mut wanted: Vec<Wanted> = match state.focus {
        Pane::Facts => facts(state),
        Pane::Brief => brief(state),
        Pane::Preview => vec![(Action::Write, None), (Action::Copy, None), (Action::Raw, Some("raw"))],
    };
    let mut at_finding = false;
    if state.finding_count() > 0 && state.focus == Pane::Brief {
        // At a finding what can be done about it goes before all else.
        let here = state.findings_at(state.brief.cursor);
        at_finding = !here.is_empty();
        if at_finding {
            wanted.truncate(1);
            wanted.splice(0..0, [(Action::Ignore, None), (Action::NextFinding, None)]);
        } else {
            wanted.insert(1.min(wanted.len()), (Action::NextFinding, None));
        }
        if here.iter().any(|(_, f)| !f.finding.fixes.is_empty()) {
            wanted.insert(0, (Action::Fix, None));
        }
    }
    if wanted.len() < BEFORE_HELP && state.focus != Pane::Preview && !at_finding {
        wanted.push((Action::Write, None));
    }
    wanted
}

fn facts(state: &State) -> Vec<Wanted> {
    let placed = state.facts.focused().is_some_and(|at| state.facts.placed.contains_key(&at));
    if !state.facts.marks.is_empty() {
        vec![(Action::ToSection, None), (Action::Enter, Some("place here")), (Action::TakeOut, None)]
    } else if state.facts.visible.is_empty() {
        vec![(Action::Filter, None), (Action::ShowPlaced, Some("placed"))]
    } else if placed {
        vec![(Action::Enter, Some("to its block")), (Action::TakeOut, None)]
    } else {
        vec![(Action::Enter, None), (Action::ToSection, None), (Action::Filter, None)]
    }
}

fn brief(state: &State) -> Vec<Wanted> {
    match state.brief.item() {
        _ if !state.brief.marks.is_empty() => {
            vec![(Action::ToSection, None), (Action::TakeOut, None), (Action::Copy, None)]
        }
        Some(Item::Block(..)) => vec![(Action::Edit, None), (Action::MoveDown, None), (Action::WriteBelow, None)],
        _ => vec![(Action::WriteBelow, None), (Action::Fill, None)],
    }
}
