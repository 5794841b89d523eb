//! Event files edited from Facts, in a real pseudo-terminal on the sample desk: what is written is what was wanted.

use std::os::unix::fs::PermissionsExt as _;

use crate::harness::TemporaryDesk;
use crate::terminal::{DRAFT, DRAFT_FILE, Terminal};

const EVENT: &str = "briefs/events/2024/li-qiang-ru-by-2024-08.yaml";

#[test]
fn facts_are_tagged_corrected_added_and_taken_back_with_no_other_byte_touched() {
    let desk = TemporaryDesk::sample();
    let (before, draft) = (desk.read(EVENT), desk.read(DRAFT_FILE));
    let place = before.find("  - id: invitation\n").unwrap();
    // What is changed within the fact alone.
    let with = |old: &str, new: &str| format!("{}{}", &before[..place], before[place..].replacen(old, new, 1));
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("/\x15id:invitation\r", "Facts 1/48");
    terminal.press("+", "Tags of invitation").press("vis\t, -belarus\r", "Changed: tags of 1 fact. u takes it back");
    assert_eq!(desk.read(EVENT), with("tags: [china, russia, belarus]", "tags: [china, russia, vis]"));
    terminal.press("u", "Taken back: tags of 1 fact");
    assert_eq!(desk.read(EVENT), before);
    terminal.press("=dis\r", "Changed: status disputed of 1 fact");
    let disputed = desk.read(EVENT);
    assert_eq!(disputed, with("    credibility: 2\n", "    status: disputed\n    credibility: 2\n"));
    terminal.wait_for("the mark of a disputed fact", |screen| screen.contents().contains('≠'));
    terminal
        .press("C", "Text: ")
        .press("\x15They were invited: both.\r", "Changed: text of li-qiang-ru-by-2024-08#invitation");
    let corrected = desk.read(EVENT);
    let line = before[place..].lines().nth(1).unwrap();
    assert_eq!(corrected, disputed.replacen(line, "    text: \"They were invited: both.\"", 1));

    // A file that may not be written stays as it is.
    let permissions = |mode| std::fs::set_permissions(desk.file(EVENT), std::fs::Permissions::from_mode(mode)).unwrap();
    permissions(0o444);
    terminal.press("*must\r", "Not changed: it is read-only.").press("\x1b", "BROWSE");
    assert_eq!(desk.read(EVENT), corrected);
    permissions(0o644);

    // Of a new fact the rest is asked step by step.
    terminal.press("\x1b/\x1b", "Facts 48").press("N", "New fact");
    terminal.press("\x15li-q\t\r", "Kind: statement").press("\r", "3/6 Text").press("Late news.\r", "4/6 Date");
    terminal.press("2024-08-21\r", "5/6 Sources").press("\r", "6/6 Tags").press("\r", "Facts 49");
    let added = desk.read(EVENT);
    assert!(
        added.starts_with(&corrected)
            && added.ends_with("\n  - id: late-news\n    text: Late news.\n    date: 2024-08-21\n")
    );

    // What others wrote meanwhile is not written over, and none of it went into the brief.
    let theirs = added.replacen("Late news.", "Later news.", 1);
    desk.write(EVENT, &theirs);
    terminal.press("", "Later news.").press("u", "Not changed: the file is not as that edit left it");
    assert_eq!(desk.read(EVENT), theirs);
    terminal.press("\x1b", "BROWSE").send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
    assert_eq!(desk.read(DRAFT_FILE), draft);

    // A later run takes back what this one did, the last first.
    desk.write(EVENT, &added);
    let mut terminal = Terminal::start(desk.path(), (80, 24), &[DRAFT], &[]);
    terminal.wait_for("the desk", |screen| screen.contents().contains("Facts 49/49"));
    for (told, left) in [
        ("Taken back: a new fact", &corrected),
        ("Taken back: text of li-qiang-ru-by-2024-08#invitation", &disputed),
        ("Taken back: status disputed of 1 fact", &before),
    ] {
        terminal.press(":take back the event\r", told);
        assert_eq!(desk.read(EVENT), *left);
    }
    terminal.press(":take back the event\r", "No edit of an event is left").send("q");
    assert_eq!(terminal.end(), 0);
}
