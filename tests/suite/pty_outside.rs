//! The world around the program, in a real pseudo-terminal: other programs write the desk's files.

use crate::harness::TemporaryDesk;
use crate::terminal::{DRAFT, DRAFT_FILE, Terminal};

const NEW_EVENT: &str = "title: Late news\ndate: 2024-08-30\nsources:\n  afp:\n    title: Wire\n    origin: AFP\nfacts:\n  \
     - id: late\n    text: Late news came in.\n    date: 2024-08-30\n    sources: [afp]\n";

#[test]
fn facts_and_draft_change_outside_under_a_filter_marks_and_typed_text() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("/\u{15}by:mao\r", "Facts 7/48  /by:mao").press(" ", "●");
    desk.write("briefs/events/2024/late.yaml", NEW_EVENT);
    terminal.press("", "Facts 7/49  +1 new  /by:mao");
    assert!(terminal.text().contains('●'), "{}", terminal.text());

    let ours = desk.read(DRAFT_FILE);
    let theirs = ours.replacen("in Beijing on 16 May 2024", "in Peking on 16 May 2024", 1);
    assert_ne!(ours, theirs);
    // Another file in the place of the old one, as editors save.
    desk.write("briefs/drafts/.swap", &theirs);
    std::fs::rename(desk.file("briefs/drafts/.swap"), desk.file(DRAFT_FILE)).unwrap();
    terminal.press("", "read again from disk: u takes back");
    terminal.press("", "Facts 7/49  +1 new  /by:mao");

    terminal.press("l", "No history here").press("o", "TYPE").press("Mine stays", "Mine stays");
    desk.write(DRAFT_FILE, &theirs.replacen("in Peking", "in Nanking", 1));
    terminal.press("", "w asks what to do");
    terminal.press(", all of it", "Mine stays, all of it").press("\x1b", "BROWSE");
    terminal.press("\x1bw", "was changed on disk by somebody else");
    assert!(!desk.read(DRAFT_FILE).contains("Mine stays"));
    terminal
        .press("d", "[-Nanking-] [+Peking+]")
        .press("G", "+ Mine stays, all of it")
        .press("\x1b", "see the difference");
    terminal.press("o", "· saved").send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
    assert!(desk.read(DRAFT_FILE).contains("Mine stays, all of it"));
    assert!(desk.read(&format!("{DRAFT_FILE}.bak")).contains("in Nanking"));
}

#[test]
fn what_another_program_writes_meanwhile_is_merged() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    let theirs = |word: &str| {
        let text = desk.read(DRAFT_FILE).replacen("in Beijing on 16 May 2024", &format!("in {word} on 16 May 2024"), 1);
        desk.write("briefs/drafts/.swap", &text);
        std::fs::rename(desk.file("briefs/drafts/.swap"), desk.file(DRAFT_FILE)).unwrap();
        text
    };
    terminal.press("l", "No history here").press("o", "TYPE").press("Mine stays", "Mine stays");
    let before = theirs("Peking");
    terminal.press("", "w asks what to do").press("\x1b", "BROWSE");
    terminal.press("\x1bw", "merge: what each of you changed, in one text");
    assert_eq!(desk.read(DRAFT_FILE), before);
    terminal.press("m", "1 change of theirs came in: u takes back").press("w", "written briefs/notes");
    terminal.press("", "· saved");
    let merged = desk.read(DRAFT_FILE);
    assert!(merged.contains("in Peking on") && merged.contains("Mine stays"), "{merged}");
    // Taken back, neither is written over unasked; done again, all is as it was saved.
    terminal.press("u", "asks what to do with theirs").press("w", "was changed on disk by somebody else");
    assert_eq!(desk.read(DRAFT_FILE), merged);
    terminal.press("\x1b", "BROWSE").press("\x1bU", "Done again: merge with theirs").send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
    assert_eq!(desk.read(DRAFT_FILE), merged);
}

