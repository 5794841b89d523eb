//! How the figures grow with the desk.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use attache::disk::Folder;
use attache::search::Index;

use crate::check::{Drafts, check};
use crate::keys::{listed, thousands};
use crate::peers::{attache, warm};
use crate::report::{Table, attempt, shown};
use crate::sample::{at, exponent, milliseconds, timed};
use crate::{Bench, filter, forget, memory};

/// A row of the table: what grows, its figure for each size (in ms or MB), and how a figure is shown.
struct Grown {
    work: &'static str,
    memory: bool,
    figures: Vec<Option<f64>>,
}

/// Desks of 1,000 facts, and of ten, a hundred, a thousand times as many.
pub(crate) fn measure(bench: &Bench) -> Table {
    let sizes: Vec<usize> = [100, 1_000, 10_000, 100_000].into_iter().filter(|size| *size <= bench.largest).collect();
    let note = "Medians. Loaded: until the terminal lists all facts. Index: made by the library of a desk in memory. Letter: a letter of a \
                filter, until the right count is on the screen. Check: 100 drafts over all facts, the whole process. The exponent is \
                that of the size by which a figure grows (1: linear), by least squares of the logarithms from 10,000 facts on.";
    let mut head = vec!["work".to_owned()];
    head.extend(sizes.iter().map(|events| format!("{} facts", thousands(events * 10))));
    head.push("exponent".to_owned());
    let mut table = Table { title: "Growth", note: note.into(), head, rows: Vec::new() };
    let works =
        ["loaded, cold", "loaded, warm", "index made", "letter of a filter", "check, warm", "memory", "memory at most"];
    let mut rows: Vec<Grown> =
        works.map(|work| Grown { work, memory: work.starts_with("memory"), figures: Vec::new() }).into();
    for events in &sizes {
        let desk = bench.desk(*events);
        // The files are read once, so that all sizes find them in memory.
        let _ = crate::floor::events_only(&desk);
        for (row, figure) in rows.iter_mut().zip(figures(&desk, *events, bench.runs.min(3))) {
            println!("{:>9} facts  {}: {figure:?}", events * 10, row.work);
            row.figures.push(figure);
        }
    }
    for row in rows {
        let points = sizes.iter().zip(&row.figures).filter(|(events, _)| **events >= 1_000);
        let points: Vec<_> = points.filter_map(|(events, f)| Some((*events as f64, (*f)?))).collect();
        let mut cells = vec![row.work.to_owned()];
        cells.extend(row.figures.iter().map(|figure| match figure {
            None => "–".to_owned(),
            Some(mb) if row.memory => format!("{mb:.0} MB"),
            Some(ms) => shown(Duration::from_secs_f64(ms / 1e3)),
        }));
        cells.push(exponent(&points).map_or("–".into(), |e| format!("{e:.2}")));
        table.rows.push(cells);
    }
    table
}

fn figures(desk: &Path, events: usize, runs: usize) -> [Option<f64>; 7] {
    let all = thousands(events * 10);
    let load = || attache(desk).since_start_whole(|screen| listed(screen, Some(&all)));
    let middle = |what: &str, run: &dyn Fn() -> Duration| {
        let times = attempt(what, || (0..runs).map(|_| run()).collect::<Vec<_>>())?;
        at(&times, 0.5).map(milliseconds)
    };
    let cold = middle("loaded, cold", &|| {
        forget(desk);
        load()
    });
    warm(desk);
    let kept = middle("loaded, warm", &load);
    let (index, letter) = {
        let loaded = Arc::new(Folder::at(desk).load(&|_| ()).desk);
        (middle("index", &|| timed(|| Index::new(Arc::clone(&loaded)))), letter(desk, runs))
    };
    let checked = {
        let _drafts = Drafts::in_desk(desk, events);
        check(desk);
        middle("check", &|| check(desk))
    };
    let memory = attempt("memory", || memory::of_attache(desk, events * 10));
    let held = |of: fn((u64, u64)) -> u64| memory.map(|both| of(both) as f64);
    [cold, kept, index, letter, checked, held(|both| both.0), held(|both| both.1)]
}

fn letter(desk: &Path, runs: usize) -> Option<f64> {
    let queries = filter::queries();
    let counts = queries.iter().copied().zip(filter::found(desk, &queries)).collect();
    let answers = attempt("letter", || filter::own(desk, &counts, runs))?;
    let times: Vec<Duration> = answers.iter().map(|answer| answer.complete).collect();
    at(&times, 0.5).map(milliseconds)
}
