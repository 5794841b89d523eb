//! The one module that touches disk: finding, reading and writing a desk's files.
//!
//! Reading never changes a file. Writing is whole or not at all (see [`write`]), and never over
//! bytes that somebody else put there since we read them.

mod cache;
mod edits;
pub mod embedded;
mod events;
mod formatted;
pub mod journal;
mod known;
mod load;
pub mod lock;
pub mod new_desk;
mod notes;
mod read;
pub mod scratch;
mod stamp;
mod write;

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::finding::Finding;
use crate::template::Template;

pub use cache::Unkept;
pub use known::News;
pub use load::{EventsRead, Loaded, Progress};
pub use notes::NoteState;
pub use read::read_text;
pub use write::{Hash, SaveError, Written, hash};

/// The folder whose presence makes a folder a desk.
pub const BRIEFS: &str = "briefs";
/// Where events are.
pub const EVENTS: &str = "briefs/events";
/// Where drafts are.
pub const DRAFTS: &str = "briefs/drafts";
/// Where finished notes go.
pub const NOTES: &str = "briefs/notes";
/// Where the desk's own templates are.
pub const TEMPLATES: &str = "templates";

/// What the program keeps for itself; safe to delete.
const STATE: &str = ".attache";
/// In it, old bytes of files that are written in place.
const CUT_SHORT: &str = "cut-short";
/// In it, texts that could not be saved where they belong.
const UNSAVED: &str = "unsaved";

/// An open desk: a folder that holds `briefs/`.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
    /// What was last read and written, if that is remembered.
    known: Option<std::sync::Arc<known::Known>>,
}

/// A draft in the list of drafts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftEntry {
    /// The file's stem.
    pub slug: String,
    /// The title in its front matter, else the slug.
    pub title: String,
    /// The file.
    pub path: PathBuf,
    /// When it was last changed, for sorting.
    pub changed: Option<std::time::SystemTime>,
}

/// A draft as read.
#[derive(Clone, Debug)]
pub struct DraftFile {
    /// The file's stem.
    pub slug: String,
    /// The file.
    pub path: PathBuf,
    /// What is in it.
    pub text: String,
    /// The hash of its bytes, to tell whether it changed behind our back.
    pub hash: Hash,
}

impl Folder {
    /// Opens the desk at `explicit`, else the nearest ancestor of `start` that holds `briefs/`.
    ///
    /// # Errors
    /// No such folder; says what was looked for and how to make one.
    pub fn find(start: &Path, explicit: Option<&Path>) -> Result<Self, Error> {
        if let Some(root) = explicit {
            if root.join(BRIEFS).is_dir() {
                return Ok(Self::at(root));
            }
            return Err(Error::refused(format!("{} is no desk: it holds no folder `briefs`", shown(root)))
                .hint(format!("`attache init {}` makes one there", shown(root))));
        }
        match start.ancestors().find(|dir| dir.join(BRIEFS).is_dir()) {
            Some(root) => Ok(Self::at(root)),
            None => Err(Error::refused(format!(
                "no desk here: neither {} nor any folder above it holds `briefs`",
                shown(start)
            ))
            .hint("`attache init` makes a desk here, `attache init DIR` elsewhere")
            .hint("`attache --desk DIR` opens one that exists")),
        }
    }

