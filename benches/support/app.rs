//! The program without a terminal.

use std::io::Sink;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use attache::app::effect::{Compose, Effect};
use attache::app::message::{DraftItem, DraftText, Listing, Message};
use attache::app::preview::LaidOut;
use attache::app::regions::Size;
use attache::app::state::{Setup, State};
use attache::app::update;
use attache::model::Desk;
use attache::note::{self, Formatter};
use attache::tui::{ColorChoice, Shown, Theme, view};
use ratatui::backend::CrosstermBackend;

/// The program without a terminal: effects are performed at once, or left out.
pub(crate) struct App {
    pub(crate) state: State,
    formatter: Formatter,
    terminal: CrosstermBackend<Sink>,
    shown: Shown,
    theme: Theme,
    desk: Arc<Desk>,
    text: String,
}

impl App {
    /// The program at 200x60, with a desk and a draft of it open, and its first frame drawn.
    pub(crate) fn open(desk: Desk, draft: String) -> Self {
        let size = Size { width: 200, height: 60 };
        let mut app = Self {
            state: State::new(size, Setup::default()),
            formatter: Formatter::new(),
            terminal: CrosstermBackend::new(std::io::sink()),
            shown: Shown::blank(size),
            theme: Theme::new(ColorChoice::Always, false),
            desk: Arc::new(desk),
            text: draft,
        };
        app.send(Message::Start);
        app.draw();
        app
    }

    /// Takes a message and what follows from it; how long the first step took.
    pub(crate) fn send(&mut self, message: Message) -> Duration {
        let start = Instant::now();
        let effects = update(&mut self.state, message);
        let taken = start.elapsed();
        for effect in effects {
            if let Some(answer) = self.perform(effect) {
                self.send(answer);
            }
        }
        taken
    }

    fn perform(&mut self, effect: Effect) -> Option<Message> {
        match effect {
            Effect::List => {
                let folder = attache::disk::Folder::at(std::path::Path::new("."));
                let draft = DraftItem { slug: "d".to_owned(), title: "d".to_owned(), changed: 0 };
                let templates = folder.templates().0;
                Some(Message::Listed(Listing { templates, drafts: vec![draft], ..Listing::default() }))
            }
            Effect::Load { generation } => {
                let facts = Arc::clone(&self.desk).into();
                Some(Message::Loaded { generation, facts, findings: Vec::new() })
            }
            Effect::ReadDraft { request, .. } => {
                let stamp = blake3::hash(self.text.as_bytes());
                let shown = "briefs/drafts/d.md".to_owned();
                let text = self.text.clone();
                let draft = DraftText {
                    slug: "d".to_owned(),
                    path: PathBuf::from("d"),
                    shown,
                    text,
                    stamp,
                    past: Default::default(),
                };
                Some(Message::DraftRead { request, result: Ok(draft) })
            }
            Effect::Compose(wanted) => {
                let Compose { generation, desk, template, draft, path, look, .. } = &*wanted;
                let request = note::Request { desk, template, draft, path, style: None, flavour: Default::default() };
                let note = note::compose(&request, &self.formatter);
                let findings =
                    attache::check::check_note(&attache::check::DraftRequest { desk, template, draft, path }, &note);
                let laid_out = look.map(|look| LaidOut { look, lines: look.lines(&note.text) });
                Some(Message::Composed { generation: *generation, note: Arc::new(note), findings, laid_out })
            }
            _ => None,
        }
    }

    /// Draws what changed; how long it took.
    pub(crate) fn draw(&mut self) -> Duration {
        let start = Instant::now();
        let (state, theme) = (&self.state, &self.theme);
        self.shown.draw(&mut self.terminal, |canvas| view(state, theme, canvas)).unwrap();
        start.elapsed()
    }

    /// Draws the whole screen, as on a terminal that shows nothing.
    pub(crate) fn draw_all(&mut self) {
        self.shown = Shown::blank(self.state.size);
        self.draw();
    }

    /// A key and its frame: how long each took.
    pub(crate) fn press(&mut self, key: &str) -> (Duration, Duration) {
        let taken = self.send(Message::Key(key.parse().unwrap()));
        (taken, self.draw())
    }
}
