//! Who works on the open draft: this run of the program, or another one.

use std::fmt;

/// Another run that has the draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// The user.
    pub user: String,
    /// The computer.
    pub host: String,
    /// When the draft was first changed there.
    pub since: String,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
        write!(f, "{} on {}", or(&self.user, "somebody"), or(&self.host, "an unknown computer"))?;
        if self.since.is_empty() { Ok(()) } else { write!(f, " since {}", self.since) }
    }
}

/// Who has the open draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hold {
    /// Nobody, as far as we know: it is locked at the first change.
    #[default]
    Free,
    /// It was opened just now, and who has it is not known yet.
    Opening,
    /// It is changed, and the lock is asked for.
    Asked,
    /// We.
    Ours,
    /// Another run: it is only read here.
    Theirs(Holder),
    /// Another run, which took it from us, or was quicker: our text stays, and is not saved to the file.
    Taken(Holder),
}

impl Hold {
    /// The other run that has the draft.
    pub fn other(&self) -> Option<&Holder> {
        match self {
            Self::Theirs(holder) | Self::Taken(holder) => Some(holder),
            _ => None,
        }
    }

    /// Whether the draft is only read here.
    pub fn is_read_only(&self) -> bool {
        matches!(self, Self::Theirs(_))
    }
}

/// What is wanted of a draft's lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// To know who has it.
    Look,
    /// To have it, if nobody has.
    Take,
    /// To have it in any case.
    TakeOver,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// Nobody has it.
    Nobody,
    /// We have it, or nobody can: the folder takes no locks.
    Ours,
    /// Another run has it.
    Theirs(Holder),
}
