//! The program in a real pseudo-terminal: bytes in, bytes out, files on the disk.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::harness::TemporaryDesk;
use crate::terminal::{DRAFT, DRAFT_FILE, Terminal, loaded};

/// Every file below the desk's `briefs`, with its bytes.
pub(crate) fn files(desk: &TemporaryDesk) -> BTreeMap<PathBuf, Vec<u8>> {
    let found = walkdir::WalkDir::new(desk.file("briefs")).into_iter().map(Result::unwrap);
    let found = found.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    found.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

#[test]
fn fill_write_and_leave() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    assert!(terminal.screen().alternate_screen() && terminal.screen().bracketed_paste() && !terminal.is_cooked());
    terminal.press("F", "Placed 4 facts by the template's rules");
    terminal.press("w", "written briefs/notes/li-qiang-submission.md");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
    let note = desk.read("briefs/notes/li-qiang-submission.md");
    assert!(note.contains("\n[^1]: "), "{note}");
    assert_eq!(desk.run(&["render", DRAFT, "-o", "-"]).ok(), note);
}

#[test]
fn a_brief_from_nothing_to_its_note() {
    let desk = TemporaryDesk::sample();
    desk.run(&["new", "readout", "talks", "--date", "2024-08-20"]).ok();
    let mut terminal = Terminal::start(desk.path(), (80, 24), &["talks"], &[]);
    terminal
        .wait_for("the fresh brief", |s| s.contents().contains("Facts 48 ") && s.contents().contains("talks · saved"));
    terminal.press("/by:mao", "Facts 7/48  /by:mao").press("\r", "BROWSE");
    terminal.press("\r", "→ 1 Meeting").press("j", "Premier").press("2", "→ 2 Topics");
    terminal.press("l", "e edit").press("G", "5▸Sources").press("k", "4▸Next step").press("o", "TYPE");
    terminal.press("Both sides meet again.", "Both sides meet again.").press("\x1b", "BROWSE");
    terminal.press("o", "TYPE").press("A second thought.", "A second thought.").press("\x1b", "BROWSE");
    terminal.press("u", "Undone").press("w", "written briefs/notes/talks.md").send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
    let draft = desk.read("briefs/drafts/talks.md");
    let section =
        |id: &str| draft.split(&format!("{{#{id}}}\n")).nth(1).unwrap().split("\n## ").next().unwrap().to_owned();
    assert!(section("meeting").contains("[@") && section("topics").contains("[@"), "{draft}");
    assert_eq!(draft.matches("[@").count(), 2, "{draft}");
    assert_eq!(section("next-step").trim(), "Both sides meet again.", "{draft}");
    assert!(!draft.contains("A second thought."), "{draft}");
    let note = desk.read("briefs/notes/talks.md");
    assert!(note.contains("Both sides meet again.") && note.contains("[^2]: "), "{note}");
}

#[test]
fn opening_and_leaving_changes_no_byte() {
    let desk = TemporaryDesk::sample();
    let before = files(&desk);
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("\t", "No history here").press("4", "4▸Background").press("p", "Preview");
    terminal.press("!", "Problems and messages").press("\x1b", "BROWSE").send("q");
    assert_eq!(terminal.end(), 0);
    assert!(files(&desk) == before);
}

