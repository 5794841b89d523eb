//! What to say of a key that names nothing: what is missing, and what was probably meant.

use super::text::nearest_few;
use super::{Desk, Event, FactRef};

/// A key that names nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// What is not there.
    pub message: String,
    /// What was probably meant, or where to look.
    pub help: String,
    /// What was probably meant, as it is written in a citation.
    pub near: Vec<String>,
}

/// What is wrong with the address of a fact; `None` if the fact is there.
pub fn fact(desk: &Desk, address: &FactRef) -> Option<Missing> {
    fact_of(desk, desk.event(&address.event), address)
}

/// The same where the event is at hand already.
pub fn fact_of(desk: &Desk, event: Option<&Event>, address: &FactRef) -> Option<Missing> {
    let Some(event) = event else {
        let near = nearest_few(&address.event, desk.events().iter().map(|e| &*e.id));
        let near = near.iter().map(|id| format!("{id}#{}", address.fact)).collect::<Vec<_>>();
        return Some(Missing {
            message: format!("there is no event `{}`", address.event),
            help: did_you_mean(&near, "`attache facts` lists what there is"),
            near,
        });
    };
    if event.fact(&address.fact).is_some() {
        return None;
    }
    let near = nearest_few(&address.fact, event.facts.iter().map(|f| &*f.id));
    let near = near.iter().map(|id| format!("{}#{id}", event.id)).collect::<Vec<_>>();
    Some(Missing {
        message: format!("the event `{}` has no fact `{}`", event.id, address.fact),
        help: did_you_mean(&near, &format!("`attache facts event:{}` lists its facts", event.id)),
        near,
    })
}

/// What is wrong with the key of a shared source; `None` if it is there.
pub fn source(desk: &Desk, key: &str) -> Option<Missing> {
    if desk.shared().contains_key(key) {
        return None;
    }
    let message = format!("there is no shared source `{key}`");
    if desk.event(key).is_some() {
        let help = format!("`{key}` is an event; cite one of its facts: `[@{key}#…]`");
        return Some(Missing { message, help, near: Vec::new() });
    }
    let near: Vec<String> =
        nearest_few(key, desk.shared().keys().map(|k| &**k)).iter().map(ToString::to_string).collect();
    let help = did_you_mean(&near, "a fact is cited as `[@event#fact]`");
    Some(Missing { message, help, near })
}

fn did_you_mean(near: &[String], else_say: &str) -> String {
    let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
    match near.as_slice() {
        [] => else_say.to_owned(),
        [one] => format!("did you mean {one}?"),
        [first @ .., last] => format!("did you mean {} or {last}?", first.join(", ")),
    }
}
