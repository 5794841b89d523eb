//! Finding an action by what is typed: by its name, the words of its help, synonyms and keys.

use super::action::{ACTIONS, ActionInfo};
use super::state::State;
use super::update::unavailable;
use crate::model::text::fold;

/// How well an action matches, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Its name begins with what is typed.
    Prefix,
    /// What is typed is one of its keys.
    Key,
    /// Every word typed begins a word of its name.
    Name,
    /// Every word typed begins a word of its name or synonyms.
    Synonym,
    /// Every word typed begins a word of these, or of its help.
    Help,
    /// Every word typed does that, or has its letters in order in the name.
    Fuzzy,
}

/// An action found, with what stands behind its name.
#[derive(Clone, Debug)]
pub struct Found {
    /// The action.
    pub info: &'static ActionInfo,
    /// How well it matches.
    pub rank: Rank,
    /// The words behind its name, for an action that asks for something.
    pub value: Option<String>,
}

/// The actions that match, best first; of equal ones those that can be run now come first.
pub fn find(state: &State, typed: &str) -> Vec<Found> {
    let mut found: Vec<Found> = ACTIONS.iter().filter_map(|info| matched(state, info, typed)).collect();
    found.sort_by_cached_key(|found| (found.rank, unavailable(state, found.info.action).is_some()));
    found
}

/// An action as it matches what is typed: whole, or by its first words if it takes the others.
fn matched(state: &State, info: &'static ActionInfo, typed: &str) -> Option<Found> {
    let whole = rank(state, info, typed).map(|rank| Found { info, rank, value: None });
    if info.asks.is_empty() || whole.as_ref().is_some_and(|found| found.rank < Rank::Help) {
        return whole;
    }
    with_value(state, info, typed).or(whole)
}

/// The most words that begin words of the name or a synonym, and the rest as the value.
fn with_value(state: &State, info: &'static ActionInfo, typed: &str) -> Option<Found> {
    let typed = typed.trim();
    let gaps = typed.match_indices(char::is_whitespace).map(|(at, _)| at);
    gaps.collect::<Vec<_>>().into_iter().rev().find_map(|at| {
        let (name, value) = typed.split_at_checked(at)?;
        let rank = rank(state, info, name).filter(|rank| *rank < Rank::Help)?;
        let value = value.trim();
        (!value.is_empty()).then(|| Found { info, rank, value: Some(value.to_owned()) })
    })
}

/// How well an action matches what is typed, if it does.
pub fn rank(state: &State, info: &ActionInfo, typed: &str) -> Option<Rank> {
    let typed = typed.trim();
    let phrase = fold(typed);
    let name = fold(info.name);
    if name.starts_with(&phrase) {
        return Some(Rank::Prefix);
    }
    if state.keymap.keys(info.action).iter().any(|key| **key == *typed) {
        return Some(Rank::Key);
    }
    let synonyms = fold(&info.synonyms.join(" "));
    let help = fold(info.help);
    let of_word = |word: &str| {
        if begins(&name, word) {
            Some(Rank::Name)
        } else if begins(&synonyms, word) {
            Some(Rank::Synonym)
        } else if begins(&help, word) {
            Some(Rank::Help)
        } else {
            in_order(&name, word).then_some(Rank::Fuzzy)
        }
    };
    let ranks: Option<Vec<Rank>> = phrase.split_whitespace().map(of_word).collect();
    ranks?.into_iter().max()
}

/// Whether a word of the text begins with these letters.
fn begins(text: &str, letters: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '$').any(|word| word.starts_with(letters))
}

/// Whether the letters come in this order in the text.
fn in_order(text: &str, letters: &str) -> bool {
    let mut rest = text.chars();
    letters.chars().all(|c| rest.any(|t| t == c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::regions::Size;
    use crate::app::state::Setup;

    fn state() -> State {
        State::new(Size { width: 80, height: 24 }, Setup::default())
    }

    fn names(typed: &str) -> Vec<&'static str> {
        find(&state(), typed).iter().map(|found| found.info.name).collect()
    }

    #[test]
    fn the_beginning_of_the_name_goes_before_words_and_letters() {
        assert_eq!(names("merge")[0], "merge");
        assert_eq!(&names("back")[..1], ["back"]);
        // `undo` is a name; `redo` and others only have its letters or its word.
        assert_eq!(&names("undo")[..2], ["undo", "undo typing"]);
        let found = names("pre");
        let at = |name: &str| found.iter().position(|n| *n == name).unwrap();
        assert!(at("preview") < at("raw preview") && at("previous item") < at("raw preview"), "{found:?}");
        assert_eq!(names("mdn")[0], "move block down");
        assert!(names("qqq").is_empty());
    }

    #[test]
    fn several_words_in_any_order() {
        assert_eq!(names("block up")[0], "move block up");
        assert_eq!(names("up block")[0], "move block up");
        assert_eq!(names("finding next")[0], "next finding");
        assert_eq!(names("clipboard")[0], "copy");
        // Words of the help alone.
        assert_eq!(names("raw markdown")[0], "raw preview");
        assert_eq!(names("suspend shell")[0], "suspend");
    }

    #[test]
    fn a_key_finds_its_action_as_it_is_typed() {
        assert_eq!(names("Ctrl-L")[0], "redraw");
        assert_eq!(names("]")[0], "next finding");
        let found = find(&state(), "P");
        let raw = found.iter().find(|f| f.info.name == "raw preview").unwrap();
        assert_eq!(raw.rank, Rank::Key);
    }

    #[test]
    fn words_behind_the_name_are_the_value() {
        let value = |typed: &str| {
            let found = find(&state(), typed);
            found.first().map(|f| (f.info.name, f.value.clone().unwrap_or_default()))
        };
        assert_eq!(value("to section 3"), Some(("send to section", "3".to_owned())));
        assert_eq!(value("to section"), Some(("send to section", String::new())));
        assert_eq!(value("send 12"), Some(("send to section", "12".to_owned())));
        assert_eq!(value("save as Li in  Minsk"), Some(("save under a new name", "Li in  Minsk".to_owned())));
        assert_eq!(value("filter tag:sco used:no"), Some(("filter", "tag:sco used:no".to_owned())));
        assert_eq!(value("zoom 3"), None);
    }
}
