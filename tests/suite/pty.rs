//! The program in a real pseudo-terminal: bytes in, bytes out, files on the disk.
//!
//! Nothing here is timed. A test sends keys and waits until the screen shows what they did; the one
//! limit, [`PATIENCE`], only makes a test fail that would otherwise hang.

use std::collections::BTreeMap;
use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::harness::TemporaryDesk;

/// How long a wait may take before the test is given up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) const BEGIN_FRAME: &[u8] = b"\x1b[?2026h";
pub(crate) const END_FRAME: &[u8] = b"\x1b[?2026l";

/// The program at work in a terminal, as one writer sees it.
pub(crate) struct Terminal {
    /// Our end; none once it is closed.
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    /// The thread that reads is to end.
    closing: Arc<AtomicBool>,
    pub(crate) child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    /// What the terminal makes of the output.
    parser: vt100::Parser,
    /// All output so far.
    pub(crate) raw: Vec<u8>,
}

impl Terminal {
    /// Starts the program with nothing of our environment.
    pub(crate) fn start(
        folder: &Path,
        (width, height): (u16, u16),
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Self {
        let pair = native_pty_system().openpty(pty_size(width, height)).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_attache"));
        command.args(arguments);
        command.cwd(folder);
        command.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("HOME", folder.to_str().unwrap())].iter().chain(variables) {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        // With this end gone, the output ends when the program does.
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        let closing = Arc::new(AtomicBool::new(false));
        let closed = Arc::clone(&closing);
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() || closed.load(Ordering::SeqCst) {
                    return;
                }
            }
        });
        let parser = vt100::Parser::new(cells(height), cells(width), 0);
        Self { master: Some(pair.master), keys: Some(keys), closing, child, output, parser, raw: Vec::new() }
    }

    /// Opens a draft of the desk at 80x24 and waits until facts and brief are there.
    pub(crate) fn open(desk: &TemporaryDesk, draft: &str) -> Self {
        let mut terminal = Self::start(desk.path(), (80, 24), &[draft], &[]);
        terminal.wait_for("the desk to be loaded", loaded);
        terminal
    }

    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    pub(crate) fn text(&self) -> String {
        self.screen().contents()
    }

    /// Sends keys as the terminal would.
    pub(crate) fn send(&mut self, keys: &str) -> &mut Self {
        let to = self.keys.as_mut().unwrap();
        to.write_all(keys.as_bytes()).unwrap();
        to.flush().unwrap();
        self
    }

    /// Sends keys and waits until the screen shows a text.
    #[track_caller]
    pub(crate) fn press(&mut self, keys: &str, shown: &str) -> &mut Self {
        self.send(keys).wait_for(shown, |screen| screen.contents().contains(shown))
    }

    /// Takes in one piece of output; tells whether there was one.
    #[track_caller]
    pub(crate) fn take(&mut self, what: &str, begun: Instant) -> bool {
        match self.output.recv_timeout(PATIENCE.saturating_sub(begun.elapsed())) {
            Ok(bytes) => {
                self.parser.process(&bytes);
                self.raw.extend(bytes);
                true
            }
            Err(RecvTimeoutError::Disconnected) => false,
            Err(RecvTimeoutError::Timeout) => panic!("waited in vain for {what}:\n{}", self.text()),
        }
    }

    /// Waits until a whole frame meets the condition.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, what: &str, condition: impl Fn(&vt100::Screen) -> bool) -> &mut Self {
        let begun = Instant::now();
        while last(&self.raw, BEGIN_FRAME) > last(&self.raw, END_FRAME) || !condition(self.screen()) {
            assert!(self.take(what, begun), "the program ended instead of {what}:\n{}", self.text());
        }
        self
    }

    /// Waits until the program has ended; its exit status.
    #[track_caller]
    pub(crate) fn end(&mut self) -> u32 {
        let begun = Instant::now();
        while self.take("the end of the program", begun) {}
        let status = self.child.wait().unwrap();
        assert_eq!(status.signal(), None, "{status:?}");
        status.exit_code()
    }

    /// Closes the terminal, as a window is closed; the program's exit status.
    pub(crate) fn close(&mut self) -> u32 {
        self.closing.store(true, Ordering::SeqCst);
        // The thread that reads ends with the next output.
        self.send("\x0c");
        let begun = Instant::now();
        while self.take("the last output", begun) {}
        (self.keys, self.master) = (None, None);
        let status = self.child.wait().unwrap();
        assert_eq!(status.signal(), None, "{status:?}");
        status.exit_code()
    }

    /// Whether the program stays silent for as long.
    pub(crate) fn is_silent(&mut self, long: Duration) -> bool {
        matches!(self.output.recv_timeout(long), Err(RecvTimeoutError::Timeout))
    }

    /// Waits until the program's output meets the condition, whatever program it is that has the terminal.
    #[track_caller]
    pub(crate) fn wait_for_output(&mut self, what: &str, condition: impl Fn(&Self) -> bool) -> &mut Self {
        let begun = Instant::now();
        while !condition(self) {
            assert!(self.take(what, begun), "the program ended instead of {what}:\n{}", self.text());
        }
        self
    }

    /// Waits until the system says that the program is in this state: `T` for stopped.
    #[cfg(target_os = "linux")]
    pub(crate) fn wait_for_state(&self, state: &str) {
        let begun = Instant::now();
        let path = format!("/proc/{}/stat", self.child.process_id().unwrap());
        while std::fs::read_to_string(&path).unwrap().rsplit(')').next().unwrap().split_whitespace().next()
            != Some(state)
        {
            assert!(begun.elapsed() < PATIENCE, "waited in vain for the state {state}");
            std::thread::yield_now();
        }
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        let command = format!("kill -{name} {}", self.child.process_id().unwrap());
        assert!(Command::new("sh").args(["-c", &command]).status().unwrap().success(), "{command}");
    }

    /// Gives the terminal another size; a real one does not go below one cell, a pty does.
    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.parser.set_size(cells(height), cells(width));
        self.master.as_ref().unwrap().resize(pty_size(width, height)).unwrap();
        self
    }

    /// Whether the terminal gathers lines and echoes, as a shell finds it.
    pub(crate) fn is_cooked(&self) -> bool {
        let flags = format!("{:?}", self.master.as_ref().unwrap().get_termios().unwrap().local_flags);
        ["ICANON", "ECHO", "ISIG"].iter().all(|flag| flags.split([' ', '(', ')', '|']).any(|f| f == *flag))
    }

    /// The program has ended, and the terminal is as it was before.
    #[track_caller]
    pub(crate) fn assert_given_back(&self) {
        let screen = self.screen();
        assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        assert!(last(&self.raw, BEGIN_FRAME) <= last(&self.raw, END_FRAME));
        assert!(self.is_cooked());
    }
}

