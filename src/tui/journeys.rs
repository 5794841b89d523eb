//! Journeys: keys in, screens and effects out, on a small desk in memory.

mod commands;
mod findings;
mod harness;
mod keys;
mod looks;
mod mouse;
mod outside;
mod overview;
mod remapped;
mod safety;
mod screens;
mod typing;
