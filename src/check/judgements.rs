//! Rules on what the desk judges itself (ICD 203).

pub(super) mod likelihood_with_confidence;
pub(super) mod likelihood_without_confidence;
pub(super) mod no_basis;

use super::Group;

pub(super) const GROUP: Group = Group {
    name: "Judgements",
    rules: &[likelihood_without_confidence::RULE, likelihood_with_confidence::RULE, no_basis::RULE],
};
