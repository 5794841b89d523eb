//! The first run: there is no desk yet. A small state machine of its own, for nothing that the other one
//! knows is there. It hears keys and answers, and says what it wishes to be done.

use super::action::{Action, Contexts};
use super::keymap::{Code, Key, Keymap};
use super::regions::Size;
use super::text_field::{Edited, Killed, TextField};

/// The choices, in their order: the name, and one line more.
pub const CHOICES: [(&str, &str); 3] = [
    ("Open a folder", "one that is a desk already"),
    ("Make a desk here", "empty; you see first what will be written"),
    ("Try the sample", "facts, drafts and a tutorial, in a new folder"),
];

/// What is known from the start.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Where a desk was looked for, and that none was found.
    pub looked: String,
    /// The folder in which a desk would be made.
    pub here: String,
    /// The files that it would get.
    pub files: Vec<String>,
    /// A free name for the sample's folder.
    pub sample: String,
}

/// What is asked.
#[derive(Clone, Debug)]
pub enum Asking {
    /// Which way to take.
    Way,
    /// The folder to open.
    Folder(TextField),
    /// Whether to make a desk here.
    Make,
    /// The sample's folder.
    Sample(TextField),
}

/// A folder that goes on from what is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its name.
    pub name: String,
    /// Whether it is a desk.
    pub is_desk: bool,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Open the desk in this folder.
    Open(String),
    /// Make an empty desk here and open it.
    Make,
    /// Make the sample desk in this folder and open it.
    Sample(String),
    /// Name the folders in this one, for [`FirstRun::complete`].
    Folders(String),
    /// Draw everything again.
    Redraw,
    /// Suspend to the shell.
    Suspend,
    /// Leave without a desk.
    Leave,
}

/// Everything that is shown.
#[derive(Clone, Debug)]
pub struct FirstRun {
    /// The terminal's size.
    pub size: Size,
    /// What was known from the start.
    pub known: Known,
    /// What is asked.
    pub asking: Asking,
    /// The way under the cursor.
    pub cursor: usize,
    /// Why the last answer would not do.
    pub problem: Option<String>,
    /// How the path that is typed may go on.
    pub offers: Vec<Offer>,
    keymap: Keymap,
    killed: Killed,
}

impl FirstRun {
    /// The three choices, the first under the cursor.
    pub fn new(size: Size, known: Known) -> Self {
        Self {
            size,
            known,
            asking: Asking::Way,
            cursor: 0,
            problem: None,
            offers: Vec::new(),
            keymap: Keymap::default(),
            killed: Killed::default(),
        }
    }

    /// The text field, if one is shown.
    pub fn field(&self) -> Option<&TextField> {
        match &self.asking {
            Asking::Folder(field) | Asking::Sample(field) => Some(field),
            Asking::Way | Asking::Make => None,
        }
    }

    /// A key was pressed.
    pub fn key(&mut self, key: Key) -> Option<Wish> {
        let context = if self.field().is_some() { Contexts::LINE } else { Contexts::FACTS };
        let bound = self.keymap.text_action(context, key);
        match bound.map(|(action, _)| action) {
            Some(Action::Redraw) => return Some(Wish::Redraw),
            Some(Action::Suspend) => return Some(Wish::Suspend),
            Some(Action::Quit) => return Some(Wish::Leave),
            Some(Action::Leave | Action::Interrupt) => return self.back(),
            Some(Action::Enter) => return self.enter(),
            _ => {}
        }
        match &mut self.asking {
            Asking::Way => match bound.map(|(action, _)| action) {
                Some(Action::Previous) => self.cursor = self.cursor.saturating_sub(1),
                Some(Action::Next) => self.cursor = (self.cursor + 1).min(CHOICES.len() - 1),
                Some(Action::First) => self.cursor = 0,
                Some(Action::Last) => self.cursor = CHOICES.len() - 1,
                _ => {
                    let way = key.digit().and_then(|n| n.checked_sub(1)).filter(|way| *way < CHOICES.len())?;
                    self.cursor = way;
                    return self.enter();
                }
            },
            Asking::Make => {}
            Asking::Folder(field) if key.code == Code::Tab => return Some(Wish::Folders(parts(field.text()).0.into())),
            Asking::Folder(field) | Asking::Sample(field) => {
                let edited = match (bound, key.text()) {
                    (Some((action, select)), _) => field.run(action, select, usize::MAX, &mut self.killed),
                    (None, Some(c)) => {
                        field.type_in(c);
                        Edited::Text
                    }
                    (None, None) => Edited::Unknown,
                };
                self.edited(edited);
            }
        }
        None
    }

