//! Other programs change the desk's files while somebody works on it.

use super::harness::{App, DRAFT, TEMPLATE, fact};
use crate::app::effect::Effect;
use crate::app::message::{Changes, Message};
use crate::app::outline::Item;
use crate::app::state::Mode;
use crate::app::update;

fn focused(app: &App) -> String {
    let at = app.state.facts.focused().unwrap();
    app.state.desk.address(at).unwrap().to_string()
}

#[test]
fn new_facts_come_in_and_the_cursor_stays_on_its_fact_and_row() {
    let mut app = App::new();
    app.press("down down");
    let (before, row) = (focused(&app), app.state.facts.cursor - app.state.facts.top);
    app.others_change(|event| {
        for n in 0..40 {
            event.facts.insert(0, fact(&format!("new{n}"), "Brand new", "2024-09-01"));
            event.facts.push(fact(&format!("old{n}"), "Found late", "2020-09-01"));
        }
    });
    assert_eq!(focused(&app), before);
    assert_eq!(app.state.facts.cursor - app.state.facts.top, row);
    app.shows("Facts 86  +80 new");
    app.others_change(|event| {
        event
            .facts
            .retain(|fact| &*fact.id == "old7" || !fact.text.starts_with("Brand") && !fact.text.starts_with("Found"));
    });
    app.shows("Facts 7  +1 new");
    app.press("r");
    app.shows("Facts 7");
    assert!(!app.screen().contains("new  ") && !app.screen().contains("+1"));
    assert_eq!(focused(&app), before);
}

#[test]
fn the_cursor_that_was_never_moved_stays_on_its_fact_too() {
    let mut app = App::new();
    let before = focused(&app);
    app.others_change(|event| event.facts.insert(0, fact("new", "On top", "2025-01-01")));
    assert_eq!(focused(&app), before);
}

#[test]
fn a_draft_that_was_gone_for_a_while_is_saved_without_a_question() {
    let mut app = App::new();
    let before = app.draft().to_owned();
    app.press("Tab down e").type_in(" now").press("Esc");
    app.others_write(None);
    app.shows("The draft is gone from the disk");
    app.others_write(Some(&before));
    app.press("Esc w");
    assert!(app.files["li"].contains("Russia now"), "{}", app.screen());
    // Back before anybody was told.
    let before = app.draft().to_owned();
    app.others_write(None);
    app.files.insert("li".to_owned(), before);
    app.press("e").type_in("?").press("Esc w");
    assert!(app.files["li"].contains("now?"), "{}", app.screen());
    app.others_write(None);
    app.others_write(Some("Theirs."));
    app.press("e").type_in("!").press("Esc w").sees("write over");
}

#[test]
fn a_reload_while_text_is_typed_lists_the_brief_anew_behind_it() {
    let mut app = App::new();
    app.press("Tab down e").type_in(" now");
    let placed = |app: &App| {
        let mut all: Vec<_> = app.state.facts.placed.keys().map(|at| app.state.desk.address(*at).unwrap()).collect();
        all.sort_by_key(ToString::to_string);
        all
    };
    let before = placed(&app);
    app.others_change(|event| {
        event.facts.insert(0, fact("new", "On top", "2025-01-01"));
        let sco = event.facts.iter_mut().find(|fact| &*fact.id == "sco").unwrap();
        sco.text = "Belarus joined in June.".into();
    });
    assert_eq!(placed(&app), before, "the handles are another desk's");
    app.shows("Li visits Russia now");
    app.press("Esc");
    assert_eq!(placed(&app), before);
    assert_eq!(app.state.brief.outline.items.iter().filter(|item| matches!(item, Item::Block(..))).count(), 3);
    app.shows("~ Belarus joined in July");
}

