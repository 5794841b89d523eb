//! Rules on where a claim comes from.

pub(super) mod retracted;
pub(super) mod uncited;
pub(super) mod unknown_reference;
pub(super) mod unsourced_fact;

use super::Group;

pub(super) const GROUP: Group =
    Group { name: "Sources", rules: &[uncited::RULE, unknown_reference::RULE, unsourced_fact::RULE, retracted::RULE] };
