//! A program in a real pseudo-terminal, and what its screen shows.

use std::io::{Read as _, Write as _};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// Longer than anything here may take; only to end instead of hanging.
const LIMIT: Duration = Duration::from_secs(20);
/// How a frame ends (the mode of synchronised output).
pub(crate) const FRAME_END: &[u8] = b"\x1b[?2026l";

/// A program under measure.
pub(crate) struct Terminal {
    input: Box<dyn std::io::Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    /// When the last bytes were read: what is measured ends there, not when they are understood.
    read: Instant,
    parser: vt100::Parser,
    /// How many bytes have come.
    pub(crate) bytes: usize,
    /// The last of them.
    tail: Vec<u8>,
    pub(crate) child: Box<dyn portable_pty::Child + Send + Sync>,
    _master: Box<dyn portable_pty::MasterPty + Send>,
}

impl Terminal {
    /// Starts a program in a terminal of 200x60.
    pub(crate) fn start(mut command: CommandBuilder) -> Self {
        command.env("TERM", "xterm-256color");
        let (rows, columns) = (NonZeroU16::new(60).unwrap(), NonZeroU16::new(200).unwrap());
        let size = PtySize { rows: 60, cols: 200, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
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
        Self { input, output, parser, read: Instant::now(), bytes: 0, tail: Vec::new(), child, _master: pair.master }
    }

    /// What is shown.
    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
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
        let over = self.tail.len().saturating_sub(64);
        self.tail.drain(..over);
    }

    /// Waits until the screen is as wanted; how long it took.
    pub(crate) fn until(&mut self, wanted: impl Fn(&vt100::Screen) -> bool) -> Duration {
        let start = Instant::now();
        while !wanted(self.screen()) {
            match self.output.recv_timeout(LIMIT) {
                Ok(bytes) => self.take(&bytes),
                Err(e) => panic!("{e}; the screen was\n{}", self.screen().contents()),
            }
        }
        self.read.saturating_duration_since(start)
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
        self.tail.clear();
        self.send(keys);
        self.until(wanted);
        while !self.tail.windows(FRAME_END.len()).any(|w| w == FRAME_END) {
            let bytes = self.output.recv_timeout(LIMIT).unwrap();
            self.take(&bytes);
        }
        self.read.saturating_duration_since(start)
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

    /// Ends the program.
    pub(crate) fn kill(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Prints a median, and how far it goes.
pub(crate) fn tell(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e3;
    println!(
        "{:>9.2} ms  {what}: median of {} (95 %: {:.2}, 99 %: {:.2}, worst {:.2})",
        at(0.5),
        times.len(),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}
