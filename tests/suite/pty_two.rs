//! Two runs of the program on one draft, and ends that nobody wished for.

use std::process::Command;
use std::time::Instant;

use crate::harness::TemporaryDesk;
use crate::pty::files;
use crate::terminal::{DRAFT, DRAFT_FILE, PATIENCE, Terminal, loaded};

/// Where the draft is changed, and typed into.
fn typing<'a>(terminal: &'a mut Terminal, text: &str) -> &'a mut Terminal {
    terminal.press("l", "No history here").press("o", "TYPE").press(text, text)
}

/// The files of the locks.
fn locks(desk: &TemporaryDesk) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(desk.file(".attache/locks")).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[cfg(target_os = "linux")]
fn host() -> String {
    std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap().trim().to_owned()
}

/// Waits until a run has the draft: it asks for it behind the first key, while the letter is shown.
#[track_caller]
fn taken(desk: &TemporaryDesk) {
    let begun = Instant::now();
    while locks(desk).is_empty() {
        assert!(begun.elapsed() < PATIENCE, "nobody took the draft");
        std::thread::yield_now();
    }
}

/// A second run, which is asked.
#[track_caller]
fn second(desk: &TemporaryDesk) -> Terminal {
    taken(desk);
    let mut second = Terminal::start(desk.path(), (80, 24), &[DRAFT], &[("USER", "berta")]);
    second.wait_for("the question", |s| s.contents().contains("is open elsewhere") && loaded(s));
    second
}

#[track_caller]
fn first(desk: &TemporaryDesk) -> Terminal {
    let mut first = Terminal::start(desk.path(), (120, 24), &[DRAFT], &[("USER", "anna")]);
    first.wait_for("the desk to be loaded", loaded);
    first
}

#[test]
#[cfg(target_os = "linux")]
fn the_second_is_told_who_where_and_since_and_only_reads() {
    let desk = TemporaryDesk::sample();
    let mut first = first(&desk);
    assert!(locks(&desk).is_empty(), "who only looks locks nothing");
    typing(&mut first, "First words");
    taken(&desk);
    let before = desk.read(DRAFT_FILE);
    let mut second = Terminal::start(desk.path(), (160, 30), &[DRAFT], &[("USER", "berta")]);
    second.wait_for("the question", |s| s.contents().contains("is open elsewhere") && loaded(s));
    let told = format!("The draft {DRAFT} is open elsewhere: anna on {} since 2", host());
    assert!(second.text().contains(&told), "{}", second.text());
    second.press("r", "read only").press("F", "Not now: read only, anna on ");
    second.press("w", "written briefs/notes/li-qiang-submission.md");
    second.send("q");
    assert_eq!(second.end(), 0);
    assert!(before == desk.read(DRAFT_FILE) || desk.read(DRAFT_FILE).contains("First words"));
    first.press("\x1b", "BROWSE").send("q");
    assert_eq!(first.end(), 0);
    assert!(desk.read(DRAFT_FILE).contains("First words"));
    assert!(locks(&desk).is_empty(), "who ends in order leaves no lock");
}

#[test]
#[cfg(target_os = "linux")]
fn who_is_taken_over_is_told_keeps_the_text_and_has_a_way_out() {
    let desk = TemporaryDesk::sample();
    let mut first = first(&desk);
    typing(&mut first, "First words");
    let mut second = second(&desk);
    second.press("t", "The draft is yours now");
    first.wait_for("the news", |s| s.contents().contains("berta on "));
    first.press(" and more", "First words and more").press("\x1b", "BROWSE");
    first.wait_for("what is not saved", |s| s.contents().contains("Not saved: berta on "));
    second.press("l", "2 Recommendation").press("o", "TYPE").press("Second words", "Second words");
    second.press("\x1b", "BROWSE").send("q");
    assert_eq!(second.end(), 0);
    let theirs = desk.read(DRAFT_FILE);
    assert!(theirs.contains("Second words") && !theirs.contains("and more"), "{theirs}");
    first
        .press("\x1b", "BROWSE")
        .press("A", "Save the draft as: ")
        .send("\x15")
        .press("mine\r", "mine · saved")
        .send("q");
    assert_eq!(first.end(), 0);
    assert!(desk.read("briefs/drafts/mine.md").contains("First words and more"));
    assert_eq!(desk.read(DRAFT_FILE), theirs);
}

#[test]
#[cfg(target_os = "linux")]
fn a_signal_after_a_take_over_ends_it_and_keeps_the_text() {
    let desk = TemporaryDesk::sample();
    let mut first = first(&desk);
    typing(&mut first, "First words");
    let mut second = second(&desk);
    second.press("t", "The draft is yours now");
    first.wait_for("the news", |s| s.contents().contains("berta on "));
    first.signal("TERM");
    assert_eq!(first.end(), 143);
    first.assert_given_back();
    let said = "The draft could not be saved; its text is in .attache/unsaved/li-qiang-submission-";
    assert!(first.text().contains(said), "{}", first.text());
    let kept: Vec<_> = std::fs::read_dir(desk.file(".attache/unsaved")).unwrap().collect();
    let text = std::fs::read_to_string(kept[0].as_ref().unwrap().path()).unwrap();
    assert!(kept.len() == 1 && text.contains("First words"), "{text}");
    second.send("q");
    assert_eq!(second.end(), 0);
    // The next start tells of it.
    let mut third = Terminal::start(desk.path(), (160, 24), &[DRAFT], &[]);
    third.wait_for("the word", |s| s.contents().contains("A text that could not be saved is in .attache/unsaved/"));
    third.send("q");
    assert_eq!(third.end(), 0);
}

