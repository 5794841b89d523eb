//! Rules on where a claim comes from.

pub(super) mod aged_sources;
pub(super) mod credibility_unsupported;
pub(super) mod echo;
pub(super) mod no_access_date;
pub(super) mod no_excerpt;
pub(super) mod no_locator;
pub(super) mod plural_sources;
pub(super) mod retracted;
pub(super) mod single_source;
pub(super) mod uncited;
pub(super) mod ungraded;
pub(super) mod unknown_reference;
pub(super) mod unnamed_speaker;
pub(super) mod unsourced_fact;
pub(super) mod unused_source;
pub(super) mod weak_source;

use super::Group;

pub(super) const GROUP: Group = Group {
    name: "Sources",
    rules: &[
        uncited::RULE,
        unknown_reference::RULE,
        unsourced_fact::RULE,
        single_source::RULE,
        echo::RULE,
        credibility_unsupported::RULE,
        weak_source::RULE,
        ungraded::RULE,
        no_locator::RULE,
        no_excerpt::RULE,
        unused_source::RULE,
        no_access_date::RULE,
        unnamed_speaker::RULE,
        plural_sources::RULE,
        retracted::RULE,
        aged_sources::RULE,
    ],
};
