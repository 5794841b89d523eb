//! Rules on what the desk judges itself (ICD 203).

pub(super) mod assessment_misplaced;
mod judging;
pub(super) mod likelihood_with_confidence;
pub(super) mod likelihood_without_confidence;
pub(super) mod mixed_scales;
pub(super) mod no_basis;
pub(super) mod off_scale_word;
pub(super) mod overconfident;
pub(super) mod scale_word_in_fact;

use super::Group;

pub(super) const GROUP: Group = Group {
    name: "Judgements",
    rules: &[
        likelihood_without_confidence::RULE,
        likelihood_with_confidence::RULE,
        mixed_scales::RULE,
        off_scale_word::RULE,
        scale_word_in_fact::RULE,
        no_basis::RULE,
        overconfident::RULE,
        assessment_misplaced::RULE,
    ],
};
