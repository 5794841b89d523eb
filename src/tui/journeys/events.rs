//! Facts are mended in their event files without leaving the terminal.

use super::harness::App;
use crate::app::message::{Changes, Message};
use crate::app::state::Mode;

const LI: &str = "briefs/events/li.yaml";
const SCO: &str = "briefs/events/sco.yaml";

const LI_TEXT: &str = "# by hand\ntitle: Li\ndate: 2024-08-20\ntags: [china]\nactors: { mao: Mao Ning }\nsources:\n  afp: { title: 'A' }\n  tass: { title: 'T' }\nfacts:\n  - id: visit\n    text: Li visits Russia and Belarus   # from the wire\n    date: 2024-08-20\n    tags: [lead, trip]\n    sources: [afp, tass]\n\n  - id: quote\n    kind: quote\n    words: 'It''s a test'\n    said: 2024-08-19\n    speaker: mao\n    sources: afp\n";
const SCO_TEXT: &str =
    "title: SCO\ndate: 2024-07-04\nfacts:\n  - { id: joins, text: Belarus joins, date: 2024-07-04 }\n";

fn app() -> App {
    App::on_events(&[(LI, LI_TEXT), (SCO, SCO_TEXT)])
}

/// The cursor on the fact of this id.
fn go(app: &mut App, id: &str) {
    app.press("/ Ctrl-U").type_in(&format!("id:{id}")).press("Enter");
    assert_eq!(focused(app), id, "{}", app.screen());
}

fn focused(app: &App) -> String {
    let at = app.state.facts.focused().unwrap();
    app.state.desk.address(at).unwrap().fact
}

fn fact(app: &App, id: &str) -> crate::model::Fact {
    let facts = app.state.desk.facts().filter_map(|at| app.state.desk.get(at));
    facts.map(|(_, fact)| fact.clone()).find(|fact| &*fact.id == id).unwrap()
}

#[test]
fn a_tag_is_added_and_taken_out_where_the_fact_stands() {
    let mut app = app();
    go(&mut app, "visit");
    app.press("+").sees("Tags of visit, -tag takes one out:");
    app.type_in("sco, -lead").press("Enter");
    assert_eq!(app.events[LI], LI_TEXT.replace("[lead, trip]", "[trip, sco]"));
    assert_eq!(fact(&app, "visit").tags, ["trip".into(), "sco".into()].into());
    assert_eq!(focused(&app), "visit");
    assert!(
        app.notice().contains("Changed: tags of 1 fact. u takes it back. briefs/events/li.yaml"),
        "{}",
        app.notice()
    );
    app.press("u");
    assert_eq!(app.events[LI], LI_TEXT);
    assert!(app.notice().contains("Taken back: tags of 1 fact"), "{}", app.notice());
    app.press("U");
    assert_eq!(fact(&app, "visit").tags, ["trip".into(), "sco".into()].into());
    app.press("+").type_in("trip").press("Enter");
    assert_eq!(app.notice(), "It is so already: nothing is changed");
    app.press("+").type_in("-china").press("Enter");
    assert!(app.notice().contains("a tag of the whole event"), "{}", app.notice());
    app.press("+").type_in("x").press("Esc");
    assert_eq!(app.notice(), "Nothing is changed");
}

#[test]
fn marked_facts_of_several_files_change_together_or_not_at_all() {
    let mut app = app();
    app.press("a =").sees("Status of 3 facts:").type_in("dispu").press("Tab Enter");
    assert!(app.events[LI].contains("tags: [lead, trip]\n    status: disputed\n    sources: [afp, tass]"));
    assert!(app.events[LI].contains("speaker: mao\n    status: disputed\n    sources: afp"), "{}", app.events[LI]);
    assert_eq!(app.events[SCO], SCO_TEXT.replace("2024-07-04 }", "2024-07-04, status: disputed }"));
    assert_eq!(app.state.facts.marks.len(), 3, "what is marked stays so");
    assert!(app.notice().contains("Changed: status disputed of 3 facts. u takes it back. 2 files"), "{}", app.notice());
    app.press("u");
    assert_eq!((app.events[LI].as_str(), app.events[SCO].as_str()), (LI_TEXT, SCO_TEXT));
    // One of the files is gone.
    app.events.remove(SCO);
    app.press("*").type_in("must").press("Enter");
    assert_eq!(app.events[LI], LI_TEXT);
    assert!(app.notice().contains("Not changed: no such file. briefs/events/sco.yaml"), "{}", app.notice());
}

