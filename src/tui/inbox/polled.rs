//! The terminal and the bell, waited for together.

use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::os::fd::{AsRawFd as _, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use filedescriptor::{POLLIN, poll, pollfd};
use rustix::fs::{Mode, OFlags, open};

use crate::tui::inbox::Post;
use crate::tui::{Incoming, input};

/// Wakes the loop. One byte lies in the pipe however often it rings, so that ringing never blocks.
#[derive(Clone)]
pub(super) struct Ringer {
    pipe: Arc<UnixStream>,
    rung: Arc<AtomicBool>,
}

impl Ringer {
    /// Rings, unless the loop has not heard the last ring yet.
    pub(super) fn ring(&self) {
        if !self.rung.swap(true, Ordering::AcqRel) {
            // A loop that has ended hears nothing.
            let _ = (&*self.pipe).write(&[0]);
        }
    }
}

/// The loop's end.
pub(in crate::tui) struct Bell {
    pipe: UnixStream,
    rung: Arc<AtomicBool>,
}

/// A bell and what rings it.
pub(super) fn bell() -> io::Result<(Ringer, Bell)> {
    let (ours, theirs) = UnixStream::pair()?;
    ours.set_nonblocking(true)?;
    theirs.set_nonblocking(true)?;
    let rung = Arc::new(AtomicBool::new(false));
    Ok((Ringer { pipe: Arc::new(theirs), rung: Arc::clone(&rung) }, Bell { pipe: ours, rung }))
}

/// How long after a burst it is looked again, and how patiently. What crossterm has read and not handed over yet it denies to
/// have where the time for a look is over before it looks, as on a busy machine, and the terminal has nothing more to
/// wake us with: such keys would lie there until the next one.
const AGAIN: [(Duration, Duration); 2] =
    [(Duration::from_millis(15), Duration::from_millis(2)), (Duration::from_millis(100), Duration::from_millis(10))];

/// The terminal as events are read from it.
pub(super) struct Keys {
    bell: Bell,
    /// The terminal, where it is not the standard input.
    opened: Option<OwnedFd>,
    /// More has been read from the terminal than was handed over.
    unread: bool,
    /// When it is looked again, and which time that is.
    again: Option<(Instant, usize)>,
    /// The terminal is gone, and the loop was told.
    gone: bool,
}

impl Keys {
    pub(super) fn new(bell: Bell, _: &Post) -> io::Result<Self> {
        // The same that crossterm reads.
        let opened = match io::stdin().is_terminal() {
            true => None,
            false => Some(open("/dev/tty", OFlags::RDWR | OFlags::CLOEXEC | OFlags::NOCTTY, Mode::empty())?),
        };
        Ok(Self { bell, opened, unread: false, again: None, gone: false })
    }

    pub(super) fn wait(
        &mut self,
        receiver: &Receiver<Incoming>,
        until: Option<Instant>,
        reading: bool,
    ) -> io::Result<Vec<Incoming>> {
        let reading = reading && !self.gone;
        let again = self.again.filter(|_| reading);
        let until = match again {
            _ if self.unread && reading => Some(Instant::now()),
            Some((at, _)) => Some(until.map_or(at, |until| until.min(at))),
            None => until,
        };
        let (typed, rung) = self.poll(until, reading)?;
        let mut out = Vec::new();
        if reading && (typed.is_some() || self.unread) {
            out.extend(self.read(typed == Some(Typed::Gone), input::LOOK));
            self.again = AGAIN.first().filter(|_| !out.is_empty()).map(|(after, _)| (Instant::now() + *after, 0));
        } else if let Some((_, nth)) = again.filter(|(at, _)| *at <= Instant::now()) {
            let patience = AGAIN.get(nth).map_or(input::LOOK, |(_, patience)| *patience);
            out.extend(self.read(false, patience));
            let nth = if out.is_empty() { nth + 1 } else { 0 };
            self.again = AGAIN.get(nth).map(|(after, _)| (Instant::now() + *after, nth));
        }
        if rung {
            self.bell.hear();
            out.extend(receiver.try_iter());
        }
        Ok(out)
    }

    /// Waits; whether there is something to read, and whether the bell rang.
    fn poll(&self, until: Option<Instant>, reading: bool) -> io::Result<(Option<Typed>, bool)> {
        let terminal = self.opened.as_ref().map_or_else(|| io::stdin().as_raw_fd(), std::os::fd::AsRawFd::as_raw_fd);
        let on = |fd| pollfd { fd, events: POLLIN, revents: 0 };
        let mut fds = [on(self.bell.pipe.as_raw_fd()), on(terminal)];
        let fds = if reading { &mut fds[..] } else { &mut fds[..1] };
        loop {
            let left = until.map(|until| whole_milliseconds(until.saturating_duration_since(Instant::now())));
            match poll(fds, left) {
                Ok(_) => break,
                Err(filedescriptor::Error::Poll(e) | filedescriptor::Error::Io(e))
                    if e.kind() == io::ErrorKind::Interrupted => {}
                Err(filedescriptor::Error::Poll(e) | filedescriptor::Error::Io(e)) => return Err(e),
                Err(e) => return Err(io::Error::other(e)),
            }
        }
        let rung = fds.first().is_some_and(|fd| fd.revents != 0);
        let typed = match fds.get(1).map_or(0, |fd| fd.revents) {
            0 => None,
            POLLIN => Some(Typed::Keys),
            _ => Some(Typed::Gone),
        };
        Ok((typed, rung))
    }

    /// What was typed; a terminal that is gone says so after its last word.
    fn read(&mut self, gone: bool, look: Duration) -> Option<Incoming> {
        // Without keys nobody could leave: as if the terminal had hung up.
        let read = std::panic::catch_unwind(|| input::burst(look));
        match read {
            Ok(Ok((messages, all))) if !messages.is_empty() => {
                self.unread = !all;
                Some(Incoming::Input(messages))
            }
            Ok(Ok(_)) if !gone => {
                self.unread = false;
                None
            }
            _ => {
                (self.unread, self.gone) = (false, true);
                Some(Incoming::Signal(1))
            }
        }
    }
}

/// What a look at the terminal found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Typed {
    Keys,
    Gone,
}

