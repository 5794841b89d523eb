//! The places in which a key can have a meaning.

/// The places in which a key can have a meaning, as a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Contexts(u8);

impl Contexts {
    /// None.
    pub const NOWHERE: Self = Self(0);
    /// The Facts pane in Browse.
    pub const FACTS: Self = Self(1);
    /// The Brief pane in Browse.
    pub const BRIEF: Self = Self(2);
    /// The Preview pane in Browse.
    pub const PREVIEW: Self = Self(4);
    /// Every pane in Browse.
    pub const PANES: Self = Self(7);
    /// While text is typed into a block.
    pub const TYPE: Self = Self(8);
    /// While a filter, a value or a name is typed into the last line.
    pub const LINE: Self = Self(16);
    /// In lists: help, palette, pickers, messages.
    pub const LIST: Self = Self(32);
    /// In a view that covers the panes: coverage, the timeline, a fact in full.
    pub const VIEW: Self = Self(64);
    /// Wherever keys that type a character type it; no binding takes them there.
    pub const TEXT: Self = Self(56);

    /// Both sets together.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` is in this set.
    pub fn holds(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Those of the set in which letters are commands.
    pub const fn of_commands(self) -> Self {
        Self(self.0 & !Self::TEXT.0)
    }

    /// Those of the set in which text is typed, or filters.
    pub const fn of_text(self) -> Self {
        Self(self.0 & Self::TEXT.0)
    }

    /// Those that are in both sets.
    pub const fn shared(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The single contexts of the set.
    pub fn each(self) -> impl Iterator<Item = Self> {
        (0..7).map(|bit| Self(1 << bit)).filter(move |one| self.holds(*one))
    }

    /// The words of the key table's last column.
    pub fn words(self) -> String {
        if self.holds(Self::PANES) {
            return "all".to_owned();
        }
        let names = [
            (Self::TEXT, "text"),
            (Self::FACTS, "Facts"),
            (Self::BRIEF, "Brief"),
            (Self::PREVIEW, "Preview"),
            (Self::TYPE, "Type"),
            (Self::LINE, "filter"),
            (Self::LIST, "lists"),
            (Self::VIEW, "views"),
        ];
        let mut left = self;
        let mut found = Vec::new();
        for (context, name) in names {
            if left.holds(context) {
                left.0 &= !context.0;
                found.push(name);
            }
        }
        found.join(", ")
    }
}
