//! Rules on facts and names that must agree.

pub(super) mod disputed_unmarked;
pub(super) mod name_unsupported;
mod names;
mod states;

use super::Group;

pub(super) const GROUP: Group =
    Group { name: "Consistency", rules: &[disputed_unmarked::RULE, name_unsupported::RULE] };
