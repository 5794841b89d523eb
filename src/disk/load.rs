//! Loading a desk: a parallel walk, one bad file costing that file.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::SystemTime;

use rayon::prelude::*;

use super::cache::{EventFile, Placed, Unkept};
use super::known::{EventFiles, Kept, stamp_of};
use super::{BRIEFS, EVENTS, Folder, TEMPLATES, files_in, read, stem};
use crate::event_file;
use crate::finding::{Anchor, Finding};
use crate::model::settings::{SETTINGS_PATH, Settings};
use crate::model::text::clean;
use crate::model::{Desk, Event, StyleFile};
use crate::note::{StyleError, check_style};
use crate::source_file::{self, Gathered};
use crate::turns;

/// What came of loading a desk.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The events and shared sources.
    pub desk: Desk,
    /// What is wrong with the files, by path and place.
    pub findings: Vec<Finding>,
    /// What [`Folder::keep`] keeps for the next run.
    pub unkept: Unkept,
}

/// The event files of a desk as they were read.
#[derive(Debug)]
pub struct EventsRead {
    events: Arc<EventFiles>,
    /// How many had to be parsed.
    parsed: usize,
    /// What is wrong with their paths.
    findings: Vec<Finding>,
}

/// News of a load under way.
#[derive(Debug)]
pub struct Progress {
    /// Files read so far.
    pub done: usize,
    /// Files to read in all.
    pub total: usize,
    /// Events read since the last news, in no order.
    pub events: Vec<Arc<Event>>,
}

/// How many files one piece of news covers.
const BATCH: usize = 256;

impl Folder {
    /// Reads every event and the shared sources, on all cores. Event files that are as they were when they were last read, by this
    /// or an earlier run, are not parsed again.
    ///
    /// `news` is called from several threads, for every few hundred files and at the end.
    pub fn load(&self, news: &(dyn Fn(Progress) + Sync)) -> Loaded {
        self.load_as_of(SystemTime::now(), news)
    }

    pub(super) fn load_as_of(&self, now: SystemTime, news: &(dyn Fn(Progress) + Sync)) -> Loaded {
        self.gather(self.read_events(now, news))
    }

    /// Reads every event file, as [`Folder::load`] does; [`Folder::gather`] makes a desk of what was read.
    pub fn read_events(&self, now: SystemTime, news: &(dyn Fn(Progress) + Sync)) -> EventsRead {
        let walked = AtomicBool::new(self.has_read());
        let walk = || {
            let found = self.event_paths();
            walked.store(true, Ordering::Relaxed);
            found
        };
        // One core walks, meanwhile the others read what was kept.
        let ((paths, findings), pieces) = rayon::join(walk, || self.pieces().read_ahead(&walked));
        let files: Vec<EventFile> = paths.into_par_iter().map(|path| self.event_file(path, now)).collect();
        let total = files.len();
        let done = AtomicUsize::new(0);
        let tell = |read: &[Placed]| {
            let done = done.fetch_add(read.len(), Ordering::Relaxed) + read.len();
            let events = read.iter().filter_map(|(_, kept)| kept.reading.0.clone()).collect();
            news(Progress { done, total, events });
        };
        let mut read = self.remembered(&files);
        let known: Vec<Placed> = read.iter().enumerate().filter_map(|(i, kept)| Some((i, kept.clone()?))).collect();
        if !known.is_empty() {
            tell(&known);
        }
        pieces.recall(&files, &mut read, &tell);
        let left: Vec<usize> = (0..total).filter(|i| read.get(*i).is_some_and(Option::is_none)).collect();
        let parsed: Vec<Vec<Placed>> = left
            .par_chunks(BATCH.min(left.len().div_ceil(8)).max(1))
            .map(|chunk| {
                let parsed =
                    chunk.iter().filter_map(|i| Some((*i, self.parse_event(files.get(*i)?)))).collect::<Vec<_>>();
                tell(&parsed);
                parsed
            })
            .collect();
        for (i, kept) in parsed.into_iter().flatten() {
            if let Some(place) = read.get_mut(i) {
                *place = Some(kept);
            }
        }
        EventsRead { events: Arc::new(EventFiles { files, read }), parsed: left.len(), findings }
    }

