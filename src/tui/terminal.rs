//! The terminal's modes and the way to it. One guard owns them all: raw mode, alternate screen,
//! bracketed paste, cursor.

use std::cell::RefCell;
use std::io::{self, IsTerminal as _, Write};
use std::rc::Rc;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};

use super::size_of;
use crate::app::regions::Size;

/// Whether our modes are in force; the panic hook has no other way to know.
static ENTERED: AtomicBool = AtomicBool::new(false);
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
    terminal: Terminal<CrosstermBackend<Gathered>>,
    gathered: Gathered,
}

impl Screen {
    /// Takes the terminal over.
    pub(super) fn enter() -> io::Result<Self> {
        if !io::stdout().is_terminal() {
            return Err(io::Error::other("standard output is no terminal; try `attache render` or `attache facts`"));
        }
        give_back_on_panic();
        let gathered = Gathered::default();
        let made = take_over().and_then(|()| Terminal::new(CrosstermBackend::new(gathered.clone())));
        let terminal = made.inspect_err(|_| give_back())?;
        Ok(Self { terminal, gathered })
    }

    /// The terminal's size.
    pub(super) fn size(&self) -> io::Result<Size> {
        let (width, height) = crossterm::terminal::size()?;
        Ok(size_of(width, height))
    }

    /// Draws one frame between the marks of a synchronised update, in one write.
    pub(super) fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(view)?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        self.present()
    }

    fn present(&mut self) -> io::Result<()> {
        let bytes = self.gathered.0.take();
        let mut out = io::stdout().lock();
        out.write_all(&bytes)?;
        out.flush()
    }

    /// Forgets what is on the screen: the next frame is drawn whole.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        // `Terminal::clear` would ask the terminal where its cursor is, and so compete with the
        // reader for the answer.
        self.terminal = Terminal::new(CrosstermBackend::new(self.gathered.clone()))?;
        queue!(self.gathered, Clear(ClearType::All))
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

    /// Puts text on the clipboard by OSC 52; base64 keeps the text from steering the terminal.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        write!(self.terminal.backend_mut(), "\x1b]52;c;{}\x07", base64(text.as_bytes()))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn take_over() -> io::Result<()> {
    ENTERED.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)
}

/// Puts every mode back, once; failures change nothing any more.
fn give_back() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        let _ = execute!(out, EndSynchronizedUpdate, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
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

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |n: usize| u32::from(chunk.get(n).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for n in 0..4_usize {
            let digit = (bits >> (18 - 6 * n) & 63) as usize;
            out.push(if n > chunk.len() { '=' } else { char::from(DIGITS[digit]) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn base64_as_everybody_writes_it() {
        let pairs = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("“é”", "4oCcw6nigJ0=")];
        for (text, coded) in pairs {
            assert_eq!(super::base64(text.as_bytes()), coded);
        }
    }
}