impl Drop for Terminal {
    /// A test that failed leaves no program behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn pty_size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn cells(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap_or(NonZeroU16::MIN)
}

/// Where the last `wanted` in `bytes` stands.
pub(crate) fn last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

/// Facts are there, and the draft.
pub(crate) fn loaded(screen: &vt100::Screen) -> bool {
    let text = screen.contents();
    text.contains("Facts 48/48  /tag:") && text.contains("Premier Li Qiang in Moscow") && text.contains("/900w")
}

/// Every file below the desk's `briefs`, with its bytes.
pub(crate) fn files(desk: &TemporaryDesk) -> BTreeMap<PathBuf, Vec<u8>> {
    let found = walkdir::WalkDir::new(desk.file("briefs")).into_iter().map(Result::unwrap);
    let found = found.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    found.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

pub(crate) const DRAFT: &str = "li-qiang-submission";
pub(crate) const DRAFT_FILE: &str = "briefs/drafts/li-qiang-submission.md";

#[test]
fn fill_write_and_leave() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    assert!(terminal.screen().alternate_screen() && terminal.screen().bracketed_paste() && !terminal.is_cooked());
    terminal.press("F", "Placed 4 facts by the template's rules");
    terminal.press("w", "written briefs/notes/li-qiang-submission.md");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
    let note = desk.read("briefs/notes/li-qiang-submission.md");
    assert!(note.contains("\n[^1]: "), "{note}");
    assert_eq!(desk.run(&["render", DRAFT, "-o", "-"]).ok(), note);
}

