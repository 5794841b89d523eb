//! Hostile text in every name, field and message: whatever is shown of it, in every view, steers no terminal.

use std::sync::Arc;

use super::harness::{App, TEMPLATE};
use crate::app::hold::{Held, Holder};
use crate::app::message::{Changes, Copied, DraftItem, Message, SaveFault};
use crate::app::regions::Size;
use crate::event_file::edit::{PastEdit, WrittenEvent};
use crate::finding::{Anchor, Finding};
use crate::model::text::is_bidi_control;
use crate::model::{Desk, StyleFile};

/// A title for the window, a colour, two marks that turn text round, a C1 and DEL: fit for a file's name.
const EVIL: &str = "a\u{1b}]0;x\u{7}b\u{9b}31m\u{202e}c\u{200f}d\u{7f}";
/// The same as YAML spells it.
const YAML: &str = r#""a\e]0;x\ab\x9b31m\u202ec\u200fd\x7f""#;
/// The draft's name: the last of all, so that it is the one that opens.
const SLUG: &str = "z\u{1b}]0;x\u{7}b\u{9b}31m\u{202e}c\u{200f}d\u{7f}";

const SIZES: [Size; 2] = [Size { width: 80, height: 24 }, Size { width: 160, height: 40 }];

fn text() -> String {
    EVIL.to_owned()
}

/// No cell holds what would steer a terminal or turn its text round.
#[track_caller]
fn harmless(app: &App, after: &str) {
    for cell in app.buffer().content() {
        let bad = cell.symbol().chars().find(|c| c.is_control() || is_bidi_control(*c));
        assert!(bad.is_none(), "{bad:?} in {:?} after {after}:\n{}", cell.symbol(), app.screen());
    }
}

/// The same, and some of it is there to be seen.
#[track_caller]
fn seen(app: &App, after: &str) {
    harmless(app, after);
    let screen = app.screen();
    assert!(screen.contains('␛') || screen.contains("U+202E"), "nothing hostile after {after}:\n{screen}");
}

fn event() -> String {
    format!(
        "title: {YAML}\ndate: 2024-08-20\nsummary: {YAML}\ntags: [{YAML}]\nplaces: [{YAML}]\nactors:\n  a: {{ name: {YAML}, role: {YAML}, \
         aliases: [{YAML}] }}\nsources:\n  s: {{ type: web, title: {YAML}, author: {YAML}, publisher: {YAML}, origin: {YAML}, descriptor: \
         {YAML}, reliability: B }}\nfacts:\n  - {{ id: f, text: {YAML}, note: {YAML}, tags: [{YAML}], actors: [a], date: 2024-08-20, sources: \
         [{{ source: s, at: {YAML}, excerpt: {YAML} }}] }}\n  - {{ id: q, kind: quote, words: {YAML}, speaker: a, said: 2024-08-20, \
         sources: s, relations: [{{ supports: f }}] }}\n  - {{ id: n, kind: figure, text: {YAML}, value: {YAML}, unit: {YAML}, measure: \
         {YAML}, sources: s }}\n"
    )
}

fn draft() -> String {
    format!(
        "---\ntemplate: {YAML}\ntitle: {YAML}\ndate: {YAML}\nmarking: {YAML}\nfields:\n  to: {YAML}\n{YAML}: 1\n---\n\n## Issue {{#issue}}\n\nText \
         {EVIL} [@e#f; @{EVIL}; @e#zzz].\n\n<!-- {EVIL} -->\n\n## Background {{#background}}\n\n- {EVIL} [@e#f].\n\n## {EVIL}\n\nOwn {EVIL}.\n"
    )
}

