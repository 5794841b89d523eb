//! Every screen as a picture: the real program in a pseudo-terminal, in every look.
//!
//! `ATTACHE_ACCEPT=1` writes the pictures and the page that shows them. A scene waits for all that must be on the
//! screen before it is drawn, and shows nothing that comes from a clock.

use std::fmt::Write as _;
use std::time::{Duration, SystemTime};

use crate::harness::{TemporaryDesk, accepting, expect_file, root};
use crate::picture::{DARK, Frame, LIGHT, Palette, svg};
use crate::terminal::{DRAFT, DRAFT_FILE, Terminal, loaded};

/// A way the program looks.
struct Look {
    name: &'static str,
    theme: &'static str,
    variable: (&'static str, &'static str),
    palette: Palette,
}

const LOOKS: [Look; 3] = [
    Look { name: "dark", theme: "dark", variable: ("COLORTERM", "truecolor"), palette: DARK },
    Look { name: "light", theme: "light", variable: ("COLORTERM", "truecolor"), palette: LIGHT },
    Look { name: "no-color", theme: "terminal", variable: ("NO_COLOR", "1"), palette: DARK },
];

/// Keys, and all that the screen must show afterwards.
type Step = (&'static str, &'static [&'static str]);

/// A screen and the way to it.
struct Scene {
    name: &'static str,
    about: &'static str,
    size: (u16, u16),
    arguments: &'static [&'static str],
    /// What is done to the sample desk first.
    desk: fn(&TemporaryDesk),
    /// What somebody else does to it once all is loaded.
    meanwhile: fn(&TemporaryDesk),
    /// The first step has no keys: it waits until all is loaded.
    steps: &'static [Step],
}

const NORMAL: (u16, u16) = (80, 24);
const AS_IT_IS: fn(&TemporaryDesk) = |_| ();
/// Facts are there, and the note.
const LOADED: Step = ("", &["Facts 48/48  /tag:", "Premier Li Qiang in Moscow", "485/900w"]);
/// The same where the draft is not quite the sample's.
const OTHER_WORDS: Step = ("", &["Facts 48/48  /tag:", "Premier Li Qiang in Moscow", "/900w"]);
/// To a block of the background, which then stands there in full.
const TO_BLOCK: Step = ("ljjjjjjjjj", &["4▸Background", "Russia has grown closer."]);

impl Scene {
    const fn new(name: &'static str, about: &'static str, steps: &'static [Step]) -> Self {
        Self { name, about, size: NORMAL, arguments: &[DRAFT], desk: AS_IT_IS, meanwhile: AS_IT_IS, steps }
    }
    const fn size(self, width: u16, height: u16) -> Self {
        Self { size: (width, height), ..self }
    }
    const fn arguments(self, arguments: &'static [&'static str]) -> Self {
        Self { arguments, ..self }
    }
    const fn on(self, desk: fn(&TemporaryDesk)) -> Self {
        Self { desk, ..self }
    }
    const fn meanwhile(self, meanwhile: fn(&TemporaryDesk)) -> Self {
        Self { meanwhile, ..self }
    }
}

