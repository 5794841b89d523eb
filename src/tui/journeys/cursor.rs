//! Where the terminal's cursor stands, for screen readers, braille displays and magnifiers.

use super::harness::App;
use crate::tui::{ColorChoice, Cursor};

/// The cursor's cell, whether it is shown, and what its row shows from there on.
fn cursor(app: &App) -> ((u16, u16), bool, String) {
    let canvas = app.drawn(ColorChoice::Never);
    let (at, shown) = match canvas.cursor {
        Cursor::Shown(at) => (at, true),
        Cursor::Hidden(at) => (at, false),
        Cursor::Anywhere => (Default::default(), false),
    };
    let (buffer, width) = (canvas.cells(), app.state.size.width);
    // As far as the pane goes.
    let row = (at.x..width.min(at.x + 36)).map(|x| buffer[(x, at.y)].symbol().to_owned()).collect::<String>();
    ((at.x, at.y), shown, row)
}

#[test]
fn in_browse_it_stands_hidden_at_the_start_of_the_row_under_hand() {
    let mut app = App::new();
    let ((x, first), shown, row) = cursor(&app);
    assert!(x == 0 && !shown && row.contains("Li visits Russia"), "{row}");
    app.press("down");
    let ((x, second), shown, row) = cursor(&app);
    assert!((x, second) == (0, first + 1) && !shown && !row.contains("Li visits Russia"), "{row}");
    app.press("Tab");
    let ((x, _), shown, row) = cursor(&app);
    assert!(x == 37 && !shown && row.contains("Issue"), "{x} {row}");
    app.press("down");
    let (_, shown, row) = cursor(&app);
    assert!(!shown && row.contains("Li visits Russia"), "{row}");
    app.press("p Tab");
    let ((x, y), shown, _) = cursor(&app);
    assert_eq!(((x, y), shown), ((0, 1), false), "the first row of Preview");
}

#[test]
fn while_typing_it_stands_at_the_caret_and_is_shown() {
    let mut app = App::new();
    app.press("/").type_in("li");
    assert!(cursor(&app).1);
    app.press("Esc Tab down e");
    let (at, shown, _) = cursor(&app);
    assert!(shown && at == app.cursor());
}

#[test]
fn with_the_option_it_is_shown_everywhere_and_on_the_entry_of_a_list() {
    let mut app = App::new();
    app.state.setup.cursor = true;
    let (_, shown, row) = cursor(&app);
    assert!(shown && row.contains("Li visits Russia"), "{row}");
    app.press("?");
    let (top, shown, _) = cursor(&app);
    app.press("down");
    let (below, _, row) = cursor(&app);
    assert!(shown && below.0 == 0 && below.1 > top.1, "{row}");
    // What is typed is where the cursor is wanted then.
    app.type_in("red");
    assert_eq!(cursor(&app).0, app.cursor());
    assert!(cursor(&app).0.1 == 0);
    app.press("Esc : down");
    let ((x, y), shown, _) = cursor(&app);
    assert!(shown && x == 0 && y < 23, "{x} {y}");
}

#[test]
fn it_never_leaves_the_screen() {
    for keys in ["", "Tab", "?", ":", "p Tab", "/"] {
        let mut app = App::new();
        app.press(keys);
        for width in 0..=12 {
            for height in 0..=12 {
                app.send(crate::app::message::Message::Resize(crate::app::regions::Size { width, height }));
                if width > 0 && height > 0 {
                    let ((x, y), ..) = cursor(&app);
                    assert!(x < width && y < height, "{keys} {width}x{height}: {x},{y}");
                }
            }
        }
    }
}
