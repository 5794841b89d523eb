//! Rules on dates, numbers and what they measure.

pub(super) mod number_unsupported;
pub(super) mod relative_date;
pub(super) mod said_after_source;
pub(super) mod stale;
pub(super) mod tense;
pub(super) mod weekday_mismatch;

use super::Group;

pub(super) const GROUP: Group = Group {
    name: "Dates and figures",
    rules: &[
        said_after_source::RULE,
        stale::RULE,
        tense::RULE,
        relative_date::RULE,
        weekday_mismatch::RULE,
        number_unsupported::RULE,
    ],
};
