//! Typing: carets, wrapping, pastes, undo, the editor outside.

use super::harness::{App, DRAFT};
use crate::app::effect::TimerId;
use crate::app::message::Message;
use crate::app::state::Mode;

#[test]
fn e_puts_the_caret_before_the_closing_citation() {
    let mut app = App::new();
    app.press("Tab down e").type_in(" today").press("Esc");
    assert!(app.draft().contains("Li visits Russia today [@li#visit]."), "{}", app.draft());
    assert_eq!(app.state.brief.cursor, 1);
    app.shows("~");
}

#[test]
fn wide_and_joined_characters_type_and_delete_whole() {
    let mut app = App::new();
    app.press("Tab down e").type_in("東京👩‍🚀");
    let (x, _) = app.cursor();
    app.press("Backspace");
    assert_eq!(app.cursor().0, x - 2);
    app.press("Esc");
    assert!(app.draft().contains("Russia東京 [@li#visit]"), "{}", app.draft());
}

#[test]
fn the_real_cursor_stands_at_the_caret() {
    let mut app = App::new();
    app.press("Tab down e Home");
    let (x, y) = app.cursor();
    let screen = app.screen();
    let line: Vec<char> = screen.lines().nth(usize::from(y)).unwrap().chars().collect();
    assert_eq!(line[usize::from(x)..usize::from(x) + 2], ['L', 'i'], "{screen}");
}

#[test]
fn a_new_block_appears_where_it_will_stand_and_nothing_typed_changes_nothing() {
    let mut app = App::new();
    app.press("Tab down o").press("Esc");
    assert_eq!(app.draft(), DRAFT);
    app.press("o").type_in("Both steps point the same way.").press("Esc");
    assert!(app.draft().contains("[@li#visit].\n\nBoth steps point the same way.\n\nSeen"), "{}", app.draft());
    app.shows("¶ Both steps");
    app.press("O").type_in("Before.").press("Esc");
    assert!(app.draft().contains("Before.\n\nBoth steps"), "{}", app.draft());
}

#[test]
fn o_in_bullets_is_an_item_and_in_a_missing_section_brings_its_heading() {
    let mut app = App::new();
    app.press("Tab down down down down o").type_in("A second point.").press("Esc");
    assert!(app.draft().contains("- Belarus joined in July [@li#sco].\n- A second point."), "{}", app.draft());
    let mut app =
        App::with("---\ntemplate: test\n---\n\n## Issue {#issue}\n\nOne.\n", super::harness::desk(), app.state.size);
    app.press("Tab G K");
    app.press("g down down o").type_in("Point.").press("Esc");
    assert!(app.draft().contains("## Background {#background}\n\n- Point."), "{}", app.draft());
}

#[test]
fn a_blank_line_splits_the_block() {
    let mut app = App::new();
    app.press("Tab down e Home").type_in("First.\n\n").press("Esc");
    assert!(app.draft().contains("First.\n\nLi visits Russia [@li#visit]."));
    assert_eq!(app.state.brief.outline.sections[0].blocks.len(), 3);
}

