//! `attache preview`: the note of a draft that is written in another program, composed anew whenever the draft,
//! its facts, its template or the settings change on disk. Nothing is ever written.
//!
//! As in the rest of [`crate::app`], [`Live::update`] takes a message and answers with effects.

mod findings;
mod page;

use std::sync::Arc;

use super::action::{Action, Contexts};
use super::effect::{Compose, Effect};
use super::keymap::{self, Key, Keymap};
use super::message::{Changes, DraftText, Message};
use super::regions::{Area, Size};
use super::state::Setup;
use super::update::{named_template, words_of};
use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::model::Desk;
use crate::model::settings::ThemeName;
use crate::note::Note;
use crate::template::Template;

pub use findings::Shown;
pub use page::Page;

/// What has a key here, and what it does in this place.
const KEYS: &[(Action, &str)] = &[
    (Action::Next, "Down a line"),
    (Action::Previous, "Up a line"),
    (Action::PageDown, "Down a page"),
    (Action::PageUp, "Up a page"),
    (Action::First, "To the start"),
    (Action::Last, "To the end"),
    (Action::NextFinding, "To the next finding, told beneath the note"),
    (Action::PreviousFinding, "To the finding before"),
    (Action::Problems, "All findings, or no more"),
    (Action::Raw, "The note rendered or as raw Markdown"),
    (Action::Reload, "Read everything again"),
    (Action::Help, "These keys, or the note again"),
    (Action::Redraw, "Draw the screen again"),
    (Action::Suspend, "Suspend to the shell; fg returns"),
    (Action::Quit, "Leave"),
    (Action::Leave, "Leave"),
    (Action::Interrupt, "Leave"),
];

/// Where everything is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The marks left of the note.
    pub margin: Area,
    /// The note.
    pub page: Area,
    /// What is found, under a rule.
    pub panel: Area,
    /// The status row.
    pub status: Area,
}

/// Everything that is shown, and what it is made from.
#[derive(Debug)]
pub struct Live {
    /// What the program was started with.
    pub setup: Setup,
    /// The colours in force.
    pub theme: ThemeName,
    /// Which key does what.
    pub keymap: Keymap,
    /// The terminal's size.
    pub size: Size,
    /// The note.
    pub page: Page,
    /// What is found in the draft, in the note's order; then what is wrong with files of the desk.
    pub found: Vec<Shown>,
    /// Which of these was gone to.
    pub current: Option<usize>,
    /// Whether all of them are listed.
    pub lists_all: bool,
    /// Whether the keys are shown in the place of the note.
    pub shows_keys: bool,
    /// Why the draft's file cannot be read; the last note stays.
    pub lost: Option<String>,
    /// Something to be told until the next key.
    pub notice: Option<String>,
    /// How often the note became another.
    updates: usize,
    draft: Option<DraftText>,
    template: Option<Arc<Template>>,
    desk: Option<Arc<Desk>>,
    templates: Option<Vec<Arc<Template>>>,
    problems: Vec<Finding>,
    /// The load that goes on, and whether files changed since it began.
    loading: Option<(u64, bool)>,
    reading: Option<u64>,
    /// The note that is being composed, and the draft it is made from.
    composing: Option<(u64, Draft)>,
    requests: u64,
    effects: Vec<Effect>,
}

impl Live {
    /// The state before anything has happened.
    pub fn new(size: Size, setup: Setup) -> Self {
        let (keymap, _) = keymap::read(&setup.keys);
        Self {
            theme: setup.theme,
            setup,
            keymap,
            size,
            page: Page::default(),
            found: Vec::new(),
            current: None,
            lists_all: false,
            shows_keys: false,
            lost: None,
            notice: None,
            updates: 0,
            draft: None,
            template: None,
            desk: None,
            templates: None,
            problems: Vec::new(),
            loading: None,
            reading: None,
            composing: None,
            requests: 0,
            effects: Vec::new(),
        }
    }