/// A draft, its template, an event with everything, a style and findings: all of them hostile, names too.
fn app(size: Size) -> App {
    let path = format!("briefs/events/{EVIL}.yaml");
    let event = crate::event_file::read(&path, &format!("id: e\n{}", event())).event.unwrap();
    let text = "not XML".into();
    let style = StyleFile { name: EVIL.into(), path: format!("templates/{EVIL}.csl").into(), text };
    let desk = Desk::new(vec![Arc::new(event)], Arc::default()).with_styles(vec![style]);
    let mut app = App::on((EVIL, TEMPLATE), &draft(), desk, size);
    app.template = TEMPLATE
        .replace("name: Test note", &format!("name: {YAML}\ndescription: {YAML}\nbased-on: [{YAML}]"))
        .replace("label: To", &format!("label: {YAML}"))
        .replace("One sentence.", &format!("One {EVIL} sentence."))
        .replace("What led here.", &format!("What {EVIL} led here."));
    app.files.insert(SLUG.to_owned(), draft());
    app.crash();
    let findings = vec![
        Finding::error("unreadable", &path, Anchor::File, format!("not YAML: {EVIL}")).help(EVIL),
        Finding::warning("unknown-key", &format!("briefs/{EVIL}.bib"), Anchor::File, EVIL.to_owned()),
    ];
    app.state.loading.generation += 1;
    let generation = app.state.loading.generation;
    app.send(Message::Loaded { generation, facts: Arc::clone(&app.desk).into(), findings });
    app
}

#[test]
fn hostile_text_never_reaches_a_cell_as_a_control() {
    // What is opened, and what is pressed or pasted there; whether something hostile is then to be seen.
    let walks: &[(&str, &[&str], bool)] = &[
        ("the panes", &["", "down", "down", "space", "a", "s", "t"], true),
        ("the filter", &["/", "PASTE", "Enter", "/", "Esc"], false),
        ("brief", &["Tab", "down", "down", "down", "down", "down", "G"], true),
        ("typing", &["Tab down e", "PASTE", "@", "PASTE", "Esc Esc u"], true),
        ("a citation that is offered", &["Tab down o @", "down", "Enter", "Esc"], true),
        ("preview", &["p", "Tab Tab", "G", "P", "G"], true),
        ("alone", &["z", "Tab z", "Tab z"], true),
        ("problems", &["!", "down", "down", "G", "PASTE"], true),
        ("findings", &["]", "]", "]", "f", "down", "Esc", "i", "Enter", "PASTE", "Esc"], true),
        ("help", &["?", "PASTE"], false),
        ("the palette", &[":", "PASTE"], false),
        ("templates", &["n", "down", "Enter", "PASTE", "Enter"], true),
        ("drafts", &["b", "down", "PASTE"], true),
        ("coverage", &["c", "down", "Tab", "down", "Tab", "down", "Enter"], true),
        ("the timeline", &["T", "down", ">", ">", "<", "Enter"], true),
        ("a fact in full", &["v", "down", "G", "Tab", "down"], true),
        ("details", &["D", "PASTE", "Enter", "PASTE", "Enter", "Enter"], true),
        ("another name", &["A", "PASTE", "Enter"], true),
        ("tags", &["+", "PASTE", "Enter", "Esc"], true),
        ("the status of a fact", &["=", "PASTE", "Enter", "Esc"], true),
        ("the text of a fact", &["C", "PASTE", "Esc"], true),
        ("a new fact", &["N", "PASTE", "Enter", "Ctrl-U e", "Enter", "Enter", "PASTE", "Enter"], true),
        ("the note", &["w", "y", "!"], true),
    ];
    for size in SIZES {
        for (name, steps, visible) in walks {
            let mut app = app(size);
            let mut shown = false;
            for step in *steps {
                match *step {
                    "PASTE" => app.send(Message::Paste(EVIL.to_owned())),
                    "space" => drop(app.press("Space")),
                    keys => drop(app.press(keys)),
                }
                harmless(&app, &format!("{name}: {step}"));
                let screen = app.screen();
                shown |= screen.contains('␛') || screen.contains("U+202E");
            }
            assert!(shown || !visible, "{name}: nothing hostile is to be seen\n{}", app.screen());
        }
    }
}

