//! What a key costs inside: taking it in, and drawing the frame that answers it, without a terminal.
//!
//! `cargo bench --bench keys` opens a draft of 6,000 words on a desk of 100,000 facts at 200x60 and
//! prints medians and worst cases of moving in Facts, moving in Brief and typing.
//! `ATTACHE_BENCH_DESK=DIR` takes a desk that is there.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops at what it does not expect"
)]

#[path = "support/desk.rs"]
#[allow(dead_code, reason = "the benchmarks share it, and each takes a part")]
mod desk;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use attache::app::effect::{Compose, Effect};
use attache::app::message::{DraftItem, DraftText, Listing, Message};
use attache::app::preview::LaidOut;
use attache::app::regions::Size;
use attache::app::state::{Setup, State};
use attache::app::update;
use attache::note::{self, Formatter};
use attache::tui::{ColorChoice, Shown, Theme, view};
use ratatui::backend::CrosstermBackend;

/// The program without a terminal: effects are performed at once, or left out.
struct App {
    state: State,
    formatter: Formatter,
    terminal: CrosstermBackend<Vec<u8>>,
    shown: Shown,
    theme: Theme,
    desk: Arc<attache::model::Desk>,
    text: String,
}

impl App {
    /// Takes a message and what follows from it; how long the first step took.
    fn send(&mut self, message: Message) -> Duration {
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

    fn draw(&mut self) -> Duration {
        let start = Instant::now();
        let (state, theme) = (&self.state, &self.theme);
        self.shown.draw(&mut self.terminal, |canvas| view(state, theme, canvas)).unwrap();
        start.elapsed()
    }

    fn press(&mut self, key: &str) -> (Duration, Duration) {
        let taken = self.send(Message::Key(key.parse().unwrap()));
        (taken, self.draw())
    }

    fn measure(&mut self, what: &str, keys: &[&str], times: usize) {
        let (mut taken, mut drawn): (Vec<_>, Vec<_>) = (0..times).map(|n| self.press(keys[n % keys.len()])).unzip();
        taken.sort();
        drawn.sort();
        let ms = |times: &[Duration], part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1e3;
        println!(
            "{what:<34} taken {:>6.3} ms (worst {:.3})   drawn {:>6.3} ms (worst {:.3})",
            ms(&taken, 50),
            ms(&taken, 100),
            ms(&drawn, 50),
            ms(&drawn, 100)
        );
    }
}

fn main() {
    let made = tempfile::tempdir().unwrap();
    let given = std::env::var_os("ATTACHE_BENCH_DESK").map(PathBuf::from);
    let folder = given.unwrap_or_else(|| {
        desk::make(made.path(), desk::events());
        made.path().to_path_buf()
    });
    let loaded = attache::disk::Folder::at(&folder).load(&|_| ()).desk;
    let text = desk::long_draft(&loaded, 6_000);
    let mut app = App {
        state: State::new(Size { width: 200, height: 60 }, Setup::default()),
        formatter: Formatter::new(),
        terminal: CrosstermBackend::new(Vec::new()),
        shown: Shown::blank(Size { width: 200, height: 60 }),
        theme: Theme::new(ColorChoice::Always, false),
        desk: Arc::new(loaded),
        text,
    };
    app.send(Message::Start);
    app.draw();
    let times = std::env::var("ATTACHE_BENCH_KEYS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    app.measure("moving in Facts", &["j", "j", "k"], times);
    app.press("Tab");
    app.measure("moving in Brief", &["j", "j", "j", "k"], times);
    for key in ["g", "j", "j", "j", "e"] {
        app.press(key);
    }
    assert!(matches!(app.state.mode, attache::app::state::Mode::Type(_)), "no block to type in");
    app.measure("typing", &["a", "Space", "b", "c"], times);
    app.press("Esc");
    app.measure("placing and taking back", &["Tab", "Tab", "j", "1", "u"], times.min(50));
}