    /// Takes one message in. Does no I/O and reads no clock.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Start => self.read_all(),
            Message::Key(key) => self.key(key),
            Message::Burst(text) => text.chars().for_each(|c| self.key(Key::of(c))),
            Message::Resize(size) => self.size = size,
            Message::Listed(listing) => {
                self.templates = Some(listing.templates.into_iter().map(Arc::new).collect());
                self.compose();
            }
            Message::Loaded { generation, facts, findings } => self.loaded(generation, facts.desk, findings),
            Message::DraftRead { request, result } => self.draft_read(request, result),
            Message::Composed { generation, note, findings, .. } => self.composed(generation, note, &findings),
            Message::ChangedOnDisk(changes) => self.changed(changes),
            Message::Unwatched(reason) => {
                let key = self.key_of(Action::Reload);
                self.notice = Some(format!("Changes are not seen by themselves: {reason}. {key} reads again"));
            }
            Message::Signal(number) => self.effects.push(Effect::Quit(128_u8.saturating_add(number))),
            Message::Failed(text) => {
                // If it was a load, the next change may begin another.
                self.loading = None;
                self.notice = Some(text);
            }
            // Nothing else is asked for here.
            _ => {}
        }
        let page = self.parts().page;
        self.page.lay_out(usize::from(page.width), usize::from(page.height), self.setup.ascii);
        std::mem::take(&mut self.effects)
    }

    fn key(&mut self, key: Key) {
        self.notice = None;
        let Some(action) = self.keymap.action(Contexts::PREVIEW, key) else { return };
        match action {
            Action::Quit | Action::Leave | Action::Interrupt => self.effects.push(Effect::Quit(0)),
            Action::Redraw => self.effects.push(Effect::Redraw),
            Action::Suspend => self.effects.push(Effect::Suspend),
            Action::Reload => self.read_all(),
            Action::Help => self.shows_keys = !self.shows_keys,
            _ if self.shows_keys => {}
            Action::Next => self.page.scroll(1),
            Action::Previous => self.page.scroll(-1),
            Action::PageDown => self.page.page(true),
            Action::PageUp => self.page.page(false),
            Action::First => self.page.end(false),
            Action::Last => self.page.end(true),
            Action::Raw => self.page.toggle_raw(),
            Action::Problems => self.lists_all = !self.lists_all,
            Action::NextFinding => self.walk(true),
            Action::PreviousFinding => self.walk(false),
            _ => {}
        }
    }

    /// The first key of an action in this place.
    pub fn key_of(&self, action: Action) -> String {
        self.keymap.key_in(Contexts::PREVIEW, action).unwrap_or_default().to_owned()
    }

    /// The keys that mean something here, and what.
    pub fn keys(&self) -> Vec<(String, &'static str)> {
        let keys = |action| self.keymap.keys_in(Contexts::PREVIEW, action).collect::<Vec<_>>().join(", ");
        KEYS.iter().map(|(action, words)| (keys(*action), *words)).filter(|(keys, _)| !keys.is_empty()).collect()
    }

    fn request(&mut self) -> u64 {
        self.requests += 1;
        self.requests
    }

    fn read_all(&mut self) {
        self.effects.push(Effect::List);
        self.load();
        self.read();
    }

    /// Reads the facts; one load at a time, or files that change without end would never be read to the end.
    fn load(&mut self) {
        if let Some((_, again)) = &mut self.loading {
            *again = true;
            return;
        }
        let generation = self.request();
        self.loading = Some((generation, false));
        self.effects.push(Effect::Load { generation });
    }

    fn read(&mut self) {
        let request = self.request();
        self.reading = Some(request);
        let name = self.setup.draft.clone().unwrap_or_default();
        self.effects.push(Effect::ReadDraft { request, name, past: false });
    }

    fn changed(&mut self, changes: Changes) {
        if changes.facts {
            self.load();
        }
        if changes.lists {
            self.effects.push(Effect::List);
        }
        let open = self.draft.as_ref().map(|draft| draft.shown.as_str());
        match changes.drafts.into_iter().find(|(shown, _)| Some(shown.as_str()) == open) {
            Some((_, None)) => {
                self.reading = None;
                self.lost = Some("the draft is gone".to_owned());
            }
            Some(_) => self.read(),
            None => {}
        }
    }

    fn loaded(&mut self, generation: u64, desk: Arc<Desk>, findings: Vec<Finding>) {
        let Some((_, again)) = self.loading.take_if(|(id, _)| *id == generation) else { return };
        self.theme = desk.settings().theme;
        self.keymap = keymap::read(&desk.settings().keys).0;
        self.problems = findings;
        self.problems.retain(|finding| finding.severity == Severity::Error);
        self.desk = Some(desk);
        if again {
            self.load();
        }
        self.compose();
    }

    fn draft_read(&mut self, request: u64, result: Result<DraftText, String>) {
        if self.reading.take_if(|id| *id == request).is_none() {
            return;
        }
        match result {
            Err(reason) => self.lost = Some(reason),
            Ok(draft) => {
                self.lost = None;
                self.draft = Some(draft);
                self.compose();
            }
        }
    }

    /// Asks for the note, as soon as everything that it is made from has been read.
    fn compose(&mut self) {
        let (Some(file), Some(desk), Some(templates)) = (&self.draft, &self.desk, &self.templates) else { return };
        let (template, wrong) = named_template(templates, &file.text);
        let draft = Draft::parse(&file.text, &template.outline());
        let (desk, path) = (Arc::clone(desk), file.shown.clone());
        self.notice = wrong.or(self.notice.take());
        self.template = Some(Arc::clone(&template));
        let generation = self.request();
        self.composing = Some((generation, draft.clone()));
        // What a hand has made of the note on disk is of no matter here: nothing is written.
        let wanted = Compose { generation, desk, template, draft, path, on_disk_as: None, look: None };
        self.effects.push(Effect::Compose(Box::new(wanted)));
    }

    fn composed(&mut self, generation: u64, note: Arc<Note>, findings: &[Finding]) {
        let Some((_, draft)) = self.composing.take_if(|(id, _)| *id == generation) else { return };
        if self.page.note.text != note.text {
            self.updates += 1;
            // Before the note is laid out, so that the change is gone to on the page as it will be.
            self.page.show(note);
        }
        self.take_findings(&draft, findings);
    }

    /// The name of the draft.
    pub fn name(&self) -> &str {
        self.draft.as_ref().map_or_else(|| self.setup.draft.as_deref().unwrap_or_default(), |draft| &draft.slug)
    }

    /// The words of the note, with the most that its template wants.
    pub fn words(&self) -> Option<String> {
        let most = self.template.as_ref()?.max_words;
        (!self.page.note.text.is_empty()).then(|| words_of(self.page.note.words, most))
    }

    /// How fresh the note is; nothing is said of the first one, nor of one whose draft cannot be read.
    pub fn freshness(&self) -> Option<String> {
        match self.updates {
            _ if self.lost.is_some() => None,
            0 => Some("reading".to_owned()),
            1 => None,
            2 => Some("updated".to_owned()),
            n => Some(format!("updated ({})", n.saturating_sub(1))),
        }
    }

    /// What is to be told beside the note: a notice, or why the draft cannot be read.
    pub fn told_aside(&self) -> Option<String> {
        let kept = if self.updates == 0 { "" } else { "last note kept: " };
        let lost = || self.lost.as_ref().map(|reason| format!("{kept}{reason}"));
        self.notice.clone().or_else(lost)
    }

    /// Where everything is at the terminal's size.
    pub fn parts(&self) -> Parts {
        let all = Area { x: 0, y: 0, width: self.size.width, height: self.size.height };
        let (main, status) = all.split_bottom(u16::from(all.height > 1));
        let rows = if self.shows_keys { 0 } else { self.panel_rows(main) };
        let (body, panel) = main.split_bottom(rows);
        let has_margin = body.width >= 24;
        let margin = Area { width: if has_margin { 3 } else { 0 }, ..body };
        let page = body.inset(margin.width, u16::from(has_margin));
        Parts { margin, page: Area { width: page.width.min(80), ..page }, panel, status }
    }

    /// The rows for what is found: at most a third of the screen for one finding, half of it for all.
    fn panel_rows(&self, main: Area) -> u16 {
        if main.height < 8 {
            return 0;
        }
        let told = self.told(usize::from(main.width.saturating_sub(2)));
        let most = if self.lists_all { main.height / 2 } else { (main.height / 3).max(4) };
        let rows = u16::try_from(told.len()).unwrap_or(u16::MAX);
        if rows == 0 { 0 } else { rows.saturating_add(1).min(most) }
    }
}
