//! The difference between what is on disk and what is here, seen from the question.

use super::harness::{App, DRAFT, desk};
use crate::app::effect::TimerId;
use crate::app::message::{Message, Mouse, MouseKind};
use crate::app::regions::Size;
use crate::app::state::{Dialog, Mode};

/// A draft that somebody else changed while it was changed here, at the question.
fn asked() -> App {
    let mut app = App::new();
    app.press("l down e").type_in(" soon").press("Esc");
    app.others_write(Some(&DRAFT.replace("visits Russia", "arrives in Moscow")));
    app.press("w").sees("was changed on disk by somebody else").sees("d    see the difference");
    app
}

#[test]
fn the_draft_on_disk_is_held_against_mine_word_by_word() {
    let mut app = asked();
    let before = (app.draft().to_owned(), app.files.clone());
    app.press("d").sees("Difference  - only in the draft on disk").sees("DIFF");
    app.sees("~ Li [-arrives in Moscow-] [+visits Russia soon+]")
        .sees("back to the question")
        .sees("blocks are the same");
    assert_eq!(app.cursor(), (0, 0), "nothing is typed here");
    // A save in the background has nothing to add to what is being asked.
    app.send(Message::Timer(TimerId::Save));
    app.sees("back to the question");
    // Letters and the leaving key change nothing: the question is back.
    app.press("o n d x Esc").sees("d    see the difference");
    assert_eq!((app.draft().to_owned(), app.files.clone()), before);
    app.press("d Esc o");
    assert!(matches!(app.state.mode, Mode::Browse));
    assert!(app.files["li"].contains("visits Russia") && app.files["li"].contains("soon"), "{}", app.files["li"]);
}

#[test]
fn a_note_edited_by_hand_is_held_against_the_one_to_be_written() {
    let mut app = App::new();
    app.press("w");
    let theirs = app.notes["li"].replace("Li visits Russia", "Li went to Russia");
    app.notes.insert("li".to_owned(), format!("{theirs}\nA line by hand.\n"));
    app.press("w").sees("The note li was edited by hand").press("d");
    app.sees("only in the note on disk").sees("[-went to-] [+visits+]").sees("- A line by hand.");
    app.press("q").sees("The note li was edited by hand").press("o");
    assert!(app.notes["li"].contains("Li visits Russia") && !app.notes["li"].contains("by hand"));
}

#[test]
fn a_file_that_is_gone_meanwhile_is_said_and_asked_about_again() {
    let mut app = asked();
    app.files.remove("li");
    app.press("d");
    assert!(matches!(app.state.mode, Mode::Dialog(Dialog::Draft)));
    assert_eq!(app.notice(), "What is on disk cannot be read: no such file");
}

#[test]
fn a_long_difference_is_scrolled_to_its_ends_and_no_further() {
    let long = |word: &str| (0..60).map(|n| format!("Paragraph {n} is {word} here.\n\n")).collect::<String>();
    let draft = format!("{DRAFT}\n{}", long("mine"));
    let mut app = App::with(&draft, desk(), Size { width: 80, height: 24 });
    app.press("l down e").type_in(" soon").press("Esc");
    app.others_write(Some(&format!("{DRAFT}\n{}", long("theirs"))));
    app.press("w d").sees("Paragraph 0 is [-theirs-] [+mine+] here.");
    assert!(!app.screen().contains("Paragraph 59"));
    app.press("G").sees("Paragraph 59 is [-theirs-] [+mine+] here.");
    let end = app.screen();
    app.press("j down PgDn");
    assert_eq!(app.screen(), end);
    app.press("k PgUp");
    assert_ne!(app.screen(), end);
    app.press("g").sees("Paragraph 0 is");
    app.press("Esc % d").press("Esc");
    app.state.mouse = true;
    app.press("d");
    let top = app.screen();
    app.send(Message::Mouse(Mouse { kind: MouseKind::WheelDown, column: 3, row: 3 }));
    assert_ne!(app.screen(), top);
    // At every size it is drawn, and the keys act.
    for (width, height) in (0..=12).flat_map(|w| (0..=12).map(move |h| (w, h))).chain([(40, 10), (200, 60)]) {
        app.send(Message::Resize(Size { width, height }));
        app.press("G j g PgDn");
        app.screen();
    }
    app.send(Message::Resize(Size { width: 80, height: 24 }));
    app.press("Ctrl-C").sees("see the difference").press("Ctrl-C").sees("Not saved");
}

#[test]
fn help_comes_and_goes_over_the_difference() {
    let mut app = asked();
    app.press("d").press("?").sees("Keys").press("Esc").sees("[-arrives in Moscow-]");
}
