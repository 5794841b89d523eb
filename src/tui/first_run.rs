//! The first run in the terminal: its keys, and what it wishes done on the disk.

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};

use super::inbox::Inbox;
use super::terminal::Screen;
use super::theme::Theme;
use super::{Incoming, view};
use crate::app::first_run::{FirstRun, Known, Offer, Wish};
use crate::app::keymap::Key;
use crate::app::message::Message;
use crate::disk::{Folder, new_desk, shown};
use crate::error::Error;

/// The name that the sample's folder has unless it is taken.
const SAMPLE: &str = "attache-sample";

/// How the first run ended.
pub(super) enum Outcome {
    /// With a desk to open.
    Desk(Begin),
    /// The writer left.
    Left,
    /// A signal asked to end.
    Signal(u8),
}

/// A desk to open, and how.
pub(super) struct Begin {
    pub(super) folder: Folder,
    /// The draft to open, if it is not the writer's to say.
    pub(super) draft: Option<String>,
    /// Whether the list of templates comes first.
    pub(super) new_brief: bool,
    /// What is to be said.
    pub(super) greeting: Option<String>,
}

/// Asks what to do without a desk until there is one, or the writer leaves.
pub(super) fn ask(looked: &Error, screen: &mut Screen, theme: &Theme, inbox: &mut Inbox) -> io::Result<Outcome> {
    let here = std::env::current_dir()?;
    let known = Known {
        looked: looked.message.replace(&shown(&here), &by_home(&here)),
        here: by_home(&here),
        files: new_desk::files(false).into_iter().map(|(path, _)| path).collect(),
        sample: new_desk::free_name(&here, SAMPLE),
    };
    let mut run = FirstRun::new(screen.size()?, known);
    let mut come = VecDeque::new();
    loop {
        if come.is_empty() {
            come.extend(match screen.draw(|canvas| view::first_run(&run, theme, canvas)) {
                Ok(()) => inbox.wait(None, true)?,
                // The terminal takes nothing any more: as after SIGHUP.
                Err(_) => vec![Incoming::Signal(1)],
            });
        }
        let Some(incoming) = come.pop_front() else { continue };
        match incoming {
            Incoming::Signal(number) => return Ok(Outcome::Signal(number)),
            Incoming::Continued => {
                screen.come_back()?;
                run.size = screen.size()?;
            }
            Incoming::Resized => {
                screen.forget()?;
                run.size = screen.size()?;
            }
            Incoming::Stop => {
                screen.suspend()?;
                run.size = screen.size()?;
            }
            Incoming::Input(messages) => {
                let mut outcome = None;
                let single = |message| match message {
                    Message::Burst(text) => text.chars().map(|c| Message::Key(Key::of(c))).collect(),
                    message => vec![message],
                };
                for message in messages.into_iter().flat_map(single) {
                    outcome = take(&mut run, screen, &here, message)?;
                    if outcome.is_some() {
                        break;
                    }
                }
                if let Some(outcome) = outcome {
                    return Ok(outcome);
                }
            }
            // Nothing was asked of a worker or an editor yet.
            Incoming::Answer(_) | Incoming::EditorDone(_) => {}
        }
    }
}

fn take(run: &mut FirstRun, screen: &mut Screen, here: &Path, message: Message) -> io::Result<Option<Outcome>> {
    let wish = match message {
        Message::Key(key) => run.key(key),
        Message::Paste(text) => {
            run.paste(&text);
            None
        }
        Message::Resize(size) => {
            screen.forget()?;
            run.size = size;
            None
        }
        _ => None,
    };
    let result = match wish {
        None => return Ok(None),
        Some(Wish::Leave) => return Ok(Some(Outcome::Left)),
        Some(Wish::Redraw) => {
            screen.forget()?;
            return Ok(None);
        }
        Some(Wish::Suspend) => {
            screen.suspend()?;
            run.size = screen.size()?;
            return Ok(None);
        }
        Some(Wish::Folders(parent)) => {
            let found = new_desk::subfolders(&full(here, &parent));
            run.complete(found.into_iter().map(|f| Offer { name: f.name, is_desk: f.is_desk }).collect());
            return Ok(None);
        }
        Some(Wish::Open(path)) => open(&full(here, &path)),
        Some(Wish::Make) => make(here, false),
        Some(Wish::Sample(path)) => make(&full(here, &path), true),
    };
    match result {
        Ok(begin) => Ok(Some(Outcome::Desk(begin))),
        Err(error) => {
            run.refuse(error.message);
            Ok(None)
        }
    }
}

/// A path as a shell shows it: `~/notes` for one in the writer's own folder.
fn by_home(path: &Path) -> String {
    let inside = std::env::home_dir().and_then(|home| Some(path.strip_prefix(home).ok()?.to_owned()));
    match inside {
        Some(inside) if inside.as_os_str().is_empty() => "~".to_owned(),
        Some(inside) => format!("~/{}", shown(&inside)),
        None => shown(path),
    }
}

/// A path as typed: from here, `~` at its start being the writer's own folder.
fn full(here: &Path, typed: &str) -> PathBuf {
    let own = typed.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/'));
    match own.and_then(|rest| Some(std::env::home_dir()?.join(rest.trim_start_matches('/')))) {
        Some(path) => path,
        None => here.join(typed),
    }
}

fn open(path: &Path) -> Result<Begin, Error> {
    if !path.exists() {
        return Err(Error::refused(format!("{} is not there", shown(path))));
    }
    if !path.is_dir() {
        return Err(Error::refused(format!("{} is no folder", shown(path))));
    }
    let folder = Folder::find(path, Some(path))?;
    Ok(Begin { folder, draft: None, new_brief: false, greeting: None })
}

fn make(dir: &Path, sample: bool) -> Result<Begin, Error> {
    new_desk::make(dir, sample)?;
    let what = if sample { "The sample" } else { "The new desk" };
    Ok(Begin {
        folder: Folder::at(dir),
        draft: sample.then(|| new_desk::TUTORIAL.to_owned()),
        new_brief: !sample,
        greeting: Some(format!("{what} is in {}", by_home(dir))),
    })
}
