//! Help from everywhere, and the palette with its values and its commands without keys.

use super::harness::{App, DRAFT, desk};
use crate::app::action::ACTIONS;
use crate::app::message::{Message, SaveFault};
use crate::app::regions::Size;
use crate::app::state::{Deleting, Dialog, Mode, Pane};

const FULL: Size = Size { width: 80, height: 24 };

#[test]
fn help_in_type_lists_typing_first_and_gives_text_and_caret_back() {
    let mut app = App::new();
    app.press("Tab down e").type_in(" today").press("left left");
    // All but the status row, which tells what is saved.
    let panes = |app: &App| app.screen().lines().take(23).map(str::to_owned).collect::<Vec<_>>();
    let (before, caret) = (panes(&app), app.cursor());
    app.press("Ctrl-X");
    let screen = app.screen();
    let at = |text: &str| screen.find(text).unwrap_or_else(|| panic!("no {text:?}:\n{screen}"));
    assert!(at("While you type into a block") < at("new line") && at("new line") < at("Ctrl-W"));
    // A save in between changes nothing beneath.
    app.send(Message::Timer(crate::app::effect::TimerId::Save));
    app.type_in("?x").press("Ctrl-X Esc");
    assert_eq!(app.cursor(), caret);
    assert_eq!(panes(&app), before);
    app.type_in("!").press("Esc");
    assert!(app.draft().contains("Li visits Russia tod!ay [@li#visit]"), "{}", app.draft());
}

#[test]
fn help_from_the_filter_comes_back_to_it() {
    let mut app = App::new();
    app.press("/").type_in("leth").press("Ctrl-X").sees("While you type into the last line");
    app.press("Esc").type_in("al");
    app.sees("Facts 1/6  /lethal");
    assert!(matches!(app.state.mode, Mode::Line(_)));
    // Ctrl-C closes help alone, too.
    app.press("Ctrl-X Ctrl-C");
    assert!(matches!(app.state.mode, Mode::Line(_)));
    // From a value that is asked for, and from a list over another.
    app.press("Enter n Ctrl-X").sees("In the list").press("Esc").sees("New brief from a template");
    app.press("Enter").type_in("A ti").press("Ctrl-X Esc").type_in("tle").sees("Title: A title");
}

#[test]
fn an_action_from_help_acts_in_type_or_leaves_it_as_esc_does() {
    let mut app = App::new();
    app.press("Tab down e").type_in("abc").press("Ctrl-X").type_in("undo typing").press("Enter");
    assert!(matches!(app.state.mode, Mode::Type(_)), "{}", app.screen());
    assert_eq!(app.draft(), DRAFT);
    app.type_in(" kept").press("Ctrl-X").type_in("move block down").press("Enter");
    assert!(matches!(app.state.mode, Mode::Browse));
    let text = app.draft();
    assert!(text.find("Seen together").unwrap() < text.find("Li visits Russia kept [@li#visit]").unwrap(), "{text}");
    app.press("e Ctrl-X").type_in("done").press("Enter");
    assert!(matches!(app.state.mode, Mode::Browse));
    app.press("e Ctrl-X").type_in("redraw").press("Enter");
    assert!(matches!(app.state.mode, Mode::Type(_)));
    assert_eq!(app.redrawn, 1);
    // From the filter an action of Browse first clears it, as Esc does.
    app.press("Esc Tab /").type_in("lethal").press("Ctrl-X").type_in("cycle order").press("Enter");
    assert_eq!(app.notice(), "Facts oldest first");
    app.sees("Facts 6");
}

#[test]
fn every_action_can_be_chosen_from_help_in_every_mode() {
    let count = ACTIONS.len();
    for keys in ["Tab down e", "/ l"] {
        for n in 0..count {
            let mut app = App::new();
            app.press(keys).press("Ctrl-X");
            for _ in 0..n {
                app.press("down");
            }
            app.press("Enter");
            app.buffer();
            app.press("Esc Esc Esc Esc");
        }
    }
}

#[test]
fn words_behind_a_command_are_its_value() {
    let mut app = App::new();
    app.press("G :").type_in("to section 2").sees("send to section 2").press("Enter");
    assert!(app.draft().contains("- Lukashenko in Beijing, twice [@li#old]"), "{}", app.draft());
    app.press(":").type_in("to section x").press("Enter");
    assert_eq!(app.notice(), "\"x\" is no number of a section");
    app.press(":").type_in("section").sees("send to section NUMBER").press("Enter").sees("To section:");
    app.type_in("3").press("Enter");
    assert!(app.notice().contains("→ 3 Said"), "{}", app.notice());
    app.press(":").type_in("filter lethal").press("Enter").sees("Facts 1/6  /lethal");
    app.press("Esc Tab :").type_in("search belarus").press("Enter");
    assert_eq!(app.state.brief.item(), Some(crate::app::outline::Item::Block(1, 0)));
    app.press(":").type_in("save as Another Name").press("Enter");
    assert_eq!(app.files["another-name"], app.draft());
    assert_eq!(app.files["li"], DRAFT);
}

