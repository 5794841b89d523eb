//! From opening to the written note, with the keys and as few of them as the interface promises, in a
//! real pseudo-terminal of two sizes.

use crate::harness::TemporaryDesk;
use crate::terminal::{DRAFT, DRAFT_FILE, Terminal, loaded};

const SIZES: [(u16, u16); 2] = [(80, 24), (200, 60)];

/// Keys that are counted: each string is one press.
fn press(terminal: &mut Terminal, keys: &[&str], count: usize, shown: &str) {
    assert_eq!(keys.len(), count, "{keys:?}");
    for key in keys {
        terminal.send(key);
    }
    terminal.wait_for(shown, |screen| screen.contents().contains(shown));
}

fn open(desk: &TemporaryDesk, size: (u16, u16)) -> Terminal {
    let mut terminal = Terminal::start(desk.path(), size, &[DRAFT], &[]);
    terminal.wait_for("the desk to be loaded", loaded);
    terminal
}

fn leave(mut terminal: Terminal) {
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
}

/// A section's text in the draft on disk.
fn section(draft: &str, id: &str) -> String {
    let rest = draft.split(&format!("{{#{id}}}\n")).nth(1).unwrap();
    rest.split("\n## ").next().unwrap().to_owned()
}

#[test]
fn fill_look_and_write_are_two_keys() {
    for size in SIZES {
        let desk = TemporaryDesk::sample();
        let before = desk.read(DRAFT_FILE);
        let mut terminal = open(&desk, size);
        press(&mut terminal, &["F", "w"], 2, "written briefs/notes/li-qiang-submission.md");
        leave(terminal);
        let (draft, note) = (desk.read(DRAFT_FILE), desk.read("briefs/notes/li-qiang-submission.md"));
        assert_eq!(draft.matches("[@").count(), before.matches("[@").count() + 4, "{draft}");
        assert_eq!(desk.run(&["render", DRAFT, "-o", "-"]).ok(), note);
    }
}

#[test]
fn facts_are_found_taken_and_placed_in_twelve_keys() {
    for size in SIZES {
        let desk = TemporaryDesk::sample();
        let mut terminal = open(&desk, size);
        let before = desk.read(DRAFT_FILE);
        press(&mut terminal, &["/", "s", "c", "o", "\r"], 5, "Facts 41/48  /tag:china sco");
        press(&mut terminal, &[" ", " ", " ", "2"], 4, "3 facts → 2 Recommendation");
        // Esc and an arrow in one read are another key to a terminal, and no fingers are that quick.
        press(&mut terminal, &["\x1b"], 1, "Facts 48 ");
        press(&mut terminal, &["\x1b[B", "1"], 2, "→ 1 Issue");
        leave(terminal);
        let after = desk.read(DRAFT_FILE);
        let added = |id: &str| section(&after, id).matches("[@").count() - section(&before, id).matches("[@").count();
        // One of the three stands in the brief already and comes with its block, in which two sentences cite.
        assert_eq!((added("recommendation"), added("issue")), (2, 2), "{after}");
    }
}

#[test]
fn a_block_is_moved_worded_connected_and_mended_and_the_note_written() {
    for size in SIZES {
        let desk = TemporaryDesk::sample();
        let text = desk.read(DRAFT_FILE);
        desk.write(
            DRAFT_FILE,
            &text.replace("\n## Recommendation", "\nThe minister leaves soon.\n\n## Recommendation"),
        );
        let mut terminal = open(&desk, size);
        press(&mut terminal, &["\t", "\x1b[B", "J"], 3, "1▸Issue");
        press(
            &mut terminal,
            &["e", "\x1b[F", " Talks were on Friday, 4 July 2024.", "\x1b"],
            4,
            "2024-07-04 is a Thursday",
        );
        press(&mut terminal, &["o", "Both steps point the same way.", "\x1b"], 3, "BROWSE");
        press(&mut terminal, &["]", "f"], 2, "Done: write “Thursday”");
        press(&mut terminal, &["w"], 1, "written briefs/notes/li-qiang-submission.md");
        leave(terminal);
        let draft = desk.read(DRAFT_FILE);
        let issue = section(&draft, "issue");
        let places = ["The minister leaves soon.", "Premier Li Qiang", "Thursday, 4 July 2024.", "Both steps"];
        let places = places.map(|words| issue.find(words).unwrap_or_else(|| panic!("no {words}: {issue}")));
        assert!(places.is_sorted(), "{issue}");
        assert!(desk.read("briefs/notes/li-qiang-submission.md").contains("Talks were on Thursday"));
    }
}
