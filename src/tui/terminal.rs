//! The terminal's modes and the way to it. One guard owns them all: raw mode, alternate screen,
//! bracketed paste, mouse, cursor.

use std::cell::RefCell;
use std::io::{self, IsTerminal as _, Write};
use std::rc::Rc;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::backend::CrosstermBackend;

use super::canvas::{Canvas, Shown};
use super::size_of;
use crate::app::regions::Size;

/// Whether our modes are in force; the panic hook has no other way to know.
static ENTERED: AtomicBool = AtomicBool::new(false);
/// Whether the writer wants the mouse.
static MOUSE: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// Gathers a frame, so that it reaches the terminal in one write.
#[derive(Clone, Default)]
struct Gathered(Rc<RefCell<Vec<u8>>>);

impl Write for Gathered {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Nothing: the frame goes out whole, by [`Screen::present`].
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The terminal in our hands; dropping it gives it back.
pub(super) struct Screen {
    backend: CrosstermBackend<Gathered>,
    gathered: Gathered,
    shown: Shown,
}

impl Screen {
    /// Takes the terminal over.
    pub(super) fn enter() -> io::Result<Self> {
        if !io::stdout().is_terminal() {
            return Err(io::Error::other("standard output is no terminal; try `attache render` or `attache facts`"));
        }
        give_back_on_panic();
        line_modes::remember();
        let gathered = Gathered::default();
        let size = take_over().and_then(|()| size_now()).inspect_err(|_| give_back())?;
        Ok(Self { backend: CrosstermBackend::new(gathered.clone()), gathered, shown: Shown::blank(size) })
    }

    /// The terminal's size.
    pub(super) fn size(&self) -> io::Result<Size> {
        size_now()
    }

    /// Draws one frame between the marks of a synchronised update, in one write.
    pub(super) fn draw(&mut self, view: impl FnOnce(&mut Canvas)) -> io::Result<()> {
        // The terminal may have another size already than anybody was told.
        if self.size()? != self.shown.size() {
            self.forget()?;
        }
        queue!(self.backend, BeginSynchronizedUpdate)?;
        self.shown.draw(&mut self.backend, view)?;
        queue!(self.backend, EndSynchronizedUpdate)?;
        self.present()
    }

    fn present(&mut self) -> io::Result<()> {
        let mut bytes = self.gathered.0.borrow_mut();
        let mut out = io::stdout().lock();
        let written = out.write_all(&bytes).and_then(|()| out.flush());
        bytes.clear();
        written
    }

    /// Forgets what is on the screen: the next frame is drawn whole.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        self.shown = Shown::blank(self.size()?);
        // What is cleared has the colours in force, which the end of a frame has put back.
        queue!(self.backend, Clear(ClearType::All))
    }

    /// Gives the terminal to somebody else.
    pub(super) fn leave(&mut self) {
        give_back();
    }

    /// Takes the terminal again, whatever was done to its modes meanwhile.
    pub(super) fn come_back(&mut self) -> io::Result<()> {
        give_back();
        take_over()?;
        self.forget()
    }

    /// Takes the terminal again after another program had it, which may have left any modes behind:
    /// they are not to be taken for those that the terminal had.
    pub(super) fn come_back_from_editor(&mut self) -> io::Result<()> {
        line_modes::restore();
        self.come_back()
    }

    /// Has the terminal tell of the mouse, or no longer.
    pub(super) fn mouse(&mut self, on: bool) -> io::Result<()> {
        MOUSE.store(on, Ordering::SeqCst);
        let out = &mut self.backend;
        if on { queue!(out, EnableMouseCapture) } else { queue!(out, DisableMouseCapture) }
    }

    /// Stops the process while another program has the terminal.
    pub(super) fn stop_beside() -> io::Result<()> {
        #[cfg(unix)]
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        Ok(())
    }

