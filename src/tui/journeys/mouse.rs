//! The mouse does what keys do.

use super::harness::{App, DRAFT, desk};
use crate::app::message::{Copied, Message, Mouse, MouseKind};
use crate::app::regions::Size;
use crate::app::state::{Mode, Pane};
use crate::app::wrap::width;

impl App {
    fn with_mouse() -> Self {
        let mut app = Self::new();
        app.press("%");
        app
    }

    fn at(&mut self, kind: MouseKind, (column, row): (u16, u16)) -> &mut Self {
        self.send(Message::Mouse(Mouse { kind, column, row }));
        self
    }

    /// The cell where a text stands on the screen.
    fn cell(&self, text: &str) -> (u16, u16) {
        let screen = self.screen();
        let found = screen.lines().enumerate().find_map(|(row, line)| Some((row, line.find(text)?, line)));
        let (row, at, line) = found.unwrap_or_else(|| panic!("no {text:?} on the screen:\n{screen}"));
        (u16::try_from(width(&line[..at])).unwrap(), u16::try_from(row).unwrap())
    }

    fn click(&mut self, text: &str) -> &mut Self {
        let cell = self.cell(text);
        self.at(MouseKind::Down, cell).at(MouseKind::Up, cell)
    }

    fn drag(&mut self, from: &str, to: &str) -> &mut Self {
        let from = self.cell(from);
        self.at(MouseKind::Down, from);
        // Brief unfolds what is clicked, and its rows move.
        let to = self.cell(to);
        self.at(MouseKind::Drag, to).at(MouseKind::Up, to)
    }

    fn focused(&self) -> String {
        self.state.facts.focused().and_then(|at| self.state.desk.address(at)).unwrap().to_string()
    }
}

#[test]
fn it_is_off_until_it_is_turned_on_and_the_status_row_tells() {
    let mut app = App::new();
    app.click("No lethal aid");
    assert_eq!(app.state.facts.cursor, 0, "what comes while it is off is dropped");
    app.press("%");
    assert_eq!(app.mouse, [true]);
    app.press("j k");
    app.shows("BROWSE MOUSE");
    app.press("%");
    assert_eq!(app.mouse, [true, false]);
    assert!(!app.screen().contains("MOUSE"));
}

#[test]
fn a_click_goes_there_and_a_second_one_is_enter() {
    let mut app = App::with_mouse();
    app.click("No lethal aid");
    assert_eq!((app.focused().as_str(), app.state.focus), ("li#aid", Pane::Facts));
    assert_eq!(app.draft(), DRAFT);
    app.click("No lethal aid");
    assert!(app.draft().contains("[@li#aid]"), "placed: {}", app.draft());
    app.press("u");
    app.click("Belarus joined in July");
    assert_eq!(app.state.focus, Pane::Brief);
    assert!(matches!(app.state.mode, Mode::Browse));
    app.click("Belarus joined in July");
    assert!(matches!(app.state.mode, Mode::Type(_)));
}

