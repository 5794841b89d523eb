//! The open draft: its text, its past, and whether it is on disk.

mod journal;
mod merged;

use std::path::PathBuf;
use std::sync::Arc;

use super::effect::{JournalWork, Stamp};
use super::message::DraftText;
use crate::draft::journal::{Entry, Journal, Kept};
use crate::draft::{Draft, History};
use crate::template::Template;
use journal::{Diary, change};

/// The open draft.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name: the file's stem.
    pub slug: String,
    /// The file.
    pub path: PathBuf,
    /// The file relative to the desk.
    pub shown: String,
    /// The kind of note.
    pub template: Arc<Template>,
    /// Grows with every change, undo and redo included.
    pub revision: u64,
    /// Nothing changes it: another run of the program has the draft.
    pub read_only: bool,
    draft: Draft,
    history: History,
    saved: Arc<str>,
    /// The text last read or saved, which stays known when the file goes.
    base: Option<Arc<str>>,
    stamp: Option<Stamp>,
    saving: Option<(u64, Arc<str>)>,
    failed: Option<String>,
    /// Whether the file holds somebody else's text, so that even an unchanged draft is not saved.
    differs: bool,
    /// What the file held before it went.
    gone: Option<(Stamp, Arc<str>)>,
    theirs_in: Option<merged::TheirsIn>,
    diary: Diary,
}

/// How the draft stands to what is on disk: its file, and the journal beside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// On disk, synced: in its file, or in the journal.
    Saved,
    /// Changed; the journal is about to have it.
    Changed,
    /// Being written to its file.
    Saving,
    /// The last attempt failed, with the reason.
    Failed(String),
}

impl Document {
    /// A draft as read from disk.
    pub fn open(file: DraftText, template: Arc<Template>) -> Self {
        let draft = Draft::parse(&file.text, &template.outline());
        let mut document = Self::with(file.slug, file.path, file.shown, template, draft, Some(file.stamp));
        document.history = file.past.history.unwrap_or_default();
        document.diary = Diary::new(file.past.kept, file.past.spent);
        document
    }

    /// A draft that is not on disk yet.
    pub fn new(slug: String, path: PathBuf, text: &str, template: Arc<Template>) -> Self {
        let draft = Draft::parse(text, &template.outline());
        let shown = shown_path(&slug);
        let mut document = Self::with(slug, path, shown, template, draft, None);
        document.diary.want();
        document
    }

    fn with(
        slug: String,
        path: PathBuf,
        shown: String,
        template: Arc<Template>,
        draft: Draft,
        stamp: Option<Stamp>,
    ) -> Self {
        let saved = stamp.map_or_else(|| Arc::from(""), |_| draft.shared_text());
        let history = History::new();
        Self {
            slug,
            path,
            shown,
            template,
            revision: 1,
            read_only: false,
            draft,
            history,
            base: stamp.map(|_| Arc::clone(&saved)),
            saved,
            stamp,
            saving: None,
            failed: None,
            differs: false,
            gone: None,
            theirs_in: None,
            diary: Diary::default(),
        }
    }

    /// The draft as it stands.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The title, else the name.
    pub fn title(&self) -> &str {
        self.draft().front().title.as_deref().filter(|t| !t.is_empty()).unwrap_or(&self.slug)
    }

    /// Takes a new state of the draft as one step; says whether anything changed.
    pub fn apply(&mut self, label: &str, draft: Draft) -> bool {
        !self.read_only && self.take(label, draft)
    }

    fn take(&mut self, label: &str, draft: Draft) -> bool {
        if draft.text() == self.draft.text() {
            return false;
        }
        self.history.record(label, self.draft.shared_text());
        self.set(draft);
        self.diary.changed(change(label, false, self.draft.shared_text()));
        true
    }

    /// Takes a new state while typing; what is typed without a pause is one step.
    pub fn type_in(&mut self, label: &str, draft: Draft) -> bool {
        if self.read_only || draft.text() == self.draft.text() {
            return false;
        }
        let steps = self.history.recorded();
        self.history.record_run(label, self.draft.shared_text());
        self.set(draft);
        let joins = self.history.recorded() == steps;
        self.diary.changed(change(label, joins, self.draft.shared_text()));
        true
    }

    /// How many steps its history has recorded.
    pub fn recorded(&self) -> u64 {
        self.history.recorded()
    }

    /// Ends a typing run: what comes next is another step.
    pub fn end_run(&mut self) {
        self.history.seal();
    }

    fn set(&mut self, draft: Draft) {
        self.draft = draft;
        self.revision += 1;
    }

    /// Goes back one step and says which one it was.
    pub fn undo(&mut self) -> Option<String> {
        if self.read_only {
            return None;
        }
        let (label, text) = self.history.undo(&self.draft.shared_text())?;
        self.set(self.draft.with_text(&text));
        self.diary.changed(Entry::Undo);
        self.step_over_theirs(&label, true);
        Some(label)
    }

    /// Goes forward one step and says which one it is.
    pub fn redo(&mut self) -> Option<String> {
        if self.read_only {
            return None;
        }
        let (label, text) = self.history.redo(&self.draft.shared_text())?;
        self.set(self.draft.with_text(&text));
        self.diary.changed(Entry::Redo);
        self.step_over_theirs(&label, false);
        Some(label)
    }

    /// Whether the text differs from what is on disk.
    pub fn is_changed(&self) -> bool {
        self.differs || self.draft().text() != &*self.saved
    }

