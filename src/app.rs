//! The application: a state machine without a terminal, a clock or a disk.
//!
//! [`update`](update::update) takes one [`Message`](message::Message), changes the
//! [`State`](state::State) and answers with [`Effect`](effect::Effect)s, which are data. The
//! terminal in [`crate::tui`] turns keys into messages, performs effects and draws the state.

pub mod action;
pub mod blocks;
pub mod cite;
pub mod contexts;
pub mod coverage;
pub mod difference;
pub mod document;
pub mod effect;
pub mod events;
pub mod fact_words;
pub mod facts;
pub mod findings;
pub mod first_run;
pub mod full;
pub mod groups;
pub mod hints;
pub mod hit;
pub mod hold;
pub mod items;
pub mod keymap;
pub mod list;
pub mod live;
pub mod message;
pub mod mode;
pub mod outline;
pub mod overview;
pub mod palette;
pub mod preview;
pub mod questions;
pub mod regions;
pub mod rendered;
pub mod state;
pub mod text_field;
pub mod timeline;
pub mod trail;
pub mod update;
pub mod wrap;

pub use action::keys_markdown;
pub use update::update;
