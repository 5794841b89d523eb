//! People, states, organisations and groups that an event names.

use serde::{Deserialize, Serialize};

use super::Edtf;

/// Somebody or something that acts or speaks in an event.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Actor {
    /// The key under `actors:`, by which facts name it.
    pub key: Box<str>,
    /// The name as it is to be printed.
    pub name: Box<str>,
    /// The office held, as printed after the name.
    pub role: Option<Box<str>>,
    /// Whom or what the actor belongs to: a country code or an organisation.
    pub of: Option<Box<str>>,
    /// A source who may not be named.
    pub unnamed: bool,
    /// What sort of actor it is.
    pub kind: ActorKind,
    /// Other names under which reports know the actor.
    pub aliases: Vec<Box<str>>,
    /// Offices with the time in which they were held.
    pub roles: Vec<Role>,
}

impl Actor {
    /// The office held on `date`, else the general one.
    pub fn role_on(&self, date: Option<&Edtf>) -> Option<&str> {
        let dated = date.and_then(Edtf::earliest).and_then(|day| {
            self.roles.iter().find(|r| {
                r.from.as_ref().and_then(Edtf::earliest).is_none_or(|from| from <= day)
                    && r.to.as_ref().and_then(Edtf::latest).is_none_or(|to| day <= to)
            })
        });
        dated.map(|r| &*r.title).or(self.role.as_deref())
    }
}

/// An office and the time in which it was held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The title of the office.
    pub title: Box<str>,
    /// The first day in office; open when absent.
    pub from: Option<Edtf>,
    /// The last day in office; open when absent.
    pub to: Option<Edtf>,
}

/// What sort of actor somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ActorKind {
    /// One human being.
    #[default]
    Person,
    /// A state or its government.
    State,
    /// An organisation with members or staff.
    Organisation,
    /// Several who speak as one without being an organisation.
    Group,
}

super::fact::words! { ActorKind "actor kind" {
    Person = "person", State = "state", Organisation = "organisation", Group = "group",
} }
