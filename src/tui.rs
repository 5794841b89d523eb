//! The terminal: the event loop around the state machine of [`crate::app`].
//!
//! One box brings everything: keys, signals, answers of workers. The loop waits for it, takes what is
//! there for at most 4 ms, updates the state, performs effects and draws once. Nothing wakes it while
//! nothing happens.

mod canvas;
mod clipboard;
mod first_run;
mod inbox;
mod input;
mod perform;
mod preview;
mod terminal;
mod theme;
mod view;
mod watch;

use std::collections::HashMap;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::app::effect::{Effect, TimerId};
use crate::app::message::Message;
use crate::app::regions::Size;
use crate::app::state::{Setup, State};
use crate::app::update;
use crate::disk::Folder;
use crate::error::Error;

pub use canvas::{Canvas, Cursor, Shown};
use first_run::{Begin, Outcome};
use inbox::Inbox;
use perform::Performer;
pub use preview::{Once, once, preview};
use terminal::Screen;
pub use theme::{ColorChoice, Theme};
pub use view::view;

/// How long messages are gathered before a frame.
const DRAIN: Duration = Duration::from_millis(4);
/// The least time between frames that no key asked for.
const FRAME: Duration = Duration::from_millis(5);

/// What the interface is started with.
#[derive(Debug)]
pub struct Options {
    /// The desk, or where one was looked for: then the writer is asked what to do, and the error is what is
    /// left if nothing comes of it.
    pub desk: Result<Folder, Error>,
    /// The draft to open: a slug or a path; else the one changed last.
    pub draft: Option<String>,
    /// ASCII glyphs only.
    pub ascii: bool,
    /// The cursor is shown on the row under hand.
    pub cursor: bool,
    /// Colours or not.
    pub color: ColorChoice,
}

/// What comes to the loop.
#[derive(Debug)]
enum Incoming {
    /// From the terminal.
    Input(Vec<Message>),
    /// The terminal has another size.
    Resized,
    /// From workers and timers.
    Answer(Message),
    /// A signal to end by.
    Signal(u8),
    /// Somebody outside asks to stop, as Ctrl-Z does.
    Stop,
    /// The process was continued after a stop.
    Continued,
    /// The writer's editor has ended.
    EditorDone(Message),
}

/// A state machine that the loop can run.
trait Machine {
    /// Takes a message in; what is to be done.
    fn update(&mut self, message: Message) -> Vec<Effect>;

    /// Draws everything.
    fn draw(&self, theme: &Theme, canvas: &mut Canvas);

    /// A draft's name and text that are not on the disk.
    fn unsaved(&self) -> Option<(String, Arc<str>)> {
        None
    }

    /// What is said once the terminal is given back.
    fn farewell(&mut self) -> Option<String> {
        None
    }
}

impl Machine for State {
    fn update(&mut self, message: Message) -> Vec<Effect> {
        update(self, message)
    }

    fn draw(&self, theme: &Theme, canvas: &mut Canvas) {
        view(self, theme, canvas);
    }

    fn unsaved(&self) -> Option<(String, Arc<str>)> {
        let document = self.document.as_ref().filter(|document| document.is_changed())?;
        Some((document.slug.clone(), document.draft().shared_text()))
    }

    fn farewell(&mut self) -> Option<String> {
        self.farewell.take()
    }
}

/// Runs the interface until the writer leaves it; gives the exit status.
///
/// # Errors
/// Standard output is no terminal, or the terminal cannot be set up or written to. Whatever
/// happens, the terminal is put back as it was.
pub fn run(options: Options) -> Result<u8, Error> {
    run_machine(options, State::new)
}

