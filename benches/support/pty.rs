//! A program in a real pseudo-terminal, and what its screen shows.

use std::io::{Read as _, Write as _};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// Longer than an answer to a key may take; only to end instead of hanging.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);
/// How a frame ends (the mode of synchronised output).
pub(crate) const FRAME_END: &[u8] = b"\x1b[?2026l";

/// A program under measure. It is ended where this is let go.
pub(crate) struct Terminal {
    input: Box<dyn std::io::Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    /// Just before the program was started.
    started: Instant,
    /// When the last bytes were read: what is measured ends there, not when they are understood.
    read: Instant,
    limit: Duration,
    parser: vt100::Parser,
    /// How many bytes have come.
    pub(crate) bytes: usize,
    /// The last of them, in which the end of a frame may have begun.
    tail: Vec<u8>,
    /// Whether a frame ended in what was read last: what it brought is whole.
    whole: bool,
    pub(crate) child: Box<dyn portable_pty::Child + Send + Sync>,
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

/// How long a list took to answer a key.
pub(crate) struct Answer {
    /// Until its first rows were those that stay.
    pub(crate) first: Duration,
    /// Until all was told.
    pub(crate) complete: Duration,
}

impl Terminal {
    /// Starts a program in a terminal of 200x60.
    pub(crate) fn start(mut command: CommandBuilder) -> Self {
        command.env("TERM", "xterm-256color");
        let (rows, columns) = (NonZeroU16::new(60).unwrap(), NonZeroU16::new(200).unwrap());
        let size = PtySize { rows: 60, cols: 200, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 65_536];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..read].to_vec())).is_err() {
                    return;
                }
            }
        });
        let input = pair.master.take_writer().unwrap();
        let parser = vt100::Parser::new(rows, columns, 0);
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        Self {
            input,
            output,
            started,
            read: started,
            limit: LIMIT,
            parser,
            bytes: 0,
            tail: Vec::new(),
            whole: false,
            child,
            _master: pair.master,
        }
    }

    /// The same, waiting longer than usual for what is to come.
    pub(crate) fn patient(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// What is shown.
    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// The process.
    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Writes keys.
    pub(crate) fn send(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
    }

    fn take(&mut self, (at, bytes): &(Instant, Vec<u8>)) {
        self.read = *at;
        self.parser.process(bytes);
        self.bytes += bytes.len();
        self.tail.extend_from_slice(bytes);
        self.whole = self.tail.windows(FRAME_END.len()).any(|w| w == FRAME_END);
        let over = self.tail.len().saturating_sub(FRAME_END.len() - 1);
        self.tail.drain(..over);
    }

    /// Takes what comes next.
    fn next(&mut self, end: Instant) {
        match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(bytes) => self.take(&bytes),
            Err(e) => panic!("{e}; the screen was\n{}", self.screen().contents()),
        }
    }

    /// Waits until the screen is as wanted; how long it took.
    pub(crate) fn until(&mut self, wanted: impl Fn(&vt100::Screen) -> bool) -> Duration {
        let start = Instant::now();
        let end = start + self.limit;
        while !wanted(self.screen()) {
            self.next(end);
        }
        self.read.saturating_duration_since(start)
    }

    /// Waits until the screen is as wanted; how long after the start of the program that was.
    pub(crate) fn since_start(&mut self, wanted: impl Fn(&vt100::Screen) -> bool) -> Duration {
        self.until(wanted);
        self.read.saturating_duration_since(self.started)
    }

    /// As [`Self::since_start`], and the frame must be whole.
    pub(crate) fn since_start_whole(&mut self, wanted: impl Fn(&vt100::Screen) -> bool) -> Duration {
        self.until(wanted);
        let end = Instant::now() + self.limit;
        while !self.whole {
            self.next(end);
        }
        self.read.saturating_duration_since(self.started)
    }

    /// Waits until the screen shows a text.
    pub(crate) fn until_shown(&mut self, text: &str) -> Duration {
        self.until(|screen| screen.contents().contains(text))
    }

    /// Writes keys; how long it takes until the screen is as wanted.
    pub(crate) fn press(&mut self, keys: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> Duration {
        let start = Instant::now();
        self.send(keys);
        self.until(wanted);
        self.read.saturating_duration_since(start)
    }

    /// As [`Self::press`], and the frame must be whole.
    pub(crate) fn press_whole(&mut self, keys: &str, wanted: impl Fn(&vt100::Screen) -> bool) -> Duration {
        let start = Instant::now();
        self.whole = false;
        self.send(keys);
        self.until(wanted);
        let end = Instant::now() + self.limit;
        while !self.whole {
            self.next(end);
        }
        self.read.saturating_duration_since(start)
    }

    /// Writes a key that changes a list. The first rows are there at the read from which on they are what they
    /// are in the end; a read before the key is `seen` on the screen does not count.
    pub(crate) fn answer(
        &mut self,
        keys: &str,
        rows: impl Fn(&vt100::Screen) -> String,
        seen: impl Fn(&vt100::Screen) -> bool,
        wanted: impl Fn(&vt100::Screen) -> bool,
    ) -> Answer {
        let start = Instant::now();
        let end = start + self.limit;
        let mut history: Vec<(Instant, Option<String>)> = Vec::new();
        self.send(keys);
        while !wanted(self.screen()) {
            self.next(end);
            history.push((self.read, seen(self.screen()).then(|| rows(self.screen()))));
        }
        let last = Some(rows(self.screen()));
        let first = history.iter().rev().take_while(|(_, rows)| *rows == last).last();
        let since = |at: Instant| at.saturating_duration_since(start);
        Answer { first: since(first.map_or(self.read, |(at, _)| *at)), complete: since(self.read) }
    }

    /// Takes what comes during a time; how many bytes it was.
    pub(crate) fn rest(&mut self, time: Duration) -> usize {
        let (before, end) = (self.bytes, Instant::now() + time);
        loop {
            match self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return self.bytes - before,
            }
        }
    }

    /// Waits until the program has ended by itself; after the limit it is ended.
    pub(crate) fn ended(mut self) {
        let end = Instant::now() + self.limit;
        while Instant::now() < end && !matches!(self.child.try_wait(), Ok(Some(_))) {
            self.rest(Duration::from_millis(5));
        }
    }

    /// Ends the program.
    pub(crate) fn kill(self) {}
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// A row of the screen, without the blanks behind it.
pub(crate) fn row(screen: &vt100::Screen, row: usize) -> String {
    screen.rows(0, 200).nth(row).unwrap_or_default().trim_end().to_owned()
}

/// Some rows of the screen, of the columns below a limit.
pub(crate) fn rows(screen: &vt100::Screen, from: usize, count: usize, columns: u16) -> String {
    screen.rows(0, columns).skip(from).take(count).collect::<Vec<_>>().join("\n")
}
