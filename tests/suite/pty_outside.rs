//! The world around the program, in a real pseudo-terminal: other programs write the desk's files.

use crate::harness::TemporaryDesk;
use crate::pty::{DRAFT, DRAFT_FILE, Terminal};

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
    terminal.press("o", "· saved").send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
    assert!(desk.read(DRAFT_FILE).contains("Mine stays, all of it"));
    assert!(desk.read(&format!("{DRAFT_FILE}.bak")).contains("in Nanking"));
}

#[test]
fn a_template_and_the_settings_change_outside() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::start(desk.path(), (120, 34), &[DRAFT], &[]);
    terminal.wait_for("the desk to be loaded", crate::pty::loaded);
    let shown = desk.run(&["templates", "show", "ministerial-submission"]).ok();
    assert!(shown.contains("max-words: 900"), "{shown}");
    desk.write("templates/ministerial-submission.md", &shown.replace("max-words: 900", "max-words: 700"));
    terminal.press("", "/700w");
    desk.write("briefs/events/broken.yaml", "title: [");
    terminal.press("", "1 problem in the desk's files. ! shows where").send("\x1bq");
    assert_eq!(terminal.end(), 0);
}
