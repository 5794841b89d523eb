//! Folders that take no files, for a user whom modes bind. They do not bind root: a test that runs as root has
//! the program run as another user, on a desk that this user owns.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use portable_pty::CommandBuilder;

use crate::harness::{Run, TemporaryDesk};
use crate::pty::files;
use crate::terminal::{DRAFT, DRAFT_FILE, Terminal, loaded};

/// Whom root becomes: the user that owns nothing anywhere.
const OTHER: u32 = 65534;
/// What [`goes_on_as_another_user`] becomes, and with which arguments, one a line.
const PROGRAM: &str = "ATTACHE_TEST_PROGRAM";
const ARGUMENTS: &str = "ATTACHE_TEST_ARGUMENTS";

/// The sample desk of a user whom modes bind, with a state folder and a folder for the rest.
struct Bound {
    desk: TemporaryDesk,
    around: tempfile::TempDir,
    /// The program where another user reaches it; none where we are such a user ourselves.
    program: Option<PathBuf>,
}

impl Bound {
    fn new() -> Self {
        let (desk, around) = (TemporaryDesk::sample(), tempfile::tempdir().unwrap());
        for folder in ["state", "free"] {
            std::fs::create_dir(around.path().join(folder)).unwrap();
        }
        let mut program = None;
        if rustix::process::geteuid().is_root() {
            // The build may lie where only root looks.
            let copy = around.path().join("attache");
            std::fs::copy(env!("CARGO_BIN_EXE_attache"), &copy).unwrap();
            program = Some(copy);
            for top in [desk.path(), around.path()] {
                for entry in walkdir::WalkDir::new(top) {
                    std::os::unix::fs::lchown(entry.unwrap().path(), Some(OTHER), Some(OTHER)).unwrap();
                }
            }
        }
        Self { desk, around, program }
    }

    fn free(&self) -> PathBuf {
        self.around.path().join("free")
    }

    fn state(&self) -> PathBuf {
        self.around.path().join("state")
    }

    /// Everything below a folder can be read alone, or written again.
    fn close(top: &Path, closed: bool) {
        for entry in walkdir::WalkDir::new(top).contents_first(closed) {
            let entry = entry.unwrap();
            let mode = match (entry.file_type().is_dir(), closed) {
                (true, true) => 0o555,
                (true, false) => 0o755,
                (false, true) => 0o444,
                (false, false) => 0o644,
            };
            std::fs::set_permissions(entry.path(), std::fs::Permissions::from_mode(mode)).unwrap();
        }
    }

    fn close_desk(&self, closed: bool) {
        Self::close(self.desk.path(), closed);
    }

    fn open(&self) -> Terminal {
        let state = self.state();
        let variables = [("XDG_STATE_HOME", state.to_str().unwrap())];
        let mut terminal = match &self.program {
            None => Terminal::start(self.desk.path(), (250, 30), &[DRAFT], &variables),
            Some(program) => {
                let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
                command.args(["--ignored", "--exact", "--nocapture", "unprivileged::goes_on_as_another_user"]);
                let ours = [(PROGRAM, program.to_str().unwrap()), (ARGUMENTS, DRAFT)];
                let variables: Vec<_> = variables.into_iter().chain(ours).collect();
                Terminal::run(command, self.desk.path(), (250, 30), &variables)
            }
        };
        terminal.wait_for("the desk to be loaded", loaded);
        terminal
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let program = self.program.as_deref().unwrap_or(Path::new(env!("CARGO_BIN_EXE_attache")));
        let mut command = Command::new(program);
        command.env_clear().env("XDG_STATE_HOME", self.state()).current_dir(self.desk.path()).args(arguments);
        if self.program.is_some() {
            command.uid(OTHER).gid(OTHER);
        }
        Run::of(&mut command)
    }
}

impl Drop for Bound {
    /// What is closed could not be removed.
    fn drop(&mut self) {
        self.close_desk(false);
        Self::close(&self.state(), false);
    }
}

