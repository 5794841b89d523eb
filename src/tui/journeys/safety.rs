//! Saving, leaving, and files that changed behind our back.

use std::sync::Arc;

use super::harness::{App, DRAFT, desk};
use crate::app::document::SaveState;
use crate::app::effect::TimerId;
use crate::app::message::Message;
use crate::app::regions::Size;
use crate::app::state::Mode;

#[test]
fn a_draft_that_was_only_opened_is_never_written() {
    let mut app = App::new();
    app.press("j k Tab j / x Esc p p ? Esc z z");
    app.send(Message::Timer(TimerId::Save));
    app.press("q");
    assert_eq!(app.ended, Some(0));
    assert_eq!(app.saves, 0);
}

#[test]
fn saved_is_said_only_when_it_is_true() {
    let mut app = App::new();
    app.press("Tab down e").type_in("!");
    // The journal has it, the file not yet.
    assert_eq!(app.state.document.as_ref().unwrap().save_state(), SaveState::Saved);
    assert!(app.state.document.as_ref().unwrap().is_changed());
    assert!(app.timers.contains(&TimerId::Save));
    app.failing = Some("disk full".to_owned());
    app.send(Message::Timer(TimerId::Save));
    app.press("Esc Esc");
    app.shows("not saved: disk full");
    app.type_in("j");
    app.send(Message::Timer(TimerId::Save));
    app.shows("li · saved");
    assert!(app.files["li"].contains("Russia! ["));
}

#[test]
fn quitting_saves_first_and_a_failed_save_keeps_the_program() {
    let mut app = App::new();
    app.press("Tab down x");
    app.failing = Some("read-only file system".to_owned());
    app.press("q");
    assert_eq!(app.ended, None);
    assert!(app.notice().contains("read-only file system"));
    app.press("q");
    assert_eq!(app.ended, Some(0));
    let mut app = App::new();
    app.press("Tab down x q");
    assert_eq!((app.ended, app.saves), (Some(0), 1));
}

#[test]
fn signals_save_and_leave_with_their_status() {
    let mut app = App::new();
    app.press("Tab down e").type_in("typed");
    app.send(Message::Signal(15));
    assert_eq!(app.ended, Some(143));
    assert!(app.files["li"].contains("typed"));
    let mut app = App::new();
    app.press("Tab down x");
    app.failing = Some("gone".to_owned());
    app.send(Message::Signal(1));
    app.send(Message::Timer(TimerId::Leave));
    assert!(app.ended.is_some() || app.state.leaving.is_none());
}

#[test]
fn a_draft_changed_on_disk_is_asked_about() {
    let mut app = App::new();
    app.files.insert("li".to_owned(), "theirs".to_owned());
    app.press("Tab down x");
    app.send(Message::Timer(TimerId::Save));
    // A save in the background never takes the keyboard.
    assert!(matches!(app.state.mode, Mode::Browse));
    app.shows("Not saved: the draft was changed on disk");
    app.press("Esc w");
    app.shows("changed on disk by somebody else");
    app.press("Esc");
    assert_eq!(app.files["li"], "theirs");
    app.press("w");
    app.press("n");
    app.shows("Save the draft as: li-2");
    app.press("Enter");
    assert_eq!(app.files["li"], "theirs");
    assert_eq!(app.files["li-2"], app.draft());
    app.press("j").shows("li-2 · saved");
}

#[test]
fn a_draft_changed_on_disk_can_be_written_over() {
    let mut app = App::new();
    app.files.insert("li".to_owned(), "theirs".to_owned());
    app.press("Tab down x q");
    assert!(matches!(app.state.mode, Mode::Dialog(_)));
    app.press("o");
    assert_eq!(app.files["li"], app.draft());
    assert_ne!(app.draft(), DRAFT);
}

#[test]
fn w_writes_the_note_and_asks_before_it_writes_over_one_edited_by_hand() {
    let mut app = App::new();
    app.press("w");
    assert!(app.notice().starts_with("written briefs/notes/li.md · "), "{}", app.notice());
    assert!(app.notice().contains(" words"));
    assert!(app.notes["li"].contains("Li visits Russia"));
    app.notes.insert("li".to_owned(), "by hand".to_owned());
    app.press("w");
    app.shows("The note li was edited by hand");
    app.press("Esc");
    assert_eq!(app.notes["li"], "by hand");
    app.press("Esc w n Enter");
    assert!(app.notes["li-2"].contains("Li visits"));
    app.press("w o");
    assert!(app.notes["li"].contains("Li visits"));
}

