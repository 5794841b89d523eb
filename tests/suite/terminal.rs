//! The program in a real pseudo-terminal, as one writer sees it.

use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::harness::TemporaryDesk;

/// A draft of the sample desk.
pub const DRAFT: &str = "li-qiang-submission";
/// And its file.
pub const DRAFT_FILE: &str = "briefs/drafts/li-qiang-submission.md";

/// How long a wait may take before the test is given up.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub const BEGIN_FRAME: &[u8] = b"\x1b[?2026h";
pub const END_FRAME: &[u8] = b"\x1b[?2026l";

/// The program at work in a terminal, as one writer sees it.
pub struct Terminal {
    /// Our end; none once it is closed.
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    /// The thread that reads is to end.
    closing: Arc<AtomicBool>,
    pub child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    /// What the terminal makes of the output.
    parser: vt100::Parser,
    /// All output so far.
    pub raw: Vec<u8>,
}

impl Terminal {
    /// Starts the program with nothing of our environment.
    pub fn start(folder: &Path, size: (u16, u16), arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_attache"));
        command.args(arguments);
        Self::run(command, folder, size, variables)
    }

    /// The same for any program that becomes ours.
    pub fn run(
        mut command: CommandBuilder,
        folder: &Path,
        (width, height): (u16, u16),
        variables: &[(&str, &str)],
    ) -> Self {
        let pair = native_pty_system().openpty(pty_size(width, height)).unwrap();
        command.cwd(folder);
        command.env_clear();
        command.env("XDG_CACHE_HOME", crate::harness::CACHE);
        for (name, value) in [("TERM", "xterm-256color"), ("HOME", folder.to_str().unwrap())].iter().chain(variables) {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        // With this end gone, the output ends when the program does.
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        let closing = Arc::new(AtomicBool::new(false));
        let closed = Arc::clone(&closing);
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() || closed.load(Ordering::SeqCst) {
                    return;
                }
            }
        });
        let parser = vt100::Parser::new(cells(height), cells(width), 0);
        Self { master: Some(pair.master), keys: Some(keys), closing, child, output, parser, raw: Vec::new() }
    }

    /// Opens a draft of the desk at 80x24 and waits until facts and brief are there.
    pub fn open(desk: &TemporaryDesk, draft: &str) -> Self {
        let mut terminal = Self::start(desk.path(), (80, 24), &[draft], &[]);
        terminal.wait_for("the desk to be loaded", loaded);
        terminal
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    pub fn text(&self) -> String {
        self.screen().contents()
    }

    /// Sends keys as the terminal would.
    pub fn send(&mut self, keys: &str) -> &mut Self {
        let to = self.keys.as_mut().unwrap();
        to.write_all(keys.as_bytes()).unwrap();
        to.flush().unwrap();
        self
    }

    /// Sends keys and waits until the screen shows a text.
    #[track_caller]
    pub fn press(&mut self, keys: &str, shown: &str) -> &mut Self {
        self.send(keys).wait_for(shown, |screen| screen.contents().contains(shown))
    }

    /// Takes in one piece of output; tells whether there was one.
    #[track_caller]
    pub fn take(&mut self, what: &str, begun: Instant) -> bool {
        match self.output.recv_timeout(PATIENCE.saturating_sub(begun.elapsed())) {
            Ok(bytes) => {
                self.parser.process(&bytes);
                self.raw.extend(bytes);
                true
            }
            Err(RecvTimeoutError::Disconnected) => false,
            Err(RecvTimeoutError::Timeout) => panic!("waited in vain for {what}:\n{}", self.text()),
        }
    }

    /// Waits until a whole frame meets the condition.
    #[track_caller]
    pub fn wait_for(&mut self, what: &str, condition: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let begun = Instant::now();
        while last(&self.raw, BEGIN_FRAME) > last(&self.raw, END_FRAME) || !condition(self.screen()) {
            assert!(self.take(what, begun), "the program ended instead of {what}:\n{}", self.text());
        }
        self
    }

    /// Waits until the program has ended; its exit status.
    #[track_caller]
    pub fn end(&mut self) -> u32 {
        let begun = Instant::now();
        while self.take("the end of the program", begun) {}
        let status = self.child.wait().unwrap();
        assert_eq!(status.signal(), None, "{status:?}");
        status.exit_code()
    }

    /// Closes the terminal, as a window is closed; the program's exit status.
    pub fn close(&mut self) -> u32 {
        self.closing.store(true, Ordering::SeqCst);
        // The thread that reads ends with the next output.
        self.send("\x0c");
        let begun = Instant::now();
        while self.take("the last output", begun) {}
        (self.keys, self.master) = (None, None);
        let status = self.child.wait().unwrap();
        assert_eq!(status.signal(), None, "{status:?}");
        status.exit_code()
    }

    /// Whether the program stays silent for as long.
    pub fn is_silent(&mut self, long: Duration) -> bool {
        matches!(self.output.recv_timeout(long), Err(RecvTimeoutError::Timeout))
    }

    /// Waits until the program's output meets the condition, whatever program it is that has the terminal.
    #[track_caller]
    pub fn wait_for_output(&mut self, what: &str, condition: impl Fn(&Self) -> bool) -> &mut Self {
        let begun = Instant::now();
        while !condition(self) {
            assert!(self.take(what, begun), "the program ended instead of {what}:\n{}", self.text());
        }
        self
    }

    /// Waits until the system says that the program is in this state: `T` for stopped.
    #[cfg(target_os = "linux")]
    pub fn wait_for_state(&self, state: &str) {
        let begun = Instant::now();
        let path = format!("/proc/{}/stat", self.child.process_id().unwrap());
        while std::fs::read_to_string(&path).unwrap().rsplit(')').next().unwrap().split_whitespace().next()
            != Some(state)
        {
            assert!(begun.elapsed() < PATIENCE, "waited in vain for the state {state}");
            std::thread::yield_now();
        }
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let command = format!("kill -{name} {}", self.child.process_id().unwrap());
        assert!(Command::new("sh").args(["-c", &command]).status().unwrap().success(), "{command}");
    }

    /// Gives the terminal another size; a real one does not go below one cell, a pty does.
    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.parser.set_size(cells(height), cells(width));
        self.master.as_ref().unwrap().resize(pty_size(width, height)).unwrap();
        self
    }

    /// Whether the terminal gathers lines and echoes, as a shell finds it.
    pub fn is_cooked(&self) -> bool {
        let flags = format!("{:?}", self.master.as_ref().unwrap().get_termios().unwrap().local_flags);
        ["ICANON", "ECHO", "ISIG"].iter().all(|flag| flags.split([' ', '(', ')', '|']).any(|f| f == *flag))
    }

    /// The program has ended, and the terminal is as it was before.
    #[track_caller]
    pub fn assert_given_back(&self) {
        let screen = self.screen();
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert!(last(&self.raw, BEGIN_FRAME) <= last(&self.raw, END_FRAME));
        assert!(self.is_cooked());
    }
}

impl Drop for Terminal {
    /// A test that failed leaves no program behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn pty_size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap_or(NonZeroU16::MIN)
}

/// Where the last `wanted` in `bytes` stands.
pub fn last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

/// Facts are there, and the draft.
pub fn loaded(screen: &vt100::Screen) -> bool {
    let text = screen.contents();
    text.contains("Facts 48/48  /tag:") && text.contains("Premier Li Qiang in Moscow") && text.contains("/900w")
}
