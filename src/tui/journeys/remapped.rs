//! A desk's own keys: they act, they are shown, and what is wrong with them is told.

use super::harness::{App, DRAFT, desk};
use crate::app::regions::Size;
use crate::app::state::{Mode, Setup, State};

fn with_keys(keys: &str) -> App {
    let (settings, found) = crate::settings::read(keys, &[]);
    assert_eq!(found, []);
    App::with(DRAFT, desk().with_settings(settings), Size { width: 80, height: 24 })
}

#[test]
fn own_keys_act_and_the_old_ones_do_not() {
    let mut app = with_keys("keys:\n  take out: [d, Ctrl-D]\n  undo: z\n  zoom: []\n");
    app.press("Tab down x");
    assert_eq!(app.draft(), DRAFT);
    app.press("d");
    assert!(!app.draft().contains("Li visits"), "{}", app.draft());
    assert_eq!(app.notice(), "Took out 1 block. z brings back");
    app.press("u");
    assert_ne!(app.draft(), DRAFT);
    app.press("z");
    assert_eq!(app.draft(), DRAFT);
    assert!(!app.state.zoom);
}

#[test]
fn hints_help_palette_and_empty_states_show_the_keys_in_force() {
    let mut app = with_keys(
        "keys:\n  help: [H, Ctrl-X]\n  write below: W\n  done: [Ctrl-G, Esc]\n  placed facts: Q\n  problems and messages: M\n  next step: [X, Enter]\n  fill the sections: []\n",
    );
    app.sees("H help");
    app.press("Tab 3");
    app.sees("(empty) X on a fact, or W to write");
    app.sees("W write  ");
    assert!(!app.screen().contains(" fill"), "{}", app.screen());
    app.press("W").sees("Ctrl-G done, kept").sees("Ctrl-X help");
    app.press("Ctrl-G Tab /").type_in("grdi").sees("No fact matches \"grdi\". Ctrl-G");
    app.press("Ctrl-G H").type_in("write below").sees("W").press("Ctrl-G");
    assert!(matches!(app.state.mode, Mode::Browse));
    // What has no key is reached by the palette, and named like that.
    app.press(":").type_in("fill").press("Enter");
    assert!(app.notice().starts_with("Placed 1 fact"), "{}", app.notice());
    app.press("? H Esc");
    app.press("Esc n Enter").type_in("New").press("Enter").type_in("x").press("Enter");
    assert_eq!(app.notice(), "New brief new. :fill the sections fills it by the template's rules");
}

#[test]
fn what_is_wrong_with_keys_is_warned_of_listed_with_its_line_and_costs_nothing_else() {
    let mut app = with_keys("keys:\n  take oot: d\n  zoom: s\n  undo: X\n");
    assert_eq!(app.notice(), "2 problems in the desk's files. ! shows where");
    // The first frame warned of it, too: it is said once.
    assert_eq!(app.state.log.len(), 1);
    app.press("!");
    app.sees("attache.yaml:2:13");
    app.press("down").sees("`s` would be both `zoom` and `cycle order` in Facts").sees("attache.yaml:3:9");
    app.press("Esc Esc Tab down x X");
    assert_eq!(app.draft(), DRAFT);
    app.press("Tab s");
    assert_eq!(app.notice(), "Facts oldest first");
}

#[test]
fn keys_hold_from_the_first_frame_on_and_again_after_a_reload() {
    let read = |text: &str| crate::settings::read(text, &[]).0;
    let setup = Setup { keys: read("keys: { help: [H, Ctrl-X], quit: [] }\n").keys, ..Setup::default() };
    let state = State::new(Size { width: 80, height: 24 }, setup);
    assert!(crate::app::hints::hints(&state).contains(&("H".to_owned(), "help".to_owned())));
    assert_eq!(state.notice.unwrap().text, "1 problem in the desk's files. ! shows where");
    assert_eq!(state.problems[0].message, "`quit` must keep a key");
    let mut app = with_keys("keys: { undo: z }\n");
    app.desk = std::sync::Arc::new(desk().with_settings(read("keys: { undo: Z }\n")));
    app.press("Tab down x Z");
    assert_ne!(app.draft(), DRAFT);
    app.press("r Z");
    assert_eq!(app.draft(), DRAFT);
    assert!(app.state.problems.is_empty());
}
