//! Journeys: keys in, screens and effects out, on a small desk in memory.

mod commands;
mod cursor;
mod difference;
mod events;
mod findings;
mod harness;
mod hold;
mod hostile;
mod journal;
mod keys;
mod looks;
mod merge;
mod mouse;
mod outside;
mod overview;
mod preview;
mod remapped;
mod safety;
mod screens;
mod tutorial;
mod typing;