    /// A folder that is known to be a desk.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), known: None }
    }

    /// The desk's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// `.attache/`, made if need be; it keeps itself out of git.
    fn state_folder(&self) -> std::io::Result<PathBuf> {
        let folder = self.root.join(STATE);
        make_state_folder(&folder)?;
        Ok(folder)
    }

    /// The folders that may keep the old bytes of a file while it is written in place: the desk's own,
    /// else the user's.
    fn backups(&self) -> Vec<PathBuf> {
        let ours = self.state_folder().ok();
        ours.into_iter().chain(user_state()).map(|folder| folder.join(CUT_SHORT)).collect()
    }

    /// Removes temporary files that killed runs left on the desk; tells of texts that were kept and are
    /// still there.
    pub fn tidy_up(&self) -> Vec<String> {
        let state = self.root.join(STATE);
        let flat = ["", BRIEFS, DRAFTS, NOTES, TEMPLATES].map(|name| self.root.join(name));
        let events = walkdir::WalkDir::new(self.root.join(EVENTS)).max_depth(32).into_iter().filter_map(Result::ok);
        let events = events.filter(|entry| entry.file_type().is_dir()).map(walkdir::DirEntry::into_path);
        let own =
            [state.clone(), state.join("notes"), state.join(cache::CACHE)].into_iter().chain(self.journal_folders());
        write::clean(flat.into_iter().chain(own).chain(events));
        let mut told = Vec::new();
        for folder in [Some(state), user_state()].into_iter().flatten() {
            let cut_short = write::cut_short(&folder.join(CUT_SHORT)).into_iter();
            told.extend(cut_short.map(|path| {
                format!(
                    "A save was cut short: the text from before is in {}. Delete it when done",
                    self.relative(&path)
                )
            }));
            let unsaved = markdown_files(&folder.join(UNSAVED)).into_iter();
            told.extend(unsaved.map(|path| {
                format!("A text that could not be saved is in {}. Delete it when done", self.relative(&path))
            }));
        }
        told
    }

    /// Keeps a text that could not be saved where it belongs, in a file of its own: the desk's, else the
    /// user's. Never over another.
    ///
    /// # Errors
    /// Neither takes it.
    pub fn keep_text(&self, slug: &str, text: &str) -> Result<PathBuf, SaveError> {
        let time = jiff::ZonedDateTime::now().strftime("%Y%m%d-%H%M%S").to_string();
        let mut failed = SaveError::NotAFile;
        for folder in self.state_folder().ok().into_iter().chain(user_state()) {
            let folder = folder.join(UNSAVED);
            for n in 1..100 {
                let number = if n == 1 { String::new() } else { format!("-{n}") };
                let path = folder.join(format!("{slug}-{time}{number}.md"));
                match write::save(&path, text.as_bytes(), None, &Vec::new) {
                    Ok(_) => {
                        private(&path);
                        return Ok(path);
                    }
                    Err(SaveError::Changed) => {}
                    Err(e) => {
                        failed = e;
                        break;
                    }
                }
            }
        }
        Err(failed)
    }

    /// `path` relative to the desk, with `/`; absolute if it lies elsewhere.
    pub fn relative(&self, path: &Path) -> String {
        relative_to(&self.root, path)
    }

    /// Every template: the built-in ones, and the desk's own, which come first by name.
    pub fn templates(&self) -> (Vec<Template>, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut templates = Vec::new();
        for path in markdown_files(&self.root.join(TEMPLATES)) {
            let id = stem(&path);
            let relative = self.relative(&path);
            match self.text(&path) {
                Ok(text) => {
                    let (template, found) = crate::template::parse(&id, &relative, &text);
                    templates.push(template);
                    findings.extend(found);
                }
                Err(reason) => findings.push(read::unreadable(&relative, reason)),
            }
        }
        for (id, text) in embedded::TEMPLATES {
            if !templates.iter().any(|t: &Template| t.id == *id) {
                templates.push(crate::template::parse(id, &format!("{TEMPLATES}/{id}.md"), text).0);
            }
        }
        templates.sort_by(|a, b| a.id.cmp(&b.id));
        (templates, findings)
    }

    /// Every draft, by name.
    pub fn drafts(&self) -> Vec<DraftEntry> {
        let entry = |path: PathBuf| {
            let slug = stem(&path);
            let front = self.text_in_passing(&path).ok().map(|text| crate::draft::FrontMatter::read(&text));
            let title = front.and_then(|f| f.title).unwrap_or_else(|| slug.clone());
            let changed = path.metadata().and_then(|m| m.modified()).ok();
            DraftEntry { slug, title, path, changed }
        };
        markdown_files(&self.root.join(DRAFTS)).into_iter().map(entry).collect()
    }

    /// The text of every draft that can be read, by name.
    pub fn draft_texts(&self) -> Vec<(String, String)> {
        let files = markdown_files(&self.root.join(DRAFTS)).into_iter();
        files.filter_map(|path| Some((stem(&path), self.text_in_passing(&path).ok()?))).collect()
    }

    /// The file of the draft called `name`: a slug, or a path.
    pub fn draft_path(&self, name: &str) -> PathBuf {
        let given = Path::new(name);
        if let (Ok(inside), Some(home)) = (given.strip_prefix("~"), std::env::home_dir()) {
            return home.join(inside);
        }
        let plain = given.components().count() == 1 && given.extension().is_none_or(|e| e != "md");
        if plain { self.root.join(DRAFTS).join(format!("{name}.md")) } else { given.to_path_buf() }
    }

    /// Reads the draft called `name`: a slug, or a path.
    ///
    /// # Errors
    /// No such draft (with the nearest name), or a file that is no text.
    pub fn read_draft(&self, name: &str) -> Result<DraftFile, Error> {
        let path = self.draft_path(name);
        self.opened(&path);
        let text = self.text(&path).map_err(|reason| {
            let error = Error::refused(format!("{}: {reason}", self.relative(&path)));
            if path.exists() { error } else { self.hint_drafts(error, name) }
        })?;
        let hash = hash(text.as_bytes());
        Ok(DraftFile { slug: stem(&path), path, text, hash })
    }

    /// Adds to what is said of a draft that is not there: the nearest name, those that are there, and how to start one.
    pub fn hint_drafts(&self, mut error: Error, name: &str) -> Error {
        let drafts = self.drafts();
        if let Some(near) = crate::model::text::nearest(name, drafts.iter().map(|d| d.slug.as_str())) {
            error = error.hint(format!("did you mean `{near}`?"));
        }
        if !drafts.is_empty() {
            let names: Vec<_> = drafts.iter().map(|d| d.slug.as_str()).collect();
            error = error.hint(format!("drafts here: {}", names.join(", ")));
        }
        error.hint("`attache new TEMPLATE SLUG` starts one")
    }

    /// Writes a file of the desk whole or not at all.
    ///
    /// `expected` is the hash of what is believed to be on disk; `None` for a new file.
    ///
    /// # Errors
    /// [`SaveError::Changed`] when something else is there; nothing is written then.
    pub fn save(&self, path: &Path, text: &str, expected: Option<Hash>) -> Result<Hash, SaveError> {
        self.save_with_remark(path, text, expected).map(|written| written.hash)
    }

    /// The same; says besides what the file was and could not stay.
    ///
    /// # Errors
    /// As [`Folder::save`].
    pub fn save_with_remark(&self, path: &Path, text: &str, expected: Option<Hash>) -> Result<Written, SaveError> {
        self.writing(path, text);
        write::save(path, text.as_bytes(), expected, &|| self.backups())
    }

    /// Writes over whatever is there, keeping the old bytes beside it as `.bak`.
    ///
    /// # Errors
    /// The write failed; the old file is then still whole.
    pub fn overwrite(&self, path: &Path, text: &str) -> Result<Written, SaveError> {
        self.writing(path, text);
        write::overwrite(path, text.as_bytes(), &|| self.backups())
    }

    /// Deletes a draft for good, if its file is still what it is believed to be.
    ///
    /// # Errors
    /// [`SaveError::Changed`] when something else is there, or nothing; nothing is deleted then.
    pub fn delete_draft(&self, path: &Path, expected: Hash) -> Result<(), SaveError> {
        write::delete(path, expected)
    }

    /// Works out the places of findings that point into YAML files by route.
    pub fn locate(&self, findings: &mut [Finding]) {
        read::locate(&self.root, findings);
    }
}

