//! A letter of a filter, until the list answers.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use attache::search::{Index, Query, SearchContext};

use crate::Bench;
use crate::keys::{Timetable, thousands};
use crate::peers::{attache_listed, finder_asks, finder_counts, finder_listed, finder_tells};
use crate::pty::{Answer, row, rows};
use crate::report::{Line, Table, Who, attempt};
use crate::sample::tell;

/// What is typed, letter by letter.
pub(crate) const WORDS: &[&str] = &["tribunal", "grain export", "budget"];

/// How many facts the library finds by each query, filtering nothing away.
pub(crate) fn found(desk: &Path, queries: &[&str]) -> Vec<usize> {
    let loaded = Arc::new(attache::disk::Folder::at(desk).load(&|_| ()).desk);
    let index = Index::new(loaded);
    let count = |query: &&str| index.search(&Query::parse(query).unwrap(), &SearchContext::none()).len();
    queries.iter().map(count).collect()
}

/// All beginnings of the words, as they are on the prompt after each letter.
pub(crate) fn queries() -> Vec<&'static str> {
    WORDS.iter().flat_map(|words| (1..=words.len()).map(|end| &words[..end])).collect()
}

/// How often a finder is begun that does not come to an end.
const TRIES: usize = 3;

/// Ours, `fzf` by its fuzzy and its exact matching, and `sk`, over the desk and over the largest one.
pub(crate) fn measure(bench: &Bench) -> Table {
    let note = "From just before a letter is written to the read after which the screen tells the right number of hits for what \
                was typed (complete), and to the read from which on the first rows of the list are those that stay (first \
                rows). The right number is the library's, or what `fzf --filter` and `sk --filter` say. Three queries, letter \
                by letter, in rounds (one on the largest desk), 30 to 250 ms between an answer and the next letter or more; \
                the same rows in all. A finder whose count stops short of the end is begun anew, three times at most. The finders match fuzzily if they are not told `--exact`.";
    let mut table = Table::of_times("A letter of a filter", note);
    let mut sizes = vec![bench.events];
    if bench.largest > bench.events {
        sizes.push(bench.largest);
    }
    for events in sizes {
        let desk = bench.desk(events);
        // There a finder takes seconds for a letter.
        let rounds = if events > bench.events { 1 } else { bench.runs };
        let queries = queries();
        let counts = queries.iter().copied().zip(found(&desk, &queries)).collect();
        let mut lines = ["first rows", "complete"].map(|_| Vec::new());
        let mut add = |who, program: &str, answers: Option<Vec<Answer>>| {
            let answers = answers.unwrap_or_default();
            for (n, lines) in lines.iter_mut().enumerate() {
                let times: Vec<_> = answers.iter().map(|a| if n == 0 { a.first } else { a.complete }).collect();
                tell(&format!("{program}, {}", ["first rows", "complete"][n]), &times);
                lines.push(Line { who, program: program.into(), times });
            }
        };
        add(Who::Attache, "Attaché", attempt("Attaché", || own(&desk, &counts, rounds)));
        for program in ["fzf", "fzf --exact", "sk"] {
            if bench.peers.has(program.split(' ').next().unwrap()) {
                let path = desk.join("rows.txt");
                // fzf leaves its count at 99 % at times, for good: nobody can tell then when it was done.
                let mut tries = (0..TRIES).map(|_| attempt(program, || theirs(program, &path, events * 10, rounds)));
                add(Who::Peer, program, tries.find_map(|answers| answers));
            }
        }
        let facts = thousands(events * 10);
        table.add(&format!("{facts} facts, first rows"), &lines[0]);
        table.add(&format!("{facts} facts, complete"), &lines[1]);
    }
    table
}

/// Letters in our filter.
pub(crate) fn own(desk: &Path, counts: &HashMap<&str, usize>, rounds: usize) -> Vec<Answer> {
    let mut terminal = attache_listed(desk);
    let title = row(terminal.screen(), 0);
    let all = title.split_once("Facts ").unwrap().1.split(' ').next().unwrap().to_owned();
    terminal.press("/", |screen| !screen.contents().contains("BROWSE"));
    let (mut timetable, mut answers) = (Timetable::new(), Vec::new());
    for words in std::iter::repeat_n(WORDS, rounds).flatten() {
        for end in 1..=words.len() {
            timetable.wait(&mut terminal);
            let query = &words[..end];
            let told = format!("Facts {}/{all}  /{query}", thousands(counts[query]));
            let answer = terminal.answer(
                &words[end - 1..end],
                |screen| rows(screen, 1, 20, 60),
                |screen| row(screen, 0).contains(format!("  /{query}").trim_end()),
                |screen| row(screen, 0).contains(told.trim_end()),
            );
            answers.push(answer);
        }
        terminal.press("\u{15}", |screen| row(screen, 0).contains(&format!("Facts {all}")));
    }
    answers
}

/// Letters in a finder.
fn theirs(program: &str, path: &Path, all: usize, rounds: usize) -> Vec<Answer> {
    let counts: HashMap<&str, usize> =
        queries().into_iter().map(|query| (query, finder_counts(program, path, query))).collect();
    let mut terminal = finder_listed(program, path, all);
    let (mut timetable, mut answers) = (Timetable::new(), Vec::new());
    for words in std::iter::repeat_n(WORDS, rounds).flatten() {
        for end in 1..=words.len() {
            timetable.wait(&mut terminal);
            let (query, before) = (&words[..end], counts.get(&words[..end - 1]));
            let count = counts[query];
            let answer = terminal.answer(
                &words[end - 1..end],
                |screen| rows(screen, 30, 28, 200),
                |screen| finder_asks(screen, query),
                |screen| finder_asks(screen, query) && finder_tells(screen, count, all),
            );
            // Where the count stays, the screen cannot tell when the search was done.
            if before != Some(&count) {
                answers.push(answer);
            }
        }
        terminal.press("\u{15}", |screen| finder_asks(screen, "") && finder_tells(screen, all, all));
    }
    answers
}
