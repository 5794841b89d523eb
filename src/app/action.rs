//! The one table of actions. Keys, hints, help, the palette and `docs/keys.md` are made from it.

use std::fmt::Write as _;

pub use super::contexts::Contexts;

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
    Recover,
    Back,
    Forward,
    Preview,
    Raw,
    Zoom,
    Narrower,
    Wider,
    Write,
    Copy,
    Details,
    NewBrief,
    OpenBrief,
    Reload,
    Problems,
    Theme,
    Palette,
    Help,
    Mouse,
    Redraw,
    Suspend,
    Quit,
    Interrupt,
    Leave,
    NewLine,
    CharLeft,
    CharRight,
    WordLeft,
    WordRight,
    LineStart,
    LineEnd,
    TextStart,
    TextEnd,
    DeleteBack,
    DeleteForward,
    KillWordBack,
    KillWordForward,
    KillToEnd,
    KillToStart,
    Yank,
    TypeUndo,
    TypeRedo,
    PlaceAgain,
    SaveAs,
    TakeOver,
    DeleteDraft,
    Messages,
    Coverage,
    Timeline,
    InFull,
    TagFacts,
    FactStatus,
    FactPriority,
    Correct,
    CorrectWords,
    CorrectOutside,
    NewFact,
    TakeBackEvent,
    Complete,
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
    /// The keys by default; `1-9` is nine keys, none is the palette alone.
    pub keys: &'static [&'static str],
    /// Where it acts.
    pub contexts: Contexts,
    /// Whether it changes the brief, which tiny windows refuse.
    pub edits: bool,
    /// Other words by which people look for it.
    pub synonyms: &'static [&'static str],
    /// What it asks for, if anything; the palette takes the words behind its name for that.
    pub asks: &'static str,
}