/// Not a test by itself: what the tests that run as root start in a terminal, to go on as the program of another user.
#[test]
#[ignore = "started by the tests of this file"]
fn goes_on_as_another_user() {
    let (Ok(program), Ok(arguments)) = (std::env::var(PROGRAM), std::env::var(ARGUMENTS)) else { return };
    let mut command = Command::new(program);
    command.args(arguments.lines()).env_remove(PROGRAM).env_remove(ARGUMENTS).uid(OTHER).gid(OTHER);
    panic!("{}", command.exec());
}

fn typed<'a>(terminal: &'a mut Terminal, words: &str) -> &'a mut Terminal {
    terminal.press("l", "No history here").press("o", "TYPE").press(words, words)
}

#[test]
fn a_desk_that_may_only_be_read_keeps_the_words_and_takes_the_draft_elsewhere() {
    let bound = Bound::new();
    let before = files(&bound.desk);
    bound.close_desk(true);
    let mut terminal = bound.open();
    // The journal has the words all the same, in the writer's own folder.
    typed(&mut terminal, "These words").press("", "The journal cannot be in the desk").press("", "· saved");
    terminal.press("\x1b", "BROWSE").press("\x1bw", "Not saved: ");
    assert!(terminal.text().contains("A saves it elsewhere"), "{}", terminal.text());
    assert!(bound.run(&["recover", DRAFT, "--print"]).ok().contains("These words"));
    let elsewhere = bound.free().join("li.md");
    terminal.press("\x1b", "BROWSE").press("A", "Save the draft as: ").send("\x15");
    terminal.press(&format!("{}\r", elsewhere.display()), "li · saved").send("q");
    assert_eq!(terminal.end(), 0);
    terminal.assert_given_back();
    assert!(std::fs::read_to_string(elsewhere).unwrap().contains("These words"));
    assert!(files(&bound.desk) == before, "nothing of the desk is touched");
}

#[test]
fn where_nothing_takes_the_words_it_is_said_and_they_are_saved_as_soon_as_something_does() {
    let bound = Bound::new();
    bound.close_desk(true);
    Bound::close(&bound.state(), true);
    let mut terminal = bound.open();
    typed(&mut terminal, "These words").press("", "not saved: ");
    terminal.press("\x1b", "BROWSE").press("q", "q again leaves without saving");
    assert!(terminal.text().contains("These words"), "{}", terminal.text());
    bound.close_desk(false);
    terminal.press("\x1bw", "· saved").send("q");
    assert_eq!(terminal.end(), 0);
    assert!(bound.desk.read(DRAFT_FILE).contains("These words"));
}

#[test]
fn a_draft_that_may_be_written_in_a_folder_that_takes_no_files_is_written_in_place() {
    let bound = Bound::new();
    let folder = bound.desk.file("briefs/drafts");
    let mode = |mode| std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).unwrap();
    let number = std::fs::metadata(bound.desk.file(DRAFT_FILE)).unwrap().ino();
    mode(0o555);
    let mut terminal = bound.open();
    typed(&mut terminal, "These words").press("\x1b", "BROWSE").press("w", "written briefs/notes").send("q");
    assert_eq!(terminal.end(), 0);
    mode(0o755);
    assert!(bound.desk.read(DRAFT_FILE).contains("These words"));
    assert_eq!(std::fs::metadata(bound.desk.file(DRAFT_FILE)).unwrap().ino(), number);
    let kept = walkdir::WalkDir::new(bound.desk.file(".attache/cut-short")).into_iter().filter_map(Result::ok);
    assert_eq!(kept.filter(|entry| entry.file_type().is_file()).count(), 0, "the old bytes are not needed any more");
}

#[test]
fn commands_that_cannot_write_say_so_and_leave_nothing() {
    let bound = Bound::new();
    let before = files(&bound.desk);
    bound.close_desk(true);
    for arguments in [&["render", DRAFT][..], &["new", "readout", "talks", "--date", "2024-08-20"]] {
        let run = bound.run(arguments);
        assert_eq!(run.status, 2, "{run:?}");
        assert!(run.err.contains("no permission to write there"), "{run:?}");
    }
    for arguments in [&["check"][..], &["facts"], &["render", DRAFT, "-o", "-"]] {
        assert!(bound.run(arguments).status <= 1, "{arguments:?}");
    }
    assert!(files(&bound.desk) == before);
}
