//! Reading a file, and what is silenced in it.

pub(super) mod load;
pub(super) mod merge_conflict;
pub(super) mod rule_failed;
pub(super) mod unused_allow;

use super::Group;

pub(super) const GROUP: Group = Group {
    name: "Files and silences",
    rules: &[
        load::UNREADABLE,
        load::BAD_FACT,
        load::BAD_VALUE,
        load::BAD_DATE,
        load::MISSING_ID,
        load::DUPLICATE_ID,
        load::UNKNOWN_KEY,
        merge_conflict::RULE,
        unused_allow::RULE,
        rule_failed::RULE,
    ],
};
