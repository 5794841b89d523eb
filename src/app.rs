//! The application: a state machine without a terminal, a clock or a disk.
//!
//! [`update`](update::update) takes one [`Message`](message::Message), changes the
//! [`State`](state::State) and answers with [`Effect`](effect::Effect)s, which are data. The
//! terminal in [`crate::tui`] turns keys into messages, performs effects and draws the state.

pub mod action;
pub mod keymap;
pub mod text_field;
pub mod wrap;
