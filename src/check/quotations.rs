//! Rules on what is quoted.

pub(super) mod fragment_quote;
pub(super) mod late_attribution;
pub(super) mod long_quote;
pub(super) mod mixed_speakers;
pub(super) mod quote_altered;
pub(super) mod quote_not_verbatim;
pub(super) mod quote_without_speaker;
pub(super) mod quoting;
pub(super) mod second_hand_quote;
pub(super) mod translation_unmarked;
pub(super) mod variant_wording;

use super::Group;

pub(super) const GROUP: Group = Group {
    name: "Quotations",
    rules: &[
        quote_not_verbatim::RULE,
        quote_altered::RULE,
        quote_without_speaker::RULE,
        late_attribution::RULE,
        fragment_quote::RULE,
        mixed_speakers::RULE,
        translation_unmarked::RULE,
        variant_wording::RULE,
        second_hand_quote::RULE,
        long_quote::RULE,
    ],
};
