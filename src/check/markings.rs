//! Rules on who may read what.

pub(super) mod bad_tlp;
pub(super) mod chatham_house;
pub(super) mod embargoed;
pub(super) mod marking_too_low;
pub(super) mod mixed_schemes;
pub(super) mod not_for_use;
pub(super) mod note_leaked;
pub(super) mod partly_marked;

use super::Group;

pub(super) const GROUP: Group = Group {
    name: "Markings",
    rules: &[
        marking_too_low::RULE,
        partly_marked::RULE,
        mixed_schemes::RULE,
        bad_tlp::RULE,
        chatham_house::RULE,
        embargoed::RULE,
        note_leaked::RULE,
        not_for_use::RULE,
    ],
};