#[test]
fn a_wrong_word_is_asked_for_again_and_the_palette_takes_values() {
    let mut app = app();
    go(&mut app, "visit");
    app.press("=").type_in("denied").press("Enter");
    assert_eq!(app.notice(), "confirmed, reported, disputed, retracted");
    app.shows("Status of visit: denied");
    app.press("Ctrl-U").type_in("ret").press("Enter");
    assert_eq!(fact(&app, "visit").status, crate::model::FactStatus::Retracted);
    app.press(":").type_in("status confirmed").press("Enter");
    assert_eq!(fact(&app, "visit").status, crate::model::FactStatus::Confirmed);
    app.press(":").type_in("tag \"eastern europe\" x").press("Enter");
    assert!(app.events[LI].contains("tags: [lead, trip, eastern europe, x]"), "{}", app.events[LI]);
    app.press(":").type_in("priority could").press("Enter");
    assert_eq!(fact(&app, "visit").priority, Some(crate::model::Priority::Could));
    app.press(":").type_in("priority none").press("Enter");
    assert_eq!(fact(&app, "visit").priority, None);
    for _ in 0..5 {
        app.press(":").type_in("take back").press("Enter");
    }
    assert_eq!(app.events[LI], LI_TEXT);
    app.press(":").type_in("take back").press("Enter");
    assert_eq!(app.notice(), "No edit of an event is left to be taken back");
}

#[test]
fn a_text_is_corrected_in_the_line_or_in_the_editor() {
    let mut app = app();
    go(&mut app, "visit");
    app.press("C").sees("Text: Li visits Russia and Belarus").type_in(", says AFP: soon").press("Enter");
    let new = "text: \"Li visits Russia and Belarus, says AFP: soon\"   # from the wire";
    assert_eq!(app.events[LI], LI_TEXT.replace("text: Li visits Russia and Belarus   # from the wire", new));
    app.press("u").press("C").press("Enter");
    assert_eq!(app.notice(), "The text is as it was");
    go(&mut app, "quote");
    app.press("C").sees("Words: It's a test").type_in(", isn't it").press("Enter");
    assert_eq!(app.events[LI], LI_TEXT.replace("'It''s a test'", "'It''s a test, isn''t it'"));
    app.editor = |text| Ok(format!("  {}\nof the times\n", text.trim_end()));
    app.press(":").type_in("correct in the editor").press("Enter");
    assert_eq!(app.opened, ["It's a test, isn't it\n"]);
    assert_eq!(&*fact(&app, "quote").quote.unwrap().words, "It's a test, isn't it of the times");
    app.editor = |_| Err("vi ended with 1".to_owned());
    app.press(":").type_in("correct in the editor").press("Enter");
    assert!(app.notice().contains("the text is as it was: vi ended with 1"), "{}", app.notice());
}

#[test]
fn a_new_fact_is_asked_for_step_by_step_and_the_cursor_goes_to_it() {
    let mut app = app();
    go(&mut app, "visit");
    app.press("Esc / Esc");
    let draft = app.draft().to_owned();
    app.press("N").sees("New fact · 1/6 Event:");
    app.press("Ctrl-U").type_in("lii").press("Enter");
    assert!(app.notice().contains("There is no event \"lii\"; did you mean li?"), "{}", app.notice());
    app.press("Ctrl-U").type_in("li").press("Enter").sees("2/6 Kind: statement");
    app.press("Enter Enter");
    assert_eq!(app.notice(), "A fact needs its text");
    app.type_in("Li: no lethal aid").press("Enter").sees("4/6 Date (optional):");
    app.type_in("19 August").press("Enter");
    assert!(app.notice().starts_with("No date"), "{}", app.notice());
    app.press("Ctrl-U").type_in("2024-08-19").press("Enter");
    app.type_in("ap").press("Enter");
    assert!(app.notice().contains("There is no source \"ap\"; did you mean afp?"), "{}", app.notice());
    app.press("Ctrl-U").type_in("nobody").press("Enter");
    assert!(app.notice().contains("There is no source \"nobody\"; Tab tells which there are"), "{}", app.notice());
    app.press("Ctrl-U").type_in("af").press("Tab").type_in(" tass").press("Enter").sees("6/6 Tags");
    app.type_in("aid").press("Enter");
    let written = "\n  - id: li-no-lethal-aid\n    text: \"Li: no lethal aid\"\n    date: 2024-08-19\n    tags: [aid]\n    sources: [afp, tass]\n";
    assert_eq!(app.events[LI], format!("{LI_TEXT}{written}"));
    assert_eq!(focused(&app), "li-no-lethal-aid", "{}", app.screen());
    assert_eq!(app.draft(), draft);
    app.press("u");
    assert_eq!(app.events[LI], LI_TEXT);
}

#[test]
fn a_new_quotation_asks_who_said_it() {
    let mut app = app();
    app.press("N Enter Ctrl-U").type_in("quote").press("Enter").sees("3/7 Words, verbatim:");
    app.type_in("Nothing new").press("Enter").sees("Said on").press("Enter").sees("5/7 Speaker");
    app.type_in("max").press("Enter");
    assert!(app.notice().contains("no actor \"max\"; did you mean mao?"), "{}", app.notice());
    // Back to the question before, and on again.
    app.press("up").sees("4/7 Said on").press("Enter Ctrl-U").type_in("m").press("Tab Enter Enter Enter");
    assert!(
        app.events[LI].ends_with("  - id: nothing-new\n    kind: quote\n    speaker: mao\n    words: Nothing new\n"),
        "{}",
        app.events[LI]
    );
    app.press("N Esc");
    assert_eq!(app.notice(), "No fact was made");
}

