//! Keys on a timetable, in the program, in `vim` and in the program of the floor.

use std::path::Path;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

use crate::desk::Numbers;
use crate::pty::{Terminal, row};

/// The program of the floor.
pub(crate) fn echo() {
    use std::io::{Read as _, Write as _};
    crossterm::terminal::enable_raw_mode().unwrap();
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
    output.write_all(b">").unwrap();
    output.flush().unwrap();
    let mut byte = [0; 1];
    while let Ok(1) = input.read(&mut byte) {
        output.write_all(&byte).unwrap();
        output.flush().unwrap();
    }
}

/// When each key is due: 30 to 250 ms apart, the same every time.
pub(crate) struct Timetable {
    numbers: Numbers,
    next: Instant,
}

impl Timetable {
    /// From now on.
    pub(crate) fn new() -> Self {
        Self { numbers: Numbers(7), next: Instant::now() }
    }

    /// Takes what the program writes until the next key is due.
    pub(crate) fn wait(&mut self, terminal: &mut Terminal) {
        let gap = 30 + self.numbers.below(221);
        self.next += Duration::from_millis(u64::try_from(gap).unwrap());
        terminal.rest(self.next.saturating_duration_since(Instant::now()));
    }
}

/// Letters and spaces as of prose.
pub(crate) fn prose(numbers: &mut Numbers) -> char {
    char::from(b"etaoin shrdlu cmfwyp"[numbers.below(20)])
}

/// Whether the cursor has moved on from where it was and stands behind this character.
pub(crate) fn typed(screen: &vt100::Screen, c: char, before: (u16, u16)) -> bool {
    let (row, column) = screen.cursor_position();
    let left = screen.cell(row, column.saturating_sub(1)).map(|cell| cell.contents().to_owned());
    let blank = left.as_deref().is_none_or(str::is_empty);
    (row, column) != before && (left == Some(c.to_string()) || c == ' ' && blank || column == 0)
}

/// The same keys in the program of the floor.
pub(crate) fn floor(keys: usize) -> Vec<Duration> {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.arg("--echo");
    let mut terminal = Terminal::start(command);
    terminal.press("x", |screen| screen.contents().contains('x'));
    let (mut timetable, mut numbers) = (Timetable::new(), Numbers(3));
    let times = (0..keys).map(|_| {
        timetable.wait(&mut terminal);
        let (c, before) = (prose(&mut numbers), terminal.screen().cursor_position());
        terminal.press(&c.to_string(), |screen| screen.cursor_position() != before)
    });
    let times = times.collect();
    terminal.kill();
    times
}

/// The program on the desk, with the long draft.
pub(crate) fn start(folder: &Path) -> Terminal {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_attache"));
    command.args(["--desk".as_ref(), folder.as_os_str(), "latency".as_ref()]);
    Terminal::start(command)
}

/// The program with the desk loaded and the draft composed.
pub(crate) fn start_loaded(folder: &Path) -> Terminal {
    let mut terminal = start(folder);
    terminal.until(|screen| listed(screen, None) && screen.contents().contains("saved"));
    terminal.rest(Duration::from_secs(2));
    terminal
}

/// Whether a row of the list is the one under hand.
pub(crate) fn reversed(screen: &vt100::Screen, row: u16) -> bool {
    screen.cell(row, 4).is_some_and(vt100::Cell::inverse)
}

/// Up and down in Facts.
pub(crate) fn moving(folder: &Path, keys: usize) -> Vec<Duration> {
    let mut terminal = start_loaded(folder);
    let (mut timetable, mut numbers, mut row) = (Timetable::new(), Numbers(5), 1_u16);
    let times = (0..keys).map(|_| {
        timetable.wait(&mut terminal);
        let down = row == 1 || row < 30 && numbers.below(2) == 0;
        let to = if down { row + 1 } else { row - 1 };
        let time =
            terminal.press_whole(if down { "j" } else { "k" }, |screen| reversed(screen, to) && !reversed(screen, row));
        row = to;
        time
    });
    let times = times.collect();
    quit(terminal);
    times
}

/// Down and up in Brief, from the top of the long draft.
pub(crate) fn moving_in_brief(folder: &Path, keys: usize) -> Vec<Duration> {
    let mut terminal = start_loaded(folder);
    terminal.press("\t", |screen| !hand(screen, IN_BRIEF).is_empty());
    let (mut timetable, mut numbers) = (Timetable::new(), Numbers(5));
    let times = (0..keys).map(|_| {
        timetable.wait(&mut terminal);
        move_key(&mut terminal, &mut numbers, IN_BRIEF)
    });
    let times = times.collect();
    quit(terminal);
    times
}