#[test]
fn a_reload_by_itself_keeps_filter_marks_and_what_is_being_typed() {
    let mut app = App::new();
    app.press("Space Space /").type_in("tag:lead");
    let marked: Vec<_> = app.state.facts.marks.iter().map(|at| app.state.desk.address(*at).unwrap()).collect();
    app.others_change(|event| {
        let mut new = fact("new", "Li again", "2024-09-01");
        new.tags = ["lead".into()].into();
        event.facts.insert(0, new);
        event.facts.insert(0, fact("other", "Nothing of the kind", "2024-09-02"));
    });
    let after: Vec<_> = app.state.facts.marks.iter().map(|at| app.state.desk.address(*at).unwrap()).collect();
    assert_eq!(marked, after);
    app.shows("/tag:lead");
    app.shows("+2 new");
    app.shows("Li again");
    assert!(!app.screen().contains("Nothing of the kind"));
    app.type_in(" again").press("Enter");
    assert_eq!(app.state.facts.query, "tag:lead again");
    app.press("Tab j o").type_in("Half a sen");
    app.others_change(|event| event.facts.truncate(5));
    app.type_in("tence").press("Esc");
    assert!(app.draft().contains("Half a sentence"), "{}", app.draft());
}

#[test]
fn a_fact_that_is_gone_loses_its_mark_and_the_rest_stays() {
    let mut app = App::new();
    app.press("a");
    app.others_change(|event| event.facts.retain(|fact| &*fact.id != "aid"));
    assert_eq!(app.state.facts.marks.len(), 5);
    assert!(app.state.facts.fresh.is_empty());
}

#[test]
fn changes_during_a_load_are_read_after_it_and_stale_loads_are_dropped() {
    let mut app = App::new();
    let changed = || Message::ChangedOnDisk(Changes { facts: true, ..Changes::default() });
    let loads = |effects: &[Effect]| -> Vec<u64> {
        effects
            .iter()
            .filter_map(|e| if let Effect::Load { generation } = e { Some(*generation) } else { None })
            .collect()
    };
    let first = loads(&update(&mut app.state, changed()));
    assert_eq!(first.len(), 1);
    assert!(loads(&update(&mut app.state, changed())).is_empty(), "one load at a time");
    let desk = std::sync::Arc::clone(&app.state.desk);
    let stale = Message::Loaded { generation: first[0] - 1, facts: Default::default(), findings: Vec::new() };
    update(&mut app.state, stale);
    assert_eq!(app.state.desk.fact_count(), 6, "the answer to an older load");
    let second = loads(&update(
        &mut app.state,
        Message::Loaded { generation: first[0], facts: desk.into(), findings: Vec::new() },
    ));
    assert!(second.len() == 1 && second[0] > first[0], "{second:?}");
}

#[test]
fn a_fill_that_waits_for_its_search_is_made_on_the_new_desk() {
    let with_query = DRAFT.replacen("fields:", "facts: tag:lead\nfields:", 1);
    let size = crate::app::regions::Size { width: 80, height: 24 };
    let mut app = App::with(&with_query, super::harness::desk(), size);
    let fill = Message::Key("F".parse().unwrap());
    let effects = update(&mut app.state, fill);
    let old = effects
        .into_iter()
        .find_map(|e| if let Effect::Search { generation, .. } = e { Some(generation) } else { None });
    app.others_change(|event| event.facts.insert(0, fact("first", "Shifts all handles", "2020-01-01")));
    let before = app.draft().to_owned();
    let hits = crate::app::message::Hits { facts: app.state.desk.facts().collect(), ranked: false };
    app.send(Message::Found { generation: old.unwrap(), result: Ok(hits) });
    assert_eq!(app.draft(), before, "the late answer is about a desk that is no more");
}

#[test]
fn the_open_draft_is_read_again_where_nothing_is_unsaved() {
    let mut app = App::new();
    app.press("Tab j j");
    app.shows("Seen together they matter");
    let theirs = DRAFT.replace("Li visits Russia [@li#visit].", "Theirs.\n\nLi visits Russia [@li#visit].");
    app.others_write(Some(&theirs));
    assert_eq!(app.draft(), theirs);
    assert_eq!(app.notice(), "The draft was read again from disk: u takes back");
    let at = app.state.brief.outline.position(app.state.brief.item().unwrap()).unwrap();
    let here = app.state.document.as_ref().unwrap().draft().block_text(at).unwrap();
    assert!(here.starts_with("Seen together"), "the cursor stays on its block: {here}");
    app.shows("saved");
    app.press("u");
    assert_eq!(app.draft(), DRAFT);
    assert!(app.notice().ends_with("w asks what to do with theirs"), "{}", app.notice());
    // Theirs is somebody else's text again: nothing is written over it unasked.
    app.press("q").shows("was changed on disk by somebody else");
    assert_eq!((&app.files["li"], app.ended), (&theirs, None));
    // Done again, it is what the file holds.
    app.press("Esc U");
    assert_eq!(app.draft(), theirs);
    app.shows("saved");
    app.press("u q o q");
    assert_eq!(app.files["li"], DRAFT);
    assert_eq!(app.ended, Some(0));
}

