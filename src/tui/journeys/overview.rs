//! Coverage, the timeline and the fact in full: from keys to the screen and the draft.

use std::sync::Arc;

use super::harness::{App, DRAFT, desk, fact};
use crate::app::facts::PlacedView;
use crate::app::message::{Changes, Message};
use crate::app::regions::Size;
use crate::app::state::{Mode, Pane};
use crate::model::{Desk, Event, Relation, RelationKind};

fn resized(app: &mut App, width: u16, height: u16) {
    app.send(Message::Resize(Size { width, height }));
}

/// The row of the screen with this text.
fn row<'a>(screen: &'a str, text: &str) -> &'a str {
    screen.lines().find(|line| line.contains(text)).unwrap_or_else(|| panic!("no {text:?} in\n{screen}"))
}

/// A desk of which the first fact is what `change` makes of it.
fn with_first(change: impl FnOnce(&mut crate::model::Fact)) -> Desk {
    let mut event = Event::clone(&desk().events()[0]);
    change(&mut event.facts[0]);
    Desk::new(vec![Arc::new(event)], Arc::default())
}

#[test]
fn coverage_tells_what_is_left_out_most_important_first() {
    let desk = with_first(|fact| fact.id = "other".into());
    let mut app = App::with(DRAFT, desk, Size { width: 80, height: 24 });
    app.press("c");
    app.shows(" Coverage  1 of 6 facts in scope used · 1 must left out");
    app.shows("[by tag] by source by priority");
    app.shows("of the whole desk");
    let screen = app.screen();
    assert!(row(&screen, "▸ lead").contains("░░░ 0/1  1 must left out"), "{screen}");
    assert!(row(&screen, "(no tag)").contains("███░░░░░░░░░░░░░ 1/5"), "{screen}");
    assert!(screen.find("lead") < screen.find("(no tag)"));
    assert!(row(&screen, "Li visits").contains("must   2024-08-20    Li visits Russia and Belarus"), "{screen}");
    // The facts of a group that is not under the cursor are folded.
    assert!(!screen.contains("No lethal aid"));
    app.press("j j").shows("No lethal aid, China says");
    assert!(!app.screen().contains("Li visits"));
    app.press("k").shows("Li visits Russia");
    app.press("Tab").shows("by tag [by source] by priority");
    app.shows("AFP");
    app.press("left left").shows("by tag by source [by priority]");
    app.press("Esc").shows("BROWSE");
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn a_digit_sends_an_unused_fact_at_once_and_undo_brings_it_back() {
    let mut app = App::new();
    let before = app.state.spot();
    app.press("c").shows("2 of 6 facts in scope used");
    app.press("j").press("2").shows("3 of 6 facts in scope used");
    assert!(app.draft().contains("- No lethal aid, China says [@li#aid]\n"), "{}", app.draft());
    app.press("u").shows("2 of 6 facts in scope used");
    assert_eq!(app.draft(), DRAFT);
    app.press("9");
    assert_eq!(app.notice(), "There is no section 9");
    app.press("g 2");
    assert_eq!((app.notice(), app.draft()), ("No fact is chosen", DRAFT));
    app.press("Esc");
    assert_eq!((app.state.spot().fact, app.state.spot().pane), (before.fact, before.pane));
}

#[test]
fn marks_set_in_coverage_go_together() {
    let mut app = App::new();
    app.press("c j Space Space").shows("●");
    assert_eq!(app.state.facts.marks.len(), 2);
    app.press("2").shows("4 of 6 facts in scope used");
    assert!(app.state.facts.marks.is_empty());
    // On a group all of it is marked, or none.
    app.press("g Space");
    assert_eq!(app.state.facts.marks.len(), 2);
    app.press("Space");
    assert!(app.state.facts.marks.is_empty());
}

#[test]
fn enter_goes_to_the_fact_in_facts_whatever_hid_it_and_back() {
    let mut app = App::new();
    app.press("/").type_in("visit").press("Enter Tab down");
    app.press("c").shows("of the filter: visit");
    app.press("Esc Esc Tab Esc c").shows("of the whole desk");
    app.press("j Enter").shows("BROWSE");
    let focused = app.state.facts.focused().and_then(|at| app.state.desk.address(at)).unwrap();
    assert_eq!((app.state.focus, focused.to_string().as_str()), (Pane::Facts, "li#aid"));
    app.press("'");
    assert_ne!(app.state.facts.focused().and_then(|at| app.state.desk.address(at)), Some(focused));
    // A placed fact that is hidden is shown again.
    app.press("t t");
    assert_eq!(app.state.facts.placed_view, PlacedView::Hidden);
    app.press("T");
    let steps = app.screen();
    assert!(steps.contains("2024-07-04"), "{steps}");
    app.press("G Enter");
    assert!(app.state.facts.focused().is_some());
    assert_eq!(app.state.facts.placed_view, PlacedView::Shown);
}

#[test]
fn the_briefs_own_query_is_the_scope_and_one_that_does_not_read_is_told() {
    let draft = DRAFT.replace("title: Li in Moscow", "title: Li in Moscow\nfacts: tag:lead");
    let mut app = App::with(&draft, desk(), Size { width: 80, height: 24 });
    app.press("c").shows("1 of 1 fact in scope used");
    app.shows("of the brief's own query: tag:lead");
    let draft = DRAFT.replace("title: Li in Moscow", "title: Li in Moscow\nfacts: dat:lead");
    let mut app = App::with(&draft, desk(), Size { width: 80, height: 24 });
    app.press("c").shows("The query of the scope does not read: unknown key `dat`");
}

#[test]
fn coverage_needs_a_brief_and_follows_the_desk() {
    let mut app = App::new();
    app.press("c j j");
    app.others_change(|event| event.facts.push(fact("new", "News from Minsk", "2024-08-21")));
    app.shows("2 of 7 facts in scope used");
    app.shows("News from Minsk");
    app.press("Esc");
    app.state.document = None;
    app.press("c");
    assert!(app.notice().starts_with("Not now: no brief is open"), "{}", app.notice());
}

#[test]
fn the_timeline_puts_facts_by_date_and_a_row_becomes_the_filter() {
    let mut app = App::new();
    app.press("T").shows(" Timeline  6 facts · 2 used");
    app.shows("[by day] by month by year");
    let screen = app.screen();
    assert!(row(&screen, "▸ 2023-12-03").contains("░░░░░░░░░░░░░              0/1"), "{screen}");
    assert!(row(&screen, "2024-07-04").contains("█████████████              1/1"), "{screen}");
    assert!(row(&screen, "2024-08-19").contains("░░░░░░░░░░░░░░░░░░░░░░░░░░ 0/2"), "{screen}");
    assert!(row(&screen, "~2024-06-01").contains("0/1"), "{screen}");
    assert!(screen.contains("… 180 days") && screen.contains("2024-06-01"));
    app.shows("  2023-12-03 Lukashenko in Beijing, twice");
    app.press("> >").shows("by day by month [by year]");
    assert!(row(&app.screen(), "▸ 2023").contains("0/1"));
    app.press("j j").shows("▸ 2024");
    app.press("+").shows("by day [by month] by year");
    app.shows("▸ 2024-06");
    app.press("<").shows("[by day]");
    app.press("g j j j j j j Enter");
    assert_eq!(app.state.facts.query, "date:2024-08-19");
    assert!(matches!(app.state.mode, Mode::Browse));
    app.shows("Facts 2/6");
    // The timeline is there to choose another date: the one in force does not bind it.
    app.press("T").shows("6 facts");
}

#[test]
fn the_fact_in_full_tells_all_and_where_it_is_used() {
    let mut event = Event::clone(&desk().events()[0]);
    event.title = "Li abroad".into();
    event.facts[0].note = Some("Ask the embassy".into());
    event.facts[0].relations = [Relation { kind: RelationKind::Contradicts, to: "aid".into() }].into();
    event.facts[1].relations = [Relation { kind: RelationKind::Corroborates, to: "li#visit".into() }].into();
    let desk = Desk::new(vec![Arc::new(event)], Arc::default());
    let mut app = App::with(DRAFT, desk, Size { width: 80, height: 60 });
    let other = "---\ntemplate: test\ntitle: Other brief\n---\n\n## Far away\n\nSo [@li#visit].\n";
    app.files.insert("other".to_owned(), other.to_owned());
    app.press("v").shows(" Fact  1 of 6");
    let expected = [
        "Li visits Russia and Belarus",
        "statement · must · lead · li#visit",
        "2 independent origins",
        "Event: Li abroad",
        "Date: 2024-08-20",
        "AFP",
        "“Li visits Russia and Belarus”",
        "key tass · origin TASS",
        "Contradicts li#aid",
        "No lethal aid, China says",
        "Corroborated by li#sco",
        "This brief, 1 Issue",
        "Seen together they matter",
        "Other brief (other)",
        "Far away",
        "Ask the embassy",
    ];
    for text in expected {
        app.shows(text);
    }
    // Right goes to the next fact of the list, and the cursor of Facts goes along.
    app.press("right").shows(" Fact  2 of 6");
    app.shows("In no other draft");
    app.press("left left");
    assert_eq!(app.notice(), "This is the first");
    app.press("right right Esc").shows("BROWSE");
    assert_eq!(app.state.facts.cursor, 2);
    // Another program writes a draft: where it is used is read again.
    app.press("g v").shows("Other brief (other)");
    app.files.remove("other");
    app.send(Message::ChangedOnDisk(Changes { lists: true, ..Changes::default() }));
    app.shows("In no other draft");
}

#[test]
fn in_full_from_brief_goes_through_what_the_block_cites() {
    let mut app = App::new();
    app.press("Tab v");
    assert_eq!(app.notice(), "No fact is cited here");
    assert!(matches!(app.state.mode, Mode::Browse));
    app.press("down down v").shows(" Fact  1 of 2");
    app.press("l").shows("Belarus joins the SCO");
    app.press("l");
    assert_eq!(app.notice(), "This is the last");
    app.press("v").shows("BROWSE");
    assert_eq!(app.state.focus, Pane::Brief);
}

#[test]
fn views_lie_over_each_other_and_close_one_by_one() {
    let mut app = App::new();
    app.press("c j j v").shows(" Fact  2 of ");
    app.press("3").shows("This brief, 3 Said");
    app.press("?").shows("In this view");
    app.press("Esc").shows(" Fact ");
    app.press("Esc").shows("Coverage  3 of 6");
    app.press("T").shows("Timeline");
    app.press("T").shows("BROWSE");
    app.press("c q").shows("BROWSE");
    assert_eq!(app.ended, None);
    app.press("c Ctrl-C").shows("BROWSE");
    // The palette runs what a view knows in the view, and all else in Browse.
    app.press("c :").type_in("undo").press("Enter").shows("Coverage  2 of 6");
    app.press(":").type_in("cycle order").press("Enter").shows("BROWSE");
}

#[test]
fn long_facts_scroll_and_stop_at_the_end() {
    let mut app = App::new();
    app.press("v").shows("lines below");
    app.press("G");
    let end = app.screen();
    assert!(end.contains("In no other draft") && !end.contains("lines below"), "{end}");
    app.press("j PgDn");
    assert_eq!(app.screen(), end);
    app.press("k").shows("1 line below");
    app.press("g").shows("Li visits Russia and Belarus");
}

#[test]
fn every_size_is_drawn_and_the_fact_stays_in_sight() {
    for keys in ["c", "c G", "T", "T G", "v", "v G", "c j v"] {
        let mut app = App::new();
        app.press(keys);
        for width in 0..=24 {
            for height in 0..=9 {
                resized(&mut app, width, height);
                app.buffer();
            }
        }
        for (width, height) in [(40, 10), (60, 20), (200, 60), (1000, 3), (3, 1000)] {
            resized(&mut app, width, height);
            app.buffer();
        }
    }
    let mut app = App::new();
    app.press("T G");
    resized(&mut app, 60, 6);
    assert!(row(&app.screen(), "Li visits Russia").starts_with("     ✓ 2024-08-20"));
}

#[test]
fn ascii_and_hostile_names_stay_text() {
    let desk = with_first(|fact| {
        fact.id = "other".into();
        fact.tags = ["\u{1b}[2Jevil\u{202e}".into(), "東京👩‍🚀".into()].into();
        fact.text = "A \u{1b}]0;title\u{7} b".into();
    });
    let mut app = App::with(DRAFT, desk, Size { width: 80, height: 24 });
    app.state.setup.ascii = true;
    for keys in ["c j", "Esc T", "Esc v", "Esc c j v"] {
        app.press(keys);
        let screen = app.screen();
        assert!(!screen.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{screen}");
        let chrome = screen.replace(['░', '█'], "?");
        assert_eq!(chrome, screen, "{screen}");
    }
    app.press("Esc Esc c g").shows("....");
    app.shows("> ");
}

#[test]
fn the_mouse_goes_to_a_line_and_enters_it() {
    use crate::app::message::{Mouse, MouseKind};
    let mut app = App::new();
    app.press("% T");
    let line = app.screen().lines().position(|line| line.contains("2024-08-19")).unwrap();
    let event = |kind| Message::Mouse(Mouse { kind, column: 6, row: u16::try_from(line).unwrap() });
    app.send(event(MouseKind::WheelDown));
    app.send(event(MouseKind::WheelUp));
    app.send(event(MouseKind::Down));
    app.shows("▸ 2024-08-19");
    let line = app.screen().lines().position(|line| line.contains("2024-08-19")).unwrap();
    app.send(Message::Mouse(Mouse { kind: MouseKind::Down, column: 6, row: u16::try_from(line).unwrap() }));
    assert_eq!(app.state.facts.query, "date:2024-08-19");
}

#[test]
fn a_fact_that_goes_from_the_desk_closes_its_view_also_beneath_help() {
    let mut app = App::new();
    app.press("c j v").shows("No lethal aid");
    app.press("?");
    app.others_change(|event| event.facts.retain(|fact| &*fact.id != "aid"));
    app.shows("Coverage  2 of 5 facts in scope used");
    assert_eq!(app.notice(), "The fact is no longer on the desk");
}