impl Bell {
    /// Takes the ring out; what is sent from now on rings again.
    fn hear(&mut self) {
        let mut rings = [0; 8];
        while self.pipe.read(&mut rings).is_ok_and(|count| count == rings.len()) {}
        // Not a mere store, which might be seen only after the box was looked into: then a ring would be lost.
        self.rung.swap(false, Ordering::AcqRel);
    }
}

/// The wait in the system call's unit; a part of a millisecond counts as one, so that it is not spent looking.
fn whole_milliseconds(time: Duration) -> Duration {
    let whole = Duration::from_millis(u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
    if whole < time { whole + Duration::from_millis(1) } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bell_rings_once_until_it_is_heard() {
        let (ringer, mut bell) = bell().unwrap();
        ringer.ring();
        ringer.ring();
        bell.hear();
        let mut rings = [0; 8];
        assert!(bell.pipe.read(&mut rings).is_err(), "nothing is left to be read");
        ringer.ring();
        assert_eq!(bell.pipe.read(&mut rings).unwrap(), 1);
    }

    #[test]
    fn waits_are_whole_milliseconds_and_never_too_short() {
        assert_eq!(whole_milliseconds(Duration::ZERO), Duration::ZERO);
        assert_eq!(whole_milliseconds(Duration::from_micros(1)), Duration::from_millis(1));
        assert_eq!(whole_milliseconds(Duration::from_millis(10)), Duration::from_millis(10));
        assert_eq!(whole_milliseconds(Duration::from_micros(9_001)), Duration::from_millis(10));
    }
}
