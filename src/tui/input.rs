//! From the terminal and the system to messages.

use std::thread;
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::inbox::Post;
use super::{Incoming, size_of};
use crate::app::keymap::{Code, Key};
use crate::app::message::{Message, Mouse, MouseKind};

/// How many events are handed over at once, so that the screen follows a very long burst.
const BURST: usize = 4096;
/// How long is looked for more of a burst. No more than a look, but not zero: once that time is over, crossterm's source says
/// no without a glance at what it has read already.
pub(super) const LOOK: Duration = Duration::from_micros(10);

/// What has come from the terminal, and whether that is all: a burst of keys is drawn once. Waits no longer than `look`
/// for the first of it, and not at all for more.
///
/// # Errors
/// The terminal is gone.
pub(super) fn burst(look: Duration) -> std::io::Result<(Vec<Message>, bool)> {
    let mut out = Vec::new();
    let mut all = true;
    let mut look = look;
    while crossterm::event::poll(std::mem::replace(&mut look, LOOK))? {
        out.extend(messages(crossterm::event::read()?));
        if out.len() >= BURST {
            all = false;
            break;
        }
    }
    let run = if cfg!(windows) { Message::Paste } else { Message::Burst };
    Ok((runs(out, run), all))
}

/// From this many characters on, what came at once was no typing.
const PASTED: usize = 20;

/// Makes one message of characters in a row that came in one read: a paste where terminals send no other
/// sign of one.
fn runs(messages: Vec<Message>, made: fn(String) -> Message) -> Vec<Message> {
    let mut out: Vec<Message> = Vec::with_capacity(messages.len());
    let mut run: Vec<Message> = Vec::new();
    let flush = |run: &mut Vec<Message>, out: &mut Vec<Message>| {
        if run.len() >= PASTED {
            out.push(made(run.drain(..).filter_map(|message| character(&message)).collect()));
        } else {
            out.append(run);
        }
    };
    for message in messages {
        if character(&message).is_some() {
            run.push(message);
        } else {
            flush(&mut run, &mut out);
            out.push(message);
        }
    }
    flush(&mut run, &mut out);
    out
}

/// The character that a key writes; Enter and Tab write too.
fn character(message: &Message) -> Option<char> {
    match message {
        Message::Key(Key { code: Code::Char(c), ctrl: false, alt: false, .. }) => Some(*c),
        Message::Key(Key { code: Code::Enter, ctrl: false, alt: false, .. }) => Some('\n'),
        Message::Key(Key { code: Code::Tab, ctrl: false, alt: false, .. }) => Some('\t'),
        _ => None,
    }
}

/// What an event means. Terminals send Alt-x as Esc and x, which is also what a quick writer types;
/// no key is bound to Alt, so it always means those two.
fn messages(event: Event) -> Vec<Message> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => match key_of(key) {
            Some(key) if key.alt => {
                let esc = Key { code: Code::Esc, ctrl: false, alt: false, shift: false };
                vec![Message::Key(esc), Message::Key(Key { alt: false, ..key })]
            }
            Some(key) => vec![Message::Key(key)],
            None => Vec::new(),
        },
        Event::Paste(text) => vec![Message::Paste(text)],
        // Elsewhere a signal tells.
        Event::Resize(width, height) if !cfg!(unix) => vec![Message::Resize(size_of(width, height))],
        Event::Mouse(event) => mouse_of(event).map(Message::Mouse).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// What was done with the mouse; moves without a button mean nothing here.
fn mouse_of(event: MouseEvent) -> Option<Mouse> {
    let kind = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Down,
        MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
        MouseEventKind::Up(MouseButton::Left) => MouseKind::Up,
        MouseEventKind::ScrollUp => MouseKind::WheelUp,
        MouseEventKind::ScrollDown => MouseKind::WheelDown,
        _ => return None,
    };
    Some(Mouse { kind, column: event.column, row: event.row })
}

/// A key as the state machine knows it.
fn key_of(key: KeyEvent) -> Option<Key> {
    let code = match key.code {
        KeyCode::Char(c) => Code::Char(c),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        _ => return None,
    };
    let held = |modifier| key.modifiers.contains(modifier);
    let mut out = Key { code, ctrl: held(KeyModifiers::CONTROL), alt: held(KeyModifiers::ALT), shift: false };
    match out.code {
        // Case says whether Shift was held. Terminals send Ctrl-_ as Ctrl-7 or Ctrl-/.
        Code::Char('7' | '/') if out.ctrl => out.code = Code::Char('_'),
        // A line feed is what Ctrl-J sends, and what unbracketed pastes bring.
        Code::Char('j' | 'J') if out.ctrl => {
            out.code = Code::Enter;
            out.ctrl = false;
        }
        Code::Char(c) if out.ctrl => out.code = Code::Char(c.to_ascii_lowercase()),
        Code::Char(_) | Code::BackTab => {}
        _ => out.shift = held(KeyModifiers::SHIFT),
    }
    Some(out)
}