#[test]
fn a_paste_is_cleaned_and_is_one_undo_step() {
    let mut app = App::new();
    app.press("Tab down e").type_in("a");
    app.send(Message::Paste("b\u{1b}[2J\r\nc".to_owned()));
    app.press("Esc");
    assert!(app.draft().contains("Russiaab␛[2J\nc [@li#visit]."), "{}", app.draft());
    app.press("u");
    assert!(app.draft().contains("Russiaa [@li#visit]."), "{}", app.draft());
    app.press("u");
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn many_characters_at_once_are_what_they_are_one_by_one() {
    let text = "A sentence of many words.\n\n- An item\n- Another one with an é";
    let end = |burst: bool| {
        let mut app = App::new();
        app.press("Tab down o");
        if burst {
            app.send(Message::Burst(text.to_owned()));
        } else {
            app.type_in(text);
        }
        let typed = app.draft().to_owned();
        app.press("Ctrl-_ Esc");
        (typed, app.draft().to_owned())
    };
    assert_eq!(end(true), end(false));
    // Commands stay commands, an @ offers facts, and keys of the writer's own are kept.
    let mut app = App::new();
    app.send(Message::Burst("jjkj".repeat(5)));
    assert!(app.state.facts.cursor > 0);
    app.press("Tab down o").send(Message::Burst("so much was said of @sco".to_owned()));
    app.press("Enter Esc");
    assert!(app.draft().contains("so much was said of [@li#sco]"), "{}", app.draft());
}

#[test]
fn enter_in_a_list_begins_the_next_item_and_in_an_empty_one_ends_it() {
    let typed = |text: &str| {
        let mut app = App::new();
        app.press("Tab down o").type_in(text).press("Esc");
        app.draft().to_owned()
    };
    assert!(typed("- One\nTwo\n\nAnd more").contains("- One\n- Two\n\nAnd more\n"));
    assert!(typed("1. One\nTwo\n").contains("1. One\n2. Two\n\n"), "{}", typed("1. One\nTwo\n"));
    assert_eq!(typed("- One\n- Two"), typed("- One\nTwo"), "who writes the marker means one");
    // The cursor stands on the item typed last, and the caret where it stood.
    let mut app = App::new();
    app.press("Tab down o").type_in("- One\nTwo").press("Esc e").type_in(" and a half").press("Esc");
    assert!(app.draft().contains("- One\n- Two and a half\n"), "{}", app.draft());
    // One step takes all of it back.
    let mut app = App::new();
    app.press("Tab down o").type_in("- One\nTwo\n").press("Esc u");
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn nothing_that_comes_at_once_takes_an_offered_fact_or_leaves_the_field() {
    let mut app = App::new();
    app.press("Tab down o").type_in("Of @sco");
    app.send(Message::Burst(" and so on\nmail@example.org\tcalls\n@sco".to_owned()));
    assert!(app.state.citing().is_some(), "words behind an @ at the end are what was asked");
    app.send(Message::Burst("\nis not a fact\nand that is all".to_owned()));
    app.press("Esc");
    let exact = "Of @sco and so on\nmail@example.org\tcalls\n@sco\nis not a fact\nand that is all";
    assert!(app.draft().contains(exact), "{}", app.draft());
}

#[test]
fn a_paste_in_browse_is_never_run_as_keys() {
    let mut app = App::new();
    app.send(Message::Paste("FFxx2q".to_owned()));
    assert_eq!(app.draft(), DRAFT);
    assert_eq!(app.ended, None);
    assert!(app.notice().contains("not run as keys"));
}

#[test]
fn a_megabyte_pasted_is_all_there() {
    let mut app = App::new();
    app.press("Tab down o");
    let text = "word ".repeat(200_000);
    app.send(Message::Paste(text.clone()));
    app.press("Esc");
    assert!(app.draft().contains(text.trim_end()));
    app.press("u");
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn a_pause_ends_an_undo_step() {
    let mut app = App::new();
    app.press("Tab down e").type_in("one");
    app.send(Message::Timer(TimerId::Run));
    app.type_in("two").press("Ctrl-_");
    assert!(app.draft().contains("Russiaone [@"), "{}", app.draft());
    app.type_in("x").press("Esc u u u u");
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn undo_to_the_start_gives_the_first_bytes_also_after_autosaves() {
    let mut app = App::new();
    app.press("F");
    app.send(Message::Timer(TimerId::Save));
    app.press("Tab down J x");
    app.send(Message::Timer(TimerId::Save));
    app.press("e").type_in("zzz").press("Esc m");
    assert_ne!(app.draft(), DRAFT);
    assert_ne!(app.files["li"], DRAFT);
    for _ in 0..12 {
        app.press("u");
    }
    assert_eq!(app.draft(), DRAFT);
    assert!(app.notice().contains("Nothing to undo"));
    app.press("U");
    assert!(app.notice().starts_with("Done again: fill"), "{}", app.notice());
}

#[test]
fn the_editor_outside_gets_the_block_and_its_failure_keeps_the_text() {
    let mut app = App::new();
    app.press("Tab down E");
    assert_eq!(app.opened, ["Li visits Russia [@li#visit]."]);
    assert!(app.draft().contains("Li visits Russia [@li#visit]. Edited."), "{}", app.draft());
    app.press("u");
    assert_eq!(app.draft(), DRAFT);
    app.editor = |_| Err("vi ended with 1".to_owned());
    app.press("E");
    assert_eq!(app.draft(), DRAFT);
    assert!(app.notice().contains("the text is as it was: vi ended with 1"));
    app.press("Esc Tab p Tab E");
    app.editor = |text| Ok(text.replace("Moscow", "Minsk"));
    app.press("Esc");
    app.state.focus = crate::app::state::Pane::Preview;
    app.press("E");
    assert!(app.draft().contains("title: Li in Minsk"), "{}", app.draft());
}

#[test]
fn ctrl_c_leaves_typing_and_keeps_and_does_not_count_towards_quitting() {
    let mut app = App::new();
    app.press("Tab down e").type_in("!").press("Ctrl-C");
    assert!(matches!(app.state.mode, Mode::Browse));
    assert!(app.draft().contains("Russia! [@"));
    app.press("Ctrl-C");
    assert_eq!(app.ended, None);
    app.send(Message::Timer(TimerId::Interrupt));
    app.press("Ctrl-C");
    assert_eq!(app.ended, None);
    app.press("Ctrl-C");
    assert_eq!(app.ended, Some(0));
    assert!(app.files["li"].contains("Russia! [@"));
}

#[test]
fn undo_while_typing_walks_the_draft_s_own_history() {
    let mut app = App::new();
    app.press("Tab down e").type_in(" one");
    app.send(Message::Timer(TimerId::Run));
    app.type_in(" two").press("Ctrl-_");
    assert!(app.draft().contains("Russia one [@li#visit]"), "{}", app.draft());
    app.press("Ctrl-_");
    assert_eq!(app.draft(), DRAFT);
    app.press("Ctrl-_");
    assert!(app.notice().starts_with("Nothing typed here to undo"), "{}", app.notice());
    app.press("Ctrl-R Ctrl-R").type_in("!");
    assert!(app.draft().contains("Russia one two! [@li#visit]"), "{}", app.draft());
    app.press("Ctrl-R Esc");
    // Three runs were typed, so three steps lead back, and the three again forward.
    app.press("u u").press("U").press("u u");
    assert_eq!(app.draft(), DRAFT);
    app.press("u");
    assert_eq!(app.notice(), "Nothing to undo");
    app.press("U U U");
    assert!(app.draft().contains("Russia one two! [@li#visit]"), "{}", app.draft());
}

#[test]
fn what_is_selected_is_shown_cut_and_put_in_elsewhere() {
    use ratatui::style::Modifier;
    let mut app = App::new();
    app.press("Tab down e Shift-Ctrl-left");
    let (x, y) = app.cursor();
    let buffer = app.buffer();
    let reversed = |x: u16| buffer[(x, y)].modifier.contains(Modifier::REVERSED);
    assert!(reversed(x) && reversed(x + 5) && !reversed(x + 6) && !reversed(x - 1));
    app.press("Ctrl-W Esc down e").press("Home Ctrl-Y Esc");
    assert!(app.draft().contains("Li visits  [@li#visit]."), "{}", app.draft());
    assert!(app.draft().contains("\n\nRussiaSeen together"), "{}", app.draft());
}

#[test]
fn an_at_finds_facts_by_words_and_cites_the_one_chosen() {
    let mut app = App::new();
    app.press("Tab down o").type_in("Belarus is a member @ten");
    app.shows("2024-07-04  Belarus joins the SCO as its tenth member  li#sco");
    app.shows("TYPE");
    app.press("Enter").type_in(".");
    assert!(app.draft().contains("Belarus is a member [@li#sco]."), "{}", app.draft());
    // Inside brackets only the key is put in; the list is walked by the arrows.
    app.press("left left").type_in("; @");
    app.shows("li#visit");
    app.press("down Enter Esc");
    let cited = app.draft().split("a member [").nth(1).unwrap().split(']').next().unwrap().to_owned();
    assert!(cited.starts_with("@li#sco; @li#") && cited.len() > 14, "{cited}");
    // The whole of it is typing: two steps back.
    app.press("u");
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn a_bracket_that_a_citation_closed_may_be_closed_by_its_writer_too() {
    let mut app = App::new();
    app.press("Tab down o").type_in("Seen [see @sco").press("Enter").type_in("].").press("Esc");
    assert!(app.draft().contains("Seen [see @li#sco].\n"), "{}", app.draft());
    app.press("o").type_in("Again [@sco").press("Enter left right").type_in("]").press("Esc");
    assert!(app.draft().contains("Again [@li#sco]]"), "{}", app.draft());
}

#[test]
fn an_at_that_cites_nothing_stays_what_was_typed() {
    let mut app = App::new();
    app.press("Tab down o").type_in("Met @ noon, mail to desk@example.org, @nobody knows").press("Enter");
    app.type_in("More @").press("Esc").type_in("x").press("Esc");
    assert!(app.draft().contains("Met @ noon, mail to desk@example.org, @nobody knows\nMore @x"), "{}", app.draft());
    assert!(matches!(app.state.mode, Mode::Browse));
}

#[test]
fn the_section_s_count_follows_what_is_typed() {
    let mut app = App::new();
    app.press("Tab down e");
    let before = app.state.words_in(0);
    app.shows(&format!("{before}/60"));
    app.type_in(" and Belarus today");
    app.shows(&format!("{}/60", before + 3));
    app.press("Esc down o").type_in("Two words");
    app.shows(&format!("{}/60", before + 5));
}