#[test]
fn two_clicks_with_a_key_between_are_two_clicks() {
    let mut app = App::with_mouse();
    app.click("No lethal aid").press("Space");
    app.click("No lethal aid");
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn a_click_in_the_text_puts_the_caret_and_one_elsewhere_is_done() {
    let mut app = App::with_mouse();
    app.press("Tab j e");
    let (x, y) = app.cell("visits Russia [@");
    app.at(MouseKind::Down, (x + 7, y)).type_in("holy ");
    app.shows("visits holy Russia");
    assert_eq!(app.cursor(), (x + 12, y));
    // Past the end of the text: its last place.
    app.at(MouseKind::Down, (78, y)).type_in("!");
    assert!(app.draft().contains("[@li#visit].!"), "{}", app.draft());
    app.click("No lethal aid");
    assert!(matches!(app.state.mode, Mode::Browse));
    assert_eq!(app.focused(), "li#aid");
    assert!(app.draft().contains("visits holy Russia"));
}

#[test]
fn a_block_dropped_on_another_takes_its_place_in_one_step() {
    let mut app = App::with_mouse();
    app.drag("Seen together", "Li visits Russia.");
    app.drag("Seen together", "Belarus joined in July");
    let draft = app.draft().to_owned();
    assert!(draft.contains("- Seen together they matter [@li#visit; @li#sco].\n- Belarus joined"), "{draft}");
    app.press("u");
    assert!(app.draft().find("Seen together") < app.draft().find("Li visits Russia"), "{}", app.draft());
    app.press("u");
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn a_block_dropped_on_a_heading_goes_to_the_end_of_its_section() {
    let mut app = App::with_mouse();
    let from = app.cell("Seen together");
    app.at(MouseKind::Down, from);
    let to = app.cell("2 Background");
    app.at(MouseKind::Drag, to);
    app.shows("Let go: to the end of 2 Background");
    app.at(MouseKind::Up, to);
    let draft = app.draft().to_owned();
    assert!(draft.contains("- Belarus joined in July [@li#sco].\n- Seen together they matter"), "{draft}");
    app.press("u");
    assert_eq!(app.draft(), DRAFT);
    app.drag("Seen together", "Sources");
    assert_eq!(app.draft(), DRAFT);
    assert!(app.notice().contains("writes itself"), "{}", app.notice());
}

#[test]
fn a_block_let_go_where_nothing_is_stays() {
    let mut app = App::with_mouse();
    let from = app.cell("Seen together");
    app.at(MouseKind::Down, from).at(MouseKind::Drag, (2, 2)).at(MouseKind::Up, (2, 2));
    app.at(MouseKind::Up, (60, 5));
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn a_draft_read_again_under_a_dragged_block_is_not_changed_by_it() {
    let mut app = App::with_mouse();
    let from = app.cell("Seen together");
    app.at(MouseKind::Down, from);
    let to = app.cell("2 Background");
    app.at(MouseKind::Drag, to);
    let theirs = DRAFT.replace("Li visits", "Li is visiting");
    app.others_write(Some(&theirs));
    app.at(MouseKind::Up, to);
    assert_eq!(app.draft(), theirs);
}

#[test]
fn the_wheel_scrolls_the_pane_under_the_pointer_and_no_other() {
    let items: String = (0..30).map(|n| format!("- Item {n}\n")).collect();
    let long = DRAFT.replace("- Belarus joined", &format!("{items}- Belarus joined"));
    let mut desk = desk();
    let mut event = crate::model::Event::clone(&desk.events()[0]);
    event.facts.extend((0..60).map(|n| super::harness::fact(&format!("n{n}"), &format!("Number {n}"), "2020-01-01")));
    desk = crate::model::Desk::new(vec![std::sync::Arc::new(event)], Default::default());
    let mut app = App::with(&long, desk, Size { width: 80, height: 14 });
    app.press("% Tab");
    app.at(MouseKind::WheelDown, (5, 3)).at(MouseKind::WheelDown, (5, 3));
    assert_eq!((app.state.facts.top, app.state.focus), (6, Pane::Brief));
    assert!(app.state.facts.cursor >= 6);
    app.at(MouseKind::WheelUp, (5, 3));
    assert_eq!(app.state.facts.top, 3);
    let cursor = app.state.facts.cursor;
    app.at(MouseKind::WheelDown, (50, 3)).at(MouseKind::WheelDown, (50, 3));
    assert!(app.state.brief.top > 0);
    assert_eq!(app.state.facts.cursor, cursor);
    for _ in 0..40 {
        app.at(MouseKind::WheelUp, (50, 3)).at(MouseKind::WheelUp, (5, 3));
    }
    assert_eq!((app.state.brief.top, app.state.facts.top), (0, 0));
}

#[test]
fn a_click_in_a_list_chooses_and_the_wheel_moves() {
    let mut app = App::with_mouse();
    app.press("?").type_in("pane");
    app.click("next pane");
    assert_eq!(app.state.focus, Pane::Brief, "{}", app.screen());
    app.press("Esc Tab :").type_in("wider");
    app.click("wider");
    assert!(matches!(app.state.mode, Mode::Browse));
    assert_eq!(app.state.shift, 2);
    app.press("?").at(MouseKind::WheelDown, (5, 5));
    let Mode::List(list) = &app.state.mode else { panic!() };
    assert!(list.cursor >= 3);
    app.at(MouseKind::Down, (5, 0));
    assert!(matches!(app.state.mode, Mode::List(_)), "the title is no entry");
}

#[test]
fn tabs_and_separator_answer_too() {
    let mut app = App::with_mouse();
    app.at(MouseKind::Down, (36, 5)).at(MouseKind::Drag, (46, 9)).at(MouseKind::Up, (46, 9));
    assert_eq!(app.state.regions.facts.width, 46);
    app.send(Message::Resize(Size { width: 60, height: 20 }));
    app.click("Preview");
    assert_eq!(app.state.focus, Pane::Preview);
    app.click("Facts");
    assert_eq!(app.state.focus, Pane::Facts);
    app.click("Brief");
    assert_eq!(app.state.focus, Pane::Brief);
}

#[test]
fn any_click_at_any_size_is_harmless() {
    for (width, height) in [(0, 0), (1, 1), (3, 3), (12, 5), (40, 10), (60, 20), (80, 24), (150, 30)] {
        for open in ["", "Tab", "p", "Tab j e", "?", ":", "/", "!", "n"] {
            let mut app = App::with(DRAFT, desk(), Size { width, height });
            app.press("%").press(open);
            for cell in (0..=height).flat_map(|row| (0..=width).step_by(7).map(move |column| (column, row))) {
                for kind in [MouseKind::Down, MouseKind::WheelDown, MouseKind::Drag, MouseKind::Up, MouseKind::WheelUp]
                {
                    crate::app::update(&mut app.state, Message::Mouse(Mouse { kind, column: cell.0, row: cell.1 }));
                }
            }
            app.screen();
        }
    }
}

#[test]
fn what_came_of_copying_is_said() {
    let mut app = App::new();
    app.press("y");
    assert_eq!(app.notice(), "Copied 1 fact by the terminal");
    let what = "the note".to_owned();
    let took = vec!["the terminal".to_owned(), "tmux".to_owned()];
    app.send(Message::Copied(Copied { what: what.clone(), took, ..Copied::default() }));
    assert_eq!(app.notice(), "Copied the note by the terminal and tmux");
    let failed = vec!["wl-copy is not there".to_owned()];
    app.send(Message::Copied(Copied { what, took: Vec::new(), too_long: true, failed }));
    assert_eq!(app.notice(), "Not copied: too long for the terminal; wl-copy is not there");
    assert!(app.state.notice.as_ref().unwrap().warning);
}