#[test]
fn a_template_and_the_settings_change_outside() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::start(desk.path(), (120, 34), &[DRAFT], &[]);
    terminal.wait_for("the desk to be loaded", crate::terminal::loaded);
    let shown = desk.run(&["templates", "show", "uk-submission"]).ok();
    assert!(shown.contains("max-words: 900"), "{shown}");
    desk.write("templates/uk-submission.md", &shown.replace("max-words: 900", "max-words: 700"));
    terminal.press("", "/700w");
    desk.write("briefs/events/broken.yaml", "title: [");
    terminal.press("", "1 file skipped. ! shows where").send("\x1bq");
    assert_eq!(terminal.end(), 0);
}

/// A desk whose newest fact reads `Late news came in.`, and the program on it with only that fact listed.
fn with_late_news(size: (u16, u16), variables: &[(&str, &str)]) -> (TemporaryDesk, Terminal) {
    let desk = TemporaryDesk::sample();
    desk.write("briefs/events/late.yaml", NEW_EVENT);
    let mut terminal = Terminal::start(desk.path(), size, &[DRAFT], variables);
    terminal.wait_for("the desk to be loaded", |s| s.contents().contains("/49  /tag:"));
    terminal.press("/\u{15}late news\r", "Facts 1/49");
    (desk, terminal)
}

/// `Late news came in.` in base64.
const LATE_NEWS: &str = "TGF0ZSBuZXdzIGNhbWUgaW4u";

fn holds(raw: &[u8], wanted: &str) -> bool {
    raw.windows(wanted.len()).any(|window| window == wanted.as_bytes())
}

#[test]
fn a_text_is_copied_by_the_terminal() {
    let (_desk, mut terminal) = with_late_news((80, 24), &[]);
    terminal.press("y", "Copied 1 fact by the terminal").send("q");
    assert_eq!(terminal.end(), 0);
    assert!(holds(&terminal.raw, &format!("\x1b]52;c;{LATE_NEWS}\x07")));
}

/// A folder of programs made of shell scripts.
fn programs(scripts: &[(&str, &str)]) -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    for (name, script) in scripts {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    folder
}

#[test]
fn tmux_and_the_tools_of_a_display_get_the_text_too_and_failures_are_told() {
    let tools = programs(&[
        ("tmux", "here=${0%/*}; echo \"$@\" >\"$here/arguments\"; cat >\"$here/text\""),
        ("wl-copy", "exit 4"),
    ]);
    let path = format!("{}:/usr/bin:/bin", tools.path().display());
    let variables = [("PATH", path.as_str()), ("TMUX", "/there,1,0"), ("WAYLAND_DISPLAY", "wayland-0")];
    let (_desk, mut terminal) = with_late_news((140, 30), &variables);
    terminal.press("y", "Copied 1 fact by the terminal and tmux; wl-copy ended with exit status: 4").send("\x1bq");
    assert_eq!(terminal.end(), 0);
    assert!(holds(&terminal.raw, &format!("\x1bPtmux;\x1b\x1b]52;c;{LATE_NEWS}\x07\x1b\\")));
    assert_eq!(std::fs::read_to_string(tools.path().join("arguments")).unwrap(), "load-buffer -w -\n");
    assert_eq!(std::fs::read_to_string(tools.path().join("text")).unwrap(), "Late news came in.");
}

#[test]
fn the_mouse_is_given_back_however_the_program_ends() {
    for (ending, status) in [("q", 0), ("TERM", 143)] {
        let desk = TemporaryDesk::sample();
        let mut terminal = Terminal::open(&desk, DRAFT);
        assert_eq!(terminal.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        terminal.press("%", "BROWSE MOUSE");
        assert_ne!(terminal.screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        // A click on Brief, then the wheel over Facts.
        terminal.press("\x1b[<0;45;6M\x1b[<0;45;6m", "2▸Recommendation").send("\x1b[<65;5;5M");
        if status == 0 {
            terminal.send(ending);
        } else {
            terminal.signal(ending);
        }
        assert_eq!(terminal.end(), status);
        terminal.assert_given_back();
    }
}