/// Takes the terminal over and runs a state machine in it, made for the terminal's size.
fn run_machine<M: Machine>(options: Options, make: impl FnOnce(Size, Setup) -> M) -> Result<u8, Error> {
    let failed = |e: std::io::Error| Error::io("the terminal", &e);
    let mut screen = Screen::enter().map_err(failed)?;
    let (post, mut inbox) = Inbox::open().map_err(failed)?;
    input::watch_signals(post.clone()).map_err(failed)?;
    let theme = Theme::new(options.color, options.ascii);
    let begin = match options.desk {
        Ok(folder) => Begin { folder, draft: None, new_brief: false, greeting: None },
        Err(none) => match first_run::ask(&none, &mut screen, &theme, &mut inbox).map_err(failed)? {
            Outcome::Desk(begin) => begin,
            Outcome::Left => return Err(none),
            Outcome::Signal(number) => return Ok(128_u8.saturating_add(number)),
        },
    };
    let size = screen.size().map_err(failed)?;
    // So small a file is read before the first frame, which shows the keys and colours in force.
    let (settings, _) = begin.folder.settings();
    let setup = Setup {
        draft: begin.draft.or(options.draft),
        ascii: options.ascii,
        cursor: options.cursor,
        keys: settings.keys.clone(),
        theme: settings.theme,
        new_brief: begin.new_brief,
        greeting: begin.greeting,
    };
    let machine = make(size, setup);
    let performer = Performer::new(begin.folder, post);
    let mut looped = Loop {
        machine,
        theme,
        screen,
        performer,
        inbox,
        timers: HashMap::new(),
        away: false,
        held: Vec::new(),
        lost: false,
        work: Vec::new(),
        dirty: true,
        drawn: None,
    };
    let ended = catch_unwind(AssertUnwindSafe(|| looped.run()));
    let (mut last, panic) = (looped.machine.farewell(), ended.as_ref().is_err());
    if panic {
        looped.begin_work();
    }
    if panic && let Some((slug, text)) = looped.machine.unsaved() {
        last = Some(looped.performer.last_words(&slug, &text));
    }
    // Gives the terminal back.
    drop(looped);
    if let Some(text) = last {
        // Where there is no terminal any more, nobody reads it.
        let _ = writeln!(std::io::stderr(), "{text}");
    }
    ended.unwrap_or_else(|cause| resume_unwind(cause)).map_err(failed)
}

struct Loop<M> {
    machine: M,
    theme: Theme,
    screen: Screen,
    performer: Performer,
    inbox: Inbox,
    timers: HashMap<TimerId, Instant>,
    /// The writer's editor has the terminal.
    away: bool,
    /// What was typed before the editor had the terminal and is not taken yet.
    held: Vec<Message>,
    /// The terminal is gone; only the last save is still to be done.
    lost: bool,
    /// Work for other threads that waits for the frame.
    work: Vec<Effect>,
    dirty: bool,
    drawn: Option<Instant>,
}

/// What the loop does next.
enum Next {
    Go,
    End(u8),
}

impl<M: Machine> Loop<M> {
    fn run(&mut self) -> std::io::Result<u8> {
        // The first frame stands before anything is read.
        self.draw()?;
        if let Next::End(status) = self.take(Message::Start)? {
            return Ok(status);
        }
        self.begin_work();
        loop {
            let mut batch = self.wait()?;
            let mut pressed = false;
            let begun = Instant::now();
            while !batch.is_empty() {
                // Keys go before the answers of workers.
                batch.sort_by_key(|m| !matches!(m, Incoming::Input(_)));
                for incoming in std::mem::take(&mut batch) {
                    pressed |= matches!(incoming, Incoming::Input(_));
                    let next = self.incoming(incoming).or_else(|_| self.hang_up())?;
                    if let Next::End(status) = next {
                        return Ok(status);
                    }
                }
                if begun.elapsed() < DRAIN {
                    batch = self.inbox.more(self.listens())?;
                }
            }
            let due = pressed || self.drawn.is_none_or(|at| at.elapsed() >= FRAME);
            if due
                && self.draw().is_err()
                && let Next::End(status) = self.hang_up()?
            {
                return Ok(status);
            }
            self.begin_work();
        }
    }

    /// Gives the other threads what was asked of them since, in order. To wake one takes as long as half a frame, and those that
    /// compose and search take all cores, so the frame goes first.
    fn begin_work(&mut self) {
        for effect in std::mem::take(&mut self.work) {
            self.performer.perform(effect);
        }
    }

    /// The terminal takes nothing any more: as after SIGHUP, the draft is saved before the end.
    fn hang_up(&mut self) -> std::io::Result<Next> {
        self.lost = true;
        self.take(Message::Signal(1))
    }

    /// Whether keys are ours to read.
    fn listens(&self) -> bool {
        !self.away
    }

    /// Blocks until something comes, a timer is up, or a frame that was held back is due.
    fn wait(&mut self) -> std::io::Result<Vec<Incoming>> {
        let frame = self.drawn.filter(|_| self.dirty && !self.away && !self.lost).map(|at| at + FRAME);
        let due = self.timers.values().copied().chain(frame).min();
        let mut got = self.inbox.wait(due, self.listens())?;
        if got.is_empty() {
            let now = Instant::now();
            let up: Vec<TimerId> = self.timers.iter().filter(|(_, at)| **at <= now).map(|(id, _)| *id).collect();
            for id in &up {
                self.timers.remove(id);
            }
            got.extend(up.into_iter().map(|id| Incoming::Answer(Message::Timer(id))));
        }
        Ok(got)
    }