/// Leaves the program, and takes back what was typed.
pub(crate) fn quit(mut terminal: Terminal) {
    terminal.send("\x1b");
    terminal.send("u");
    terminal.send("q");
    terminal.ended();
}

/// Opens the middle of the draft for typing, at the end of a block.
pub(crate) fn begin_typing(terminal: &mut Terminal) {
    terminal.send("\tG");
    for _ in 0..20 {
        terminal.send("k");
    }
    terminal.send("e");
    terminal.until_shown("TYPE");
    terminal.press(" ", |screen| screen.contents().contains("TYPE"));
    terminal.rest(Duration::from_millis(300));
}

/// Types a letter.
pub(crate) fn type_key(terminal: &mut Terminal, numbers: &mut Numbers) -> Duration {
    let (c, before) = (prose(numbers), terminal.screen().cursor_position());
    terminal.press_whole(&c.to_string(), |screen| typed(screen, c, before))
}

/// Letters in the middle of the draft.
pub(crate) fn typing(folder: &Path, keys: usize) -> Vec<Duration> {
    let mut terminal = start_loaded(folder);
    begin_typing(&mut terminal);
    let (mut timetable, mut numbers) = (Timetable::new(), Numbers(11));
    let times = (0..keys).map(|_| {
        timetable.wait(&mut terminal);
        type_key(&mut terminal, &mut numbers)
    });
    let times = times.collect();
    quit(terminal);
    times
}

/// How a desk is made ready for a start: taken as it is, or what is kept of it is taken away.
pub(crate) type Before<'a> = &'a dyn Fn();

/// Thirty keys a second while the desk is read, again and again: a warm desk is read before many can be pressed.
fn while_loading(
    folder: &Path,
    before: Before<'_>,
    begin: &dyn Fn(&mut Terminal),
    key: &dyn Fn(&mut Terminal, &mut Numbers) -> Duration,
) -> Vec<Duration> {
    let mut times = Vec::new();
    for round in 0..100 {
        if times.len() >= 300 {
            break;
        }
        before();
        let mut terminal = start(folder);
        terminal.until_shown("latency");
        begin(&mut terminal);
        let mut numbers = Numbers(round);
        let mut due = Instant::now();
        while row(terminal.screen(), 0).contains("loading") {
            times.push(key(&mut terminal, &mut numbers));
            due += Duration::from_millis(33);
            terminal.rest(due.saturating_duration_since(Instant::now()));
        }
        terminal.kill();
    }
    times
}

/// Letters in a new paragraph while the desk is read.
pub(crate) fn typing_while_loading(folder: &Path, before: Before<'_>) -> Vec<Duration> {
    let begin = |terminal: &mut Terminal| {
        terminal.send("\tjo");
        terminal.until_shown("TYPE");
    };
    while_loading(folder, before, &begin, &type_key)
}

/// Down and up in Brief while the desk is read.
pub(crate) fn moving_while_loading(folder: &Path, before: Before<'_>) -> Vec<Duration> {
    let begin = |terminal: &mut Terminal| {
        terminal.press("\t", |screen| !hand(screen, IN_BRIEF).is_empty());
    };
    while_loading(folder, before, &begin, &|terminal, numbers| move_key(terminal, numbers, IN_BRIEF))
}

/// Down and up in Facts while the list grows.
pub(crate) fn moving_in_growing_list(folder: &Path, before: Before<'_>) -> Vec<Duration> {
    let begin = |terminal: &mut Terminal| {
        terminal.until(|screen| !hand(screen, IN_FACTS).trim().is_empty() || listed(screen, None));
    };
    while_loading(folder, before, &begin, &|terminal, numbers| move_key(terminal, numbers, IN_FACTS))
}

/// A column within each pane, right of what stands before a row.
const IN_FACTS: u16 = 4;
const IN_BRIEF: u16 = 70;

/// What stands under hand in a pane: the words of the rows that are reversed at this column. They stay the same where
/// rows come before them.
fn hand(screen: &vt100::Screen, column: u16) -> String {
    let rows = (1..59).filter(|row| screen.cell(*row, column).is_some_and(vt100::Cell::inverse));
    rows.map(|row| screen.contents_between(row, column, row, column + 40)).collect()
}

/// Goes a row down or up.
fn move_key(terminal: &mut Terminal, numbers: &mut Numbers, column: u16) -> Duration {
    let before = hand(terminal.screen(), column);
    let top = terminal.screen().cell(1, column).is_some_and(vt100::Cell::inverse);
    let key = if !top && numbers.below(2) == 0 { "k" } else { "j" };
    terminal.press_whole(key, |screen| {
        let now = hand(screen, column);
        !now.is_empty() && now != before
    })
}