#[test]
fn a_note_is_shown_before_it_is_checked_and_none_that_is_older() {
    let mut app = App::with(DRAFT, desk(), Size { width: 200, height: 60 });
    let note = |words: &str| Arc::new(crate::note::Note { text: format!("{words}\n"), ..Default::default() });
    let (revision, found) = (app.state.composed.revision, app.state.composed.findings.len());
    app.send(Message::Previewed { generation: revision, note: note("Early words."), laid_out: None });
    app.shows("Early words.");
    assert_eq!((app.state.composed.revision, app.state.composed.findings.len()), (revision, found));
    app.send(Message::Previewed { generation: revision - 1, note: note("Older words."), laid_out: None });
    app.shows("Early words.");
    app.send(Message::Composed {
        generation: revision,
        note: note("Last words."),
        findings: Vec::new(),
        laid_out: None,
    });
    app.shows("Last words.");
    assert!(app.state.composed.findings.is_empty());
}

#[test]
fn stale_answers_are_dropped() {
    let mut app = App::new();
    app.press("/").type_in("sco");
    let generation = app.state.facts.generation;
    let seen = app.state.facts.visible.clone();
    app.send(Message::Found { generation: generation - 1, result: Ok(Default::default()) });
    assert_eq!(app.state.facts.visible, seen);
    let revision = app.state.composed.revision;
    app.press("Esc Tab down x");
    app.send(Message::Previewed { generation: revision, note: Default::default(), laid_out: None });
    app.send(Message::Composed {
        generation: revision,
        note: Default::default(),
        findings: Vec::new(),
        laid_out: None,
    });
    assert!(app.state.composed.revision > revision);
    app.send(Message::Saved { request: 99_999, result: Err(crate::app::message::SaveFault::Changed) });
    assert!(matches!(app.state.mode, Mode::Browse));
}

#[test]
fn placing_a_text_that_names_a_protected_speaker_says_so() {
    let text = "title: T\ndate: 2024\nactors: { b: { name: Ada Brandt, role: Minister } }\nsources: { talk: { title: Talk, attribution: chatham-house } }\nfacts:\n  - { id: f, text: Brandt has no money., speaker: b, sources: talk }\n  - { id: g, text: The money is gone., speaker: b, sources: talk }\n";
    let event = crate::event_file::read("briefs/events/e.yaml", text).event.unwrap();
    let desk = crate::model::Desk::new(vec![std::sync::Arc::new(event)], std::sync::Arc::default());
    let size = Size { width: 200, height: 24 };
    let mut app = App::with("---\ntemplate: test\ntitle: x\n---\n\n## Issue {#issue}\n", desk, size);
    app.press("1");
    app.shows("the Chatham House Rule forbids: reword it");
    app.press("down 1");
    assert!(app.draft().contains("The money is gone, according to a participant [@e#g]"), "{}", app.draft());
}

#[test]
fn a_note_asked_for_right_behind_a_fill_has_what_the_fill_places() {
    use crate::app::effect::Effect;
    use crate::app::message::Hits;
    use crate::app::update;
    let draft = super::harness::DRAFT.replace("date:", "facts: event:li\ndate:");
    let mut app = App::with(&draft, super::harness::desk(), crate::app::regions::Size { width: 80, height: 24 });
    // Both keys are there before the search for the fill has an answer.
    let asked = update(&mut app.state, Message::Key("F".parse().unwrap()));
    let generation = asked.iter().find_map(|effect| match effect {
        Effect::Search { generation, .. } => Some(*generation),
        _ => None,
    });
    app.press("w");
    assert!(app.notes.is_empty());
    let facts = app.state.desk.facts().collect();
    app.send(Message::Found { generation: generation.unwrap(), result: Ok(Hits { facts, ranked: false }) });
    assert!(app.notes["li"].contains("Relations have withstood every test of the times."), "{}", app.notes["li"]);
    // The same where the fill finds nothing more.
    app.notes.clear();
    let asked = update(&mut app.state, Message::Key("F".parse().unwrap()));
    assert!(asked.iter().any(|effect| matches!(effect, Effect::Search { .. })));
    let generation = app.state.filling.unwrap();
    app.press("w");
    assert!(app.notes.is_empty());
    app.send(Message::Found { generation, result: Ok(Hits::default()) });
    assert!(app.notes.contains_key("li"));
}

#[test]
fn keys_typed_quickly_behind_a_filter_wait_for_what_it_finds() {
    use crate::app::effect::Effect;
    use crate::app::message::Hits;
    use crate::app::update;
    let mut app = App::new();
    app.press("/");
    let mut asked = Vec::new();
    for key in ["l", "u", "Enter", "Space", "down", "2"] {
        asked.extend(update(&mut app.state, Message::Key(key.parse().unwrap())));
    }
    assert!(app.state.facts.marks.is_empty() && app.draft() == DRAFT);
    let search = |effect: &Effect| match effect {
        Effect::Search { generation, .. } => Some(*generation),
        _ => None,
    };
    let generation = asked.iter().filter_map(search).next_back().unwrap();
    let facts: Vec<_> = app.state.desk.facts().skip(5).collect();
    app.send(Message::Found { generation, result: Ok(Hits { facts, ranked: false }) });
    assert!(app.draft().contains("- Lukashenko in Beijing, twice [@li#old]\n"), "{}", app.draft());
    assert!(app.state.held.is_empty());
}

