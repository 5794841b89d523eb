//! The harness: a state machine whose effects are performed at once, on files in memory.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::journal::Journals;
use crate::app::effect::{Compose, Effect, Theirs, TimerId};
use crate::app::full::CitedIn;
use crate::app::hold::{Held, Holder, Wish};
use crate::app::message::{Changes, Copied, DraftItem, DraftText, Hits, Listing, Message, SaveFault};
use crate::app::preview::LaidOut;
use crate::app::regions::Size;
use crate::app::state::{Setup, State};
use crate::app::update;
use crate::event_file::edit::{Doing, EventEdit, EventsWritten, PastEdit, WrittenEvent, told};
use crate::model::{Desk, Edtf, Event, Fact, FactKind, FactStatus, Priority, Quote, Source, SourceUse};
use crate::note::Formatter;
use crate::search::{Index, Query, SearchContext};
use crate::tui::{Canvas, ColorChoice, Cursor, Theme};

pub(super) const TEMPLATE: &str = "---\nname: Test note\nfields:\n  - { id: to, label: To, required: true }\nmax-words: 400\n---\n\
# {{ title }}\n\n## Issue {#issue .required max-words=60 accepts=statement tags=lead limit=1}\n> One sentence.\n\n\
## Background {#background .bullets accepts=background}\n> What led here.\n\n## Said {#said .quotes accepts=quote}\n\n\
## Sources {#sources .sources}\n";

pub(super) const DRAFT: &str = "---\ntemplate: test\ntitle: Li in Moscow\ndate: 2024-08-20\nfields:\n  to: Minister\n---\n\n\
## Issue {#issue}\n\nLi visits Russia [@li#visit].\n\nSeen together they matter [@li#visit; @li#sco].\n\n## Background {#background}\n\n\
- Belarus joined in July [@li#sco].\n\n## Said {#said}\n";

/// A program under test.
pub(super) struct App {
    pub(super) state: State,
    pub(super) files: BTreeMap<String, String>,
    pub(super) notes: BTreeMap<String, String>,
    pub(super) copied: Vec<String>,
    pub(super) mouse: Vec<bool>,
    pub(super) opened: Vec<String>,
    pub(super) mended: Vec<(String, crate::finding::Edit)>,
    /// The edits of event files that stand.
    pub(super) past: Vec<PastEdit>,
    pub(super) timers: Vec<TimerId>,
    pub(super) ended: Option<u8>,
    pub(super) suspended: usize,
    pub(super) redrawn: usize,
    /// The next save fails for this reason.
    pub(super) failing: Option<String>,
    pub(super) saves: usize,
    /// A draft that another run has.
    pub(super) holder: Option<(&'static str, Holder)>,
    /// The file of the draft that we have.
    pub(super) held: Option<PathBuf>,
    /// Texts that were kept elsewhere.
    pub(super) kept: Vec<String>,
    /// What the writer's editor makes of a text.
    pub(super) editor: fn(&str) -> Result<String, String>,
    /// Event files by their paths, if facts are to be edited; the desk is then read from them.
    pub(super) events: BTreeMap<String, String>,
    /// What the files on disk hold.
    pub(super) desk: Arc<Desk>,
    pub(super) template: String,
    /// Its name, as drafts give it.
    pub(super) template_id: &'static str,
    /// The journals, in memory.
    pub(super) journals: Journals,
}

pub(super) fn fact(id: &str, text: &str, date: &str) -> Fact {
    let date = date.parse::<Edtf>().ok();
    let used = |source: &str| SourceUse { source: source.into(), excerpt: Some(text.into()), ..SourceUse::default() };
    let sources = vec![used("afp"), used("tass")];
    Fact { id: id.into(), text: text.into(), date, sources: sources.into(), ..Fact::default() }
}

pub(super) fn desk() -> Desk {
    let mut visit = fact("visit", "Li visits Russia and Belarus", "2024-08-20");
    visit.tags = ["lead".into()].into();
    visit.priority = Some(Priority::Must);
    let mut sco = fact("sco", "Belarus joins the SCO as its tenth member", "2024-07-04");
    sco.kind = FactKind::Background;
    let mut aid = fact("aid", "No lethal aid, China says", "2024-08-19");
    aid.status = FactStatus::Disputed;
    let mut quote = fact("quote", "", "");
    quote.kind = FactKind::Quote;
    quote.said = "2024-08-19".parse().ok();
    quote.quote =
        Some(Box::new(Quote { words: "Relations have withstood every test of the times.".into(), ..Quote::default() }));
    let wide = fact("wide", "東京 and 👩‍🚀 met in Minsk for talks about nothing in particular", "2024-06");
    let old = fact("old", "Lukashenko in Beijing, twice", "2023-12-03");
    let mut event =
        Event { id: "li".into(), path: "briefs/events/li.yaml".into(), title: "Li".into(), ..Event::default() };
    for (key, origin) in [("afp", "AFP"), ("tass", "TASS")] {
        event.sources.insert(key.into(), Source { key: key.into(), origin: Some(origin.into()), ..Source::default() });
    }
    event.facts = vec![visit, sco, aid, quote, wide, old];
    Desk::new(vec![Arc::new(event)], Arc::default())
}

impl App {
    /// An open draft at 80x24, everything loaded.
    pub(super) fn new() -> Self {
        Self::with(DRAFT, desk(), Size { width: 80, height: 24 })
    }