#[test]
fn undo_brings_back_the_first_bytes() {
    let desk = TemporaryDesk::sample();
    let first = desk.read(DRAFT_FILE);
    let mut terminal = Terminal::open(&desk, DRAFT);
    // The draft is saved between, so that undo has something to put right on the disk.
    terminal.press("F", "Placed 4 facts").press("w", "written briefs/notes");
    assert_ne!(desk.read(DRAFT_FILE), first);
    terminal.press("u", "Undone: fill").send("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(desk.read(DRAFT_FILE), first);
}

/// A signal while somebody types: the text is in the file, the terminal is given back.
#[track_caller]
fn typing_survives(signal: &str, status: u32) {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal
        .press("l", "No history here")
        .press("o", "TYPE")
        .press("These words were being typed", "These words were being typed");
    terminal.signal(signal);
    assert_eq!(terminal.end(), status);
    terminal.assert_given_back();
    assert!(desk.read(DRAFT_FILE).contains("These words were being typed"));
}

#[test]
fn typing_survives_sigterm() {
    typing_survives("TERM", 143);
}

#[test]
fn typing_survives_sighup() {
    typing_survives("HUP", 129);
}

#[test]
fn broken_files_are_listed_and_the_rest_works() {
    let desk = TemporaryDesk::sample();
    desk.write("briefs/events/broken-event.yaml", "title: [");
    desk.write("templates/broken-template.md", "---\nname: [\n---\n\n# {{ title\n");
    desk.write("briefs/drafts/broken-draft.md", "---\ntemplate: [\n---\n\n\0");
    let mut terminal = Terminal::start(desk.path(), (120, 34), &[DRAFT], &[]);
    terminal.wait_for("the warning", |s| s.contents().contains("1 file skipped, 2 problems in others. ! shows where"));
    terminal.press("!", "briefs/events/broken-event.yaml").press("\x1b[B", "templates/broken-template.md");
    terminal.press("\x1b", "BROWSE").press("b", "broken-draft").press("broken\r", "NUL");
    terminal.press("F", "Placed 4 facts").send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn own_keys_hold_from_the_first_frame_and_help_comes_while_typing() {
    let desk = TemporaryDesk::sample();
    desk.write("attache.yaml", "keys:\n  help: [H, Ctrl-X]\n  write below: W\n  quit: Q\n");
    let mut terminal = Terminal::start(desk.path(), (80, 24), &[DRAFT], &[]);
    // No frame shows the key of the table.
    terminal.wait_for("the desk to be loaded", loaded).wait_for("the hint", |s| s.contents().contains("H help"));
    assert!(!String::from_utf8_lossy(&terminal.raw).contains("? help"));
    terminal.press("l", "No history here").press("W", "TYPE").press("Some words", "Some words");
    terminal
        .press("\x18", "While you type into a block")
        .press("H", "/H")
        .press("\x1b", "TYPE")
        .press("!", "Some words!");
    terminal.press("\x1b", "BROWSE").press("u", "Undone").send("Q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_draft_is_deleted_for_good_and_another_opened() {
    let desk = TemporaryDesk::sample();
    let before = files(&desk);
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press(":delete draft\r", "Delete the draft li-qiang-submission?");
    terminal.press("\x1b", "Nothing was deleted").press(":delete draft\r", "Delete the draft");
    terminal.press("d", "briefs/drafts/li-qiang-submission.md is deleted").send("q");
    assert_eq!(terminal.end(), 0);
    let mut expected = before;
    expected.remove(&desk.file(DRAFT_FILE)).unwrap();
    assert!(files(&desk) == expected);
}

#[test]
fn any_size_and_back() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("l", "No history here").press("o", "TYPE").press("one ", "one");
    terminal.resize(1, 1).wait_for("a dot", |s| s.contents() == "·").send("two ");
    terminal.resize(0, 0).send("three ").resize(1, 1).wait_for("a dot", |s| s.contents() == "·");
    terminal
        .resize(20, 4)
        .wait_for("a short status", |s| s.contents().lines().last().is_some_and(|l| l.starts_with(" T ")));
    terminal.resize(200, 60).wait_for("three panes", |s| s.contents().contains("Preview"));
    terminal.send("four").resize(80, 24).wait_for("the first layout", |s| s.contents().contains("one two three four"));
    terminal.press("\x1b", "BROWSE").press("u", "Undone");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
}

#[test]
fn a_storm_of_resizes_loses_nothing_that_is_typed() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("l", "No history here").press("o", "TYPE");
    let sizes = [(1, 1), (0, 0), (80, 24), (2, 3), (300, 90), (200, 5), (19, 60), (120, 34)];
    let mut typed = String::new();
    for n in 0..48 {
        let (width, height) = sizes[n % sizes.len()];
        let token = format!("t{n} ");
        terminal.resize(width, height).send(&token);
        typed += &token;
    }
    terminal
        .resize(80, 24)
        .wait_for("the last token", |s| s.contents().contains("t47") && s.contents().contains("2 Recommendation"));
    terminal.press("\x1b", "BROWSE").send("q");
    assert_eq!(terminal.end(), 0);
    let draft = desk.read(DRAFT_FILE);
    assert!(draft.contains(typed.trim_end()), "{draft}");
}

#[test]
fn keys_that_come_all_at_once_are_all_taken() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    // More than one read of the terminal brings, and help at the very end.
    terminal.press(&("jk".repeat(1000) + "?"), "In every pane");
    terminal.press("\x1b", "BROWSE").send("q");
    assert_eq!(terminal.end(), 0);
}

