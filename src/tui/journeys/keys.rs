//! Every key of the table at least once.

use super::harness::{App, DRAFT};
use crate::app::outline::Item;
use crate::app::regions::Size;
use crate::app::state::{Mode, Pane};

fn focused(app: &App) -> String {
    let at = app.state.facts.focused().unwrap();
    app.state.desk.get(at).unwrap().1.id.to_string()
}

fn item(app: &App) -> Item {
    app.state.brief.item().unwrap()
}

#[test]
fn moving_by_item_page_and_end() {
    let mut app = App::new();
    let first = focused(&app);
    app.press("j down k up");
    assert_eq!(focused(&app), first);
    app.press("G");
    assert_eq!(focused(&app), "old");
    app.press("Home PgDn PgUp End g");
    assert_eq!(focused(&app), first);
}

#[test]
fn moving_between_panes() {
    let mut app = App::new();
    for (key, pane) in [
        ("Tab", Pane::Brief),
        ("Tab", Pane::Facts),
        ("Shift-Tab", Pane::Brief),
        ("right", Pane::Brief),
        ("left", Pane::Facts),
        ("h", Pane::Facts),
        ("l", Pane::Brief),
    ] {
        app.press(key);
        assert_eq!(app.state.focus, pane, "{key}");
    }
}

#[test]
fn enter_places_in_the_current_section_and_goes_to_a_placed_one() {
    let mut app = App::new();
    app.press("G Enter");
    assert!(app.draft().contains("Lukashenko in Beijing, twice [@li#old]"), "{}", app.draft());
    assert!(app.notice().contains("→ 1 Issue"), "{}", app.notice());
    assert_eq!(app.state.focus, Pane::Facts);
    app.press("Enter");
    assert_eq!(app.state.focus, Pane::Brief);
    assert_eq!(item(&app), Item::Block(0, 2));
    app.press("'");
    assert_eq!(app.state.focus, Pane::Facts);
}

#[test]
fn enter_in_brief_edits_a_block_and_from_a_heading_chooses_facts() {
    let mut app = App::new();
    app.press("Tab down Enter");
    assert!(matches!(app.state.mode, Mode::Type(_)));
    app.press("Esc up Enter");
    assert_eq!(app.state.focus, Pane::Facts);
    assert!(app.notice().contains("Enter places into 1 Issue"));
}

#[test]
fn digits_place_and_move() {
    let mut app = App::new();
    app.press("G 2");
    assert!(
        app.draft().contains("- Belarus joined in July [@li#sco].\n- Lukashenko in Beijing, twice [@li#old]"),
        "{}",
        app.draft()
    );
    app.press("3");
    assert_eq!(app.draft().matches("@li#old").count(), 1);
    let said = app.draft().split("## Said").nth(1).unwrap().to_owned();
    assert!(said.contains("@li#old"), "{}", app.draft());
    app.press("4");
    assert!(app.notice().contains("takes no facts"), "{}", app.notice());
    app.press("9");
    assert!(app.notice().contains("no section 9"));
}

#[test]
fn digits_in_brief_go_from_a_heading_and_move_from_a_block() {
    let mut app = App::new();
    app.press("Tab 3");
    assert!(matches!(item(&app), Item::Heading(2)));
    app.press("1 down 2");
    assert!(
        app.draft().contains("- Belarus joined in July [@li#sco].\n- Li visits Russia [@li#visit]."),
        "{}",
        app.draft()
    );
    assert_eq!(item(&app), Item::Block(1, 1));
}

#[test]
fn marked_facts_stay_on_top_and_go_together() {
    let mut app = App::new();
    app.press("G Space");
    app.press("/").type_in("lethal").press("Enter");
    assert_eq!(app.state.facts.visible.len(), 2);
    app.press("Space");
    app.shows("●");
    app.press("2");
    let text = app.draft();
    assert!(text.contains("[@li#old]") && text.contains("[@li#aid]"), "{text}");
    assert!(app.state.facts.marks.is_empty());
    app.press("u");
    assert_eq!(app.draft(), DRAFT);
    assert!(app.notice().contains("Undone: send 2 facts to 2 Background"), "{}", app.notice());
}

