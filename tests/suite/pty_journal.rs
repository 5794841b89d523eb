//! The journal, in a real pseudo-terminal: what is left when the program is killed, and what comes back.

use std::path::PathBuf;

use crate::harness::TemporaryDesk;
use crate::terminal::{DRAFT, DRAFT_FILE, Terminal, loaded};

/// The journals of the desk.
fn journals(desk: &TemporaryDesk) -> Vec<PathBuf> {
    let all = std::fs::read_dir(desk.file(".attache/journal")).into_iter().flatten();
    all.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "journal")).collect()
}

/// Begins a block below the first heading and types words.
fn typed<'a>(terminal: &'a mut Terminal, words: &str) -> &'a mut Terminal {
    terminal.press("l", "No history here").press("o", "TYPE").press(words, words)
}

fn killed(mut terminal: Terminal) {
    terminal.signal("KILL");
    let status = terminal.child.wait().unwrap();
    assert!(status.signal().is_some(), "{status:?}");
}

#[test]
fn killed_while_typing_every_word_is_in_the_journal() {
    let desk = TemporaryDesk::sample();
    let before = desk.read(DRAFT_FILE);
    let mut terminal = Terminal::open(&desk, DRAFT);
    // Saved is only said once the words are on disk.
    typed(&mut terminal, "Never lose a word").press("", "· saved");
    terminal.press(" or a letter", "or a letter").press("", "· saved");
    killed(terminal);
    let printed = desk.run(&["recover", DRAFT, "--print"]).ok();
    assert!(printed.contains("Never lose a word or a letter\n"), "{printed}");
    // On a slow machine the file may have been saved in between; what it has not is told and offered.
    let lost = desk.read(DRAFT_FILE) != printed;
    let told = desk.run(&["recover"]).ok();
    assert_eq!(told.contains(&format!("{DRAFT_FILE}: ")), lost, "{told}");

    // And comes back as one step. So wide, what is said leaves room for the rest.
    let mut terminal = Terminal::start(desk.path(), (130, 30), &[DRAFT], &[]);
    terminal.wait_for("the desk to be loaded", loaded);
    if lost {
        terminal.press("", "R brings them back").press("R", "brought back");
        terminal.press("u", "Undone: recover words").press("U", "Done again");
    }
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(desk.read(DRAFT_FILE), printed);
    assert!(desk.run(&["recover"]).out.is_empty());

    // And back to the first bytes.
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("u", "Undone").press("uuuuuuuu", "Nothing to undo").send("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(desk.read(DRAFT_FILE), before);
}

#[test]
fn undo_goes_on_after_a_clean_end_and_the_file_is_what_it_was() {
    let desk = TemporaryDesk::sample();
    let before = desk.read(DRAFT_FILE);
    let mut terminal = Terminal::open(&desk, DRAFT);
    typed(&mut terminal, "One more thing").press("\x1b", "BROWSE").send("q");
    assert_eq!(terminal.end(), 0);
    assert!(desk.read(DRAFT_FILE).contains("One more thing"));
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("u", "Undone: write").send("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(desk.read(DRAFT_FILE), before);
    // Redo survives as well.
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("U", "Done again: write").send("q");
    assert_eq!(terminal.end(), 0);
    assert!(desk.read(DRAFT_FILE).contains("One more thing"));
    assert_eq!(journals(&desk).len(), 1, "a session takes the place of the one before");
}

#[test]
fn a_journal_is_its_owners_alone_and_there_is_none_of_a_draft_that_was_only_opened() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("l", "No history here").send("q");
    assert_eq!(terminal.end(), 0);
    assert!(journals(&desk).is_empty());
    let mut terminal = Terminal::open(&desk, DRAFT);
    typed(&mut terminal, "Private").press("", "· saved");
    let mode = |path: &PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(journals(&desk).iter().map(mode).collect::<Vec<_>>(), [0o600]);
    assert_eq!(mode(&desk.file(".attache/journal")), 0o700);
    assert_eq!(desk.read(".attache/.gitignore"), "*\n");
    terminal.press("\x1b", "BROWSE").send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn where_the_desk_takes_no_journal_the_state_folder_does() {
    let (desk, state) = (TemporaryDesk::sample(), tempfile::tempdir().unwrap());
    // A file in its place refuses everybody, root too.
    desk.write(".attache", "");
    let state_home = state.path().to_str().unwrap();
    let mut terminal = Terminal::start(desk.path(), (250, 30), &[DRAFT], &[("XDG_STATE_HOME", state_home)]);
    terminal.wait_for("the desk to be loaded", loaded);
    typed(&mut terminal, "Elsewhere").press("", "The journal cannot be in the desk").press("", "· saved");
    let folder = state.path().join("attache/journal");
    let held = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
    assert_eq!(held.count(), 1);
    terminal.press("\x1b", "BROWSE").send("\x1bq");
    assert_eq!(terminal.end(), 0);
    assert!(desk.read(DRAFT_FILE).contains("Elsewhere"));
}

#[test]
fn a_deleted_draft_is_printed_and_a_discarded_one_is_not() {
    let desk = TemporaryDesk::sample();
    let before = desk.read(DRAFT_FILE);
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press(":delete draft\r", "Delete the draft").press("d", "is deleted").send("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(desk.run(&["recover", DRAFT, "--print"]).ok(), before);
    assert!(desk.run(&["recover"]).out.contains("the file is gone or was never written"));
    assert!(desk.run(&["recover", DRAFT, "--discard"]).ok().is_empty());
    assert!(desk.run(&["recover"]).out.is_empty());
    let none = desk.run(&["recover", DRAFT, "--print"]);
    assert_eq!(none.status, 2);
    assert!(none.err.contains("no such file"), "{}", none.err);
}

#[test]
fn what_was_not_saved_is_dropped_by_discard_and_a_draft_without_it_prints_as_it_is() {
    let desk = TemporaryDesk::sample();
    let before = desk.read(DRAFT_FILE);
    assert_eq!(desk.run(&["recover", DRAFT, "--print"]).ok(), before);
    let mut terminal = Terminal::open(&desk, DRAFT);
    typed(&mut terminal, "Not wanted").press("", "· saved");
    killed(terminal);
    let on_disk = desk.read(DRAFT_FILE);
    desk.run(&["recover", DRAFT, "--discard"]).ok();
    assert_eq!(desk.run(&["recover", DRAFT, "--print"]).ok(), on_disk);
    assert_eq!(desk.run(&["recover", "--print"]).status, 2, "which draft?");
    assert_eq!(desk.run(&["recover", "no-such-draft"]).status, 2);
}
