//! Coverage, the timeline and the fact in full at 80x24, in a real pseudo-terminal on the sample desk.

use crate::harness::TemporaryDesk;
use crate::terminal::{DRAFT, DRAFT_FILE, Terminal};

#[track_caller]
fn left(terminal: &mut Terminal) {
    terminal.press("\x1b", "BROWSE").send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
}

#[test]
fn what_coverage_shows_as_left_out_goes_into_the_file_by_a_digit() {
    let desk = TemporaryDesk::sample();
    let before = desk.read(DRAFT_FILE);
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("c", "26 of 48 facts in scope used · 1 must left out").press("j", "Washington Summit");
    terminal.press("\t", "by tag [by source] by priority").press("\t\t", "[by tag] by source by priority");
    terminal.press("j4", "27 of 48 facts in scope used");
    terminal.wait_for("the must gone", |screen| !screen.contents().contains("must left out"));
    left(&mut terminal);
    let after = desk.read(DRAFT_FILE);
    assert!(after != before && after.contains("issued the Washington Summit"), "{after}");
}

#[test]
fn a_row_of_the_timeline_filters_facts() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("T", "48 facts · 26 used").press(">", "[by month]").press("G", "no date").press(">", "[by year]");
    terminal.press("g", "▸~1996").press("\r", "/tag:china date:1996");
    terminal.wait_for("one fact", |screen| screen.contents().contains("Facts 1/48"));
    left(&mut terminal);
}

#[test]
fn a_fact_in_full_names_the_other_drafts_that_use_it() {
    let desk = TemporaryDesk::sample();
    let draft = desk.read(DRAFT_FILE);
    let at = draft.find("[@li-qiang-ru-by").unwrap();
    let address = draft[at + 2..].split([']', ';', ',']).next().unwrap();
    desk.write("briefs/drafts/other.md", &format!("---\ntitle: Elsewhere\n---\n\n## Far away\n\nSo [@{address}].\n"));
    let mut terminal = Terminal::open(&desk, DRAFT);
    let (_, id) = address.split_once('#').unwrap();
    terminal.press(&format!("/\x15id:{id}\r"), "Facts 1/48").press("v", "Fact  1 of 1").press("G", "Where it is used");
    // The other drafts come when they are read, below what was the end.
    terminal.wait_for("the first", |screen| screen.contents().contains("belarus-sco-backgrounder")).send("G");
    terminal.wait_for("both drafts", |screen| {
        let text = screen.contents();
        text.contains("This brief, ") && text.contains("Elsewhere (other)") && text.contains("Far away")
    });
    left(&mut terminal);
}