#[test]
fn a_marks_all_or_none() {
    let mut app = App::new();
    app.press("a");
    assert_eq!(app.state.facts.marks.len(), 6);
    app.press("a");
    assert!(app.state.facts.marks.is_empty());
    app.press("Tab a");
    assert_eq!(app.state.brief.marks.len(), 3);
    app.press("x");
    assert!(!app.draft().contains("@li"), "{}", app.draft());
    app.press("u");
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn marked_blocks_move_together_in_their_order() {
    let mut app = App::new();
    app.press("Tab down Space Space 2");
    let background = app.draft().split("## Background").nth(1).unwrap();
    let order: Vec<_> =
        ["Belarus joined", "Li visits", "Seen together"].iter().map(|t| background.find(t).unwrap()).collect();
    assert!(order.is_sorted(), "{background}");
}

#[test]
fn filtering_is_live_and_esc_clears() {
    let mut app = App::new();
    app.press("/").type_in("lethal");
    app.shows("Facts 1/6  /lethal");
    let (x, y) = app.cursor();
    assert_eq!((x, y), (19, 0));
    app.press("Enter");
    app.shows("Facts 1/6  /lethal");
    app.press("Esc");
    app.shows("Facts 6");
    app.press("/").type_in("zzzzqq");
    app.shows("No fact matches \"zzzzqq\". Esc");
    app.press("Esc").press("/").type_in("kind:quote").press("Enter");
    assert_eq!(focused(&app), "quote");
}

#[test]
fn a_filter_in_force_is_narrowed() {
    let mut app = App::new();
    app.press("/").type_in("event:li").press("Enter /").type_in("lethal").press("Enter");
    app.shows("Facts 1/6  /event:li lethal");
    app.press("/ Ctrl-U Enter").shows("Facts 6");
}

#[test]
fn search_in_brief_goes_to_the_words() {
    let mut app = App::new();
    app.press("Tab /").type_in("belarus").press("Enter");
    assert_eq!(item(&app), Item::Block(1, 0));
    app.press("/").type_in("visits").press("Esc");
    assert_eq!(item(&app), Item::Block(1, 0));
}

#[test]
fn s_cycles_the_order() {
    let mut app = App::new();
    let mut firsts = Vec::new();
    for _ in 0..4 {
        app.press("g");
        firsts.push(focused(&app));
        app.press("s");
    }
    assert_eq!(firsts, ["visit", "old", "visit", "visit"]);
    assert!(app.notice().contains("newest first"));
}

#[test]
fn t_shows_dims_and_hides_placed_facts() {
    let mut app = App::new();
    app.press("t");
    assert_eq!(app.state.facts.visible.len(), 6);
    app.press("t");
    assert_eq!(app.state.facts.visible.len(), 4);
    app.shows("Facts 4/6");
    app.press("t");
    assert_eq!(app.state.facts.visible.len(), 6);
}

#[test]
fn f_fills_in_one_step() {
    let mut app = App::new();
    app.press("F");
    assert!(app.draft().contains("@li#quote"), "{}", app.draft());
    assert!(app.notice().starts_with("Placed 1 fact"), "{}", app.notice());
    app.press("u");
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn blocks_move_within_and_across_sections() {
    let mut app = App::new();
    app.press("Tab down J");
    assert_eq!(item(&app), Item::Block(0, 1));
    app.press("J");
    assert_eq!(item(&app), Item::Block(1, 0));
    assert!(app.draft().contains("- Li visits Russia [@li#visit].\n- Belarus"), "{}", app.draft());
    app.press("Shift-up");
    assert_eq!(item(&app), Item::Block(0, 1));
    app.press("K K");
    assert!(app.notice().contains("cannot go further"), "{}", app.notice());
    app.press("Shift-down");
    assert_eq!(item(&app), Item::Block(0, 1));
}

#[test]
fn nothing_is_sent_into_the_bibliography_by_moving() {
    let mut app = App::new();
    app.press("Tab 3 up J J J J");
    assert!(!app.draft().contains("{#sources}"), "{}", app.draft());
}

#[test]
fn zero_takes_out_a_block_or_only_a_citation() {
    let mut app = App::new();
    // `sco` stands alone in one block and beside `visit` in another.
    while focused(&app) != "sco" {
        app.press("down");
    }
    app.press("0");
    assert!(!app.draft().contains("@li#sco"), "{}", app.draft());
    assert!(app.draft().contains("Seen together they matter [@li#visit]."), "{}", app.draft());
    assert!(app.notice().contains("1 block and 1 citation"), "{}", app.notice());
    app.press("u Tab g down down Delete");
    assert!(!app.draft().contains("Seen together"));
    app.press("u g x");
    assert!(app.notice().contains("Headings stay"));
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn merge_and_split() {
    let mut app = App::new();
    app.press("Tab down m");
    assert!(app.draft().contains("Li visits Russia [@li#visit]. Seen together"), "{}", app.draft());
    app.press("S");
    assert_eq!(app.draft(), DRAFT);
    app.press("S");
    assert!(app.notice().contains("One sentence only"));
    app.press("e Home Ctrl-right Ctrl-right Esc S");
    assert!(app.draft().contains("Li visits\n\nRussia"), "{}", app.draft());
}

#[test]
fn e_on_an_unplaced_fact_places_it_first() {
    let mut app = App::new();
    app.press("G e");
    assert!(matches!(app.state.mode, Mode::Type(_)));
    app.type_in("!").press("Esc");
    assert!(app.draft().contains("Lukashenko in Beijing, twice! [@li#old]"), "{}", app.draft());
}

#[test]
fn undo_and_redo_say_what() {
    let mut app = App::new();
    app.press("G 2 u");
    assert!(app.notice().starts_with("Undone: send “Lukashenko in Beijing"), "{}", app.notice());
    app.press("U");
    assert!(app.draft().contains("@li#old"));
    app.press("U");
    assert!(app.notice().contains("Nothing to redo"));
}

#[test]
fn findings_are_gone_to_and_listed() {
    let draft = DRAFT.replace("[@li#sco].\n\n## Said", "[@li#nowhere].\n\n## Said");
    let mut app = App::with(&draft, super::harness::desk(), Size { width: 80, height: 24 });
    assert!(app.state.finding_count() > 0);
    app.press("]");
    assert_eq!(item(&app), Item::Block(1, 0));
    app.shows("✗ the event `li` has no fact `nowhere`");
    app.press("[ '");
    app.press("!");
    app.shows("Problems and messages");
    app.press("Enter");
    assert_eq!(item(&app), Item::Block(1, 0));
    let mut app = App::new();
    app.press("]");
}

#[test]
fn preview_takes_the_place_of_facts_and_gives_it_back() {
    let mut app = App::new();
    app.press("p");
    assert_eq!(app.state.focus, Pane::Preview);
    app.shows("Preview");
    app.press("P").shows("raw Markdown");
    app.press("P down up PgDn Home Enter");
    assert_eq!(app.state.focus, Pane::Brief);
    app.press("p").shows("Facts 6");
}

#[test]
fn zoom_and_widths() {
    let mut app = App::new();
    app.press("> >");
    assert_eq!(app.state.regions.facts.width, 40);
    app.press("< Tab >");
    assert_eq!(app.state.regions.facts.width, 36);
    app.press("z");
    assert_eq!(app.state.regions.brief.width, 80);
    app.press("z");
}

#[test]
fn copying() {
    let mut app = App::new();
    app.press("y Tab down y");
    app.state.focus = Pane::Preview;
    app.press("y");
    assert_eq!(app.copied[0], "Li visits Russia and Belarus");
    assert_eq!(app.copied[1], "Li visits Russia [@li#visit].");
    assert!(app.copied[2].contains("# Li in Moscow"));
}

#[test]
fn a_new_brief_asks_for_title_and_fields_in_the_last_line() {
    let mut app = App::new();
    app.press("n").shows("New brief from a template");
    app.press("Enter").shows("Test note · 1/2 Title:");
    app.type_in("Über die Lage").press("Enter").shows("To:");
    app.type_in("The \"Minister\"").press("Enter");
    assert_eq!(app.state.document.as_ref().unwrap().title(), "Über die Lage");
    let text = &app.files["über-die-lage"];
    assert!(text.contains("date: 2024-08-20") && text.contains("{#background}"), "{text}");
    app.shows("(empty)");
    app.press("b").shows("Open a brief");
    app.type_in("li").press("Enter");
    assert_eq!(app.draft(), DRAFT);
}

#[test]
fn help_lists_this_pane_first_filters_and_runs() {
    let mut app = App::new();
    app.press("?");
    app.shows("In Facts");
    app.type_in("cycle").press("Enter");
    assert!(matches!(app.state.mode, Mode::Browse));
    assert!(app.notice().contains("Facts oldest first"));
    app.press("? Esc");
    app.shows("BROWSE");
}

#[test]
fn the_palette_finds_by_name_word_and_synonym_and_says_why_not() {
    let mut app = App::new();
    app.press(":").type_in("merge");
    app.shows("in Brief");
    app.press("Enter");
    assert!(app.notice().contains("Not now: in Brief"));
    app.press("Esc").press(":").type_in("publish").press("Enter");
    assert!(app.notice().starts_with("written"), "{}", app.notice());
    app.press(":").type_in("send").press("Enter").shows("To section:");
    app.type_in("2").press("Enter");
}

#[test]
fn reload_redraw_suspend_and_quit() {
    let mut app = App::new();
    app.press("r Ctrl-L Ctrl-Z Tab down x Ctrl-Z q");
    assert_eq!((app.redrawn, app.suspended, app.ended), (1, 2, Some(0)));
    assert_eq!(app.files["li"], app.draft());
}

#[test]
fn undo_and_redo_show_what_they_changed() {
    let mut app = App::new();
    app.press("Tab down x").press("g u");
    assert_eq!(app.state.brief.cursor, 1);
    app.press("G U");
    assert_ne!(app.state.brief.cursor, app.state.brief.outline.items.len() - 1);
    // While the first block of a section is typed, nothing says any more how to begin one.
    app.press("G k").sees("(empty)").press("o a");
    assert!(!app.screen().contains("or o to write"), "{}", app.screen());
}