#[test]
fn the_first_rows_of_a_long_search_are_shown_and_keys_for_facts_wait_for_the_rest() {
    use crate::app::message::Hits;
    use crate::app::update;
    use crate::model::FactAt;

    let mut app = App::new();
    let all: Vec<FactAt> = app.state.desk.facts().collect();
    for key in ["/", "o", "Enter"] {
        update(&mut app.state, Message::Key(key.parse().unwrap()));
    }
    let generation = app.state.facts.generation;
    let hits = |facts: &[FactAt]| Hits { facts: facts.to_vec(), ranked: true };
    // What an older search has found so far is of no use any more.
    app.send(Message::FirstFound { generation: generation - 1, hits: hits(&all[..1]) });
    assert!(!app.state.facts.partial && app.state.facts.visible.len() == all.len());
    app.send(Message::FirstFound { generation, hits: hits(&all[2..4]) });
    assert!(app.state.facts.awaited && app.state.facts.partial);
    assert_eq!(app.state.facts.visible, all[2..4]);
    app.shows(&format!("Facts 2+/{}", all.len()));
    update(&mut app.state, Message::Key("Space".parse().unwrap()));
    assert!(app.state.facts.marks.is_empty(), "it is meant for what the search finds in the end");
    app.send(Message::Found { generation, result: Ok(hits(&all[1..5])) });
    assert!(!app.state.facts.awaited && !app.state.facts.partial);
    assert_eq!(app.state.facts.marks.first(), Some(&all[1]));
    app.shows(&format!("Facts 4/{}", all.len()));
    // A late one changes nothing.
    app.send(Message::FirstFound { generation, hits: hits(&all[2..4]) });
    assert_eq!(app.state.facts.visible.len(), 4);
    // Where the writer has put the cursor on a fact, first rows do not take it away.
    for key in ["/", "n", "Enter", "j"] {
        update(&mut app.state, Message::Key(key.parse().unwrap()));
    }
    let before = app.state.facts.visible.clone();
    app.send(Message::FirstFound { generation: app.state.facts.generation, hits: hits(&all[..1]) });
    assert_eq!(app.state.facts.visible, before);
}

#[test]
fn what_is_changed_and_changed_back_is_saved_as_the_first_bytes() {
    let tail = "## Said {#said}\n";
    let crlf = DRAFT.replace('\n', "\r\n");
    let odd = "---\n# by hand\ntemplate:   'test' \t\ntitle: \"x\"   # which\ncolour: red\n...  \n\n\n\n##\tIssue {#issue}\t\n \t\nText  \nmore\t\n\n\tcode \t\n\n-\titem  \n* other\n+ third\n\n\n## Background ##\n\n~~~\n\tx \n~~~\n\n\n\n";
    for (name, text) in [
        ("as it is", DRAFT.to_owned()),
        ("returns", crlf.clone()),
        ("a mark of byte order", format!("\u{feff}{DRAFT}")),
        ("a mark and returns", format!("\u{feff}{crlf}")),
        ("no newline at the end", DRAFT.replace(tail, "## Said {#said}\n\nHe said so.  ")),
        ("line ends of all kinds", DRAFT.replacen('\n', "\r\n", 9).replace(tail, "## Said {#said}\r\n\nA.\r\nB.\n")),
        ("tabs and trailing blanks", odd.to_owned()),
    ] {
        for keys in [
            "Tab down e Z Backspace Esc",
            "Tab down down e Ctrl-E Z Backspace Esc",
            "Tab G e Z Backspace Esc",
            "Tab down J K",
            "Tab down x u",
            "F u",
            "D Z Enter Esc u",
        ] {
            // A moved block is written anew: in the draft's line ends, without blanks at its end.
            if ["line ends of all kinds", "tabs and trailing blanks"].contains(&name) && keys.contains('J') {
                continue;
            }
            let mut app = App::with(&text, super::harness::desk(), crate::app::regions::Size { width: 80, height: 24 });
            app.press(keys);
            app.send(Message::Timer(TimerId::Save));
            app.press("w");
            assert_eq!(app.draft(), text, "{name}: {keys}");
            assert_eq!(app.files["li"], text, "{name}: {keys}");
        }
    }
}

#[test]
fn the_log_does_not_grow_without_end() {
    let mut app = App::new();
    for n in 0..3_000 {
        app.send(Message::Remark(format!("remark {n}")));
    }
    assert!((700..=1_000).contains(&app.state.log.len()), "{}", app.state.log.len());
    assert_eq!(app.state.log.last().map(|said| said.text.as_str()), Some("remark 2999"));
}
