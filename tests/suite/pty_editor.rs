//! The writer's own editor, suspending, and what becomes of the terminal, in a real pseudo-terminal.

use std::path::Path;

use crate::harness::TemporaryDesk;
use crate::terminal::{DRAFT, DRAFT_FILE, Terminal, loaded};

/// The program on the sample desk with this shell script as its editor, on the first block of Brief.
fn with_editor(script: &str) -> (TemporaryDesk, tempfile::TempDir, Terminal) {
    let desk = TemporaryDesk::sample();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("my editor.sh");
    std::fs::write(&file, script).unwrap();
    let visual = format!("sh '{}' --wait \"two words\"", file.display());
    let terminal = started(&desk, &visual);
    (desk, folder, terminal)
}

fn started(desk: &TemporaryDesk, visual: &str) -> Terminal {
    let variables = [("VISUAL", visual), ("EDITOR", "false"), ("PATH", "/usr/bin:/bin")];
    let mut terminal = Terminal::start(desk.path(), (120, 34), &[DRAFT], &variables);
    terminal.wait_for("the desk to be loaded", loaded);
    terminal.press("l", "No history here").press("j", "e edit");
    terminal
}

#[track_caller]
fn left(terminal: &mut Terminal) {
    terminal.send("\x1bq");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
}

/// No scratch file is left behind.
fn is_tidy(desk: &TemporaryDesk) -> bool {
    let entries = std::fs::read_dir(desk.file(".attache")).unwrap();
    !entries.map(Result::unwrap).any(|entry| entry.file_name().to_string_lossy().starts_with("edit-"))
}

fn lines(path: &Path) -> Vec<String> {
    std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn quotes_and_arguments_are_read_as_a_shell_reads_them() {
    let script = "printf '%s\\n' \"$@\" >\"${0%/*}/arguments\"; printf 'From the editor.\\n' >\"$3\"";
    let (desk, folder, mut terminal) = with_editor(script);
    terminal.press("E", "Text from the editor is in").press("", "From the editor.");
    left(&mut terminal);
    let arguments = lines(&folder.path().join("arguments"));
    assert_eq!(arguments[..2], ["--wait", "two words"]);
    assert!(arguments.len() == 3 && arguments[2].contains(".attache"), "{arguments:?}");
    assert!(desk.read(DRAFT_FILE).contains("From the editor."));
    assert!(is_tidy(&desk));
}

#[test]
fn the_whole_draft_from_preview_and_a_fact_from_facts() {
    let (desk, _folder, mut terminal) =
        with_editor("sed -i 's/Premier Li Qiang in/Premier Li in/' \"$3\"; echo >>\"$3\"");
    terminal.press("p", "Preview").press("h", "y copy").press("E", "Text from the editor is in");
    left(&mut terminal);
    assert!(desk.read(DRAFT_FILE).contains("Premier Li in Moscow"), "{}", desk.read(DRAFT_FILE));
    let (desk, _folder, mut terminal) = with_editor("printf 'Of a fact.' >\"$3\"");
    let before = desk.read(DRAFT_FILE);
    terminal.press("h", "⏎ place").press("E", "Of a fact.");
    left(&mut terminal);
    assert_ne!(desk.read(DRAFT_FILE), before);
}

#[test]
fn an_editor_that_fails_leaves_the_text_as_it_was() {
    for (script, told) in [
        ("printf 'lost' >\"$3\"; exit 3", "sh ended with exit status: 3"),
        ("printf 'a\\377b' >\"$3\"", "it is not UTF-8 (line 1)"),
        ("rm \"$3\"", "no such file"),
        ("kill -9 $$", "signal: 9"),
    ] {
        let (desk, _folder, mut terminal) = with_editor(script);
        let before = desk.read(DRAFT_FILE);
        terminal.press("E", "The editor failed, the text is as it was").press("", told);
        left(&mut terminal);
        assert_eq!(desk.read(DRAFT_FILE), before);
        assert!(is_tidy(&desk), "{script}");
    }
}

#[test]
fn an_editor_that_is_not_there_is_told() {
    for (visual, told) in
        [("no-such-editor -x", "no-such-editor: No such file"), ("vi 'half", "does not read as a command")]
    {
        let desk = TemporaryDesk::sample();
        let mut terminal = started(&desk, visual);
        terminal.press("E", told);
        left(&mut terminal);
    }
}

#[test]
fn an_editor_that_leaves_the_terminal_in_disorder_is_tidied_after() {
    let script = "stty raw -echo -isig; printf '\\033[?1003h\\033[?1006h\\033[?25l\\033[?2004h\\033[?1h'; printf 'Tidy.' >\"$3\"";
    let (desk, _folder, mut terminal) = with_editor(script);
    terminal.press("E", "Text from the editor is in");
    assert_eq!(terminal.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    left(&mut terminal);
    assert!(desk.read(DRAFT_FILE).contains("Tidy."));
}

#[test]
fn a_resize_while_the_editor_runs_is_seen_after_it_and_keys_go_to_the_editor_alone() {
    let (_desk, _folder, mut terminal) = with_editor("echo EDITOR UP; read line; printf '%s' \"$line\" >\"$3\"");
    terminal.send("E").wait_for_output("the editor", |t| t.text().contains("EDITOR UP"));
    assert!(terminal.is_cooked() && !terminal.screen().alternate_screen());
    terminal.resize(100, 30).send("quit q x\n");
    terminal
        .press("", "quit q x")
        .wait_for("the new layout", |s| s.contents().lines().nth(29).is_some_and(|l| l.contains("BROWSE")));
    left(&mut terminal);
}

#[test]
fn signals_while_the_editor_runs_keep_the_text() {
    for (signal, status) in [("TERM", 143), ("HUP", 129)] {
        let (desk, _folder, mut terminal) = with_editor("echo EDITOR UP; read line");
        terminal.press("o", "TYPE").press("Kept words", "Kept words").press("\x1b", "BROWSE");
        terminal.send("E").wait_for_output("the editor", |t| t.text().contains("EDITOR UP"));
        terminal.signal(signal);
        assert_eq!(terminal.end(), status);
        assert!(desk.read(DRAFT_FILE).contains("Kept words"));
        assert!(!terminal.screen().alternate_screen() && !terminal.screen().hide_cursor());
    }
}

#[test]
fn a_closed_terminal_keeps_the_text() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("l", "No history here").press("o", "TYPE").press("Not lost", "Not lost");
    assert_eq!(terminal.close(), 129);
    assert!(desk.read(DRAFT_FILE).contains("Not lost"));
}

#[test]
#[cfg(target_os = "linux")]
fn suspended_while_typing_with_the_mouse_on_and_back() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("%", "BROWSE MOUSE").press("l", "No history here").press("o", "TYPE").press("Before", "Before");
    terminal.send("\x1a").wait_for_output("the terminal back", |t| !t.screen().alternate_screen());
    terminal.wait_for_state("T");
    while !terminal.is_silent(std::time::Duration::from_millis(50)) {}
    terminal.assert_given_back();
    assert!(desk.read(DRAFT_FILE).contains("Before"), "saved before it stops");
    terminal.signal("CONT");
    terminal.press(" and after", "Before and after");
    assert!(terminal.screen().alternate_screen() && terminal.screen().bracketed_paste() && !terminal.is_cooked());
    assert_ne!(terminal.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    terminal.press("\x1b", "BROWSE").send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
    assert!(desk.read(DRAFT_FILE).contains("Before and after"));
}