/// Starts the thread that turns signals into messages.
#[cfg(unix)]
pub(super) fn watch_signals(post: Post) -> std::io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGCONT, SIGTSTP, SIGWINCH])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            let incoming = match u8::try_from(signal) {
                _ if signal == SIGCONT => Incoming::Continued,
                _ if signal == SIGTSTP => Incoming::Stop,
                _ if signal == SIGWINCH => Incoming::Resized,
                Ok(number) => Incoming::Signal(number),
                Err(_) => continue,
            };
            post.send(incoming);
        }
    });
    Ok(())
}

/// Elsewhere the terminal alone tells when to end.
#[cfg(not(unix))]
pub(super) fn watch_signals(_: Post) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(code: KeyCode, modifiers: KeyModifiers) -> String {
        key_of(KeyEvent::new(code, modifiers)).unwrap().to_string()
    }

    #[test]
    fn keys_come_as_the_table_writes_them() {
        assert_eq!(key(KeyCode::Char('K'), KeyModifiers::SHIFT), "K");
        assert_eq!(key(KeyCode::Char('C'), KeyModifiers::CONTROL), "Ctrl-C");
        assert_eq!(key(KeyCode::Char('7'), KeyModifiers::CONTROL), "Ctrl-_");
        assert_eq!(key(KeyCode::Down, KeyModifiers::SHIFT), "Shift-down");
        assert_eq!(key(KeyCode::BackTab, KeyModifiers::SHIFT), "Shift-Tab");
    }

    #[test]
    fn releases_are_no_presses() {
        let mut event = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::NONE);
        event.kind = KeyEventKind::Release;
        assert!(messages(Event::Key(event)).is_empty());
    }

    fn typed(text: &str) -> Vec<Message> {
        let code = |c| if c == '\n' { Code::Enter } else { Code::Char(c) };
        text.chars().map(|c| Message::Key(Key::plain(code(c)))).collect()
    }

    #[test]
    fn twenty_characters_in_one_read_are_a_paste_and_fewer_are_keys() {
        let pasted = format!("{:?}", runs(typed("a line of text\nand more"), Message::Paste));
        assert_eq!(pasted, "[Paste(\"a line of text\\nand more\")]");
        let keys = typed(&"j".repeat(19));
        assert_eq!(format!("{:?}", runs(keys.clone(), Message::Paste)), format!("{keys:?}"));
        let esc = || vec![Message::Key(Key::plain(Code::Esc))];
        let mixed = [typed("jk"), esc(), typed(&"x".repeat(20)), esc(), typed("q")].concat();
        let kinds: Vec<_> = runs(mixed, Message::Paste).iter().map(|m| matches!(m, Message::Paste(_))).collect();
        assert_eq!(kinds, [false, false, false, true, false, false]);
    }

    #[test]
    fn the_mouse_tells_of_its_main_button_and_wheel_alone() {
        let at = |kind| MouseEvent { kind, column: 3, row: 4, modifiers: KeyModifiers::NONE };
        let told = mouse_of(at(MouseEventKind::Down(MouseButton::Left)));
        assert_eq!(told, Some(Mouse { kind: MouseKind::Down, column: 3, row: 4 }));
        assert_eq!(mouse_of(at(MouseEventKind::Moved)), None);
        assert_eq!(mouse_of(at(MouseEventKind::Down(MouseButton::Right))), None);
        let wheel = mouse_of(at(MouseEventKind::ScrollDown)).map(|m| m.kind);
        assert_eq!(wheel, Some(MouseKind::WheelDown));
    }

    #[test]
    fn alt_is_esc_and_the_key() {
        let event = Event::Key(KeyEvent::new(KeyCode::Char('w'), KeyModifiers::ALT));
        let keys: Vec<_> = messages(event).into_iter().map(|m| format!("{m:?}")).collect();
        assert!(keys.len() == 2 && keys[0].contains("Esc") && keys[1].contains("'w'"), "{keys:?}");
    }
}
