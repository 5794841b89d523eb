//! The one table of actions. Keys, hints, help, the palette and `docs/keys.md` are made from it.

use std::fmt::Write as _;

/// The places in which a key can have a meaning, as a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Contexts(u8);

impl Contexts {
    /// The Facts pane in Browse.
    pub const FACTS: Self = Self(1);
    /// The Brief pane in Browse.
    pub const BRIEF: Self = Self(2);
    /// The Preview pane in Browse.
    pub const PREVIEW: Self = Self(4);
    /// Every pane in Browse.
    pub const PANES: Self = Self(7);
    /// While text is typed into a block.
    pub const TYPE: Self = Self(8);
    /// While a filter, a value or a name is typed into the last line.
    pub const LINE: Self = Self(16);
    /// In lists: help, palette, pickers, messages.
    pub const LIST: Self = Self(32);

    /// Both sets together.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` is in this set.
    pub fn holds(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The single contexts of the set.
    pub fn each(self) -> impl Iterator<Item = Self> {
        (0..6).map(|bit| Self(1 << bit)).filter(move |one| self.holds(*one))
    }

    /// The words of the key table's last column.
    pub fn words(self) -> String {
        if self.holds(Self::PANES) {
            return "all".to_owned();
        }
        let names = [
            (Self::FACTS, "Facts"),
            (Self::BRIEF, "Brief"),
            (Self::PREVIEW, "Preview"),
            (Self::TYPE, "Type"),
            (Self::LINE, "filter"),
            (Self::LIST, "lists"),
        ];
        let found: Vec<_> = names.iter().filter(|(c, _)| self.holds(*c)).map(|(_, n)| *n).collect();
        found.join(", ")
    }
}

/// What a key or a palette entry does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the table below words each of them")]
pub enum Action {
    Previous,
    Next,
    PaneLeft,
    PaneRight,
    PaneNext,
    PanePrevious,
    PageUp,
    PageDown,
    First,
    Last,
    Enter,
    ToSection,
    TakeOut,
    Mark,
    MarkAll,
    Filter,
    Sort,
    ShowPlaced,
    Fill,
    MoveDown,
    MoveUp,
    Merge,
    Split,
    Edit,
    EditOutside,
    WriteBelow,
    WriteAbove,
    NextFinding,
    PreviousFinding,
    Fix,
    Ignore,
    Undo,
    Redo,
    Back,
    Preview,
    Raw,
    Zoom,
    Narrower,
    Wider,
    Write,
    Copy,
    NewBrief,
    OpenBrief,
    Reload,
    Problems,
    Palette,
    Help,
    Mouse,
    Redraw,
    Suspend,
    Quit,
    Interrupt,
    Leave,
    TypeUndo,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct ActionInfo {
    /// The action.
    pub action: Action,
    /// Its name for people, which the palette matches first.
    pub name: &'static str,
    /// What it does, one line.
    pub help: &'static str,
    /// Two or three words for the hint line.
    pub hint: &'static str,
    /// The keys by default; `1-9` is nine keys.
    pub keys: &'static [&'static str],
    /// Where it acts.
    pub contexts: Contexts,
    /// Whether it changes the brief, which tiny windows refuse.
    pub edits: bool,
    /// Other words by which people look for it.
    pub synonyms: &'static [&'static str],
}

/// The start of a row: no hint, every pane, changes nothing.
const fn row(action: Action, name: &'static str, keys: &'static [&'static str], help: &'static str) -> ActionInfo {
    ActionInfo { action, name, help, hint: "", keys, contexts: Contexts::PANES, edits: false, synonyms: &[] }
}

impl ActionInfo {
    const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }
    const fn within(self, contexts: Contexts) -> Self {
        Self { contexts, ..self }
    }
    const fn edits(self) -> Self {
        Self { edits: true, ..self }
    }
    const fn synonyms(self, synonyms: &'static [&'static str]) -> Self {
        Self { synonyms, ..self }
    }

    /// The keys as the table shows them.
    pub fn key_words(&self) -> String {
        self.keys.join(", ")
    }
}

const FACTS_BRIEF: Contexts = Contexts::FACTS.and(Contexts::BRIEF);
const EVERYWHERE: Contexts = Contexts::PANES.and(Contexts::TYPE).and(Contexts::LINE).and(Contexts::LIST);

