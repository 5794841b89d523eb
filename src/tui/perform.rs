//! Performing effects: a thread for the disk, in order; threads for composing and searching, of
//! which only the newest request counts; a thread for each load. A worker's panic is a message.

mod drafts;
mod editor;
mod holds;
mod journal;
mod newest;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, Once, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::Incoming;
use super::inbox::Post;
use crate::app::effect::{Compose, Effect, Purpose, Theirs};
use crate::app::facts::SortedDesk;
use crate::app::full::CitedIn;
use crate::app::message::{Copied, DraftItem, DraftText, Hits, Listing, Message, SaveFault};
use crate::app::preview::LaidOut;
use crate::check::{DraftRequest, check_note};
use crate::disk::{Folder, NoteState, SaveError, read_text};
use crate::draft::journal::Past;
use crate::model::{Desk, Event, FactRef};
use crate::note::{self, Formatter};
use crate::search::{Index, Progress, Query, SearchContext};
use crate::tui::clipboard;
use crate::tui::watch::Watch;
use crate::turns;
use holds::Holds;
use journal::Journals;
use newest::Newest;

/// What the terminal gets for itself to paint a frame in, before the note is composed or the facts are indexed: a system does
/// not take a core from a worker at once, however nice it is.
const PAINT: Duration = Duration::from_millis(2);

type Job = Box<dyn FnOnce() + Send>;

/// Performs effects on threads; answers come through the channel.
pub(super) struct Performer {
    folder: Arc<Folder>,
    watch: Watch,
    holds: Arc<Holds>,
    post: Post,
    disk: Sender<Job>,
    journals: Journals,
    composing: Arc<Newest>,
    /// By [`Purpose`](crate::app::effect::Purpose).
    searching: [Arc<Newest>; 4],
    formatter: Arc<Formatting>,
    index: Arc<Mutex<Option<Arc<Index>>>>,
    /// Whether it was looked for what killed runs left behind.
    tidied: Arc<Once>,
}

impl Performer {
    /// Starts the threads.
    pub(super) fn new(folder: Folder, post: Post) -> Self {
        turns::cores_after_keys();
        let (disk, jobs) = channel::<Job>();
        let reports = post.clone();
        thread::spawn(move || {
            for job in jobs {
                guarded(&reports, job);
            }
        });
        let folder = Arc::new(folder.remembering());
        let watch = Watch::start(Arc::clone(&folder), post.clone());
        Self {
            journals: Journals::start(Arc::clone(&folder), post.clone()),
            folder,
            watch,
            holds: Arc::default(),
            composing: Newest::start(post.clone(), PAINT),
            searching: std::array::from_fn(|_| Newest::start(post.clone(), Duration::ZERO)),
            post,
            disk,
            formatter: Arc::default(),
            index: Arc::default(),
            tidied: Arc::new(Once::new()),
        }
    }

