//! All facts listed, and the first filter answered.

use std::time::Duration;

use crate::filter::found;
use crate::keys::{listed, thousands};
use crate::peers::{attache, finder, finder_asks, finder_tells, vim, vim_is_ready, visidata, visidata_has, warm};
use crate::report::{Line, Runner, Table, floor, in_turns, ours, peer};
use crate::{Bench, forget, pty, sample};

/// The filter that is typed as soon as the facts are listed.
const QUERY: &str = "tribunal";

/// Cold, warm, peers and the floor, in turns.
pub(crate) fn measure(bench: &Bench) -> Table {
    let note = "From just before the program is started until its screen tells the number of all rows and that nothing is being \
                read; “searchable”: the same, `tribunal` typed at that moment, until the screen tells the right number of hits. \
                Cold: the desk's `.attache/cache` was taken away before (the system still has the files in memory); warm: after a \
                run. VisiData reads the same rows as JSONL, the others as lines. The floor walks, reads and parses the event files \
                with bare `serde_yaml` on all cores.";
    let mut table = Table::of_times("All facts listed", note);
    let desk = bench.big();
    let facts = bench.events * 10;
    let own = thousands(found(&desk, &[QUERY])[0]);
    let (rows, objects) = (desk.join("rows.txt"), desk.join("rows.jsonl"));

    let all = thousands(facts);
    let started = |cold: bool| {
        if cold {
            forget(&desk);
        }
        let mut terminal = attache(&desk);
        let took = terminal.since_start_whole(|screen| listed(screen, Some(&all)));
        (terminal, took)
    };
    let list = |cold: bool| vec![started(cold).1];
    let searchable = |cold: bool| {
        let (mut terminal, took) = started(cold);
        let title = format!("Facts {own}/{all}  /{QUERY}");
        let typed = terminal.press_whole(&format!("/{QUERY}"), |screen| pty::row(screen, 0).contains(&title));
        vec![took + typed]
    };
    let read = |program: &str| {
        let mut terminal = finder(program, &rows);
        let took = terminal.since_start(|screen| finder_asks(screen, "") && finder_tells(screen, facts, facts));
        (terminal, took)
    };
    let finds = |program: &str| crate::peers::finder_counts(program, &rows, QUERY);
    let counts: Vec<(&str, usize)> =
        ["fzf", "sk"].into_iter().filter(|name| bench.peers.has(name)).map(|name| (name, finds(name))).collect();

    let mut runners = vec![
        ours("Attaché, cold", || list(true)),
        floor("bare serde_yaml", || vec![sample::timed(|| crate::floor::bare_parse(&desk))]),
    ];
    if bench.peers.has("vd") {
        runners.push(peer("visidata, JSONL", || {
            vec![visidata(&objects).since_start(|screen| visidata_has(screen, facts))]
        }));
    }
    for (name, _) in &counts {
        runners.push(peer(name, || vec![read(name).1]));
    }
    if bench.peers.has("vim") {
        runners.push(peer("vim", || vec![vim(&rows).since_start(vim_is_ready)]));
    }
    let cold = in_turns(bench.runs, runners);
    warm(&desk);
    let own_warm = in_turns(bench.runs, vec![ours("Attaché, warm", || list(false))]);
    table.add(&format!("{all} facts listed, cold"), &cold);
    let others = cold.iter().filter(|line| line.who == crate::report::Who::Peer).cloned();
    table.add("the same, warm", &own_warm.into_iter().chain(others).collect::<Vec<Line>>());

    let mut peers: Vec<Runner<'_>> = vec![ours("Attaché, cold", || searchable(true))];
    for (name, hits) in &counts {
        peers.push(peer(name, || {
            let (mut terminal, took) = read(name);
            let typed: Duration =
                terminal.press(QUERY, |screen| finder_asks(screen, QUERY) && finder_tells(screen, *hits, facts));
            vec![took + typed]
        }));
    }
    let cold = in_turns(bench.runs, peers);
    warm(&desk);
    let own_warm = in_turns(bench.runs, vec![ours("Attaché, warm", || searchable(false))]);
    table.add("searchable, cold", &cold);
    let others = cold.into_iter().filter(|line| line.who == crate::report::Who::Peer);
    table.add("searchable, warm", &own_warm.into_iter().chain(others).collect::<Vec<Line>>());
    table
}