    /// Stops the process as Ctrl-Z does everywhere, and takes the terminal again after `fg`.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        #[cfg(unix)]
        {
            give_back();
            signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
            self.come_back()?;
        }
        Ok(())
    }

    /// Hands the terminal a sequence of its own, with the next frame.
    pub(super) fn pass(&mut self, sequence: &str) -> io::Result<()> {
        write!(self.backend, "{sequence}")
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

#[cfg(unix)]
fn size_now() -> io::Result<Size> {
    // One system call; crossterm's opens the terminal anew each time, and asks `tput` if that fails.
    match rustix::termios::tcgetwinsize(io::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Ok(size_of(size.ws_col, size.ws_row)),
        _ => crossterm_size(),
    }
}

#[cfg(not(unix))]
fn size_now() -> io::Result<Size> {
    crossterm_size()
}

fn crossterm_size() -> io::Result<Size> {
    crossterm::terminal::size().map(|(width, height)| size_of(width, height))
}

fn take_over() -> io::Result<()> {
    ENTERED.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    let mut out = io::stdout();
    queue!(out, EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)?;
    // Whoever had the terminal before us may have left the mouse on.
    if MOUSE.load(Ordering::SeqCst) {
        queue!(out, EnableMouseCapture)?;
    } else {
        queue!(out, DisableMouseCapture)?;
    }
    out.flush()
}

/// How the terminal gathers lines and echoes. Crossterm takes for the right state what it finds when it
/// enters raw mode, which after a program that failed to tidy up it is not.
#[cfg(unix)]
mod line_modes {
    use std::io::stdin;
    use std::sync::OnceLock;

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

    static FIRST: OnceLock<Termios> = OnceLock::new();

    /// Remembers the modes that the terminal has now.
    pub(super) fn remember() {
        if let Ok(modes) = tcgetattr(stdin()) {
            let _ = FIRST.set(modes);
        }
    }

    /// Puts back what was remembered.
    pub(super) fn restore() {
        if let Some(modes) = FIRST.get() {
            let _ = tcsetattr(stdin(), OptionalActions::Now, modes);
        }
    }
}

/// Elsewhere the console keeps its modes for each program.
#[cfg(not(unix))]
mod line_modes {
    pub(super) fn remember() {}
    pub(super) fn restore() {}
}

/// Puts every mode back, once; failures change nothing any more.
fn give_back() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        let _ = execute!(
            out,
            EndSynchronizedUpdate,
            DisableMouseCapture,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            cursor::Show
        );
        let _ = disable_raw_mode();
    }
}