const SCENES: &[Scene] = &[
    Scene::new("facts", "Facts: the list, and the fact under the cursor with its sources", &[LOADED]),
    Scene::new(
        "marked",
        "Facts that are marked stay on top",
        &[LOADED, ("  ", &["1-9 to section", "Russia’s actions or to call them"])],
    ),
    Scene::new("filter", "A filter as it is typed", &[LOADED, ("/\x15by:mao", &["Facts 7/48  /by:mao"])]),
    Scene::new(
        "filter-empty",
        "A filter that nothing matches says what helps",
        &[LOADED, ("/\x15grdi\r", &["No fact matches \"grdi\". Esc clears", "BROWSE"])],
    ),
    Scene::new("brief", "Brief: sections with their words, the block under the cursor in full", &[LOADED, TO_BLOCK]),
    Scene::new("preview", "Preview in the place of Facts", &[LOADED, ("p", &["Preview", "Foreign Secretary"])]),
    Scene::new(
        "preview-end",
        "Preview at the end of the note: sources in full",
        &[LOADED, ("pzG", &["Preview", "19. "])],
    ),
    Scene::new(
        "wide",
        "All three panes at 200x60",
        &[LOADED, ("ljjjjjjjjj", &["4▸Background", "grown closer. ", "grown closer.⁶"])],
    )
    .size(200, 60),
    Scene::new("medium", "Two panes at 100x30", &[LOADED, TO_BLOCK]).size(100, 30),
    Scene::new("narrow", "One pane at 60x20", &[("", &["[Facts] Brief Preview  48/48", "485/900w"])]).size(60, 20),
    Scene::new(
        "type",
        "Type: the block's Markdown under the caret",
        &[LOADED, TO_BLOCK, ("e", &["TYPE", "[@li-qiang-ru-by"])],
    ),
    Scene::new(
        "cite",
        "An @ and a few words find facts to cite",
        &[
            LOADED,
            TO_BLOCK,
            ("o", &["TYPE"]),
            ("@joined", &["In July 2024 Belarus joined", "Enter cite", " · saved · 486/900w"]),
        ],
    ),
    Scene::new("help", "Help: the keys of this pane first", &[LOADED, ("?", &["Keys", "In every pane"])]),
    Scene::new(
        "palette",
        "The palette finds commands by name",
        &[LOADED, (":pre", &[":pre", "previous item", "raw preview"])],
    ),
    Scene::new(
        "messages",
        "Problems in the desk's files, findings and messages",
        &[
            ("", &["1 file skipped", "/900w"]),
            ("!", &["Problems and messages", "is passive"]),
            ("\x1b[F\x1b[A", &["briefs/events/broken.yaml"]),
        ],
    )
    .on(|desk| desk.write("briefs/events/broken.yaml", "title: [")),
    Scene::new(
        "coverage",
        "Coverage: the facts in scope that the brief leaves out",
        &[LOADED, ("c", &["26 of 48 facts in scope used"]), ("jjj", &["▸ china"])],
    ),
    Scene::new(
        "timeline",
        "The timeline: facts by day, the row under the cursor unfolded",
        &[LOADED, ("T", &["Timeline", "… 1,826 days"]), (">jj", &["[by month]", "▸~2001-01"])],
    ),
    Scene::new(
        "fact-in-full",
        "A fact in full: sources, other facts, where it is used",
        &[LOADED, ("v", &["Fact  1 of 48", "Sources", "In no other draft"])],
    )
    .size(100, 40),
    Scene::new("new-brief", "A new brief from a template", &[LOADED, ("n", &["New brief from a template"])]),
    Scene::new("open-brief", "Another brief", &[LOADED, ("b", &["Open a brief", "belarus-sco-backgrounder"])]),
    Scene::new(
        "finding",
        "What is found at a block, and the keys that mend or ignore it",
        &[OTHER_WORDS, ("]", &["2024-05-16 is a Thursday", "f write “Thursday”"])],
    )
    .on(|desk| wrong_days(desk, false)),
    Scene::new(
        "fixes",
        "Several ways to mend: a menu by digit",
        &[OTHER_WORDS, ("]", &["2024-05-16 is a Thursday"]), ("f", &["Mend what is found here"])],
    )
    .on(|desk| wrong_days(desk, true)),
    Scene::new(
        "draft-changed",
        "The draft was changed on disk by somebody else",
        &[LOADED, ("ljxw", &["was changed on disk by somebody else", "ASK", "· 461 words"])],
    )
    .meanwhile(|desk| desk.write(DRAFT_FILE, &(desk.read(DRAFT_FILE) + "\nSomebody else wrote this.\n"))),
    Scene::new(
        "difference",
        "How the draft on disk and yours differ",
        &[
            LOADED,
            ("ljxw", &["was changed on disk by somebody else", "ASK"]),
            ("d", &["Difference", "+] ", "Somebody else wrote this.", "461/900w"]),
        ],
    )
    .meanwhile(|desk| {
        let text =
            desk.read(DRAFT_FILE).replace("A line agreed later would answer nobody", "A later line answers nobody");
        desk.write(DRAFT_FILE, &(text + "\nSomebody else wrote this.\n"));
    }),
    Scene::new(
        "note-changed",
        "The note was edited by hand",
        &[LOADED, ("w", &["The note li-qiang-submission was edited by hand", "ASK"])],
    )
    .on(|desk| desk.write("briefs/notes/li-qiang-submission.md", "# By hand\n")),
    Scene::new(
        "delete",
        "Before a draft is deleted for good",
        &[
            LOADED,
            (":delete the draft", &["Delete the open draft's file"]),
            ("\r", &["Delete the draft li-qiang", "ASK"]),
        ],
    ),
    Scene::new("details", "Title, date and fields of the brief", &[LOADED, ("D\r", &["Date of the note: 2024-08-20"])]),
    Scene::new(
        "tutorial",
        "The tutorial: a key in each section, and a finding that goes when it was used",
        &[("", &["Facts 48", "tutorial", "9 findings"]), ("l", &["▸"])],
    )
    .size(100, 30)
    .arguments(&["tutorial"])
    .on(|desk| {
        desk.write("briefs/drafts/tutorial.md", include_str!("../../tutorial/draft.md"));
        desk.write("templates/tutorial.md", include_str!("../../tutorial/template.md"));
        let settings = desk.read("attache.yaml") + include_str!("../../tutorial/attache.yaml");
        desk.write("attache.yaml", &settings);
    }),
    Scene::new(
        "held",
        "A colleague on another computer has the draft open",
        &[("", &["Premier Li Qiang in Moscow", "2024-08-20 14:05", "take it over", "485/900w"])],
    )
    .on(held),
    Scene::new("first-run", "No desk here: three ways on", &[("", &["no desk here", "Try the sample"])])
        .arguments(&[])
        .on(no_desk),
    Scene::new(
        "first-run-make",
        "What a new desk is made of, before it is made",
        &[("", &["Try the sample"]), ("2", &["briefs/drafts/ .gitkeep"])],
    )
    .arguments(&[])
    .on(no_desk),
    Scene::new("no-brief", "A desk without a brief", &[("", &["Facts 48 ", "No brief is open"])])
        .arguments(&[])
        .on(|desk| std::fs::remove_dir_all(desk.file("briefs/drafts")).unwrap()),
    Scene::new("small", "One pane at 40x10", &[("", &["B saved", "485/900w"])]).size(40, 10),
    Scene::new("tiny", "A list and a short status at 20x4", &[("", &["B saved", "China dec…"])]).size(20, 4),
    Scene::new(
        "ascii",
        "Every glyph in ASCII",
        &[
            ("", &["Facts 48/48  /tag:", "Premier Li Qiang in Moscow", "485/900w"]),
            ("ljjjjjjjjj", &["4>Background", "Russia has grown closer."]),
        ],
    )
    .arguments(&["--ascii", DRAFT]),
];