    /// Text was pasted: one line of it goes where text is asked for.
    pub fn paste(&mut self, pasted: &str) {
        if let Asking::Folder(field) | Asking::Sample(field) = &mut self.asking {
            field.paste(pasted.lines().next().unwrap_or_default());
            self.edited(Edited::Text);
        }
    }

    /// What was wished could not be done, for this reason; it is asked again.
    pub fn refuse(&mut self, reason: String) {
        self.problem = Some(reason);
    }

    /// These folders are in the one that was asked about: the path goes on as far as there is one way.
    pub fn complete(&mut self, folders: Vec<Offer>) {
        let Asking::Folder(field) = &mut self.asking else { return };
        let (parent, begun) = parts(field.text());
        // Hidden folders are meant only by who types their dot.
        let meant =
            |offer: &Offer| offer.name.starts_with(begun) && (begun.starts_with('.') || !offer.name.starts_with('.'));
        let mut offers: Vec<Offer> = folders.into_iter().filter(meant).collect();
        match offers.as_slice() {
            [] => self.problem = Some(format!("no folder here begins with `{begun}`")),
            [one] => {
                field.set_text(format!("{parent}{}/", one.name));
                self.problem = None;
                offers.clear();
            }
            [first, rest @ ..] => {
                let shared = rest.iter().fold(first.name.as_str(), |shared, offer| common(shared, &offer.name));
                field.set_text(format!("{parent}{shared}"));
                self.problem = None;
            }
        }
        self.offers = offers;
    }

    fn edited(&mut self, edited: Edited) {
        if edited == Edited::Text {
            self.problem = None;
            self.offers.clear();
        }
    }

    /// Esc: back to the choices, and from there out.
    fn back(&mut self) -> Option<Wish> {
        if matches!(self.asking, Asking::Way) {
            return Some(Wish::Leave);
        }
        self.ask(Asking::Way);
        None
    }

    fn enter(&mut self) -> Option<Wish> {
        match &self.asking {
            Asking::Way => {
                self.ask(match self.cursor {
                    0 => Asking::Folder(TextField::default()),
                    1 => Asking::Make,
                    _ => Asking::Sample(TextField::new(self.known.sample.clone())),
                });
                None
            }
            Asking::Make => Some(Wish::Make),
            Asking::Folder(field) | Asking::Sample(field) => {
                let path = field.text().trim().to_owned();
                if path.is_empty() {
                    self.problem = Some("a folder is wanted here".to_owned());
                    return None;
                }
                Some(if matches!(self.asking, Asking::Folder(_)) { Wish::Open(path) } else { Wish::Sample(path) })
            }
        }
    }

    fn ask(&mut self, asking: Asking) {
        self.asking = asking;
        self.problem = None;
        self.offers.clear();
    }
}

/// A path as typed: the folders with the last `/`, and what is begun behind it.
fn parts(path: &str) -> (&str, &str) {
    path.rfind('/').map_or(("", path), |at| path.split_at(at + 1))
}

/// What two names begin with.
fn common<'a>(a: &'a str, b: &str) -> &'a str {
    let end = a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map(|((at, _), _)| at);
    // Without a difference, the shorter is the beginning of the longer.
    a.get(..end.unwrap_or(a.len().min(b.len()))).unwrap_or(a)
}

