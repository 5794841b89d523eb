//! What is drawn, at every size.

use super::harness::{App, DRAFT, desk, fact};
use crate::app::message::Message;
use crate::app::regions::Size;
use crate::model::{Desk, Event};
use std::sync::Arc;

fn resized(app: &mut App, width: u16, height: u16) {
    app.send(Message::Resize(Size { width, height }));
}

#[test]
fn the_first_screen_is_the_picture_of_the_contract() {
    let app = App::new();
    app.shows(" Facts 6 ");
    app.shows("│ Brief  Li in Moscow");
    app.shows(" ✓ 08-20 Li visits Russia and Bela…");
    app.shows("≠");
    app.shows(" 1▸Issue");
    app.shows("BROWSE li · saved · ");
    app.shows("? help");
    assert!(app.screen().lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn wide_screens_show_three_panes_and_narrow_ones_tabs() {
    let mut app = App::new();
    resized(&mut app, 160, 40);
    app.shows("Preview");
    app.shows("2024-08-20 Li visits");
    resized(&mut app, 60, 20);
    app.shows("[Facts] Brief Preview");
    app.press("Tab").shows("Facts [Brief] Preview");
    resized(&mut app, 40, 10);
    app.shows("B saved");
    resized(&mut app, 20, 3);
    resized(&mut app, 1, 1);
    assert_eq!(app.screen(), "·");
}

#[test]
fn every_small_size_is_drawn_in_every_mode() {
    let modes = ["", "/ l", "?", ":", "!", "n", "Tab e", "Tab o a", "p", "z", "Tab Tab", "b"];
    for mode in modes {
        let mut app = App::new();
        app.press(mode);
        for width in 0..=12 {
            for height in 0..=12 {
                resized(&mut app, width, height);
                app.buffer();
            }
        }
        for (width, height) in [(79, 24), (140, 11), (200, 60), (1000, 3), (3, 1000), (20, 4)] {
            resized(&mut app, width, height);
            app.buffer();
        }
    }
}

#[test]
fn growing_back_restores_the_layout() {
    let mut app = App::new();
    app.press("Tab down down");
    let before = app.screen();
    resized(&mut app, 1, 1);
    resized(&mut app, 0, 0);
    resized(&mut app, 80, 24);
    assert_eq!(app.screen(), before);
}

#[test]
fn tiny_windows_refuse_commands_that_edit_but_keep_typed_text() {
    let mut app = App::new();
    resized(&mut app, 19, 24);
    app.press("2");
    assert_eq!(app.draft(), DRAFT);
    resized(&mut app, 80, 24);
    app.press("Tab down e");
    resized(&mut app, 5, 2);
    app.type_in(" kept").press("Esc");
    assert!(app.draft().contains("Li visits Russia kept [@li#visit]"), "{}", app.draft());
}

#[test]
fn the_detail_tells_origin_grade_and_support_in_words() {
    let mut event = Event { id: "li".into(), path: "briefs/events/li.yaml".into(), ..Event::default() };
    let text = "sources:\n  afp: { title: A, origin: AFP, parent: { type: web, title: Al Arabiya }, reliability: B, directness: secondary, descriptor: Agency report. }\n  copy: { title: C, origin: AFP, reliability: D, attribution: background }\n";
    let read = crate::event_file::read("e.yaml", &format!("title: T\ndate: 2024\n{text}")).event.unwrap();
    event.sources = read.sources;
    event.facts = vec![fact("f", "It rained.", "2024-01-01")];
    event.facts[0].credibility = Some(2);
    let used = |source: &str| crate::model::SourceUse { source: source.into(), ..Default::default() };
    event.facts[0].sources = [used("afp"), used("copy")].into();
    let mut app = App::with(DRAFT, Desk::new(vec![Arc::new(event)], Arc::default()), Size { width: 160, height: 40 });
    app.shows("AFP via Al Arabiya B2 · AFP D2");
    app.shows("2 sources, 1 origin · 1 secondary");
    app.shows("on background");
    app.shows("AFP via Al Arabiya: Agency report.");
    resized(&mut app, 80, 24);
    app.shows("2 sources, 1 origin");
}

#[test]
fn loading_shows_its_count_and_the_cursor_stays_on_its_fact() {
    let mut app = App::new();
    app.press("down down");
    let before = app.state.desk.address(app.state.facts.focused().unwrap());
    let generation = {
        app.state.loading.generation += 1;
        app.state.loading.files = Some((0, 0));
        app.state.loading.generation
    };
    let mut first = Event { id: "aaa".into(), path: "briefs/events/a.yaml".into(), ..Event::default() };
    first.facts = (0..20).map(|n| fact(&format!("n{n}"), "New", "2025-01-01")).collect();
    let li = Arc::clone(&desk().events()[0]);
    let events = vec![Arc::new(first), li];
    let facts = Some(Arc::new(Desk::new(events, Arc::default())).into());
    app.send(Message::Loading { generation, facts, done: 3_120, total: 10_000 });
    app.shows("Facts 3,120/10,000 loading");
    assert_eq!(app.state.desk.address(app.state.facts.focused().unwrap()), before);
    assert_eq!(app.state.facts.visible.len(), 26);
    // News of an older load is dropped.
    app.send(Message::Loading { generation: generation - 1, facts: None, done: 1, total: 2 });
    app.shows("3,120/10,000");
}

#[test]
fn ascii_glyphs_on_request() {
    let mut app = App::new();
    app.state.setup.ascii = true;
    let screen = app.screen();
    assert!(screen.contains("1>Issue") && screen.contains("| Brief") && screen.contains('#'));
    let ours = ["▸", "✓", "●", "│", "≠", "·", "—", "⏎"];
    assert!(ours.iter().all(|glyph| !screen.contains(glyph)), "{screen}");
}
