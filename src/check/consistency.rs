//! Rules on facts and names that must agree.

pub(super) mod acronym_unexpanded;
pub(super) mod contradiction;
pub(super) mod disputed_unmarked;
pub(super) mod duplicate_fact;
pub(super) mod name_alias;
pub(super) mod name_unsupported;
mod names;
pub(super) mod role;
mod states;
pub(super) mod superseded;
mod support;

use super::Group;

pub(super) const GROUP: Group = Group {
    name: "Consistency",
    rules: &[
        contradiction::RULE,
        superseded::RULE,
        disputed_unmarked::RULE,
        role::MISSING_RULE,
        role::EXPIRED_RULE,
        name_alias::RULE,
        name_unsupported::RULE,
        acronym_unexpanded::RULE,
        duplicate_fact::RULE,
    ],
};
