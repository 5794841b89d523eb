//! `attache preview`: files change, keys are pressed, and the screen shows the note.

use std::sync::Arc;

use ratatui::style::Color;

use super::harness::{App, DRAFT, TEMPLATE, desk};
use crate::app::effect::Effect;
use crate::app::live::Live;
use crate::app::message::{Changes, Message};
use crate::app::regions::Size;
use crate::app::state::Setup;
use crate::model::settings::{Settings, ThemeName};
use crate::tui::{Canvas, ColorChoice, Cursor, Theme, view};

/// A preview of the draft `li`; its files are those of an [`App`] that is never shown.
struct Preview {
    live: Live,
    world: App,
    ended: Option<u8>,
}

impl Preview {
    fn of(draft: &str, size: Size, setup: Setup) -> Self {
        let setup = Setup { draft: Some("li".to_owned()), ..setup };
        let mut world = App::with(draft, desk(), size);
        world.template = TEMPLATE.to_owned();
        let mut preview = Self { live: Live::new(size, setup), world, ended: None };
        preview.send(Message::Start);
        preview
    }

    fn new() -> Self {
        Self::of(DRAFT, Size { width: 80, height: 24 }, Setup::default())
    }

    fn send(&mut self, message: Message) {
        let mut queue = vec![message];
        while let Some(message) = queue.pop() {
            for effect in self.live.update(message) {
                match effect {
                    Effect::Quit(status) => self.ended = Some(status),
                    Effect::List | Effect::Load { .. } | Effect::ReadDraft { .. } | Effect::Compose(_) => {
                        queue.extend(self.world.perform(effect));
                    }
                    Effect::Redraw | Effect::Suspend => {}
                    other => panic!("a preview does not ask for {other:?}"),
                }
            }
        }
    }

    fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.send(Message::Key(key.parse().unwrap()));
        }
        self
    }

    /// Another program writes the draft, or takes it away; the watcher tells.
    fn others_write(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.world.files.insert("li".to_owned(), text.to_owned()),
            None => self.world.files.remove("li"),
        };
        let found = text.map(|text| blake3::hash(text.as_bytes()));
        let drafts = vec![("briefs/drafts/li.md".to_owned(), found)];
        self.send(Message::ChangedOnDisk(Changes { facts: false, lists: true, drafts }));
    }

    /// The screen, and the cell of the cursor, hidden or shown.
    fn drawn(&self, theme: &Theme) -> (ratatui::buffer::Buffer, Option<(u16, u16)>, bool) {
        let mut canvas = Canvas::new(self.live.size);
        view::live(&self.live, theme, &mut canvas);
        match canvas.cursor {
            Cursor::Shown(at) => (canvas.cells(), Some((at.x, at.y)), true),
            Cursor::Hidden(at) => (canvas.cells(), Some((at.x, at.y)), false),
            Cursor::Anywhere => (canvas.cells(), None, false),
        }
    }

    fn screen(&self) -> String {
        let (buffer, ..) = self.drawn(&Theme::new(ColorChoice::Never, self.live.setup.ascii));
        let rows = buffer.content().chunks(usize::from(buffer.area.width.max(1)));
        let line = |row: &[ratatui::buffer::Cell]| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>();
        rows.map(|row| line(row).trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    #[track_caller]
    fn shows(&self, text: &str) {
        let screen = self.screen();
        assert!(screen.contains(text), "no {text:?} on the screen:\n{screen}");
    }

    fn status(&self) -> String {
        self.screen().lines().last().unwrap_or_default().to_owned()
    }

    /// The row of the cursor.
    fn row(&self) -> String {
        let (_, at, _) = self.drawn(&Theme::new(ColorChoice::Never, false));
        self.screen().lines().nth(usize::from(at.unwrap().1)).unwrap_or_default().to_owned()
    }
}

const WRONG_DAY: &str = "Li visits Russia on Monday, 20 August 2024 [@li#visit].";

#[test]
fn the_note_is_shown_rendered_or_raw() {
    let mut preview = Preview::new();
    preview.shows("Li in Moscow");
    preview.shows("Li visits Russia");
    assert!(!preview.screen().contains("## Issue") && preview.screen().contains("Issue"));
    assert!(preview.status().starts_with(" PREVIEW li · "), "{}", preview.status());
    assert!(preview.status().contains("/400w"), "{}", preview.status());
    preview.press("P").shows("## Issue");
    preview.shows("raw Markdown");
    preview.press("P");
    assert!(!preview.screen().contains("## Issue"));
}

#[test]
fn a_change_is_marked_until_the_next_and_told_without_a_clock() {
    let mut preview = Preview::new();
    assert!(!preview.screen().contains('▌') && !preview.status().contains("updated"));
    preview.others_write(Some(&DRAFT.replace("Li visits Russia", "Li goes to Russia")));
    let marked: Vec<String> =
        preview.screen().lines().filter(|line| line.starts_with('▌')).map(str::to_owned).collect();
    assert!(marked.len() == 1 && marked[0].contains("Li goes to Russia"), "{marked:?}");
    assert!(preview.status().contains("· updated") && !preview.status().contains("updated ("));
    preview.others_write(Some(&DRAFT.replace("Belarus joined", "Minsk joined")));
    assert_eq!(preview.screen().lines().filter(|line| line.starts_with('▌')).count(), 2);
    assert!(preview.status().contains("· updated (2)"), "{}", preview.status());
    // A file written with other bytes that give the same note changes nothing that is shown.
    let before = preview.screen();
    preview.others_write(Some(&format!("{}\n\n", DRAFT.replace("Belarus joined", "Minsk joined"))));
    assert_eq!(preview.screen(), before);
}

#[test]
fn what_changed_out_of_sight_is_gone_to() {
    let paragraphs = |last: &str| -> String {
        let many: String = (0..40).map(|n| format!("Paragraph number {n}.\n\n")).collect();
        DRAFT.replace("## Background", &format!("{many}{last}\n\n## Background"))
    };
    let mut preview = Preview::of(&paragraphs("The end."), Size { width: 60, height: 16 }, Setup::default());
    assert!(!preview.screen().contains("The end."));
    preview.others_write(Some(&paragraphs("Another end.")));
    preview.shows("▌  Another end.");
    assert_eq!(preview.row(), "▌  Another end.");
    preview.press("g");
    preview.shows("Li in Moscow");
    preview.press("PgDn PgDn k j G");
    assert!(!preview.screen().contains("Li in Moscow"));
}

#[test]
fn a_draft_that_goes_leaves_its_last_note_and_comes_back() {
    let mut preview = Preview::new();
    preview.others_write(None);
    preview.shows("Li visits Russia");
    assert!(preview.status().contains("last note kept: the draft is gone"), "{}", preview.status());
    preview.others_write(Some(&DRAFT.replace("Li visits Russia", "Li is back")));
    preview.shows("Li is back");
    assert!(!preview.status().contains("gone"), "{}", preview.status());
    // The file is there and cannot be read.
    preview.world.files.remove("li");
    preview.press("r").shows("Li is back");
    assert!(preview.status().contains("last note kept: no such file"), "{}", preview.status());
}

#[test]
fn facts_templates_and_settings_come_in_too() {
    let mut preview = Preview::new();
    preview.world.template = TEMPLATE.replace("max-words: 400", "max-words: 300");
    preview.send(Message::ChangedOnDisk(Changes { lists: true, ..Changes::default() }));
    assert!(preview.status().contains("/300w"), "{}", preview.status());
    let settings = Settings { theme: ThemeName::Dark, ..Settings::default() };
    preview.world.desk = Arc::new(desk().with_settings(settings));
    preview.send(Message::ChangedOnDisk(Changes { facts: true, ..Changes::default() }));
    let (buffer, ..) = preview.drawn(&Theme::new(ColorChoice::Always, false));
    assert!(buffer.content().iter().any(|cell| matches!(cell.fg, Color::Rgb(..) | Color::Indexed(_))));
}

#[test]
fn findings_are_gone_to_told_and_listed() {
    let draft = DRAFT.replace("Li visits Russia [@li#visit].", WRONG_DAY);
    let draft = draft.replace("joined in July", "joined on Monday, 4 July 2024");
    let mut preview = Preview::of(&draft, Size { width: 80, height: 40 }, Setup::default());
    let (count, _) = preview.live.counts();
    assert!(count == 2, "{:?}", preview.live.found);
    assert!(preview.status().contains(&format!("{count} findings")), "{}", preview.status());
    let day = |shown: &crate::app::live::Shown| shown.finding.message == "2024-08-20 is a Tuesday";
    let at = preview.live.found.iter().position(day).unwrap();
    for _ in 0..=at {
        preview.press("]");
    }
    assert!(preview.row().contains("Monday, 20 August 2024"), "{}", preview.row());
    preview.shows(&format!("{}/{count} ", at + 1));
    preview.shows("Tuesday");
    let marked = preview.screen().lines().find(|line| line.contains("Monday, 20 August")).unwrap().to_owned();
    assert!(marked.starts_with(" ✗") || marked.starts_with(" !"), "{marked}");
    preview.press("[ ]").shows("Tuesday");
    preview.press("!");
    let told = preview.live.told(78).iter().filter(|row| row.head.is_some()).count();
    assert_eq!(told, count - at);
    // The finding that one is at stays it, whatever is written above it.
    preview.others_write(Some(&draft.replace("## Issue {#issue}\n", "## Issue {#issue}\n\nA line before.\n")));
    assert!(day(&preview.live.found[preview.live.current.unwrap()]));
    preview.others_write(Some(&draft.replace("Monday, 20", "Tuesday, 20")));
    assert!(!preview.live.found.iter().any(day) && preview.live.current.is_none());
}

#[test]
fn a_draft_of_no_known_template_is_shown_and_told() {
    let mut preview = Preview::new();
    preview.others_write(Some(&DRAFT.replace("template: test", "template: tset")));
    preview.shows("There is no template `tset`; did you mean `test`?");
    preview.shows("Li visits Russia");
}

#[test]
fn every_way_out_and_the_keys() {
    for key in ["q", "Esc", "Ctrl-C"] {
        let mut preview = Preview::new();
        preview.press(key);
        assert_eq!(preview.ended, Some(0), "{key}");
    }
    let mut preview = Preview::new();
    preview.press("?").shows("To the next finding, told beneath the note");
    preview.press("?").shows("Li visits Russia");
    preview.send(Message::Signal(15));
    assert_eq!(preview.ended, Some(143));
    // A desk's own keys hold here, too.
    let (settings, found) = crate::settings::read("keys:\n  quit: Q\n", &[]);
    assert_eq!(found, []);
    preview.world.desk = Arc::new(desk().with_settings(settings));
    preview.send(Message::ChangedOnDisk(Changes { facts: true, ..Changes::default() }));
    let mut preview = Preview { ended: None, ..preview };
    assert!(preview.live.keys().iter().any(|(key, _)| key == "Q"));
    preview.press("Q");
    assert_eq!(preview.ended, Some(0));
}

#[test]
fn the_cursor_stands_at_the_line_and_is_shown_if_wanted() {
    let preview = Preview::new();
    let (_, at, shown) = preview.drawn(&Theme::new(ColorChoice::Never, false));
    assert_eq!((at, shown), (Some((3, 0)), false));
    let setup = Setup { cursor: true, ..Setup::default() };
    let mut preview = Preview::of(DRAFT, Size { width: 80, height: 24 }, setup);
    preview.press("]");
    let (_, at, shown) = preview.drawn(&Theme::new(ColorChoice::Never, false));
    assert!(shown && at.is_some());
}

#[test]
fn every_small_size_is_drawn_and_hostile_text_is_harmless() {
    let hostile = "\u{1b}]0;pwned\u{7}\u{1b}[2J\u{9b}8;1;1t\u{202e}";
    let draft = DRAFT.replace("Li visits Russia", &format!("Li {hostile} goes on Monday, 20 August 2024 東京👩‍🚀"));
    for ascii in [false, true] {
        let mut preview = Preview::of(&draft, Size { width: 12, height: 12 }, Setup { ascii, ..Setup::default() });
        for keys in ["]", "!", "P", "P ?", "? G"] {
            preview.press(keys);
            for width in (0..=12).chain([24, 80, 200]) {
                for height in (0..=12).chain([40]) {
                    preview.send(Message::Resize(Size { width, height }));
                    let screen = preview.screen();
                    let bad = |c: char| c != '\n' && c.is_control() || matches!(c, '\u{202a}'..='\u{202e}');
                    assert!(!screen.contains(bad), "{screen:?}");
                }
            }
        }
    }
}

#[test]
fn ascii_draws_the_margin_with_ascii() {
    let size = Size { width: 80, height: 24 };
    let mut preview = Preview::of(DRAFT, size, Setup { ascii: true, ..Setup::default() });
    preview.others_write(Some(&DRAFT.replace("Li visits Russia", "Li goes to Russia")));
    let screen = preview.screen();
    // The note's own quotation marks are no furniture.
    assert!(screen.replace(['“', '”'], "").is_ascii(), "{screen}");
    assert!(screen.lines().any(|line| line.starts_with(':') && line.contains("Li goes to Russia")), "{screen}");
}