/// Files as lines to read, a folder each: `briefs/drafts/ .gitkeep`.
pub fn by_folder(files: &[String]) -> Vec<String> {
    let mut lines: Vec<(&str, Vec<&str>)> = Vec::new();
    for (folder, name) in files.iter().map(|path| parts(path)) {
        match lines.iter_mut().find(|(known, _)| *known == folder) {
            Some((_, names)) => names.push(name),
            None => lines.push((folder, vec![name])),
        }
    }
    lines.into_iter().map(|(folder, names)| format!("{folder} {}", names.join(", "))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_run() -> FirstRun {
        let known = Known {
            looked: "no desk".into(),
            here: "/here".into(),
            files: vec!["briefs/drafts/.gitkeep".into(), "templates/a.md".into(), "templates/b.md".into()],
            sample: "attache-sample".into(),
        };
        FirstRun::new(Size { width: 80, height: 24 }, known)
    }

    /// Presses keys; the last wish.
    fn press(run: &mut FirstRun, keys: &str) -> Option<Wish> {
        keys.split(' ').map(|key| run.key(key.parse().unwrap())).last().flatten()
    }

    fn offer(name: &str) -> Offer {
        Offer { name: name.to_owned(), is_desk: false }
    }

    #[test]
    fn each_way_asks_before_it_does_anything() {
        let mut run = first_run();
        assert_eq!(press(&mut run, "1"), None);
        assert_eq!(press(&mut run, "Enter"), None, "an empty path is asked for again");
        assert!(run.problem.is_some());
        assert_eq!(press(&mut run, "d q Enter"), Some(Wish::Open("dq".into())));
        run.refuse("no".into());
        assert_eq!(press(&mut run, "x"), None);
        assert_eq!((run.problem.as_deref(), run.field().unwrap().text()), (None, "dqx"));
        assert_eq!(press(&mut run, "Esc"), None);
        assert_eq!(press(&mut run, "down Enter"), None);
        assert_eq!(press(&mut run, "x Enter"), Some(Wish::Make));
        assert_eq!(press(&mut run, "Esc j j j Enter"), None);
        assert_eq!(press(&mut run, "Enter"), Some(Wish::Sample("attache-sample".into())));
        assert_eq!(press(&mut run, "Esc"), None);
        for keys in ["Esc", "q", "Ctrl-C"] {
            assert_eq!(press(&mut run, keys), Some(Wish::Leave), "{keys}");
        }
    }

    #[test]
    fn a_path_goes_on_as_far_as_there_is_one_way() {
        let mut run = first_run();
        press(&mut run, "1");
        run.paste("/home/d\nx");
        assert_eq!(press(&mut run, "Tab"), Some(Wish::Folders("/home/".into())), "{:?}", run.field());
        run.complete(vec![offer("desk-one"), offer("desk-two"), offer("other"), offer(".dot")]);
        assert_eq!(run.field().unwrap().text(), "/home/desk-");
        assert_eq!(run.offers, [offer("desk-one"), offer("desk-two")]);
        press(&mut run, "t");
        assert_eq!(run.offers, []);
        run.complete(vec![offer("desk-one"), offer("desk-two")]);
        assert_eq!((run.field().unwrap().text(), run.offers.len()), ("/home/desk-two/", 0));
        run.complete(vec![offer(".git"), offer("é"), offer("éa")]);
        assert_eq!(run.field().unwrap().text(), "/home/desk-two/é");
        run.complete(vec![offer("a")]);
        assert!(run.problem.as_ref().is_some_and(|p| p.contains("`é`")), "{:?}", run.problem);
    }

    #[test]
    fn files_are_told_by_their_folders() {
        assert_eq!(by_folder(&first_run().known.files), ["briefs/drafts/ .gitkeep", "templates/ a.md, b.md"]);
    }
}