#[test]
fn a_draft_that_is_told_of_but_the_same_changes_nothing() {
    let mut app = App::new();
    app.others_write(Some(DRAFT));
    assert_eq!(app.notice(), "");
    assert_eq!(app.state.document.as_ref().unwrap().revision, 1);
}

#[test]
fn unsaved_text_is_never_read_over() {
    let mut app = App::new();
    app.press("Tab j o").type_in("Mine");
    app.others_write(Some("theirs"));
    assert_eq!(app.notice(), "The draft changed on disk. w asks what to do");
    app.type_in(" and more").press("Esc");
    assert!(app.draft().contains("Mine and more"));
    app.press("Esc w");
    app.shows("was changed on disk by somebody else");
    assert_eq!(app.files["li"], "theirs");
    app.press("o");
    assert!(app.files["li"].contains("Mine and more"));
}

#[test]
fn typing_without_a_change_yet_is_asked_about_as_well() {
    let mut app = App::new();
    app.press("Tab j e");
    app.others_write(Some("theirs"));
    app.press("Esc Esc w");
    app.shows("was changed on disk by somebody else");
    app.press("o");
    assert_eq!(app.files["li"], DRAFT, "ours is written though it did not change");
    app.shows("saved");
}

#[test]
fn a_draft_deleted_outside_stays_and_is_written_anew() {
    let mut app = App::new();
    app.others_write(None);
    assert_eq!(app.notice(), "The draft is gone from the disk. The text stays; the next save writes it anew");
    app.press("Esc q");
    assert_eq!(app.files["li"], DRAFT);
    assert_eq!(app.ended, Some(0));
}

#[test]
fn a_draft_that_goes_and_comes_back_is_saved_again() {
    let mut app = App::new();
    app.others_write(None);
    app.others_write(Some(DRAFT));
    app.press("Esc");
    app.shows("saved");
    app.press("q");
    assert_eq!(app.saves, 0);
    assert_eq!(app.ended, Some(0));
}

#[test]
fn the_open_draft_takes_its_template_as_it_reads_now() {
    let mut app = App::new();
    app.press("Tab j j");
    app.template =
        TEMPLATE.replace("## Issue", "## Aims {#aims}\n\n## Issue").replace("max-words: 400", "max-words: 90");
    let changes = Changes { lists: true, ..Changes::default() };
    app.press("o").type_in("In between");
    app.send(Message::ChangedOnDisk(changes));
    assert!(!app.screen().contains("Aims"), "not while somebody types");
    app.press("Esc");
    app.shows("1 Aims");
    app.shows("/90w");
    assert!(matches!(app.state.mode, Mode::Browse) && app.draft().contains("In between"));
}

#[test]
fn a_draft_in_the_writers_editor_is_not_read_over() {
    let mut app = App::new();
    app.press("Tab j");
    let effects = update(&mut app.state, Message::Key("E".parse().unwrap()));
    let request =
        effects.iter().find_map(|e| if let Effect::OpenEditor { request, .. } = e { Some(*request) } else { None });
    app.others_write(Some("theirs"));
    assert_eq!(app.draft(), DRAFT);
    app.send(Message::Edited { request: request.unwrap(), result: Ok("From the editor.".to_owned()) });
    assert!(app.draft().contains("From the editor.") && app.draft().contains("Seen together"));
    assert_eq!(app.files["li"], "theirs");
}

#[test]
fn a_desk_that_cannot_be_watched_says_so_in_the_log_alone() {
    let mut app = App::new();
    app.send(Message::Unwatched("the system's limit of watched folders is reached".to_owned()));
    assert_eq!(app.notice(), "");
    app.press("!");
    app.shows("watched folders is reached. r reads the desk again");
}
