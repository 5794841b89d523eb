//! Signals, a closed terminal, and a stop.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::apps::{App, BASE};
use crate::kill::begin;
use crate::tokens::{found, judge, type_until};
use crate::{Outcome, Place};

/// At most this much may be lost when the program has time to save.
const LOST: Duration = Duration::from_millis(50);

/// A signal to end by.
pub fn signal(app: App, signal: Signal) -> Outcome {
    let place = Place::new(app, BASE);
    let mut term = begin(app, &place);
    let mut sent = Vec::new();
    type_until(&mut term, 40, Instant::now() + Duration::from_secs(2), &mut sent);
    // What was sent is read before the signal is.
    term.settle(Duration::from_millis(50));
    let end = Instant::now();
    term.signal(signal);
    let status = term.end(Duration::from_secs(5));
    let took = end.elapsed();
    let verdict = judge(&app.recovered(place.path(), &place.file), BASE, &sent, end);
    let restored = memchr::memmem::find(&term.since(0), b"\x1b[?1049l").is_some();
    let code = status.as_ref().map_or_else(|| "none".to_owned(), |s| s.exit_code().to_string());
    let figures = format!(
        "{} words: {} ms lost, ended after {} ms with status {code}, terminal given back: {}{}",
        verdict.sent,
        verdict.lost.as_millis(),
        took.as_millis(),
        if restored { "yes" } else { "no" },
        verdict.damage.as_ref().map(|d| format!("; {d}")).unwrap_or_default()
    );
    let is_128 = code == (128 + signal.as_raw()).to_string();
    let in_time = took <= Duration::from_secs(1);
    Outcome::of(verdict.damage.is_none() && verdict.lost <= LOST && restored && is_128 && in_time, figures)
}

/// The terminal is closed, as a window is.
pub fn closed(app: App) -> Outcome {
    let place = Place::new(app, BASE);
    let mut term = begin(app, &place);
    let mut sent = Vec::new();
    type_until(&mut term, 40, Instant::now() + Duration::from_secs(2), &mut sent);
    term.settle(Duration::from_millis(50));
    let end = Instant::now();
    // The thread that reads holds a copy of our end; the hang-up is sent as the kernel would.
    term.close();
    term.signal(Signal::HUP);
    let status = term.end(Duration::from_secs(5));
    let took = end.elapsed();
    let verdict = judge(&app.recovered(place.path(), &place.file), BASE, &sent, end);
    let figures = format!(
        "{} words: {} ms lost, {}{}",
        verdict.sent,
        verdict.lost.as_millis(),
        if status.is_some() { format!("gone after {} ms", took.as_millis()) } else { "still there".to_owned() },
        verdict.damage.as_ref().map(|d| format!("; {d}")).unwrap_or_default()
    );
    let held = verdict.damage.is_none() && verdict.lost <= LOST && status.is_some() && took <= Duration::from_secs(1);
    Outcome::of(held, figures)
}

/// Ctrl-Z, another size, and back; typing goes on.
pub fn stopped(app: App) -> Outcome {
    let place = Place::new(app, BASE);
    let mut term = begin(app, &place);
    let mut sent = Vec::new();
    type_until(&mut term, 100, Instant::now() + Duration::from_millis(500), &mut sent);
    term.settle(Duration::from_millis(100));
    for (columns, rows) in [(30, 8), (120, 40), (80, 24)] {
        term.signal(Signal::TSTP);
        std::thread::sleep(Duration::from_millis(100));
        term.resize(columns, rows);
        let before = term.written();
        term.signal(Signal::CONT);
        if !term.wait_for_bytes(before, b"\x1b[?1049h", Duration::from_secs(3)) {
            return Outcome::Broken(format!("not drawn again at {columns}x{rows}"));
        }
        term.settle(Duration::from_millis(100));
        type_until(&mut term, 100, Instant::now() + Duration::from_millis(300), &mut sent);
        term.settle(Duration::from_millis(100));
    }
    term.send(app.quit());
    let ended = term.end(Duration::from_secs(5)).is_some();
    let kept = found(&place.text().unwrap_or_default());
    let whole = kept.iter().copied().eq(0..sent.len());
    Outcome::of(ended && whole, format!("3 stops, {} of {} words kept in order", kept.len(), sent.len()))
}