/// The start of a row: no hint, every pane, changes nothing.
const fn row(action: Action, name: &'static str, keys: &'static [&'static str], help: &'static str) -> ActionInfo {
    ActionInfo { action, name, help, hint: "", keys, contexts: Contexts::PANES, edits: false, synonyms: &[], asks: "" }
}

/// The start of a row about text being typed.
const fn text(action: Action, name: &'static str, keys: &'static [&'static str], help: &'static str) -> ActionInfo {
    row(action, name, keys, help).within(Contexts::TEXT)
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
    const fn asks(self, asks: &'static str) -> Self {
        Self { asks, ..self }
    }

    /// The keys as the table shows them.
    pub fn key_words(&self) -> String {
        self.keys.join(", ")
    }
}

const FACTS_BRIEF: Contexts = Contexts::FACTS.and(Contexts::BRIEF);
/// In the panes, and in the views that cover them.
const VIEWED: Contexts = Contexts::PANES.and(Contexts::VIEW);
const EVERYWHERE: Contexts = VIEWED.and(Contexts::TYPE).and(Contexts::LINE).and(Contexts::LIST);

/// Every action, in the order of the documentation.
pub const ACTIONS: &[ActionInfo] = &[
    row(Action::Previous, "previous item", &["up", "k"], "Go to the item above; in text, to the line above")
        .within(EVERYWHERE),
    row(Action::Next, "next item", &["down", "j"], "Go to the item below; in text, to the line below")
        .within(EVERYWHERE),
    row(
        Action::PaneLeft,
        "pane left",
        &["left", "h"],
        "Go to the pane on the left; in a view, to the grouping, grain or fact before",
    )
    .within(VIEWED),
    row(
        Action::PaneRight,
        "pane right",
        &["right", "l"],
        "Go to the pane on the right; in a view, to the grouping, grain or fact behind",
    )
    .within(VIEWED),
    row(Action::PaneNext, "next pane", &["Tab"], "Go to the next pane; in a view as the pane on the right")
        .hint("brief")
        .within(VIEWED),
    row(
        Action::PanePrevious,
        "previous pane",
        &["Shift-Tab"],
        "Go to the previous pane; in a view as the pane on the left",
    )
    .within(VIEWED),
    row(Action::PageUp, "page up", &["PgUp"], "Go up by a page").within(EVERYWHERE),
    row(Action::PageDown, "page down", &["PgDn"], "Go down by a page").within(EVERYWHERE),
    row(Action::First, "first item", &["Home", "g"], "Go to the first item").within(VIEWED).synonyms(&["top"]),
    row(Action::Last, "last item", &["End", "G"], "Go to the last item").within(VIEWED).synonyms(&["bottom"]),
    row(
        Action::Enter,
        "next step",
        &["Enter"],
        "Facts: place in the current section; Brief: edit the block; Preview: go to the section; views: go to the fact",
    )
    .hint("place")
    .within(VIEWED.and(Contexts::LINE).and(Contexts::LIST))
    .synonyms(&["place", "insert", "go"])
    .edits(),
    row(
        Action::ToSection,
        "send to section",
        &["1-9"],
        "Send what is marked, or the item here, to that section; on a heading, go there",
    )
    .hint("to section")
    .within(FACTS_BRIEF.and(Contexts::VIEW))
    .synonyms(&["place", "move"])
    .asks("number")
    .edits(),
    row(Action::TakeOut, "take out", &["0", "x", "Delete"], "Take what is marked, or the item here, out of the brief")
        .hint("take out")
        .within(FACTS_BRIEF)
        .synonyms(&["delete", "remove", "cut"])
        .edits(),
    row(Action::Mark, "mark", &["Space"], "Mark and move down; marked facts stay on top under any filter")
        .hint("mark")
        .within(FACTS_BRIEF.and(Contexts::VIEW))
        .synonyms(&["select"]),
    row(Action::MarkAll, "mark all", &["a"], "Mark all shown, or none")
        .within(FACTS_BRIEF)
        .synonyms(&["select all", "unmark"]),
    row(Action::Filter, "filter", &["/"], "Facts: filter as you type, Enter keeps it; elsewhere: search")
        .hint("filter")
        .synonyms(&["search", "find", "query"])
        .asks("words"),
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
    row(Action::Undo, "undo", &["u"], "Take the last step back").within(VIEWED).edits(),
    row(Action::Redo, "redo", &["U"], "Do the step again").within(VIEWED).edits(),
    row(Action::Recover, "recover", &["R"], "Bring back words of an earlier session that were not saved, as one step")
        .synonyms(&["restore", "crash", "lost", "journal", "unsaved", "bring back"])
        .edits(),
    row(Action::Back, "back", &["'"], "Go back to where I was; again: further back").synonyms(&["jump", "history"]),
    row(Action::Forward, "forward", &["\""], "Go forward to where I went back from").synonyms(&["jump", "history"]),
    row(Action::Preview, "preview", &["p"], "Preview on or off").synonyms(&["note", "rendered"]),
    row(Action::Raw, "raw preview", &["P"], "Preview rendered or as raw Markdown").synonyms(&["markdown", "source"]),
    row(Action::Zoom, "zoom", &["z"], "This pane alone, or all").synonyms(&["full", "maximise"]),
    row(Action::Narrower, "narrower", &["<"], "Make this pane narrower; in the timeline, finer dates")
        .within(VIEWED)
        .synonyms(&["resize"]),
    row(Action::Wider, "wider", &[">"], "Make this pane wider; in the timeline, coarser dates")
        .within(VIEWED)
        .synonyms(&["resize"]),
    row(Action::Write, "write the note", &["w"], "Write the finished note to briefs/notes")
        .hint("write note")
        .synonyms(&["save", "export", "publish", "render"])
        .edits(),
    row(Action::Copy, "copy", &["y"], "Copy what is marked, the item here, or the whole note (Preview)")
        .hint("copy")
        .synonyms(&["yank", "clipboard"]),
    row(Action::Details, "details of the brief", &["D"], "Change the brief's title, date and fields")
        .synonyms(&["title", "date", "fields", "front matter", "metadata"])
        .edits(),
    row(Action::NewBrief, "new brief", &["n"], "Start a brief from a template").synonyms(&["create", "template"]),
    row(Action::OpenBrief, "open brief", &["b"], "Open another brief").synonyms(&["switch", "draft"]),
    row(Action::Reload, "reload", &["r"], "Read the desk again").synonyms(&["refresh"]),
    row(Action::Problems, "problems and messages", &["!"], "Show load problems, findings and the message log")
        .synonyms(&["log", "errors", "findings"]),
    row(Action::Coverage, "coverage", &["c"], "Show which facts in scope are not used, by tag, source and priority")
        .within(VIEWED)
        .synonyms(&["unused", "left out", "missing", "gaps"]),
    row(Action::Timeline, "timeline", &["T"], "Show the facts by date, as a chart").within(VIEWED).synonyms(&[
        "chronology",
        "calendar",
        "dates",
        "chart",
    ]),
    row(Action::InFull, "fact in full", &["v"], "Show all of the fact here: sources, relations, where it is used")
        .within(FACTS_BRIEF.and(Contexts::VIEW))
        .synonyms(&["view", "details", "where used", "inspect"]),
    row(
        Action::TagFacts,
        "tag",
        &["+"],
        "Add tags to what is marked, or the fact here, in its event file; -tag takes one out",
    )
    .within(Contexts::FACTS)
    .asks("tags"),
    row(
        Action::FactStatus,
        "status",
        &["="],
        "Call what is marked, or the fact here, confirmed, reported, disputed or retracted in its event file",
    )
    .within(Contexts::FACTS)
    .asks("status"),
    row(
        Action::FactPriority,
        "priority",
        &["*"],
        "Give what is marked, or the fact here, the priority must, should, could or none in its event file",
    )
    .within(Contexts::FACTS)
    .asks("priority"),
    row(
        Action::Correct,
        "correct the fact",
        &["C"],
        "Correct the text of the fact here, or its words if it has none, in its event file",
    )
    .within(Contexts::FACTS)
    .synonyms(&["mend", "text", "typo"]),
    row(Action::CorrectWords, "correct the words", &[], "Correct the words of the quotation here in its event file")
        .within(Contexts::FACTS)
        .synonyms(&["quote", "quotation"]),
    row(
        Action::CorrectOutside,
        "correct in the editor",
        &[],
        "Correct the text of the fact here in $VISUAL or $EDITOR",
    )
    .within(Contexts::FACTS)
    .synonyms(&["vim", "emacs", "nano"]),
    row(Action::NewFact, "new fact", &["N"], "Write a new fact into an event file, asked step by step")
        .within(Contexts::FACTS)
        .synonyms(&["add", "create"]),
    row(
        Action::TakeBackEvent,
        "take back the event edit",
        &[],
        "Write back what the event files held before the last edit from here",
    )
    .synonyms(&["undo", "revert"]),
    row(Action::Theme, "theme", &[], "Colours for this session: the terminal's own, dark, light")
        .synonyms(&["colour", "color", "dark", "light", "looks"]),
    row(Action::Palette, "palette", &[":"], "Find any command by its name").within(VIEWED).synonyms(&["command"]),
    row(Action::Help, "help", &["?", "Ctrl-X"], "Show the keys, those of the present place first; also while typing")
        .hint("help")
        .within(EVERYWHERE)
        .synonyms(&["keys", "bindings", "shortcuts"]),
    row(Action::Mouse, "mouse", &["%"], "Mouse on or off: click, wheel, drag a block or the separator")
        .synonyms(&["click", "wheel", "pointer"]),
    row(Action::Redraw, "redraw", &["Ctrl-L"], "Draw the screen again").within(EVERYWHERE),
    row(Action::Suspend, "suspend", &["Ctrl-Z"], "Suspend to the shell; fg returns").within(EVERYWHERE),
    row(Action::Quit, "quit", &["q"], "Quit; the draft is saved without a question; in a view, close it")
        .within(VIEWED)
        .synonyms(&["exit", "leave"]),
    row(
        Action::Interrupt,
        "leave or quit",
        &["Ctrl-C"],
        "Leave as `done` does; twice within 2 seconds in Browse: quit",
    )
    .within(EVERYWHERE),
    row(Action::Leave, "done", &["Esc"], "Leave and keep: Type, filter, list, marks, a warning")
        .hint("done")
        .within(EVERYWHERE),
    row(
        Action::PlaceAgain,
        "place again",
        &[],
        "Make a second use of what is marked, or the fact here, in the current section, also if it is placed",
    )
    .within(Contexts::FACTS)
    .synonyms(&["second use", "twice", "repeat"])
    .edits(),
    row(
        Action::SaveAs,
        "save under a new name",
        &["A"],
        "Go on with this brief under another name, or at a path from / or ~; the old file stays",
    )
    .synonyms(&["save as", "save elsewhere", "rename", "duplicate", "copy"])
    .asks("name")
    .edits(),
    row(Action::TakeOver, "take over", &[], "Take the draft from another run of the program that has it").synonyms(&[
        "lock",
        "read only",
        "unlock",
        "force",
        "steal",
    ]),
    row(
        Action::DeleteDraft,
        "delete the draft",
        &[],
        "Delete the open draft's file; its note stays, and its journal has it",
    )
    .synonyms(&["remove", "erase"])
    .edits(),
    row(Action::Messages, "messages", &[], "Show what was said so far, newest first").synonyms(&["log", "notices"]),
    row(
        Action::NewLine,
        "new line",
        &["Enter"],
        "Begin a new line, or the next item of a list; a blank line splits the block",
    )
    .within(Contexts::TYPE),
    text(Action::CharLeft, "character left", &["left"], "Go one character to the left; with Shift all motions select"),
    text(Action::CharRight, "character right", &["right"], "Go one character to the right"),
    text(Action::WordLeft, "word left", &["Ctrl-left"], "Go to the start of the word"),
    text(Action::WordRight, "word right", &["Ctrl-right"], "Go to the end of the word"),
    text(Action::LineStart, "line start", &["Home", "Ctrl-A"], "Go to the start of the line"),
    text(Action::LineEnd, "line end", &["End", "Ctrl-E"], "Go to the end of the line"),
    text(Action::TextStart, "text start", &["Ctrl-Home"], "Go to the start of the text"),
    text(Action::TextEnd, "text end", &["Ctrl-End"], "Go to the end of the text"),
    text(
        Action::DeleteBack,
        "delete back",
        &["Backspace", "Ctrl-H"],
        "Delete the character before, or what is selected",
    ),
    text(
        Action::DeleteForward,
        "delete forward",
        &["Delete", "Ctrl-D"],
        "Delete the character here, or what is selected",
    ),
    text(
        Action::KillWordBack,
        "kill word back",
        &["Ctrl-W", "Ctrl-Backspace"],
        "Cut the word before, or what is selected",
    )
    .synonyms(&["cut"]),
    text(Action::KillWordForward, "kill word", &["Ctrl-Delete"], "Cut to the end of the word").synonyms(&["cut"]),
    text(Action::KillToEnd, "kill to line end", &["Ctrl-K"], "Cut to the end of the line").synonyms(&["cut"]),
    text(Action::KillToStart, "kill to line start", &["Ctrl-U"], "Cut to the start of the line").synonyms(&["cut"]),
    text(Action::Yank, "yank", &["Ctrl-Y"], "Put in what was cut last").synonyms(&["paste"]),
    row(
        Action::Complete,
        "complete",
        &["Tab"],
        "Complete a tag, source, status or name of an event by its first letters",
    )
    .within(Contexts::LINE),
    row(Action::TypeUndo, "undo typing", &["Ctrl-_"], "Take back the last piece of typing").within(Contexts::TYPE),
    row(Action::TypeRedo, "redo typing", &["Ctrl-R"], "Type the piece taken back again").within(Contexts::TYPE),
];

impl Action {
    /// The action's row.
    pub fn info(self) -> Option<&'static ActionInfo> {
        ACTIONS.iter().find(|info| info.action == self)
    }

    /// Whether it changes event files.
    pub fn edits_events(self) -> bool {
        matches!(
            self,
            Self::TagFacts
                | Self::FactStatus
                | Self::FactPriority
                | Self::Correct
                | Self::CorrectWords
                | Self::CorrectOutside
                | Self::NewFact
                | Self::TakeBackEvent
        )
    }

    /// The action's name.
    pub fn name(self) -> &'static str {
        self.info().map_or("", |info| info.name)
    }
}

