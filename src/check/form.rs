//! Rules on the shape of a note and its sentences.

pub(super) mod buried_lead;
pub(super) mod empty_section;
pub(super) mod hidden_characters;
pub(super) mod loaded_word;
pub(super) mod long_sentence;
pub(super) mod over_length;
pub(super) mod passive;
pub(super) mod question_without_answer;
pub(super) mod raw_html;
pub(super) mod unsafe_link;

use super::Group;

pub(super) const GROUP: Group = Group {
    name: "Form",
    rules: &[
        empty_section::RULE,
        over_length::RULE,
        buried_lead::RULE,
        long_sentence::FIRST_RULE,
        long_sentence::RULE,
        question_without_answer::RULE,
        hidden_characters::RULE,
        raw_html::RULE,
        unsafe_link::RULE,
        passive::RULE,
        loaded_word::RULE,
    ],
};