    /// Performs an effect that needs no terminal.
    pub(super) fn perform(&self, effect: Effect) {
        let post = self.post.clone();
        let folder = Arc::clone(&self.folder);
        let answer = move |message| post.send(Incoming::Answer(message));
        match effect {
            Effect::List => self.on_disk(move || answer(Message::Listed(list(&folder)))),
            Effect::ReadDraft { request, name, past } => {
                let (watch, journals) = (self.watch.clone(), self.journals.access());
                self.on_disk(move || {
                    let mut result = read_draft(&folder, &name);
                    if let Ok(draft) = &mut result {
                        watch.opened(&draft.path);
                        if past {
                            draft.past = journals.past(&draft.path, &draft.text);
                        }
                    }
                    answer(Message::DraftRead { request, result });
                });
            }
            Effect::SaveDraft(save) => self.save(save),
            Effect::Hold { path, wish } => self.hold(path, wish),
            Effect::KeepText { slug, text } => self.keep(slug, text),
            Effect::DeleteDraft { request, path, expected } => self.delete(request, path, expected),
            Effect::Journal(work) => self.journals.keep(work),
            Effect::WriteNote { request, slug, text, force } => self.on_disk(move || {
                let (result, remark) = write_note(&folder, &slug, &text, force);
                answer(Message::NoteWritten { request, result });
                if let Some(text) = remark {
                    answer(Message::Remark(text));
                }
            }),
            Effect::ReadTheirs { request, file } => self.on_disk(move || {
                let path = match &file {
                    Theirs::Draft(path) => draft_file(&folder, path),
                    Theirs::Note(slug) => folder.note_path(slug, note::Flavour::default()),
                };
                answer(Message::TheirsRead { request, result: read_text(&path) });
            }),
            Effect::Load { generation } => self.load(generation),
            Effect::Compose(wanted) => {
                let formatter = Arc::clone(&self.formatter);
                self.composing.put(Box::new(move || {
                    let Compose { generation, desk, template, draft, path, on_disk_as, look } = &*wanted;
                    let request =
                        note::Request { desk, template, draft, path, style: None, flavour: Default::default() };
                    let note = note::compose(&request, formatter.get());
                    if let Some(slug) = on_disk_as {
                        folder.adopt_note(&folder.note_path(slug, note::Flavour::default()), &note.text);
                    }
                    let laid_out = look.map(|look| LaidOut { look, lines: look.lines(&note.text) });
                    let note = Arc::new(note);
                    let shown = Arc::clone(&note);
                    answer(Message::Previewed { generation: *generation, note: shown, laid_out });
                    let findings = check_note(&DraftRequest { desk, template, draft, path }, &note);
                    answer(Message::Composed { generation: *generation, note, findings, laid_out: None });
                    formatter.keep();
                }));
            }
            Effect::EditEvents { request, doing, edits } => self.on_disk(move || {
                answer(Message::EventsEdited { request, result: folder.edit_events(&doing, &edits) });
            }),
            Effect::PastEdits => self.on_disk(move || answer(Message::PastEdits(folder.past_edits()))),
            Effect::Search { purpose, generation, desk, query, placed } => {
                let index = Arc::clone(&self.index);
                let first_rows = self.post.clone();
                self.searching[purpose as usize].put_watched(move |ticket| {
                    // Each view waits for its own answer, and so does a fill.
                    let typed = matches!(purpose, Purpose::List | Purpose::Citation);
                    Box::new(move || {
                        let first = |hits| {
                            if purpose == Purpose::List {
                                first_rows.send(Incoming::Answer(Message::FirstFound { generation, hits }));
                            }
                        };
                        let over = || typed && ticket.is_stale();
                        let result = search(&index, &desk, (&query, &placed), &over, &first);
                        // A search given up has no answer: another is wanted by now.
                        if let Some(result) = result.transpose() {
                            answer(Message::Found { generation, result });
                        }
                    })
                });
            }
            Effect::FindCitations { request } => self.on_disk(move || {
                let drafts = folder.draft_texts().into_iter();
                let drafts = drafts.map(|(slug, text)| CitedIn::read(&slug, &text)).collect();
                answer(Message::Cited { request, drafts });
            }),
            // The loop performs these itself.
            Effect::OpenEditor { .. }
            | Effect::Copy { .. }
            | Effect::Mouse(_)
            | Effect::Timer { .. }
            | Effect::Suspend
            | Effect::Redraw
            | Effect::Quit(_) => {}
        }
    }

    fn on_disk(&self, job: impl FnOnce() + Send + 'static) {
        if self.disk.send(Box::new(job)).is_err() {
            let text = "the thread that writes files has ended".to_owned();
            self.post.send(Incoming::Answer(Message::Failed(text)));
        }
    }

    /// Waits until every write asked for so far has ended.
    pub(super) fn finish_writes(&self) {
        let (done, wait) = channel();
        self.on_disk(move || {
            let _ = done.send(());
        });
        // An error says that the thread is gone, and with it the writes.
        let _ = wait.recv();
    }