    /// How it stands to what is on disk. What the journal holds is saved: nothing is lost with the program.
    pub fn save_state(&self) -> SaveState {
        if let Some(reason) = &self.failed {
            return SaveState::Failed(reason.clone());
        }
        if !self.is_changed() && self.saving.is_none() || self.diary.holds() {
            return SaveState::Saved;
        }
        match (&self.saving, self.diary.fault()) {
            (Some(_), _) => SaveState::Saving,
            (None, Some(reason)) => SaveState::Failed(reason.to_owned()),
            (None, None) => SaveState::Changed,
        }
    }

    /// What is believed to be on disk.
    pub fn stamp(&self) -> Option<Stamp> {
        self.stamp
    }

    /// The text to write, if there is something to write and nothing is under way.
    pub fn begin_save(&mut self, request: u64) -> Option<Arc<str>> {
        if self.saving.is_some() || !self.is_changed() {
            return None;
        }
        let text = self.draft.shared_text();
        self.saving = Some((request, Arc::clone(&text)));
        Some(text)
    }

    /// The write has ended; answers to other requests change nothing.
    pub fn end_save(&mut self, request: u64, result: Result<Stamp, String>) -> bool {
        let Some((_, text)) = self.saving.take_if(|(id, _)| *id == request) else { return false };
        match result {
            Ok(stamp) => {
                self.saved = text;
                self.on_disk(stamp);
            }
            Err(reason) => self.failed = Some(reason),
        }
        true
    }

    /// Has it stand as not saved for a reason, or no longer.
    pub fn refuse(&mut self, reason: Option<String>) {
        self.failed = reason;
    }

    /// The file holds what has this hash, and that is ours.
    fn on_disk(&mut self, stamp: Stamp) {
        self.gone = None;
        self.base = Some(Arc::clone(&self.saved));
        self.stamp = Some(stamp);
        self.failed = None;
        self.differs = false;
        self.theirs_in.take_if(|step| step.is_undone());
        self.diary.saved(stamp);
    }

    /// Whether a write is under way.
    pub fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// Makes it another file's draft, which is not on disk yet.
    pub fn rename(&mut self, slug: String, path: PathBuf) {
        // A path from the root is a file that may lie outside the desk.
        let elsewhere = path.components().count() > 1;
        self.shown = if elsewhere { path.to_string_lossy().into_owned() } else { shown_path(&slug) };
        self.slug = slug;
        self.path = path;
        self.stamp = None;
        self.saved = Arc::from("");
        self.base = None;
        self.theirs_in = None;
        self.failed = None;
        self.saving = None;
        self.differs = false;
        self.diary.moved();
    }

    /// Another program wrote the file: if it wrote this very text, it is saved; else the writer is to
    /// decide, and nothing is written before. Says whether there is something to decide.
    pub fn written_over(&mut self, stamp: Stamp, reason: &str) -> bool {
        if stamp == blake3::hash(self.draft().text().as_bytes()) {
            self.saved = self.draft.shared_text();
            self.on_disk(stamp);
            return false;
        }
        // A file that was gone, and is there again as it was.
        if let Some((_, text)) = self.gone.take_if(|(gone, _)| *gone == stamp) {
            self.saved = text;
            self.stamp = Some(stamp);
            self.failed = None;
            self.differs = false;
            return false;
        }
        self.failed = Some(reason.to_owned());
        self.differs = true;
        true
    }

    /// Takes the file to be as it was before it went, if it went; whether it did. The next save tells.
    pub fn believe_it_is_back(&mut self) -> bool {
        let Some((stamp, text)) = self.gone.take() else { return false };
        (self.stamp, self.saved, self.failed) = (Some(stamp), text, None);
        true
    }

    /// The file is gone: the next save makes it anew.
    pub fn lost(&mut self) {
        let saved = std::mem::replace(&mut self.saved, Arc::from(""));
        if let Some(stamp) = self.stamp.take() {
            self.gone = Some((stamp, saved));
        }
        self.theirs_in = None;
        self.failed = None;
        self.differs = false;
    }

    /// What the journal is to be told, if there is anything; `number` gives a new journal its number.
    pub fn journal_work(&mut self, number: impl FnOnce() -> u64) -> Option<JournalWork> {
        let (draft, history, saved) = (&self.draft, &self.history, self.stamp);
        let journal = || Journal { text: draft.shared_text(), history: history.clone(), saved };
        self.diary.work(number, self.path.clone(), journal)
    }

    /// The journal has answered.
    pub fn journal_answered(&mut self, journal: u64, upto: u64, result: Result<(), String>) {
        self.diary.answered(journal, upto, result);
    }

    /// Has the draft as it stands put into the journal, even if nothing has changed.
    pub fn want_journal(&mut self) {
        self.diary.want();
    }

    /// Words of an earlier journal that the file did not have, the newest.
    pub fn offered(&self) -> Option<&Kept> {
        self.diary.offered.last()
    }

    /// Whether the writer has put the offer of them away.
    pub fn offer_seen(&mut self) -> &mut bool {
        &mut self.diary.seen
    }

    /// Takes the offered words in as one step. The journal that has them goes once another has them.
    pub fn recover(&mut self) -> Option<Kept> {
        let kept = self.diary.offered.pop()?;
        self.diary.seen = false;
        self.end_run();
        self.apply("recover words", self.draft.with_text(&kept.text));
        self.diary.spend(kept.file.clone());
        self.diary.want();
        Some(kept)
    }

    /// Takes the template as it reads now; the text stays.
    pub fn retemplate(&mut self, template: Arc<Template>) {
        let text = self.draft.shared_text();
        self.set(Draft::parse(&text, &template.outline()));
        self.template = template;
    }
}

/// Where a draft of this name stands on the desk.
fn shown_path(slug: &str) -> String {
    format!("briefs/drafts/{slug}.md")
}