/// Leaves the lock of somebody who works on the draft at another computer.
fn held(desk: &TemporaryDesk) {
    let folder = attache::disk::Folder::at(desk.path());
    let ours = folder.lock(&desk.file(DRAFT_FILE)).unwrap();
    let path = std::fs::read_dir(desk.file(".attache/locks")).unwrap().next().unwrap().unwrap().path();
    // It goes with its holder; what another computer holds is a file that says so.
    drop(ours);
    std::fs::write(path, "pid: 4711\nhost: desk-7\nuser: anna\nsince: 2024-08-20 14:05\n").unwrap();
}

/// Takes the desk away, and leaves its folder empty.
fn no_desk(desk: &TemporaryDesk) {
    std::fs::remove_dir_all(desk.file("briefs")).unwrap();
    std::fs::remove_file(desk.file("attache.yaml")).unwrap();
}

/// Makes days of the week wrong: one, or two in one block.
fn wrong_days(desk: &TemporaryDesk, both: bool) {
    let text = desk.read(DRAFT_FILE).replace("in Beijing on 16 May 2024", "in Beijing on Friday, 16 May 2024");
    let more = "in Beijing on Friday, 16 May 2024, not Monday, 15 May 2024";
    desk.write(DRAFT_FILE, &if both { text.replace("in Beijing on Friday, 16 May 2024", more) } else { text });
}

fn draw(scene: &Scene, look: &Look) {
    let desk = TemporaryDesk::sample();
    desk.write("attache.yaml", &format!("theme: {}\n", look.theme));
    // The list of drafts is by their time.
    for (draft, n) in ["belarus-sco-backgrounder", DRAFT].iter().zip(1..) {
        let file = std::fs::File::options().append(true).open(desk.file(&format!("briefs/drafts/{draft}.md"))).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(n)).unwrap();
    }
    (scene.desk)(&desk);
    let mut terminal = Terminal::start(desk.path(), scene.size, scene.arguments, &[look.variable]);
    for (n, (keys, shown)) in scene.steps.iter().enumerate() {
        if n == 1 {
            (scene.meanwhile)(&desk);
        }
        let what = format!("{}-{}: {shown:?}", scene.name, look.name);
        terminal.send(keys).wait_for(&what, |s| shown.iter().all(|text| s.contents().contains(text)));
    }
    let path = root().join(format!("docs/images/screens/{}-{}.svg", scene.name, look.name));
    expect_file(&path, &svg(terminal.screen(), scene.about, &look.palette, Frame::Margin));
}