/// Text that would set a window's title, resize it, colour what follows and turn it round.
const HOSTILE: &str = "\x1b]0;pwned\x07\x1b[8;1;1t\u{9b}8;1;1t\u{9d}0;pwned\u{9c}\x1bP1$qm\x1b\\\u{202e}\u{2066}";
const HOSTILE_YAML: &str = r#"\e]0;pwned\a\e[8;1;1t\x9b8;1;1t\x9d0;pwned\x9c\eP1$qm\e\\\u202e\u2066"#;

/// Nothing on the wire but what a full-screen program has to say to a terminal.
#[track_caller]
pub(crate) fn assert_harmless(raw: &[u8]) {
    let text = std::str::from_utf8(raw).unwrap();
    for c in text.chars() {
        let bidi = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!bidi && (!c.is_control() || "\x1b\r\n".contains(c)), "{c:?}");
    }
    assert_eq!(text.matches('\x1b').count(), text.matches("\x1b[").count());
    for sequence in sequences(text) {
        // Modes, styles, moves, erasing; `8;1;1t` of the hostile text would be something else.
        assert!("hlmHJK".contains(&sequence[sequence.len() - 1..]), "{sequence:?}");
    }
}

#[test]
fn content_never_steers_the_terminal() {
    let desk = TemporaryDesk::sample();
    let fact = format!(
        "title: \"Event {HOSTILE_YAML} end\"\ndate: 2024-08-30\nfacts:\n  - id: evil\n    text: \"AAA {HOSTILE_YAML} ZZZ.\"\n    \
         date: 2024-08-30\n    sources: [afp]\n"
    );
    desk.write("briefs/events/evil.yaml", &fact);
    desk.write(&format!("briefs/events/name {HOSTILE}.yaml"), "title: [");
    let template = format!(
        "---\nname: \"Name {HOSTILE_YAML}\"\n---\n\n# {{{{ title }}}}\n\nFixed {HOSTILE}\n\n## Meeting {{#meeting}}\n> Guidance {HOSTILE}\n"
    );
    desk.write("templates/evil.md", &template);
    let draft = format!(
        "---\ntemplate: evil\ntitle: \"Title {HOSTILE_YAML} end\"\ndate: 2024-08-20\n---\n\n## Meeting {{#meeting}}\n\nProse {HOSTILE} end [@evil#evil].\n"
    );
    desk.write("briefs/drafts/evil.md", &draft);
    desk.write(&format!("briefs/drafts/name {HOSTILE}.md"), &draft);
    let mut terminal = Terminal::start(desk.path(), (120, 34), &["evil"], &[]);
    terminal.wait_for("the desk to be loaded", |s| {
        s.contents().contains("Facts 49 ") && s.contents().contains("evil · saved")
    });
    terminal.press("/AAA\r", "Facts 1/49");
    terminal.press("p", "Fixed");
    terminal.press("P", "raw Markdown");
    terminal.press("!", "Problems");
    terminal.press("\x1b", "BROWSE").press("b", "belarus-sco");
    terminal.press("\x1b", "BROWSE").press("w", "written").send("q");
    assert_eq!(terminal.end(), 0);
    assert_harmless(&terminal.raw);
    for command in [
        ["facts", "AAA"].as_slice(),
        &["check"],
        &["templates"],
        &["templates", "show", "evil"],
        &["render", "evil", "-o", "-"],
        &["recover", "evil", "--print"],
    ] {
        let mut terminal = Terminal::start(desk.path(), (80, 24), command, &[]);
        terminal.end();
        assert_harmless(&terminal.raw);
    }
}