    /// Reads what else there is besides events: shared sources, citation styles, settings; the desk that they make.
    pub fn gather(&self, read: EventsRead) -> Loaded {
        let EventsRead { events: read, parsed, mut findings } = read;
        self.remember_events(&read);
        let mut events = Vec::with_capacity(read.files.len());
        for (event, found) in read.read.iter().flatten().map(|kept| &kept.reading) {
            events.extend(event.clone());
            findings.extend_from_slice(found);
        }
        let shared = self.shared_sources(&mut findings);
        drop_second_ids(&mut events, &mut findings);
        let (own, found) = self.styles();
        findings.extend(found);
        let (settings, found) = self.settings();
        findings.extend(found);
        let desk = Desk::new(events, Arc::new(shared)).with_styles(own).with_settings(settings);
        self.locate(&mut findings);
        findings.sort_by(|a, b| a.path.cmp(&b.path).then(a.position().cmp(&b.position())));
        Loaded { desk, findings, unkept: Unkept::new(read, parsed) }
    }

    fn parse_event(&self, file: &EventFile) -> Kept {
        turns::give_way(250);
        self.read_event(file, |text| match text {
            Ok(text) => {
                let reading = event_file::read(&file.relative, &text);
                (reading.event.map(Arc::new), reading.findings)
            }
            Err(reason) => (None, vec![read::unreadable(&file.relative, reason)]),
        })
    }

    /// Reads every file of shared sources; of one key the first stays.
    fn shared_sources(&self, findings: &mut Vec<Finding>) -> indexmap::IndexMap<Box<str>, crate::model::Source> {
        let read = |path: &String| match self.text(&self.root.join(path)) {
            Ok(text) => source_file::read(path, &text),
            Err(reason) => Gathered { sources: Vec::new(), findings: vec![read::unreadable(path, reason)] },
        };
        let (paths, odd) = self.shared_files();
        findings.extend(odd);
        let files: Vec<Gathered> = paths.par_iter().map(read).collect();
        let (sources, found) = source_file::merge(files);
        findings.extend(found);
        sources
    }

    /// The files of shared sources, relative to the desk, in the order in which they count; those whose names
    /// keep them from being read are told.
    fn shared_files(&self) -> (Vec<String>, Vec<Finding>) {
        let (mut paths, mut findings) = (Vec::new(), Vec::new());
        let Ok(entries) = std::fs::read_dir(self.root.join(BRIEFS)) else { return (paths, findings) };
        for entry in entries.filter_map(Result::ok).filter(|entry| !entry.path().is_dir()) {
            let name = entry.file_name();
            let path = format!("{BRIEFS}/{}", name.to_string_lossy());
            if !source_file::is_shared(&path) {
                continue;
            }
            // A name with control characters could steer the terminal that shows it.
            if name.to_str().is_none_or(|name| name.contains(char::is_control)) {
                let path = crate::model::text::clean(&path);
                findings.push(read::unreadable(&path, "its name has control characters or is not UTF-8; rename it"));
            } else {
                paths.push(path);
            }
        }
        source_file::in_order(&mut paths);
        (paths, findings)
    }

    /// The citation styles of the desk's own: `.csl` files beside the templates, or in `briefs/`.
    pub fn styles(&self) -> (Vec<StyleFile>, Vec<Finding>) {
        let (mut styles, mut findings) = (Vec::new(), Vec::new());
        for path in [TEMPLATES, BRIEFS].iter().flat_map(|folder| files_in(&self.root.join(folder), "csl")) {
            let relative = self.relative(&path);
            match self.text(&path) {
                Ok(text) => {
                    styles.push(StyleFile { name: stem(&path).into(), path: relative.into(), text: text.into() });
                }
                Err(reason) => findings.push(read::unreadable(&relative, reason)),
            }
        }
        for file in &styles {
            if let Err(StyleError::Broken { at, message, .. }) = check_style(&file.path, &styles) {
                let mut finding =
                    Finding::error("unreadable", &file.path, at.map_or(Anchor::File, Anchor::byte), message);
                finding.place_in(&file.text);
                findings.push(finding.help("notes that ask for this style use another until it is mended"));
            }
        }
        (styles, findings)
    }