#[test]
fn hostile_messages_are_shown_and_logged_as_text() {
    type Make = fn(&App) -> Message;
    let messages: &[(&str, Make)] = &[
        ("a failure", |_| Message::Failed(text())),
        ("a remark", |_| Message::Remark(text())),
        ("unwatched", |_| Message::Unwatched(text())),
        ("kept", |_| Message::Kept(Ok(text()))),
        ("not kept", |_| Message::Kept(Err(text()))),
        ("an edit of an earlier run, refused", |_| {
            let files = vec![WrittenEvent::new(EVIL, "before", "after", None)];
            Message::PastEdits(vec![PastEdit { number: 1, what: text(), when: text(), files }])
        }),
        ("copied", |_| {
            Message::Copied(Copied { what: text(), took: vec![text()], too_long: false, failed: vec![text()] })
        }),
        ("a draft that cannot be read", |app| Message::DraftRead {
            request: app.state.reading.unwrap_or(app.state.requests),
            result: Err(text()),
        }),
        ("a query", |app| Message::Found { generation: app.state.facts.generation, result: Err(text()) }),
    ];
    for size in SIZES {
        for (name, message) in messages {
            let mut app = app(size);
            let message = message(&app);
            app.send(message);
            harmless(&app, name);
            app.press("Esc !");
            seen(&app, name);
            app.press("Esc :").type_in("messages").press("Enter");
            harmless(&app, name);
        }
        // What fails on the way to the disk.
        let mut app = app(size);
        app.failing = Some(text());
        app.press("Tab down o").type_in("x").press("Esc w");
        seen(&app, "a save that fails");
        app.journals.fails(EVIL);
        app.press("o").type_in("y");
        seen(&app, "a journal that fails");
        app.press("Esc");
        app.send(Message::NoteWritten { request: app.state.requests, result: Err(SaveFault::Failed(text())) });
        harmless(&app, "a note that is not written");
        app.send(Message::Loading { generation: app.state.loading.generation, facts: None, done: 1, total: 2 });
        harmless(&app, "loading");
        app.send(Message::ChangedOnDisk(Changes { facts: true, lists: true, drafts: vec![(text(), None)] }));
        harmless(&app, "news of a draft");
    }
}

#[test]
fn hostile_names_in_questions_and_in_the_difference_are_text() {
    let holder = || Holder { user: EVIL.to_owned(), host: EVIL.to_owned(), since: EVIL.to_owned() };
    for size in SIZES {
        let mut app = app(size);
        app.press(":").type_in("delete the draft").press("Enter");
        seen(&app, "the question before a draft is deleted");
        app.press("Esc");
        app.send(Message::Held { path: SLUG.into(), held: Held::Theirs(holder()) });
        harmless(&app, "another run has the draft");
        app.press("r F");
        harmless(&app, "read only");

        let mut app = self::app(size);
        app.press("Tab down o").type_in("x").press("Esc");
        app.files.insert(SLUG.to_owned(), draft().replace("Text ", &format!("Other {EVIL} ")));
        app.press("w");
        seen(&app, "a draft that others changed");
        app.press("d");
        seen(&app, "the difference");
        app.press("G");
        harmless(&app, "the end of the difference");
        app.press("Esc n");
        seen(&app, "under a new name");
        app.press("Esc w m");
        harmless(&app, "merged");
        app.press("u w");
        harmless(&app, "the merge taken back");

        let mut app = self::app(size);
        app.press("w");
        app.notes.insert(SLUG.to_owned(), EVIL.to_owned());
        app.press("w");
        seen(&app, "a note that was edited by hand");
        app.press("d");
        seen(&app, "the difference from that note");

        // Words of an earlier run, from a time that somebody made up.
        let mut app = self::app(size);
        app.press("Tab down o").type_in("lost").press("Esc");
        app.journals.when = EVIL.to_owned();
        app.crash();
        seen(&app, "the journal's offer");
        app.press("R");
        harmless(&app, "words brought back");

        app.send(Message::Listed(crate::app::message::Listing {
            drafts: vec![DraftItem { slug: EVIL.to_owned(), title: EVIL.to_owned(), changed: 9 }],
            today: EVIL.to_owned(),
            ..Default::default()
        }));
        app.press("b");
        seen(&app, "a list of drafts");
    }
}
