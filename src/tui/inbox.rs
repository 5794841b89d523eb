//! Where the loop waits, and all that can end its waiting: keys, signals, answers of workers, timers.
//!
//! On Unix the loop itself reads the terminal, so that between a key and its frame no thread has to be
//! woken: it waits for the terminal and for a bell that rings with each letter in the box.

#[cfg_attr(unix, path = "inbox/polled.rs")]
#[cfg_attr(not(unix), path = "inbox/threaded.rs")]
mod keys;

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use super::Incoming;
use keys::{Bell, Keys, Ringer};

/// Brings something to the loop, from any thread.
#[derive(Clone)]
pub(super) struct Post {
    sender: Sender<Incoming>,
    ringer: Ringer,
}

impl Post {
    /// A way to the box that is returned with it, and what rings when something lies in it.
    pub(super) fn new() -> io::Result<(Self, Receiver<Incoming>, Bell)> {
        let (sender, receiver) = channel();
        let (ringer, bell) = keys::bell()?;
        Ok((Self { sender, ringer }, receiver, bell))
    }

    /// Sends without caring whether the loop still listens: it may have ended.
    pub(super) fn send(&self, incoming: Incoming) {
        let _ = self.sender.send(incoming);
        self.ringer.ring();
    }
}

/// What has come for the loop.
pub(super) struct Inbox {
    receiver: Receiver<Incoming>,
    keys: Keys,
}

impl Inbox {
    /// An empty box, and the way to it. The terminal is in our hands already.
    pub(super) fn open() -> io::Result<(Post, Self)> {
        let (post, receiver, bell) = Post::new()?;
        let keys = Keys::new(bell, &post)?;
        Ok((post, Self { receiver, keys }))
    }

    /// Waits until something comes, and gives all that has; nothing if it was time. Without `reading`, what is
    /// typed meanwhile is left to whoever has the terminal.
    pub(super) fn wait(&mut self, until: Option<Instant>, reading: bool) -> io::Result<Vec<Incoming>> {
        self.keys.wait(&self.receiver, until, reading)
    }

    /// What has come since.
    pub(super) fn more(&mut self, reading: bool) -> io::Result<Vec<Incoming>> {
        self.keys.wait(&self.receiver, Some(Instant::now()), reading)
    }
}
