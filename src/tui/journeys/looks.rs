//! Themes: chosen by the desk, changed for a session.

use std::collections::HashSet;
use std::sync::Arc;

use ratatui::style::{Color, Modifier};

use super::harness::{App, DRAFT, desk};
use crate::app::message::Message;
use crate::app::regions::Size;
use crate::model::settings::{Settings, ThemeName};

fn settled(theme: ThemeName) -> Arc<crate::model::Desk> {
    Arc::new(desk().with_settings(Settings { theme, ..Settings::default() }))
}

/// The colours of what is written on the screen.
fn colors(app: &App) -> HashSet<Color> {
    let buffer = app.buffer();
    assert!(buffer.content().iter().all(|cell| cell.bg == Color::Reset), "a ground is painted");
    buffer.content().iter().filter(|cell| cell.symbol() != " ").map(|cell| cell.fg).collect()
}

#[test]
fn the_palette_cycles_the_themes_for_the_session() {
    let mut app = App::new();
    let own = colors(&app);
    assert!(own.contains(&Color::Reset) && own.contains(&Color::Cyan));
    app.press(":").type_in("theme").press("Enter");
    assert_eq!((app.state.theme, app.notice()), (ThemeName::Dark, "Theme: dark. theme: dark in attache.yaml keeps it"));
    let dark = colors(&app);
    assert!(!dark.contains(&Color::Reset) && dark.is_disjoint(&own), "{dark:?}");
    app.press(":").type_in("colour").press("Enter");
    assert!(colors(&app).is_disjoint(&dark));
    app.press(": t h e m e Enter");
    assert_eq!((app.state.theme, colors(&app).is_subset(&own)), (ThemeName::Terminal, true));
}

#[test]
fn other_settings_are_in_force_after_reading_the_desk_again() {
    let mut app = App::new();
    app.desk = settled(ThemeName::Light);
    app.press("r");
    assert_eq!(app.state.theme, ThemeName::Light);
    // What was chosen for the session stays as long as the settings are what they were.
    app.press(": t h e m e Enter r");
    assert_eq!(app.state.theme, ThemeName::Terminal);
    app.desk = settled(ThemeName::Dark);
    app.press("r");
    assert_eq!(app.state.theme, ThemeName::Dark);
}

#[test]
fn the_row_under_the_cursor_is_one_bar() {
    for theme in ThemeName::ALL {
        let mut app = App::new();
        app.state.theme = *theme;
        app.press("/ z z z Esc Home");
        let buffer = app.buffer();
        let reversed = buffer.content().iter().filter(|cell| cell.modifier.contains(Modifier::REVERSED));
        let looks: HashSet<_> = reversed.map(|cell| (cell.fg, cell.modifier.contains(Modifier::DIM))).collect();
        assert_eq!(looks.len(), 1, "{theme} {looks:?}");
    }
}

#[test]
fn the_words_sought_are_underlined_in_the_list_and_in_the_fact() {
    let mut app = App::new();
    let underlined = |app: &App| -> String {
        let buffer = app.buffer();
        let cells = buffer.content().iter().filter(|cell| cell.modifier.contains(Modifier::UNDERLINED));
        cells.map(|cell| cell.symbol().to_owned()).collect()
    };
    let before = underlined(&app).matches("Lukashenko").count();
    app.press("/ l u k a s h e n k o Enter");
    let after = underlined(&app);
    // Once in its row and once in the fact below.
    assert!(after.matches("Lukashenko").count() >= before + 2, "{after}");
    app.press("Esc");
    assert_eq!(underlined(&app).matches("Lukashenko").count(), before);
}

#[test]
fn the_block_under_the_cursor_is_shown_to_its_last_word() {
    let words: Vec<String> = (10..60).map(|n| format!("word{n}")).collect();
    let draft = DRAFT.replace("Li visits Russia [@li#visit].", &format!("{} [@li#visit].", words.join(" ")));
    let mut app = App::with(&draft, desk(), Size { width: 80, height: 60 });
    app.press("Tab down");
    for width in 44..150 {
        app.send(Message::Resize(Size { width, height: 60 }));
        let screen = app.screen();
        assert!(words.iter().all(|word| screen.contains(word)), "{screen}");
    }
}
