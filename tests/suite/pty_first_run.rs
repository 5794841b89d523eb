//! The first run in a real pseudo-terminal: no desk here, and what comes of each choice.

use std::path::Path;

use crate::harness::{Run, TemporaryDesk, program};
use crate::terminal::{Terminal, loaded};

/// The program where no desk is, once it asks what to do.
fn without_a_desk(folder: &Path, arguments: &[&str]) -> Terminal {
    let mut terminal = Terminal::start(folder, (80, 24), arguments, &[]);
    terminal.wait_for("the choices", |s| s.contents().contains("3  Try the sample"));
    terminal
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn leaving_without_a_desk_says_what_was_looked_for_and_writes_nothing() {
    for keys in ["q", "\x1b", "\x03", "2q"] {
        let folder = tempfile::tempdir().unwrap();
        let mut terminal = without_a_desk(folder.path(), &[]);
        assert!(terminal.text().contains("no desk here: neither "), "{}", terminal.text());
        terminal.send(keys);
        assert_eq!(terminal.end(), 2, "{keys:?}");
        terminal.assert_given_back();
        let text = terminal.text();
        assert!(text.contains("attache: no desk here") && text.contains("`attache init`"), "{text}");
        assert_eq!(names(folder.path()), [""; 0]);
    }
}

#[test]
fn a_signal_ends_the_first_run_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = without_a_desk(folder.path(), &[]);
    terminal.signal("TERM");
    assert_eq!(terminal.end(), 143);
    terminal.assert_given_back();
}

#[test]
fn without_a_terminal_or_with_a_folder_named_there_is_no_question() {
    let folder = tempfile::tempdir().unwrap();
    let run = Run::of(program().current_dir(folder.path()));
    assert_eq!(run.status, 2);
    assert!(run.err.contains("no desk here") && run.err.contains("attache init"), "{run:?}");
    let mut terminal = Terminal::start(folder.path(), (80, 24), &["--desk", "nowhere"], &[]);
    assert_eq!(terminal.end(), 2);
    assert!(terminal.text().contains("nowhere is no desk"), "{}", terminal.text());
    assert!(!String::from_utf8_lossy(&terminal.raw).contains("?1049h"));
}

#[test]
fn a_folder_is_opened_by_its_path_and_a_wrong_one_asked_for_again() {
    let desk = TemporaryDesk::sample();
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("empty-folder")).unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    std::os::unix::fs::symlink(desk.path(), folder.path().join("linked-desk")).unwrap();
    let mut terminal = without_a_desk(folder.path(), &[crate::terminal::DRAFT]);
    terminal.press("1", "Which folder?").press("nowhere\r", "nowhere is not there");
    terminal.press("\x15file\r", "file is no folder");
    terminal.press("\x15e\t", "> empty-folder/").press("\r", "it holds no folder `briefs`");
    terminal.press("\x15\t", "linked-desk/  a desk");
    terminal.press("l\t", "> linked-desk/").send("\r").wait_for("the desk to be loaded", loaded);
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
    assert_eq!(names(&folder.path().join("empty-folder")), [""; 0]);
}

#[test]
fn a_desk_is_made_here_after_showing_what_is_written_and_begins_with_the_templates() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let mut terminal = without_a_desk(folder.path(), &[]);
    terminal.press("j\r", "will be written:");
    assert!(terminal.text().contains("briefs/drafts/ .gitkeep") && terminal.text().contains("us-read-ahead.md"));
    assert_eq!(names(folder.path()), ["mine.txt"]);
    terminal.press("\r", "New brief from a template").press("readout\r", "Title:").press("Talks\r", "Attributable to");
    // Enter alone would be asked about where the note wants an answer.
    terminal.press("A\rB\rC\r", "New brief talks").send("q");
    assert_eq!(terminal.end(), 0);
    assert!(folder.path().join("briefs/drafts/talks.md").exists());
    assert_eq!(std::fs::read_to_string(folder.path().join("mine.txt")).unwrap(), "mine");
    // What was made is what `attache init --empty` makes.
    let other = tempfile::tempdir().unwrap();
    Run::of(program().current_dir(other.path()).args(["init", "--empty"])).ok();
    assert_eq!(names(&folder.path().join("templates")), names(&other.path().join("templates")));
}

#[test]
fn the_sample_opens_with_its_tutorial_and_nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("attache-sample"), "mine").unwrap();
    let mut terminal = without_a_desk(folder.path(), &[]);
    terminal.press("3", "> attache-sample-2");
    // A name that is taken is asked for again.
    terminal.press("\x7f\x7f\r", "was not written").press("-2", "> attache-sample-2").send("\r");
    terminal.wait_for("the tutorial", |s| {
        let text = s.contents();
        text.contains("Learn Attaché in ten minutes") && text.contains("Facts 48")
    });
    terminal.press("\t", "9 findings").send("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(names(folder.path()), ["attache-sample", "attache-sample-2"]);
    assert_eq!(std::fs::read_to_string(folder.path().join("attache-sample")).unwrap(), "mine");
}

#[test]
fn a_sample_from_init_opens_with_the_tutorial_until_another_draft_is_changed_and_is_in_order() {
    let folder = tempfile::tempdir().unwrap();
    Run::of(program().current_dir(folder.path()).args(["init", "-q", "."])).ok();
    let checked = Run::of(program().current_dir(folder.path()).arg("check"));
    assert_eq!(checked.status, 0, "{}", checked.err);
    let elsewhere = |line: &&str| line.contains(": warning[") && !line.starts_with("briefs/drafts/tutorial.md:");
    assert_eq!(checked.err.lines().find(elsewhere), None);
    let mut terminal = Terminal::start(folder.path(), (80, 24), &[], &[]);
    terminal.wait_for("the tutorial", |s| s.contents().contains("tutorial · saved"));
    terminal.press("b", "belarus-sco-backgrounder").press("premier\r", "li-qiang-submission · saved");
    terminal.press("F", "Placed").press("w", "written briefs/notes/li-qiang-submission.md").send("q");
    assert_eq!(terminal.end(), 0);
    let mut terminal = Terminal::start(folder.path(), (80, 24), &[], &[]);
    terminal.wait_for("the draft changed last", |s| s.contents().contains("li-qiang-submission · saved")).send("q");
    assert_eq!(terminal.end(), 0);
}