/// The text of `docs/keys.md`.
pub fn keys_markdown() -> String {
    let mut out = String::from(
        "# Keys\n\nGenerated by `attache keys` from the table in `src/app/action.rs`.\n\n\
         | key | action | what it does | where |\n| --- | --- | --- | --- |\n",
    );
    for info in ACTIONS {
        let mut keys: Vec<_> = info.keys.iter().map(|k| format!("`{}`", k.replace('|', "\\|"))).collect();
        if keys.is_empty() {
            keys.push(format!("`:{}`", info.name));
        }
        let where_ = if info.contexts == EVERYWHERE { "everywhere".to_owned() } else { info.contexts.words() };
        // Writing to a String cannot fail.
        let _ = writeln!(out, "| {} | {} | {} | {where_} |", keys.join(" "), info.name, info.help);
    }
    out.push_str(
        "\nWhere text is typed a key that stands for a character types it, whatever it means in the panes. `@` there \
         offers facts to cite: what you type next finds them, `Enter` takes one, `Esc` leaves what you typed.\n\n\
         Each action can have other keys on a desk: [settings](settings.md).\n",
    );
    out
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::app::keymap::{expand, reach};

    #[test]
    fn every_key_reads_and_means_one_thing_in_each_context() {
        let mut seen = HashMap::new();
        for info in ACTIONS {
            for text in info.keys {
                let keys = expand(text);
                assert!(!keys.is_empty(), "`{text}` does not read");
                for key in keys {
                    for context in reach(info, key).each() {
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