#[test]
fn a_brief_from_nothing_to_its_note() {
    let desk = TemporaryDesk::sample();
    desk.run(&["new", "readout", "talks", "--date", "2024-08-20"]).ok();
    let mut terminal = Terminal::start(desk.path(), (80, 24), &["talks"], &[]);
    terminal
        .wait_for("the fresh brief", |s| s.contents().contains("Facts 48 ") && s.contents().contains("talks · saved"));
    terminal.press("/by:mao", "Facts 7/48  /by:mao").press("\r", "BROWSE");
    terminal.press("\r", "→ 1 Meeting").press("j", "Premier").press("2", "→ 2 Topics");
    terminal.press("l", "o write").press("G", "5▸Sources").press("k", "4▸Next step").press("o", "TYPE");
    terminal.press("Both sides meet again.", "Both sides meet again.").press("\x1b", "BROWSE");
    terminal.press("o", "TYPE").press("A second thought.", "A second thought.").press("\x1b", "BROWSE");
    terminal.press("u", "Undone").press("w", "written briefs/notes/talks.md").send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
    let draft = desk.read("briefs/drafts/talks.md");
    let section =
        |id: &str| draft.split(&format!("{{#{id}}}\n")).nth(1).unwrap().split("\n## ").next().unwrap().to_owned();
    assert!(section("meeting").contains("[@") && section("topics").contains("[@"), "{draft}");
    assert_eq!(draft.matches("[@").count(), 2, "{draft}");
    assert_eq!(section("next-step").trim(), "Both sides meet again.", "{draft}");
    assert!(!draft.contains("A second thought."), "{draft}");
    let note = desk.read("briefs/notes/talks.md");
    assert!(note.contains("Both sides meet again.") && note.contains("[^2]: "), "{note}");
}

#[test]
fn opening_and_leaving_changes_no_byte() {
    let desk = TemporaryDesk::sample();
    let before = files(&desk);
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("\t", "No history here").press("4", "4▸Background").press("p", "Preview");
    terminal.press("!", "Problems and messages").press("\x1b", "BROWSE").send("q");
    assert_eq!(terminal.end(), 0);
    assert!(files(&desk) == before);
}

#[test]
fn undo_brings_back_the_first_bytes() {
    let desk = TemporaryDesk::sample();
    let first = desk.read(DRAFT_FILE);
    let mut terminal = Terminal::open(&desk, DRAFT);
    // The draft is saved between, so that undo has something to put right on the disk.
    terminal.press("F", "Placed 4 facts").press("w", "written briefs/notes");
    assert_ne!(desk.read(DRAFT_FILE), first);
    terminal.press("u", "Undone: fill").send("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(desk.read(DRAFT_FILE), first);
}

/// A signal while somebody types: the text is in the file, the terminal is given back.
#[track_caller]
fn typing_survives(signal: &str, status: u32) {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal
        .press("l", "No history here")
        .press("o", "TYPE")
        .press("These words were being typed", "These words were being typed");
    terminal.signal(signal);
    assert_eq!(terminal.end(), status);
    terminal.assert_given_back();
    assert!(desk.read(DRAFT_FILE).contains("These words were being typed"));
}

#[test]
fn typing_survives_sigterm() {
    typing_survives("TERM", 143);
}

#[test]
fn typing_survives_sighup() {
    typing_survives("HUP", 129);
}

#[test]
fn broken_files_are_listed_and_the_rest_works() {
    let desk = TemporaryDesk::sample();
    desk.write("briefs/events/broken-event.yaml", "title: [");
    desk.write("templates/broken-template.md", "---\nname: [\n---\n\n# {{ title\n");
    desk.write("briefs/drafts/broken-draft.md", "---\ntemplate: [\n---\n\n\0");
    let mut terminal = Terminal::start(desk.path(), (120, 34), &[DRAFT], &[]);
    terminal.wait_for("the warning", |s| s.contents().contains("3 problems in the desk's files. ! shows where"));
    terminal.press("!", "briefs/events/broken-event.yaml").press("\x1b[B", "templates/broken-template.md");
    terminal.press("\x1b", "BROWSE").press("b", "broken-draft").press("broken\r", "NUL");
    terminal.press("F", "Placed 4 facts").send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn any_size_and_back() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("l", "No history here").press("o", "TYPE").press("one ", "one");
    terminal.resize(1, 1).wait_for("a dot", |s| s.contents() == "·").send("two ");
    terminal.resize(0, 0).send("three ").resize(1, 1).wait_for("a dot", |s| s.contents() == "·");
    terminal
        .resize(20, 4)
        .wait_for("a short status", |s| s.contents().lines().last().is_some_and(|l| l.starts_with(" T ")));
    terminal.resize(200, 60).wait_for("three panes", |s| s.contents().contains("Preview"));
    terminal.send("four").resize(80, 24).wait_for("the first layout", |s| s.contents().contains("one two three four"));
    terminal.press("\x1b", "BROWSE").press("u", "Undone");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
}

#[test]
fn a_storm_of_resizes_loses_nothing_that_is_typed() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    terminal.press("l", "No history here").press("o", "TYPE");
    let sizes = [(1, 1), (0, 0), (80, 24), (2, 3), (300, 90), (200, 5), (19, 60), (120, 34)];
    let mut typed = String::new();
    for n in 0..48 {
        let (width, height) = sizes[n % sizes.len()];
        let token = format!("t{n} ");
        terminal.resize(width, height).send(&token);
        typed += &token;
    }
    terminal
        .resize(80, 24)
        .wait_for("the last token", |s| s.contents().contains("t47") && s.contents().contains("2 Recommendation"));
    terminal.press("\x1b", "BROWSE").send("q");
    assert_eq!(terminal.end(), 0);
    let draft = desk.read(DRAFT_FILE);
    assert!(draft.contains(typed.trim_end()), "{draft}");
}

