//! Keys on a timetable: moving and typing, at rest, while loading, and in bursts.

use std::path::Path;
use std::time::Duration;

use crate::keys::{self, Timetable};
use crate::peers::{finder_asks, finder_listed};
use crate::pty::row;
use crate::report::{Line, Table, Who, attempt};
use crate::{Bench, sample};

/// Each in its own program, one after the other.
pub(crate) fn measure(bench: &Bench) -> Table {
    let note = "From just before a key is written to the read after which the cell, the cursor and (Attaché) the whole frame \
                are right; 30 to 250 ms apart by a fixed timetable that does not wait for answers. Typing is in a draft of 6,000 \
                words, which Attaché composes and checks meanwhile; `fzf` types into its prompt. A burst is forty \
                letters written at once, until the last is right.";
    let mut table = Table::of_times("Keys", note);
    let desk = bench.big();
    let (rows, copy) = (desk.join("rows.txt"), desk.join("copy.md"));
    std::fs::copy(desk.join("draft.md"), &copy).unwrap();
    let count = bench.keys;
    let (vim, fzf) = (bench.peers.has("vim"), bench.peers.has("fzf"));
    let floor = || line(Who::Floor, "echo", || keys::floor(count));
    let ours = |run: &dyn Fn() -> Vec<Duration>| line(Who::Attache, "Attaché", run);
    let peer = |there: bool, name: &str, run: &dyn Fn() -> Vec<Duration>| there.then(|| line(Who::Peer, name, run));

    let echo = floor();
    let mut lines = vec![ours(&|| keys::moving(&desk, count)), echo.clone()];
    lines.extend(peer(vim, "vim", &|| keys::vim_moving(&rows, count)));
    lines.extend(peer(fzf, "fzf", &|| finder_moving(&rows, bench.events * 10, count)));
    table.add("moving among the facts", &lines);

    let mut lines = vec![ours(&|| keys::typing(&desk, count)), echo];
    let typing = peer(vim, "vim", &|| keys::vim_typing(&copy, count));
    lines.extend(typing.clone());
    lines.extend(peer(fzf, "fzf, its prompt", &|| finder_typing(&rows, bench.events * 10, count)));
    table.add("typing", &lines);

    // A warm desk takes few keys before it is loaded: `cargo bench --bench latency` starts it often enough to tell.
    let mut lines = vec![ours(&|| keys::typing_while_loading(&desk, &|| crate::forget(&desk)))];
    lines.extend(typing.map(at_rest));
    table.add("typing 30 keys a second while the desk is loaded, cold", &lines);

    let mut lines = vec![ours(&|| keys::bursts(&desk, false, bench.runs * 4))];
    let burst = peer(vim, "vim", &|| keys::vim_bursts(&copy, bench.runs * 4));
    lines.extend(burst.clone());
    table.add("a burst of 40 letters", &lines);

    let loading = || {
        let one = || {
            crate::forget(&desk);
            keys::bursts(&desk, true, 2)
        };
        (0..bench.runs * 2).flat_map(|_| one()).collect()
    };
    let mut lines = vec![ours(&loading)];
    lines.extend(burst.map(at_rest));
    table.add("a burst while the desk is loaded, cold", &lines);
    table
}

fn line(who: Who, program: &str, run: impl FnOnce() -> Vec<Duration>) -> Line {
    let times = attempt(program, run).unwrap_or_default();
    sample::tell(program, &times);
    Line { who, program: program.into(), times }
}

/// Vim has read its file before it takes keys: its line beside ours is the one of before.
fn at_rest(line: Line) -> Line {
    Line { program: format!("{}, at rest", line.program), ..line }
}

/// Up and down in `fzf`, whose list begins at the bottom with a `>` at the row under hand.
fn finder_moving(rows: &Path, all: usize, count: usize) -> Vec<Duration> {
    let mut terminal = finder_listed("fzf", rows, all);
    let (mut timetable, mut numbers, mut at) = (Timetable::new(), crate::desk::Numbers(5), 0_usize);
    let times = (0..count).map(|_| {
        timetable.wait(&mut terminal);
        let up = at == 0 || at < 29 && numbers.below(2) == 0;
        let to = if up { at + 1 } else { at - 1 };
        let pointed = |screen: &vt100::Screen, n: usize| row(screen, 57 - n).starts_with('>');
        let from = at;
        at = to;
        // Ctrl-K goes up, Ctrl-J down.
        terminal.press(if up { "\u{b}" } else { "\n" }, |screen| pointed(screen, to) && !pointed(screen, from))
    });
    times.collect()
}

/// Letters on the prompt of `fzf`: until the letter stands there, whatever the list says.
fn finder_typing(rows: &Path, all: usize, count: usize) -> Vec<Duration> {
    let mut terminal = finder_listed("fzf", rows, all);
    let (mut timetable, mut numbers, mut query) = (Timetable::new(), crate::desk::Numbers(11), String::new());
    let times = (0..count).map(|_| {
        timetable.wait(&mut terminal);
        if query.len() > 20 {
            query.clear();
            terminal.press("\u{15}", |screen| finder_asks(screen, ""));
            timetable.wait(&mut terminal);
        }
        let c = keys::prose(&mut numbers);
        query.push(c);
        terminal.press(&c.to_string(), |screen| finder_asks(screen, &query))
    });
    times.collect()
}