    /// The desk's settings; none is no fault.
    pub fn settings(&self) -> (Settings, Vec<Finding>) {
        let path = self.root.join(SETTINGS_PATH);
        if !path.exists() {
            return Default::default();
        }
        let own: Vec<String> = files_in(&self.root.join(TEMPLATES), "md").iter().map(|path| stem(path)).collect();
        let built_in = super::embedded::TEMPLATES.iter().map(|(id, _)| *id);
        let templates: Vec<&str> = own.iter().map(String::as_str).chain(built_in).collect();
        match self.text(&path) {
            Ok(text) => crate::settings::read(&text, &templates),
            Err(reason) => (Settings::default(), vec![read::unreadable(SETTINGS_PATH, reason)]),
        }
    }

    /// The paths of all event files, in order.
    pub(super) fn event_paths(&self) -> (Vec<PathBuf>, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut paths = Vec::new();
        let folder = self.root.join(EVENTS);
        if !folder.is_dir() {
            return (Vec::new(), findings);
        }
        let hidden = |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().to_string_lossy().starts_with('.');
        for entry in
            walkdir::WalkDir::new(&folder).follow_links(true).max_depth(32).into_iter().filter_entry(|e| !hidden(e))
        {
            match entry {
                Ok(entry) => {
                    let yaml = entry.path().extension().is_some_and(|e| e == "yaml" || e == "yml");
                    if yaml && !entry.file_type().is_dir() {
                        turns::give_way(2);
                        paths.push(entry.into_path());
                    }
                }
                Err(e) => {
                    let path = e.path().map_or_else(|| EVENTS.to_owned(), |p| self.relative(p));
                    let reason =
                        e.io_error().map_or_else(|| "a link that leads back to itself".to_owned(), ToString::to_string);
                    findings.push(read::unreadable(&path, reason));
                }
            }
        }
        // Told apart by their bytes; part by part would take as long as asking the disk for them.
        paths.sort_unstable_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
        (paths, findings)
    }

    /// An event file as it is `now`, before it is read.
    pub(super) fn event_file(&self, path: PathBuf, now: SystemTime) -> EventFile {
        turns::give_way(4);
        let inside = path.strip_prefix(&self.root).ok().and_then(Path::to_str);
        let plain = inside.filter(|text| MAIN_SEPARATOR == '/' && matches!(clean(text), Cow::Borrowed(_)));
        let relative = plain.map_or_else(|| self.relative(&path).into(), Into::into);
        EventFile { stamp: stamp_of(&path, now), plain: plain.is_some(), relative, path }
    }
}

/// Of two events with one id the first stays, events being in the order of their paths; the other is told and left out.
fn drop_second_ids(events: &mut Vec<Arc<Event>>, findings: &mut Vec<Finding>) {
    let mut first = HashMap::with_capacity(events.len());
    let mut second = HashSet::new();
    for (i, event) in events.iter().enumerate() {
        let path = *first.entry(&*event.id).or_insert(&*event.path);
        if !std::ptr::eq(path, &*event.path) {
            second.insert(i);
            let route = vec![crate::yaml::Step::Key("id".into())];
            let message = format!("another event has the id `{}`: {path}; this file is left out", event.id);
            findings.push(
                Finding::error("duplicate-id", &event.path, Anchor::Route(route), message)
                    .help("give one of them an `id` of its own"),
            );
        }
    }
    let mut i = 0..events.len();
    events.retain(|_| i.next().is_none_or(|i| !second.contains(&i)));
}