/// Vim with a file.
pub(crate) fn vim(file: &Path) -> Terminal {
    let mut command = CommandBuilder::new("vim");
    command.args(["-u", "NONE", "-N", "-n", "-c", "set wrap linebreak"]);
    command.arg(file);
    let mut terminal = Terminal::start(command);
    terminal.rest(Duration::from_secs(2));
    terminal
}

/// Up and down in Vim.
pub(crate) fn vim_moving(file: &Path, keys: usize) -> Vec<Duration> {
    let mut terminal = vim(file);
    let (mut timetable, mut numbers, mut row) = (Timetable::new(), Numbers(5), 0_u16);
    let times = (0..keys).map(|_| {
        timetable.wait(&mut terminal);
        let down = row == 0 || row < 29 && numbers.below(2) == 0;
        let before = terminal.screen().cursor_position();
        row = if down { row + 1 } else { row - 1 };
        terminal.press(if down { "j" } else { "k" }, |screen| screen.cursor_position() != before)
    });
    let times = times.collect();
    terminal.kill();
    times
}

/// Letters in the middle of the draft in Vim.
pub(crate) fn vim_typing(file: &Path, keys: usize) -> Vec<Duration> {
    let mut terminal = vim(file);
    terminal.send("G20kA ");
    terminal.rest(Duration::from_millis(300));
    let (mut timetable, mut numbers) = (Timetable::new(), Numbers(11));
    let times = (0..keys).map(|_| {
        timetable.wait(&mut terminal);
        let (c, before) = (prose(&mut numbers), terminal.screen().cursor_position());
        terminal.press(&c.to_string(), |screen| typed(screen, c, before))
    });
    let times = times.collect();
    terminal.kill();
    times
}

/// Forty letters written at once in a draft, again and again while the desk is read and afterwards: until the last of
/// them is right.
pub(crate) fn bursts(folder: &Path, while_loading: bool, count: usize) -> Vec<Duration> {
    let mut times = Vec::new();
    let mut numbers = Numbers(13);
    let mut terminal = if while_loading { start(folder) } else { start_loaded(folder) };
    if while_loading {
        terminal.until_shown("latency");
        terminal.send("\tjo");
        terminal.until_shown("TYPE");
    } else {
        begin_typing(&mut terminal);
    }
    for _ in 0..count {
        if while_loading && !row(terminal.screen(), 0).contains("loading") {
            break;
        }
        // The last letters are a word that stands nowhere else.
        let word = format!("q{}", 10_000 + numbers.below(90_000));
        let letters: String = (0..34).map(|_| prose(&mut numbers)).collect::<String>() + &word;
        times.push(terminal.press_whole(&letters, |screen| {
            let (row, column) = screen.cursor_position();
            behind(screen, row, column).ends_with(&word)
        }));
        terminal.send(" ");
        terminal.rest(Duration::from_millis(200));
    }
    quit(terminal);
    times
}

/// The text on the row of a cell, left of it.
pub(crate) fn behind(screen: &vt100::Screen, row: u16, column: u16) -> String {
    screen.contents_between(row, 0, row, column)
}

/// The same burst in Vim.
pub(crate) fn vim_bursts(file: &Path, count: usize) -> Vec<Duration> {
    let mut terminal = vim(file);
    terminal.send("G20kA ");
    terminal.rest(Duration::from_millis(300));
    let mut numbers = Numbers(13);
    let times = (0..count).map(|_| {
        let word = format!("q{}", 10_000 + numbers.below(90_000));
        let letters: String = (0..34).map(|_| prose(&mut numbers)).collect::<String>() + &word;
        let time = terminal.press(&letters, |screen| {
            let (row, column) = screen.cursor_position();
            behind(screen, row, column).ends_with(&word)
        });
        terminal.send(" ");
        terminal.rest(Duration::from_millis(200));
        time
    });
    let times = times.collect();
    terminal.kill();
    times
}

/// Whether the list tells so many facts (or any number) and nothing is being read.
pub(crate) fn listed(screen: &vt100::Screen, facts: Option<&str>) -> bool {
    let title = row(screen, 0);
    let told = facts.map_or_else(|| "Facts ".to_owned(), |facts| format!("Facts {facts}"));
    title.contains(&told) && !title.contains("loading")
}

/// A number as the screen shows it.
pub(crate) fn thousands(n: usize) -> String {
    attache::app::facts::thousands(n)
}

/// From the start of the program of the floor to its first byte.
pub(crate) fn start_of_floor() -> Duration {
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.arg("--echo");
    Terminal::start(command).since_start(|screen| screen.contents().contains('>'))
}
