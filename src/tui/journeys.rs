//! Journeys: keys in, screens and effects out, on a small desk in memory.

mod findings;
mod harness;
mod keys;
mod mouse;
mod outside;
mod safety;
mod screens;
mod typing;
