//! Rules on dates, numbers and what they measure.

pub(super) mod false_precision;
pub(super) mod figure_conflict;
pub(super) mod figure_incomplete;
pub(super) mod number_unsupported;
pub(super) mod open_negative;
pub(super) mod out_of_window;
pub(super) mod percent_points;
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
        out_of_window::RULE,
        stale::RULE,
        tense::RULE,
        relative_date::RULE,
        weekday_mismatch::RULE,
        false_precision::RULE,
        number_unsupported::RULE,
        figure_incomplete::RULE,
        figure_conflict::RULE,
        open_negative::RULE,
        percent_points::RULE,
    ],
};
