//! Two runs of the program and one draft, and what becomes of a text whose file is not to be had.

use super::harness::{App, DRAFT};
use crate::app::hold::{Hold, Holder};
use crate::app::message::{Message, SaveFault};
use crate::app::state::Mode;

fn anna() -> Holder {
    Holder { user: "anna".into(), host: "desk7".into(), since: "2024-08-20 14:05".into() }
}

/// A draft that anna has, opened here.
fn second() -> App {
    let mut app = App::new();
    app.holder = Some(("two", anna()));
    app.files.insert("two".to_owned(), DRAFT.to_owned());
    app.press("b").type_in("two").press("Enter");
    app
}

/// Another run takes or leaves the open draft; the watcher tells.
fn becomes(app: &mut App, holder: Option<Holder>) {
    app.holder = holder.map(|holder| ("li", holder));
    app.held = None;
    app.send(Message::LocksChanged);
}

#[test]
fn the_second_is_told_who_has_the_draft_where_and_since_when() {
    let app = second();
    app.shows("The draft two is open elsewhere: anna on desk7 since 2024-08-20 14:05");
    app.shows("read only");
    app.shows("take it over");
}

#[test]
fn read_only_every_change_says_why_it_does_nothing_and_the_note_is_still_written() {
    for leave in ["r", "Esc", "Ctrl-C"] {
        let mut app = second();
        app.press(leave);
        assert_eq!(app.notice(), "Read only. :take over takes the draft over", "{leave}");
        app.press("down").shows("two · read only");
    }
    let mut app = second();
    app.press("r");
    let why = "Not now: read only, anna on desk7 since 2024-08-20 14:05 has this draft. :take over takes it over";
    for key in ["F", "2", "u", "U", "D", "0", "down Enter"] {
        app.press(key);
        assert_eq!(app.notice(), why, "{key}");
    }
    app.press("Tab j j");
    for key in ["x", "J", "K", "m", "S", "e", "E", "o", "O", "i", "Enter", "2"] {
        app.press(key);
        assert_eq!(app.notice(), why, "{key}");
        assert!(matches!(app.state.mode, Mode::Browse), "{key}");
    }
    app.press(":").type_in("delete the draft").press("Enter");
    assert_eq!(app.notice(), why);
    app.press("Esc");
    assert_eq!((app.draft(), app.saves), (DRAFT, 0));
    app.press("w");
    assert!(app.notice().starts_with("written briefs/notes/two.md"), "{}", app.notice());
    app.press("q");
    assert_eq!((app.ended, app.saves), (Some(0), 0));
}

#[test]
fn keys_that_only_move_still_move() {
    let mut app = second();
    app.press("r g Enter");
    assert!(app.notice().starts_with("Placed already"), "{}", app.notice());
    app.press("g Enter");
    assert!(app.notice().contains("places into"), "{}", app.notice());
}

#[test]
fn the_readers_draft_follows_the_file() {
    let mut app = App::new();
    becomes(&mut app, Some(anna()));
    assert!(app.notice().starts_with("Now read only, anna on desk7"), "{}", app.notice());
    app.press("Esc");
    let theirs = DRAFT.replace("Seen together", "Side by side");
    app.others_write(Some(&theirs));
    assert_eq!(app.draft(), theirs);
    app.press("u");
    assert_eq!(app.draft(), theirs);
}

#[test]
fn taking_over_makes_a_writer_of_the_reader() {
    let mut app = second();
    app.press("t");
    assert_eq!(app.notice(), "The draft is yours now");
    assert_eq!(app.state.hold, Hold::Ours);
    app.press("F q");
    assert_ne!(app.files["two"], DRAFT);
    assert_eq!(app.ended, Some(0));
    // Later, when the other one has closed it.
    let mut app = second();
    app.press("r");
    app.holder = None;
    app.held = None;
    app.send(Message::LocksChanged);
    assert!(app.notice().ends_with("has closed this draft. :take over takes it over"), "{}", app.notice());
    app.press("F");
    assert_eq!(app.draft(), DRAFT, "not before it is asked for");
    app.press(":").type_in("take over").press("Enter F");
    assert_ne!(app.draft(), DRAFT);
}