/// Draws every scene in a look. The scenes are on two threads, for most of the time is spent waiting.
fn draw_all(look: usize) {
    let (one, other): (Vec<_>, Vec<_>) = SCENES.iter().zip(0_usize..).partition(|(_, n)| n % 2 == 0);
    std::thread::scope(|scope| {
        for half in [one, other] {
            scope.spawn(move || half.into_iter().for_each(|(scene, _)| draw(scene, &LOOKS[look])));
        }
    });
}

#[test]
fn every_screen_in_the_dark_look() {
    draw_all(0);
}

#[test]
fn every_screen_in_the_light_look() {
    draw_all(1);
}

#[test]
fn every_screen_without_colours() {
    draw_all(2);
}

#[test]
fn the_page_of_screens_shows_them_all() {
    let mut page = String::from(
        "# Screens\n\nEvery screen of the program, drawn from a real terminal by `tests/suite/pictures.rs`: in the themes `dark` and \
         `light`, and with `NO_COLOR`. [Looks](looks.md) tells of themes and of contrast.\n",
    );
    for Scene { name, about, .. } in SCENES {
        let _ = write!(page, "\n## {about}\n\n| dark | light | no colour |\n| --- | --- | --- |\n|");
        for look in &LOOKS {
            let _ = write!(page, " ![{name}, {0}](images/screens/{name}-{0}.svg) |", look.name);
        }
        page.push('\n');
    }
    expect_file(&root().join("docs/screens.md"), &page);
    if accepting() {
        return;
    }
    let shown = std::fs::read_dir(root().join("docs/images/screens")).unwrap().count();
    assert_eq!(shown, SCENES.len() * LOOKS.len(), "pictures of scenes that are no more");
}

#[test]
fn the_pictures_in_the_documents_are_the_real_screen() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::start(desk.path(), (144, 38), &[DRAFT], &[]);
    terminal.wait_for("the note", |s| loaded(s) && s.contents().contains("485/900w"));
    // The brief, on a block of the background.
    terminal.press("l", "No history here");
    for _ in 0..9 {
        terminal.send("j");
    }
    terminal.wait_for("the block unfolded", |s| {
        s.contents().contains("▸Background") && s.contents().contains("Russia used Belarus as a launchpad  ")
    });
    let title = "Attaché: facts, the brief, and the note";
    expect_file(&root().join("docs/images/screen.svg"), &svg(terminal.screen(), title, &DARK, Frame::Window));
    expect_file(&root().join("docs/images/screen-light.svg"), &svg(terminal.screen(), title, &LIGHT, Frame::Window));
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_finding_is_walked_to_pictured_and_mended_in_the_file() {
    let desk = TemporaryDesk::sample();
    let path = DRAFT_FILE;
    let right = desk.read(path);
    let wrong = right.replace("in Beijing on 16 May 2024", "in Beijing on Friday, 16 May 2024");
    desk.write(path, &wrong.replace("as its tenth member", "as its eleventh member"));
    let mut terminal = Terminal::start(desk.path(), (100, 30), &[DRAFT], &[]);
    terminal.wait_for("the findings", |s| loaded(s) && s.contents().contains("2 findings"));
    terminal.press("]", "2024-05-16 is a Thursday");
    terminal.wait_for("the way out", |s| s.contents().contains("f write “Thursday”"));
    let title = "Attaché: what is found at a block, and the key that mends it";
    expect_file(&root().join("docs/images/finding.svg"), &svg(terminal.screen(), title, &DARK, Frame::Window));
    expect_file(&root().join("docs/images/finding-light.svg"), &svg(terminal.screen(), title, &LIGHT, Frame::Window));
    terminal.press("f", "Done: write “Thursday”");
    terminal.wait_for("the other one left", |s| s.contents().contains("1 finding "));
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    let mended =
        wrong.replace("Friday, 16 May", "Thursday, 16 May").replace("as its tenth member", "as its eleventh member");
    assert_eq!(desk.read(path), mended);
}
