//! Both have changed the draft: what the merge makes of it, from the question.

use super::harness::{App, DRAFT, desk};
use crate::app::effect::{Effect, TimerId};
use crate::app::message::Message;
use crate::app::regions::Size;
use crate::app::state::{Dialog, Mode};
use crate::app::update;

const QUESTION: &str = "was changed on disk by somebody else";

/// Mine: the first block ends in ` soon`.
fn mine(app: &mut App) {
    app.press("l down e").type_in(" soon").press("Esc");
}

/// The draft with ` soon` in the first block, and theirs on disk, at the question.
fn asked(theirs: &str) -> App {
    let mut app = App::new();
    mine(&mut app);
    app.others_write(Some(theirs));
    app.press("w").sees(QUESTION);
    app
}

/// Theirs in another block than mine.
fn elsewhere() -> String {
    DRAFT.replace("in July", "on 4 July").replace("Seen together they matter", "Together they matter")
}

/// What the cursor of Brief stands on.
fn here(app: &App) -> &str {
    let at = app.state.brief.outline.position(app.state.brief.item().unwrap()).unwrap();
    app.state.document.as_ref().unwrap().draft().block_text(at).unwrap()
}

#[test]
fn what_each_has_changed_is_in_one_text_and_the_next_save_asks_nothing() {
    let mut app = asked(&elsewhere());
    app.shows("m    merge");
    let before = app.files.clone();
    app.press("m");
    let soon = app.draft().contains("soon");
    assert!(soon && app.draft().contains("on 4 July") && app.draft().contains("Together they"), "{}", app.draft());
    assert_eq!(app.notice(), "2 changes of theirs came in: u takes back");
    assert!(here(&app).starts_with("Together they matter"), "{}", here(&app));
    assert_eq!(app.files, before, "nothing is written by merging");
    app.press("w");
    assert!(matches!(app.state.mode, Mode::Browse));
    assert_eq!(app.files["li"], app.draft());
    app.press("q");
    assert_eq!((app.ended, app.files["li"].contains("soon")), (Some(0), true));
}

#[test]
fn the_draft_that_only_they_changed_is_taken_in_without_a_question() {
    let mut app = App::new();
    app.others_write(Some(&elsewhere()));
    assert_eq!(app.draft(), elsewhere());
    assert!(app.notice().starts_with("The draft was read again"));
}

#[test]
fn a_merge_taken_back_is_asked_about_again_also_once_it_was_saved() {
    for saved in [false, true] {
        let mut app = asked(&elsewhere());
        let own = app.draft().to_owned();
        app.press("m");
        let merged = app.draft().to_owned();
        if saved {
            app.send(Message::Timer(TimerId::Save));
            assert_eq!(app.files["li"], merged);
        }
        let on_disk = app.files["li"].clone();
        app.press("u");
        assert_eq!(app.draft(), own);
        assert_eq!(app.notice(), "Undone: merge with theirs. w asks what to do with theirs");
        // No save in the background writes over what is there.
        app.send(Message::Timer(TimerId::Save));
        assert_eq!(app.files["li"], on_disk);
        app.press("Esc w").sees(QUESTION).press("Esc");
        // Done again it stands on theirs again.
        app.press("Esc U");
        assert_eq!((app.draft(), app.notice()), (merged.as_str(), "Done again: merge with theirs"));
        app.press("w");
        assert_eq!(app.files["li"], merged);
        // Taken back, and merged once more from the same texts.
        app.press("u w").sees(QUESTION).press("m");
        assert_eq!(app.draft(), merged);
        app.press("u w o");
        assert_eq!(app.files["li"], own);
        // What was written over is no longer asked about.
        app.press("U w");
        assert_eq!(app.files["li"], merged);
    }
}

#[test]
fn steps_behind_the_merge_and_before_it_leave_it_what_it_is() {
    let mut app = asked(&elsewhere());
    app.press("m e").type_in(" Behind").press("Esc w");
    assert!(app.files["li"].contains("Behind"));
    app.press("u");
    app.send(Message::Timer(TimerId::Save));
    assert!(!app.files["li"].contains("Behind") && app.files["li"].contains("on 4 July"));
    app.press("u u");
    assert_eq!(app.draft(), DRAFT);
    app.send(Message::Timer(TimerId::Save));
    assert!(app.files["li"].contains("on 4 July"), "before the merge nothing is saved unasked");
    app.press("U U U");
    app.send(Message::Timer(TimerId::Save));
    assert!(app.files["li"].contains("Behind"));
}