/// Every action, in the order of the documentation.
pub const ACTIONS: &[ActionInfo] = &[
    row(Action::Previous, "previous item", &["up", "k"], "Go to the item above"),
    row(Action::Next, "next item", &["down", "j"], "Go to the item below"),
    row(Action::PaneLeft, "pane left", &["left", "h"], "Go to the pane on the left"),
    row(Action::PaneRight, "pane right", &["right", "l"], "Go to the pane on the right"),
    row(Action::PaneNext, "next pane", &["Tab"], "Go to the next pane").hint("brief"),
    row(Action::PanePrevious, "previous pane", &["Shift-Tab"], "Go to the previous pane"),
    row(Action::PageUp, "page up", &["PgUp"], "Go up by a page"),
    row(Action::PageDown, "page down", &["PgDn"], "Go down by a page"),
    row(Action::First, "first item", &["Home", "g"], "Go to the first item").synonyms(&["top"]),
    row(Action::Last, "last item", &["End", "G"], "Go to the last item").synonyms(&["bottom"]),
    row(
        Action::Enter,
        "next step",
        &["Enter"],
        "Facts: place in the current section; Brief: edit the block; Preview: go to the section",
    )
    .hint("place")
    .synonyms(&["place", "insert", "go"])
    .edits(),
    row(
        Action::ToSection,
        "send to section",
        &["1-9"],
        "Send what is marked, or the item here, to that section; on a heading, go there",
    )
    .hint("to section")
    .within(FACTS_BRIEF)
    .synonyms(&["place", "move"])
    .edits(),
    row(Action::TakeOut, "take out", &["0", "x", "Delete"], "Take what is marked, or the item here, out of the brief")
        .hint("take out")
        .within(FACTS_BRIEF)
        .synonyms(&["delete", "remove", "cut"])
        .edits(),
    row(Action::Mark, "mark", &["Space"], "Mark and move down; marked facts stay on top under any filter")
        .hint("mark")
        .within(FACTS_BRIEF)
        .synonyms(&["select"]),
    row(Action::MarkAll, "mark all", &["a"], "Mark all shown, or none")
        .within(FACTS_BRIEF)
        .synonyms(&["select all", "unmark"]),
    row(Action::Filter, "filter", &["/"], "Facts: filter as you type, Enter keeps, Esc clears; elsewhere: search")
        .hint("filter")
        .synonyms(&["search", "find", "query"]),
    row(Action::Sort, "cycle order", &["s"], "Order: newest first, oldest first, priority, source")
        .within(Contexts::FACTS)
        .synonyms(&["sort"]),
    row(Action::ShowPlaced, "placed facts", &["t"], "Placed facts: shown, dimmed, hidden")
        .within(Contexts::FACTS)
        .synonyms(&["hide", "dim", "used"]),
    row(Action::Fill, "fill the sections", &["F"], "Fill the sections by the template's rules, as one undo step")
        .hint("fill")
        .synonyms(&["auto", "populate"])
        .edits(),
    row(
        Action::MoveDown,
        "move block down",
        &["J", "Shift-down"],
        "Move the block down, into the next section at the end",
    )
    .hint("move")
    .within(Contexts::BRIEF)
    .edits(),
    row(Action::MoveUp, "move block up", &["K", "Shift-up"], "Move the block up, into the section above at the start")
        .within(Contexts::BRIEF)
        .edits(),
    row(Action::Merge, "merge", &["m"], "Merge with the block below")
        .within(Contexts::BRIEF)
        .synonyms(&["join"])
        .edits(),
    row(Action::Split, "split", &["S"], "Split the block where the caret last stood, else after its first sentence")
        .within(Contexts::BRIEF)
        .edits(),
    row(Action::Edit, "edit the wording", &["e"], "Edit the wording here; a fact not yet placed is placed first")
        .hint("edit")
        .within(FACTS_BRIEF)
        .synonyms(&["reword", "change"])
        .edits(),
    row(
        Action::EditOutside,
        "external editor",
        &["E"],
        "Open the block (Preview: the whole draft) in $VISUAL or $EDITOR",
    )
    .synonyms(&["vim", "emacs", "nano"])
    .edits(),
    row(Action::WriteBelow, "write below", &["o"], "Write prose below")
        .hint("write")
        .within(Contexts::BRIEF)
        .synonyms(&["new paragraph", "insert prose"])
        .edits(),
    row(Action::WriteAbove, "write above", &["O"], "Write prose above").within(Contexts::BRIEF).edits(),
    row(Action::NextFinding, "next finding", &["]"], "Go to the next finding")
        .hint("finding")
        .synonyms(&["problem", "warning", "error"]),
    row(Action::PreviousFinding, "previous finding", &["["], "Go to the previous finding"),
    row(Action::Fix, "fix the finding", &["f"], "Mend the finding here, by a menu if there are several ways")
        .hint("fix")
        .within(Contexts::BRIEF)
        .synonyms(&["mend", "correct", "repair"])
        .edits(),
    row(Action::Ignore, "ignore the finding", &["i"], "Ignore the finding here, with a reason that stays in the draft")
        .hint("ignore")
        .within(Contexts::BRIEF)
        .synonyms(&["allow", "silence"])
        .edits(),
    row(Action::Undo, "undo", &["u"], "Take the last step back").edits(),
    row(Action::Redo, "redo", &["U"], "Do the step again").edits(),
    row(Action::Back, "back", &["'"], "Go back to where I was").synonyms(&["jump"]),
    row(Action::Preview, "preview", &["p"], "Preview on or off").synonyms(&["note", "rendered"]),
    row(Action::Raw, "raw preview", &["P"], "Preview rendered or as raw Markdown").synonyms(&["markdown", "source"]),
    row(Action::Zoom, "zoom", &["z"], "This pane alone, or all").synonyms(&["full", "maximise"]),
    row(Action::Narrower, "narrower", &["<"], "Make this pane narrower").synonyms(&["resize"]),
    row(Action::Wider, "wider", &[">"], "Make this pane wider").synonyms(&["resize"]),
    row(Action::Write, "write the note", &["w"], "Write the finished note to briefs/notes")
        .hint("write note")
        .synonyms(&["save", "export", "publish", "render"])
        .edits(),
    row(Action::Copy, "copy", &["y"], "Copy what is marked, the item here, or the whole note (Preview)")
        .hint("copy")
        .synonyms(&["yank", "clipboard"]),
    row(Action::NewBrief, "new brief", &["n"], "Start a brief from a template").synonyms(&["create", "template"]),
    row(Action::OpenBrief, "open brief", &["b"], "Open another brief").synonyms(&["switch", "draft"]),
    row(Action::Reload, "reload", &["r"], "Read the desk again").synonyms(&["refresh"]),
    row(Action::Problems, "problems and messages", &["!"], "Show load problems, findings and the message log")
        .synonyms(&["log", "errors", "findings"]),
    row(Action::Palette, "palette", &[":"], "Find any command by its name").synonyms(&["command"]),
    row(Action::Help, "help", &["?"], "Show the keys, those of this pane first").hint("help").synonyms(&["keys"]),
    row(Action::Mouse, "mouse", &["%"], "Mouse on or off: click, wheel, drag a block or the separator")
        .synonyms(&["click", "wheel", "pointer"]),
    row(Action::Redraw, "redraw", &["Ctrl-L"], "Draw the screen again").within(EVERYWHERE),
    row(Action::Suspend, "suspend", &["Ctrl-Z"], "Suspend to the shell; fg returns").within(EVERYWHERE),
    row(Action::Quit, "quit", &["q"], "Quit; the draft is saved without a question").synonyms(&["exit", "leave"]),
    row(Action::Interrupt, "leave or quit", &["Ctrl-C"], "As Esc; twice within 2 seconds in Browse: quit")
        .within(EVERYWHERE),
    row(Action::Leave, "done", &["Esc"], "Leave and keep: Type, filter, list, marks, a warning")
        .hint("done")
        .within(EVERYWHERE),
    row(Action::TypeUndo, "undo typing", &["Ctrl-_"], "Take back the last piece of typing")
        .within(Contexts::TYPE)
        .edits(),
];