    pub(super) fn with(draft: &str, desk: Desk, size: Size) -> Self {
        Self::on(("test", TEMPLATE), draft, desk, size)
    }

    /// The same with a template of this name.
    pub(super) fn on((id, template): (&'static str, &str), draft: &str, desk: Desk, size: Size) -> Self {
        let mut app = Self {
            state: State::new(size, Setup::default()),
            files: BTreeMap::from([("li".to_owned(), draft.to_owned())]),
            notes: BTreeMap::new(),
            copied: Vec::new(),
            mouse: Vec::new(),
            opened: Vec::new(),
            mended: Vec::new(),
            past: Vec::new(),
            timers: Vec::new(),
            ended: None,
            suspended: 0,
            redrawn: 0,
            failing: None,
            saves: 0,
            holder: None,
            held: None,
            kept: Vec::new(),
            editor: |text| Ok(format!("{text} Edited.")),
            events: BTreeMap::new(),
            desk: Arc::new(desk),
            template: template.to_owned(),
            template_id: id,
            journals: Journals::default(),
        };
        app.send(Message::Start);
        app
    }

    /// The program is gone, whatever it was at; it is started again on the files as they are.
    pub(super) fn crash(&mut self) -> &mut Self {
        self.journals.forget();
        self.state = State::new(self.state.size, Setup::default());
        self.ended = None;
        self.send(Message::Start);
        self
    }

    /// An open draft on a desk with these event files.
    pub(super) fn on_events(files: &[(&str, &str)]) -> Self {
        let mut app = Self::new();
        app.events = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        app.send(Message::ChangedOnDisk(Changes { facts: true, ..Changes::default() }));
        app
    }

    /// Reads the desk from the event files, if there are any.
    fn read_events(&mut self) {
        if !self.events.is_empty() {
            let read = |(path, text): (&String, &String)| crate::event_file::read(path, text).event;
            let events = self.events.iter().filter_map(read).map(Arc::new).collect();
            self.desk = Arc::new(Desk::new(events, Arc::default()));
        }
    }

    fn edit_events(&mut self, edits: &[(String, EventEdit)]) -> EventsWritten {
        let refused = |reason: String| EventsWritten { refused: Some(reason), ..EventsWritten::default() };
        let (mut written, mut texts) = (Vec::new(), Vec::new());
        for (path, edit) in edits {
            if let EventEdit::Mend(edit) = edit {
                self.mended.push((path.clone(), edit.clone()));
                written.push(WrittenEvent::new(path, "before", "after", None));
                continue;
            }
            let Some(before) = self.events.get(path) else { return refused(format!("{path}: no such file")) };
            let edited = match edit.apply(before) {
                Ok(edited) => edited,
                Err(error) => return refused(told(path, &error)),
            };
            if edited.text != *before {
                written.push(WrittenEvent::new(path, before, &edited.text, edited.fact));
                texts.push((path.clone(), edited.text));
            }
        }
        self.events.extend(texts);
        EventsWritten { written, ..EventsWritten::default() }
    }

    /// Writes an edit down for a later run.
    fn note(&mut self, doing: &Doing, result: &mut EventsWritten) {
        match doing {
            _ if result.written.is_empty() => {}
            Doing::New(what) => {
                let (number, files) = (self.past.len() as u64 + 1, result.written.clone());
                self.past.push(PastEdit { number, what: what.clone(), when: "25 Nov 14:03".to_owned(), files });
                result.number = Some(number);
            }
            Doing::Back(number) => self.past.retain(|edit| Some(edit.number) != *number),
            Doing::Again(_) => {}
        }
    }

    /// One message, and the answers to all effects that follow.
    pub(super) fn send(&mut self, message: Message) {
        let mut queue = vec![message];
        while let Some(message) = queue.pop() {
            for effect in update(&mut self.state, message) {
                queue.extend(self.perform(effect));
            }
        }
    }

    /// Presses keys, given as in the key table with spaces between.
    pub(super) fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.send(Message::Key(key.parse().unwrap()));
        }
        self
    }