    fn load(&self, generation: u64) {
        let (folder, post, index) = (Arc::clone(&self.folder), self.post.clone(), Arc::clone(&self.index));
        let reports = self.post.clone();
        let (watch, disk) = (self.watch.clone(), self.disk.clone());
        let tidied = Arc::clone(&self.tidied);
        let job = move || {
            let growing = Mutex::new((Growing::default(), post.clone()));
            let read = folder.read_events(SystemTime::now(), &|news| {
                let mut growing = growing.lock().unwrap_or_else(PoisonError::into_inner);
                let facts = growing.0.take(news.events);
                if facts.is_some() || growing.0.is_to_be_told() {
                    let message = Message::Loading { generation, facts, done: news.done, total: news.total };
                    growing.1.send(Incoming::Answer(message));
                }
            });
            let loaded = folder.gather(read);
            let desk = Arc::new(loaded.desk);
            let facts = SortedDesk::from(Arc::clone(&desk));
            post.send(Incoming::Answer(Message::Loaded { generation, facts, findings: loaded.findings }));
            thread::sleep(PAINT);
            // Made now, or the first letter of a filter would wait for it; a search that comes meanwhile waits and does not make its own.
            let mut held = index.lock().unwrap_or_else(PoisonError::into_inner);
            let made = Arc::clone(held.insert(Arc::new(Index::new(desk))));
            drop(held);
            // Behind the reading of lists and drafts, which would be news otherwise.
            let _ = disk.send(Box::new(move || watch.loaded()));
            // It looks through all folders, and the desk comes first.
            tidied.call_once(|| tidy_up(&folder, &post));
            folder.keep(&loaded.unkept);
            made.learn_words();
        };
        thread::spawn(move || {
            turns::after_keys();
            guarded(&reports, Box::new(job));
        });
    }

    /// Hands a copied text to tmux and the system's tools, if there are any, and says what came of it.
    pub(super) fn copy(&self, plan: clipboard::Plan, text: String, what: String) {
        let post = self.post.clone();
        let job = move || {
            let (mut took, failed) = clipboard::hand_over(&plan, &text);
            if plan.sequence.is_some() {
                took.insert(0, "the terminal".to_owned());
            }
            let copied = Copied { what, took, too_long: plan.sequence.is_none(), failed };
            post.send(Incoming::Answer(Message::Copied(copied)));
        };
        let reports = self.post.clone();
        thread::spawn(move || guarded(&reports, Box::new(job)));
    }

    /// Runs the writer's editor on a text; the loop has given the terminal away.
    pub(super) fn open_editor(&self, request: u64, text: &str) {
        let (folder, post, text) = (Arc::clone(&self.folder), self.post.clone(), text.to_owned());
        thread::spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(|| editor::edit(&folder, &text)))
                .unwrap_or_else(|_| Err("it could not be run".to_owned()));
            post.send(Incoming::EditorDone(Message::Edited { request, result }));
        });
    }
}

/// Removes what killed runs left behind, and tells of texts that they left.
fn tidy_up(folder: &Folder, post: &Post) {
    for text in folder.tidy_up() {
        post.send(Incoming::Answer(Message::Remark(text)));
    }
}

/// How long what was formatted waits to be kept after it was kept before.
const KEEPING: Duration = Duration::from_secs(60);

/// A formatter that the first note fetches from the disk, and what is kept of it.
#[derive(Default)]
struct Formatting {
    formatter: OnceLock<Formatter>,
    kept: Mutex<Option<Instant>>,
}

impl Formatting {
    fn get(&self) -> &Formatter {
        self.formatter.get_or_init(Folder::formatter)
    }

    /// Keeps for the next run what was made, now and then.
    fn keep(&self) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.is_none_or(|at| at.elapsed() >= KEEPING) {
            *kept = Some(Instant::now());
            Folder::keep_formatted(self.get());
        }
    }
}

/// How long a list of what has been read stays before a longer one takes its place: what is read in a blink is listed at
/// once, in part, and then whole.
const GLANCE: Duration = Duration::from_millis(250);
/// How long the count of what has been read stays: a frame for each piece of news would keep the reading waiting, and keys.
const COUNT: Duration = Duration::from_millis(50);

/// A desk while it is read.
#[derive(Default)]
struct Growing {
    events: Vec<Arc<Event>>,
    facts: usize,
    sent: usize,
    last: Option<Instant>,
    told: Option<Instant>,
}

impl Growing {
    /// Takes more events in; all facts, if they have doubled since that was last told.
    fn take(&mut self, events: Vec<Arc<Event>>) -> Option<SortedDesk> {
        self.facts += events.iter().map(|event| event.facts.len()).sum::<usize>();
        self.events.extend(events);
        let just_now = self.last.is_some_and(|last| last.elapsed() < GLANCE);
        if self.facts == 0 || self.facts < self.sent * 2 || just_now {
            return None;
        }
        self.sent = self.facts;
        self.last = Some(Instant::now());
        Some(Arc::new(Desk::new(self.events.clone(), Arc::default())).into())
    }

