//! Reading prose: quotations, sentences, words, dates and numbers in a text. Nothing here knows a rule.

pub(super) mod dates;
pub(super) mod likelihood;
pub(super) mod number_words;
pub(super) mod numbers;
pub(super) mod prose;
pub(super) mod questions;
pub(super) mod sentences;
pub(super) mod spans;
pub(super) mod tokens;
pub(super) mod unseen;
pub(super) mod wording;
pub(super) mod words;