#[test]
fn several_words_find_in_any_order_and_unavailable_rows_say_why() {
    let mut app = App::new();
    app.press(":").type_in("down block");
    let screen = app.screen();
    let row = screen.lines().find(|line| line.contains("move block down")).unwrap();
    assert!(row.starts_with('>') || row.contains("J, Shift-down") && row.contains("in Brief"), "{screen}");
    app.press("Enter");
    assert_eq!(app.notice(), "Not now: in Brief");
    app.press("Esc :");
    let rows = app.screen().lines().rev().skip(1).take_while(|line| !line.contains('─')).count();
    assert_eq!(rows, 8);
}

#[test]
fn place_again_makes_a_second_use() {
    let mut app = App::new();
    // `visit` stands in two blocks of Issue.
    assert_eq!(app.draft().matches("@li#visit").count(), 2);
    app.press("Tab 2 Tab g :").type_in("place again").press("Enter");
    assert_eq!(app.draft().matches("@li#visit").count(), 3);
    let background = app.draft().split("## Background").nth(1).unwrap().to_owned();
    assert!(background.contains("- Li visits Russia and Belarus [@li#visit]"), "{background}");
    assert!(app.notice().contains("→ 2 Background"), "{}", app.notice());
    app.press("u");
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn a_draft_is_deleted_after_a_question_and_what_was_typed_is_saved_first() {
    let mut app = App::with(DRAFT, desk(), FULL);
    app.files.insert("other".to_owned(), DRAFT.replace("Moscow", "Minsk"));
    app.press("r w :").type_in("delete the draft").press("Enter");
    assert!(matches!(app.state.mode, Mode::Dialog(Dialog::Delete)));
    app.sees("Delete the draft li? Its note, if there is one, stays").sees("its journal still has it");
    app.press("x q o n Enter Esc");
    assert_eq!((app.notice(), app.files.len()), ("Nothing was deleted", 2));
    app.press("Tab down x :").type_in("delete draft").press("Enter d");
    assert_eq!((app.saves, app.files.keys().cloned().collect::<Vec<_>>()), (1, vec!["other".to_owned()]));
    assert_eq!(app.notice(), "briefs/drafts/li.md is deleted; attache recover li --print still has it");
    assert!(app.notes.contains_key("li"));
    app.sees("Li in Minsk");
    app.press(":").type_in("delete draft").press("Enter d");
    assert!(app.files.is_empty() && app.state.document.is_none());
    assert_eq!(app.notice(), "No brief is left: n starts one from a template");
    app.press("Tab u F J ] e 1 w");
    app.sees("No brief is open. n starts one from a");
}

#[test]
fn a_draft_that_somebody_else_changed_is_not_deleted() {
    let mut app = App::new();
    app.files.insert("li".to_owned(), "theirs".to_owned());
    app.press(":").type_in("delete the draft").press("Enter d");
    assert_eq!((app.notice(), app.files["li"].as_str()), ("Not deleted: changed on disk", "theirs"));
    // With text that is not saved the other question comes first.
    app.press("Esc Tab down x :").type_in("delete the draft").press("Enter d");
    assert!(matches!(app.state.mode, Mode::Dialog(Dialog::Draft)), "{}", app.screen());
    assert_eq!((app.state.deleting, app.files["li"].as_str()), (None, "theirs"));
    // Nothing is left by the way round help while the answer is awaited.
    let mut app = App::new();
    app.press(":").type_in("delete the draft").press("Enter");
    app.state.deleting = Some(Deleting::Answer(9_999));
    app.press("Esc Ctrl-X").type_in("zoom").press("Enter");
    assert!(matches!(app.state.mode, Mode::Dialog(Dialog::Delete)));
    app.send(Message::Deleted { request: 9_999, result: Err(SaveFault::Failed("no permission".to_owned())) });
    assert_eq!((app.notice(), app.draft()), ("Not deleted: no permission", DRAFT));
    let mut app = App::new();
    app.failing = Some("disk full".to_owned());
    app.press("Tab down x :").type_in("delete the draft").press("Enter d");
    assert!(app.files.contains_key("li") && matches!(app.state.mode, Mode::Browse));
    assert!(app.notice().contains("disk full"), "{}", app.notice());
}

#[test]
fn messages_are_listed_newest_first() {
    let mut app = App::new();
    app.press("s s :").type_in("messages").press("Enter");
    app.sees("Messages");
    let screen = app.screen();
    assert!(screen.find("by priority").unwrap() < screen.find("oldest first").unwrap(), "{screen}");
    assert!(!screen.contains("In this brief"));
}

#[test]
fn quote_and_double_quote_walk_the_jumps_back_and_forward() {
    let mut app = App::new();
    app.press("Tab 2 3 1");
    let at = |app: &App| (app.state.focus, app.state.brief.cursor);
    let here = at(&app);
    let mut walked = Vec::new();
    for _ in 0..3 {
        app.press("'");
        walked.push(app.state.brief.section());
    }
    assert_eq!(walked, [2, 1, 0]);
    app.press("'");
    assert_eq!(app.notice(), "Nowhere to go back to");
    app.press("\" \" \"");
    assert_eq!(at(&app), here);
    app.press("\"");
    assert_eq!(app.notice(), "Nowhere to go forward to");
    // Enter on a placed fact, and a search, are jumps.
    app.press("Tab g Enter");
    assert_eq!(app.state.focus, Pane::Brief);
    app.press("/").type_in("belarus joined").press("Enter '");
    assert_eq!(app.state.brief.item(), Some(crate::app::outline::Item::Block(0, 0)));
    app.press("'");
    assert_eq!(app.state.focus, Pane::Facts);
    // Facts are found again in another desk.
    app.press("\" r '");
    assert_eq!(app.state.focus, Pane::Facts);
    let fact = app.state.facts.focused().and_then(|at| app.state.desk.address(at)).unwrap();
    assert_eq!(fact.to_string(), "li#visit");
}

#[test]
fn there_are_at_most_five_hints_and_help_is_the_last_to_go() {
    let mut app = App::new();
    for keys in ["", "Space", "Tab", "down", "Space", "p", "Tab", "Tab G", "Tab e", "Esc / x", "Esc Esc ]"] {
        app.press(keys);
        let hints = crate::app::hints::hints(&app.state);
        assert!(hints.len() <= 5, "{hints:?} after {keys}");
        assert_eq!(hints.last().unwrap().1, "help", "{hints:?} after {keys}");
    }
    let mut app = App::new();
    app.send(Message::Resize(Size { width: 30, height: 10 }));
    app.sees("? help");
}

#[test]
fn empty_lists_name_the_key_that_helps() {
    let mut app = App::new();
    app.press("/").type_in("grdi").sees("No fact matches \"grdi\". Esc");
    app.press("Esc").press("a 2 t t").sees("All 6 placed. t shows them");
    app.press("t").sees("Li visits Russia");
    let mut app = App::new();
    app.press("Tab 3").sees("(empty) Enter on a fact, or o to write");
    let finding = |path: &str| {
        let file = crate::finding::Anchor::File;
        crate::finding::Finding::error("unreadable", path, file, "not YAML".to_owned())
    };
    let findings = ["briefs/events/a.yaml", "briefs/events/b.yaml", "briefs/refs.bib"].map(finding).to_vec();
    let loaded = |app: &App, findings, desk: crate::model::Desk| {
        let generation = app.state.loading.generation;
        Message::Loaded { generation, facts: std::sync::Arc::new(desk).into(), findings }
    };
    let message = loaded(&app, findings.clone(), desk());
    app.send(message);
    assert_eq!(app.notice(), "3 files skipped. ! shows where");
    let message = loaded(&app, findings, crate::model::Desk::default());
    app.press("Esc");
    app.send(message);
    app.press("Esc Tab");
    let screen = app.screen();
    assert!(screen.contains("3 files skipped. ! shows where"), "{screen}");
}

#[test]
fn the_questions_of_a_new_brief_can_be_walked_back_and_insist_once() {
    let mut app = App::new();
    app.press("n Enter").sees("Test note · 1/2 Title:").press("Enter");
    assert!(app.notice().starts_with("A brief needs a title"), "{}", app.notice());
    app.type_in("A vist").press("Enter").sees("2/2 To:");
    // Back to the title, which is as it was typed.
    app.press("up").sees("1/2 Title: A vist").press("Backspace Backspace").type_in("it").press("Enter");
    app.press("Enter");
    assert_eq!(app.notice(), "The note wants “To”; Enter again leaves it for later");
    app.sees("2/2 To:").sees("The note wants “To”; Enter again");
    app.press("Esc");
    assert_eq!(app.notice(), "No brief was made. n asks again");
    assert!(app.files.len() == 1);
    app.press("n Enter").type_in("A visit").press("Enter").type_in("Minister").press("Enter");
    assert!(app.draft().contains("title: A visit\n") && app.draft().contains("to: Minister\n"), "{}", app.draft());
}

#[test]
fn details_of_the_brief_are_asked_and_changed_in_one_step() {
    let mut app = App::new();
    app.press("D").sees("1/3 Title: Li in Moscow").press("Enter").sees("2/3 Date of the note: 2024-08-20");
    app.press("Ctrl-U").type_in("2024-08-21").press("Enter").sees("3/3 To: Minister").press("Ctrl-U");
    app.type_in("Minister: \"first\"").press("Enter");
    let wanted = DRAFT.replace("2024-08-20", "2024-08-21").replace("to: Minister", "to: 'Minister: \"first\"'");
    let same = app.draft() == wanted || app.draft().contains("to: \"Minister: \\\"first\\\"\"");
    assert!(same && app.draft().contains("date: 2024-08-21\n"), "{}", app.draft());
    assert_eq!(app.notice(), "The brief’s details are changed");
    app.press("u");
    assert_eq!(app.draft(), DRAFT);
    app.press("D Enter Enter Enter");
    assert_eq!((app.notice(), app.draft()), ("The brief’s details are as they were", DRAFT));
    // The rest of the questions can be left at any time, and what was answered is kept.
    app.press("D").type_in("!").press("Esc");
    assert!(app.draft().contains("title: Li in Moscow!\n"), "{}", app.draft());
}