    fn incoming(&mut self, incoming: Incoming) -> std::io::Result<Next> {
        match incoming {
            Incoming::Input(messages) => self.take_input(messages),
            // Who comes back looks.
            Incoming::Resized if self.away || self.lost => Ok(Next::Go),
            Incoming::Resized => {
                // A terminal that shrank and grew again between two looks has lost what it showed, though
                // its size is what it was.
                self.screen.forget()?;
                self.resized()
            }
            Incoming::Answer(message) => self.take(message),
            // Ctrl-C in the writer's editor goes to the whole group and is not meant for us.
            Incoming::Signal(2) if self.away => Ok(Next::Go),
            Incoming::Signal(number) => self.take(Message::Signal(number)),
            Incoming::Stop if self.away => {
                // Who has the terminal was told to stop as well.
                Screen::stop_beside()?;
                Ok(Next::Go)
            }
            Incoming::Stop if self.lost => Ok(Next::Go),
            Incoming::Stop => self.take(Message::Stop),
            // The system continues a process whose terminal it has hung up.
            Incoming::Continued if self.away || self.lost => Ok(Next::Go),
            Incoming::Continued => {
                self.screen.come_back()?;
                self.resized()
            }
            Incoming::EditorDone(message) => {
                self.away = false;
                self.screen.come_back_from_editor()?;
                self.resized()?;
                if let Next::End(status) = self.take(message)? {
                    return Ok(Next::End(status));
                }
                let held = std::mem::take(&mut self.held);
                self.take_input(held)
            }
        }
    }

    /// Takes what was typed, in order; what comes behind a key that opens the editor waits for its end.
    fn take_input(&mut self, messages: Vec<Message>) -> std::io::Result<Next> {
        let mut messages = messages.into_iter();
        while let Some(message) = messages.next() {
            if matches!(message, Message::Resize(_)) {
                self.screen.forget()?;
            }
            if let Next::End(status) = self.take(message)? {
                return Ok(Next::End(status));
            }
            if self.away {
                self.held.extend(messages);
                break;
            }
        }
        Ok(Next::Go)
    }

    fn resized(&mut self) -> std::io::Result<Next> {
        let size = self.screen.size()?;
        self.take(Message::Resize(size))
    }

    /// Updates the state and performs what it asks for.
    fn take(&mut self, message: Message) -> std::io::Result<Next> {
        self.dirty = true;
        for effect in self.machine.update(message) {
            match effect {
                Effect::Quit(status) => {
                    self.begin_work();
                    return Ok(Next::End(status));
                }
                Effect::Timer { id, after } => {
                    self.timers.insert(id, Instant::now() + after);
                }
                _ if self.lost && !effect.is_for_disk() => {}
                Effect::Redraw => self.screen.forget()?,
                Effect::Suspend => {
                    self.begin_work();
                    self.performer.finish_writes();
                    self.screen.suspend()?;
                    self.resized()?;
                }
                Effect::Copy { text, what } => {
                    let plan = clipboard::plan(clipboard::Environment::read(), &text);
                    if let Some(sequence) = &plan.sequence {
                        self.screen.pass(sequence)?;
                    }
                    self.performer.copy(plan, text, what);
                }
                Effect::Mouse(on) => self.screen.mouse(on)?,
                Effect::OpenEditor { request, text } => {
                    self.begin_work();
                    self.performer.finish_writes();
                    self.screen.leave();
                    self.away = true;
                    self.performer.open_editor(request, &text);
                }
                effect => self.work.push(effect),
            }
        }
        Ok(Next::Go)
    }

    fn draw(&mut self) -> std::io::Result<()> {
        if !self.dirty || self.away || self.lost {
            return Ok(());
        }
        let (machine, theme) = (&self.machine, &self.theme);
        self.screen.draw(|canvas| machine.draw(theme, canvas))?;
        self.dirty = false;
        self.drawn = Some(Instant::now());
        Ok(())
    }
}

/// A size as the state machine knows it.
fn size_of(width: u16, height: u16) -> Size {
    Size { width, height }
}

#[cfg(test)]
mod journeys;