#[test]
fn a_block_that_both_have_changed_stands_in_both_wordings_until_one_is_chosen() {
    let theirs = DRAFT.replace("visits Russia [", "arrives in Moscow [").replace("in July", "on 4 July");
    for (digit, stays, goes) in [("1", "visits Russia", "arrives in"), ("2", "arrives in", "visits Russia")] {
        let mut app = asked(&theirs);
        app.press("m");
        assert_eq!(app.notice(), "1 change of theirs came in, 1 in both wordings: ] goes there");
        assert!(app.draft().contains("visits Russia") && app.draft().contains("arrives in Moscow"));
        app.press("g ]").sees("two have changed this block").press("f").sees("keep theirs").press(digit);
        assert!(app.draft().contains(stays) && !app.draft().contains(goes), "{}", app.draft());
        assert!(app.draft().contains("on 4 July") && !app.draft().contains("attache: theirs"));
        app.press("w");
        assert_eq!(app.files["li"], app.draft());
    }
    let mut app = asked(&theirs);
    app.press("m ] f 3");
    assert!(app.draft().contains("visits Russia") && app.draft().contains("arrives in Moscow"));
    assert!(!app.draft().contains("attache: theirs"));
}

#[test]
fn a_block_taken_out_by_one_and_changed_by_the_other_stays() {
    let mut app = asked(&DRAFT.replace("Li visits Russia [@li#visit].\n\n", ""));
    app.press("m");
    assert!(app.draft().contains("soon"));
    assert_eq!(app.notice(), "1 that one of you took out and the other changed stayed: u takes back");
}

#[test]
fn the_front_matter_merges_by_its_keys() {
    let mut app = asked(&DRAFT.replace("date: 2024-08-20", "date: 2024-08-21"));
    app.press("m");
    assert!(app.draft().contains("date: 2024-08-21\n") && app.draft().contains("soon"));
    assert_eq!(app.notice(), "1 change of theirs came in: u takes back");
    // The same key in two ways: theirs is a comment behind mine.
    let mut app = App::new();
    app.press("D").press("Ctrl-U").type_in("Li in Minsk").press("Enter Esc");
    assert!(app.draft().contains("title: Li in Minsk"), "{}", app.draft());
    app.others_write(Some(&DRAFT.replace("title: Li in Moscow", "title: Li abroad")));
    app.press("Esc w").sees(QUESTION).press("m");
    assert_eq!(app.notice(), "1 in both wordings: ] goes there");
    assert!(app.draft().contains("title: Li in Minsk\n# theirs: title: Li abroad\n"), "{}", app.draft());
    app.press("]").sees("two have changed this").press("f");
    assert!(app.draft().contains("title: Li in Minsk\n") && !app.draft().contains("# theirs"), "{}", app.draft());
}

#[test]
fn line_ends_stay_mine_and_are_no_change_by_themselves() {
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let mut app = App::with(&crlf(DRAFT), desk(), Size { width: 80, height: 24 });
    mine(&mut app);
    // Their editor writes other line ends, and a word.
    app.others_write(Some(&elsewhere()));
    app.press("w m");
    assert!(app.draft().contains("soon") && app.draft().contains("on 4 July"));
    assert_eq!(app.draft(), crlf(&app.draft().replace("\r\n", "\n")));
    let mut app = App::with(&crlf(DRAFT), desk(), Size { width: 80, height: 24 });
    mine(&mut app);
    let own = app.draft().to_owned();
    app.others_write(Some(DRAFT));
    app.press("w m");
    assert_eq!(app.draft(), own);
    assert_eq!(app.notice(), "Nothing of theirs was missing here: the next save writes yours");
    app.press("w");
    assert_eq!(app.files["li"], own);
}

#[test]
fn while_a_block_is_typed_nothing_moves_and_the_merge_comes_after() {
    let mut app = App::new();
    app.press("Tab j e").type_in(" so");
    app.others_write(Some(&elsewhere()));
    assert_eq!(app.notice(), "The draft changed on disk. w asks what to do");
    app.type_in("on").press("Esc");
    assert!(!app.draft().contains("on 4 July"));
    app.press("Esc w").sees(QUESTION).press("m");
    assert!(app.draft().contains("soon") && app.draft().contains("on 4 July"));
    // Begun but not changed yet: theirs comes in whole, and there is nothing to save.
    let mut app = App::new();
    app.press("Tab j e");
    app.others_write(Some(&elsewhere()));
    app.press("Esc Esc w").sees(QUESTION).press("m");
    assert_eq!(app.draft(), elsewhere());
    app.press("q");
    assert_eq!((app.ended, app.saves), (Some(0), 0));
}

#[test]
fn a_file_that_changes_again_is_asked_about_again_and_merged_again() {
    let mut app = asked(&elsewhere());
    app.press("m");
    let third = elsewhere().replace("Li in Moscow", "Li abroad");
    // Before the next save, and no watcher tells.
    app.files.insert("li".to_owned(), third.clone());
    app.press("w").sees(QUESTION);
    assert_eq!(app.files["li"], third);
    app.press("m");
    assert_eq!(app.notice(), "1 change of theirs came in: u takes back");
    assert!(app.draft().contains("Li abroad") && app.draft().contains("soon"));
    app.press("w");
    assert_eq!(app.files["li"], app.draft());
}