impl Action {
    /// The action's row.
    pub fn info(self) -> Option<&'static ActionInfo> {
        ACTIONS.iter().find(|info| info.action == self)
    }
}

/// The text of `docs/keys.md`.
pub fn keys_markdown() -> String {
    let mut out = String::from(
        "# Keys\n\nGenerated by `attache keys` from the table in `src/app/action.rs`.\n\n\
         | key | action | what it does | where |\n| --- | --- | --- | --- |\n",
    );
    for info in ACTIONS {
        let keys: Vec<_> = info.keys.iter().map(|k| format!("`{}`", k.replace('|', "\\|"))).collect();
        let where_ = if info.contexts == EVERYWHERE { "everywhere".to_owned() } else { info.contexts.words() };
        // Writing to a String cannot fail.
        let _ = writeln!(out, "| {} | {} | {} | {where_} |", keys.join(" "), info.name, info.help);
    }
    out.push_str(
        "\nWhile you type into a block (state TYPE): text goes in; arrows, `Home`, `End`, `Ctrl-A`, \
         `Ctrl-E` (line start and end), `Ctrl-W` (word back), `Ctrl-K`, `Ctrl-U` (to the line's end, \
         start), `Ctrl-left`, `Ctrl-right` (by word), `Enter` (new line; a blank line splits the \
         block). `Esc` is done, and keeps.\n",
    );
    out
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::app::keymap::expand;

    #[test]
    fn every_key_reads_and_means_one_thing_in_each_context() {
        let mut seen = HashMap::new();
        for info in ACTIONS {
            assert!(!info.keys.is_empty(), "{} has no key", info.name);
            for text in info.keys {
                let keys = expand(text);
                assert!(!keys.is_empty(), "`{text}` does not read");
                for key in keys {
                    for context in info.contexts.each() {
                        if let Some(other) = seen.insert((context, key), info.name) {
                            panic!("{key} means `{}` and `{other}` in {}", info.name, context.words());
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn names_are_unique_and_help_is_one_line() {
        let mut names: Vec<_> = ACTIONS.iter().map(|i| i.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ACTIONS.len());
        assert!(ACTIONS.iter().all(|i| !i.help.contains('\n') && !i.help.ends_with('.')));
        let mut actions: Vec<_> = ACTIONS.iter().map(|i| format!("{:?}", i.action)).collect();
        actions.sort_unstable();
        actions.dedup();
        assert_eq!(actions.len(), ACTIONS.len());
    }

    #[test]
    fn the_generated_document_names_every_action() {
        let text = keys_markdown();
        for info in ACTIONS {
            assert!(text.contains(info.name) && text.contains(info.help), "{}", info.name);
        }
    }
}