#[test]
fn a_fact_that_a_filter_hides_is_told_of() {
    let mut app = app();
    go(&mut app, "visit");
    app.press("N Enter Enter").type_in("Hidden").press("Enter Enter Enter Enter");
    assert_eq!(app.notice(), "The new fact is there; the filter hides it");
    assert_eq!(focused(&app), "visit");
}

#[test]
fn what_cannot_be_changed_is_told_by_place_and_nothing_is_written() {
    let alias = LI_TEXT
        .replace("    tags: [lead, trip]", "    tags: &t [lead]")
        .replace("    said:", "    tags: *t\n    said:");
    let twice = SCO_TEXT.replace("date: 2024-07-04 }", "status: reported, status: disputed }");
    let mut app = App::on_events(&[(LI, &alias), (SCO, &twice)]);
    go(&mut app, "visit");
    app.press("+").type_in("x").press("Enter");
    assert!(
        app.notice().contains("Not changed: an alias at 19:11 repeats this value; a change would be one of both. briefs/events/li.yaml:13:11"),
        "{}",
        app.notice()
    );
    go(&mut app, "joins");
    app.press("=").type_in("confirmed").press("Enter");
    assert!(
        app.notice().contains(
            "Not changed: `status` stands here twice, first at 4:39; take one out. briefs/events/sco.yaml:4:57"
        ),
        "{}",
        app.notice()
    );
    assert_eq!((app.events[LI].as_str(), app.events[SCO].as_str()), (alias.as_str(), twice.as_str()));
}

#[test]
fn a_file_that_is_another_by_now_is_not_written_over() {
    let mut app = app();
    go(&mut app, "visit");
    app.press("+").type_in("x").press("Enter");
    // Somebody else writes the same file.
    let theirs = app.events[LI].replace("Li visits", "Premier Li visits");
    app.events.insert(LI.to_owned(), theirs.clone());
    app.press("u");
    assert!(app.notice().contains("the file is not as that edit left it"), "{}", app.notice());
    assert_eq!(app.events[LI], theirs);
    // A correction of what was shown before.
    app.press("C").type_in("!");
    app.events.insert(LI.to_owned(), theirs.replace("Premier Li", "Li Qiang"));
    app.press("Enter");
    assert!(app.notice().contains("`text` is not what was shown"), "{}", app.notice());
    assert!(app.events[LI].contains("text: Li Qiang visits"));
    assert_eq!(&*fact(&app, "visit").text, "Li Qiang visits Russia and Belarus", "it is read again");
}

#[test]
fn undo_means_the_brief_once_that_has_changed() {
    let mut app = app();
    go(&mut app, "visit");
    let before = app.draft().to_owned();
    app.press("+").type_in("x").press("Enter").press("2");
    let edited = app.events[LI].clone();
    assert_ne!(app.draft(), before);
    app.press("u");
    assert_eq!((app.draft(), app.events[LI].as_str()), (before.as_str(), edited.as_str()));
    app.press(":").type_in("take back the event").press("Enter");
    assert_eq!(app.events[LI], LI_TEXT);
}

#[test]
fn without_facts_or_room_nothing_is_asked() {
    let mut app = app();
    app.press("/").type_in("nothing of the kind").press("Enter +");
    assert_eq!(app.notice(), "There is no fact here");
    app.press("C");
    assert_eq!(app.notice(), "There is no fact here");
    app.press("Esc / Esc Tab +");
    assert!(matches!(app.state.mode, Mode::Browse));
    app.press("Shift-Tab");
    app.send(Message::Resize(crate::app::regions::Size { width: 12, height: 3 }));
    app.press("+");
    assert!(matches!(app.state.mode, Mode::Browse));
    app.send(Message::ChangedOnDisk(Changes::default()));
}

#[test]
fn event_edits_of_an_earlier_run_are_taken_back_by_their_own_command_and_not_by_undo() {
    let mut app = app();
    let take_back = |app: &mut App| _ = app.press(":").type_in("take back the event").press("Enter");
    take_back(&mut app);
    assert_eq!(app.notice(), "No edit of an event is left to be taken back");
    go(&mut app, "visit");
    app.press("=").type_in("ret").press("Enter");
    let retracted = app.events[LI].clone();
    app.press("*").type_in("must").press("Enter");
    app.press("q").crash();
    // The brief has not changed in this run, but what it means by undo is its own.
    app.press("u");
    assert_eq!(app.notice(), "Nothing to undo");
    go(&mut app, "visit");
    app.press("+").type_in("new").press("Enter");
    for (notice, left) in [
        ("Taken back: tags of 1 fact. briefs/events/li.yaml", None),
        ("Taken back: priority must of 1 fact, 25 Nov 14:03. briefs/events/li.yaml", Some(retracted.as_str())),
        ("Taken back: status retracted of 1 fact, 25 Nov 14:03. briefs/events/li.yaml", Some(LI_TEXT)),
        ("No edit of an event is left to be taken back", Some(LI_TEXT)),
    ] {
        take_back(&mut app);
        assert_eq!(app.notice(), notice);
        assert!(left.is_none_or(|left| app.events[LI] == left), "{}", app.events[LI]);
    }
    app.press("U");
    assert_eq!(app.events[LI], retracted, "{}", app.notice());
}
