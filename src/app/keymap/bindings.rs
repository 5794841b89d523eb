//! Which key does what: by the table, and by the `keys` of a desk's settings in its place.

use std::collections::HashMap;

use super::{Code, Key, Keymap, expand};
use crate::app::action::{ACTIONS, Action, ActionInfo, Contexts};
use crate::finding::{Anchor, Finding};
use crate::model::settings::{Binding, SETTINGS_PATH};
use crate::model::text::nearest;
use crate::yaml::Position;

/// What nobody could do without: getting out, going on, and finding everything else.
const KEPT: [Action; 5] = [Action::Quit, Action::Leave, Action::Enter, Action::Palette, Action::Help];

/// An action with keys of the desk's own.
struct Own {
    info: &'static ActionInfo,
    at: Position,
    keys: Vec<(Box<str>, Position)>,
}

/// The keys in force, and what is wrong with a desk's own. What is wrong costs its action's binding
/// alone: that action keeps the keys of the table.
pub fn read(bindings: &[Binding]) -> (Keymap, Vec<Finding>) {
    let mut found = Vec::new();
    let mut own = Vec::new();
    for binding in bindings {
        match understood(binding) {
            Ok(binding) => own.push(binding),
            Err(finding) => found.push(*finding),
        }
    }
    // An action that gets its own keys back may meet another's: one goes at a time.
    while let Some((n, finding)) = clash(&own) {
        own.remove(n);
        found.push(finding);
    }
    found.sort_by_key(Finding::position);
    (in_force(&own), found)
}

/// The contexts in which a key means an action: one that types text means nothing where text is typed.
pub fn reach(info: &ActionInfo, key: Key) -> Contexts {
    if key.text().is_some() { info.contexts.of_commands() } else { info.contexts }
}

fn in_force(own: &[Own]) -> Keymap {
    let mut keymap = Keymap { bindings: HashMap::new(), keys: HashMap::new() };
    for (info, _, keys) in all(own) {
        for text in &keys {
            for (context, key) in meanings(info, text) {
                keymap.bindings.entry((context, key)).or_insert(info.action);
            }
        }
        keymap.keys.insert(info.action, keys);
    }
    keymap
}

/// Every action with the number of the desk's binding for it, if there is one, and its keys.
fn all(own: &[Own]) -> impl Iterator<Item = (&'static ActionInfo, Option<usize>, Vec<Box<str>>)> {
    ACTIONS.iter().map(|info| {
        let n = own.iter().position(|own| own.info.action == info.action);
        let keys = match n.and_then(|n| own.get(n)) {
            Some(own) => own.keys.iter().map(|(key, _)| key.clone()).collect(),
            None => info.keys.iter().map(|key| (*key).into()).collect(),
        };
        (info, n, keys)
    })
}

fn meanings(info: &'static ActionInfo, text: &str) -> impl Iterator<Item = (Contexts, Key)> {
    expand(text).into_iter().flat_map(|key| reach(info, key).each().map(move |context| (context, key)))
}

fn wrong(at: Position, message: String, help: String) -> Box<Finding> {
    Box::new(Finding::error("bad-value", SETTINGS_PATH, Anchor::At(at), message).help(help))
}

/// A binding whose action there is and whose keys can be pressed where it acts.
fn understood(binding: &Binding) -> Result<Own, Box<Finding>> {
    let name = &*binding.action;
    let Some(info) = ACTIONS.iter().find(|info| info.name == name) else {
        let near = nearest(name, ACTIONS.iter().map(|info| info.name));
        let help = near.map_or_else(|| "`attache keys` lists them".to_owned(), |n| format!("did you mean `{n}`?"));
        return Err(wrong(binding.at, format!("there is no action `{name}`"), help));
    };
    if binding.keys.is_empty() && KEPT.contains(&info.action) {
        let help = format!("it keeps {}", info.key_words());
        return Err(wrong(binding.at, format!("`{name}` must keep a key"), help));
    }
    let mut keys: Vec<(Box<str>, Position)> = Vec::new();
    let mut reached = false;
    for (text, at) in &binding.keys {
        let pressed = expand(text);
        let Some(first) = pressed.first().copied() else {
            let help = "a character, or Enter, Esc, Tab, Space, Backspace, Delete, Home, End, PgUp, PgDn, up, down, left, right; with Ctrl- or Shift- before it";
            return Err(wrong(*at, format!("`{text}` is no key"), help.to_owned()));
        };
        if let Some(why) = unsent(first) {
            return Err(wrong(*at, format!("`{text}` never comes: {why}"), "choose another key".to_owned()));
        }
        reached |= first.text().is_none();
        if reach(info, first).is_empty() {
            let message = format!("`{text}` is needed for typing, where `{name}` acts");
            return Err(wrong(*at, message, "choose a key that types nothing, such as one with Ctrl-".to_owned()));
        }
        let shown = if pressed.len() > 1 { text.clone() } else { first.to_string().into() };
        if !keys.iter().any(|(other, _)| *other == shown) {
            keys.push((shown, *at));
        }
    }
    if let (false, Some((key, at))) = (reached || info.contexts.of_text().is_empty(), keys.first()) {
        let message = format!("`{key}` types itself where text is typed, and `{name}` must be reached there, too");
        return Err(wrong(*at, message, "give it a second key that types nothing, such as one with Ctrl-".to_owned()));
    }
    Ok(Own { info, at: binding.at, keys })
}