#[test]
fn keys_that_come_all_at_once_are_all_taken() {
    let desk = TemporaryDesk::sample();
    let mut terminal = Terminal::open(&desk, DRAFT);
    // More than one read of the terminal brings, and help at the very end.
    terminal.press(&("jk".repeat(1000) + "?"), "previous item");
    terminal.press("\x1b", "BROWSE").send("q");
    assert_eq!(terminal.end(), 0);
}

/// Text that would set a window's title, resize it, colour what follows and turn it round.
const HOSTILE: &str = "\x1b]0;pwned\x07\x1b[8;1;1t\u{9b}8;1;1t\u{9d}0;pwned\u{9c}\x1bP1$qm\x1b\\\u{202e}\u{2066}";
const HOSTILE_YAML: &str = r#"\e]0;pwned\a\e[8;1;1t\x9b8;1;1t\x9d0;pwned\x9c\eP1$qm\e\\\u202e\u2066"#;

/// Nothing on the wire but what a full-screen program has to say to a terminal.
#[track_caller]
fn assert_harmless(raw: &[u8]) {
    let text = std::str::from_utf8(raw).unwrap();
    for c in text.chars() {
        let bidi = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!bidi && (!c.is_control() || "\x1b\r\n".contains(c)), "{c:?}");
    }
    assert_eq!(text.matches('\x1b').count(), text.matches("\x1b[").count());
    for sequence in sequences(text) {
        // Modes, styles, moves, erasing; `8;1;1t` of the hostile text would be something else.
        assert!("hlmHJK".contains(&sequence[sequence.len() - 1..]), "{sequence:?}");
    }
}