    /// Whether it is time to tell how much has been read.
    fn is_to_be_told(&mut self) -> bool {
        let now = Instant::now();
        let due = self.told.is_none_or(|told| now - told >= COUNT);
        if due {
            self.told = Some(now);
        }
        due
    }
}

/// Runs a job; a panic becomes a message.
fn guarded(post: &Post, job: Job) {
    if let Err(cause) = catch_unwind(AssertUnwindSafe(job)) {
        let text = cause.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("unknown cause");
        let text = format!("Something went wrong inside Attaché: {text}. Your text is safe");
        post.send(Incoming::Answer(Message::Failed(text)));
    }
}

fn list(folder: &Folder) -> Listing {
    let (templates, findings) = folder.templates();
    let changed = |time: Option<std::time::SystemTime>| {
        let since = time.and_then(|t| t.duration_since(UNIX_EPOCH).ok());
        since.map_or(0, |d| u64::try_from(d.as_millis()).unwrap_or(u64::MAX))
    };
    let drafts = folder.drafts().into_iter();
    let drafts = drafts.map(|d| DraftItem { slug: d.slug, title: d.title, changed: changed(d.changed) }).collect();
    let today = jiff::ZonedDateTime::now().date().to_string();
    Listing { templates, drafts, findings, today }
}

fn read_draft(folder: &Folder, name: &str) -> Result<DraftText, String> {
    let file = folder.read_draft(name).map_err(|e| e.to_string())?;
    let shown = folder.relative(&file.path);
    Ok(DraftText { slug: file.slug, path: file.path, shown, text: file.text, stamp: file.hash, past: Past::default() })
}

/// The file of a draft: a path as it is; a slug is a file on the desk.
fn draft_file(folder: &Folder, path: &Path) -> PathBuf {
    folder.draft_path(&path.to_string_lossy())
}

fn fault(error: SaveError) -> SaveFault {
    match error {
        SaveError::Changed => SaveFault::Changed,
        other => SaveFault::Failed(other.to_string()),
    }
}

/// Writes the note; what is worth knowing besides.
fn write_note(folder: &Folder, slug: &str, text: &str, force: bool) -> (Result<String, SaveFault>, Option<String>) {
    let path = folder.note_path(slug, note::Flavour::default());
    if !force && folder.note_state(&path, text) == NoteState::Edited {
        return (Err(SaveFault::Changed), None);
    }
    match folder.write_note(&path, text, force) {
        Ok(remark) => (Ok(folder.relative(&path)), remark),
        Err(e) => (Err(SaveFault::Failed(e.to_string())), None),
    }
}

/// Searches; the index is made once for a desk, by the first search of it. Nothing if the search was given up.
fn search(
    index: &Mutex<Option<Arc<Index>>>,
    desk: &Arc<Desk>,
    (query, placed): (&str, &HashSet<FactRef>),
    over: &(dyn Fn() -> bool + Sync),
    first: &dyn Fn(Hits),
) -> Result<Option<Hits>, String> {
    let query = Query::parse(query).map_err(|e| e.message)?;
    let index = {
        let mut held = index.lock().unwrap_or_else(PoisonError::into_inner);
        match held.take().filter(|index| Arc::ptr_eq(index.desk(), desk)) {
            Some(index) => Arc::clone(held.insert(index)),
            None => Arc::clone(held.insert(Arc::new(Index::new(Arc::clone(desk))))),
        }
    };
    let ranked = query.is_ranked();
    let mut progress = Progress { over, first: &mut |facts| first(Hits { facts, ranked }) };
    Ok(index.search_watched(&query, &SearchContext { placed }, &mut progress).map(|facts| Hits { facts, ranked }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workers_panic_becomes_a_message() {
        let (post, receiver, _bell) = Post::new().unwrap();
        guarded(&post, Box::new(|| panic!("out of order")));
        guarded(&post, Box::new(|| ()));
        drop(post);
        let told: Vec<_> = receiver.iter().collect();
        let [Incoming::Answer(Message::Failed(text))] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(text, "Something went wrong inside Attaché: out of order. Your text is safe");
    }
}
