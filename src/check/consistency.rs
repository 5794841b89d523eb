//! Rules on facts and names that must agree.

pub(super) mod disputed_unmarked;

use super::Group;

pub(super) const GROUP: Group = Group { name: "Consistency", rules: &[disputed_unmarked::RULE] };
