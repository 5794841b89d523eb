//! A program in a pseudo-terminal: typed to, resized, killed, and looked at.

use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// All that a program has written so far, what the terminal makes of it, and whether it can write more.
struct Output {
    bytes: Vec<u8>,
    screen: vt100::Parser,
    ended: bool,
}

type Shared = Arc<(Mutex<Output>, Condvar)>;

/// A program at work in a terminal of its own.
pub struct Term {
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    output: Shared,
    ended: Option<ExitStatus>,
}

impl Term {
    /// Starts a program in a folder, at 80x24, with a plain environment.
    pub fn start(program: &[String], folder: &Path) -> Self {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let mut command = CommandBuilder::new(&program[0]);
        command.args(&program[1..]);
        command.cwd(folder);
        command.env_clear();
        let path = std::env::var("PATH").unwrap_or_default();
        for (name, value) in
            [("TERM", "xterm-256color"), ("LC_ALL", "C.UTF-8"), ("PATH", &path), ("HOME", folder.to_str().unwrap())]
        {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let screen = vt100::Parser::new(cells(24), cells(80), 0);
        let output: Shared = Arc::new((Mutex::new(Output { bytes: Vec::new(), screen, ended: false }), Condvar::new()));
        let written = Arc::clone(&output);
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            loop {
                let read = reader.read(&mut buffer).unwrap_or(0);
                let mut output = lock(&written.0);
                output.bytes.extend_from_slice(&buffer[..read]);
                output.screen.process(&buffer[..read]);
                output.ended |= read == 0;
                written.1.notify_all();
                if output.ended {
                    return;
                }
            }
        });
        Self { master: Some(pair.master), keys: Some(keys), child, output, ended: None }
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// How many bytes have come so far.
    pub fn written(&self) -> usize {
        lock(&self.output.0).bytes.len()
    }

    /// What has come from a byte on.
    pub fn since(&self, start: usize) -> Vec<u8> {
        lock(&self.output.0).bytes[start..].to_vec()
    }

    /// Writes keys. A program that is gone takes none.
    pub fn send(&mut self, keys: impl AsRef<[u8]>) {
        if let Some(to) = &mut self.keys {
            let _ = to.write_all(keys.as_ref()).and_then(|()| to.flush());
        }
    }

    /// Waits until the screen shows one of some texts; whether it did in time.
    pub fn wait_for(&self, texts: &[&str], most: Duration) -> bool {
        self.wait_until(most, |output| {
            let screen = output.screen.screen().contents();
            texts.iter().any(|text| screen.contains(text))
        })
    }

    /// Waits until what came from a byte on holds some bytes; whether it did in time.
    pub fn wait_for_bytes(&self, start: usize, bytes: &[u8], most: Duration) -> bool {
        self.wait_until(most, |output| memchr::memmem::find(&output.bytes[start..], bytes).is_some())
    }

    fn wait_until(&self, most: Duration, is_so: impl Fn(&Output) -> bool) -> bool {
        let end = Instant::now() + most;
        let mut output = lock(&self.output.0);
        loop {
            if is_so(&output) {
                return true;
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() || output.ended {
                return false;
            }
            output = self.output.1.wait_timeout(output, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// What is on the screen.
    pub fn screen(&self) -> String {
        lock(&self.output.0).screen.screen().contents()
    }

    /// Waits until nothing has come for so long, at most ten times as long.
    pub fn settle(&self, quiet: Duration) {
        let end = Instant::now() + quiet * 10;
        let mut output = lock(&self.output.0);
        loop {
            let before = output.bytes.len();
            output = self.output.1.wait_timeout(output, quiet).unwrap_or_else(PoisonError::into_inner).0;
            if output.bytes.len() == before || output.ended || Instant::now() > end {
                return;
            }
        }
    }

    /// Gives the terminal another size.
    pub fn resize(&self, columns: u16, rows: u16) {
        if let Some(master) = &self.master {
            let _ = master.resize(size(columns, rows));
            lock(&self.output.0).screen.set_size(cells(rows), cells(columns));
        }
    }

    /// Sends a signal.
    pub fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.pid()).ok().and_then(Pid::from_raw).unwrap();
        let _ = kill_process(pid, signal);
    }

    /// Closes the terminal under the program, as when a window is closed.
    pub fn close(&mut self) {
        (self.keys, self.master) = (None, None);
    }

    /// Waits for the end of the program; its status, if it ended in time.
    pub fn end(&mut self, most: Duration) -> Option<ExitStatus> {
        let end = Instant::now() + most;
        while self.ended.is_none() && Instant::now() < end {
            self.ended = self.child.try_wait().unwrap();
            if self.ended.is_none() {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
        self.ended.clone()
    }

    /// Whether it is still running.
    pub fn is_alive(&mut self) -> bool {
        self.end(Duration::from_millis(20)).is_none()
    }
}

impl Drop for Term {
    fn drop(&mut self) {
        if self.ended.is_none() {
            self.signal(Signal::KILL);
            let _ = self.child.wait();
        }
    }
}

fn lock(output: &Mutex<Output>) -> MutexGuard<'_, Output> {
    output.lock().unwrap_or_else(PoisonError::into_inner)
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap_or(NonZeroU16::MIN)
}

/// Numbers that are the same in every run (xorshift).
pub struct Numbers(pub u64);

impl Numbers {
    /// One below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
    }
}