#[test]
fn a_lock_of_a_killed_run_does_not_bother_the_next() {
    let desk = TemporaryDesk::sample();
    let mut first = Terminal::open(&desk, DRAFT);
    typing(&mut first, "First words");
    // The lock is there once the text is saved, whatever comes first.
    first.press("\x1b", "BROWSE").press("w", "written");
    first.signal("KILL");
    first.child.wait().unwrap();
    assert_eq!(locks(&desk).len(), 1, "nobody tidied up");
    let mut second = Terminal::open(&desk, DRAFT);
    typing(&mut second, "Second words");
    assert!(!second.text().contains("open elsewhere") && !second.text().contains("read only"));
    second.press("\x1b", "BROWSE").send("q");
    assert_eq!(second.end(), 0);
    let draft = desk.read(DRAFT_FILE);
    assert!(draft.contains("First words") && draft.contains("Second words"));
}

#[test]
fn who_reads_may_take_over_once_the_first_has_ended() {
    let desk = TemporaryDesk::sample();
    let mut first = first(&desk);
    typing(&mut first, "First words");
    let mut second = second(&desk);
    second.press("r", "Read only");
    first.press("\x1b", "BROWSE").send("q");
    assert_eq!(first.end(), 0);
    second.wait_for("the end of the first", |s| s.contents().contains("has closed this draft"));
    second.press(":take over\r", "The draft is yours now");
    second.press("l", "2 Recommendation").press("o", "TYPE").press("Second words", "Second words");
    second.press("\x1b", "BROWSE").send("q");
    assert_eq!(second.end(), 0);
    let draft = desk.read(DRAFT_FILE);
    assert!(draft.contains("First words") && draft.contains("Second words"), "{draft}");
}

#[test]
fn commands_need_no_lock() {
    let desk = TemporaryDesk::sample();
    let mut first = Terminal::open(&desk, DRAFT);
    typing(&mut first, "First words");
    taken(&desk);
    let before = files(&desk);
    desk.run(&["render", DRAFT, "-o", "-"]).ok();
    Command::new(env!("CARGO_BIN_EXE_attache")).args(["check", DRAFT]).current_dir(desk.path()).output().unwrap();
    let after = files(&desk);
    assert!(before.keys().eq(after.keys()));
    first.press("\x1b", "BROWSE").send("q");
    assert_eq!(first.end(), 0);
}

#[test]
fn an_interrupt_from_outside_ends_as_a_request_to_end() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    typing(&mut terminal, "These words");
    terminal.signal("INT");
    assert_eq!(terminal.end(), 130);
    terminal.assert_given_back();
    assert!(desk.read(DRAFT_FILE).contains("These words"));
}

#[test]
fn a_signal_ends_it_though_the_draft_changed_behind_our_back() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    typing(&mut terminal, "These words");
    desk.write(DRAFT_FILE, "theirs");
    terminal.signal("HUP");
    assert_eq!(terminal.end(), 129);
    terminal.assert_given_back();
    assert_eq!(desk.read(DRAFT_FILE), "theirs");
    let kept: Vec<_> = std::fs::read_dir(desk.file(".attache/unsaved")).unwrap().collect();
    let text = std::fs::read_to_string(kept[0].as_ref().unwrap().path()).unwrap();
    assert!(text.contains("These words"), "{text}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_closed_terminal_ends_it_soon_and_the_text_is_saved() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    typing(&mut terminal, "These words");
    let begun = std::time::Instant::now();
    terminal.close();
    assert!(begun.elapsed() < std::time::Duration::from_secs(20), "it hangs on");
    assert!(desk.read(DRAFT_FILE).contains("These words"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_stop_from_outside_is_as_ctrl_z_also_when_the_window_changes_meanwhile() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    typing(&mut terminal, "These words");
    terminal.signal("TSTP");
    terminal.wait_for_output("the terminal back", |t| !t.screen().alternate_screen());
    terminal.wait_for_state("T");
    while !terminal.is_silent(std::time::Duration::from_millis(50)) {}
    terminal.assert_given_back();
    assert!(desk.read(DRAFT_FILE).contains("These words"), "saved before it stops");
    terminal.resize(120, 34);
    terminal.signal("CONT");
    terminal.wait_for("the same words", |s| s.alternate_screen() && s.contents().contains("These words"));
    terminal.press(" and more", "These words and more").press("\x1b", "BROWSE").send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
}

#[test]
fn a_folder_that_takes_nothing_is_said_and_the_draft_goes_elsewhere() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::start(desk.path(), (120, 24), &[DRAFT], &[]);
    terminal.wait_for("the desk to be loaded", loaded);
    typing(&mut terminal, "These words").press("\x1b", "BROWSE");
    // What any user runs into, also one who may do everything.
    std::fs::rename(desk.file("briefs/drafts"), desk.file("briefs/gone")).unwrap();
    desk.write("briefs/drafts", "a file in its place");
    terminal.wait_for("the news", |s| s.contents().contains("The draft is gone") || s.contents().contains("Not saved"));
    terminal.press("\x1b", "BROWSE").press("w", "Not saved: its folder is not there");
    assert!(terminal.text().contains("A saves it elsewhere"), "{}", terminal.text());
    let elsewhere = desk.file("elsewhere/li.md");
    terminal.press("\x1b", "BROWSE").press("A", "Save the draft as: ").send("\x15");
    terminal.press(&format!("{}\r", elsewhere.display()), "li · saved").send("q");
    assert_eq!(terminal.end(), 0);
    assert!(std::fs::read_to_string(elsewhere).unwrap().contains("These words"));
}
