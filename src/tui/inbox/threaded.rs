//! Where a terminal cannot be waited for together with other things: a thread reads it.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Instant;

use crate::tui::inbox::Post;
use crate::tui::{Incoming, input};

/// The channel wakes the loop by itself.
#[derive(Clone)]
pub(super) struct Ringer;

impl Ringer {
    /// Nothing to do.
    pub(super) fn ring(&self) {}
}

/// The loop's end.
pub(in crate::tui) struct Bell;

/// A bell and what rings it.
pub(super) fn bell() -> io::Result<(Ringer, Bell)> {
    Ok((Ringer, Bell))
}

/// The thread that reads the terminal. After each burst it waits until the loop wants more, so that it never
/// reads while the writer's editor has the terminal.
pub(super) struct Keys {
    go_on: Sender<()>,
    /// The thread waits for a word.
    waiting: bool,
}

impl Keys {
    pub(super) fn new(_: Bell, post: &Post) -> io::Result<Self> {
        let (go_on, wait) = channel();
        let post = post.clone();
        thread::spawn(move || {
            while wait.recv().is_ok() {
                // Without keys nobody could leave: as if the terminal had hung up.
                let read = std::panic::catch_unwind(|| {
                    loop {
                        match crossterm::event::poll(std::time::Duration::from_secs(3600))
                            .and_then(|_| input::burst(input::LOOK))
                        {
                            Ok((messages, _)) if messages.is_empty() => {}
                            read => break read,
                        }
                    }
                });
                let Ok(Ok((messages, _))) = read else { return post.send(Incoming::Signal(1)) };
                post.send(Incoming::Input(messages));
            }
        });
        Ok(Self { go_on, waiting: true })
    }

    pub(super) fn wait(
        &mut self,
        receiver: &Receiver<Incoming>,
        until: Option<Instant>,
        reading: bool,
    ) -> io::Result<Vec<Incoming>> {
        if reading && std::mem::take(&mut self.waiting) {
            // A reader that has ended needs no word.
            let _ = self.go_on.send(());
        }
        let first = match until {
            None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(at) => receiver.recv_timeout(at.saturating_duration_since(Instant::now())),
        };
        let first = match first {
            Ok(first) => first,
            Err(RecvTimeoutError::Timeout) => return Ok(Vec::new()),
            Err(RecvTimeoutError::Disconnected) => return Err(io::Error::other("the input has ended")),
        };
        let out: Vec<Incoming> = std::iter::once(first).chain(receiver.try_iter()).collect();
        self.waiting |= out.iter().any(|incoming| matches!(incoming, Incoming::Input(_)));
        Ok(out)
    }
}