#[test]
fn content_never_steers_the_terminal() {
    let desk = TemporaryDesk::sample();
    let fact = format!(
        "title: \"Event {HOSTILE_YAML} end\"\ndate: 2024-08-30\nfacts:\n  - id: evil\n    text: \"AAA {HOSTILE_YAML} ZZZ.\"\n    \
         date: 2024-08-30\n    sources: [afp]\n"
    );
    desk.write("briefs/events/evil.yaml", &fact);
    desk.write(&format!("briefs/events/name {HOSTILE}.yaml"), "title: [");
    let template = format!(
        "---\nname: \"Name {HOSTILE_YAML}\"\n---\n\n# {{{{ title }}}}\n\nFixed {HOSTILE}\n\n## Meeting {{#meeting}}\n> Guidance {HOSTILE}\n"
    );
    desk.write("templates/evil.md", &template);
    let draft = format!(
        "---\ntemplate: evil\ntitle: \"Title {HOSTILE_YAML} end\"\ndate: 2024-08-20\n---\n\n## Meeting {{#meeting}}\n\nProse {HOSTILE} end [@evil#evil].\n"
    );
    desk.write("briefs/drafts/evil.md", &draft);
    desk.write(&format!("briefs/drafts/name {HOSTILE}.md"), &draft);
    let mut terminal = Terminal::start(desk.path(), (120, 34), &["evil"], &[]);
    terminal.wait_for("the desk to be loaded", |s| {
        s.contents().contains("Facts 49 ") && s.contents().contains("evil · saved")
    });
    terminal.press("/AAA\r", "Facts 1/49");
    terminal.press("p", "Fixed");
    terminal.press("P", "raw Markdown");
    terminal.press("!", "Problems");
    terminal.press("\x1b", "BROWSE").press("b", "belarus-sco");
    terminal.press("\x1b", "BROWSE").press("w", "written").send("q");
    assert_eq!(terminal.end(), 0);
    assert_harmless(&terminal.raw);
    for command in [
        ["facts", "AAA"].as_slice(),
        &["check"],
        &["templates"],
        &["templates", "show", "evil"],
        &["render", "evil", "-o", "-"],
    ] {
        let mut terminal = Terminal::start(desk.path(), (80, 24), command, &[]);
        terminal.end();
        assert_harmless(&terminal.raw);
    }
}

/// The control sequences of an output, each without its `CSI`: `0;1m`, `?1049h`.
fn sequences(text: &str) -> impl Iterator<Item = &str> {
    text.split("\x1b[").skip(1).map(|rest| {
        let end = rest.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        &rest[..=end]
    })
}

/// Whether an output sets a colour.
fn has_color(raw: &[u8]) -> bool {
    let text = std::str::from_utf8(raw).unwrap();
    let numbers = sequences(text).filter_map(|s| s.strip_suffix('m')).flat_map(|s| s.split([';', ':']));
    let mut numbers = numbers.filter_map(|n| n.parse::<u16>().ok());
    numbers.any(|n| matches!(n, 30..=38 | 40..=48 | 90..=97 | 100..=107))
}

#[test]
fn no_color_means_none() {
    let desk = TemporaryDesk::sample();
    for (variables, colored) in [([("NO_COLOR", "1")].as_slice(), false), (&[], true)] {
        let mut terminal = Terminal::start(desk.path(), (120, 34), &[DRAFT], variables);
        terminal.wait_for("the desk to be loaded", loaded);
        terminal
            .press("l", "No history here")
            .press("4", "4▸Background")
            .press("p", "Preview")
            .press("?", "Keys")
            .send("\x03\x03\x03");
        assert_eq!(terminal.end(), 0);
        assert_eq!(has_color(&terminal.raw), colored);
    }
}

#[test]
fn without_a_desk_the_terminal_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(folder.path(), (80, 24), &[], &[]);
    assert_eq!(terminal.end(), 2);
    let text = terminal.text();
    assert!(text.contains("no desk here") && text.contains("attache init"), "{text}");
    assert!(!terminal.raw.contains(&0x1b) || !String::from_utf8_lossy(&terminal.raw).contains("?1049h"));
    terminal.assert_given_back();
}

#[test]
fn the_pictures_in_the_documents_are_the_real_screen() {
    use crate::harness::{expect_file, root};
    use crate::picture::{DARK, LIGHT, svg};
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
    expect_file(&root().join("docs/images/screen.svg"), &svg(terminal.screen(), title, &DARK));
    expect_file(&root().join("docs/images/screen-light.svg"), &svg(terminal.screen(), title, &LIGHT));
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_finding_is_walked_to_pictured_and_mended_in_the_file() {
    use crate::harness::{expect_file, root};
    use crate::picture::{DARK, LIGHT, svg};
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
    expect_file(&root().join("docs/images/finding.svg"), &svg(terminal.screen(), title, &DARK));
    expect_file(&root().join("docs/images/finding-light.svg"), &svg(terminal.screen(), title, &LIGHT));
    terminal.press("f", "Done: write “Thursday”");
    terminal.wait_for("the other one left", |s| s.contents().contains("1 finding "));
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    let mended =
        wrong.replace("Friday, 16 May", "Thursday, 16 May").replace("as its tenth member", "as its eleventh member");
    assert_eq!(desk.read(path), mended);
}
