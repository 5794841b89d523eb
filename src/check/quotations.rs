//! Rules on what is quoted.

pub(super) mod quote_altered;
pub(super) mod quote_not_verbatim;
pub(super) mod quote_without_speaker;

use super::Group;

pub(super) const GROUP: Group =
    Group { name: "Quotations", rules: &[quote_not_verbatim::RULE, quote_altered::RULE, quote_without_speaker::RULE] };