#[test]
fn who_is_taken_over_keeps_the_text_and_saves_no_more_to_the_draft() {
    let mut app = App::new();
    app.press("Tab j o").type_in("Mine");
    assert_eq!(app.state.hold, Hold::Ours);
    becomes(&mut app, Some(anna()));
    let told = "anna on desk7 since 2024-08-20 14:05 took this draft over: your text stays here. A saves it elsewhere, \
                :take over takes over";
    assert_eq!(app.notice(), told);
    app.type_in(" and more").press("Esc Esc w");
    assert_eq!(app.files["li"], DRAFT);
    app.shows("not saved");
    app.press("Esc q");
    assert_eq!(app.ended, None);
    assert!(app.notice().contains("again leaves without saving"), "{}", app.notice());
    app.press("Esc A").sees("Save the draft as: li-2").press("Enter");
    assert!(app.files["li-2"].contains("Mine and more"));
    assert_eq!((app.files["li"].as_str(), &app.state.hold), (DRAFT, &Hold::Ours));
}

#[test]
fn a_draft_taken_back_asks_before_it_writes_over_what_was_written_meanwhile() {
    let mut app = App::new();
    app.press("Tab j o").type_in("Mine").press("Esc");
    becomes(&mut app, Some(anna()));
    app.files.insert("li".to_owned(), "theirs".to_owned());
    app.press("Esc :").type_in("take over").press("Enter");
    assert_eq!(app.files["li"], "theirs");
    app.press("Esc w").shows("was changed on disk by somebody else");
}

#[test]
fn who_was_slower_to_change_a_draft_keeps_the_text_as_well() {
    let mut app = App::new();
    app.holder = Some(("li", anna()));
    app.press("Tab j o").type_in("M");
    assert!(app.notice().contains("has this draft: your text stays here"), "{}", app.notice());
    app.type_in("ine").press("Esc Esc");
    assert!(app.draft().contains("Mine"));
    assert_eq!(app.files["li"], DRAFT);
}

#[test]
fn an_answer_about_another_draft_changes_nothing() {
    let mut app = App::new();
    let held = crate::app::hold::Held::Theirs(anna());
    app.send(Message::Held { path: "other".into(), held });
    assert_eq!(app.state.hold, Hold::Free);
}

#[test]
fn a_signal_ends_whatever_stands_in_the_way_and_the_text_is_kept() {
    // Taken over.
    let mut app = App::new();
    app.press("Tab j o").type_in("Mine");
    becomes(&mut app, Some(anna()));
    app.send(Message::Signal(15));
    assert_eq!((app.ended, app.kept.len()), (Some(143), 1));
    assert!(app.kept[0].contains("Mine"));
    assert_eq!(
        app.state.farewell.as_deref(),
        Some("The draft could not be saved; its text is in .attache/unsaved/li.md")
    );
    // Changed behind our back, or no room.
    for failing in [false, true] {
        let mut app = App::new();
        app.press("Tab j o").type_in("Mine");
        if failing {
            app.failing = Some("no space left on the disk".to_owned());
        } else {
            app.files.insert("li".to_owned(), "theirs".to_owned());
        }
        app.send(Message::Signal(1));
        assert_eq!((app.ended, app.kept.len()), (Some(129), 1), "{failing}");
    }
    let mut app = App::new();
    app.press("Tab j o").type_in("Mine");
    app.send(Message::Signal(15));
    assert_eq!((app.ended, app.kept.len(), &app.state.farewell), (Some(143), 0, &None));
    assert!(app.files["li"].contains("Mine"));
}

#[test]
fn a_save_that_fails_offers_to_save_elsewhere() {
    let mut app = App::new();
    app.failing = Some("the disk is read-only".to_owned());
    app.press("F w");
    assert!(app.notice().starts_with("Not saved: the disk is read-only. A saves it elsewhere"), "{}", app.notice());
    app.press("Esc A Ctrl-U").type_in("/tmp/else where/li").press("Enter");
    assert_eq!(app.files["/tmp/else where/li.md"], app.draft());
    assert_eq!(app.files["li"], DRAFT);
    app.press("down").shows("li · saved");
    // A folder takes it under its name; `~` is the writer's home.
    app.press("A Ctrl-U").type_in("~/").press("Enter");
    assert_eq!(app.files["~/li.md"], app.draft());
    // What is there is not written over unasked.
    app.files.insert("/tmp/taken.md".to_owned(), "theirs".to_owned());
    app.press("A Ctrl-U").type_in("/tmp/taken.md").press("Enter");
    assert_eq!(app.files["/tmp/taken.md"], "theirs");
    app.press("Esc w").shows("was changed on disk");
}

#[test]
fn what_is_worth_knowing_about_a_file_is_said_once() {
    let mut app = App::new();
    let remark = || Message::Remark("li.md is saved, but its owner could not be kept".to_owned());
    app.send(remark());
    assert!(app.notice().contains("owner"));
    app.press("Esc");
    app.send(remark());
    assert_eq!(app.notice(), "");
    app.send(Message::Saved { request: 99_999, result: Err(SaveFault::Changed) });
}