/// Why a key cannot come from a terminal.
fn unsent(key: Key) -> Option<&'static str> {
    if key.alt {
        return Some("terminals send Alt as Esc and the key");
    }
    match key.code {
        Code::Char('i') if key.ctrl => Some("terminals send it as Tab"),
        Code::Char('j' | 'm') if key.ctrl => Some("terminals send it as Enter"),
        Code::Char('[') if key.ctrl => Some("terminals send it as Esc"),
        Code::Char('0'..='9') | Code::Enter | Code::Esc | Code::Tab | Code::BackTab if key.ctrl => {
            Some("terminals send it without Ctrl")
        }
        _ => None,
    }
}

/// A key that two actions would have in one place: the binding that goes, and what is said of it.
fn clash(own: &[Own]) -> Option<(usize, Finding)> {
    let mut taken: HashMap<(Contexts, Key), (&ActionInfo, Option<usize>)> = HashMap::new();
    for (info, n, keys) in all(own) {
        for text in &keys {
            for (context, key) in meanings(info, text) {
                let Some((other, m)) = taken.insert((context, key), (info, n)) else { continue };
                if other.action == info.action {
                    continue;
                }
                // Of two of the desk's own, the one that stands later goes.
                let at = |n: &usize| own.get(*n).map(|own| own.at);
                let Some(goes) = n.into_iter().chain(m).max_by_key(at) else { continue };
                let binding = own.get(goes)?;
                let at = binding.keys.iter().find(|(text, _)| expand(text).contains(&key)).map_or(binding.at, |k| k.1);
                let (mine, theirs) = if n == Some(goes) { (info, other) } else { (other, info) };
                let place = reach(mine, key).shared(reach(theirs, key)).words();
                let place = if place == "all" { "every pane".to_owned() } else { place };
                let message = format!("`{key}` would be both `{}` and `{}` in {place}", mine.name, theirs.name);
                let help = format!("choose another key, or give `{}` another", theirs.name);
                return Some((goes, *wrong(at, message, help)));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Keymap, Vec<String>) {
        let (settings, found) = crate::settings::read(text, &[]);
        assert_eq!(found, []);
        let (keymap, found) = read(&settings.keys);
        assert!(found.iter().all(|f| f.severity == crate::finding::Severity::Error && &*f.path == "attache.yaml"));
        let told = |f: &Finding| format!("{} {} | {}", f.position(), f.message, f.help.as_deref().unwrap_or_default());
        (keymap, found.iter().map(told).collect())
    }

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    fn keys(keymap: &Keymap, action: Action) -> Vec<&str> {
        keymap.keys(action).iter().map(|k| &**k).collect()
    }

    #[test]
    fn own_keys_replace_those_of_the_table() {
        let (keymap, found) =
            read_text("keys:\n  take out: [d, shift-x]\n  cycle order: []\n  mark: s\n  undo: ctrl-u\n");
        assert_eq!(found, [""; 0]);
        assert_eq!(keys(&keymap, Action::TakeOut), ["d", "X"]);
        assert_eq!(keymap.action(Contexts::FACTS, key("d")), Some(Action::TakeOut));
        assert_eq!(keymap.action(Contexts::FACTS, key("x")), None);
        assert_eq!(keymap.action(Contexts::FACTS, key("s")), Some(Action::Mark));
        assert_eq!(keymap.action(Contexts::FACTS, key("Space")), None);
        assert_eq!(keys(&keymap, Action::Sort), [""; 0]);
        assert_eq!(keys(&keymap, Action::Undo), ["Ctrl-U"]);
        assert_eq!(keys(&keymap, Action::Redo), ["U"]);
    }

    #[test]
    fn two_actions_can_change_places() {
        let (keymap, found) = read_text("keys: { fix the finding: i, ignore the finding: f }\n");
        assert_eq!(found, [""; 0]);
        assert_eq!(keymap.action(Contexts::BRIEF, key("i")), Some(Action::Fix));
        assert_eq!(keymap.action(Contexts::BRIEF, key("f")), Some(Action::Ignore));
    }

    #[test]
    fn what_is_wrong_is_told_by_place_and_costs_its_binding_alone() {
        let text = "keys:\n  take oot: d\n  zoom: Hyper-z\n  wider: Z\n  mark: Alt-m\n  raw preview: Ctrl-I\n";
        let (keymap, found) = read_text(text);
        assert_eq!(found[0], "2:13 there is no action `take oot` | did you mean `take out`?");
        assert!(found[1].starts_with("3:9 `Hyper-z` is no key | a character, or Enter"), "{found:?}");
        assert_eq!(found[2], "5:9 `Alt-m` never comes: terminals send Alt as Esc and the key | choose another key");
        assert_eq!(found[3], "6:16 `Ctrl-I` never comes: terminals send it as Tab | choose another key");
        assert_eq!(found.len(), 4);
        assert_eq!(keys(&keymap, Action::Wider), ["Z"]);
        assert_eq!(keys(&keymap, Action::Zoom), ["z"]);
        assert_eq!(keys(&keymap, Action::TakeOut), ["0", "x", "Delete"]);
        assert_eq!(keymap.action(Contexts::FACTS, key("Space")), Some(Action::Mark));
    }

    #[test]
    fn a_key_for_two_actions_in_one_place_is_a_clash_of_both() {
        let (keymap, found) = read_text("keys:\n  take out: [d, s]\n  merge: s\n  next finding: e\n");
        assert_eq!(
            found,
            [
                "2:17 `s` would be both `take out` and `cycle order` in Facts | choose another key, or give `cycle order` another",
                "4:17 `e` would be both `next finding` and `edit the wording` in Facts, Brief | choose another key, or give `edit the wording` another"
            ]
        );
        // `s` orders in Facts and merges in Brief: no clash.
        assert_eq!(keymap.action(Contexts::BRIEF, key("s")), Some(Action::Merge));
        assert_eq!(keymap.action(Contexts::FACTS, key("s")), Some(Action::Sort));
        assert_eq!(keymap.action(Contexts::FACTS, key("d")), None);
        let (keymap, found) = read_text("keys:\n  copy: d\n  reload: d\n");
        assert_eq!(
            found,
            ["3:11 `d` would be both `reload` and `copy` in every pane | choose another key, or give `copy` another"]
        );
        assert_eq!((keys(&keymap, Action::Copy), keys(&keymap, Action::Reload)), (vec!["d"], vec!["r"]));
        // A binding that goes gives the table's key back, which another had taken.
        let (keymap, found) = read_text("keys:\n  zoom: r\n  reload: Hyper-r\n");
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!((keys(&keymap, Action::Zoom), keys(&keymap, Action::Reload)), (vec!["z"], vec!["r"]));
    }

    #[test]
    fn no_binding_takes_a_key_from_typing_or_the_way_out() {
        let text = "keys:\n  quit: []\n  done: x\n  help: h\n  palette: []\n  undo typing: z\n  redraw: Enter\n";
        let (keymap, found) = read_text(text);
        assert_eq!(
            found,
            [
                "2:9 `quit` must keep a key | it keeps q",
                "3:9 `x` types itself where text is typed, and `done` must be reached there, too | give it a second key that types nothing, such as one with Ctrl-",
                "4:9 `h` types itself where text is typed, and `help` must be reached there, too | give it a second key that types nothing, such as one with Ctrl-",
                "5:12 `palette` must keep a key | it keeps :",
                "6:16 `z` is needed for typing, where `undo typing` acts | choose a key that types nothing, such as one with Ctrl-",
                "7:11 `Enter` would be both `redraw` and `next step` in every pane | choose another key, or give `next step` another",
            ]
        );
        assert_eq!(keymap.action(Contexts::TYPE, key("Esc")), Some(Action::Leave));
        assert_eq!(keymap.action(Contexts::FACTS, key("q")), Some(Action::Quit));
        let (keymap, found) = read_text("keys: { done: [x, Ctrl-G], take out: \"0\" }\n");
        assert_eq!(found, [""; 0]);
        assert_eq!(keymap.action(Contexts::FACTS, key("x")), Some(Action::Leave));
        assert_eq!(keymap.action(Contexts::TYPE, key("x")), None);
        assert_eq!(keymap.action(Contexts::TYPE, key("Ctrl-G")), Some(Action::Leave));
        assert_eq!(keymap.key_in(Contexts::TYPE, Action::Leave), Some("Ctrl-G"));
        assert_eq!(keymap.key_in(Contexts::FACTS, Action::Leave), Some("x"));
    }
}