/// A panic of this thread gives the terminal back before its message is printed. Panics of workers
/// are caught and become messages; they print nothing while the screen is ours.
fn give_back_on_panic() {
    let ours = std::thread::current().id();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if std::thread::current().id() == ours {
                give_back();
                before(info);
            } else if !ENTERED.load(Ordering::SeqCst) {
                before(info);
            }
        }));
    });
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    //! Each test runs this test program once more, in a real pseudo-terminal, and looks at what it left.

    use std::io::Read as _;

    use portable_pty::{CommandBuilder, PtySize, native_pty_system};

    use super::*;

    const SECOND_RUN: &str = "ATTACHE_SECOND_RUN";

    /// What a test of this module, named here, writes to a terminal of its own; and whether that gathers
    /// lines and echoes after.
    fn in_a_terminal(test: &str) -> (String, bool) {
        in_a_terminal_on("1", test)
    }

    /// The same with a word for the second run.
    fn in_a_terminal_on(word: &str, test: &str) -> (String, bool) {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        let name = format!("{}::{test}", module_path!().split_once("::").unwrap().1);
        command.args(["--exact", name.as_str(), "--ignored", "--nocapture", "--test-threads=1"]);
        command.env("RUST_BACKTRACE", "0");
        command.env(SECOND_RUN, word);
        let mut child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let reading = std::thread::spawn(move || {
            let (mut out, mut buffer) = (Vec::new(), [0; 4096]);
            // The end of a terminal is an error on some systems.
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                out.extend_from_slice(&buffer[..read]);
            }
            out
        });
        child.wait().unwrap();
        let flags = format!("{:?}", pair.master.get_termios().unwrap().local_flags);
        drop((pair.slave, pair.master));
        let text = String::from_utf8_lossy(&reading.join().unwrap()).into_owned();
        (text, ["ICANON", "ECHO", "ISIG"].iter().all(|flag| flags.contains(flag)))
    }

    /// Every mode that was set is taken back before the words that come last.
    fn assert_given_back(text: &str, last: &str) {
        let end = text.find(last).unwrap_or_else(|| panic!("no {last:?} in {text:?}"));
        for (set, back) in [("?1049h", "?1049l"), ("?2004h", "?2004l"), ("?1000h", "?1000l"), ("?25l", "?25h")] {
            let (set, back) = (text.find(set), text.rfind(back));
            assert!(set.is_some() && set < back && back < Some(end), "{back:?} in {text:?}");
        }
    }

    /// Whether this is the second run: the tests that it is for do nothing elsewhere.
    fn is_in_a_terminal() -> bool {
        std::env::var_os(SECOND_RUN).is_some()
    }

    fn entered() -> Screen {
        let mut screen = Screen::enter().unwrap();
        screen.mouse(true).unwrap();
        screen.draw(|_| ()).unwrap();
        screen
    }

    #[test]
    #[ignore = "run by the tests below, in a terminal"]
    fn panics() {
        if !is_in_a_terminal() {
            return;
        }
        let _screen = entered();
        panic!("a fault of our own");
    }

    #[test]
    #[ignore = "run by the tests below, in a terminal"]
    fn returns_an_error() {
        if !is_in_a_terminal() {
            return;
        }
        let fails = || -> std::io::Result<()> {
            let _screen = entered();
            Err(std::io::Error::other("an error on the way"))
        };
        fails().unwrap();
    }

    #[test]
    #[ignore = "run by the tests below, in a terminal"]
    fn a_worker_panics() {
        if !is_in_a_terminal() {
            return;
        }
        let mut screen = entered();
        std::thread::spawn(|| panic!("a fault of a worker")).join().unwrap_err();
        screen.draw(|_| ()).unwrap();
        drop(screen);
        std::thread::spawn(|| panic!("a fault after the end")).join().unwrap_err();
    }

    /// A fault at the first message, with a text in hand.
    struct Faulty;

    impl crate::tui::Machine for Faulty {
        fn update(&mut self, _: crate::app::message::Message) -> Vec<crate::app::effect::Effect> {
            panic!("a fault of our own");
        }

        fn draw(&self, _: &crate::tui::Theme, _: &mut Canvas) {}

        fn unsaved(&self) -> Option<(String, std::sync::Arc<str>)> {
            Some(("li".to_owned(), "Words in hand.\n".into()))
        }
    }

    #[test]
    #[ignore = "run by the tests below, in a terminal"]
    fn panics_with_a_text_in_hand() {
        let Some(desk) = std::env::var_os(SECOND_RUN) else { return };
        let options = crate::tui::Options {
            desk: Ok(crate::disk::Folder::at(desk)),
            draft: None,
            ascii: false,
            cursor: false,
            color: crate::tui::ColorChoice::Never,
        };
        let _ = crate::tui::run_machine(options, |_, _| Faulty);
    }

    #[test]
    fn a_panic_keeps_the_text_and_says_where() {
        let dir = tempfile::tempdir().unwrap();
        let (text, cooked) = in_a_terminal_on(dir.path().to_str().unwrap(), "panics_with_a_text_in_hand");
        let fault = text.find("a fault of our own").unwrap();
        let said = text.rfind("The text of the draft is safe in ");
        assert!(said.is_some_and(|said| said > fault), "{text:?}");
        assert!(cooked);
        let mut kept = std::fs::read_dir(dir.path().join(".attache/unsaved")).unwrap();
        let kept = kept.next().unwrap().unwrap().path();
        assert!(text.contains(kept.to_str().unwrap()), "{text:?}");
        assert_eq!(std::fs::read_to_string(kept).unwrap(), "Words in hand.\n");
    }

    #[test]
    fn a_panic_gives_the_terminal_back_before_its_words() {
        let (text, cooked) = in_a_terminal("panics");
        assert_given_back(&text, "a fault of our own");
        assert!(cooked);
    }

    #[test]
    fn an_error_on_the_way_gives_the_terminal_back() {
        let (text, cooked) = in_a_terminal("returns_an_error");
        assert_given_back(&text, "an error on the way");
        assert!(cooked);
    }

    #[test]
    fn the_panic_of_a_worker_prints_nothing_while_the_screen_is_ours() {
        let (text, cooked) = in_a_terminal("a_worker_panics");
        assert!(!text.contains("a fault of a worker"), "{text:?}");
        assert_given_back(&text, "a fault after the end");
        assert!(cooked);
    }
}