/// Where the program keeps what is the user's and no desk's: `~/.local/state/attache`.
fn user_state() -> Option<PathBuf> {
    users("XDG_STATE_HOME", ".local/state")
}

/// Where it keeps what can be made again: `~/.cache/attache`.
fn user_cache() -> Option<PathBuf> {
    users("XDG_CACHE_HOME", ".cache")
}

/// Our folder in one of the user's: the one that a variable names, or the usual one.
fn users(variable: &str, usual: &str) -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let ours = if cfg!(windows) { set("LOCALAPPDATA") } else { set(variable) };
    let home = || std::env::home_dir().filter(|home| home.is_absolute()).map(|home| home.join(usual));
    ours.or_else(home).map(|folder| folder.join("attache"))
}

/// Keeps a file from everybody but its owner, where the system can.
fn private(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let _ = std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600));
    }
    #[cfg(not(unix))]
    let _ = path;
}

fn make_state_folder(folder: &Path) -> std::io::Result<()> {
    write::create_folders(folder)?;
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        // Another run may make it at the same time.
        if let Err(SaveError::Io(e)) = write::save(&ignore, b"*\n", None, &Vec::new) {
            return Err(e);
        }
    }
    Ok(())
}

fn relative_to(root: &Path, path: &Path) -> String {
    let Ok(inside) = path.strip_prefix(root) else { return shown(path) };
    let parts: Vec<_> = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    crate::model::text::clean(&parts.join("/")).into_owned()
}

/// A path as text that is safe to print.
pub fn shown(path: &Path) -> String {
    crate::model::text::clean(&path.to_string_lossy()).into_owned()
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The `.md` files in a folder, by name; none if there is no such folder.
fn markdown_files(folder: &Path) -> Vec<PathBuf> {
    files_in(folder, "md")
}

/// The files in a folder with this ending, by name; none if there is no such folder.
fn files_in(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == ending))
        .filter(|path| !stem(path).starts_with('.'))
        .collect();
    files.sort();
    files
}
