//! `attache preview` in a real pseudo-terminal, while other programs write the draft.

use crate::harness::{Run, TemporaryDesk, program};
use crate::pty::{assert_harmless, files};
use crate::terminal::{DRAFT, DRAFT_FILE, Terminal};

fn opened(desk: &TemporaryDesk, arguments: &[&str]) -> Terminal {
    let arguments: Vec<&str> = ["preview"].iter().chain(arguments).copied().collect();
    let mut terminal = Terminal::start(desk.path(), (80, 24), &arguments, &[]);
    terminal.wait_for("the note", |s| s.contents().contains("/900w"));
    terminal
}

#[test]
fn what_another_program_writes_is_shown_and_nothing_is_written() {
    let desk = TemporaryDesk::sample();
    let before = files(&desk);
    let mut terminal = opened(&desk, &[DRAFT]);
    assert!(terminal.screen().alternate_screen() && !terminal.is_cooked());
    terminal.press("G", "PREVIEW");

    let first = desk.read(DRAFT_FILE);
    let second = first.replacen("in Beijing on 16 May 2024", "in Peking on 16 May 2024", 1);
    assert_ne!(first, second);
    // Another file in the place of the old one, as editors save.
    desk.write("briefs/drafts/.swap", &second);
    std::fs::rename(desk.file("briefs/drafts/.swap"), desk.file(DRAFT_FILE)).unwrap();
    terminal.press("", "Peking").press("", "· updated").press("", "▌");

    std::fs::remove_file(desk.file(DRAFT_FILE)).unwrap();
    terminal.press("", "the draft is gone").press("", "Peking");
    desk.write(DRAFT_FILE, &first.replacen("in Beijing on 16 May 2024", "in Nanking on 16 May 2024", 1));
    terminal.press("", "Nanking").press("", "updated (2)");
    assert!(!terminal.text().contains("is gone"), "{}", terminal.text());
    // Not text: told, and the last note stays.
    std::fs::write(desk.file(DRAFT_FILE), [0xff, 0xfe, 0x00]).unwrap();
    terminal.press("", "last note kept").press("", "Nanking");
    desk.write(DRAFT_FILE, &first);
    terminal.press("", "updated (3)").send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
    assert!(files(&desk) == before);
    assert!(!desk.file(".attache").exists());
}

#[test]
fn a_draft_outside_the_desk_is_followed_by_its_path() {
    let desk = TemporaryDesk::sample();
    let elsewhere = TemporaryDesk::with(&[]);
    let text = desk.read(DRAFT_FILE);
    elsewhere.write("far.md", &text);
    let path = elsewhere.file("far.md");
    let mut terminal = opened(&desk, &[path.to_str().unwrap(), "--ascii"]);
    assert!(terminal.text().contains("PREVIEW far"), "{}", terminal.text());
    elsewhere.write("far.md", &text.replacen("Premier Li", "Prime Minister Li", 1));
    terminal.press("", "Prime Minister Li").send("\x1b");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
}

#[test]
fn facts_settings_and_broken_files_come_in() {
    let desk = TemporaryDesk::sample();
    let mut terminal = opened(&desk, &[DRAFT]);
    terminal.resize(120, 34);
    desk.write("briefs/events/broken.yaml", "title: [");
    terminal.press("", "1 problem");
    desk.write("attache.yaml", "keys:\n  quit: Q\n");
    terminal.press("", "Q leave").press("!", "briefs/events/broken.yaml:1:9").send("Q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
}

#[test]
fn every_end_gives_the_terminal_back() {
    for (keys, signal, status) in [("\x03", "", 0), ("", "TERM", 143), ("", "HUP", 129)] {
        let desk = TemporaryDesk::sample();
        let mut terminal = opened(&desk, &[DRAFT]);
        terminal.resize(1, 1).wait_for("a dot", |s| s.contents() == "·");
        terminal.resize(0, 0).resize(200, 50).wait_for("the note", |s| s.contents().contains("PREVIEW"));
        if signal.is_empty() {
            terminal.send(keys);
        } else {
            terminal.signal(signal);
        }
        assert_eq!(terminal.end(), status);
        terminal.assert_given_back();
    }
}

#[test]
fn the_cursor_stands_at_the_row_under_hand_hidden_or_shown() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    let row = |terminal: &Terminal| terminal.screen().cursor_position();
    let (line, column) = row(&terminal);
    assert!(terminal.screen().hide_cursor());
    terminal.send("j").wait_for("the next row", |s| s.cursor_position() == (line + 1, column));
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    let mut terminal = Terminal::start(desk.path(), (80, 24), &["--cursor", DRAFT], &[]);
    terminal.wait_for("the desk to be loaded", crate::terminal::loaded);
    assert!(!terminal.screen().hide_cursor() && row(&terminal) == (line, column));
    terminal.press("l", "No history here").send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
}

#[test]
fn content_never_steers_the_terminal_of_a_preview() {
    let hostile = "\x1b]0;pwned\x07\x1b[8;1;1t\u{9b}8;1;1t\u{202e}";
    let desk = TemporaryDesk::sample();
    let text = desk.read(DRAFT_FILE).replacen("in Beijing", &format!("in {hostile} Beijing"), 1);
    desk.write(&format!("briefs/drafts/evil{hostile}.md"), &text);
    let name = format!("evil{hostile}");
    let mut terminal = opened(&desk, &[&name]);
    terminal.press("P", "## Issue").press("!", "1. ").press("?", "Keys").send("q");
    assert_eq!(terminal.end(), 0);
    assert_harmless(&terminal.raw);
    let mut terminal = Terminal::start(desk.path(), (80, 24), &["preview", &name, "--once"], &[]);
    assert_eq!(terminal.end(), 0);
    assert_harmless(&terminal.raw);
    assert!(String::from_utf8_lossy(&terminal.raw).contains("\x1b[1"), "on a terminal it is styled");
}

#[test]
fn once_prints_the_note_as_text() {
    let desk = TemporaryDesk::sample();
    let before = files(&desk);
    let text = desk.run(&["preview", DRAFT, "--once"]).ok();
    assert!(text.contains("Premier Li Qiang") && !text.contains("## ") && !text.contains('\x1b'), "{text}");
    let widest = |text: &str| text.lines().map(|line| line.chars().count()).max().unwrap();
    assert!((70..=80).contains(&widest(&text)), "{}", widest(&text));
    let of = |columns: &str, more: &[&str]| {
        let mut command = program();
        command.arg("--desk").arg(desk.path()).args(["preview", "--once", DRAFT]).args(more).env("COLUMNS", columns);
        Run::of(&mut command).ok()
    };
    assert!(widest(&of("40", &[])) <= 40);
    assert!(of("80", &["--color", "always"]).contains('\x1b') && of("80", &[]) == text);
    assert!(!of("80", &["--ascii"]).contains('•'));
    assert!(files(&desk) == before);
}

#[test]
fn without_a_terminal_it_says_what_else_there_is() {
    let desk = TemporaryDesk::sample();
    let refused = desk.run(&["preview", DRAFT]);
    assert_eq!((refused.status, refused.out.as_str()), (2, ""));
    assert!(refused.err.contains(&format!("attache render {DRAFT} -o -")), "{refused:?}");
    let unknown = desk.run(&["preview", "li-qiang-submision", "--once"]);
    assert_eq!(unknown.status, 2);
    assert!(unknown.err.contains("did you mean `li-qiang-submission`"), "{unknown:?}");
}
