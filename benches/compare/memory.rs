//! Memory with all rows open, and what a program does that nobody asks anything.

use std::path::Path;
use std::time::Duration;

use crate::keys::{listed, thousands};
use crate::peers::{attache, finder, finder_asks, finder_tells, vim, vim_is_ready, visidata, visidata_has, warm};
use crate::pty::Terminal;
use crate::report::{Table, Who, attempt, ratio};
use crate::{Bench, forget, process};

/// A program that can be opened with all rows on its screen.
type Opened<'a> = (Who, &'static str, Box<dyn Fn() -> Terminal + 'a>);

/// All programs with the rows of a desk.
fn programs<'a>(bench: &Bench, desk: &'a Path, facts: usize) -> Vec<Opened<'a>> {
    let own = move |cold: bool| {
        if cold {
            forget(desk);
        }
        let all = thousands(facts);
        let mut terminal = attache(desk);
        terminal.until(|screen| listed(screen, Some(&all)));
        terminal
    };
    let ready = |mut terminal: Terminal, wanted: &dyn Fn(&vt100::Screen) -> bool| {
        terminal.until(wanted);
        terminal
    };
    let rows = move || desk.join("rows.txt");
    let mut programs: Vec<Opened<'a>> = vec![
        (Who::Attache, "Attaché, cold", Box::new(move || own(true))),
        (Who::Attache, "Attaché, warm", Box::new(move || own(false))),
    ];
    for name in ["fzf", "sk"] {
        if bench.peers.has(name) {
            let read = move |s: &vt100::Screen| finder_asks(s, "") && finder_tells(s, facts, facts);
            programs.push((Who::Peer, name, Box::new(move || ready(finder(name, &rows()), &read))));
        }
    }
    if bench.peers.has("vim") {
        programs.push((Who::Peer, "vim", Box::new(move || ready(vim(&rows()), &vim_is_ready))));
    }
    if bench.peers.has("vd") {
        let read = move |s: &vt100::Screen| visidata_has(s, facts);
        programs.push((Who::Peer, "visidata", Box::new(move || ready(visidata(&desk.join("rows.jsonl")), &read))));
    }
    programs
}

/// What is resident two seconds after all is on the screen, and the most there ever was.
fn held(open: &dyn Fn() -> Terminal) -> (u64, u64) {
    let mut terminal = open();
    terminal.rest(Duration::from_secs(2));
    let process = terminal.process().to_string();
    (process::resident_megabytes(&process), process::most_megabytes(&process))
}

/// What Attaché holds on a desk once it is loaded, nothing kept before.
pub(crate) fn of_attache(desk: &Path, facts: usize) -> (u64, u64) {
    forget(desk);
    let all = thousands(facts);
    held(&|| {
        let mut terminal = attache(desk);
        terminal.until(|screen| listed(screen, Some(&all)));
        terminal
    })
}

/// Every program over the desk and over the largest one.
pub(crate) fn measure(bench: &Bench) -> Table {
    let note = "Resident memory of the process two seconds after all rows are on its screen, and the most it ever held \
                (`VmRSS`, `VmHWM`). Attaché has the facts with their sources, the index and a draft of 6,000 words open, the others the rows \
                (VisiData as JSONL).";
    let head = ["rows", "program", "resident", "at most", "beside Attaché"];
    let mut table = Table::new("Memory", note, &head);
    let mut sizes = vec![bench.events];
    if bench.largest > bench.events {
        sizes.push(bench.largest);
    }
    for events in sizes {
        let desk = bench.desk(events);
        let facts = events * 10;
        let mut own = None;
        for (n, (who, name, open)) in programs(bench, &desk, facts).into_iter().enumerate() {
            let rows = if n == 0 { thousands(facts) } else { String::new() };
            let Some((resident, most)) = attempt(name, || {
                if name.ends_with("warm") {
                    warm(&desk);
                }
                held(&open)
            }) else {
                table.rows.push(vec![rows, name.into(), "–".into(), "–".into(), "not measured".into()]);
                continue;
            };
            println!("{resident:>9} MB  {name}, {} rows (at most {most} MB)", thousands(facts));
            let beside = ratio(who, name, *own.get_or_insert(resident) as f64, resident as f64);
            table.rows.push(vec![rows, name.into(), format!("{resident} MB"), format!("{most} MB"), beside]);
        }
    }
    table
}

/// Ten seconds in which nobody presses a key.
pub(crate) fn idle(bench: &Bench) -> Table {
    let note = "Ten seconds without a key, five seconds after all rows are on the screen (Attaché: with a draft of 6,000 words open): \
                bytes written to the terminal, and how often its threads were switched to of their own will or by force.";
    let head = ["rows", "program", "bytes", "own switches", "forced switches"];
    let mut table = Table::new("Idle", note, &head);
    let (desk, facts) = (bench.big(), bench.events * 10);
    for (_, name, open) in programs(bench, &desk, facts) {
        if name.ends_with("cold") {
            continue;
        }
        let figures = attempt(name, || {
            let mut terminal = open();
            terminal.rest(Duration::from_secs(5));
            let before = process::switches(terminal.process());
            let bytes = terminal.rest(Duration::from_secs(10));
            let after = process::switches(terminal.process());
            [bytes as u64, after.0.saturating_sub(before.0), after.1.saturating_sub(before.1)]
        });
        let figures = figures.map_or_else(|| vec!["–".to_owned(); 3], |f| f.iter().map(u64::to_string).collect());
        println!("{name}: bytes, own and forced switches in ten idle seconds: {}", figures.join(", "));
        let mut row = vec![thousands(facts), name.into()];
        row.extend(figures);
        table.rows.push(row);
    }
    table
}