    /// Types text, character by character.
    pub(super) fn type_in(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let code = if c == '\n' { crate::app::keymap::Code::Enter } else { crate::app::keymap::Code::Char(c) };
            self.send(Message::Key(crate::app::keymap::Key::plain(code)));
        }
        self
    }

    pub(super) fn draft(&self) -> &str {
        self.state.document.as_ref().unwrap().draft().text()
    }

    pub(super) fn notice(&self) -> &str {
        self.state.notice.as_ref().map_or("", |n| &n.text)
    }

    /// The screen as lines of text.
    pub(super) fn screen(&self) -> String {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width.max(1));
        let rows = buffer.content().chunks(width);
        let line = |row: &[ratatui::buffer::Cell]| {
            let mut out = String::new();
            let mut skip = 0;
            for cell in row {
                if skip == 0 {
                    out.push_str(cell.symbol());
                    skip = crate::app::wrap::width(cell.symbol()).saturating_sub(1);
                } else {
                    skip -= 1;
                }
            }
            out.trim_end().to_owned()
        };
        rows.map(line).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn buffer(&self) -> ratatui::buffer::Buffer {
        self.drawn(ColorChoice::Always).cells()
    }

    /// The frame.
    pub(super) fn drawn(&self, color: ColorChoice) -> Canvas {
        let mut canvas = Canvas::new(self.state.size);
        crate::tui::view(&self.state, &Theme::new(color, self.state.setup.ascii), &mut canvas);
        canvas
    }

    /// Where the real cursor is shown; the first cell if it is not.
    pub(super) fn cursor(&self) -> (u16, u16) {
        match self.drawn(ColorChoice::Never).cursor {
            Cursor::Shown(at) => (at.x, at.y),
            Cursor::Hidden(_) | Cursor::Anywhere => (0, 0),
        }
    }

    pub(super) fn shows(&self, text: &str) {
        let screen = self.screen();
        assert!(screen.contains(text), "no {text:?} on the screen:\n{screen}");
    }

    /// The same, to go on from.
    pub(super) fn sees(&mut self, text: &str) -> &mut Self {
        self.shows(text);
        self
    }

    /// Another program writes the open draft, or takes it away; the watcher tells.
    pub(super) fn others_write(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.files.insert("li".to_owned(), text.to_owned()),
            None => self.files.remove("li"),
        };
        let found = text.map(|text| blake3::hash(text.as_bytes()));
        let drafts = vec![("briefs/drafts/li.md".to_owned(), found)];
        self.send(Message::ChangedOnDisk(Changes { facts: false, lists: true, drafts }));
    }

    /// Other facts stand in the files; the watcher tells.
    pub(super) fn others_change(&mut self, change: impl FnOnce(&mut Event)) {
        let mut event = Event::clone(&self.desk.events()[0]);
        change(&mut event);
        self.desk = Arc::new(Desk::new(vec![Arc::new(event)], Arc::default()));
        self.send(Message::ChangedOnDisk(Changes { facts: true, ..Changes::default() }));
    }

    pub(super) fn perform(&mut self, effect: Effect) -> Vec<Message> {
        match effect {
            Effect::List => vec![Message::Listed(self.listing())],
            Effect::EditEvents { request, doing, edits } => {
                let mut result = self.edit_events(&edits);
                self.note(&doing, &mut result);
                vec![Message::EventsEdited { request, result }]
            }
            Effect::PastEdits => vec![Message::PastEdits(self.past.clone())],
            Effect::Load { generation } => {
                self.read_events();
                vec![Message::Loaded { generation, facts: Arc::clone(&self.desk).into(), findings: Vec::new() }]
            }
            Effect::ReadDraft { request, name, .. } => vec![Message::DraftRead { request, result: self.read(&name) }],
            Effect::Journal(work) => vec![self.journals.keep(*work)],
            Effect::SaveDraft(save) => {
                let slug = save.path.to_string_lossy().into_owned();
                let result = self.save(&slug, &save.text, save.expected, save.force);
                vec![Message::Saved { request: save.request, result }]
            }
            Effect::Hold { path, wish } => vec![self.hold(path, wish)],
            Effect::KeepText { slug, text } => {
                self.kept.push(text.to_string());
                vec![Message::Kept(Ok(format!(".attache/unsaved/{slug}.md")))]
            }
            Effect::WriteNote { request, slug, text, force } => {
                let other = self.notes.get(&slug).is_some_and(|old| **old != *text);
                let result = if other && !force {
                    Err(SaveFault::Changed)
                } else {
                    self.notes.insert(slug.clone(), text.to_string());
                    Ok(format!("briefs/notes/{slug}.md"))
                };
                vec![Message::NoteWritten { request, result }]
            }
            Effect::ReadTheirs { request, file } => {
                let text = match file {
                    Theirs::Draft(path) => self.files.get(&*path.to_string_lossy()),
                    Theirs::Note(slug) => self.notes.get(&slug),
                };
                let result = text.cloned().ok_or_else(|| "no such file".to_owned());
                vec![Message::TheirsRead { request, result }]
            }
            Effect::DeleteDraft { request, path, expected } => {
                let slug = path.to_string_lossy().into_owned();
                let there = self.files.get(&slug).map(|text| blake3::hash(text.as_bytes()));
                let result = if there == Some(expected) {
                    self.files.remove(&slug);
                    Ok(())
                } else {
                    Err(SaveFault::Changed)
                };
                vec![Message::Deleted { request, result }]
            }
            Effect::Compose(wanted) => {
                let Compose { generation, desk, template, draft, path, look, .. } = *wanted;
                let request = crate::note::Request {
                    desk: &desk,
                    template: &template,
                    draft: &draft,
                    path: &path,
                    style: None,
                    flavour: Default::default(),
                };
                let note = crate::note::compose(&request, &Formatter::new());
                let request =
                    crate::check::DraftRequest { desk: &desk, template: &template, draft: &draft, path: &path };
                let findings = crate::check::check_note(&request, &note);
                let laid_out = look.map(|look| LaidOut { look, lines: look.lines(&note.text) });
                vec![Message::Composed { generation, note: Arc::new(note), findings, laid_out }]
            }
            Effect::FindCitations { request } => {
                let drafts = self.files.iter().map(|(slug, text)| CitedIn::read(slug, text)).collect();
                vec![Message::Cited { request, drafts }]
            }
            Effect::Search { generation, desk, query, placed, .. } => {
                let result = Query::parse(&query)
                    .map(|q| Hits {
                        facts: Index::new(desk).search(&q, &SearchContext { placed: &placed }),
                        ranked: q.is_ranked(),
                    })
                    .map_err(|e| e.message);
                vec![Message::Found { generation, result }]
            }
            Effect::Copy { text, what } => {
                self.copied.push(text);
                vec![Message::Copied(Copied { what, took: vec!["the terminal".to_owned()], ..Copied::default() })]
            }
            Effect::OpenEditor { request, text } => {
                self.opened.push(text.clone());
                vec![Message::Edited { request, result: (self.editor)(&text) }]
            }
            other => {
                self.note_down(other);
                Vec::new()
            }
        }
    }

    fn hold(&mut self, path: PathBuf, wish: Wish) -> Message {
        let theirs = self.holder.as_ref().filter(|(draft, _)| path == PathBuf::from(draft));
        let held = match (theirs, wish) {
            (Some((_, holder)), Wish::Look | Wish::Take) => Held::Theirs(holder.clone()),
            (None, Wish::Look) if self.held.as_ref() != Some(&path) => Held::Nobody,
            _ => {
                self.holder = None;
                self.held = Some(path.clone());
                Held::Ours
            }
        };
        Message::Held { path, held }
    }

    fn note_down(&mut self, effect: Effect) {
        match effect {
            Effect::Mouse(on) => self.mouse.push(on),
            Effect::Timer { id, .. } => self.timers.push(id),
            Effect::Suspend => self.suspended += 1,
            Effect::Redraw => self.redrawn += 1,
            Effect::Quit(status) => self.ended = Some(status),
            _ => {}
        }
    }

    fn listing(&self) -> Listing {
        let (template, findings) = crate::template::parse(self.template_id, "templates/test.md", &self.template);
        assert!(findings.is_empty(), "{findings:?}");
        let drafts = self.files.keys().zip(0..).map(|(slug, n)| DraftItem {
            slug: slug.clone(),
            title: slug.clone(),
            changed: n,
        });
        Listing {
            templates: vec![template],
            drafts: drafts.collect(),
            findings: Vec::new(),
            today: "2024-08-20".to_owned(),
        }
    }

    fn read(&self, slug: &str) -> Result<DraftText, String> {
        let text = self.files.get(slug).ok_or("no such file")?.clone();
        let stamp = blake3::hash(text.as_bytes());
        Ok(DraftText {
            slug: slug.to_owned(),
            path: PathBuf::from(slug),
            shown: format!("briefs/drafts/{slug}.md"),
            past: self.journals.past(slug, &text),
            text,
            stamp,
        })
    }

    fn save(
        &mut self,
        slug: &str,
        text: &str,
        expected: Option<blake3::Hash>,
        force: bool,
    ) -> Result<blake3::Hash, SaveFault> {
        if let Some(reason) = self.failing.take() {
            return Err(SaveFault::Failed(reason));
        }
        let there = self.files.get(slug).map(|old| blake3::hash(old.as_bytes()));
        if there != expected && !force {
            return Err(SaveFault::Changed);
        }
        self.saves += 1;
        self.files.insert(slug.to_owned(), text.to_owned());
        Ok(blake3::hash(text.as_bytes()))
    }
}