#[test]
fn what_cannot_be_read_leaves_the_question_and_the_text() {
    let mut app = asked(&elsewhere());
    let own = app.draft().to_owned();
    app.files.remove("li");
    app.press("m");
    assert!(matches!(app.state.mode, Mode::Dialog(Dialog::Draft)));
    assert_eq!(app.notice(), "Not merged: what is on disk cannot be read: no such file");
    assert_eq!(app.draft(), own);
    // Once it is known that the file is gone, it is written anew.
    app.others_write(None);
    app.press("Esc Esc w");
    assert_eq!(app.files["li"], own);
}

#[test]
fn a_file_that_went_and_came_back_changed_still_merges() {
    let mut app = App::new();
    mine(&mut app);
    app.others_write(None);
    app.others_write(Some(&elsewhere()));
    app.press("Esc w").sees(QUESTION).press("m");
    assert!(app.draft().contains("soon") && app.draft().contains("on 4 July"));
    assert_eq!(app.notice(), "2 changes of theirs came in: u takes back");
}

#[test]
fn the_same_text_on_both_sides_closes_the_question() {
    let mut app = asked(&elsewhere());
    let own = app.draft().to_owned();
    app.files.insert("li".to_owned(), own);
    app.press("m");
    assert_eq!(app.notice(), "Both texts are the same: there was nothing to merge");
    app.press("q");
    assert_eq!((app.ended, app.saves), (Some(0), 0));
}

#[test]
fn no_merge_is_offered_where_the_two_were_not_made_from_one() {
    let mut app = App::new();
    app.files.insert("/tmp/taken.md".to_owned(), "theirs".to_owned());
    mine(&mut app);
    app.press("A Ctrl-U").type_in("/tmp/taken.md").press("Enter Esc w").sees(QUESTION);
    assert!(!app.screen().contains("merge:"));
    app.press("m").sees(QUESTION);
    assert_eq!(app.notice(), "Not merged: the two were not made from one text. d shows how they differ");
    assert_eq!(app.files["/tmp/taken.md"], "theirs");
}

#[test]
fn another_choice_is_not_overtaken_by_a_merge_that_waits() {
    for (key, asks) in [("Esc", false), ("d", true)] {
        let mut app = asked(&elsewhere());
        let own = app.draft().to_owned();
        let effects = update(&mut app.state, Message::Key("m".parse().unwrap()));
        let request = effects.iter().find_map(|e| match e {
            Effect::ReadTheirs { request, .. } => Some(*request),
            _ => None,
        });
        app.press(key);
        app.send(Message::TheirsRead { request: request.unwrap(), result: Ok(elsewhere()) });
        assert_eq!(app.draft(), own, "{key}");
        assert_eq!(matches!(app.state.mode, Mode::Difference(_)), asks, "{key}");
    }
}

#[test]
fn the_question_at_quitting_merges_and_stays_for_a_look() {
    let mut app = App::new();
    mine(&mut app);
    // No watcher tells.
    app.files.insert("li".to_owned(), elsewhere());
    app.press("q").sees(QUESTION).press("m");
    assert_eq!(app.ended, None);
    assert!(app.draft().contains("soon") && app.draft().contains("on 4 July"));
    app.press("q");
    assert_eq!((app.ended, app.files["li"].as_str()), (Some(0), app.draft()));
}

#[test]
fn who_takes_the_draft_back_merges_what_the_other_wrote() {
    let mut app = App::new();
    mine(&mut app);
    app.holder = Some(("li", crate::app::hold::Holder { user: "anna".into(), ..Default::default() }));
    app.held = None;
    app.send(Message::LocksChanged);
    app.files.insert("li".to_owned(), elsewhere());
    app.press("Esc :").type_in("take over").press("Enter Esc w").sees(QUESTION).press("m w");
    assert!(app.files["li"].contains("soon") && app.files["li"].contains("on 4 July"), "{}", app.files["li"]);
}

#[test]
fn the_journal_knows_the_merge() {
    let mut app = asked(&elsewhere());
    let own = app.draft().to_owned();
    app.press("m");
    let merged = app.draft().to_owned();
    // Not saved yet: the words are offered, though the file is theirs.
    app.crash();
    assert_eq!(app.draft(), elsewhere());
    app.sees("were not saved: R brings them back").press("R");
    assert_eq!(app.draft(), merged);
    // Saved: the steps are there, back to mine.
    let mut app = asked(&elsewhere());
    app.press("m w q").crash();
    assert_eq!(app.draft(), merged);
    assert_eq!(app.notice(), "");
    app.press("u");
    assert_eq!(app.draft(), own);
    // Taken back and not decided: mine is offered beside theirs.
    let mut app = asked(&elsewhere());
    app.press("m u").crash();
    assert_eq!(app.draft(), elsewhere());
    app.sees("were not saved: R brings them back").press("R");
    assert_eq!(app.draft(), own);
}