/// The control sequences of an output, each without its `CSI`: `0;1m`, `?1049h`.
fn sequences(text: &str) -> impl Iterator<Item = &str> {
    text.split("\x1b[").skip(1).map(|rest| {
        let end = rest.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        &rest[..=end]
    })
}

/// Whether an output sets a colour.
fn has_color(raw: &[u8]) -> bool {
    let text = std::str::from_utf8(raw).unwrap();
    let numbers = sequences(text).filter_map(|s| s.strip_suffix('m')).flat_map(|s| s.split([';', ':']));
    let mut numbers = numbers.filter_map(|n| n.parse::<u16>().ok());
    numbers.any(|n| matches!(n, 30..=38 | 40..=48 | 90..=97 | 100..=107))
}

/// Everything that a walk through the panes puts on the wire, in a theme.
fn walk(theme: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Vec<u8> {
    let desk = TemporaryDesk::sample();
    desk.write("attache.yaml", &format!("theme: {theme}\n"));
    let mut terminal = Terminal::start(desk.path(), (120, 34), arguments, variables);
    terminal.wait_for("the desk to be loaded", loaded);
    terminal
        .press("l", "No history here")
        .press("4", "Background")
        .press("p", "Preview")
        .press("?", "Keys")
        .send("\x03\x03\x03");
    assert_eq!(terminal.end(), 0);
    std::mem::take(&mut terminal.raw)
}

#[test]
fn no_color_means_none_in_every_theme() {
    for theme in ["terminal", "dark", "light"] {
        assert!(!has_color(&walk(theme, &[DRAFT], &[("NO_COLOR", "1"), ("COLORTERM", "truecolor")])), "{theme}");
        assert!(!has_color(&walk(theme, &["--color", "never", DRAFT], &[])), "{theme}");
        assert!(has_color(&walk(theme, &[DRAFT], &[])), "{theme}");
    }
}

#[test]
fn a_theme_is_in_force_from_the_first_frame_with_the_colours_that_the_terminal_has() {
    let first = |raw: &[u8]| {
        let text = String::from_utf8(raw.to_vec()).unwrap();
        text.split("\x1b[?2026l").next().unwrap().to_owned()
    };
    for (theme, all, few) in [("dark", "38;2;214;218;224", "38;5;253"), ("light", "38;2;38;43;49", "38;5;236")] {
        let raw = walk(theme, &[DRAFT], &[("COLORTERM", "truecolor")]);
        assert!(first(&raw).contains(all) && !String::from_utf8(raw).unwrap().contains("38;5;"), "{theme}");
        let raw = walk(theme, &[DRAFT], &[]);
        assert!(first(&raw).contains(few) && !String::from_utf8(raw).unwrap().contains("38;2;"), "{theme}");
    }
}

#[test]
fn ascii_is_ascii_in_every_theme_but_for_content() {
    for theme in ["terminal", "dark", "light"] {
        let raw = walk(theme, &["--ascii", DRAFT], &[("COLORTERM", "truecolor")]);
        // What the sample desk itself writes: quotation marks, dashes, names.
        let text = String::from_utf8(raw).unwrap();
        let content: String = attache::disk::embedded::SAMPLE.iter().map(|(_, text)| *text).collect();
        let ours: String = text.chars().filter(|c| !c.is_ascii() && !content.contains(*c)).collect();
        assert_eq!(ours, "", "{theme}");
        let glyphs = ['▸', '✓', '●', '≠', '¶', '│', '─', '…', '▎', '•', '✗', '⏎', '¹', '⁴'];
        assert!(!text.contains(glyphs), "{theme}");
    }
}
